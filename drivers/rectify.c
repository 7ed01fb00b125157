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
	EACH = 4, /* ideas of a finder: a page of text is full of what looks a little like one */
	IDEAS = 256,
	READ = 12,  /* ideas that are tried in vain, */
	MORE = 4,   /* and so many where a symbol was read already */
	ROUNDS = 7, /* of sampling and moving */
	FAR = 200, /* modules between finders of the largest symbol are 170, measured by a finder 200 */
	NEAR = 17,  /* modules from a large symbol's corners by which its version is told, */
	LARGE = 45, /* if it has more than so many a side */
	CLEAN = 4,  /* pixels a module of the clean drawing */
	MARGIN = 4, /* modules round it */
	CLEAN_SIDE = (QR_SIDE + 2 * MARGIN) * CLEAN,
};

/* How well known modules must fit: as laid, for a grid to be moved; beside a symbol that was read, and of a
 * large one; and moved, for it to be read; then all modules as guessed, for it to be moved again; and
 * moved, for its fourth corner to be looked for. */
static const float least_rough = 0.2F, least_more = 0.5F, least_large = 0.6F, least_fit = 0.4F,
		   least_guess = 0.55F, least_clear = 0.6F;

/* Three finders; or two and where the third should be, hidden or spoilt. */
struct idea {
	struct finder corner, right, down;
	float score;
	unsigned least, most, version; /* which it may be, and the likeliest */
};

