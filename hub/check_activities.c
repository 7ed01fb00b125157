/* Checks of activities and meetings one by one: their times, days and seats. */
#include "check.h"

#include "list_inside.h"

#include <stdlib.h>
#include <string.h>

enum { DAY = 86400, HOUR = 3600 };

static bool within_legs(const struct list_event *v, int64_t t)
{
	for (size_t i = 0; i < v->leg_count; i++) {
		/* the last day has 25 hours where clocks go back */
		int64_t after = v->legs[i].last + DAY + HOUR;
		if (t >= v->legs[i].first && t < after)
			return true;
	}
	return v->leg_count == 0;
}

static void check_times(struct list *l, const struct list_activity *a)
{
	if (!a->start || !a->end)
		return;
	if (a->end <= a->start)
		list_fault(l, a->at, "end", SEVERITY_ERROR,
			"`%s` ends before it starts; correct start or end", a->id);
	if (a->leave_by > a->start)
		list_fault(l, a->at, "leave_by", SEVERITY_WARNING,
			"`%s` has left before guests are told to leave; give a time up to its "
			"start",
			a->id);
	if (!within_legs(&l->event, a->start))
		list_fault(l, a->at, "start", SEVERITY_WARNING,
			"`%s` is on no day of the event's legs; correct it or the legs in "
			"event.ini",
			a->id);
}

static void check_seats(struct list *l, const struct list_activity *a, uint32_t booked)
{
	const struct list_place *p = a->place < 0 ? NULL : &l->places[a->place];

	if (a->capacity && booked > a->capacity)
		list_fault(l, a->at, "capacity", SEVERITY_ERROR,
			"`%s` has %u confirmed bookings for %u seats; put %u on the waiting list",
			a->id, booked, a->capacity, booked - a->capacity);
	if (!p || !p->capacity)
		return;
	if (booked > p->capacity)
		list_fault(l, a->at, "place", SEVERITY_WARNING,
			"`%s` has %u confirmed bookings, the place `%s` holds %u; use a larger one",
			a->id, booked, p->id, p->capacity);
	if (a->capacity > p->capacity)
		list_fault(l, a->at, "capacity", SEVERITY_WARNING,
			"`%s` offers %u seats, the place `%s` holds %u; use a larger one", a->id,
			a->capacity, p->id, p->capacity);
}

void check_activities(struct list *l)
{
	uint32_t *booked = list_more(NULL, l->activities_n + 1, sizeof(*booked));

	memset(booked, 0, (l->activities_n + 1) * sizeof(*booked));
	for (size_t i = 0; i < l->bookings_n; i++)
		if (l->bookings[i].activity >= 0 && l->bookings[i].status == BOOKING_CONFIRMED)
			booked[l->bookings[i].activity]++;
	for (size_t i = 0; i < l->activities_n; i++) {
		check_times(l, &l->activities[i]);
		check_seats(l, &l->activities[i], booked[i]);
	}
	free(booked);
	for (size_t i = 0; i < l->meetings_n; i++) {
		const struct list_meeting *m = &l->meetings[i];
		if (m->start && m->end && m->end <= m->start)
			list_fault(l, m->at, "end", SEVERITY_ERROR,
				"`%s` ends before it starts; correct start or end", m->id);
		if (m->host >= 0 && m->host == m->guest)
			list_fault(l, m->at, "guest", SEVERITY_ERROR,
				"`%s` has one person as host and guest; correct one of them",
				m->id);
	}
}
