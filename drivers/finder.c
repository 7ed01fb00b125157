/* Finder patterns by their rings: dark to 1.5 modules from the middle, light to 2.5, dark to 3.5. */
#include "finder.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
	CHUNK = 64,   /* pixels looked at together, so that compilers make vectors of them */
	RING = 8,     /* places of a ring in the coarse look */
	FAINTEST = 3, /* grey levels between dark and light */
	POINTS = 55,  /* of the close look */
	KEEP = 48,    /* candidates of a level and scale */
	SCALES = 3,   /* an octave */
};

/* Pixels a module in the coarse look; the next octave has a picture half as large. */
static const float scales[SCALES] = {2.0F, 2.52F, 3.17F};
static const float inner_radius = 1.0F, light_radius = 2.2F, outer_radius = 3.2F, widest = 3.4F;
static const float least_rough = 0.4F, least_round = 0.47F, least_match = 0.58F;

struct rings {
	ptrdiff_t inner[RING], light[RING], outer[2 * RING];
	uint32_t reach;
};

struct finder_work {
	const struct luma *l;
	unsigned level;
	float module;   /* pixels of the level */
	float shape[2]; /* stretch that is looked for */
	int faintest;   /* RING times the grey levels that a peak must have */
	float point[POINTS][2], want[POINTS], want_spread;
	ptrdiff_t offset[POINTS]; /* of the points, whole pixels */
	struct finder kept[KEEP];
	unsigned n;
	int16_t line[3][LUMA_SIDE]; /* contrast along three rows, the last three looked at */
};

/* The pixel nearest to a point of the ideal, as an offset from the middle's. */
static ptrdiff_t offset_of(const struct finder_work *s, float u, float v)
{
	float x = s->module * ((1 + s->shape[0]) * u + s->shape[1] * v);
	float y = s->module * (s->shape[1] * u + (1 - s->shape[0]) * v);

	return lroundf(y) * (ptrdiff_t)s->l->stride + lroundf(x);
}

static void ring_offsets(const struct finder_work *s, ptrdiff_t *out, unsigned n, float radius)
{
	for (unsigned i = 0; i < n; i++) {
		float way = 6.2831853F * ((float)i + 0.5F * (float)(n > RING)) / (float)n;

		out[i] = offset_of(s, radius * cosf(way), radius * sinf(way));
	}
}

static void sum_ring(
	const uint8_t *restrict at, const ptrdiff_t *offset, unsigned n, uint16_t *restrict sum)
{
	memset(sum, 0, CHUNK * sizeof(*sum));
	for (unsigned k = 0; k < n; k++) {
		const uint8_t *restrict from = at + offset[k];

		for (unsigned i = 0; i < CHUNK; i++)
			sum[i] = (uint16_t)(sum[i] + from[i]);
	}
}

/* RING times how much lighter the light ring is than the darker ones; negative: the other way round;
 * 0: neither. */
static void contrast(const uint8_t *at, const struct rings *r, int16_t out[static CHUNK])
{
	uint16_t inner[CHUNK], light[CHUNK], outer[CHUNK];

	sum_ring(at, r->inner, RING, inner);
	sum_ring(at, r->light, RING, light);
	sum_ring(at, r->outer, 2 * RING, outer);
	for (unsigned i = 0; i < CHUNK; i++) {
		int16_t a = (int16_t)(light[i] - inner[i]), b = (int16_t)(light[i] - outer[i] / 2);
		int16_t low = a < b ? a : b, high = a > b ? a : b;

		out[i] = (int16_t)((low > 0 ? low : 0) + (high < 0 ? high : 0));
	}
}

/* The ideal, as points round its middle: modules, and what is wanted there. */
static void make_ideal(struct finder_work *s)
{
	static const struct {
		float radius, want;
		unsigned n;
	} ring[] = {{0, -1, 1}, {0.7F, -1, 6}, {1.2F, -1, 8}, {2.0F, 0.9F, 8}, {2.3F, 0.9F, 8},
		{3.0F, -0.8F, 12}, {3.4F, -0.6F, 12}};
	float sum = 0;
	unsigned n = 0;

	for (unsigned k = 0; k < COUNT(ring); k++)
		for (unsigned i = 0; i < ring[k].n; i++, n++) {
			float way =
				6.2831853F * ((float)i + 0.5F * (float)(k & 1)) / (float)ring[k].n;

			s->point[n][0] = ring[k].radius * cosf(way);
			s->point[n][1] = ring[k].radius * sinf(way);
			s->want[n] = ring[k].want;
			sum += ring[k].want;
		}
	s->want_spread = 0;
	for (unsigned i = 0; i < POINTS; i++) {
		s->want[i] -= sum / POINTS;
		s->want_spread += s->want[i] * s->want[i];
	}
}

/* Correlation with the ideal of what is round f's middle, in pixels of the level; positive if f is
 * there. */
