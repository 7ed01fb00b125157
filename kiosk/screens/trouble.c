/* What stands in the way: what it means and what to do, in her language if we know it, else in all
 * four. */
#include "screens.h"

#include "when.h"

/* {1} is the desk, {2} when the list was made, {3} this board's name, {4} when it was wiped. */
struct trouble_words {
	const char *title, *text;
	bool all;  /* nobody knows her language: all four at once */
	char sign; /* see ui_sign */
};

static const struct trouble_words words[TROUBLES] = {
	[TROUBLE_NONE] = {"", "", false, '!'},
	[TROUBLE_UNKNOWN] = {N_("We do not know this code yet"),
		N_("This kiosk's list is from {2}. If you registered later, please go to {1}."),
		true, '?'},
	[TROUBLE_TORN] = {N_("This code could not be read whole"),
		N_("Smooth it out or make your screen brighter, then show it again. If that does "
		   "not help, go to {1}."),
		true, '?'},
	[TROUBLE_FOREIGN] = {"", "", true, '?'},
	[TROUBLE_GARBAGE] = {N_("This code is not for this kiosk"),
		N_("Please show the code of your invitation or badge."), true, '?'},
	[TROUBLE_REPLACED] = {N_("This code was replaced by a newer one"),
		N_("Please use the newer one, or go to {1}."), true, '!'},
	[TROUBLE_ENDED] = {N_("This code is no longer valid"),
		N_("Please go to {1}, where you get a new one."), true, '!'},
	[TROUBLE_SIGNED] = {N_("This code is for the staff"), N_("Please show it at {1}."), true,
		'?'},
	[TROUBLE_CARD] = {N_("This is a staff card"),
		N_("Please show the code of your invitation or badge."), true, '?'},
	[TROUBLE_PROTECTED] = {N_("Welcome"),
		N_("You are expected at the protocol desk. Please go there, no waiting."), false,
		'v'},
	[TROUBLE_UNREADABLE] = {N_("Your data could not be opened here"),
		N_("Your code is fine. Please go to {1}."), true, '!'},
	[TROUBLE_NO_ROSTER] = {N_("This kiosk has no guest list yet"),
		N_("Please use another kiosk or go to {1}."), true, '!'},
	[TROUBLE_WIPED] = {N_("This kiosk was emptied"),
		N_("The event is over for it: its data was removed on {4}. Staff: enrol it again "
		   "to use it."),
		true, '!'},
	[TROUBLE_ROSTER_DAMAGED] = {N_("The guest list of this kiosk is damaged"),
		N_("Please use another kiosk or go to {1}."), true, '!'},
	[TROUBLE_ROSTER_EXPIRED] = {N_("The guest list of this kiosk is out of date"),
		N_("Please use another kiosk or go to {1}."), true, '!'},
	[TROUBLE_JOURNAL] = {N_("We cannot save this"),
		N_("This kiosk cannot save anything at the moment, so it confirms nothing "
		   "and prints nothing. Please go to {1}."),
		false, '!'},
	[TROUBLE_UNCERTAIN] = {N_("Did a badge come out?"),
		N_("The printer was interrupted while it printed your badge. Please look at the "
		   "printer."),
		false, '?'},
	[TROUBLE_PRINTED] = {N_("Your badge is already printed"),
		N_("If you lost it, please go to {1}. They print a new one."), false, '!'},
	[TROUBLE_REISSUED] = {N_("A new badge was issued for you"),
		N_("It is printed only at {1}. Please go there."), false, '!'},
	[TROUBLE_WRONG_BADGE] = {N_("Something is wrong with your badge?"),
		N_("Please go to {1}. They correct it and print a new one."), false, '?'},
	[TROUBLE_RENDER] = {N_("Your badge cannot be printed here"), N_("Please go to {1}."), false,
		'!'},
	[TROUBLE_PRINTER] = {"", "", false, '!'},
	[TROUBLE_ENROLLING] = {N_("This kiosk is being enrolled"),
		N_("Staff: compare these four words with those at the hub. If they are the same, "
		   "confirm "
		   "there."),
		true, '?'},
	[TROUBLE_ENROLLED] = {N_("This kiosk is enrolled"),
		N_("Its name is {3}. It fetches the guest list by itself."), true, 'v'},
	[TROUBLE_CODE_WAIT] = {N_("One moment"), N_("This code is being checked."), true, '.'},
	[TROUBLE_CODE_TAKEN] = {N_("This code was accepted"), N_("Nothing more is to be done."),
		true, 'v'},
	[TROUBLE_CODE_OLDER] = {N_("This code is too old"),
		N_("This kiosk has already taken this one or a newer one."), true, '!'},
	[TROUBLE_CODE_EVENT] = {N_("This code is for another event"),
		N_("Nothing was changed on this kiosk."), true, '!'},
	[TROUBLE_CODE_FORGED] = {N_("This code is not valid"),
		N_("It is damaged, or not from this event's organiser. Nothing was changed on this "
		   "kiosk."),
		true, '!'},
	[TROUBLE_CODE_KNOWN] = {N_("This kiosk is already enrolled"),
		N_("Its name is {3}. It takes no other enrolment code."), true, '!'},
	[TROUBLE_CODE_SILENT] = {N_("No answer yet"),
		N_("The code is kept and checked as soon as this kiosk's network service runs "
		   "again."),
		true, '!'},
	[TROUBLE_CODE_NOWHERE] = {N_("This code cannot be checked here"),
		N_("This kiosk has no network service running. Please use another kiosk."), true,
		'!'},
};

