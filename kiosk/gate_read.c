/* A door's values out of the roster and what is known of people. */
#include "gate_read.h"

#include "fold_text.h"
#include "late.h"
#include "when.h"

#include <string.h>

static struct text keep(uint8_t *p, uint32_t *n, size_t cap, struct span s)
{
	if (s.n == 0 || s.n > cap - *n)
		return (struct text){0, 0};
	struct text t = {*n, (uint32_t)s.n};
	memcpy(p + t.at, s.p, s.n);
	*n += t.n;
	return t;
}

static struct text keep_text(struct gate_list *l, struct span s)
{
	struct text t = keep(l->text, &l->text_n, sizeof(l->text), s);

	l->more = l->more || (s.n > 0 && t.n == 0);
	return t;
}

/* Reading a day. */
struct reading {
	const struct gate_day *day;
	struct gate_list *list;
	struct span city;
};

static struct gate_activity *listed(struct gate_list *l, uint16_t number)
{
	for (uint32_t i = 0; i < l->n; i++)
		if (l->at[i].number == number)
			return &l->at[i];
	return NULL;
}

static bool is_wanted(const struct reading *r, const struct activity *a, const struct place *p)
{
	const struct gate_day *d = r->day;
	int32_t offset = roster_offset(d->roster, p->zone, d->now).minutes;

	if (a->end <= d->now || when_day_number(a->start, offset) > when_day_number(d->now, offset))
		return false;
	return d->place.n == 0 || span_equal(p->id, d->place) ||
	       (r->city.n > 0 && span_equal(p->city, r->city));
}

/* Here first, then by start. */
static bool before(const struct gate_activity *a, const struct gate_activity *b)
{
	if (a->here != b->here)
		return a->here;
	return a->start != b->start ? a->start < b->start : a->number < b->number;
}

static void insert(struct gate_list *l, struct gate_activity *a, const struct activity *from)
{
	if (l->n == GATE_ACTIVITIES && !before(a, &l->at[l->n - 1])) {
		l->more = true;
		return;
	}
	if (l->n == GATE_ACTIVITIES) {
		l->more = true;
		l->n--;
	}
	for (int i = 0; i < LANGUAGES; i++)
		a->title.in[i] = keep_text(l, from->title.in[i]);
	uint32_t to = l->n++;
	for (; to > 0 && before(a, &l->at[to - 1]); to--)
		l->at[to] = l->at[to - 1];
	l->at[to] = *a;
}

static void take_activity(struct reading *r, const struct activity *a, struct visit *v)
{
	struct gate_list *l = r->list;
	const struct roster *roster = r->day->roster;
	struct place p;

	if (listed(l, a->number) || roster_place(roster, v, a->place, &p) != OK ||
		!is_wanted(r, a, &p))
		return;
	struct gate_activity g = {.number = a->number,
		.access = a->access,
		.here = r->day->place.n > 0 && span_equal(p.id, r->day->place),
		.start = a->start,
		.end = a->end,
		.offset = roster_offset(roster, p.zone, a->start).minutes,
		.capacity = a->capacity > 0 ? a->capacity : p.capacity};
	g.place = keep_text(l, p.name);
	g.room = keep_text(l, p.room);
	insert(l, &g, a);
}

static bool takes_seat(const struct visit *v, size_t i)
{
	return v->bookings[i].status == BOOKING_CONFIRMED;
}

static void take_bookings(struct reading *r, struct gate_booked *booked, struct visit *v)
{
	struct activity a;

	for (size_t i = 0; i < v->booking_count; i++) {
		uint16_t number = v->bookings[i].activity;
		if (!listed(r->list, number) &&
			roster_activity(r->day->roster, v, number, &a) == OK)
			take_activity(r, &a, v);
		struct gate_activity *g = listed(r->list, number);
		if (!g || !takes_seat(v, i))
			continue;
		g->booked++;
		if (booked->n == GATE_BOOKED) {
			booked->known = false;
			continue;
		}
		struct gate_seat *s = &booked->at[booked->n++];
		memcpy(s->handle, v->handle, sizeof(s->handle));
		s->activity = number;
	}
}

/* Whoever keys open, one after the other. */
static bool next_visit(const struct gate_day *d, uint32_t *slot, struct visit *v)
{
	struct found f;

	while (*slot < roster_slot_count(d->roster)) {
		enum err e = roster_find_slot(d->roster, d->keys, (*slot)++, &f);
		if (e == OK)
			e = roster_visit(d->roster, &f, v);
		seal_wipe(&f, sizeof(f));
		if (e == OK && !v->is_protected)
			return true;
	}
	return false;
}

