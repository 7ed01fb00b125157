/* The kiosk's mind: a model, the messages that change it, the todo that leaves it, the screens.
 *
 * app_next(model, message, todo) changes the model and says what must happen outside;
 * app_view(model, look, draw) says what is to be seen. Both are pure: no memory taken, no clock, no
 * file, no lock. Time, scans, the roster's and the journal's answers and the printer's state come
 * as messages. The loop outside carries out each todo before it hands in the next message, and
 * answers it with further messages. One thread.
 *
 * A visit: MSG_SCANNED -> todo.open -> MSG_OPENED -> todo.note (arrived), todo.render ->
 * MSG_NOTED, MSG_RENDERED -> taps -> todo.print -> MSG_JOB … -> todo.wipe. Nothing green, no sound
 * of success and no print comes before MSG_NOTED says that the arrival is written down.
 *
 * At a desk or a door: MSG_SCANNED of a card -> todo.open -> MSG_OPENED -> MSG_STAFF (its PIN is
 * wanted) -> MSG_TYPE -> todo.staff (STAFF_PIN) -> MSG_STAFF (unlocked) -> todo.staff … -> todo.staff
 * (STAFF_LOCK), todo.wipe. */
#ifndef KIOSK_APP_H
#define KIOSK_APP_H

#include "desk.h"
#include "draw.h"
#include "emergency.h"
#include "foreign.h"
#include "form.h"
#include "four_words.h"
#include "gate.h"
#include "guest.h"
#include "keyboard.h"
#include "keypad.h"
#include "scanner.h"
#include "status.h"
#include "venue.h"

enum screen_id {
	SCREEN_IDLE,
	SCREEN_AGENDA,
	SCREEN_PREVIEW,
	SCREEN_PRINTING,
	SCREEN_DONE,
	SCREEN_TROUBLE,
	SCREEN_ACCESS,
	SCREEN_STAFF,        /* locked: a card, its PIN, and what is wrong with them */
	SCREEN_DESK,         /* search */
	SCREEN_PERSON,       /* whom the desk has found */
	SCREEN_BADGE,        /* her next badge, and why it is printed */
	SCREEN_CORRECT,      /* what is wrong with her */
	SCREEN_LATE,         /* who came without being on the list */
	SCREEN_TODAY,        /* what happened at this desk */
	SCREEN_ALARM,        /* what it says to everybody, and that it is over */
	SCREEN_DOOR,         /* waits for a badge, or for an activity to be chosen */
	SCREEN_DOOR_ANSWER,  /* what it says of one */
	SCREEN_DOOR_CHOOSE,  /* unlocked: which activity it is for */
	SCREEN_DOOR_MISSING, /* unlocked: who has not come */
	SCREEN_ROOM,         /* a venue screen: one room … */
	SCREEN_LOBBY,        /* … one city */
	SCREEN_TRANSFERS,    /* … its coaches */
	SCREEN_EMERGENCY, /* what everybody must read now: there, and at a kiosk without a guest */
	SCREENS
};

/* What stands in the way, as the guest meets it. */
enum trouble {
	TROUBLE_NONE,
	/* the code */
	TROUBLE_UNKNOWN,    /* well-formed, not in this kiosk's list */
	TROUBLE_TORN,       /* ours, but damaged or misread */
	TROUBLE_FOREIGN,    /* a code of something else: see model.foreign */
	TROUBLE_GARBAGE,    /* too long, or no text at all */
	TROUBLE_REPLACED,   /* a badge or invitation that was replaced or revoked */
	TROUBLE_SIGNED,     /* one of the signed codes that only staff use here */
	TROUBLE_ENDED,      /* a late guest's code that holds no more */
	TROUBLE_CARD,       /* a staff card */
	TROUBLE_PROTECTED,  /* the protocol desk, no name */
	TROUBLE_UNREADABLE, /* the record does not open or is damaged */
	/* the list */
	TROUBLE_NO_ROSTER,
	TROUBLE_WIPED, /* there was one, and all of it was removed */
	TROUBLE_ROSTER_DAMAGED,
	TROUBLE_ROSTER_EXPIRED,
	/* the journal */
	TROUBLE_JOURNAL,
	/* the badge */
	TROUBLE_UNCERTAIN,   /* did a badge come out? yes, no */
	TROUBLE_PRINTED,     /* it was printed already */
	TROUBLE_REISSUED,    /* issue above 1: only the desk prints */
	TROUBLE_WRONG_BADGE, /* she says that something on it is wrong */
	TROUBLE_RENDER,      /* the badge cannot be drawn */
	TROUBLE_PRINTER,     /* see model.fault */
	/* the board itself, for staff */
	TROUBLE_ENROLLING,    /* four words to compare */
	TROUBLE_ENROLLED,     /* it has just been taken in */
	TROUBLE_CODE_WAIT,    /* a signed code lies with the agent */
	TROUBLE_CODE_TAKEN,   /* … which took it */
	TROUBLE_CODE_OLDER,   /* not newer than the last */
	TROUBLE_CODE_EVENT,   /* of another event */
	TROUBLE_CODE_FORGED,  /* damaged, or nobody's who may sign */
	TROUBLE_CODE_KNOWN,   /* an enrolled board takes no enrolment code */
	TROUBLE_CODE_SILENT,  /* the agent does not answer */
	TROUBLE_CODE_NOWHERE, /* there is no agent, or its inbox cannot be written */
	TROUBLES
};

