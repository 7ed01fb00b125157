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
 * What staff say (staff.h) counts only if it is believed, and a judge says whether: equal events and
 * equal rosters give equal folds. An undo counts only if its signer might have said what it undoes. So a
 * badge above issue 1 replaces the lower ones by its believed EVENT_BADGE_ISSUED alone: a job that prints
 * a number nobody issued is listed as any other, and replaces nothing.
 *
 * A fold takes memory as it grows and is used by one thread at a time. */
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

/* Who judges statements: staff_judge and the roster, as a rule. Pure; context must outlive its use.
 * returns: OK, if e is believed; *rights is then what its signer may do */
typedef enum err fold_judge(const void *context, const struct event *e, uint16_t *rights);
/* From now on judge is asked, and at once about all that is there (a new roster). NULL: no statement is
 * believed, which is how a fold begins. */
void fold_believe(struct fold *f, fold_judge *judge, const void *context);

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
	uint32_t newest_issue;       /* highest issued; 1 if a job was begun; 0 none */
	uint32_t revoked_issue;      /* issues up to here are dead; 0 none */
	uint32_t seen_issue;         /* highest that fold_saw told; 0 none */
	size_t corrections;          /* asked and not undone */
	bool late;                   /* a desk took her in: EVENT_LATE */
	bool late_undone;            /* it did, and that was taken back: her codes are void */
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

/* An event about her, as it is kept. */
struct fold_trace {
	struct event_id id;
	int64_t wall_ms;
	uint32_t issue;
	uint16_t kind, activity;
	bool trusted, counts; /* counts: believed and not undone */
};
/* Her i-th event, from 0, in order, whether it counts or not.
 * returns: OK
 *          ERR_ABSENT, if there are not so many */
MUST_CHECK enum err fold_trace(const struct fold *f, const uint8_t person[static EVENT_PERSON],
	size_t i, struct fold_trace *out);

/* One event of the set, as the fold sees it: its time is mended by the signed times of its boot.
 * returns: OK, it counts
 *          ERR_ABSENT, if it is not there; *out is zeroed
 *          ERR_DENIED, if staff said it and are not believed
 *          ERR_EXPIRED, if it was undone */
MUST_CHECK enum err fold_look(
	const struct fold *f, const struct event_id *id, struct fold_arrival *out);

/* How many jobs of one badge issue are in each state. */
struct fold_badge {
	size_t prepared, sending, sent, printed, uncertain, failed;
};
/* returns: OK
 *          ERR_ABSENT, if there was no job for that issue */
MUST_CHECK enum err fold_badge(const struct fold *f, const uint8_t person[static EVENT_PERSON],
	uint32_t issue, struct fold_badge *out);

/* This board was shown a badge of this issue, and its token held: whoever holds the issuing key made it,
 * so lower ones are replaced, for this board. It is no part of the state: fold_write leaves it out.
 * returns: OK
 *          ERR_IO, if memory is out */
MUST_CHECK enum err fold_saw(
	struct fold *f, const uint8_t person[static EVENT_PERSON], uint32_t issue);

/* One person at one activity. */
struct fold_attendance {
	bool entered;     /* ever: who is booked and has not is still missing */
	bool inside;      /* the last of entered and left, by event_compare, is entered */
	int64_t first_ms; /* wall time of the first entry, if entered */
	int64_t last_ms;  /* of the last entry or leaving, if any */
	size_t overrides; /* let in by staff */
	size_t in, out;   /* how often */
};
/* returns: OK
 *          ERR_ABSENT, if nothing is known of her there; *out is zeroed */
MUST_CHECK enum err fold_attendance(const struct fold *f, const uint8_t person[static EVENT_PERSON],
	uint16_t activity, struct fold_attendance *out);

/* All people at one activity. Walks all events about people. */
struct fold_activity {
	uint32_t entered, inside, overrides; /* people */
	int64_t last_ms;                     /* of the last entry or leaving, if any */
};
void fold_activity(const struct fold *f, uint16_t activity, struct fold_activity *out);

/* The emergency that holds: of all EVENT_EMERGENCY that are believed, the one that was signed last and is not
 * undone. The time is the signature's, not the event's: who says an old one again, in an event of his own,
 * changes nothing, and an undo holds for every such event. So who says a new one signs it later than
 * newest_ms. The span lies in the fold until the next event is added.
 * returns: OK
 *          ERR_ABSENT, if there is none, or the last says that it is over; newest_ms is told all the same */
struct fold_emergency {
	struct span said;  /* emergency.h */
	int64_t since_ms;  /* when it was signed, milliseconds since 1970 */
	int64_t newest_ms; /* the last one that is believed, undone or not; 0: none */
};
MUST_CHECK enum err fold_emergency(const struct fold *f, struct fold_emergency *out);

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
