/* The store: heads in memory, and what a run is beside the head of its board. */
#include "store_inside.h"

#include "seal.h"

#include <stdlib.h>
#include <string.h>

/* Board ids are chosen by devices: a salt of ours keeps them from choosing places in the table. */
static size_t place(const struct heads *t, const uint8_t *board)
{
	uint64_t h = (load_u64(board) ^ t->salt) * 0x9e3779b97f4a7c15u;
	size_t i = (size_t)((h ^ h >> 29) * (t->salt | 1) >> 32) & (t->cap - 1);

	while (t->at[i].head.id.epoch != 0 && memcmp(t->at[i].head.board, board, EVENT_BOARD) != 0)
		i = (i + 1) & (t->cap - 1);
	return i;
}

static enum err widen(struct heads *t)
{
	enum { FIRST = 64 };
	struct heads wide = {.cap = t->cap ? 2 * t->cap : FIRST, .n = t->n};

	wide.at = calloc(wide.cap, sizeof(*wide.at));
	if (!wide.at)
		return ERR_IO;
	seal_random(&wide.salt, sizeof(wide.salt));
	for (size_t i = 0; i < t->cap; i++)
		if (t->at[i].head.id.epoch != 0)
			wide.at[place(&wide, t->at[i].head.board)] = t->at[i];
	free(t->at);
	*t = wide;
	return OK;
}

const struct head_row *heads_find(const struct heads *t, const uint8_t board[static EVENT_BOARD])
{
	if (t->cap == 0)
		return NULL;
	const struct head_row *row = &t->at[place(t, board)];
	return row->head.id.epoch != 0 ? row : NULL;
}

void heads_look(
	const struct heads *t, const uint8_t board[static EVENT_BOARD], struct head_row *out)
{
	const struct head_row *row = heads_find(t, board);

	if (row) {
		*out = *row;
		return;
	}
	memset(out, 0, sizeof(*out));
	memcpy(out->head.board, board, EVENT_BOARD);
	memcpy(out->head.id.board, board, EVENT_BOARD);
}

enum err heads_put(struct heads *t, const struct head_row *row)
{
	if (2 * (t->n + 1) > t->cap && widen(t) != OK)
		return ERR_IO;
	struct head_row *to = &t->at[place(t, row->head.board)];
	t->n += to->head.id.epoch == 0;
	*to = *row;
	return OK;
}

size_t heads_of(const struct heads *t, const uint8_t device[static PAPER_DEVICE])
{
	size_t n = 0;

	for (size_t i = 0; i < t->cap; i++)
		n += t->at[i].head.id.epoch != 0 &&
		     memcmp(t->at[i].head.device, device, PAPER_DEVICE) == 0;
	return n;
}

static int by_board(const void *a, const void *b)
{
	return memcmp(((const struct store_head *)a)->board, ((const struct store_head *)b)->board,
		EVENT_BOARD);
}

enum err heads_give(const struct heads *t, struct grow *out)
{
	size_t start = out->n;

	for (size_t i = 0; i < t->cap; i++)
		if (t->at[i].head.id.epoch != 0)
			grow_bytes(out, &t->at[i].head, sizeof(t->at[i].head));
	if (out->failed)
		return ERR_IO;
	if (t->n > 0)
		qsort(out->p + start, t->n, sizeof(struct store_head), by_board);
	return OK;
}

void heads_clear(struct heads *t)
{
	if (t->n > 0)
		memset(t->at, 0, t->cap * sizeof(*t->at));
	t->n = 0;
}

void heads_free(struct heads *t)
{
	free(t->at);
	*t = (struct heads){0};
}

void store_head_at(struct store_head *head, const struct run *r)
{
	memcpy(head->board, r->board, EVENT_BOARD);
	head->id = r->last;
	memcpy(head->hash, r->hash, EVENT_HASH);
	memcpy(head->device, r->device, PAPER_DEVICE);
}

/* The hash of the event `at` as r tells it; false if it is not in r. */
static bool hash_at(const struct run *r, const struct event_id *at, uint8_t out[static EVENT_HASH])
{
	struct cursor c = run_events(r);
	struct event e;

	memcpy(out, r->before, EVENT_HASH);
	while (c.rest.n > 0 && !c.bad) {
		run_next_event(&c, out, &e);
		if (event_id_compare(&e.id, at) >= 0)
			return !c.bad && event_id_compare(&e.id, at) == 0;
	}
	return false;
}

static bool follows(const struct event_id *first, const struct store_head *head)
{
	if (first->epoch == head->id.epoch)
		return first->seq == head->id.seq + 1;
	return first->epoch > head->id.epoch && first->seq == 1;
}

static bool is_zero(const uint8_t hash[static EVENT_HASH])
{
	static const uint8_t zeros[EVENT_HASH];

	return memcmp(hash, zeros, EVENT_HASH) == 0;
}

static enum store_verdict judge_end(const struct run *r, const struct store_head *head, int order)
{
	if (order < 0)
		return STORE_WITHIN;
	return memcmp(r->hash, head->hash, EVENT_HASH) == 0 ? STORE_KNOWN : STORE_FORK;
}

enum store_verdict store_judge(const struct run *r, const struct store_head *head)
{
	uint8_t hash[EVENT_HASH];
	int order = event_id_compare(&r->last, &head->id);
	bool known = head->id.epoch != 0;

	if (known && order <= 0)
		return judge_end(r, head, order);
	if (known && memcmp(r->device, head->device, PAPER_DEVICE) != 0)
		return STORE_FORK;
	if (memcmp(r->before, head->hash, EVENT_HASH) == 0)
		return follows(&r->first, head) ? STORE_NEXT : STORE_FORK;
	if (!known)
		return STORE_GAP;
	if (event_id_compare(&r->first, &head->id) > 0) {
		/* Where it would have to begin with the head it does not, nor is there another first. */
		bool next = r->first.epoch == head->id.epoch && r->first.seq == head->id.seq + 1;
		return next || is_zero(r->before) ? STORE_FORK : STORE_GAP;
	}
	bool same = hash_at(r, &head->id, hash) && memcmp(hash, head->hash, EVENT_HASH) == 0;
	return same ? STORE_REST : STORE_FORK;
}

bool store_holds(const struct run *stored, const struct run *r)
{
	uint8_t hash[EVENT_HASH];

	return hash_at(stored, &r->last, hash) && memcmp(hash, r->hash, EVENT_HASH) == 0;
}
