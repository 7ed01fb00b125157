/* The door's course: what a badge, a card, the journal and time do to a board in door mode. */
#include "app_door.h"

#include <string.h>

enum { SAVED_MS = 4 * 1000, SHOWN_MS = 30 * 1000, COUNT_MS = 2 * 1000, UNLOCKED_MS = 120 * 1000 };

static void forget_pending(struct gate *g)
{
	seal_wipe(&g->pending, sizeof(g->pending));
	g->pending_ms = 0;
}

void door_forget(struct model *m)
{
	struct gate *g = &m->gate;

	seal_wipe(&g->verdict, sizeof(g->verdict));
	seal_wipe(&g->names, sizeof(g->names));
	g->step = GATE_SHOWN;
	g->overruled = g->left = g->undoing = false;
	g->first = 0;
}

static bool is_refused(const struct gate *g)
{
	return g->verdict.known && g->step == GATE_SHOWN && g->verdict.light != DOOR_GREEN;
}

bool door_card_helps(const struct model *m)
{
	const struct gate *g = &m->gate;
	enum door_reason why = g->verdict.reason;

	/* Whoever holds a badge that is void is not known to be the person on it. */
	bool is_void = why == DOOR_UNKNOWN || why == DOOR_REPLACED || why == DOOR_REVOKED;
	return is_refused(g) && !g->out && !is_void;
}

void door_scanned(struct model *m)
{
	struct gate *g = &m->gate;

	if (m->screen != SCREEN_DOOR_ANSWER || !door_card_helps(m))
		return;
	g->pending = g->verdict;
	g->pending_ms = m->boot_ms;
}

/* An event about whoever is in the verdict. No green before its answer. */
static void ask_note(struct gate *g, uint16_t kind, struct todo *todo)
{
	const struct gate_activity *a = gate_chosen(g);
	struct note n = {.at_door = true,
		.kind = kind,
		.issue = g->verdict.issue,
		.activity = a ? a->number : 0};

	memcpy(n.person, g->verdict.handle, sizeof(n.person));
	if (todo->note_count < APP_NOTES)
		todo->notes[todo->note_count++] = n;
	g->left = kind == EVENT_LEFT;
	g->step = GATE_ASKED;
}

void door_note(struct model *m, bool leaves, struct todo *todo)
{
	ask_note(&m->gate, leaves ? EVENT_LEFT : EVENT_ENTERED, todo);
}

static bool is_dead(enum door_reason r)
{
	return r == DOOR_UNKNOWN || r == DOOR_REPLACED || r == DOOR_REVOKED;
}

static enum sound sound_of(enum door_light light)
{
	static const enum sound sounds[] = {
		[DOOR_RED] = SOUND_PROBLEM, [DOOR_AMBER] = SOUND_WAIT, [DOOR_GREEN] = SOUND_GOOD};

	return sounds[light];
}

void door_open_choice(struct model *m, struct todo *todo)
{
	if (!app_unlocked(m))
		return;
	todo->staff = (struct staff_ask){.verb = STAFF_DAY};
	m->gate.first = 0;
	app_go(m, SCREEN_DOOR_CHOOSE, todo);
}

void door_judged(struct model *m, const struct gate_verdict *v, struct todo *todo)
{
	struct gate *g = &m->gate;

	forget_pending(g);
	if (!v || !gate_chosen(g)) {
		todo->sound = SOUND_PROBLEM;
		app_home(m, todo);
		/* A guest who is too early takes nothing from the steward's hands. */
		door_open_choice(m, todo);
		return;
	}
	g->verdict = *v;
	g->counts = v->counts;
	if (g->out && !is_dead(v->reason)) {
		if (v->inside)
			ask_note(g, EVENT_LEFT, todo);
		else
			g->step = GATE_NOT_IN;
		todo->sound = v->inside ? SOUND_NONE : SOUND_WAIT;
	} else if (v->light == DOOR_GREEN) {
		ask_note(g, EVENT_ENTERED, todo);
	} else {
		todo->sound = sound_of(v->light);
	}
	app_go(m, SCREEN_DOOR_ANSWER, todo);
}

