/* The staff's room: one person's page, and her next badge. */
#include "staffroom_inside.h"

#include "hex.h"

#include <string.h>

enum { DIGITS = 4 }; /* of a board nobody has named here */

/* Two boards of one name are told apart by nobody: the organiser gave it. */
static struct staff_where where_of(struct staffroom *s, const struct fold_trace *t)
{
	struct staff_where w = {.here = false};
	uint8_t own[EVENT_BOARD];
	char digits[2 * EVENT_BOARD + 1];

	notes_board(s->notes, own);
	w.here = memcmp(t->id.board, own, EVENT_BOARD) == 0;
	w.named = !w.here && s->others &&
		  others_name(s->others, t->id.board, s->holding->roster.root, w.board) == OK;
	if (w.here || w.named)
		return w;
	hex_write((struct span){t->id.board, EVENT_BOARD}, digits);
	memcpy(w.board, digits, DIGITS);
	w.board[DIGITS] = '\0';
	return w;
}

static void see_arrival(struct staff_facts *f, const struct fold_trace *t, struct staff_where where)
{
	/* The first counts and stays; of the doubles the newest are shown. */
	uint32_t at = f->arrivals++;

	if (at >= STAFF_ARRIVALS) {
		memmove(&f->arrival[1], &f->arrival[2],
			(STAFF_ARRIVALS - 2) * sizeof(f->arrival[0]));
		at = STAFF_ARRIVALS - 1;
	}
	f->arrived = true;
	f->arrival[at].at = staffroom_shown(t->wall_ms, t->trusted);
	f->arrival[at].where = where;
}

static void see_badge(struct staff_facts *f, const struct fold_trace *t, enum badge_state state,
	struct staff_where where)
{
	uint32_t at = f->badges++;

	if (at >= STAFF_BADGES) {
		memmove(&f->badge[0], &f->badge[1], (STAFF_BADGES - 1) * sizeof(f->badge[0]));
		at = STAFF_BADGES - 1;
	}
	f->badge[at] = (struct staff_badge_row){
		t->issue, state, staffroom_shown(t->wall_ms, t->trusted), where};
}

static void see_all(
	struct staffroom *s, const uint8_t person[static EVENT_PERSON], struct staff_facts *f)
{
	static const struct {
		enum event_kind kind;
		enum badge_state state;
	} states[] = {{EVENT_BADGE_PRINTED, BADGE_PRINTED},
		{EVENT_BADGE_UNCERTAIN, BADGE_UNCERTAIN}, {EVENT_REVOKED, BADGE_REVOKED}};
	struct fold_trace t;

	for (size_t i = 0; notes_trace(s->notes, person, i, &t) == OK; i++) {
		if (t.counts && t.kind == EVENT_ARRIVED)
			see_arrival(f, &t, where_of(s, &t));
		for (size_t k = 0; k < COUNT(states); k++)
			if (t.counts && t.kind == states[k].kind)
				see_badge(f, &t, states[k].state, where_of(s, &t));
	}
}

static enum err make_token(struct staffroom *s, uint32_t issue, struct token *out)
{
	return staff_badge(&s->holding->roster, &s->x->keys, &s->x->visit, issue, out);
}

static void take_facts(struct staffroom *s, struct staff_facts *f)
{
	const struct visit *v = &s->x->visit;
	struct fold_person p;
	struct token token = {0};

	see_all(s, v->handle, f);
	(void)!notes_find(s->notes, v->handle, &p);
	f->late = p.late;
	f->corrections = p.corrections;
	f->revoked_issue = p.revoked_issue;
	f->newest_issue = v->badge_issue > p.newest_issue ? v->badge_issue : p.newest_issue;
	f->next_issue = staffroom_next_issue(s, v, &f->replaces);
	f->replaces = f->next_issue > 1 && f->replaces;
	f->by_code = v->kind == TOKEN_LATE;
	f->may_draw = f->by_code ? staffroom_late_may(s, f->next_issue)
				 : make_token(s, f->next_issue, &token) == OK;
	seal_wipe(&token, sizeof(token));
}

