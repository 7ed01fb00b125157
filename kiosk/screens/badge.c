/* The desk prints a badge: how it will look, and why it is printed anew. */
#include "screens.h"

#include <string.h>

#include "staff_words.h"

static bool ready(const struct model *m)
{
	return m->desk.drawn && m->rendered && m->render_error == OK && !m->desk.issuing &&
	       !app_job_runs(m);
}

/* A form says why by itself. */
static bool replaces(const struct model *m)
{
	return m->desk.facts.replaces && m->desk.form.what == 0;
}

static bool is_late(const struct model *m)
{
	return m->desk.form.what == ASKED_LATE;
}

static struct span why_not(const struct ui *u)
{
	const struct model *m = u->m;

	if (m->desk.said_bad && m->desk.said == ERR_ABSENT)
		return ui_say(u, "This board's list has no further badge for this person. It must "
				 "fetch a newer one first.");
	if (m->desk.said_bad)
		return staff_refusal(u);
	if (m->rendered && m->render_error != OK)
		return ui_say(u, "This badge cannot be drawn.");
	return (struct span){0};
}

static enum fault fault_of(const struct model *m)
{
	return m->job_fault != FAULT_NONE ? m->job_fault : m->fault;
}

/* What guests are told to leave to staff. */
static struct span remedy(const struct ui *u)
{
	static const char *const words[FAULTS] = {[FAULT_NONE] = "",
		[FAULT_PAPER_OUT] = N_("Put in a new roll; it then goes on by itself."),
		[FAULT_COVER_OPEN] = N_("Close it; it then goes on by itself."),
		[FAULT_WRONG_ROLL] = N_("Put in the right one; it then goes on by itself."),
		[FAULT_JAM] = N_("Open the cover, take the paper out and close it again."),
		[FAULT_HOT] = N_("It goes on by itself in a minute or two."),
		[FAULT_UNPLUGGED] = N_("Look at its cable, and whether it is switched on."),
		[FAULT_BUSY] = N_("It goes on by itself as soon as the printer is free."),
		[FAULT_EDITOR_LITE] = N_("Hold its Editor Lite button until the light goes out."),
		[FAULT_NO_PERMISSION] = N_("Call a technician: this board's udev rule is missing."),
		[FAULT_OTHER] = N_("Switch it off and on again.")};
	enum fault f = fault_of(u->m);

	if (why_not(u).n > 0 || f >= FAULTS || !*words[f])
		return (struct span){0};
	return ui_say(u, words[f]);
}

static struct span state(const struct ui *u)
{
	const struct model *m = u->m;
	enum fault f = fault_of(m);

	if (why_not(u).n > 0)
		return why_not(u);
	if (f != FAULT_NONE)
		return ui_say(u, trouble_fault(f)->title);
	if (app_job_runs(m) || m->desk.issuing)
		return ui_say(u, "Printing");
	if (!ready(m))
		return ui_say(u, "One moment, the badge is being prepared.");
	if (!m->printer_there)
		return ui_say(u, "There is no printer here. The badge comes out of any kiosk that "
				 "is shown the code.");
	return replaces(m)
		       ? ui_say(u, "Choose why. Then it prints, and the badge before it is void "
				   "everywhere.")
		       : ui_say(u, "It prints exactly as you see it here.");
}

/* What was typed goes to the organiser. */
static const char *print_label(const struct model *m)
{
	if (!m->printer_there)
		return N_("Send it");
	return m->desk.form.what ? N_("Print and send") : N_("Print it");
}

static size_t actions_of(const struct model *m, struct action out[static 5])
{
	bool off = !ready(m);
	size_t n = 0;

	if (replaces(m)) {
		out[n++] = (struct action){"lost", N_("Lost"), BUTTON_MAIN, off};
		out[n++] = (struct action){"damaged", N_("Damaged"), BUTTON_MAIN, off};
		out[n++] = (struct action){"corrected", N_("Name corrected"), BUTTON_MAIN, off};
		out[n++] = (struct action){"other", N_("Another reason"), BUTTON_MAIN, off};
	} else {
		out[n++] = (struct action){"print", print_label(m), BUTTON_MAIN, off};
	}
	out[n++] = (struct action){"back", N_("Back"), BUTTON_PLAIN, false};
	return n;
}

