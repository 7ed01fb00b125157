/* The stage: boot list, todo, news, frame, and the boot list backwards. */
#include "stage.h"

#include "eye.h"
#include "opening.h"
#include "seal.h"
#include "sound.h"
#include "wipe.h"

#include <stdio.h>
#include <string.h>

enum { PROBE_MS = 10 * 1000, PATIENCE_MS = 60 * 1000 };

static void carry_out(struct stage *s, struct todo *todo);

const struct draw *stage_frame(const struct stage *s)
{
	return output_frame(&s->outputs[0]);
}

/* The board's own local time: of the place it stands at, else of the next public activity, else of the
 * desk. */
static int32_t local_offset(const struct stage *s, int64_t now)
{
	struct activity a;
	struct place p;

	if (!s->holding)
		return s->options->zone_min;
	const struct roster *r = &s->holding->roster;
	const char *id = s->options->place;
	if (id && roster_place_by_id(r, span_of(id), &p) == OK)
		return roster_offset(r, p.zone, now).minutes;
	uint32_t n = roster_activity_count(r);
	for (uint32_t i = 0; i < n; i++) {
		if (roster_activity_at(r, i, &a) || (a.end < now && i + 1 < n))
			continue;
		if (roster_place(r, NULL, a.place, &p) == OK)
			return roster_offset(r, p.zone, now).minutes;
	}
	struct event_info event;
	roster_event(r, &event);
	if (roster_place_by_id(r, event.desk_place, &p) == OK)
		return roster_offset(r, p.zone, now).minutes;
	return s->options->zone_min;
}

bool stage_has_panel(const struct stage *s)
{
	bool guests = s->options->mode != MODE_SCREEN;

	return guests && s->options->window && !s->story && s->holding && s->holding->roster.demo;
}

int64_t stage_first_instant(const struct stage *s)
{
	struct activity a;

	if (!s->holding || roster_activity_at(&s->holding->roster, 0, &a))
		return 0;
	return (a.start - 3600) * 1000;
}

struct model *stage_model(const struct stage *s)
{
	return &s->outputs[0].face->model;
}

void stage_tell_output(struct stage *s, size_t i, struct msg *m)
{
	struct instant now = clock_now();
	struct todo todo;

	m->boot_ms = now.boot_ms;
	m->wall = now.wall_ms / 1000;
	m->offset = local_offset(s, m->wall);
	m->doubtful = !now.trusted;
	app_next(&s->outputs[i].face->model, m, &todo);
	s->outputs[i].dirty = true;
	if (i == 0)
		carry_out(s, &todo);
	seal_wipe(&todo, sizeof(todo));
}

/* The first comes last: what is carried out may tell of more. */
void stage_tell(struct stage *s, struct msg *m)
{
	for (size_t i = s->output_n; i-- > 0;)
		stage_tell_output(s, i, m);
}

static void set_colours(struct stage *s)
{
	struct track t;

	for (unsigned i = 0; i < INKS - INK_TRACK; i++)
		for (size_t k = 0; k < s->output_n; k++)
			if (roster_track(&s->holding->roster, i, &t) == OK)
				display_set_track(s->outputs[k].display, i, t.rgb);
}

/* There is none because there is no event any more, or none yet. */
static struct msg roster_news(const struct stage *s)
{
	struct msg m = {.kind = MSG_ROSTER, .roster_news = s->news};

	if (s->news == ROSTER_MISSING && wipe_at(s->data, &m.wiped_at) == OK)
		m.roster_news = ROSTER_WIPED;
	return m;
}

void stage_tell_roster(struct stage *s)
{
	struct msg m = roster_news(s);
	struct span place = s->options->place ? span_of(s->options->place) : (struct span){0};

	if (s->holding) {
		set_colours(s);
		programme_take(
			&s->programme, &s->holding->roster, place, clock_now().wall_ms / 1000);
		m.programme = &s->programme;
	}
	stage_tell(s, &m);
	stage_renew_venue(s);
	stage_judge(s);
}

static void tell_alarm(struct stage *s)
{
	struct notes_emergency now;
	struct alarm a = {.on = notes_emergency(s->notes, &now) == OK};

	a.since = now.since_ms / 1000;
	a.n = now.n;
	memcpy(a.said, now.said, sizeof(a.said));
	stage_tell(s, &(struct msg){.kind = MSG_ALARM, .alarm = &a});
}

/* Between two guests: nobody's spans point into the old one. */
static bool swap_roster(struct stage *s)
{
	if (!s->next || s->visit_open)
		return false;
	stage_learn(s);
	press_roster(s->press, s->next);
	notes_believe(s->notes, &s->next->roster);
	if (s->staffroom)
		staffroom_roster(s->staffroom, s->next);
	holding_close(s->holding);
	s->holding = s->next;
	s->next = NULL;
	stage_compare(s);
	return true;
}

