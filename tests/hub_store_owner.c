/* A board is one device's: whoever else is let in to the event may pass its runs on, but write none for
 * it, or one stolen kiosk would silence all others. For every kind of store. */
#include "test.h"

#include "help/postgres.h"
#include "help/store_bench.h"
#include "store_postgres.h"

static const struct store_bench kinds[] = {
	{"sqlite", &store_sqlite, false, NULL},
	{"relaxed_sqlite", &store_sqlite, true, NULL},
	{"postgresql", &store_postgresql, false, postgres_place},
};

static struct story story;

/* The same events, signed by another device of the event. */
static struct story by_another(void)
{
	struct story other, thief = story;

	story_make(&other, 1, 1);
	thief.device = other.device;
	story_free(&other);
	assert_memory_not_equal(thief.device->id, story.device->id, PAPER_DEVICE);
	return thief;
}

static void assert_refused(struct store *s, const struct story *thief, size_t from, size_t n)
{
	struct store_item item = store_bench_give(s, thief, from, n);

	assert_err(item.result, ERR_FORGED);
	assert_int_equal(item.added, 0);
}

TEST(another_device_cannot_go_on_with_a_board)
{
	struct store *s = store_bench_open();
	struct story thief;

	story_make(&story, 0, 20);
	thief = by_another();
	assert_ok(store_bench_give(s, &story, 0, 5).result);
	assert_refused(s, &thief, 5, 3);
	assert_refused(s, &thief, 3, 5);
	assert_int_equal(store_bench_known(s, &story), 5);
	/* What is there already does nobody harm. */
	assert_ok(store_bench_give(s, &thief, 0, 5).result);
	assert_ok(store_bench_give(s, &thief, 1, 2).result);
	assert_ok(store_bench_give(s, &story, 3, 5).result);
	assert_int_equal(store_bench_known(s, &story), 8);
	story_free(&story);
}

TEST(not_even_within_one_merge)
{
	struct store *s = store_bench_open();
	struct store_item items[3];
	struct grow runs = {0};
	struct story thief;

	story_make(&story, 0, 20);
	thief = by_another();
	story_cut(&story, 0, 4, &runs);
	story_cut(&thief, 4, 4, &runs);
	story_cut(&story, 4, 4, &runs);
	store_bench_merge(s, (struct span){runs.p, runs.n}, items, COUNT(items));
	assert_ok(items[0].result);
	assert_err(items[1].result, ERR_FORGED);
	assert_ok(items[2].result);
	assert_int_equal(store_bench_known(s, &story), 8);
	grow_free(&runs);
	story_free(&story);
}

/* So many runs that what is known of a board is written down, and read again by another opening. */
TEST(whose_a_board_is_outlives_the_program)
{
	enum { RUNS = 4200, MORE = 10 };
	struct store *s = store_bench_open();
	struct grow runs = {0};
	struct story thief;

	story_make(&story, 0, RUNS + MORE);
	thief = by_another();
	for (size_t i = 0; i < RUNS; i++)
		story_cut(&story, i, 1, &runs);
	store_bench_merge(s, (struct span){runs.p, runs.n}, NULL, 0);
	store_bench_close(s);
	s = store_bench_open();
	assert_refused(s, &thief, RUNS, 3);
	assert_ok(store_bench_give(s, &story, RUNS, 3).result);
	store_bench_close(s);
	s = store_bench_open();
	assert_refused(s, &thief, RUNS + 3, 3);
	assert_int_equal(store_bench_known(s, &story), RUNS + 3);
	grow_free(&runs);
	story_free(&story);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(another_device_cannot_go_on_with_a_board),
	cmocka_unit_test(not_even_within_one_merge),
	cmocka_unit_test(whose_a_board_is_outlives_the_program),
};

RUN_FOR_KINDS(tests, kinds)
