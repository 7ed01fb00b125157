/* One person, as the desk sees her: who she is, what happened, where she has to be, what can be done. */
#include "screens.h"

#include <string.h>

#include "entry.h"
#include "rows.h"
#include "staff_words.h"
#include "when.h"

static struct span text_of(const struct ui *u, struct text t)
{
	return guest_text(&u->m->guest, t);
}

/* A late guest's badge names nobody. */
static struct span name_of(const struct ui *u)
{
	struct span name = text_of(u, u->m->guest.name);

	return name.n > 0 ? name : ui_say(u, "Registered late");
}

static bool may_replace(const struct model *m)
{
	uint16_t rights = m->desk.facts.by_code ? RIGHT_PRINT | RIGHT_LATE : RIGHT_PRINT;

	return app_has_right(m, rights) && m->desk.facts.may_draw && m->printer_there;
}

static size_t actions_of(const struct model *m, struct action out[static 6])
{
	const struct staff_facts *f = &m->desk.facts;
	size_t n = 0;

	if (m->desk.revoking) {
		out[n++] = (struct action){"yes", N_("Yes, revoke"), BUTTON_MAIN, false};
		out[n++] = (struct action){"no", N_("No"), BUTTON_PLAIN, false};
		return n;
	}
	if (may_replace(m))
		out[n++] = (struct action){"badge",
			f->replaces ? N_("Replacement badge") : N_("Print the badge"), BUTTON_MAIN,
			app_job_runs(m)};
	if (!f->arrived)
		out[n++] =
			(struct action){"arrived", N_("Has arrived"), BUTTON_PLAIN, m->journal_bad};
	/* What takes the place of "arrived" under a finger that taps twice must do no harm. */
	if (app_has_right(m, RIGHT_CORRECT) && !f->by_code)
		out[n++] = (struct action){"correct", N_("Correct"), BUTTON_PLAIN, false};
	if (app_has_right(m, RIGHT_REVOKE) && f->newest_issue > f->revoked_issue)
		out[n++] = (struct action){"revoke", N_("Revoke the badge"), BUTTON_PLAIN, false};
	out[n++] = (struct action){"back", N_("Back to the search"), BUTTON_PLAIN, false};
	return n;
}

static void add_when(const struct ui *u, struct line *t, int64_t at, const struct staff_where *w)
{
	struct span board = span_of(w->board);
	struct line time;

	staff_time(u, at, &time);
	line_add(t, line_text(&time));
	if (w->here || w->named) {
		line_join(t, ", ", w->here ? ui_say(u, "here") : board);
		return;
	}
	line_add(t, span_of(", "));
	say_into(&t->k, u->language, "board {1}", &board, 1);
}

/* Within reach, and under a note, there is room for the newest alone. */
static size_t lines_most(const struct ui *u, size_t all)
{
	bool low = u->look->reach, under = *u->m->desk.note && !u->l.portrait;
	size_t most = low && under ? 1 : low || under ? 2 : all;

	return all < most ? all : most;
}

static void arrivals(const struct ui *u, struct line *t)
{
	const struct staff_facts *f = &u->m->desk.facts;
	size_t most = lines_most(u, STAFF_ARRIVALS);
	size_t n = f->arrivals < most ? f->arrivals : most;

	line_start(t);
	if (n == 0)
		line_add(t, ui_say(u, "Not arrived yet"));
	for (size_t i = 0; i < n; i++) {
		line_join(t, "\n", i == 0 ? ui_say(u, "Arrived:") : ui_say(u, "Once more:"));
		line_add(t, span_of(" "));
		add_when(u, t, f->arrival[i].at, &f->arrival[i].where);
	}
}

