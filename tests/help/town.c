/* A programme for tests of venue screens. */
#include "help/town.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { AUTUMN_EUROPE = 1761440400, AUTUMN_AMERICA = 1762074000, SPRING = 1743296400 };

static const struct source_rule america[] = {
	{SPRING, -420, {(const uint8_t *)"PDT", 3}},
	{AUTUMN_AMERICA, -480, {(const uint8_t *)"PST", 3}},
};
static const struct source_rule europe[] = {
	{SPRING, 120, {(const uint8_t *)"CEST", 4}},
	{AUTUMN_EUROPE, 60, {(const uint8_t *)"CET", 3}},
};
static const struct source_zone zones[] = {
	{{(const uint8_t *)"America/Los_Angeles", 19}, america, COUNT(america)},
	{{(const uint8_t *)"Europe/Brussels", 15}, europe, COUNT(europe)},
};

static void put_place(
	struct town *t, enum town_place i, const char *id, const char *name, const char *room)
{
	t->places[i] = (struct source_place){.present = true,
		.open_to_all = i != TOWN_VILLA,
		.place = {.id = span_of(id),
			.name = span_of(name),
			.room = span_of(room),
			.city = span_of(i == TOWN_ATRIUM ? "Brussels" : "San Francisco"),
			.zone = i == TOWN_ATRIUM,
			.capacity = i == TOWN_HALL_A ? 100 : 0}};
}

void town_make(struct town *t)
{
	struct roster_source *s = &t->small.source;

	memset(t, 0, sizeof(*t));
	small_roster_init(&t->small, 1, false);
	put_place(t, TOWN_HALL_A, "hall-a", "Harbor House", "Hall A");
	put_place(t, TOWN_HALL_B, "hall-b", "Harbor House", "Hall B");
	put_place(t, TOWN_PIER, "pier", "Pier 9 Pavilion", "");
	put_place(t, TOWN_BAY, "bay", "Harbor House", "Coach bay");
	put_place(t, TOWN_ATRIUM, "atrium", "Palace", "Atrium");
	put_place(t, TOWN_VILLA, "villa", "Villa Clandestina", "Salon");
	s->desk_place = span_of("hall-a");
	s->zones = zones;
	s->zone_count = COUNT(zones);
	s->places = t->places;
	s->place_count = TOWN_PLACES;
	s->activities = t->activities;
	s->person_count = 0;
	s->slot_count = 0;
}

void town_free(struct town *t)
{
	small_roster_free(&t->small);
}

int64_t town_at(int hour, int minute)
{
	return TOWN_DAY + hour * 3600 + minute * 60;
}

struct activity *town_add(
	struct town *t, enum town_place place, const char *title, int64_t start, int minutes)
{
	static const char *const tails[LANGUAGES] = {" (de)", "", " (fr)", " (nl)"};
	struct source_activity *a = &t->activities[t->n];

	*a = (struct source_activity){.present = true,
		.activity = {.number = (uint16_t)t->n,
			.id = span_of("x"),
			.start = TOWN_DAY + start,
			.end = TOWN_DAY + start + minutes * 60,
			.place = (uint16_t)place,
			.track = -1,
			.open_to_all = true}};
	for (int i = 0; i < LANGUAGES; i++) {
		char *text = t->titles[t->n][i];
		snprintf(text, sizeof(t->titles[0][0]), "%s%s", title, tails[i]);
		a->activity.title.in[i] = span_of(text);
	}
	t->n++;
	return &a->activity;
}

const struct roster *town_open(struct town *t)
{
	struct roster_fault fault = {0};

	t->small.source.activity_count = t->n;
	t->small.sequence++;
	if (small_roster_build(&t->small, &fault)) {
		fprintf(stderr, "town: %s\n", fault.words);
		abort();
	}
	small_roster_open(&t->small, &t->roster);
	return &t->roster;
}
