/* The fold: who is in which room, and what everybody is told. */
#include "fold_inside.h"

#include "staff.h"

#include <stdlib.h>
#include <string.h>

static bool is_at(const struct slot *s, uint16_t activity)
{
	bool door = s->kind == EVENT_ENTERED || s->kind == EVENT_LEFT || s->kind == EVENT_OVERRIDE;

	return door && s->activity == activity && fold_counts(s);
}

/* Slots stand in order, so the last one says where she is. */
void fold_attend(const struct person *p, uint16_t activity, struct fold_attendance *out)
{
	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < p->n; i++) {
		const struct slot *s = p->slots[i];
		if (!is_at(s, activity))
			continue;
		if (s->kind == EVENT_OVERRIDE) {
			out->overrides++;
			continue;
		}
		out->inside = s->kind == EVENT_ENTERED;
		out->last_ms = s->wall_ms;
		if (out->inside && !out->entered)
			out->first_ms = s->wall_ms;
		out->entered |= out->inside;
		out->in += out->inside;
		out->out += !out->inside;
	}
}

static bool is_empty(const struct fold_attendance *a)
{
	return a->in + a->out + a->overrides == 0;
}

enum err fold_attendance(const struct fold *f, const uint8_t person[static EVENT_PERSON],
	uint16_t activity, struct fold_attendance *out)
{
	const struct person *p = fold_person_at(f, person);

	memset(out, 0, sizeof(*out));
	if (p)
		fold_attend(p, activity, out);
	return is_empty(out) ? ERR_ABSENT : OK;
}

void fold_activity(const struct fold *f, uint16_t activity, struct fold_activity *out)
{
	struct fold_attendance a;

	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < f->people.cap; i++) {
		if (!f->people.at[i])
			continue;
		fold_attend(f->people.at[i], activity, &a);
		out->entered += a.entered;
		out->inside += a.inside;
		out->overrides += a.overrides > 0;
		out->last_ms = a.last_ms > out->last_ms ? a.last_ms : out->last_ms;
	}
}

struct passage {
	struct slot *slot;
	size_t place; /* in her order */
};

static int by_activity(const void *a, const void *b)
{
	const struct passage *x = a, *y = b;

	if (x->slot->activity != y->slot->activity)
		return x->slot->activity < y->slot->activity ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

static void write_attendance(const struct fold_attendance *a, uint16_t activity, struct sink *k)
{
	sink_u8(k, 1);
	sink_u16(k, activity);
	sink_u8(k, a->inside);
	sink_u64(k, (uint64_t)a->first_ms);
	sink_u64(k, (uint64_t)a->last_ms);
	sink_varint(k, a->in);
	sink_varint(k, a->out);
	sink_varint(k, a->overrides);
}

void fold_write_activities(const struct person *p, struct sink *k)
{
	struct passage *passages = calloc(p->n + 1, sizeof(*passages));
	struct slot **slots = calloc(p->n + 1, sizeof(*slots));
	struct fold_attendance a;
	size_t n = 0;

	k->full |= !passages || !slots;
	for (size_t i = 0; i < p->n && !k->full; i++)
		if (is_at(p->slots[i], p->slots[i]->activity))
			passages[n++] = (struct passage){p->slots[i], i};
	if (n > 0)
		qsort(passages, n, sizeof(*passages), by_activity);
	for (size_t i = 0; i < n; i++)
		slots[i] = passages[i].slot;
	for (size_t i = 0, many; i < n; i += many) {
		uint16_t activity = slots[i]->activity;
		for (many = 1; i + many < n && slots[i + many]->activity == activity; many++)
			;
		fold_attend(&(struct person){.slots = slots + i, .n = many}, activity, &a);
		write_attendance(&a, activity, k);
	}
	sink_u8(k, 0);
	free(passages);
	free(slots);
}

/* Of two signed in one instant the greater signature is later, here as on every board. */
static bool is_later(const struct staff_said *a, const struct staff_said *b)
{
	if (a->at_ms != b->at_ms)
		return a->at_ms > b->at_ms;
	return memcmp(a->signature, b->signature, SEAL_SIGNATURE) > 0;
}

/* The last of those before `before`, or of all where that is NULL; false if there is none. */
static bool last_before(
	const struct fold *f, const struct staff_said *before, struct staff_said *last)
{
	bool any = false;

	for (size_t i = 0; i < f->nobody.n; i++) {
		struct staff_said said;
		const struct slot *s = f->nobody.slots[i];
		if (!s->believed || staff_read(s->said, &said) != OK)
			continue;
		if (before && !is_later(before, &said))
			continue;
		if (!any || is_later(&said, last))
			*last = said;
		any = true;
	}
	return any;
}

/* Was it taken back, in any of the events that say it? */
static bool is_undone(const struct fold *f, const struct staff_said *wanted)
{
	for (size_t i = 0; i < f->nobody.n; i++) {
		struct staff_said said;
		const struct slot *s = f->nobody.slots[i];
		if (s->believed && !fold_counts(s) && staff_read(s->said, &said) == OK &&
			memcmp(said.signature, wanted->signature, SEAL_SIGNATURE) == 0)
			return true;
	}
	return false;
}

/* One walk for each that was undone: however often a board repeats what was said, it cannot sign more. */
enum err fold_emergency(const struct fold *f, struct fold_emergency *out)
{
	struct staff_said last, before;

	*out = (struct fold_emergency){0};
	bool any = last_before(f, NULL, &last);
	out->newest_ms = any ? last.at_ms : 0;
	while (any && is_undone(f, &last)) {
		before = last;
		any = last_before(f, &before, &last);
	}
	if (!any || last.said.n == 0)
		return ERR_ABSENT;
	out->said = last.said;
	out->since_ms = last.at_ms;
	return OK;
}
