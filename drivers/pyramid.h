/* A picture and its halves, quarters and so on: large things are looked for in small pictures. */
#ifndef DRIVERS_PYRAMID_H
#define DRIVERS_PYRAMID_H

#include "luma.h"

enum { PYRAMID_LEVELS = 6, PYRAMID_PIXELS = 1920 * 1088 };

struct pyramid {
	struct luma level[PYRAMID_LEVELS]; /* level k's pixel is the mean of 2^k x 2^k */
	unsigned levels;
	uint8_t *pixels; /* of all levels but the first, which is the caller's */
};

/* returns: OK
 *          ERR_IO, if memory is out */
MUST_CHECK enum err pyramid_init(struct pyramid *p);
void pyramid_done(struct pyramid *p);

/* Build it on l, whose memory must outlive its use. Levels end where a side is less than 32.
 * returns: OK
 *          ERR_FULL, if l has more than PYRAMID_PIXELS */
MUST_CHECK enum err pyramid_build(struct pyramid *p, const struct luma *l);

/* Grey level at a point of level k, between the four pixels round it; beyond the edge, the edge's.
 * (0, 0) is the middle of the first pixel. */
float pyramid_at(const struct luma *l, float x, float y);
/* The point of level k that is point x of level 0. */
float pyramid_down(float x, unsigned k);

#endif
