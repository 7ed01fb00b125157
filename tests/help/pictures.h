/* Pictures in memory, in the formats that drivers/picture_in.h reads. */
#ifndef TESTS_HELP_PICTURES_H
#define TESTS_HELP_PICTURES_H

#include "luma.h"

enum png_colours { PNG_GREY, PNG_PALETTE, PNG_RGB, PNG_GREY_ALPHA, PNG_RGB_ALPHA };
enum jpeg_colours { JPEG_GREY, JPEG_YCC, JPEG_RGB, JPEG_CMYK, JPEG_YCCK, JPEG_ADOBE_CMYK };

/* The file of l; malloc'd, end the test on a fault. PNG of 1, 2, 4, 8 or 16 bits a sample; what is
 * white (255) in l is transparent where there is alpha, and then as dark as the rest. */
struct span pictures_png(const struct luma *l, enum png_colours colours, int bits, bool interlaced);
struct span pictures_jpeg(const struct luma *l, enum jpeg_colours colours, bool progressive);
struct span pictures_pgm(const struct luma *l, uint32_t white, bool plain);

/* Say another size in the header of a PNG, and its checksum. */
void pictures_resize_png(struct span png, uint32_t width, uint32_t height);
/* Say another size in the header of a JPEG (its SOF segment). */
void pictures_resize_jpeg(struct span jpeg, uint32_t width, uint32_t height);

/* Draw the QR symbol of text at x, y, dark 0 on light 255, with its quiet zone, into the pixels behind
 * l, scale pixels a module. Gives its side in pixels. */
uint32_t pictures_draw_code(
	const struct luma *l, uint32_t x, uint32_t y, uint32_t scale, const char *text);

#endif
