/* The store in an SQLite database: opening, heads, merging. */
#include "store_sqlite_inside.h"

#include "file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char schema[] =
	"CREATE TABLE me (one INTEGER PRIMARY KEY CHECK (one = 1), writer BLOB NOT NULL,"
	" opened INTEGER NOT NULL, folded INTEGER NOT NULL, runs INTEGER NOT NULL,"
	" events INTEGER NOT NULL) STRICT;"
	"CREATE TABLE run (number INTEGER PRIMARY KEY, previous INTEGER NOT NULL,"
	" turn INTEGER NOT NULL, board BLOB NOT NULL, epoch INTEGER NOT NULL,"
	" seq INTEGER NOT NULL, count INTEGER NOT NULL, hash BLOB NOT NULL, device BLOB NOT NULL,"
	" bytes BLOB NOT NULL)"
	" STRICT;"
	"CREATE INDEX run_mark ON run (board, epoch, seq) WHERE turn = 0;"
	"CREATE TABLE head (number INTEGER PRIMARY KEY, turn INTEGER NOT NULL,"
	" board BLOB NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL,"
	" device BLOB NOT NULL)"
	" STRICT;"
	"CREATE TABLE quarantine (number INTEGER PRIMARY KEY, device BLOB NOT NULL,"
	" why TEXT NOT NULL, hash BLOB NOT NULL, bytes BLOB NOT NULL,"
	" UNIQUE (device, hash)) STRICT;"
	"CREATE TABLE note (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;"
	"INSERT INTO me VALUES (1, randomblob(8), 0, 0, 0, 0);"
	"PRAGMA application_id = 0x464f5953;"
	"PRAGMA user_version = 1";

enum { STORE_VERSION = 1, STORE_MARK = 0x464f5953, OPENED_SHIFT = 40, OPENED_MAX = 1 << 22 };

static enum err prepare(struct sqlite_store *s)
{
	const struct database_statement rows[] = {
		{&s->at[BEGIN], "BEGIN IMMEDIATE"},
		{&s->at[COMMIT], "COMMIT"},
		{&s->at[ROLLBACK], "ROLLBACK"},
		{&s->at[CHANGES], "PRAGMA data_version"},
		{&s->at[ADD], "INSERT INTO run VALUES (?,?,?,?,?,?,?,?,?,?)"},
		{&s->at[FOLDED], "SELECT folded, runs, events FROM me"},
		{&s->at[HEADS], "SELECT number, turn, board, epoch, seq, hash, device FROM head"},
		{&s->at[HEADS_DROP], "DELETE FROM head"},
		{&s->at[HEAD_ADD], "INSERT INTO head VALUES (?,?,?,?,?,?,?)"},
		{&s->at[FOLD_ON],
			"SELECT number, turn, board, epoch, seq, hash, device, count FROM run"
			" WHERE number > ? ORDER BY number"},
		{&s->at[FOLDED_SET], "UPDATE me SET folded = ?, runs = ?, events = ?"},
		{&s->at[MARK], "SELECT number FROM run WHERE turn = 0 AND board = ?"
			       " AND (epoch, seq) > (?,?) ORDER BY epoch, seq LIMIT 1"},
		{&s->at[STEP], "SELECT previous, board, epoch, seq FROM run WHERE number = ?"},
		{&s->at[BYTES], "SELECT bytes FROM run WHERE number = ?"},
		{&s->at[ONWARDS], "SELECT bytes, number FROM run WHERE number > ? ORDER BY number"},
		{&s->at[ASIDE], "INSERT INTO quarantine (device, why, hash, bytes)"
				" VALUES (?,?,?,?) ON CONFLICT DO NOTHING"},
		{&s->at[ASIDE_COUNT],
			"SELECT count(*), ifnull(sum(length(bytes)), 0) FROM quarantine"},
		{&s->at[NOTE_PUT], "INSERT INTO note VALUES (?,?)"
				   " ON CONFLICT DO UPDATE SET value = excluded.value"},
		{&s->at[NOTE_FRESH], "INSERT INTO note VALUES (?,?) ON CONFLICT DO NOTHING"},
		{&s->at[NOTE_DROP], "DELETE FROM note WHERE key = ?"},
		{&s->at[NOTE_GET], "SELECT value FROM note WHERE key = ?"},
		{&s->at[NOTE_EACH], "SELECT key, value FROM note WHERE key >= ? ORDER BY key"},
	};

