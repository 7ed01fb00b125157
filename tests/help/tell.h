/* How long it takes until every board of a fleet has what one has just written. */
#ifndef TESTS_HELP_TELL_H
#define TESTS_HELP_TELL_H

#include "fleet.h"

struct told {
	size_t n, missed; /* missed: not at all boards within a minute */
	int64_t p50_ms, p99_ms, worst_ms;
};

/* n events, each by a board by chance, one after the other. The writers are started, with pace 0.
 * lost: of 1000 frames on the way. */
void tell_many(struct fleet *f, size_t n, unsigned lost, unsigned *seed, struct told *out);

#endif
