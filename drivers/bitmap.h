/* A page of dots: 1 bit each, rows of whole bytes, the most significant bit leftmost, 1 = black. */
#ifndef DRIVERS_BITMAP_H
#define DRIVERS_BITMAP_H

#include "base.h"

struct bitmap {
	uint32_t width, height; /* dots */
	size_t stride;          /* bytes a row, (width + 7) / 8 at least; bits past width are 0 */
	uint8_t *dots;          /* height * stride bytes, the caller's */
};

/* Width, height and stride on the caller's memory.
 * returns: OK
 *          ERR_FULL, if n bytes are too few for width x height
 *          ERR_FORMAT, if a side is 0 or above 32,768 */
MUST_CHECK enum err bitmap_init(
	struct bitmap *b, uint32_t width, uint32_t height, uint8_t *memory, size_t n);
void bitmap_clear(struct bitmap *b);
bool bitmap_get(const struct bitmap *b, uint32_t x, uint32_t y);
void bitmap_set(struct bitmap *b, uint32_t x, uint32_t y, bool black);

/* Read and write PNG. Writing gives 1-bit greyscale of exactly these dots, in a file that is its
 * owner's alone where it is new; reading takes any PNG of
 * up to 32,768 dots a side and 64 megapixels, and makes dark dots of what is below half grey.
 * The read bitmap's memory is malloc'd: free(b->dots).
 * returns: OK
 *          ERR_ABSENT, if there is no such file (read) or folder (write)
 *          ERR_DENIED, ERR_FULL, as file_error says of the file to be written
 *          ERR_IO, if the file cannot be read or written whole
 *          ERR_FORMAT, if it is no PNG or larger than said */
MUST_CHECK enum err bitmap_write_png(const struct bitmap *b, const char *path, unsigned dpi);
MUST_CHECK enum err bitmap_read_png(struct bitmap *b, const char *path);

#endif
