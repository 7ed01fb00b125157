/* Where the modules of a symbol lie in a picture: a plane in perspective, bent a little. */
#ifndef DRIVERS_GRID_H
#define DRIVERS_GRID_H

#include "pyramid.h"
#include "qr_layout.h"

enum { GRID_BENDS = 7, GRID_FLAT = 8 }; /* s^2 st t^2 s^3 s^2t st^2 t^3 a coordinate; perspective */

/* With s, t from -1 to 1 across the symbol:
 *   x = (p0 s + p1 t + p2) / (1 + p6 s + p7 t) + bend . (s^2, st, ...), y likewise with p3 p4 p5. */
struct grid {
	unsigned side;
	float sign; /* 1: dark on light; -1: light on dark, whose negative is looked at */
	float flat[GRID_FLAT];
	float bend[2][GRID_BENDS];
};

/* The grid of a symbol, dark on light, of so many modules with finders' middles at these points. */
struct grid grid_of_finders(unsigned side, const float top_left[2], const float top_right[2],
	const float bottom_left[2]);
/* Likewise, and this is where the point (u, v), modules, of its fourth quarter is: a perspective. */
void grid_set_fourth(struct grid *g, float u, float v, const float at[2]);

/* The pixel of the point (u, v), modules from the symbol's top left corner. */
void grid_point(const struct grid *g, float u, float v, float *x, float *y);
/* Pixels a module near (u, v): the square root of its area. */
float grid_module(const struct grid *g, float u, float v);

/* Darkness of each module, 0 to 255: the mean of its middle part. out: side * side. */
void grid_sample(const struct grid *g, const struct pyramid *p, float *out);

/* Move the grid so that modules meet what they are thought to be: want is -1 (light) to 1 (dark), 0
 * where it is not known. Bends are only let in where bend is true.
 * returns: the correlation of want and picture afterwards, block by block. */
float grid_fit(
	struct grid *g, const struct pyramid *p, const float *want, bool bend, unsigned rounds);

#endif
