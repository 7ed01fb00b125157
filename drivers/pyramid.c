/* Halves of halves. */
#include "pyramid.h"

#include <stdlib.h>

enum { SHORTEST = 32 };

enum err pyramid_init(struct pyramid *p)
{
	*p = (struct pyramid){.pixels = malloc(PYRAMID_PIXELS / 2)};
	return p->pixels == NULL ? ERR_IO : OK;
}

void pyramid_done(struct pyramid *p)
{
	free(p->pixels);
	*p = (struct pyramid){0};
}

static void halve(const struct luma *from, uint8_t *to, uint32_t w, uint32_t h)
{
	for (uint32_t y = 0; y < h; y++) {
		const uint8_t *a = from->at + (size_t)2 * y * from->stride, *b = a + from->stride;

		for (uint32_t x = 0; x < w; x++)
			to[(size_t)y * w + x] =
				(uint8_t)((a[2 * x] + a[2 * x + 1] + b[2 * x] + b[2 * x + 1] + 2) /
					  4);
	}
}

enum err pyramid_build(struct pyramid *p, const struct luma *l)
{
	uint8_t *free_at = p->pixels;

	p->levels = 0;
	if ((uint64_t)l->width * l->height > PYRAMID_PIXELS)
		return ERR_FULL;
	p->level[p->levels++] = *l;
	while (p->levels < PYRAMID_LEVELS) {
		const struct luma *from = &p->level[p->levels - 1];
		uint32_t w = from->width / 2, h = from->height / 2;

		if (w < SHORTEST || h < SHORTEST)
			break;
		halve(from, free_at, w, h);
		p->level[p->levels++] = (struct luma){free_at, w, h, w};
		free_at += (size_t)w * h;
	}
	return OK;
}

unsigned pyramid_level(const struct pyramid *p, float length, float least)
{
	unsigned k = 0;

	while (k + 1 < p->levels && length >= 2 * least) {
		length /= 2;
		k++;
	}
	return k;
}
