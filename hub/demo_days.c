/* The demo's days: who is booked on what, and who meets whom at which table. */
#include "demo.h"
#include "list.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 8, SLOT_MIN = 25, MEETING_MIN = 20, LEAST_BOOKINGS = 8, NONE = -1 };

static bool at_once(const struct demo_activity *a, const struct demo_activity *b)
{
	return a->day == b->day && strcmp(a->start, b->end) < 0 && strcmp(b->start, a->end) < 0;
}

enum err demo_days_plan(struct demo_days *d, const char *start, uint32_t scale)
{
	int64_t utc;
	int session = 0;

	*d = (struct demo_days){.scale = scale};
	if (strlen(start) != 10 || list_time(start, "UTC", &utc) != OK)
		return ERR_FORMAT;
	GDate date;
	g_date_clear(&date, 1);
	g_date_set_time_t(&date, (time_t)utc);
	for (int i = 0; i < DEMO_DAYS; i++, g_date_add_days(&date, 1))
		snprintf(d->dates[i], sizeof(d->dates[i]), "%04u-%02u-%02u", g_date_get_year(&date),
			g_date_get_month(&date), g_date_get_day(&date));
	for (int i = 0; i < DEMO_ACTIVITIES; i++) {
		for (int k = 0; k < DEMO_ACTIVITIES; k++)
			if (at_once(&demo_activities[i], &demo_activities[k]))
				d->conflicts[i][k / 64] |= (uint64_t)1 << k % 64;
		if (demo_activities[i].kind == ACTIVITY_B2B && session < DEMO_SESSIONS)
			d->sessions[session++].activity = i;
	}
	return OK;
}

void demo_days_free(struct demo_days *d)
{
	for (int i = 0; i < DEMO_SESSIONS; i++)
		free(d->sessions[i].guests);
}

static void join_session(struct demo_days *d, int activity, uint32_t guest)
{
	for (int i = 0; i < DEMO_SESSIONS; i++) {
		struct demo_session *s = &d->sessions[i];
		if (s->activity != activity)
			continue;
		if (s->n == s->cap) {
			s->cap = s->cap ? s->cap * 2 : 256;
			s->guests = realloc(s->guests, s->cap * sizeof(*s->guests));
			if (!s->guests)
				abort();
		}
		s->guests[s->n++] = guest;
	}
}

/* How much a guest wants an activity, or NONE where she has no access. */
static int wish(const struct demo_activity *a, const struct demo_guest *g, struct demo_random *r)
{
	int points = (int)demo_random_below(r, 100);
	bool official = g->role == ROLE_VIP || g->role == ROLE_OFFICIAL;
	bool business = g->group == GROUP_COMPANY || g->group == GROUP_FEDERATION;

	if (a->access == ACCESS_OPEN)
		return NONE;
	if (a->access == ACCESS_INVITED)
		return official ? points + 20 : points < 3 ? points : NONE;
	if (a->kind == ACTIVITY_B2B)
		return business ? points + 35 : NONE;
	if (a->kind == ACTIVITY_VISIT)
		points += 25;
	if (a->track == g->sector && a->track != NO_TRACK)
		points += 40;
	if (a->kind == ACTIVITY_RECEPTION || a->kind == ACTIVITY_OFFICIAL)
		points += 30;
	return points;
}

/* The activities in the order of her wish; returns: how many are open to her. */
static int order_wishes(const struct demo_guest *g, struct demo_random *r, int *order)
{
	int points[DEMO_ACTIVITIES] = {0}, n = 0;

	for (int i = 0; i < DEMO_ACTIVITIES; i++) {
		int p = wish(&demo_activities[i], g, r), at = n;
		if (p == NONE)
			continue;
		for (; at > 0 && points[at - 1] < p; at--) {
			points[at] = points[at - 1];
			order[at] = order[at - 1];
		}
		points[at] = p;
		order[at] = i;
		n++;
	}
	return n;
}

static void write_booking(FILE *f, int activity, const struct demo_guest *g, int status)
{
	const struct demo_activity *a = &demo_activities[activity];
	char seat[32] = "";

	if (strcmp(a->dress, "Black tie") == 0 && status == BOOKING_CONFIRMED)
		snprintf(seat, sizeof(seat), "Table %u", g->number / 10 + 1);
	fprintf(f, "p%04u,a%02d,%s,%s\n", g->number + 1, activity + 1, booking_status_codes[status],
		seat);
}

void demo_write_bookings(
	FILE *f, struct demo_days *d, const struct demo_guest *g, struct demo_random *r)
{
	int order[DEMO_ACTIVITIES], status[DEMO_ACTIVITIES];
	uint64_t taken[2] = {0};
	uint32_t wanted = LEAST_BOOKINGS + demo_random_below(r, 3);
	int n = order_wishes(g, r, order);

	for (int i = 0; i < DEMO_ACTIVITIES; i++)
		status[i] = NONE;
	for (int i = 0; i < n && wanted > 0; i++) {
		int a = order[i];
		uint32_t seats = demo_activities[a].capacity * d->scale,
			 x = demo_random_below(r, 100);
		if (taken[a / 64] >> a % 64 & 1)
			continue;
		bool full = seats && d->booked[a] >= seats;
		if (full || x < 2) {
			if (!full || x < 10)
				status[a] = full ? BOOKING_WAITING : BOOKING_CANCELLED;
			continue;
		}
		status[a] = BOOKING_CONFIRMED;
		taken[0] |= d->conflicts[a][0];
		taken[1] |= d->conflicts[a][1];
		d->booked[a]++;
		wanted--;
		if (demo_activities[a].kind == ACTIVITY_B2B)
			join_session(d, a, g->number);
	}
	for (int i = 0; i < DEMO_ACTIVITIES; i++)
		if (status[i] != NONE)
			write_booking(f, i, g, status[i]);
}

