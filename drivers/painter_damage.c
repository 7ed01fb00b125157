/* What changed from one draw list to the next, as few rectangles. */
#include "painter_inside.h"

#include <string.h>

/* Offsets are left out: a longer text before this one moves them and changes nothing to see. */
static bool same(const struct draw *a, const struct draw_command *c, const struct draw *b,
	const struct draw_command *d)
{
	return c->op == d->op && memcmp(&c->at, &d->at, sizeof(c->at)) == 0 && c->ink == d->ink &&
	       c->border == d->border && c->edge == d->edge && c->radius == d->radius &&
	       memcmp(&c->style, &d->style, sizeof(c->style)) == 0 &&
	       span_equal(draw_text_of(a, c), draw_text_of(b, d));
}

struct rect_list {
	struct rect *rects;
	size_t n;
	int32_t width, height;
};

static struct rect join(struct rect a, struct rect b)
{
	int32_t x = a.x < b.x ? a.x : b.x, y = a.y < b.y ? a.y : b.y;
	int32_t right = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w;
	int32_t bottom = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;

	return (struct rect){x, y, right - x, bottom - y};
}

static int64_t area(struct rect r)
{
	return (int64_t)r.w * r.h;
}

/* What joining costs in pixels painted for nothing; below 0 where the two overlap enough. */
static int64_t waste(struct rect a, struct rect b)
{
	return area(join(a, b)) - area(a) - area(b);
}

/* The rectangle that r joins most cheaply; n, if it had better stand alone. */
static size_t partner(const struct rect_list *l, struct rect r)
{
	size_t best = l->n;
	int64_t least = l->n < PAINTER_RECTS ? 1 : INT64_MAX;

	for (size_t i = 0; i < l->n; i++)
		if (waste(l->rects[i], r) < least) {
			least = waste(l->rects[i], r);
			best = i;
		}
	return best;
}

static int32_t clamp(int64_t v, int32_t max)
{
	return v < 0 ? 0 : v > max ? max : (int32_t)v;
}

static void add(struct rect_list *l, const struct draw_command *c)
{
	int64_t more = c->op == DRAW_TEXT ? TEXT_OUTSIDE : 0;
	int32_t x = clamp(c->at.x - more, l->width), y = clamp(c->at.y - more, l->height);
	int32_t right = clamp((int64_t)c->at.x + c->at.w + more, l->width);
	int32_t bottom = clamp((int64_t)c->at.y + c->at.h + more, l->height);
	struct rect r = {x, y, right - x, bottom - y};

	if (c->op == DRAW_REGION || r.w <= 0 || r.h <= 0)
		return;
	for (size_t i = partner(l, r); i < l->n; i = partner(l, r)) {
		/* A joined rectangle may now meet others: take it out and look again. */
		r = join(l->rects[i], r);
		l->rects[i] = l->rects[--l->n];
	}
	l->rects[l->n++] = r;
}

/* The next command from *i on that is painted. */
static const struct draw_command *next(const struct draw *d, size_t *i)
{
	while (*i < d->n && d->commands[*i].op == DRAW_REGION)
		++*i;
	return *i < d->n ? &d->commands[*i] : NULL;
}

static size_t visible(const struct draw *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->n; i++)
		n += d->commands[i].op != DRAW_REGION;
	return n;
}

static size_t same_head(const struct draw *a, const struct draw *b, size_t *i, size_t *k)
{
	const struct draw_command *c = NULL, *d = NULL;
	size_t n = 0;

	for (*i = *k = 0; (c = next(a, i)) != NULL && (d = next(b, k)) != NULL; n++, ++*i, ++*k)
		if (!same(a, c, b, d))
			break;
	return n;
}

/* Ends of the two lists once what is the same at their tails is left out. At most max. */
static void same_tail(const struct draw *a, const struct draw *b, size_t *i, size_t *k, size_t max)
{
	size_t n = 0;

	for (*i = a->n, *k = b->n; n < max; n++) {
		while (*i > 0 && a->commands[*i - 1].op == DRAW_REGION)
			--*i;
		while (*k > 0 && b->commands[*k - 1].op == DRAW_REGION)
			--*k;
		if (*i == 0 || *k == 0 || !same(a, &a->commands[*i - 1], b, &b->commands[*k - 1]))
			return;
		--*i;
		--*k;
	}
}

size_t painter_damage(const struct draw *before, const struct draw *after, int32_t width,
	int32_t height, struct rect out[PAINTER_RECTS])
{
	struct rect_list l = {out, 0, width, height};
	size_t i = 0, k = 0, i_end = 0, k_end = 0, head = 0, a = 0, b = 0;

	if (before == NULL) {
		out[0] = (struct rect){0, 0, width, height};
		return 1;
	}
	head = same_head(before, after, &i, &k);
	a = visible(before) - head;
	b = visible(after) - head;
	same_tail(before, after, &i_end, &k_end, a < b ? a : b);
	while (i < i_end || k < k_end) {
		const struct draw_command *c = i < i_end ? next(before, &i) : NULL;
		const struct draw_command *d = k < k_end ? next(after, &k) : NULL;

		c = i < i_end ? c : NULL;
		d = k < k_end ? d : NULL;
		if (c == NULL || d == NULL || !same(before, c, after, d)) {
			if (c != NULL)
				add(&l, c);
			if (d != NULL)
				add(&l, d);
		}
		i++;
		k++;
	}
	return l.n;
}
