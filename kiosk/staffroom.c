/* The staff's room: its thread, the card, the PIN, and the lock. */
#include "staffroom_inside.h"

#include "news.h"
#include "status.h"

#include <stdlib.h>
#include <string.h>

enum { LOOK_MS = 5000 }; /* from one look at the clock to the next, while it is unlocked */

/* A card that opens none of these has no business at this board. */
static uint16_t rights_of_mode(enum mode mode)
{
	enum { DESK = RIGHT_PRINT | RIGHT_CORRECT | RIGHT_LATE | RIGHT_REVOKE | RIGHT_PROTOCOL };

	return RIGHT_ADMIN | (mode == MODE_DOOR ? RIGHT_DOOR : DESK);
}

static void answer(struct staffroom *s, struct staff_answer *a)
{
	if (mailbox_put(&s->answers, a) != OK)
		log_line(LOG_WARN, "kiosk/staffroom", "an answer is lost: the box is full");
	else
		news_tell(s->ui, &(struct news){.kind = NEWS_STAFF, .visit = a->visit});
	seal_wipe(a, sizeof(*a));
}

static void empty_parcel(struct staffroom *s)
{
	pthread_mutex_lock(&s->lock);
	seal_wipe(&s->x->parcel, sizeof(s->x->parcel));
	pthread_mutex_unlock(&s->lock);
}

static void lock_up(struct staffroom *s)
{
	struct staffroom_secrets *x = s->x;

	if (s->unlocked)
		log_line(LOG_NOTE, "kiosk/staffroom", "locked");
	s->unlocked = false;
	staffroom_forget_index(s);
	empty_parcel(s);
	seal_wipe(&x->keys, sizeof(x->keys));
	seal_wipe(&x->card, sizeof(x->card));
	visit_wipe(&x->visit);
	seal_wipe(&x->found, sizeof(x->found));
	seal_wipe(&x->guest, sizeof(x->guest));
	staffroom_forget_drawn(s);
	staffroom_forget_looks(s);
	staffroom_forget_late(s);
	if (s->others)
		others_renew(s->others);
	memset(s->signer, 0, sizeof(s->signer));
}

/* What the roster, the clock and this board's mode say to a card before any PIN. */
static enum err judge_card(struct staffroom *s, const struct token *card)
{
	if (!s->holding)
		return ERR_ABSENT;
	const struct roster *r = &s->holding->roster;
	enum err e = roster_card_of(r, card, &s->card);
	if (e)
		return e;
	if (clock_now().wall_ms / 1000 > s->card.until)
		return ERR_EXPIRED;
	if (!(s->card.rights & rights_of_mode(s->mode)))
		return ERR_DENIED;
	return staff_signer_of(r, card, s->signer);
}

static void tell_tries(const struct staffroom *s, struct staff_answer *a)
{
	unsigned refused = s->throttle.refused;

	a->tries = refused < THROTTLE_TRIES ? THROTTLE_TRIES - refused : 0;
	a->wait_ms = throttle_wait(&s->throttle, s->boot, clock_now().boot_ms);
}

/* The same card shown again locks; another one takes its place. */
static void take_card(struct staffroom *s, const struct staffroom_request *r)
{
	struct staffroom_secrets *x = s->x;
	struct staff_answer *a = &x->answer;
	bool again = s->unlocked && r->card_read == OK &&
		     seal_equal(&x->card, &r->card, sizeof(x->card));

	lock_up(s);
	a->word = again ? STAFF_WORD_LOCKED : STAFF_WORD_CARD;
	a->result = again ? OK : r->card_read;
	if (again || a->result)
		return;
	a->result = judge_card(s, &r->card);
	if (a->result == OK)
		a->result = staffroom_count_tries(s);
	if (a->result)
		return;
	x->card = r->card;
	tell_tries(s, a);
}

static enum err unlock(struct staffroom *s, struct span pin)
{
	struct staffroom_secrets *x = s->x;
	int64_t now = clock_now().wall_ms / 1000;

	if (x->card.kind != TOKEN_CARD || !s->holding)
		return ERR_ABSENT;
	if (throttle_wait(&s->throttle, s->boot, clock_now().boot_ms) > 0)
		return ERR_BUSY;
	enum err e = roster_unlock(&s->holding->roster, &x->card, pin, now, &x->keys);
	if (e && e != ERR_DENIED)
		return e;
	enum err noted = staffroom_note_try(s, e == OK);
	if (noted)
		return noted;
	return e ? e : staffroom_index(s);
}

