/* The desk: what it asks the staff's room, and what the answers mean to its screens. */
#include "screens.h"

#include <string.h>

void app_desk_search(struct model *m, struct todo *todo)
{
	struct desk *d = &m->desk;

	d->denied = false;
	d->misread = TROUBLE_NONE;
	d->searching = true;
	todo->staff.verb = STAFF_SEARCH;
	struct span query = field_trimmed(&d->query);
	todo->staff.text_n = query.n;
	if (query.n > 0)
		memcpy(todo->staff.text, query.p, query.n);
}

void app_desk_open(struct model *m, const uint8_t person[static EVENT_PERSON], struct todo *todo)
{
	m->desk.denied = false;
	m->desk.misread = TROUBLE_NONE;
	todo->staff.verb = STAFF_OPEN;
	memcpy(todo->staff.person, person, EVENT_PERSON);
}

static void forget_person(struct desk *d)
{
	seal_wipe(&d->person, sizeof(d->person));
	seal_wipe(&d->facts, sizeof(d->facts));
	seal_wipe(d->code, sizeof(d->code));
	seal_wipe(d->note, sizeof(d->note));
	memset(d->taken_in, 0, sizeof(d->taken_in));
	seal_wipe(&d->form, sizeof(d->form));
	seal_wipe(&d->alarm, sizeof(d->alarm));
	seal_wipe(d->deeds, sizeof(d->deeds));
	d->deed_n = d->deed_first = d->undoing = 0;
	d->revoking = d->drawn = d->issuing = d->said_bad = d->denied = false;
	d->void_code = false;
	d->said = OK;
}

bool app_desk_misread(struct model *m, enum trouble t, struct todo *todo)
{
	static const enum trouble guests[] = {TROUBLE_UNKNOWN, TROUBLE_TORN, TROUBLE_FOREIGN,
		TROUBLE_GARBAGE, TROUBLE_REPLACED, TROUBLE_ENDED};
	bool desk = m->mode == MODE_DESK && app_unlocked(m), of_guests = false;

	for (size_t i = 0; i < COUNT(guests); i++)
		of_guests |= guests[i] == t;
	if (!desk || !of_guests)
		return false;
	app_home(m, todo);
	m->desk.denied = false;
	m->desk.misread = t;
	return true;
}

void app_desk_leave(struct model *m, struct todo *todo)
{
	app_forget(m, todo);
	forget_person(&m->desk);
	m->desk.keyboard.names = false;
	/* Somebody of the same rows, or whoever stands next in the queue. */
	field_choose(&m->desk.query);
	keyboard_turn(&m->desk.keyboard, &m->desk.query);
	m->visit++;
	todo->visit = m->visit;
	app_desk_search(m, todo);
	app_home(m, todo);
}

static void on_found(struct model *m, const struct staff_answer *a, struct todo *todo)
{
	struct desk *d = &m->desk;

	seal_wipe(d->rows, sizeof(d->rows));
	memcpy(d->rows, a->rows, a->row_n * sizeof(*a->rows));
	d->row_n = a->row_n;
	d->total = a->total;
	d->people = a->people;
	d->searching = false;
	if (a->result == OK)
		return;
	d->denied = true;
	d->said = a->result;
	todo->sound = SOUND_PROBLEM;
}

/* The page of the person, or the same with what has changed. */
static void on_page(struct model *m, const struct msg *e, struct todo *todo)
{
	const struct staff_answer *a = e->staff;
	struct desk *d = &m->desk;

	d->denied = a->result != OK || !e->guest;
	if (d->denied) {
		todo->sound = SOUND_PROBLEM;
		if (m->screen != SCREEN_DESK)
			app_desk_leave(m, todo);
		d->denied = true;
		d->said = a->result;
		return;
	}
	bool same = m->guest.known && memcmp(m->guest.handle, e->guest->handle, EVENT_PERSON) == 0;
	uint32_t first = m->first;
	memcpy(&m->guest, e->guest, sizeof(m->guest));
	d->facts = a->facts;
	memcpy(d->code, a->code, sizeof(d->code));
	memcpy(d->note, a->note, sizeof(d->note));
	if (d->arrived && memcmp(d->arrival.person, a->rows[0].person, EVENT_PERSON) == 0) {
		seal_wipe(&d->arrival, sizeof(d->arrival));
		d->arrived = false;
	}
	d->person = a->rows[0];
	d->revoking = false;
	seal_wipe(&d->form, sizeof(d->form));
	uint32_t next = app_next_entry(m);
	m->first = same ? first : next < m->guest.entry_count ? next : 0;
	app_go(m, SCREEN_PERSON, todo);
}