struct rectifier {
	struct pyramid pyramid;
	struct finder_work *finder_work;
	double until; /* ms of CPU: nothing more is begun then */
	struct rs_field field;
	struct finder finder[FINDERS];
	struct idea idea[EACH * FINDERS];
	unsigned ideas;
	struct qr_layout layout;
	struct soft soft;
	float near[QR_MODULES]; /* what is known of the layout, of a large one near its finders */
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

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_score(const void *a, const void *b)
{
	const struct idea *x = a, *y = b;

	return (x->score < y->score) - (x->score > y->score);
}

/* How much three finders look like a corner with a right and a lower neighbour; 0: not at all. */
static float score_of(const struct idea *i)
{
	const struct finder *c = &i->corner, *r = &i->right, *d = &i->down;
	float ax = r->x - c->x, ay = r->y - c->y, bx = d->x - c->x, by = d->y - c->y;
	float a = hypotf(ax, ay), b = hypotf(bx, by),
	      module = (c->module + r->module + d->module) / 3;
	float sine = (ax * by - ay * bx) / (a * b);
	float spread = fabsf(logf(c->module / module)) + fabsf(logf(r->module / module)) +
		       fabsf(logf(d->module / module));

	if (!(sine > 0.4F) || a < 8 * module || b < 8 * module || a > FAR * module ||
		b > FAR * module || spread > 1.2F || fabsf(logf(a / b)) > 1.1F)
		return 0;
	return c->match + r->match + d->match - 0.6F * spread - 0.7F * (1 - sine) -
	       0.5F * fabsf(logf(a / b)) - 0.002F * (a + b) / module;
}

/* The best ideas of one finder. */
struct ideas {
	unsigned n;
	struct idea at[EACH];
};

static void add_idea(struct ideas *best, const struct finder *corner, const struct finder *right,
	const struct finder *down)
{
	struct idea i = {.corner = *corner, .right = *right, .down = *down};
	unsigned at = 0;

	i.score = score_of(&i);
	if (i.score <= 0)
		return;
	while (at < best->n && best->at[at].score >= i.score)
		at++;
	if (at == EACH)
		return;
	best->n += best->n < EACH;
	memmove(&best->at[at + 1], &best->at[at], (best->n - at - 1) * sizeof(i));
	best->at[at] = i;
}

/* The two are neighbours or opposite, and the third is where a square seen as tilted as they are has
 * it. With R a quarter turn and S the finders' shape: down = S R S^-1 right. */
static void add_pair(struct ideas *best, const struct finder *a, const struct finder *b)
{
	float e = (a->stretch[0] + b->stretch[0]) / 2, f = (a->stretch[1] + b->stretch[1]) / 2;
	float dx = b->x - a->x, dy = b->y - a->y, area = 1 - e * e - f * f;
	float u = ((1 - e) * dx - f * dy) / area, v = ((1 + e) * dy - f * dx) / area;
	float across_x = -(1 + e) * v + f * u, across_y = -f * v + (1 - e) * u;
	struct finder third = *a;

	third.match = 0.2F;
	third.module = sqrtf(a->module * b->module);
	third.x = a->x + across_x;
	third.y = a->y + across_y;
	add_idea(best, a, b, &third);
	third.x = a->x - across_x;
	third.y = a->y - across_y;
	add_idea(best, a, &third, b);
	third.x = a->x + (dx - across_x) / 2;
	third.y = a->y + (dy - across_y) / 2;
	add_idea(best, &third, a, b);
}

/* May the two belong to one symbol? Asked first, because it is soon answered. */
static bool may_pair(const struct finder *a, const struct finder *b)
{
	float far = FAR * fmaxf(a->module, b->module);

	return a != b && a->inverted == b->inverted && fabsf(a->x - b->x) < far &&
	       fabsf(a->y - b->y) < far && a->module < 2.5F * b->module &&
	       b->module < 2.5F * a->module;
}

static void make_ideas(struct rectifier *r, unsigned finders)
{
	const struct finder *f = r->finder, *near[FINDERS];

	r->ideas = 0;
	for (unsigned c = 0; c < finders; c++) {
		struct ideas best = {0};
		unsigned n = 0;

		for (unsigned i = 0; i < finders; i++)
			if (may_pair(&f[c], &f[i]))
				near[n++] = &f[i];
		for (unsigned i = 0; i < n; i++) {
			add_pair(&best, &f[c], near[i]);
			for (unsigned j = 0; j < n; j++)
				if (i != j)
					add_idea(&best, &f[c], near[i], near[j]);
		}
		memcpy(&r->idea[r->ideas], best.at, best.n * sizeof(best.at[0]));
		r->ideas += best.n;
	}
	qsort(r->idea, r->ideas, sizeof(r->idea[0]), by_score);
	r->ideas = r->ideas < IDEAS ? r->ideas : IDEAS;
}

static float modules_between(const struct finder *a, const struct finder *b)
{
	float dx = b->x - a->x, dy = b->y - a->y;

	return (finder_modules(a, dx, dy) + finder_modules(b, dx, dy)) / 2;
}

/* What is known within so many modules of a finder's corner. Farther away a grid that is laid on three
 * finders of a large symbol is not right yet. */
static void know_near(struct rectifier *r, unsigned reach)
{
	unsigned side = r->layout.side, edge = side > reach ? side - reach : 0;

	for (unsigned i = 0; i < side * side; i++) {
		unsigned x = i % side, y = i / side;
		bool near = (x < reach && y < reach) || (x >= edge && y < reach) ||
			    (x < reach && y >= edge);

		r->near[i] = near ? r->soft.want[i] : 0;
	}
}

static void begin(struct rectifier *r, unsigned version)
{
	qr_layout_make(&r->layout, version);
	soft_init(&r->soft, &r->layout);
	know_near(r, r->layout.side > LARGE ? NEAR : r->layout.side);
}

static struct grid lay(const struct idea *i, unsigned side, bool lean)
{
	struct grid g = grid_of_finders(side, (float[2]){i->corner.x, i->corner.y},
		(float[2]){i->right.x, i->right.y}, (float[2]){i->down.x, i->down.y});

