/* The master list: an event's folder of CSV files, read into rows that know where they came from.
 *
 * list_load reads event.ini and list/\*.csv and reports every fault it finds, all at once, and goes
 * on: a row with a fault stays in the list as far as it could be understood. list_check then looks
 * at the rows together. Nothing is dropped silently. One thread; all memory is the list's own and
 * goes with list_free. Strings are NUL-terminated UTF-8 and never NULL; "" is an empty cell. */
#ifndef HUB_LIST_H
#define HUB_LIST_H

#include "base.h"
#include "visit.h"

enum {
	LIST_ID = 32,
	LIST_NAME_POINTS = 128,
	LIST_NAME_BYTES = 256,
	LIST_ORGANISATION_POINTS = 200
};

/* Where a row stands: list/<file> and its physical line, header = 1. */
struct origin {
	const char *file;
	uint32_t line;
};

struct list_words {
	const char *in[LANGUAGES];
};

/* What a fault report is: `people.csv:12: family_name: error: words, remedy`. */
enum severity { SEVERITY_WARNING, SEVERITY_ERROR };
struct fault {
	struct origin at;
	const char *column; /* "" for the whole row or file */
	enum severity severity;
	const char *words;
};

/* References between rows are indexes into the other array, or -1 where empty or unknown. */
struct list_person {
	struct origin at;
	const char *id, *given_name, *family_name, *display_name, *honorific;
	const char *organisation_id, *function, *delegation, *badge, *note_for_desk, *email;
	int32_t organisation;
	enum role role;
	enum language language;
	bool family_first, is_protected;
};
enum organisation_kind {
	ORGANISATION_COMPANY,
	ORGANISATION_FEDERATION,
	ORGANISATION_CHAMBER,
	ORGANISATION_ACADEMIC,
	ORGANISATION_ADMINISTRATION,
	ORGANISATION_GOVERNMENT,
	ORGANISATION_HOUSEHOLD,
	ORGANISATION_PARTNER,
	ORGANISATION_KINDS
};
extern const char *const organisation_kind_codes[ORGANISATION_KINDS];
struct list_organisation {
	struct origin at;
	const char *id, *name, *short_name, *country, *sector;
	enum organisation_kind kind;
};
struct list_place {
	struct origin at;
	const char *id, *name, *city, *time_zone, *room, *address;
	struct list_words directions;
	uint32_t capacity; /* 0: not said */
};
struct list_track {
	struct origin at;
	const char *id;
	struct list_words title;
	uint8_t rgb[3];
};
struct list_activity {
	struct origin at;
	const char *id, *speakers, *meeting_point, *dress;
	enum activity_kind kind;
	enum access access;
	struct list_words title;
	int64_t start, end, leave_by; /* UTC seconds; 0: could not be read, or (leave_by) empty */
	int32_t place, track;
	uint32_t capacity;
	bool open_to_all; /* column `public`: yes or no; empty is no */
};
struct list_booking {
	struct origin at;
	int32_t person, activity;
	enum booking_status status;
	const char *seat;
};
struct list_meeting {
	struct origin at;
	const char *id, *table, *subject;
	const char *guest_text; /* an outside guest in free text; "" where guest is a person */
	int64_t start, end;
	int32_t place, host, guest;
};
struct list_staff {
	struct origin at;
	int32_t person;
	uint16_t rights; /* enum right of roster.h */
};

/* event.ini: `key = value` lines under [event], [policy], [lease] and a [leg NAME] each. */
enum badge_opens { OPENS_DAY, OPENS_CARD };
struct list_leg {
	struct list_words name;
	const char *city, *time_zone;
	int64_t first,
		last; /* UTC seconds of the first day's and of the last day's local midnight */
};
struct list_event {
	const char *id;
	struct list_words name;
	bool demo;
	const char *desk_place; /* a place's id */
	int64_t retention;      /* UTC seconds: the file's expires-at */
	enum badge_opens opens[ROLES];
	uint32_t lease_amber_min, lease_withhold_min;
	size_t leg_count;
	struct list_leg legs[8];
};

struct list {
	struct list_event event;
	struct list_person *people;
	struct list_organisation *organisations;
	struct list_place *places;
	struct list_track *tracks;
	struct list_activity *activities;
	struct list_booking *bookings;
	struct list_meeting *meetings;
	struct list_staff *staff;
	struct fault *faults; /* in the order of file and line */
	size_t people_n, organisations_n, places_n, tracks_n, activities_n, bookings_n, meetings_n,
		staff_n;
	size_t faults_n, errors_n;
	struct list_memory *memory;
};

/* Read the event in folder dir and check it whole (cell by cell, then across rows).
 * returns: OK, whatever faults the list has: see errors_n
 *          ERR_ABSENT, if dir has no event.ini or no list/people.csv
 *          ERR_IO, if a file cannot be read; the file is named on standard error */
MUST_CHECK enum err list_load(struct list *out, const char *dir);
void list_free(struct list *l);

/* The person with this id, or -1. */
int32_t list_person_by_id(const struct list *l, const char *id);
/* Has this person a row in staff.csv, and so a card? */
bool list_is_staff(const struct list *l, const char *id);

/* Local wall time "YYYY-MM-DD HH:MM" (or a bare date: midnight) in a tz database zone, to UTC
 * seconds. returns: OK ERR_FORMAT, if the text is no such time ERR_ABSENT, if the zone is unknown,
 * or the hour does not exist (spring) ERR_BUSY, if the hour comes twice (autumn) */
MUST_CHECK enum err list_time(const char *text, const char *zone, int64_t *out);

#endif