/* The newest first: it is the one that counts. */
static void badges(const struct ui *u, struct line *t)
{
	const struct staff_facts *f = &u->m->desk.facts;
	size_t n = f->badges < STAFF_BADGES ? f->badges : STAFF_BADGES;
	struct line state;

	line_start(t);
	if (n == 0)
		line_add(t, ui_say(u, staff_badge_state(u->m->desk.person.badge)));
	size_t last = n - lines_most(u, n);
	for (size_t i = n; i-- > last;) {
		staff_badge_line(u, f->badge[i].state, f->badge[i].issue, &state);
		line_join(t, "\n", line_text(&state));
		line_add(t, span_of(", "));
		add_when(u, t, f->badge[i].at, &f->badge[i].where);
	}
}

/* Whoever may print and finds no button for it. */
static struct span why_no_badge(const struct ui *u)
{
	const struct model *m = u->m;

	if (may_replace(m) || !app_has_right(m, RIGHT_PRINT) || m->desk.facts.by_code)
		return (struct span){0};
	return m->desk.facts.may_draw ? ui_say(u, "No printer")
				      : ui_say(u, "No further badge in this board's list");
}

static void who(struct ui *u, struct rect at)
{
	const struct guest *g = &u->m->guest;
	const struct staff_facts *f = &u->m->desk.facts;
	struct line kind, came, printed, asked;

	line_start(&kind);
	line_add(&kind, ui_say(u, staff_role(g->role)));
	line_join(&kind, " · ", span_of(language_name(g->language)));
	if (f->late)
		line_join(&kind, " · ", ui_say(u, "Registered late"));
	if (g->is_protected)
		line_join(&kind, " · ", ui_say(u, "Protected"));
	arrivals(u, &came);
	badges(u, &printed);
	line_start(&asked);
	if (f->corrections > 0)
		line_add(&asked, ui_say(u, "A correction was asked for"));
	draw_fill(u->d, at, INK_PANEL, (uint32_t)u->l.radius * 2);
	struct block b[] = {
		{text_of(u, g->organisation), u->l.lead, true, INK_TEXT, 0},
		{text_of(u, g->function), u->l.body, false, INK_TEXT, 0},
		{line_text(&kind), u->l.body, false, INK_MUTED, u->l.gap / 2},
		{line_text(&came), u->l.body, false, f->arrived ? INK_TEXT : INK_MUTED, u->l.gap},
		{line_text(&printed), u->l.body, false, INK_TEXT, u->l.gap},
		{line_text(&asked), u->l.body, true, INK_ACCENT, u->l.gap},
		{why_no_badge(u), u->l.body, true, INK_BAD, u->l.gap},
	};
	ui_stack(u, inset(at, u->l.gap * 2), b, COUNT(b), ALIGN_START, ALIGN_START);
}

static void row_of(const struct ui *u, const struct entry *e, struct row_words *w)
{
	*w = (struct row_words){.start = e->start,
		.end = e->end,
		.offset = e->offset,
		.conflict = e->conflict,
		.title = entry_title(u, e)};
	entry_note(u, e, &w->note);
	entry_where(u, e, &w->where);
}

/* How many rows fit from first on; drawn if draw. A day's first row stands under its heading. */
static uint32_t rows(struct ui *u, struct rect at, uint32_t first, bool draw)
{
	const struct guest *g = &u->m->guest;
	struct row_size size = rows_size(u, 86);
	struct row_words w;
	int64_t day = -1;
	uint32_t i = first;

	for (; i < g->entry_count; i++) {
		const struct entry *e = &g->entries[i];
		bool heading = when_day_number(e->start, e->offset) != day;
		row_of(u, e, &w);
		int32_t h = rows_height(u, &w, &size, at.w);
		if (h + (heading ? rows_day_height(u) : 0) > at.h && i > first)
			break;
		day = when_day_number(e->start, e->offset);
		struct rect head = heading ? cut_top(&at, rows_day_height(u), 0) : at;
		struct rect body = cut_top(&at, h < at.h ? h : at.h, rows_gap(u));
		if (draw && heading)
			rows_day(u, head, e->start, e->offset);
		if (draw)
			rows_draw(u, body, &w, &size);
	}
	return i - first;
}

