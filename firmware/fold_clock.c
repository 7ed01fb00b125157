/* The fold: signed times mend the clocks of their boots. */
#include "fold_inside.h"

#include <stdlib.h>
#include <string.h>

static uint64_t boot_hash_of(const uint8_t id[static EVENT_BOOT])
{
	return fold_mix(load_u64(id) ^ fold_mix(load_u64(id + 8)));
}

static uint64_t boot_hash(const void *entry)
{
	return boot_hash_of(((const struct boot *)entry)->id);
}

static struct boot *find_boot(const struct fold *f, const uint8_t id[static EVENT_BOOT])
{
	const struct table *t = &f->boots;

	for (size_t i = boot_hash_of(id); t->cap > 0; i++) {
		struct boot *b = t->at[i & (t->cap - 1)];
		if (!b || memcmp(b->id, id, EVENT_BOOT) == 0)
			return b;
	}
	return NULL;
}

static struct boot *make_boot(struct fold *f, const uint8_t id[static EVENT_BOOT])
{
	if (fold_table_reserve(&f->boots, boot_hash) != OK)
		return NULL;
	struct boot *b = calloc(1, sizeof(*b));
	if (!b)
		return NULL;
	memcpy(b->id, id, EVENT_BOOT);
	fold_table_place(&f->boots, boot_hash(b), b);
	f->boots.n++;
	return b;
}

static bool is_kept_by_boot(const struct event *e)
{
	static const uint8_t none[EVENT_BOOT];

	if (memcmp(e->boot, none, EVENT_BOOT) == 0)
		return false;
	if (e->kind == EVENT_CLOCK)
		return e->payload_n == sizeof(int64_t);
	return !e->trusted && fold_is_seated(e->kind, e->person);
}

enum err fold_boot_need(struct fold *f, const struct event *e, struct boot **out)
{
	*out = NULL;
	if (!is_kept_by_boot(e))
		return OK;
	struct boot *b = find_boot(f, e->boot);
	if (!b)
		b = make_boot(f, e->boot);
	if (!b)
		return ERR_IO;
	if (b->n == b->cap) {
		size_t cap = b->cap ? b->cap * 2 : 4;
		struct slot **more = reallocarray(b->slots, cap, sizeof(*more));
		if (!more)
			return ERR_IO;
		b->slots = more;
		b->cap = cap;
	}
	*out = b;
	return OK;
}

/* Foreign numbers: a sum that does not fit must be the same wrong one everywhere. */
static void mend(struct slot *s)
{
	const struct slot *clock = s->boot->clock;

	s->trusted = clock != NULL;
	s->wall_ms = clock ? (int64_t)((uint64_t)s->boot_ms + (uint64_t)clock->offset_ms)
			   : s->said_wall_ms;
}

static void choose_clock(struct fold *f, struct boot *b)
{
	const struct slot *best = NULL;

	for (size_t i = 0; i < b->n; i++) {
		const struct slot *s = b->slots[i];
		if (s->kind == EVENT_CLOCK && fold_counts(s) &&
			(!best || event_id_compare(&s->id, &best->id) < 0))
			best = s;
	}
	if (best == b->clock)
		return;
	b->clock = best;
	for (size_t i = 0; i < b->n; i++) {
		if (b->slots[i]->kind == EVENT_CLOCK)
			continue;
		fold_unseat(f, b->slots[i]);
		mend(b->slots[i]);
		fold_seat(f, b->slots[i]);
	}
}

void fold_boot_enter(struct fold *f, struct slot *s)
{
	struct boot *b = s->boot;

	if (!b)
		return;
	if (s->kind != EVENT_CLOCK)
		mend(s);
	b->slots[b->n++] = s;
	bool later = b->clock && event_id_compare(&b->clock->id, &s->id) < 0;
	if (s->kind == EVENT_CLOCK && !later)
		choose_clock(f, b);
}

void fold_boot_leave(struct fold *f, struct slot *s)
{
	struct boot *b = s->boot;
	size_t at = 0;

	if (!b)
		return;
	while (b->slots[at] != s)
		at++;
	b->slots[at] = b->slots[--b->n];
	if (s->kind == EVENT_CLOCK)
		choose_clock(f, b);
	s->boot = NULL;
}

void fold_boot_review(struct fold *f, const struct slot *s)
{
	if (s->boot && s->kind == EVENT_CLOCK)
		choose_clock(f, s->boot);
}

void fold_boots_review(struct fold *f)
{
	for (size_t i = 0; i < f->boots.cap; i++)
		if (f->boots.at[i])
			choose_clock(f, f->boots.at[i]);
}

void fold_boots_free(struct fold *f)
{
	for (size_t i = 0; i < f->boots.cap; i++) {
		struct boot *b = f->boots.at[i];
		free(b ? b->slots : NULL);
		free(b);
	}
	free(f->boots.at);
}
