/* The roster's writer, objects: what is sealed once for several people, and who may open it. */
#include "roster_build.h"

#include <stdlib.h>
#include <string.h>

enum { MAP_FIRST = 1024 };

void person_texts(const struct source_person *p, struct span out[static PERSON_TEXTS])
{
	out[0] = p->given_name;
	out[1] = p->family_name;
	out[2] = p->display_name;
	out[3] = p->organisation;
	out[4] = p->organisation_short;
	out[5] = p->function;
}

struct object *objects_at(const struct objects *o, uint32_t number)
{
	return GROW_ARRAY(&o->of[number % OBJECT_KINDS], struct object) + number / OBJECT_KINDS;
}

static size_t spread(struct span text)
{
	uint64_t h = span_hash(text);

	return (size_t)(h ^ h >> 32);
}

/* Where text stands in the map, or the empty place where it would. */
static size_t map_place(const struct objects *o, struct span text)
{
	size_t at = spread(text) & (o->text_map_n - 1);

	while (o->text_map[at]) {
		const struct object *t =
			GROW_ARRAY(&o->of[OBJECT_TEXT], struct object) + o->text_map[at] - 1;
		if (span_equal(t->text, text))
			break;
		at = (at + 1) & (o->text_map_n - 1);
	}
	return at;
}

static enum err map_grow(struct objects *o)
{
	size_t count = GROW_COUNT(&o->of[OBJECT_TEXT], struct object);

	if (count * 2 < o->text_map_n)
		return OK;
	free(o->text_map);
	o->text_map_n = o->text_map_n ? o->text_map_n * 4 : MAP_FIRST;
	o->text_map = calloc(o->text_map_n, sizeof(*o->text_map));
	if (!o->text_map)
		return ERR_IO;
	const struct object *texts = GROW_ARRAY(&o->of[OBJECT_TEXT], struct object);
	for (size_t i = 0; i < count; i++)
		o->text_map[map_place(o, texts[i].text)] = (uint32_t)i + 1;
	return OK;
}

uint32_t objects_text(const struct objects *o, struct span text)
{
	return (o->text_map[map_place(o, text)] - 1) * OBJECT_KINDS + OBJECT_TEXT;
}

static enum err want_text(struct objects *o, struct span text, uint32_t *number)
{
	enum err e = map_grow(o);
	if (e)
		return e;
	size_t place = map_place(o, text);
	if (!o->text_map[place]) {
		struct object *new = GROW_ONE(&o->of[OBJECT_TEXT], struct object);
		if (!new)
			return ERR_IO;
		new->text = text;
		o->text_map[place] = (uint32_t)GROW_COUNT(&o->of[OBJECT_TEXT], struct object);
	}
	*number = (o->text_map[place] - 1) * OBJECT_KINDS + OBJECT_TEXT;
	return OK;
}

/* Person p reads the object too; once, however often she refers to it. */
static enum err want(
	struct objects *o, const struct source_person *p, size_t first, uint32_t number)
{
	const uint8_t *refs = o->refs.p;
	size_t n = o->refs.n / 4;
	uint8_t generation[4];

	for (size_t i = first; i < n; i++)
		if (load_u32(refs + i * 4) == number)
			return OK;
	if (n - first >= VISIT_OBJECTS)
		return ERR_FULL;
	grow_u32(&o->refs, number);
	struct object *object = objects_at(o, number);
	if (!object->wanted)
		seal_hash_init(&object->readers, (struct span){0}, SEAL_KEY);
	object->wanted = true;
	seal_hash_add(&object->readers, p->handle, HANDLE);
	store_u32(generation, p->generation);
	seal_hash_add(&object->readers, generation, sizeof(generation));
	return o->refs.failed ? ERR_IO : OK;
}

/* The objects of a day, as they are met. */
struct readings {
	struct source_reading *at;
	size_t n;
};

static enum err read_one(struct readings *r, bool place, uint16_t number)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->at[i].place == place && r->at[i].number == number)
			return OK;
	if (r->n == VISIT_OBJECTS)
		return ERR_FULL;
	r->at[r->n++] = (struct source_reading){place, number};
	return OK;
}

static enum err read_place(struct readings *r, const struct roster_source *s, uint16_t place)
{
	if (place >= s->place_count || !s->places[place].present)
		return ERR_FORMAT;
	if (s->places[place].open_to_all)
		return OK;
	return read_one(r, true, place);
}

enum err roster_readings(const struct roster_source *s, size_t i,
	struct source_reading out[static VISIT_OBJECTS], size_t *n)
{
	const struct source_person *p = &s->people[i];
	struct readings r = {.at = out};
	enum err e = OK;

	*n = 0;
	for (size_t b = 0; b < p->booking_count && e == OK; b++) {
		uint16_t number = p->bookings[b].activity;
		if (number >= s->activity_count || !s->activities[number].present)
			return ERR_FORMAT;
		const struct activity *a = &s->activities[number].activity;
		if (a->open_to_all)
			continue;
		e = read_one(&r, false, number);
		if (e == OK)
			e = read_place(&r, s, a->place);
	}
	for (size_t m = 0; m < p->meeting_count && e == OK; m++)
		e = read_place(&r, s, p->meetings[m].place);
	*n = r.n;
	return e;
}

static enum err collect_day(struct objects *o, const struct roster_source *s, size_t i)
{
	struct source_reading all[VISIT_OBJECTS];
	size_t n;

