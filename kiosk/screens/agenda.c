/* One guest: greet her, show the next thing big, then her days. */
#include "entry.h"
#include "screens.h"

#include "ics.h"
#include "when.h"

static bool day_shown(const struct model *m)
{
	return m->guest.day_open && m->lease != LEASE_WITHHELD;
}

/* The tick, and what was done before: drawn only once the journal has it. */
static void status(struct ui *u, struct rect at)
{
	const struct model *m = u->m;
	if (!m->noted)
		return;
	uint8_t text[8];
	struct sink k = sink_on(text, sizeof(text));
	when_time(&k, m->printed_before ? m->printed_at : m->arrived_at, m->offset);
	struct span time = {text, k.n};
	struct line t;
	line_start(&t);
	if (m->printed)
		line_add(&t, ui_say(u, "Your badge is printed"));
	else if (m->printed_before && m->printed_at != 0)
		say_into(&t.k, u->language, "Your badge was printed at {1}", &time, 1);
	else if (m->printed_before)
		line_add(&t, ui_say(u, "Your badge was printed before"));
	else if (m->arrived_before && m->arrived_at != 0)
		say_into(&t.k, u->language, "You arrived at {1}", &time, 1);
	else
		line_add(&t, ui_say(u, "Your arrival is noted"));
	ui_sign(u, cut_left(&at, u->l.body * 5 / 4, u->l.gap), INK_GOOD, INK_ON_GOOD, 'v');
	ui_text(u, at, u->l.small, true, INK_GOOD, ALIGN_START, line_text(&t));
}

static void panel_words(struct ui *u, struct rect in)
{
	const struct model *m = u->m;
	struct span desk = ui_desk(u, u->language);
	struct line t;
	line_start(&t);
	if (!m->guest.day_open)
		line_add(&t,
			ui_say(u,
				"Your badge does not open your programme. Your invitation does."));
	else if (m->lease == LEASE_WITHHELD)
		say_into(&t.k, u->language,
			"This kiosk has not heard from the organiser for too long, so it does not "
			"show your programme. Please ask at {1}.",
			&desk, 1);
	else if (m->guest.entry_count == 0)
		line_add(&t, ui_say(u, "No appointments are booked for you."));
	else
		line_add(&t, ui_say(u, "You have no more appointments."));
	struct block b = {line_text(&t), u->l.title, true, INK_ON_ACCENT, 0};
	ui_stack(u, in, &b, 1, ALIGN_CENTRE, ALIGN_START);
}

static void panel(struct ui *u, struct rect at, uint32_t i)
{
	const struct guest *g = &u->m->guest;
	draw_fill(u->d, at, INK_ACCENT, (uint32_t)u->l.radius * 2);
	struct rect in = inset(at, u->l.gap * 2);
	if (!day_shown(u->m) || i == g->entry_count) {
		panel_words(u, in);
		return;
	}
	const struct entry *e = &g->entries[i];
	struct line when, where, leave, note, dress;
	entry_when(u, e, &when);
	entry_where(u, e, &where);
	entry_leave(u, e, &leave);
	entry_note(u, e, &note);
	line_start(&dress);
	struct span code = entry_text(u, e->dress);
	if (code.n > 0)
		say_into(&dress.k, u->language, "Dress: {1}", &code, 1);
	struct span way = entry_text(u, texts_in(&e->directions, u->language));
	int32_t gap = u->l.gap;
	struct block blocks[] = {
		{line_text(&when), u->l.body, true,            INK_ON_ACCENT,        0               },
		{entry_title(u,    e),        u->l.title,      true,                 INK_ON_ACCENT,    gap / 2},
		{line_text(&note),                u->l.body,          false, INK_ON_ACCENT,       gap / 2         },
		{entry_text(u,                e->subject),              u->l.body,   false, INK_ON_ACCENT, gap / 2},
		{line_text(&where),         u->l.lead,                  true,                 INK_ON_ACCENT,                    gap              },
		{way,             u->l.body,                      false,                                   INK_ON_ACCENT,               gap / 2},
		{line_text(&leave),         u->l.body,                  true,                 INK_ON_ACCENT,      gap          },
		{line_text(&dress),             u->l.body,                      false,                     INK_ON_ACCENT,               gap / 2},
	};
	ui_stack(u, in, blocks, COUNT(blocks), ALIGN_START, ALIGN_START);
}