	g.sign = i->corner.inverted ? -1 : 1;
	if (lean)
		grid_lean(&g, i->corner.module, i->right.module, i->down.module);
	return g;
}

/* Versions that the finders' distances allow, in modules of their own size. */
static void allow_versions(struct idea *i)
{
	float side =
		(modules_between(&i->corner, &i->right) + modules_between(&i->corner, &i->down)) /
			2 +
		7;
	int guess = (int)lroundf((side - 17) / 4), reach = guess / 4 + 1;

	i->least = guess - reach < 1 ? 1 : (unsigned)(guess - reach);
	i->most = guess + reach > QR_VERSIONS ? QR_VERSIONS
		  : guess + reach < 1         ? 0
					      : (unsigned)(guess + reach);
	i->score = 0;
}

/* Does the idea fit the version at hand better than those before? */
static void weigh(struct rectifier *r, struct idea *i)
{
	if (r->layout.version < i->least || r->layout.version > i->most)
		return;
	for (unsigned lean = 0; lean < 2; lean++) {
		struct grid g = lay(i, r->layout.side, lean);
		float fit = grid_match(&g, &r->pyramid, r->near);

		if (fit > i->score) {
			i->score = fit;
			i->version = r->layout.version;
		}
	}
}

/* For each idea the version whose known modules fit best; score is from now on how well. */
static void choose_versions(struct rectifier *r)
{
	unsigned most = 0;

	for (unsigned i = 0; i < r->ideas; i++) {
		allow_versions(&r->idea[i]);
		most = r->idea[i].most > most ? r->idea[i].most : most;
	}
	for (unsigned version = 1; version <= most && now_ms() < r->until; version++) {
		begin(r, version);
		for (unsigned i = 0; i < r->ideas; i++)
			weigh(r, &r->idea[i]);
	}
	qsort(r->idea, r->ideas, sizeof(r->idea[0]), by_score);
}

/* Draw the symbol as it should be and let libzxing say what it says. */
struct relay {
	struct grid grid;
	rectify_known *known;
	reading_sink *sink;
	void *to;
	bool done, more; /* more: a symbol was read already */
};

static void relay(void *to, const struct reading *r)
{
	struct relay *x = to;
	struct reading out;
	float n = (float)x->grid.side;
	float at[4][2] = {{0, 0}, {n, 0}, {n, n}, {0, n}};

	if (x->done)
		return;
	out = *r;
	out.path = "rectify";
	for (unsigned i = 0; i < 4; i++) {
		float px = 0, py = 0;

		grid_point(&x->grid, at[i][0], at[i][1], &px, &py);
		out.corner[i] = (struct corner){(int32_t)lroundf(px), (int32_t)lroundf(py)};
	}
	x->done = x->more = true;
	x->sink(x->to, &out);
}

static enum err read_clean(struct rectifier *r, struct relay *x)
{
	unsigned side = (r->layout.side + 2 * MARGIN) * CLEAN;
	struct luma l = {r->clean, side, side, side};

	for (unsigned y = 0; y < side; y++)
		for (unsigned i = 0; i < side; i++) {
			unsigned u = i / CLEAN - MARGIN, v = y / CLEAN - MARGIN;
			bool dark = u < r->layout.side && v < r->layout.side &&
				    r->soft.want[v * r->layout.side + u] > 0;

			r->clean[y * side + i] = dark ? 0 : 255;
		}
	x->done = false;
	return zxing_read(&l, 1, "rectify", relay, x);
}

/* Sample, sharpen, decode; where it fails, let all modules say where the grid should lie, and again. */
static enum err read_grid(struct rectifier *r, struct grid *g)
{
	float *guess = r->guess;
	unsigned n = g->side * g->side;
	float fit = 0;

	soft_init(&r->soft, &r->layout);
	for (unsigned round = 0; round < ROUNDS; round++) {
		float before = fit;

		grid_sample(g, &r->pyramid, r->darkness);
		soft_see(&r->soft, r->darkness);
		if (soft_decode(&r->soft, &r->field) == OK)
			return OK;
		soft_sharpen(&r->soft);
		if (soft_decode(&r->soft, &r->field) == OK)
			return OK;
		soft_explain(&r->soft, r->darkness);
		if (soft_decode(&r->soft, &r->field) == OK)
			return OK;
		for (unsigned i = 0; i < n; i++)
			guess[i] = r->soft.want[i] != 0 ? r->soft.want[i]
							: fmaxf(-1, fminf(1, r->soft.module[i]));
		fit = grid_fit(g, &r->pyramid, guess, round > 1 ? GRID_FREE : GRID_ROUND, 4);
		if (fit < least_guess || (round > 2 && fit < before + 0.003F))
			break;
	}
	return ERR_ABSENT;
}

/* Lay a grid of the idea's version or one beside it, flat or round a cylinder, whichever fits best. */
static float lay_best(struct rectifier *r, const struct idea *i, struct grid *out)
{
	static const float narrow[] = {0, 0, 0.07F, 0.15F, 0.07F, 0.15F};
	float best = -1;

	*out = lay(i, 17 + 4 * i->version, false);
	for (unsigned version = i->version - 1; version <= i->version + 1; version++) {
		if (version < 1 || version > QR_VERSIONS)
			continue;
		begin(r, version);
		for (unsigned k = 0; k < COUNT(narrow); k++) {
			struct grid g = lay(i, r->layout.side, k == 1);
			float fit = 0;

			grid_wrap(&g, k > 3, narrow[k]);
			fit = grid_match(&g, &r->pyramid, r->near);
			if (fit > best) {
				best = fit;
				*out = g;
			}
		}
	}
	return best;
}

/* Read it as it lies; then with its fourth corner where modules are clearest, since version 1 has no
 * alignment pattern to tell where that is. */
static enum err read_laid(struct rectifier *r, struct grid *g, float fit)
{
	struct grid again = *g;

