/* What everybody must read now: it takes the whole screen, in as many languages as it is given in. */
#include "alarm.h"
#include "app_venue.h"

#include "when.h"

/* In percent of the shorter side: the em of a few words, the heading's height, the em of the foot. Lines stand
 * nearer than in a text: percent of the em, and of the font's own height. */
enum { LARGEST = 30, HEADING = 9, FOOT = 4, LINE = 118, SPACING = 87, GRID = 2 };

/* The same in each language, joined: they stand here as equals. */
static void in_each(const struct ui *u, const char *msgid, struct span arg, struct line *out)
{
	struct alarm_texts t;

	alarm_texts(u->m, &t);
	bool all = t.n == 1 && t.language[0] == LANGUAGES;
	line_start(out);
	for (size_t i = 0; i < (all ? LANGUAGES : t.n); i++) {
		if (out->k.n > 0)
			line_add(out, span_of("  ·  "));
		say_into(&out->k, all ? (enum language)i : t.language[i], msgid, &arg, 1);
	}
}

static struct rect place(const struct ui *u, struct rect all, size_t i, size_t rows, size_t columns)
{
	int32_t gap = u->l.gap * 2;
	int32_t down = (int32_t)(i / columns), across = (int32_t)(i % columns);

	return column(row(all, down, (int32_t)rows, gap), across, (int32_t)columns, gap);
}

static bool fits(struct span text, struct rect at, int32_t size)
{
	struct span word = {text.p, 0};

	for (size_t i = 0; i <= text.n; i++) {
		word.n = (size_t)(text.p + i - word.p);
		if (i < text.n && text.p[i] != ' ')
			continue;
		if (layout_lines(word, size, true, at.w) > 1)
			return false;
		word.p = text.p + i + 1;
	}
	return layout_lines(text, size, true, at.w) * size * LINE / 100 <= at.h;
}

/* The largest size at which all of them have room, in so many columns. */
static int32_t size_in(
	const struct ui *u, struct rect at, const struct alarm_texts *t, size_t columns)
{
	int32_t side = at.w < at.h ? at.w : at.h, size = side * LARGEST / 100;
	size_t rows = (t->n + columns - 1) / columns;

	for (size_t i = 0; i < t->n; i++)
		while (size > u->l.least && !fits(t->text[i], place(u, at, i, rows, columns), size))
			size--;
	return size;
}

/* All in one size: below each other, or in two columns where they are larger so. */
static void texts(struct ui *u, struct rect at)
{
	struct alarm_texts t;

	alarm_texts(u->m, &t);
	int32_t size = size_in(u, at, &t, 1), in_grid = t.n > 2 ? size_in(u, at, &t, GRID) : 0;
	size_t columns = in_grid > size ? GRID : 1, rows = (t.n + columns - 1) / columns;
	struct text_style style = {.size = (uint16_t)(in_grid > size ? in_grid : size),
		.size_min = (uint16_t)u->l.least,
		.weight = 6,
		.across = t.n > 1 ? ALIGN_START : ALIGN_CENTRE,
		.down = columns > 1 ? ALIGN_START : ALIGN_CENTRE,
		.spacing = SPACING};

	for (size_t i = 0; i < t.n; i++)
		draw_text(u->d, place(u, at, i, rows, columns), INK_ON_BAD, style, t.text[i]);
}

static void heading(struct ui *u, struct rect at)
{
	struct line t;

	struct rect sign = cut_left(&at, at.h, u->l.gap * 2);
	draw_picture(u->d, sign, INK_ON_BAD, "warning");
	in_each(u, N_("Emergency"), (struct span){0}, &t);
	struct block b = {line_text(&t), at.h * 60 / 100, true, INK_ON_BAD, 0};
	ui_stack(u, at, &b, 1, ALIGN_CENTRE, ALIGN_START);
}

static void since(struct ui *u, struct rect at, int32_t size)
{
	uint8_t time[8];
	struct sink k = sink_on(time, sizeof(time));
	struct line t;

	when_time(&k, u->m->alarm.since, u->m->offset);
	in_each(u, N_("since {1}"), (struct span){time, k.n}, &t);
	struct block b = {line_text(&t), size, false, INK_ON_BAD, 0};
	ui_stack(u, at, &b, 1, ALIGN_CENTRE, ALIGN_START);
}

static void view(struct ui *u)
{
	bool demo = u->m->programme.demo;
	struct rect all = {0, 0, u->look->width, u->look->height};
	int32_t side = all.w < all.h ? all.w : all.h;

	u->l = layout_make(u->look, demo, 0, false);
	draw_fill(u->d, all, INK_BAD, 0);
	if (demo)
		ui_strip(u, span_of("DEMO"), false);
	struct rect rest = u->l.main;
	rest.h += rest.y - u->l.head.y;
	rest.y = u->l.head.y;
	heading(u, cut_top(&rest, side * HEADING / 100, u->l.gap));
	draw_fill(u->d, cut_top(&rest, u->l.line * 2, u->l.gap), INK_ON_BAD, 0);
	since(u, cut_bottom(&rest, layout_height(1, side * FOOT / 100), u->l.gap),
		side * FOOT / 100);
	texts(u, rest);
	draw_region(u->d, all, "emergency", REGION_ALERT, alarm_words(u->m, u->language),
		REGION_DISABLED, ++u->order);
}

static void on(struct model *m, const struct msg *e, struct todo *todo)
{
	(void)m;
	(void)e;
	(void)todo;
}

static void tell(const struct ui *u, struct line *t)
{
	line_add(t, alarm_words(u->m, u->language));
}

const struct screen screen_emergency = {"emergency", on, view, tell, 0, false};