/* The list: rows as high as their words are estimated to need. */
struct list {
	struct rect at;
	int32_t time_w;
};

static int32_t row_height(const struct ui *u, const struct list *l, uint32_t i)
{
	const struct guest *g = &u->m->guest;
	const struct entry *e = &g->entries[i];
	struct line where, note;
	entry_where(u, e, &where);
	entry_note(u, e, &note);
	int32_t w = l->at.w - l->time_w - u->l.gap * 3;
	int32_t h = layout_height(layout_lines(entry_title(u, e), u->l.body, true, w), u->l.body);
	h += layout_height(layout_lines(line_text(&note), u->l.small, false, w), u->l.small);
	h += layout_height(layout_lines(line_text(&where), u->l.small, false, w), u->l.small);
	return h + u->l.gap;
}

static bool new_day(const struct guest *g, uint32_t i, uint32_t first)
{
	return i == first ||
	       when_day_number(g->entries[i].start, g->entries[i].offset) !=
		       when_day_number(g->entries[i - 1].start, g->entries[i - 1].offset);
}

static uint32_t fits(const struct ui *u, const struct list *l, uint32_t first)
{
	const struct guest *g = &u->m->guest;
	int32_t left = l->at.h;
	uint32_t n = 0;
	for (uint32_t i = first; i < g->entry_count; i++, n++) {
		left -= row_height(u, l, i);
		left -= new_day(g, i, first) ? layout_height(1, u->l.body) + u->l.gap / 2 : 0;
		if (left < 0)
			break;
	}
	/* One is always shown; its words shrink into what there is. */
	return n == 0 && first < g->entry_count ? 1 : n;
}

static void one(struct ui *u, const struct list *l, struct rect at, const struct entry *e)
{
	bool past = e->end <= u->m->wall;
	bool now = !past && e->start <= u->m->wall;
	enum ink ink = past ? INK_MUTED : INK_TEXT;
	uint8_t text[2][8];
	struct sink start = sink_on(text[0], 8);
	struct sink end = sink_on(text[1], 8);
	when_time(&start, e->start, e->offset);
	when_time(&end, e->end, e->offset);
	struct span from = {text[0], start.n};
	struct span to = {text[1], end.n};
	struct block times[] = {
		{from, u->l.body,  !past, ink,       0},
		{to,   u->l.small, false, INK_MUTED, 0},
	};
	cut_bottom(&at, 0, u->l.gap);
	ui_stack(u, cut_left(&at, l->time_w, u->l.gap), times, COUNT(times), ALIGN_START,
		ALIGN_START);
	struct rect mark = cut_left(&at, u->l.line * 4, u->l.gap);
	enum ink bar = e->conflict ? INK_WARN : now ? INK_ACCENT : INK_LINE;
	draw_fill(u->d, mark, bar, (uint32_t)u->l.line * 2);
	struct line where, note;
	entry_where(u, e, &where);
	entry_note(u, e, &note);
	struct block words[] = {
		{entry_title(u, e),   u->l.body,              !past, ink,                          0},
		{line_text(&note),             u->l.small,  false,  past ? INK_MUTED : INK_TEXT, 0},
		{line_text(&where),             u->l.small, false, INK_MUTED, 0                   },
	};
	ui_stack(u, at, words, COUNT(words), ALIGN_START, ALIGN_START);
}