	_Static_assert(COUNT(rows) == STATEMENTS, "every statement has its words");
	return database_prepare(s->db, rows, COUNT(rows));
}

enum err sqlite_step(struct sqlite_store *s, enum statement which)
{
	int rc = sqlite3_step(s->at[which]);

	sqlite3_reset(s->at[which]);
	return database_error(s->db, rc);
}

enum err sqlite_row(struct sqlite_store *s, enum statement which)
{
	int rc = sqlite3_step(s->at[which]);

	return rc == SQLITE_DONE ? ERR_ABSENT : database_error(s->db, rc);
}

struct span sqlite_blob(sqlite3_stmt *row, int column)
{
	const void *p = sqlite3_column_blob(row, column);

	return (struct span){p, p ? (size_t)sqlite3_column_bytes(row, column) : 0};
}

enum err sqlite_run(sqlite3_stmt *row, int column, struct span *out)
{
	*out = sqlite_blob(row, column);
	bool whole = out->n > RUN_HEAD + SEAL_SIGNATURE && load_u32(out->p) == out->n;
	return whole ? OK : ERR_FORMAT;
}

static enum err load_me(struct sqlite_store *s)
{
	sqlite3_stmt *q = NULL;
	int rc = sqlite3_prepare_v2(s->db, "SELECT writer, opened FROM me", -1, &q, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(q);
	enum err e = rc == SQLITE_DONE ? ERR_FORMAT : database_error(s->db, rc);
	if (rc == SQLITE_ROW) {
		struct span writer = sqlite_blob(q, 0);
		int64_t opened = sqlite3_column_int64(q, 1);
		if (writer.n != STORE_WRITER || opened < 0 || opened >= OPENED_MAX)
			e = ERR_FORMAT;
		else {
			memcpy(s->writer, writer.p, STORE_WRITER);
			s->floor = opened << OPENED_SHIFT;
		}
	}
	sqlite3_finalize(q);
	return e;
}

/* A relaxed store may lose its last runs in a cut of power, after others have read them: their
 * numbers must not come again, or readers would pass over what gets them. So the numbers of each
 * opening lie above all before, and this much is on the disk at once. */
static enum err relax(struct sqlite_store *s)
{
	enum err e = database_run(s->db, "UPDATE me SET opened = opened + 1");

	return e == OK ? database_run(s->db, "PRAGMA synchronous = NORMAL") : e;
}

/* ERR_ABSENT: an empty database. */
static enum err read_marks(struct sqlite_store *s)
{
	int64_t mark, version, tables;

	enum err e = database_ask(s->db, "PRAGMA application_id", &mark);
	if (e == OK)
		e = database_ask(s->db, "PRAGMA user_version", &version);
	if (e == OK)
		e = database_ask(s->db, "SELECT count(*) FROM sqlite_schema", &tables);
	if (e != OK)
		return e;
	if (mark == 0 && version == 0 && tables == 0)
		return ERR_ABSENT;
	if (mark != STORE_MARK)
		return ERR_FORMAT;
	return version > STORE_VERSION ? ERR_VERSION : OK;
}

/* In one transaction: another program may be making the tables. */
static enum err inspect(struct sqlite_store *s, bool whole)
{
	enum err e = database_run(s->db, "BEGIN");

