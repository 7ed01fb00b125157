/* What the files of the staff's room share; nobody else includes it. Its thread alone, but for parcel. */
#ifndef KIOSK_STAFFROOM_INSIDE_H
#define KIOSK_STAFFROOM_INSIDE_H

#include "others.h"
#include "seal.h"
#include "search.h"
#include "staff.h"
#include "staffroom.h"
#include "throttle.h"
#include "typed_visit.h"

enum { STAFFROOM_SLOTS = 16, STAFFROOM_ANSWERS = 8, STAFFROOM_LOOKS = 64 };

enum staffroom_kind { ROOM_ASK, ROOM_CARD, ROOM_ROSTER, ROOM_ARRIVED };

struct staffroom_request {
	enum staffroom_kind kind;
	uint32_t visit;
	struct staff_ask ask;
	struct token card;       /* CARD: a secret … */
	enum err card_read;      /* … if it could be read */
	struct holding *holding; /* ROSTER: the taker owns a share */
	uint8_t person[EVENT_PERSON];
	int64_t wall_ms;
};

/* What the UI thread takes away; under the lock. */
struct staffroom_parcel {
	bool has_guest, has_badge, has_day, has_missing;
	struct guest guest;
	struct found found;
	struct press_badge badge;
	struct gate_list day;
	struct gate_booked booked;
	struct gate_missing missing;
};

/* All of it in seal_secret_memory. */
struct staffroom_secrets {
	struct token card; /* shown last; kind 0: none */
	struct staff_keys keys;
	struct visit visit; /* work space, wiped after each use */
	struct found found;
	struct guest guest;
	uint8_t drawn_person[EVENT_PERSON]; /* whose badge was drawn */
	uint32_t drawn_issue;               /* 0: nobody's */
	bool drawn_protected, drawn_new;    /* new: it must be issued before it is printed */
	bool drawn_late;                    /* a late guest's … */
	struct late late_drawn;             /* … by this code */
	struct staff_ask drawn;             /* what was typed for it, if anything */
	bool has_late;                      /* of one late guest the code is at hand: */
	struct late late;                   /* shown last, or signed here */
	struct staff_answer answer;
	struct staff_ask ask;
	struct staffroom_request request; /* being dealt with */
	struct staffroom_request slots[STAFFROOM_SLOTS];
	struct staff_answer answers[STAFFROOM_ANSWERS];
	struct staffroom_parcel parcel;
	/* Since it was unlocked: who was looked up, the newest of them, and how many searches there were. */
	uint8_t looked_up[STAFFROOM_LOOKS][EVENT_PERSON];
	size_t looks;
	uint32_t searches;
};

struct staffroom {
	enum mode mode;
	const char *journal, *place;
	struct others *others; /* NULL: nobody is named */
	struct notes *notes;
	struct mailbox box, answers, *ui;
	pthread_t thread;
	pthread_mutex_t lock; /* of parcel */
	uint8_t boot[EVENT_BOOT];
	struct holding *holding; /* NULL: no roster */
	struct staffroom_secrets *x;
	bool unlocked;
	int64_t asked_ms;        /* boot time of the last question */
	struct roster_card card; /* what the roster says of it */
	uint8_t signer[STAFF_SIGNER];
	struct throttle throttle;
	struct search *search; /* in index, as long as it is unlocked */
	void *index;
	uint32_t people;
	uint8_t (*protected_people)[EVENT_PERSON]; /* handles, where the protocol key is at hand */
	uint32_t protected_n;
	atomic_bool watching; /* there are some */
};

/* Open a record into x->visit, or of who is in no record what her late code at hand says; it must be wiped
 * afterwards. returns: as roster_find_slot, roster_visit and staffroom_late_visit */
MUST_CHECK enum err staffroom_visit_slot(struct staffroom *s, uint32_t slot);
MUST_CHECK enum err staffroom_visit(struct staffroom *s, const uint8_t person[static EVENT_PERSON]);

