/* The store in an SQLite database: opening, heads, merging. */
#include "store_sqlite_inside.h"

#include "file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One index finds a board's newest run and any event of it. That every hash has one successor needs
 * no second one: after BEGIN IMMEDIATE one process judges at a time, and by the newest head. */
static const char schema[] =
	"BEGIN IMMEDIATE;"
	"CREATE TABLE me (one INTEGER PRIMARY KEY CHECK (one = 1), writer BLOB NOT NULL,"
	" opened INTEGER NOT NULL) STRICT;"
	"CREATE TABLE run (number INTEGER PRIMARY KEY, board BLOB NOT NULL, epoch INTEGER NOT NULL,"
	" seq INTEGER NOT NULL, count INTEGER NOT NULL, hash BLOB NOT NULL, bytes BLOB NOT NULL)"
	" STRICT;"
	"CREATE UNIQUE INDEX run_end ON run (board, epoch, seq);"
	"CREATE TABLE quarantine (number INTEGER PRIMARY KEY, device BLOB NOT NULL,"
	" why TEXT NOT NULL, hash BLOB NOT NULL, bytes BLOB NOT NULL,"
	" UNIQUE (device, hash)) STRICT;"
	"CREATE TABLE note (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;"
	"INSERT INTO me VALUES (1, randomblob(8), 0);"
	"PRAGMA application_id = 0x464f5953;"
	"PRAGMA user_version = 1;"
	"COMMIT";

enum { STORE_VERSION = 1, STORE_MARK = 0x464f5953, OPENED_SHIFT = 40, OPENED_MAX = 1 << 22 };

