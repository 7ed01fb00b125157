/* The results, person by person: arrivals, attendance, badges. */
#include "export_inside.h"

#include <stdlib.h>

static void put_arrival(const struct exporting *x, struct csv_out *c, const struct census_person *p,
	const struct fold_arrival *a)
{
	export_who(x, c, p);
	csv_time(c, census_zone(x->census, a->wall_ms), a->wall_ms);
	csv_cell(c, a->trusted ? "right" : "not known");
	export_board(x, c, &a->id);
}

enum err export_arrivals(const struct exporting *x, struct csv_out *c)
{
	const struct census_person *p;
	struct fold_person said;
	struct fold_arrival again;

	csv_header(c, EXPORT_WHO " arrived clock board double");
	for (size_t i = 0; (p = census_at(x->census, i)) != NULL; i++) {
		if (fold_find(x->past->fold, p->handle, &said) != OK || !said.arrived)
			continue;
		put_arrival(x, c, p, &said.arrival);
		csv_yes(c, false);
		csv_end_row(c);
		for (size_t n = 0; fold_double(x->past->fold, p->handle, n, &again) == OK; n++) {
			put_arrival(x, c, p, &again);
			csv_yes(c, true);
			csv_end_row(c);
		}
	}
	return OK;
}

static void put_attendance(const struct exporting *x, struct csv_out *c,
	const struct list_activity *a, const struct fold_attendance *said)
{
	const struct list *l = &x->census->folder->list;
	const char *zone = a->place >= 0 ? l->places[a->place].time_zone : "UTC";

	csv_time(c, zone, said->entered ? said->first_ms : 0);
	csv_time(c, zone, said->out && !said->inside ? said->last_ms : 0);
	csv_yes(c, said->inside);
	csv_number(c, said->in);
	csv_number(c, said->out);
	csv_number(c, said->overrides);
	csv_end_row(c);
}

static void put_activity(struct csv_out *c, const struct list_activity *a)
{
	static const enum language order[] = {LANGUAGE_EN, LANGUAGE_FR, LANGUAGE_NL, LANGUAGE_DE};
	const char *title = "";

	for (size_t i = 0; i < COUNT(order) && !*title; i++)
		title = a->title.in[order[i]];
	csv_cell(c, a->id);
	csv_cell(c, title);
}

/* What one person booked, by number of the list's activity: enum booking_status + 1; 0: nothing. */
static void mark_booked(const struct list *l, int32_t row, uint8_t *booked, bool marked)
{
	for (size_t i = 0; i < l->bookings_n; i++)
		if (l->bookings[i].person == row && l->bookings[i].activity >= 0)
			booked[l->bookings[i].activity] =
				marked ? (uint8_t)(l->bookings[i].status + 1) : 0;
}

enum err export_attendance(const struct exporting *x, struct csv_out *c)
{
	const struct list *l = &x->census->folder->list;
	uint8_t *booked = calloc(l->activities_n + 1, 1);
	const struct census_person *p;
	struct fold_attendance said;

	csv_header(c,
		EXPORT_WHO " activity title booked entered left inside times_in times_out let_in");
	for (size_t i = 0; booked && (p = census_at(x->census, i)) != NULL; i++) {
		mark_booked(l, p->row, booked, true);
		for (size_t n = 0; n < x->census->activity_count; n++) {
			const struct list_activity *a = census_activity(x->census, (uint16_t)n);
			uint8_t status = a ? booked[a - l->activities] : 0;
			if (!a || (fold_attendance(x->past->fold, p->handle, (uint16_t)n, &said) !=
						  OK &&
					  !status))
				continue;
			export_who(x, c, p);
			put_activity(c, a);
			csv_cell(c, status ? booking_status_codes[status - 1] : "");
			put_attendance(x, c, a, &said);
		}
		mark_booked(l, p->row, booked, false);
	}
	free(booked);
	return booked ? OK : ERR_IO;
}

/* The lowest badge issue above `above` that anything was done with, and when it came out last. */
static bool next_issue(const struct exporting *x, const struct census_person *p, uint32_t above,
	uint32_t *issue, int64_t *printed_ms)
{
	struct fold_trace t;

	*issue = 0;
	*printed_ms = 0;
	for (size_t i = 0; fold_trace(x->past->fold, p->handle, i, &t) == OK; i++)
		if (t.counts && t.kind >= EVENT_BADGE_PREPARED && t.kind <= EVENT_BADGE_ISSUED &&
			t.issue > above && (*issue == 0 || t.issue < *issue))
			*issue = t.issue;
	for (size_t i = 0; fold_trace(x->past->fold, p->handle, i, &t) == OK; i++)
		if (t.counts && t.kind == EVENT_BADGE_PRINTED && t.issue == *issue)
			*printed_ms = t.wall_ms;
	return *issue > 0;
}

static void put_badge(const struct exporting *x, struct csv_out *c, const struct census_person *p,
	uint32_t issue, int64_t printed_ms)
{
	struct fold_person said;
	struct fold_badge b = {0};
	enum err e = fold_find(x->past->fold, p->handle, &said);

	if (e == OK)
		e = fold_badge(x->past->fold, p->handle, issue, &b);
	(void)e; /* zeros say it */
	export_who(x, c, p);
	csv_number(c, issue);
	csv_cell(c, issue < said.newest_issue                                           ? "replaced"
		    : issue <= said.revoked_issue || issue < census_badge(x->census, p) ? "revoked"
											: "valid");
	csv_time(c, census_zone(x->census, printed_ms), printed_ms);
	csv_number(c, b.printed);
	csv_number(c, b.uncertain);
	csv_number(c, b.failed);
	csv_number(c, b.prepared + b.sending + b.sent);
	csv_end_row(c);
}

enum err export_badges(const struct exporting *x, struct csv_out *c)
{
	const struct census_person *p;
	int64_t printed_ms;
	uint32_t issue;

	csv_header(c, EXPORT_WHO " issue state printed_at printed uncertain failed under_way");
	for (size_t i = 0; (p = census_at(x->census, i)) != NULL; i++)
		for (uint32_t above = 0; next_issue(x, p, above, &issue, &printed_ms);
			above = issue)
			put_badge(x, c, p, issue, printed_ms);
	return OK;
}
