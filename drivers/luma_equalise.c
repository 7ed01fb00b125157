/* Histogram equalisation, limited in contrast, tile by tile. */
#include "luma_ops.h"

#include <string.h>

enum { TILES = 8 };

struct tables {
	uint8_t of[TILES][TILES][256];
};

static void count_greys(const struct luma *tile, uint32_t count[static 256])
{
	memset(count, 0, 256 * sizeof(*count));
	for (uint32_t y = 0; y < tile->height; y++)
		for (uint32_t x = 0; x < tile->width; x++)
			count[tile->at[(size_t)y * tile->stride + x]]++;
}

/* What rises above the limit is spread over all greys. */
static void tile_table(const struct luma *tile, unsigned limit, uint8_t table[static 256])
{
	uint32_t count[256], total = tile->width * tile->height, excess = 0, sum = 0;
	uint32_t most = total * limit / 256 + 1;

	count_greys(tile, count);
	for (unsigned i = 0; i < 256; i++)
		if (count[i] > most) {
			excess += count[i] - most;
			count[i] = most;
		}
	for (unsigned i = 0; i < 256; i++) {
		sum += count[i];
		table[i] = (uint8_t)(((uint64_t)sum * 256 + (uint64_t)excess * (i + 1)) * 255 /
				     ((uint64_t)total * 256));
	}
}

/* The tiles on both sides of pixel i of n, and how much of 256 the second weighs. */
static void between(uint32_t i, uint32_t n, uint32_t tile[static 2], unsigned *weight)
{
	int64_t at = (int64_t)(((uint64_t)2 * i + 1) * TILES * 128 / n) - 128;

	at = at < 0 ? 0 : at;
	tile[0] = (uint32_t)(at >> 8);
	tile[0] = tile[0] < TILES ? tile[0] : TILES - 1;
	tile[1] = tile[0] + 1 < TILES ? tile[0] + 1 : tile[0];
	*weight = (unsigned)at & 0xff;
}

static void equalise_row(const struct luma *in, uint32_t y, uint8_t *out, const struct tables *t)
{
	const uint8_t *from = in->at + (size_t)y * in->stride;
	uint32_t j[2], i[2];
	unsigned down, right;

	between(y, in->height, j, &down);
	for (uint32_t x = 0; x < in->width; x++) {
		uint8_t v = from[x];

		between(x, in->width, i, &right);
		unsigned upper =
			t->of[j[0]][i[0]][v] * (256 - right) + t->of[j[0]][i[1]][v] * right;
		unsigned lower =
			t->of[j[1]][i[0]][v] * (256 - right) + t->of[j[1]][i[1]][v] * right;
		out[x] = (uint8_t)((upper * (256 - down) + lower * down + 0x8000) >> 16);
	}
}

struct luma luma_equalise(const struct luma *in, uint8_t *to, unsigned limit)
{
	struct tables t = {0};

	for (uint32_t j = 0; j < TILES; j++)
		for (uint32_t i = 0; i < TILES; i++) {
			uint32_t x = in->width * i / TILES, y = in->height * j / TILES;
			struct luma tile = luma_cut(
				in, (struct luma_box){x, y, in->width * (i + 1) / TILES - x,
					    in->height * (j + 1) / TILES - y});

			tile_table(&tile, limit, t.of[j][i]);
		}
	for (uint32_t y = 0; y < in->height; y++)
		equalise_row(in, y, to + (size_t)y * in->width, &t);
	return (struct luma){to, in->width, in->height, in->width};
}
