/* Proposals by texture: integral sums over cells, squares of all sizes, the best that keep apart. */
#include "regions.h"

#include <stdlib.h>
#include <string.h>

/* Sums of texture above and left of each cell's corner. */
struct cells {
	uint32_t width, height;
	uint32_t sum[REGIONS_CELLS + 2 * REGIONS_CELLS + 1];
};

struct square {
	uint32_t x, y, side; /* cells */
	int32_t score;
};

/* How much a cell's brightness changes, in the direction that changes less: a line or a letter's
 * stem has one direction, a symbol's modules have both. */
static uint32_t texture(const uint8_t *at, uint32_t stride)
{
	uint32_t across = 0, down = 0;

	for (unsigned y = 0; y < REGIONS_CELL; y++, at += stride)
		for (unsigned x = 0; x < REGIONS_CELL; x++) {
			across += (uint32_t)abs(at[x + 1] - at[x]);
			down += (uint32_t)abs(at[x + stride] - at[x]);
		}
	return across < down ? across : down;
}

/* A strong edge is worth little more than a clear one: what counts is that there are edges all over. */
static uint32_t saturate(uint32_t texture)
{
	enum { CLEAR = 6 * REGIONS_CELL * REGIONS_CELL };

	return texture * 256 / (texture + CLEAR);
}

static void measure(const struct luma *in, struct cells *c)
{
	/* The last row and column are looked at from the cells before them. */
	c->width = (in->width - 1) / REGIONS_CELL;
	c->height = (in->height - 1) / REGIONS_CELL;
	if (c->width == 0 || c->width > REGIONS_CELLS)
		c->height = 0;
	else if (c->height > REGIONS_CELLS / c->width)
		c->height = REGIONS_CELLS / c->width;
	memset(c->sum, 0, (c->width + 1) * sizeof(*c->sum));
	for (uint32_t y = 0; y < c->height; y++) {
		uint32_t *above = c->sum + (size_t)y * (c->width + 1), *sum = above + c->width + 1;
		uint32_t row = 0;

		sum[0] = 0;
		for (uint32_t x = 0; x < c->width; x++) {
			row += saturate(texture(
				in->at + (size_t)y * REGIONS_CELL * in->stride + x * REGIONS_CELL,
				in->stride));
			sum[x + 1] = above[x + 1] + row;
		}
	}
}

static uint32_t sum_of(
	const struct cells *c, uint32_t x, uint32_t y, uint32_t right, uint32_t bottom)
{
	const uint32_t *upper = c->sum + (size_t)y * (c->width + 1);
	const uint32_t *lower = c->sum + (size_t)bottom * (c->width + 1);

	return lower[right] - lower[x] - upper[right] + upper[x];
}

/* What is inside counts, less what is around. */
static int32_t score(const struct cells *c, uint32_t x, uint32_t y, uint32_t side)
{
	uint32_t margin = 1 + side / 6;
	uint32_t left = x > margin ? x - margin : 0, top = y > margin ? y - margin : 0;
	uint32_t right = x + side + margin < c->width ? x + side + margin : c->width;
	uint32_t bottom = y + side + margin < c->height ? y + side + margin : c->height;
	uint32_t inside = sum_of(c, x, y, x + side, y + side);
	uint32_t around = sum_of(c, left, top, right, bottom) - inside;
	uint32_t area = (right - left) * (bottom - top) - side * side;
	int32_t mean = (int32_t)(16 * inside / (side * side));

	/* Twice the side is four times the proof. */
	return (mean - (area > 0 ? (int32_t)(12 * around / area) : 0)) * (int32_t)(4 + side);
}

/* Do two squares share more than a third of the smaller? */
static bool overlap(const struct square *a, const struct square *b)
{
	uint32_t left = a->x > b->x ? a->x : b->x, top = a->y > b->y ? a->y : b->y;
	uint32_t right = a->x + a->side < b->x + b->side ? a->x + a->side : b->x + b->side;
	uint32_t bottom = a->y + a->side < b->y + b->side ? a->y + a->side : b->y + b->side;
	uint32_t side = a->side < b->side ? a->side : b->side;

	return right > left && bottom > top && 3 * (right - left) * (bottom - top) > side * side;
}

/* Keep the best: a square that overlaps better ones is nothing new, one that is better than those
 * it overlaps takes their place. */
static size_t keep(struct square best[static REGIONS_MAX], size_t n, const struct square *s)
{
	size_t kept = 0, at = 0;

	for (size_t i = 0; i < n; i++)
		if (overlap(&best[i], s) && best[i].score >= s->score)
			return n;
	for (size_t i = 0; i < n; i++)
		if (!overlap(&best[i], s))
			best[kept++] = best[i];
	while (at < kept && best[at].score >= s->score)
		at++;
	if (at == REGIONS_MAX)
		return kept;
	if (kept == REGIONS_MAX)
		kept--;
	memmove(best + at + 1, best + at, (kept - at) * sizeof(*best));
	best[at] = *s;
	return kept + 1;
}

static struct luma_box with_margin(const struct square *s, const struct luma *in)
{
	uint32_t side = s->side * REGIONS_CELL, margin = REGIONS_CELL + side / 5;
	uint32_t x = s->x * REGIONS_CELL, y = s->y * REGIONS_CELL;
	uint32_t left = x > margin ? x - margin : 0, top = y > margin ? y - margin : 0;
	uint32_t right = x + side + margin, bottom = y + side + margin;

	right = right < in->width ? right : in->width;
	bottom = bottom < in->height ? bottom : in->height;
	return (struct luma_box){left, top, right - left, bottom - top};
}

size_t regions_find(const struct luma *in, struct luma_box out[static REGIONS_MAX])
{
	struct cells c;
	struct square best[REGIONS_MAX], s;
	size_t n = 0;

	measure(in, &c);
	for (s.side = 3; s.side <= c.width && s.side <= c.height; s.side += 1 + s.side / 4)
		for (s.y = 0; s.y + s.side <= c.height; s.y += 1 + s.side / 10)
			for (s.x = 0; s.x + s.side <= c.width; s.x += 1 + s.side / 10) {
				s.score = score(&c, s.x, s.y, s.side);
				if (s.score > 0)
					n = keep(best, n, &s);
			}
	for (size_t i = 0; i < n; i++)
		out[i] = with_margin(&best[i], in);
	return n;
}