static struct span name_of(const struct model *m)
{
	return is_late(m) ? field_trimmed(&m->desk.form.fields[ASKED_DISPLAY])
			  : guest_text(&m->guest, m->guest.name);
}

static struct span organisation_of(const struct model *m)
{
	return m->desk.form.what ? field_trimmed(&m->desk.form.fields[ASKED_ORGANISATION])
				 : guest_text(&m->guest, m->guest.organisation);
}

static struct span title(const struct ui *u)
{
	if (is_late(u->m))
		return ui_say(u, "Late guest");
	return replaces(u->m) ? ui_say(u, "Replacement badge") : ui_say(u, "Badge");
}

static void view(struct ui *u)
{
	struct action a[5];
	size_t n = actions_of(u->m, a);
	struct line no;

	ui_begin(u, (unsigned)n, false);
	ui_head(u, title(u));
	struct rect rest = u->l.main;
	staff_banner(u, &rest);
	struct rect left = u->l.portrait ? cut_top(&rest, rest.h * 62 / 100, u->l.gap * 2)
					 : cut_left(&rest, rest.w * 40 / 100, u->l.gap * 3);
	ui_badge(u, left);
	line_start(&no);
	if (!is_late(u->m))
		staff_badge_line(u, u->m->desk.person.badge, u->m->desk.person.issue, &no);
	bool bad = why_not(u).n > 0 || fault_of(u->m) != FAULT_NONE;
	struct block b[] = {
		{name_of(u->m), u->l.title, true, INK_TEXT, 0},
		{organisation_of(u->m), u->l.body, false, INK_TEXT, u->l.gap / 2},
		{line_text(&no), u->l.body, false, INK_MUTED, u->l.gap / 2},
		{state(u), u->l.lead, true, bad ? INK_BAD : INK_ACCENT, u->l.gap * 2},
		{remedy(u), u->l.body, false, INK_TEXT, u->l.gap / 2},
	};
	ui_stack(u, rest, b, COUNT(b), ALIGN_CENTRE, ALIGN_START);
	ui_actions(u, a, n);
}

static void issue(struct model *m, enum issue_reason reason, struct todo *todo)
{
	m->desk.issuing = true;
	todo->staff.verb = STAFF_ISSUE;
	todo->staff.reason = (uint8_t)reason;
	if (is_late(m))
		return;
	memcpy(todo->staff.person, m->guest.handle, EVENT_PERSON);
	/* Who is given a badge at the desk stands there. */
	if (!m->desk.facts.arrived)
		app_note(todo, EVENT_ARRIVED, 0, false);
}

static void on(struct model *m, const struct msg *e, struct todo *todo)
{
	static const struct {
		const char *name;
		enum issue_reason reason;
	} reasons[] = {{"lost", ISSUE_LOST}, {"damaged", ISSUE_DAMAGED},
		{"corrected", ISSUE_CORRECTED}, {"other", ISSUE_OTHER}, {"print", ISSUE_OTHER}};

	bool form = m->desk.form.what != 0 && !m->printed;
	if (app_tapped(e, "back") && form && !m->desk.issuing && !app_job_runs(m))
		app_go(m, is_late(m) ? SCREEN_LATE : SCREEN_CORRECT, todo);
	else if (app_tapped(e, "back") && !is_late(m))
		app_desk_open(m, m->guest.handle, todo);
	for (size_t i = 0; i < COUNT(reasons) && ready(m); i++)
		if (app_tapped(e, reasons[i].name))
			issue(m, m->desk.form.what ? ISSUE_CORRECTED : reasons[i].reason, todo);
}

static void tell(const struct ui *u, struct line *t)
{
	line_add(t, state(u));
}

const struct screen screen_badge = {"desk-badge", on, view, tell, 0, false};
