/* The store in PostgreSQL: heads, reading on, quarantine, notes, counting. */
#include "seal.h"
#include "store_postgres_inside.h"

#include <string.h>

enum { LEAST_RUN = RUN_HEAD + EVENT_BYTES + SEAL_SIGNATURE };

enum err postgres_head(
	struct store *base, const uint8_t board[static EVENT_BOARD], struct store_head *out)
{
	struct postgres_store *s = postgres_of(base);
	struct pg_array boards = {.type = PG_BYTEA};
	struct pg_values v = {0};
	struct head_row row;
	PGresult *r = NULL;

	heads_look(&(struct heads){0}, board, &row);
	pg_array_bytes(&boards, board, EVENT_BOARD);
	enum err e = postgres_ready(s, false);
	if (e == OK)
		e = pg_array(&v, &boards);
	if (e == OK)
		e = pg_ask(&s->pg, "newest", &v, &r);
	if (e == OK && PQntuples(r) > 0)
		e = postgres_take_head(r, 0, &row);
	*out = row.head;
	PQclear(r);
	pg_array_free(&boards);
	return e;
}

static enum err load_heads(struct postgres_store *s, struct heads *out)
{
	struct head_row row;
	PGresult *r = NULL;

	enum err e = postgres_ready(s, false);
	if (e == OK)
		e = pg_ask(&s->pg, "heads", NULL, &r);
	for (int i = 0; e == OK && i < PQntuples(r); i++) {
		e = postgres_take_head(r, i, &row);
		if (e == OK)
			e = heads_put(out, &row);
	}
	PQclear(r);
	return e;
}

enum err postgres_heads(struct store *base, struct grow *out)
{
	struct heads all = {0};
	enum err e = load_heads(postgres_of(base), &all);

	if (e == OK)
		e = heads_give(&all, out);
	heads_free(&all);
	return e;
}

/* One more run into what was read so far; *full, if it would be too much. */
static enum err give(struct grow *out, size_t start, size_t max, struct span bytes, bool *full)
{
	size_t given = out->n - start;

	if (bytes.n < LEAST_RUN || load_u32(bytes.p) != bytes.n)
		return ERR_FORMAT;
	*full = given > 0 && (given > max || bytes.n > max - given);
	if (*full)
		return OK;
	grow_bytes(out, bytes.p, bytes.n);
	return out->failed ? ERR_IO : OK;
}

/* Every writer with the number that c has of it, as three arrays. */
struct writers {
	struct pg_array id, slot, after;
	struct store_cursor c; /* what c has of the writers that are there */
	bool behind;           /* some writer has more */
};

static void writers_free(struct writers *w)
{
	pg_array_free(&w->id);
	pg_array_free(&w->slot);
	pg_array_free(&w->after);
}

static enum err one_writer(struct writers *w, const PGresult *r, int row, uint64_t after)
{
	struct span id = pg_field(r, row, 1);
	uint64_t newest = (uint64_t)pg_field_number(r, row, 2);

	/* A cursor beyond the end is from before this database was set back. */
	if (after > newest)
		after = 0;
	w->behind |= after < newest;
	pg_array_bytes(&w->id, id.p, id.n);
	pg_array_number(&w->slot, pg_field_number(r, row, 0));
	pg_array_number(&w->after, (int64_t)after);
	return after > 0 ? store_cursor_set(&w->c, id.p, after) : OK;
}

static enum err ask_writers(
	struct postgres_store *s, const struct store_cursor *c, struct writers *out)
{
	PGresult *r;

	*out = (struct writers){.id = {.type = PG_BYTEA},
		.slot = {.type = PG_BIGINT},
		.after = {.type = PG_BIGINT}};
	enum err e = pg_ask(&s->pg, "writers", NULL, &r);
	for (int i = 0; e == OK && i < PQntuples(r); i++) {
		struct span id = pg_field(r, i, 1);
		e = id.n == STORE_WRITER ? one_writer(out, r, i, store_cursor_number(c, id.p))
					 : ERR_FORMAT;
	}
	PQclear(r);
	return e;
}

static enum err bind_writers(struct pg_values *v, struct writers *w)
{
	enum err e = pg_array(v, &w->id);

