/* One city: what starts next, page by page. */
#include "venue_view.h"

#include "when.h"

/* After midnight, on the list of the day before. */
static bool is_tomorrow(const struct ui *u, const struct venue_entry *e)
{
	const struct venue *v = &u->m->venue;
	struct venue_day day = venue_day_of(v, u->m->wall);

	return day.today &&
	       when_day_number(e->start, e->offset) > when_day_number(day.at, day.offset);
}

static void item(const struct ui *u, const struct venue_entry *e, struct venue_item *out)
{
	const struct venue *v = &u->m->venue;
	bool runs = venue_runs(e, u->m->wall);
	bool ahead = e->start > u->m->wall && !venue_is_gone(e);

	venue_item_start(u, e, out);
	when_time(&out->when.k, e->start, e->offset);
	if (runs)
		line_add(&out->state, ui_say(u, "Now"));
	else if (ahead && e->start - u->m->wall <= VENUE_SOON_S)
		venue_brief_countdown(u, e, &out->state);
	else if (ahead && is_tomorrow(u, e))
		line_add(&out->state, ui_say(u, "Tomorrow"));
	venue_sort_words(u, e, &out->sort);
	out->where = venue_text(v, e->room);
	out->around = venue_text(v, e->place);
	if (runs)
		out->state_ink = INK_GOOD;
	if (e->end <= u->m->wall)
		out->ink = INK_MUTED;
}

static void view(struct ui *u)
{
	venue_list(u, item);
}

const struct screen screen_lobby = {"lobby", venue_on, view, venue_tell, 0, false};
