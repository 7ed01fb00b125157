/* What all tests of the store begin with. */
#include "test.h"

#include "fold.h"
#include "help/scratch.h"
#include "help/store_bench.h"

#include <assert.h>

enum { OPEN_MAX = 8, TESTS_MAX = 200 };

static struct scratch scratch;
static const struct store_bench *bench;
static char where[256];
static struct store *open_stores[OPEN_MAX];
static struct wire_hub hub;
static struct wire_device devices[8];

void store_bench_elsewhere(void)
{
	static unsigned places;
	char name[32];

	snprintf(name, sizeof(name), "store-%u.db", ++places);
	snprintf(where, sizeof(where), "%s", scratch_name(&scratch, name));
	if (bench->start && !bench->start(where, sizeof(where)))
		where[0] = '\0';
}

static int set_up(void **state)
{
	bench = *state;
	scratch_make(&scratch);
	store_bench_elsewhere();
	wire_hub(&hub, 1, 1);
	for (size_t i = 0; i < COUNT(devices); i++)
		wire_device(&devices[i], &hub, (uint8_t)(i + 1));
	return 0;
}

static int tear_down(void **state)
{
	UNUSED(state);

	for (size_t i = 0; i < OPEN_MAX; i++) {
		store_close(open_stores[i]);
		open_stores[i] = NULL;
	}
	scratch_remove(&scratch);
	return 0;
}

int store_bench_run(
	const struct CMUnitTest *tests, size_t n, const struct store_bench *kinds, size_t kinds_n)
{
	struct CMUnitTest all[TESTS_MAX] = {0};
	static char names[TESTS_MAX][160];
	size_t all_n = n * kinds_n;

	assert(all_n <= TESTS_MAX);
	for (size_t i = 0; i < all_n; i++) {
		const struct store_bench *kind = &kinds[i / n];
		snprintf(names[i], sizeof(names[i]), "%s_%s", kind->name, tests[i % n].name);
		all[i] = (struct CMUnitTest){names[i], tests[i % n].test_func, set_up, tear_down,
			(void *)(uintptr_t)kind};
	}
	return _cmocka_run_group_tests("tests", all, all_n, NULL, NULL);
}

const char *store_bench_where(void)
{
	return where;
}

enum err store_bench_try(struct store **out, const struct store_options *changes)
{
	struct store_options o = changes ? *changes : (struct store_options){0};
	size_t i = 0;

	if (where[0] == '\0')
		skip();
	if (!o.where)
		o.where = where;
	o.relaxed |= bench->relaxed;
	while (i < OPEN_MAX && open_stores[i])
		i++;
	assert_in_range(i, 0, OPEN_MAX - 1);
	enum err e = bench->kind->open(out, &o);
	open_stores[i] = *out;
	return e;
}

struct store *store_bench_open(void)
{
	struct store *s;

	assert_ok(store_bench_try(&s, NULL));
	return s;
}

void store_bench_close(struct store *s)
{
	for (size_t i = 0; i < OPEN_MAX; i++)
		if (open_stores[i] == s)
			open_stores[i] = NULL;
	store_close(s);
}

/* Hashes from event number `from` on. */
void story_chain(struct story *s, size_t from)
{
	static const uint8_t zeros[EVENT_HASH];

	for (size_t i = from; i < s->n; i++)
		event_hash(&s->events[i], i > 0 ? s->events[i - 1].hash : zeros, s->events[i].hash);
}

void story_make(struct story *out, uint8_t board, size_t n)
{
	static const uint16_t kinds[] = {EVENT_ARRIVED, EVENT_BADGE_PREPARED, EVENT_BADGE_SENDING,
		EVENT_BADGE_PRINTED, EVENT_BADGE_ISSUED, EVENT_UNDO};

	*out = (struct story){.device = &devices[board % COUNT(devices)], .n = n};
	out->events = calloc(n, sizeof(struct event));
	assert_non_null(out->events);
	memcpy(out->board, "board-00", EVENT_BOARD);
	out->board[EVENT_BOARD - 1] = board;
	struct event_id id = {.epoch = 1};
	memcpy(id.board, out->board, EVENT_BOARD);
	for (size_t i = 0; i < n; i++) {
		struct event *e = &out->events[i];
		*e = wire_event(kinds[(i + board) % COUNT(kinds)], (uint8_t)(i % 7), (unsigned)i);
		if (i % 37 == 36)
			id = (struct event_id){.epoch = id.epoch + 1 + (i % 2)};
		memcpy(id.board, out->board, EVENT_BOARD);
		id.seq++;
		e->id = id;
		if (i > 0 && e->kind != EVENT_BADGE_PREPARED)
			e->target = out->events[i - 1 - i % 5 % i].id;
		e->payload_n = (uint16_t)(i % 11);
	}
	story_chain(out, 0);
}

