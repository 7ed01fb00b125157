/* Grey pictures: parts, tables, sizes. */
#include "luma_ops.h"

#include <math.h>
#include <string.h>

bool luma_sound(const struct luma *l)
{
	return l->at != NULL && l->width > 0 && l->height > 0 && l->width <= LUMA_SIDE &&
	       l->height <= LUMA_SIDE && l->stride >= l->width;
}

struct luma luma_cut(const struct luma *in, struct luma_box box)
{
	uint32_t x = box.x < in->width ? box.x : in->width - 1;
	uint32_t y = box.y < in->height ? box.y : in->height - 1;
	uint32_t width = box.width < in->width - x ? box.width : in->width - x;
	uint32_t height = box.height < in->height - y ? box.height : in->height - y;

	return (struct luma){in->at + (size_t)y * in->stride + x, width > 0 ? width : 1,
		height > 0 ? height : 1, in->stride};
}

static const uint8_t *row(const struct luma *in, uint32_t y)
{
	return in->at + (size_t)y * in->stride;
}

struct luma luma_copy(const struct luma *in, uint8_t *to)
{
	for (uint32_t y = 0; y < in->height; y++)
		memcpy(to + (size_t)y * in->width, row(in, y), in->width);
	return (struct luma){to, in->width, in->height, in->width};
}

struct luma luma_map(const struct luma *in, uint8_t *to, const uint8_t table[static 256])
{
	for (uint32_t y = 0; y < in->height; y++) {
		const uint8_t *from = row(in, y);
		uint8_t *out = to + (size_t)y * in->width;

		for (uint32_t x = 0; x < in->width; x++)
			out[x] = table[from[x]];
	}
	return (struct luma){to, in->width, in->height, in->width};
}

struct luma luma_invert(const struct luma *in, uint8_t *to)
{
	for (uint32_t y = 0; y < in->height; y++) {
		const uint8_t *from = row(in, y);
		uint8_t *out = to + (size_t)y * in->width;

		for (uint32_t x = 0; x < in->width; x++)
			out[x] = from[x] ^ 0xff;
	}
	return (struct luma){to, in->width, in->height, in->width};
}

struct luma luma_half(const struct luma *in, uint8_t *to)
{
	uint32_t width = in->width > 1 ? in->width / 2 : 1;
	uint32_t height = in->height > 1 ? in->height / 2 : 1;

	if (in->width == 1 || in->height == 1)
		return luma_scale(in, to, width, height);
	for (uint32_t y = 0; y < height; y++) {
		const uint8_t *restrict upper = row(in, 2 * y), *restrict lower =
									row(in, 2 * y + 1);
		uint8_t *restrict out = to + (size_t)y * width;

		for (uint32_t x = 0; x < width; x++)
			out[x] = (uint8_t)((upper[2 * x] + upper[2 * x + 1] + lower[2 * x] +
						   lower[2 * x + 1] + 2) /
					   4);
	}
	return (struct luma){to, width, height, width};
}

/* Where the pixels of a longer or shorter line come from: 1/65536 pixels of in. */
struct line {
	uint64_t step;
	uint32_t n; /* pixels of in */
};

/* The two neighbours of out's pixel i, and how much of 256 the second weighs. */
static void between(const struct line *l, uint32_t i, uint32_t at[static 2], unsigned *weight)
{
	int64_t centre = (int64_t)(l->step * i + l->step / 2) - 0x8000;

	if (centre < 0)
		centre = 0;
	at[0] = (uint32_t)(centre >> 16);
	at[0] = at[0] < l->n ? at[0] : l->n - 1;
	at[1] = at[0] + 1 < l->n ? at[0] + 1 : at[0];
	*weight = (unsigned)(centre >> 8) & 0xff;
}

