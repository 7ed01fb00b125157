/* The staff's room: the thread that knows what a card and its PIN unlock.
 *
 * Keys, names and the search index lie in memory of its own (seal_secret_memory) and are wiped when it
 * locks: asked to, by the card shown again, by a roster in which the card is no longer what it was, when
 * nobody asks anything for too long (STAFF_LAST_MS), and at the end. A wrong PIN is in the journal before its answer is given, and so is every unlock. What
 * the card's rights do not cover is refused here, whatever a screen may have offered: searching needs the
 * key to a record, printing the issuing key, and every statement a signature. */
#ifndef KIOSK_STAFFROOM_H
#define KIOSK_STAFFROOM_H

#include "desk.h"
#include "gate_read.h"
#include "guest.h"
#include "keeper.h"
#include "mailbox.h"
#include "notes.h"
#include "press.h"

struct staffroom;

struct staffroom_options {
	enum mode mode;      /* desk or door: which rights open it at all */
	const char *place;   /* a place's id, or NULL: where a door is */
	const char *folder;  /* the board's, for other boards' names; NULL: they have none */
	const char *journal; /* of this board, read only: the tries, and what happened today */
	struct notes *notes;
	struct mailbox *ui;
	struct traffic *traffic;
};

/* returns: OK
 *          ERR_IO, if there is no memory or no thread */
MUST_CHECK enum err staffroom_start(
	struct staffroom **out, const struct staffroom_options *options);
/* Locks, and ends. NULL is fine. */
void staffroom_stop(struct staffroom *s);

/* From the UI thread. Each (but STAFF_STAY) is answered by NEWS_STAFF and one staffroom_answer.
 * returns: OK
 *          ERR_BUSY, if the box is full */
MUST_CHECK enum err staffroom_card(struct staffroom *s, uint32_t visit, struct span code);
MUST_CHECK enum err staffroom_ask(struct staffroom *s, uint32_t visit, const struct staff_ask *ask);
/* A roster is in use from now on; the thread shares h. Where it is unlocked it looks everybody up anew,
 * or locks. */
void staffroom_roster(struct staffroom *s, struct holding *h);

/* The next answer, after NEWS_STAFF: one each. Holds names: wipe it.
 * returns: OK
 *          ERR_ABSENT, if there is none */
MUST_CHECK enum err staffroom_answer(struct staffroom *s, struct staff_answer *out);

/* What the last STAFF_OPEN that was OK opened, and the last STAFF_DRAW: what the press needs. Once: they are
 * wiped here. returns: OK; ERR_ABSENT, if it is locked since, or was taken */
MUST_CHECK enum err staffroom_guest(struct staffroom *s, struct guest *out);
MUST_CHECK enum err staffroom_badge(
	struct staffroom *s, struct found *found, struct press_badge *badge);
/* The same for the last STAFF_DAY and STAFF_MISSING. */
MUST_CHECK enum err staffroom_day(
	struct staffroom *s, struct gate_list *list, struct gate_booked *booked);
MUST_CHECK enum err staffroom_missing(struct staffroom *s, struct gate_missing *out);

#endif
