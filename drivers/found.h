/* What the passes over one picture read, each symbol once, and who deserves belief.
 *
 * Two readings are of one symbol where the middle of one lies within the other's corners, and neither is
 * more than twice as large. */
#ifndef DRIVERS_FOUND_H
#define DRIVERS_FOUND_H

#include "reading.h"

enum { FOUND_MAX = 64 };

struct found_one {
	struct reading reading; /* the first that said so */
	unsigned votes;         /* how many readings of this symbol said this */
	bool sure;              /* read from the raw picture, or a Foyer code whose check holds */
};

struct found {
	size_t n;
	struct found_one one[FOUND_MAX];
};

/* Take one reading in. raw: nothing was done to the picture but making it smaller or larger. Readings
 * of the same symbol and text are one with more votes; what does not fit any more is left out. */
void found_add(struct found *f, const struct reading *r, bool raw);

/* Is another text read of the same symbol that deserves as much belief or more? A sure one deserves
 * more than one that is not, then the one with more votes, then the first. */
bool found_doubtful(const struct found *f, size_t i);

/* Is point on a symbol that was read? */
bool found_covers(const struct found *f, struct corner point);

#endif
