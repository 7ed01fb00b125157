/* The roster's writer, tables: the public programme, and the sealed objects beside it. */
#include "paper.h"
#include "roster_build.h"

#include <stdlib.h>
#include <string.h>

enum { MINUTE = 60, OFFSET_ZERO = 1440, RECORD_MAX = 16 * 1024 };

/* A table under construction: ends first, then the records. */
struct table {
	struct grow ends, bytes;
	bool too_long;
};

static void add_record(struct table *t, const void *p, size_t n)
{
	grow_bytes(&t->bytes, p, n);
	grow_u32(&t->ends, (uint32_t)t->bytes.n);
}

static void add_sink(struct table *t, const struct sink *k)
{
	if (k->full)
		t->too_long = true;
	add_record(t, k->p, k->n);
}

static enum err close_table(struct table *t, struct grow *section, uint32_t *count)
{
	*count = (uint32_t)(t->ends.n / 4);
	grow_bytes(section, t->ends.p, t->ends.n);
	grow_bytes(section, t->bytes.p, t->bytes.n);
	bool failed =
		t->ends.failed || t->bytes.failed || section->failed || t->bytes.n > UINT32_MAX;
	grow_free(&t->ends);
	grow_free(&t->bytes);
	return failed ? ERR_IO : t->too_long ? ERR_FULL : OK;
}

static void put_words(struct sink *k, const struct words *w)
{
	for (int i = 0; i < LANGUAGES; i++)
		sink_text(k, w->in[i]);
}

static void put_minutes(struct sink *k, const struct roster_source *s, int64_t t)
{
	sink_varint(k, t < s->base ? 0 : (uint64_t)(t - s->base) / MINUTE);
}

static void add_event(
	struct table *t, const struct roster_source *s, uint32_t card_bytes, uint8_t *room)
{
	struct sink k = sink_on(room, RECORD_MAX);

	put_words(&k, &s->name);
	sink_text(&k, s->id);
	sink_u64(&k, (uint64_t)s->base);
	sink_u8(&k, s->demo);
	sink_varint(&k, card_bytes);
	sink_text(&k, s->desk_place);
	sink_varint(&k, s->lease_amber_min);
	sink_varint(&k, s->lease_withhold_min);
	sink_bytes(&k, s->delegation + SEAL_PUBLIC, SEAL_PUBLIC);
	add_sink(t, &k);
}

static void add_legs(struct table *t, const struct roster_source *s, uint8_t *room)
{
	for (size_t i = 0; i < s->leg_count; i++) {
		struct sink k = sink_on(room, RECORD_MAX);
		put_words(&k, &s->legs[i].name);
		sink_text(&k, s->legs[i].city);
		sink_text(&k, s->legs[i].zone);
		put_minutes(&k, s, s->legs[i].first);
		put_minutes(&k, s, s->legs[i].last);
		add_sink(t, &k);
	}
}

static void add_zones(struct table *t, const struct roster_source *s, uint8_t *room)
{
	for (size_t i = 0; i < s->zone_count; i++) {
		struct sink k = sink_on(room, RECORD_MAX);
		sink_text(&k, s->zones[i].name);
		sink_varint(&k, s->zones[i].count);
		for (size_t n = 0; n < s->zones[i].count; n++) {
			put_minutes(&k, s, s->zones[i].rules[n].from);
			sink_varint(&k, (uint64_t)(s->zones[i].rules[n].minutes + OFFSET_ZERO));
			sink_text(&k, s->zones[i].rules[n].abbreviation);
		}
		add_sink(t, &k);
	}
}

static void add_tracks(struct table *t, const struct roster_source *s, uint8_t *room)
{
	for (size_t i = 0; i < s->track_count; i++) {
		struct sink k = sink_on(room, RECORD_MAX);
		sink_text(&k, s->tracks[i].id);
		put_words(&k, &s->tracks[i].title);
		sink_bytes(&k, s->tracks[i].rgb, 3);
		add_sink(t, &k);
	}
}

static void add_places(struct table *t, const struct roster_source *s, uint8_t *room)
{
	for (size_t i = 0; i < s->place_count; i++) {
		struct sink k = sink_on(room, RECORD_MAX);
		if (s->places[i].present && s->places[i].open_to_all)
			write_place(&k, &s->places[i].place);
		add_sink(t, &k);
	}
}

static void add_activities(struct table *t, const struct roster_source *s, uint8_t *room)
{
	for (size_t i = 0; i < s->activity_count; i++) {
		struct sink k = sink_on(room, RECORD_MAX);
		if (s->activities[i].present && s->activities[i].activity.open_to_all)
			write_activity(&k, s, &s->activities[i].activity);
		add_sink(t, &k);
	}
}

