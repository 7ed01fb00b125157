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

/* The level in which a length of so many pixels is at least `least`, and less than twice that. */
unsigned pyramid_level(const struct pyramid *p, float length, float least);

/* Grey level at a point of level k, between the four pixels round it; beyond the edge, the edge's.
 * (0, 0) is the middle of the first pixel. Here, because it is asked a million times a picture. */
static inline float pyramid_at(const struct luma *l, float x, float y)
{
	float right = (float)(l->width - 1), bottom = (float)(l->height - 1), fx = 0, fy = 0;
	uint32_t ix = 0, iy = 0, dx = 0;
	const uint8_t *a = NULL, *b = NULL;

	x = x > 0 ? x < right ? x : right : 0;
	y = y > 0 ? y < bottom ? y : bottom : 0;
	ix = (uint32_t)x;
	iy = (uint32_t)y;
	fx = x - (float)ix;
	fy = y - (float)iy;
	dx = ix + 1 < l->width ? 1 : 0;
	a = l->at + (size_t)iy * l->stride + ix;
	b = iy + 1 < l->height ? a + l->stride : a;
	return ((float)a[0] * (1 - fx) + (float)a[dx] * fx) * (1 - fy) +
	       ((float)b[0] * (1 - fx) + (float)b[dx] * fx) * fy;
}

/* The point of level k that is point x of level 0. */
static inline float pyramid_down(float x, unsigned k)
{
	float n = (float)(1U << k);

	return (x + 0.5F) / n - 0.5F;
}

#endif
