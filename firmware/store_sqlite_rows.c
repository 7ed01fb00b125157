/* The store in an SQLite database: reading on, quarantine, notes, counting. */
#include "store_sqlite_inside.h"

#include "seal.h"

#include <string.h>

/* Runs of a started statement into out, until max bytes are reached, but one at least. *last is the
 * number of the last. */
static enum err give(
	struct sqlite_store *s, enum statement which, size_t max, struct grow *out, int64_t *last)
{
	size_t start = out->n;
	struct span bytes;
	enum err e;

	while ((e = sqlite_row(s, which)) == OK) {
		e = sqlite_run(s->at[which], 0, &bytes);
		size_t given = out->n - start;
		if (e != OK || (given > 0 && (given > max || bytes.n > max - given)))
			break;
		grow_bytes(out, bytes.p, bytes.n);
		if (out->failed) {
			e = ERR_IO;
			break;
		}
		*last = sqlite3_column_int64(s->at[which], 1);
	}
	sqlite3_reset(s->at[which]);
	return e == ERR_ABSENT ? OK : e;
}

enum err sqlite_last(struct sqlite_store *s, int64_t *out)
{
	enum err e = sqlite_row(s, LAST);

	*out = sqlite3_column_int64(s->at[LAST], 0);
	sqlite3_reset(s->at[LAST]);
	return e;
}

enum err sqlite_read(struct store *base, struct store_cursor *c, size_t max, struct grow *out)
{
	struct sqlite_store *s = sqlite_of(base);
	int64_t number = (int64_t)store_cursor_number(c, s->writer), last;

	/* A cursor beyond the end is from before this database was set back. */
	enum err e = sqlite_last(s, &last);
	if (number > last)
		number = 0;
	sqlite3_bind_int64(s->at[ONWARDS], 1, number);
	if (e == OK)
		e = give(s, ONWARDS, max, out, &number);
	if (e != OK)
		return e;
	*c = (struct store_cursor){0};
	return number > 0 ? store_cursor_set(c, s->writer, (uint64_t)number) : OK;
}

enum err sqlite_read_board(
	struct store *base, const struct event_id *after, size_t max, struct grow *out)
{
	struct sqlite_store *s = sqlite_of(base);
	sqlite3_stmt *q = s->at[OF_BOARD];
	int64_t number;

	sqlite3_bind_blob(q, 1, after->board, EVENT_BOARD, SQLITE_STATIC);
	sqlite3_bind_int64(q, 2, after->epoch);
	sqlite3_bind_int64(q, 3, (int64_t)after->seq);
	return give(s, OF_BOARD, max, out, &number);
}

static void bind_text(sqlite3_stmt *q, int column, const char *text)
{
	sqlite3_bind_text(q, column, text, -1, SQLITE_STATIC);
}

static void bind_span(sqlite3_stmt *q, int column, struct span s)
{
	if (s.n == 0)
		sqlite3_bind_zeroblob(q, column, 0);
	else
		sqlite3_bind_blob64(q, column, s.p, s.n, SQLITE_STATIC);
}

enum err sqlite_quarantine(struct store *base, const uint8_t device[static PAPER_DEVICE],
	const char *why, struct span bytes)
{
	struct sqlite_store *s = sqlite_of(base);
	sqlite3_stmt *q = s->at[ASIDE];
	uint8_t hash[EVENT_HASH];

	enum err e = sqlite_begin(s);
	if (e != OK)
		return e;
	seal_hash((struct span){0}, bytes, hash, sizeof(hash));
	bind_span(q, 1, (struct span){device, PAPER_DEVICE});
	bind_text(q, 2, why);
	bind_span(q, 3, (struct span){hash, sizeof(hash)});
	bind_span(q, 4, bytes);
	return sqlite_end(s, sqlite_step(s, ASIDE));
}

enum err sqlite_note_put(struct store *base, const char *key, struct span value, bool fresh)
{
	struct sqlite_store *s = sqlite_of(base);
	enum statement which = fresh ? NOTE_FRESH : NOTE_PUT;

	if (!store_is_key(key, false))
		return ERR_BUG;
	if (value.n > STORE_NOTE)
		return ERR_FULL;
	if (value.n == 0)
		which = NOTE_DROP;
	enum err e = sqlite_begin(s);
	if (e != OK)
		return e;
	bind_text(s->at[which], 1, key);
	if (value.n > 0)
		bind_span(s->at[which], 2, value);
	e = sqlite_step(s, which);
	bool stands = which == NOTE_FRESH && sqlite3_changes(s->db) == 0;
	e = sqlite_end(s, e);
	return e == OK && stands ? ERR_BUSY : e;
}

static enum err take_note(sqlite3_stmt *row, int column, struct span *out)
{
	*out = sqlite_blob(row, column);
	return out->n > 0 && out->n <= STORE_NOTE ? OK : ERR_FORMAT;
}

enum err sqlite_note_get(struct store *base, const char *key, struct grow *out)
{
	struct sqlite_store *s = sqlite_of(base);
	struct span value = {0};

	bind_text(s->at[NOTE_GET], 1, key);
	enum err e = sqlite_row(s, NOTE_GET);
	if (e == OK)
		e = take_note(s->at[NOTE_GET], 0, &value);
	if (e == OK)
		grow_bytes(out, value.p, value.n);
	sqlite3_reset(s->at[NOTE_GET]);
	return e == OK && out->failed ? ERR_IO : e;
}

enum err sqlite_note_each(struct store *base, const char *prefix,
	void (*each)(void *arg, const char *key, struct span value), void *arg)
{
	struct sqlite_store *s = sqlite_of(base);
	sqlite3_stmt *q = s->at[NOTE_EACH];
	struct span value;
	enum err e;

	bind_text(q, 1, prefix);
	while ((e = sqlite_row(s, NOTE_EACH)) == OK) {
		const char *key = (const char *)sqlite3_column_text(q, 0);
		if (!key || !store_is_key(key, false)) {
			e = ERR_FORMAT;
			break;
		}
		if (strncmp(key, prefix, strlen(prefix)) != 0)
			break;
		e = take_note(q, 1, &value);
		if (e != OK)
			break;
		each(arg, key, value);
	}
	sqlite3_reset(q);
	return e == ERR_ABSENT ? OK : e;
}

/* Runs are only ever added: those above the last count. */
static enum err count_on(struct sqlite_store *s)
{
	sqlite3_stmt *q = s->at[COUNTED];

	sqlite3_bind_int64(q, 1, s->counted);
	enum err e = sqlite_row(s, COUNTED);
	if (e == OK && sqlite3_column_int64(q, 0) > 0) {
		s->stats.runs += (uint64_t)sqlite3_column_int64(q, 0);
		s->stats.events += (uint64_t)sqlite3_column_int64(q, 1);
		s->counted = sqlite3_column_int64(q, 2);
	}
	sqlite3_reset(q);
	return e;
}

enum err sqlite_stats(struct store *base, struct store_stats *out)
{
	struct sqlite_store *s = sqlite_of(base);

	enum err e = count_on(s);
	if (e == OK)
		e = sqlite_load_heads(s);
	if (e == OK)
		e = sqlite_row(s, ASIDE_COUNT);
	*out = s->stats;
	out->boards = s->heads.n;
	out->quarantined = (uint64_t)sqlite3_column_int64(s->at[ASIDE_COUNT], 0);
	sqlite3_reset(s->at[ASIDE_COUNT]);
	return e;
}
