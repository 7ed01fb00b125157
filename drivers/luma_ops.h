/* What can be made of a grey picture: parts, sizes, contrasts.
 *
 * Everything here is pure: no memory is taken, nothing fails. A function that makes a picture writes
 * it to the caller's memory, rows end to end, and says how much room it needs; the picture it gives
 * back lies there. in must be sound, and to may overlap it only where that is said. */
#ifndef DRIVERS_LUMA_OPS_H
#define DRIVERS_LUMA_OPS_H

#include "luma.h"

enum {
	LUMA_RADIUS_MAX = 64, /* of a mean, pixels: a column's sum fits 16 bits */
	LUMA_GAIN_MAX = 127,  /* of an unsharp mask, sixteenths: a product fits 16 bits */
};

/* Part of a picture, in pixels. */
struct luma_box {
	uint32_t x, y, width, height;
};

/* The part of in that box names, cut down to what in has of it; it lies in in. */
struct luma luma_cut(const struct luma *in, struct luma_box box);

/* The same pixels. Needs width * height bytes, as all that follow unless they say otherwise. */
struct luma luma_copy(const struct luma *in, uint8_t *to);
/* Each pixel by a table. to may be in's own memory where in's rows lie end to end. */
struct luma luma_map(const struct luma *in, uint8_t *to, const uint8_t table[static 256]);
/* Light becomes dark. to may be in's own memory, as above. */
struct luma luma_invert(const struct luma *in, uint8_t *to);

/* Half as wide and high, at least 1: means of four pixels. Needs a quarter of in. */
struct luma luma_half(const struct luma *in, uint8_t *to);
/* width x height pixels, 1 at least: bilinear, or the means of areas where in is at least twice as
 * large in both directions. Needs width * height bytes. */
struct luma luma_scale(const struct luma *in, uint8_t *to, uint32_t width, uint32_t height);
/* The mean of the square of 2 * radius + 1 pixels around each pixel; radius 1 to LUMA_RADIUS_MAX.
 * The last pixels of an edge are repeated beyond it, here and below. */
struct luma luma_mean(const struct luma *in, uint8_t *to, unsigned radius);
/* The binomial of five, 1 4 6 4 1: a Gaussian of sigma 1. */
struct luma luma_blur(const struct luma *in, uint8_t *to);
/* The median of nine: specks go, edges stay. */
struct luma luma_median(const struct luma *in, uint8_t *to);
/* in + gain / 16 * (in - smooth), clamped, gain up to LUMA_GAIN_MAX; to may be either's memory. Both of one size. */
struct luma luma_unsharp(
	const struct luma *in, const struct luma *smooth, uint8_t *to, unsigned gain);
/* White where a pixel is brighter than mean - bias, else black; to may be either's memory. */
struct luma luma_threshold(const struct luma *in, const struct luma *mean, uint8_t *to, int bias);

/* How many pixels of in have each grey; of pictures with 4 rows and more, every fourth row. */
void luma_histogram(const struct luma *in, uint32_t count[static 256]);
/* A table that draws the greys apart so that all but about permille of 1000 at either end fit. */
void luma_stretch(const struct luma *in, unsigned permille, uint8_t table[static 256]);
/* A table of 255 * (grey / 255) ^ gamma. */
void luma_gamma(double gamma, uint8_t table[static 256]);
/* Histogram equalisation in tiles of an eighth of a side, limited to a contrast of limit times
 * (CLAHE; K. Zuiderveld, Graphics Gems IV, 1994), bilinear between tiles. */
struct luma luma_equalise(const struct luma *in, uint8_t *to, unsigned limit);

#endif
