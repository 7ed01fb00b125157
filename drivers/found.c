/* Readings of one picture, gathered. */
#include "found.h"

#include "token.h"

#include <string.h>

static void bounds(const struct reading *r, struct corner *least, struct corner *most)
{
	*least = *most = r->corner[0];
	for (unsigned i = 1; i < 4; i++) {
		const struct corner *c = &r->corner[i];

		least->x = c->x < least->x ? c->x : least->x;
		least->y = c->y < least->y ? c->y : least->y;
		most->x = c->x > most->x ? c->x : most->x;
		most->y = c->y > most->y ? c->y : most->y;
	}
}

static bool within(const struct reading *r, struct corner point)
{
	struct corner least, most;

	bounds(r, &least, &most);
	return point.x >= least.x && point.x <= most.x && point.y >= least.y && point.y <= most.y;
}

static struct corner middle(const struct reading *r)
{
	struct corner least, most;

	bounds(r, &least, &most);
	return (struct corner){least.x + (most.x - least.x) / 2, least.y + (most.y - least.y) / 2};
}

/* Sums of sides, in pixels. */
static int64_t size(const struct reading *r)
{
	struct corner least, most;

	bounds(r, &least, &most);
	return (int64_t)most.x - least.x + most.y - least.y;
}

/* A symbol may stand in the middle of a much larger one. */
static bool same_place(const struct reading *a, const struct reading *b)
{
	if (size(a) > 2 * size(b) || size(b) > 2 * size(a))
		return false;
	return within(a, middle(b)) || within(b, middle(a));
}

static bool same_text(const struct reading *a, const struct reading *b)
{
	return a->n == b->n && memcmp(a->text, b->text, a->n) == 0;
}

/* A token carries a check of its own; longer codes carry a signature, and are judged by others. */
static bool checked(const struct reading *r)
{
	struct token t;
	enum err e = token_read(&t, (struct span){(const uint8_t *)r->text, r->n});

	return e == OK || e == ERR_FULL;
}

void found_add(struct found *f, const struct reading *r, bool raw)
{
	struct found_one *one;

	for (size_t i = 0; i < f->n; i++) {
		one = &f->one[i];
		if (!same_text(&one->reading, r) || !same_place(&one->reading, r))
			continue;
		one->votes++;
		one->sure = one->sure || raw;
		return;
	}
	if (f->n == FOUND_MAX)
		return;
	one = &f->one[f->n++];
	one->reading = *r;
	one->votes = 1;
	one->sure = raw || checked(r);
}

bool found_doubtful(const struct found *f, size_t i)
{
	const struct found_one *mine = &f->one[i];

	for (size_t j = 0; j < f->n; j++) {
		const struct found_one *other = &f->one[j];

		if (j == i || !same_place(&mine->reading, &other->reading))
			continue;
		if (other->sure != mine->sure ? other->sure
					      : other->votes > mine->votes ||
							(other->votes == mine->votes && j < i))
			return true;
	}
	return false;
}

/* Corners are those of the modules, or nearly: a symbol is taken for a tenth larger. */
static bool on_symbol(const struct reading *r, struct corner point)
{
	struct corner m = middle(r);
	double x = (point.x - m.x) / 1.1, y = (point.y - m.y) / 1.1;
	unsigned left = 0, right = 0;

	for (unsigned i = 0; i < 4; i++) {
		const struct corner *a = &r->corner[i], *b = &r->corner[(i + 1) % 4];
		double cross = (double)(b->x - a->x) * (y - (a->y - m.y)) -
			       (double)(b->y - a->y) * (x - (a->x - m.x));

		left += cross < 0;
		right += cross > 0;
	}
	return left == 4 || right == 4;
}

bool found_covers(const struct found *f, struct corner point)
{
	for (size_t i = 0; i < f->n; i++)
		if (on_symbol(&f->one[i].reading, point))
			return true;
	return false;
}
