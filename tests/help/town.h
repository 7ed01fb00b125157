/* A programme for tests of venue screens: rooms and a coach bay in San Francisco, an atrium in Brussels,
 * and what takes place there. Summer time ends on 26 October 2025, 01:00 UTC, in Brussels, and on
 * 2 November, 09:00 UTC, in San Francisco. */
#ifndef TESTS_HELP_TOWN_H
#define TESTS_HELP_TOWN_H

#include "small_roster.h"

enum town_place {
	TOWN_HALL_A, /* "Hall A, Harbor House", 100 seats; its id is hall-a */
	TOWN_HALL_B, /* hall-b */
	TOWN_PIER,   /* "Pier 9 Pavilion", no room; pier */
	TOWN_BAY,    /* "Coach bay, Harbor House"; bay */
	TOWN_ATRIUM, /* "Atrium, Palace", Brussels; atrium */
	TOWN_VILLA,  /* not public; villa */
	TOWN_PLACES
};

/* 6 October 2025, 00:00 in San Francisco. */
#define TOWN_DAY ((int64_t)1759734000)

enum { TOWN_ACTIVITIES = 320 };

struct town {
	struct small_roster small;
	struct source_place places[TOWN_PLACES];
	size_t n;
	struct source_activity activities[TOWN_ACTIVITIES];
	char titles[TOWN_ACTIVITIES][LANGUAGES][80];
	struct roster roster; /* of the last town_open */
};

/* Nothing takes place yet. */
void town_make(struct town *t);
void town_free(struct town *t);
/* One more public activity, a seminar: "TITLE (de)", "TITLE", "TITLE (fr)", "TITLE (nl)". start: seconds
 * after TOWN_DAY. Its number is its place in activities; the caller may change what it points to. */
struct activity *town_add(
	struct town *t, enum town_place place, const char *title, int64_t start, int minutes);
/* Build the next version into t->roster. */
const struct roster *town_open(struct town *t);

/* "14:30" of the town's first day, as seconds since 1970. */
int64_t town_at(int hour, int minute);

#endif
