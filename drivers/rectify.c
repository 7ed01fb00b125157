/* Ideas of where a symbol may lie, best first, and what becomes of each. */
#include "rectify.h"

#include "finder.h"
#include "grid.h"
#include "soft_symbol.h"
#include "zxing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	IDEAS = 256,
	TRIED = 40, /* ideas looked at closely */
	USED = 40,  /* finders that triples are made of */
	FAR = 170,  /* modules between finders of the largest symbol */
	CLEAN = 4,  /* pixels a module of the clean drawing */
	MARGIN = 4, /* modules round it */
	CLEAN_SIDE = (QR_SIDE + 2 * MARGIN) * CLEAN,
};

static const float least_fit = 0.45F; /* of the known modules, for a grid to be worth reading */

struct idea {
	const struct finder *corner, *right, *down;
	float score;
};

struct rectifier {
	struct pyramid pyramid;
	struct finder_work *finder_work;
	struct rs_field field;
	struct finder finder[FINDERS];
	struct idea idea[IDEAS];
	struct qr_layout layout[2]; /* of the idea at hand, and a spare */
	struct soft soft;
	float darkness[QR_MODULES], guess[QR_MODULES];
	uint8_t clean[CLEAN_SIDE * CLEAN_SIDE];
};

enum err rectify_open(struct rectifier **out)
{
	struct rectifier *r = calloc(1, sizeof(*r));

	*out = NULL;
	if (r == NULL)
		return ERR_IO;
	if (pyramid_init(&r->pyramid) != OK || finder_open(&r->finder_work) != OK) {
		rectify_close(r);
		return ERR_IO;
	}
	rs_field_make(&r->field);
	*out = r;
	return OK;
}

void rectify_close(struct rectifier *r)
{
	if (r == NULL)
		return;
	pyramid_done(&r->pyramid);
	finder_close(r->finder_work);
	free(r);
}

static int by_score(const void *a, const void *b)
{
	const struct idea *x = a, *y = b;

	return (x->score < y->score) - (x->score > y->score);
}

/* How much three finders look like a corner with a right and a lower neighbour; 0: not at all. */
static float score_of(const struct finder *c, const struct finder *r, const struct finder *d)
{
	float ax = r->x - c->x, ay = r->y - c->y, bx = d->x - c->x, by = d->y - c->y;
	float a = hypotf(ax, ay), b = hypotf(bx, by),
	      module = (c->module + r->module + d->module) / 3;
	float sine = (ax * by - ay * bx) / (a * b), spread = 0;
	const struct finder *all[3] = {c, r, d};

	for (unsigned i = 0; i < 3; i++)
		spread += fabsf(logf(all[i]->module / module));
	if (sine < 0.5F || a < 11 * module || b < 11 * module || a > FAR * module ||
		b > FAR * module || spread > 1.2F || fabsf(logf(a / b)) > 1)
		return 0;
	return c->match + r->match + d->match - 0.6F * spread - 0.7F * (1 - sine) -
	       0.5F * fabsf(logf(a / b)) - 0.002F * (a + b) / module;
}

static unsigned make_ideas(struct rectifier *r, unsigned finders)
{
	unsigned n = 0;

	finders = finders < USED ? finders : USED;
	for (unsigned c = 0; c < finders; c++)
		for (unsigned i = 0; i < finders; i++)
			for (unsigned j = 0; j < finders; j++) {
				struct idea idea = {&r->finder[c], &r->finder[i], &r->finder[j], 0};

				if (c == i || c == j || i == j ||
					idea.corner->inverted != idea.right->inverted ||
					idea.corner->inverted != idea.down->inverted)
					continue;
				idea.score = score_of(idea.corner, idea.right, idea.down);
				if (idea.score <= 0)
					continue;
				if (n == IDEAS) {
					qsort(r->idea, n, sizeof(idea), by_score);
					n = IDEAS / 2;
				}
				r->idea[n++] = idea;
			}
	qsort(r->idea, n, sizeof(r->idea[0]), by_score);
	return n;
}

/* The version that the finders' distance tells, in modules of their own size. */
static float sides_of(const struct idea *i)
{
	const struct finder *c = i->corner, *r = i->right, *d = i->down;
	float a = hypotf(r->x - c->x, r->y - c->y) * 2 / (c->module + r->module);
	float b = hypotf(d->x - c->x, d->y - c->y) * 2 / (c->module + d->module);

	return (a + b) / 2 + 7;
}

