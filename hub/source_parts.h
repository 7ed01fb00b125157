/* The parts of source_make, in the order it calls them. All answer OK, ERR_FULL (more activities or
 * places than numbers) or ERR_IO (memory, or a template that cannot be read), or what they say. */
#ifndef HUB_SOURCE_PARTS_H
#define HUB_SOURCE_PARTS_H

#include "source.h"

struct words words_of(const struct list_words *w);

/* What all times in the roster count from. */
int64_t gather_base_time(const struct list *l);
MUST_CHECK enum err gather_places(struct source *o, const struct list *l, struct state *s);
MUST_CHECK enum err gather_activities(struct source *o, const struct list *l, struct state *s);
MUST_CHECK enum err gather_tracks_and_legs(struct source *o, const struct list *l);

/* The people are in o->people, in the list's order. */
MUST_CHECK enum err gather_bookings(struct source *o, const struct list *l);
MUST_CHECK enum err gather_meetings(struct source *o, const struct list *l);

/* The roster is gathered, people by slot: what each may open meets what the last build let her open. Returns
 * also what roster_readings does. */
MUST_CHECK enum err gather_readers(struct source *o, struct state *s);

/* The organiser's own badge templates, each read as a board would (else ERR_FORMAT or ERR_FULL, told on
 * standard error): every dir/badge/NAME.svg, as "badge/NAME.svg". */
MUST_CHECK enum err gather_files(struct source *o, const char *dir);

#endif
