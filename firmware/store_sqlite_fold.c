/* The store in an SQLite database: the heads of all boards, as a fold over its runs; the way to a
 * board's events. */
#include "store_sqlite_inside.h"

#include <string.h>

enum { FOLD_RUNS = 4096 };

/* number, turn, board, epoch, seq, hash, device */
static enum err take_head(sqlite3_stmt *row, struct head_row *out)
{
	struct span board = sqlite_blob(row, 2), hash = sqlite_blob(row, 5),
		    device = sqlite_blob(row, 6);
	int64_t turn = sqlite3_column_int64(row, 1), epoch = sqlite3_column_int64(row, 3),
		seq = sqlite3_column_int64(row, 4);

	memset(out, 0, sizeof(*out));
	out->number = sqlite3_column_int64(row, 0);
	if (board.n != EVENT_BOARD || hash.n != EVENT_HASH || device.n != PAPER_DEVICE ||
		epoch < 1 || epoch > UINT32_MAX || seq < 1 || turn < 0 || turn >= RUN_TURNS ||
		out->number < 1)
		return ERR_FORMAT;
	out->turn = (uint32_t)turn;
	out->head.id.epoch = (uint32_t)epoch;
	out->head.id.seq = (uint64_t)seq;
	memcpy(out->head.board, board.p, EVENT_BOARD);
	memcpy(out->head.id.board, board.p, EVENT_BOARD);
	memcpy(out->head.hash, hash.p, EVENT_HASH);
	memcpy(out->head.device, device.p, PAPER_DEVICE);
	return OK;
}

enum err sqlite_fold_one(struct sqlite_fold *f, const struct head_row *row, uint32_t events)
{
	f->number = row->number;
	f->runs++;
	f->events += events;
	return heads_put(&f->heads, row);
}

/* What the database says of its own. */
static enum err load(struct sqlite_store *s)
{
	struct sqlite_fold *f = &s->fold;
	struct head_row row;

	heads_clear(&f->heads);
	enum err e = sqlite_row(s, FOLDED);
	f->number = sqlite3_column_int64(s->at[FOLDED], 0);
	f->runs = f->written = (uint64_t)sqlite3_column_int64(s->at[FOLDED], 1);
	f->events = (uint64_t)sqlite3_column_int64(s->at[FOLDED], 2);
	sqlite3_reset(s->at[FOLDED]);
	if (e == ERR_ABSENT)
		return ERR_FORMAT;
	while (e == OK && (e = sqlite_row(s, HEADS)) == OK) {
		e = take_head(s->at[HEADS], &row);
		if (e == OK)
			e = heads_put(&f->heads, &row);
	}
	sqlite3_reset(s->at[HEADS]);
	return e == ERR_ABSENT ? OK : e;
}

/* The runs that came after. */
static enum err fold_on(struct sqlite_store *s)
{
	sqlite3_stmt *q = s->at[FOLD_ON];
	struct head_row row;
	enum err e;

	sqlite3_bind_int64(q, 1, s->fold.number);
	while ((e = sqlite_row(s, FOLD_ON)) == OK) {
		e = take_head(q, &row);
		if (e == OK)
			e = sqlite_fold_one(&s->fold, &row, (uint32_t)sqlite3_column_int64(q, 7));
		if (e != OK)
			break;
	}
	sqlite3_reset(q);
	return e == ERR_ABSENT ? OK : e;
}

/* Within one transaction of reading, so that the fold is of one moment. */
static enum err load_and_fold(struct sqlite_store *s, int64_t changes)
{
	bool alone = sqlite3_get_autocommit(s->db) != 0;
	enum err e = OK;

	if (alone)
		e = database_run(s->db, "BEGIN");
	if (e == OK && !s->loaded)
		e = load(s);
	s->loaded = false;
	if (e == OK)
		e = fold_on(s);
	if (alone && !sqlite3_get_autocommit(s->db)) {
		enum err end = database_run(s->db, "COMMIT");
		e = e == OK ? end : e;
	}
	s->changes = changes;
	s->loaded = e == OK;
	return e;
}

enum err sqlite_refresh(struct sqlite_store *s)
{
	enum err e = sqlite_row(s, CHANGES);
	int64_t changes = sqlite3_column_int64(s->at[CHANGES], 0);

	sqlite3_reset(s->at[CHANGES]);
	if (e != OK || (s->loaded && changes == s->changes))
		return e;
	return load_and_fold(s, changes);
}

static enum err write_heads(struct sqlite_store *s)
{
	const struct heads *t = &s->fold.heads;
	sqlite3_stmt *q = s->at[HEAD_ADD];
	enum err e = sqlite_step(s, HEADS_DROP);

