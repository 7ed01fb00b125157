/* It came out: take it, and where to go next. */
#include "entry.h"
#include "screens.h"

static const char *title_of(const struct model *m)
{
	return m->print == PRINT_SLIP ? N_("Your programme is printed")
				      : N_("Your badge is printed");
}

static void view(struct ui *u)
{
	static const struct action a[] = {
		{"back", N_("Back to my programme"), BUTTON_PLAIN, false},
		{"done", N_("Done"), BUTTON_MAIN, false},
	};
	const struct model *m = u->m;
	ui_begin(u, COUNT(a), true);
	ui_no_head(u);
	struct rect rest = u->l.main;
	struct rect sign = cut_top(&rest, rest.h * 34 / 100, u->l.gap);
	ui_sign(u, inset(sign, u->l.gap / 2), INK_GOOD, INK_ON_GOOD, 'v');
	struct line when, where;
	line_start(&when);
	line_start(&where);
	uint32_t i = app_next_entry(m);
	bool next = m->lease != LEASE_WITHHELD && m->guest.day_open && i < m->guest.entry_count;
	if (next) {
		entry_when(u, &m->guest.entries[i], &when);
		entry_where(u, &m->guest.entries[i], &where);
	}
	struct block b[] = {
		{ui_say(u, title_of(m)), u->l.display, true, INK_TEXT, 0},
		{ui_say(u, "Please take it from the printer. Have a good day."), u->l.lead, false,
			INK_MUTED, u->l.gap / 2},
		{line_text(&when), u->l.body, true, INK_ACCENT, u->l.gap * 2},
		{next ? entry_title(u, &m->guest.entries[i]) : (struct span){NULL, 0}, u->l.lead,
			true, INK_TEXT, 0},
		{line_text(&where), u->l.body, false, INK_TEXT, 0},
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
	line_add(t, ui_say(u, title_of(u->m)));
	line_join(t, ". ", ui_say(u, "Please take it from the printer. Have a good day."));
}

const struct screen screen_done = {"done", on, view, tell, 20, false};