static void hand_over_guest(struct staffroom *s)
{
	struct staffroom_parcel *p = &s->x->parcel;

	pthread_mutex_lock(&s->lock);
	memcpy(&p->guest, &s->x->guest, sizeof(p->guest));
	p->has_guest = true;
	pthread_mutex_unlock(&s->lock);
	seal_wipe(&s->x->guest, sizeof(s->x->guest));
}

/* Who is protected is shown by her own record alone, and only the protocol's key opens that. */
void staffroom_open(struct staffroom *s, const struct staff_ask *ask, struct staff_answer *out)
{
	struct staffroom_secrets *x = s->x;

	out->word = STAFF_WORD_OPENED;
	out->result = ask->text_n > 0 ? staffroom_late_shown(s, ask) : OK;
	if (out->result == OK)
		out->result = staffroom_visit(s, ask->person);
	if (out->result == OK)
		out->result = staffroom_note_look(s, ask->person);
	if (out->result)
		return;
	out->row_n = 1;
	staffroom_row(s, &out->rows[0]);
	take_facts(s, &out->facts);
	/* Whoever is known by her code alone has no place in the list, and nothing told of her there. */
	if (out->facts.by_code)
		staffroom_late_code(s, out->code);
	else
		(void)!roster_note(&s->holding->roster, &x->keys, &x->visit, out->note);
	enum err e = guest_take(&x->guest, &s->holding->roster, &x->visit);
	out->result = e == ERR_FULL ? OK : e;
	if (out->result == OK)
		hand_over_guest(s);
}

void staffroom_forget_drawn(struct staffroom *s)
{
	struct staffroom_secrets *x = s->x;

	x->drawn_issue = 0;
	x->drawn_late = false;
	seal_wipe(&x->late_drawn, sizeof(x->late_drawn));
	memset(x->drawn_person, 0, sizeof(x->drawn_person));
	seal_wipe(&x->drawn, sizeof(x->drawn));
}

static void hand_over_badge(struct staffroom *s, const struct press_badge *b)
{
	struct staffroom_parcel *p = &s->x->parcel;

	pthread_mutex_lock(&s->lock);
	p->found = s->x->found;
	p->badge = *b;
	p->has_badge = true;
	pthread_mutex_unlock(&s->lock);
}

static enum err make_next(struct staffroom *s, const struct staff_ask *ask, struct press_badge *b)
{
	struct staffroom_secrets *x = s->x;
	bool fresh;

	enum err e = staffroom_visit(s, ask->person);
	if (e)
		return e;
	b->issue = staffroom_next_issue(s, &x->visit, &fresh);
	e = x->visit.kind == TOKEN_LATE ? staffroom_late_next(s, b, b->issue)
					: make_token(s, b->issue, &b->token);
	if (e == OK && b->is_corrected && !(x->keys.rights & RIGHT_CORRECT))
		e = ERR_DENIED;
	memcpy(x->drawn_person, ask->person, EVENT_PERSON);
	x->drawn_new = fresh && b->issue > 1;
	x->drawn_protected = x->visit.is_protected;
	return e;
}

void staffroom_draw(struct staffroom *s, const struct staff_ask *ask, struct staff_answer *out)
{
	struct staffroom_secrets *x = s->x;
	struct press_badge b = {.is_corrected = ask->kind == EVENT_CORRECTION_ASKED};

	out->word = STAFF_WORD_DRAWN;
	staffroom_forget_drawn(s);
	x->drawn_new = x->drawn_protected = false;
	if (ask->kind)
		out->result = asked_read(&b.asked, (struct span){ask->text, ask->text_n});
	if (out->result == OK)
		out->result = ask->kind == EVENT_LATE ? staffroom_late_make(s, &b)
						      : make_next(s, ask, &b);
	if (out->result == OK) {
		out->issue = x->drawn_issue = b.issue;
		x->drawn = *ask;
		hand_over_badge(s, &b);
	}
	seal_wipe(&b, sizeof(b));
}
