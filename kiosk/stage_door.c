/* The stage of a door: codes to verdicts, counts, and what the staff's room has read. */
#include "stage.h"

#include "seal.h"

static void tell_verdict(struct stage *s, uint32_t visit, const struct gate_verdict *v)
{
	struct opening o = {.answer = ANSWER_DOOR, .verdict = v};

	stage_tell(s, &(struct msg){.kind = MSG_OPENED, .visit = visit, .opening = &o});
}

bool stage_judge_badge(struct stage *s, uint32_t visit, struct span code)
{
	struct secrets *x = s->secrets;
	struct gate_question q = {.activity = gate_chosen(&stage_model(s)->gate),
		.booked = &x->booked,
		.code = code,
		.now = clock_now().wall_ms / 1000};

	if (s->options->mode != MODE_DOOR || !s->holding || !gate_takes(code))
		return false;
	if (!q.activity) {
		tell_verdict(s, visit, NULL);
		return true;
	}
	q.roster = &s->holding->roster;
	gate_judge(&x->verdict, &q, s->notes, &x->visit);
	log_line(LOG_NOTE, "kiosk/door", "%s", door_reason_name(x->verdict.reason));
	tell_verdict(s, visit, &x->verdict);
	seal_wipe(&x->verdict, sizeof(x->verdict));
	return true;
}

void stage_count(struct stage *s)
{
	const struct gate_activity *a = gate_chosen(&stage_model(s)->gate);
	struct gate_counts counts;

	if (!a)
		return;
	gate_count(&counts, a, &s->secrets->booked, s->notes);
	stage_tell(s, &(struct msg){.kind = MSG_GATE, .gate_counts = &counts});
}

void stage_renew_day(struct stage *s)
{
	struct secrets *x = s->secrets;

	if (s->options->mode != MODE_DOOR || !s->holding || stage_model(s)->gate.list.n == 0)
		return;
	x->day = stage_model(s)->gate.list;
	gate_list_renew(&x->day, &s->holding->roster);
	stage_tell(s, &(struct msg){.kind = MSG_GATE, .gate_list = &x->day});
	seal_wipe(&x->day, sizeof(x->day));
}

void stage_take_day(struct stage *s)
{
	struct secrets *x = s->secrets;

	if (staffroom_day(s->staffroom, &x->day, &x->booked) == OK)
		stage_tell(s, &(struct msg){.kind = MSG_GATE, .gate_list = &x->day});
	seal_wipe(&x->day, sizeof(x->day));
}

void stage_take_missing(struct stage *s)
{
	struct secrets *x = s->secrets;

	if (staffroom_missing(s->staffroom, &x->missing) == OK)
		stage_tell(s, &(struct msg){.kind = MSG_GATE, .gate_missing = &x->missing});
	seal_wipe(&x->missing, sizeof(x->missing));
}
