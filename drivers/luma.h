/* A grey picture: the brightness of each pixel and nothing else. */
#ifndef DRIVERS_LUMA_H
#define DRIVERS_LUMA_H

#include "base.h"

struct luma {
	const uint8_t *at;      /* the top left pixel, 0 black, 255 white; somebody else's memory */
	uint32_t width, height; /* pixels */
	uint32_t stride;        /* bytes from a pixel to the one below, width at least */
};

enum { LUMA_SIDE = 16384 }; /* the longest side of a picture that is looked at, pixels */

/* Are the sides 1 to LUMA_SIDE, and is a row no longer than its stride? */
bool luma_sound(const struct luma *l);

#endif
