/* Own events: from the journals of this folder into signed runs, and how far the hub has them.
 *
 * The journals are the source of truth: the kiosk's, read only, and the agent's own (agent.db). What
 * is new in them is cut into runs, signed by the device, and merged into the store; where to go on
 * is the store's head of that board, so a store that was lost is filled again. Notes: how far the hub
 * has a board's events, "acked/BOARD" (epoch u32, seq u64), and, where somebody knows events of this board that its journal lacks, the highest epoch of
 * those, "seen-epoch/BOARD" (u32), for journal_open; and "undelivered": how many of all it has not (u64), then
 * how far each board is counted in that (OWN_COUNTED each: board, epoch u32, seq u64), so that who
 * reads the journal itself can count on. Little-endian. One thread. */
#ifndef FIRMWARE_AGENT_OWN_H
#define FIRMWARE_AGENT_OWN_H

#include "agent_board.h"
#include "journal.h"
#include "store.h"

#include <sys/types.h>

enum { OWN_BOARDS = 16, OWN_RUN = 256, OWN_GATHER = 16 * 1024 };
enum { OWN_COUNTED = EVENT_BOARD + 4 + 8, OWN_UNDELIVERED = 8 + OWN_BOARDS * OWN_COUNTED };

/* One board of this device: its journal's, an older one's of a rescued journal, the agent's. */
struct own_board {
	uint8_t board[EVENT_BOARD];
	struct event_id acked;   /* the hub has all up to here */
	struct event_id counted; /* the newest in the journal */
	struct event_id head;    /* the newest in the store */
	uint32_t seen_epoch;     /* as the note says */
	bool forked; /* the store or the hub tells another history: said once, left alone */
};

struct own {
	const struct board *board;
	struct store *store;
	struct journal *kiosk, *mine; /* NULL: not there (yet) */
	ino_t kiosk_file;
	struct own_board boards[OWN_BOARDS];
	size_t count;
	uint64_t undelivered;
	uint8_t noted[OWN_UNDELIVERED]; /* the note, as it is in the store */
	size_t noted_n;
	struct event *batch; /* OWN_RUN of them */
	size_t budget;       /* events still to be cut in this call */
	uint8_t *run;        /* room for the longest run of a batch */
};

/* Nothing is read yet. returns: OK, ERR_IO if memory is out */
MUST_CHECK enum err own_open(struct own *out, const struct board *board, struct store *store);
void own_close(struct own *o);
/* The store was opened anew, and may be an empty one: notes are written again. */
void own_use(struct own *o, struct store *store);

/* The agent's journal, opened or made at its first need. returns: as journal_open */
MUST_CHECK enum err own_journal(struct own *o, struct journal **out);

/* Look what is new in the journals, count it, and if the board is enrolled cut and merge it. The new
 * runs are appended to fresh, if they are few. *more: there is more, call again soon.
 * returns: OK; as the store. A journal that cannot be read is logged and left for the next time. */
MUST_CHECK enum err own_gather(struct own *o, struct grow *fresh, bool *more);

/* Is there something the hub does not have? */
bool own_pending(const struct own *o);
/* A bundle for the hub: own certificate, then what it lacks, as much as one upload takes. introduce:
 * where nothing is lacking, at least the newest run of each board, so that a hub that lost events
 * says so. returns: OK; ERR_IO; as the store */
MUST_CHECK enum err own_bundle(struct own *o, bool introduce, struct grow *out);
/* The hub's marks (protocol.h) in answer to an upload. *moved: it knows more, or less, than we thought.
 * returns: OK
 *          ERR_FORMAT, if they are no marks
 *          as the store */
MUST_CHECK enum err own_marks(struct own *o, struct span marks, bool *moved);

#endif