/* The printer, as facts of its status. */
enum fault {
	FAULT_NONE,
	FAULT_PAPER_OUT,
	FAULT_COVER_OPEN,
	FAULT_WRONG_ROLL,
	FAULT_JAM,
	FAULT_HOT,
	FAULT_UNPLUGGED,
	FAULT_BUSY, /* another program holds it */
	FAULT_EDITOR_LITE,
	FAULT_NO_PERMISSION,
	FAULT_OTHER,
	FAULTS
};

enum lease { LEASE_FRESH, LEASE_AMBER, LEASE_WITHHELD };

/* The emergency that holds, said to everybody in the house: it takes the whole of venue screens and of kiosks
 * that nobody stands at, and stands above whatever else is shown. */
struct alarm {
	bool on;
	int64_t since; /* seconds since 1970 */
	size_t n;
	uint8_t said[STAFF_SAID]; /* emergency.h */
};

/* How it is to be seen. scale: 0 normal, 1 large, 2 largest. Sizes are pixels. */
struct look {
	enum language language;
	uint8_t scale;
	bool contrast, reach;
	uint16_t width, height;
};

enum job { JOB_NONE, JOB_WAITING, JOB_SENDING, JOB_SENT, JOB_CONFIRMED, JOB_UNCERTAIN, JOB_FAILED };
enum print { PRINT_NOTHING, PRINT_BADGE, PRINT_SLIP };

enum answer {
	ANSWER_GUEST,
	ANSWER_CARD,     /* kind 3 */
	ANSWER_SIGNED,   /* of kind 4, which this version does not take */
	ANSWER_CODE,     /* signed_code_read says OK: it is the agent's, and is handed to it */
	ANSWER_FOREIGN,  /* token_read says ERR_ABSENT */
	ANSWER_TORN,     /* token_read says ERR_FORMAT */
	ANSWER_GARBAGE,  /* longer than TOKEN_TEXT_MAX, or no UTF-8 */
	ANSWER_UNKNOWN,  /* roster_find says ERR_ABSENT */
	ANSWER_REPLACED, /* roster_find says ERR_EXPIRED, or the fold knows a newer badge issue */
	ANSWER_ENDED,    /* a late guest's code past its last day, or that its card may not sign */
	ANSWER_UNREADABLE, /* roster_visit or guest_take failed */
	ANSWER_NO_ROSTER,
	ANSWER_DOOR, /* a badge, judged by the door: verdict, or NULL before an activity is chosen */
};

/* What the roster and the fold say to a code. */
struct opening {
	enum answer answer;
	enum foreign foreign;               /* for ANSWER_FOREIGN */
	const struct guest *guest;          /* copied by app_next; set for ANSWER_GUEST */
	const struct gate_verdict *verdict; /* the same; for ANSWER_DOOR */
	bool arrived;                       /* noted before, here or elsewhere */
	int64_t arrived_at;                 /* seconds since 1970, 0: not known */
	bool printed;          /* a badge of the newest issue is confirmed or still running */
	int64_t printed_at;    /* 0: not known */
	bool uncertain;        /* a job of an earlier life may have come out */
	uint32_t newest_issue; /* by the fold; 0: none */
	bool named;            /* ANSWER_REPLACED: whose it was is known … */
	uint8_t person[EVENT_PERSON]; /* … her handle */
	struct span late; /* a late guest's code, as it was shown; empty: it was another's */
};

