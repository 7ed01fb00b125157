/* The desk's search: what is typed, and who is found. */
#include "screens.h"

#include <string.h>

#include "staff_words.h"

/* What else can be done here. */
static size_t doings(const struct model *m, struct action out[static 4])
{
	size_t n = 0;

	if (app_has_right(m, RIGHT_ADMIN))
		out[n++] = (struct action){"emergency", N_("Emergency"), BUTTON_PLAIN, false};
	if (app_has_right(m, RIGHT_LATE))
		out[n++] = (struct action){"late", N_("Late guest"), BUTTON_PLAIN, false};
	out[n++] = (struct action){"today", N_("Today"), BUTTON_PLAIN, false};
	out[n++] = (struct action){"lock", N_("Lock"), BUTTON_PLAIN, false};
	return n;
}

/* Beside the field, or above it where that would leave no room to type. */
static bool stands_above(const struct ui *u, size_t n)
{
	return u->l.portrait && n > 3;
}

static int32_t head_height(const struct ui *u)
{
	struct action a[4];
	int32_t field = layout_height(1, u->l.small) + u->l.touch;

	return stands_above(u, doings(u->m, a)) ? field + u->l.gap + u->l.touch : field;
}

static void head(struct ui *u, struct rect at)
{
	const struct field_look look = {"query", N_("Name or organisation"), true};
	int32_t gap = u->l.gap / 2;
	struct action a[4];
	struct rect side;

	int32_t n = (int32_t)doings(u->m, a);
	if (stands_above(u, (size_t)n)) {
		side = cut_top(&at, u->l.touch, u->l.gap);
	} else {
		int32_t wanted = ui_buttons_width(u, a, (size_t)n, gap), most = at.w * 60 / 100;
		side = cut_right(&at, wanted < most ? wanted : most, u->l.gap);
		side = cut_bottom(&side, u->l.touch, 0);
	}
	field_view(u, at, &u->m->desk.query, &look);
	ui_buttons(u, side, a, (size_t)n, gap);
}

static void count(struct ui *u, struct rect at)
{
	const struct desk *d = &u->m->desk;
	uint8_t digits[20];
	struct line t;

	line_start(&t);
	struct span arg = staff_number(d->query.n > 0 ? d->total : d->people, digits);
	if (d->query.n == 0)
		say_fill(&t.k,
			say_many(u->language, "{1} person in the list", "{1} people in the list",
				d->people),
			&arg, 1);
	else
		say_fill(&t.k,
			say_many(u->language, "{1} person found", "{1} people found", d->total),
			&arg, 1);
	ui_text(u, at, u->l.small, false, INK_MUTED, ALIGN_START, line_text(&t));
}

/* A row's words, which stand in text and right. */
static struct staff_line words(
	const struct ui *u, const struct staff_row *r, struct line *text, struct line *right)
{
	line_start(text);
	line_add(text, span_of(r->organisation));
	line_join(text, " · ", ui_say(u, staff_role(r->role)));
	if (r->is_protected)
		line_join(text, " · ", ui_say(u, "Protected"));
	if (r->arrived)
		line_join(text, " · ", ui_say(u, "Arrived"));
	staff_badge_line(u, r->badge, r->issue, right);
	bool bad = r->badge == BADGE_REVOKED || r->badge == BADGE_UNCERTAIN;
	enum ink ink = bad ? INK_BAD : r->badge == BADGE_PRINTED ? INK_GOOD : INK_MUTED;
	return (struct staff_line){.title = span_of(r->name),
		.text = line_text(text),
		.right = line_text(right),
		.right_ink = ink};
}

