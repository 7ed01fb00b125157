/* What happened at this board, the newest first, and what of it can be undone. */
#include "screens.h"

#include <string.h>

#include "signs.h"
#include "staff_words.h"
#include "when.h"

static const char *deed(const struct staff_deed *d)
{
	switch (d->kind) {
	case EVENT_ARRIVED:
		return N_("Arrived");
	case EVENT_BADGE_PRINTED:
		return N_("Badge printed");
	case EVENT_BADGE_UNCERTAIN:
		return N_("Badge uncertain");
	case EVENT_BADGE_FAILED:
		return N_("Badge not printed");
	case EVENT_BADGE_ISSUED:
		return N_("Badge replaced");
	case EVENT_CORRECTION_ASKED:
		return N_("Correction asked");
	case EVENT_STAFF_UNLOCKED:
		return N_("Unlocked with a staff card");
	case EVENT_STAFF_REFUSED:
		return N_("A PIN was wrong");
	case EVENT_REVOKED:
		return N_("Badge revoked");
	case EVENT_OVERRIDE:
		return N_("Let in by staff");
	case EVENT_EMERGENCY:
		return d->over ? N_("Emergency ended") : N_("Emergency message");
	case EVENT_LATE:
		return N_("Late guest taken in");
	case EVENT_LOOKED_UP:
		return N_("Page opened");
	default:
		return "";
	}
}

static const char *reason(const struct staff_deed *d)
{
	static const char *const words[ISSUE_REASONS] = {[ISSUE_OTHER] = "",
		[ISSUE_LOST] = N_("Lost"),
		[ISSUE_DAMAGED] = N_("Damaged"),
		[ISSUE_CORRECTED] = N_("Name corrected")};

	return d->kind == EVENT_BADGE_ISSUED && d->reason < ISSUE_REASONS ? words[d->reason] : "";
}

static bool asks(const struct model *m)
{
	return m->desk.undoing > 0 && m->desk.undoing <= m->desk.deed_n;
}

/* What a row's words stand in. */
struct deed_words {
	struct line time, day, text;
};

static struct staff_line words(const struct ui *u, const struct staff_deed *d, struct deed_words *w)
{
	const struct model *m = u->m;

	line_start(&w->time);
	line_start(&w->day);
	when_time(&w->time.k, d->at, m->offset);
	if (when_day_number(d->at, m->offset) != when_day_number(m->wall, m->offset))
		when_day(&w->day.k, u->language, d->at, m->offset);
	line_start(&w->text);
	if (d->named)
		line_add(&w->text, ui_say(u, deed(d)));
	if (*reason(d))
		line_join(&w->text, " · ", ui_say(u, reason(d)));
	struct span right = {0};
	if (d->undone || d->may_undo)
		right = d->undone ? ui_say(u, "Undone") : ui_say(u, "Undo");
	return (struct staff_line){.title = d->named ? span_of(d->name) : ui_say(u, deed(d)),
		.text = line_text(&w->text),
		.right = right,
		.time = line_text(&w->time),
		.day = line_text(&w->day),
		.right_ink = d->undone ? INK_MUTED : INK_ACCENT,
		.plain = !d->may_undo};
}

/* How many rows fit from first on; drawn if draw. */
static size_t rows(struct ui *u, struct rect at, size_t first, bool draw)
{
	const struct desk *d = &u->m->desk;
	int32_t h = staff_row_height(u);
	char name[APP_NAME];
	size_t i = first;

	for (; i < d->deed_n; i++) {
		struct deed_words w;
		struct staff_line l = words(u, &d->deeds[i], &w);
		int32_t least = staff_row_least(u, &l, at.w, at.h);
		least = least > h ? least : h;
		if (least > at.h && i > first)
			break;
		struct rect row = cut_top(&at, least < at.h ? least : at.h, u->l.gap / 2);
		staff_row_name("undo-", i, name);
		if (draw)
			staff_row_draw(u, row, name, &l);
	}
	return i - first;
}

static void list(struct ui *u, struct rect at)
{
	const struct desk *d = &u->m->desk;
	size_t first = d->deed_first < d->deed_n ? d->deed_first : 0;

	if (d->deed_n == 0) {
		struct block b = {
			ui_say(u, "Nothing has happened yet"), u->l.lead, false, INK_MUTED, 0};
		ui_stack(u, at, &b, 1, ALIGN_CENTRE, ALIGN_CENTRE);
		return;
	}
	bool turns = rows(u, at, 0, false) < d->deed_n;
	struct rect side = {0};
	if (turns)
		side = ui_turn_room(u, &at);
	size_t n = rows(u, at, first, true);
	if (turns)
		ui_turn(u, side, first > 0, first + n < d->deed_n);
}

