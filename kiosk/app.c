/* The model's course: what each message means to every screen, and when a visit ends. */
#include "app.h"

#include <string.h>

#include "app_door.h"
#include "app_venue.h"

enum { ASK_S = 20, SETTINGS_S = 40 };

static const struct screen *const screens[SCREENS] = {
	[SCREEN_IDLE] = &screen_idle,
	[SCREEN_AGENDA] = &screen_agenda,
	[SCREEN_PREVIEW] = &screen_preview,
	[SCREEN_PRINTING] = &screen_printing,
	[SCREEN_DONE] = &screen_done,
	[SCREEN_TROUBLE] = &screen_trouble,
	[SCREEN_ACCESS] = &screen_access,
	[SCREEN_STAFF] = &screen_staff,
	[SCREEN_DESK] = &screen_desk,
	[SCREEN_PERSON] = &screen_person,
	[SCREEN_BADGE] = &screen_badge,
	[SCREEN_CORRECT] = &screen_correct,
	[SCREEN_LATE] = &screen_late,
	[SCREEN_TODAY] = &screen_today,
	[SCREEN_ALARM] = &screen_alarm,
	[SCREEN_DOOR] = &screen_door,
	[SCREEN_DOOR_ANSWER] = &screen_door_answer,
	[SCREEN_DOOR_CHOOSE] = &screen_door_choose,
	[SCREEN_DOOR_MISSING] = &screen_door_missing,
	[SCREEN_ROOM] = &screen_room,
	[SCREEN_LOBBY] = &screen_lobby,
	[SCREEN_TRANSFERS] = &screen_transfers,
	[SCREEN_EMERGENCY] = &screen_emergency,
};

const struct screen *app_screen(enum screen_id s)
{
	return screens[s < SCREENS ? s : SCREEN_IDLE];
}

const char *app_screen_name(enum screen_id s)
{
	return app_screen(s)->name;
}

bool app_tapped(const struct msg *e, const char *name)
{
	return e->kind == MSG_TAP && e->name && strcmp(e->name, name) == 0;
}

void app_say(const struct model *m, struct todo *todo, struct span words)
{
	if (!m->speech || words.n == 0)
		return;
	size_t n = words.n < APP_SPOKEN - 1 ? words.n : APP_SPOKEN - 1;
	while (n < words.n && n > 0 && (words.p[n] & 0xc0) == 0x80)
		n--;
	memcpy(todo->spoken, words.p, n);
	todo->spoken[n] = 0;
	todo->say = true;
}

static void tell(const struct model *m, struct todo *todo)
{
	if (!m->speech)
		return;
	struct ui u = {.m = m, .look = &m->look, .language = m->look.language};
	struct line t;
	line_start(&t);
	app_screen(m->screen)->tell(&u, &t);
	app_say(m, todo, line_text(&t));
	seal_wipe(&t, sizeof(t));
}

void app_go(struct model *m, enum screen_id to, struct todo *todo)
{
	m->screen = to;
	/* Elsewhere nobody is looked at; coming back, she is not yet. */
	m->camera.live = m->camera.live && to == SCREEN_IDLE;
	m->entered_ms = m->touched_ms = m->boot_ms;
	m->asking = false;
	memset(m->focus, 0, sizeof(m->focus));
	tell(m, todo);
}

void app_trouble(struct model *m, enum trouble t, struct todo *todo)
{
	m->trouble = t;
	app_go(m, SCREEN_TROUBLE, todo);
}

/* Without a list there is nothing to invite anyone to; and two people stand there comparing words. */
static enum trouble trouble_at_home(const struct model *m)
{
	static const enum trouble why[] = {
		[ROSTER_FINE] = TROUBLE_NONE,
		[ROSTER_MISSING] = TROUBLE_NO_ROSTER,
		[ROSTER_WIPED] = TROUBLE_WIPED,
		[ROSTER_DAMAGED] = TROUBLE_ROSTER_DAMAGED,
		[ROSTER_EXPIRED] = TROUBLE_ROSTER_EXPIRED,
	};

