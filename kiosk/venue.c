/* What a venue screen shows, taken out of a roster, and whose turn it is. */
#include "venue.h"

#include "when.h"

#include <string.h>

const char *const venue_layout_names[VENUE_LAYOUTS] = {"", "room", "lobby", "transfers"};

/* Several entries at one place share its texts. */
struct seen {
	uint16_t number;
	uint32_t entry;
};

struct taking {
	const struct roster *roster;
	struct venue *venue;
	struct text_memory memory;
	struct span id, city; /* of the place asked for; empty: anywhere */
	int64_t since;        /* what was over then is left out */
	size_t seen_n;
	struct seen seen[VENUE_ENTRIES];
};

static int64_t floor_to(int64_t at, int64_t step)
{
	return at - (at % step + step) % step;
}

static struct text keep_joined(struct text_memory *m, struct span names)
{
	struct text all = {*m->n, 0};

	for (size_t from = 0, to = 0; to <= names.n; to++) {
		if (to < names.n && names.p[to] != '|')
			continue;
		if (from > 0)
			all.n += text_keep(m, span_of(", ")).n;
		all.n += text_keep(m, span_cut(names, from, to - from)).n;
		from = to + 1;
	}
	return m->full ? (struct text){0, 0} : all;
}

static void take_place(
	struct taking *t, struct venue_entry *e, uint16_t number, const struct place *p)
{
	for (size_t i = 0; i < t->seen_n; i++) {
		const struct venue_entry *old = &t->venue->entries[t->seen[i].entry];
		if (t->seen[i].number != number)
			continue;
		e->place = old->place;
		e->room = old->room;
		e->city = old->city;
		return;
	}
	e->place = text_keep(&t->memory, p->name);
	e->room = text_keep(&t->memory, p->room);
	e->city = text_keep(&t->memory, p->city);
	if (t->seen_n < COUNT(t->seen))
		t->seen[t->seen_n++] = (struct seen){number, t->venue->entry_n};
}

/* When its coach leaves: of a transfer always, else where it is said. */
static int64_t leave_of(const struct activity *a)
{
	if (a->leave_by > 0)
		return a->leave_by;
	return a->kind == ACTIVITY_TRANSFER ? a->start : 0;
}

static bool is_wanted(const struct taking *t, const struct activity *a, const struct place *p)
{
	enum venue_layout layout = t->venue->layout;

	if (layout == VENUE_ROOM)
		return a->end > t->since && span_equal(p->id, t->id);
	if (t->city.n > 0 && !span_equal(p->city, t->city))
		return false;
	if (layout == VENUE_LOBBY)
		return a->end > t->since;
	return leave_of(a) > 0 && leave_of(a) + VENUE_LEFT_S > t->since;
}

static void take_activity(struct taking *t, const struct activity *a, const struct place *p)
{
	struct venue *v = t->venue;
	uint32_t used = v->text_n;

	if (v->entry_n == VENUE_ENTRIES) {
		v->more = true;
		return;
	}
	struct venue_entry *e = &v->entries[v->entry_n];
	*e = (struct venue_entry){.activity = a->number,
		.kind = a->kind,
		.track = a->track,
		.start = a->start,
		.end = a->end,
		.leave = leave_of(a),
		.capacity = a->capacity > 0 ? a->capacity : p->capacity};
	e->offset = roster_offset(t->roster, p->zone, e->start).minutes;
	e->end_offset = roster_offset(t->roster, p->zone, e->end).minutes;
	e->leave_offset = roster_offset(t->roster, p->zone, e->leave).minutes;
	e->title = texts_keep(&t->memory, &a->title);
	e->speakers = keep_joined(&t->memory, a->speakers);
	e->meeting_point = text_keep(&t->memory, a->meeting_point);
	take_place(t, e, a->place, p);
	if (t->memory.full) {
		memset(e, 0, sizeof(*e));
		v->text_n = used;
		v->more = true;
		return;
	}
	v->entry_n++;
}

static void take_tracks(struct taking *t)
{
	struct track track;
	struct venue *v = t->venue;

	while (v->track_n < VENUE_TRACKS && roster_track(t->roster, v->track_n, &track) == OK)
		v->tracks[v->track_n++] = texts_keep(&t->memory, &track.title);
}

static void widen(struct venue *v, const struct activity *a, int32_t offset)
{
	if (v->first == 0 || a->start < v->first) {
		v->first = a->start;
		v->first_offset = offset;
	}
	if (a->end > v->last)
		v->last = a->end;
}

static void take_activities(struct taking *t)
{
	uint32_t n = roster_activity_count(t->roster);

	for (uint32_t i = 0; i < n; i++) {
		struct activity a;
		struct place p;
		if (roster_activity_at(t->roster, i, &a) != OK || !a.open_to_all ||
			roster_place(t->roster, NULL, a.place, &p) != OK)
			continue;
		widen(t->venue, &a, roster_offset(t->roster, p.zone, a.start).minutes);
		if (is_wanted(t, &a, &p) && !t->memory.full)
			take_activity(t, &a, &p);
	}
}

static int64_t key_of(const struct venue *v, const struct venue_entry *e)
{
	return v->layout == VENUE_TRANSFERS ? e->leave : e->start;
}

/* Of what begins at once the one that ends first, then as the organiser numbered them. */
static bool before(const struct venue *v, const struct venue_entry *a, const struct venue_entry *b)
{
	if (key_of(v, a) != key_of(v, b))
		return key_of(v, a) < key_of(v, b);
	return a->end != b->end ? a->end < b->end : a->activity < b->activity;
}

