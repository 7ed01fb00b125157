/* The stress set: which fault at which severity, and which code it happens to. */
#include "stress_inside.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRAMES = 20 };

const struct stress_axis stress_axes[] = {
	{"clean", 1, 2 * FRAMES, {0}},
	{"blur", 5, FRAMES, {0.2, 0.35, 0.5, 0.65, 0.8}},
	{"motion", 5, FRAMES, {0.5, 1, 1.5, 2, 2.5}},
	{"noise", 5, FRAMES, {10, 25, 40, 60, 80}},
	{"lowcontrast", 5, FRAMES, {100, 60, 40, 25, 15}},
	{"rotation", 5, FRAMES, {10, 30, 45, 120, 200}},
	{"perspective", 5, FRAMES, {15, 30, 45, 55, 65}},
	{"glare", 5, FRAMES, {5, 10, 15, 20, 30}},
	{"inverted", 5, FRAMES, {0, 1, 2, 3, 4}},
	{"size", 5, FRAMES, {200, 150, 120, 90, 60}},
	{"jpeg", 5, FRAMES, {50, 30, 15, 8, 4}},
	{"moire", 5, FRAMES, {15, 30, 45, 60, 80}},
	{"bloom", 5, FRAMES, {0.5, 1, 1.5, 2, 2.5}},
	{"dim", 5, FRAMES, {120, 80, 50, 30, 18}},
	{"shadow", 5, FRAMES, {0.7, 0.5, 0.35, 0.22, 0.12}},
	{"quiet", 5, FRAMES, {4, 2, 1, 0.5, 0}},
	{"damage", 5, FRAMES, {2, 4, 6, 9, 12}},
	{"curve", 5, FRAMES, {20, 40, 60, 80, 100}},
	{"mix", 5, 2 * FRAMES, {1, 2, 3, 4, 5}},
};
const unsigned stress_axis_count = COUNT(stress_axes);

unsigned stress_axis_named(const char *name)
{
	unsigned i = 0;

	while (i < stress_axis_count && strcmp(stress_axes[i].name, name) != 0)
		i++;
	return i;
}

struct chance chance_of(uint64_t a, uint64_t b, uint64_t c)
{
	return (struct chance){
		a * 0x9e3779b97f4a7c15U ^ b * 0xc2b2ae3d27d4eb4fU ^ c * 0x165667b19e3779f9U};
}

static uint64_t chance_next(struct chance *c)
{
	uint64_t z = c->state += 0x9e3779b97f4a7c15U;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
	return z ^ (z >> 31);
}

uint32_t chance_below(struct chance *c, uint32_t n)
{
	return (uint32_t)(((chance_next(c) >> 32) * n) >> 32);
}

double chance_between(struct chance *c, double low, double high)
{
	return low + (high - low) * (double)(chance_next(c) >> 11) * 0x1p-53;
}

/* Near enough, and without a logarithm: twelve uniform ones have variance 1. */
double chance_normal(struct chance *c)
{
	uint64_t sum = 0;

	for (int i = 0; i < 3; i++) {
		uint64_t z = chance_next(c);
		sum += (z & 0xffff) + (z >> 16 & 0xffff) + (z >> 32 & 0xffff) + (z >> 48);
	}
	return (double)sum / 65536.0 - 6.0;
}

static void make_text(struct chance *c, bool longer, char text[static STRESS_TEXT])
{
	static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
	const char *set = longer ? plain : crockford;
	int at = snprintf(text, STRESS_TEXT, "%s", longer ? "https://example.org/" : "ZQM1");
	size_t n = (size_t)at + (longer ? 10 + chance_below(c, 90) : 32);

	for (size_t i = (size_t)at; i < n; i++)
		text[i] = set[chance_below(c, (uint32_t)strlen(set))];
	text[n] = '\0';
}

static void make_symbol(
	struct symbol *symbol, struct chance *c, uint32_t n, char text[static STRESS_TEXT])
{
	make_text(c, n % 5 == 4, text);
	if (symbol_make(symbol, span_of(text)) != OK)
		abort();
}