bool door_misread(struct model *m, enum trouble t, struct todo *todo)
{
	const struct gate_verdict no = {
		.light = DOOR_RED, .reason = DOOR_UNKNOWN, .counts = m->gate.counts};

	if (m->mode != MODE_DOOR || (t != TROUBLE_FOREIGN && t != TROUBLE_GARBAGE))
		return false;
	door_judged(m, &no, todo);
	return true;
}

static void take_back_noted(struct model *m, enum err result, struct todo *todo)
{
	struct gate *g = &m->gate;

	g->undoing = false;
	todo->sound = result == OK ? SOUND_GOOD : SOUND_PROBLEM;
	todo->count = true;
	if (result == OK) {
		g->last = (struct gate_last){0};
		app_end(m, todo);
	} else {
		g->step = GATE_FAILED;
		app_go(m, SCREEN_DOOR_ANSWER, todo);
	}
}

void door_noted(struct model *m, const struct msg *e, struct todo *todo)
{
	struct gate *g = &m->gate;
	const struct gate_activity *a = gate_chosen(g);

	if (e->note != EVENT_ENTERED && e->note != EVENT_LEFT)
		return;
	if (g->undoing) {
		take_back_noted(m, e->result, todo);
		return;
	}
	if (g->step != GATE_ASKED)
		return;
	g->step = e->result == OK ? GATE_SAVED : GATE_FAILED;
	todo->sound = e->result == OK ? SOUND_GOOD : SOUND_PROBLEM;
	if (e->result == OK) {
		g->last = (struct gate_last){.known = true,
			.left = g->left,
			.issue = g->verdict.issue,
			.activity = a ? a->number : 0};
		memcpy(g->last.handle, g->verdict.handle, sizeof(g->last.handle));
		todo->count = true;
	}
	app_go(m, SCREEN_DOOR_ANSWER, todo);
}

/* The opposite is written, so that both stay in the journal; no card is asked for. */
void door_undo(struct model *m, struct todo *todo)
{
	struct gate *g = &m->gate;

	if (!g->last.known || g->undoing)
		return;
	struct note n = {.at_door = true,
		.kind = g->last.left ? EVENT_ENTERED : EVENT_LEFT,
		.issue = g->last.issue,
		.activity = g->last.activity};
	memcpy(n.person, g->last.handle, sizeof(n.person));
	todo->notes[todo->note_count++] = n;
	g->undoing = true;
}

bool door_may_let_in(const struct model *m)
{
	return door_card_helps(m) && app_has_right(m, RIGHT_DOOR);
}

void door_let_in(struct model *m, struct todo *todo)
{
	struct gate *g = &m->gate;
	const struct gate_activity *a = gate_chosen(g);

	if (!a || !door_may_let_in(m))
		return;
	todo->staff = (struct staff_ask){.verb = STAFF_SAY,
		.kind = EVENT_OVERRIDE,
		.issue = g->verdict.issue,
		.activity = a->number};
	memcpy(todo->staff.person, g->verdict.handle, sizeof(todo->staff.person));
	g->step = GATE_ASKED;
	g->overruled = true;
}

void door_signed(struct model *m, const struct staff_answer *a, struct todo *todo)
{
	struct gate *g = &m->gate;
	enum err result = a->result;

	if (a->word != STAFF_WORD_DONE || a->visit != m->visit || m->screen != SCREEN_DOOR_ANSWER ||
		g->step != GATE_ASKED || !g->overruled)
		return;
	if (result == OK) {
		ask_note(g, EVENT_ENTERED, todo);
		return;
	}
	g->overruled = false;
	g->step = result == ERR_DENIED || result == ERR_ABSENT ? GATE_SHOWN : GATE_FAILED;
	todo->sound = SOUND_PROBLEM;
}