/* The pixels of in that out's pixel i covers, one at least: from at[0] to before at[1]. */
static void below(const struct line *l, uint32_t i, uint32_t at[static 2])
{
	at[0] = (uint32_t)((l->step * i + 0x8000) >> 16);
	at[1] = (uint32_t)((l->step * (i + 1) + 0x8000) >> 16);
	at[0] = at[0] < l->n ? at[0] : l->n - 1;
	at[1] = at[1] < l->n ? at[1] : l->n;
	if (at[1] <= at[0])
		at[1] = at[0] + 1;
}

static unsigned mean_of(
	const struct luma *in, const uint32_t x[static 2], const uint32_t y[static 2])
{
	uint64_t sum = 0;
	uint64_t n = (uint64_t)(x[1] - x[0]) * (y[1] - y[0]);

	for (uint32_t j = y[0]; j < y[1]; j++) {
		const uint8_t *from = row(in, j);

		for (uint32_t i = x[0]; i < x[1]; i++)
			sum += from[i];
	}
	return (unsigned)((sum + n / 2) / n);
}

static void shrink_row(
	const struct luma *in, uint8_t *out, uint32_t width, const uint32_t y[static 2])
{
	struct line across = {((uint64_t)in->width << 16) / width, in->width};
	uint32_t x[2];

	for (uint32_t i = 0; i < width; i++) {
		below(&across, i, x);
		out[i] = (uint8_t)mean_of(in, x, y);
	}
}

static void grow_row(const struct luma *in, uint8_t *out, uint32_t width,
	const uint32_t y[static 2], unsigned weight)
{
	struct line across = {((uint64_t)in->width << 16) / width, in->width};
	const uint8_t *upper = row(in, y[0]), *lower = row(in, y[1]);
	uint32_t x[2];
	unsigned w;

	for (uint32_t i = 0; i < width; i++) {
		between(&across, i, x, &w);
		unsigned a = upper[x[0]] * (256 - w) + upper[x[1]] * w;
		unsigned b = lower[x[0]] * (256 - w) + lower[x[1]] * w;
		out[i] = (uint8_t)((a * (256 - weight) + b * weight + 0x8000) >> 16);
	}
}

struct luma luma_scale(const struct luma *in, uint8_t *to, uint32_t width, uint32_t height)
{
	struct line down = {((uint64_t)in->height << 16) / height, in->height};
	uint32_t y[2];
	unsigned weight;

	for (uint32_t j = 0; j < height; j++) {
		uint8_t *out = to + (size_t)j * width;

		if (2 * width <= in->width && 2 * height <= in->height) {
			below(&down, j, y);
			shrink_row(in, out, width, y);
		} else {
			between(&down, j, y, &weight);
			grow_row(in, out, width, y, weight);
		}
	}
	return (struct luma){to, width, height, width};
}

void luma_gamma(double gamma, uint8_t table[static 256])
{
	for (unsigned i = 0; i < 256; i++)
		table[i] = (uint8_t)(255 * pow(i / 255.0, gamma) + 0.5);
}

void luma_histogram(const struct luma *in, uint32_t count[static 256])
{
	uint32_t step = in->height >= 4 ? 4 : 1;

	memset(count, 0, 256 * sizeof(*count));
	for (uint32_t y = 0; y < in->height; y += step)
		for (uint32_t x = 0; x < in->width; x++)
			count[row(in, y)[x]]++;
}

void luma_stretch(const struct luma *in, unsigned permille, uint8_t table[static 256])
{
	uint32_t count[256], total = 0, seen = 0, end;
	unsigned low = 0, high = 255;

	luma_histogram(in, count);
	for (unsigned i = 0; i < 256; i++)
		total += count[i];
	end = (uint32_t)((uint64_t)total * permille / 1000);
	for (; low < 255 && seen + count[low] <= end; low++)
		seen += count[low];
	for (seen = 0; high > low && seen + count[high] <= end; high--)
		seen += count[high];
	for (unsigned i = 0; i < 256; i++) {
		unsigned clamped = i < low ? low : i > high ? high : i;
		unsigned drawn = high > low ? (clamped - low) * 255 / (high - low) : i;

		table[i] = (uint8_t)drawn;
	}
}
