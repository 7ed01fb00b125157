/* A process that merges runs into an SQLite store is killed (kill -9) at random moments, again and
 * again: what it had acknowledged is there, once and whole. FOYER_KILLS=1000 sets how often (default
 * 50), FOYER_SEED the random moments. */
#include "test.h"

#include "help/store_bench.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { BOARDS = 4, EVENTS = 2000, LATEST_US = 25000, TOGETHER = 12 };

static const struct store_bench kinds[] = {
	{"sqlite", &store_sqlite, false, NULL},
	{"relaxed_sqlite", &store_sqlite, true, NULL},
};

static struct story stories[BOARDS];
static size_t kills, all_acked, all_found;
static unsigned seed;

static unsigned number(const char *name, unsigned usual)
{
	const char *text = getenv(name);

	return text ? (unsigned)atoi(text) : usual;
}

/* What of a board is in the store, as the child tells it once it is sure. */
struct ack {
	uint32_t board, known;
};

/* A few runs of each board in one merge, then one ack for each board; until all is told. */
static void merge_on(struct store *s, struct ack *acks, int to)
{
	struct store_item items[2 * BOARDS];
	struct grow runs = {0};
	size_t n = 0;

	for (uint32_t b = 0; b < BOARDS; b++)
		for (int k = 0; k < 2; k++) {
			size_t some = 1 + (size_t)rand_r(&seed) % TOGETHER;
			if (some > EVENTS - acks[b].known)
				some = EVENTS - acks[b].known;
			if (some == 0)
				continue;
			story_cut(&stories[b], acks[b].known, some, &runs);
			acks[b].known += (uint32_t)some;
		}
	for (struct cursor c = cursor_at((struct span){runs.p, runs.n}); c.rest.n > 0; n++)
		if (run_read(&c, &items[n].run) != OK)
			_exit(1);
	if (n == 0)
		_exit(0);
	if (s->kind->merge(s, items, n) != OK)
		_exit(1);
	for (size_t i = 0; i < n; i++)
		if (items[i].result != OK || items[i].added != items[i].run.count)
			_exit(1);
	grow_free(&runs);
	if (write(to, acks, BOARDS * sizeof(*acks)) != (ssize_t)(BOARDS * sizeof(*acks)))
		_exit(1);
}

static void child_main(int to, struct ack *acks)
{
	struct store *s = store_bench_open();

	for (;;)
		merge_on(s, acks, to);
}

static void run_and_kill(struct ack *acks)
{
	struct ack told[BOARDS];
	int ends[2], status;

	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		close(ends[0]);
		child_main(ends[1], acks);
	}
	close(ends[1]);
	struct timespec t = {0, (long)(rand_r(&seed) % LATEST_US) * 1000};
	nanosleep(&t, NULL);
	kill(child, SIGKILL);
	/* A write this short into a pipe is whole or not at all. */
	while (read(ends[0], told, sizeof(told)) == (ssize_t)sizeof(told))
		memcpy(acks, told, sizeof(told));
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
	kills++;
}

/* Everything acknowledged is there; what was about to be is there whole or not at all. */
static bool check(struct ack *acks)
{
	struct store *s = store_bench_open();
	struct store_cursor c = {0};
	struct walk w = {0};
	size_t known = 0;

	for (uint32_t b = 0; b < BOARDS; b++) {
		size_t found = store_bench_known(s, &stories[b]);
		assert_true(found >= acks[b].known && found <= acks[b].known + 2 * TOGETHER);
		all_acked += acks[b].known;
		all_found += found;
		acks[b].known = (uint32_t)found;
		known += found;
	}
	walk_store(&w, s, &c, 1 << 20);
	assert_int_equal(w.events, known);
	store_bench_close(s);
	return known == (size_t)BOARDS * EVENTS;
}

TEST(kill_9_at_any_moment_loses_nothing_acknowledged)
{
	unsigned wanted = number("FOYER_KILLS", 50);
	struct ack acks[BOARDS];
	UNUSED(state);

	seed = number("FOYER_SEED", 1);
	kills = all_acked = all_found = 0;
	for (uint32_t b = 0; b < BOARDS; b++)
		story_make(&stories[b], (uint8_t)b, EVENTS);
	while (kills < wanted) {
		memset(acks, 0, sizeof(acks));
		for (uint32_t b = 0; b < BOARDS; b++)
			acks[b].board = b;
		store_bench_elsewhere();
		bool full = false;
		while (kills < wanted && !full) {
			run_and_kill(acks);
			full = check(acks);
		}
	}
	print_message(
		"%zu kills: %zu events acknowledged, %zu found\n", kills, all_acked, all_found);
	for (size_t b = 0; b < BOARDS; b++)
		story_free(&stories[b]);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(kill_9_at_any_moment_loses_nothing_acknowledged),
};

RUN_FOR_KINDS(tests, kinds)