static void help(struct ui *u, struct rect at)
{
	static const struct staff_note how = {N_("Type the beginning of a name"),
		N_("Accents, capitals and the order do not matter. Or scan an invitation "
		   "or a badge.")};
	static const struct staff_note none = {N_("Nobody is found"),
		N_("Try fewer letters, the organisation, or another spelling. A late guest is "
		   "found by the code or the badge.")};
	static const struct staff_note none_late = {N_("Nobody is found"),
		N_("Try fewer letters, the organisation, or another spelling. A late guest is "
		   "found by the code or the badge. Who has neither is taken in anew: the "
		   "organiser then makes the first badge void.")};
	static const struct staff_note protocol = {
		N_("This person is looked after by the protocol desk"),
		N_("Your card may not open this page.")};
	static const struct staff_note absent = {N_("This person is not in this board's list yet"),
		N_("The list may have changed just now. Search once more.")};
	const struct desk *d = &u->m->desk;
	const struct staff_note misread = {trouble_title(d->misread, u->m->foreign),
		N_("Scan the code of the invitation or the badge, or search for the name.")};

	if (d->misread)
		staff_note(u, at, &misread);
	else if (!d->denied && d->query.n > 0)
		staff_note(u, at, app_has_right(u->m, RIGHT_LATE) ? &none_late : &none);
	else if (!d->denied)
		staff_note(u, at, &how);
	else if (d->said == ERR_DENIED)
		staff_note(u, at, &protocol);
	else
		staff_note(u, at, d->said == ERR_ABSENT ? &absent : &staff_unsaved);
}

enum { FEW = 4 };

/* Where few rows fit, one more low one is worth more than air between high ones; but whoever wants large text
 * wants to read it. */
static int32_t row_height(const struct ui *u, int32_t high)
{
	int32_t gap = u->l.gap / 2, h = staff_row_height(u);
	int32_t airy = (high + gap) / (h + gap), n = (high + gap) / (u->l.touch_least + gap);

	n = u->look->scale == 0 || airy == 0 ? n : airy;
	return airy < FEW && n > 0 ? (high + gap) / n - gap : h;
}

/* Rows to choose from; plain: to read only. How many stand there. */
static size_t found(struct ui *u, struct rect at, bool plain)
{
	const struct desk *d = &u->m->desk;
	int32_t h = row_height(u, at.h);
	size_t i = 0;

	for (; i < d->row_n; i++) {
		struct line text, right;
		struct staff_line l = words(u, &d->rows[i], &text, &right);
		char name[APP_NAME];
		int32_t least = staff_row_least(u, &l, at.w, at.h);
		least = least > h ? least : h;
		/* A row that grew has taken from the last one. */
		if (u->look->scale > 0 && least == h && at.h < h && at.h >= u->l.touch_least)
			least = at.h;
		if (least > at.h)
			break;
		l.plain = plain;
		staff_row_name("row-", i, name);
		staff_row_draw(u, cut_top(&at, least, u->l.gap / 2), name, &l);
	}
	return i;
}

static void more(struct ui *u, struct rect at, uint64_t n)
{
	struct line t;

	line_start(&t);
	line_count(&t, u->language, "{1} more person. Type more letters.",
		"{1} more people. Type more letters.", n);
	ui_text(u, at, u->l.small, false, INK_MUTED, ALIGN_START, line_text(&t));
}

static void results(struct ui *u, struct rect at, bool plain)
{
	const struct desk *d = &u->m->desk;
	int32_t gap = u->l.gap / 2, foot = layout_height(1, u->l.small);
	int32_t fit = (at.h + gap) / (staff_row_height(u) + gap);
	struct rect below = {0};

	if (d->row_n == 0 || d->denied || d->misread) {
		if (d->misread || !d->searching || d->query.n == 0)
			help(u, at);
		return;
	}
	if (fit >= FEW && (d->total > d->row_n || d->row_n > (size_t)fit))
		below = cut_bottom(&at, foot, gap);
	size_t n = found(u, at, plain);
	if (below.h > 0 && d->total > n)
		more(u, below, d->total - n);
}

static void counted(struct ui *u, struct rect line)
{
	staff_signs(u, cut_right(&line, line.w * (u->l.portrait ? 52 : 60) / 100, u->l.gap));
	count(u, line);
}

/* Within reach: the field right above the keys, and who is found to be read above it; once the keys are
 * folded the field and the rows are as low as they can be chosen. */
