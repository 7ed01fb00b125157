/* Grey pictures: means, medians, sharpening and thresholds. */
#include "luma_ops.h"

#include <string.h>

static const uint8_t *row(const struct luma *in, int64_t y)
{
	int64_t last = (int64_t)in->height - 1;

	return in->at + (size_t)(y < 0 ? 0 : y > last ? last : y) * in->stride;
}

/* Sums of columns: as the window goes down, a row enters and a row leaves. */
static void column_sums(uint16_t *restrict sum, const uint8_t *restrict enters,
	const uint8_t *restrict leaves, uint32_t n)
{
	for (uint32_t x = 0; x < n; x++)
		sum[x] = (uint16_t)(sum[x] + enters[x] - leaves[x]);
}

/* The means of a row from its columns' sums; scale is 2^24 / (pixels of the square). */
static void mean_row(const uint16_t *restrict sum, uint8_t *restrict out, uint32_t n,
	unsigned radius, uint32_t scale)
{
	uint32_t window = (radius + 1) * sum[0], last = n - 1;

	for (uint32_t x = 1; x <= radius; x++)
		window += sum[x < last ? x : last];
	for (uint32_t x = 0; x < n; x++) {
		out[x] = (uint8_t)(((uint64_t)window * scale + (1 << 23)) >> 24);
		window += sum[x + radius + 1 < last ? x + radius + 1 : last];
		window -= sum[x > radius ? x - radius : 0];
	}
}

struct luma luma_mean(const struct luma *in, uint8_t *to, unsigned radius)
{
	uint16_t sum[LUMA_SIDE];
	uint32_t side = 2 * radius + 1, scale = ((1 << 24) + side * side / 2) / (side * side);

	memset(sum, 0, in->width * sizeof(*sum));
	for (int64_t y = -(int64_t)radius; y <= (int64_t)radius; y++) {
		const uint8_t *from = row(in, y);

		for (uint32_t x = 0; x < in->width; x++)
			sum[x] = (uint16_t)(sum[x] + from[x]);
	}
	for (int64_t y = 0; y < (int64_t)in->height; y++) {
		mean_row(sum, to + (size_t)y * in->width, in->width, radius, scale);
		column_sums(sum, row(in, y + radius + 1), row(in, y - radius), in->width);
	}
	return (struct luma){to, in->width, in->height, in->width};
}

static void blur_row(const uint8_t *const from[static 5], uint8_t *restrict out, uint32_t n)
{
	const uint8_t *restrict a = from[0], *restrict b = from[1], *restrict c = from[2];
	const uint8_t *restrict d = from[3], *restrict e = from[4];
	uint16_t sum[LUMA_SIDE + 4];

	if (n == 0)
		return;
	for (uint32_t x = 0; x < n; x++)
		sum[x + 2] = (uint16_t)(a[x] + 4 * b[x] + 6 * c[x] + 4 * d[x] + e[x]);
	sum[0] = sum[1] = sum[2];
	sum[n + 2] = sum[n + 3] = sum[n + 1];
	for (uint32_t x = 0; x < n; x++)
		out[x] = (uint8_t)((sum[x] + 4 * sum[x + 1] + 6 * sum[x + 2] + 4 * sum[x + 3] +
					   sum[x + 4] + 128) /
				   256);
}

struct luma luma_blur(const struct luma *in, uint8_t *to)
{
	for (int64_t y = 0; y < (int64_t)in->height; y++) {
		const uint8_t *from[5];

		for (int i = 0; i < 5; i++)
			from[i] = row(in, y + i - 2);
		blur_row(from, to + (size_t)y * in->width, in->width);
	}
	return (struct luma){to, in->width, in->height, in->width};
}

static inline uint8_t least(uint8_t a, uint8_t b)
{
	return a < b ? a : b;
}

static inline uint8_t most(uint8_t a, uint8_t b)
{
	return a > b ? a : b;
}

static inline uint8_t middle(uint8_t a, uint8_t b, uint8_t c)
{
	return most(least(a, b), least(most(a, b), c));
}

/* The median of nine is the middle one of the columns' greatest least, middle middle, least
 * greatest. */
static void median_row(const uint8_t *restrict a, const uint8_t *restrict b,
	const uint8_t *restrict c, uint8_t *restrict out, uint32_t n)
{
	uint8_t low[LUMA_SIDE + 2], mid[LUMA_SIDE + 2], high[LUMA_SIDE + 2];

	if (n == 0)
		return;
	for (uint32_t x = 0; x < n; x++) {
		low[x + 1] = least(least(a[x], b[x]), c[x]);
		mid[x + 1] = middle(a[x], b[x], c[x]);
		high[x + 1] = most(most(a[x], b[x]), c[x]);
	}
	low[0] = low[1], mid[0] = mid[1], high[0] = high[1];
	low[n + 1] = low[n], mid[n + 1] = mid[n], high[n + 1] = high[n];
	for (uint32_t x = 0; x < n; x++)
		out[x] = middle(most(most(low[x], low[x + 1]), low[x + 2]),
			middle(mid[x], mid[x + 1], mid[x + 2]),
			least(least(high[x], high[x + 1]), high[x + 2]));
}

struct luma luma_median(const struct luma *in, uint8_t *to)
{
	for (int64_t y = 0; y < (int64_t)in->height; y++)
		median_row(row(in, y - 1), row(in, y), row(in, y + 1), to + (size_t)y * in->width,
			in->width);
	return (struct luma){to, in->width, in->height, in->width};
}

static void unsharp_row(
	const uint8_t *from, const uint8_t *smooth, uint8_t *out, uint32_t n, int gain)
{
	for (uint32_t x = 0; x < n; x++) {
		int16_t v = (int16_t)(from[x] + (int16_t)((from[x] - smooth[x]) * gain) / 16);

		v = v < 0 ? 0 : v;
		out[x] = (uint8_t)(v > 255 ? 255 : v);
	}
}

struct luma luma_unsharp(
	const struct luma *in, const struct luma *smooth, uint8_t *to, unsigned gain)
{
	for (uint32_t y = 0; y < in->height; y++)
		unsharp_row(row(in, y), row(smooth, y), to + (size_t)y * in->width, in->width,
			(int)gain);
	return (struct luma){to, in->width, in->height, in->width};
}

struct luma luma_threshold(const struct luma *in, const struct luma *mean, uint8_t *to, int bias)
{
	for (uint32_t y = 0; y < in->height; y++) {
		const uint8_t *from = row(in, y), *middle_of = row(mean, y);
		uint8_t *out = to + (size_t)y * in->width;

		for (uint32_t x = 0; x < in->width; x++)
			out[x] = (int16_t)(from[x] + bias) > (int16_t)middle_of[x] ? 255 : 0;
	}
	return (struct luma){to, in->width, in->height, in->width};
}
