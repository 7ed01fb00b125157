/* Everybody's day in a source: bookings and meetings, sorted by person and time. */
#include "source_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A booking or meeting with the person it belongs to, to be sorted by person and time. */
struct dated_booking {
	int32_t person;
	int64_t start;
	struct booking booking;
};
struct dated_meeting {
	int32_t person;
	struct meeting meeting;
};

static int booking_order(const void *a, const void *b)
{
	const struct dated_booking *x = a, *y = b;

	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return (int)x->booking.activity - (int)y->booking.activity;
}

static int meeting_order(const void *a, const void *b)
{
	const struct dated_meeting *x = a, *y = b;

	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	if (x->meeting.start != y->meeting.start)
		return x->meeting.start < y->meeting.start ? -1 : 1;
	return strcmp((const char *)x->meeting.id.p, (const char *)y->meeting.id.p);
}

/* What was cancelled gives no key to what is not public. */
enum err gather_bookings(struct source *o, const struct list *l)
{
	struct grow sorted = {0};

	for (size_t i = 0; i < l->bookings_n; i++) {
		const struct list_booking *b = &l->bookings[i];
		const struct list_activity *a = &l->activities[b->activity];
		if (b->status == BOOKING_CANCELLED && !a->open_to_all)
			continue;
		struct dated_booking *d = GROW_ONE(&sorted, struct dated_booking);
		if (!d)
			break;
		*d = (struct dated_booking){b->person, a->start,
			{o->activity_numbers[b->activity], b->status, span_of(b->seat)}};
	}
	struct dated_booking *list = GROW_ARRAY(&sorted, struct dated_booking);
	size_t n = GROW_COUNT(&sorted, struct dated_booking);
	if (n > 1)
		qsort(list, n, sizeof(*list), booking_order);
	struct source_person *people = GROW_ARRAY(&o->people, struct source_person);
	for (size_t i = 0; i < n; i++) {
		people[list[i].person].booking_count++;
		grow_bytes(&o->bookings, &list[i].booking, sizeof(list[i].booking));
	}
	bool failed = sorted.failed || o->bookings.failed;
	grow_free(&sorted);
	return failed ? ERR_IO : OK;
}

static struct span shown_name(struct source *o, const struct list_person *p)
{
	char name[2 * LIST_NAME_BYTES + 2];
	const char *first = p->family_first ? p->family_name : p->given_name;
	const char *last = p->family_first ? p->given_name : p->family_name;

	if (p->display_name[0])
		return span_of(p->display_name);
	if (!first[0] || !last[0])
		return span_of(first[0] ? first : last);
	int n = snprintf(name, sizeof(name), "%s %s", first, last);
	char *kept = malloc((size_t)n + 1);
	if (!kept)
		return (struct span){0};
	memcpy(kept, name, (size_t)n + 1);
	grow_bytes(&o->kept, &kept, sizeof(kept));
	return (struct span){(uint8_t *)kept, (size_t)n};
}

static void counterpart_of(struct source *o, const struct list *l, const struct list_meeting *m,
	bool host, struct meeting *out)
{
	int32_t other = host ? m->guest : m->host;

	if (other < 0) {
		out->counterpart = span_of(m->guest_text);
		return;
	}
	const struct list_person *p = &l->people[other];
	if (p->organisation >= 0)
		out->counterpart_organisation = span_of(l->organisations[p->organisation].name);
	/* Protected people are named nowhere but in their own record. */
	if (!p->is_protected)
		out->counterpart = shown_name(o, p);
}

static void add_meeting(struct source *o, const struct list *l, const struct list_meeting *m,
	bool host, struct grow *sorted)
{
	struct dated_meeting *d = GROW_ONE(sorted, struct dated_meeting);

	if (!d)
		return;
	d->person = host ? m->host : m->guest;
	d->meeting = (struct meeting){.id = span_of(m->id),
		.start = m->start,
		.end = m->end,
		.place = o->place_numbers[m->place],
		.table = span_of(m->table),
		.subject = span_of(m->subject),
		.host = host};
	counterpart_of(o, l, m, host, &d->meeting);
}

enum err gather_meetings(struct source *o, const struct list *l)
{
	struct grow sorted = {0};

	for (size_t i = 0; i < l->meetings_n; i++) {
		add_meeting(o, l, &l->meetings[i], true, &sorted);
		if (l->meetings[i].guest >= 0)
			add_meeting(o, l, &l->meetings[i], false, &sorted);
	}
	struct dated_meeting *list = GROW_ARRAY(&sorted, struct dated_meeting);
	size_t n = GROW_COUNT(&sorted, struct dated_meeting);
	if (n > 1)
		qsort(list, n, sizeof(*list), meeting_order);
	struct source_person *people = GROW_ARRAY(&o->people, struct source_person);
	for (size_t i = 0; i < n; i++) {
		people[list[i].person].meeting_count++;
		grow_bytes(&o->meetings, &list[i].meeting, sizeof(list[i].meeting));
	}
	bool failed = sorted.failed || o->meetings.failed;
	grow_free(&sorted);
	return failed ? ERR_IO : OK;
}