static void view_low(struct ui *u)
{
	const struct desk *d = &u->m->desk;

	ui_begin(u, 0, false);
	int32_t small = layout_height(1, u->l.small), gap = u->l.gap / 2;
	if (d->keyboard.folded)
		ui_head(u, ui_say(u, "Find a person"));
	else
		ui_no_head(u);
	struct rect rest = u->l.main;
	if (d->keyboard.folded) {
		rest = layout_reach(u->look, rest);
		staff_banner(u, &rest);
		head(u, cut_top(&rest, head_height(u), gap));
		counted(u, cut_top(&rest, small, gap));
		results(u, rest, false);
		return;
	}
	struct rect keys = cut_bottom(&rest, keyboard_height(u, &d->keyboard), gap);
	head(u, cut_bottom(&rest, head_height(u), gap));
	staff_banner(u, &rest);
	counted(u, cut_bottom(&rest, small, gap));
	results(u, rest, true);
	keyboard_view(u, keys, &d->keyboard, &d->query);
}

static void view_high(struct ui *u)
{
	const struct desk *d = &u->m->desk;

	ui_begin(u, 0, false);
	ui_no_head(u);
	struct rect rest = u->l.main;
	struct rect keys = cut_bottom(
		&rest, keyboard_height(u, &d->keyboard), d->keyboard.folded ? 0 : u->l.gap);
	staff_banner(u, &rest);
	head(u, cut_top(&rest, head_height(u), u->l.gap / 2));
	counted(u, cut_top(&rest, layout_height(1, u->l.small), u->l.gap / 2));
	results(u, rest, false);
	keyboard_view(u, keys, &d->keyboard, &d->query);
}

static void view(struct ui *u)
{
	if (u->look->reach)
		view_low(u);
	else
		view_high(u);
}

static void choose(struct model *m, const struct msg *e, struct todo *todo)
{
	size_t i;

	if (app_tapped(e, "arrival"))
		app_desk_open(m, m->desk.arrival.person, todo);
	else if (staff_tapped_row(e, "row-", &i) && i < m->desk.row_n)
		app_desk_open(m, m->desk.rows[i].person, todo);
}

/* What the keyboard on the glass, or the one on a cable, does to the field. */
static bool edited(struct model *m, const struct msg *e)
{
	struct desk *d = &m->desk;
	enum keyboard_did did = KEYBOARD_NOTHING;
	struct span typed = {e->code, e->code_n};

	if (e->kind == MSG_TYPE && span_equal(typed, span_of("\b")))
		return field_erase(&d->query);
	if (e->kind == MSG_TYPE)
		did = keyboard_typed(&d->keyboard, &d->query, typed);
	else if (e->kind == MSG_TAP && e->name)
		did = keyboard_tap(&d->keyboard, &d->query, e->name);
	return did == KEYBOARD_TYPED;
}

static void on(struct model *m, const struct msg *e, struct todo *todo)
{
	if (e->kind == MSG_TYPE)
		memset(m->focus, 0, sizeof(m->focus));
	if (edited(m, e)) {
		app_desk_search(m, todo);
	} else if (app_tapped(e, "query")) {
		m->desk.keyboard.folded = m->desk.query.chosen = false;
	} else if (app_tapped(e, "clear")) {
		field_wipe(&m->desk.query);
		app_desk_search(m, todo);
	} else if (app_tapped(e, "late") && app_has_right(m, RIGHT_LATE)) {
		app_form_late(m, todo);
	} else if (app_tapped(e, "emergency") && app_has_right(m, RIGHT_ADMIN)) {
		app_form_alarm(m, todo);
	} else if (app_tapped(e, "today")) {
		app_go(m, SCREEN_TODAY, todo);
		todo->staff.verb = STAFF_TODAY;
	} else if (app_tapped(e, "lock")) {
		app_lock(m, todo);
	} else {
		choose(m, e, todo);
	}
}

static void tell(const struct ui *u, struct line *t)
{
	line_add(t, ui_say(u, "Find a person"));
}

const struct screen screen_desk = {"desk", on, view, tell, 0, false};
