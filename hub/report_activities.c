/* Who came: activity by activity. */
#include "report_inside.h"
#include "source.h"
#include "zone.h"

static json_t *describe(const struct reporting *r, const struct list_activity *a)
{
	static const enum language order[] = {LANGUAGE_EN, LANGUAGE_FR, LANGUAGE_NL, LANGUAGE_DE};
	const struct list *l = &r->census->folder->list;
	const struct list_place *place = a->place >= 0 ? &l->places[a->place] : NULL;
	const char *title = "";
	char iso[ZONE_ISO];

	for (size_t i = 0; i < COUNT(order) && !*title; i++)
		title = a->title.in[order[i]];
	zone_iso(place ? place->time_zone : "UTC", a->start * 1000, iso);
	return json_pack("{s:s, s:s, s:s, s:s, s:i, s:i}", "id", a->id, "title", title, "start",
		iso, "place", place ? place->id : "", "booked", 0, "missing", 0);
}

/* How each number of the state stands in the report; NULL: the list has no such activity any more. */
static json_t *number_row(json_t *list, const struct census *c, uint16_t number)
{
	const struct list_activity *a = census_activity(c, number);

	return a ? json_array_get(list, (size_t)(a - c->folder->list.activities)) : NULL;
}

static void miss(const struct reporting *r, json_t *row, const struct census_person *p)
{
	const struct list_person *who = census_row(r->census, p);

	report_raise(row, "missing", 1);
	if (!r->names)
		return;
	json_t *all = json_object_get(row, "missing_people"), *one = json_object();
	if (!all) {
		all = json_array();
		json_object_set_new(row, "missing_people", all);
	}
	report_person(one, r, p, who->is_protected);
	json_array_append_new(all, one);
}

static void count_booking(const struct reporting *r, const struct list_booking *b,
	const uint16_t *numbers, json_t *row)
{
	const struct folder *f = r->census->folder;
	const struct state_person *s = state_person(&f->state, f->list.people[b->person].id);
	struct fold_attendance a;
	uint8_t handle[EVENT_PERSON];

	report_raise(row, "booked", 1);
	if (!s) {
		report_raise(row, "missing", 1);
		return;
	}
	source_handle(&f->keys, s, handle);
	if (fold_attendance(r->past->fold, handle, numbers[b->activity], &a) != OK || !a.entered)
		miss(r, row, census_find(r->census, handle));
}

static const char *word(json_t *o, const char *key)
{
	return json_string_value(json_object_get(o, key));
}

static void count_place(const struct reporting *r, const char *place, size_t entered)
{
	json_t *table = json_object_get(r->by, "place"), *row = json_object_get(table, place);

	if (!row && entered > 0) {
		row = json_object();
		json_object_set_new(table, place, row);
	}
	if (entered > 0)
		report_raise(row, "entered", entered);
}

void report_activities(struct reporting *r)
{
	const struct census *c = r->census;
	const struct list *l = &c->folder->list;
	uint16_t *numbers = calloc(l->activities_n + 1, sizeof(*numbers));
	json_t *list = json_array(), *row;
	struct fold_activity said;

	json_object_set_new(r->out, "activities", list);
	for (size_t i = 0; i < l->activities_n; i++)
		json_array_append_new(list, describe(r, &l->activities[i]));
	for (size_t i = 0; i < c->activity_count && numbers; i++) {
		row = number_row(list, c, (uint16_t)i);
		if (!row)
			continue;
		numbers[census_activity(c, (uint16_t)i) - l->activities] = (uint16_t)i;
		fold_activity(r->past->fold, (uint16_t)i, &said);
		json_object_set_new(row, "entered", json_integer(said.entered));
		json_object_set_new(row, "inside", json_integer(said.inside));
		json_object_set_new(row, "overrides", json_integer(said.overrides));
		count_place(r, word(row, "place"), said.entered);
	}
	for (size_t i = 0; i < l->bookings_n && numbers; i++) {
		const struct list_booking *b = &l->bookings[i];
		if (b->person >= 0 && b->activity >= 0 && b->status == BOOKING_CONFIRMED)
			count_booking(r, b, numbers, json_array_get(list, (size_t)b->activity));
	}
	free(numbers);
}
