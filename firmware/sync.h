/* Sync: what a board does next about its hub. A pure machine: the agent hands in what happened, the
 * time and a little chance, and performs the one action that comes out.
 *
 *   OFFLINE   nothing is known of the hub, or the last try failed: wait, longer each time
 *   JOIN      enrolment: send the code's answer, then ask for the credential until it is there
 *   HELLO     manifest, signed time, own credential again if the hub has changed it
 *   PULL      the roster the manifest names: a patch, or the whole where that fails
 *   PUSH      own events beyond the hub's mark
 *   FETCH     others' events after the cursor
 *   REST      all is said: poll
 *
 * One request is under way at a time. An answer that is of no use (SYNC_WRONG) costs a board only
 * that step: a hub with a bad roster still gets the events. Only a hub that does not answer, or
 * whose manifest is not to be believed, sends the machine on to the next address. */
#ifndef FIRMWARE_SYNC_H
#define FIRMWARE_SYNC_H

#include "base.h"

enum {
	SYNC_BACKOFF_MS = 1000, /* first wait after a failure, doubled up to the last */
	SYNC_BACKOFF_MAX_MS = 60 * 1000,
	SYNC_BACKOFF_FLAKY_MS = 8 * 1000, /* the last, while the hub answered … */
	SYNC_FLAKY_MS = 2 * 60 * 1000,    /* … within so long */
	SYNC_BATCH_MS = 100,              /* from one upload to the next: events gather meanwhile */
	SYNC_POLL_MS = 2000,              /* from one asking for events to the next, at rest */
	SYNC_MANIFEST_MS = 30 * 1000,     /* from manifest to manifest, if the hub tells no news */
	SYNC_TIME_MS = 60 * 60 * 1000,    /* from signed time to signed time */
	SYNC_HOLD_MS = 60 * 1000,         /* a step that went wrong is left alone so long */
	SYNC_CONFIRM_MS = 2000,           /* from asking for the credential to asking again */
	SYNC_REVOKED_MS = 5 * 60 * 1000   /* a revoked board asks so seldom whether it still is */
};

enum sync_state {
	SYNC_OFFLINE,
	SYNC_JOIN,
	SYNC_HELLO,
	SYNC_PULL,
	SYNC_PUSH,
	SYNC_FETCH,
	SYNC_REST,
};

/* What is to be done now. All but SYNC_WAIT are requests to the address named, and are answered by
 * the next event. In the order of one round. */
enum sync_task {
	SYNC_WAIT, /* until `until_ms`, or until something happens */
	SYNC_SEND_ENROLMENT,
	SYNC_ASK_CONFIRMED, /* the credential, while enrolling */
	SYNC_ASK_MANIFEST,
	SYNC_ASK_TIME,
	SYNC_ASK_CREDENTIAL,
	SYNC_ASK_PATCH,
	SYNC_ASK_ROSTER,
	SYNC_SEND_EVENTS,
	SYNC_ASK_EVENTS,
	SYNC_TASKS
};

struct sync_action {
	enum sync_task task;
	unsigned address; /* below facts.addresses */
	bool introduce; /* SYNC_SEND_EVENTS: the first in this contact, to be sent even if empty */
	int64_t until_ms; /* SYNC_WAIT */
};

enum sync_happening {
	SYNC_WAKE, /* the wait is over, or own events came in; only while waiting */
	SYNC_TRY,  /* the network is back, or there is a new reason to try at once; only while
		    * waiting */
	SYNC_CUT,  /* the network is gone; a request under way is dropped */
	/* of the request under way */
	SYNC_DONE,
	SYNC_WRONG,    /* an answer of no use: refused by a check, or "no" */
	SYNC_FAILED,   /* no whole answer */
	SYNC_NOT_YET,  /* SYNC_ASK_CONFIRMED: the organiser has not confirmed it */
	SYNC_STRANGER, /* the hub wants an upload first (401) */
	SYNC_REFUSED,  /* this board is revoked (403), or the enrolment code is no good */
};

/* What the agent knows; true at the time of the event. */
struct sync_facts {
	unsigned addresses; /* of hubs; while joining, of the code */
	bool trusted;       /* whom to believe is known */
	bool enrolled;      /* there is a credential */
	bool joining;       /* there is a code to enrol with */
	bool pending;       /* own events wait to be sent */
	uint64_t sequence;  /* of the roster in use */
};

struct sync_event {
	enum sync_happening what;
	struct sync_facts facts;
	int64_t now_ms;  /* CLOCK_BOOTTIME */
	uint32_t chance; /* any number: jitter */
	/* with SYNC_DONE */
	bool more;         /* SEND_EVENTS, ASK_EVENTS: there is more of it */
	bool wanted;       /* ASK_MANIFEST: it names a roster that is not ours … */
	bool patch;        /* … and offers a patch from ours to it */
	bool credential;   /* ASK_MANIFEST: the hub may have a new credential for us */
	uint64_t sequence; /* what the hub said its roster is; 0: nothing */
};

struct sync {
	enum sync_state state;
	struct sync_action now; /* the last action */
	uint32_t todo;          /* 1 << sync_task: what is left of this round */
	unsigned address, tried;
	bool online, revoked;
	bool introduced;                 /* in this contact */
	int64_t backoff_ms, answered_ms; /* answered: when the hub did last; 0 never */
	int64_t poll_ms, manifest_ms, time_ms, pull_ms, push_ms; /* not before */
	uint64_t heard; /* the sequence that last made us ask for a manifest */
};

/* A board that has just started: SYNC_TRY is its first event. */
void sync_init(struct sync *s);
/* out and s->now are the same. */
void sync_step(struct sync *s, const struct sync_event *e, struct sync_action *out);

#endif