	if (app_enrolling(m))
		return TROUBLE_ENROLLING;
	/* A venue screen says what it lacks on its own page. */
	if (m->mode == MODE_SCREEN)
		return TROUBLE_NONE;
	if (m->roster_news == ROSTER_WIPED && m->network.enrolled && !m->programme.known)
		return TROUBLE_NO_ROSTER;
	return m->programme.known ? TROUBLE_NONE : why[m->roster_news];
}

bool app_standing(const struct model *m)
{
	bool list = m->trouble >= TROUBLE_NO_ROSTER && m->trouble <= TROUBLE_ROSTER_EXPIRED;

	return m->screen == SCREEN_TROUBLE &&
	       (m->trouble == TROUBLE_ENROLLING || (list && !m->programme.known));
}

static enum screen_id home_of(const struct model *m)
{
	if (m->mode == MODE_KIOSK)
		return m->alarm.on ? SCREEN_EMERGENCY : SCREEN_IDLE;
	if (m->mode == MODE_DOOR)
		return SCREEN_DOOR;
	if (m->mode == MODE_SCREEN)
		return venue_home(m);
	return m->desk.lock == LOCK_OPEN ? SCREEN_DESK : SCREEN_STAFF;
}

void app_home(struct model *m, struct todo *todo)
{
	m->trouble = TROUBLE_NONE;
	enum trouble t = trouble_at_home(m);
	if (t == TROUBLE_NONE)
		app_go(m, home_of(m), todo);
	else
		app_trouble(m, t, todo);
}

void app_forget(struct model *m, struct todo *todo)
{
	seal_wipe(&m->guest, sizeof(m->guest));
	door_forget(m);
	m->opening = m->noted = m->note_failed = false;
	m->arrived_before = m->printed_before = m->uncertain = false;
	m->arrived_at = m->printed_at = 0;
	m->newest_issue = 0;
	m->foreign = FOREIGN_OTHER;
	m->camera.live = false;
	m->rendered = m->printed = m->phone = false;
	m->render_error = OK;
	m->badge_width = m->badge_height = 0;
	m->print = PRINT_NOTHING;
	m->job = JOB_NONE;
	m->job_fault = FAULT_NONE;
	m->first = m->phone_entry = 0;
	m->back = SCREEN_IDLE;
	todo->wipe = true;
}

static void reset_look(struct model *m)
{
	struct look look = m->start;
	look.width = m->look.width;
	look.height = m->look.height;
	m->look = look;
	m->speech = m->focus_on = m->language_chosen = false;
}

void app_end(struct model *m, struct todo *todo)
{
	app_forget(m, todo);
	/* Staff keep their language: they stay. */
	if (m->mode == MODE_KIOSK)
		reset_look(m);
	m->visit++;
	todo->visit = m->visit;
	app_home(m, todo);
}

void app_note(struct todo *todo, uint16_t kind, uint32_t issue, bool target_uncertain)
{
	if (todo->note_count < APP_NOTES)
		todo->notes[todo->note_count++] = (struct note){
			.kind = kind, .issue = issue, .target_uncertain = target_uncertain};
}

uint32_t app_next_entry(const struct model *m)
{
	const struct guest *g = &m->guest;
	for (uint32_t i = 0; i < g->entry_count; i++) {
		if (g->entries[i].end > m->wall && g->entries[i].status != BOOKING_CANCELLED)
			return i;
	}
	return g->entry_count;
}

/* The language row and the button for access, on whichever screen they stand. True: e was theirs. */
static bool foot(struct model *m, const struct msg *e, struct todo *todo)
{
	static const char *const names[LANGUAGES] = {
		"language-de", "language-en", "language-fr", "language-nl"};
	for (int i = 0; i < LANGUAGES; i++) {
		if (!app_tapped(e, names[i]))
			continue;
		m->look.language = (enum language)i;
		m->language_chosen = true;
		tell(m, todo);
		return true;
	}
	if (!app_tapped(e, "access"))
		return false;
	m->back = m->screen;
	app_go(m, SCREEN_ACCESS, todo);
	return true;
}