static void rows(struct ui *u, const struct list *l)
{
	const struct guest *g = &u->m->guest;
	uint32_t n = fits(u, l, u->m->first);
	struct rect rest = l->at;
	for (uint32_t i = u->m->first; i < u->m->first + n && i < g->entry_count; i++) {
		if (new_day(g, i, u->m->first)) {
			struct line day;
			line_start(&day);
			when_heading(
				&day.k, u->language, g->entries[i].start, g->entries[i].offset);
			ui_text(u, cut_top(&rest, layout_height(1, u->l.body), u->l.gap / 2),
				u->l.body, true, INK_ACCENT, ALIGN_START, line_text(&day));
		}
		one(u, l, cut_top(&rest, row_height(u, l, i), 0), &g->entries[i]);
	}
}

/* Where the list stands, and whether it needs the buttons that turn it. */
static struct list list_in(const struct ui *u, struct rect at, bool *turns)
{
	struct list l = {at, u->l.body * 3};
	*turns = fits(u, &l, 0) < u->m->guest.entry_count;
	if (*turns)
		cut_right(&l.at, u->l.touch, u->l.gap);
	return l;
}

/* The guest's own actions, as many as make sense. */
static size_t actions_of(const struct model *m, struct action out[static 5])
{
	size_t n = 0;
	bool day = day_shown(m) && m->guest.entry_count > 0;
	bool sent = m->printed || m->printed_before;
	if (m->guest.shown == TOKEN_INVITATION && m->printer_there)
		out[n++] = (struct action){"print-badge", N_("Print my badge"),
			sent ? BUTTON_PLAIN : BUTTON_MAIN, app_job_runs(m)};
	if (day && m->printer_there)
		out[n++] = (struct action){
			"print-agenda", N_("Print my programme"), BUTTON_PLAIN, app_job_runs(m)};
	if (day)
		out[n++] = (struct action){"add-to-phone", N_("Add to phone"), BUTTON_PLAIN, false};
	out[n++] = (struct action){"wrong-badge", N_("Something is wrong"), BUTTON_PLAIN, false};
	bool last = n == 1 || sent;
	out[n++] = (struct action){"done", N_("Done"), last ? BUTTON_MAIN : BUTTON_PLAIN, false};
	return n;
}

/* Too low for a list: one appointment at a time fills the screen. */
static bool tight(const struct ui *u)
{
	return u->l.main.h < (u->l.portrait ? 16 : 10) * u->l.body;
}

/* Where the panel and the list are: beside each other, or under each other. */
static void parts(const struct ui *u, struct rect *top, struct rect *list)
{
	*list = u->l.main;
	if (!u->l.portrait)
		*top = cut_left(list, list->w * 46 / 100, u->l.gap * 2);
	else
		*top = cut_top(list, list->h * 42 / 100, u->l.gap * 2);
}

static struct ui layout_of(const struct model *m)
{
	struct ui u = {.m = m, .look = &m->look, .language = m->look.language};
	struct action a[5];
	bool strip = m->programme.demo || m->lease == LEASE_AMBER;
	unsigned count = (unsigned)actions_of(m, a);
	u.l = layout_make(&m->look, strip, 0, true);
	u.l = layout_make(&m->look, strip, ui_action_rows(&u, count), true);
	if (m->noted && u.l.portrait)
		cut_top(&u.l.main, layout_height(1, u.l.lead), u.l.gap);
	return u;
}

uint32_t agenda_fits(const struct model *m, uint32_t first)
{
	struct ui u = layout_of(m);
	struct rect top, at;
	bool turns;
	if (tight(&u))
		return 1;
	parts(&u, &top, &at);
	struct list l = list_in(&u, at, &turns);
	return fits(&u, &l, first);
}

static void greeting(const struct ui *u, struct line *t)
{
	const struct guest *g = &u->m->guest;
	line_start(t);
	/* A family name that comes first belongs to the given name: both are said. */
	struct span name = g->family_first || g->given.n == 0 ? guest_text(g, g->name)
							      : guest_text(g, g->given);
	say_into(&t->k, u->language, "Hello {1}", &name, 1);
}

