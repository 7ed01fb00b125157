/* The stage and the staff's room: questions in, answers out, and what the press needs. */
#include "stage.h"

#include "seal.h"

#include <string.h>

static void cannot_ask(struct stage *s, uint32_t visit, enum staff_verb verb, enum err e)
{
	struct staff_answer *a = &s->secrets->answer;

	log_line(LOG_FAULT, "kiosk/stage", "the staff's room: %s", err_text(e));
	seal_wipe(a, sizeof(*a));
	a->visit = visit;
	a->result = ERR_IO;
	a->word = verb == STAFF_PIN ? STAFF_WORD_PIN : STAFF_WORD_DONE;
	stage_tell(s, &(struct msg){.kind = MSG_STAFF, .staff = a});
}

void stage_ask_staff(struct stage *s, const struct todo *todo)
{
	enum err e =
		s->staffroom ? staffroom_ask(s->staffroom, todo->visit, &todo->staff) : ERR_ABSENT;

	if (e)
		cannot_ask(s, todo->visit, todo->staff.verb, e);
}

void stage_show_card(struct stage *s, uint32_t visit, struct span code)
{
	if (!s->staffroom)
		return;
	if (staffroom_card(s->staffroom, visit, code))
		cannot_ask(s, visit, STAFF_PIN, ERR_BUSY);
}

/* What was opened for a visit that is over stays nobody's. */
static void take_guest(struct stage *s, const struct staff_answer *a, struct msg *m)
{
	struct secrets *x = s->secrets;

	if (staffroom_guest(s->staffroom, &x->guest))
		return;
	if (a->visit != stage_model(s)->visit) {
		seal_wipe(&x->guest, sizeof(x->guest));
		return;
	}
	s->visit_open = true;
	m->guest = &x->guest;
}

static void take_badge(struct stage *s, const struct staff_answer *a)
{
	struct secrets *x = s->secrets;

	if (staffroom_badge(s->staffroom, &x->found, &x->badge))
		return;
	if (a->visit == stage_model(s)->visit) {
		s->visit_open = true;
		return;
	}
	seal_wipe(&x->found, sizeof(x->found));
	seal_wipe(&x->badge, sizeof(x->badge));
}

void stage_hear_staff(struct stage *s)
{
	struct staff_answer *a = &s->secrets->answer;
	struct msg m = {.kind = MSG_STAFF, .staff = a};

	if (!s->staffroom || staffroom_answer(s->staffroom, a))
		return;
	if (a->word == STAFF_WORD_OPENED && a->result == OK)
		take_guest(s, a, &m);
	if (a->word == STAFF_WORD_DRAWN && a->result == OK)
		take_badge(s, a);
	if (a->word == STAFF_WORD_DAY)
		stage_take_day(s);
	if (a->word == STAFF_WORD_MISSING)
		stage_take_missing(s);
	stage_tell(s, &m);
	seal_wipe(a, sizeof(*a));
}
