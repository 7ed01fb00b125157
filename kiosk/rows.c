/* Rows of appointments. */
#include "rows.h"

#include "when.h"

struct row_size rows_size(const struct ui *u, int32_t percent)
{
	int32_t title = u->l.small * percent / 100;
	title = title < u->l.least ? u->l.least : title;
	int32_t text = title * 84 / 100;
	return (struct row_size){title, text < u->l.least ? u->l.least : text, title * 31 / 10};
}

static int32_t mark_width(const struct ui *u)
{
	return u->l.line * 2;
}

int32_t rows_gap(const struct ui *u)
{
	return u->l.gap * 3 / 4;
}

int32_t rows_height(
	const struct ui *u, const struct row_words *w, const struct row_size *s, int32_t width)
{
	int32_t room = width - s->time_w - mark_width(u) - u->l.gap;
	int32_t title = ui_lines(u, w->title, s->title, true, room);
	int32_t text = ui_lines(u, line_text(&w->note), s->text, false, room) +
		       ui_lines(u, line_text(&w->where), s->text, false, room);
	/* The times stand under each other, whatever else there is. */
	title = title < 1 ? 1 : title;
	text = text < 1 ? 1 : text;
	return layout_height(title, s->title) + layout_height(text, s->text);
}

void rows_draw(struct ui *u, struct rect at, const struct row_words *w, const struct row_size *s)
{
	bool past = w->end <= u->m->wall;
	bool now = !past && w->start <= u->m->wall;
	enum ink ink = past ? INK_MUTED : INK_TEXT;
	struct line from, to;
	line_start(&from);
	line_start(&to);
	when_time(&from.k, w->start, w->offset);
	when_time(&to.k, w->end, w->offset);
	struct block times[] = {
		{line_text(&from), s->title, !past, now ? INK_ACCENT : ink, 0},
		{line_text(&to), s->text, false, INK_MUTED, 0},
	};
	ui_stack(u, cut_left(&at, s->time_w, 0), times, COUNT(times), ALIGN_START, ALIGN_START);
	struct rect mark = cut_left(&at, mark_width(u), u->l.gap);
	enum ink bar = w->conflict ? INK_WARN : now ? INK_ACCENT : INK_LINE;
	draw_fill(u->d, mark, bar, (uint32_t)mark.w / 2);
	struct block words[] = {
		{w->title, s->title, !past, ink, 0},
		{line_text(&w->note), s->text, false, ink, 0},
		{line_text(&w->where), s->text, false, INK_MUTED, 0},
	};
	ui_stack(u, at, words, COUNT(words), ALIGN_START, ALIGN_START);
}

int32_t rows_day_height(const struct ui *u)
{
	return layout_height(1, u->l.small) + u->l.gap / 2;
}

void rows_day(struct ui *u, struct rect at, int64_t start, int32_t offset)
{
	struct line day;
	line_start(&day);
	when_heading(&day.k, u->language, start, offset);
	cut_bottom(&at, u->l.gap / 2, 0);
	ui_text(u, at, u->l.small, true, INK_ACCENT, ALIGN_START, line_text(&day));
}