static uint32_t phone_entry(const struct model *m)
{
	uint32_t n = m->guest.entry_count;
	return m->phone_entry < n ? m->phone_entry : n - 1;
}

static void phone_code(struct ui *u, struct rect at, const struct entry *e)
{
	struct line where, note;
	entry_where(u, e, &where);
	entry_leave(u, e, &note);
	struct appointment a = {
		.summary = entry_title(u, e),
		.place = line_text(&where),
		.note = line_text(&note),
		.start = e->start,
		.end = e->end,
		.stamp = u->m->wall,
	};
	uint8_t text[ICS_MAX];
	struct sink k = sink_on(text, sizeof(text));
	if (ics_write(&k, &a) != OK)
		return;
	int32_t side = at.w < at.h ? at.w : at.h;
	struct rect square = {at.x + (at.w - side) / 2, at.y + (at.h - side) / 2, side, side};
	draw_code(u->d, square, (struct span){text, k.n});
}

static void view_phone(struct ui *u)
{
	const struct guest *g = &u->m->guest;
	uint32_t i = phone_entry(u->m);
	struct action a[] = {
		{"less", N_("Earlier"),              BUTTON_PLAIN, i == 0                 },
		{"more", N_("Later"),                BUTTON_PLAIN, i + 1 >= g->entry_count},
		{"back", N_("Back to my programme"), BUTTON_MAIN,  false                  },
	};
	ui_begin(u, COUNT(a), true);
	ui_head(u, ui_say(u, "Add to phone"));
	const struct entry *e = &g->entries[i];
	struct rect rest = u->l.main;
	struct rect code = u->l.portrait ? cut_top(&rest, rest.h * 60 / 100, u->l.gap * 2)
					 : cut_left(&rest, rest.h, u->l.gap * 3);
	phone_code(u, code, e);
	struct line day, when, where;
	line_start(&day);
	when_heading(&day.k, u->language, e->start, e->offset);
	line_start(&when);
	when_span(&when.k, e->start, e->end, e->offset);
	line_join(&day, "  ·  ", line_text(&when));
	entry_where(u, e, &where);
	struct span how = ui_say(u, "Point your phone's camera at the code. It offers to add this "
				    "appointment to your calendar.");
	struct block b[] = {
		{line_text(&day), u->l.body, true,             INK_ACCENT,   0                      },
		{entry_title(u,   e),        u->l.title,       true,         INK_TEXT,                u->l.gap / 2},
		{line_text(&where),               u->l.body,        false, INK_TEXT, u->l.gap / 2               },
		{how,               u->l.body,                      false,               INK_MUTED, u->l.gap * 2},
	};
	ui_stack(u, rest, b, COUNT(b), ALIGN_CENTRE, ALIGN_START);
	ui_actions(u, a, COUNT(a));
	ui_foot(u);
}

static void body(struct ui *u)
{
	const struct model *m = u->m;
	uint32_t n = m->guest.entry_count;
	struct rect top, at;
	bool turns;
	if (!day_shown(m) || n == 0) {
		panel(u, u->l.main, n);
	} else if (tight(u)) {
		at = u->l.main;
		ui_turn(u, &at, m->first > 0, m->first + 1 < n);
		panel(u, at, m->first);
	} else {
		parts(u, &top, &at);
		panel(u, top, app_next_entry(m));
		struct list l = list_in(u, at, &turns);
		rows(u, &l);
		if (turns)
			ui_turn(u, &at, m->first > 0, m->first + fits(u, &l, m->first) < n);
	}
}

