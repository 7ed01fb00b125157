/* The demo event: an invented mission, written file by file, the same bytes for the same options.
 *
 * The tables are what was made up by hand; the rest is drawn from them by a small generator of
 * random numbers that belongs to this file, so that no C library changes the result. */
#ifndef HUB_DEMO_H
#define HUB_DEMO_H

#include "base.h"
#include "visit.h"

#include <stdio.h>

enum {
	DEMO_PEOPLE = 560,
	DEMO_PEOPLE_MOST = 1000000,
	DEMO_DAYS = 6,
	DEMO_ACTIVITIES = 80,
	DEMO_CARDS_MOST = 60 /* design.md section 15: cards at any size */
};

struct demo_options {
	uint32_t people;   /* 1 to DEMO_PEOPLE_MOST */
	uint64_t seed;     /* names and choices */
	const char *start; /* the first day, YYYY-MM-DD; NULL: 2025-10-05 */
};

/* Write event.ini and list/\*.csv into folder dir, which is made where it is not there.
 * returns: OK
 *          ERR_FORMAT, if start is no date
 *          ERR_BUSY, if the folder holds an event already: nothing is changed
 *          ERR_IO, said on standard error */
MUST_CHECK enum err demo_write_list(const char *dir, const struct demo_options *o);

/* SplitMix64 (Steele, Lea, Flood 2014): a good 64-bit number for each step of a counter. */
struct demo_random {
	uint64_t state;
};
uint64_t demo_random_next(struct demo_random *r);
/* A number from 0 to below n; n > 0. */
uint32_t demo_random_below(struct demo_random *r, uint32_t n);

enum demo_track { AERO, CLEAN, TECH, LIFE, MOVE, MEDIA, DEMO_TRACKS, NO_TRACK = DEMO_TRACKS };
struct demo_track_row {
	const char *id, *colour;
	const char *fr, *nl, *de, *en;
};
extern const struct demo_track_row demo_tracks[DEMO_TRACKS];

struct demo_place {
	const char *id, *name, *city, *room, *address;
	uint32_t capacity; /* 0: not said */
	const char *fr, *nl, *de, *en;
};
extern const struct demo_place demo_places[];
extern const size_t demo_places_n;

/* One activity; the table is in the order of start. */
struct demo_activity {
	uint8_t day; /* 0 to 5 */
	const char *start, *end;
	enum activity_kind kind;
	enum access access;
	bool open_to_all;
	const char *place;
	enum demo_track track;
	uint32_t capacity; /* for DEMO_PEOPLE people; 0: not said */
	const char *leave_by, *meeting_point, *dress, *speakers;
	const char *fr, *nl, *de, *en;
};
extern const struct demo_activity demo_activities[DEMO_ACTIVITIES];

/* Given and family names of one part of the world. */
struct demo_culture {
	bool family_first;
	const char *const *given;
	const char *const *family;
	uint32_t given_n, family_n;
};
/* In the order of demo_cultures; the names of the mission's own country come from several. */
enum demo_culture_id {
	CULTURE_FRENCH,
	CULTURE_DUTCH,
	CULTURE_GERMAN,
	CULTURE_ENGLISH,
	CULTURE_WALLOON,
	CULTURE_DUTCH_SOUTH = 22,
	CULTURE_FRENCH_SOUTH,
	CULTURE_FLEMISH = 26,
	CULTURE_FRENCH_MORE
};
extern const struct demo_culture demo_cultures[];
extern const size_t demo_cultures_n;
extern const char *const demo_single_names[];
extern const size_t demo_single_names_n;
extern const char demo_long_name[]; /* 100 letters */

enum demo_group {
	GROUP_COMPANY,
	GROUP_FEDERATION,
	GROUP_ACADEMIC,
	GROUP_ADMINISTRATION,
	GROUP_GOVERNMENT,
	GROUP_HOUSEHOLD,
	GROUP_PRESS,
	GROUP_SECURITY,
	GROUP_PARTNER,
	GROUP_STAFF,
	DEMO_GROUPS
};
struct demo_group_row {
	uint32_t people, organisations; /* at DEMO_PEOPLE people */
	bool fixed;                     /* does not grow with the number of people */
	enum role role;
	const char *const *functions; /* up to NULL */
};
extern const struct demo_group_row demo_groups[DEMO_GROUPS];

/* The row of organisations.csv of a group's organisation number i, from 0. sector: its track, or
 * NO_TRACK. */
enum demo_track demo_organisation_sector(enum demo_group g, uint32_t i);
void demo_write_organisation(FILE *f, enum demo_group g, uint32_t i);
/* Its id, into 16 bytes. */
void demo_organisation_id(enum demo_group g, uint32_t i, char *out);

/* A mission of some size: how many of each group there are. */
struct demo_size {
	uint32_t people, scale;
	uint32_t people_of[DEMO_GROUPS], organisations_of[DEMO_GROUPS];
};
struct demo_size demo_size_of(uint32_t people);

/* A CSV cell: quoted where it must be. */
void demo_write_cell(FILE *f, const char *text);

/* A person as far as her day depends on her. */
struct demo_guest {
	uint32_t number;       /* in the mission, from 0 */
	uint32_t in_group;     /* in her group, from 0 */
	uint32_t organisation; /* of the group's organisations, from 0 */
	enum demo_group group;
	enum role role;
	enum demo_track sector;
	bool first; /* of her organisation */
};

/* Who takes part in each B2B session, and how full everything is. */
enum { DEMO_SESSIONS = 4 };
struct demo_session {
	uint32_t *guests;
	size_t n, cap;
	int activity;
};
struct demo_days {
	char dates[DEMO_DAYS][24];
	uint64_t conflicts[DEMO_ACTIVITIES][2]; /* a bit for each activity at the same time */
	uint32_t booked[DEMO_ACTIVITIES];
	uint32_t scale;
	struct demo_session sessions[DEMO_SESSIONS];
};
/* returns: ERR_FORMAT, if start is no date */
MUST_CHECK enum err demo_days_plan(struct demo_days *d, const char *start, uint32_t scale);
void demo_days_free(struct demo_days *d);
void demo_write_bookings(
	FILE *f, struct demo_days *d, const struct demo_guest *g, struct demo_random *r);
void demo_write_activities(FILE *f, const struct demo_days *d);
/* So many meetings, or as many as the sessions' guests allow. */
void demo_write_meetings(
	FILE *f, const struct demo_days *d, uint32_t wanted, struct demo_random *r);

/* The row of people.csv. */
struct demo_names {
	struct demo_random random;
	/* the names drawn last, so that nobody meets her double in one organisation */
	uint64_t lately[64];
	uint32_t at;
};
void demo_write_person(FILE *f, struct demo_names *n, const struct demo_guest *g);

#endif
