/* What the kinds of store share: heads in memory, and the judgement of a run beside a head. Nobody
 * else includes it. */
#ifndef FIRMWARE_STORE_INSIDE_H
#define FIRMWARE_STORE_INSIDE_H

#include "store.h"

enum { RUN_COUNT_AT = 52 }; /* in a run's bytes: its number of events, u16 */

/* A head with the run that ends there. */
struct head_row {
	struct store_head head;
	int64_t number; /* of that run */
	uint32_t turn;  /* SQLite's: runs of the board since the last one in its index */
};
/* Heads by board, in memory: an open table that at most half fills. Only a copy of what the store
 * says. Start zeroed. */
struct heads {
	struct head_row *at; /* epoch 0: free */
	size_t cap, n;
	uint64_t salt;
};
/* The head of a board, or NULL if it is not here. Valid until the next put. */
const struct head_row *heads_find(const struct heads *t, const uint8_t board[static EVENT_BOARD]);
/* The epoch must not be 0. returns: OK, ERR_IO if memory is out */
MUST_CHECK enum err heads_put(struct heads *t, const struct head_row *row);
/* How many of them are a device's. */
size_t heads_of(const struct heads *t, const uint8_t device[static PAPER_DEVICE]);
/* All of them, by board, into out. returns: OK, ERR_IO if memory is out */
MUST_CHECK enum err heads_give(const struct heads *t, struct grow *out);
void heads_clear(struct heads *t);
void heads_free(struct heads *t);
/* What is known of a board: its row, or one with epoch 0. */
void heads_look(
	const struct heads *t, const uint8_t board[static EVENT_BOARD], struct head_row *out);

/* Make head the end of r. */
void store_head_at(struct store_head *head, const struct run *r);

enum store_verdict {
	STORE_NEXT,   /* it continues the head: add it whole */
	STORE_REST,   /* it runs through the head and on: add what follows */
	STORE_KNOWN,  /* it ends at the head */
	STORE_WITHIN, /* it ends before the head: ask store_holds of the run that has its end */
	STORE_GAP,
	STORE_FORK, /* it tells another history, or goes on with another device's board */
};
/* What r, of the head's board, is beside it (epoch 0: the store has nothing of the board). */
enum store_verdict store_judge(const struct run *r, const struct store_head *head);
/* Does a run of the store hold r's last event, after the same history? */
bool store_holds(const struct run *stored, const struct run *r);

/* Is it [a-z0-9/.-], 1 to STORE_KEY characters (a prefix: 0 to)? */
bool store_is_key(const char *key, bool prefix);

/* The cursor's number for a writer, 0 if it has none. */
uint64_t store_cursor_number(
	const struct store_cursor *c, const uint8_t writer[static STORE_WRITER]);
/* Set it, in order of writers. returns: OK, ERR_FULL if there are STORE_WRITERS others */
MUST_CHECK enum err store_cursor_set(
	struct store_cursor *c, const uint8_t writer[static STORE_WRITER], uint64_t number);

#endif
