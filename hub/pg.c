/* A connection to PostgreSQL that heals. */
#include "pg.h"

#include <stdlib.h>
#include <string.h>

enum { RETRY_MS = 1000 };

/* Durable however the server is set up, and nothing that waits for ever. */
static const char session_sql[] =
	"SELECT set_config('synchronous_commit', 'on', false)"
	" WHERE current_setting('synchronous_commit') IN ('off', 'local');"
	"SET lock_timeout = '3s'; SET statement_timeout = '30s';"
	"SET client_min_messages = 'warning'";

/* By SQLSTATE (PostgreSQL's appendix A). */
static enum err error_of(const char *state)
{
	static const struct {
		const char *begins;
		enum err e;
	} table[] = {
		{"23505", ERR_BUSY},   /* unique_violation: another was first */
		{"40001", ERR_BUSY},   /* serialization_failure */
		{"40P01", ERR_BUSY},   /* deadlock_detected */
		{"55P03", ERR_BUSY},   /* lock_not_available */
		{"57014", ERR_BUSY},   /* query_canceled: statement_timeout */
		{"53100", ERR_FULL},   /* disk_full */
		{"25006", ERR_DENIED}, /* read_only_sql_transaction */
		{"28", ERR_DENIED},    /* invalid authorization */
		{"42501", ERR_DENIED}, /* insufficient_privilege */
		{"42", ERR_FORMAT},    /* a table or column of ours is not there */
		{"XX001", ERR_FORMAT}, /* data_corrupted */
		{"XX002", ERR_FORMAT}, /* index_corrupted */
	};

	for (size_t i = 0; i < COUNT(table); i++)
		if (strncmp(state, table[i].begins, strlen(table[i].begins)) == 0)
			return table[i].e;
	return ERR_IO;
}

/* Only the code is logged: an error's text quotes values. */
static enum err fault(struct pg *p, const PGresult *r)
{
	const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;

	strncpy(p->state, state ? state : "", sizeof(p->state) - 1);
	enum err e = error_of(p->state);
	if (PQstatus(p->connection) != CONNECTION_OK) {
		log_line(LOG_WARN, "hub/pg", "the connection is lost state=%s",
			p->state[0] ? p->state : "none");
		return ERR_IO;
	}
	if (e != ERR_BUSY)
		log_line(LOG_WARN, "hub/pg", "%s state=%s", err_text(e), p->state);
	return e;
}

