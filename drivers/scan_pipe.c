/* Lines of the camera's process. */
#include "scan_pipe.h"

#include "scan_view.h"

#include <stdio.h>
#include <string.h>

static const char *const news_words[] = {"beat", "away", "code"};
static const char *const away_words[SCAN_AWAY_COUNT] = {"unplugged", "denied", "busy", "unfit"};

static bool deceives(uint32_t v)
{
	return v < 0x20 || v == '\\' || (v >= 0x7f && v <= 0x9f) || v == 0x61c ||
	       (v >= 0x200e && v <= 0x200f) || (v >= 0x2028 && v <= 0x202e) ||
	       (v >= 0x2066 && v <= 0x2069);
}

void scan_escape(struct sink *k, struct span text)
{
	static const char digits[] = "0123456789abcdef";

	uint32_t point;

	while (text.n > 0) {
		size_t n = span_point(text, &point);
		struct span c = {text.p, n > 0 ? n : 1};
		if (n > 0 && !deceives(point))
			sink_bytes(k, c.p, c.n);
		else
			for (size_t i = 0; i < c.n; i++)
				sink_bytes(k,
					(const char[]){'\\', 'x', digits[c.p[i] >> 4],
						digits[c.p[i] & 15]},
					4);
		text = (struct span){text.p + c.n, text.n - c.n};
	}
}

static void write_number(struct sink *k, const char *before, int64_t v)
{
	char text[32];
	int n = snprintf(text, sizeof(text), "%s%lld", before, (long long)v);

	sink_bytes(k, text, (size_t)n);
}

static void write_symbol(struct sink *k, const struct scan_line *l)
{
	write_number(k, "\t", l->whole);
	for (size_t i = 0; i < COUNT(l->corner); i++) {
		write_number(k, "\t", l->corner[i].x);
		write_number(k, ",", l->corner[i].y);
	}
	sink_u8(k, '\t');
	sink_bytes(k, l->path, strlen(l->path));
	sink_u8(k, '\t');
	scan_escape(k, (struct span){(const uint8_t *)l->text, l->n});
}

void scan_line_write(struct sink *k, const struct scan_line *l)
{
	sink_bytes(k, news_words[l->news], strlen(news_words[l->news]));
	write_number(k, "\t", l->pledge_ms);
	if (l->news == SCAN_AWAY) {
		sink_u8(k, '\t');
		sink_bytes(k, away_words[l->why], strlen(away_words[l->why]));
	}
	if (l->news == SCAN_SYMBOL)
		write_symbol(k, l);
	sink_u8(k, '\n');
}

/* The bytes up to the next mark, which is taken as well; the last field has none. */
static struct span field(struct cursor *c, char mark)
{
	const uint8_t *end = c->rest.n > 0 ? memchr(c->rest.p, mark, c->rest.n) : NULL;
	struct span f = cursor_bytes(c, end ? (size_t)(end - c->rest.p) : c->rest.n);

	if (end)
		cursor_u8(c);
	return f;
}

static uint32_t number(struct cursor *c, char mark, uint32_t least, uint32_t most)
{
	struct span f = field(c, mark);
	uint32_t v = 0;

	if (f.n == 0 || f.n > 9)
		c->bad = true;
	for (size_t i = 0; i < f.n && !c->bad; i++) {
		if (f.p[i] < '0' || f.p[i] > '9')
			c->bad = true;
		v = v * 10 + (f.p[i] - '0');
	}
	if (v < least || v > most)
		c->bad = true;
	return c->bad ? least : v;
}

static unsigned word(struct cursor *c, const char *const *words, size_t n)
{
	struct span f = field(c, '\t');

	for (size_t i = 0; i < n; i++)
		if (span_equal(f, span_of(words[i])))
			return (unsigned)i;
	c->bad = true;
	return 0;
}

static void path(struct cursor *c, char out[static SCAN_PIPE_PATH + 1])
{
	struct span f = field(c, '\t');

	for (size_t i = 0; i < f.n; i++)
		if (!memchr("/+-.", f.p[i], 4) && (f.p[i] < '0' || f.p[i] > '9') &&
			((f.p[i] | 0x20) < 'a' || (f.p[i] | 0x20) > 'z'))
			c->bad = true;
	if (f.n == 0 || span_copy_text(f, out, SCAN_PIPE_PATH + 1))
		c->bad = true;
}

static unsigned hex_digit(uint8_t d)
{
	if (d >= '0' && d <= '9')
		return d - (unsigned)'0';
	return d >= 'a' && d <= 'f' ? d - (unsigned)'a' + 10 : 16;
}

static uint8_t unescape(struct cursor *c)
{
	uint8_t x = cursor_u8(c);
	unsigned high = hex_digit(cursor_u8(c)), low = hex_digit(cursor_u8(c));

	if (x != 'x' || high > 15 || low > 15)
		c->bad = true;
	return (uint8_t)(high << 4 | (low & 15));
}

static void text(struct cursor *c, struct scan_line *l)
{
	while (c->rest.n > 0 && !c->bad) {
		uint8_t b = cursor_u8(c);
		if (b == '\\')
			b = unescape(c);
		if (l->n == SCAN_PIPE_TEXT)
			c->bad = true;
		else
			l->text[l->n++] = (char)b;
	}
	if (l->n > l->whole)
		c->bad = true;
}

static void symbol(struct cursor *c, struct scan_line *l)
{
	l->whole = number(c, '\t', 0, READING_TEXT);
	for (size_t i = 0; i < COUNT(l->corner); i++) {
		l->corner[i].x = (int32_t)number(c, ',', 0, SCAN_VIEW_WIDTH - 1);
		l->corner[i].y = (int32_t)number(c, '\t', 0, SCAN_VIEW_HEIGHT - 1);
	}
	path(c, l->path);
	text(c, l);
}

/* One line has one spelling: zeros before a number, a TAB too many or an escape that need not be are
 * found by writing it again. */
static bool is_spelt(const struct scan_line *l, struct span line)
{
	uint8_t again[SCAN_PIPE_LINE];
	struct sink k = sink_on(again, sizeof(again));

	scan_line_write(&k, l);
	return !k.full && span_equal(line, (struct span){again, k.n - 1});
}

enum err scan_line_read(struct scan_line *out, struct span line)
{
	struct cursor c = cursor_at(line);

	memset(out, 0, sizeof(*out));
	out->news = (enum scan_news)word(&c, news_words, COUNT(news_words));
	out->pledge_ms = number(&c, '\t', SCAN_PLEDGE_LEAST, SCAN_PLEDGE_MOST);
	if (out->news == SCAN_AWAY)
		out->why = (enum scan_away)word(&c, away_words, COUNT(away_words));
	if (out->news == SCAN_SYMBOL)
		symbol(&c, out);
	if (!c.bad && is_spelt(out, line))
		return OK;
	memset(out, 0, sizeof(*out));
	return ERR_FORMAT;
}
