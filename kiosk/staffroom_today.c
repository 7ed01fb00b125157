/* The staff's room: this board's own journal read back, for the tries of a card and for the day's list. */
#include "staffroom_inside.h"

#include "journal.h"

#include <stdlib.h>
#include <string.h>

enum { BATCH = 64, UNDONE = 64 };

typedef void see(void *arg, const struct event *e);

/* What the board wrote under the id it has now, or under those it had before.
 * returns: as journal_read */
static enum err read_part(struct journal *j, bool now, struct event *batch, see *one, void *arg)
{
	const uint8_t *own = journal_board(j);
	struct event_id after = {0};
	size_t n = BATCH;
	enum err e = OK;

	if (now)
		memcpy(after.board, own, EVENT_BOARD);
	while (e == OK && n > 0) {
		e = journal_read(j, &after, batch, BATCH, &n);
		for (size_t i = 0; e == OK && i < n; i++) {
			after = batch[i].id;
			bool is_own = memcmp(after.board, own, EVENT_BOARD) == 0;
			if (now && !is_own)
				return OK;
			if (now == is_own)
				one(arg, &batch[i]);
			else
				after.epoch = UINT32_MAX; /* past all of its own */
		}
	}
	return e;
}

/* Hand in every event of the journal in order: what was written under an id that the board had before comes
 * first, wherever that stands.
 * returns: OK, also without a journal; as journal_open and journal_read */
static enum err each_event(struct staffroom *s, see *one, void *arg)
{
	struct journal_options options = {.path = s->journal, .read_only = true};
	struct journal *j;

	struct event *batch = malloc(BATCH * sizeof(*batch));
	if (!batch)
		return ERR_IO;
	enum err e = journal_open(&j, &options);
	if (e) {
		free(batch);
		return e == ERR_ABSENT ? OK : e;
	}
	e = read_part(j, false, batch, one, arg);
	if (e == OK)
		e = read_part(j, true, batch, one, arg);
	journal_close(j);
	free(batch);
	return e;
}

static void see_try(void *arg, const struct event *e)
{
	throttle_see(arg, e);
}

enum err staffroom_count_tries(struct staffroom *s)
{
	s->throttle = throttle_for(s->signer);
	return each_event(s, see_try, &s->throttle);
}

/* The newest events that the list shows, as a ring, and whatever was undone. */
struct day {
	struct event ring[STAFF_DEEDS];
	size_t seen;
	struct event_id undone[UNDONE];
	size_t undone_n;
};

static bool is_listed(unsigned kind)
{
	static const enum event_kind kinds[] = {EVENT_ARRIVED, EVENT_BADGE_PRINTED,
		EVENT_BADGE_UNCERTAIN, EVENT_BADGE_FAILED, EVENT_BADGE_ISSUED,
		EVENT_CORRECTION_ASKED, EVENT_STAFF_UNLOCKED, EVENT_STAFF_REFUSED, EVENT_REVOKED,
		EVENT_OVERRIDE, EVENT_EMERGENCY, EVENT_LATE, EVENT_LOOKED_UP};

	for (size_t i = 0; i < COUNT(kinds); i++)
		if (kinds[i] == kind)
			return true;
	return false;
}

/* Whoever did something on a page has opened it: that alone takes no place in the list. */
static bool is_told_by(const struct day *d, const struct event *e)
{
	const struct event *last = &d->ring[(d->seen - 1) % STAFF_DEEDS];

	return d->seen > 0 && last->kind == EVENT_LOOKED_UP &&
	       memcmp(last->person, e->person, EVENT_PERSON) == 0;
}

/* A search shows who was found to nobody but the hub: here it would only take the place of deeds. */
static void see_deed(void *arg, const struct event *e)
{
	struct day *d = arg;

	if (e->kind == EVENT_UNDO)
		d->undone[d->undone_n++ % UNDONE] = e->target;
	if (!is_listed(e->kind))
		return;
	if (is_told_by(d, e))
		d->seen--;
	d->ring[d->seen++ % STAFF_DEEDS] = *e;
}

