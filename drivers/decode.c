/* The chain of decoders: which pass comes when, and what is handed out. */
#include "decode.h"

#include "found.h"
#include "passes.h"
#include "rectify.h"
#include "regions.h"
#include "zbar_eye.h"
#include "zxing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	SYMBOLS_MAX = 64, /* in one pass */
	MEMORY = 16,      /* texts remembered of a live view's frames */
	MEMORY_FRAMES = 45,
	SHORT_LIST = 3, /* passes over further parts of a picture that showed a symbol already */
	PART_MS = 200,  /* for our own decoder over a part of a picture, */
	PARTS_OWN = 2,  /* of so many */
};

struct decoder {
	struct zbar_eye *zbar;
	struct rectifier *rectifier;
	struct passes_rooms rooms;
	uint8_t *fitted;
	int64_t cost_us[PASSES_MAX]; /* what each pass took when it last ran */
	size_t turn;                 /* of the passes that take turns */
	size_t lucky;                /* the pass that last read something; 0: the raw one */
	uint32_t frame;
	struct memory {
		uint64_t text;
		uint32_t frame;
	} memory[MEMORY];
	size_t remembered;
	struct found found;
};

/* One picture being looked at. */
struct view {
	struct decoder *d;
	const struct luma *picture;
	struct luma fitted;
	struct luma_box part[REGIONS_MAX];
	size_t parts;
	int64_t until_us;
	bool careful; /* what is not sure is asked of the other library too */
	enum err fault;
};

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

enum err decode_open(struct decoder **out)
{
	struct decoder *d = calloc(1, sizeof(*d));
	bool whole;

	*out = NULL;
	if (d == NULL)
		return ERR_IO;
	d->fitted = malloc(PASSES_PIXELS);
	whole = d->fitted != NULL && zbar_eye_open(&d->zbar) == OK &&
		rectify_open(&d->rectifier) == OK;
	for (size_t i = 0; i < COUNT(d->rooms.at); i++) {
		d->rooms.at[i] = malloc(PASSES_PIXELS);
		whole = whole && d->rooms.at[i] != NULL;
	}
	if (!whole) {
		decode_close(d);
		return ERR_IO;
	}
	*out = d;
	return OK;
}

void decode_close(struct decoder *d)
{
	if (d == NULL)
		return;
	for (size_t i = 0; i < COUNT(d->rooms.at); i++)
		free(d->rooms.at[i]);
	zbar_eye_close(d->zbar);
	rectify_close(d->rectifier);
	free(d->fitted);
	free(d);
}

/* The whole picture, rows end to end, no larger than a pass may make one. */
static struct luma fit(struct decoder *d, const struct luma *l)
{
	double pixels = (double)l->width * l->height, by = sqrt(PASSES_PIXELS / pixels);
	uint32_t width = (uint32_t)(l->width * by), height = (uint32_t)(l->height * by);

	if (by >= 1)
		return l->stride == l->width ? *l : luma_copy(l, d->fitted);
	return luma_scale(l, d->fitted, width > 0 ? width : 1, height > 0 ? height : 1);
}

static void find_parts(struct view *v)
{
	struct luma half = luma_half(&v->fitted, v->d->rooms.at[0]);
	double by = 2.0 * v->picture->width / v->fitted.width;

	v->parts = regions_find(&half, v->part);
	for (size_t i = 0; i < v->parts; i++) {
		struct luma_box *b = &v->part[i];

		*b = (struct luma_box){(uint32_t)(b->x * by), (uint32_t)(b->y * by),
			(uint32_t)(b->width * by), (uint32_t)(b->height * by)};
	}
}

/* A library's reading on its way from a pass to what was found. */
struct catcher {
	struct found *found;
	const struct passed *passed;
	bool raw;
};