static void misread(struct model *m, enum trouble t, struct todo *todo)
{
	todo->sound = SOUND_PROBLEM;
	if (!app_desk_misread(m, t, todo) && !door_misread(m, t, todo))
		app_trouble(m, t, todo);
}

static void on_scanned(struct model *m, const struct msg *e, struct todo *todo)
{
	/* What was set on the idle screen was set by the guest who scans now. */
	bool keep =
		m->mode != MODE_KIOSK ||
		(!m->guest.known && (m->screen == SCREEN_IDLE || (m->screen == SCREEN_ACCESS &&
									 m->back == SCREEN_IDLE)));
	door_scanned(m);
	app_forget(m, todo);
	if (!keep)
		reset_look(m);
	m->visit++;
	m->desk.hand_ms = m->boot_ms;
	todo->visit = m->visit;
	if (!app_standing(m)) {
		bool speech = m->speech;
		m->speech = false; /* the answer speaks, not the way to it */
		app_home(m, todo);
		m->speech = speech;
	}
	if (e->code_n > APP_CODE) {
		misread(m, TROUBLE_GARBAGE, todo);
		return;
	}
	m->opening = true;
	todo->sound = e->seen ? SOUND_SEEN : SOUND_NONE;
	todo->open = true;
	todo->code_n = e->code_n;
	if (e->code_n > 0)
		memcpy(todo->code, e->code, e->code_n);
}

static void open_guest(struct model *m, const struct opening *o, struct todo *todo)
{
	memcpy(&m->guest, o->guest, sizeof(m->guest));
	m->arrived_before = m->noted = o->arrived;
	m->arrived_at = o->arrived_at;
	m->printed_before = o->printed;
	m->printed_at = o->printed_at;
	m->uncertain = o->uncertain;
	m->newest_issue = o->newest_issue;
	if (!m->language_chosen)
		m->look.language = m->guest.language;
	if (!o->arrived)
		app_note(todo, EVENT_ARRIVED, m->guest.issue, false);
	if (m->guest.is_protected) {
		app_trouble(m, TROUBLE_PROTECTED, todo);
		return;
	}
	uint32_t next = app_next_entry(m);
	m->first = next < m->guest.entry_count ? next : 0;
	bool prints = app_prints(m);
	todo->render = prints && app_may_print(m) == TROUBLE_NONE;
	if (m->uncertain && prints)
		app_trouble(m, TROUBLE_UNCERTAIN, todo);
	else
		app_go(m, SCREEN_AGENDA, todo);
	if (o->arrived)
		todo->sound = SOUND_GOOD;
}

static void on_opened(struct model *m, const struct opening *o, struct todo *todo)
{
	static const enum trouble troubles[] = {
		[ANSWER_GUEST] = TROUBLE_UNREADABLE,
		[ANSWER_CARD] = TROUBLE_CARD,
		[ANSWER_SIGNED] = TROUBLE_SIGNED,
		[ANSWER_CODE] = TROUBLE_CODE_WAIT,
		[ANSWER_FOREIGN] = TROUBLE_FOREIGN,
		[ANSWER_TORN] = TROUBLE_TORN,
		[ANSWER_GARBAGE] = TROUBLE_GARBAGE,
		[ANSWER_UNKNOWN] = TROUBLE_UNKNOWN,
		[ANSWER_REPLACED] = TROUBLE_REPLACED,
		[ANSWER_ENDED] = TROUBLE_ENDED,
		[ANSWER_UNREADABLE] = TROUBLE_UNREADABLE,
		[ANSWER_NO_ROSTER] = TROUBLE_NO_ROSTER,
	};
	m->opening = false;
	m->foreign = o->foreign;
	if (o->answer == ANSWER_DOOR) {
		door_judged(m, o->verdict, todo);
		return;
	}
	if (app_staff_opened(m, o, todo))
		return;
	if (o->answer == ANSWER_GUEST && o->guest && o->guest->known) {
		open_guest(m, o, todo);
		return;
	}
	if (o->answer == ANSWER_CODE) {
		app_code_read(m, todo);
		return;
	}
	enum trouble t =
		(size_t)o->answer < COUNT(troubles) ? troubles[o->answer] : TROUBLE_UNREADABLE;
	misread(m, t, todo);
}

