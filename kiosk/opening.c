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
	[ANSWER_UNREADABLE] = "its record does not open",
	[ANSWER_NO_ROSTER] = "there is no roster",
};

/* Whether it is to be believed is for the agent to say. */
static enum answer read_signed(struct span code)
{
	struct signed_code c;
	enum err e = signed_code_read(&c, code);

	seal_wipe(&c, sizeof(c));
	if (e == OK)
		return ANSWER_CODE;
	return e == ERR_ABSENT ? ANSWER_SIGNED : ANSWER_TORN;
}

static enum answer read_code(struct span code, struct token *t)
{
	if (code.n == 0 || code.n > TOKEN_TEXT_MAX || !span_is_utf8(code))
		return ANSWER_GARBAGE;
	switch ((int)token_read(t, code)) {
	case OK:
		return t->kind == TOKEN_CARD ? ANSWER_CARD : ANSWER_GUEST;
	case ERR_ABSENT:
		return ANSWER_FOREIGN;
	case ERR_FULL:
		return read_signed(code);
	default:
		return ANSWER_TORN;
	}
}

static enum answer open_record(const struct roster *r, const struct token *t, struct visit *visit,
	struct found *found, struct guest *guest)
{
	enum err e = roster_find(r, t, found);

	if (e)
		return e == ERR_EXPIRED ? ANSWER_REPLACED : ANSWER_UNKNOWN;
	e = roster_visit(r, found, visit);
	if (e == OK)
		e = guest_take(guest, r, visit);
	return e == OK || e == ERR_FULL ? ANSWER_GUEST : ANSWER_UNREADABLE;
}

/* A clock set by hand shows its own time: what is known by the real one is moved along. */
static int64_t shown_time(const struct fold_arrival *a)
{
	return (a->wall_ms + (a->trusted ? clock_shifted() : 0)) / 1000;
}

/* What boards saw since the roster was built counts as much as the roster. */
static void ask_fold(struct opening *o, struct notes *notes, const struct visit *v)
{
	struct fold_person p;
	struct fold_badge b;

	if (v->kind == TOKEN_BADGE && v->issue > 1)
		notes_saw(notes, v->handle, v->issue);
	if (notes_find(notes, v->handle, &p))
		return;
	if (p.newest_issue < p.seen_issue)
		p.newest_issue = p.seen_issue;
	o->arrived = p.arrived;
	o->arrived_at = p.arrived ? shown_time(&p.arrival) : 0;
	o->uncertain = p.uncertain > 0;
	o->newest_issue = p.newest_issue;
	uint32_t newest = p.newest_issue > v->badge_issue ? p.newest_issue : v->badge_issue;
	if (notes_badge(notes, v->handle, newest, &b) == OK)
		o->printed = b.printed + b.sending + b.sent > 0;
	bool replaced = v->kind == TOKEN_BADGE && v->issue < p.newest_issue;
	bool revoked = v->issue > 0 && v->issue <= p.revoked_issue;
	if (replaced || revoked)
		o->answer = ANSWER_REPLACED;
}

/* Each is a place to fill. NOLINTNEXTLINE(readability-function-size) */
void opening_make(struct opening *out, const struct roster *r, struct notes *notes,
	struct span code, struct visit *visit, struct found *found, struct guest *guest)
{
	struct token t = {0};

	*out = (struct opening){0};
	out->answer = read_code(code, &t);
	if (out->answer == ANSWER_GUEST)
		out->answer = r ? open_record(r, &t, visit, found, guest) : ANSWER_NO_ROSTER;
	seal_wipe(&t, sizeof(t));
	if (out->answer == ANSWER_GUEST)
		ask_fold(out, notes, visit);
	visit_wipe(visit);
	if (out->answer == ANSWER_GUEST) {
		out->guest = guest;
		return;
	}
	seal_wipe(found, sizeof(*found));
	seal_wipe(guest, sizeof(*guest));
	if (out->answer == ANSWER_CODE)
		log_line(LOG_NOTE, "kiosk/opening", "a signed code, for the agent");
	else
		log_line(LOG_NOTE, "kiosk/opening", "code refused: %s", refusals[out->answer]);
}
