/* Checks of everybody's day: nobody and no table can be in two places at once. */
#include "check.h"

#include "list_inside.h"

#include <stdlib.h>
#include <string.h>

enum { BOOKED, B2B, MEETING, CLASSES };

/* Somebody's time taken by a booking or a meeting. */
struct taken {
	int64_t start, end;
	int32_t person;
	uint32_t row : 30, class : 2;
};

static int by_person_and_start(const void *pa, const void *pb)
{
	const struct taken *a = pa, *b = pb;

	if (a->person != b->person)
		return a->person < b->person ? -1 : 1;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if (a->class != b->class)
		return a->class < b->class ? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

static struct origin origin_of(const struct list *l, const struct taken *t)
{
	return t->class == MEETING ? l->meetings[t->row].at : l->bookings[t->row].at;
}

static const char *id_of(const struct list *l, const struct taken *t)
{
	return t->class == MEETING ? l->meetings[t->row].id
				   : l->activities[l->bookings[t->row].activity].id;
}

/* The fault stands where the later line is, so that it comes after what it names. */
static void clash(struct list *l, const struct taken *a, const struct taken *b)
{
	bool mixed = (a->class == MEETING) != (b->class == MEETING);
	bool swap = mixed ? a->class == MEETING : origin_of(l, a).line > origin_of(l, b).line;
	const struct taken *first = swap ? b : a, *second = swap ? a : b;
	const char *who = l->people[a->person].id;
	struct origin at = origin_of(l, second), other = origin_of(l, first);

	if (mixed)
		list_fault(l, at, "start", SEVERITY_WARNING,
			"`%s`: `%s` meets at the time of `%s` (%s:%u); move one of them",
			id_of(l, second), who, id_of(l, first), other.file, other.line);
	else if (second->class == MEETING)
		list_fault(l, at, "start", SEVERITY_ERROR,
			"`%s`: `%s` is in meeting `%s` (line %u) at the same time; move one of "
			"them",
			id_of(l, second), who, id_of(l, first), other.line);
	else if (l->bookings[a->row].activity == l->bookings[b->row].activity)
		list_fault(l, at, "activity", SEVERITY_ERROR,
			"`%s` is booked on `%s` in line %u already; remove one of them", who,
			id_of(l, second), other.line);
	else
		list_fault(l, at, "activity", SEVERITY_ERROR,
			"`%s` is booked on `%s` and on `%s` (line %u) at the same time; cancel one "
			"of "
			"them",
			who, id_of(l, second), id_of(l, first), other.line);
}

static size_t add_bookings(const struct list *l, struct taken *all)
{
	size_t n = 0;

	for (size_t i = 0; i < l->bookings_n; i++) {
		const struct list_booking *b = &l->bookings[i];
		if (b->person < 0 || b->activity < 0 || b->status != BOOKING_CONFIRMED)
			continue;
		const struct list_activity *a = &l->activities[b->activity];
		if (a->start && a->end > a->start)
			all[n++] = (struct taken){a->start, a->end, b->person,
				(uint32_t)i & 0x3FFFFFFF, a->kind == ACTIVITY_B2B ? B2B : BOOKED};
	}
	return n;
}

static size_t add_meetings(const struct list *l, struct taken *all)
{
	size_t n = 0;

	for (size_t i = 0; i < l->meetings_n; i++) {
		const struct list_meeting *m = &l->meetings[i];
		struct taken t = {m->start, m->end, m->host, (uint32_t)i & 0x3FFFFFFF, MEETING};
		if (!m->start || m->end <= m->start)
			continue;
		if (m->host >= 0)
			all[n++] = t;
		t.person = m->guest;
		if (m->guest >= 0 && m->guest != m->host)
			all[n++] = t;
	}
	return n;
}

/* A meeting during a B2B session the person is booked on is what the session is for. */
static bool may_overlap(const struct taken *a, const struct taken *b)
{
	return (a->class == B2B && b->class == MEETING) || (a->class == MEETING && b->class == B2B);
}

/* In the order of starts it is enough to keep, of each class, the one that ends last. */
static void check_people_taken(struct list *l, const struct taken *all, size_t n)
{
	const struct taken *last[CLASSES] = {0};

	for (size_t i = 0; i < n; i++) {
		const struct taken *t = &all[i];
		if (i == 0 || t->person != all[i - 1].person)
			memset(last, 0, sizeof(last));
		for (int k = 0; k < CLASSES; k++)
			if (last[k] && last[k]->end > t->start && !may_overlap(last[k], t))
				clash(l, last[k], t);
		if (!last[t->class] || t->end > last[t->class]->end)
			last[t->class] = t;
	}
}

static int by_table_and_start(const void *pa, const void *pb)
{
	const struct list_meeting *a = *(const struct list_meeting *const *)pa,
				  *b = *(const struct list_meeting *const *)pb;
	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	int d = strcmp(a->table, b->table);
	if (d == 0)
		d = (a->start > b->start) - (a->start < b->start);
	return d ? d : (a->at.line > b->at.line) - (a->at.line < b->at.line);
}

static void check_tables(struct list *l)
{
	const struct list_meeting **all = list_more(NULL, l->meetings_n + 1, sizeof(*all));
	const struct list_meeting *last = NULL;
	size_t n = 0;

	for (size_t i = 0; i < l->meetings_n; i++) {
		const struct list_meeting *m = &l->meetings[i];
		if (m->place >= 0 && *m->table && m->start && m->end > m->start)
			all[n++] = m;
	}
	qsort(all, n, sizeof(*all), by_table_and_start);
	for (size_t i = 0; i < n; i++) {
		const struct list_meeting *m = all[i];
		bool together =
			last && last->place == m->place && strcmp(last->table, m->table) == 0;
		if (together && last->end > m->start) {
			bool swap = last->at.line > m->at.line;
			const struct list_meeting *a = swap ? m : last, *b = swap ? last : m;
			list_fault(l, b->at, "table", SEVERITY_ERROR,
				"table %s is taken by `%s` (line %u) at the same time; use another "
				"table",
				b->table, a->id, a->at.line);
		}
		if (!together || m->end > last->end)
			last = m;
	}
	free(all);
}

void check_days(struct list *l)
{
	struct taken *all = list_more(NULL, l->bookings_n + 2 * l->meetings_n + 1, sizeof(*all));
	size_t n = add_bookings(l, all);

	n += add_meetings(l, all + n);
	qsort(all, n, sizeof(*all), by_person_and_start);
	check_people_taken(l, all, n);
	free(all);
	check_tables(l);
}
