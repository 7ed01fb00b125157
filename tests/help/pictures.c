/* Pictures in memory: written by the same libraries that read them. */
#include "pictures.h"

#include "symbol.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

static void insist(bool truth, const char *what)
{
	if (truth)
		return;
	fprintf(stderr, "pictures: %s\n", what);
	abort();
}

struct file {
	uint8_t *p;
	size_t n, cap;
};

static void append(struct file *f, const void *p, size_t n)
{
	if (n > f->cap - f->n) {
		f->cap = 2 * f->cap + n;
		f->p = realloc(f->p, f->cap);
		insist(f->p != NULL, "memory is out");
	}
	memcpy(f->p + f->n, p, n);
	f->n += n;
}

static void png_more(png_structp png, png_bytep p, size_t n)
{
	append(png_get_io_ptr(png), p, n);
}

static void png_all_out(png_structp png)
{
	(void)png;
}

static const int png_types[] = {PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_PALETTE, PNG_COLOR_TYPE_RGB,
	PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB_ALPHA};

/* Samples of one pixel, most significant bits first, put at bit `at` of the row. */
static size_t put_pixel(uint8_t *row, size_t at, uint8_t v, enum png_colours colours, int bits)
{
	static const int samples[] = {1, 1, 3, 2, 4};
	bool alpha = colours == PNG_GREY_ALPHA || colours == PNG_RGB_ALPHA;

	for (int i = 0; i < samples[colours]; i++) {
		uint8_t s = alpha && v == 255 ? 0 : alpha && i == samples[colours] - 1 ? 255 : v;
		for (int b = 0; b < bits; b++, at++)
			if (s >> (7 - b % 8) & 1)
				row[at / 8] |= (uint8_t)(0x80 >> at % 8);
	}
	return at;
}

/* Where colours are few, index i stands for the grey whose highest bits are i. */
static void set_palette(png_structp png, png_infop info, int bits)
{
	png_color palette[256];
	int n = 1 << bits;

	for (int i = 0; i < n; i++)
		palette[i].red = palette[i].green = palette[i].blue = (uint8_t)(i * 255 / (n - 1));
	png_set_PLTE(png, info, palette, n);
}

struct span pictures_png(const struct luma *l, enum png_colours colours, int bits, bool interlaced)
{
	struct file f = {0};
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	size_t stride = (size_t)l->width * 8 + 8;
	uint8_t *rows = calloc(l->height, stride);
	png_bytep *at = calloc(l->height, sizeof(*at));

	insist(rows && at && !setjmp(png_jmpbuf(png)), "no PNG");
	for (uint32_t y = 0; y < l->height; y++) {
		at[y] = rows + y * stride;
		size_t bit = 0;
		for (uint32_t x = 0; x < l->width; x++)
			bit = put_pixel(
				at[y], bit, l->at[(size_t)y * l->stride + x], colours, bits);
	}
	png_set_write_fn(png, &f, png_more, png_all_out);
	png_set_IHDR(png, info, l->width, l->height, bits, png_types[colours],
		interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
		PNG_FILTER_TYPE_DEFAULT);
	if (colours == PNG_PALETTE)
		set_palette(png, info, bits);
	png_write_info(png, info);
	png_write_image(png, at);
	png_write_end(png, info);
	png_destroy_write_struct(&png, &info);
	free(at);
	free(rows);
	return (struct span){f.p, f.n};
}

static const J_COLOR_SPACE jpeg_inside[] = {
	JCS_GRAYSCALE, JCS_YCbCr, JCS_RGB, JCS_CMYK, JCS_YCCK, JCS_CMYK};

static int jpeg_samples(enum jpeg_colours colours)
{
	return colours == JPEG_GREY ? 1 : colours < JPEG_CMYK ? 3 : 4;
}

/* Black ink alone makes the grey. libjpeg marks YCCK as Adobe's, whose inks lie upside down. */
static void fill_row(uint8_t *row, const uint8_t *grey, uint32_t width, enum jpeg_colours colours)
{
	int n = jpeg_samples(colours);
	bool upside_down = colours == JPEG_YCCK || colours == JPEG_ADOBE_CMYK;

	for (uint32_t x = 0; x < width; x++)
		for (int i = 0; i < n; i++)
			row[x * n + i] = n < 4 || (i == 3 && upside_down) ? grey[x]
					 : i == 3                         ? 255 - grey[x]
					 : upside_down                    ? 255
									  : 0;
}

