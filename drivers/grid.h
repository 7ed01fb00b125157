/* Where the modules of a symbol lie in a picture: a plane in perspective, bent a little. */
#ifndef DRIVERS_GRID_H
#define DRIVERS_GRID_H

#include "pyramid.h"
#include "qr_layout.h"

/* How a grid may move: as a plane in perspective; and wrapped round a cylinder; and crumpled. */
enum grid_freedom { GRID_FLAT = 8, GRID_ROUND = 12, GRID_FREE = 26 };
enum { GRID_BENDS = (GRID_FREE - GRID_ROUND) / 2 };

/* With s, t from -1 to 1 across the symbol, a = way . (s, t) and (s', t') = (s, t) - narrow a^3 way:
 *   w = 1 + p6 s' + p7 t' + bulge2 a^2
 *   x = (p0 s' + p1 t' + p2 + bulge0 a^2) / w + bend0 . (s^2, st, t^2, s^3, s^2t, st^2, t^3)
 * and y likewise with p3, p4, p5, bulge1, bend1. */
struct grid {
	unsigned side;
	float sign; /* 1: dark on light; -1: light on dark, whose negative is looked at */
	float flat[GRID_FLAT];
	float way[2]; /* across the cylinder, a unit vector */
	float bulge[3], narrow;
	float bend[2][GRID_BENDS];
};

/* The grid of a symbol, dark on light, of so many modules with finders' middles at these points. */
struct grid grid_of_finders(unsigned side, const float top_left[2], const float top_right[2],
	const float bottom_left[2]);
/* Put it in the perspective that the sizes of modules at the finders tell, middles staying. */
void grid_lean(struct grid *g, float top_left, float top_right, float bottom_left);
/* Wrap it round a cylinder, so that it is narrower towards its ends, finders staying where they are:
 * across s or, with down, across t; 0.05 is about 60 degrees, 0.15 about 100. */
void grid_wrap(struct grid *g, bool down, float narrow);
/* Likewise, and this is where the point (u, v), modules, of its fourth quarter is: a perspective. */
void grid_set_fourth(struct grid *g, float u, float v, const float at[2]);

/* Look for the alignment pattern near the fourth corner, which tells the perspective, and take the place
 * by which the known modules fit best. returns: how well, as grid_fit. */
float grid_find_fourth(struct grid *g, const struct pyramid *p, const float *want);

/* Likewise for version 1, which has no alignment pattern: the place by which its modules are clearest,
 * each dark all over or light all over. */
void grid_clear_fourth(struct grid *g, const struct pyramid *p);

/* The pixel of the point (u, v), modules from the symbol's top left corner. */
void grid_point(const struct grid *g, float u, float v, float *x, float *y);
/* Pixels a module near (u, v): the square root of its area. */
float grid_module(const struct grid *g, float u, float v);

/* Darkness of each module, 0 to 255: the mean of its middle part. out: side * side. */
void grid_sample(const struct grid *g, const struct pyramid *p, float *out);

/* Correlation of what modules are thought to be and the picture, block by block: a quick look at the
 * middle of each. want: -1 (light) to 1 (dark), 0 where it is not known. */
float grid_match(const struct grid *g, const struct pyramid *p, const float *want);

/* Move the grid so that modules meet what they are thought to be, as above.
 * returns: grid_match afterwards, of finer points */
float grid_fit(struct grid *g, const struct pyramid *p, const float *want,
	enum grid_freedom freedom, unsigned rounds);

#endif
