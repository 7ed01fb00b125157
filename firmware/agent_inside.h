/* What the files of the agent share; nobody else includes it.
 *
 * agent.c           the boot list, and the boot list backwards
 * agent_loop.c      the loop
 * agent_status.c    the status file
 * agent_others.c    what others say, and the boards on this network
 * agent_request.c   what sync asks for, as HTTP requests
 * agent_answer.c    HTTP answers, as what sync is told
 * agent_fetch.c     manifests and rosters, from hub or stick
 * agent_time.c      signed time, the lease, the clock's event
 * agent_enrol.c     enrolment
 * agent_code.c      signed codes, from the inbox or a stick
 * agent_stick.c     the stick
 * agent_wiped.c     the end of the event
 *
 * With things of their own: agent_board, agent_own, agent_judge, agent_peers, agent_http, sync. */
#ifndef FIRMWARE_AGENT_INSIDE_H
#define FIRMWARE_AGENT_INSIDE_H

#include "agent_board.h"
#include "agent_http.h"
#include "agent_judge.h"
#include "agent_options.h"
#include "agent_own.h"
#include "agent_peers.h"
#include "file.h"
#include "protocol.h"
#include "status.h"
#include "sync.h"
#include "wipe.h"

enum { INBOX_STUCK = 32 };

/* A manifest that was believed, and what is to be fetched by it. */
struct fetch {
	struct grow bytes;
	struct manifest manifest; /* spans into bytes */
	bool stale;  /* signed before the newest signed word: only a newer roster counts */
	bool wanted; /* it names a roster that is not ours */
	bool has_patch;
	struct manifest_patch patch; /* from ours */
};

struct enrolment {
	bool active;
	struct signed_code code;
	struct delegation by; /* once the hub has answered */
	int64_t until_ms;     /* CLOCK_BOOTTIME: no longer */
};

struct stick {
	uint64_t dev, ino; /* of its folder */
	uint64_t manifest; /* its inode, 0: there is none */
	int64_t changed_ns;
	int64_t looked_ms; /* CLOCK_BOOTTIME of the last look; 0: never */
	bool there;
};

struct agent {
	const struct agent_options *options;
	struct file_lock lock;
	struct board board;
	struct board_status status, written; /* now; as it is in the file */
	int64_t written_ms;                  /* INT64_MIN: never */
	uint8_t boot[EVENT_BOOT];
	struct store *store;
	struct judge judge;
	struct own own;
	struct http *http;
	struct peers *peers;
	int64_t peers_ms; /* when they want to be stepped */
	struct sync sync;
	struct sync_action action; /* what sync waits for */
	struct fetch fetch;
	struct enrolment enrolment;
	struct stick stick;
	struct grow upload;        /* the body under way */
	uint8_t nonce[TIME_NONCE]; /* of the signed time asked for */
	bool has_pair;
	uint8_t pair_hub[SEAL_PUBLIC], pair_key[SEAL_KEY];
	uint8_t request_mac[PROTOCOL_MAC]; /* of the request under way, if it has one */
	bool listed;                       /* the newest word lists this board as revoked */
	bool credential_asked;             /* in this process */
	bool clock_owed;  /* a signed time came in and its event could not be written yet */
	bool network_off; /* DIR/network-off exists */
	bool try_now;     /* there is a new reason to speak to a hub at once */
	bool look_own, look_inbox;
	/* Files of the inbox that could not be removed when they were judged, by inode. */
	ino_t stuck[INBOX_STUCK];
	unsigned next_stuck;
	/* Another look at the journals, and the wait before it; 0: none. */
	int64_t again_ms, again_after_ms;
	int64_t look_ms;   /* the next look at everything, noticed or not */
	int64_t cursor_ms; /* the cursor was thrown away then */
	bool refused;      /* something was refused, or this board was: for --once */
	bool dead;         /* the own journal failed: nothing is promised before a new start */
	bool wipe,
		wipe_now; /* the hub's word: the event is over; and nothing is to be waited for */
	bool wiping;      /* it is done; only the statement is still to be told */
	bool wiped_told;
	uint8_t statement[WIPE_STATEMENT];
	unsigned wiped_hub, wiped_rounds; /* the next hub to tell; how often all were asked */
	int64_t wiped_ms;                 /* not before */
	bool held; /* the store failed: no whole turn, so no word to the watchdog */
};

