/* Fitting by least squares (Gauss-Newton), block by block of modules so that uneven light does not
 * count: within a block only the pattern of dark and light is compared, not their levels. */
#include "grid.h"

#include <math.h>
#include <string.h>

enum {
	PARAMS = GRID_FLAT + 2 * GRID_BENDS,
	BLOCK = 8, /* modules a side */
	FINE = 2,  /* points a module and direction */
	POINTS = BLOCK * BLOCK * FINE * FINE,
};

static void basis(float s, float t, float out[static GRID_BENDS])
{
	out[0] = s * s;
	out[1] = s * t;
	out[2] = t * t;
	out[3] = s * s * s;
	out[4] = s * s * t;
	out[5] = s * t * t;
	out[6] = t * t * t;
}

static float across(const struct grid *g, float u)
{
	return 2 * u / (float)g->side - 1;
}

void grid_point(const struct grid *g, float u, float v, float *x, float *y)
{
	float s = across(g, u), t = across(g, v), b[GRID_BENDS];
	const float *p = g->flat;
	float w = 1 + p[6] * s + p[7] * t;

	w = w > 0.05F ? w : 0.05F;
	basis(s, t, b);
	*x = (p[0] * s + p[1] * t + p[2]) / w;
	*y = (p[3] * s + p[4] * t + p[5]) / w;
	for (unsigned k = 0; k < GRID_BENDS; k++) {
		*x += g->bend[0][k] * b[k];
		*y += g->bend[1][k] * b[k];
	}
}

float grid_module(const struct grid *g, float u, float v)
{
	float x[3], y[3];

	grid_point(g, u, v, &x[0], &y[0]);
	grid_point(g, u + 1, v, &x[1], &y[1]);
	grid_point(g, u, v + 1, &x[2], &y[2]);
	return sqrtf(fabsf((x[1] - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (y[1] - y[0])));
}

struct grid grid_of_finders(unsigned side, const float top_left[2], const float top_right[2],
	const float bottom_left[2])
{
	struct grid g = {.side = side, .sign = 1};
	float k = (float)side / (2 * ((float)side - 7)); /* half the side, of a finders' distance */

	for (unsigned i = 0; i < 2; i++) {
		g.flat[3 * i] = (top_right[i] - top_left[i]) * k;
		g.flat[3 * i + 1] = (bottom_left[i] - top_left[i]) * k;
		g.flat[3 * i + 2] = (top_right[i] + bottom_left[i]) / 2;
	}
	return g;
}

/* Solve m x = b, n unknowns, b in column n; false where m is singular. */
static bool solve(double m[static PARAMS][PARAMS + 1], unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		unsigned best = i;

		for (unsigned j = i + 1; j < n; j++)
			if (fabs(m[j][i]) > fabs(m[best][i]))
				best = j;
		if (fabs(m[best][i]) < 1e-12)
			return false;
		for (unsigned k = i; k <= n; k++) {
			double swap = m[i][k];
			m[i][k] = m[best][k];
			m[best][k] = swap;
		}
		for (unsigned j = 0; j < n; j++) {
			double f = j == i ? 0 : m[j][i] / m[i][i];

			for (unsigned k = i; f != 0 && k <= n; k++)
				m[j][k] -= f * m[i][k];
		}
	}
	for (unsigned i = 0; i < n; i++)
		m[i][n] /= m[i][i];
	return true;
}

/* Four points, eight equations: x w = p0 s + p1 t + p2 with w = 1 + p6 s + p7 t. */
void grid_set_fourth(struct grid *g, float u, float v, const float at[2])
{
	float n = (float)g->side, us[4] = {3.5F, n - 3.5F, 3.5F, u},
	      vs[4] = {3.5F, 3.5F, n - 3.5F, v};
	double m[PARAMS][PARAMS + 1] = {{0}};

	for (unsigned i = 0; i < 4; i++) {
		float x = at[0], y = at[1], s = across(g, us[i]), t = across(g, vs[i]);

		if (i < 3)
			grid_point(g, us[i], vs[i], &x, &y);
		for (unsigned k = 0; k < 2; k++) {
			double *row = m[2 * i + k], c = k == 0 ? x : y;

			row[3 * k] = s;
			row[3 * k + 1] = t;
			row[3 * k + 2] = 1;
			row[6] = -c * s;
			row[7] = -c * t;
			row[GRID_FLAT] = c;
		}
	}
	if (!solve(m, GRID_FLAT))
		return;
	for (unsigned i = 0; i < GRID_FLAT; i++)
		g->flat[i] = (float)m[i][GRID_FLAT];
}

