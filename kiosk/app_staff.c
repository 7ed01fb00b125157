/* The staff's lock: card, PIN, silence. */
#include "app_door.h"

#include <string.h>

enum { QUIET_MS = 100 * 1000, ASK_MS = 20 * 1000, CARD_MS = 60 * 1000, BAD_MS = 15 * 1000 };

/* A board with a keyboard on a cable keeps the one on the glass folded. */
static void clear(struct model *m)
{
	bool folded = m->desk.keyboard.folded;

	seal_wipe(&m->desk, sizeof(m->desk));
	m->desk.keyboard.folded = folded;
	m->asking = false;
	m->desk.hand_ms = m->boot_ms;
}

void app_lock(struct model *m, struct todo *todo)
{
	app_forget(m, todo);
	clear(m);
	m->visit++;
	todo->visit = m->visit;
	todo->staff.verb = STAFF_LOCK;
	app_home(m, todo);
}

/* A guest's code at a locked desk shows nothing of her. */
static bool guest_at_desk(
	struct model *m, const struct opening *o, const uint8_t *person, struct todo *todo)
{
	todo->wipe = true;
	if (app_unlocked(m)) {
		app_desk_open(m, person, todo);
		/* Of a late guest nothing is known here but what her code says. */
		if (o->late.n > 0 && o->late.n <= STAFF_TEXT) {
			todo->staff.text_n = o->late.n;
			memcpy(todo->staff.text, o->late.p, o->late.n);
		}
		return true;
	}
	m->desk.guest_waits = true;
	app_go(m, SCREEN_STAFF, todo);
	return true;
}

bool app_staff_opened(struct model *m, const struct opening *o, struct todo *todo)
{
	if (m->mode == MODE_KIOSK)
		return false;
	/* A lost badge that was found is somebody's all the same. */
	m->desk.void_code = o->answer == ANSWER_REPLACED;
	if (m->mode == MODE_DESK && o->answer == ANSWER_GUEST && o->guest)
		return guest_at_desk(m, o, o->guest->handle, todo);
	if (m->mode == MODE_DESK && m->desk.void_code && o->named)
		return guest_at_desk(m, o, o->person, todo);
	if (o->answer != ANSWER_CARD)
		return false;
	clear(m);
	m->desk.lock = LOCK_READING;
	app_go(m, SCREEN_STAFF, todo);
	return true;
}

static void on_card(struct model *m, const struct staff_answer *a, struct todo *todo)
{
	if (a->visit != m->visit)
		return;
	clear(m);
	m->desk.lock = a->result == OK ? LOCK_PIN : LOCK_BAD_CARD;
	m->desk.why = a->result;
	m->desk.tries = a->tries;
	m->desk.until_ms = m->boot_ms + a->wait_ms;
	if (a->result)
		todo->sound = SOUND_PROBLEM;
	app_go(m, SCREEN_STAFF, todo);
}

static void on_unlocked(struct model *m, const struct staff_answer *a, struct todo *todo)
{
	m->desk.lock = LOCK_OPEN;
	m->desk.rights = a->rights;
	m->desk.people = a->people;
	m->desk.hand_ms = m->desk.told_ms = m->boot_ms;
	m->desk.wrong = m->desk.guest_waits = false;
	bool folded = m->desk.keyboard.folded;
	field_init(&m->desk.query, DESK_QUERY, DESK_POINTS);
	keyboard_start(&m->desk.keyboard, m->look.language, false);
	m->desk.keyboard.folded = folded;
	todo->sound = SOUND_GOOD;
	if (m->mode == MODE_DOOR)
		door_unlocked(m, todo);
	else
		app_home(m, todo);
}

/* An unlocking that nobody waits for any more is taken back. */
static void on_pin(struct model *m, const struct staff_answer *a, struct todo *todo)
{
	if (m->desk.lock != LOCK_CHECKING) {
		if (a->result == OK && m->desk.lock != LOCK_OPEN)
			todo->staff.verb = STAFF_LOCK;
		return;
	}
	if (a->result == OK) {
		on_unlocked(m, a, todo);
		return;
	}
	bool again = a->result == ERR_DENIED || a->result == ERR_BUSY;
	m->desk.lock = again ? LOCK_PIN : LOCK_BAD_CARD;
	m->desk.wrong = a->result == ERR_DENIED;
	m->desk.why = a->result;
	m->desk.tries = a->tries;
	m->desk.until_ms = m->boot_ms + a->wait_ms;
	todo->sound = SOUND_PROBLEM;
	app_go(m, SCREEN_STAFF, todo);
}

