/* The organiser's own list of activities, read without any of the project's readers: what is to be shown
 * where and when, by the CSV files and the system's time zones alone. */
#ifndef TESTS_HELP_PLAN_H
#define TESTS_HELP_PLAN_H

#include "visit.h"

enum { PLAN_ROWS = 128, PLAN_PLACES = 48, PLAN_TEXT = 256 };

struct plan_place {
	char id[PLAN_TEXT], name[PLAN_TEXT], city[PLAN_TEXT], zone[PLAN_TEXT], room[PLAN_TEXT];
};

/* Times are seconds since 1970; leave 0: not said. clock and day: local, of start, end and leave. */
struct plan_row {
	char id[PLAN_TEXT], meeting_point[PLAN_TEXT];
	char titles[LANGUAGES][PLAN_TEXT];
	const struct plan_place *place;
	bool is_public, transfer;
	int64_t start, end, leave;
	char start_clock[8], end_clock[8], leave_clock[8];
	int start_day, leave_day; /* yyyymmdd */
};

struct plan {
	size_t place_n, row_n;
	struct plan_place places[PLAN_PLACES];
	struct plan_row rows[PLAN_ROWS]; /* in the list's order */
};

/* Read dir/list/places.csv and activities.csv; a failure ends the program. */
void plan_read(struct plan *p, const char *dir);

/* From now on this is the process's time zone. */
void plan_zone(const char *zone);
/* "09:05" and yyyymmdd in it. */
void plan_clock(int64_t at, char out[static 8]);
int plan_day(int64_t at);

#endif
