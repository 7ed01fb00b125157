/* One guest: greet her, show the next thing big, then her days. */
#include "entry.h"
#include "screens.h"

#include <string.h>

#include "ics.h"
#include "rows.h"
#include "when.h"

static bool day_shown(const struct model *m)
{
	return m->guest.day_open && m->lease != LEASE_WITHHELD;
}

/* Her code was read; what comes of it is not yet in the journal. */
static void status_seen(struct ui *u, struct rect at)
{
	ui_sign(u, cut_left(&at, u->l.body * 5 / 4, u->l.gap), INK_ACCENT, INK_ON_ACCENT, 'c');
	ui_text(u, at, u->l.small, true, INK_ACCENT, ALIGN_START, ui_say(u, "Code read"));
}

/* The tick, and what was done before: drawn only once the journal has it. */
static void status(struct ui *u, struct rect at)
{
	const struct model *m = u->m;
	if (m->note_failed)
		return;
	if (!m->noted) {
		status_seen(u, at);
		return;
	}
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
	else if (m->guest.shown == TOKEN_LATE)
		say_into(&t.k, u->language,
			"Your programme will be here soon. Until then, please ask at {1}.", &desk,
			1);
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
	struct block b[] = {
		{line_text(&when), u->l.small, true, INK_ON_ACCENT, 0},
		{entry_title(u, e), u->l.title * 85 / 100, true, INK_ON_ACCENT, gap / 2},
		{line_text(&note), u->l.small, false, INK_ON_ACCENT, gap / 2},
		{entry_text(u, e->subject), u->l.small, false, INK_ON_ACCENT, gap / 2},
		{line_text(&where), u->l.body, true, INK_ON_ACCENT, gap},
		{way, u->l.small, false, INK_ON_ACCENT, gap / 2},
		{line_text(&leave), u->l.small, true, INK_ON_ACCENT, gap},
		{line_text(&dress), u->l.small, false, INK_ON_ACCENT, gap / 2},
	};
	ui_stack_at(u, in, b, COUNT(b),
		(struct seat){ui_percent(u, in, b, COUNT(b), 120), ALIGN_START, ALIGN_START});
}

/* The list: rows as high as their words are estimated to need. */
struct list {
	struct rect head, at; /* of the first day's heading, of the rows */
	bool turns;
	struct rect turn; /* of the buttons that turn it */
	struct row_size size;
	uint32_t n;
	int32_t height[GUEST_ENTRIES]; /* of those asked for; a day's heading before it included */
};

static void row_words(const struct ui *u, const struct entry *e, struct row_words *w)
{
	w->start = e->start;
	w->end = e->end;
	w->offset = e->offset;
	w->conflict = e->conflict;
	w->title = entry_title(u, e);
	entry_note(u, e, &w->note);
	entry_where(u, e, &w->where);
}

static bool new_day(const struct guest *g, uint32_t i)
{
	if (i == 0 || i >= g->entry_count)
		return false;
	const struct entry *before = &g->entries[i - 1];
	const struct entry *e = &g->entries[i];
	return when_day_number(e->start, e->offset) !=
	       when_day_number(before->start, before->offset);
}

/* Measured when first asked for: a frame asks for few of them. */
static int32_t height_at(const struct ui *u, struct list *l, uint32_t i)
{
	const struct guest *g = &u->m->guest;
	struct row_words w;
	if (l->height[i] > 0)
		return l->height[i];
	row_words(u, &g->entries[i], &w);
	l->height[i] = rows_height(u, &w, &l->size, l->at.w);
	l->height[i] += new_day(g, i) ? rows_day_height(u) : 0;
	return l->height[i];
}

static void measure(const struct ui *u, struct list *l, int32_t percent)
{
	l->size = rows_size(u, percent);
	l->n = u->m->guest.entry_count;
	memset(l->height, 0, l->n * sizeof(*l->height));
}

/* Of row i on the page that begins with first, whose own heading stands above the list; the space
 * before it included. */
static int32_t height_of(const struct ui *u, struct list *l, uint32_t first, uint32_t i)
{
	if (i > first)
		return height_at(u, l, i) + rows_gap(u);
	return height_at(u, l, i) - (new_day(&u->m->guest, i) ? rows_day_height(u) : 0);
}

static uint32_t fits(const struct ui *u, struct list *l, uint32_t first)
{
	int32_t left = l->at.h;
	uint32_t n = 0;
	for (uint32_t i = first; i < l->n; i++, n++) {
		left -= height_of(u, l, first, i);
		if (left < 0)
			break;
	}
	/* One is always shown; its words shrink into what there is. */
	return n == 0 && first < l->n ? 1 : n;
}

