/* The staff's room: the directory opened, searched, and put into rows. */
#include "staffroom_inside.h"

#include <stdlib.h>
#include <string.h>

enum { PROTECTED = 1 };

enum err staffroom_visit_slot(struct staffroom *s, uint32_t slot)
{
	struct staffroom_secrets *x = s->x;

	enum err e = roster_find_slot(&s->holding->roster, &x->keys, slot, &x->found);
	return e ? e : roster_visit(&s->holding->roster, &x->found, &x->visit);
}

enum err staffroom_visit(struct staffroom *s, const uint8_t person[static EVENT_PERSON])
{
	uint32_t slot;

	enum err e = roster_slot_of(&s->holding->roster, person, &slot);
	return e ? staffroom_late_visit(s, person) : staffroom_visit_slot(s, slot);
}

static struct search_entry entry_of(const struct visit *v)
{
	return (struct search_entry){
		.text = {[SEARCH_FAMILY] = v->family_name,
			[SEARCH_GIVEN] = v->given_name,
			[SEARCH_DISPLAY] = v->display_name,
			[SEARCH_ORGANISATION] = v->organisation,
			[SEARCH_SHORT] = v->organisation_short,
			[SEARCH_FUNCTION] = v->function},
		.slot = v->slot,
		.role = (uint8_t)v->role,
		.flags = v->is_protected ? PROTECTED : 0,
	};
}

/* Twice through the directory: to know how much memory it takes, and to fill it. A record that does not
 * open is somebody whom this card does not know. */
static void each_person(
	struct staffroom *s, void (*take)(struct staffroom *s, size_t *sum), size_t *sum)
{
	uint32_t slots = roster_slot_count(&s->holding->roster);

	for (uint32_t i = 0; i < slots; i++)
		if (staffroom_visit_slot(s, i) == OK)
			take(s, sum);
	visit_wipe(&s->x->visit);
	seal_wipe(&s->x->found, sizeof(s->x->found));
}

static void measure(struct staffroom *s, size_t *sum)
{
	struct search_entry e = entry_of(&s->x->visit);

	*sum += search_entry_bytes(&e);
	s->people++;
	s->protected_n += s->x->visit.is_protected;
}

static void add(struct staffroom *s, size_t *sum)
{
	struct search_entry e = entry_of(&s->x->visit);

	if (search_add(s->search, &e))
		*sum += 1;
	if (s->x->visit.is_protected)
		memcpy(s->protected_people[s->protected_n++], s->x->visit.handle, EVENT_PERSON);
}

enum err staffroom_index(struct staffroom *s)
{
	size_t sum = 0, lost = 0;

	s->people = s->protected_n = 0;
	each_person(s, measure, &sum);
	if (s->people == 0)
		return ERR_DENIED;
	size_t n = search_bytes(sum);
	s->index = seal_secret_memory(n);
	s->protected_people = calloc((size_t)s->protected_n + 1, EVENT_PERSON);
	if (!s->index || !s->protected_people || search_start(s->index, n, &s->search)) {
		staffroom_forget_index(s);
		return ERR_IO;
	}
	s->protected_n = 0;
	each_person(s, add, &lost);
	if (lost > 0)
		log_line(LOG_FAULT, "kiosk/staffroom", "not to be found: %zu", lost);
	struct search_found none;
	search_find(s->search, span_of("a"), NULL, 0, &none);
	s->watching = s->protected_n > 0;
	return OK;
}

void staffroom_forget_index(struct staffroom *s)
{
	s->watching = false;
	s->search = NULL;
	seal_secret_free(s->index);
	s->index = NULL;
	free(s->protected_people);
	s->protected_people = NULL;
	s->people = s->protected_n = 0;
}

int64_t staffroom_shown(int64_t wall_ms, bool trusted)
{
	return (wall_ms + (trusted ? clock_shifted() : 0)) / 1000;
}

static uint32_t newest_issue(const struct visit *v, const struct fold_person *p)
{
	uint32_t n = v->badge_issue > p->newest_issue ? v->badge_issue : p->newest_issue;

	return n > p->seen_issue ? n : p->seen_issue;
}

static enum badge_state state_of(
	struct staffroom *s, const struct visit *v, const struct fold_person *p, uint32_t newest)
{
	struct fold_badge b;

	if (p->revoked_issue >= newest)
		return BADGE_REVOKED;
	if (notes_badge(s->notes, v->handle, newest, &b) == OK) {
		if (b.printed + b.sending + b.sent > 0)
			return BADGE_PRINTED;
		if (b.uncertain > 0)
			return BADGE_UNCERTAIN;
	}
	return p->newest_issue > 1 || v->badge_issue > 1 ? BADGE_ISSUED : BADGE_NONE;
}

/* A name that is longer than the row is cut between two characters. */
static void copy_text(struct span t, char out[static STAFF_NAME])
{
	size_t n = t.n < STAFF_NAME - 1 ? t.n : STAFF_NAME - 1;

	while (n < t.n && n > 0 && (t.p[n] & 0xc0) == 0x80)
		n--;
	if (n > 0)
		memcpy(out, t.p, n);
	out[n] = '\0';
}

void staffroom_row(struct staffroom *s, struct staff_row *out)
{
	const struct visit *v = &s->x->visit;
	struct fold_person p;

	memset(out, 0, sizeof(*out));
	memcpy(out->person, v->handle, sizeof(out->person));
	out->role = v->role;
	out->is_protected = v->is_protected;
	if (visit_name(v, out->name, sizeof(out->name)))
		copy_text(v->family_name, out->name);
	copy_text(v->organisation.n < STAFF_NAME ? v->organisation : v->organisation_short,
		out->organisation);
	(void)!notes_find(s->notes, v->handle, &p);
	out->arrived = p.arrived;
	if (p.arrived)
		out->arrived_at = staffroom_shown(p.arrival.wall_ms, p.arrival.trusted);
	out->issue = newest_issue(v, &p);
	out->badge = state_of(s, v, &p, out->issue);
}

/* The next badge: the newest issue, as long as none of it has come out or may have; else the one after. */
uint32_t staffroom_next_issue(struct staffroom *s, const struct visit *v, bool *fresh)
{
	struct fold_person p;
	struct fold_badge b;

	(void)!notes_find(s->notes, v->handle, &p);
	uint32_t n = newest_issue(v, &p);
	*fresh = true;
	if (p.revoked_issue >= n)
		return p.revoked_issue + 1;
	if (notes_badge(s->notes, v->handle, n, &b) == OK &&
		b.printed + b.sending + b.sent + b.uncertain > 0)
		return n + 1;
	*fresh = n > 1 && p.newest_issue < n && v->badge_issue < n;
	return n;
}

void staffroom_search(struct staffroom *s, const struct staff_ask *ask, struct staff_answer *out)
{
	struct search_hit hits[STAFF_ROWS];
	struct search_found found;

	out->word = STAFF_WORD_FOUND;
	out->people = s->people;
	if (ask->text_n > 0)
		out->result = staffroom_note_search(s);
	if (out->result)
		return;
	search_find(s->search, (struct span){ask->text, ask->text_n}, hits, STAFF_ROWS, &found);
	out->total = found.total;
	for (size_t i = 0; i < found.n; i++)
		if (staffroom_visit_slot(s, hits[i].slot) == OK)
			staffroom_row(s, &out->rows[out->row_n++]);
	seal_wipe(hits, sizeof(hits));
}
