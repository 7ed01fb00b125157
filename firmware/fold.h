/* The fold: what a set of events says about each person. Order and repeats change nothing.
 *
 * Arrival is the earliest by event_compare; later ones are doubles, listed and never lost. A badge
 * counts when a printer confirmed it. An undone event counts as never written, whichever came
 * first; an undo itself cannot be undone.
 *
 * A signed time (EVENT_CLOCK) mends the clocks of its boot: the wall time of every event of the same
 * boot id whose clock was not trusted becomes its boot_ms plus the offset, and counts as trusted. Of
 * several that are not undone the one with the lowest (board, epoch, seq) counts. Events with trusted
 * clocks are left alone, and so are those of a machine that had no boot id (zeros).
 *
 * A fold takes memory as it grows and is used by one thread
 * at a time. */
#ifndef FIRMWARE_FOLD_H
#define FIRMWARE_FOLD_H

#include "event.h"

struct fold;
struct journal;

/* returns: OK
 *          ERR_IO, if memory is out */
MUST_CHECK enum err fold_open(struct fold **out);
/* NULL is fine. */
void fold_close(struct fold *f);

/* Add one event. A repeat is OK and changes nothing. Kinds the fold does not know are passed over.
 * returns: OK
 *          ERR_FORGED, if another event with the same id and another hash is there (a cloned
 * board): raise the alarm; the one with the lower hash counts ERR_IO, if memory is out; the fold is
 * as before */
MUST_CHECK enum err fold_add(struct fold *f, const struct event *e);
/* Add a whole journal. A conflict (ERR_FORGED) is told after all others are added.
 * returns: as fold_add and journal_read */
MUST_CHECK enum err fold_add_journal(struct fold *f, struct journal *j);

struct fold_arrival {
	struct event_id id;
	int64_t wall_ms;
	bool trusted;
};

struct fold_person {
	bool arrived;
	struct fold_arrival arrival; /* if arrived */
	size_t doubles;              /* arrivals after the first */
	uint32_t newest_issue;       /* highest badge issue issued or sent to a printer; 0 none */
	uint32_t revoked_issue;      /* issues up to here are dead; 0 none */
	size_t printed;              /* confirmed badges, all issues */
	size_t running;              /* jobs in sending or sent: not yet known */
	size_t uncertain;            /* jobs that may have come out: ask, never print by itself */
	uint32_t uncertain_issue;    /* the highest issue of those */
	struct event_id uncertain_job;
};

/* What is known of a person.
 * returns: OK
 *          ERR_ABSENT, if nothing is; *out is zeroed */
MUST_CHECK enum err fold_find(
	const struct fold *f, const uint8_t person[static EVENT_PERSON], struct fold_person *out);
/* Her i-th double, from 0, in order.
 * returns: OK
 *          ERR_ABSENT, if there are not so many */
MUST_CHECK enum err fold_double(const struct fold *f, const uint8_t person[static EVENT_PERSON],
	size_t i, struct fold_arrival *out);

/* How many jobs of one badge issue are in each state. */
struct fold_badge {
	size_t prepared, sending, sent, printed, uncertain, failed;
};
/* returns: OK
 *          ERR_ABSENT, if there was no job for that issue */
MUST_CHECK enum err fold_badge(const struct fold *f, const uint8_t person[static EVENT_PERSON],
	uint32_t issue, struct fold_badge *out);

/* At start: the jobs that this board left in sending or sent, as EVENT_BADGE_UNCERTAIN events ready
 * for journal_append, in the order of their jobs. Other boards' jobs may still be running and are
 * left alone. *n is how many were written (at most cap); call again after appending and adding
 * them until *n is 0. journal_next_board names the boards to ask for. */
void fold_left_over(const struct fold *f, const uint8_t board[static EVENT_BOARD],
	struct event *out, size_t cap, size_t *n);

/* People known, and people arrived. */
size_t fold_people(const struct fold *f);
size_t fold_arrived(const struct fold *f);

/* The whole state in one fixed form, people by handle: equal sets of events give equal bytes. */
void fold_write(const struct fold *f, struct sink *k);

#endif