static struct grid lay(const struct idea *i, unsigned side)
{
	struct grid g = grid_of_finders(side, (float[2]){i->corner->x, i->corner->y},
		(float[2]){i->right->x, i->right->y}, (float[2]){i->down->x, i->down->y});

	g.sign = i->corner->inverted ? -1 : 1;
	return g;
}

/* Of the versions near the one that sizes tell, the one whose known modules fit best. */
static float choose_version(struct rectifier *r, const struct idea *i, struct grid *out)
{
	float side = sides_of(i), best = 0;
	int guess = (int)lroundf((side - 17) / 4), reach = guess / 4 + 1;

	*out = (struct grid){0};
	for (int version = guess - reach; version <= guess + reach; version++) {
		struct grid g;
		float fit = 0;

		if (version < 1 || version > QR_VERSIONS)
			continue;
		qr_layout_make(&r->layout[1], (unsigned)version);
		soft_init(&r->soft, &r->layout[1]);
		g = lay(i, r->layout[1].side);
		fit = grid_fit(&g, &r->pyramid, r->soft.want, false, 5);
		if (fit > best) {
			best = fit;
			*out = g;
			r->layout[0] = r->layout[1];
		}
	}
	return best;
}

/* Draw the symbol as it should be and let libzxing say what it says. */
struct relay {
	const struct grid *grid;
	reading_sink *sink;
	void *to;
	bool done;
};

static void relay(void *to, const struct reading *r)
{
	struct relay *x = to;
	struct reading out;
	float n = (float)x->grid->side;
	float at[4][2] = {{0, 0}, {n, 0}, {n, n}, {0, n}};

	if (x->done)
		return;
	out = *r;
	out.path = "rectify";
	for (unsigned i = 0; i < 4; i++) {
		float px = 0, py = 0;

		grid_point(x->grid, at[i][0], at[i][1], &px, &py);
		out.corner[i] = (struct corner){(int32_t)lroundf(px), (int32_t)lroundf(py)};
	}
	x->done = true;
	x->sink(x->to, &out);
}

static enum err read_clean(struct rectifier *r, struct relay *x)
{
	unsigned side = (r->layout[0].side + 2 * MARGIN) * CLEAN;
	struct luma l = {r->clean, side, side, side};

	for (unsigned y = 0; y < side; y++)
		for (unsigned i = 0; i < side; i++) {
			unsigned u = i / CLEAN - MARGIN, v = y / CLEAN - MARGIN;
			bool dark = u < r->layout[0].side && v < r->layout[0].side &&
				    r->soft.want[v * r->layout[0].side + u] > 0;

			r->clean[y * side + i] = dark ? 0 : 255;
		}
	return zxing_read(&l, 1, "rectify", relay, x);
}

/* Sample, sharpen, decode; where it fails, let all modules say where the grid should lie, and again. */
static enum err read_grid(struct rectifier *r, struct grid *g)
{
	float *guess = r->guess;
	unsigned n = g->side * g->side;

	soft_init(&r->soft, &r->layout[0]);
	for (unsigned round = 0;; round++) {
		grid_sample(g, &r->pyramid, r->darkness);
		soft_see(&r->soft, r->darkness);
		if (soft_decode(&r->soft, &r->field) == OK)
			return OK;
		soft_sharpen(&r->soft);
		if (soft_decode(&r->soft, &r->field) == OK)
			return OK;
		if (round == 4)
			return ERR_ABSENT;
		for (unsigned i = 0; i < n; i++)
			guess[i] = r->soft.want[i] != 0 ? r->soft.want[i]
							: fmaxf(-1, fminf(1, r->soft.module[i]));
		grid_fit(g, &r->pyramid, guess, round > 0, 4);
	}
}

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

enum err rectify_read(
	struct rectifier *r, const struct luma *l, unsigned budget_ms, reading_sink *sink, void *to)
{
	double start = now_ms();
	enum err e = luma_sound(l) ? pyramid_build(&r->pyramid, l) : ERR_FORMAT;
	unsigned ideas = 0;

	if (e != OK)
		return e;
	ideas = make_ideas(r, finder_find(r->finder_work, &r->pyramid, r->finder));
	for (unsigned i = 0; i < ideas && i < TRIED; i++) {
		struct grid g;
		struct relay x = {&g, sink, to, false};
		float fit = 0;

		if (budget_ms > 0 && now_ms() - start > budget_ms)
			break;
		fit = choose_version(r, &r->idea[i], &g);
		if (fit < least_fit || read_grid(r, &g) != OK)
			continue;
		e = read_clean(r, &x);
		if (e != ERR_ABSENT)
			return e;
	}
	return ERR_ABSENT;
}