static enum err prepare(struct sqlite_store *s)
{
	const struct database_statement rows[] = {
		{&s->at[BEGIN], "BEGIN IMMEDIATE"},
		{&s->at[COMMIT], "COMMIT"},
		{&s->at[ROLLBACK], "ROLLBACK"},
		{&s->at[CHANGES], "PRAGMA data_version"},
		{&s->at[ADD], "INSERT INTO run VALUES (?,?,?,?,?,?,?)"},
		{&s->at[NEWEST], "SELECT board, epoch, seq, hash FROM run WHERE board = ?"
				 " ORDER BY epoch DESC, seq DESC LIMIT 1"},
		{&s->at[BELOW], "SELECT board, epoch, seq, hash FROM run WHERE board < ?"
				" ORDER BY board DESC, epoch DESC, seq DESC LIMIT 1"},
		{&s->at[LAST], "SELECT max(number) FROM run"},
		{&s->at[ONWARDS], "SELECT bytes, number FROM run WHERE number > ? ORDER BY number"},
		{&s->at[OF_BOARD], "SELECT bytes FROM run WHERE board = ?"
				   " AND (epoch, seq) > (?,?) ORDER BY epoch, seq"},
		{&s->at[COUNTED], "SELECT count(*), sum(count), max(number) FROM run"
				  " WHERE number > ?"},
		{&s->at[ASIDE], "INSERT INTO quarantine (device, why, hash, bytes)"
				" VALUES (?,?,?,?) ON CONFLICT DO NOTHING"},
		{&s->at[ASIDE_COUNT], "SELECT count(*) FROM quarantine"},
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
		else
			memcpy(s->writer, writer.p, STORE_WRITER);
		s->floor = opened << OPENED_SHIFT;
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
static enum err inspect(struct sqlite_store *s, bool whole)
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
	if (version > STORE_VERSION)
		return ERR_VERSION;
	return whole ? database_check(s->db) : OK;
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
		set = database_run(s->db, schema);
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
	heads_free(&s->heads);
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

enum err sqlite_refresh(struct sqlite_store *s)
{
	enum err e = sqlite_row(s, CHANGES);
	int64_t changes = sqlite3_column_int64(s->at[CHANGES], 0);

	sqlite3_reset(s->at[CHANGES]);
	if (e != OK || (s->fresh && changes == s->changes))
		return e;
	s->fresh = s->all_heads = false;
	heads_clear(&s->heads);
	e = sqlite_last(s, &s->last);
	if (s->last < s->floor)
		s->last = s->floor;
	s->changes = changes;
	s->fresh = e == OK;
	return e;
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
	s->fresh = false;
	int code = sqlite3_extended_errcode(s->db);
	if (!sqlite3_get_autocommit(s->db) && sqlite_step(s, ROLLBACK) != OK)
		e = ERR_IO;
	if (e == ERR_FULL || e == ERR_BUSY || e == ERR_FORMAT)
		return e;
	s->dead = true;
	log_line(LOG_FAULT, "firmware/store", "%s (SQLite %d): no more changes", err_text(e), code);
	return ERR_IO;
}

/* board, epoch, seq, hash. */
static enum err take_head(sqlite3_stmt *row, struct store_head *out)
{
	struct span board = sqlite_blob(row, 0), hash = sqlite_blob(row, 3);
	int64_t epoch = sqlite3_column_int64(row, 1), seq = sqlite3_column_int64(row, 2);

	if (board.n != EVENT_BOARD || hash.n != EVENT_HASH || epoch < 1 || epoch > UINT32_MAX ||
		seq < 1)
		return ERR_FORMAT;
	memcpy(out->board, board.p, EVENT_BOARD);
	memcpy(out->id.board, board.p, EVENT_BOARD);
	out->id.epoch = (uint32_t)epoch;
	out->id.seq = (uint64_t)seq;
	memcpy(out->hash, hash.p, EVENT_HASH);
	return OK;
}

/* The head that NEWEST or BELOW answers for a board, also into memory. */
static enum err load_head(
	struct sqlite_store *s, enum statement which, const uint8_t *board, struct store_head *out)
{
	sqlite3_bind_blob(s->at[which], 1, board, EVENT_BOARD, SQLITE_STATIC);
	enum err e = sqlite_row(s, which);
	if (e == OK)
		e = take_head(s->at[which], out);
	sqlite3_reset(s->at[which]);
	return e == OK ? heads_put(&s->heads, out) : e;
}

static enum err find_head(struct sqlite_store *s, const uint8_t *board, struct store_head *out)
{
	const struct store_head *known = heads_find(&s->heads, board);
	enum err e = ERR_ABSENT;

	if (known) {
		*out = *known;
		return OK;
	}
	memset(out, 0, sizeof(*out));
	if (!s->all_heads)
		e = load_head(s, NEWEST, board, out);
	memcpy(out->board, board, EVENT_BOARD);
	memcpy(out->id.board, board, EVENT_BOARD);
	return e == ERR_ABSENT ? OK : e;
}

static enum err head(
	struct store *base, const uint8_t board[static EVENT_BOARD], struct store_head *out)
{
	struct sqlite_store *s = sqlite_of(base);
	enum err e = sqlite_refresh(s);

	return e == OK ? find_head(s, board, out) : e;
}

/* Downwards from the highest id, a seek a board. */
enum err sqlite_load_heads(struct sqlite_store *s)
{
	struct store_head h;
	uint8_t below[EVENT_BOARD + 1];
	size_t n = sizeof(below);

	enum err e = sqlite_refresh(s);
	if (e != OK || s->all_heads)
		return e;
	memset(below, 0xff, sizeof(below));
	do {
		sqlite3_bind_blob(s->at[BELOW], 1, below, (int)n, SQLITE_STATIC);
		e = sqlite_row(s, BELOW);
		if (e == OK)
			e = take_head(s->at[BELOW], &h);
		sqlite3_reset(s->at[BELOW]);
		if (e == OK)
			e = heads_put(&s->heads, &h);
		memcpy(below, h.board, EVENT_BOARD);
		n = EVENT_BOARD;
	} while (e == OK);
	s->all_heads = e == ERR_ABSENT;
	return s->all_heads ? OK : e;
}

static enum err heads(struct store *base, struct grow *out)
{
	struct sqlite_store *s = sqlite_of(base);
	enum err e = sqlite_load_heads(s);

	return e == OK ? heads_give(&s->heads, out) : e;
}

/* A run, or the rest of one, becomes the board's newest. */
static enum err add(struct sqlite_store *s, struct store_item *item, struct span bytes)
{
	sqlite3_stmt *q = s->at[ADD];
	uint16_t count = load_u16(bytes.p + RUN_COUNT_AT);

	store_head_at(&item->head, &item->run);
	sqlite3_bind_int64(q, 1, s->last + 1);
	sqlite3_bind_blob(q, 2, item->head.board, EVENT_BOARD, SQLITE_STATIC);
	sqlite3_bind_int64(q, 3, item->head.id.epoch);
	sqlite3_bind_int64(q, 4, (int64_t)item->head.id.seq);
	sqlite3_bind_int64(q, 5, count);
	sqlite3_bind_blob(q, 6, item->head.hash, EVENT_HASH, SQLITE_STATIC);
	sqlite3_bind_blob(q, 7, bytes.p, (int)bytes.n, SQLITE_STATIC);
	enum err e = sqlite_step(s, ADD);
	if (e != OK)
		return e;
	s->last++;
	item->added = count;
	return heads_put(&s->heads, &item->head);
}

static enum err add_rest(struct sqlite_store *s, struct store_item *item)
{
	struct sink k = sink_on(s->room, RUN_MAX);
	enum err e = run_rest(&item->run, &item->head.id, &k);

	return e == OK && !k.full ? add(s, item, (struct span){s->room, k.n}) : ERR_BUG;
}

/* The run of the store that has the item's last event, if any has. */
static enum err compare(struct sqlite_store *s, struct store_item *item)
{
	const struct event_id *last = &item->run.last;
	sqlite3_stmt *q = s->at[OF_BOARD];
	struct span bytes;
	struct run stored;

	sqlite3_bind_blob(q, 1, last->board, EVENT_BOARD, SQLITE_STATIC);
	sqlite3_bind_int64(q, 2, last->epoch);
	sqlite3_bind_int64(q, 3, (int64_t)last->seq - 1);
	enum err e = sqlite_row(s, OF_BOARD);
	if (e == OK)
		e = sqlite_run(q, 0, &bytes);
	if (e == OK) {
		struct cursor c = cursor_at(bytes);
		e = run_read(&c, &stored);
	}
	if (e == OK)
		item->result = store_holds(&stored, &item->run) ? OK : ERR_FORGED;
	sqlite3_reset(q);
	return e == ERR_ABSENT ? ERR_FORMAT : e;
}

static enum err take(struct sqlite_store *s, struct store_item *item)
{
	item->result = OK;
	item->added = 0;
	enum err e = find_head(s, item->run.board, &item->head);
	if (e != OK)
		return e;
	switch (store_judge(&item->run, &item->head)) {
	case STORE_NEXT:
		return add(s, item, item->run.bytes);
	case STORE_REST:
		return add_rest(s, item);
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