static struct scene fair(struct chance *c)
{
	struct scene s = {.size = chance_between(c, 190, 290),
		.rotation = chance_between(c, -8, 8),
		.tilt = chance_between(c, 0, 8),
		.lean = chance_between(c, 0, 360),
		.quiet = 4,
		.page = chance_between(c, 0, 9),
		.page_dark = chance_below(c, 2),
		.white = chance_between(c, 205, 235),
		.black = chance_between(c, 20, 50),
		.motion_way = chance_between(c, 0, 180),
		.shadow = 1,
		.noise = 3};

	return s;
}

/* Light on dark comes with the troubles that dark screens have. */
static void spoil_inverted(struct scene *s, double severity)
{
	s->inverted = 1;
	s->page_dark = 1;
	if (severity == 1)
		s->blur = 0.3;
	if (severity == 2)
		s->blur = 0.45;
	if (severity == 3) {
		s->white = s->black + 100;
		s->noise = 25;
	}
	if (severity == 4) {
		s->tilt = 40;
		s->noise = 12;
	}
}

static void spoil_all(struct scene *s, double severity, struct chance *c)
{
	double hard = (severity - 1) / 4;

	s->size = chance_between(c, 230 - 90 * hard, 290 - 90 * hard);
	s->rotation = chance_between(c, 0, 360);
	s->tilt = chance_between(c, 5, 15 + 30 * hard);
	s->arc = chance_between(c, 0, 12 + 30 * hard);
	s->blur = chance_between(c, 0.1, 0.2 + 0.2 * hard);
	s->motion = chance_between(c, 0, 0.3 + 0.7 * hard);
	s->noise = chance_between(c, 4, 8 + 17 * hard);
	s->white = s->black + chance_between(c, 150 - 85 * hard, 185 - 85 * hard);
	s->shadow = chance_between(c, 0.8 - 0.4 * hard, 1);
	s->glare = chance_between(c, 0, 3 + 6 * hard);
	s->damage = chance_between(c, 0, 1.5 + 2.5 * hard);
	s->moire = chance_between(c, 0, 5 + 15 * hard);
	s->jpeg = chance_between(c, 60 - 40 * hard, 80 - 40 * hard);
	s->quiet = chance_between(c, 1, 4);
	s->inverted = chance_below(c, 6) == 0;
}

static void spoil_contrast(struct scene *s, double severity)
{
	s->white = 128 + severity / 2;
	s->black = 128 - severity / 2;
}

/* A dim screen in a room that is not: the camera's gain stays what the room asks for. */
static void spoil_dim(struct scene *s, double severity)
{
	s->white = severity;
	s->black = severity / 10;
	s->noise = 5;
}

static struct scene scene_of(unsigned axis, unsigned level, struct chance *c)
{
	static const struct {
		const char *name;
		size_t field;
	} plain[] = {
		{"blur", offsetof(struct scene, blur)},
		{"motion", offsetof(struct scene, motion)},
		{"noise", offsetof(struct scene, noise)},
		{"rotation", offsetof(struct scene, rotation)},
		{"perspective", offsetof(struct scene, tilt)},
		{"glare", offsetof(struct scene, glare)},
		{"size", offsetof(struct scene, size)},
		{"jpeg", offsetof(struct scene, jpeg)},
		{"moire", offsetof(struct scene, moire)},
		{"bloom", offsetof(struct scene, bloom)},
		{"shadow", offsetof(struct scene, shadow)},
		{"quiet", offsetof(struct scene, quiet)},
		{"damage", offsetof(struct scene, damage)},
		{"curve", offsetof(struct scene, arc)},
	};
	struct scene s = fair(c);
	const char *name = stress_axes[axis].name;
	double severity = stress_axes[axis].severity[level];

