/* What other boards wrote, and what of ours the hub does not have yet: peers.db, which the agent keeps,
 * read only (store.h). A board without it knows of itself alone, and nothing here is then an error.
 * Used by one thread at a time. */
#ifndef KIOSK_OTHERS_H
#define KIOSK_OTHERS_H

#include "event.h"
#include "paper.h"

struct others;

/* returns: OK
 *          ERR_FULL, if the folder's name is too long
 *          ERR_IO, if memory is out */
MUST_CHECK enum err others_make(struct others **out, const char *folder);
/* NULL is fine. */
void others_free(struct others *o);

/* Hand in every event that is new since the last call and not of the board own, with its hash.
 * returns: OK, also if there is no database yet
 *          ERR_BUSY, if it is held by another: try again
 *          ERR_FORMAT, ERR_VERSION, ERR_DENIED, ERR_IO, if it cannot be read; it is opened anew at the
 *          next call */
MUST_CHECK enum err others_read(struct others *o, const uint8_t own[static EVENT_BOARD],
	void (*each)(void *arg, const struct event *e), void *arg);

/* Another file may lie there now: the next call opens it. */
void others_renew(struct others *o);

/* What the organiser called the board that wrote as `board`, by the certificate that the agent believed.
 * returns: OK
 *          ERR_ABSENT, if that is not known here; ERR_FORMAT, ERR_FOREIGN, ERR_FORGED as certificate_open;
 *          as others_read */
MUST_CHECK enum err others_name(struct others *o, const uint8_t board[static EVENT_BOARD],
	const uint8_t root[static SEAL_PUBLIC], char out[static PAPER_NAME + 1]);

/* How many events of this device the hub does not have: what the agent counted, and what the journal
 * of the board own has beyond its last run. 0 without a database. */
uint64_t others_undelivered(struct others *o, const uint8_t own[static EVENT_BOARD]);

/* The highest epoch of the board that wrote the journal at path, as seen by anybody (journal.h); 0 if
 * nothing is known. */
uint32_t others_seen_epoch(struct others *o, const char *journal);

#endif
