/* The union of runs, for every kind of store: any order, overlap and repeat, from any number of
 * writers, ends in the same state, and readers miss nothing of it. */
#include "test.h"

#include "fold.h"
#include "help/postgres.h"
#include "help/store_bench.h"
#include "store_postgres.h"

#include <pthread.h>
#include <stdatomic.h>

enum { BOARDS = 5, EVENTS = 120, STATE = 1 << 16 };

static const struct store_bench kinds[] = {
	{"sqlite", &store_sqlite, false, NULL},
	{"relaxed_sqlite", &store_sqlite, true, NULL},
	{"postgresql", &store_postgresql, false, postgres_place},
};

static struct story stories[BOARDS];

static void make_stories(uint8_t first)
{
	for (uint8_t i = 0; i < BOARDS; i++)
		story_make(&stories[i], (uint8_t)(first + i), EVENTS);
}

static void free_stories(void)
{
	for (size_t i = 0; i < BOARDS; i++)
		story_free(&stories[i]);
}

/* The state after all events of all stories. */
static size_t wanted_state(uint8_t *out)
{
	struct sink k = sink_on(out, STATE);
	struct fold *f;

	assert_ok(fold_open(&f));
	for (size_t i = 0; i < BOARDS; i++)
		for (size_t n = 0; n < stories[i].n; n++)
			assert_ok(fold_add(f, &stories[i].events[n]));
	fold_write(f, &k);
	assert_false(k.full);
	fold_close(f);
	return k.n;
}

static void assert_state(struct store *s, size_t max, const uint8_t *want, size_t n)
{
	static uint8_t got[STATE];
	struct sink k = sink_on(got, sizeof(got));
	struct store_cursor c = {0};
	struct walk w = {0};

	assert_ok(fold_open(&w.fold));
	walk_store(&w, s, &c, max);
	fold_write(w.fold, &k);
	fold_close(w.fold);
	assert_int_equal(w.events, BOARDS * EVENTS);
	assert_int_equal(k.n, n);
	assert_memory_equal(got, want, n);
}

/* A few random runs of the stories, mostly near what the store may know. */
static void random_runs(unsigned *seed, size_t near, struct grow *out)
{
	for (int i = rand_r(seed) % 6; i >= 0; i--) {
		const struct story *s = &stories[(size_t)rand_r(seed) % BOARDS];
		size_t low = near > 30 ? near - 30 : 0, from = low + (size_t)rand_r(seed) % 50;
		if (from >= s->n)
			from = (size_t)rand_r(seed) % s->n;
		size_t most = s->n - from < 25 ? s->n - from : 25;
		story_cut(s, from, 1 + (size_t)rand_r(seed) % most, out);
	}
}

static void merge_any(struct store *s, const struct grow *runs)
{
	struct store_item items[8];
	size_t n = store_bench_merge(s, (struct span){runs->p, runs->n}, items, COUNT(items));

	for (size_t i = 0; i < n; i++)
		if (items[i].result != ERR_ABSENT)
			assert_ok(items[i].result);
}

/* What is missing, in runs of any length; a part is sent twice. */
static void complete(struct store *s, unsigned *seed)
{
	for (size_t i = 0; i < BOARDS; i++)
		for (size_t at; (at = store_bench_known(s, &stories[i])) < EVENTS;) {
			size_t back = at < 9 ? at : (size_t)rand_r(seed) % 9;
			size_t most = EVENTS - at;
			size_t n = 1 + (size_t)rand_r(seed) % most;
			assert_ok(store_bench_give(s, &stories[i], at - back, back + n).result);
		}
}

/* What one store has and the other may not, as boards that meet exchange it. */
static void pass_on(struct store *from, struct store *to, struct store_cursor *c, unsigned *seed)
{
	struct grow runs = {0};

	assert_ok(from->kind->read(from, c, (size_t)rand_r(seed) % 9000, &runs));
	merge_any(to, &runs);
	grow_free(&runs);
}