static float match_at(const struct finder_work *s, const struct finder *f)
{
	float sum = 0, squares = 0, product = 0, spread = 0;
	float xx = f->module * (1 + f->stretch[0]), yy = f->module * (1 - f->stretch[0]);
	float xy = f->module * f->stretch[1];

	for (unsigned i = 0; i < POINTS; i++) {
		float u = s->point[i][0], v = s->point[i][1];
		float value = pyramid_at(s->l, f->x + xx * u + xy * v, f->y + xy * u + yy * v);

		sum += value;
		squares += value * value;
		product += value * s->want[i];
	}
	spread = (squares - sum * sum / POINTS) * s->want_spread;
	return spread <= 0 ? 0 : (f->inverted ? -product : product) / sqrtf(spread);
}

/* The same at a whole pixel, of whole pixels. */
static float rough_match(const struct finder_work *s, const uint8_t *at)
{
	uint32_t sum = 0, squares = 0;
	float product = 0, spread = 0;

	for (unsigned i = 0; i < POINTS; i++) {
		uint32_t v = at[s->offset[i]];

		sum += v;
		squares += v * v;
		product += (float)v * s->want[i];
	}
	spread = ((float)squares - (float)sum * (float)sum / POINTS) * s->want_spread;
	return spread <= 0 ? 0 : product / sqrtf(spread);
}

/* Of a stretched module, over one that is not. */
static float area_of(const struct finder *f)
{
	return fmaxf(0.1F, 1 - f->stretch[0] * f->stretch[0] - f->stretch[1] * f->stretch[1]);
}

float finder_modules(const struct finder *f, float dx, float dy)
{
	float a = f->stretch[0], b = f->stretch[1];

	/* The inverse of [1 + a, b; b, 1 - a]; module has its area in it already. */
	return hypotf((1 - a) * dx - b * dy, (1 + a) * dy - b * dx) /
	       (f->module * sqrtf(area_of(f)));
}

/* Climb to where, at what size and, with more ways to go, in what shape it matches best. */
static void settle(const struct finder_work *s, struct finder *f, unsigned ways, unsigned rounds)
{
	float step = 0.35F;

	for (unsigned round = 0; round < rounds; round++) {
		float before = f->match;

		for (unsigned way = 0; way < ways; way++) {
			struct finder to = *f;
			float by = way & 1 ? step : -step;

			to.x += way / 2 == 0 ? by * f->module : 0;
			to.y += way / 2 == 1 ? by * f->module : 0;
			to.module *= way / 2 == 2 ? 1 + by / 2 : 1;
			to.stretch[0] += way / 2 == 3 ? by / 2 : 0;
			to.stretch[1] += way / 2 == 4 ? by / 2 : 0;
			to.match = match_at(s, &to);
			if (to.match > f->match)
				*f = to;
		}
		if (f->match < before + 0.02F)
			step /= 2;
	}
}

static bool same(const struct finder *a, const struct finder *b)
{
	float near = 1.5F * fmaxf(a->module, b->module);

	return a->inverted == b->inverted && fabsf(a->x - b->x) < near &&
	       fabsf(a->y - b->y) < near && a->module < 1.6F * b->module &&
	       b->module < 1.6F * a->module;
}

/* Put f among the n of list, at most cap; what is the same thing or the worst gives way. */
static unsigned keep(struct finder *list, unsigned n, unsigned cap, const struct finder *f)
{
	unsigned worst = 0;

	for (unsigned i = 0; i < n; i++) {
		if (same(&list[i], f)) {
			if (f->match > list[i].match)
				list[i] = *f;
			return n;
		}
		if (list[i].match < list[worst].match)
			worst = i;
	}
	if (n < cap)
		list[n++] = *f;
	else if (f->match > list[worst].match)
		list[worst] = *f;
	return n;
}

/* A local best of the coarse look: keep it, in pixels of the level, if it may be one. */
static void consider(struct finder_work *s, uint32_t x, uint32_t y, bool inverted)
{
	const uint8_t *at = s->l->at + (size_t)y * s->l->stride + x;
	struct finder f = {.x = (float)x,
		.y = (float)y,
		.module = s->module,
		.stretch = {s->shape[0], s->shape[1]},
		.inverted = inverted};

	f.match = rough_match(s, at) * (inverted ? -1 : 1);
	if (f.match >= least_rough)
		s->n = keep(s->kept, s->n, KEEP, &f);
}

static const float tilts[][2] = {{0.32F, 0}, {-0.32F, 0}, {0, 0.32F}, {0, -0.32F}};

/* The best of a few shapes to begin with. */
static void choose_shape(const struct finder_work *s, struct finder *f)
{
	const struct finder from = *f;

	settle(s, f, 6, 1);
	for (unsigned i = 0; i < COUNT(tilts) && s->shape[0] == 0 && s->shape[1] == 0; i++) {
		struct finder try = from;

		memcpy(try.stretch, tilts[i], sizeof(try.stretch));
		try.match = match_at(s, &try);
		settle(s, &try, 6, 1);
		if (try.match > f->match)
			*f = try;
	}
}

