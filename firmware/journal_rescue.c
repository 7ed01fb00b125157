/* A damaged journal: recognise it, put it aside under a new name, carry over what still holds. */
#include "journal_inside.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { QUARANTINES = 9999 };

static enum err check_structure(sqlite3 *db)
{
	sqlite3_stmt *s;
	int rc = sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &s, NULL);

	if (rc != SQLITE_OK)
		return journal_sql_error(db, rc);
	rc = sqlite3_step(s);
	enum err e = journal_sql_error(db, rc);
	if (rc == SQLITE_ROW)
		e = strcmp((const char *)sqlite3_column_text(s, 0), "ok") == 0 ? OK : ERR_FORMAT;
	sqlite3_finalize(s);
	return e;
}

static const char board_sql[] = "SELECT epoch FROM board WHERE length(id) = 8 AND epoch >= 0";

enum err journal_inspect(sqlite3 *db)
{
	int64_t mark, version, tables, epoch;
	struct journal view = {.db = db};
	struct event_id at;

	enum err e = journal_ask(db, "PRAGMA application_id", &mark);
	if (e == OK)
		e = journal_ask(db, "PRAGMA user_version", &version);
	if (e == OK)
		e = journal_ask(db, "SELECT count(*) FROM sqlite_schema", &tables);
	if (e != OK)
		return e;
	if (mark == 0 && version == 0 && tables == 0)
		return ERR_ABSENT;
	if (mark != JOURNAL_MARK)
		return ERR_FORMAT;
	if (version > JOURNAL_VERSION)
		return ERR_VERSION;
	e = check_structure(db);
	if (e == OK)
		e = journal_ask(db, board_sql, &epoch);
	if (e == ERR_ABSENT)
		return ERR_FORMAT;
	if (e == OK)
		e = journal_verify(&view, &at);
	return e == ERR_FORGED ? ERR_FORMAT : e;
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

/* The database goes first: after a crash between the two renames the -wal stands alone, which counts
 * as damage again, and ids are never used twice. The -shm is made anew from the -wal. */
enum err journal_put_aside(const char *path, char out[static PATH_MAX])
{
	for (int i = 1; i <= QUARANTINES; i++) {
		if ((size_t)snprintf(out, PATH_MAX, "%s.damaged-%d", path, i) >= PATH_MAX)
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

static enum err carry_over(struct journal *j, sqlite3 *old)
{
	struct journal_chain chain = {0};
	uint8_t broken[EVENT_BOARD] = {0};
	bool is_broken = false;
	struct event e;
	sqlite3_stmt *s;
	enum err err = journal_select(old, &(struct event_id){0}, -1, &s);

	if (err != OK)
		return OK;
	/* A row that cannot be read ends the walk: what lies behind it is not in order any more. */
	while (err == OK && journal_row(old, s, &e) == OK) {
		bool holds = journal_chain_holds(&chain, &e);
		if (is_broken && memcmp(broken, e.id.board, EVENT_BOARD) == 0)
			continue;
		is_broken = !holds;
		memcpy(broken, e.id.board, EVENT_BOARD);
		if (!holds)
			continue;
		err = journal_put(j->db, j->insert, &e);
		j->rescued += err == OK;
	}
	sqlite3_finalize(s);
	return err;
}

enum err journal_rescue_from(struct journal *j, const char *from)
{
	sqlite3 *old = NULL;
	enum err e = OK;

	if (sqlite3_open_v2(from, &old, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		goto out;
	sqlite3_db_config(old, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	e = journal_run(j->db, "BEGIN IMMEDIATE");
	if (e == OK)
		e = carry_over(j, old);
	if (e == OK)
		e = journal_run(j->db, "COMMIT");
	if (e != OK && !sqlite3_get_autocommit(j->db) && journal_run(j->db, "ROLLBACK") != OK)
		e = ERR_IO;
out:
	sqlite3_close(old);
	return e;
}