static void add_files(struct table *t, const struct roster_source *s)
{
	for (size_t i = 0; i < s->file_count; i++) {
		struct sink count = sink_on(NULL, 0);
		sink_text(&count, s->files[i].name);
		uint8_t *room = grow_room(&t->bytes, count.n);
		struct sink k = sink_on(room, room ? count.n : 0);
		if (room)
			sink_text(&k, s->files[i].name);
		add_record(t, s->files[i].bytes.p, s->files[i].bytes.n);
	}
}

static void write_object(
	struct sink *k, const struct roster_source *s, const struct object *o, uint32_t number)
{
	uint8_t record[RECORD_MAX];
	struct sink inner = sink_on(record, sizeof(record));
	uint32_t i = number / OBJECT_KINDS;

	if (number % OBJECT_KINDS == OBJECT_ACTIVITY)
		write_activity(&inner, s, &s->activities[i].activity);
	else if (number % OBJECT_KINDS == OBJECT_PLACE)
		write_place(&inner, &s->places[i].place);
	else
		sink_bytes(&inner, o->text.p, o->text.n);
	sink_text(k, (struct span){record, inner.n});
	if (inner.full)
		k->full = true;
}

static void add_objects(
	struct table *t, const struct roster_source *s, const struct objects *o, uint8_t *room)
{
	uint8_t event[ROSTER_EVENT], ad[OBJECT_AD];
	size_t most = 0;

	for (unsigned kind = 0; kind < OBJECT_KINDS; kind++)
		if (GROW_COUNT(&o->of[kind], struct object) > most)
			most = GROW_COUNT(&o->of[kind], struct object);
	paper_event(s->delegation, event);
	for (uint32_t number = 0; number < most * OBJECT_KINDS; number++) {
		struct sink k = sink_on(room, OBJECT_MAX);
		bool there = number / OBJECT_KINDS <
			     GROW_COUNT(&o->of[number % OBJECT_KINDS], struct object);
		if (there && objects_at(o, number)->wanted) {
			write_object(&k, s, objects_at(o, number), number);
			sink_fill(&k, 0, (OBJECT_UNIT - k.n % OBJECT_UNIT) % OBJECT_UNIT);
			uint8_t *box = grow_room(&t->bytes, k.n + SEAL_OVERHEAD);
			roster_object_ad(event, number, ad);
			if (box)
				seal_box(objects_at(o, number)->key, (struct span){ad, sizeof(ad)},
					(struct span){room, k.n}, box);
		}
		t->too_long |= k.full;
		add_record(t, NULL, 0);
	}
}

/* Start time first, so that numbers of activities at the same time keep their order. */
struct start {
	int64_t start;
	uint16_t number;
};

static int by_start(const void *a, const void *b)
{
	const struct start *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return (int)x->number - (int)y->number;
}

static enum err write_order(struct grow *section, uint32_t *count, const struct roster_source *s)
{
	struct start *list = calloc(s->activity_count + 1, sizeof(*list));
	size_t n = 0;

	if (!list)
		return ERR_IO;
	for (size_t i = 0; i < s->activity_count; i++)
		if (s->activities[i].present && s->activities[i].activity.open_to_all)
			list[n++] = (struct start){s->activities[i].activity.start, (uint16_t)i};
	qsort(list, n, sizeof(*list), by_start);
	for (size_t i = 0; i < n; i++) {
		uint8_t b[2];
		store_u16(b, list[i].number);
		grow_bytes(section, b, sizeof(b));
	}
	*count = (uint32_t)n;
	free(list);
	return section->failed ? ERR_IO : OK;
}

enum err write_public(struct grow *section, uint32_t *count, const struct roster_source *s,
	const struct objects *o, uint32_t card_bytes)
{
	static const enum section_id ids[] = {SECTION_EVENT, SECTION_LEGS, SECTION_ZONES,
		SECTION_PLACES, SECTION_TRACKS, SECTION_ACTIVITIES, SECTION_OBJECTS, SECTION_FILES};
	struct table tables[ROSTER_SECTIONS] = {0};
	uint8_t *room = malloc(RECORD_MAX);

	if (!room)
		return ERR_IO;
	add_event(&tables[SECTION_EVENT], s, card_bytes, room);
	add_legs(&tables[SECTION_LEGS], s, room);
	add_zones(&tables[SECTION_ZONES], s, room);
	add_places(&tables[SECTION_PLACES], s, room);
	add_tracks(&tables[SECTION_TRACKS], s, room);
	add_activities(&tables[SECTION_ACTIVITIES], s, room);
	add_objects(&tables[SECTION_OBJECTS], s, o, room);
	add_files(&tables[SECTION_FILES], s);
	enum err e = write_order(&section[SECTION_ORDER], &count[SECTION_ORDER], s);
	for (size_t i = 0; i < COUNT(ids); i++) {
		enum err closed = close_table(&tables[ids[i]], &section[ids[i]], &count[ids[i]]);
		e = e ? e : closed;
	}
	seal_wipe(room, RECORD_MAX);
	free(room);
	return e;
}