	if (read_grid(r, g) == OK)
		return OK;
	if (r->layout.version > 1 || fit < least_clear || now_ms() > r->until)
		return ERR_ABSENT;
	*g = again;
	grid_clear_fourth(g, &r->pyramid);
	return read_grid(r, g);
}

/* Move a large grid by what lies ever farther from the finders: its alignment patterns are so many that
 * looked for afar one is taken for another. */
static void spread(struct rectifier *r, struct grid *g)
{
	for (unsigned reach = NEAR; reach < g->side; reach += NEAR / 2) {
		know_near(r, reach);
		grid_fit(g, &r->pyramid, r->near, 2 * reach < g->side ? GRID_FLAT : GRID_FREE, 2);
	}
}

static enum err try_idea(struct rectifier *r, const struct idea *i, struct relay *x)
{
	struct grid g;
	float fit = 0;

	lay_best(r, i, &g);
	begin(r, (g.side - 17) / 4);
	if (g.side > LARGE)
		spread(r, &g);
	else
		grid_find_fourth(&g, &r->pyramid, r->soft.want);
	grid_fit(&g, &r->pyramid, r->soft.want, GRID_FLAT, 4);
	fit = grid_fit(&g, &r->pyramid, r->soft.want, GRID_ROUND, 4);
	if (fit < least_fit || read_laid(r, &g, fit) != OK)
		return ERR_ABSENT;
	x->grid = g;
	return read_clean(r, x);
}

static bool is_known(const struct relay *x, const struct finder *f)
{
	return x->known != NULL && x->known(x->to, f->x, f->y);
}

/* The finders that no symbol read before has. */
static unsigned find_new(struct rectifier *r, enum finder_view view, struct relay *x)
{
	unsigned found = finder_find(r->finder_work, &r->pyramid, view, r->finder), n = 0;

	for (unsigned i = 0; i < found; i++)
		if (!is_known(x, &r->finder[i]))
			r->finder[n++] = r->finder[i];
	x->more |= n < found;
	return n;
}

static bool is_stale(const struct relay *x, const struct idea *i)
{
	return is_known(x, &i->corner) || is_known(x, &i->right) || is_known(x, &i->down);
}

/* A large symbol takes long to be tried, and near its finders a true one fits well. */
static bool is_idle(const struct idea *i)
{
	return 17 + 4 * i->version > LARGE && i->score < least_large;
}

/* All ideas that the finders give, seen so. */
static enum err look(struct rectifier *r, enum finder_view view, struct relay *x)
{
	enum err answer = ERR_ABSENT;
	unsigned vain = 0;

	make_ideas(r, find_new(r, view, x));
	choose_versions(r);
	for (unsigned i = 0; i < r->ideas && vain < (x->more ? MORE : READ); i++) {
		enum err e = ERR_ABSENT;

		if (r->idea[i].score <= (x->more ? least_more : least_rough))
			break;
		if (is_stale(x, &r->idea[i]) || is_idle(&r->idea[i]))
			continue;
		e = try_idea(r, &r->idea[i], x);
		vain += e == ERR_ABSENT;
		answer = e == ERR_ABSENT ? answer : e;
		if ((answer != ERR_ABSENT && x->known == NULL) || now_ms() > r->until)
			break;
	}
	return answer;
}

enum err rectify_read(struct rectifier *r, const struct luma *l, unsigned budget_ms,
	rectify_known *known, reading_sink *sink, void *to)
{
	enum err e = luma_sound(l) ? pyramid_build(&r->pyramid, l) : ERR_FORMAT;
	struct relay x = {.known = known, .sink = sink, .to = to};

	if (e != OK)
		return e;
	r->until = budget_ms > 0 ? now_ms() + budget_ms : INFINITY;
	e = look(r, FINDER_FACING, &x);
	if (e == ERR_ABSENT && !x.more && now_ms() < r->until)
		e = look(r, FINDER_TILTED, &x);
	return e;
}