enum roster_news {
	ROSTER_FINE,    /* programme is the one in use */
	ROSTER_MISSING, /* there is none to use */
	ROSTER_DAMAGED, /* the newest file is damaged or not believed … */
	ROSTER_EXPIRED, /* … or past its last day; an older one may still be in use */
	ROSTER_WIPED, /* there is none: the event is over and the board was wiped (wipe.h), wiped_at */
};

/* What the agent says of this board and of the hub. All zero: there is no agent. */
struct network {
	bool agent, enrolled, revoked, online;
	uint64_t undelivered; /* events that the hub does not have yet */
	int64_t silent_min; /* powered-on minutes since the hub's newest signed word; -1: never one */
	uint64_t codes;     /* how many signed codes it has judged … */
	enum status_answer answer; /* … and the last one how */
	char name[PAPER_NAME + 1]; /* of the board; as long as a name may be */
	char words[FOUR_WORDS];    /* to be compared while enrolling, or "" */
};

/* The camera that codes are held up to, as far as a screen shows it. */
struct camera {
	bool there; /* codes are read by a camera */
	enum scanner_fault fault;
	bool live; /* somebody moves before it: the picture "viewfinder" is there */
	bool held; /* a code that was read is still held up */
};

enum key { KEY_NEXT, KEY_BACK, KEY_UP, KEY_DOWN, KEY_ENTER, KEY_ESCAPE, KEY_ERASE };

enum { APP_NAME = DRAW_NAME, APP_SPOKEN = 512, APP_CODE = TOKEN_TEXT_MAX, APP_NOTES = 2 };

enum msg_kind {
	MSG_TICK,     /* time has passed: at least once a second, and once per `wait` of a story */
	MSG_SCANNED,  /* code, code_n; seen: by a camera, which does not beep */
	MSG_OPENED,   /* opening: answer to todo.open */
	MSG_TAP,      /* name: a region was touched, or Enter was pressed on it */
	MSG_FOCUS,    /* name, spoken: keys moved to this region */
	MSG_DRAG,     /* lines: the list was dragged by so many lines, below 0 towards earlier */
	MSG_PRINTER,  /* fault; printer_there */
	MSG_RENDERED, /* width, height in dots; result: answer to todo.render */
	MSG_JOB,      /* job, print, fault: how the job of todo.print is getting on */
	MSG_NOTED,    /* note, result: that event is in the journal (OK) or is not */
	MSG_ROSTER,   /* roster_news, programme (may be NULL: unchanged) */
	MSG_LEASE,    /* lease */
	MSG_CAMERA,   /* camera */
	MSG_NETWORK,  /* network */
	MSG_POSTED,   /* result: the code of this visit lies with the agent (OK) or does not */
	MSG_JOURNAL,  /* result: the journal can be written (OK) or not */
	MSG_GATE,     /* gate_list, gate_missing, gate_counts: those that are not NULL */
	MSG_VENUE,    /* venue: taken anew */
	MSG_ALARM,    /* alarm: the one that holds, or one that is not on */
	MSG_LOOK,     /* look.width, look.height and the starting language */
	MSG_TYPE,     /* code, code_n: UTF-8 that was typed; U+0008 takes a character back */
	MSG_STAFF,    /* staff; for STAFF_WORD_OPENED guest: answer to todo.staff, or unasked */
};

/* Whatever comes from outside. Pointers hold for the call only. */
struct msg {
	enum msg_kind kind;
	/* of every message: */
	int64_t boot_ms; /* since power on; timers go by it */
	int64_t wall;    /* seconds since 1970, UTC */
	int32_t offset;  /* minutes east of UTC where the board stands, now */
	bool doubtful;   /* the wall clock is not known to be right */
	/* of answers (opened, posted, rendered, job, noted): todo.visit of the question. Answers for a visit
	 * that is over are ignored. */
	uint32_t visit;
	/* as the kind says: */
	const char *name, *spoken;
	const void *code;
	size_t code_n;
	const struct opening *opening;
	const struct programme *programme;
	enum roster_news roster_news;
	int64_t wiped_at; /* seconds since 1970; 0: not known */
	enum lease lease;
	const struct network *network;
	const struct camera *camera;
	bool seen;
	enum fault fault;
	bool printer_there; /* a printer is configured at all */
	enum job job;
	enum print print;
	uint16_t note; /* enum event_kind */
	const struct gate_list *gate_list;
	const struct gate_missing *gate_missing;
	const struct gate_counts *gate_counts;
	const struct venue *venue;
	const struct alarm *alarm;
	enum err result;
	uint32_t width, height;
	int lines;
	struct look look;
	const struct staff_answer *staff;
	const struct guest *guest;
};

