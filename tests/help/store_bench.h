/* What all tests of the store begin with: boards with all they ever wrote, cut into signed runs at
 * will; a fresh place for a store of each kind; short ways to merge and read. */
#ifndef TESTS_HELP_STORE_BENCH_H
#define TESTS_HELP_STORE_BENCH_H

#include "help/wire.h"
#include "store.h"

/* A kind as the suite runs it. where: a fresh place, made before each test. */
struct store_bench {
	const char *name;
	const struct store_kind *kind;
	bool relaxed;
	/* Make a fresh place; NULL: a file. false: it said why the test is skipped. */
	bool (*start)(char *where, size_t cap);
};
/* Run every test on a store of every kind, under the name of both. What a test opens is closed at
 * its end. A program's main is RUN_FOR_KINDS(tests, kinds). */
struct CMUnitTest;
int store_bench_run(
	const struct CMUnitTest *tests, size_t n, const struct store_bench *kinds, size_t kinds_n);
#define RUN_FOR_KINDS(tests, kinds)                                                                \
	int main(void)                                                                             \
	{                                                                                          \
		return store_bench_run(tests, COUNT(tests), kinds, COUNT(kinds));                  \
	}
/* Another handle on this test's store; must be closed by store_bench_close or the end. */
struct store *store_bench_open(void);
enum err store_bench_try(struct store **out, const struct store_options *changes);
void store_bench_close(struct store *s);
/* Where it is; and from now on it is another, fresh one. */
const char *store_bench_where(void);
void store_bench_elsewhere(void);

/* All a board ever wrote. */
struct story {
	uint8_t board[EVENT_BOARD];
	const struct wire_device *device;
	struct event *events;
	size_t n;
};
/* n events of a board, spread over a few epochs, of kinds that the fold knows. */
void story_make(struct story *out, uint8_t board, size_t n);
/* The same, but another history from event number `at` on. */
void story_fork(struct story *out, const struct story *s, size_t at);
/* Compute the hashes anew from event number `from` on, after a change. */
void story_chain(struct story *s, size_t from);
void story_free(struct story *s);
/* The run of n events from number `from` on, appended to out. */
void story_cut(const struct story *s, size_t from, size_t n, struct grow *out);

/* Merge all runs in one call, which must succeed; the items go to out (cap), NULL: every run must
 * be taken. */
size_t store_bench_merge(struct store *s, struct span runs, struct store_item *out, size_t cap);
/* Merge one run of a story; the item is what became of it. */
struct store_item store_bench_give(
	struct store *s, const struct story *story, size_t from, size_t n);
/* The number of the board's events in the store, by its head; the head must be in the story. */
size_t store_bench_known(struct store *s, const struct story *story);

/* Walk runs: each event once, in order of its board, the chain unbroken from the board's first. */
struct walk {
	struct wire_board boards[64]; /* id, last, hash */
	size_t boards_n, events, runs;
	struct fold *fold; /* gets every event, if not NULL */
};
/* Take these runs; fails the test if one does not continue what came before. */
void walk_on(struct walk *w, struct span runs);
/* Read all of a store from c on, max bytes at a time, into w. */
void walk_store(struct walk *w, struct store *s, struct store_cursor *c, size_t max);

#endif