void demo_write_activities(FILE *f, const struct demo_days *d)
{
	char start[32], end[32], leave[32], id[16], seats[16];

	for (int i = 0; i < DEMO_ACTIVITIES; i++) {
		const struct demo_activity *a = &demo_activities[i];
		const char *day = d->dates[a->day];
		snprintf(id, sizeof(id), "a%02d", i + 1);
		snprintf(start, sizeof(start), "%s %s", day, a->start);
		snprintf(end, sizeof(end), "%s %s", day, a->end);
		snprintf(leave, sizeof(leave), "%s %s", day, a->leave_by);
		snprintf(seats, sizeof(seats), "%u", a->capacity * d->scale);
		const char *const cells[] = {id, activity_kind_codes[a->kind], a->fr, a->nl, a->de,
			a->en, start, end, a->place,
			a->track == NO_TRACK ? "" : demo_tracks[a->track].id,
			a->capacity ? seats : "", access_codes[a->access],
			a->open_to_all ? "yes" : "no", a->speakers, a->meeting_point,
			*a->leave_by ? leave : "", a->dress};
		for (size_t k = 0; k < COUNT(cells); k++) {
			fputs(k ? "," : "", f);
			demo_write_cell(f, cells[k]);
		}
		fputc('\n', f);
	}
}

static void outside_company(struct demo_random *r, char *out, size_t cap)
{
	static const char *const first[] = {"Redwood Gate", "Bluff Point", "Tule Fog", "Manzanita",
		"Coyote Hill", "Pelican Row", "Sierra Lantern", "Salt Marsh", "Poppyfield",
		"Arroyo Nine", "Cypress Key", "Half Moon", "Foghorn", "Santa Perla", "Quail Run",
		"Golden Oar"};
	static const char *const second[] = {"Ventures", "Robotics", "Biologics", "Logistics",
		"Studios", "Energy", "Aerospace", "Foods", "Capital", "Design", "Networks",
		"Materials"};
	static const char *const third[] = {"Inc.", "LLC", "Corp.", "Partners LP"};
	uint32_t a = demo_random_below(r, COUNT(first)), b = demo_random_below(r, COUNT(second));

	snprintf(out, cap, "%s %s, %s", first[a], second[b], third[(a + b) % COUNT(third)]);
}

static void write_time(FILE *f, const char *day, const char *start, int minutes)
{
	int at = ((start[0] - '0') * 10 + start[1] - '0') * 60 + (start[3] - '0') * 10 + start[4] -
		 '0';

	at += minutes;
	fprintf(f, "%s %02d:%02d,", day, at / 60, at % 60);
}

struct table {
	uint32_t id, number, slot, host;
	const char *guest;
};

static void write_meeting(FILE *f, const struct demo_days *d, const struct demo_session *s,
	const struct table *t, struct demo_random *r)
{
	static const char *const subjects[] = {"Distribution on the West Coast",
		"Joint research project", "Supply of components", "Licensing of a patent",
		"First order and logistics", "Investment round", "Pilot installation",
		"Certification and testing", "Co-production",
		"Recruitment and exchange of engineers", "Data sharing agreement",
		"Visit of the plant"};
	const struct demo_activity *a = &demo_activities[s->activity];
	int from = (int)t->slot * SLOT_MIN;

	fprintf(f, "m%04u,", t->id);
	write_time(f, d->dates[a->day], a->start, from);
	write_time(f, d->dates[a->day], a->start, from + MEETING_MIN);
	fprintf(f, "%s,p%04u,", a->place, t->host + 1);
	demo_write_cell(f, t->guest);
	fprintf(f, ",%u,%s\n", t->number, subjects[demo_random_below(r, COUNT(subjects))]);
}

static void shuffle(uint32_t *p, size_t n, struct demo_random *r)
{
	for (size_t i = n; i > 1; i--) {
		size_t k = demo_random_below(r, (uint32_t)i);
		uint32_t spare = p[i - 1];
		p[i - 1] = p[k];
		p[k] = spare;
	}
}

void demo_write_meetings(FILE *f, const struct demo_days *d, uint32_t wanted, struct demo_random *r)
{
	enum { ROUNDS = DEMO_SESSIONS * SLOTS };
	char guest[64];
	struct table t = {.guest = guest};

	for (uint32_t round = 0; round < ROUNDS; round++) {
		const struct demo_session *s = &d->sessions[round / SLOTS];
		uint64_t until = (uint64_t)wanted * (round + 1) / ROUNDS;
		size_t at = 0;
		t.slot = round % SLOTS;
		shuffle(s->guests, s->n, r);
		for (t.number = 1; t.id < until && at < s->n; t.number++) {
			t.id++;
			t.host = s->guests[at++];
			bool spare = s->n - at > until - t.id;
			uint32_t other = spare ? s->guests[at] : t.host;
			bool colleagues = other < t.host + 4 && t.host < other + 4;
			if (spare && !colleagues && demo_random_below(r, 10) < 4) {
				snprintf(guest, sizeof(guest), "p%04u", other + 1);
				at++;
			} else {
				outside_company(r, guest, sizeof(guest));
			}
			write_meeting(f, d, s, &t, r);
		}
	}
}