/* SOUND_SEEN: a code was read; what comes of it is told by the next one. */
enum sound { SOUND_NONE, SOUND_GOOD, SOUND_PROBLEM, SOUND_WAIT, SOUND_SEEN };

/* An event to be written: person is model.guest.handle, or at a door the one given. */
struct note {
	uint16_t kind; /* enum event_kind */
	uint32_t issue;
	bool target_uncertain; /* its target is the person's uncertain job */
	bool at_door;
	uint16_t activity;
	uint8_t person[EVENT_PERSON];
};

/* What must happen outside, in this order. All of it is zero unless asked for. */
struct todo {
	uint32_t visit; /* whose visit this is: answers carry it */
	bool wipe;      /* forget the visit, its badge bitmap, queued speech; stop speaking */
	bool open; /* look the code up; answer MSG_OPENED, and MSG_POSTED where it is the agent's */
	size_t code_n;
	uint8_t code[APP_CODE];
	size_t note_count;
	struct note notes[APP_NOTES]; /* answer each with MSG_NOTED */
	bool render;                  /* draw the guest's badge ahead; answer MSG_RENDERED */
	enum print print;             /* start that job; answer MSG_JOB */
	bool programme;               /* programme_take again; answer MSG_ROSTER */
	struct staff_ask staff;       /* ask the staff's room; answer MSG_STAFF. May hold a PIN */
	bool count;                   /* count the door's people; answer MSG_GATE */
	enum sound sound;
	bool say;                /* say spoken aloud, in the language of the look */
	char spoken[APP_SPOKEN]; /* personal text: wipe after use */
};

/* How far staff have come. */
enum lock {
	LOCK_SHUT,     /* a card is wanted */
	LOCK_READING,  /* one was shown and is looked up */
	LOCK_BAD_CARD, /* it is no good: desk.why */
	LOCK_PIN,      /* its PIN is wanted */
	LOCK_CHECKING, /* … and is being checked */
	LOCK_OPEN
};

/* What a desk types for everybody, a text a language. */
struct alarm_form {
	enum language here;  /* typed in */
	bool saying, ending; /* asked whether to say it, or that it is over */
	struct field in[LANGUAGES];
};

enum { DESK_QUERY = 128, DESK_POINTS = 80 };

/* What a desk or a door knows beyond its guest: nothing that its page does not show. */
struct desk {
	enum lock lock;
	enum err why;     /* LOCK_BAD_CARD: ERR_ABSENT no card of this list, ERR_EXPIRED, ERR_DENIED
			    * not for this board, ERR_FORMAT misread, else: it cannot be checked */
	bool wrong;       /* the last PIN was */
	bool guest_waits; /* a guest showed her code while it is locked */
	unsigned tries;   /* left, before one has to wait */
	int64_t until_ms; /* boot time before which no PIN is taken */
	uint16_t rights;  /* enum right, of the card that opened it */
	uint32_t people;  /* in the index */
	int64_t hand_ms;  /* boot time of the last thing staff did … */
	int64_t told_ms;  /* … and when the staff's room last heard of one */
	struct keypad pin;
	struct keyboard keyboard; /* under whichever field is typed in */
	struct field query;
	struct form form; /* of SCREEN_CORRECT and SCREEN_LATE, and of the badge drawn from it */
	struct alarm_form alarm;
	bool searching; /* rows are of an older query */
	uint32_t total; /* people found */
	size_t row_n;
	struct staff_row rows[STAFF_ROWS];
	bool void_code; /* a replaced or revoked code led to the page */
	bool denied;    /* the person may not be opened with this card */
	enum trouble
		misread; /* what a code was that leads to nobody's page; TROUBLE_NONE: none was shown */
	struct staff_row person;
	struct staff_facts facts;
	char code[LATE_TEXT];           /* of a late guest, for her phone; "": not known */
	char note[ROSTER_NOTE];         /* for the desk; "": none */
	uint8_t taken_in[EVENT_PERSON]; /* the late guest whose badge comes out */
	bool revoking;                  /* asked whether to revoke */
	bool drawn, issuing, said_bad;  /* SCREEN_BADGE: ready; being written down; was refused */
	enum err said;                  /* why */
	size_t deed_n, deed_first;
	struct staff_deed deeds[STAFF_DEEDS];
	size_t undoing; /* the deed + 1 that is asked about */
	bool arrived;   /* a protected person has: arrival, since arrived_ms */
	int64_t arrived_ms;
	struct staff_row arrival;
};