static void on_noted(struct model *m, const struct msg *e, struct todo *todo)
{
	if (m->mode == MODE_DOOR) {
		door_noted(m, e, todo);
		return;
	}
	if (!m->guest.known)
		return;
	if (m->mode == MODE_DESK) {
		app_desk_noted(m, e, todo);
		return;
	}
	if (e->result != OK) {
		m->note_failed = true;
		todo->sound = SOUND_PROBLEM;
		app_trouble(m, TROUBLE_JOURNAL, todo);
		return;
	}
	if (e->note != EVENT_ARRIVED)
		return;
	m->noted = true;
	todo->sound = m->guest.is_protected ? SOUND_NONE : SOUND_GOOD;
}

static void on_roster(struct model *m, const struct msg *e, struct todo *todo)
{
	bool home = m->screen == home_of(m) || m->screen == SCREEN_STAFF ||
		    (m->screen == SCREEN_TROUBLE && m->trouble >= TROUBLE_NO_ROSTER &&
			    m->trouble <= TROUBLE_ROSTER_EXPIRED);
	m->roster_news = e->roster_news;
	m->wiped_at = e->wiped_at;
	if (e->programme)
		memcpy(&m->programme, e->programme, sizeof(m->programme));
	bool typing = m->screen == SCREEN_STAFF && m->desk.lock != LOCK_SHUT;
	if (home && !m->guest.known && !m->opening && !typing)
		app_home(m, todo);
}

static void on_tick(struct model *m, struct todo *todo)
{
	const struct screen *s = app_screen(m->screen);
	int64_t quiet = m->boot_ms - m->touched_ms;
	if (app_idles(m)) {
		const struct programme *p = &m->programme;
		if (p->more && p->entry_count > 0 && p->entries[p->entry_count / 2].end <= m->wall)
			todo->programme = true;
		if (quiet >= SETTINGS_S * 1000 && !m->opening)
			reset_look(m);
		return;
	}
	app_code_tick(m, todo);
	if (m->mode == MODE_DOOR)
		door_tick(m, todo);
	if (m->mode == MODE_DOOR && m->screen != SCREEN_TROUBLE && m->screen != SCREEN_STAFF)
		return;
	if (app_staff_tick(m, todo))
		return;
	if (app_standing(m) || s->silence_s == 0)
		return;
	int64_t limit = s->silence_s;
	if (m->screen == SCREEN_PRINTING && app_job_runs(m))
		limit = 90;
	if (!m->asking && quiet >= limit * 1000) {
		if (!s->asks || (m->screen == SCREEN_TROUBLE && !m->guest.known)) {
			app_end(m, todo);
			return;
		}
		m->asking = true;
		m->asked_ms = m->boot_ms;
		todo->sound = SOUND_WAIT;
		app_say(m, todo, say(m->look.language, "Are you still there?"));
	} else if (m->asking && m->boot_ms - m->asked_ms >= ASK_S * 1000) {
		app_end(m, todo);
	}
}

static void on_hand(struct model *m, const struct msg *e, struct todo *todo)
{
	m->touched_ms = m->desk.hand_ms = m->gate.unlocked_ms = m->boot_ms;
	if (e->kind == MSG_FOCUS) {
		m->focus_on = true;
		memset(m->focus, 0, sizeof(m->focus));
		if (e->name)
			strncpy(m->focus, e->name, sizeof(m->focus) - 1);
		if (e->spoken)
			app_say(m, todo, span_of(e->spoken));
		return;
	}
	if (m->asking) {
		bool done = app_tapped(e, "done");
		m->asking = false;
		if (done && app_unlocked(m))
			app_lock(m, todo);
		else if (done)
			app_end(m, todo);
		return;
	}
	if (!foot(m, e, todo))
		app_screen(m->screen)->on(m, e, todo);
}