static void view(struct ui *u)
{
	if (u->m->phone && u->m->guest.entry_count > 0) {
		view_phone(u);
		return;
	}
	struct action a[5];
	size_t n = actions_of(u->m, a);
	ui_begin(u, (unsigned)n, true);
	struct line hello;
	greeting(u, &hello);
	struct rect head = u->l.head;
	struct rect rest = head;
	cut_right(&rest, u->l.title * 3, u->l.gap * 2);
	if (u->m->noted && u->l.portrait)
		status(u, cut_top(&u->l.main, layout_height(1, u->l.lead), u->l.gap));
	else if (u->m->noted)
		status(u, cut_right(&rest, rest.w * 42 / 100, u->l.gap));
	ui_title(u, rest, line_text(&hello));
	ui_clock(u, head);
	body(u);
	ui_actions(u, a, n);
	ui_foot(u);
}

/* The page before the one that begins with first. */
static uint32_t page_before(const struct model *m, uint32_t first)
{
	uint32_t to = first;
	while (to > 0 && (to - 1) + agenda_fits(m, to - 1) >= first)
		to--;
	return to == first && first > 0 ? first - 1 : to;
}

static void turn(struct model *m, const struct msg *e)
{
	uint32_t n = m->guest.entry_count;
	uint32_t *at = m->phone ? &m->phone_entry : &m->first;
	if (app_tapped(e, "more")) {
		uint32_t step = m->phone ? 1 : agenda_fits(m, m->first);
		*at = n - *at > step ? *at + step : *at;
	} else if (app_tapped(e, "less")) {
		*at = m->phone ? *at - (*at > 0) : page_before(m, *at);
	} else if (e->kind == MSG_DRAG && e->lines < 0) {
		uint32_t up = (uint32_t)-e->lines;
		*at -= up < *at ? up : *at;
	} else if (e->kind == MSG_DRAG && !m->phone) {
		for (int i = 0; i < e->lines && *at + agenda_fits(m, *at) < n; i++)
			(*at)++;
	}
}

static void ask_print(struct model *m, enum print what, struct todo *todo)
{
	if (what == PRINT_BADGE) {
		enum trouble t = app_may_print(m);
		if (t != TROUBLE_NONE)
			app_trouble(m, t, todo);
		else
			app_go(m, SCREEN_PREVIEW, todo);
		return;
	}
	if (m->fault != FAULT_NONE || m->note_failed || !m->noted) {
		app_trouble(m, m->note_failed ? TROUBLE_JOURNAL : TROUBLE_PRINTER, todo);
		return;
	}
	m->print = todo->print = what;
	m->job = JOB_WAITING;
	app_go(m, SCREEN_PRINTING, todo);
}

static void on(struct model *m, const struct msg *e, struct todo *todo)
{
	if (app_tapped(e, "done")) {
		app_end(m, todo);
	} else if (app_tapped(e, "print-badge") && !app_job_runs(m)) {
		ask_print(m, PRINT_BADGE, todo);
	} else if (app_tapped(e, "print-agenda") && !app_job_runs(m)) {
		ask_print(m, PRINT_SLIP, todo);
	} else if (app_tapped(e, "add-to-phone")) {
		m->phone = day_shown(m) && m->guest.entry_count > 0;
		m->phone_entry = app_next_entry(m);
	} else if (app_tapped(e, "wrong-badge")) {
		app_note(todo, EVENT_CORRECTION_ASKED, 0, false);
		app_trouble(m, TROUBLE_WRONG_BADGE, todo);
	} else if (app_tapped(e, "back")) {
		m->phone = false;
	} else {
		turn(m, e);
	}
}

static void tell(const struct ui *u, struct line *t)
{
	struct line part;
	greeting(u, &part);
	line_add(t, line_text(&part));
	uint32_t i = app_next_entry(u->m);
	if (!day_shown(u->m) || i == u->m->guest.entry_count)
		return;
	const struct entry *e = &u->m->guest.entries[i];
	entry_when(u, e, &part);
	line_join(t, ". ", line_text(&part));
	line_join(t, ". ", entry_title(u, e));
	entry_where(u, e, &part);
	line_join(t, ". ", line_text(&part));
}

const struct screen screen_agenda = {"agenda", on, view, tell, 20, true};