/* The last page's first row: the list ends at its end, and fills its column. */
static uint32_t last_first(const struct ui *u, struct list *l)
{
	uint32_t first = l->n > 0 ? l->n - 1 : 0;
	while (first > 0 && first - 1 + fits(u, l, first - 1) >= l->n)
		first--;
	return first;
}

static uint32_t first_of(const struct ui *u, struct list *l)
{
	uint32_t last = last_first(u, l);
	return u->m->first < last ? u->m->first : last;
}

/* The rows at this size of text, and the buttons that turn them where they do not all fit. */
static void lay(const struct ui *u, struct rect at, int32_t percent, struct list *l)
{
	l->at = at;
	l->head = cut_top(&l->at, layout_height(1, u->l.body), u->l.gap / 2);
	measure(u, l, percent);
	l->turns = fits(u, l, 0) < l->n;
	if (l->turns && u->look->reach) {
		l->turn = cut_right(&l->at, u->l.touch, u->l.gap);
		l->turn = cut_bottom(&l->turn, 2 * u->l.touch + u->l.gap, 0);
		measure(u, l, percent);
	} else if (l->turns) {
		l->at = at;
		l->head = cut_top(&l->at, u->l.touch_least, u->l.gap / 2);
		l->turn = cut_right(&l->head, 2 * u->l.touch_least + u->l.gap, u->l.gap);
	}
}

/* Rows of the page that greets her. */
static uint32_t greets(const struct ui *u, struct list *l)
{
	uint32_t last = last_first(u, l);
	uint32_t next = app_next_entry(u->m);
	return fits(u, l, next < last ? next : last);
}

/* The largest text at which that page says what a glance at a day should, or else most; turning it
 * changes no size. What she chose to be larger stays so. */
static void list_in(const struct ui *u, struct rect at, struct list *l)
{
	static const int32_t percent[] = {110, 100, 93, 86, 80};
	uint32_t wanted = u->look->height >= 1000 ? 5 : 4;
	uint32_t most = 0;
	size_t best = 1;
	for (size_t i = 0; i < COUNT(percent) && u->look->scale == 0; i++) {
		lay(u, at, percent[i], l);
		uint32_t n = greets(u, l);
		if (!l->turns || n >= wanted)
			return;
		if (n > most)
			best = i;
		most = n > most ? n : most;
	}
	lay(u, at, percent[best], l);
}

static void rows(struct ui *u, struct list *l)
{
	const struct guest *g = &u->m->guest;
	uint32_t first = first_of(u, l);
	uint32_t n = fits(u, l, first);
	struct rect rest = l->at;
	int32_t spare = rest.h;
	for (uint32_t i = first; i < first + n; i++)
		spare -= height_of(u, l, first, i);
	/* A page with more behind it ends where its column ends. */
	int32_t more = n > 1 && l->n > n && spare > 0 ? spare / (int32_t)(n - 1) : 0;
	more = more < 2 * u->l.gap ? more : 2 * u->l.gap;
	rows_day(u, l->head, g->entries[first].start, g->entries[first].offset);
	for (uint32_t i = first; i < first + n; i++) {
		struct row_words w;
		struct rect at =
			cut_top(&rest, height_of(u, l, first, i) + (i > first ? more : 0), 0);
		cut_top(&at, i > first ? rows_gap(u) + more : 0, 0);
		if (i > first && new_day(g, i))
			rows_day(u, cut_top(&at, rows_day_height(u), 0), g->entries[i].start,
				g->entries[i].offset);
		row_words(u, &g->entries[i], &w);
		rows_draw(u, at, &w, &l->size);
	}
	if (l->turns)
		ui_turn(u, l->turn, first > 0, first + n < l->n);
}

