/* One city: what starts next, page by page. */
#include "app_venue.h"

#include "when.h"

enum { ROWS = 5, ROWS_TALL = 8 };

static void start_words(const struct ui *u, const struct venue_entry *e, struct line *t)
{
	line_start(t);
	if (venue_runs(e, u->m->wall))
		line_add(t, ui_say(u, "Now"));
	else
		when_time(&t->k, e->start, e->offset);
}

static void one(struct ui *u, struct rect at, const struct venue_entry *e)
{
	const struct venue *v = &u->m->venue;
	struct line start, where, sort;

	start_words(u, e, &start);
	line_start(&where);
	venue_where_words(v, e, &where);
	venue_sort_words(u, e, &sort);
	ui_text(u, cut_left(&at, u->l.title * 4, u->l.gap), u->l.title, true,
		venue_runs(e, u->m->wall) ? INK_ACCENT : INK_TEXT, ALIGN_START, line_text(&start));
	draw_fill(u->d, cut_left(&at, u->l.gap / 2, u->l.gap), venue_ink(v, e), 0);
	struct block b[] = {
		{venue_title(u, e), u->l.title, true, INK_TEXT, 0},
		{line_text(&where), u->l.lead, false, INK_TEXT, 0},
		{line_text(&sort), u->l.body, false, INK_MUTED, 0},
	};
	ui_stack(u, at, b, COUNT(b), ALIGN_CENTRE, ALIGN_START);
}

static void view(struct ui *u)
{
	const struct venue *v = &u->m->venue;
	struct venue_day day = venue_day_of(v, u->m->wall);
	uint32_t rows = u->look->height > u->look->width ? ROWS_TALL : ROWS;
	uint32_t pages = day.n > rows ? (day.n + rows - 1) / rows : 1;
	struct venue_turn turn = venue_begin(u, pages);
	struct line heading, page;

	venue_list_words(u, &day, &heading);
	ui_head(u, line_text(&heading));
	struct rect rest = u->l.main;
	venue_foot(u, &rest);
	if (venue_nothing(u, rest))
		return;
	venue_page_words(u, turn.page, pages, &page);
	ui_text(u, cut_bottom(&rest, layout_height(1, u->l.lead), 0), u->l.lead, false, INK_MUTED,
		ALIGN_END, line_text(&page));
	for (uint32_t i = 0; i < rows && turn.page * rows + i < day.n; i++)
		one(u, row(rest, (int32_t)i, (int32_t)rows, u->l.gap),
			&v->entries[day.first + turn.page * rows + i]);
}

const struct screen screen_lobby = {"lobby", venue_on, view, venue_tell, 0, false};