void story_fork(struct story *out, const struct story *s, size_t at)
{
	*out = *s;
	out->events = calloc(s->n, sizeof(struct event));
	assert_non_null(out->events);
	memcpy(out->events, s->events, s->n * sizeof(struct event));
	out->events[at].wall_ms++;
	story_chain(out, at);
}

void story_free(struct story *s)
{
	free(s->events);
	*s = (struct story){0};
}

void story_cut(const struct story *s, size_t from, size_t n, struct grow *out)
{
	static const uint8_t zeros[EVENT_HASH];
	uint8_t *room = malloc(RUN_MAX);

	assert_non_null(room);
	assert_in_range(n, 1, s->n - from);
	struct sink k = sink_on(room, RUN_MAX);
	run_write(&k, s->events + from, n, from > 0 ? s->events[from - 1].hash : zeros,
		s->device->seed);
	assert_false(k.full);
	grow_bytes(out, room, k.n);
	free(room);
}

size_t store_bench_merge(struct store *s, struct span runs, struct store_item *out, size_t cap)
{
	struct cursor c = cursor_at(runs);
	struct grow items = {0};
	struct store_item *item;
	enum err e = OK;

	while (c.rest.n > 0) {
		item = GROW_ONE(&items, struct store_item);
		assert_non_null(item);
		assert_ok(run_read(&c, &item->run));
	}
	size_t n = GROW_COUNT(&items, struct store_item);
	item = GROW_ARRAY(&items, struct store_item);
	e = s->kind->merge(s, item, n);
	assert_ok(e);
	for (size_t i = 0; i < n; i++) {
		if (out && i < cap)
			out[i] = item[i];
		if (!out)
			assert_ok(item[i].result);
	}
	grow_free(&items);
	return n;
}

struct store_item store_bench_give(
	struct store *s, const struct story *story, size_t from, size_t n)
{
	struct store_item item;
	struct grow run = {0};

	story_cut(story, from, n, &run);
	store_bench_merge(s, (struct span){run.p, run.n}, &item, 1);
	grow_free(&run);
	return item;
}

size_t store_bench_known(struct store *s, const struct story *story)
{
	struct store_head head;

	assert_ok(s->kind->head(s, story->board, &head));
	assert_memory_equal(head.board, story->board, EVENT_BOARD);
	if (head.id.epoch == 0)
		return 0;
	for (size_t i = 0; i < story->n; i++)
		if (event_id_compare(&story->events[i].id, &head.id) == 0) {
			assert_memory_equal(head.hash, story->events[i].hash, EVENT_HASH);
			return i + 1;
		}
	fail_msg("the head is in no story");
	return 0;
}

static struct wire_board *board_of(struct walk *w, const uint8_t *board)
{
	for (size_t i = 0; i < w->boards_n; i++)
		if (memcmp(w->boards[i].id, board, EVENT_BOARD) == 0)
			return &w->boards[i];
	assert_in_range(w->boards_n, 0, COUNT(w->boards) - 1);
	memcpy(w->boards[w->boards_n].id, board, EVENT_BOARD);
	return &w->boards[w->boards_n++];
}

void walk_on(struct walk *w, struct span runs)
{
	struct cursor c = cursor_at(runs);
	struct run r;
	struct event e;

	while (c.rest.n > 0) {
		assert_ok(run_read(&c, &r));
		struct wire_board *b = board_of(w, r.board);
		assert_memory_equal(r.before, b->hash, EVENT_HASH);
		/* One in a few is enough, and they are slow. */
		if (w->runs % 16 == 0)
			assert_ok(run_verify(
				&r, devices[b->id[EVENT_BOARD - 1] % COUNT(devices)].key));
		struct cursor in = run_events(&r);
		while (in.rest.n > 0) {
			run_next_event(&in, b->hash, &e);
			assert_true(event_id_compare(&b->last, &e.id) < 0);
			b->last = e.id;
			w->events++;
			if (w->fold)
				assert_ok(fold_add(w->fold, &e));
		}
		w->runs++;
	}
}

void walk_store(struct walk *w, struct store *s, struct store_cursor *c, size_t max)
{
	struct grow runs = {0};

	do {
		grow_free(&runs);
		assert_ok(s->kind->read(s, c, max, &runs));
		walk_on(w, (struct span){runs.p, runs.n});
	} while (runs.n > 0);
	grow_free(&runs);
}
