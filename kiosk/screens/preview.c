/* The badge exactly as it will print, and the question whether it is right. */
#include "screens.h"

static bool ready(const struct model *m)
{
	return m->noted && m->rendered && m->render_error == OK && !app_job_runs(m);
}

static void view(struct ui *u)
{
	struct action a[] = {
		{"yes", N_("Yes, print it"), BUTTON_MAIN, !ready(u->m)},
		{"wrong-badge", N_("Something is wrong"), BUTTON_PLAIN, false},
		{"no", N_("Not now"), BUTTON_PLAIN, false},
	};
	ui_begin(u, COUNT(a), true);
	struct rect rest = u->l.main;
	struct rect left;
	if (u->l.portrait) {
		left = cut_top(&rest, rest.h * 78 / 100, u->l.gap * 2);
		ui_head(u, ui_say(u, "Your badge"));
	} else {
		/* As wide as the first action below, and up to the top: the badge counts here. */
		left = column(rest, 0, COUNT(a), u->l.gap);
		left.h += left.y - u->l.head.y;
		left.y = u->l.head.y;
		cut_left(&rest, left.w, u->l.gap);
		cut_left(&u->l.head, left.w, u->l.gap);
		ui_head(u, ui_say(u, "Your badge"));
	}
	ui_badge(u, left);
	const char *text = ready(u->m) ? N_("It prints exactly as you see it here.")
				       : N_("One moment, your badge is being prepared.");
	struct block b[] = {
		{ui_say(u, "Is everything right?"), u->l.display, true, INK_TEXT, 0},
		{ui_say(u, text), u->l.lead, false, INK_MUTED, u->l.gap},
	};
	ui_stack(u, rest, b, COUNT(b), ALIGN_CENTRE, u->l.portrait ? ALIGN_CENTRE : ALIGN_START);
	ui_actions(u, a, COUNT(a));
	ui_foot(u);
}

static void on(struct model *m, const struct msg *e, struct todo *todo)
{
	if (app_tapped(e, "no")) {
		app_go(m, SCREEN_AGENDA, todo);
	} else if (app_tapped(e, "wrong-badge")) {
		app_note(todo, EVENT_CORRECTION_ASKED, 0, false);
		app_trouble(m, TROUBLE_WRONG_BADGE, todo);
	} else if (app_tapped(e, "yes") && ready(m)) {
		enum trouble t = app_may_print(m);
		if (t == TROUBLE_NONE && m->fault != FAULT_NONE)
			t = TROUBLE_PRINTER;
		if (t != TROUBLE_NONE) {
			m->print = PRINT_BADGE;
			app_trouble(m, t, todo);
			return;
		}
		m->print = todo->print = PRINT_BADGE;
		m->job = JOB_WAITING;
		app_go(m, SCREEN_PRINTING, todo);
	}
}

static void tell(const struct ui *u, struct line *t)
{
	line_add(t, ui_say(u, "Is everything right?"));
	line_join(t, " ", guest_text(&u->m->guest, u->m->guest.name));
	line_join(t, ", ", guest_text(&u->m->guest, u->m->guest.organisation));
}

const struct screen screen_preview = {"preview", on, view, tell, 20, true};
