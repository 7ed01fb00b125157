/* What the files of the journal share; nobody else includes it. */
#ifndef FIRMWARE_JOURNAL_INSIDE_H
#define FIRMWARE_JOURNAL_INSIDE_H

#include "database.h"
#include "file.h"
#include "journal.h"

enum { JOURNAL_VERSION = 1, JOURNAL_MARK = 0x464f594a };

struct journal {
	sqlite3 *db;
	sqlite3_stmt *insert, *begin, *commit, *rollback;
	struct file_lock lock;
	bool read_only;
	bool dead;      /* a write, sync or commit failed: no append for ever */
	int wal_frames; /* in the write-ahead log after the last commit */
	uint8_t board[EVENT_BOARD], boot[EVENT_BOOT], head[EVENT_HASH];
	uint32_t epoch;
	uint64_t seq; /* of the last event */
	uint64_t rescued;
	bool has_quarantine;
	char quarantine[PATH_MAX];
};

/* Rows (journal_rows.c). */
extern const char journal_insert_sql[];
extern const char journal_carry_sql[]; /* one that is there already stays */
MUST_CHECK enum err journal_put(sqlite3 *db, sqlite3_stmt *insert, const struct event *e);
/* Statement over all rows after an id, in order, at most `limit` (-1: all). */
MUST_CHECK enum err journal_select(
	sqlite3 *db, const struct event_id *after, int64_t limit, sqlite3_stmt **out);
/* The next row; ERR_ABSENT at the end. */
MUST_CHECK enum err journal_row(sqlite3 *db, sqlite3_stmt *select, struct event *out);
/* The last event of a board in its chain; ERR_ABSENT if it has none. */
MUST_CHECK enum err journal_last(
	sqlite3 *db, const uint8_t board[static EVENT_BOARD], struct event *out);

/* A walk along hash chains, board after board. */
struct journal_chain {
	uint8_t board[EVENT_BOARD], head[EVENT_HASH];
	bool begun;
};
/* Does e, the next row in order, continue its board's chain? */
bool journal_chain_holds(struct journal_chain *c, const struct event *e);

/* Damage (journal_rescue.c). Structure, marks and chains; ERR_FORMAT tells damage, ERR_VERSION a
 * newer schema, ERR_ABSENT an empty database. */
MUST_CHECK enum err journal_inspect(sqlite3 *db);
/* Carry over what still holds from the database at from, within a transaction of j's; what cannot be read
 * is left there. */
MUST_CHECK enum err journal_rescue_from(struct journal *j, const char *from);

#endif