static void on_printer(struct model *m, const struct msg *e, struct todo *todo)
{
	m->fault = e->fault;
	m->printer_there = e->printer_there;
	app_screen(m->screen)->on(m, e, todo);
}

static void on_look(struct model *m, const struct msg *e)
{
	m->start = e->look;
	m->look.width = e->look.width;
	m->look.height = e->look.height;
	if (!m->guest.known && !m->language_chosen)
		m->look.language = e->look.language;
}

static void on_answer(struct model *m, const struct msg *e, struct todo *todo)
{
	if (e->visit != m->visit)
		return;
	if (e->kind == MSG_OPENED && e->opening) {
		on_opened(m, e->opening, todo);
	} else if (e->kind == MSG_NOTED) {
		on_noted(m, e, todo);
	} else if (e->kind == MSG_JOB) {
		app_job(m, e, todo);
	} else if (e->kind == MSG_RENDERED) {
		m->rendered = true;
		m->render_error = e->result;
		m->badge_width = e->width;
		m->badge_height = e->height;
		if (e->result != OK && m->screen == SCREEN_PREVIEW)
			app_trouble(m, TROUBLE_RENDER, todo);
	} else if (e->kind == MSG_POSTED) {
		app_code_posted(m, e->result, todo);
	}
}

void app_start(struct model *m, struct look look, enum mode mode)
{
	memset(m, 0, sizeof(*m));
	m->mode = mode;
	m->screen = home_of(m);
	m->look = m->start = look;
	m->roster_news = ROSTER_FINE;
}

/* What the board around it has become. */
static void on_world(struct model *m, const struct msg *e, struct todo *todo)
{
	if (e->kind == MSG_PRINTER)
		on_printer(m, e, todo);
	else if (e->kind == MSG_ROSTER)
		on_roster(m, e, todo);
	else if (e->kind == MSG_LEASE)
		m->lease = e->lease;
	else if (e->kind == MSG_CAMERA && e->camera)
		m->camera = *e->camera;
	else if (e->kind == MSG_NETWORK && e->network)
		app_network(m, e->network, todo);
	else if (e->kind == MSG_JOURNAL)
		m->journal_bad = e->result != OK;
}

void app_next(struct model *m, const struct msg *e, struct todo *todo)
{
	memset(todo, 0, sizeof(*todo));
	m->boot_ms = e->boot_ms;
	m->wall = e->wall;
	m->offset = e->offset;
	m->doubtful = e->doubtful;
	todo->visit = m->visit;
	if (m->mode == MODE_SCREEN && venue_next(m, e, todo))
		return;
	switch (e->kind) {
	case MSG_TICK:
		on_tick(m, todo);
		break;
	case MSG_SCANNED:
		on_scanned(m, e, todo);
		break;
	case MSG_TAP:
	case MSG_FOCUS:
	case MSG_DRAG:
	case MSG_TYPE:
		on_hand(m, e, todo);
		break;
	case MSG_OPENED:
	case MSG_NOTED:
	case MSG_JOB:
	case MSG_RENDERED:
	case MSG_POSTED:
		on_answer(m, e, todo);
		break;
	case MSG_PRINTER:
	case MSG_ROSTER:
	case MSG_LEASE:
	case MSG_CAMERA:
	case MSG_NETWORK:
	case MSG_JOURNAL:
		on_world(m, e, todo);
		break;
	case MSG_LOOK:
		on_look(m, e);
		break;
	case MSG_GATE:
		door_news(m, e, todo);
		break;
	case MSG_STAFF:
		if (e->staff)
			app_staff(m, e, todo);
		break;
	case MSG_ALARM:
		app_alarm(m, e->alarm, todo);
		break;
	case MSG_VENUE:
		break;
	}
	app_staff_stay(m, todo);
}
