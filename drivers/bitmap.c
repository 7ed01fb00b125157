/* A page of dots, and the same as PNG. */
#include "bitmap.h"

#include <errno.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE_MAX = 32768, HALF_GREY = 128, PIXELS_MAX = 64 << 20 };

enum err bitmap_init(struct bitmap *b, uint32_t width, uint32_t height, uint8_t *memory, size_t n)
{
	size_t stride = ((size_t)width + 7) / 8;

	*b = (struct bitmap){0};
	if (width == 0 || height == 0 || width > SIDE_MAX || height > SIDE_MAX)
		return ERR_FORMAT;
	if (n / stride < height)
		return ERR_FULL;
	*b = (struct bitmap){width, height, stride, memory};
	return OK;
}

void bitmap_clear(struct bitmap *b)
{
	memset(b->dots, 0, b->stride * b->height);
}

bool bitmap_get(const struct bitmap *b, uint32_t x, uint32_t y)
{
	if (x >= b->width || y >= b->height)
		return false;
	return b->dots[y * b->stride + x / 8] >> (7 - x % 8) & 1;
}

void bitmap_set(struct bitmap *b, uint32_t x, uint32_t y, bool black)
{
	if (x >= b->width || y >= b->height)
		return;
	uint8_t *dot = &b->dots[y * b->stride + x / 8], bit = (uint8_t)(0x80 >> x % 8);
	*dot = black ? *dot | bit : (uint8_t)(*dot & ~bit);
}

static void no_words(png_structp png, png_const_charp words)
{
	(void)png;
	(void)words;
}

/* PNG's 1-bit grey has 1 = white. */
static bool write_rows(
	png_structp png, png_infop info, const struct bitmap *b, FILE *f, unsigned dpi)
{
	enum { INCH_A_HUNDRED_METRES = 3937 };
	png_uint_32 per_metre = (png_uint_32)(((uint64_t)dpi * INCH_A_HUNDRED_METRES + 50) / 100);

	if (setjmp(png_jmpbuf(png)))
		return false;
	png_init_io(png, f);
	png_set_IHDR(png, info, b->width, b->height, 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
		PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_set_pHYs(png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
	png_write_info(png, info);
	png_set_invert_mono(png);
	for (uint32_t y = 0; y < b->height; y++)
		png_write_row(png, b->dots + y * b->stride);
	png_write_end(png, info);
	return true;
}

enum err bitmap_write_png(const struct bitmap *b, const char *path, unsigned dpi)
{
	FILE *f = fopen(path, "wb");

	if (!f)
		return ERR_IO;
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, no_words, no_words);
	png_infop info = png ? png_create_info_struct(png) : NULL;
	bool good = info && write_rows(png, info, b, f, dpi);
	png_destroy_write_struct(&png, &info);
	good = fclose(f) == 0 && good;
	if (!good)
		(void)remove(path);
	return good ? OK : ERR_IO;
}

/* What reading holds, so that a jump out of libpng loses nothing. */
struct reading {
	png_structp png;
	png_infop info;
	uint8_t *row;
	uint8_t *dots;
};

static enum err read_head(struct reading *r, FILE *f, uint32_t *width, uint32_t *height)
{
	if (setjmp(png_jmpbuf(r->png)))
		return ERR_FORMAT;
	png_set_user_limits(r->png, SIDE_MAX, SIDE_MAX);
	png_init_io(r->png, f);
	png_read_info(r->png, r->info);
	*width = png_get_image_width(r->png, r->info);
	*height = png_get_image_height(r->png, r->info);
	if ((uint64_t)*width * *height > PIXELS_MAX ||
		png_get_interlace_type(r->png, r->info) != PNG_INTERLACE_NONE)
		return ERR_FORMAT;
	png_set_expand(r->png);
	png_set_strip_16(r->png);
	png_color_16 white = {.red = 255, .green = 255, .blue = 255, .gray = 255};
	png_set_background(r->png, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
	png_set_rgb_to_gray(
		r->png, PNG_ERROR_ACTION_NONE, PNG_RGB_TO_GRAY_DEFAULT, PNG_RGB_TO_GRAY_DEFAULT);
	png_read_update_info(r->png, r->info);
	return OK;
}

static enum err read_rows(struct reading *r, struct bitmap *b)
{
	if (setjmp(png_jmpbuf(r->png)))
		return ERR_FORMAT;
	for (uint32_t y = 0; y < b->height; y++) {
		png_read_row(r->png, r->row, NULL);
		for (uint32_t x = 0; x < b->width; x++)
			bitmap_set(b, x, y, r->row[x] < HALF_GREY);
	}
	return OK;
}

static enum err read_picture(struct reading *r, FILE *f, struct bitmap *b)
{
	uint32_t width, height;

	enum err e = read_head(r, f, &width, &height);
	if (e)
		return e;
	size_t n = ((size_t)width + 7) / 8 * height, row = png_get_rowbytes(r->png, r->info);
	if (row < width)
		return ERR_FORMAT;
	r->row = malloc(row);
	r->dots = calloc(n, 1);
	if (!r->row || !r->dots)
		return ERR_IO;
	e = bitmap_init(b, width, height, r->dots, n);
	return e ? e : read_rows(r, b);
}

enum err bitmap_read_png(struct bitmap *b, const char *path)
{
	struct reading r = {0};
	uint8_t head[8];

	*b = (struct bitmap){0};
	FILE *f = fopen(path, "rb");
	if (!f)
		return errno == ENOENT ? ERR_ABSENT : ERR_IO;
	size_t n = fread(head, 1, sizeof(head), f);
	enum err e = n == sizeof(head) && png_sig_cmp(head, 0, sizeof(head)) == 0 ? OK : ERR_FORMAT;
	if (ferror(f))
		e = ERR_IO;
	rewind(f);
	r.png = e ? NULL : png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, no_words, no_words);
	r.info = r.png ? png_create_info_struct(r.png) : NULL;
	if (e == OK)
		e = r.info ? read_picture(&r, f, b) : ERR_IO;
	png_destroy_read_struct(&r.png, &r.info, NULL);
	fclose(f);
	free(r.row);
	if (e) {
		free(r.dots);
		*b = (struct bitmap){0};
	}
	return e;
}
