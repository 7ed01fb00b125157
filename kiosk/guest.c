/* Copies of what screens show, out of the roster. */
#include "guest.h"

#include <string.h>

/* Several entries at one place share its texts; what is known of a place is found by number. */
struct seen {
	uint16_t number, zone;
	uint32_t entry;
};

static void keep_place(struct text_memory *m, struct entry *e, const struct place *p)
{
	e->place = text_keep(m, p->name);
	e->room = text_keep(m, p->room);
	e->city = text_keep(m, p->city);
	e->directions = texts_keep(m, &p->directions);
}

struct places {
	const struct roster *roster;
	struct visit *visit; /* may be NULL */
	struct text_memory *memory;
	struct entry *entries;
	size_t seen_n;
	struct seen seen[GUEST_ENTRIES];
};

static enum err take_place(struct places *s, uint32_t at, uint16_t number)
{
	struct entry *e = &s->entries[at];
	for (size_t i = 0; i < s->seen_n; i++) {
		if (s->seen[i].number != number)
			continue;
		const struct entry *old = &s->entries[s->seen[i].entry];
		e->place = old->place;
		e->room = old->room;
		e->city = old->city;
		e->directions = old->directions;
		e->offset = roster_offset(s->roster, s->seen[i].zone, e->start).minutes;
		return OK;
	}
	struct place p;
	enum err err = roster_place(s->roster, s->visit, number, &p);
	if (err != OK)
		return err == ERR_ABSENT ? OK : err;
	keep_place(s->memory, e, &p);
	e->offset = roster_offset(s->roster, p.zone, e->start).minutes;
	if (s->seen_n < COUNT(s->seen))
		s->seen[s->seen_n++] = (struct seen){number, p.zone, at};
	return OK;
}

static enum err take_activity(struct places *s, uint32_t at, const struct activity *a)
{
	struct entry *e = &s->entries[at];
	e->kind = a->kind;
	e->start = a->start;
	e->end = a->end;
	e->leave_by = a->leave_by;
	e->track = a->track;
	e->title = texts_keep(s->memory, &a->title);
	e->meeting_point = text_keep(s->memory, a->meeting_point);
	e->dress = text_keep(s->memory, a->dress);
	return take_place(s, at, a->place);
}

static enum err take_bookings(struct guest *g, struct places *s)
{
	for (size_t i = 0; i < s->visit->booking_count && g->entry_count < GUEST_ENTRIES; i++) {
		const struct booking *b = &s->visit->bookings[i];
		if (b->status == BOOKING_CANCELLED)
			continue;
		struct activity a;
		enum err err = roster_activity(s->roster, s->visit, b->activity, &a);
		if (err == ERR_ABSENT)
			continue;
		if (err != OK)
			return err;
		g->entries[g->entry_count].status = b->status;
		g->entries[g->entry_count].seat = text_keep(s->memory, b->seat);
		err = take_activity(s, g->entry_count, &a);
		if (err != OK)
			return err;
		g->entry_count++;
	}
	return OK;
}

static enum err take_meetings(struct guest *g, struct places *s)
{
	for (size_t i = 0; i < s->visit->meeting_count && g->entry_count < GUEST_ENTRIES; i++) {
		const struct meeting *m = &s->visit->meetings[i];
		struct entry *e = &g->entries[g->entry_count];
		e->meeting = true;
		e->kind = ACTIVITY_B2B;
		e->track = -1;
		e->start = m->start;
		e->end = m->end;
		e->table = text_keep(s->memory, m->table);
		e->subject = text_keep(s->memory, m->subject);
		e->counterpart = text_keep(s->memory, m->counterpart);
		e->counterpart_organisation = text_keep(s->memory, m->counterpart_organisation);
		enum err err = take_place(s, g->entry_count, m->place);
		if (err != OK)
			return err;
		g->entry_count++;
	}
	return OK;
}

static bool before(const struct entry *a, const struct entry *b)
{
	return a->start != b->start ? a->start < b->start : a->end < b->end;
}

static void sort(struct entry *e, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++) {
		struct entry moved = e[i];
		uint32_t to = i;
		for (; to > 0 && before(&moved, &e[to - 1]); to--)
			e[to] = e[to - 1];
		e[to] = moved;
	}
}

