/* The job on its way: what the printer really says, nothing invented. */
#include "screens.h"

/* The fault that holds the job up, by the job's own word or the printer's. */
static enum fault held_by(const struct model *m)
{
	return m->job_fault != FAULT_NONE ? m->job_fault : m->fault;
}

static const char *state_of(const struct model *m)
{
	switch (m->job) {
	case JOB_SENDING:
		return N_("Sending to the printer");
	case JOB_SENT:
		return m->print == PRINT_BADGE ? N_("Your badge is being printed")
					       : N_("Your programme is being printed");
	case JOB_NONE:
	case JOB_WAITING:
	case JOB_CONFIRMED:
	case JOB_UNCERTAIN:
	case JOB_FAILED:
		break;
	}
	return N_("Waiting for the printer");
}

/* Three marks: waiting, sending, printing. */
static void steps(struct ui *u, struct rect at)
{
	int32_t reached = u->m->job == JOB_SENT ? 3 : u->m->job == JOB_SENDING ? 2 : 1;
	int32_t h = u->l.gap / 2;
	int32_t w = at.w < u->l.body * 16 ? at.w : u->l.body * 16;
	struct rect bar = {at.x + (at.w - w) / 2, at.y + (at.h - h) / 2, w, h};
	for (int32_t i = 0; i < 3; i++)
		draw_fill(u->d, column(bar, i, 3, u->l.gap), i < reached ? INK_ACCENT : INK_LINE,
			(uint32_t)h / 2);
}

static void view(struct ui *u)
{
	static const struct action a[] = {
		{"back", N_("Back to my programme"), BUTTON_PLAIN, false},
		{"done", N_("Done"), BUTTON_PLAIN, false},
	};
	const struct model *m = u->m;
	enum fault fault = held_by(m);
	const struct cause_words *w = trouble_fault(fault);
	struct span desk = ui_desk(u, u->language);
	struct line help;
	line_start(&help);
	if (fault != FAULT_NONE)
		say_into(&help.k, u->language, w->text, &desk, 1);
	ui_begin(u, COUNT(a), true);
	ui_head(u, ui_say(u, m->print == PRINT_BADGE ? N_("Your badge") : N_("Your programme")));
	struct rect rest = u->l.main;
	struct rect sign = cut_top(&rest, rest.h * 34 / 100, u->l.gap);
	bool held = fault != FAULT_NONE;
	ui_sign(u, inset(sign, u->l.gap / 2), held ? INK_WARN : INK_ACCENT,
		held ? INK_ON_WARN : INK_ON_ACCENT, held ? '!' : '.');
	if (!held)
		steps(u, cut_bottom(&rest, u->l.gap * 3, 0));
	struct block b[] = {
		{ui_say(u, held ? w->title : state_of(m)), u->l.display, true, INK_TEXT, 0},
		{held ? line_text(&help) : ui_say(u, "Please wait at the printer."), u->l.lead,
			false, INK_MUTED, u->l.gap},
	};
	ui_stack(u, rest, b, COUNT(b), ALIGN_START, ALIGN_CENTRE);
	ui_actions(u, a, COUNT(a));
	ui_foot(u);
}

static void on(struct model *m, const struct msg *e, struct todo *todo)
{
	if (app_tapped(e, "back"))
		app_go(m, SCREEN_AGENDA, todo);
	else if (app_tapped(e, "done"))
		app_end(m, todo);
}

static void tell(const struct ui *u, struct line *t)
{
	line_add(t, ui_say(u, state_of(u->m)));
}

const struct screen screen_printing = {"printing", on, view, tell, 20, true};
