/* Bytes that grow. */
#include "grow.h"

#include "seal.h"

#include <stdlib.h>
#include <string.h>

/* What was there may be secret, so the old place is wiped; realloc would not. */
static bool grow_to(struct grow *g, size_t cap)
{
	uint8_t *p = malloc(cap);

	if (!p)
		return false;
	if (g->n > 0)
		memcpy(p, g->p, g->n);
	if (g->p)
		seal_wipe(g->p, g->n);
	free(g->p);
	g->p = p;
	g->cap = cap;
	return true;
}

static uint8_t *take_room(struct grow *g, size_t n)
{
	enum { FIRST = 256 };
	size_t cap = g->cap ? g->cap : FIRST;

	while (!g->failed && n > cap - g->n) {
		if (cap > SIZE_MAX / 2)
			g->failed = true;
		cap *= 2;
	}
	if (!g->failed && cap != g->cap && !grow_to(g, cap))
		g->failed = true;
	if (g->failed)
		return NULL;
	g->n += n;
	return g->p + g->n - n;
}

uint8_t *grow_room(struct grow *g, size_t n)
{
	uint8_t *room = take_room(g, n);

	if (room)
		memset(room, 0, n);
	return room;
}

void grow_bytes(struct grow *g, const void *p, size_t n)
{
	uint8_t *room = take_room(g, n);

	if (room && n > 0)
		memcpy(room, p, n);
}

void grow_u32(struct grow *g, uint32_t v)
{
	uint8_t *room = grow_room(g, 4);

	if (room)
		store_u32(room, v);
}

void grow_align(struct grow *g, size_t unit)
{
	size_t past = g->n % unit;

	if (past)
		(void)grow_room(g, unit - past);
}

void grow_free(struct grow *g)
{
	if (g->p)
		seal_wipe(g->p, g->n);
	free(g->p);
	*g = (struct grow){0};
}
