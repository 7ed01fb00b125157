/* The fold: the set of events, and each person's part of it. */
#include "fold_inside.h"

#include "journal.h"
#include "staff.h"

#include <stdlib.h>
#include <string.h>

uint64_t fold_mix(uint64_t v)
{
	/* The finaliser of splitmix64. */
	v = (v ^ v >> 30) * 0xbf58476d1ce4e5b9u;
	v = (v ^ v >> 27) * 0x94d049bb133111ebu;
	return v ^ v >> 31;
}

static uint64_t id_hash(const struct event_id *id)
{
	return fold_mix(load_u64(id->board) ^ fold_mix((uint64_t)id->epoch << 40 ^ id->seq));
}

static uint64_t slot_hash(const void *entry)
{
	return id_hash(&((const struct slot *)entry)->id);
}

static uint64_t person_hash(const void *entry)
{
	return fold_mix(load_u64(((const struct person *)entry)->handle));
}

void fold_table_place(struct table *t, uint64_t hash, void *entry)
{
	size_t i = hash & (t->cap - 1);

	while (t->at[i])
		i = (i + 1) & (t->cap - 1);
	t->at[i] = entry;
}

enum err fold_table_reserve(struct table *t, fold_hash *hash)
{
	if (t->n < t->cap / 4 * 3)
		return OK;
	struct table more = {.cap = t->cap ? t->cap * 2 : 64, .n = t->n};
	more.at = calloc(more.cap, sizeof(*more.at));
	if (!more.at)
		return ERR_IO;
	for (size_t i = 0; i < t->cap; i++)
		if (t->at[i])
			fold_table_place(&more, hash(t->at[i]), t->at[i]);
	free(t->at);
	*t = more;
	return OK;
}

static struct slot *find_slot(const struct fold *f, const struct event_id *id)
{
	const struct table *t = &f->slots;

	for (size_t i = id_hash(id); t->cap > 0; i++) {
		struct slot *s = t->at[i & (t->cap - 1)];
		if (!s || event_id_compare(&s->id, id) == 0)
			return s;
	}
	return NULL;
}

struct person *fold_person_at(const struct fold *f, const uint8_t handle[static EVENT_PERSON])
{
	const struct table *t = &f->people;

	for (size_t i = fold_mix(load_u64(handle)); t->cap > 0; i++) {
		struct person *p = t->at[i & (t->cap - 1)];
		if (!p || memcmp(p->handle, handle, EVENT_PERSON) == 0)
			return p;
	}
	return NULL;
}

static enum err need_slot(struct fold *f, const struct event_id *id, struct slot **out)
{
	*out = find_slot(f, id);
	if (*out)
		return OK;
	struct slot *s =
		fold_table_reserve(&f->slots, slot_hash) == OK ? calloc(1, sizeof(*s)) : NULL;
	if (!s)
		return ERR_IO;
	s->id = *id;
	fold_table_place(&f->slots, id_hash(id), s);
	f->slots.n++;
	*out = s;
	return OK;
}

static enum err need_person(
	struct fold *f, const uint8_t handle[static EVENT_PERSON], struct person **out)
{
	struct person *p = fold_person_at(f, handle);

	if (!p) {
		p = fold_table_reserve(&f->people, person_hash) == OK ? calloc(1, sizeof(*p))
								      : NULL;
		if (!p)
			return ERR_IO;
		memcpy(p->handle, handle, EVENT_PERSON);
		fold_table_place(&f->people, person_hash(p), p);
		f->people.n++;
	}
	*out = p;
	return OK;
}

static enum err need_seat(struct fold *f, const struct event *e)
{
	struct person *p = &f->nobody;

	if (!fold_is_seated(e->kind, e->person))
		return OK;
	if (e->kind != EVENT_EMERGENCY && need_person(f, e->person, &p) != OK)
		return ERR_IO;
	if (p->n < p->cap)
		return OK;
	size_t cap = p->cap ? p->cap * 2 : 4;
	struct slot **more = reallocarray(p->slots, cap, sizeof(*more));
	if (!more)
		return ERR_IO;
	p->slots = more;
	p->cap = cap;
	return OK;
}

enum err fold_saw(struct fold *f, const uint8_t person[static EVENT_PERSON], uint32_t issue)
{
	struct person *p;
	enum err e = need_person(f, person, &p);

	if (e == OK && p->seen_issue < issue)
		p->seen_issue = issue;
	return e;
}

bool fold_is_seated(unsigned kind, const uint8_t person[static EVENT_PERSON])
{
	static const uint8_t nobody[EVENT_PERSON];
	bool about = (kind >= EVENT_ARRIVED && kind <= EVENT_CORRECTION_ASKED) ||
		     kind == EVENT_REVOKED || kind == EVENT_OVERRIDE || kind == EVENT_LATE;

	return kind == EVENT_EMERGENCY || (about && memcmp(person, nobody, EVENT_PERSON) != 0);
}

static struct person *seat_of(struct fold *f, const struct slot *s)
{
	return s->kind == EVENT_EMERGENCY ? &f->nobody : fold_person_at(f, s->person);
}

/* event_compare without the parts that are not kept. */
static bool in_order(const struct slot *a, const struct slot *b)
{
	if (a->trusted != b->trusted)
		return a->trusted;
	if (a->wall_ms != b->wall_ms)
		return a->wall_ms < b->wall_ms;
	return event_id_compare(&a->id, &b->id) < 0;
}