static bool is_undone(const struct day *d, const struct event_id *id)
{
	size_t n = d->undone_n < UNDONE ? d->undone_n : UNDONE;

	for (size_t i = 0; i < n; i++)
		if (event_id_compare(&d->undone[i], id) == 0)
			return true;
	return false;
}

/* A badge that may be in somebody's hands stays issued. A late guest's dies when she is taken back. */
static bool is_out(struct staffroom *s, const struct event *e)
{
	struct fold_badge b;

	return e->kind == EVENT_BADGE_ISSUED &&
	       notes_badge(s->notes, e->person, e->issue, &b) == OK &&
	       b.printed + b.sending + b.sent + b.uncertain > 0;
}

/* What a list has built in since then no undo takes out of it. */
static bool is_built(struct staffroom *s, const struct event *e)
{
	bool voids = e->kind == EVENT_REVOKED || e->kind == EVENT_BADGE_ISSUED;
	uint32_t slot;

	if (e->kind == EVENT_LATE)
		return roster_slot_of(&s->holding->roster, e->person, &slot) == OK;
	return voids && staffroom_visit(s, e->person) == OK &&
	       staff_is_built(e->kind, e->issue, s->x->visit.badge_issue);
}

/* What the press and the locks do is no word of staff's, so nobody takes it back. */
static bool may_undo(struct staffroom *s, const struct event *e)
{
	if (is_out(s, e) || is_built(s, e))
		return false;
	bool says = e->kind == EVENT_ARRIVED || staff_rights_for(e) != 0;

	return says && staff_may_undo(s->x->keys.rights, e->kind, staff_rights_for(e));
}

static void describe(
	struct staffroom *s, const struct day *d, const struct event *e, struct staff_deed *out)
{
	static const uint8_t nobody[EVENT_PERSON];
	struct staff_said said;
	struct staff_row row;

	out->id = e->id;
	out->kind = e->kind;
	out->issue = e->issue;
	out->at = staffroom_shown(e->wall_ms, e->trusted);
	out->undone = is_undone(d, &e->id);
	out->may_undo = !out->undone && may_undo(s, e);
	out->over = e->kind == EVENT_EMERGENCY && staff_read(e, &said) == OK && said.said.n == 0;
	if (e->kind == EVENT_BADGE_ISSUED && staff_read(e, &said) == OK && said.said.n == 1)
		out->reason = said.said.p[0];
	if (memcmp(e->person, nobody, EVENT_PERSON) == 0 || staffroom_visit(s, e->person))
		return;
	staffroom_row(s, &row);
	memcpy(out->name, row.name, sizeof(out->name));
	out->named = true;
	seal_wipe(&row, sizeof(row));
}

void staffroom_today(struct staffroom *s, struct staff_answer *out)
{
	struct day *d = calloc(1, sizeof(*d));

	out->word = STAFF_WORD_TODAY;
	out->result = d ? each_event(s, see_deed, d) : ERR_IO;
	size_t n = !d ? 0 : d->seen < STAFF_DEEDS ? d->seen : STAFF_DEEDS;
	for (size_t i = 0; out->result == OK && i < n; i++)
		describe(s, d, &d->ring[(d->seen - 1 - i) % STAFF_DEEDS],
			&out->deeds[out->deed_n++]);
	free(d);
}

struct wanted {
	const struct event_id *id;
	bool found;
	struct event event;
};

static void see_wanted(void *arg, const struct event *e)
{
	struct wanted *w = arg;

	if (event_id_compare(&e->id, w->id) != 0)
		return;
	w->event = *e;
	w->found = true;
}

enum err staffroom_may_undo(struct staffroom *s, const struct event_id *target)
{
	struct wanted w = {.id = target};

	enum err e = each_event(s, see_wanted, &w);
	if (e)
		return e;
	if (!w.found)
		return ERR_ABSENT;
	return may_undo(s, &w.event) ? OK : ERR_DENIED;
}
