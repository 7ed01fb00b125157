/* Where in a picture a symbol may be: squares full of edges in both directions, on calmer ground. */
#ifndef DRIVERS_REGIONS_H
#define DRIVERS_REGIONS_H

#include "luma_ops.h"

enum {
	REGIONS_MAX = 6,
	/* Pixels of a picture's cell, and how many cells a picture may have: 1280 x 720 halved has 3,600. */
	REGIONS_CELL = 8,
	REGIONS_CELLS = 4096
};

/* The likeliest squares of in first, with a margin, none mostly within another; at most REGIONS_MAX.
 * in is best a picture halved: nothing smaller than 24 pixels is found. No more than REGIONS_CELLS
 * whole cells are looked at, from the top on.
 * returns: how many */
size_t regions_find(const struct luma *in, struct luma_box out[static REGIONS_MAX]);

#endif
