/* The store in PostgreSQL: its tables, its statements, opening, a writer for each hub. */
#include "store_postgres.h"

#include "seal.h"
#include "store_postgres_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STORE_VERSION = 1 };

/* Two hubs may begin at once: only one makes the tables. */
static const char schema_sql[] =
	"SELECT pg_advisory_xact_lock(1179605331, -1);"
	"CREATE TABLE IF NOT EXISTS foyer_store (one INT PRIMARY KEY CHECK (one = 1),"
	" version INT NOT NULL);"
	"CREATE TABLE IF NOT EXISTS foyer_writer (slot INT PRIMARY KEY, id BYTEA NOT NULL);"
	"CREATE TABLE IF NOT EXISTS foyer_run (board BYTEA NOT NULL, before BYTEA NOT NULL,"
	" epoch BIGINT NOT NULL, seq BIGINT NOT NULL, count INT NOT NULL, hash BYTEA NOT NULL,"
	" device BYTEA NOT NULL, writer INT NOT NULL, number BIGINT NOT NULL, bytes BYTEA NOT NULL,"
	" PRIMARY KEY (board, before));"
	"CREATE INDEX IF NOT EXISTS foyer_run_end ON foyer_run (board, epoch, seq);"
	"CREATE INDEX IF NOT EXISTS foyer_run_number ON foyer_run (writer, number);"
	"CREATE INDEX IF NOT EXISTS foyer_run_first ON foyer_run (device)"
	" WHERE before = decode(repeat('00', 32), 'hex');"
	"CREATE TABLE IF NOT EXISTS foyer_quarantine (device BYTEA NOT NULL, hash BYTEA NOT NULL,"
	" why TEXT NOT NULL, bytes BYTEA NOT NULL, PRIMARY KEY (device, hash));"
	"CREATE TABLE IF NOT EXISTS foyer_note (key TEXT COLLATE \"C\" PRIMARY KEY,"
	" value BYTEA NOT NULL);"
	"INSERT INTO foyer_store VALUES (1, 1) ON CONFLICT DO NOTHING";

#define NEWEST       "SELECT r.board, r.epoch, r.seq, r.hash, r.number, r.device FROM foyer_run r WHERE "
#define NEWEST_FIRST " ORDER BY r.board DESC, r.epoch DESC, r.seq DESC LIMIT 1"