/* Who is in no list yet has no day either: the code that is her page, for her phone. */
static void her_code(struct ui *u, struct rect at)
{
	struct span code = span_of(u->m->desk.code);
	bool known = code.n > 0;
	struct block b[] = {
		{known ? ui_say(u, "The guest's own code") : ui_say(u, "This badge says no name"),
			u->l.lead, true, INK_TEXT, 0},
		{known ? ui_say(u, "To be photographed: any kiosk and any desk takes it. This "
				   "board's list does not have this guest yet.")
		       : ui_say(u, "Scan the code on the guest's phone to print another badge, or "
				   "take the guest in once more."),
			u->l.body, false, INK_MUTED, u->l.gap / 2},
	};

	if (known)
		ui_code(u, cut_top(&at, at.h * 72 / 100, u->l.gap / 2), code);
	ui_stack(u, at, b, COUNT(b), known ? ALIGN_START : ALIGN_CENTRE, ALIGN_CENTRE);
}

static void agenda(struct ui *u, struct rect at)
{
	const struct guest *g = &u->m->guest;
	uint32_t first = u->m->first;

	if (g->entry_count == 0) {
		struct block b = {ui_say(u, "Nothing is booked"), u->l.body, false, INK_MUTED, 0};
		ui_stack(u, at, &b, 1, ALIGN_CENTRE, ALIGN_CENTRE);
		return;
	}
	bool turns = rows(u, at, 0, false) < g->entry_count;
	struct rect side = {0};
	/* What is over is shown as well, where there is room for all. */
	if (!turns)
		first = 0;
	if (turns)
		side = ui_turn_room(u, &at);
	uint32_t n = rows(u, at, first, true);
	if (turns)
		ui_turn(u, side, first > 0, first + n < g->entry_count);
}

/* What the organiser tells the desk: above all else, and as wide as the glass, since it may be long. */
static void note(struct ui *u, struct rect *from)
{
	const struct span text = span_of(u->m->desk.note);
	int32_t edge = u->l.gap / 3, in = from->w - edge - 2 * u->l.gap;

	if (text.n == 0)
		return;
	int32_t needs = layout_height(1, u->l.small) + u->l.gap +
			layout_height(ui_lines(u, text, u->l.body, true, in), u->l.body);
	int32_t most = from->h * (u->l.portrait ? 30 : 38) / 100;
	struct rect at = cut_top(from, needs < most ? needs : most, u->l.gap);
	draw_fill(u->d, at, INK_SHADE, (uint32_t)u->l.radius);
	draw_fill(u->d, cut_left(&at, edge, u->l.gap), INK_ACCENT, 0);
	cut_right(&at, u->l.gap, 0);
	struct block b[] = {
		{ui_say(u, "Note for the desk"), u->l.small, false, INK_MUTED, 0},
		{text, u->l.body, true, INK_TEXT, 0},
	};
	ui_stack(u, at, b, COUNT(b), ALIGN_CENTRE, ALIGN_START);
}

/* Nobody's badge is kept for a page that was left. */
static struct span job_words(const struct ui *u, struct line *t)
{
	enum fault f = u->m->job_fault;

	if (u->m->job == JOB_FAILED)
		return ui_say(u, "The badge was not printed.");
	if (u->m->job == JOB_UNCERTAIN)
		return ui_say(u, "Nobody knows whether the badge came out. Please look.");
	if (f == FAULT_NONE)
		return ui_say(u, "Printing");
	line_start(t);
	line_add(t, ui_say(u, trouble_fault(f)->title));
	line_join(t, ". ", ui_say(u, "The badge waits; back at the search it is given up."));
	return line_text(t);
}

