/* The staff's room: what staff say is signed with their card and written down. */
#include "emergency.h"
#include "staffroom_inside.h"

#include <string.h>

/* An emergency is signed after all that this board knows, so that it is the last word. */
static int64_t time_to_sign(struct staffroom *s, const struct event *e)
{
	int64_t now = clock_now().wall_ms;
	struct notes_emergency last;

	if (e->kind != EVENT_EMERGENCY)
		return now;
	(void)!notes_emergency(s->notes, &last);
	return now > last.newest_ms ? now : last.newest_ms + 1;
}

static enum err sign_and_write(struct staffroom *s, struct event *e, bool is_protected)
{
	const struct roster *r = &s->holding->roster;
	uint16_t rights;

	enum err err = staff_sign(e, r, &s->x->keys, time_to_sign(s, e), is_protected);
	/* The card's last day may have passed since it was unlocked, and an emergency is signed after others. */
	if (err == OK)
		err = staff_check(r, e, &rights);
	return err ? err : notes_commit(s->notes, e);
}

/* What is typed of a person is for the hub alone. */
static enum err put_text(struct staffroom *s, const struct staff_ask *ask, struct event *e)
{
	struct event_info info;

	if (ask->text_n == 0)
		return OK;
	bool sealed = ask->kind == EVENT_CORRECTION_ASKED || ask->kind == EVENT_LATE;
	size_t n = ask->text_n + (sealed ? SEAL_TO_OVERHEAD : 0);
	if (n > STAFF_SAID)
		return ERR_FULL;
	e->payload_n = (uint16_t)n;
	if (!sealed) {
		struct emergency words;
		memcpy(e->payload, ask->text, ask->text_n);
		return ask->kind == EVENT_EMERGENCY
			       ? emergency_read(&words, (struct span){e->payload, n})
			       : OK;
	}
	roster_event(&s->holding->roster, &info);
	return seal_to(info.letters, (struct span){ask->text, ask->text_n}, e->payload);
}

/* What was typed for the badge goes to the organiser. */
static enum err send_drawn(struct staffroom *s)
{
	struct staffroom_secrets *x = s->x;
	struct event e = {.kind = x->drawn.kind};

	if (x->drawn.kind == 0)
		return OK;
	memcpy(e.person, x->drawn_person, EVENT_PERSON);
	enum err err = put_text(s, &x->drawn, &e);
	if (err == OK)
		err = sign_and_write(s, &e, x->drawn_protected);
	return err;
}

/* Who gets a badge at the desk without being on the list stands there. */
static enum err note_late(struct staffroom *s)
{
	struct event e = {.kind = EVENT_ARRIVED, .issue = 1};

	memcpy(e.person, s->x->drawn_person, EVENT_PERSON);
	return notes_commit(s->notes, &e);
}

/* Committed before the first dot is printed: a badge that came out has made the one before void. */
void staffroom_issue(struct staffroom *s, const struct staff_ask *ask, struct staff_answer *out)
{
	struct staffroom_secrets *x = s->x;
	struct event e = {.kind = EVENT_BADGE_ISSUED, .issue = x->drawn_issue, .payload_n = 1};
	bool late = x->drawn.kind == EVENT_LATE;

	out->word = STAFF_WORD_DONE;
	out->kind = EVENT_BADGE_ISSUED;
	out->issue = x->drawn_issue;
	out->result = ERR_ABSENT;
	if (x->drawn_issue == 0 ||
		(!late && memcmp(x->drawn_person, ask->person, EVENT_PERSON) != 0))
		return;
	memcpy(e.person, x->drawn_person, EVENT_PERSON);
	e.payload[0] = ask->reason;
	out->result = send_drawn(s);
	if (out->result == OK && late)
		out->result = note_late(s);
	if (out->result == OK && x->drawn_new)
		out->result = sign_and_write(s, &e, x->drawn_protected);
	if (out->result)
		return;
	staffroom_late_issued(s, out);
	staffroom_forget_drawn(s);
}

/* Who it is about must be somebody this card may open, so that nobody protected is touched unseen. At a
 * door she stands there herself. */
static enum err may_speak_of(struct staffroom *s, const struct staff_ask *ask)
{
	static const uint8_t nobody[EVENT_PERSON];

	if (ask->kind == EVENT_LATE || ask->kind == EVENT_OVERRIDE ||
		memcmp(ask->person, nobody, EVENT_PERSON) == 0)
		return OK;
	return staffroom_visit(s, ask->person);
}

void staffroom_say(struct staffroom *s, const struct staff_ask *ask, struct staff_answer *out)
{
	struct event e = {.kind = ask->kind,
		.issue = ask->issue,
		.activity = ask->activity,
		.target = ask->target};

	out->word = STAFF_WORD_DONE;
	out->kind = ask->kind;
	out->issue = ask->issue;
	memcpy(e.person, ask->person, EVENT_PERSON);
	/* A new issue has its own way, on which it is drawn first. */
	out->result = ask->kind == EVENT_BADGE_ISSUED ? ERR_DENIED : may_speak_of(s, ask);
	if (out->result == OK && ask->kind == EVENT_UNDO)
		out->result = staffroom_may_undo(s, &ask->target);
	if (out->result == OK)
		out->result = put_text(s, ask, &e);
	if (out->result == OK)
		out->result = sign_and_write(s, &e, s->x->visit.is_protected);
	seal_wipe(&e, sizeof(e));
}