/* A waiting list is no promise, so it clashes with nothing. */
static void mark_conflicts(struct entry *e, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		for (uint32_t k = i + 1; k < n && e[k].start < e[i].end; k++) {
			if (e[i].status == BOOKING_WAITING || e[k].status == BOOKING_WAITING)
				continue;
			e[i].conflict = e[k].conflict = true;
		}
	}
}

static enum err take_person(struct guest *g, struct text_memory *m, const struct visit *v)
{
	char name[2 * 256 + 2];
	enum err err = visit_name(v, name, sizeof(name));
	if (err == OK)
		g->name = text_keep(m, span_of(name));
	seal_wipe(name, sizeof(name));
	g->role = v->role;
	g->family_first = v->family_first;
	g->given = text_keep(m, v->given_name);
	g->family = text_keep(m, v->family_name);
	g->display = text_keep(m, v->display_name);
	g->honorific = text_keep(m, v->honorific);
	g->organisation = text_keep(m, v->organisation);
	g->function = text_keep(m, v->function);
	return err;
}

enum err guest_take(struct guest *out, const struct roster *r, struct visit *v)
{
	seal_wipe(out, sizeof(*out));
	out->known = true;
	out->is_protected = v->is_protected;
	out->shown = v->kind;
	out->issue = v->issue;
	out->badge_issue = v->badge_issue;
	out->language = v->language;
	memcpy(out->handle, v->handle, sizeof(out->handle));
	bool protocol = v->kind == 0 && v->day_open;
	if (v->is_protected && !protocol)
		return OK;
	out->day_open = v->day_open;
	struct text_memory m = {out->text, &out->text_n, sizeof(out->text), false};
	enum err err = take_person(out, &m, v);
	struct places s = {r, v, &m, out->entries, 0, {{0}}};
	if (err == OK)
		err = take_bookings(out, &s);
	if (err == OK)
		err = take_meetings(out, &s);
	if (err != OK && err != ERR_FULL) {
		seal_wipe(out, sizeof(*out));
		return err;
	}
	sort(out->entries, out->entry_count);
	mark_conflicts(out->entries, out->entry_count);
	return err == OK && m.full ? ERR_FULL : err;
}

static void take_where(
	struct text_memory *m, const struct roster *r, struct span id, struct text *out)
{
	struct place at;
	if (id.n == 0 || roster_place_by_id(r, id, &at) != OK)
		return;
	if (at.room.n == 0) {
		*out = text_keep(m, at.name);
		return;
	}
	struct text name = text_keep(m, at.name);
	struct text comma = text_keep(m, span_of(", "));
	struct text room = text_keep(m, at.room);
	if (!m->full)
		*out = (struct text){name.at, name.n + comma.n + room.n};
}

void programme_take(struct programme *out, const struct roster *r, struct span place, int64_t now)
{
	memset(out, 0, sizeof(*out));
	struct text_memory m = {out->text, &out->text_n, sizeof(out->text), false};
	struct event_info info;
	roster_event(r, &info);
	out->known = true;
	out->demo = r->demo;
	out->built_at = r->built_at;
	out->sequence = r->sequence;
	out->lease_amber_min = info.lease_amber_min;
	out->lease_withhold_min = info.lease_withhold_min;
	out->event = texts_keep(&m, &info.name);
	take_where(&m, r, info.desk_place, &out->desk);
	take_where(&m, r, place, &out->place);
	struct places s = {r, NULL, &m, out->entries, 0, {{0}}};
	uint32_t n = roster_activity_count(r);
	for (uint32_t i = 0; i < n; i++) {
		struct activity a;
		if (roster_activity_at(r, i, &a) != OK || !a.open_to_all || a.end <= now)
			continue;
		uint32_t used = out->text_n;
		if (out->entry_count == PROGRAMME_ENTRIES) {
			out->more = true;
			return;
		}
		enum err err = take_activity(&s, out->entry_count, &a);
		if (err != OK || m.full) {
			memset(&out->entries[out->entry_count], 0, sizeof(*out->entries));
			out->text_n = used;
			out->more = true;
			return;
		}
		out->entry_count++;
	}
}

struct span guest_text(const struct guest *g, struct text t)
{
	return span_cut((struct span){g->text, g->text_n}, t.at, t.n);
}

struct span programme_text(const struct programme *p, struct text t)
{
	return span_cut((struct span){p->text, p->text_n}, t.at, t.n);
}
