/* One city: what starts next, page by page. */
#include "venue_view.h"

#include "when.h"

/* A countdown is worth its place when it is time to walk. */
enum { SOON_S = 60 * 60 };

static void item(const struct ui *u, const struct venue_entry *e, struct venue_item *out)
{
	const struct venue *v = &u->m->venue;
	bool runs = venue_runs(e, u->m->wall);

	line_start(&out->when);
	when_time(&out->when.k, e->start, e->offset);
	line_start(&out->state);
	if (runs)
		line_add(&out->state, ui_say(u, "Now"));
	else if (e->start - u->m->wall <= SOON_S)
		when_next(&out->state.k, u->language, u->m->wall, e->start, e->offset);
	line_start(&out->title);
	line_add(&out->title, venue_title(u, e));
	venue_sort_words(u, e, &out->sort);
	out->where = venue_text(v, e->room);
	out->around = venue_text(v, e->place);
	out->bar = venue_ink(v, e);
	out->ink = INK_TEXT;
	out->state_ink = runs ? INK_GOOD : INK_ACCENT;
}

static void view(struct ui *u)
{
	venue_list(u, item);
}

const struct screen screen_lobby = {"lobby", venue_on, view, venue_tell, 0, false};