static void wipe_visit(struct stage *s)
{
	struct secrets *x = s->secrets;

	press_forget(s->press);
	display_set_badge(s->outputs[0].display, NULL);
	seal_secret_free(s->page.dots);
	s->page = (struct bitmap){0};
	seal_wipe(&x->found, sizeof(x->found));
	seal_wipe(&x->guest, sizeof(x->guest));
	seal_wipe(&x->badge, sizeof(x->badge));
	for (size_t i = 0; i < s->output_n; i++)
		output_wipe(&s->outputs[i]);
	s->visit_open = false;
}

static void open_code(struct stage *s, const struct todo *todo)
{
	struct opening o;
	struct msg m = {.kind = MSG_OPENED, .visit = todo->visit, .opening = &o};
	struct span code = {todo->code, todo->code_n};

	struct secrets *x = s->secrets;
	struct opened into = {&x->visit, &x->found, &x->guest, &x->badge};

	if (stage_judge_badge(s, todo->visit, code))
		return;
	opening_make(&o, s->holding ? &s->holding->roster : NULL, s->notes, code, &into);
	s->visit_open = o.answer == ANSWER_GUEST;
	stage_tell(s, &m);
	if (o.answer == ANSWER_CODE)
		stage_post(s, todo->visit, code);
	if (o.answer == ANSWER_CARD)
		stage_show_card(s, todo->visit, code);
}

static void write_note(struct stage *s, uint32_t visit, const struct note *n)
{
	struct event e = {.kind = n->kind, .issue = n->issue, .activity = n->activity};

	memcpy(e.person, n->at_door ? n->person : stage_model(s)->guest.handle, sizeof(e.person));
	enum err err = notes_ask(s->notes, visit, &e, n->target_uncertain);
	if (err)
		stage_tell(s,
			&(struct msg){
				.kind = MSG_NOTED, .visit = visit, .note = n->kind, .result = err});
}

static void start_render(struct stage *s, uint32_t visit)
{
	const struct press_badge *badge = s->secrets->badge.issue > 0 ? &s->secrets->badge : NULL;
	enum err e = s->visit_open ? press_render(s->press, visit, &s->secrets->found, badge)
				   : ERR_ABSENT;

	if (e)
		stage_tell(s, &(struct msg){.kind = MSG_RENDERED, .visit = visit, .result = e});
}

static void start_print(struct stage *s, uint32_t visit, enum print what)
{
	if (press_print(s->press, visit, what))
		stage_tell(s, &(struct msg){.kind = MSG_JOB,
				      .visit = visit,
				      .job = JOB_FAILED,
				      .print = what,
				      .fault = FAULT_BUSY});
}

/* It is heard after the frame is seen: a loudspeaker takes its time to wake up. */
static void make_sound(struct stage *s, enum sound sound)
{
	s->sounds++;
	s->alerts += sound == SOUND_PROBLEM;
	s->due = sound;
}

static void carry_out(struct stage *s, struct todo *todo)
{
	bool swapped = false;

	if (todo->wipe) {
		wipe_visit(s);
		swapped = swap_roster(s);
		if (!todo->open && todo->sound == SOUND_NONE)
			sound_rest();
	}
	if (todo->sound != SOUND_NONE)
		make_sound(s, todo->sound);
	for (size_t i = 0; i < todo->note_count; i++)
		write_note(s, todo->visit, &todo->notes[i]);
	if (todo->render)
		start_render(s, todo->visit);
	if (todo->print != PRINT_NOTHING)
		start_print(s, todo->visit, todo->print);
	if (todo->staff.verb != STAFF_NOTHING)
		stage_ask_staff(s, todo);
	if (todo->count)
		stage_count(s);
	if (todo->open)
		open_code(s, todo);
	if (swapped || todo->programme)
		stage_tell_roster(s);
	if (swapped)
		stage_renew_day(s);
}

static void take_roster(struct stage *s, struct news *n)
{
	s->news = n->roster_news;
	if (n->holding) {
		holding_close(s->next);
		s->next = n->holding;
		n->holding = NULL;
	}
	if (swap_roster(s)) {
		stage_tell_roster(s);
		stage_renew_day(s);
	} else {
		struct msg m = roster_news(s);
		stage_tell(s, &m);
	}
}

/* The dots are kept for the picture of the guest they belong to, and for nobody else. */
static void take_page(struct stage *s, struct news *n)
{
	struct msg m = {.kind = MSG_RENDERED,
		.visit = n->visit,
		.result = n->result,
		.width = n->page.width,
		.height = n->page.height};

	if (s->visit_open && n->visit == stage_model(s)->visit && n->page.dots) {
		seal_secret_free(s->page.dots);
		s->page = (struct bitmap){
			n->page.width, n->page.height, n->page.stride, n->page.dots};
		n->page.dots = NULL;
		display_set_badge(s->outputs[0].display, &s->page);
	}
	stage_tell(s, &m);
}

static void take_job(struct stage *s, const struct news *n)
{
	if (n->job == JOB_CONFIRMED)
		s->confirmed++;
	if (n->job == JOB_CONFIRMED && s->on_printed && s->page.dots)
		s->on_printed(s->on_printed_arg, &s->page);
	stage_tell(s, &(struct msg){.kind = MSG_JOB,
			      .visit = n->visit,
			      .job = n->job,
			      .print = n->print,
			      .result = n->result,
			      .fault = n->fault});
}

