/* What the files of the SQLite store share; nobody else includes it. */
#ifndef FIRMWARE_STORE_SQLITE_INSIDE_H
#define FIRMWARE_STORE_SQLITE_INSIDE_H

#include "database.h"
#include "store_inside.h"

enum statement {
	BEGIN,
	COMMIT,
	ROLLBACK,
	CHANGES,
	ADD,
	NEWEST,
	BELOW,
	LAST,
	ONWARDS,
	OF_BOARD,
	COUNTED,
	ASIDE,
	ASIDE_COUNT,
	NOTE_PUT,
	NOTE_FRESH,
	NOTE_DROP,
	NOTE_GET,
	NOTE_EACH,
	STATEMENTS
};

struct sqlite_store {
	struct store base;
	sqlite3 *db;
	sqlite3_stmt *at[STATEMENTS];
	bool read_only;
	bool dead; /* a write, sync or commit failed: no change for ever */
	int log_frames;
	uint8_t writer[STORE_WRITER];
	/* What follows holds as long as no other process changes the database (refresh). */
	bool fresh, all_heads;
	int64_t changes; /* PRAGMA data_version */
	int64_t floor;   /* numbers of this opening are above it */
	int64_t last;    /* the highest number in use, or floor */
	struct heads heads;
	/* Counted up to the run with this number; runs never go. */
	int64_t counted;
	struct store_stats stats;
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
/* Forget what is in memory, if another process has changed the database. */
MUST_CHECK enum err sqlite_refresh(struct sqlite_store *s);
/* Begin a change; ERR_DENIED, ERR_IO where none is allowed any more. End it: commit if e is OK, else
 * take it back; what the caller is told comes back. */
MUST_CHECK enum err sqlite_begin(struct sqlite_store *s);
MUST_CHECK enum err sqlite_end(struct sqlite_store *s, enum err e);
/* A row's whole run, checked as far as its length goes. */
MUST_CHECK enum err sqlite_run(sqlite3_stmt *row, int column, struct span *out);

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
/* The highest number in use, 0 if none is. */
MUST_CHECK enum err sqlite_last(struct sqlite_store *s, int64_t *out);
/* All heads into memory. */
MUST_CHECK enum err sqlite_load_heads(struct sqlite_store *s);

#endif
