/* One city: which coach leaves when, from where, to what. */
#include "venue_view.h"

#include "when.h"

static void item(const struct ui *u, const struct venue_entry *e, struct venue_item *out)
{
	const struct venue *v = &u->m->venue;
	enum venue_coach state = venue_coach_of(e, u->m->wall);
	bool rides = e->kind == ACTIVITY_TRANSFER;

	venue_item_start(u, e, out);
	when_time(&out->when.k, e->leave, e->leave_offset);
	line_add(&out->state, venue_coach_words(u, e));
	/* A ride's place is where it begins, anything else's is where it goes. */
	venue_where_words(u, e, rides ? &out->sort : &out->note);
	if (rides)
		venue_follows_words(u, e, &out->note);
	out->where = venue_text(v, e->meeting_point);
	if (state == VENUE_COACH_BOARDING && !e->marks)
		out->bar = INK_ACCENT;
	if (state == VENUE_COACH_LEFT)
		out->ink = out->state_ink = INK_MUTED;
}

static void view(struct ui *u)
{
	venue_list(u, item);
}

const struct screen screen_transfers = {"transfers", venue_on, view, venue_tell, 0, false};
