/* One city: what starts next, page by page. */
#include "venue_view.h"

#include "when.h"

/* A countdown is worth its place when it is time to walk. */
enum { SOON_S = 60 * 60 };

static void item(const struct ui *u, const struct venue_entry *e, struct venue_item *out)
{
	const struct venue *v = &u->m->venue;
	bool runs = venue_runs(e, u->m->wall);

	venue_item_start(u, e, out);
	when_time(&out->when.k, e->start, e->offset);
	if (runs)
		line_add(&out->state, ui_say(u, "Now"));
	else if (!venue_is_gone(e) && e->start - u->m->wall <= SOON_S)
		when_next(&out->state.k, u->language, u->m->wall, e->start, e->offset);
	venue_sort_words(u, e, &out->sort);
	out->where = venue_text(v, e->room);
	out->around = venue_text(v, e->place);
	if (runs)
		out->state_ink = INK_GOOD;
}

static void view(struct ui *u)
{
	venue_list(u, item);
}

const struct screen screen_lobby = {"lobby", venue_on, view, venue_tell, 0, false};