static void on_today(struct model *m, const struct staff_answer *a)
{
	struct desk *d = &m->desk;

	seal_wipe(d->deeds, sizeof(d->deeds));
	memcpy(d->deeds, a->deeds, a->deed_n * sizeof(*a->deeds));
	d->deed_n = a->deed_n;
	d->undoing = 0;
	d->said = a->result;
}

static void refuse(struct model *m, enum err why, struct todo *todo)
{
	m->desk.said_bad = true;
	m->desk.said = why;
	m->desk.issuing = m->desk.revoking = false;
	todo->sound = SOUND_PROBLEM;
}

static void on_drawn(struct model *m, const struct staff_answer *a, struct todo *todo)
{
	m->desk.drawn = a->result == OK;
	m->rendered = false;
	if (a->result)
		refuse(m, a->result, todo);
	else
		todo->render = true;
}

static const uint8_t *whose_badge(const struct model *m)
{
	return m->desk.form.what == ASKED_LATE ? m->desk.taken_in : m->guest.handle;
}

/* It is written down: now it may print; or what stands on the page has changed. */
static void on_done(struct model *m, const struct staff_answer *a, struct todo *todo)
{
	struct desk *d = &m->desk;

	if (a->result) {
		refuse(m, a->result, todo);
		return;
	}
	d->said_bad = false;
	if (a->kind == EVENT_BADGE_ISSUED) {
		memcpy(d->taken_in, a->rows[0].person, EVENT_PERSON);
		if (!m->printer_there) {
			app_desk_open(m, whose_badge(m), todo);
			return;
		}
		m->print = todo->print = PRINT_BADGE;
		m->job = JOB_WAITING;
		m->job_fault = FAULT_NONE;
		return;
	}
	todo->sound = SOUND_GOOD;
	if (m->screen == SCREEN_ALARM)
		app_desk_leave(m, todo);
	else if (m->screen == SCREEN_TODAY)
		todo->staff.verb = STAFF_TODAY;
	else if (m->guest.known)
		app_desk_open(m, m->guest.handle, todo);
}

void app_desk(struct model *m, const struct msg *e, struct todo *todo)
{
	const struct staff_answer *a = e->staff;

	if (a->word == STAFF_WORD_CHANGED) {
		m->desk.people = a->people;
		if (m->screen == SCREEN_DESK)
			app_desk_search(m, todo);
		return;
	}
	if (a->visit != m->visit)
		return;
	if (a->word == STAFF_WORD_FOUND)
		on_found(m, a, todo);
	else if (a->word == STAFF_WORD_OPENED)
		on_page(m, e, todo);
	else if (a->word == STAFF_WORD_TODAY)
		on_today(m, a);
	else if (a->word == STAFF_WORD_DRAWN)
		on_drawn(m, a, todo);
	else if (a->word == STAFF_WORD_DONE)
		on_done(m, a, todo);
}

void app_desk_job(struct model *m, const struct msg *e, struct todo *todo)
{
	bool over = e->job == JOB_CONFIRMED || e->job == JOB_UNCERTAIN || e->job == JOB_FAILED;

	if (e->job == JOB_CONFIRMED) {
		m->printed = true;
		todo->sound = SOUND_GOOD;
	} else if (over || e->fault != FAULT_NONE) {
		todo->sound = SOUND_PROBLEM;
	}
	if (!over)
		return;
	m->desk.issuing = false;
	/* Her page says what she has; it may have been opened while the badge waited for paper. */
	if (m->screen == SCREEN_BADGE || m->screen == SCREEN_PERSON)
		app_desk_open(m, whose_badge(m), todo);
}

void app_desk_settled(struct model *m)
{
	m->printed = false;
	if (!app_job_runs(m))
		m->job = JOB_NONE;
}

void app_desk_noted(struct model *m, const struct msg *e, struct todo *todo)
{
	if (e->result != OK) {
		refuse(m, e->result, todo);
		return;
	}
	m->noted = true;
	if (m->screen == SCREEN_PERSON)
		app_desk_open(m, m->guest.handle, todo);
}
