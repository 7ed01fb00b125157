/* Paper: painted in grey, then cut to black and white. */
#include "painter_inside.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

size_t canvas_stride(uint32_t width)
{
	return ((size_t)width + 7) & ~(size_t)7;
}

enum err painter_canvas(struct painter *p, uint32_t width, uint32_t height, struct canvas *out)
{
	size_t n = canvas_stride(width) * height;

	if (n == 0 || width > INT16_MAX || height > INT16_MAX)
		return ERR_FORMAT;
	if (n > p->canvas_n) {
		uint8_t *grey = malloc(n);

		if (grey == NULL)
			return ERR_IO;
		if (p->canvas != NULL)
			explicit_bzero(p->canvas, p->canvas_n);
		free(p->canvas);
		p->canvas = grey;
		p->canvas_n = n;
	}
	*out = (struct canvas){p->canvas, width, height, canvas_stride(width)};
	return OK;
}

/* Eight greys at once: the top bit of each byte is gathered, the first byte's leftmost. */
static uint8_t cut_eight(const uint8_t *grey)
{
	uint64_t v = 0;

	memcpy(&v, grey, sizeof(v));
	v = le64toh(v) >> 7 & 0x0101010101010101u;
	return (uint8_t)(v * 0x8040201008040201u >> 56);
}

void canvas_cut(const struct canvas *c, struct bitmap *out)
{
	size_t bytes = canvas_stride(c->width) / 8;
	uint8_t last = (uint8_t)(0xff00u >> (c->width - (bytes - 1) * 8));

	for (size_t y = 0; y < c->height; y++) {
		const uint8_t *grey = c->grey + y * c->stride;
		uint8_t *row = out->dots + y * out->stride;

		for (size_t i = 0; i < bytes; i++)
			row[i] = cut_eight(grey + 8 * i);
		row[bytes - 1] &= last;
		memset(row + bytes, 0, out->stride - bytes);
	}
}

enum err painter_paper(
	struct painter *p, const struct draw *d, struct bitmap *out, struct painter_report *report)
{
	struct canvas c;
	enum err e = painter_canvas(p, out->width, out->height, &c);

	if (e != OK)
		return e;
	memset(c.grey, 0, c.stride * c.height);
	e = painter_grey(p, d, &c, report);
	if (e == OK)
		canvas_cut(&c, out);
	explicit_bzero(c.grey, c.stride * c.height);
	return e;
}
