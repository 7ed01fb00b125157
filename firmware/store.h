/* The store: the union of all boards' events, kept as the runs they came in (run.h).
 *
 * A hub's store and a board's peers.db are the same thing. Of each board it holds one unbroken chain
 * from the board's first event on: a run is added only where it continues the newest one, so no
 * event can be in it twice and no two histories of one board side by side, whoever writes
 * (PostgreSQL: by the key (board, hash before); SQLite: one process judges at a time). A board is the
 * device's that signed its first run: another may bring its runs, but add none of its own. A writer
 * numbers the runs it adds upwards in the order of its commits, above the number of the run each
 * continues (relaxed: each opening begins higher, so that a number lost in a cut of power is never
 * given to another run). A reader's cursor is the highest number read of each writer.
 *
 * What a store keeps beside that: quarantine (what was not believed, kept whole), and notes (small
 * values by name: boards, enrolments, cursors).
 *
 * One kind is a table of functions. A store is used by one thread at a time. */
#ifndef FIRMWARE_STORE_H
#define FIRMWARE_STORE_H

#include "grow.h"
#include "run.h"

/* A device's boards: its journals, and those that came after damage. More is somebody filling disks. */
enum { STORE_BOARDS = 64 };
enum { STORE_WRITERS = 16, STORE_WRITER = 8, STORE_KEY = 64, STORE_NOTE = 4096 };

struct store; /* its first member is const struct store_kind * */

/* A board's newest event in the store; epoch 0: it has none, hash is then zeros. */
struct store_head {
	uint8_t board[EVENT_BOARD];
	struct event_id id;
	uint8_t hash[EVENT_HASH];
	uint8_t device[PAPER_DEVICE]; /* whose board it is */
};

/* How far a reader has come. All zero: from the beginning. */
struct store_cursor {
	size_t n;
	struct {
		uint8_t writer[STORE_WRITER];
		uint64_t number;
	} at[STORE_WRITERS];
};
enum { STORE_CURSOR_TEXT = STORE_WRITERS * 38 };
/* "0123456789abcdef:42,…" by writer; "" for the beginning. */
void store_cursor_write(const struct store_cursor *c, char out[static STORE_CURSOR_TEXT]);
/* returns: OK, ERR_FORMAT */
MUST_CHECK enum err store_cursor_read(struct store_cursor *out, struct span text);

/* One run to be merged. The caller has read it (run_read) and decided to believe it. */
struct store_item {
	struct run run;
	enum err result;        /* out: OK, all its events are in the store now, the known ones once
				 * ERR_ABSENT, it begins after the head: send from there
				 * ERR_FORGED, it tells another history than the store, or is not by the device
				 * whose board it is: nothing was added
				 * ERR_FULL, it begins a board, and its device has STORE_BOARDS already */
	struct store_head head; /* out: the board's, after this */
	uint16_t added;         /* out: how many events were new */
};

struct store_stats {
	uint64_t runs, events, boards, quarantined;
	uint64_t quarantined_bytes;
};

struct store_options {
	const char *where; /* after the scheme: a path, or a whole postgresql:// address */
	bool read_only;
	bool relaxed;    /* a commit may be lost in a cut of power, in order (peers.db) */
	const char *vfs; /* SQLite's, NULL for the usual: the seam of the fault tests */
};

/* Errors of all functions, unless more is said: OK; ERR_IO, the store failed (then nothing of this
 * call is in it as far as this process will ever say; a hub answers none of it); ERR_FULL, the disk
 * is full; ERR_BUSY, another process held it for seconds; ERR_FORMAT, what it holds is damaged;
 * ERR_DENIED, a change of a store that is read_only. After a write or sync that failed, an SQLite
 * store refuses every change until it is opened anew (ERR_IO): a second fsync proves nothing. */
struct store_kind {
	const char *scheme; /* "sqlite", "postgresql" */

	/* Open, or make if it is not there. returns also ERR_ABSENT (the folder, or read_only the
	 * file), ERR_DENIED, ERR_VERSION (made by a newer program). ERR_FORMAT: it is damaged (relaxed:
	 * its whole structure is looked at); putting it aside (database.h) is the caller's choice. */
	enum err (*open)(struct store **out, const struct store_options *o);
	void (*close)(struct store *s);

	/* Merge all items in one transaction, which is durable on return (unless relaxed). Items of one
	 * board may follow each other. */
	enum err (*merge)(struct store *s, struct store_item *items, size_t n);

	/* The head of a board; absent boards have epoch 0. */
	enum err (*head)(
		struct store *s, const uint8_t board[static EVENT_BOARD], struct store_head *out);
	/* All heads, struct store_head each, by board, appended to out. */
	enum err (*heads)(struct store *s, struct grow *out);

	/* Runs after c, each behind the one it continues, whole, appended to out one after the other, at
	 * most max bytes (but one run, if there is any); c moves past them. A cursor belongs to one
	 * store: of writers it does not know, or of numbers it does not have, reading begins anew. */
	enum err (*read)(struct store *s, struct store_cursor *c, size_t max, struct grow *out);
	/* Runs of one board that hold events after `after`, oldest first, appended to out (the first may
	 * begin earlier), at most max bytes (but one run). */
	enum err (*read_board)(
		struct store *s, const struct event_id *after, size_t max, struct grow *out);

	/* Keep bytes that were not believed, the same of a device once. why: a few words. */
	enum err (*quarantine)(struct store *s, const uint8_t device[static PAPER_DEVICE],
		const char *why, struct span bytes);

	/* Notes: key 1 to STORE_KEY characters [a-z0-9/.-] (else ERR_BUG), value at most STORE_NOTE
	 * bytes (else ERR_FULL). With fresh, a note that is there already stands: ERR_BUSY. An empty
	 * value removes the note. */
	enum err (*note_put)(struct store *s, const char *key, struct span value, bool fresh);
	/* returns also ERR_ABSENT. value is appended to out. */
	enum err (*note_get)(struct store *s, const char *key, struct grow *out);
	/* Every note whose key begins with prefix, by key. each must not call the store. */
	enum err (*note_each)(struct store *s, const char *prefix,
		void (*each)(void *arg, const char *key, struct span value), void *arg);

	enum err (*stats)(struct store *s, struct store_stats *out);
};

struct store {
	const struct store_kind *kind;
};

extern const struct store_kind store_sqlite;

/* The bytes of a note that is at most max long, into out. returns: as note_get; ERR_FULL */
MUST_CHECK enum err store_note(
	struct store *s, const char *key, uint8_t *out, size_t max, size_t *n);
/* e, and ERR_IO for ERR_FORMAT: to who must tell a damaged store from damaged bytes of somebody else's,
 * it is a store that failed, and is to be opened anew. */
enum err store_failure(enum err e);
/* NULL is fine. */
void store_close(struct store *s);

#endif