/* Seconds since 1970 that are not later than now: the clock if it is known to be right, else the floor. */
int64_t agent_now_s(const struct agent *a);
/* The facts as sync wants them. */
struct sync_facts agent_facts(const struct agent *a);
/* Write the status file, if it changed enough. returns: as status_write */
MUST_CHECK enum err agent_write_status(struct agent *a);
/* After the store failed: close it, open it anew. returns: as the store; a->store is then NULL */
MUST_CHECK enum err agent_reopen_store(struct agent *a);
/* Judge and merge; what is new is told to the peers (from_peers false) and to the own journals.
 * returns: as judge_bundle */
MUST_CHECK enum err agent_take(
	struct agent *a, struct span bundle, bool from_peers, struct judgement *out);
/* Take over what is new in the journals, and tell the peers. */
void agent_gather(struct agent *a);
/* The credential or what is revoked has changed: the peers begin anew. */
void agent_restart_peers(struct agent *a);

/* Start the request that a->action names.
 * returns: OK
 *          else: it could not be started */
MUST_CHECK enum err agent_request(struct agent *a);
void agent_cursor_note(const struct agent *a, char out[static STORE_KEY]);
/* What the answer comes to; e->what and what belongs to it are filled in. */
void agent_answer(struct agent *a, struct http_answer *r, struct sync_event *e);

/* Judge a manifest; then f says what to fetch. A believed one freshens the lease, and tells who is
 * revoked.
 * returns: OK
 *          as manifest_open; ERR_DENIED, whom to trust is not known; ERR_IO, memory is out */
MUST_CHECK enum err fetch_manifest(struct agent *a, struct fetch *f, struct span bytes);
/* Believe the roster that f names, and put it in use: the file first, then trust.
 * returns: OK
 *          ERR_FORGED, if it is not that roster (hash, length, or what it says of itself)
 *          as roster_open
 *          ERR_FULL, ERR_IO, ERR_DENIED as file_write: the old one stands */
MUST_CHECK enum err fetch_roster(struct agent *a, const struct fetch *f, struct span bytes);
/* The same, by a patch to the roster in use. returns also: as patch_apply */
MUST_CHECK enum err fetch_patch(struct agent *a, const struct fetch *f, struct span patch);
void fetch_free(struct fetch *f);

/* The board has started: bring the status into this boot. */
void time_start(struct agent *a);
/* A signed time that was asked for.
 * returns: OK
 *          as time_open; ERR_TIMEOUT, it took too long to be a clock; ERR_OLDER, it is below the floor */
MUST_CHECK enum err time_take(struct agent *a, const struct http_answer *r);
/* Write the clock's event, if one is owed and can be written. */
void time_settle(struct agent *a);

/* Append to the agent's own journal. After an error of the disk the agent ends: what a journal whose
 * sync failed says is only worth something when it is opened anew.
 * returns: as own_journal and journal_append */
MUST_CHECK enum err agent_append(struct agent *a, struct event *events, size_t n);

/* Begin to enrol with the text of a code.
 * returns: STATUS_CODE_TAKEN, or why not */
enum status_answer enrol_begin(struct agent *a, const struct signed_code *code);
/* The request's body, into a->upload. returns: OK; as board_make_key */
MUST_CHECK enum err enrol_request(struct agent *a);
/* The hub's answer: delegation and MAC. returns: OK; ERR_FORMAT, ERR_FORGED, ERR_FOREIGN */
MUST_CHECK enum err enrol_answer(struct agent *a, struct span body);
/* The credential: trust, hubs and credential are written, in this order.
 * returns: OK; as board_take_credential and file_write */
MUST_CHECK enum err enrol_finish(struct agent *a, struct span body);
/* Forget the code. */
void enrol_end(struct agent *a);

/* Look into the inbox. */
void code_look(struct agent *a);
/* Judge one code as text and do what it says. may_enrol: false for a stick, which can never.
 * returns: what became of it; STATUS_NO_ANSWER, if it could not be written down (try again) */
enum status_answer code_take(struct agent *a, struct span text, bool may_enrol);

/* Is this board to be wiped now? */
bool wiped_is_due(const struct agent *a);
/* Make the statement, then wipe everything; from then on a->wiping.
 * returns: OK; as file_write: nothing is wiped yet */
MUST_CHECK enum err wiped_begin(struct agent *a);
/* At start, in place of opening anything: was it wiped, and has no hub been told? */
bool wiped_resume(struct agent *a);
/* Tell it. returns: true, if it was told, or (--once) every hub was asked */
bool wiped_turn(struct agent *a, int64_t now_ms);

/* Look for the stick, at most once a second. */
void stick_look(struct agent *a, int64_t now_ms);

#endif
