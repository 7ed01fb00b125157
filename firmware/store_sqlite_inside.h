/* What the files of the SQLite store share; nobody else includes it.
 *
 * A merge writes one row a run at the end of one table: that is what makes it cheap. What it is
 * judged by, the heads of all boards, is a fold over that table, kept in memory; now and then it is
 * written down (table head) together with how far it goes, so that opening reads only what came
 * after. Each run names the one it continues, and every RUN_TURNS-th run of a board is in an index:
 * so any event of a board is found by one search and a few steps back. */
#ifndef FIRMWARE_STORE_SQLITE_INSIDE_H
#define FIRMWARE_STORE_SQLITE_INSIDE_H

#include "database.h"
#include "store_inside.h"

enum { RUN_TURNS = 16 };

enum statement {
	BEGIN,
	COMMIT,
	ROLLBACK,
	CHANGES,
	ADD,
	FOLDED,
	HEADS,
	HEADS_DROP,
	HEAD_ADD,
	FOLD_ON,
	FOLDED_SET,
	MARK,
	STEP,
	BYTES,
	ONWARDS,
	ASIDE,
	ASIDE_COUNT,
	NOTE_PUT,
	NOTE_FRESH,
	NOTE_DROP,
	NOTE_GET,
	NOTE_EACH,
	STATEMENTS
};

/* All runs up to number, folded. */
struct sqlite_fold {
	struct heads heads;
	int64_t number;
	uint64_t runs, events;
	uint64_t written; /* the runs of the fold in the database */
};

struct sqlite_store {
	struct store base;
	sqlite3 *db;
	sqlite3_stmt *at[STATEMENTS];
	bool read_only;
	bool dead; /* a write, sync or commit failed: no change for ever */
	int log_frames;
	uint8_t writer[STORE_WRITER];
	int64_t floor;   /* numbers of this opening are above it */
	bool loaded;     /* fold is the database's, as of changes */
	int64_t changes; /* PRAGMA data_version */
	struct sqlite_fold fold;
	uint8_t *room; /* RUN_MAX, for the rest of a run */
};

static inline struct sqlite_store *sqlite_of(struct store *s)
{
	return (struct sqlite_store *)s;
}

/* Step a statement that answers no row, and reset it. */
MUST_CHECK enum err sqlite_step(struct sqlite_store *s, enum statement which);
/* Step to the next row: OK; ERR_ABSENT at the end. The caller resets (sqlite3_reset). */
MUST_CHECK enum err sqlite_row(struct sqlite_store *s, enum statement which);
/* The blob of a column; p is NULL, if there is none. */
struct span sqlite_blob(sqlite3_stmt *row, int column);
/* Begin a change; ERR_DENIED, ERR_IO where none is allowed any more. End it: commit if e is OK, else
 * take it back; what the caller is told comes back. */
MUST_CHECK enum err sqlite_begin(struct sqlite_store *s);
MUST_CHECK enum err sqlite_end(struct sqlite_store *s, enum err e);
/* A row's whole run, checked as far as its length goes. */
MUST_CHECK enum err sqlite_run(sqlite3_stmt *row, int column, struct span *out);

/* The fold (store_sqlite_fold.c). Bring it up to what the database holds. */
MUST_CHECK enum err sqlite_refresh(struct sqlite_store *s);
/* Add a run that was just written, of so many events. */
MUST_CHECK enum err sqlite_fold_one(
	struct sqlite_fold *f, const struct head_row *row, uint32_t events);
/* Write it down, if it is time. Within a change. */
MUST_CHECK enum err sqlite_write_fold(struct sqlite_store *s);
/* Runs of a board one after the other, from the one that holds the first event after `after`: their
 * numbers, oldest first, at most RUN_TURNS; none at the end. For the next ones set after = end. */
struct sqlite_segment {
	int64_t numbers[RUN_TURNS];
	size_t n;
	struct event_id end; /* of the last */
};
MUST_CHECK enum err sqlite_find_runs(
	struct sqlite_store *s, const struct event_id *after, struct sqlite_segment *out);
/* The bytes of a run, until BYTES is reset; ERR_FORMAT, if it is not there. */
MUST_CHECK enum err sqlite_bytes(struct sqlite_store *s, int64_t number, struct span *out);

/* The parts of the kind (store_sqlite_rows.c). */
enum err sqlite_read(struct store *s, struct store_cursor *c, size_t max, struct grow *out);
enum err sqlite_read_board(
	struct store *s, const struct event_id *after, size_t max, struct grow *out);
enum err sqlite_quarantine(struct store *s, const uint8_t device[static PAPER_DEVICE],
	const char *why, struct span bytes);
enum err sqlite_note_put(struct store *s, const char *key, struct span value, bool fresh);
enum err sqlite_note_get(struct store *s, const char *key, struct grow *out);
enum err sqlite_note_each(struct store *s, const char *prefix,
	void (*each)(void *arg, const char *key, struct span value), void *arg);
enum err sqlite_stats(struct store *s, struct store_stats *out);

#endif
