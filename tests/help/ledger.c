/* A ledger of events. */
#include "ledger.h"

#include "journal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 4 << 20, EVENTS = 256 };

static void must(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "ledger: %s\n", what);
	exit(3);
}

void ledger_open(struct ledger *l)
{
	*l = (struct ledger){0};
	must(fold_open(&l->fold) == OK, "fold");
}

void ledger_close(struct ledger *l)
{
	fold_close(l->fold);
	grow_free(&l->rows);
	l->fold = NULL;
}

static void add(struct ledger *l, const struct event *e)
{
	struct arrival *a = GROW_ONE(&l->rows, struct arrival);

	must(a != NULL, "memory");
	a->id = e->id;
	memcpy(a->hash, e->hash, EVENT_HASH);
	if (e->payload_n == sizeof(uint64_t) && e->kind != EVENT_CLOCK)
		a->number = load_u64(e->payload);
	must(fold_add(l->fold, e) == OK, "two events of one id");
}

static void add_runs(struct ledger *l, struct span bytes)
{
	struct cursor c = cursor_at(bytes);
	uint8_t chain[EVENT_HASH];
	struct event e;
	struct run r;

	while (run_read(&c, &r) == OK) {
		struct cursor events = run_events(&r);
		memcpy(chain, r.before, EVENT_HASH);
		while (events.rest.n > 0) {
			run_next_event(&events, chain, &e);
			add(l, &e);
		}
	}
	must(!c.bad, "a run is damaged");
}

void ledger_add_store(struct ledger *l, struct store *s)
{
	struct store_cursor at = {0};

	for (;;) {
		struct grow runs = {0};
		must(s->kind->read(s, &at, CHUNK, &runs) == OK && !runs.failed, "store");
		add_runs(l, (struct span){runs.p, runs.n});
		bool end = runs.n == 0;
		grow_free(&runs);
		if (end)
			return;
	}
}

void ledger_add_journal(struct ledger *l, const char *path)
{
	static struct event events[EVENTS];
	struct journal_options o = {.path = path, .read_only = true};
	struct event_id after = {0};
	struct journal *j;
	size_t n;

	enum err e = journal_open(&j, &o);
	if (e == ERR_ABSENT)
		return;
	must(e == OK, path);
	do {
		must(journal_read(j, &after, events, EVENTS, &n) == OK, path);
		for (size_t i = 0; i < n; i++)
			add(l, &events[i]);
		if (n > 0)
			after = events[n - 1].id;
	} while (n == EVENTS);
	journal_close(j);
}

static int by_id(const void *a, const void *b)
{
	return event_id_compare(&((const struct arrival *)a)->id, &((const struct arrival *)b)->id);
}

static int by_number(const void *a, const void *b)
{
	uint64_t x = ((const struct arrival *)a)->number, y = ((const struct arrival *)b)->number;

	return x < y ? -1 : x > y;
}

static void sort(struct grow *rows, int (*order)(const void *, const void *))
{
	if (rows->n > 0)
		qsort(rows->p, GROW_COUNT(rows, struct arrival), sizeof(struct arrival), order);
}

void ledger_sort(struct ledger *l)
{
	sort(&l->rows, by_id);
}

size_t ledger_count(const struct ledger *l)
{
	return GROW_COUNT(&l->rows, struct arrival);
}

size_t ledger_doubles(const struct ledger *l)
{
	const struct arrival *a = GROW_ARRAY(&l->rows, const struct arrival);
	size_t n = 0;

	for (size_t i = 1; i < ledger_count(l); i++)
		n += by_id(&a[i - 1], &a[i]) == 0;
	return n;
}

size_t ledger_lacks(const struct ledger *l, const struct arrival *a, size_t n)
{
	size_t lacks = 0;

	for (size_t i = 0; i < n; i++) {
		const struct arrival *found =
			ledger_count(l) == 0
				? NULL
				: bsearch(&a[i], l->rows.p, ledger_count(l), sizeof(*a), by_id);
		lacks += !found || memcmp(found->hash, a[i].hash, EVENT_HASH) != 0;
	}
	return lacks;
}

size_t ledger_invented(const struct ledger *l, const struct grow *meant)
{
	struct grow rows = {0}, allowed = {0};
	size_t invented = 0, next = 0;

	grow_bytes(&rows, l->rows.p, l->rows.n);
	grow_bytes(&allowed, meant->p, meant->n);
	must(!rows.failed && !allowed.failed, "memory");
	sort(&rows, by_number);
	sort(&allowed, by_number);
	const struct arrival *a = GROW_ARRAY(&rows, const struct arrival);
	const struct arrival *m = GROW_ARRAY(&allowed, const struct arrival);
	size_t n = GROW_COUNT(&allowed, struct arrival);
	for (size_t i = 0; i < GROW_COUNT(&rows, struct arrival); i++) {
		if (a[i].number == 0)
			continue;
		while (next < n && m[next].number < a[i].number)
			next++;
		bool fits = next < n && m[next].number == a[i].number;
		invented += !fits;
		next += fits; /* each number once */
	}
	grow_free(&rows);
	grow_free(&allowed);
	return invented;
}

void ledger_state(const struct ledger *l, struct grow *out)
{
	struct sink k = sink_on(NULL, 0);

	fold_write(l->fold, &k);
	struct sink into = sink_on(grow_room(out, k.n), k.n);
	must(!out->failed, "memory");
	fold_write(l->fold, &into);
	must(!into.full && into.n == k.n, "fold_write is not the same twice");
}
