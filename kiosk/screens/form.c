/* The desk's forms: correct who is on the page, take in a late guest. */
#include "screens.h"

#include <string.h>

#include "staff_words.h"

static const char *const names[ASKED_FIELDS] = {
	[ASKED_GIVEN] = "given",
	[ASKED_FAMILY] = "family",
	[ASKED_DISPLAY] = "display",
	[ASKED_ORGANISATION] = "organisation",
	[ASKED_FUNCTION] = "function",
};
static const enum role roles[] = {
	ROLE_DELEGATE, ROLE_VIP, ROLE_OFFICIAL, ROLE_SPEAKER, ROLE_PRESS, ROLE_PARTNER};

static const char *label_of(const struct form *f, enum asked_field i)
{
	static const char *const labels[ASKED_FIELDS] = {
		[ASKED_GIVEN] = N_("Given name"),
		[ASKED_FAMILY] = N_("Family name"),
		[ASKED_DISPLAY] = N_("Name as it is shown"),
		[ASKED_ORGANISATION] = N_("Organisation"),
		[ASKED_FUNCTION] = N_("Function"),
	};

	return f->what == ASKED_LATE && i == ASKED_DISPLAY ? N_("Name") : labels[i];
}

/* The keys' ring stands on a field, or typing went there before. */
static enum asked_field here_of(const struct model *m)
{
	for (int i = 1; i < ASKED_FIELDS; i++)
		if (form_has(&m->desk.form, (enum asked_field)i) && m->focus[0] &&
			strcmp(m->focus, names[i]) == 0)
			return (enum asked_field)i;
	return m->desk.form.here;
}

static void one(struct ui *u, struct rect at, enum asked_field i)
{
	const struct form *f = &u->m->desk.form;
	const struct field_look look = {names[i], label_of(f, i), i == here_of(u->m)};

	field_view(u, at, &f->fields[i], &look);
}

/* All fields in two rows, at the bottom of at. */
static void fields(struct ui *u, struct rect at)
{
	const struct form *f = &u->m->desk.form;
	int32_t count = f->what == ASKED_LATE ? 2 : ASKED_FIELDS - 1;
	int32_t across = count > 2 && !u->l.portrait ? 3 : 2;
	int32_t rows = (count + across - 1) / across;
	at = layout_reach(u->look, at);
	int32_t each = (at.h - (rows - 1) * u->l.gap) / rows;
	int32_t high = field_height(u) * 7 / 5;
	int32_t want = rows * (each < high ? each : high) + (rows - 1) * u->l.gap;
	struct rect all = u->look->reach ? cut_bottom(&at, want, 0) : cut_top(&at, want, 0);
	int32_t n = 0;

	for (int i = 1; i < ASKED_FIELDS; i++) {
		if (!form_has(f, (enum asked_field)i))
			continue;
		/* The last row's fields are the wider ones. */
		int32_t in_row = n / across == rows - 1 ? count - across * (rows - 1) : across;
		struct rect r = row(all, n / across, rows, u->l.gap);
		one(u, column(r, n % across, in_row, u->l.gap), (enum asked_field)i);
		n++;
	}
}

static struct span title(const struct ui *u)
{
	return u->m->desk.form.what == ASKED_LATE ? ui_say(u, "Late guest") : ui_say(u, "Correct");
}

/* With the keyboard on the glass: the fields, and where that leaves no room, the one typed in. */
static void view_typing(struct ui *u)
{
	const struct desk *d = &u->m->desk;

	ui_begin(u, 0, false);
	struct rect head = u->l.head;
	ui_no_head(u);
	struct rect rest = u->l.main;
	struct rect keys = cut_bottom(&rest, keyboard_height(u, &d->keyboard), u->l.gap);
	int32_t two = 2 * field_height(u) + u->l.gap;
	if (rest.h >= two + head.h + u->l.gap) {
		cut_top(&rest, head.h, u->l.gap);
		ui_head(u, title(u));
	}
	if (rest.h >= two && !u->look->reach)
		fields(u, rest);
	else
		one(u, cut_bottom(&rest, field_height(u), 0), here_of(u->m));
	keyboard_view(u, keys, &d->keyboard, &d->form.fields[here_of(u->m)]);
}

