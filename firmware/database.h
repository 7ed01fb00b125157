/* SQLite as the journal and the store use it: made private, write-ahead log, our own checkpoints,
 * one reading of its errors. Nobody else includes sqlite3.h in this room. */
#ifndef FIRMWARE_DATABASE_H
#define FIRMWARE_DATABASE_H

#include "base.h"

#include <limits.h>
#include <sqlite3.h>

/* The error that an SQLite result code means. */
enum err database_error(sqlite3 *db, int rc);
/* Run statements without results. */
MUST_CHECK enum err database_run(sqlite3 *db, const char *sql);
/* The one integer that sql answers; ERR_ABSENT if it has no row. */
MUST_CHECK enum err database_ask(sqlite3 *db, const char *sql, int64_t *out);

/* Open what is at path (make it first). vfs: NULL for the usual. *out is to be closed also after an
 * error. */
MUST_CHECK enum err database_open(sqlite3 **out, const char *path, const char *vfs, bool read_only);
/* Make an empty file, mode 0600, if there is none: in place before SQLite opens it, so that it is
 * never readable for others, and only if it is new: closing a second descriptor of an open database
 * would drop SQLite's locks on it. */
MUST_CHECK enum err database_make(const char *path);
/* A log whose database is empty or gone: SQLite would delete it, to us that is damage. */
bool database_lost(const char *path);
/* ERR_FORMAT, if the structure is damaged. */
MUST_CHECK enum err database_check(sqlite3 *db);
/* Statements that are kept: *to is to be finalized also after an error. */
struct database_statement {
	sqlite3_stmt **to;
	const char *sql;
};
MUST_CHECK enum err database_prepare(
	sqlite3 *db, const struct database_statement *statements, size_t n);

/* Set up a database to be written: a log, and *frames, which outlives db, is how long it is after
 * the last commit. ERR_FORMAT, if its header is damaged so that nothing can be written. */
MUST_CHECK enum err database_log(sqlite3 *db, int *frames);
/* Fold the log into the database once it is long enough. By us rather than by SQLite: its own
 * automatic checkpoint hides a failed sync. Readers or a full disk may hold this up: OK. */
MUST_CHECK enum err database_fold(sqlite3 *db, int frames);
/* NULL is fine. keep_log: leave it to another (a reader), or sync nothing any more (after a fault).
 */
void database_close(sqlite3 *db, bool keep_log);

/* Rename the closed database and its log to PATH.damaged-N, which goes into out. */
MUST_CHECK enum err database_put_aside(const char *path, char out[static PATH_MAX]);
/* The newest database that was put aside from path; ERR_ABSENT if none was. */
MUST_CHECK enum err database_aside(const char *path, char out[static PATH_MAX]);

#endif
