/* A connection to PostgreSQL that heals: prepared statements, binary values, errors as ours. Nobody
 * but the PostgreSQL store includes it. */
#ifndef HUB_PG_H
#define HUB_PG_H

#include "grow.h"

#include <libpq-fe.h>

/* A statement with its name; the parameters' types come from its casts. */
struct pg_statement {
	const char *name, *sql;
};

struct pg {
	PGconn *connection;
	char *address; /* as given: it may hold a password, and never reaches a log */
	const struct pg_statement *statements;
	size_t statements_n;
	int64_t retry_ms; /* no new try to connect before this (boot_ms) */
	char state[6];    /* of the last error: SQLSTATE, "" if there was no answer */
};

/* Connect, if it is not; *fresh says that it is a new connection, so that what belongs to a session
 * (locks) is to be taken anew.
 * returns: OK, ERR_IO, ERR_ABSENT, ERR_DENIED, ERR_FULL … as pg_error */
MUST_CHECK enum err pg_connect(struct pg *p, bool *fresh);
void pg_disconnect(struct pg *p);
/* Prepare the statements, once their tables are there. */
MUST_CHECK enum err pg_prepare(struct pg *p);

/* Values for one call, in binary. Start zeroed; bytes are borrowed until the call. */
enum { PG_VALUES = 10 };
struct pg_values {
	int n;
	const char *at[PG_VALUES];
	int length[PG_VALUES];
	uint8_t number[PG_VALUES][8];
};
void pg_bytes(struct pg_values *v, const void *p, size_t n);
void pg_number(struct pg_values *v, int64_t number); /* bigint */

/* An array as one value: start with the type, add one at least, then pg_array. */
enum pg_type { PG_BYTEA = 17, PG_BIGINT = 20 };
struct pg_array {
	struct grow g;
	uint32_t n;
	enum pg_type type;
};
void pg_array_bytes(struct pg_array *a, const void *p, size_t n);
void pg_array_number(struct pg_array *a, int64_t number);
void pg_array_free(struct pg_array *a);
/* returns: OK, ERR_IO, if memory ran out on the way */
MUST_CHECK enum err pg_array(struct pg_values *v, struct pg_array *a);

/* Run a prepared statement. *out, which may hold rows in binary, is to be cleared (PQclear) also after
 * an error. v may be NULL. */
MUST_CHECK enum err pg_ask(
	struct pg *p, const char *statement, const struct pg_values *v, PGresult **out);
/* The same without an answer; *rows, if not NULL, is how many were changed. */
MUST_CHECK enum err pg_do(
	struct pg *p, const char *statement, const struct pg_values *v, uint64_t *rows);
/* Statements in plain text, one transaction; *rows, if not NULL, is how many the last one answered. */
MUST_CHECK enum err pg_run(struct pg *p, const char *sql, int *rows);

/* A field of an answer, checked: an empty span or 0 if it is NULL or no such thing. */
struct span pg_field(const PGresult *r, int row, int column);
int64_t pg_field_number(const PGresult *r, int row, int column); /* bigint, int or smallint */

#endif