void door_unnamed(struct model *m, struct todo *todo)
{
	m->gate.named = GATE_NAMES_REFUSED;
	todo->sound = SOUND_PROBLEM;
}

void door_unlocked(struct model *m, struct todo *todo)
{
	struct gate *g = &m->gate;

	g->unlocked_ms = m->boot_ms;
	if (g->pending.known && gate_chosen(g) && app_has_right(m, RIGHT_DOOR)) {
		g->verdict = g->pending;
		forget_pending(g);
		app_go(m, SCREEN_DOOR_ANSWER, todo);
		return;
	}
	door_open_choice(m, todo);
}

static void locked(struct model *m, struct todo *todo)
{
	seal_wipe(&m->gate.names, sizeof(m->gate.names));
	if (m->screen == SCREEN_DOOR_CHOOSE || m->screen == SCREEN_DOOR_MISSING)
		app_home(m, todo);
}

/* Badges do not keep it open: nobody may be at the glass. */
static void tick_lock(struct model *m, struct todo *todo)
{
	if (!app_unlocked(m) || m->boot_ms - m->gate.unlocked_ms < UNLOCKED_MS)
		return;
	seal_wipe(&m->desk, sizeof(m->desk));
	todo->staff.verb = STAFF_LOCK;
	locked(m, todo);
}

void door_choose(struct model *m, uint32_t at, struct todo *todo)
{
	struct gate *g = &m->gate;

	g->automatic = at == g->list.n;
	g->chosen = !g->automatic;
	g->at = at;
	g->out = false;
	g->counts = (struct gate_counts){0};
	g->last = (struct gate_last){0};
	(void)gate_follow(g, m->wall);
	todo->count = gate_chosen(g) != NULL;
	app_home(m, todo);
}

/* The number stays with an activity, its place in the list does not. */
static void take_list(struct gate *g, const struct gate_list *l)
{
	const struct gate_activity *a = gate_chosen(g);
	uint16_t number = a ? a->number : 0;
	bool had = a != NULL;

	memcpy(&g->list, l, sizeof(g->list));
	g->chosen = false;
	for (uint32_t i = 0; had && i < l->n; i++) {
		if (l->at[i].number == number) {
			g->at = i;
			g->chosen = true;
		}
	}
}

void door_news(struct model *m, const struct msg *e, struct todo *todo)
{
	struct gate *g = &m->gate;

	if (e->gate_list) {
		take_list(g, e->gate_list);
		(void)gate_follow(g, m->wall);
		todo->count = gate_chosen(g) != NULL;
	}
	if (e->gate_missing && app_has_right(m, RIGHT_DOOR)) {
		memcpy(&g->names, e->gate_missing, sizeof(g->names));
		g->named = GATE_NAMES_THERE;
	}
	if (e->gate_counts)
		g->counts = *e->gate_counts;
}

void door_tick(struct model *m, struct todo *todo)
{
	struct gate *g = &m->gate;
	int64_t shown = m->boot_ms - m->touched_ms;

	if (g->pending.known && m->boot_ms - g->pending_ms >= 2 * SHOWN_MS)
		forget_pending(g);
	tick_lock(m, todo);
	(void)gate_follow(g, m->wall);
	todo->count = gate_chosen(g) != NULL;
	if (m->screen == SCREEN_DOOR_ANSWER &&
		shown >= (g->step == GATE_SAVED ? SAVED_MS : SHOWN_MS))
		app_end(m, todo);
}

int64_t door_tick_ms(const struct model *m)
{
	int64_t left =
		m->touched_ms + (m->gate.step == GATE_SAVED ? SAVED_MS : SHOWN_MS) - m->boot_ms;

	if (m->screen != SCREEN_DOOR_ANSWER || left > COUNT_MS)
		return COUNT_MS;
	return left < 1 ? 1 : left;
}