	enum err e = roster_readings(s, i, all, &n);
	for (size_t k = 0; k < n && e == OK; k++)
		e = want(o, &s->people[i], o->person[i].first,
			all[k].number * OBJECT_KINDS +
				(all[k].place ? OBJECT_PLACE : OBJECT_ACTIVITY));
	return e;
}

/* The longest text that still stands in the card and is worth moving, or -1. */
static int longest_text(const struct span *texts, uint8_t moved)
{
	int longest = -1;

	for (int t = 0; t < PERSON_TEXTS; t++)
		if (!(moved & 1 << t) && texts[t].n >= TEXT_MOVED_LEAST &&
			(longest < 0 || texts[t].n > texts[longest].n))
			longest = t;
	return longest;
}

static enum err collect_texts(struct objects *o, const struct roster_source *s, size_t i)
{
	struct span texts[PERSON_TEXTS];
	struct object_refs *refs = &o->person[i];

	person_texts(&s->people[i], texts);
	for (;;) {
		struct sink k = sink_on(NULL, 0);
		uint32_t number;
		refs->day = o->refs.n / 4;
		write_card(&k, s, o, i);
		int t = k.n > CARD_BYTES_AIM ? longest_text(texts, refs->moved) : -1;
		if (t < 0)
			return OK;
		enum err e = want_text(o, texts[t], &number);
		if (e == OK)
			e = want(o, &s->people[i], refs->first, number);
		if (e)
			return e;
		refs->moved |= (uint8_t)(1 << t);
	}
}

static enum err collect_person(struct objects *o, const struct roster_source *s, size_t i)
{
	struct object_refs *refs = &o->person[i];

	refs->first = o->refs.n / 4;
	enum err e = collect_texts(o, s, i);
	if (e == OK)
		e = collect_day(o, s, i);
	refs->end = o->refs.n / 4;
	return e;
}

/* A text's key is bound to the text and to everybody who may open it. */
static void derive_text_key(const struct roster_source *s, struct object *object)
{
	uint8_t readers[SEAL_KEY], number[4];
	struct seal_hash h;

	seal_hash_done(&object->readers, readers);
	seal_hash_init(&h, (struct span){s->keys.object, SEAL_KEY}, SEAL_RECORD_KEY);
	seal_hash_add(&h, readers, sizeof(readers));
	store_u32(number, UINT32_MAX);
	seal_hash_add(&h, number, sizeof(number));
	seal_hash_add(&h, object->text.p, object->text.n);
	seal_hash_done(&h, object->key);
}

/* That of an activity or place has many readers: it stays when one more comes, or the day box of each
 * would be another. */
static void derive_key(
	const struct roster_source *s, uint32_t number, uint32_t epoch, struct object *object)
{
	uint8_t bytes[8];

	store_u32(bytes, number);
	store_u32(bytes + 4, epoch);
	seal_hash((struct span){s->keys.object, SEAL_KEY}, (struct span){bytes, sizeof(bytes)},
		object->key, SEAL_RECORD_KEY);
}

static void derive_keys(struct objects *o, const struct roster_source *s, unsigned kind)
{
	struct object *objects = GROW_ARRAY(&o->of[kind], struct object);

	for (uint32_t i = 0; i < GROW_COUNT(&o->of[kind], struct object); i++) {
		uint32_t number = i * OBJECT_KINDS + kind;
		if (!objects[i].wanted)
			continue;
		if (kind == OBJECT_TEXT)
			derive_text_key(s, &objects[i]);
		else if (kind == OBJECT_ACTIVITY)
			derive_key(s, number, s->activities[i].epoch, &objects[i]);
		else
			derive_key(s, number, s->places[i].epoch, &objects[i]);
	}
}

/* Sealed also while nobody may open it, so that it can be told from one that was taken out. */
static void want_activities(struct objects *o, const struct roster_source *s)
{
	for (size_t i = 0; i < s->activity_count; i++) {
		const struct source_activity *a = &s->activities[i];
		if (a->present && !a->activity.open_to_all)
			GROW_ARRAY(&o->of[OBJECT_ACTIVITY], struct object)[i].wanted = true;
	}
}

enum err objects_collect(
	struct objects *o, const struct roster_source *s, struct roster_fault *fault)
{
	*o = (struct objects){0};
	(void)grow_room(&o->of[OBJECT_ACTIVITY], s->activity_count * sizeof(struct object));
	(void)grow_room(&o->of[OBJECT_PLACE], s->place_count * sizeof(struct object));
	o->person = calloc(s->person_count + 1, sizeof(*o->person));
	enum err e = o->person && !o->of[OBJECT_ACTIVITY].failed && !o->of[OBJECT_PLACE].failed
			     ? OK
			     : ERR_IO;
	for (size_t i = 0; i < s->person_count && e == OK; i++) {
		e = collect_person(o, s, i);
		if (e)
			*fault = (struct roster_fault){
				(int64_t)i, "too much to keep keys for, or a wrong reference"};
	}
	if (e == OK)
		want_activities(o, s);
	for (unsigned kind = 0; kind < OBJECT_KINDS && e == OK; kind++)
		derive_keys(o, s, kind);
	return e;
}

void objects_free(struct objects *o)
{
	for (unsigned kind = 0; kind < OBJECT_KINDS; kind++)
		grow_free(&o->of[kind]);
	grow_free(&o->refs);
	free(o->person);
	free(o->text_map);
	*o = (struct objects){0};
}
