/* Who may open what is sealed: when somebody no longer may, its key becomes another. */
#include "source_parts.h"

#include <stdlib.h>

enum { NUMBERS = UINT16_MAX + 1 };

/* By kind and number. */
struct lost {
	bool activity[NUMBERS], place[NUMBERS];
};

static bool *lost_one(struct lost *l, const struct source_reading *r)
{
	return r->place ? &l->place[r->number] : &l->activity[r->number];
}

static bool is_among(const struct source_reading *all, size_t n, const struct source_reading *r)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].place == r->place && all[i].number == r->number)
			return true;
	return false;
}

/* What the last build let her open and this one does not, or only a new generation of her codes. */
static void compare(const struct state *s, const struct state_person *p,
	const struct source_reading *now, size_t n, struct lost *lost)
{
	const struct source_reading *before =
		GROW_ARRAY(&s->reads, struct source_reading) + p->read_first;

	for (size_t i = 0; i < p->read_n; i++)
		if (p->read_generation != p->generation || !is_among(now, n, &before[i]))
			*lost_one(lost, &before[i]) = true;
}

static enum err compare_all(
	const struct source *o, struct state *s, struct grow *reads, struct lost *lost)
{
	struct state_person *people = GROW_ARRAY(&s->people, struct state_person);
	size_t next = 0;

	for (size_t slot = 0; slot < GROW_COUNT(&s->people, struct state_person); slot++) {
		struct source_reading now[VISIT_OBJECTS];
		struct state_person *p = &people[slot];
		size_t n = 0;
		if (next < o->roster.person_count && o->roster.people[next].slot == slot) {
			enum err e = roster_readings(&o->roster, next++, now, &n);
			if (e)
				return e;
		}
		compare(s, p, now, n, lost);
		p->read_first = GROW_COUNT(reads, struct source_reading);
		p->read_n = n;
		p->read_generation = p->generation;
		grow_bytes(reads, now, n * sizeof(now[0]));
	}
	return reads->failed ? ERR_IO : OK;
}

static void raise_epochs(struct source *o, struct state *s, const struct lost *lost)
{
	struct source_place *places = GROW_ARRAY(&o->places, struct source_place);
	struct source_activity *activities = GROW_ARRAY(&o->activities, struct source_activity);
	struct state_number *numbers = GROW_ARRAY(&s->numbers, struct state_number);

	for (size_t i = 0; i < GROW_COUNT(&s->numbers, struct state_number); i++) {
		struct state_number *n = &numbers[i];
		n->epoch += n->place ? lost->place[n->number] : lost->activity[n->number];
		if (n->place && n->number < o->roster.place_count)
			places[n->number].epoch = n->epoch;
		if (!n->place && n->number < o->roster.activity_count)
			activities[n->number].epoch = n->epoch;
	}
}

enum err gather_readers(struct source *o, struct state *s)
{
	struct lost *lost = calloc(1, sizeof(*lost));
	struct grow reads = {0};

	if (!lost)
		return ERR_IO;
	enum err e = compare_all(o, s, &reads, lost);
	if (e == OK) {
		raise_epochs(o, s, lost);
		grow_free(&s->reads);
		s->reads = reads;
	} else
		grow_free(&reads);
	free(lost);
	return e;
}
