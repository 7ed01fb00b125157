/* What every screen must be, whichever it is; each test of screens includes this once. d, v and painter are
 * its own. FOYER_SHOTS=DIR writes pictures. */
#ifndef TESTS_SCREEN_JUDGES_H
#define TESTS_SCREEN_JUDGES_H

#include "test.h"

#include <sys/stat.h>

#include "scenes.h"
#include "screen_golden.h"
#include "shot.h"

static struct visitor v;
static struct draw d;
static struct painter *painter;

static size_t faults;

static inline void fault(const char *where, const char *what, struct rect r)
{
	if (faults++ < 12)
		print_error("%s: %s at %d,%d %dx%d\n", where, what, r.x, r.y, r.w, r.h);
}

static inline void judge_list(const char *where, const struct size *z, const struct style *y)
{
	UNUSED(y);
	struct rect all = {0, 0, z->width, z->height};
	if (d.full)
		fault(where, "the draw list is full", all);
	for (size_t i = 0; i < d.n; i++) {
		struct rect r = d.commands[i].at;
		if (r.w < 0 || r.h < 0 || r.x < 0 || r.y < 0 || r.x + r.w > all.w ||
			r.y + r.h > all.h)
			fault(where, "outside the glass", r);
		/* 1.8:1 and less on white. */
		enum ink ink = d.commands[i].ink;
		bool pale = ink == INK_WARN || ink == INK_LINE || ink == INK_SHADE;
		if (d.commands[i].op == DRAW_TEXT && pale)
			fault(where, "a text too pale to read", r);
	}
}

static inline bool overlap(struct rect a, struct rect b)
{
	return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

static inline void judge_regions(const char *where, const struct size *z, const struct style *y)
{
	int32_t shorter = z->width < z->height ? z->width : z->height;
	int32_t least = shorter * 83 / 1080;
	for (size_t i = 0; i < d.n; i++) {
		const struct draw_command *a = &d.commands[i];
		if (a->op != DRAW_REGION)
			continue;
		if (a->at.w < least || a->at.h < least)
			fault(where, "a target is too small", a->at);
		if (y->reach && a->at.y < z->height * 3 / 8)
			fault(where, "a target is out of reach", a->at);
		if (draw_text_of(&d, a).n == 0)
			fault(where, "a target says nothing", a->at);
		for (size_t k = i + 1; k < d.n; k++) {
			const struct draw_command *b = &d.commands[k];
			if (b->op != DRAW_REGION)
				continue;
			if (overlap(a->at, b->at))
				fault(where, "two targets overlap", a->at);
			if (a->border == b->border ||
				span_equal(draw_name_of(&d, a), draw_name_of(&d, b)))
				fault(where, "two targets have one order or name", b->at);
		}
	}
}

static inline void judge_fit(const char *where, const struct size *z, const struct style *y)
{
	UNUSED(z);
	UNUSED(y);
	for (size_t i = 0; i < d.n; i++) {
		const struct draw_command *c = &d.commands[i];
		if (!scene_fits(painter, &d, c)) {
			struct span t = draw_text_of(&d, c);
			char text[64];
			snprintf(text, sizeof(text), "does not fit: %.*s",
				(int)(t.n < 40 ? t.n : 40), (const char *)t.p);
			fault(where, text, c->at);
		}
	}
}

static const char *shots;
static const struct style *usual; /* the set's first … */
static const struct size *usually;

static inline void judge_picture(const char *where, const struct size *z, const struct style *y)
{
	/* Nobody looks: one size and style is enough. */
	if (!shots && (z != usually || y != usual))
		return;
	char path[512];
	struct painter_report report = {0};
	snprintf(path, sizeof(path), "%s/%s.png", shots ? shots : "", where);
	assert_ok(shot(painter, &d, z->width, z->height,
		y->contrast ? PALETTE_CONTRAST : PALETTE_NORMAL, shots ? path : NULL, &report));
	if (report.overflow > 0 || report.unknown > 0)
		fault(where, "the painter complains", report.worst);
}

/* Each scene in each language, size and style is as it must be. */
static inline void judge_each(const struct scene_set *set,
	void (*judge)(const char *where, const struct size *z, const struct style *y))
{
	faults = 0;
	scene_each(set, &v, &d, judge);
	assert_int_equal(faults, 0);
}

/* What a test of a set of scenes asks of all of them; the set's first style is the usual look. */
static inline void judge_goldens(const struct scene_set *set)
{
	for (size_t s = 0; s < set->n; s++) {
		for (int l = 0; l < LANGUAGES; l++) {
			char name[96];
			snprintf(name, sizeof(name), "%s-%s", set->scenes[s].name,
				language_codes[l]);
			scene_see(&v, &d, &set->scenes[s], (enum language)l, set->sizes,
				&set->styles[0]);
			assert_int_equal(v.m.screen, set->scenes[s].screen);
			assert_screen_golden(&d, "kiosk", name);
		}
	}
}

/* From now on judge_picture writes them, or looks at the usual ones. */
static inline void take_shots(const struct style *style, const struct size *size)
{
	shots = getenv("FOYER_SHOTS");
	if (shots)
		(void)mkdir(shots, 0700);
	usual = style;
	usually = size;
}

static inline void judge_pictures(const struct scene_set *set)
{
	take_shots(set->styles, set->sizes);
	judge_each(set, judge_picture);
}

/* For cmocka: the painter, for the whole group. */
static inline int start(void **state)
{
	UNUSED(state);
	return painter_new(&painter) == OK ? 0 : -1;
}

static inline int stop(void **state)
{
	UNUSED(state);
	painter_free(painter);
	return 0;
}

#endif