/* The one that is asked about, and nothing to press on it. */
static void asked_about(struct ui *u, struct rect at)
{
	struct deed_words w;
	struct staff_line l = words(u, &u->m->desk.deeds[u->m->desk.undoing - 1], &w);
	int32_t least = staff_row_least(u, &l, at.w, at.h);

	l.plain = true;
	l.right = (struct span){0};
	int32_t h = staff_row_height(u);
	staff_row_draw(u, cut_top(&at, least > h ? least : h, 0), "undo", &l);
}

static struct span printer(const struct ui *u)
{
	if (!u->m->printer_there)
		return ui_say(u, "No printer");
	return ui_say(u, u->m->fault == FAULT_NONE ? N_("Printer ready")
						   : trouble_fault(u->m->fault)->title);
}

/* The board itself: its printer and its list, and beside them what its signs say. */
static void facts(struct ui *u, struct rect at)
{
	const struct programme *p = &u->m->programme;
	struct line list, time;
	struct signs signs;
	uint8_t digits[20];

	staff_time(u, p->built_at, &time);
	struct span args[] = {staff_number(p->sequence, digits), line_text(&time)};
	line_start(&list);
	say_into(&list.k, u->language, N_("List no. {1} of {2}"), args, COUNT(args));
	signs_take(u, &signs);
	struct rect left = cut_left(&at, at.w * 40 / 100, u->l.gap);
	bool good = u->m->printer_there && u->m->fault == FAULT_NONE;
	struct rect dot = cut_left(&left, u->l.small / 2, u->l.gap);
	dot.y += (dot.h - dot.w) / 2;
	dot.h = dot.w;
	draw_fill(u->d, dot, good ? INK_GOOD : INK_WARN, (uint32_t)dot.w / 2);
	struct block b[] = {
		{printer(u), u->l.small, false, INK_MUTED, 0},
		{line_text(&list), u->l.small, false, INK_MUTED, 0},
	};
	ui_stack(u, left, b, COUNT(b), ALIGN_CENTRE, ALIGN_START);
	if (signs_any(&signs))
		signs_draw(u, at, &signs);
}

static void view(struct ui *u)
{
	static const struct action plain[] = {{"back", N_("Back"), BUTTON_PLAIN, false}};
	static const struct action asked[] = {{"yes", N_("Yes, undo"), BUTTON_MAIN, false},
		{"no", N_("No"), BUTTON_PLAIN, false}};
	const struct desk *d = &u->m->desk;
	bool ask = asks(u->m);

	ui_begin(u, ask ? 2 : 1, false);
	ui_head(u, ui_say(u, "What happened here"));
	struct rect rest = u->l.main;
	staff_banner(u, &rest);
	if (ask)
		staff_strip(
			u, &rest, ui_say(u, "Undo this? It then counts as never written."), true);
	else if (d->said_bad)
		staff_strip(u, &rest, staff_refusal(u), true);
	facts(u, cut_bottom(&rest, layout_height(u->l.portrait ? 4 : 2, u->l.small), u->l.gap));
	if (ask)
		asked_about(u, rest);
	else
		list(u, rest);
	ui_actions(u, ask ? asked : plain, ask ? 2 : 1);
}

static void undo(struct model *m, struct todo *todo)
{
	todo->staff.verb = STAFF_SAY;
	todo->staff.kind = EVENT_UNDO;
	todo->staff.target = m->desk.deeds[m->desk.undoing - 1].id;
	m->desk.undoing = 0;
}

static void turn(struct model *m, const struct msg *e)
{
	size_t *at = &m->desk.deed_first;
	size_t step = 4;

	if (app_tapped(e, "more") || (e->kind == MSG_DRAG && e->lines > 0))
		*at += *at + step < m->desk.deed_n ? step : 0;
	else if (app_tapped(e, "less") || e->kind == MSG_DRAG)
		*at -= *at < step ? *at : step;
}

static void on(struct model *m, const struct msg *e, struct todo *todo)
{
	struct desk *d = &m->desk;
	size_t i;

	if (app_tapped(e, "back")) {
		app_desk_leave(m, todo);
	} else if (app_tapped(e, "yes") && asks(m)) {
		undo(m, todo);
	} else if (app_tapped(e, "no")) {
		d->undoing = 0;
	} else if (app_tapped(e, "arrival")) {
		app_desk_open(m, d->arrival.person, todo);
	} else if (staff_tapped_row(e, "undo-", &i) && i < d->deed_n && d->deeds[i].may_undo) {
		d->undoing = i + 1;
		d->said_bad = false;
	} else {
		turn(m, e);
	}
}

static void tell(const struct ui *u, struct line *t)
{
	line_add(t, ui_say(u, "What happened here"));
}

const struct screen screen_today = {"desk-today", on, view, tell, 0, false};