static bool is_fine(const PGresult *r)
{
	ExecStatusType status = PQresultStatus(r);

	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

enum err pg_run(struct pg *p, const char *sql, int *rows)
{
	PGresult *r = PQexec(p->connection, sql);
	enum err e = is_fine(r) ? OK : fault(p, r);

	if (rows)
		*rows = PQntuples(r);
	PQclear(r);
	return e;
}

static void ignore(void *arg, const PGresult *r)
{
	(void)arg;
	(void)r;
}

static enum err connect_now(struct pg *p)
{
	/* What the address does not say; the address comes last and wins. */
	const char *const words[] = {"connect_timeout", "tcp_user_timeout", "keepalives_idle",
		"fallback_application_name", "dbname", NULL};
	const char *const values[] = {"5", "10000", "10", "foyer", p->address, NULL};

	p->connection = PQconnectdbParams(words, values, 1);
	if (!p->connection)
		return ERR_IO;
	if (PQstatus(p->connection) != CONNECTION_OK) {
		const char *why = PQerrorMessage(p->connection);
		log_line(LOG_WARN, "hub/pg", "%.*s", (int)strcspn(why, "\n"), why);
		return PQconnectionNeedsPassword(p->connection) ? ERR_DENIED : ERR_IO;
	}
	PQsetNoticeReceiver(p->connection, ignore, NULL);
	return pg_run(p, session_sql, NULL);
}

enum err pg_connect(struct pg *p, bool *fresh)
{
	int64_t now = clock_now().boot_ms;

	*fresh = false;
	if (p->connection && PQstatus(p->connection) == CONNECTION_OK)
		return OK;
	pg_disconnect(p);
	if (p->retry_ms != 0 && now < p->retry_ms)
		return ERR_IO;
	enum err e = connect_now(p);
	p->retry_ms = e == OK ? 0 : now + RETRY_MS;
	*fresh = e == OK;
	if (e != OK)
		pg_disconnect(p);
	return e;
}

void pg_disconnect(struct pg *p)
{
	PQfinish(p->connection);
	p->connection = NULL;
}

enum err pg_prepare(struct pg *p)
{
	for (size_t i = 0; i < p->statements_n; i++) {
		const struct pg_statement *s = &p->statements[i];
		PGresult *r = PQprepare(p->connection, s->name, s->sql, 0, NULL);
		enum err e = is_fine(r) ? OK : fault(p, r);
		PQclear(r);
		if (e != OK)
			return e;
	}
	return OK;
}

static void put_u32(uint8_t *p, uint32_t v)
{
	for (int i = 3; i >= 0; i--, v >>= 8)
		p[i] = (uint8_t)v;
}

static void put_u64(uint8_t *p, uint64_t v)
{
	put_u32(p, (uint32_t)(v >> 32));
	put_u32(p + 4, (uint32_t)v);
}

void pg_bytes(struct pg_values *v, const void *p, size_t n)
{
	/* A NULL pointer would be SQL's NULL. */
	v->at[v->n] = p ? p : "";
	v->length[v->n++] = (int)n;
}

void pg_number(struct pg_values *v, int64_t number)
{
	put_u64(v->number[v->n], (uint64_t)number);
	pg_bytes(v, v->number[v->n], 8);
}

/* Of one dimension, from 1: dimensions, has NULLs, type, length, lower bound; then each with its
 * length. */
enum { ARRAY_HEAD = 20, ARRAY_COUNT_AT = 12 };

void pg_array_bytes(struct pg_array *a, const void *p, size_t n)
{
	if (a->n++ == 0)
		(void)grow_room(&a->g, ARRAY_HEAD);
	uint8_t *length = grow_room(&a->g, 4);
	if (length)
		put_u32(length, (uint32_t)n);
	grow_bytes(&a->g, p, n);
}

void pg_array_number(struct pg_array *a, int64_t number)
{
	uint8_t bytes[8];

	put_u64(bytes, (uint64_t)number);
	pg_array_bytes(a, bytes, sizeof(bytes));
}

void pg_array_free(struct pg_array *a)
{
	grow_free(&a->g);
	a->n = 0;
}

enum err pg_array(struct pg_values *v, struct pg_array *a)
{
	if (a->n == 0 || a->g.failed || a->g.n > INT32_MAX)
		return ERR_IO;
	put_u32(a->g.p, 1);
	put_u32(a->g.p + 8, a->type);
	put_u32(a->g.p + ARRAY_COUNT_AT, a->n);
	put_u32(a->g.p + 16, 1);
	pg_bytes(v, a->g.p, a->g.n);
	return OK;
}

enum err pg_ask(struct pg *p, const char *statement, const struct pg_values *v, PGresult **out)
{
	static const int binary[PG_VALUES] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

	*out = PQexecPrepared(p->connection, statement, v ? v->n : 0, v ? v->at : NULL,
		v ? v->length : NULL, v ? binary : NULL, 1);
	return is_fine(*out) ? OK : fault(p, *out);
}

enum err pg_do(struct pg *p, const char *statement, const struct pg_values *v, uint64_t *rows)
{
	PGresult *r;
	enum err e = pg_ask(p, statement, v, &r);

	if (rows)
		*rows = e == OK ? strtoull(PQcmdTuples(r), NULL, 10) : 0;
	PQclear(r);
	return e;
}

struct span pg_field(const PGresult *r, int row, int column)
{
	if (PQgetisnull(r, row, column))
		return (struct span){0};
	return (struct span){
		(const uint8_t *)PQgetvalue(r, row, column), (size_t)PQgetlength(r, row, column)};
}

int64_t pg_field_number(const PGresult *r, int row, int column)
{
	struct span s = pg_field(r, row, column);
	uint64_t v = s.n > 0 && s.p[0] & 0x80 ? UINT64_MAX : 0;

	if (s.n > 8)
		return 0;
	for (size_t i = 0; i < s.n; i++)
		v = v << 8 | s.p[i];
	return (int64_t)v;
}
