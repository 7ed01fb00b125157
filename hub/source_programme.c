/* The programme of a source: when its time begins, zones, places, activities, tracks, legs. */
#include "source_parts.h"
#include "zone_rules.h"

#include <stdlib.h>
#include <string.h>

enum { DAY = 86400 };

struct words words_of(const struct list_words *w)
{
	struct words out;

	for (int i = 0; i < LANGUAGES; i++)
		out.in[i] = span_of(w->in[i]);
	return out;
}

/* All of the roster's times count from here: two days before the first leg, so that a later change of
 * the programme moves nothing, and further back only where the list has an earlier time. */
int64_t gather_base_time(const struct list *l)
{
	int64_t base = INT64_MAX;

	for (size_t i = 0; i < l->event.leg_count; i++)
		if (l->event.legs[i].first < base)
			base = l->event.legs[i].first;
	for (size_t i = 0; i < l->activities_n; i++) {
		if (l->activities[i].start < base)
			base = l->activities[i].start;
		if (l->activities[i].leave_by && l->activities[i].leave_by < base)
			base = l->activities[i].leave_by;
	}
	for (size_t i = 0; i < l->meetings_n; i++)
		if (l->meetings[i].start < base)
			base = l->meetings[i].start;
	if (base == INT64_MAX)
		base = 2 * DAY;
	return (base / DAY - 2) * DAY;
}

static int64_t last_time(const struct list *l)
{
	int64_t last = 0;

	for (size_t i = 0; i < l->event.leg_count; i++)
		if (l->event.legs[i].last + DAY > last)
			last = l->event.legs[i].last + DAY;
	for (size_t i = 0; i < l->activities_n; i++)
		if (l->activities[i].end > last)
			last = l->activities[i].end;
	return last + DAY;
}

/* The number of a zone in the roster, added at its first use. */
static enum err zone_number(struct source *o, const char *name, int64_t until, uint16_t *number)
{
	struct source_zone *zones = GROW_ARRAY(&o->zones, struct source_zone);
	size_t n = GROW_COUNT(&o->zones, struct source_zone);

	for (size_t i = 0; i < n; i++)
		if (span_equal(zones[i].name, span_of(name))) {
			*number = (uint16_t)i;
			return OK;
		}
	struct source_zone *zone = GROW_ONE(&o->zones, struct source_zone);
	if (!zone)
		return ERR_IO;
	zone->name = span_of(name);
	*number = (uint16_t)n;
	return zone_rules(name, o->roster.base, until, &o->rules, &zone->count);
}

/* Rules were appended to one growing array: only now do they stand still. */
static void point_at_rules(struct source *o)
{
	const struct source_rule *rules = GROW_ARRAY(&o->rules, struct source_rule);
	struct source_zone *zones = GROW_ARRAY(&o->zones, struct source_zone);

	for (size_t i = 0; i < GROW_COUNT(&o->zones, struct source_zone); i++) {
		zones[i].rules = rules;
		rules += zones[i].count;
	}
}

static void open_public_places(struct source *o, const struct list *l)
{
	struct source_place *places = GROW_ARRAY(&o->places, struct source_place);

	for (size_t i = 0; i < l->activities_n; i++)
		if (l->activities[i].open_to_all)
			places[o->place_numbers[l->activities[i].place]].open_to_all = true;
	for (size_t i = 0; i < l->places_n; i++)
		if (strcmp(l->places[i].id, l->event.desk_place) == 0)
			places[o->place_numbers[i]].open_to_all = true;
}

enum err gather_places(struct source *o, const struct list *l, struct state *s)
{
	uint16_t top = 0;
	int64_t until = last_time(l);
	enum err e = OK;

	o->place_numbers = calloc(l->places_n + 1, sizeof(*o->place_numbers));
	if (!o->place_numbers)
		return ERR_IO;
	for (size_t i = 0; i < l->places_n && e == OK; i++) {
		e = state_number_of(s, true, l->places[i].id, &o->place_numbers[i]);
		if (o->place_numbers[i] >= top)
			top = (uint16_t)(o->place_numbers[i] + 1);
	}
	if (e || (top && !grow_room(&o->places, top * sizeof(struct source_place))))
		return e ? e : ERR_IO;
	for (size_t i = 0; i < l->places_n && e == OK; i++) {
		const struct list_place *p = &l->places[i];
		struct source_place *out =
			GROW_ARRAY(&o->places, struct source_place) + o->place_numbers[i];
		out->present = true;
		out->place = (struct place){.id = span_of(p->id),
			.name = span_of(p->name),
			.city = span_of(p->city),
			.room = span_of(p->room),
			.address = span_of(p->address),
			.directions = words_of(&p->directions),
			.capacity = p->capacity};
		e = zone_number(o, p->time_zone, until, &out->place.zone);
	}
	point_at_rules(o);
	open_public_places(o, l);
	return e;
}

static void gather_activity(
	const struct source *o, const struct list_activity *a, struct source_activity *out)
{
	out->present = true;
	out->activity = (struct activity){.id = span_of(a->id),
		.kind = a->kind,
		.access = a->access,
		.title = words_of(&a->title),
		.start = a->start,
		.end = a->end,
		.leave_by = a->leave_by,
		.place = o->place_numbers[a->place],
		.track = a->track,
		.capacity = a->capacity,
		.open_to_all = a->open_to_all,
		.speakers = span_of(a->speakers),
		.meeting_point = span_of(a->meeting_point),
		.dress = span_of(a->dress)};
}

enum err gather_activities(struct source *o, const struct list *l, struct state *s)
{
	uint16_t top = 0;
	enum err e = OK;

	o->activity_numbers = calloc(l->activities_n + 1, sizeof(*o->activity_numbers));
	if (!o->activity_numbers)
		return ERR_IO;
	for (size_t i = 0; i < l->activities_n && e == OK; i++) {
		e = state_number_of(s, false, l->activities[i].id, &o->activity_numbers[i]);
		if (o->activity_numbers[i] >= top)
			top = (uint16_t)(o->activity_numbers[i] + 1);
	}
	if (e || (top && !grow_room(&o->activities, top * sizeof(struct source_activity))))
		return e ? e : ERR_IO;
	for (size_t i = 0; i < l->activities_n; i++)
		gather_activity(o, &l->activities[i],
			GROW_ARRAY(&o->activities, struct source_activity) +
				o->activity_numbers[i]);
	return OK;
}

enum err gather_tracks_and_legs(struct source *o, const struct list *l)
{
	for (size_t i = 0; i < l->tracks_n; i++) {
		struct track *t = GROW_ONE(&o->tracks, struct track);
		if (!t)
			return ERR_IO;
		t->id = span_of(l->tracks[i].id);
		t->title = words_of(&l->tracks[i].title);
		memcpy(t->rgb, l->tracks[i].rgb, sizeof(t->rgb));
	}
	for (size_t i = 0; i < l->event.leg_count; i++) {
		const struct list_leg *from = &l->event.legs[i];
		struct leg *leg = GROW_ONE(&o->legs, struct leg);
		if (!leg)
			return ERR_IO;
		*leg = (struct leg){words_of(&from->name), span_of(from->city),
			span_of(from->time_zone), from->first, from->last};
	}
	return OK;
}
