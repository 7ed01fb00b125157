/* The grid. */
#include "layout.h"

#include <string.h>

static int32_t max(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

static int32_t min(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

/* Percent of the body; pixels: a screen below that has no room to spare. */
enum { SMALL = 80, LOW = 600 };

/* The body's size without the guest's choice. */
static int32_t unscaled(const struct look *look)
{
	int32_t shorter = min(look->width, look->height);

	return max(8 + shorter * 26 / 1000, shorter * 32 / 1000);
}

static void sizes(struct layout *l, const struct look *look)
{
	static const int32_t text[] = {100, 130, 160}, target[] = {100, 108, 116};
	int32_t shorter = min(look->width, look->height);
	int32_t step = look->scale < COUNT(text) ? look->scale : 2;
	int32_t body = unscaled(look);
	l->portrait = look->height > look->width;
	l->margin = max(shorter * 4 / 100, 12);
	l->gap = max(shorter * 2 / 100, 8);
	l->radius = max(shorter * 12 / 1000, 4);
	l->line = max(shorter / 400, 1);
	l->touch = max(40 + shorter / 22, shorter * 84 / 1000);
	if (shorter >= 700)
		l->touch = l->touch * target[step] / 100;
	l->touch_least = shorter * 78 / 1000;
	l->body = body * text[step] / 100;
	l->small = l->body * SMALL / 100;
	l->lead = l->body * 125 / 100;
	l->title = l->body * 165 / 100;
	l->display = l->body * 220 / 100;
	l->far = (shorter * 105 + 999) / 1000;
	l->least = max(shorter * 22 / 1000, 11);
}

static int32_t strip_height(const struct layout *l, const struct look *look, int32_t lines)
{
	int32_t least =
		min(look->width, look->height) < LOW ? l->least : unscaled(look) * SMALL / 100;

	return layout_height(lines, lines > 1 ? least : l->small);
}

struct layout layout_make(const struct look *look, unsigned strip, unsigned rows, bool foot)
{
	struct layout l = {0};
	sizes(&l, look);
	struct rect page = {0, 0, look->width, look->height};
	l.strip = cut_top(&page, strip_height(&l, look, (int32_t)strip), 0);
	/* Reach: all of it moves down, so that nothing to read or touch stays at the top. */
	if (look->reach && (l.portrait || look->height >= 700))
		cut_top(&page, look->height * (l.portrait ? 30 : 10) / 100, 0);
	page = inset(page, l.margin);
	if (foot)
		l.foot = cut_bottom(&page, l.touch, l.gap);
	int32_t count = (int32_t)rows;
	if (rows > 0)
		l.actions = cut_bottom(&page, count * l.touch + (count - 1) * l.gap, l.gap);
	l.head = cut_top(&page, layout_height(1, l.title), l.gap);
	l.main = page;
	return l;
}

struct rect layout_reach(const struct look *look, struct rect at)
{
	int32_t above = look->height * 3 / 8 - at.y;

	if (look->reach && above > 0)
		cut_top(&at, above, 0);
	return at;
}

/* The next character at *i, and *i moved past it. Text in a model is checked UTF-8. */
static uint32_t next_character(struct span s, size_t *i)
{
	uint8_t first = s.p[(*i)++];
	uint32_t c = first < 0x80 ? first : first & (first < 0xe0 ? 0x1fu : 0x0fu);
	while (*i < s.n && (s.p[*i] & 0xc0) == 0x80)
		c = c << 6 | (s.p[(*i)++] & 0x3fu);
	return c;
}

/* Advances of U+0020 to U+007E in Noto Sans, regular and bold, hundredths of an em. */
static const uint8_t regular[] = {26, 27, 41, 65, 57, 83, 73, 23, 30, 30, 55, 57, 27, 32, 27, 37,
	57, 57, 57, 57, 57, 57, 57, 57, 57, 57, 27, 27, 57, 57, 57, 43, 90, 64, 65, 63, 73, 56, 52,
	73, 74, 34, 27, 62, 52, 91, 76, 78, 61, 78, 62, 55, 56, 73, 60, 93, 59, 57, 57, 33, 37, 33,
	57, 44, 28, 56, 62, 48, 62, 56, 34, 62, 62, 26, 26, 53, 26, 94, 62, 61, 62, 62, 41, 48, 36,
	62, 51, 79, 53, 51, 47, 38, 55, 38, 57};
static const uint8_t bolder[] = {26, 29, 47, 65, 57, 90, 75, 27, 34, 34, 55, 57, 29, 32, 29, 41, 57,
	57, 57, 57, 57, 57, 57, 57, 57, 57, 29, 29, 57, 57, 57, 48, 90, 69, 67, 64, 74, 56, 55, 72,
	77, 39, 33, 66, 57, 94, 81, 80, 63, 80, 66, 55, 58, 76, 65, 97, 67, 62, 58, 33, 41, 33, 57,
	41, 36, 60, 63, 51, 63, 59, 39, 63, 66, 31, 31, 62, 31, 98, 66, 62, 63, 63, 45, 50, 43, 66,
	57, 86, 58, 57, 49, 39, 55, 39, 57};

/* The letters of that width for U+00C0 to U+017F. */
static const char like[] = "AAAAAAMCEEEEIIIIDNOOOOO+OUUUUYPUaaaaaamceeeeiiiionooooo+ouuuuypy"
			   "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiUoJjKkkLlLlLlL"
			   "rLlNnNnNnwNnOoOoOoWmRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzf";

/* Hundredths of an em. What is in no table is taken as a wide one of its kind. */
static int32_t width_of(uint32_t c, bool bold)
{
	const uint8_t *letters = bold ? bolder : regular;
	if (c >= ' ' && c <= '~')
		return letters[c - ' '];
	if (c >= 0xc0 && c < 0xc0 + sizeof(like) - 1)
		return letters[like[c - 0xc0] - ' '];
	if (c >= 0x0300 && c < 0x0370)
		return 0;
	if (c == 0xa0 || c == 0xb7 || c == 0x2018 || c == 0x2019 || c == 0x202f)
		return 29;
	if (c >= 0x1100 && (c < 0x1e00 || c > 0x206f))
		return 100;
	return bold ? 70 : 64;
}

int32_t layout_lines(struct span text, int32_t size, bool bold, int32_t width)
{
	if (text.n == 0)
		return 0;
	int32_t lines = 1;
	/* Kerning pulls letters together: what is over by a hair is not. */
	int32_t room = width * 101;
	int32_t used = 0; /* of this line, in hundredths of a pixel */
	int32_t word = 0;
	for (size_t i = 0; i < text.n;) {
		uint32_t c = next_character(text, &i);
		int32_t w = width_of(c, bold) * size;
		if (c == '\n') {
			lines++;
			used = word = 0;
			continue;
		}
		word = c == ' ' || c >= 0x1100 ? 0 : word + w;
		used += w;
		/* A word that does not fit moves to the next line whole. */
		if (used > room && c != ' ') {
			lines++;
			used = word < room ? max(word, w) : w;
			word = used;
		}
	}
	return lines;
}

int32_t layout_width(struct span text, int32_t size, bool bold)
{
	int32_t sum = 0;

	for (size_t i = 0; i < text.n;)
		sum += width_of(next_character(text, &i), bold);
	return (sum * size + 99) / 100;
}

int32_t layout_widest_word(struct span text, int32_t size, bool bold)
{
	int32_t widest = 0;

	for (size_t i = 0, start = 0; i <= text.n; i++) {
		if (i < text.n && text.p[i] != ' ')
			continue;
		int32_t w = layout_width(span_cut(text, start, i - start), size, bold);
		widest = w > widest ? w : widest;
		start = i + 1;
	}
	return widest;
}

int32_t layout_height(int32_t lines, int32_t size)
{
	return lines * (size * 140 / 100);
}

struct rect cut_top(struct rect *from, int32_t height, int32_t gap)
{
	struct rect cut = {from->x, from->y, from->w, min(height, from->h)};
	int32_t used = min(cut.h + gap, from->h);
	from->y += used;
	from->h -= used;
	return cut;
}

struct rect cut_bottom(struct rect *from, int32_t height, int32_t gap)
{
	int32_t h = min(height, from->h);
	struct rect cut = {from->x, from->y + from->h - h, from->w, h};
	from->h -= min(h + gap, from->h);
	return cut;
}

struct rect cut_left(struct rect *from, int32_t width, int32_t gap)
{
	struct rect cut = {from->x, from->y, min(width, from->w), from->h};
	int32_t used = min(cut.w + gap, from->w);
	from->x += used;
	from->w -= used;
	return cut;
}

struct rect cut_right(struct rect *from, int32_t width, int32_t gap)
{
	int32_t w = min(width, from->w);
	struct rect cut = {from->x + from->w - w, from->y, w, from->h};
	from->w -= min(w + gap, from->w);
	return cut;
}

struct rect inset(struct rect r, int32_t by)
{
	return (struct rect){r.x + by, r.y + by, max(r.w - 2 * by, 0), max(r.h - 2 * by, 0)};
}

struct rect column(struct rect r, int32_t i, int32_t n, int32_t gap)
{
	int32_t all = r.w - (n - 1) * gap;
	int32_t from = all * i / n;
	int32_t to = all * (i + 1) / n;
	return (struct rect){r.x + from + i * gap, r.y, to - from, r.h};
}

struct rect row(struct rect r, int32_t i, int32_t n, int32_t gap)
{
	int32_t all = r.h - (n - 1) * gap;
	int32_t from = all * i / n;
	int32_t to = all * (i + 1) / n;
	return (struct rect){r.x, r.y + from + i * gap, r.w, to - from};
}
