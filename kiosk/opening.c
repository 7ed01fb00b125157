/* Codes to guests. */
#include "opening.h"

#include "signed_code.h"

#include <string.h>

static const char *const refusals[] = {
	[ANSWER_GUEST] = "",
	[ANSWER_CARD] = "a staff card",
	[ANSWER_SIGNED] = "a signed code",
	[ANSWER_FOREIGN] = "not one of ours",
	[ANSWER_TORN] = "torn or misread",
	[ANSWER_GARBAGE] = "too long or no text",
	[ANSWER_UNKNOWN] = "not in this roster",
	[ANSWER_REPLACED] = "replaced or revoked",
	[ANSWER_ENDED] = "a late guest's, past its last day or by a card without the right",
	[ANSWER_UNREADABLE] = "its record does not open",
	[ANSWER_NO_ROSTER] = "there is no roster",
};

/* Whether it is to be believed is for the agent to say; a late guest's is for us. */
static enum answer read_signed(struct span code, struct late *late)
{
	struct signed_code c;
	enum err e = signed_code_read(&c, code);

	seal_wipe(&c, sizeof(c));
	if (e == OK)
		return ANSWER_CODE;
	if (e != ERR_ABSENT)
		return ANSWER_TORN;
	e = late_read(late, code);
	if (e == OK)
		return ANSWER_GUEST;
	return e == ERR_ABSENT ? ANSWER_SIGNED : ANSWER_TORN;
}

static enum answer read_code(struct span code, struct token *t, struct late *late)
{
	if (code.n == 0 || code.n > TOKEN_TEXT_MAX || !span_is_utf8(code))
		return ANSWER_GARBAGE;
	switch ((int)token_read(t, code)) {
	case OK:
		return t->kind == TOKEN_CARD ? ANSWER_CARD : ANSWER_GUEST;
	case ERR_ABSENT:
		return ANSWER_FOREIGN;
	case ERR_FULL:
		return read_signed(code, late);
	default:
		return ANSWER_TORN;
	}
}

static enum answer open_record(
	const struct roster *r, const struct token *t, const struct opened *into)
{
	enum err e = roster_find(r, t, into->found);

	if (e)
		return e == ERR_EXPIRED ? ANSWER_REPLACED : ANSWER_UNKNOWN;
	e = roster_visit(r, into->found, into->visit);
	if (e == OK)
		e = guest_take(into->guest, r, into->visit);
	return e == OK || e == ERR_FULL ? ANSWER_GUEST : ANSWER_UNREADABLE;
}

/* Nothing of her is on this board but what her code says. A card that is not in the roster may be in the
 * next one; a forged code and a misread one look alike. */
static enum answer open_late(
	const struct roster *r, const struct late *l, const struct opened *into)
{
	enum err e = late_check(r, l, clock_now().wall_ms / 1000);

	if (e == ERR_FOREIGN)
		return ANSWER_FOREIGN;
	if (e == ERR_ABSENT)
		return ANSWER_UNKNOWN;
	if (e == ERR_FORGED)
		return ANSWER_TORN;
	if (e)
		return e == ERR_OLDER ? ANSWER_REPLACED : ANSWER_ENDED;
	e = typed_visit_late(into->visit, l);
	if (e == OK)
		e = guest_take(into->guest, r, into->visit);
	if (e)
		return ANSWER_UNREADABLE;
	into->badge->issue = l->issue;
	into->badge->is_late = true;
	into->badge->late = *l;
	return ANSWER_GUEST;
}

/* A clock set by hand shows its own time: what is known by the real one is moved along. */
static int64_t shown_time(const struct fold_arrival *a)
{
	return (a->wall_ms + (a->trusted ? clock_shifted() : 0)) / 1000;
}

static void replace(struct opening *o, const uint8_t person[static EVENT_PERSON])
{
	o->answer = ANSWER_REPLACED;
	o->named = true;
	memcpy(o->person, person, sizeof(o->person));
}

/* What boards saw since the roster was built counts as much as the roster. */
static void ask_fold(struct opening *o, struct notes *notes, const struct visit *v)
{
	struct fold_person p;
	struct fold_badge b;

	bool badge = v->kind == TOKEN_BADGE || v->kind == TOKEN_LATE;
	if (badge && v->issue > 1)
		notes_saw(notes, v->handle, v->issue);
	if (notes_find(notes, v->handle, &p))
		return;
	if (p.newest_issue < p.seen_issue)
		p.newest_issue = p.seen_issue;
	o->arrived = p.arrived;
	o->arrived_at = p.arrived ? shown_time(&p.arrival) : 0;
	o->uncertain = p.uncertain > 0;
	o->newest_issue = p.newest_issue;
	/* What would come out revoked is for the desk to print anew, as what was replaced. */
	if (p.revoked_issue >= v->badge_issue && p.revoked_issue >= p.newest_issue)
		o->newest_issue = p.revoked_issue + (p.revoked_issue < UINT32_MAX);
	uint32_t newest = p.newest_issue > v->badge_issue ? p.newest_issue : v->badge_issue;
	if (notes_badge(notes, v->handle, newest, &b) == OK)
		o->printed = b.printed + b.sending + b.sent > 0;
	bool replaced = badge && v->issue < p.newest_issue;
	bool undone = v->kind == TOKEN_LATE && p.late_undone;
	bool revoked = undone || (badge && v->issue <= p.revoked_issue);
	if (replaced || revoked)
		replace(o, v->handle);
}

static void wipe_all(const struct opened *into)
{
	seal_wipe(into->found, sizeof(*into->found));
	seal_wipe(into->guest, sizeof(*into->guest));
	seal_wipe(into->badge, sizeof(*into->badge));
}

void opening_make(struct opening *out, const struct roster *r, struct notes *notes,
	struct span code, const struct opened *into)
{
	struct token t = {0};
	struct late late = {0};

	*out = (struct opening){0};
	wipe_all(into);
	out->answer = read_code(code, &t, &late);
	if (out->answer == ANSWER_FOREIGN)
		out->foreign = foreign_kind(code);
	if (out->answer == ANSWER_GUEST && !r)
		out->answer = ANSWER_NO_ROSTER;
	else if (out->answer == ANSWER_GUEST)
		out->answer = t.kind ? open_record(r, &t, into) : open_late(r, &late, into);
	if (out->answer == ANSWER_REPLACED && !t.kind)
		replace(out, late.person);
	seal_wipe(&t, sizeof(t));
	seal_wipe(&late, sizeof(late));
	if (out->answer == ANSWER_GUEST) {
		out->late = into->visit->kind == TOKEN_LATE ? code : (struct span){0};
		ask_fold(out, notes, into->visit);
	}
	visit_wipe(into->visit);
	if (out->answer == ANSWER_GUEST) {
		out->guest = into->guest;
		return;
	}
	wipe_all(into);
	if (out->answer == ANSWER_CODE)
		log_line(LOG_NOTE, "kiosk/opening", "a signed code, for the agent");
	else
		log_line(LOG_NOTE, "kiosk/opening", "code refused: %s", refusals[out->answer]);
}