static void on_locked(struct model *m, struct todo *todo)
{
	if (m->desk.lock == LOCK_SHUT)
		return;
	app_forget(m, todo);
	clear(m);
	m->visit++;
	todo->visit = m->visit;
	app_home(m, todo);
}

/* Quietly; and not of her who stands at this desk. */
static void on_arrival(struct model *m, const struct staff_row *who)
{
	bool here = m->guest.known && memcmp(m->guest.handle, who->person, EVENT_PERSON) == 0;

	if (here || !app_has_right(m, RIGHT_PROTOCOL))
		return;
	m->desk.arrived = true;
	m->desk.arrived_ms = m->boot_ms;
	m->desk.arrival = *who;
}

void app_staff(struct model *m, const struct msg *e, struct todo *todo)
{
	const struct staff_answer *a = e->staff;

	switch (a->word) {
	case STAFF_WORD_CARD:
		on_card(m, a, todo);
		break;
	case STAFF_WORD_PIN:
		on_pin(m, a, todo);
		break;
	case STAFF_WORD_LOCKED:
		on_locked(m, todo);
		break;
	case STAFF_WORD_ARRIVED:
		on_arrival(m, &a->rows[0]);
		break;
	case STAFF_WORD_MISSING:
		if (a->result)
			door_unnamed(m, todo);
		break;
	case STAFF_WORD_DAY:
		break;
	case STAFF_WORD_FOUND:
	case STAFF_WORD_OPENED:
	case STAFF_WORD_TODAY:
	case STAFF_WORD_DRAWN:
	case STAFF_WORD_DONE:
	case STAFF_WORD_CHANGED:
		if (m->mode == MODE_DOOR)
			door_signed(m, a, todo);
		else if (app_unlocked(m))
			app_desk(m, e, todo);
		break;
	}
}

static bool tick_open(struct model *m, struct todo *todo)
{
	if (!m->asking && m->boot_ms - m->desk.hand_ms >= QUIET_MS) {
		m->asking = true;
		m->asked_ms = m->boot_ms;
		todo->sound = SOUND_WAIT;
		app_say(m, todo, say(m->look.language, "Are you still there?"));
	} else if (m->asking && m->boot_ms - m->asked_ms >= ASK_MS) {
		app_lock(m, todo);
	}
	return m->screen != SCREEN_TROUBLE || m->asking;
}

/* A card is not waited for without end, and what was wrong with one is not shown so. */
static bool tick_shut(struct model *m, struct todo *todo)
{
	int64_t quiet = m->boot_ms - m->desk.hand_ms;

	if (m->screen != SCREEN_STAFF)
		return false;
	bool bad = m->desk.lock == LOCK_BAD_CARD;
	if (m->desk.lock != LOCK_SHUT && quiet >= (bad ? BAD_MS : CARD_MS))
		app_lock(m, todo);
	else if (m->desk.guest_waits && quiet >= BAD_MS)
		m->desk.guest_waits = false;
	return true;
}

void app_staff_stay(struct model *m, struct todo *todo)
{
	struct desk *d = &m->desk;

	if (!app_unlocked(m))
		return;
	if (todo->staff.verb == STAFF_NOTHING && d->hand_ms - d->told_ms >= STAFF_STAY_MS)
		todo->staff.verb = STAFF_STAY;
	if (todo->staff.verb != STAFF_NOTHING)
		d->told_ms = m->boot_ms;
}

bool app_staff_tick(struct model *m, struct todo *todo)
{
	if (m->mode == MODE_KIOSK)
		return false;
	return app_unlocked(m) && m->mode == MODE_DESK ? tick_open(m, todo) : tick_shut(m, todo);
}

static int64_t sooner(int64_t wait, int64_t until, int64_t now)
{
	int64_t left = until - now;

	if (left >= wait)
		return wait;
	return left > 0 ? left : 1000;
}

int64_t app_staff_wait_ms(const struct model *m, int64_t wait)
{
	const struct desk *d = &m->desk;

	if (m->mode == MODE_KIOSK)
		return wait;
	if (d->lock == LOCK_OPEN && m->mode == MODE_DESK)
		return sooner(wait, d->hand_ms + QUIET_MS, m->boot_ms);
	if (d->lock == LOCK_PIN && d->until_ms > m->boot_ms)
		return 1000;
	if (d->lock == LOCK_BAD_CARD || d->guest_waits)
		return sooner(wait, d->hand_ms + BAD_MS, m->boot_ms);
	return d->lock == LOCK_SHUT ? wait : sooner(wait, d->hand_ms + CARD_MS, m->boot_ms);
}
