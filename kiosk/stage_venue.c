/* The stage of a venue screen: what it shows, out of roster and journal. */
#include "stage.h"

/* Seats of what begins later are nobody's question yet. */
enum { COUNTED_S = 60 * 60 };

static void count(struct stage *s, struct venue *v, int64_t now)
{
	for (uint32_t i = 0; i < v->entry_n && v->entries[i].start < now + COUNTED_S; i++) {
		struct fold_activity counts;
		notes_activity(s->notes, v->entries[i].activity, &counts);
		venue_count(&v->entries[i], &counts);
	}
}

void stage_renew_venue(struct stage *s)
{
	const struct roster *r = s->holding ? &s->holding->roster : NULL;
	int64_t now = clock_now().wall_ms / 1000;

	if (s->options->mode != MODE_SCREEN)
		return;
	venue_take(&s->venue, r, &s->options->screens[0], now);
	if (s->venue.layout == VENUE_ROOM)
		count(s, &s->venue, now);
	stage_tell(s, &(struct msg){.kind = MSG_VENUE, .venue = &s->venue});
}
