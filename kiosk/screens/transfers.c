/* One city: which coach leaves when, from where, to what. */
#include "venue_view.h"

#include "when.h"

static void item(const struct ui *u, const struct venue_entry *e, struct venue_item *out)
{
	static const char *const words[] = {
		[VENUE_COACH_LATER] = "",
		[VENUE_COACH_BOARDING] = N_("Boarding"),
		[VENUE_COACH_LEFT] = N_("Left"),
	};
	const struct venue *v = &u->m->venue;
	enum venue_coach state = venue_coach_of(e, u->m->wall);
	struct line around;

	line_start(&out->when);
	when_time(&out->when.k, e->leave, e->leave_offset);
	line_start(&out->state);
	if (state != VENUE_COACH_LATER)
		line_add(&out->state, ui_say(u, words[state]));
	line_start(&out->title);
	line_add(&out->title, venue_title(u, e));
	line_start(&out->sort);
	line_start(&around);
	venue_where_words(v, e, &out->sort);
	out->where = venue_text(v, e->meeting_point);
	out->bar = state == VENUE_COACH_BOARDING ? INK_ACCENT : venue_ink(v, e);
	out->ink = state == VENUE_COACH_LEFT ? INK_MUTED : INK_TEXT;
	out->state_ink = state == VENUE_COACH_LEFT ? INK_MUTED : INK_ACCENT;
}

static void view(struct ui *u)
{
	venue_list(u, item);
}

const struct screen screen_transfers = {"transfers", venue_on, view, venue_tell, 0, false};