#define FOR_A_PHONE                                                                                \
	N_("Your phone can use it, but this kiosk needs the code of your invitation or badge.")

/* What she holds up, and what to show instead. */
static const struct cause_words foreigns[FOREIGNS] = {
	[FOREIGN_OTHER] = {N_("This code is not from this event"),
		N_("Please show the code of your invitation or badge.")},
	[FOREIGN_WEB] = {N_("This code is a web address"), FOR_A_PHONE},
	[FOREIGN_CONTACT] = {N_("This code is a business card"), FOR_A_PHONE},
	[FOREIGN_BOARDING] = {N_("This is a boarding pass"),
		N_("You need it at the airport. Here, please show the code of your invitation or "
		   "badge.")},
	[FOREIGN_WIFI] = {N_("This code is for a Wi-Fi network"), FOR_A_PHONE},
	[FOREIGN_CALENDAR] = {N_("This code is a calendar entry"), FOR_A_PHONE},
	[FOREIGN_MESSAGE] = {N_("This code is for a message or a call"), FOR_A_PHONE},
	[FOREIGN_HEALTH] = {N_("This is a health certificate"),
		N_("Nobody asks for it here. Please show the code of your invitation or badge.")},
	[FOREIGN_PAYMENT] = {N_("This code is for a payment"),
		N_("There is nothing to pay here. Please show the code of your invitation or "
		   "badge.")},
	[FOREIGN_NUMBER] = {N_("This code is only a number"),
		N_("It may be from a ticket, a parcel or a product. Please show the code of your "
		   "invitation or badge.")},
};

static const struct cause_words faults[FAULTS] = {
	[FAULT_NONE] = {N_("The printer does not answer"),
		N_("Please use another kiosk or go to {1}.")},
	[FAULT_PAPER_OUT] = {N_("The printer is out of paper"),
		N_("Please tell {1}. It goes on by itself when there is a new roll.")},
	[FAULT_COVER_OPEN] = {N_("The printer's cover is open"),
		N_("Please close it or tell {1}. It then goes on by itself.")},
	[FAULT_WRONG_ROLL] = {N_("The wrong roll is in the printer"),
		N_("Please tell {1}. It goes on by itself when the right one is in.")},
	[FAULT_JAM] = {N_("Paper is stuck in the printer"),
		N_("Please tell {1}. Do not pull it out.")},
	[FAULT_HOT] = {N_("The printer is cooling down"),
		N_("It goes on by itself in a minute or two.")},
	[FAULT_UNPLUGGED] = {N_("The printer is not connected"),
		N_("Please use another kiosk or go to {1}.")},
	[FAULT_BUSY] = {N_("The printer is in use by something else"),
		N_("It goes on by itself as soon as the printer is free.")},
	[FAULT_EDITOR_LITE] = {N_("The printer is in Editor Lite mode"),
		N_("Please tell {1}. Staff: hold the Editor Lite button until its light goes "
		   "out.")},
	[FAULT_NO_PERMISSION] = {N_("This kiosk may not use its printer"),
		N_("Please use another kiosk or go to {1}. Staff: install the udev rule for the "
		   "printer.")},
	[FAULT_OTHER] = {N_("The printer does not answer"),
		N_("Please use another kiosk or go to {1}.")},
};

const struct cause_words *trouble_fault(enum fault f)
{
	return &faults[f < FAULTS ? f : FAULT_OTHER];
}

const char *trouble_title(enum trouble t, enum foreign f)
{
	if (t == TROUBLE_FOREIGN)
		return foreigns[f < FOREIGNS ? f : FOREIGN_OTHER].title;
	return words[t < TROUBLES ? t : TROUBLE_NONE].title;
}

