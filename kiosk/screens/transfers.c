/* One city: which coach leaves when, from where, to what. */
#include "app_venue.h"

#include "when.h"

enum { ROWS = 5, ROWS_TALL = 8 };

static const char *state_words(enum venue_coach state)
{
	static const char *const words[] = {
		[VENUE_COACH_LATER] = NULL,
		[VENUE_COACH_BOARDING] = N_("Boarding"),
		[VENUE_COACH_LEFT] = N_("Left"),
	};

	return words[state];
}

static void one(struct ui *u, struct rect at, const struct venue_entry *e)
{
	const struct venue *v = &u->m->venue;
	enum venue_coach state = venue_coach_of(e, u->m->wall);
	enum ink ink = state == VENUE_COACH_LEFT ? INK_MUTED : INK_TEXT;
	struct line leaves, where;

	line_start(&leaves);
	when_time(&leaves.k, e->leave, e->leave_offset);
	line_start(&where);
	venue_where_words(v, e, &where);
	ui_text(u, cut_left(&at, u->l.title * 4, u->l.gap), u->l.title, true, ink, ALIGN_START,
		line_text(&leaves));
	if (state != VENUE_COACH_LATER)
		ui_text(u, cut_right(&at, u->l.title * 6, u->l.gap), u->l.title, true,
			state == VENUE_COACH_LEFT ? INK_MUTED : INK_ACCENT, ALIGN_END,
			ui_say(u, state_words(state)));
	struct block b[] = {
		{venue_title(u, e), u->l.title, true, ink, 0},
		{venue_text(v, e->meeting_point), u->l.lead, true, ink, 0},
		{line_text(&where), u->l.body, false, INK_MUTED, 0},
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

const struct screen screen_transfers = {"transfers", venue_on, view, venue_tell, 0, false};
