/* The journal's rows: events in and out of SQLite, and the walk along their hashes. */
#include "journal_inside.h"

#include <string.h>

#define COLUMNS                                                                                    \
	"board, epoch, seq, boot, boot_ms, wall_ms, trusted, kind, person, issue, activity, "      \
	"target_board, target_epoch, target_seq, payload, hash"

#define INTO_EVENT "INTO event (" COLUMNS ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"

const char journal_insert_sql[] = "INSERT " INTO_EVENT;
const char journal_carry_sql[] = "INSERT OR IGNORE " INTO_EVENT;

static const char select_sql[] =
	"SELECT " COLUMNS " FROM event WHERE (board, epoch, seq) > (?,?,?) "
	"ORDER BY board, epoch, seq LIMIT ?";

static const char last_sql[] = "SELECT " COLUMNS " FROM event WHERE board = ? "
			       "ORDER BY epoch DESC, seq DESC LIMIT 1";

enum column {
	BOARD,
	EPOCH,
	SEQ,
	BOOT,
	BOOT_MS,
	WALL_MS,
	TRUSTED,
	KIND,
	PERSON,
	ISSUE,
	ACTIVITY,
	TARGET_BOARD,
	TARGET_EPOCH,
	TARGET_SEQ,
	PAYLOAD,
	HASH
};

static void bind_blob(sqlite3_stmt *s, int column, const void *p, int n)
{
	if (n == 0)
		sqlite3_bind_zeroblob(s, column + 1, 0);
	else
		sqlite3_bind_blob(s, column + 1, p, n, SQLITE_STATIC);
}

static void bind_number(sqlite3_stmt *s, int column, int64_t v)
{
	sqlite3_bind_int64(s, column + 1, v);
}

enum err journal_put(sqlite3 *db, sqlite3_stmt *s, const struct event *e)
{
	bind_blob(s, BOARD, e->id.board, EVENT_BOARD);
	bind_number(s, EPOCH, e->id.epoch);
	bind_number(s, SEQ, (int64_t)e->id.seq);
	bind_blob(s, BOOT, e->boot, EVENT_BOOT);
	bind_number(s, BOOT_MS, e->boot_ms);
	bind_number(s, WALL_MS, e->wall_ms);
	bind_number(s, TRUSTED, e->trusted);
	bind_number(s, KIND, e->kind);
	bind_blob(s, PERSON, e->person, EVENT_PERSON);
	bind_number(s, ISSUE, e->issue);
	bind_number(s, ACTIVITY, e->activity);
	bind_blob(s, TARGET_BOARD, e->target.board, EVENT_BOARD);
	bind_number(s, TARGET_EPOCH, e->target.epoch);
	bind_number(s, TARGET_SEQ, (int64_t)e->target.seq);
	bind_blob(s, PAYLOAD, e->payload, e->payload_n);
	bind_blob(s, HASH, e->hash, EVENT_HASH);
	int rc = sqlite3_step(s);
	enum err out = rc == SQLITE_DONE ? OK : database_error(db, rc);
	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
	return out;
}

/* A database is foreign bytes: each column is judged before it becomes a field. */
struct row {
	sqlite3_stmt *s;
	bool bad;
};

static void take_blob(struct row *r, int column, uint8_t *out, int n)
{
	const void *p = sqlite3_column_blob(r->s, column);

	if (!p || sqlite3_column_bytes(r->s, column) != n)
		r->bad = true;
	else
		memcpy(out, p, (size_t)n);
}

static int64_t take_number(struct row *r, int column, int64_t max)
{
	int64_t v = sqlite3_column_int64(r->s, column);

	if (sqlite3_column_type(r->s, column) != SQLITE_INTEGER || v < 0 || v > max) {
		r->bad = true;
		return 0;
	}
	return v;
}

static void take_payload(struct row *r, struct event *out)
{
	const void *p = sqlite3_column_blob(r->s, PAYLOAD);
	int n = sqlite3_column_bytes(r->s, PAYLOAD);

	if (sqlite3_column_type(r->s, PAYLOAD) != SQLITE_BLOB || n > EVENT_PAYLOAD) {
		r->bad = true;
		return;
	}
	out->payload_n = (uint16_t)n;
	if (n > 0)
		memcpy(out->payload, p, (size_t)n);
}

static enum err take_row(sqlite3_stmt *s, struct event *out)
{
	struct row r = {.s = s};

