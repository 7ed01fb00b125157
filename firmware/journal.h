/* The journal: events made durable, one writer, in an SQLite database (WAL, synchronous FULL).
 *
 * An append returns only after the commit: no tick, sound or print may come before. Any number of
 * other processes may read (journal_open with read_only). A journal is used by one thread at a
 * time.
 *
 * SCHEMA, user_version 1, application_id 0x464f594a ("FOYJ"): table board, one row: id, epoch;
 * table event, WITHOUT ROWID, key (board, epoch, seq), one column for each field of event.h and
 * hash. PATH.lock beside it is the writer's lock. */
#ifndef FIRMWARE_JOURNAL_H
#define FIRMWARE_JOURNAL_H

#include "event.h"

struct journal;

struct journal_options {
	const char *path;
	bool read_only;
	/* The highest epoch in which others know events of this board that this journal lacks (a card
	 * put back, a disk that lied); 0 if there are none. Its chain cannot go on then: a new board id
	 * is begun, what is there stays, and the epoch rises above that one all the same. */
	uint32_t seen_epoch;
	/* The name of an SQLite VFS, NULL for the usual one: the seam of the fault tests. */
	const char *vfs;
};

/* Open the journal, or make one with a board id of 8 random bytes; the epoch becomes the highest
 * ever seen + 1 and is committed. A database that is damaged (structure or hash chain) is renamed
 * to PATH.damaged-N with its -wal file, the log says so, a new one with a new board id is begun and
 * every event of the old one that can still be read and whose hash holds is carried over; where that is
 * cut short or the disk is full, by the next opening.
 * returns: OK
 *          ERR_BUSY, if another process (or handle) writes it
 *          ERR_ABSENT, if the folder (read_only: the file) is not there
 *          ERR_DENIED, if it may not be opened
 *          ERR_VERSION, if a newer program made it; it is left alone
 *          ERR_FORMAT, if it is damaged and read_only, or has no epoch left
 *          ERR_FULL, if the disk is full
 *          ERR_IO */
MUST_CHECK enum err journal_open(struct journal **out, const struct journal_options *options);
/* NULL is fine. */
void journal_close(struct journal *j);

/* Append n events in one transaction. Taken from each: kind, person, issue, activity, target,
 * payload; filled in: id, boot, clocks (clock_now) and hash. On an error none of them is in the
 * journal as far as this process will ever say, and the events' filled-in fields mean nothing.
 * returns: OK, all are on the disk
 *          ERR_FULL, if the disk is full (later appends may succeed), or a payload is too long
 *          ERR_DENIED, if the journal is read_only
 *          ERR_BUSY, if another process held the database for seconds; nothing was written
 *          ERR_IO, if writing, syncing or committing failed: from then on every append of this
 *          journal is refused, because a second fsync on the same file proves nothing. Open another
 *          path. */
MUST_CHECK enum err journal_append(struct journal *j, struct event *events, size_t n);

/* Read up to cap events that follow after in the order (board, epoch, seq); a zeroed after begins
 * at the start, *n < cap is the end. returns: OK ERR_FORMAT, if a row is damaged ERR_IO */
MUST_CHECK enum err journal_read(
	struct journal *j, const struct event_id *after, struct event *out, size_t cap, size_t *n);

/* The first board id above after that has events here (zeros: the first of all): this one's own,
 * and after a rescue the older one's. returns: OK ERR_ABSENT, if there is none ERR_FORMAT, ERR_IO
 */
MUST_CHECK enum err journal_next_board(struct journal *j, const uint8_t after[static EVENT_BOARD],
	uint8_t out[static EVENT_BOARD]);

/* Check the hash chain of every board in the journal.
 * returns: OK
 *          ERR_FORGED, if a hash does not hold; *at is the first such event
 *          ERR_FORMAT, if a row is damaged
 *          ERR_IO */
MUST_CHECK enum err journal_verify(struct journal *j, struct event_id *at);

/* This board's id and the epoch of this opening (0 if read_only). Borrowed. */
const uint8_t *journal_board(const struct journal *j);
uint32_t journal_epoch(const struct journal *j);
/* The path a damaged database was put aside to at this opening, or NULL. Borrowed. */
const char *journal_quarantine(const struct journal *j);
/* How many events this opening carried over. */
uint64_t journal_rescued(const struct journal *j);

#endif
