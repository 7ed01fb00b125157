/* The journal: events made durable, one writer. */
#include "journal_inside.h"

#include "hex.h"
#include "seal.h"
#include "status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char schema[] =
	"BEGIN IMMEDIATE;"
	"CREATE TABLE board (one INTEGER PRIMARY KEY CHECK (one = 1), id BLOB NOT NULL,"
	" epoch INTEGER NOT NULL) STRICT;"
	"CREATE TABLE event (board BLOB NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,"
	" boot BLOB NOT NULL, boot_ms INTEGER NOT NULL, wall_ms INTEGER NOT NULL,"
	" trusted INTEGER NOT NULL, kind INTEGER NOT NULL, person BLOB NOT NULL,"
	" issue INTEGER NOT NULL, activity INTEGER NOT NULL, target_board BLOB NOT NULL,"
	" target_epoch INTEGER NOT NULL, target_seq INTEGER NOT NULL, payload BLOB NOT NULL,"
	" hash BLOB NOT NULL, PRIMARY KEY (board, epoch, seq)) STRICT, WITHOUT ROWID;"
	"INSERT INTO board VALUES (1, randomblob(8), 0);"
	"PRAGMA application_id = 0x464f594a;"
	"PRAGMA user_version = 1";

static void close_database(struct journal *j)
{
	sqlite3_finalize(j->insert);
	sqlite3_finalize(j->begin);
	sqlite3_finalize(j->commit);
	sqlite3_finalize(j->rollback);
	j->insert = j->begin = j->commit = j->rollback = NULL;
	database_close(j->db, j->read_only || j->dead);
	j->db = NULL;
}

/* One transaction makes the tables and carries over, so that what a cut leaves is begun anew again: a
 * journal that is there lacks nothing that could be rescued. */
static enum err begin_anew(struct journal *j, const char *path)
{
	char from[PATH_MAX];
	enum err e = database_run(j->db, schema);
	bool damaged = database_aside(path, from) == OK;

	if (e == OK && damaged)
		e = journal_rescue_from(j, from);
	if (e == OK)
		e = database_run(j->db, "COMMIT");
	if (e == OK && damaged)
		log_line(LOG_FAULT, "firmware/journal", "events carried over from %s: %llu", from,
			(unsigned long long)j->rescued);
	return e;
}

static enum err open_writable(struct journal *j, const struct journal_options *o)
{
	if (database_lost(o->path))
		return ERR_FORMAT;
	enum err e = database_make(o->path);
	if (e == OK)
		e = database_open(&j->db, o->path, o->vfs, false);
	if (e == OK)
		e = journal_inspect(j->db);
	if (e != OK && e != ERR_ABSENT)
		return e;
	enum err set = database_log(j->db, &j->wal_frames);
	return set == OK && e == ERR_ABSENT ? begin_anew(j, o->path) : set;
}

static enum err prepare(struct journal *j)
{
	const struct database_statement rows[] = {
		{&j->insert, journal_insert_sql},
		{&j->begin, "BEGIN IMMEDIATE"},
		{&j->commit, "COMMIT"},
		{&j->rollback, "ROLLBACK"},
	};

	return database_prepare(j->db, rows, COUNT(rows));
}

static enum err load_board(struct journal *j, int64_t *epoch)
{
	sqlite3_stmt *s;
	int rc = sqlite3_prepare_v2(j->db, "SELECT id, epoch FROM board", -1, &s, NULL);

	if (rc != SQLITE_OK)
		return database_error(j->db, rc);
	rc = sqlite3_step(s);
	enum err e = rc == SQLITE_DONE ? ERR_FORMAT : database_error(j->db, rc);
	if (rc == SQLITE_ROW) {
		const void *id = sqlite3_column_blob(s, 0);
		*epoch = sqlite3_column_int64(s, 1);
		if (!id || sqlite3_column_bytes(s, 0) != EVENT_BOARD || *epoch < 0)
			e = ERR_FORMAT;
		else
			memcpy(j->board, id, EVENT_BOARD);
	}
	sqlite3_finalize(s);
	return e;
}

/* Whoever continued the old chain would tell another history than the one others know. */
static void begin_board(struct journal *j)
{
	seal_random(j->board, EVENT_BOARD);
	memset(j->head, 0, EVENT_HASH);
	log_line(LOG_FAULT, "firmware/journal",
		"others know events that this journal lacks; it goes on under a new board id");
}

/* Take the next epoch and go on from the chain's end. */
static enum err begin_epoch(struct journal *j, uint32_t seen)
{
	struct event last;
	int64_t epoch = 0;
	char sql[96], board[2 * EVENT_BOARD + 1];

	enum err e = load_board(j, &epoch);
	if (e != OK)
		return e;
	e = journal_last(j->db, j->board, &last);
	if (e != OK && e != ERR_ABSENT)
		return e;
	memcpy(j->head, last.hash, EVENT_HASH);
	if (epoch < last.id.epoch)
		epoch = last.id.epoch;
	if (epoch < seen)
		epoch = seen;
	if (epoch >= UINT32_MAX)
		return ERR_FORMAT;
	j->epoch = (uint32_t)epoch + 1;
	if (seen > 0)
		begin_board(j);
	hex_write((struct span){j->board, EVENT_BOARD}, board);
	snprintf(sql, sizeof(sql), "UPDATE board SET id = x'%s', epoch = %u", board, j->epoch);
	e = database_run(j->db, sql);
	if (e != OK)
		return e;
	/* Into the database itself: a disk that lies and loses the log must not make us use an epoch,
	 * and with it the ids of events others may have seen, twice. A reader may hold this up. */
	int rc = sqlite3_wal_checkpoint_v2(j->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	e = database_error(j->db, rc);
	return e == ERR_BUSY ? OK : e;
}

static enum err put_aside_and_begin_anew(struct journal *j, const struct journal_options *o)
{
	close_database(j);
	enum err e = database_put_aside(o->path, j->quarantine);
	if (e != OK)
		return e;
	j->has_quarantine = true;
	log_line(LOG_FAULT, "firmware/journal", "damaged, kept as %s; a new one is begun",
		j->quarantine);
	return open_writable(j, o);
}

static enum err open_for_writing(struct journal *j, const struct journal_options *o)
{
	char lock[PATH_MAX];
	pid_t holder;

