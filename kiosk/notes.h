/* The note thread: the only one that writes the journal, and the fold of what is in it.
 *
 * Events come through a mailbox and are answered after their commit, so that a slow card stalls
 * nobody who does not have to wait. */
#ifndef KIOSK_NOTES_H
#define KIOSK_NOTES_H

#include "fold.h"
#include "mailbox.h"
#include "roster.h"
#include "staff.h"

struct notes;

struct notes_options {
	const char *path;    /* of journal.db */
	const char *vfs;     /* see journal.h; NULL for the usual one */
	uint32_t seen_epoch; /* see journal.h */
	struct mailbox *ui;
	struct traffic *traffic;
};

/* Open the journal, fold it, write down as uncertain the badge jobs that an earlier life left in
 * sending or sent, and start the thread. Whatever the journal says, the thread runs and answers:
 * NEWS_JOURNAL tells whether it can write.
 * returns: OK
 *          ERR_IO, if there is no memory or no thread */
MUST_CHECK enum err notes_start(struct notes **out, const struct notes_options *options);
/* Writes what is still in the box, then ends. NULL is fine. */
void notes_stop(struct notes *n);

/* From the UI thread: write e down; the answer is NEWS_NOTED with visit. With target_uncertain the
 * event's target becomes its person's uncertain job.
 * returns: OK
 *          ERR_BUSY, if the box is full */
MUST_CHECK enum err notes_ask(
	struct notes *n, uint32_t visit, const struct event *e, bool target_uncertain);

/* From a worker: write e down and wait for the commit; e's id is then filled in. An
 * EVENT_BADGE_SENDING is refused when a badge of that person and issue is on its way, may have come
 * out, or is printed: nothing is printed twice by itself.
 * returns: OK, ERR_DENIED as above, ERR_BUSY, else as journal_append */
MUST_CHECK enum err notes_commit(struct notes *n, struct event *e);

/* Try again whether the journal can be written, when it could not. */
void notes_probe(struct notes *n);

/* From now on staff are believed by this roster, which must outlive its use; NULL: nobody is. Any thread. */
void notes_believe(struct notes *n, const struct roster *r);
/* A badge of this issue was shown here and its token held (fold_saw). Any thread. */
void notes_saw(struct notes *n, const uint8_t person[static EVENT_PERSON], uint32_t issue);

/* What is known of a person. Any thread. returns: as fold_find */
MUST_CHECK enum err notes_find(
	struct notes *n, const uint8_t person[static EVENT_PERSON], struct fold_person *out);

/* The jobs of one badge issue. Any thread. returns: as fold_badge */
MUST_CHECK enum err notes_badge(struct notes *n, const uint8_t person[static EVENT_PERSON],
	uint32_t issue, struct fold_badge *out);

/* Her i-th event. Any thread. returns: as fold_trace */
MUST_CHECK enum err notes_trace(struct notes *n, const uint8_t person[static EVENT_PERSON],
	size_t i, struct fold_trace *out);

/* From now on arrived is called for each EVENT_ARRIVED that comes in, of this board and of others, by
 * whichever thread brings it: it must not wait, nor ask notes anything. NULL: nobody is told. */
void notes_watch(struct notes *n, void (*arrived)(void *arg, const struct event *e), void *arg);
/* What is known of her at one activity, and of all people there. Any thread. returns: as fold_attendance */
MUST_CHECK enum err notes_attendance(struct notes *n, const uint8_t person[static EVENT_PERSON],
	uint16_t activity, struct fold_attendance *out);
void notes_activity(struct notes *n, uint16_t activity, struct fold_activity *out);

/* The emergency that holds (fold_emergency): the words into said, and n of them. NEWS_EMERGENCY tells when it has
 * become another. Any thread. returns: as fold_emergency; the times are told all the same */
struct notes_emergency {
	int64_t since_ms, newest_ms;
	size_t n;
	uint8_t said[STAFF_SAID];
};
MUST_CHECK enum err notes_emergency(struct notes *n, struct notes_emergency *out);

/* An event that another board wrote, with its hash. Any thread. */
void notes_hear(struct notes *n, const struct event *e);
/* That was all for now. What is to be looked at as a whole, the emergency, is looked at then: a board may repeat
 * itself as often as it likes. Any thread. */
void notes_heard(struct notes *n);

/* This board's id, zeros if the journal could not be opened. */
void notes_board(const struct notes *n, uint8_t out[static EVENT_BOARD]);

/* How many events were committed since the start. */
uint64_t notes_count(struct notes *n);

#endif