/* The guest's own actions, as many as make sense. */
static size_t actions_of(const struct model *m, struct action out[static 5])
{
	size_t n = 0;
	bool day = day_shown(m) && m->guest.entry_count > 0;
	bool sent = m->printed || m->printed_before;
	if (app_prints(m))
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

static int32_t panel_width(const struct ui *u)
{
	return u->l.main.w * 46 / 100;
}

/* Where the panel and the list are: beside each other, or under each other. */
static void parts(const struct ui *u, struct rect *top, struct rect *list)
{
	*list = u->l.main;
	if (!u->l.portrait)
		*top = cut_left(list, panel_width(u), u->l.gap * 2);
	else
		*top = cut_top(list, list->h * 42 / 100, u->l.gap * 2);
}

static struct ui layout_of(const struct model *m)
{
	struct ui u = {.m = m, .look = &m->look, .language = m->look.language};
	struct action a[5];
	unsigned strip = ui_strip_lines(m, &m->look);
	unsigned count = (unsigned)actions_of(m, a);
	u.l = layout_make(&m->look, strip, 0, true);
	u.l = layout_make(&m->look, strip, ui_action_rows(&u, count), true);
	if (u.l.portrait)
		cut_top(&u.l.main, layout_height(1, u.l.lead), u.l.gap);
	return u;
}

/* The list as it stands now; false: one appointment at a time fills the screen. */
static bool list_of(const struct model *m, struct list *l)
{
	struct ui u = layout_of(m);
	struct rect top, at;
	if (tight(&u))
		return false;
	parts(&u, &top, &at);
	list_in(&u, at, l);
	return true;
}

static void greeting(const struct ui *u, struct line *t)
{
	const struct guest *g = &u->m->guest;
	line_start(t);
	/* A family name that comes first belongs to the given name: both are said. */
	struct span name = g->family_first || g->given.n == 0 ? guest_text(g, g->name)
							      : guest_text(g, g->given);
	/* A late guest's badge names nobody. */
	if (name.n == 0)
		line_add(t, ui_say(u, "Welcome"));
	else
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
	ui_code(u, at, (struct span){text, k.n});
}

static void view_phone(struct ui *u)
{
	const struct guest *g = &u->m->guest;
	uint32_t i = phone_entry(u->m);
	struct action a[] = {
		{"less", N_("Earlier"), BUTTON_PLAIN, i == 0},
		{"more", N_("Later"), BUTTON_PLAIN, i + 1 >= g->entry_count},
		{"back", N_("Back"), BUTTON_MAIN, false},
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
		{line_text(&day), u->l.body, true, INK_ACCENT, 0},
		{entry_title(u, e), u->l.title, true, INK_TEXT, u->l.gap / 2},
		{line_text(&where), u->l.body, false, INK_TEXT, u->l.gap / 2},
		{how, u->l.body, false, INK_MUTED, u->l.gap * 2},
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
	struct list l;
	if (!day_shown(m) || n == 0) {
		panel(u, u->l.main, n);
	} else if (tight(u)) {
		at = u->l.main;
		ui_turn(u, ui_turn_room(u, &at), m->first > 0, m->first + 1 < n);
		panel(u, at, m->first);
	} else {
		parts(u, &top, &at);
		panel(u, top, app_next_entry(m));
		list_in(u, at, &l);
		rows(u, &l);
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
	struct rect rest = u->l.head;
	cut_right(&rest, u->l.title * 3, u->l.gap * 2);
	if (u->l.portrait) {
		status(u, cut_top(&u->l.main, layout_height(1, u->l.lead), u->l.gap));
	} else {
		struct rect left = cut_left(&rest, panel_width(u), u->l.gap * 2);
		status(u, rest);
		rest = left;
	}
	ui_title(u, rest, line_text(&hello));
	ui_clock(u, u->l.head);
	body(u);
	ui_actions(u, a, n);
	ui_foot(u);
}

/* Pages of the list: by how much it turns, from where, and where it may begin at the latest. */
static void turn_list(struct model *m, const struct msg *e)
{
	struct ui u = layout_of(m);
	struct list l;
	bool listed = list_of(m, &l);
	uint32_t n = m->guest.entry_count;
	uint32_t last = listed ? last_first(&u, &l) : n - 1;
	uint32_t at = m->first < last ? m->first : last;
	uint32_t to = at;
	if (app_tapped(e, "more")) {
		to += listed ? fits(&u, &l, at) : 1;
	} else if (app_tapped(e, "less")) {
		while (to > 0 && (!listed || to - 1 + fits(&u, &l, to - 1) >= at))
			if (to--, !listed)
				break;
		to -= to == at && at > 0;
	} else if (e->kind == MSG_DRAG && e->lines < 0) {
		uint32_t up = (uint32_t)-e->lines;
		to -= up < to ? up : to;
	} else if (e->kind == MSG_DRAG) {
		to += (uint32_t)e->lines;
	}
	m->first = to < last ? to : last;
}

static void turn(struct model *m, const struct msg *e)
{
	uint32_t *at = &m->phone_entry;
	if (m->guest.entry_count == 0)
		return;
	if (!m->phone)
		turn_list(m, e);
	else if (app_tapped(e, "more"))
		*at += *at + 1 < m->guest.entry_count;
	else if (app_tapped(e, "less"))
		*at -= *at > 0;
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
