/* Fitting by least squares (Gauss-Newton), block by block of modules so that uneven light does not
 * count: within a block only the pattern of dark and light is compared, not their levels. */
#include "grid.h"

#include <math.h>
#include <string.h>

enum {
	PARAMS = GRID_FREE,
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

/* A point on its way from the symbol to the picture. */
struct bent {
	float s, t;      /* where it is on the cylinder's surface */
	float a, a2, a3; /* how far across it, and powers */
	float w, x, y;   /* before bends */
};

static struct bent bend_point(const struct grid *g, float s, float t)
{
	const float *p = g->flat;
	struct bent b = {.a = g->way[0] * s + g->way[1] * t};

	b.a2 = b.a * b.a;
	b.a3 = b.a2 * b.a;
	b.s = s - g->narrow * b.a3 * g->way[0];
	b.t = t - g->narrow * b.a3 * g->way[1];
	b.w = fmaxf(0.05F, 1 + p[6] * b.s + p[7] * b.t + g->bulge[2] * b.a2);
	b.x = (p[0] * b.s + p[1] * b.t + p[2] + g->bulge[0] * b.a2) / b.w;
	b.y = (p[3] * b.s + p[4] * b.t + p[5] + g->bulge[1] * b.a2) / b.w;
	return b;
}

void grid_point(const struct grid *g, float u, float v, float *x, float *y)
{
	float s = across(g, u), t = across(g, v), power[GRID_BENDS];
	struct bent b = bend_point(g, s, t);

	basis(s, t, power);
	*x = b.x;
	*y = b.y;
	for (unsigned k = 0; k < GRID_BENDS; k++) {
		*x += g->bend[0][k] * power[k];
		*y += g->bend[1][k] * power[k];
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
	struct grid g = {.side = side, .sign = 1, .way = {1, 0}};
	float k = (float)side / (2 * ((float)side - 7)); /* half the side, of a finders' distance */

	for (unsigned i = 0; i < 2; i++) {
		g.flat[3 * i] = (top_right[i] - top_left[i]) * k;
		g.flat[3 * i + 1] = (bottom_left[i] - top_left[i]) * k;
		g.flat[3 * i + 2] = (top_right[i] + bottom_left[i]) / 2;
	}
	return g;
}

void grid_wrap(struct grid *g, bool down, float narrow)
{
	float finder = 1 - 7 / (float)g->side, keep = 1 - narrow * finder * finder;

	g->way[0] = down ? 0 : 1;
	g->way[1] = down ? 1 : 0;
	g->narrow = narrow;
	g->flat[down ? 1 : 0] /= keep;
	g->flat[down ? 4 : 3] /= keep;
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

/* Find flat so that so many points of the symbol (u, v) are at these of the picture, with p6 and p7 kept
 * where there are but three: x w = p0 s' + p1 t' + p2 + ... with w = 1 + p6 s' + p7 t' + ... */
static void pin(struct grid *g, unsigned n, const float from[][2], const float to[][2])
{
	double m[PARAMS][PARAMS + 1] = {{0}};

	for (unsigned i = 0; i < n; i++) {
		struct bent b = bend_point(g, across(g, from[i][0]), across(g, from[i][1]));

		for (unsigned k = 0; k < 2; k++) {
			double *row = m[2 * i + k];

			row[3 * k] = b.s;
			row[3 * k + 1] = b.t;
			row[3 * k + 2] = 1;
			row[6] = n > 3 ? -to[i][k] * b.s : 0;
			row[7] = n > 3 ? -to[i][k] * b.t : 0;
			row[GRID_FLAT] =
				n > 3 ? to[i][k] * (1 + g->bulge[2] * b.a2) : to[i][k] * b.w;
			row[GRID_FLAT] -= g->bulge[k] * b.a2;
		}
	}
	for (unsigned k = 6; k < GRID_FLAT && n == 3; k++) {
		m[k][k] = 1;
		m[k][GRID_FLAT] = g->flat[k];
	}
	if (!solve(m, GRID_FLAT))
		return;
	for (unsigned i = 0; i < GRID_FLAT; i++)
		g->flat[i] = (float)m[i][GRID_FLAT];
}

static void finders_of(const struct grid *g, float from[3][2], float to[3][2])
{
	float near = 3.5F, far = (float)g->side - 3.5F;

	for (unsigned i = 0; i < 3; i++) {
		from[i][0] = i == 1 ? far : near;
		from[i][1] = i == 2 ? far : near;
		grid_point(g, from[i][0], from[i][1], &to[i][0], &to[i][1]);
	}
}

void grid_set_fourth(struct grid *g, float u, float v, const float at[2])
{
	float from[4][2] = {{0}}, to[4][2] = {{0}};

	finders_of(g, from, to);
	from[3][0] = u;
	from[3][1] = v;
	to[3][0] = at[0];
	to[3][1] = at[1];
	pin(g, 4, from, to);
}

/* A module's area goes with the third power of how near it is. */
void grid_lean(struct grid *g, float top_left, float top_right, float bottom_left)
{
	float from[3][2], to[3][2], finder = 1 - 7 / (float)g->side;
	float a = powf(top_left, -2.0F / 3), b = powf(top_right, -2.0F / 3),
	      c = powf(bottom_left, -2.0F / 3);
	/* w at the finders is in these proportions: k (1 - f p6 - f p7), k (1 + f p6 - f p7), ... */
	float k = (b + c) / 2;

	finders_of(g, from, to);
	g->flat[6] = (b - a) / (2 * finder * k);
	g->flat[7] = (c - a) / (2 * finder * k);
	pin(g, 3, from, to);
}

void grid_sample(const struct grid *g, const struct pyramid *p, float *out)
{
	float middle = (float)g->side / 2;
	unsigned level = pyramid_level(p, grid_module(g, middle, middle), 2);
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

/* How what is seen at a point changes with each parameter; (dx, dy) is how it changes with the place. */
static void slopes(const struct grid *g, const float at[2], float dx, float dy, float *row)
{
	const struct bent b = bend_point(g, at[0], at[1]);
	const float *p = g->flat;
	float pull = (dx * b.x + dy * b.y) / b.w;
	float along_s = (dx * p[0] + dy * p[3]) / b.w - pull * p[6];
	float along_t = (dx * p[1] + dy * p[4]) / b.w - pull * p[7];

	for (unsigned k = 0; k < 2; k++) {
		float d = (k == 0 ? dx : dy) / b.w;

		row[3 * k] = d * b.s;
		row[3 * k + 1] = d * b.t;
		row[3 * k + 2] = d;
		row[GRID_FLAT + k] = d * b.a2;
	}
	row[6] = -pull * b.s;
	row[7] = -pull * b.t;
	row[GRID_FLAT + 2] = -pull * b.a2;
	row[GRID_FLAT + 3] = -b.a3 * (along_s * g->way[0] + along_t * g->way[1]);
	basis(at[0], at[1], row + GRID_ROUND);
	for (unsigned k = 0; k < GRID_BENDS; k++) {
		row[GRID_ROUND + GRID_BENDS + k] = row[GRID_ROUND + k] * dy;
		row[GRID_ROUND + k] *= dx;
	}
}

static void add_block(
	struct normal *e, const struct grid *g, struct block *b, unsigned level, unsigned params)
{
	float deviation = 0, scale = 1 / (float)(1U << level), row[PARAMS];

	if (b->n < 12 || normalise(b->want, b->n, 1e-3F) <= 1e-3F)
		return;
	deviation = normalise(b->seen, b->n, 1);
	for (unsigned i = 0; i < b->n; i++) {
		float gain = b->want[i] - b->seen[i];

		slopes(g, b->at[i], b->slope[i][0] * scale / deviation,
			b->slope[i][1] * scale / deviation, row);
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
	unsigned level = pyramid_level(p, grid_module(g, middle, middle), 2);

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

/* Modules to places of a level, quickly where the grid is plane. */
struct places {
	bool plane;
	float x[3], y[3], w[3]; /* of u, of v, and of 1 */
};

/* p . (s, t, 1) as a function of a module's place; c is what 1 counts for. */
static void by_module(const struct grid *g, float ps, float pt, float c, float out[static 3])
{
	float k = 2 / (float)g->side;

	out[0] = ps * k;
	out[1] = pt * k;
	out[2] = c - ps - pt + (out[0] + out[1]) / 2; /* the middle of the first module */
}

static struct places places_of(const struct grid *g)
{
	const float *p = g->flat;
	struct places at = {.plane = g->narrow == 0 && g->bulge[0] == 0 && g->bulge[1] == 0 &&
				     g->bulge[2] == 0};

	for (unsigned k = 0; k < GRID_BENDS; k++)
		at.plane &= g->bend[0][k] == 0 && g->bend[1][k] == 0;
	by_module(g, p[0], p[1], p[2], at.x);
	by_module(g, p[3], p[4], p[5], at.y);
	by_module(g, p[6], p[7], 1, at.w);
	return at;
}

static float darkness_at(const struct grid *g, const struct luma *l, unsigned level,
	const struct places *at, const unsigned uv[2])
{
	float x = 0, y = 0, u = (float)uv[0], v = (float)uv[1];

	if (at->plane) {
		float w = 1 / fmaxf(0.05F, at->w[0] * u + at->w[1] * v + at->w[2]);

		x = (at->x[0] * u + at->x[1] * v + at->x[2]) * w;
		y = (at->y[0] * u + at->y[1] * v + at->y[2]) * w;
	} else {
		grid_point(g, u + 0.5F, v + 0.5F, &x, &y);
	}
	return -g->sign * pyramid_at(l, pyramid_down(x, level), pyramid_down(y, level));
}

float grid_match(const struct grid *g, const struct pyramid *p, const float *want)
{
	float middle = (float)g->side / 2, product = 0, weight = 0;
	unsigned level = pyramid_level(p, grid_module(g, middle, middle), 2);
	const struct places at = places_of(g);

	for (unsigned y = 0; y < g->side; y += BLOCK)
		for (unsigned x = 0; x < g->side; x += BLOCK) {
			unsigned fx = x + BLOCK > g->side ? g->side - BLOCK : x;
			unsigned fy = y + BLOCK > g->side ? g->side - BLOCK : y;
			float wants[BLOCK * BLOCK], seen[BLOCK * BLOCK];
			unsigned n = 0;

			for (unsigned i = 0; i < BLOCK * BLOCK; i++) {
				unsigned uv[2] = {fx + i % BLOCK, fy + i / BLOCK};
				float wanted = want[uv[1] * g->side + uv[0]];

				if (wanted == 0)
					continue;
				wants[n] = wanted;
				seen[n++] = darkness_at(g, &p->level[level], level, &at, uv);
			}
			if (n < 4 || normalise(wants, n, 1e-3F) <= 1e-3F)
				continue;
			normalise(seen, n, 1);
			for (unsigned i = 0; i < n; i++)
				product += wants[i] * seen[i];
			weight += (float)n;
		}
	return weight > 0 ? product / weight : 0;
}

static float *param(struct grid *g, unsigned i)
{
	if (i < GRID_FLAT)
		return &g->flat[i];
	if (i < GRID_FLAT + 3)
		return &g->bulge[i - GRID_FLAT];
	return i < GRID_ROUND ? &g->narrow : &g->bend[0][0] + (i - GRID_ROUND);
}

/* Small moves: damped, and what bends the plane is pulled back towards it. */
static bool step(struct normal *e, struct grid *g, unsigned params)
{
	double module = grid_module(g, (float)g->side / 2, (float)g->side / 2),
	       half = g->side / 2.0;
	double stiff = e->weight * 1e-3;

	for (unsigned a = 0; a < params; a++) {
		/* In modules at the symbol's edge, whatever the parameter's unit is. */
		double unit = a == GRID_FLAT + 2 || a == GRID_FLAT + 3 ? half : 1 / module;

		for (unsigned c = 0; c < a; c++)
			e->m[a][c] = e->m[c][a];
		e->m[a][a] *= 1.01;
		if (a < GRID_FLAT)
			continue;
		e->m[a][a] += stiff * unit * unit;
		e->m[a][params] -= stiff * unit * unit * *param(g, a);
	}
	return solve(e->m, params);
}

float grid_fit(struct grid *g, const struct pyramid *p, const float *want,
	enum grid_freedom freedom, unsigned rounds)
{
	struct normal e;
	unsigned params = freedom;
	struct grid best = *g;
	float best_match = -1;

	for (unsigned round = 0; round <= rounds; round++) {
		float match = look(&e, g, p, want, params);

		if (match > best_match) {
			best_match = match;
			best = *g;
		} else if (round > 0 && match < best_match - 0.05F) {
			break;
		}
		if (round == rounds || !step(&e, g, params))
			break;
		for (unsigned a = 0; a < params; a++)
			*param(g, a) += (float)e.m[a][params];
	}
	*g = best;
	return best_match;
}
