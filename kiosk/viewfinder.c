/* The frame of the camera's picture. */
#include "viewfinder.h"

/* Two bars that meet in a corner of at, which stands to the right and at the bottom of it or not. */
static void corner(
	struct ui *u, struct rect at, int32_t thick, enum ink ink, bool right, bool bottom)
{
	int32_t x = right ? at.x + at.w - thick : at.x;
	int32_t y = bottom ? at.y + at.h - thick : at.y;
	uint32_t round = (uint32_t)thick / 2;

	draw_fill(u->d, (struct rect){at.x, y, at.w, thick}, ink, round);
	draw_fill(u->d, (struct rect){x, at.y, thick, at.h}, ink, round);
}

static void brackets(struct ui *u, struct rect square, int32_t thick, enum ink ink)
{
	int32_t side = square.w / 4;

	for (int i = 0; i < 4; i++) {
		bool right = i & 1, bottom = i & 2;
		struct rect at = {right ? square.x + square.w - side : square.x,
			bottom ? square.y + square.h - side : square.y, side, side};
		corner(u, at, thick, ink, right, bottom);
	}
}

/* A bright hall and a dark one: white on a dark edge is seen before both. */
static void frame(struct ui *u, struct rect square, bool closed)
{
	int32_t edge = u->l.line, thick = u->l.line * 3;
	struct rect outer = inset(square, -edge);
	uint32_t round = (uint32_t)u->l.radius;

	if (closed) {
		draw_box(u->d, outer, INK_NONE, round + (uint32_t)edge, INK_ACCENT,
			(uint32_t)(thick + 2 * edge));
		draw_box(u->d, square, INK_NONE, round, INK_ON_ACCENT, (uint32_t)thick);
		return;
	}
	if (u->m->camera.live)
		brackets(u, outer, thick + 2 * edge, INK_TEXT);
	brackets(u, square, thick, INK_ON_ACCENT);
}

void viewfinder(struct ui *u, struct rect at, void (*rest)(struct ui *u, struct rect at))
{
	const struct camera *c = &u->m->camera;
	bool seen = u->m->opening || c->held;
	int32_t side = (at.w < at.h ? at.w : at.h) * 84 / 100;
	struct rect square = {at.x + (at.w - side) / 2, at.y + (at.h - side) / 2, side, side};

	if (c->live) {
		draw_fill(u->d, at, INK_TEXT, 0);
		draw_picture(u->d, at, INK_TEXT, "viewfinder");
	} else if (!seen) {
		rest(u, inset(square, side / 9));
	}
	frame(u, square, seen);
	if (seen)
		ui_sign(u, inset(square, side / 3), INK_ACCENT, INK_ON_ACCENT, 'c');
}