static size_t rank(const struct person *p, const struct slot *s)
{
	size_t low = 0, high = p->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (in_order(p->slots[middle], s))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Memory was taken before: from here on nothing fails. */
void fold_seat(struct fold *f, struct slot *s)
{
	struct person *p = seat_of(f, s);
	size_t at = rank(p, s);

	memmove(p->slots + at + 1, p->slots + at, (p->n - at) * sizeof(*p->slots));
	p->slots[at] = s;
	p->n++;
}

void fold_unseat(struct fold *f, struct slot *s)
{
	struct person *p = seat_of(f, s);
	size_t at = rank(p, s);

	p->n--;
	memmove(p->slots + at, p->slots + at + 1, (p->n - at) * sizeof(*p->slots));
}

static void attach(struct fold *f, struct slot *s)
{
	if (s->kind == EVENT_UNDO)
		fold_undo_enter(f, s, find_slot(f, &s->target));
	fold_boot_enter(f, s);
	if (fold_is_seated(s->kind, s->person))
		fold_seat(f, s);
}

static void detach(struct fold *f, struct slot *s)
{
	if (fold_is_seated(s->kind, s->person))
		fold_unseat(f, s);
	fold_boot_leave(f, s);
	if (s->kind == EVENT_UNDO)
		fold_undo_leave(f, s, find_slot(f, &s->target));
}

/* The id that a badge job is named by: its first event's. */
static const struct event_id *job_of(const struct event *e)
{
	bool own = e->kind == EVENT_BADGE_PREPARED || e->target.epoch == 0;

	return own ? &e->id : &e->target;
}

static bool is_about_a_job(const struct event *e)
{
	return e->kind >= EVENT_BADGE_PREPARED && e->kind <= EVENT_BADGE_FAILED;
}

static void take(struct slot *s, const struct event *e, struct event *said, struct boot *boot)
{
	s->target = e->target;
	s->wall_ms = s->said_wall_ms = e->wall_ms;
	s->boot_ms = e->boot_ms;
	s->offset_ms = e->kind == EVENT_CLOCK ? (int64_t)load_u64(e->payload) : 0;
	s->boot = boot;
	memcpy(s->person, e->person, EVENT_PERSON);
	memcpy(s->hash, e->hash, EVENT_HASH);
	s->issue = e->issue;
	s->kind = e->kind;
	s->activity = e->activity;
	s->trusted = e->trusted;
	s->there = true;
	s->needs = staff_rights_for(e);
	free(s->said);
	s->said = said;
}

enum err fold_add(struct fold *f, const struct event *e)
{
	struct slot *s, *target, *job = NULL;
	struct boot *boot = NULL;
	struct event *said = NULL;
	bool conflict = false;

	enum err err = need_slot(f, &e->id, &s);
	if (err == OK && s->there) {
		int order = memcmp(e->hash, s->hash, EVENT_HASH);
		conflict = order != 0;
		if (order >= 0)
			return conflict ? ERR_FORGED : OK;
	}
	if (err == OK && e->kind == EVENT_UNDO)
		err = need_slot(f, &e->target, &target);
	if (err == OK && is_about_a_job(e))
		err = need_slot(f, job_of(e), &job);
	if (err == OK)
		err = need_seat(f, e);
	if (err == OK)
		err = fold_boot_need(f, e, &boot);
	if (err == OK)
		err = fold_said_copy(e, &said);
	if (err != OK)
		return err;
	if (conflict)
		detach(f, s);
	take(s, e, said, boot);
	s->job = job;
	fold_judge_slot(f, s);
	attach(f, s);
	return conflict ? ERR_FORGED : OK;
}

enum err fold_add_journal(struct fold *f, struct journal *j)
{
	enum { BATCH = 64 };
	struct event *events = calloc(BATCH, sizeof(*events));
	struct event_id after = {0};
	enum err e = events ? OK : ERR_IO, conflict = OK;
	size_t n = BATCH;

	while (e == OK && n == BATCH) {
		e = journal_read(j, &after, events, BATCH, &n);
		for (size_t i = 0; i < n && e == OK; i++) {
			e = fold_add(f, &events[i]);
			if (e == ERR_FORGED) {
				conflict = e;
				e = OK;
			}
			after = events[i].id;
		}
	}
	free(events);
	return e == OK ? conflict : e;
}

enum err fold_look(const struct fold *f, const struct event_id *id, struct fold_arrival *out)
{
	const struct slot *s = find_slot(f, id);

	*out = (struct fold_arrival){0};
	if (!s || !s->there)
		return ERR_ABSENT;
	*out = (struct fold_arrival){.id = s->id, .wall_ms = s->wall_ms, .trusted = s->trusted};
	if (!s->believed)
		return ERR_DENIED;
	return fold_counts(s) ? OK : ERR_EXPIRED;
}

enum err fold_open(struct fold **out)
{
	*out = calloc(1, sizeof(**out));
	return *out ? OK : ERR_IO;
}

void fold_close(struct fold *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < f->people.cap; i++) {
		struct person *p = f->people.at[i];
		free(p ? p->slots : NULL);
		free(p);
	}
	for (size_t i = 0; i < f->slots.cap; i++) {
		struct slot *s = f->slots.at[i];
		free(s ? s->said : NULL);
		free(s);
	}
	free(f->nobody.slots);
	fold_boots_free(f);
	free(f->people.at);
	free(f->slots.at);
	free(f);
}
