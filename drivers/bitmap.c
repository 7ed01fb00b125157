/* Pages of dots, and their PNG pictures. */
#include "bitmap.h"

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SIDE_MAX = 32768, DOTS_MAX = 64000000, CHUNK_MAX = 1 << 20 };

enum err bitmap_init(struct bitmap *b, uint32_t width, uint32_t height, uint8_t *memory, size_t n)
{
	size_t stride = ((size_t)width + 7) / 8;

	memset(b, 0, sizeof(*b));
	if (width == 0 || height == 0 || width > SIDE_MAX || height > SIDE_MAX)
		return ERR_FORMAT;
	if (n / stride < height)
		return ERR_FULL;
	*b = (struct bitmap){width, height, stride, memory};
	return OK;
}

void bitmap_clear(struct bitmap *b)
{
	memset(b->dots, 0, (size_t)b->height * b->stride);
}

bool bitmap_get(const struct bitmap *b, uint32_t x, uint32_t y)
{
	if (x >= b->width || y >= b->height)
		return false;
	return (b->dots[(size_t)y * b->stride + x / 8] >> (7 - x % 8)) & 1;
}

void bitmap_set(struct bitmap *b, uint32_t x, uint32_t y, bool black)
{
	uint8_t bit = (uint8_t)(0x80 >> x % 8), *at;

	if (x >= b->width || y >= b->height)
		return;
	at = &b->dots[(size_t)y * b->stride + x / 8];
	*at = (uint8_t)(black ? *at | bit : *at & ~bit);
}

static void png_quiet(png_structp png, png_const_charp text)
{
	(void)png, (void)text;
}

static void png_stop(png_structp png, png_const_charp text)
{
	(void)text;
	png_longjmp(png, 1);
}

/* Where libpng jumps back to: everything that must survive the jump stands here. */
struct write_job {
	png_structp png;
	png_infop info;
	FILE *file;
};

static enum err write_rows(struct write_job *w, const struct bitmap *b, unsigned dpi)
{
	if (setjmp(png_jmpbuf(w->png)))
		return ERR_IO;
	png_init_io(w->png, w->file);
	png_set_IHDR(w->png, w->info, b->width, b->height, 1, PNG_COLOR_TYPE_GRAY,
		PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	if (dpi > 0) {
		/* An inch is 25.4 mm. */
		uint32_t metre = (uint32_t)(((uint64_t)dpi * 10000 + 127) / 254);
		png_set_pHYs(w->png, w->info, metre, metre, PNG_RESOLUTION_METER);
	}
	png_write_info(w->png, w->info);
	/* In a grey PNG 1 is white. */
	png_set_invert_mono(w->png);
	for (uint32_t y = 0; y < b->height; y++)
		png_write_row(w->png, b->dots + (size_t)y * b->stride);
	png_write_end(w->png, NULL);
	return OK;
}

enum err bitmap_write_png(const struct bitmap *b, const char *path, unsigned dpi)
{
	struct write_job w = {0};
	enum err e = ERR_IO;

	/* Badges and codes: whoever sees the picture has them. */
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return file_error(errno);
	w.file = fdopen(fd, "wb");
	if (!w.file) {
		close(fd);
		return ERR_IO;
	}
	w.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, png_stop, png_quiet);
	if (w.png)
		w.info = png_create_info_struct(w.png);
	if (w.info)
		e = write_rows(&w, b, dpi);
	png_destroy_write_struct(&w.png, &w.info);
	if (fclose(w.file) != 0)
		e = ERR_IO;
	return e;
}

struct read_job {
	png_structp png;
	png_infop info;
	FILE *file;
	struct bitmap *out;
	uint8_t *grey; /* the whole picture, a byte a dot: interlaced ones come in passes */
	png_bytep *rows;
};

/* Any kind of PNG becomes one grey byte a dot, laid on white. */
static void ask_for_grey(struct read_job *r)
{
	png_color_16 white = {0, 0xffff, 0xffff, 0xffff, 0xffff};
	unsigned depth = png_get_bit_depth(r->png, r->info);

	png_set_expand(r->png);
	if (depth < 16) {
		white.red = white.green = white.blue = white.gray = 0xff;
	}
	png_set_background(r->png, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
	png_set_scale_16(r->png);
	if (png_get_color_type(r->png, r->info) & PNG_COLOR_MASK_COLOR)
		png_set_rgb_to_gray(r->png, PNG_ERROR_ACTION_NONE, PNG_RGB_TO_GRAY_DEFAULT,
			PNG_RGB_TO_GRAY_DEFAULT);
	png_set_interlace_handling(r->png);
	png_read_update_info(r->png, r->info);
}

static enum err take_size(struct read_job *r)
{
	uint32_t width = png_get_image_width(r->png, r->info);
	uint32_t height = png_get_image_height(r->png, r->info);
	size_t n = ((size_t)width + 7) / 8 * height;

	if (width > SIDE_MAX || height > SIDE_MAX || (uint64_t)width * height > DOTS_MAX)
		return ERR_FORMAT;
	ask_for_grey(r);
	if (png_get_rowbytes(r->png, r->info) != width)
		return ERR_FORMAT;
	r->out->dots = calloc(1, n);
	r->grey = malloc((size_t)width * height);
	r->rows = calloc(height, sizeof(*r->rows));
	if (!r->out->dots || !r->grey || !r->rows)
		return ERR_IO;
	for (uint32_t y = 0; y < height; y++)
		r->rows[y] = r->grey + (size_t)y * width;
	return bitmap_init(r->out, width, height, r->out->dots, n);
}

static enum err read_rows(struct read_job *r)
{
	enum err e;

	if (setjmp(png_jmpbuf(r->png)))
		return ERR_FORMAT;
	png_set_user_limits(r->png, SIDE_MAX, SIDE_MAX);
	png_set_chunk_malloc_max(r->png, CHUNK_MAX);
	png_set_chunk_cache_max(r->png, 16);
	png_init_io(r->png, r->file);
	png_read_info(r->png, r->info);
	e = take_size(r);
	if (e != OK)
		return e;
	png_read_image(r->png, r->rows);
	png_read_end(r->png, NULL);
	for (uint32_t y = 0; y < r->out->height; y++)
		for (uint32_t x = 0; x < r->out->width; x++)
			if (r->rows[y][x] < 0x80)
				bitmap_set(r->out, x, y, true);
	return OK;
}

enum err bitmap_read_png(struct bitmap *b, const char *path)
{
	struct read_job r = {.out = b};
	enum err e = ERR_IO;

	memset(b, 0, sizeof(*b));
	r.file = fopen(path, "rbe");
	if (!r.file)
		return errno == ENOENT ? ERR_ABSENT : ERR_IO;
	r.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, png_stop, png_quiet);
	if (r.png)
		r.info = png_create_info_struct(r.png);
	if (r.info)
		e = read_rows(&r);
	png_destroy_read_struct(&r.png, &r.info, NULL);
	if (e == ERR_FORMAT && ferror(r.file))
		e = ERR_IO;
	fclose(r.file);
	free(r.rows);
	free(r.grey);
	if (e != OK) {
		free(b->dots);
		memset(b, 0, sizeof(*b));
	}
	return e;
}