/* Look everybody up and build the index. returns: OK; ERR_DENIED, if the keys open nobody; ERR_IO */
MUST_CHECK enum err staffroom_index(struct staffroom *s);
void staffroom_forget_index(struct staffroom *s);
/* Answers into x->answer. */
void staffroom_search(struct staffroom *s, const struct staff_ask *ask, struct staff_answer *out);
void staffroom_open(struct staffroom *s, const struct staff_ask *ask, struct staff_answer *out);
void staffroom_draw(struct staffroom *s, const struct staff_ask *ask, struct staff_answer *out);
/* Nobody's badge is drawn any more. */
void staffroom_forget_drawn(struct staffroom *s);
void staffroom_issue(struct staffroom *s, const struct staff_ask *ask, struct staff_answer *out);
void staffroom_say(struct staffroom *s, const struct staff_ask *ask, struct staff_answer *out);
void staffroom_today(struct staffroom *s, struct staff_answer *out);
/* May what this board wrote be undone with this card? returns: OK; ERR_ABSENT, if it wrote no such event;
 * ERR_DENIED; as journal_open and journal_read */
MUST_CHECK enum err staffroom_may_undo(struct staffroom *s, const struct event_id *target);
void staffroom_read_day(struct staffroom *s, struct staff_answer *out);
void staffroom_read_missing(
	struct staffroom *s, const struct staff_ask *ask, struct staff_answer *out);
/* Write down, under the card that is shown, before anybody learns the answer: what became of its PIN; that
 * somebody is looked up, unless it is written already; that names are searched, or listed at a door.
 * returns: as notes_commit, ERR_IO for its ERR_BUSY */
MUST_CHECK enum err staffroom_note_try(struct staffroom *s, bool right);
MUST_CHECK enum err staffroom_note_look(
	struct staffroom *s, const uint8_t person[static EVENT_PERSON]);
MUST_CHECK enum err staffroom_note_search(struct staffroom *s);
MUST_CHECK enum err staffroom_note_list(struct staffroom *s, uint16_t activity);
void staffroom_forget_looks(struct staffroom *s);
/* Late guests. shown: her code is at hand from now on. returns: OK; ERR_ABSENT, if it is another's than she
 * who is asked for; as late_read and late_check
 * visit: into x->visit. returns: OK; ERR_ABSENT, if her code is not at hand; as late_check
 * may: is staffroom_late_next allowed, and her next badge's issue after it?
 * code: "", if it was her badge's
 * make: of b->asked; next: her badge of that issue. Both are then drawn. returns: OK; ERR_DENIED; ERR_FORMAT
 * and ERR_FULL, if it cannot be said in a code; ERR_ABSENT, if the code at hand names nobody, or there is no
 * such issue of it
 * issued: what was drawn is the code at hand from now on */
MUST_CHECK enum err staffroom_late_shown(struct staffroom *s, const struct staff_ask *ask);
MUST_CHECK enum err staffroom_late_visit(
	struct staffroom *s, const uint8_t person[static EVENT_PERSON]);
bool staffroom_late_may(const struct staffroom *s, uint32_t issue);
void staffroom_late_code(const struct staffroom *s, char out[static LATE_TEXT]);
MUST_CHECK enum err staffroom_late_make(struct staffroom *s, struct press_badge *b);
MUST_CHECK enum err staffroom_late_next(struct staffroom *s, struct press_badge *b, uint32_t issue);
void staffroom_late_issued(struct staffroom *s, struct staff_answer *out);
void staffroom_forget_late(struct staffroom *s);
/* The row of the person who is open in x->visit. */
void staffroom_row(struct staffroom *s, struct staff_row *out);
/* Which issue she gets next, and whether that makes another void. */
uint32_t staffroom_next_issue(struct staffroom *s, const struct visit *v, bool *fresh);
/* Feed the throttle of s->signer with the whole journal. returns: OK, as journal_open, journal_read */
MUST_CHECK enum err staffroom_count_tries(struct staffroom *s);
/* Seconds since 1970, as the screen shows them. */
int64_t staffroom_shown(int64_t wall_ms, bool trusted);

#endif