/* A pixel of the picture that a pass looked at, as one of the picture that was given. */
static struct corner back(const struct passed *p, double x, double y)
{
	return (struct corner){
		(int32_t)lround(p->x + p->step_x * x), (int32_t)lround(p->y + p->step_y * y)};
}

static void catch_reading(void *to, const struct reading *r)
{
	struct catcher *c = to;
	struct reading mine = *r;

	for (unsigned i = 0; i < 4; i++)
		mine.corner[i] = back(c->passed, r->corner[i].x, r->corner[i].y);
	found_add(c->found, &mine, c->raw);
}

static bool is_read(void *to, float x, float y)
{
	const struct catcher *c = to;

	return found_covers(c->found, back(c->passed, x, y));
}

/* Is something found, and nothing of it in need of another witness? */
static bool all_sure(const struct found *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (!f->one[i].sure && f->one[i].votes < 2)
			return false;
	return f->n > 0;
}

/* For a pass that can make do with it; 0: no end. A second look at a part is not worth as much; and
 * a third is kept back, for it looks at the time only now and then. */
static unsigned left_ms(const struct view *v, const struct pass *pass)
{
	int64_t left = (v->until_us - now_us()) / 1500;

	if (passes_part(pass) && left > PART_MS)
		return PART_MS;
	return v->until_us == INT64_MAX ? 0 : left > 1 ? (unsigned)left : 1;
}

static void ask_libraries(struct view *v, const struct pass *pass, const struct passed *made)
{
	struct found *f = &v->d->found;
	struct catcher c = {f, made, !pass->own && pass->step[0].what == STEP_NONE};
	enum err e = ERR_ABSENT;

	if (pass->own)
		e = rectify_read(v->d->rectifier, &made->luma, left_ms(v, pass),
			v->careful ? NULL : is_read, catch_reading, &c);
	if (pass->zxing != NULL)
		e = zxing_read(&made->luma, SYMBOLS_MAX, pass->zxing, catch_reading, &c);
	if (e == ERR_IO)
		v->fault = e;
	if (pass->zbar == NULL || (e == OK && (!v->careful || all_sure(f))))
		return;
	e = zbar_eye_read(v->d->zbar, &made->luma, pass->zbar, catch_reading, &c);
	if (e == ERR_IO)
		v->fault = e;
}

/* Returns whether the pass read a symbol that was not found before. */
static bool run(struct view *v, size_t i, struct luma_box part)
{
	struct decoder *d = v->d;
	size_t before = d->found.n;
	int64_t start = now_us();
	struct passed made;

	if (passes_make(&passes[i], v->picture, &v->fitted, part, &d->rooms, &made))
		ask_libraries(v, &passes[i], &made);
	d->cost_us[i] = now_us() - start;
	return d->found.n > before;
}

static void begin(struct view *v, unsigned budget_ms)
{
	v->until_us = budget_ms > 0 ? now_us() + (int64_t)budget_ms * 1000 : INT64_MAX;
	v->fitted = fit(v->d, v->picture);
	v->d->found.n = 0;
}

static const struct luma_box whole = {0, 0, LUMA_SIDE, LUMA_SIDE};

/* The part for a pass at this turn: the likeliest every other time, then one of the others. */
static struct luma_box part_at(const struct view *v, size_t round)
{
	if (v->parts == 0)
		return whole;
	if (round % 2 == 0 || v->parts == 1)
		return v->part[0];
	return v->part[1 + round / 2 % (v->parts - 1)];
}

/* Our own decoder takes longer than a frame's time to search a whole frame, and a part is not wrong
 * often. Nor has a frame the time for its widened looks, which find no more there: the next frame shows
 * the code otherwise (make bench-scan). */
static bool too_long(const struct view *v, const struct pass *pass)
{
	bool widened = pass->what == PASS_WIDE || pass->what == PASS_TALL;

	return pass->own && (widened || (!passes_part(pass) && v->parts > 0));
}

/* The passes take turns until something is read for sure or the budget is spent. One of them runs in
 * any frame, or a slow machine would never come to a dear one. */