const struct pg_statement postgres_statements[] = {
	{"version", "SELECT version FROM foyer_store"},
	{"writers", "SELECT slot, id, (SELECT max(number) FROM foyer_run WHERE writer = slot)"
		    " FROM foyer_writer ORDER BY slot"},
	{"writer_add", "INSERT INTO foyer_writer VALUES ($1::bigint, $2::bytea)"
		       " ON CONFLICT DO NOTHING"},
	{"writer_lock", "SELECT pg_try_advisory_lock('foyer_writer'::regclass::oid::int,"
			" ($1::bigint)::int)"},
	{"add", "INSERT INTO foyer_run (board, before, epoch, seq, count, hash, device, writer,"
		" number, bytes) SELECT board, before, epoch, seq, count, hash, device,"
		" $1::bigint, number, bytes"
		" FROM unnest($2::bytea[], $3::bytea[], $4::bigint[], $5::bigint[], $6::bigint[],"
		" $7::bytea[], $8::bytea[], $9::bigint[], $10::bytea[])"
		" AS new (board, before, epoch, seq, count, hash, device, number, bytes)"},
	{"newest", "SELECT h.* FROM unnest($1::bytea[]) AS b (board) CROSS JOIN LATERAL"
		   " (" NEWEST "r.board = b.board" NEWEST_FIRST ") AS h"},
	/* A search a board, instead of a look at every run. */
	{"heads", "WITH RECURSIVE h AS ((" NEWEST "true" NEWEST_FIRST ") UNION ALL"
		  " SELECT n.* FROM h CROSS JOIN LATERAL"
		  " (" NEWEST "r.board < h.board" NEWEST_FIRST ") AS n) SELECT * FROM h"},
	{"of_board", "SELECT bytes, epoch, seq FROM foyer_run WHERE board = $1::bytea"
		     " AND (epoch, seq) > ($2::bigint, $3::bigint) ORDER BY epoch, seq"
		     " LIMIT $4::bigint"},
	/* What is too much for one answer is not sent: total is the bytes so far. */
	{"onwards", "SELECT id, number, bytes FROM (SELECT c.id, x.number, x.bytes,"
		    " octet_length(x.bytes) AS size,"
		    " sum(octet_length(x.bytes)) OVER (ORDER BY x.number, c.id) AS total"
		    " FROM unnest($1::bytea[], $2::bigint[], $3::bigint[]) AS c (id, writer, after)"
		    " CROSS JOIN LATERAL (SELECT r.number, r.bytes FROM foyer_run r"
		    " WHERE r.writer = c.writer AND r.number > c.after ORDER BY r.number"
		    " LIMIT $5::bigint) AS x) AS n WHERE total <= $4::bigint OR total = size"
		    " ORDER BY number, id LIMIT $5::bigint"},
	{"count_on", "SELECT c.id, count(*), sum(r.count)::bigint, max(r.number)"
		     " FROM unnest($1::bytea[], $2::bigint[], $3::bigint[])"
		     " AS c (id, writer, after) JOIN foyer_run r"
		     " ON r.writer = c.writer AND r.number > c.after GROUP BY c.id"},
	{"aside", "INSERT INTO foyer_quarantine (device, hash, why, bytes)"
		  " VALUES ($1::bytea, $2::bytea, $3::text, $4::bytea)"
		  " ON CONFLICT DO NOTHING"},
	{"aside_count", "SELECT count(*), coalesce(sum(octet_length(bytes)), 0)::bigint"
			" FROM foyer_quarantine"},
	{"boards_of", "SELECT count(DISTINCT board) FROM foyer_run WHERE device = $1::bytea"
		      " AND before = decode(repeat('00', 32), 'hex')"},
	{"note_put", "INSERT INTO foyer_note VALUES ($1::text, $2::bytea)"
		     " ON CONFLICT (key) DO UPDATE SET value = excluded.value"},
	{"note_fresh",
		"INSERT INTO foyer_note VALUES ($1::text, $2::bytea) ON CONFLICT DO NOTHING"},
	{"note_drop", "DELETE FROM foyer_note WHERE key = $1::text"},
	{"note_get", "SELECT value FROM foyer_note WHERE key = $1::text"},
	{"note_each", "SELECT key, value FROM foyer_note WHERE key >= $1::text AND key < $2::text"
		      " ORDER BY key"},
};
const size_t postgres_statements_n = COUNT(postgres_statements);

enum err postgres_take_head(const PGresult *r, int row, struct head_row *out)
{
	struct span board = pg_field(r, row, 0), hash = pg_field(r, row, 3),
		    device = pg_field(r, row, 5);
	int64_t epoch = pg_field_number(r, row, 1), seq = pg_field_number(r, row, 2);

	memset(out, 0, sizeof(*out));
	if (board.n != EVENT_BOARD || hash.n != EVENT_HASH || device.n != PAPER_DEVICE ||
		epoch < 1 || epoch > UINT32_MAX || seq < 1)
		return ERR_FORMAT;
	memcpy(out->head.board, board.p, EVENT_BOARD);
	memcpy(out->head.id.board, board.p, EVENT_BOARD);
	out->head.id.epoch = (uint32_t)epoch;
	out->head.id.seq = (uint64_t)seq;
	memcpy(out->head.hash, hash.p, EVENT_HASH);
	memcpy(out->head.device, device.p, PAPER_DEVICE);
	out->number = pg_field_number(r, row, 4);
	return OK;
}

enum err postgres_try_writer(struct postgres_store *s, int64_t slot, bool *ours)
{
	struct pg_values v = {0};
	PGresult *r;

	pg_number(&v, slot);
	enum err e = pg_ask(&s->pg, "writer_lock", &v, &r);
	*ours = e == OK && PQntuples(r) == 1 && pg_field_number(r, 0, 0) == 1;
	PQclear(r);
	return e;
}

/* A writer whose hub is gone; ERR_ABSENT, if all are at work: *unused is the next slot. */
static enum err take_writer(struct postgres_store *s, int64_t *unused)
{
	bool ours = false;
	PGresult *r;

