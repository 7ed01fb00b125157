/* A print in the model: whether it may be, and what each step of it means. */
#include "screens.h"

bool app_job_runs(const struct model *m)
{
	return m->job == JOB_WAITING || m->job == JOB_SENDING || m->job == JOB_SENT;
}

bool app_prints(const struct model *m)
{
	bool late = m->guest.shown == TOKEN_LATE && m->guest.name.n > 0;
	return m->printer_there && (late || m->guest.shown == TOKEN_INVITATION);
}

enum trouble app_may_print(const struct model *m)
{
	const struct guest *g = &m->guest;
	if (m->note_failed)
		return TROUBLE_JOURNAL;
	if (m->uncertain)
		return TROUBLE_UNCERTAIN;
	if (g->badge_issue > 1 || m->newest_issue > 1)
		return TROUBLE_REISSUED;
	if (m->printed || m->printed_before)
		return TROUBLE_PRINTED;
	if (m->rendered && m->render_error != OK)
		return TROUBLE_RENDER;
	return TROUBLE_NONE;
}

void app_job(struct model *m, const struct msg *e, struct todo *todo)
{
	if (e->print != m->print || m->print == PRINT_NOTHING)
		return;
	m->job = e->job;
	m->job_fault = e->fault;
	m->touched_ms = m->boot_ms;
	if (m->mode == MODE_DESK) {
		app_desk_job(m, e, todo);
		return;
	}
	if (e->job == JOB_CONFIRMED) {
		m->printed = m->printed || e->print == PRINT_BADGE;
		todo->sound = SOUND_GOOD;
		if (m->screen == SCREEN_PRINTING)
			app_go(m, SCREEN_DONE, todo);
	} else if (e->job == JOB_FAILED) {
		todo->sound = SOUND_PROBLEM;
		app_trouble(m, e->result == OK ? TROUBLE_PRINTER : TROUBLE_JOURNAL, todo);
	} else if (e->job == JOB_UNCERTAIN) {
		todo->sound = SOUND_PROBLEM;
		m->uncertain = e->print == PRINT_BADGE;
		if (m->uncertain)
			app_trouble(m, TROUBLE_UNCERTAIN, todo);
		else
			app_go(m, SCREEN_AGENDA, todo);
	} else if (e->fault != FAULT_NONE && m->screen == SCREEN_PRINTING) {
		todo->sound = SOUND_PROBLEM;
	}
}