	for (size_t i = 0; i < t->cap && e == OK; i++) {
		const struct head_row *row = &t->at[i];
		if (row->head.id.epoch == 0)
			continue;
		sqlite3_bind_int64(q, 1, row->number);
		sqlite3_bind_int64(q, 2, row->turn);
		sqlite3_bind_blob(q, 3, row->head.board, EVENT_BOARD, SQLITE_STATIC);
		sqlite3_bind_int64(q, 4, row->head.id.epoch);
		sqlite3_bind_int64(q, 5, (int64_t)row->head.id.seq);
		sqlite3_bind_blob(q, 6, row->head.hash, EVENT_HASH, SQLITE_STATIC);
		sqlite3_bind_blob(q, 7, row->head.device, PAPER_DEVICE, SQLITE_STATIC);
		e = sqlite_step(s, HEAD_ADD);
	}
	return e;
}

enum err sqlite_write_fold(struct sqlite_store *s)
{
	struct sqlite_fold *f = &s->fold;
	sqlite3_stmt *q = s->at[FOLDED_SET];
	uint64_t since = f->runs - f->written;

	/* Rarely enough to cost next to nothing a run, however many boards there are. */
	if (since < FOLD_RUNS || since < 4 * f->heads.n)
		return OK;
	enum err e = write_heads(s);
	if (e != OK)
		return e;
	sqlite3_bind_int64(q, 1, f->number);
	sqlite3_bind_int64(q, 2, (int64_t)f->runs);
	sqlite3_bind_int64(q, 3, (int64_t)f->events);
	f->written = f->runs;
	return sqlite_step(s, FOLDED_SET);
}

/* A run of the index that ends after `after`, else the board's newest. */
static enum err find_mark(struct sqlite_store *s, const struct event_id *after, int64_t *number)
{
	sqlite3_stmt *q = s->at[MARK];

	sqlite3_bind_blob(q, 1, after->board, EVENT_BOARD, SQLITE_STATIC);
	sqlite3_bind_int64(q, 2, after->epoch);
	sqlite3_bind_int64(q, 3, (int64_t)after->seq);
	enum err e = sqlite_row(s, MARK);
	if (e == OK)
		*number = sqlite3_column_int64(q, 0);
	sqlite3_reset(q);
	return e == ERR_ABSENT ? OK : e;
}

/* One run backwards: its end, and the number of the one before. */
static enum err step_back(struct sqlite_store *s, int64_t *number, struct event_id *end)
{
	sqlite3_stmt *q = s->at[STEP];
	int64_t from = *number;

	sqlite3_bind_int64(q, 1, from);
	enum err e = sqlite_row(s, STEP);
	if (e == OK) {
		struct span board = sqlite_blob(q, 1);
		*number = sqlite3_column_int64(q, 0);
		end->epoch = (uint32_t)sqlite3_column_int64(q, 2);
		end->seq = (uint64_t)sqlite3_column_int64(q, 3);
		if (!span_equal(board, (struct span){end->board, EVENT_BOARD}) || *number >= from)
			e = ERR_FORMAT;
	}
	sqlite3_reset(q);
	return e == ERR_ABSENT ? ERR_FORMAT : e;
}

/* From a run backwards to the first that ends after `after`. */
static enum err walk_back(struct sqlite_store *s, const struct event_id *after, int64_t number,
	struct sqlite_segment *out)
{
	struct event_id end = *after;
	enum err e = OK;

	while (number > 0) {
		int64_t at = number;
		e = step_back(s, &number, &end);
		if (e != OK || event_id_compare(&end, after) <= 0)
			break;
		if (out->n == RUN_TURNS)
			return ERR_FORMAT;
		if (out->n == 0)
			out->end = end;
		out->numbers[out->n++] = at;
	}
	for (size_t i = 0; i < out->n / 2; i++) {
		int64_t swap = out->numbers[i];
		out->numbers[i] = out->numbers[out->n - 1 - i];
		out->numbers[out->n - 1 - i] = swap;
	}
	return e;
}

enum err sqlite_find_runs(
	struct sqlite_store *s, const struct event_id *after, struct sqlite_segment *out)
{
	memset(out, 0, sizeof(*out));
	enum err e = sqlite_refresh(s);
	if (e != OK)
		return e;
	const struct head_row *newest = heads_find(&s->fold.heads, after->board);
	if (!newest || event_id_compare(&newest->head.id, after) <= 0)
		return OK;
	int64_t number = newest->number;
	e = find_mark(s, after, &number);
	return e == OK ? walk_back(s, after, number, out) : e;
}

enum err sqlite_bytes(struct sqlite_store *s, int64_t number, struct span *out)
{
	sqlite3_bind_int64(s->at[BYTES], 1, number);
	enum err e = sqlite_row(s, BYTES);
	if (e == OK)
		e = sqlite_run(s->at[BYTES], 0, out);
	return e == ERR_ABSENT ? ERR_FORMAT : e;
}