	if (e == OK)
		e = pg_array(v, &w->slot);
	return e == OK ? pg_array(v, &w->after) : e;
}

static enum err read_on(struct postgres_store *s, struct writers *w, size_t max, struct grow *out)
{
	size_t start = out->n;
	struct pg_values v = {0};
	PGresult *r = NULL;
	bool full = false;

	enum err e = bind_writers(&v, w);
	pg_number(&v, (int64_t)(max < BUNDLE_MAX ? max : BUNDLE_MAX));
	pg_number(&v, POSTGRES_READ_RUNS);
	if (e == OK)
		e = pg_ask(&s->pg, "onwards", &v, &r);
	for (int i = 0; e == OK && i < PQntuples(r) && !full; i++) {
		struct span id = pg_field(r, i, 0);
		if (id.n != STORE_WRITER)
			e = ERR_FORMAT;
		if (e == OK)
			e = give(out, start, max, pg_field(r, i, 2), &full);
		if (e == OK && !full)
			e = store_cursor_set(&w->c, id.p, (uint64_t)pg_field_number(r, i, 1));
	}
	PQclear(r);
	return e;
}

enum err postgres_read(struct store *base, struct store_cursor *c, size_t max, struct grow *out)
{
	struct postgres_store *s = postgres_of(base);
	struct writers w;

	enum err e = postgres_ready(s, false);
	if (e != OK)
		return e;
	e = ask_writers(s, c, &w);
	if (e == OK && w.behind)
		e = read_on(s, &w, max, out);
	if (e == OK)
		*c = w.c;
	writers_free(&w);
	return e;
}

/* Some more runs of a board; *after moves on. *full: no more, for they would be too much or are all. */
static enum err read_some(struct postgres_store *s, struct event_id *after, size_t start,
	size_t max, struct grow *out, bool *full)
{
	size_t most = max / LEAST_RUN + 1;
	struct pg_values v = {0};
	PGresult *r;

	if (most > POSTGRES_READ_RUNS)
		most = POSTGRES_READ_RUNS;
	pg_bytes(&v, after->board, EVENT_BOARD);
	pg_number(&v, after->epoch);
	pg_number(&v, (int64_t)after->seq);
	pg_number(&v, (int64_t)most);
	enum err e = pg_ask(&s->pg, "of_board", &v, &r);
	for (int i = 0; e == OK && i < PQntuples(r) && !*full; i++) {
		e = give(out, start, max, pg_field(r, i, 0), full);
		after->epoch = (uint32_t)pg_field_number(r, i, 1);
		after->seq = (uint64_t)pg_field_number(r, i, 2);
	}
	*full |= e != OK || (size_t)PQntuples(r) < most;
	PQclear(r);
	return e;
}

enum err postgres_read_board(
	struct store *base, const struct event_id *after, size_t max, struct grow *out)
{
	struct postgres_store *s = postgres_of(base);
	struct event_id from = *after;
	size_t start = out->n;
	bool full = false;

	enum err e = postgres_ready(s, false);
	while (e == OK && !full)
		e = read_some(s, &from, start, max, out, &full);
	return e;
}

enum err postgres_quarantine(struct store *base, const uint8_t device[static PAPER_DEVICE],
	const char *why, struct span bytes)
{
	struct postgres_store *s = postgres_of(base);
	struct pg_values v = {0};
	uint8_t hash[EVENT_HASH];

	enum err e = postgres_ready(s, true);
	if (e != OK)
		return e;
	seal_hash((struct span){0}, bytes, hash, sizeof(hash));
	pg_bytes(&v, device, PAPER_DEVICE);
	pg_bytes(&v, hash, sizeof(hash));
	pg_bytes(&v, why, strlen(why));
	pg_bytes(&v, bytes.p, bytes.n);
	return pg_do(&s->pg, "aside", &v, NULL);
}

enum err postgres_note_put(struct store *base, const char *key, struct span value, bool fresh)
{
	struct postgres_store *s = postgres_of(base);
	const char *statement = fresh ? "note_fresh" : "note_put";
	struct pg_values v = {0};
	uint64_t rows;

