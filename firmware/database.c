/* SQLite as the journal and the store use it. */
#include "database.h"

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The log is folded into the database at this many pages. */
enum { CHECKPOINT_FRAMES = 1000, BUSY_MS = 2000, LOG_AGAIN_MS = 20, ASIDE_MAX = 9999 };

enum err database_error(sqlite3 *db, int rc)
{
	switch (rc & 0xff) {
	case SQLITE_OK:
	case SQLITE_DONE:
	case SQLITE_ROW:
		return OK;
	case SQLITE_CORRUPT:
	case SQLITE_ERROR: /* a table or column of ours is not there */
	case SQLITE_NOTADB:
		return ERR_FORMAT;
	case SQLITE_FULL:
		return ERR_FULL;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ERR_BUSY;
	case SQLITE_PERM:
	case SQLITE_AUTH:
	case SQLITE_READONLY:
		return ERR_DENIED;
	case SQLITE_CANTOPEN:
		return file_error(db ? sqlite3_system_errno(db) : EIO);
	default:
		return ERR_IO;
	}
}

enum err database_run(sqlite3 *db, const char *sql)
{
	return database_error(db, sqlite3_exec(db, sql, NULL, NULL, NULL));
}

enum err database_ask(sqlite3 *db, const char *sql, int64_t *out)
{
	sqlite3_stmt *s;
	int rc = sqlite3_prepare_v2(db, sql, -1, &s, NULL);

	*out = 0;
	if (rc != SQLITE_OK)
		return database_error(db, rc);
	rc = sqlite3_step(s);
	if (rc == SQLITE_ROW)
		*out = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return rc == SQLITE_DONE ? ERR_ABSENT : database_error(db, rc);
}

enum err database_open(sqlite3 **out, const char *path, const char *vfs, bool read_only)
{
	int flags = read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	int rc = sqlite3_open_v2(path, out, flags, vfs);

	if (rc != SQLITE_OK)
		return database_error(*out, rc);
	sqlite3_busy_timeout(*out, BUSY_MS);
	sqlite3_db_config(*out, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	return database_run(*out, "PRAGMA trusted_schema = 0; PRAGMA cell_size_check = 1;"
				  "PRAGMA temp_store = 2");
}

enum err database_make(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return errno == EEXIST ? OK : file_error(errno);
	close(fd);
	return OK;
}

bool database_lost(const char *path)
{
	char wal[PATH_MAX];
	struct stat db, log;

	snprintf(wal, sizeof(wal), "%s-wal", path);
	bool empty = stat(path, &db) != 0 || db.st_size == 0;
	return empty && stat(wal, &log) == 0 && log.st_size > 0;
}

enum err database_check(sqlite3 *db)
{
	sqlite3_stmt *s;
	int rc = sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &s, NULL);

	if (rc != SQLITE_OK)
		return database_error(db, rc);
	rc = sqlite3_step(s);
	enum err e = database_error(db, rc);
	if (rc == SQLITE_ROW)
		e = strcmp((const char *)sqlite3_column_text(s, 0), "ok") == 0 ? OK : ERR_FORMAT;
	sqlite3_finalize(s);
	return e;
}

enum err database_prepare(sqlite3 *db, const struct database_statement *statements, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int rc = sqlite3_prepare_v3(db, statements[i].sql, -1, SQLITE_PREPARE_PERSISTENT,
			statements[i].to, NULL);
		if (rc != SQLITE_OK)
			return database_error(db, rc);
	}
	return OK;
}

/* One that may be written, and whose header forbids it. */
static bool is_locked_by_header(sqlite3 *db)
{
	return sqlite3_db_readonly(db, "main") == 1 &&
	       access(sqlite3_db_filename(db, "main"), W_OK) == 0;
}

static int on_commit(void *context, sqlite3 *db, const char *name, int frames)
{
	int *out = context;

	(void)db;
	(void)name;
	*out = frames;
	return SQLITE_OK;
}

enum err database_log(sqlite3 *db, int *frames)
{
	enum err e = ERR_BUSY;

	/* Two who begin at once may both be told so without the usual wait: the wait is ours. */
	sqlite3_busy_timeout(db, 0);
	for (int waited = 0; e == ERR_BUSY && waited <= BUSY_MS; waited += LOG_AGAIN_MS) {
		e = database_run(db, "PRAGMA journal_mode = WAL");
		if (e == ERR_BUSY)
			sqlite3_sleep(LOG_AGAIN_MS);
	}
	sqlite3_busy_timeout(db, BUSY_MS);
	if (is_locked_by_header(db))
		e = ERR_FORMAT;
	if (e == OK)
		e = database_run(db, "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0");
	sqlite3_wal_hook(db, on_commit, frames);
	return e;
}

enum err database_fold(sqlite3 *db, int frames)
{
	if (frames < CHECKPOINT_FRAMES)
		return OK;
	int rc = sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	enum err e = database_error(db, rc);
	return e == ERR_BUSY || e == ERR_FULL ? OK : e;
}

void database_close(sqlite3 *db, bool keep_log)
{
	if (db && keep_log)
		sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_close(db);
}

static enum err move(const char *path, const char *to, const char *suffix)
{
	char old[PATH_MAX], fresh[PATH_MAX];

	if ((size_t)snprintf(old, sizeof(old), "%s%s", path, suffix) >= sizeof(old) ||
		(size_t)snprintf(fresh, sizeof(fresh), "%s%s", to, suffix) >= sizeof(fresh))
		return ERR_FULL;
	if (rename(old, fresh) != 0 && errno != ENOENT)
		return ERR_IO;
	return OK;
}

static bool is_there(const char *path, const char *suffix)
{
	char name[PATH_MAX];
	struct stat st;

	return (size_t)snprintf(name, sizeof(name), "%s%s", path, suffix) < sizeof(name) &&
	       lstat(name, &st) == 0;
}

static bool aside_name(const char *path, int number, char out[static PATH_MAX])
{
	return snprintf(out, PATH_MAX, "%s.damaged-%d", path, number) < PATH_MAX;
}

/* The database goes first: after a crash between the two renames the -wal stands alone, which counts
 * as damage again, and ids are never used twice. The -shm is made anew from the -wal. */
enum err database_put_aside(const char *path, char out[static PATH_MAX])
{
	for (int i = 1; i <= ASIDE_MAX; i++) {
		if (!aside_name(path, i, out))
			return ERR_FULL;
		if (is_there(out, "") || is_there(out, "-wal"))
			continue;
		enum err e = move(path, out, "");
		if (e == OK)
			e = move(path, out, "-wal");
		if (e == OK)
			e = move(path, out, "-shm");
		if (e != OK)
			return e;
		return file_sync_name(path);
	}
	return ERR_FULL;
}

/* One that lost its log on the way is worth more than a log alone. */
enum err database_aside(const char *path, char out[static PATH_MAX])
{
	char name[PATH_MAX];
	enum err e = ERR_ABSENT;

	out[0] = '\0';
	for (int i = 1; i <= ASIDE_MAX && aside_name(path, i, name) &&
			(is_there(name, "") || is_there(name, "-wal"));
		i++)
		if (is_there(name, ""))
			e = span_copy_text(span_of(name), out, PATH_MAX);
	return e;
}