/* A close look; f is then in pixels of the picture.
 * returns: whether it still is one */
static bool look_closely(const struct finder_work *s, struct finder *f)
{
	float n = (float)(1U << s->level);

	choose_shape(s, f);
	if (f->match < least_round)
		return false;
	settle(s, f, 10, 5);
	f->x = (f->x + 0.5F) * n - 0.5F;
	f->y = (f->y + 0.5F) * n - 0.5F;
	f->module *= n * sqrtf(area_of(f));
	return f->match >= least_match;
}

/* The deviation of the noise, grey levels: half of all second differences are within 0.67 of theirs,
 * which is the square root of 6 times as large. */
static float noise_of(const struct luma *l)
{
	uint32_t many[512] = {0}, n = 0, half = 0;
	unsigned middle = 0;

	for (uint32_t y = 0; y < l->height; y += 4)
		for (uint32_t x = 1; x + 1 < l->width; x += 3, n++) {
			const uint8_t *at = l->at + (size_t)y * l->stride + x;

			many[abs(2 * at[0] - at[-1] - at[1])]++;
		}
	while (middle < COUNT(many) && (half += many[middle]) < n / 2)
		middle++;
	return (float)middle / (0.6745F * 2.449F);
}

static bool is_peak(const int16_t *row[3], uint32_t x, int faintest)
{
	int v = row[1][x];

	if (abs(v) < faintest)
		return false;
	for (unsigned j = 0; j < 3; j++)
		for (int i = -1; i <= 1; i++) {
			int o = row[j][(int)x + i];

			if ((v > 0 && o > v) || (v < 0 && o < v))
				return false;
		}
	return true;
}

static void scan_level(struct finder_work *s)
{
	const struct luma *l = s->l;
	float longest = 1 + fabsf(s->shape[0]) + fabsf(s->shape[1]);
	struct rings r = {.reach = (uint32_t)ceilf(widest * longest * s->module) + 1};

	if (l->width < 2 * r.reach + CHUNK || l->height < 2 * r.reach + 3)
		return;
	for (unsigned i = 0; i < POINTS; i++)
		s->offset[i] = offset_of(s, s->point[i][0], s->point[i][1]);
	ring_offsets(s, r.inner, RING, inner_radius);
	ring_offsets(s, r.light, RING, light_radius);
	ring_offsets(s, r.outer, 2 * RING, outer_radius);
	for (uint32_t y = r.reach; y < l->height - r.reach; y++) {
		int16_t *line = s->line[y % 3];
		uint32_t last = l->width - r.reach - CHUNK;
		const int16_t *row[3] = {s->line[(y + 1) % 3], s->line[(y + 2) % 3], line};

		for (uint32_t x = r.reach; x < last + CHUNK; x += CHUNK) {
			uint32_t from = x < last ? x : last;

			contrast(l->at + (size_t)y * l->stride + from, &r, line + from);
		}
		if (y < r.reach + 2)
			continue;
		for (uint32_t x = r.reach + 1; x < l->width - r.reach - 1; x++)
			if (is_peak(row, x, s->faintest))
				consider(s, x, y - 1, row[1][x] < 0);
	}
}

static int by_match(const void *a, const void *b)
{
	const struct finder *x = a, *y = b;

	return (x->match < y->match) - (x->match > y->match);
}

enum err finder_open(struct finder_work **out)
{
	*out = malloc(sizeof(**out));
	if (*out == NULL)
		return ERR_IO;
	make_ideal(*out);
	return OK;
}

void finder_close(struct finder_work *w)
{
	free(w);
}

/* All scales of a level in the shape looked for. */
static unsigned find_in_level(struct finder_work *w, struct finder *out, unsigned n)
{
	for (unsigned scale = 0; scale < SCALES; scale++) {
		w->n = 0;
		w->module = scales[scale];
		scan_level(w);
		for (unsigned i = 0; i < w->n; i++)
			if (look_closely(w, &w->kept[i]))
				n = keep(out, n, FINDERS, &w->kept[i]);
	}
	return n;
}

unsigned finder_find(struct finder_work *w, const struct pyramid *p, enum finder_view view,
	struct finder out[static FINDERS])
{
	unsigned n = 0;

	for (unsigned level = 0; level < p->levels; level++) {
		w->l = &p->level[level];
		w->level = level;
		/* The sums of two rings differ by chance by sqrt(2 RING) deviations. */
		w->faintest = (int)fmaxf(FAINTEST * RING, 4 * 4 * noise_of(w->l));
		memset(w->shape, 0, sizeof(w->shape));
		if (view == FINDER_FACING)
			n = find_in_level(w, out, n);
		for (unsigned i = 0; i < COUNT(tilts) && view == FINDER_TILTED; i++) {
			memcpy(w->shape, tilts[i], sizeof(w->shape));
			n = find_in_level(w, out, n);
		}
	}
	qsort(out, n, sizeof(out[0]), by_match);
	return n;
}
