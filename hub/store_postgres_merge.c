/* The store in PostgreSQL: merging. All runs of a call go in by one statement, which is one
 * transaction: either each continues a run of the store, or nothing is added and all is judged again
 * by fresh heads. */
#include "seal.h"
#include "store_postgres_inside.h"

#include <stdlib.h>
#include <string.h>

enum { TRIES = 8 };

/* The rows to be added, a column each. */
enum column { BOARD, BEFORE, EPOCH, SEQ, COUNT_OF, HASH, DEVICE, NUMBER, BYTES, COLUMNS };

struct merge {
	struct postgres_store *s;
	struct store_item **items; /* by board, those of one as they came */
	size_t n;
	struct pg_array column[COLUMNS];
	int64_t last;
	bool fresh;        /* every head was loaded in this call */
	bool gap;          /* a run seems to begin after the head */
	bool within;       /* some run is to be compared with what is there */
	struct grow begun; /* devices of the boards that begin, PAPER_DEVICE each */
	uint8_t *room;
};

/* Two hubs that add runs of the same boards must meet in one order, or they wait for each other. */
static int by_board(const void *a, const void *b)
{
	const struct store_item *x = *(struct store_item *const *)a,
				*y = *(struct store_item *const *)b;
	int board = memcmp(x->run.board, y->run.board, EVENT_BOARD);

	if (board != 0)
		return board;
	return x < y ? -1 : x > y;
}

/* Heads that are not in memory. Boards without any stay away. */
static enum err load_heads(struct merge *m)
{
	struct pg_array boards = {.type = PG_BYTEA};
	struct pg_values v = {0};
	struct head_row row;
	PGresult *r = NULL;

	for (size_t i = 0; i < m->n; i++) {
		const uint8_t *board = m->items[i]->run.board;
		bool again = i > 0 && memcmp(board, m->items[i - 1]->run.board, EVENT_BOARD) == 0;
		if (!again && !heads_find(&m->s->heads, board))
			pg_array_bytes(&boards, board, EVENT_BOARD);
	}
	if (boards.n == 0)
		return OK;
	enum err e = pg_array(&v, &boards);
	if (e == OK)
		e = pg_ask(&m->s->pg, "newest", &v, &r);
	for (int i = 0; e == OK && i < PQntuples(r); i++) {
		e = postgres_take_head(r, i, &row);
		if (e == OK)
			e = heads_put(&m->s->heads, &row);
	}
	PQclear(r);
	pg_array_free(&boards);
	return e;
}

static enum err add(
	struct merge *m, struct store_item *item, struct head_row *row, struct span bytes)
{
	struct pg_array *c = m->column;
	uint16_t count = load_u16(bytes.p + RUN_COUNT_AT);

	pg_array_bytes(&c[BOARD], row->head.board, EVENT_BOARD);
	pg_array_bytes(&c[BEFORE], row->head.hash, EVENT_HASH);
	m->last = (row->number > m->last ? row->number : m->last) + 1;
	row->number = m->last;
	store_head_at(&row->head, &item->run);
	pg_array_number(&c[EPOCH], row->head.id.epoch);
	pg_array_number(&c[SEQ], (int64_t)row->head.id.seq);
	pg_array_number(&c[COUNT_OF], count);
	pg_array_bytes(&c[HASH], row->head.hash, EVENT_HASH);
	pg_array_bytes(&c[DEVICE], row->head.device, PAPER_DEVICE);
	pg_array_number(&c[NUMBER], row->number);
	pg_array_bytes(&c[BYTES], bytes.p, bytes.n);
	item->added = count;
	item->head = row->head;
	return heads_put(&m->s->heads, row);
}

static enum err add_rest(struct merge *m, struct store_item *item, struct head_row *row)
{
	struct sink k = sink_on(m->room, RUN_MAX);
	enum err e = run_rest(&item->run, &row->head.id, &k);

	return e == OK && !k.full ? add(m, item, row, (struct span){m->room, k.n}) : ERR_BUG;
}

/* A board begins: has its device room for one more? Those of this call are not in the tables yet. */
static enum err look_for_room(struct merge *m, struct store_item *item)
{
	struct pg_values v = {0};
	PGresult *r = NULL;
	int64_t n = 0;

	pg_bytes(&v, item->run.device, PAPER_DEVICE);
	enum err e = pg_ask(&m->s->pg, "boards_of", &v, &r);
	if (e == OK)
		n = PQntuples(r) == 1 ? pg_field_number(r, 0, 0) : STORE_BOARDS;
	PQclear(r);
	const struct grow *begun = &m->begun;
	for (size_t at = 0; at + PAPER_DEVICE <= begun->n; at += PAPER_DEVICE)
		n += memcmp(begun->p + at, item->run.device, PAPER_DEVICE) == 0;
	if (e == OK && n >= STORE_BOARDS)
		item->result = ERR_FULL;
	else if (e == OK)
		grow_bytes(&m->begun, item->run.device, PAPER_DEVICE);
	return e == OK && m->begun.failed ? ERR_IO : e;
}