static void view(struct ui *u)
{
	struct action a[6];
	struct line t;
	size_t n = actions_of(u->m, a);

	ui_begin(u, (unsigned)n, false);
	ui_head(u, name_of(u));
	struct rect rest = u->l.main;
	staff_banner(u, &rest);
	if (u->m->desk.revoking)
		staff_strip(u, &rest,
			ui_say(u, "Revoke this badge? It opens no door any more, and none is "
				  "printed at a kiosk."),
			true);
	else if (u->m->desk.said_bad)
		staff_strip(u, &rest, staff_refusal(u), true);
	else if (u->m->desk.void_code)
		staff_strip(u, &rest,
			ui_say(u, "The code that was shown is void: it was replaced or revoked."),
			true);
	else if (u->m->printed)
		staff_strip(u, &rest, ui_say(u, "The badge is printed."), false);
	else if (u->m->job != JOB_NONE)
		staff_strip(u, &rest, job_words(u, &t),
			u->m->job_fault != FAULT_NONE || !app_job_runs(u->m));
	note(u, &rest);
	int32_t share = u->l.portrait && u->look->reach && *u->m->desk.note ? 62 : 48;
	struct rect left = u->l.portrait ? cut_top(&rest, rest.h * share / 100, u->l.gap * 2)
					 : cut_left(&rest, rest.w * 48 / 100, u->l.gap * 2);
	who(u, left);
	if (u->m->desk.facts.by_code)
		her_code(u, rest);
	else
		agenda(u, rest);
	ui_actions(u, a, n);
}

static void revoke(struct model *m, struct todo *todo)
{
	todo->staff.verb = STAFF_SAY;
	todo->staff.kind = EVENT_REVOKED;
	todo->staff.issue = m->desk.facts.newest_issue;
	memcpy(todo->staff.person, m->guest.handle, EVENT_PERSON);
}

static void turn(struct model *m, const struct msg *e)
{
	uint32_t step = 3;

	if (app_tapped(e, "more"))
		m->first += m->first + step < m->guest.entry_count ? step : 0;
	else if (app_tapped(e, "less"))
		m->first -= m->first < step ? m->first : step;
	else if (e->kind == MSG_DRAG && e->lines > 0)
		m->first += m->first + 1 < m->guest.entry_count;
	else if (e->kind == MSG_DRAG)
		m->first -= m->first > 0;
}

static void on(struct model *m, const struct msg *e, struct todo *todo)
{
	struct desk *d = &m->desk;

	if (app_tapped(e, "badge") && may_replace(m) && !app_job_runs(m)) {
		d->drawn = d->issuing = d->said_bad = d->void_code = false;
		app_desk_settled(m);
		app_go(m, SCREEN_BADGE, todo);
		todo->staff.verb = STAFF_DRAW;
		memcpy(todo->staff.person, m->guest.handle, EVENT_PERSON);
	} else if (app_tapped(e, "correct") && app_has_right(m, RIGHT_CORRECT)) {
		app_form_correct(m, todo);
	} else if (app_tapped(e, "arrived") && !d->facts.arrived) {
		app_note(todo, EVENT_ARRIVED, 0, false);
	} else if (app_tapped(e, "revoke") && app_has_right(m, RIGHT_REVOKE)) {
		app_desk_settled(m);
		d->revoking = true;
		d->said_bad = false;
	} else if (app_tapped(e, "yes") && d->revoking) {
		revoke(m, todo);
	} else if (app_tapped(e, "no")) {
		d->revoking = false;
	} else if (app_tapped(e, "back")) {
		app_desk_leave(m, todo);
	} else if (app_tapped(e, "arrival")) {
		app_desk_open(m, d->arrival.person, todo);
	} else {
		turn(m, e);
	}
}

static void tell(const struct ui *u, struct line *t)
{
	line_add(t, name_of(u));
	line_join(t, ", ", text_of(u, u->m->guest.organisation));
}

const struct screen screen_person = {"desk-person", on, view, tell, 0, false};