	for (size_t i = 0; i < COUNT(plain); i++)
		if (strcmp(name, plain[i].name) == 0)
			memcpy((char *)&s + plain[i].field, &severity, sizeof(severity));
	if (strcmp(name, "quiet") == 0) {
		s.page_dark = 1;
		s.page = 6;
	} else if (strcmp(name, "inverted") == 0) {
		spoil_inverted(&s, severity);
	} else if (strcmp(name, "mix") == 0) {
		spoil_all(&s, severity, c);
	} else if (strcmp(name, "lowcontrast") == 0) {
		spoil_contrast(&s, severity);
	} else if (strcmp(name, "dim") == 0) {
		spoil_dim(&s, severity);
	}
	return s;
}

/* Anywhere, but wholly in the picture: a code's corner is at most 0.71 of its side away. */
static void place(struct scene *s, unsigned side, struct chance *c)
{
	double reach = s->size * (side / 29.0 + 2 * s->quiet / 29.0) * 0.71;
	double dx = STRESS_WIDTH / 2.0 - reach, dy = STRESS_HEIGHT / 2.0 - reach;

	s->x = STRESS_WIDTH / 2.0 + chance_between(c, -1, 1) * (dx > 0 ? dx : 0);
	s->y = STRESS_HEIGHT / 2.0 + chance_between(c, -1, 1) * (dy > 0 ? dy : 0);
}

static float canvas[STRESS_PIXELS];

void stress_frame(
	uint8_t *grey, unsigned axis, unsigned level, uint32_t n, char text[static STRESS_TEXT])
{
	static struct symbol symbol;
	struct chance c = chance_of(1 + axis, 1 + level, 1 + n);
	struct scene s = {0};

	make_symbol(&symbol, &c, n, text);
	s = scene_of(axis, level, &c);
	place(&s, symbol.side, &c);
	stress_background(canvas, &c);
	stress_code(canvas, &s, &symbol, &c);
	stress_light(canvas, &s, symbol.side, &c);
	stress_sensor(grey, canvas, &s, &c);
}

void stress_empty(uint8_t *grey, uint32_t n)
{
	struct chance c = chance_of(1000, 1, 1 + n);
	struct scene s = fair(&c);

	s.x = STRESS_WIDTH / 2.0;
	s.y = STRESS_HEIGHT / 2.0;
	s.noise = chance_between(&c, 1, 12);
	s.blur = n % 3 == 0 ? chance_between(&c, 0, 0.4) : 0;
	stress_background(canvas, &c);
	stress_light(canvas, &s, 29, &c);
	stress_sensor(grey, canvas, &s, &c);
}

/* Half a second from the side to where it is held, as a hand does it: fast, then slower. */
static double path(double at)
{
	double t = at / 15.0;

	return t >= 1 ? 0 : (1 - t) * (1 - t) * (1 - t);
}

bool stress_film(uint8_t *grey, uint32_t n, unsigned at, char text[static STRESS_TEXT])
{
	static struct symbol symbol;
	struct chance c = chance_of(2000, 1, 1 + n), tremble = chance_of(2001, 1 + n, 1 + at);
	struct scene s = {0};
	double from = 0, module = 0, moved = 0, reach = 0;

	make_symbol(&symbol, &c, n, text);
	s = fair(&c);
	s.tilt = chance_between(&c, 0, 25);
	s.blur = 0.15;
	s.inverted = n % 4 == 3;
	s.noise = 6;
	place(&s, symbol.side, &c);
	from = (chance_below(&c, 2) == 0 ? -1 : 1) * (STRESS_WIDTH / 2.0 + 300);
	module = s.size / 29;
	moved = from * (path(at) - path(at + 0.4));
	s.motion = fabs(moved) / module;
	s.motion_way = 0;
	s.x += from * path(at) + chance_between(&tremble, -2, 2);
	s.y += chance_between(&tremble, -2, 2);
	s.rotation += chance_between(&tremble, -1, 1);
	stress_background(canvas, &c);
	stress_code(canvas, &s, &symbol, &c);
	stress_light(canvas, &s, symbol.side, &tremble);
	stress_sensor(grey, canvas, &s, &tremble);
	reach = module * (symbol.side / 2.0 + 4) * 1.15;
	return s.x - reach >= 0 && s.x + reach < STRESS_WIDTH;
}
