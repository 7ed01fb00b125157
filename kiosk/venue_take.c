/* A venue screen's value, out of a roster and what was said before. */
#include "venue.h"

#include <string.h>

/* How long after a ride what it was for may begin, and the shortest name that means a place. */
enum { FOLLOWS_S = 90 * 60, NAME_LEAST = 4 };

/* Several entries at one place share its texts. */
struct seen {
	uint16_t number;
	uint32_t entry;
};

struct taking {
	const struct roster *roster;
	const struct changes *changes; /* may be NULL */
	struct venue *venue;
	struct text_memory memory;
	struct span id, city; /* of the place asked for; empty: anywhere */
	int64_t now, since;   /* since: what was over then is left out */
	size_t seen_n;
	struct seen seen[VENUE_ENTRIES];
};

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

static bool is_here(const struct taking *t, struct span id, struct span city)
{
	if (t->venue->layout == VENUE_ROOM)
		return span_equal(id, t->id);
	return t->city.n == 0 || span_equal(city, t->city);
}

static bool is_ahead(const struct taking *t, int64_t end, int64_t leave)
{
	if (t->venue->layout == VENUE_TRANSFERS)
		return leave > 0 && leave + VENUE_LEFT_S > t->since;
	return end > t->since;
}

/* A room that was in the same house is named alone. */
static struct text keep_place(
	struct taking *t, const struct venue_entry *e, struct span room, struct span name)
{
	if (room.n > 0 && span_equal(name, venue_text(t->venue, e->place)))
		return text_keep(&t->memory, room);
	struct text a = text_keep(&t->memory, room);
	struct text comma = text_keep(&t->memory, span_of(room.n > 0 && name.n > 0 ? ", " : ""));
	struct text b = text_keep(&t->memory, name);

	return (struct text){a.n > 0 ? a.at : b.at, a.n + comma.n + b.n};
}

/* What was changed, as this layout tells it. */
static void take_change(struct taking *t, struct venue_entry *e, const struct change *c)
{
	const struct past *was = &c->was;
	bool coach = t->venue->layout == VENUE_TRANSFERS;
	struct span met = change_text(c, was->meeting_point);

	if (c->what & CHANGE_CANCELLED)
		e->marks |= VENUE_CANCELLED;
	if (c->what & CHANGE_NEW)
		e->marks |= VENUE_NEW;
	if ((c->what & (coach ? CHANGE_LEAVE : CHANGE_TIME)) && (!coach || was->leave > 0)) {
		e->marks |= VENUE_NEW_TIME;
		e->was = coach ? was->leave : was->start;
		e->was_offset = coach ? was->leave_offset : was->offset;
	}
	if (coach && (c->what & CHANGE_MEETING) && met.n > 0) {
		e->marks |= VENUE_MOVED_HERE;
		e->was_place = text_keep(&t->memory, met);
	} else if (c->what & CHANGE_PLACE) {
		e->marks |= VENUE_MOVED_HERE;
		e->was_place = keep_place(
			t, e, change_text(c, was->room), change_text(c, was->place_name));
	}
}

/* The next entry, if there is room for one more; *used is what its texts may be taken back to. */
static struct venue_entry *begin(struct taking *t, uint32_t *used)
{
	struct venue *v = t->venue;

	*used = v->text_n;
	if (v->entry_n < VENUE_ENTRIES && !t->memory.full)
		return &v->entries[v->entry_n];
	v->more = true;
	return NULL;
}

static void end(struct taking *t, struct venue_entry *e, uint32_t used)
{
	struct venue *v = t->venue;

	if (!t->memory.full) {
		v->entry_n++;
		return;
	}
	memset(e, 0, sizeof(*e));
	v->text_n = used;
	v->more = true;
}

static bool contains(struct span text, struct span part)
{
	for (size_t at = 0; at + part.n <= text.n; at++)
		if (memcmp(text.p + at, part.p, part.n) == 0)
			return true;
	return false;
}

/* Does what a is about begin after this ride, where it goes to? Its title names the place, or the
 * organiser said when to leave for a, and this leaves then. */
static int follows(const struct activity *ride, const struct activity *a, const struct place *p)
{
	if (a->kind == ACTIVITY_TRANSFER || a->start < ride->end ||
		a->start > ride->end + FOLLOWS_S)
		return 0;
	for (int i = 0; i < LANGUAGES; i++)
		if (p->name.n >= NAME_LEAST && contains(ride->title.in[i], p->name))
			return 2;
	return a->leave_by > 0 && a->leave_by == changes_leave(ride) ? 1 : 0;
}

/* Where two might be meant, it cannot be told. */
static void take_follows(struct taking *t, struct venue_entry *e, const struct activity *ride)
{
	uint32_t n = roster_activity_count(t->roster);
	struct activity best = {0};
	int how = 0;
	bool several = false;

	for (uint32_t i = 0; i < n; i++) {
		struct activity a;
		struct place p;
		if (roster_activity_at(t->roster, i, &a) != OK || !a.open_to_all ||
			roster_place(t->roster, NULL, a.place, &p) != OK ||
			!span_equal(p.city, venue_text(t->venue, e->city)))
			continue;
		int is = follows(ride, &a, &p);
		several = is > how ? false : several || (is > 0 && is == how);
		best = is > how ? a : best;
		how = is > how ? is : how;
	}
	if (how > 0 && !several)
		e->follows = texts_keep(&t->memory, &best.title);
}

