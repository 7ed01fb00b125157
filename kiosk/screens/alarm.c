/* What a desk says to everybody: a text in each language that is wanted, asked about once; and its end. */
#include "alarm.h"
#include "screens.h"

#include <string.h>

#include "staff_words.h"

static const char *const names[LANGUAGES] = {"text-de", "text-en", "text-fr", "text-nl"};

/* The keys' ring stands on a field, or typing went there before. */
static enum language here_of(const struct model *m)
{
	for (int i = 0; i < LANGUAGES; i++)
		if (strcmp(m->focus, names[i]) == 0)
			return (enum language)i;
	return m->desk.alarm.here;
}

/* returns: as emergency_write; ERR_ABSENT, if nothing is typed */
static enum err write_words(const struct alarm_form *f, uint8_t out[static STAFF_SAID], size_t *n)
{
	struct emergency e = {0};
	bool any = false;

	*n = 0;
	for (int i = 0; i < LANGUAGES; i++) {
		struct span text = field_trimmed(&f->in[i]);
		if (text.n == 0)
			continue;
		e.in[i] = text;
		any = true;
	}
	return any ? emergency_write(&e, out, n) : ERR_ABSENT;
}

static enum err ready(const struct model *m)
{
	uint8_t words[STAFF_SAID];
	size_t n;

	return write_words(&m->desk.alarm, words, &n);
}

static void one(struct ui *u, struct rect at, enum language i)
{
	const struct field_look look = {names[i], language_name(i), i == here_of(u->m)};

	field_view(u, at, &u->m->desk.alarm.in[i], &look);
}

/* The four in two rows, or below each other. */
static void fields(struct ui *u, struct rect at)
{
	int32_t across = u->l.portrait ? 1 : 2, rows = LANGUAGES / across;
	int32_t each = (at.h - (rows - 1) * u->l.gap) / rows, high = field_height(u) * 7 / 5;
	int32_t want = rows * (each < high ? each : high) + (rows - 1) * u->l.gap;
	struct rect all = u->look->reach ? cut_bottom(&at, want, 0) : cut_top(&at, want, 0);

	for (int32_t i = 0; i < LANGUAGES; i++)
		one(u, column(row(all, i / across, rows, u->l.gap), i % across, across, u->l.gap),
			(enum language)i);
}

static struct span said(const struct ui *u)
{
	if (u->m->desk.said_bad)
		return staff_refusal(u);
	return ready(u->m) == ERR_FULL ? ui_say(u, "This is too long to be sent at once.")
				       : (struct span){0};
}

static struct span title(const struct ui *u)
{
	const struct alarm_form *f = &u->m->desk.alarm;

	if (f->ending)
		return ui_say(u, "End the emergency on every screen?");
	return f->saying ? ui_say(u, "Show this on every screen now?")
			 : ui_say(u, "Emergency message");
}

/* With the keyboard on the glass: the one that is typed in, and the others where there is room. */
static void view_typing(struct ui *u)
{
	const struct desk *d = &u->m->desk;

	ui_begin(u, 0, false);
	ui_no_head(u);
	struct rect rest = u->l.main;
	struct rect keys = cut_bottom(&rest, keyboard_height(u, &d->keyboard), u->l.gap);
	int32_t rows = u->l.portrait ? LANGUAGES : LANGUAGES / 2;
	if (rest.h >= rows * field_height(u) + (rows - 1) * u->l.gap && !u->look->reach)
		fields(u, rest);
	else
		one(u, cut_bottom(&rest, field_height(u), 0), here_of(u->m));
	keyboard_view(u, keys, &d->keyboard, &d->alarm.in[here_of(u->m)]);
}

static void view_whole(struct ui *u)
{
	struct action a[3] = {{"show", N_("Show on every screen"), BUTTON_MAIN, ready(u->m) != OK}};
	size_t n = 1;

	if (u->m->alarm.on)
		a[n++] = (struct action){"end", N_("It is over"), BUTTON_PLAIN, false};
	a[n++] = (struct action){"back", N_("Back"), BUTTON_PLAIN, false};
	ui_begin(u, (unsigned)n, false);
	ui_head(u, title(u));
	struct rect rest = u->l.main;
	staff_strip(u, &rest, said(u), true);
	struct block hint = {
		ui_say(u, "One language or several. Thirty letters can be read from far away."),
		u->l.small, false, INK_MUTED, 0};
	ui_stack(u, cut_top(&rest, layout_height(2, u->l.small), u->l.gap), &hint, 1, ALIGN_CENTRE,
		ALIGN_START);
	fields(u, rest);
	ui_actions(u, a, n);
}