	if (!store_is_key(key, false))
		return ERR_BUG;
	if (value.n > STORE_NOTE)
		return ERR_FULL;
	enum err e = postgres_ready(s, true);
	if (e != OK)
		return e;
	pg_bytes(&v, key, strlen(key));
	if (value.n > 0)
		pg_bytes(&v, value.p, value.n);
	e = pg_do(&s->pg, value.n > 0 ? statement : "note_drop", &v, &rows);
	return e == OK && rows == 0 && fresh && value.n > 0 ? ERR_BUSY : e;
}

enum err postgres_note_get(struct store *base, const char *key, struct grow *out)
{
	struct postgres_store *s = postgres_of(base);
	struct pg_values v = {0};
	PGresult *r;

	enum err e = postgres_ready(s, false);
	if (e != OK)
		return e;
	pg_bytes(&v, key, strlen(key));
	e = pg_ask(&s->pg, "note_get", &v, &r);
	if (e == OK && PQntuples(r) != 1)
		e = ERR_ABSENT;
	if (e == OK) {
		struct span value = pg_field(r, 0, 0);
		grow_bytes(out, value.p, value.n);
		if (out->failed)
			e = ERR_IO;
	}
	PQclear(r);
	return e;
}

static enum err give_note(const PGresult *r, int row,
	void (*each)(void *arg, const char *key, struct span value), void *arg)
{
	char key[STORE_KEY + 1];

	if (span_copy_text(pg_field(r, row, 0), key, sizeof(key)) != OK ||
		!store_is_key(key, false))
		return ERR_FORMAT;
	each(arg, key, pg_field(r, row, 1));
	return OK;
}

enum err postgres_note_each(struct store *base, const char *prefix,
	void (*each)(void *arg, const char *key, struct span value), void *arg)
{
	struct postgres_store *s = postgres_of(base);
	char end[STORE_KEY + 2];
	struct pg_values v = {0};
	PGresult *r;

	if (!store_is_key(prefix, true))
		return ERR_BUG;
	enum err e = postgres_ready(s, false);
	if (e != OK)
		return e;
	/* '~' is above every character of a key. */
	size_t n = strlen(prefix);
	memcpy(end, prefix, n);
	end[n] = '~';
	pg_bytes(&v, prefix, n);
	pg_bytes(&v, end, n + 1);
	e = pg_ask(&s->pg, "note_each", &v, &r);
	for (int i = 0; e == OK && i < PQntuples(r); i++)
		e = give_note(r, i, each, arg);
	PQclear(r);
	return e;
}

/* Runs are only ever added: those above what was counted. */
static enum err count_on(struct postgres_store *s)
{
	struct pg_values v = {0};
	struct writers w;
	PGresult *r = NULL;

	enum err e = ask_writers(s, &s->counted, &w);
	if (e == OK && w.behind)
		e = bind_writers(&v, &w);
	if (e == OK && w.behind)
		e = pg_ask(&s->pg, "count_on", &v, &r);
	for (int i = 0; e == OK && r && i < PQntuples(r); i++) {
		struct span id = pg_field(r, i, 0);
		s->runs += (uint64_t)pg_field_number(r, i, 1);
		s->events += (uint64_t)pg_field_number(r, i, 2);
		e = id.n == STORE_WRITER ? store_cursor_set(&s->counted, id.p,
						   (uint64_t)pg_field_number(r, i, 3))
					 : ERR_FORMAT;
	}
	PQclear(r);
	writers_free(&w);
	return e;
}

enum err postgres_stats(struct store *base, struct store_stats *out)
{
	struct postgres_store *s = postgres_of(base);
	struct heads all = {0};
	PGresult *r = NULL;

	*out = (struct store_stats){0};
	enum err e = load_heads(s, &all);
	if (e == OK)
		e = count_on(s);
	if (e == OK)
		e = pg_ask(&s->pg, "aside_count", NULL, &r);
	if (e == OK)
		*out = (struct store_stats){s->runs, s->events, all.n,
			(uint64_t)pg_field_number(r, 0, 0), (uint64_t)pg_field_number(r, 0, 1)};
	PQclear(r);
	heads_free(&all);
	return e;
}
