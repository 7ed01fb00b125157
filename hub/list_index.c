/* Ids to rows: a hash table for each file of the list. */
#include "list_inside.h"

#include <stdlib.h>
#include <string.h>

/* Ids are short and the table is private to one run. */
static size_t hash(const char *id)
{
	uint64_t h = span_hash(span_of(id));

	return (size_t)(h ^ h >> 29);
}

static const char *row_id(const struct list *l, enum table_id t, size_t row)
{
	const char *id;

	/* The id is the first column of every table that has one. */
	memcpy(&id, list_rows(l, t) + row * list_tables[t].row_size + list_tables[t].columns[0].at,
		sizeof(id));
	return id;
}

int32_t list_find(const struct list *l, enum table_id t, const char *id)
{
	const struct id_index *x = &l->memory->ids[t];

	if (x->cap == 0)
		return -1;
	for (size_t i = hash(id);; i++) {
		uint32_t slot = x->slots[i & (x->cap - 1)];
		if (slot == 0)
			return -1;
		if (strcmp(row_id(l, t, slot - 1), id) == 0)
			return (int32_t)(slot - 1);
	}
}

static void place(struct id_index *x, const char *id, uint32_t row)
{
	size_t i = hash(id);

	while (x->slots[i & (x->cap - 1)])
		i++;
	x->slots[i & (x->cap - 1)] = row + 1;
}

int32_t list_remember(struct list *l, enum table_id t, const char *id, uint32_t row)
{
	struct id_index *x = &l->memory->ids[t];
	int32_t same = list_find(l, t, id);

	if (same >= 0)
		return same;
	if ((size_t)row + 1 > x->cap / 2) {
		struct id_index old = *x;
		x->cap = old.cap ? old.cap * 2 : 1024;
		x->slots = list_more(NULL, x->cap, sizeof(*x->slots));
		memset(x->slots, 0, x->cap * sizeof(*x->slots));
		for (size_t i = 0; i < old.cap; i++)
			if (old.slots[i])
				place(x, row_id(l, t, old.slots[i] - 1), old.slots[i] - 1);
		free(old.slots);
	}
	place(x, id, row);
	return -1;
}

enum { GUESSES = 1000 };

struct guess {
	const struct list *l;
	enum table_id table;
	char word[LIST_ID + 2];
};

static const char *look_up(const struct guess *g)
{
	int32_t row = list_find(g->l, g->table, g->word);
	return row < 0 ? NULL : row_id(g->l, g->table, (size_t)row);
}

/* One letter changed at i, or put in before it. */
static const char *try_letters(struct guess *g, size_t i)
{
	static const char letters[] =
		"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ._-";
	char old = g->word[i];
	const char *found = NULL;

	for (size_t k = 0; letters[k] && !found; k++) {
		g->word[i] = letters[k];
		found = look_up(g);
	}
	g->word[i] = old;
	return found;
}

static const char *try_case(struct guess *g, const char *id, char from, char to)
{
	size_t n = strlen(id);

	for (size_t i = 0; i <= n; i++)
		g->word[i] = id[i] >= from && id[i] < from + 26 ? (char)(id[i] - from + to) : id[i];
	return look_up(g);
}

const char *list_nearest(const struct list *l, enum table_id t, const char *id)
{
	struct guess g = {.l = l, .table = t};
	size_t n = strlen(id);
	const char *found;

	/* A thousand hints are enough for any reader, and few for a machine. */
	if (n == 0 || n > LIST_ID || strpbrk(id, " ,") || l->memory->guesses == GUESSES)
		return NULL;
	l->memory->guesses++;
	if ((found = try_case(&g, id, 'A', 'a')) || (found = try_case(&g, id, 'a', 'A')))
		return found;
	for (size_t i = 0; i + 1 < n && !found; i++) {
		memcpy(g.word, id, n + 1);
		g.word[i] = id[i + 1];
		g.word[i + 1] = id[i];
		found = look_up(&g);
	}
	for (size_t i = 0; i < n && !found; i++) {
		memcpy(g.word, id, i);
		memcpy(g.word + i, id + i + 1, n - i);
		found = look_up(&g);
	}
	for (size_t i = 0; i < n && !found; i++) {
		memcpy(g.word, id, n + 1);
		found = try_letters(&g, i);
	}
	for (size_t i = 0; i <= n && !found; i++) {
		memcpy(g.word, id, i);
		memcpy(g.word + i + 1, id + i, n + 1 - i);
		g.word[i] = '?';
		found = try_letters(&g, i);
	}
	return found;
}
