/* The store in an SQLite database: reading on, quarantine, notes, counting. */
#include "store_sqlite_inside.h"

#include "seal.h"

#include <string.h>

/* One more run into what was read so far; false, if it would be too much. */
static bool give(struct grow *out, size_t start, size_t max, struct span bytes)
{
	size_t given = out->n - start;

	if (given > 0 && (given > max || bytes.n > max - given))
		return false;
	grow_bytes(out, bytes.p, bytes.n);
	return !out->failed;
}

static enum err read_on(struct sqlite_store *s, int64_t *number, size_t max, struct grow *out)
{
	sqlite3_stmt *q = s->at[ONWARDS];
	size_t start = out->n;
	struct span bytes;
	enum err e;

	sqlite3_bind_int64(q, 1, *number);
	while ((e = sqlite_row(s, ONWARDS)) == OK) {
		e = sqlite_run(q, 0, &bytes);
		if (e != OK || !give(out, start, max, bytes))
			break;
		*number = sqlite3_column_int64(q, 1);
	}
	sqlite3_reset(q);
	if (out->failed)
		return ERR_IO;
	return e == ERR_ABSENT ? OK : e;
}

enum err sqlite_read(struct store *base, struct store_cursor *c, size_t max, struct grow *out)
{
	struct sqlite_store *s = sqlite_of(base);
	int64_t number = (int64_t)store_cursor_number(c, s->writer);

	enum err e = sqlite_refresh(s);
	/* A cursor beyond the end is from before this database was set back. */
	if (number > s->fold.number)
		number = 0;
	if (e == OK && number < s->fold.number)
		e = read_on(s, &number, max, out);
	if (e != OK)
		return e;
	*c = (struct store_cursor){0};
	return number > 0 ? store_cursor_set(c, s->writer, (uint64_t)number) : OK;
}

enum err sqlite_read_board(
	struct store *base, const struct event_id *after, size_t max, struct grow *out)
{
	struct sqlite_store *s = sqlite_of(base);
	struct event_id from = *after;
	struct sqlite_segment some;
	size_t start = out->n;
	struct span bytes;

	for (;;) {
		enum err e = sqlite_find_runs(s, &from, &some);
		if (e != OK || some.n == 0)
			return e;
		for (size_t i = 0; i < some.n; i++) {
			e = sqlite_bytes(s, some.numbers[i], &bytes);
			bool given = e == OK && give(out, start, max, bytes);
			sqlite3_reset(s->at[BYTES]);
			if (out->failed)
				return ERR_IO;
			if (!given)
				return e;
		}
		from = some.end;
	}
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

enum err sqlite_stats(struct store *base, struct store_stats *out)
{
	struct sqlite_store *s = sqlite_of(base);

	enum err e = sqlite_refresh(s);
	if (e == OK)
		e = sqlite_row(s, ASIDE_COUNT);
	*out = (struct store_stats){s->fold.runs, s->fold.events, s->fold.heads.n,
		(uint64_t)sqlite3_column_int64(s->at[ASIDE_COUNT], 0),
		(uint64_t)sqlite3_column_int64(s->at[ASIDE_COUNT], 1)};
	sqlite3_reset(s->at[ASIDE_COUNT]);
	return e;
}