struct model {
	enum mode mode;
	enum screen_id screen;
	enum screen_id back; /* where access settings return to */
	enum trouble trouble;
	enum foreign foreign; /* of TROUBLE_FOREIGN */
	/* the world */
	int64_t boot_ms, wall;
	int32_t offset;
	bool doubtful;
	struct programme programme;
	enum roster_news roster_news;
	int64_t wiped_at;
	enum lease lease;
	struct network network;
	struct camera camera;
	enum fault fault;
	bool printer_there;
	bool journal_bad;
	struct alarm alarm;
	/* how it is seen; set back at the end of a visit */
	struct look look, start;
	bool language_chosen; /* by a tap before the scan: it stays */
	bool speech;
	bool focus_on; /* keys are in use: show the ring */
	char focus[APP_NAME];
	/* this visit */
	uint32_t visit;     /* counts them */
	bool opening;       /* todo.open is on its way */
	uint64_t codes;     /* judged by the agent when this visit's code went to it */
	bool asking;        /* "are you still there?" … */
	int64_t asked_ms;   /* … since then */
	int64_t touched_ms; /* boot time of the last thing she did */
	int64_t entered_ms; /* boot time when the screen came up */
	bool noted;         /* her arrival is in the journal */
	bool note_failed;
	bool arrived_before, printed_before, uncertain;
	int64_t arrived_at, printed_at;
	uint32_t newest_issue;
	bool rendered; /* the badge is drawn: the picture "badge" shows its dots */
	enum err render_error;
	uint32_t badge_width, badge_height;
	enum print print;
	enum job job;
	enum fault job_fault;
	bool printed;   /* a badge came out in this visit */
	bool phone;     /* the agenda shows a code for the phone */
	uint32_t first; /* the first entry shown */
	uint32_t phone_entry;
	struct guest guest;
	struct desk desk;
	struct gate gate;
	/* a venue screen's */
	struct venue venue;
};

/* The model of a board that has just started: idle or locked, no roster, no printer, nothing known.
 * look: what MSG_LOOK would say. */
void app_start(struct model *m, struct look look, enum mode mode);

/* Take one message. *todo is cleared first. */
void app_next(struct model *m, const struct msg *e, struct todo *todo);

/* Draw the model as look wants it (normally m->look). d is cleared first. Pictures a view asks
 * for by name: "badge" (the very dots that print, black on white), "viewfinder" (what
 * the camera sees, mirrored) and those of the painter's own. */
void app_view(const struct model *m, const struct look *look, struct draw *d);

/* "idle", "agenda" …: the names of stories. Static. */
const char *app_screen_name(enum screen_id s);

/* Touch: the name of the topmost region of d at x, y that is not disabled.
 * returns: OK
 *          ERR_ABSENT, if nothing there can be touched */
MUST_CHECK enum err app_touch(
	const struct draw *d, int32_t x, int32_t y, char name[static APP_NAME]);

/* Keys: what key means on the frame d that m shows: *out becomes a MSG_TAP or a MSG_FOCUS whose
 * texts are in name and spoken (the caller fills in the time).
 * returns: OK
 *          ERR_ABSENT, if the key means nothing here */
struct app_words {
	char name[APP_NAME], spoken[APP_SPOKEN];
};
MUST_CHECK enum err app_key(const struct model *m, const struct draw *d, enum key key,
	struct app_words *words, struct msg *out);

/* Milliseconds until the model wants a MSG_TICK even if nothing else happens: until the minute
 * turns or a time-out. Above 0. */
int64_t app_next_tick_ms(const struct model *m);

#endif