	if (e == OK) {
		e = read_marks(s);
		enum err end = database_run(s->db, "COMMIT");
		e = e == OK ? end : e;
	}
	return e == OK && whole ? database_check(s->db) : e;
}

/* Several programs may find it empty at once: the first makes the tables, the others find them. */
static enum err make_tables(struct sqlite_store *s)
{
	enum err e = database_run(s->db, "BEGIN IMMEDIATE");
	if (e != OK)
		return e;
	e = read_marks(s);
	if (e == ERR_ABSENT)
		e = database_run(s->db, schema);
	enum err end = database_run(s->db, e == OK ? "COMMIT" : "ROLLBACK");
	return e == OK ? end : e;
}

static enum err open_for_writing(struct sqlite_store *s, const struct store_options *o)
{
	if (database_lost(o->where))
		return ERR_FORMAT;
	enum err e = database_make(o->where);
	if (e == OK)
		e = database_open(&s->db, o->where, o->vfs, false);
	if (e != OK)
		return e;
	e = inspect(s, o->relaxed);
	if (e != OK && e != ERR_ABSENT)
		return e;
	enum err set = database_log(s->db, &s->log_frames);
	if (set == OK && e == ERR_ABSENT)
		set = make_tables(s);
	if (set == OK && o->relaxed)
		set = relax(s);
	return set == OK ? file_sync_name(o->where) : set;
}

static enum err open_for_reading(struct sqlite_store *s, const struct store_options *o)
{
	enum err e = database_open(&s->db, o->where, o->vfs, true);

	return e == OK ? inspect(s, false) : e;
}

static void close_store(struct store *base)
{
	struct sqlite_store *s = sqlite_of(base);

	for (size_t i = 0; i < STATEMENTS; i++)
		sqlite3_finalize(s->at[i]);
	database_close(s->db, s->read_only || s->dead);
	heads_free(&s->fold.heads);
	free(s->room);
	free(s);
}

static enum err open_store(struct store **out, const struct store_options *o)
{
	struct sqlite_store *s = calloc(1, sizeof(*s));

	*out = NULL;
	if (!s)
		return ERR_IO;
	s->base.kind = &store_sqlite;
	s->read_only = o->read_only;
	s->room = malloc(RUN_MAX);
	enum err e = s->room ? OK : ERR_IO;
	if (e == OK)
		e = s->read_only ? open_for_reading(s, o) : open_for_writing(s, o);
	if (e == OK)
		e = load_me(s);
	if (e == OK)
		e = prepare(s);
	if (e != OK) {
		close_store(&s->base);
		return e;
	}
	*out = &s->base;
	return OK;
}

enum err sqlite_begin(struct sqlite_store *s)
{
	if (s->read_only)
		return ERR_DENIED;
	if (s->dead)
		return ERR_IO;
	return sqlite_step(s, BEGIN);
}

/* What was committed is safe in the log; a log that cannot be folded into the database any more
 * ends the promises from here on. */
static void fold(struct sqlite_store *s)
{
	if (database_fold(s->db, s->log_frames) == OK)
		return;
	s->dead = true;
	log_line(LOG_FAULT, "firmware/store", "checkpoint failed (SQLite %d): no more changes",
		sqlite3_extended_errcode(s->db));
}

enum err sqlite_end(struct sqlite_store *s, enum err e)
{
	if (e == OK)
		e = sqlite_step(s, COMMIT);
	if (e == OK) {
		fold(s);
		return OK;
	}
	s->loaded = false;
	int code = sqlite3_extended_errcode(s->db);
	if (!sqlite3_get_autocommit(s->db) && sqlite_step(s, ROLLBACK) != OK)
		e = ERR_IO;
	if (e == ERR_FULL || e == ERR_BUSY || e == ERR_FORMAT)
		return e;
	s->dead = true;
	log_line(LOG_FAULT, "firmware/store", "%s (SQLite %d): no more changes", err_text(e), code);
	return ERR_IO;
}

static enum err head(
	struct store *base, const uint8_t board[static EVENT_BOARD], struct store_head *out)
{
	struct sqlite_store *s = sqlite_of(base);
	struct head_row row;
	enum err e = sqlite_refresh(s);

	heads_look(&s->fold.heads, board, &row);
	*out = row.head;
	return e;
}

static enum err heads(struct store *base, struct grow *out)
{
	struct sqlite_store *s = sqlite_of(base);
	enum err e = sqlite_refresh(s);

	return e == OK ? heads_give(&s->fold.heads, out) : e;
}

/* A run, or the rest of one, becomes its board's newest; row is the one it continues. */
static enum err add(
	struct sqlite_store *s, struct store_item *item, struct head_row *row, struct span bytes)
{
	sqlite3_stmt *q = s->at[ADD];
	int64_t last = s->fold.number > s->floor ? s->fold.number : s->floor;
	uint16_t count = load_u16(bytes.p + RUN_COUNT_AT);