/* What is typed, or what holds, as it stands on the other screens. */
static void view_asking(struct ui *u)
{
	static const struct action actions[2][2] = {
		{{"yes", N_("Yes, show it now"), BUTTON_MAIN, false},
			{"no", N_("No"), BUTTON_PLAIN, false}},
		{{"yes", N_("Yes, it is over"), BUTTON_MAIN, false},
			{"no", N_("No"), BUTTON_PLAIN, false}},
	};
	const struct alarm_form *f = &u->m->desk.alarm;
	struct block b[LANGUAGES];
	struct alarm_texts t;

	ui_begin(u, 2, false);
	ui_head(u, title(u));
	alarm_texts(u->m, &t);
	for (size_t i = 0; i < LANGUAGES; i++)
		b[i] = (struct block){f->ending ? t.text[i] : field_trimmed(&f->in[i]),
			u->l.display, true, INK_ON_BAD, u->l.gap};
	draw_fill(u->d, u->l.main, INK_BAD, (uint32_t)u->l.radius);
	ui_stack(u, inset(u->l.main, u->l.gap * 2), b, LANGUAGES, ALIGN_CENTRE, ALIGN_CENTRE);
	ui_actions(u, actions[f->ending], 2);
}

static void view(struct ui *u)
{
	const struct desk *d = &u->m->desk;

	if (d->alarm.saying || d->alarm.ending)
		view_asking(u);
	else if (d->keyboard.folded)
		view_whole(u);
	else
		view_typing(u);
}

static void go_to(struct model *m, enum language i, bool fold)
{
	struct desk *d = &m->desk;

	d->alarm.here = i;
	keyboard_turn(&d->keyboard, &d->alarm.in[i]);
	d->keyboard.folded = fold;
	memset(m->focus, 0, sizeof(m->focus));
}

static void ask(struct model *m, struct todo *todo)
{
	struct staff_ask *a = &todo->staff;

	a->text_n = 0;
	if (!m->desk.alarm.ending && write_words(&m->desk.alarm, a->text, &a->text_n) != OK)
		return;
	a->verb = STAFF_SAY;
	a->kind = EVENT_EMERGENCY;
	m->desk.said_bad = false;
	m->desk.alarm.saying = m->desk.alarm.ending = false;
}

static void type(struct model *m, const struct msg *e)
{
	struct desk *d = &m->desk;

	d->alarm.here = here_of(m);
	memset(m->focus, 0, sizeof(m->focus));
	(void)keyboard_typed(
		&d->keyboard, &d->alarm.in[d->alarm.here], (struct span){e->code, e->code_n});
}

static void asked(struct model *m, const struct msg *e, struct todo *todo)
{
	if (app_tapped(e, "yes"))
		ask(m, todo);
	else if (app_tapped(e, "no"))
		m->desk.alarm.saying = m->desk.alarm.ending = false;
}

static bool chosen(struct model *m, const struct msg *e)
{
	for (int i = 0; i < LANGUAGES; i++)
		if (app_tapped(e, names[i])) {
			go_to(m, (enum language)i, false);
			return true;
		}
	return false;
}

static void on(struct model *m, const struct msg *e, struct todo *todo)
{
	struct alarm_form *f = &m->desk.alarm;

	if (f->saying || f->ending)
		asked(m, e, todo);
	else if (e->kind == MSG_TYPE)
		type(m, e);
	else if (app_tapped(e, "next"))
		go_to(m, (enum language)((here_of(m) + 1) % LANGUAGES), true);
	else if (app_tapped(e, "show"))
		f->saying = ready(m) == OK;
	else if (app_tapped(e, "end"))
		f->ending = m->alarm.on;
	else if (app_tapped(e, "back"))
		app_desk_leave(m, todo);
	else if (!chosen(m, e) && e->kind == MSG_TAP && e->name)
		(void)keyboard_tap(&m->desk.keyboard, &f->in[f->here], e->name);
}

static void tell(const struct ui *u, struct line *t)
{
	line_add(t, title(u));
}

void app_form_alarm(struct model *m, struct todo *todo)
{
	struct desk *d = &m->desk;
	bool cable = d->keyboard.folded;

	d->alarm = (struct alarm_form){.here = m->look.language};
	for (int i = 0; i < LANGUAGES; i++)
		field_init(&d->alarm.in[i], EMERGENCY_TEXT, EMERGENCY_TEXT);
	d->said_bad = false;
	go_to(m, d->alarm.here, cable || m->alarm.on);
	app_go(m, SCREEN_ALARM, todo);
}

const struct screen screen_alarm = {"desk-emergency", on, view, tell, 0, false};