static void take_activity(
	struct taking *t, const struct activity *a, const struct place *p, bool here)
{
	const struct change *c = t->changes ? changes_of(t->changes, a->number, t->now) : NULL;
	uint32_t used;
	struct venue_entry *e = begin(t, &used);

	if (!e)
		return;
	*e = (struct venue_entry){.activity = a->number,
		.kind = a->kind,
		.track = a->track,
		.start = a->start,
		.end = a->end,
		.leave = changes_leave(a),
		.capacity = a->capacity > 0 ? a->capacity : p->capacity};
	e->offset = roster_offset(t->roster, p->zone, e->start).minutes;
	e->end_offset = roster_offset(t->roster, p->zone, e->end).minutes;
	e->leave_offset = roster_offset(t->roster, p->zone, e->leave).minutes;
	e->title = texts_keep(&t->memory, &a->title);
	e->speakers = keep_joined(&t->memory, a->speakers);
	e->meeting_point = text_keep(&t->memory, a->meeting_point);
	take_place(t, e, a->place, p);
	if (a->kind == ACTIVITY_TRANSFER && t->venue->layout == VENUE_TRANSFERS)
		take_follows(t, e, a);
	if (c)
		take_change(t, e, c);
	if (!here)
		e->marks = (uint8_t)((e->marks & ~VENUE_MOVED_HERE) | VENUE_MOVED_AWAY);
	end(t, e, used);
}

/* It is said to have been here, less than an hour ago, and is elsewhere now. */
static bool was_here(const struct taking *t, uint16_t activity)
{
	const struct change *c = t->changes ? changes_of(t->changes, activity, t->now) : NULL;

	return c && (c->what & CHANGE_PLACE) &&
	       is_here(t, change_text(c, c->was.place_id), change_text(c, c->was.city));
}

/* What is in no list any more is told out of what was said. */
static void take_cancelled(struct taking *t, const struct change *c)
{
	const struct past *was = &c->was;
	uint32_t used;
	struct venue_entry *e = begin(t, &used);

	if (!e)
		return;
	*e = (struct venue_entry){.activity = was->activity,
		.kind = was->kind,
		.track = -1,
		.start = was->start,
		.end = was->end,
		.leave = was->leave,
		.offset = was->offset,
		.end_offset = was->end_offset,
		.leave_offset = was->leave_offset,
		.marks = VENUE_CANCELLED};
	for (int i = 0; i < LANGUAGES; i++)
		e->title.in[i] = text_keep(&t->memory, change_text(c, was->title.in[i]));
	e->place = text_keep(&t->memory, change_text(c, was->place_name));
	e->room = text_keep(&t->memory, change_text(c, was->room));
	e->city = text_keep(&t->memory, change_text(c, was->city));
	e->meeting_point = text_keep(&t->memory, change_text(c, was->meeting_point));
	end(t, e, used);
}

static void take_all_cancelled(struct taking *t)
{
	for (uint32_t i = 0; t->changes && i < t->changes->mark_n; i++) {
		const struct change *c = &t->changes->marks[i];
		if ((c->what & CHANGE_CANCELLED) && change_is_fresh(c, t->now) &&
			is_ahead(t, c->was.end, c->was.leave) &&
			is_here(t, change_text(c, c->was.place_id), change_text(c, c->was.city)))
			take_cancelled(t, c);
	}
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
		if (!is_ahead(t, a.end, changes_leave(&a)))
			continue;
		bool here = is_here(t, p.id, p.city);
		if (here || was_here(t, a.number))
			take_activity(t, &a, &p, here);
	}
}

/* Of what begins at once the one that ends first, then as the organiser numbered them. */
static bool before(const struct venue *v, const struct venue_entry *a, const struct venue_entry *b)
{
	if (v->layout == VENUE_ROOM && venue_is_gone(a) != venue_is_gone(b))
		return venue_is_gone(b);
	int64_t at = venue_when(v, a).at, other = venue_when(v, b).at;
	if (at != other)
		return at < other;
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
	while (v->layout == VENUE_ROOM && v->entry_n > 0 &&
		venue_is_gone(&v->entries[v->entry_n - 1])) {
		v->entry_n--;
		v->gone_n++;
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

void venue_take(struct venue *out, const struct roster *r, const struct venue_ask *ask,
	const struct changes *changes, int64_t now)
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
		.changes = changes,
		.now = now,
		.id = span_of(ask->place),
		.venue = out,
		.memory = {out->text, &out->text_n, sizeof(out->text), false}};
	take_where(&t, span_of(ask->place), now);
	take_tracks(&t);
	t.since = out->layout == VENUE_ROOM ? now : now - now % VENUE_ROUND_S;
	if (out->where != VENUE_UNKNOWN || out->layout == VENUE_ROOM) {
		/* First: where not all fit, what will not take place is the news. */
		take_all_cancelled(&t);
		take_activities(&t);
	}
	sort(out);
}