static struct trouble_words words_now(const struct model *m)
{
	struct trouble_words w = words[m->trouble < TROUBLES ? m->trouble : TROUBLE_NONE];
	const struct cause_words *f = NULL;
	if (m->trouble == TROUBLE_PRINTER)
		f = trouble_fault(m->fault != FAULT_NONE ? m->fault : m->job_fault);
	if (m->trouble == TROUBLE_FOREIGN)
		f = &foreigns[m->foreign < FOREIGNS ? m->foreign : FOREIGN_OTHER];
	if (m->trouble == TROUBLE_WIPED && m->wiped_at == 0)
		w.text = N_("The event is over for it: its data was removed. Staff: enrol it again "
			    "to use it.");
	if (f) {
		w.title = f->title;
		w.text = f->text;
	}
	return w;
}

/* Today the time alone, else with its day. */
static void time_in(
	const struct model *m, enum language language, int64_t at, bool today, struct line *t)
{
	line_start(t);
	if (!today || when_day_number(at, m->offset) != when_day_number(m->wall, m->offset)) {
		when_date(&t->k, language, at, m->offset);
		line_add(t, span_of(", "));
	}
	when_time(&t->k, at, m->offset);
}

static void text_in(
	const struct ui *u, const struct trouble_words *w, enum language language, struct line *t)
{
	struct line time, wiped;
	time_in(u->m, language, u->m->programme.built_at, true, &time);
	time_in(u->m, language, u->m->wiped_at, false, &wiped);
	struct span args[] = {ui_desk(u, language), line_text(&time), span_of(u->m->network.name),
		line_text(&wiped)};
	line_start(t);
	say_into(&t->k, language, w->text, args, COUNT(args));
}

static struct rect cell(const struct ui *u, struct rect at, int32_t i)
{
	return u->l.portrait ? row(at, i, 4, u->l.gap)
			     : column(row(at, i / 2, 2, u->l.gap), i % 2, 2, u->l.gap);
}

/* Read across a hall, perhaps into a telephone. */
static void four(struct ui *u, struct rect at)
{
	struct block b[] = {
		{span_of(u->m->network.words), u->l.display * 3 / 2, true, INK_TEXT, 0}};
	draw_box(u->d, at, INK_PANEL, (uint32_t)u->l.radius * 2, INK_ACCENT,
		(uint32_t)u->l.line * 3);
	ui_stack(u, inset(at, u->l.gap), b, COUNT(b), ALIGN_CENTRE, ALIGN_CENTRE);
}

static void head_all(struct ui *u, const struct trouble_words *w, struct rect *rest)
{
	bool enrolling = u->m->trouble == TROUBLE_ENROLLING;
	struct rect at = cut_top(rest, u->l.touch * (enrolling ? 8 : 5) / 4, u->l.gap * 2);
	if (enrolling)
		four(u, at);
	else if (w->sign == 'v')
		ui_sign(u, at, INK_GOOD, INK_ON_GOOD, w->sign);
	else
		ui_sign(u, at, INK_WARN, INK_ON_WARN, w->sign);
}

static void view_all(struct ui *u, const struct trouble_words *w)
{
	struct rect rest = u->l.main;
	head_all(u, w, &rest);
	struct line t[LANGUAGES];
	struct block b[LANGUAGES][2];
	int32_t percent = 110;
	for (int i = 0; i < LANGUAGES; i++) {
		text_in(u, w, (enum language)i, &t[i]);
		struct span title = say((enum language)i, w->title);
		b[i][0] = (struct block){title, u->l.lead, true, INK_TEXT, 0};
		b[i][1] =
			(struct block){line_text(&t[i]), u->l.body, false, INK_TEXT, u->l.gap / 2};
		percent = ui_percent(u, inset(cell(u, rest, i), u->l.gap * 2), b[i], 2, percent);
	}
	for (int i = 0; i < LANGUAGES; i++) {
		struct rect at = cell(u, rest, i);
		draw_fill(u->d, at, INK_PANEL, (uint32_t)u->l.radius * 2);
		ui_stack_at(u, inset(at, u->l.gap * 2), b[i], 2,
			(struct seat){percent, ALIGN_START, ALIGN_START});
	}
}

static void view_one(struct ui *u, const struct trouble_words *w)
{
	struct line t, time;
	text_in(u, w, u->language, &t);
	line_start(&time);
	if (u->m->trouble == TROUBLE_PRINTED && u->m->printed_at != 0) {
		uint8_t clock[8];
		struct sink k = sink_on(clock, sizeof(clock));
		when_time(&k, u->m->printed_at, u->m->offset);
		struct span arg = {clock, k.n};
		say_into(&time.k, u->language, "Your badge was printed at {1}", &arg, 1);
	}
	struct rect rest = u->l.main;
	struct rect sign = cut_top(&rest, rest.h * 36 / 100, u->l.gap);
	bool good = w->sign == 'v';
	ui_sign(u, inset(sign, u->l.gap / 2), good ? INK_GOOD : INK_WARN,
		good ? INK_ON_GOOD : INK_ON_WARN, w->sign);
	struct block b[] = {
		{ui_say(u, w->title), u->l.display, true, INK_TEXT, 0},
		{line_text(&time), u->l.lead, true, INK_TEXT, u->l.gap},
		{line_text(&t), u->l.lead, false, INK_TEXT, u->l.gap},
	};
	ui_stack(u, rest, b, COUNT(b), ALIGN_START, ALIGN_CENTRE);
}

