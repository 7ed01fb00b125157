/* What desk and door say to the staff's room, and what it answers: plain values, no keys in them.
 *
 * The model asks by todo.staff and hears MSG_STAFF; staffroom.h answers in its own thread. Names stand
 * in here as far as they stand on the page that is shown, and are wiped with it. */
#ifndef KIOSK_DESK_H
#define KIOSK_DESK_H

#include "late.h"
#include "paper.h"
#include "staff.h"
#include "visit.h"

enum mode { MODE_KIOSK, MODE_DESK, MODE_DOOR, MODE_SCREEN };

enum staff_verb {
	STAFF_NOTHING,
	STAFF_PIN,  /* text: the digits, for the card shown last */
	STAFF_LOCK, /* forget all keys and names */
	STAFF_STAY, /* staff are still there; not answered. Without a question for STAFF_LAST_MS it locks */
	STAFF_SEARCH, /* text */
	/* person: her page. text: a late guest's code, as it was shown; without it of who was shown before */
	STAFF_OPEN,
	STAFF_TODAY, /* what happened on this board */
	/* person: make her next badge ready to be drawn; with kind and text (asked.h) a corrected one, or a
	 * late guest's (of nobody yet) */
	STAFF_DRAW,
	STAFF_ISSUE,   /* person, reason: what was drawn is written down; print it then */
	STAFF_DAY,     /* at a door: what takes place today, and who is booked */
	STAFF_MISSING, /* activity: at a door, who is booked and has not come */
	STAFF_SAY,     /* kind, person, issue, activity, target, text: sign and write down */
};

enum {
	STAFF_TEXT = STAFF_SAID,
	STAFF_NAME = 264,
	STAFF_ROWS = 12,
	STAFF_DEEDS = 32,
	STAFF_BADGES = 6
};
enum { STAFF_ARRIVALS = 4 };
/* The screens lock after 120 s without a hand, and tell of one every 30 s: the room's own lock is behind theirs,
 * for the day they fail. */
enum { STAFF_STAY_MS = 30 * 1000, STAFF_LAST_MS = 180 * 1000 };

struct staff_ask {
	enum staff_verb verb;
	uint8_t person[EVENT_PERSON];
	uint16_t kind; /* enum event_kind */
	uint16_t activity;
	uint32_t issue;
	struct event_id target;
	uint8_t reason; /* enum issue_reason */
	size_t text_n;
	/* A PIN, a query; what is said with the event: sealed to the hub where the kind wants it so. */
	uint8_t text[STAFF_TEXT];
};

enum staff_word {
	STAFF_WORD_CARD, /* a card was shown. OK: its PIN is wanted; tries, wait_ms */
	STAFF_WORD_PIN,  /* OK: unlocked, rights, people. ERR_DENIED: wrong; ERR_BUSY: too early */
	STAFF_WORD_LOCKED,  /* it is locked: asked for, or the roster's change or the card did it */
	STAFF_WORD_FOUND,   /* rows, row_n, total */
	STAFF_WORD_OPENED,  /* result; facts, and stage hands in the guest */
	STAFF_WORD_TODAY,   /* deeds */
	STAFF_WORD_DRAWN,   /* result, issue: the badge goes to the press */
	STAFF_WORD_DAY,     /* stage takes the day … */
	STAFF_WORD_MISSING, /* … and the names, and hands them in as MSG_GATE */
	STAFF_WORD_DONE, /* result, kind, issue: of STAFF_ISSUE and STAFF_SAY; of a late guest rows[0].person */
	STAFF_WORD_ARRIVED, /* a protected person, whose protocol key is at hand: rows[0] */
	STAFF_WORD_CHANGED, /* another roster is in use: what is shown may be old */
};

enum badge_state { BADGE_NONE, BADGE_PRINTED, BADGE_UNCERTAIN, BADGE_REVOKED, BADGE_ISSUED };

/* One person in a list. */
struct staff_row {
	uint8_t person[EVENT_PERSON];
	enum role role;
	bool is_protected, arrived;
	int64_t arrived_at; /* seconds since 1970; 0: not known */
	enum badge_state badge;
	uint32_t issue; /* the newest */
	char name[STAFF_NAME], organisation[STAFF_NAME];
};

/* Where something was written: here, or at a board of this name, or of no known name: four digits of its id. */
struct staff_where {
	bool here, named;
	char board[PAPER_NAME + 1];
};

struct staff_badge_row {
	uint32_t issue;
	enum badge_state state;
	int64_t at;
	struct staff_where where;
};

/* What events say of the person whose page is open. */
struct staff_facts {
	bool arrived, late;
	bool by_code; /* the roster does not know her: all that stands there her late code says */
	uint32_t arrivals, badges; /* how many there are; the newest are listed */
	struct {
		int64_t at;
		struct staff_where where;
	} arrival[STAFF_ARRIVALS]; /* the first that counts, then the newest doubles */
	struct staff_badge_row badge[STAFF_BADGES];
	uint32_t newest_issue, revoked_issue, next_issue;
	bool replaces; /* to print next_issue makes the one before void */
	bool may_draw; /* the roster and the card's keys give next_issue */
	size_t corrections;
};

/* Something that happened on this board. */
struct staff_deed {
	struct event_id id;
	uint16_t kind;
	uint32_t issue;
	uint8_t reason;
	int64_t at;
	bool undone, may_undo, named;
	bool over; /* EVENT_EMERGENCY: its end */
	char name[STAFF_NAME];
};

struct staff_answer {
	enum staff_word word;
	uint32_t visit; /* of the question; 0: nobody asked */
	enum err result;
	unsigned tries; /* left before one has to wait */
	int64_t wait_ms;
	uint16_t rights; /* enum right */
	uint16_t kind;
	uint32_t issue;
	uint32_t people, total;
	size_t row_n, deed_n;
	struct staff_facts facts;
	char code[LATE_TEXT];   /* a late guest's own, for her phone; "": not known */
	char note[ROSTER_NOTE]; /* what the organiser tells the desk of her; "": nothing */
	struct staff_row rows[STAFF_ROWS];
	struct staff_deed deeds[STAFF_DEEDS];
};

#endif