/* The level in which a module is two to four pixels. */
static unsigned level_for(const struct pyramid *p, float module)
{
	unsigned k = 0;

	while (k + 1 < p->levels && module >= 4) {
		module /= 2;
		k++;
	}
	return k;
}

void grid_sample(const struct grid *g, const struct pyramid *p, float *out)
{
	float middle = (float)g->side / 2;
	unsigned level = level_for(p, grid_module(g, middle, middle));
	const struct luma *l = &p->level[level];

	for (unsigned v = 0; v < g->side; v++)
		for (unsigned u = 0; u < g->side; u++) {
			float sum = 0, x = 0, y = 0;

			for (unsigned k = 0; k < 9; k++) {
				grid_point(g, (float)u + 0.25F * (float)(1 + k % 3),
					(float)v + 0.25F * (float)(1 + k / 3), &x, &y);
				sum += pyramid_at(
					l, pyramid_down(x, level), pyramid_down(y, level));
			}
			out[v * g->side + u] = g->sign > 0 ? 255 - sum / 9 : sum / 9;
		}
}

/* What a block's points want and see, and how what is seen changes as the parameters do. */
struct block {
	unsigned n;
	float want[POINTS], seen[POINTS], slope[POINTS][2], at[POINTS][2];
};

/* What point (u, v) should look like: its module, and a little of its neighbours where known. */
static float wanted(const struct grid *g, const float *want, float u, float v)
{
	int n = (int)g->side, x = (int)u, y = (int)v;
	int nx = x + (u - (float)x < 0.5F ? -1 : 1), ny = y + (v - (float)y < 0.5F ? -1 : 1);
	float own = want[y * n + x], side = own, over = own;

	if (nx >= 0 && nx < n && want[y * n + nx] != 0)
		side = want[y * n + nx];
	if (ny >= 0 && ny < n && want[ny * n + x] != 0)
		over = want[ny * n + x];
	return own * 0.6F + side * 0.2F + over * 0.2F;
}

static void see_block(struct block *b, const struct grid *g, const struct luma *l, unsigned level,
	const float *want, const unsigned from[2])
{
	b->n = 0;
	for (unsigned i = 0; i < POINTS; i++) {
		unsigned j = i / (BLOCK * FINE), k = i % (BLOCK * FINE);
		float u = (float)from[0] + ((float)k + 0.5F) / FINE,
		      v = (float)from[1] + ((float)j + 0.5F) / FINE;
		unsigned mx = (unsigned)u, my = (unsigned)v;
		float x = 0, y = 0;

		if (mx >= g->side || my >= g->side || want[my * g->side + mx] == 0)
			continue;
		grid_point(g, u, v, &x, &y);
		x = pyramid_down(x, level);
		y = pyramid_down(y, level);
		b->want[b->n] = wanted(g, want, u, v);
		b->seen[b->n] = -g->sign * pyramid_at(l, x, y);
		b->slope[b->n][0] =
			g->sign * (pyramid_at(l, x - 0.7F, y) - pyramid_at(l, x + 0.7F, y)) / 1.4F;
		b->slope[b->n][1] =
			g->sign * (pyramid_at(l, x, y - 0.7F) - pyramid_at(l, x, y + 0.7F)) / 1.4F;
		b->at[b->n][0] = across(g, u);
		b->at[b->n][1] = across(g, v);
		b->n++;
	}
}

struct normal {
	double m[PARAMS][PARAMS + 1];
	double product, weight;
};

/* Mean 0 and deviation 1; returns the deviation. */
static float normalise(float *v, unsigned n, float least)
{
	float sum = 0, squares = 0, deviation = 0;

	for (unsigned i = 0; i < n; i++) {
		sum += v[i];
		squares += v[i] * v[i];
	}
	sum /= (float)n;
	deviation = sqrtf(fmaxf(squares / (float)n - sum * sum, 0));
	for (unsigned i = 0; i < n; i++)
		v[i] = (v[i] - sum) / fmaxf(deviation, least);
	return fmaxf(deviation, least);
}

static void add_block(
	struct normal *e, const struct grid *g, struct block *b, unsigned level, unsigned params)
{
	float deviation = 0, scale = 1 / (float)(1U << level), row[PARAMS];
	const float *p = g->flat;