void gate_list_read(struct gate_list *out, struct gate_booked *booked, const struct gate_day *day,
	struct visit *visit)
{
	struct reading r = {.day = day, .list = out};
	struct activity a;
	struct place p;

	memset(out, 0, sizeof(*out));
	if (day->place.n > 0 && roster_place_by_id(day->roster, day->place, &p) == OK)
		r.city = p.city;
	for (uint32_t i = 0; i < roster_activity_count(day->roster); i++)
		if (roster_activity_at(day->roster, i, &a) == OK)
			take_activity(&r, &a, NULL);
	if (!day->keys)
		return;
	*booked = (struct gate_booked){.known = true};
	for (uint32_t slot = 0; next_visit(day, &slot, visit);)
		take_bookings(&r, booked, visit);
	visit_wipe(visit);
}

void gate_list_renew(struct gate_list *l, const struct roster *r)
{
	struct activity a;
	struct place p;

	for (uint32_t i = 0; i < l->n; i++) {
		struct gate_activity *g = &l->at[i];
		if (roster_activity(r, NULL, g->number, &a) != OK)
			continue;
		g->start = a.start;
		g->end = a.end;
		g->access = a.access;
		g->capacity = a.capacity;
		if (roster_place(r, NULL, a.place, &p) == OK && a.capacity == 0)
			g->capacity = p.capacity;
	}
}

bool gate_takes(struct span code)
{
	struct token t = {0};
	struct late l;

	if (code.n == 0 || code.n > TOKEN_TEXT_MAX || !span_is_utf8(code))
		return false;
	enum err e = token_read(&t, code);
	bool takes = e == OK && t.kind != TOKEN_CARD;
	seal_wipe(&t, sizeof(t));
	if (e != ERR_FULL)
		return takes;
	e = late_read(&l, code);
	seal_wipe(&l, sizeof(l));
	return e == OK;
}

void gate_count(struct gate_counts *out, const struct gate_activity *a,
	const struct gate_booked *booked, struct notes *notes)
{
	struct fold_activity f;
	struct fold_attendance seen;

	notes_activity(notes, a->number, &f);
	*out = (struct gate_counts){
		.inside = f.inside, .entered = f.entered, .missing_known = booked->known};
	for (uint32_t i = 0; i < booked->n; i++) {
		const struct gate_seat *s = &booked->at[i];
		if (s->activity != a->number)
			continue;
		bool known = notes_attendance(notes, s->handle, a->number, &seen) == OK;
		out->missing += !known || !seen.entered;
	}
}

static bool is_booked(const struct gate_question *q, const uint8_t person[static EVENT_PERSON])
{
	for (uint32_t i = 0; i < q->booked->n; i++)
		if (q->booked->at[i].activity == q->activity->number &&
			memcmp(q->booked->at[i].handle, person, EVENT_PERSON) == 0)
			return true;
	return false;
}

static enum err find_late(const struct gate_question *q, struct door_question *d,
	struct gate_verdict *out, struct visit *visit)
{
	struct late l;

	d->is_late = true;
	enum err e = late_read(&l, q->code);
	if (e == OK)
		e = late_check(q->roster, &l, q->now);
	if (e == OK) {
		out->known = true;
		out->issue = d->late_issue = l.issue;
		out->language = l.language;
		memcpy(out->handle, l.person, sizeof(out->handle));
	}
	seal_wipe(&l, sizeof(l));
	if (e || !is_booked(q, out->handle))
		return e;
	visit_wipe(visit);
	visit->bookings[visit->booking_count++] =
		(struct booking){.activity = q->activity->number, .status = BOOKING_CONFIRMED};
	d->visit = visit;
	return OK;
}

static enum err find_badge(const struct gate_question *q, struct door_question *d,
	struct gate_verdict *out, struct visit *visit)
{
	struct token t = {0};
	struct found f;

	enum err e = token_read(&t, q->code);
	if (e == ERR_FULL)
		return find_late(q, d, out, visit);
	if (e == OK)
		e = roster_find(q->roster, &t, &f);
	seal_wipe(&t, sizeof(t));
	if (e)
		return e;
	e = roster_visit(q->roster, &f, visit);
	seal_wipe(&f, sizeof(f));
	if (e)
		return e;
	d->visit = visit;
	out->known = visit->kind == TOKEN_BADGE;
	out->issue = visit->issue;
	out->language = visit->language;
	out->is_protected = visit->is_protected;
	memcpy(out->handle, visit->handle, sizeof(out->handle));
	return OK;
}