static void take_pin(struct staffroom *s, struct staff_answer *a)
{
	struct staffroom_secrets *x = s->x;

	a->word = STAFF_WORD_PIN;
	a->result = ERR_ABSENT;
	if (s->unlocked)
		return;
	a->result = unlock(s, (struct span){x->ask.text, x->ask.text_n});
	if (a->result) {
		seal_wipe(&x->keys, sizeof(x->keys));
		staffroom_forget_index(s);
	}
	s->unlocked = a->result == OK;
	a->rights = s->unlocked ? x->keys.rights : 0;
	a->people = s->people;
	tell_tries(s, a);
	log_line(s->unlocked ? LOG_NOTE : LOG_WARN, "kiosk/staffroom", "%s",
		s->unlocked ? "unlocked" : err_text(a->result));
}

static void answer_open(struct staffroom *s, struct staff_answer *a)
{
	const struct staff_ask *ask = &s->x->ask;

	switch (ask->verb) {
	case STAFF_SEARCH:
		staffroom_search(s, ask, a);
		break;
	case STAFF_OPEN:
		staffroom_open(s, ask, a);
		break;
	case STAFF_TODAY:
		staffroom_today(s, a);
		break;
	case STAFF_DRAW:
		staffroom_draw(s, ask, a);
		break;
	case STAFF_ISSUE:
		staffroom_issue(s, ask, a);
		break;
	case STAFF_DAY:
		staffroom_read_day(s, a);
		break;
	case STAFF_MISSING:
		staffroom_read_missing(s, ask, a);
		break;
	case STAFF_SAY:
		staffroom_say(s, ask, a);
		break;
	case STAFF_NOTHING:
	case STAFF_PIN:
	case STAFF_LOCK:
	case STAFF_STAY:
		break;
	}
	visit_wipe(&s->x->visit);
	seal_wipe(&s->x->found, sizeof(s->x->found));
}

static void take_ask(struct staffroom *s)
{
	struct staff_answer *a = &s->x->answer;
	enum staff_verb verb = s->x->ask.verb;

	if (verb == STAFF_PIN) {
		take_pin(s, a);
	} else if (verb == STAFF_LOCK || !s->unlocked) {
		lock_up(s);
		a->word = STAFF_WORD_LOCKED;
	} else {
		answer_open(s, a);
	}
}

/* The card must be in it, with the rights it was unlocked for, and its keys must open somebody. */
static void take_roster(struct staffroom *s, struct holding *h)
{
	struct staff_answer *a = &s->x->answer;
	struct roster_card card;

	holding_close(s->holding);
	s->holding = h;
	if (!s->unlocked) {
		lock_up(s);
		a->word = STAFF_WORD_LOCKED;
		return;
	}
	staffroom_forget_index(s);
	empty_parcel(s);
	staffroom_forget_drawn(s);
	enum err e = staff_card(&h->roster, s->signer, &card);
	if (e == OK && card.rights != s->card.rights)
		e = ERR_DENIED;
	if (e == OK)
		e = staffroom_index(s);
	if (e)
		lock_up(s);
	a->word = e ? STAFF_WORD_LOCKED : STAFF_WORD_CHANGED;
	a->people = s->people;
}

static bool take_arrival(struct staffroom *s, const struct staffroom_request *r)
{
	struct staff_answer *a = &s->x->answer;
	bool hers = false;

	for (uint32_t i = 0; i < s->protected_n; i++)
		hers |= memcmp(s->protected_people[i], r->person, EVENT_PERSON) == 0;
	if (!hers || staffroom_visit(s, r->person))
		return false;
	a->word = STAFF_WORD_ARRIVED;
	a->row_n = 1;
	staffroom_row(s, &a->rows[0]);
	visit_wipe(&s->x->visit);
	seal_wipe(&s->x->found, sizeof(s->x->found));
	return true;
}