static void choice(struct ui *u, struct rect at, const char *name, struct span text, bool chosen)
{
	draw_box(u->d, at, chosen ? INK_PANEL : INK_GROUND, (uint32_t)u->l.radius,
		chosen ? INK_ACCENT : INK_LINE, (uint32_t)(chosen ? 2 * u->l.line : u->l.line));
	struct block b = {text, u->l.small, chosen, chosen ? INK_ACCENT : INK_TEXT, 0};
	ui_stack(u, inset(at, u->l.gap / 2), &b, 1, ALIGN_CENTRE, ALIGN_CENTRE);
	draw_region(u->d, at, name, REGION_CHOICE, text, chosen ? REGION_CHOSEN : REGION_READY,
		++u->order);
}

/* Where all must be within reach the fields need their part of it, too. */
static int32_t choice_height(const struct ui *u, struct rect from, int32_t rows)
{
	struct rect low = layout_reach(u->look, from);
	int32_t most = (low.h - field_height(u)) / rows - u->l.gap;

	if (low.h == from.h || most >= u->l.touch)
		return u->l.touch;
	return most > u->l.touch_least ? most : u->l.touch_least;
}

static void choices(struct ui *u, struct rect *from)
{
	const struct form *f = &u->m->desk.form;
	char name[APP_NAME];
	int32_t across = u->l.portrait ? 3 : (int32_t)COUNT(roles);
	int32_t down = (int32_t)COUNT(roles) / across;
	int32_t each = choice_height(u, *from, down + 1);
	struct rect languages = cut_bottom(from, each, u->l.gap);
	struct rect all = cut_bottom(from, down * each + (down - 1) * u->l.gap, u->l.gap);

	for (int32_t i = 0; i < (int32_t)COUNT(roles); i++) {
		struct rect r = row(all, i / across, down, u->l.gap);
		staff_row_name("role-", (size_t)i, name);
		choice(u, column(r, i % across, across, u->l.gap), name,
			ui_say(u, staff_role(roles[i])), f->role == roles[i]);
	}
	for (int32_t i = 0; i < LANGUAGES; i++) {
		staff_row_name("speaks-", (size_t)i, name);
		choice(u, column(languages, i, LANGUAGES, u->l.gap), name,
			span_of(language_name((enum language)i)), f->language == (enum language)i);
	}
}

static enum err ready(const struct model *m)
{
	uint8_t bytes[ASKED_BYTES];
	size_t n;
	enum err e = form_write(&m->desk.form, &m->guest, bytes, &n);

	seal_wipe(bytes, sizeof(bytes));
	return e;
}

static bool may_print(const struct model *m)
{
	if (m->desk.form.what == ASKED_LATE)
		return true;
	return m->printer_there && app_has_right(m, RIGHT_PRINT) && m->desk.facts.may_draw;
}

static size_t actions_of(const struct model *m, struct action out[static 3])
{
	bool off = ready(m) != OK;
	size_t n = 0;

	out[n++] =
		(struct action){"preview", N_("Show the badge"), BUTTON_MAIN, off || !may_print(m)};
	if (m->desk.form.what == ASKED_CORRECTION)
		out[n++] = (struct action){"send", N_("Send without printing"), BUTTON_PLAIN, off};
	out[n++] = (struct action){"back", N_("Back"), BUTTON_PLAIN, false};
	return n;
}

static struct span said(const struct ui *u)
{
	if (u->m->desk.said_bad)
		return staff_refusal(u);
	if (ready(u->m) == ERR_FULL)
		return ui_say(u, "This is too long to be sent at once.");
	return (struct span){0};
}

static void view_whole(struct ui *u)
{
	struct action a[3];
	size_t n = actions_of(u->m, a);

	ui_begin(u, (unsigned)n, false);
	ui_head(u, title(u));
	struct rect rest = u->l.main;
	staff_strip(u, &rest, said(u), true);
	if (u->m->desk.form.what == ASKED_LATE)
		choices(u, &rest);
	fields(u, rest);
	ui_actions(u, a, n);
}