	if (b->n < 12 || normalise(b->want, b->n, 1e-3F) <= 1e-3F)
		return;
	deviation = normalise(b->seen, b->n, 1);
	for (unsigned i = 0; i < b->n; i++) {
		float s = b->at[i][0], t = b->at[i][1], w = 1 + p[6] * s + p[7] * t;
		float dx = b->slope[i][0] * scale / deviation,
		      dy = b->slope[i][1] * scale / deviation;
		float x = (p[0] * s + p[1] * t + p[2]) / w, y = (p[3] * s + p[4] * t + p[5]) / w;
		float gain = b->want[i] - b->seen[i], pull = (dx * x + dy * y) / w;

		row[0] = dx * s / w;
		row[1] = dx * t / w;
		row[2] = dx / w;
		row[3] = dy * s / w;
		row[4] = dy * t / w;
		row[5] = dy / w;
		row[6] = -pull * s;
		row[7] = -pull * t;
		if (params > GRID_FLAT) {
			basis(s, t, row + GRID_FLAT);
			for (unsigned k = 0; k < GRID_BENDS; k++) {
				row[GRID_FLAT + GRID_BENDS + k] = row[GRID_FLAT + k] * dy;
				row[GRID_FLAT + k] *= dx;
			}
		}
		for (unsigned a = 0; a < params; a++) {
			for (unsigned c = a; c < params; c++)
				e->m[a][c] += (double)row[a] * row[c];
			e->m[a][params] += (double)row[a] * gain;
		}
		e->product += (double)b->want[i] * b->seen[i];
	}
	e->weight += b->n;
}

/* One look at all blocks: the normal equations, and how well want and picture agree. */
static float look(struct normal *e, const struct grid *g, const struct pyramid *p,
	const float *want, unsigned params)
{
	struct block b;
	float middle = (float)g->side / 2;
	unsigned level = level_for(p, grid_module(g, middle, middle));

	memset(e, 0, sizeof(*e));
	for (unsigned y = 0; y < g->side; y += BLOCK)
		for (unsigned x = 0; x < g->side; x += BLOCK) {
			/* The last ones are moved back to end with the symbol, as its finders do. */
			unsigned from[2] = {x + BLOCK > g->side ? g->side - BLOCK : x,
				y + BLOCK > g->side ? g->side - BLOCK : y};

			see_block(&b, g, &p->level[level], level, want, from);
			add_block(e, g, &b, level, params);
		}
	return e->weight > 0 ? (float)(e->product / e->weight) : 0;
}

/* Small moves: a pull back to where it is, stronger on what bends. */
static bool step(struct normal *e, struct grid *g, unsigned params, float module)
{
	double stiff = e->weight * 1e-3;

	for (unsigned a = 0; a < params; a++) {
		for (unsigned c = 0; c < a; c++)
			e->m[a][c] = e->m[c][a];
		e->m[a][a] *= 1.01;
		if (a >= GRID_FLAT) {
			double size = module * module;
			e->m[a][a] += stiff / size;
			e->m[a][params] -=
				stiff / size *
				g->bend[(a - GRID_FLAT) / GRID_BENDS][(a - GRID_FLAT) % GRID_BENDS];
		}
	}
	return solve(e->m, params);
}

float grid_fit(
	struct grid *g, const struct pyramid *p, const float *want, bool bend, unsigned rounds)
{
	struct normal e;
	unsigned params = bend ? PARAMS : GRID_FLAT;
	struct grid best = *g;
	float best_match = -1, middle = (float)g->side / 2;

	for (unsigned round = 0; round <= rounds; round++) {
		float match = look(&e, g, p, want, params);

		if (match > best_match) {
			best_match = match;
			best = *g;
		} else if (round > 0 && match < best_match - 0.05F) {
			break;
		}
		if (round == rounds || !step(&e, g, params, grid_module(g, middle, middle)))
			break;
		for (unsigned a = 0; a < GRID_FLAT; a++)
			g->flat[a] += (float)e.m[a][params];
		for (unsigned a = GRID_FLAT; a < params; a++)
			g->bend[(a - GRID_FLAT) / GRID_BENDS][(a - GRID_FLAT) % GRID_BENDS] +=
				(float)e.m[a][params];
	}
	*g = best;
	return best_match;
}