/* Thousands of runs in all: rounds x calls x stores x 3.5 runs. */
TEST(any_order_overlap_and_repeat_ends_in_the_same_state)
{
	enum { ROUNDS = 12, CALLS = 40 };
	static uint8_t want[STATE];
	unsigned seed = 20251005;
	struct grow runs = {0};
	UNUSED(state);

	make_stories(0);
	size_t n = wanted_state(want);
	assert_true(n > 100);
	for (int round = 0; round < ROUNDS; round++) {
		struct store *s[2];
		struct store_cursor c[2] = {0};
		for (size_t i = 0; i < 2; i++) {
			store_bench_elsewhere();
			s[i] = store_bench_open();
		}
		for (size_t call = 0; call < 2 * CALLS; call++) {
			size_t i = (size_t)rand_r(&seed) % 2;
			runs.n = 0;
			random_runs(&seed, call * EVENTS / 2 / CALLS, &runs);
			merge_any(s[i], &runs);
			if (rand_r(&seed) % 8 == 0)
				pass_on(s[i], s[1 - i], &c[i], &seed);
		}
		for (size_t i = 0; i < 2; i++) {
			complete(s[i], &seed);
			assert_state(s[i], 1 + (size_t)rand_r(&seed) % 20000, want, n);
			store_bench_close(s[i]);
		}
	}
	grow_free(&runs);
	free_stories();
}

/* Several hubs at one store, boards that send to any of them, and a reader meanwhile. */
struct hub {
	pthread_t thread;
	struct store *store;
	unsigned seed;
	atomic_int *working;
	int faults; /* only the main thread may fail the test */
	size_t added;
};

static size_t merge_quietly(struct hub *h, struct grow *runs)
{
	struct cursor c = cursor_at((struct span){runs->p, runs->n});
	struct store_item items[8];
	size_t n = 0;
	enum err e;

	while (n < COUNT(items) && run_read(&c, &items[n].run) == OK)
		n++;
	do
		e = h->store->kind->merge(h->store, items, n);
	while (e == ERR_BUSY);
	h->faults += e != OK;
	for (size_t i = 0; i < n && e == OK; i++) {
		h->faults += items[i].result != OK && items[i].result != ERR_ABSENT;
		h->added += items[i].added;
	}
	return runs->n;
}

static void *hub_main(void *arg)
{
	struct hub *h = arg;
	struct grow runs = {0};

	for (size_t call = 0; call < EVENTS; call++) {
		runs.n = 0;
		for (size_t k = 0; k < 4; k++) {
			const struct story *s = &stories[(size_t)rand_r(&h->seed) % BOARDS];
			size_t from = call > 6 ? call - (size_t)rand_r(&h->seed) % 7 : call;
			size_t most = EVENTS - from < 9 ? EVENTS - from : 9;
			story_cut(s, from, 1 + (size_t)rand_r(&h->seed) % most, &runs);
		}
		merge_quietly(h, &runs);
	}
	/* What fell into gaps, once more from the beginning. */
	for (size_t i = 0; i < BOARDS; i++) {
		runs.n = 0;
		story_cut(&stories[i], 0, EVENTS, &runs);
		merge_quietly(h, &runs);
	}
	grow_free(&runs);
	atomic_fetch_sub(h->working, 1);
	return NULL;
}

TEST(writers_side_by_side_add_each_event_once_and_readers_miss_none)
{
	enum { HUBS = 3 };
	struct hub hubs[HUBS] = {0};
	struct store *reader = store_bench_open();
	struct store_cursor c = {0};
	struct walk w = {0};
	atomic_int working = HUBS;
	size_t added = 0;
	UNUSED(state);

	make_stories(0);
	for (unsigned i = 0; i < HUBS; i++) {
		hubs[i] = (struct hub){.store = store_bench_open(), .seed = i, .working = &working};
		pthread_create(&hubs[i].thread, NULL, hub_main, &hubs[i]);
	}
	while (atomic_load(&working) > 0)
		walk_store(&w, reader, &c, 3000);
	for (unsigned i = 0; i < HUBS; i++) {
		pthread_join(hubs[i].thread, NULL);
		assert_int_equal(hubs[i].faults, 0);
		added += hubs[i].added;
	}
	walk_store(&w, reader, &c, 3000);
	assert_int_equal(w.events, BOARDS * EVENTS);
	assert_int_equal(added, BOARDS * EVENTS);
	for (size_t i = 0; i < BOARDS; i++)
		assert_int_equal(store_bench_known(reader, &stories[i]), EVENTS);
	free_stories();
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(any_order_overlap_and_repeat_ends_in_the_same_state),
	cmocka_unit_test(writers_side_by_side_add_each_event_once_and_readers_miss_none),
};

RUN_FOR_KINDS(tests, kinds)