static void sort(struct venue *v)
{
	for (uint32_t i = 1; i < v->entry_n; i++) {
		struct venue_entry moved = v->entries[i];
		uint32_t to = i;
		for (; to > 0 && before(v, &moved, &v->entries[to - 1]); to--)
			v->entries[to] = v->entries[to - 1];
		v->entries[to] = moved;
	}
}

/* The board's own clock is that of the place asked for, else of the first city. */
static void take_where(struct taking *t, struct span id, int64_t now)
{
	struct venue *v = t->venue;
	struct place p = {0};
	struct activity a;

	if (id.n > 0)
		v->where = roster_place_by_id(t->roster, id, &p) == OK ? VENUE_HERE : VENUE_UNKNOWN;
	bool by_place = v->layout == VENUE_BY_PLACE;
	if (by_place)
		v->layout = v->where == VENUE_HERE && p.room.n > 0 ? VENUE_ROOM : VENUE_LOBBY;
	if (v->where == VENUE_HERE) {
		t->id = p.id;
		t->city = p.city;
		v->place = text_keep(&t->memory, p.name);
		v->room = text_keep(&t->memory, p.room);
		v->city = text_keep(&t->memory, p.city);
		v->offset = roster_offset(t->roster, p.zone, now).minutes;
		return;
	}
	if (roster_activity_at(t->roster, 0, &a) == OK &&
		roster_place(t->roster, NULL, a.place, &p) == OK)
		v->offset = roster_offset(t->roster, p.zone, now).minutes;
}

void venue_take(struct venue *out, const struct roster *r, const struct venue_ask *ask, int64_t now)
{
	memset(out, 0, sizeof(*out));
	out->known = r != NULL;
	out->layout = ask->layout;
	out->at = now;
	out->language_n = ask->language_n;
	memcpy(out->languages, ask->languages, sizeof(out->languages));
	if (!r) {
		if (out->layout == VENUE_BY_PLACE)
			out->layout = VENUE_LOBBY;
		return;
	}
	struct taking t = {.roster = r,
		.venue = out,
		.memory = {out->text, &out->text_n, sizeof(out->text), false}};
	take_where(&t, span_of(ask->place), now);
	take_tracks(&t);
	t.since = out->layout == VENUE_ROOM ? now : floor_to(now, VENUE_ROUND_S);
	if (out->where != VENUE_UNKNOWN)
		take_activities(&t);
	sort(out);
}

void venue_count(struct venue_entry *e, const struct fold_activity *counts)
{
	if (counts->entered == 0 || e->capacity == 0)
		return;
	e->seats_left = counts->inside < e->capacity ? e->capacity - counts->inside : 0;
	e->seats = e->seats_left > 0 ? VENUE_SEATS_LEFT : VENUE_SEATS_NONE;
}

struct span venue_text(const struct venue *v, struct text t)
{
	return span_cut((struct span){v->text, v->text_n}, t.at, t.n);
}

bool venue_runs(const struct venue_entry *e, int64_t now)
{
	return e->start <= now && now < e->end;
}

static int64_t day_of(const struct venue *v, const struct venue_entry *e)
{
	return v->layout == VENUE_TRANSFERS ? when_day_number(e->leave, e->leave_offset)
					    : when_day_number(e->start, e->offset);
}

/* What began before midnight and still runs is of today as well. */
struct venue_day venue_day_of(const struct venue *v, int64_t now)
{
	int64_t today = when_day_number(now, v->offset);
	struct venue_day d = {.today = true, .at = now, .offset = v->offset};

	while (d.n < v->entry_n && day_of(v, &v->entries[d.n]) <= today)
		d.n++;
	if (d.n > 0 || v->entry_n == 0)
		return d;
	const struct venue_entry *e = &v->entries[0];
	d = (struct venue_day){.at = key_of(v, e),
		.offset = v->layout == VENUE_TRANSFERS ? e->leave_offset : e->offset};
	while (d.n < v->entry_n && day_of(v, &v->entries[d.n]) == day_of(v, e))
		d.n++;
	return d;
}

enum venue_state venue_state_of(const struct venue *v, int64_t now)
{
	if (!v->known)
		return VENUE_NO_LIST;
	if (v->where == VENUE_UNKNOWN)
		return VENUE_PLACE_UNKNOWN;
	if (v->first == 0)
		return VENUE_NOTHING_YET;
	if (v->entry_n == 0)
		return now >= v->last ? VENUE_OVER : VENUE_OVER_HERE;
	if (venue_day_of(v, now).today)
		return VENUE_ON;
	bool begun = when_day_number(v->first, v->first_offset) <= when_day_number(now, v->offset);
	return begun ? VENUE_OVER_TODAY : VENUE_BEFORE;
}

enum venue_coach venue_coach_of(const struct venue_entry *e, int64_t now)
{
	if (now >= e->leave)
		return VENUE_COACH_LEFT;
	return now >= e->leave - VENUE_BOARDING_S ? VENUE_COACH_BOARDING : VENUE_COACH_LATER;
}

struct venue_turn venue_turn_of(const struct venue *v, uint32_t pages, int64_t now)
{
	int64_t languages = v->language_n > 0 ? v->language_n : 1;
	int64_t all = languages * (pages > 0 ? pages : 1);
	int64_t show = floor_to(now, VENUE_TURN_S) / VENUE_TURN_S % all;

	show = show < 0 ? show + all : show;
	return (struct venue_turn){(uint32_t)(show / languages), v->languages[show % languages]};
}

int64_t venue_tick_ms(int64_t now)
{
	return (floor_to(now, VENUE_TURN_S) + VENUE_TURN_S - now) * 1000;
}