/* A steward compares the badge in the hand with the glass; who is refused is named to nobody. */
static void take_name(struct gate_verdict *out, const struct visit *v)
{
	struct span org = v->organisation_short.n > 0 ? v->organisation_short : v->organisation;

	if (out->light == DOOR_RED || out->is_protected)
		return;
	if (visit_name(v, out->name, sizeof(out->name)) != OK)
		out->name[0] = 0;
	if (span_copy_text(org, out->organisation, sizeof(out->organisation)) != OK)
		out->organisation[0] = 0;
}

void gate_judge(struct gate_verdict *out, const struct gate_question *q, struct notes *notes,
	struct visit *visit)
{
	const struct gate_activity *g = q->activity;
	struct activity a = {.number = g->number, .access = g->access, .start = g->start};
	struct door_question d = {.activity = &a, .capacity = g->capacity, .now = q->now};

	memset(out, 0, sizeof(*out));
	d.found = find_badge(q, &d, out, visit);
	if (out->known && out->issue > 1)
		notes_saw(notes, out->handle, out->issue);
	gate_count(&out->counts, g, q->booked, notes);
	d.inside = out->counts.inside;
	if (!out->known || notes_find(notes, out->handle, &d.person) != OK)
		d.person = (struct fold_person){0};
	if (!out->known || notes_attendance(notes, out->handle, g->number, &d.attendance) != OK)
		d.attendance = (struct fold_attendance){0};
	struct door_answer answer = door_judge(&d);
	out->light = answer.light;
	out->reason = answer.reason;
	out->inside = d.attendance.inside;
	if (d.visit)
		take_name(out, d.visit);
	visit_wipe(visit);
}

/* The folded family name decides; people of one name stand in the roster's order. */
struct sorted {
	uint16_t letter[12];
};

static void key_of(struct span family, struct sorted *out)
{
	struct folded_text t;

	fold_text(family, &t);
	memset(out->letter, 0, sizeof(out->letter));
	for (size_t i = 0; i < t.n && i < COUNT(out->letter); i++)
		out->letter[i] = t.letter[i];
	seal_wipe(&t, sizeof(t));
}

static int compare(const struct sorted *a, const struct sorted *b)
{
	for (size_t i = 0; i < COUNT(a->letter); i++)
		if (a->letter[i] != b->letter[i])
			return a->letter[i] < b->letter[i] ? -1 : 1;
	return 0;
}

static bool is_missing(const struct visit *v, uint16_t number, struct notes *notes)
{
	struct fold_attendance seen;

	for (size_t i = 0; i < v->booking_count; i++)
		if (v->bookings[i].activity == number && takes_seat(v, i))
			return notes_attendance(notes, v->handle, number, &seen) != OK ||
			       !seen.entered;
	return false;
}

static void add_name(struct gate_missing *out, struct sorted *keys, const struct visit *v)
{
	char name[GATE_NAME];
	struct span org = v->organisation_short.n > 0 ? v->organisation_short : v->organisation;
	struct sorted key;

	if (out->n == GATE_NAMES || visit_name(v, name, sizeof(name)) != OK ||
		sizeof(out->text) - out->text_n < strlen(name) + org.n) {
		out->more++;
		return;
	}
	key_of(v->family_name, &key);
	uint32_t to = out->n++;
	for (; to > 0 && compare(&key, &keys[to - 1]) < 0; to--) {
		keys[to] = keys[to - 1];
		out->at[to] = out->at[to - 1];
	}
	keys[to] = key;
	out->at[to].name = keep(out->text, &out->text_n, sizeof(out->text), span_of(name));
	out->at[to].organisation = keep(out->text, &out->text_n, sizeof(out->text), org);
	seal_wipe(name, sizeof(name));
}

void gate_missing_read(struct gate_missing *out, const struct gate_day *day, uint16_t activity,
	struct notes *notes, struct visit *visit)
{
	struct sorted keys[GATE_NAMES];

	memset(out, 0, sizeof(*out));
	for (uint32_t slot = 0; next_visit(day, &slot, visit);)
		if (is_missing(visit, activity, notes))
			add_name(out, keys, visit);
	visit_wipe(visit);
	seal_wipe(keys, sizeof(keys));
}
