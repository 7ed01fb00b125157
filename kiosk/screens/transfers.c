/* One city: which coach leaves when, from where, to what. */
#include "venue_view.h"

#include "when.h"

static void item(const struct ui *u, const struct venue_entry *e, struct venue_item *out)
{
	const struct venue *v = &u->m->venue;
	enum venue_coach state = venue_coach_of(e, u->m->wall);
	struct line follows;

	line_start(&out->when);
	when_time(&out->when.k, e->leave, e->leave_offset);
	line_start(&out->state);
	line_add(&out->state, venue_coach_words(u, e));
	line_start(&out->title);
	line_add(&out->title, venue_title(u, e));
	venue_where_words(u, e, &out->sort);
	venue_follows_words(u, e, &follows);
	line_join(&out->sort, " · ", line_text(&follows));
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