	*unused = 0;
	enum err e = pg_ask(&s->pg, "writers", NULL, &r);
	for (int i = 0; e == OK && i < PQntuples(r) && !ours; i++) {
		s->slot = pg_field_number(r, i, 0);
		*unused = s->slot + 1;
		e = postgres_try_writer(s, s->slot, &ours);
	}
	PQclear(r);
	return e == OK && !ours ? ERR_ABSENT : e;
}

/* Asked once the writer is ours: before, its hub may still have been writing. */
static enum err load_last(struct postgres_store *s)
{
	PGresult *r;
	enum err e = pg_ask(&s->pg, "writers", NULL, &r);

	for (int i = 0; e == OK && i < PQntuples(r); i++)
		if (pg_field_number(r, i, 0) == s->slot)
			s->last = pg_field_number(r, i, 2);
	PQclear(r);
	return e;
}

static enum err claim_writer(struct postgres_store *s)
{
	uint8_t id[STORE_WRITER];
	int64_t unused;

	for (;;) {
		struct pg_values v = {0};
		enum err e = take_writer(s, &unused);
		if (e == OK)
			return load_last(s);
		if (e != ERR_ABSENT)
			return e;
		if (unused >= STORE_WRITERS)
			return ERR_BUSY;
		seal_random(id, sizeof(id));
		pg_number(&v, unused);
		pg_bytes(&v, id, sizeof(id));
		e = pg_do(&s->pg, "writer_add", &v, NULL);
		if (e != OK)
			return e;
	}
}

static enum err check_version(struct postgres_store *s)
{
	PGresult *r;
	enum err e = pg_ask(&s->pg, "version", NULL, &r);

	if (e == OK && PQntuples(r) != 1)
		e = ERR_FORMAT;
	if (e == OK && pg_field_number(r, 0, 0) > STORE_VERSION)
		e = ERR_VERSION;
	PQclear(r);
	return e;
}

/* A reader makes nothing: ERR_ABSENT, where there is nothing yet. */
static enum err find_tables(struct postgres_store *s)
{
	int rows;
	enum err e = pg_run(&s->pg,
		"SELECT 1 FROM pg_tables WHERE schemaname = current_schema()"
		" AND tablename = 'foyer_store'",
		&rows);

	return e == OK && rows == 0 ? ERR_ABSENT : e;
}

static enum err begin_session(struct postgres_store *s)
{
	heads_clear(&s->heads);
	enum err e = find_tables(s);
	if (e == ERR_ABSENT && !s->read_only)
		e = pg_run(&s->pg, schema_sql, NULL);
	if (e == OK)
		e = pg_prepare(&s->pg);
	if (e == OK)
		e = check_version(s);
	if (e == OK && !s->read_only)
		e = claim_writer(s);
	return e;
}

enum err postgres_ready(struct postgres_store *s, bool change)
{
	bool fresh;

	if (change && s->read_only)
		return ERR_DENIED;
	enum err e = pg_connect(&s->pg, &fresh);
	if (e != OK || !fresh)
		return e;
	e = begin_session(s);
	if (e != OK)
		pg_disconnect(&s->pg);
	return e;
}

static void close_store(struct store *base)
{
	struct postgres_store *s = postgres_of(base);

	pg_disconnect(&s->pg);
	if (s->pg.address)
		seal_wipe(s->pg.address, strlen(s->pg.address));
	free(s->pg.address);
	heads_free(&s->heads);
	free(s);
}

static enum err open_store(struct store **out, const struct store_options *o)
{
	struct postgres_store *s = calloc(1, sizeof(*s));

	*out = NULL;
	if (!s)
		return ERR_IO;
	s->base.kind = &store_postgresql;
	s->read_only = o->read_only;
	s->pg = (struct pg){.address = strdup(o->where),
		.statements = postgres_statements,
		.statements_n = postgres_statements_n};
	enum err e = s->pg.address ? postgres_ready(s, false) : ERR_IO;
	if (e != OK) {
		close_store(&s->base);
		return e;
	}
	*out = &s->base;
	return OK;
}

const struct store_kind store_postgresql = {
	.scheme = "postgresql",
	.open = open_store,
	.close = close_store,
	.merge = postgres_merge,
	.head = postgres_head,
	.heads = postgres_heads,
	.read = postgres_read,
	.read_board = postgres_read_board,
	.quarantine = postgres_quarantine,
	.note_put = postgres_note_put,
	.note_get = postgres_note_get,
	.note_each = postgres_note_each,
	.stats = postgres_stats,
};