/* Nobody has asked anything for too long: whatever the screens think. */
static void lock_if_left(struct staffroom *s)
{
	struct staff_answer *a = &s->x->answer;

	if (!s->unlocked || clock_now().boot_ms - s->asked_ms < STAFF_LAST_MS)
		return;
	log_line(LOG_WARN, "kiosk/staffroom", "nobody asks: locking");
	lock_up(s);
	seal_wipe(a, sizeof(*a));
	a->word = STAFF_WORD_LOCKED;
	answer(s, a);
}

static void handle(struct staffroom *s, struct staffroom_request *r)
{
	struct staff_answer *a = &s->x->answer;
	bool speaks = true;

	seal_wipe(a, sizeof(*a));
	a->visit = r->visit;
	if (r->kind == ROOM_ASK || r->kind == ROOM_CARD)
		s->asked_ms = clock_now().boot_ms;
	switch (r->kind) {
	case ROOM_CARD:
		take_card(s, r);
		break;
	case ROOM_ASK:
		speaks = r->ask.verb != STAFF_STAY || !s->unlocked;
		s->x->ask = r->ask;
		take_ask(s);
		seal_wipe(&s->x->ask, sizeof(s->x->ask));
		break;
	case ROOM_ROSTER:
		speaks = s->unlocked;
		take_roster(s, r->holding);
		break;
	case ROOM_ARRIVED:
		speaks = take_arrival(s, r);
		break;
	}
	if (speaks)
		answer(s, a);
}

static void *run(void *arg)
{
	struct staffroom *s = arg;
	struct staffroom_request *r = &s->x->request;

	for (;;) {
		enum err e = mailbox_take(&s->box, r, s->unlocked ? LOOK_MS : -1);
		if (e == OK || e == ERR_TIMEOUT)
			lock_if_left(s);
		if (e == ERR_TIMEOUT)
			continue;
		if (e)
			break;
		handle(s, r);
		seal_wipe(r, sizeof(*r));
		mailbox_settle(&s->box);
	}
	lock_up(s);
	return NULL;
}

/* Whoever brings an event does not wait for staff; one that is lost is in the search all the same. */
static void on_arrived(void *arg, const struct event *e)
{
	struct staffroom *s = arg;
	struct staffroom_request r = {.kind = ROOM_ARRIVED, .wall_ms = e->wall_ms};

	if (!s->watching)
		return;
	memcpy(r.person, e->person, sizeof(r.person));
	if (mailbox_put_sparing(&s->box, &r, STAFFROOM_SLOTS / 2))
		log_line(LOG_WARN, "kiosk/staffroom", "an arrival is not told");
}

static void give_back(struct staffroom *s)
{
	mailbox_done(&s->box);
	mailbox_done(&s->answers);
	pthread_mutex_destroy(&s->lock);
	holding_close(s->holding);
	others_free(s->others);
	seal_secret_free(s->x);
	free(s);
}

enum err staffroom_start(struct staffroom **out, const struct staffroom_options *options)
{
	struct staffroom *s = calloc(1, sizeof(*s));

	*out = NULL;
	if (s)
		s->x = seal_secret_memory(sizeof(*s->x));
	if (!s || !s->x) {
		free(s);
		return ERR_IO;
	}
	memset(s->x, 0, sizeof(*s->x));
	s->mode = options->mode;
	s->journal = options->journal;
	s->place = options->place;
	s->notes = options->notes;
	s->ui = options->ui;
	if (options->folder && others_make(&s->others, options->folder) != OK)
		log_line(LOG_WARN, "kiosk/staffroom", "other boards are not named");
	status_boot_id(s->boot);
	pthread_mutex_init(&s->lock, NULL);
	mailbox_init(&s->box, s->x->slots, sizeof(*s->x->slots), STAFFROOM_SLOTS, options->traffic);
	mailbox_init(&s->answers, s->x->answers, sizeof(*s->x->answers), STAFFROOM_ANSWERS,
		options->traffic);
	if (pthread_create(&s->thread, NULL, run, s)) {
		give_back(s);
		return ERR_IO;
	}
	notes_watch(s->notes, on_arrived, s);
	*out = s;
	return OK;
}

void staffroom_stop(struct staffroom *s)
{
	if (!s)
		return;
	notes_watch(s->notes, NULL, NULL);
	mailbox_close(&s->box);
	pthread_join(s->thread, NULL);
	give_back(s);
}