static void take_scan(struct stage *s, struct news *n)
{
	struct msg m = {
		.kind = MSG_SCANNED, .code = n->scan.text, .code_n = n->scan.n, .seen = n->seen};

	if (n->scan.kind == SCAN_LONG)
		m.code_n = 0;
	stage_tell(s, &m);
}

static void take_news(struct stage *s, struct news *n)
{
	switch (n->kind) {
	case NEWS_WAKE:
		break;
	case NEWS_SCAN:
		take_scan(s, n);
		break;
	case NEWS_SCANNER:
		stage_take_camera(s, n->scanner, n->held);
		break;
	case NEWS_VIEW:
		stage_look(s);
		break;
	case NEWS_NOTED:
		stage_tell(s, &(struct msg){.kind = MSG_NOTED,
				      .visit = n->visit,
				      .note = n->note,
				      .result = n->result});
		break;
	case NEWS_JOURNAL:
		s->journal_bad = n->result != OK;
		s->alerts += s->journal_bad;
		stage_tell(s, &(struct msg){.kind = MSG_JOURNAL, .result = n->result});
		break;
	case NEWS_STATUS:
		stage_take_status(s, n->on ? &n->status : NULL, n->undelivered);
		break;
	case NEWS_EMERGENCY:
		tell_alarm(s);
		break;
	case NEWS_POSTED:
		stage_tell(s,
			&(struct msg){.kind = MSG_POSTED, .visit = n->visit, .result = n->result});
		break;
	case NEWS_STAFF:
		stage_hear_staff(s);
		break;
	case NEWS_ROSTER:
		take_roster(s, n);
		break;
	case NEWS_RENDERED:
		take_page(s, n);
		break;
	case NEWS_JOB:
		take_job(s, n);
		break;
	case NEWS_PRINTER:
		stage_tell(
			s, &(struct msg){
				   .kind = MSG_PRINTER, .fault = n->fault, .printer_there = n->on});
		break;
	}
	news_wipe(n);
}

void stage_turn(struct stage *s, int timeout_ms)
{
	struct news n;

	while (mailbox_take(&s->ui, &n, timeout_ms) == OK) {
		take_news(s, &n);
		mailbox_settle(&s->ui);
		timeout_ms = 0;
	}
}

int stage_patience_ms(const struct stage *s)
{
	int64_t ms = PATIENCE_MS;

	for (size_t i = 0; i < s->output_n; i++) {
		int64_t wanted = app_next_tick_ms(&s->outputs[i].face->model);
		ms = wanted < ms ? wanted : ms;
	}
	/* Screens beside each other turn their pages together, at the very second. */
	if (s->options->mode == MODE_SCREEN)
		ms -= clock_now().wall_ms % 1000;
	if (s->journal_bad && ms > PROBE_MS)
		ms = PROBE_MS;
	if (ms > stage_camera_wait_ms(s))
		ms = stage_camera_wait_ms(s);
	return (int)ms;
}

void stage_tick(struct stage *s)
{
	int64_t now = clock_now().boot_ms;

	stage_judge(s);
	tell_alarm(s);
	stage_camera_tick(s);
	stage_renew_venue(s);
	stage_tell(s, &(struct msg){.kind = MSG_TICK});
	if (s->journal_bad && now - s->probed_ms >= PROBE_MS) {
		s->probed_ms = now;
		notes_probe(s->notes);
	}
}

void stage_show(struct stage *s)
{
	bool whole = s->outputs[0].dirty;

	stage_look_away(s);
	for (size_t i = 0; i < s->output_n; i++)
		output_show(&s->outputs[i]);
	if (s->view_dirty && !whole)
		output_show_view(&s->outputs[0]);
	s->view_dirty = false;
	if (!s->story)
		sound_play(s->due);
	s->due = SOUND_NONE;
}

void stage_tap(struct stage *s, const char *name)
{
	stage_tell(s, &(struct msg){.kind = MSG_TAP, .name = name});
}

void stage_touch(struct stage *s, int32_t x, int32_t y)
{
	char name[APP_NAME];

	if (app_touch(stage_frame(s), x, y, name) == OK)
		stage_tap(s, name);
}

void stage_key(struct stage *s, enum key key)
{
	struct app_words words;
	struct msg m = {0};

	if (app_key(stage_model(s), stage_frame(s), key, &words, &m) == OK)
		stage_tell(s, &m);
	seal_wipe(&words, sizeof(words));
}

void stage_type(struct stage *s, struct span text)
{
	stage_tell(s, &(struct msg){.kind = MSG_TYPE, .code = text.p, .code_n = text.n});
	/* The Enter of who types fast comes before the next frame, and is judged by the last one. */
	stage_show(s);
}

void stage_scan(struct stage *s, struct span text)
{
	struct news n = {.kind = NEWS_SCAN};
	enum err e = wedge_undo_text(text, &n.scan);

	if (e == OK || e == ERR_ABSENT || e == ERR_FULL)
		news_tell(&s->ui, &n);
}