static bool may_go_back(const struct model *m)
{
	return m->guest.known && !m->guest.is_protected && m->trouble != TROUBLE_UNCERTAIN;
}

static size_t actions_of(const struct model *m, struct action out[static 3])
{
	size_t n = 0;
	if (app_standing(m))
		return 0;
	if (m->trouble == TROUBLE_UNCERTAIN) {
		out[n++] = (struct action){"yes", N_("Yes, I have it"), BUTTON_PLAIN, false};
		out[n++] = (struct action){"no", N_("No, nothing came out"), BUTTON_PLAIN, false};
	}
	if (m->trouble == TROUBLE_PRINTER && m->print == PRINT_BADGE)
		out[n++] = (struct action){"again", N_("Try again"), BUTTON_MAIN, false};
	if (may_go_back(m))
		out[n++] = (struct action){"back", N_("Back to my programme"), BUTTON_PLAIN, false};
	out[n++] = (struct action){"done", N_("Done"), BUTTON_PLAIN, false};
	return n;
}

/* Where the language is not known, the button says its word in all four. */
static void done_button(struct ui *u)
{
	struct line t;
	line_start(&t);
	for (int i = 0; i < LANGUAGES; i++)
		line_join(&t, " · ", say((enum language)i, "Done"));
	struct rect at = u->l.actions;
	draw_box(u->d, at, INK_ACCENT, (uint32_t)u->l.radius, INK_ACCENT, (uint32_t)u->l.line);
	ui_text(u, inset(at, u->l.gap / 2), u->l.body, true, INK_ON_ACCENT, ALIGN_CENTRE,
		line_text(&t));
	draw_region(u->d, at, "done", REGION_BUTTON, line_text(&t), REGION_READY, ++u->order);
}

static void view(struct ui *u)
{
	struct trouble_words w = words_now(u->m);
	struct action a[3];
	size_t n = actions_of(u->m, a);
	bool all = w.all && !u->m->guest.known;
	ui_begin(u, (unsigned)n, !all);
	ui_no_head(u);
	if (all) {
		view_all(u, &w);
		if (n > 0)
			done_button(u);
		return;
	}
	view_one(u, &w);
	ui_actions(u, a, n);
	ui_foot(u);
}

/* She looked: the job's end is what she says. */
static void answered(struct model *m, bool came_out, struct todo *todo)
{
	app_note(todo, came_out ? EVENT_BADGE_PRINTED : EVENT_BADGE_FAILED, m->guest.badge_issue,
		true);
	m->uncertain = false;
	m->job = JOB_NONE;
	m->job_fault = FAULT_NONE;
	m->printed_before = m->printed_before || came_out;
	todo->render = !m->rendered && app_may_print(m) == TROUBLE_NONE;
	app_go(m, SCREEN_AGENDA, todo);
}

static void on(struct model *m, const struct msg *e, struct todo *todo)
{
	bool printer = m->trouble == TROUBLE_PRINTER;
	if (m->trouble == TROUBLE_UNCERTAIN && (app_tapped(e, "yes") || app_tapped(e, "no"))) {
		answered(m, app_tapped(e, "yes"), todo);
	} else if (printer &&
		   (app_tapped(e, "again") || (e->kind == MSG_PRINTER && e->fault == FAULT_NONE))) {
		m->job = JOB_NONE;
		m->job_fault = FAULT_NONE;
		app_go(m, m->print == PRINT_BADGE ? SCREEN_PREVIEW : SCREEN_AGENDA, todo);
	} else if (app_tapped(e, "back") && may_go_back(m)) {
		app_go(m, SCREEN_AGENDA, todo);
	} else if (app_tapped(e, "done") && !app_standing(m)) {
		app_end(m, todo);
	}
}

static void tell(const struct ui *u, struct line *t)
{
	struct trouble_words w = words_now(u->m);
	struct line text;
	text_in(u, &w, u->language, &text);
	line_add(t, ui_say(u, w.title));
	line_join(t, ". ", line_text(&text));
}

const struct screen screen_trouble = {"trouble", on, view, tell, 30, true};
