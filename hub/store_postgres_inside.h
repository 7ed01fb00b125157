/* What the files of the PostgreSQL store share; nobody else includes it.
 *
 * The tables have no sequence, trigger or foreign key, and every key begins with what it would be
 * spread by, so that engines which speak PostgreSQL's protocol and keep tables on many machines can
 * hold them (Citus: distribute foyer_run by board, the others are small). Plain PostgreSQL's own are
 * only the session's advisory locks, by which a hub owns a writer: an engine without them (it answers
 * every try with yes) may have one hub at a time.
 *
 * A run's number is above that of the run it continues and above all of its writer before. So in the
 * order of numbers, over all writers, every run comes behind the one it continues; and since one
 * session writes for a writer, a reader that sees a number sees all lower ones of that writer. */
#ifndef HUB_STORE_POSTGRES_INSIDE_H
#define HUB_STORE_POSTGRES_INSIDE_H

#include "pg.h"
#include "store_inside.h"

enum { POSTGRES_READ_RUNS = 1024 };

struct postgres_store {
	struct store base;
	struct pg pg;
	bool read_only;
	int64_t slot; /* the writer's; its id is with the others in foyer_writer */
	int64_t last; /* the highest number it has given */
	struct heads heads;
	/* Counted up to these numbers. */
	struct store_cursor counted;
	uint64_t runs, events;
};

static inline struct postgres_store *postgres_of(struct store *s)
{
	return (struct postgres_store *)s;
}

extern const struct pg_statement postgres_statements[];
extern const size_t postgres_statements_n;

/* Connected, with a writer of its own unless read_only; what is in memory goes with an old
 * connection. change: ERR_DENIED if read_only. */
MUST_CHECK enum err postgres_ready(struct postgres_store *s, bool change);
/* Is that writer ours, or its hub gone? Then it is ours until the connection ends. */
MUST_CHECK enum err postgres_try_writer(struct postgres_store *s, int64_t slot, bool *ours);
/* The columns board, epoch, seq, hash, number, device. */
MUST_CHECK enum err postgres_take_head(const PGresult *r, int row, struct head_row *out);

/* Merging (store_postgres_merge.c). */
enum err postgres_merge(struct store *s, struct store_item *items, size_t n);

/* The other parts (store_postgres_rows.c). */
enum err postgres_head(
	struct store *s, const uint8_t board[static EVENT_BOARD], struct store_head *out);
enum err postgres_heads(struct store *s, struct grow *out);
enum err postgres_read(struct store *s, struct store_cursor *c, size_t max, struct grow *out);
enum err postgres_read_board(
	struct store *s, const struct event_id *after, size_t max, struct grow *out);
enum err postgres_quarantine(struct store *s, const uint8_t device[static PAPER_DEVICE],
	const char *why, struct span bytes);
enum err postgres_note_put(struct store *s, const char *key, struct span value, bool fresh);
enum err postgres_note_get(struct store *s, const char *key, struct grow *out);
enum err postgres_note_each(struct store *s, const char *prefix,
	void (*each)(void *arg, const char *key, struct span value), void *arg);
enum err postgres_stats(struct store *s, struct store_stats *out);

#endif