static enum err judge(struct merge *m, struct store_item *item)
{
	struct head_row row;
	enum err e = OK;

	heads_look(&m->s->heads, item->run.board, &row);
	item->head = row.head;
	item->result = OK;
	item->added = 0;
	switch (store_judge(&item->run, &row.head)) {
	case STORE_NEXT:
		if (row.head.id.epoch == 0)
			e = look_for_room(m, item);
		return e || item->result ? e : add(m, item, &row, item->run.bytes);
	case STORE_REST:
		return add_rest(m, item, &row);
	case STORE_WITHIN:
		/* Compared once all is added: what it lies within may come with this call. */
		m->within = true;
		item->result = ERR_BUSY;
		return OK;
	case STORE_GAP:
		m->gap = true;
		item->result = ERR_ABSENT;
		return OK;
	case STORE_FORK:
		item->result = ERR_FORGED;
		return OK;
	case STORE_KNOWN:
		break;
	}
	return OK;
}

static void clear_rows(struct merge *m)
{
	static const enum pg_type types[COLUMNS] = {PG_BYTEA, PG_BYTEA, PG_BIGINT, PG_BIGINT,
		PG_BIGINT, PG_BYTEA, PG_BYTEA, PG_BIGINT, PG_BYTEA};

	for (size_t i = 0; i < COLUMNS; i++) {
		pg_array_free(&m->column[i]);
		m->column[i].type = types[i];
	}
	m->gap = m->within = false;
	grow_free(&m->begun);
}

static enum err judge_all(struct merge *m)
{
	m->last = m->s->last;
	enum err e = load_heads(m);
	for (size_t i = 0; i < m->n && e == OK; i++)
		e = judge(m, m->items[i]);
	return e;
}

static enum err insert(struct merge *m)
{
	struct pg_values v = {0};
	uint64_t rows;
	enum err e = OK;

	if (m->column[BOARD].n == 0)
		return OK;
	pg_number(&v, m->s->slot);
	for (size_t i = 0; i < COLUMNS && e == OK; i++)
		e = pg_array(&v, &m->column[i]);
	if (e == OK)
		e = pg_do(&m->s->pg, "add", &v, &rows);
	if (e == OK && rows != m->column[BOARD].n)
		e = ERR_FORMAT;
	if (e == OK)
		m->s->last = m->last;
	return e;
}

/* Did another hub come first? Waiting for long is told, not tried again. */
static bool is_race(const struct pg *p)
{
	return strcmp(p->state, "23505") == 0 || strcmp(p->state, "40001") == 0 ||
	       strcmp(p->state, "40P01") == 0;
}

/* Another hub may have been first: then, and when a gap may be one of our memory only, everything is
 * judged again by what is there. What else was judged by an older head holds still, for a store only
 * grows. */
static enum err judge_and_insert(struct merge *m)
{
	enum err e = ERR_BUSY;
	bool again = true;

	for (int i = 0; i < TRIES && again; i++) {
		clear_rows(m);
		e = judge_all(m);
		again = e == OK && m->gap && !m->fresh;
		if (e == OK && !again) {
			e = insert(m);
			again = e == ERR_BUSY && is_race(&m->s->pg);
		}
		if (e != OK || again)
			heads_clear(&m->s->heads);
		m->fresh = true;
	}
	return e;
}

static enum err compare(struct merge *m, struct store_item *item)
{
	const struct event_id *last = &item->run.last;
	struct pg_values v = {0};
	struct run stored;
	PGresult *r;

	pg_bytes(&v, last->board, EVENT_BOARD);
	pg_number(&v, last->epoch);
	pg_number(&v, (int64_t)last->seq - 1);
	pg_number(&v, 1);
	enum err e = pg_ask(&m->s->pg, "of_board", &v, &r);
	if (e == OK && PQntuples(r) != 1)
		e = ERR_FORMAT;
	if (e == OK) {
		struct cursor c = cursor_at(pg_field(r, 0, 0));
		e = run_read(&c, &stored) == OK ? OK : ERR_FORMAT;
	}
	if (e == OK)
		item->result = store_holds(&stored, &item->run) ? OK : ERR_FORGED;
	PQclear(r);
	return e;
}

enum err postgres_merge(struct store *base, struct store_item *items, size_t n)
{
	struct postgres_store *s = postgres_of(base);
	struct merge m = {.s = s, .n = n};
	enum err e = postgres_ready(s, true);

	if (e != OK || n == 0)
		return e;
	m.items = calloc(n, sizeof(struct store_item *));
	m.room = malloc(RUN_MAX);
	if (!m.items || !m.room)
		e = ERR_IO;
	for (size_t i = 0; i < n && e == OK; i++)
		m.items[i] = &items[i];
	if (e == OK) {
		qsort(m.items, n, sizeof(struct store_item *), by_board);
		e = judge_and_insert(&m);
	}
	bool within = m.within;
	for (size_t i = 0; i < n && e == OK && within; i++)
		if (items[i].result == ERR_BUSY)
			e = compare(&m, &items[i]);
	clear_rows(&m);
	free(m.items);
	free(m.room);
	return e;
}