	if ((size_t)snprintf(lock, sizeof(lock), "%s.lock", o->path) >= sizeof(lock))
		return ERR_FULL;
	enum err e = file_lock(&j->lock, lock, &holder);
	if (e != OK)
		return e;
	e = open_writable(j, o);
	if (e == ERR_FORMAT)
		e = put_aside_and_begin_anew(j, o);
	if (e == OK)
		e = prepare(j);
	if (e == OK)
		e = begin_epoch(j, o->seen_epoch);
	return e == OK ? file_sync_name(o->path) : e;
}

static enum err open_for_reading(struct journal *j, const struct journal_options *o)
{
	int64_t mark, version, epoch;

	enum err e = database_open(&j->db, o->path, o->vfs, true);
	if (e == OK)
		e = database_ask(j->db, "PRAGMA application_id", &mark);
	if (e == OK)
		e = database_ask(j->db, "PRAGMA user_version", &version);
	if (e != OK)
		return e;
	/* A writer may have made the file and not yet its tables. */
	if (mark == 0 && version == 0)
		return ERR_ABSENT;
	if (mark != JOURNAL_MARK)
		return ERR_FORMAT;
	return version > JOURNAL_VERSION ? ERR_VERSION : load_board(j, &epoch);
}

enum err journal_open(struct journal **out, const struct journal_options *options)
{
	struct journal *j = calloc(1, sizeof(*j));

	*out = NULL;
	if (!j)
		return ERR_IO;
	j->lock = (struct file_lock)FILE_LOCK_NONE;
	j->read_only = options->read_only;
	status_boot_id(j->boot);
	enum err e = j->read_only ? open_for_reading(j, options) : open_for_writing(j, options);
	if (e != OK) {
		journal_close(j);
		return e;
	}
	*out = j;
	return OK;
}

void journal_close(struct journal *j)
{
	if (!j)
		return;
	close_database(j);
	file_unlock(&j->lock);
	free(j);
}

static void fill(
	struct journal *j, struct event *e, uint64_t seq, const uint8_t head[static EVENT_HASH])
{
	struct instant now = clock_now();

	memcpy(e->id.board, j->board, EVENT_BOARD);
	e->id.epoch = j->epoch;
	e->id.seq = seq;
	memcpy(e->boot, j->boot, EVENT_BOOT);
	e->boot_ms = now.boot_ms;
	e->wall_ms = now.wall_ms;
	e->trusted = now.trusted;
	event_hash(e, head, e->hash);
}

static enum err step(struct journal *j, sqlite3_stmt *s)
{
	int rc = sqlite3_step(s);

	sqlite3_reset(s);
	return database_error(j->db, rc);
}

static enum err write_all(struct journal *j, struct event *events, size_t n)
{
	const uint8_t *head = j->head;

	enum err e = step(j, j->begin);
	for (size_t i = 0; i < n && e == OK; i++) {
		fill(j, &events[i], j->seq + i + 1, head);
		e = journal_put(j->db, j->insert, &events[i]);
		head = events[i].hash;
	}
	return e == OK ? step(j, j->commit) : e;
}

/* What was committed is safe in the log; a log that cannot be folded into the database any more
 * ends the promises from here on. */
static void checkpoint(struct journal *j)
{
	if (database_fold(j->db, j->wal_frames) == OK)
		return;
	j->dead = true;
	log_line(LOG_FAULT, "firmware/journal", "checkpoint failed (SQLite %d): no more appends",
		sqlite3_extended_errcode(j->db));
}

static enum err fail(struct journal *j, enum err e)
{
	if (!sqlite3_get_autocommit(j->db) && step(j, j->rollback) != OK)
		e = ERR_IO;
	if (e == ERR_FULL || e == ERR_BUSY)
		return e;
	j->dead = true;
	log_line(LOG_FAULT, "firmware/journal", "%s (SQLite %d): no more appends", err_text(e),
		sqlite3_extended_errcode(j->db));
	return ERR_IO;
}

enum err journal_append(struct journal *j, struct event *events, size_t n)
{
	if (j->read_only)
		return ERR_DENIED;
	if (j->dead)
		return ERR_IO;
	if (n == 0)
		return OK;
	for (size_t i = 0; i < n; i++)
		if (events[i].payload_n > EVENT_PAYLOAD)
			return ERR_FULL;
	enum err e = write_all(j, events, n);
	if (e != OK)
		return fail(j, e);
	j->seq += n;
	memcpy(j->head, events[n - 1].hash, EVENT_HASH);
	checkpoint(j);
	return OK;
}

const uint8_t *journal_board(const struct journal *j)
{
	return j->board;
}

uint32_t journal_epoch(const struct journal *j)
{
	return j->epoch;
}

const char *journal_quarantine(const struct journal *j)
{
	return j->has_quarantine ? j->quarantine : NULL;
}

uint64_t journal_rescued(const struct journal *j)
{
	return j->rescued;
}