struct span pictures_jpeg(const struct luma *l, enum jpeg_colours colours, bool progressive)
{
	struct jpeg_compress_struct c;
	struct jpeg_error_mgr errors;
	unsigned char *out = NULL;
	unsigned long n = 0;
	int samples = jpeg_samples(colours);
	uint8_t *row = malloc((size_t)l->width * 4);

	insist(row != NULL, "memory is out");
	c.err = jpeg_std_error(&errors);
	jpeg_create_compress(&c);
	jpeg_mem_dest(&c, &out, &n);
	c.image_width = l->width;
	c.image_height = l->height;
	c.input_components = samples;
	c.in_color_space = samples == 1 ? JCS_GRAYSCALE : samples == 3 ? JCS_RGB : JCS_CMYK;
	jpeg_set_defaults(&c);
	jpeg_set_colorspace(&c, jpeg_inside[colours]);
	c.write_Adobe_marker = colours == JPEG_YCCK || colours == JPEG_ADOBE_CMYK;
	jpeg_set_quality(&c, 90, TRUE);
	if (progressive)
		jpeg_simple_progression(&c);
	jpeg_start_compress(&c, TRUE);
	while (c.next_scanline < l->height) {
		fill_row(row, l->at + (size_t)c.next_scanline * l->stride, l->width, colours);
		jpeg_write_scanlines(&c, &row, 1);
	}
	jpeg_finish_compress(&c);
	jpeg_destroy_compress(&c);
	free(row);
	return (struct span){out, n};
}

struct span pictures_pgm(const struct luma *l, uint32_t white, bool plain)
{
	struct file f = {0};
	char text[64];

	append(&f, text,
		(size_t)sprintf(text, "P%d\n# made for a test\n%u %u\n%u\n", plain ? 2 : 5,
			l->width, l->height, white));
	for (uint32_t y = 0; y < l->height; y++)
		for (uint32_t x = 0; x < l->width; x++) {
			uint32_t v = l->at[(size_t)y * l->stride + x] * white / 255;
			uint8_t two[] = {(uint8_t)(v >> 8), (uint8_t)v};
			if (plain)
				append(&f, text, (size_t)sprintf(text, "%u ", v));
			else
				append(&f, white < 256 ? two + 1 : two, white < 256 ? 1 : 2);
		}
	return (struct span){f.p, f.n};
}

static void store_big(uint8_t *p, uint32_t v, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		p[i] = (uint8_t)(v >> 8 * (bytes - 1 - i));
}

/* PNG specification, annex D. */
static uint32_t crc(const uint8_t *p, size_t n)
{
	uint32_t c = 0xffffffff;

	for (size_t i = 0; i < n; i++) {
		c ^= p[i];
		for (int b = 0; b < 8; b++)
			c = c & 1 ? 0xedb88320 ^ c >> 1 : c >> 1;
	}
	return ~c;
}

void pictures_resize_png(struct span png, uint32_t width, uint32_t height)
{
	uint8_t *p = (uint8_t *)png.p;

	insist(png.n > 33 && memcmp(p + 12, "IHDR", 4) == 0, "no PNG to resize");
	store_big(p + 16, width, 4);
	store_big(p + 20, height, 4);
	store_big(p + 29, crc(p + 12, 17), 4);
}

void pictures_resize_jpeg(struct span jpeg, uint32_t width, uint32_t height)
{
	uint8_t *p = (uint8_t *)jpeg.p;
	size_t at = 2;

	while (at + 9 < jpeg.n && p[at + 1] != 0xc0 && p[at + 1] != 0xc2)
		at += 2u + (size_t)(p[at + 2] << 8 | p[at + 3]);
	insist(at + 9 < jpeg.n, "no JPEG to resize");
	store_big(p + at + 5, height, 2);
	store_big(p + at + 7, width, 2);
}

uint32_t pictures_draw_code(
	const struct luma *l, uint32_t x, uint32_t y, uint32_t scale, const char *text)
{
	static struct symbol s;

	insist(symbol_make(&s, span_of(text)) == OK, "no symbol");
	uint32_t side = (s.side + 2 * SYMBOL_QUIET) * scale;
	insist(side <= l->width && x <= l->width - side && side <= l->height &&
			y <= l->height - side,
		"the symbol does not fit");
	for (uint32_t j = 0; j < side; j++)
		for (uint32_t i = 0; i < side; i++) {
			uint32_t mx = i / scale - SYMBOL_QUIET, my = j / scale - SYMBOL_QUIET;
			bool dark = mx < s.side && my < s.side && symbol_dark(&s, mx, my);
			((uint8_t *)l->at)[(size_t)(y + j) * l->stride + x + i] = dark ? 0 : 255;
		}
	return side;
}