	sqlite3_bind_int64(q, 2, row->number);
	row->turn = row->number > 0 ? (row->turn + 1) % RUN_TURNS : 0;
	row->number = last + 1;
	store_head_at(&row->head, &item->run);
	sqlite3_bind_int64(q, 1, row->number);
	sqlite3_bind_int64(q, 3, row->turn);
	sqlite3_bind_blob(q, 4, row->head.board, EVENT_BOARD, SQLITE_STATIC);
	sqlite3_bind_int64(q, 5, row->head.id.epoch);
	sqlite3_bind_int64(q, 6, (int64_t)row->head.id.seq);
	sqlite3_bind_int64(q, 7, count);
	sqlite3_bind_blob(q, 8, row->head.hash, EVENT_HASH, SQLITE_STATIC);
	sqlite3_bind_blob(q, 9, row->head.device, PAPER_DEVICE, SQLITE_STATIC);
	sqlite3_bind_blob(q, 10, bytes.p, (int)bytes.n, SQLITE_STATIC);
	enum err e = sqlite_step(s, ADD);
	if (e != OK)
		return e;
	item->head = row->head;
	item->added = count;
	return sqlite_fold_one(&s->fold, row, count);
}

static enum err add_rest(struct sqlite_store *s, struct store_item *item, struct head_row *row)
{
	struct sink k = sink_on(s->room, RUN_MAX);
	enum err e = run_rest(&item->run, &row->head.id, &k);

	return e == OK && !k.full ? add(s, item, row, (struct span){s->room, k.n}) : ERR_BUG;
}

/* Is the item's last event, which is not after the head, in the store with the same hash? */
static enum err compare(struct sqlite_store *s, struct store_item *item)
{
	struct event_id before = item->run.last;
	struct sqlite_segment found;
	struct span bytes;
	struct run stored;

	before.seq--;
	enum err e = sqlite_find_runs(s, &before, &found);
	if (e == OK && found.n == 0)
		e = ERR_FORMAT;
	if (e != OK)
		return e;
	e = sqlite_bytes(s, found.numbers[0], &bytes);
	if (e == OK) {
		struct cursor c = cursor_at(bytes);
		e = run_read(&c, &stored);
	}
	if (e == OK)
		item->result = store_holds(&stored, &item->run) ? OK : ERR_FORGED;
	sqlite3_reset(s->at[BYTES]);
	return e;
}

static enum err take(struct sqlite_store *s, struct store_item *item)
{
	struct head_row row;

	heads_look(&s->fold.heads, item->run.board, &row);
	item->head = row.head;
	item->result = OK;
	item->added = 0;
	switch (store_judge(&item->run, &row.head)) {
	case STORE_NEXT:
		if (row.head.id.epoch == 0 &&
			heads_of(&s->fold.heads, item->run.device) >= STORE_BOARDS) {
			item->result = ERR_FULL;
			return OK;
		}
		return add(s, item, &row, item->run.bytes);
	case STORE_REST:
		return add_rest(s, item, &row);
	case STORE_WITHIN:
		return compare(s, item);
	case STORE_GAP:
		item->result = ERR_ABSENT;
		return OK;
	case STORE_FORK:
		item->result = ERR_FORGED;
		return OK;
	case STORE_KNOWN:
		break;
	}
	return OK;
}

static enum err merge(struct store *base, struct store_item *items, size_t n)
{
	struct sqlite_store *s = sqlite_of(base);

	enum err e = sqlite_begin(s);
	if (e != OK)
		return e;
	e = sqlite_refresh(s);
	for (size_t i = 0; i < n && e == OK; i++)
		e = take(s, &items[i]);
	if (e == OK)
		e = sqlite_write_fold(s);
	return sqlite_end(s, e);
}

const struct store_kind store_sqlite = {
	.scheme = "sqlite",
	.open = open_store,
	.close = close_store,
	.merge = merge,
	.head = head,
	.heads = heads,
	.read = sqlite_read,
	.read_board = sqlite_read_board,
	.quarantine = sqlite_quarantine,
	.note_put = sqlite_note_put,
	.note_get = sqlite_note_get,
	.note_each = sqlite_note_each,
	.stats = sqlite_stats,
};
