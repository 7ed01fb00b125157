/* A damaged journal: recognise it, carry over what still holds. */
#include "journal_inside.h"

#include <string.h>

static const char board_sql[] = "SELECT epoch FROM board WHERE length(id) = 8 AND epoch >= 0";

enum err journal_inspect(sqlite3 *db)
{
	int64_t mark, version, tables, epoch;
	struct journal view = {.db = db};
	struct event_id at;

	enum err e = database_ask(db, "PRAGMA application_id", &mark);
	if (e == OK)
		e = database_ask(db, "PRAGMA user_version", &version);
	if (e == OK)
		e = database_ask(db, "SELECT count(*) FROM sqlite_schema", &tables);
	if (e != OK)
		return e;
	if (mark == 0 && version == 0 && tables == 0)
		return ERR_ABSENT;
	if (mark != JOURNAL_MARK)
		return ERR_FORMAT;
	if (version > JOURNAL_VERSION)
		return ERR_VERSION;
	e = database_check(db);
	if (e == OK)
		e = database_ask(db, board_sql, &epoch);
	if (e == ERR_ABSENT)
		return ERR_FORMAT;
	if (e == OK)
		e = journal_verify(&view, &at);
	return e == ERR_FORGED ? ERR_FORMAT : e;
}

static enum err carry_over(struct journal *j, sqlite3 *old)
{
	struct journal_chain chain = {0};
	uint8_t broken[EVENT_BOARD] = {0};
	bool is_broken = false;
	struct event e;
	sqlite3_stmt *s, *put;
	const struct database_statement statement = {&put, journal_carry_sql};
	enum err err = database_prepare(j->db, &statement, 1);

	if (err != OK || journal_select(old, &(struct event_id){0}, -1, &s) != OK) {
		sqlite3_finalize(put);
		return err;
	}
	/* A row that cannot be read ends the walk: what lies behind it is not in order any more. */
	while (err == OK && journal_row(old, s, &e) == OK) {
		bool holds = journal_chain_holds(&chain, &e);
		if (is_broken && memcmp(broken, e.id.board, EVENT_BOARD) == 0)
			continue;
		is_broken = !holds;
		memcpy(broken, e.id.board, EVENT_BOARD);
		if (!holds)
			continue;
		err = journal_put(j->db, put, &e);
		j->rescued += err == OK;
	}
	sqlite3_finalize(s);
	sqlite3_finalize(put);
	return err;
}

enum err journal_rescue_from(struct journal *j, const char *from)
{
	sqlite3 *old = NULL;
	enum err e = OK;

	if (sqlite3_open_v2(from, &old, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK) {
		sqlite3_db_config(old, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
		e = carry_over(j, old);
	}
	sqlite3_close(old);
	return e;
}