static void view(struct ui *u)
{
	if (u->m->desk.keyboard.folded)
		view_whole(u);
	else
		view_typing(u);
}

static void go_to(struct model *m, enum asked_field i, bool fold)
{
	struct desk *d = &m->desk;

	d->form.here = i;
	keyboard_turn(&d->keyboard, &d->form.fields[i]);
	d->keyboard.folded = fold;
}

static void ask(struct model *m, enum staff_verb verb, struct todo *todo)
{
	struct staff_ask *a = &todo->staff;
	bool late = m->desk.form.what == ASKED_LATE;

	if (form_write(&m->desk.form, &m->guest, a->text, &a->text_n) != OK)
		return;
	a->verb = verb;
	a->kind = late ? EVENT_LATE : EVENT_CORRECTION_ASKED;
	if (!late)
		memcpy(a->person, m->guest.handle, EVENT_PERSON);
	m->desk.said_bad = false;
}

static void close(struct model *m, struct todo *todo)
{
	bool late = m->desk.form.what == ASKED_LATE;

	seal_wipe(&m->desk.form, sizeof(m->desk.form));
	if (late)
		app_desk_leave(m, todo);
	else
		app_desk_open(m, m->guest.handle, todo);
}

static bool chosen(struct model *m, const struct msg *e)
{
	struct form *f = &m->desk.form;
	size_t i;

	for (int k = 1; k < ASKED_FIELDS; k++) {
		if (!form_has(f, (enum asked_field)k) || !app_tapped(e, names[k]))
			continue;
		go_to(m, (enum asked_field)k, false);
		return true;
	}
	if (staff_tapped_row(e, "role-", &i) && i < COUNT(roles))
		f->role = roles[i];
	else if (staff_tapped_row(e, "speaks-", &i) && i < LANGUAGES)
		f->language = (enum language)i;
	else
		return false;
	return true;
}

static void type(struct model *m, const struct msg *e)
{
	struct desk *d = &m->desk;

	d->form.here = here_of(m);
	memset(m->focus, 0, sizeof(m->focus));
	(void)keyboard_typed(
		&d->keyboard, &d->form.fields[d->form.here], (struct span){e->code, e->code_n});
}

static void on(struct model *m, const struct msg *e, struct todo *todo)
{
	struct desk *d = &m->desk;

	if (e->kind == MSG_TYPE) {
		type(m, e);
	} else if (app_tapped(e, "next")) {
		go_to(m, form_next(&d->form, here_of(m)), true);
		memset(m->focus, 0, sizeof(m->focus));
	} else if (app_tapped(e, "preview") && ready(m) == OK && may_print(m)) {
		d->drawn = d->issuing = false;
		app_desk_settled(m);
		ask(m, STAFF_DRAW, todo);
		app_go(m, SCREEN_BADGE, todo);
	} else if (app_tapped(e, "send") && d->form.what == ASKED_CORRECTION) {
		ask(m, STAFF_SAY, todo);
	} else if (app_tapped(e, "back")) {
		close(m, todo);
	} else if (!chosen(m, e) && e->kind == MSG_TAP && e->name) {
		(void)keyboard_tap(&d->keyboard, &d->form.fields[d->form.here], e->name);
	}
}

static void tell(const struct ui *u, struct line *t)
{
	line_add(t, title(u));
}

void app_form_correct(struct model *m, struct todo *todo)
{
	app_desk_settled(m);
	form_correct(&m->desk.form, &m->guest);
	m->desk.keyboard.names = true;
	go_to(m, m->desk.form.here, true);
	m->desk.said_bad = false;
	app_go(m, SCREEN_CORRECT, todo);
}

void app_form_late(struct model *m, struct todo *todo)
{
	bool cable = m->desk.keyboard.folded;

	form_late(&m->desk.form, m->look.language);
	m->desk.keyboard.names = true;
	go_to(m, m->desk.form.here, cable);
	m->desk.said_bad = false;
	app_go(m, SCREEN_LATE, todo);
}

const struct screen screen_correct = {"desk-correct", on, view, tell, 0, false};
const struct screen screen_late = {"desk-late", on, view, tell, 0, false};