static void take_turns(struct view *v)
{
	struct decoder *d = v->d;
	size_t turns = (passes_count - 1) * (v->parts > 1 ? 2 : 1), ran = 0;

	for (; turns > 0 && !all_sure(&d->found); turns--) {
		size_t i = 1 + d->turn % (passes_count - 1), round = d->turn / (passes_count - 1);

		if (ran > 0 && now_us() + d->cost_us[i] > v->until_us)
			return;
		d->turn++;
		if (too_long(v, &passes[i]))
			continue;
		ran++;
		if (run(v, i, part_at(v, round)))
			d->lucky = i;
	}
}

/* Was this text read from a recent frame? From now on it was. */
static bool seen_lately(struct decoder *d, const struct reading *r)
{
	uint64_t text = span_hash((struct span){(const uint8_t *)r->text, r->n});
	bool seen = false;

	for (size_t i = 0; i < MEMORY; i++) {
		struct memory *m = &d->memory[i];

		if (m->text == text && m->frame != 0 && d->frame - m->frame <= MEMORY_FRAMES) {
			seen = true;
			m->frame = d->frame;
		}
	}
	if (!seen)
		d->memory[d->remembered++ % MEMORY] = (struct memory){text, d->frame};
	return seen;
}

static enum err hand_out(struct view *v, reading_sink *sink, void *to)
{
	struct found *f = &v->d->found;
	enum err answer = v->fault;

	for (size_t i = 0; i < f->n; i++) {
		struct found_one *one = &f->one[i];
		bool believed = !v->careful || one->sure || one->votes > 1;

		if (v->careful && seen_lately(v->d, &one->reading))
			believed = true;
		if (!believed || found_doubtful(f, i))
			continue;
		sink(to, &one->reading);
		answer = OK;
	}
	return answer;
}

enum err decode_frame(struct decoder *d, const struct luma *frame, unsigned budget_ms,
	reading_sink *sink, void *to)
{
	struct view v = {.d = d, .picture = frame, .careful = true, .fault = ERR_ABSENT};

	if (!luma_sound(frame))
		return ERR_FORMAT;
	begin(&v, budget_ms);
	d->frame++;
	if (!run(&v, 0, whole) && budget_ms > 0) {
		find_parts(&v);
		if (d->lucky == 0 || !run(&v, d->lucky, part_at(&v, 0)))
			d->lucky = 0;
		take_turns(&v);
	}
	return hand_out(&v, sink, to);
}

/* The passes over one part, some or all of them, until one reads something. */
static void search_part(struct view *v, size_t part, size_t some)
{
	for (size_t i = PASSES_FIRST; i < passes_count && i < PASSES_FIRST + some; i++) {
		if (passes[i].own && (part >= PARTS_OWN || v->d->found.n > 0))
			continue;
		if (now_us() >= v->until_us || run(v, i, v->part[part]))
			return;
	}
}

enum err decode_picture(struct decoder *d, const struct luma *picture, unsigned budget_ms,
	reading_sink *sink, void *to)
{
	struct view v = {.d = d, .picture = picture, .fault = ERR_ABSENT};

	if (!luma_sound(picture))
		return ERR_FORMAT;
	begin(&v, budget_ms);
	for (size_t i = 0; i < PASSES_FIRST && now_us() < v.until_us; i++)
		run(&v, i, whole);
	find_parts(&v);
	if (v.parts == 0)
		v.part[v.parts++] = whole;
	for (size_t i = 0; i < v.parts; i++) {
		struct luma_box *b = &v.part[i];
		struct corner middle = {
			(int32_t)(b->x + b->width / 2), (int32_t)(b->y + b->height / 2)};

		if (!found_covers(&d->found, middle))
			search_part(&v, i, d->found.n > 0 ? SHORT_LIST : passes_count);
	}
	return hand_out(&v, sink, to);
}
