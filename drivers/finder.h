/* Where a picture may hold a finder pattern, the square in a square in a square of a QR symbol. */
#ifndef DRIVERS_FINDER_H
#define DRIVERS_FINDER_H

#include "pyramid.h"

enum { FINDERS = 96 };

struct finder {
	float x, y;       /* its middle, pixels of the whole picture */
	float module;     /* pixels: the square root of its area */
	float stretch[2]; /* how a tilt makes it longer one way than across: along x, along x = y */
	float match;      /* correlation with the ideal, up to 1 */
	bool inverted;    /* light on dark */
};

struct finder_work; /* memory for the search */
/* returns: OK
 *          ERR_IO, if memory is out */
MUST_CHECK enum err finder_open(struct finder_work **out);
void finder_close(struct finder_work *w);

/* How many modules of f's own size the way (dx, dy), pixels, is long. */
float finder_modules(const struct finder *f, float dx, float dy);

enum finder_view {
	FINDER_FACING, /* up to about 45 degrees of tilt */
	FINDER_TILTED, /* 40 to 65 degrees; takes four times as long */
};

/* Look at every place and size. Rings are compared with rings, not dark runs with a threshold: what is
 * blurred, noisy, faint or unevenly lit still looks like a ring, at any rotation.
 * returns: how many are in out, best match first. */
unsigned finder_find(struct finder_work *w, const struct pyramid *p, enum finder_view view,
	struct finder out[static FINDERS]);

#endif
