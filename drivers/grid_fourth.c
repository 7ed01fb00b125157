/* The fourth corner of a perspective: where the alignment pattern next to it is. */
#include "grid.h"

#include <math.h>
#include <stdlib.h>

enum { SPAN = 5, POINTS = SPAN * SPAN, PLACES = 6, STEPS = 2 /* a module */ };

/* Points of a module that are looked at. */
enum { SEEN = 5 };
static const float seen[SEEN][2] = {
	{0.5F, 0.5F}, {0.2F, 0.2F}, {0.8F, 0.2F}, {0.2F, 0.8F}, {0.8F, 0.8F}};

struct place {
	float u, v, match;
};

/* Correlation of the 5 x 5 modules round the grid's point (u, v), scaled, with an alignment pattern. */
static float match_at(
	const struct grid *g, const struct luma *l, unsigned level, const float at[2], float scale)
{
	float sum = 0, squares = 0, product = 0, want_sum = 0, want_squares = 0, x = 0, y = 0;

	for (int i = 0; i < POINTS; i++) {
		int dx = i % SPAN - SPAN / 2, dy = i / SPAN - SPAN / 2;
		int far = abs(dx) > abs(dy) ? abs(dx) : abs(dy);
		float want = far == 1 ? -1 : 1, v = 0;

		grid_point(g, at[0] + scale * (float)dx, at[1] + scale * (float)dy, &x, &y);
		v = -g->sign * pyramid_at(l, pyramid_down(x, level), pyramid_down(y, level));
		sum += v;
		squares += v * v;
		product += v * want;
		want_sum += want;
		want_squares += want * want;
	}
	squares = (squares - sum * sum / POINTS) * (want_squares - want_sum * want_sum / POINTS);
	return squares <= 0 ? 0 : (product - sum * want_sum / POINTS) / sqrtf(squares);
}

/* Keep the best places, no two of them within a module. */
static void keep(struct place *list, const struct place *p)
{
	unsigned at = PLACES;

	for (unsigned i = 0; i < PLACES; i++)
		if (fabsf(list[i].u - p->u) < 1 && fabsf(list[i].v - p->v) < 1 &&
			list[i].match > 0) {
			if (list[i].match >= p->match)
				return;
			list[i].match = 0;
		}
	for (unsigned i = 0; i < PLACES; i++)
		if (at == PLACES || list[i].match < list[at].match)
			at = i;
	if (p->match > list[at].match)
		list[at] = *p;
}

static void search(const struct grid *g, const struct pyramid *p, struct place *list)
{
	float corner = (float)g->side - 6.5F;
	int reach = STEPS * (2 + (int)g->side / 5);
	unsigned level = pyramid_level(p, grid_module(g, corner, corner), 2);
	static const float scale[] = {0.8F, 1, 1.25F};

	for (int j = -reach; j <= reach; j++)
		for (int i = -reach; i <= reach; i++) {
			struct place at = {corner + (float)i / STEPS, corner + (float)j / STEPS, 0};

			for (unsigned k = 0; k < COUNT(scale); k++)
				at.match =
					fmaxf(at.match, match_at(g, &p->level[level], level,
								(float[2]){at.u, at.v}, scale[k]));
			keep(list, &at);
		}
}

/* How much the modules tell of what is seen, up to 1: the part of its variance that lies between them,
 * not within. Where a grid is not where the symbol is, its modules are neither dark nor light. */
static float clarity(const struct grid *g, const struct pyramid *p)
{
	float middle = (float)g->side / 2, sum = 0, squares = 0, within = 0, n = 0, x = 0, y = 0;
	unsigned level = pyramid_level(p, grid_module(g, middle, middle), 2);

	for (unsigned m = 0; m < g->side * g->side; m++) {
		float own = 0, own_squares = 0;

		for (unsigned k = 0; k < SEEN; k++) {
			float v = 0;

			grid_point(g, (float)(m % g->side) + seen[k][0],
				(float)(m / g->side) + seen[k][1], &x, &y);
			v = pyramid_at(
				&p->level[level], pyramid_down(x, level), pyramid_down(y, level));
			own += v;
			own_squares += v * v;
		}
		within += own_squares - own * own / SEEN;
		sum += own;
		squares += own_squares;
		n += SEEN;
	}
	return 1 - within / fmaxf(1, squares - sum * sum / n);
}

static void try_places(struct grid *g, const struct pyramid *p, int reach, float step)
{
	const struct grid from = *g;
	float corner = (float)g->side - 3.5F, best = clarity(g, p), at[2] = {0};

	for (int v = -reach; v <= reach; v++)
		for (int u = -reach; u <= reach; u++) {
			struct grid try = from;
			float clear = 0;

			grid_point(&from, corner + step * (float)u, corner + step * (float)v,
				&at[0], &at[1]);
			grid_set_fourth(&try, corner, corner, at);
			clear = clarity(&try, p);
			if (clear > best) {
				best = clear;
				*g = try;
			}
		}
}

float grid_find_fourth(struct grid *g, const struct pyramid *p, const float *want)
{
	struct place list[PLACES] = {{0}};
	struct grid best = *g;
	float corner = (float)g->side - 6.5F, best_fit = grid_fit(&best, p, want, GRID_FLAT, 0);

	if (g->side < 25)
		return best_fit;
	search(g, p, list);
	for (unsigned i = 0; i < PLACES; i++) {
		struct grid try = *g;
		float at[2] = {0}, fit = 0;

		if (list[i].match <= 0.3F)
			continue;
		grid_point(g, list[i].u, list[i].v, &at[0], &at[1]);
		grid_set_fourth(&try, corner, corner, at);
		fit = grid_fit(&try, p, want, GRID_FLAT, 2);
		if (fit > best_fit) {
			best_fit = fit;
			best = try;
		}
	}
	*g = best;
	return best_fit;
}

void grid_clear_fourth(struct grid *g, const struct pyramid *p)
{
	try_places(g, p, 4, 1);
	try_places(g, p, 2, 0.25F);
}