	memset(out, 0, sizeof(*out));
	take_blob(&r, BOARD, out->id.board, EVENT_BOARD);
	out->id.epoch = (uint32_t)take_number(&r, EPOCH, UINT32_MAX);
	out->id.seq = (uint64_t)take_number(&r, SEQ, INT64_MAX);
	take_blob(&r, BOOT, out->boot, EVENT_BOOT);
	out->boot_ms = take_number(&r, BOOT_MS, INT64_MAX);
	/* A clock may stand before 1970. */
	out->wall_ms = sqlite3_column_int64(s, WALL_MS);
	out->trusted = take_number(&r, TRUSTED, 1) == 1;
	out->kind = (uint16_t)take_number(&r, KIND, UINT16_MAX);
	take_blob(&r, PERSON, out->person, EVENT_PERSON);
	out->issue = (uint32_t)take_number(&r, ISSUE, UINT32_MAX);
	out->activity = (uint16_t)take_number(&r, ACTIVITY, UINT16_MAX);
	take_blob(&r, TARGET_BOARD, out->target.board, EVENT_BOARD);
	out->target.epoch = (uint32_t)take_number(&r, TARGET_EPOCH, UINT32_MAX);
	out->target.seq = (uint64_t)take_number(&r, TARGET_SEQ, INT64_MAX);
	take_payload(&r, out);
	take_blob(&r, HASH, out->hash, EVENT_HASH);
	return r.bad ? ERR_FORMAT : OK;
}

enum err journal_row(sqlite3 *db, sqlite3_stmt *s, struct event *out)
{
	int rc = sqlite3_step(s);

	if (rc == SQLITE_ROW)
		return take_row(s, out);
	memset(out, 0, sizeof(*out));
	return rc == SQLITE_DONE ? ERR_ABSENT : database_error(db, rc);
}

enum err journal_select(
	sqlite3 *db, const struct event_id *after, int64_t limit, sqlite3_stmt **out)
{
	int rc = sqlite3_prepare_v2(db, select_sql, -1, out, NULL);

	if (rc != SQLITE_OK)
		return database_error(db, rc);
	sqlite3_bind_blob(*out, 1, after->board, EVENT_BOARD, SQLITE_TRANSIENT);
	sqlite3_bind_int64(*out, 2, after->epoch);
	sqlite3_bind_int64(*out, 3, (int64_t)after->seq);
	sqlite3_bind_int64(*out, 4, limit);
	return OK;
}

enum err journal_last(sqlite3 *db, const uint8_t board[static EVENT_BOARD], struct event *out)
{
	sqlite3_stmt *s;
	int rc = sqlite3_prepare_v2(db, last_sql, -1, &s, NULL);

	if (rc != SQLITE_OK)
		return database_error(db, rc);
	sqlite3_bind_blob(s, 1, board, EVENT_BOARD, SQLITE_STATIC);
	enum err e = journal_row(db, s, out);
	sqlite3_finalize(s);
	return e;
}

bool journal_chain_holds(struct journal_chain *c, const struct event *e)
{
	uint8_t want[EVENT_HASH];

	if (!c->begun || memcmp(c->board, e->id.board, EVENT_BOARD) != 0) {
		memset(c, 0, sizeof(*c));
		memcpy(c->board, e->id.board, EVENT_BOARD);
		c->begun = true;
	}
	event_hash(e, c->head, want);
	memcpy(c->head, e->hash, EVENT_HASH);
	return memcmp(want, e->hash, EVENT_HASH) == 0;
}

enum err journal_read(
	struct journal *j, const struct event_id *after, struct event *out, size_t cap, size_t *n)
{
	sqlite3_stmt *s;

	*n = 0;
	if (cap == 0)
		return OK;
	enum err e = journal_select(j->db, after, (int64_t)cap, &s);
	if (e != OK)
		return e;
	while (*n < cap && (e = journal_row(j->db, s, &out[*n])) == OK)
		++*n;
	sqlite3_finalize(s);
	return e == ERR_ABSENT ? OK : e;
}

enum err journal_verify(struct journal *j, struct event_id *at)
{
	struct journal_chain chain = {0};
	struct event e;
	sqlite3_stmt *s;

	memset(at, 0, sizeof(*at));
	enum err err = journal_select(j->db, at, -1, &s);
	if (err != OK)
		return err;
	while ((err = journal_row(j->db, s, &e)) == OK)
		if (!journal_chain_holds(&chain, &e)) {
			*at = e.id;
			err = ERR_FORGED;
			break;
		}
	sqlite3_finalize(s);
	return err == ERR_ABSENT ? OK : err;
}

enum err journal_next_board(
	struct journal *j, const uint8_t after[static EVENT_BOARD], uint8_t out[static EVENT_BOARD])
{
	struct event_id end = {.epoch = UINT32_MAX, .seq = INT64_MAX};
	struct event e;
	sqlite3_stmt *s;

	memcpy(end.board, after, EVENT_BOARD);
	memset(out, 0, EVENT_BOARD);
	enum err err = journal_select(j->db, &end, 1, &s);
	if (err != OK)
		return err;
	err = journal_row(j->db, s, &e);
	sqlite3_finalize(s);
	if (err == OK)
		memcpy(out, e.id.board, EVENT_BOARD);
	return err;
}
