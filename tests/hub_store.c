/* The store's contract, one suite for every kind. */
#include "test.h"

#include "fold.h"
#include "help/postgres.h"
#include "help/store_bench.h"
#include "store_postgres.h"

enum { WHOLE = 1 << 30 };

static const struct store_bench kinds[] = {
	{"sqlite", &store_sqlite, false, NULL},
	{"relaxed_sqlite", &store_sqlite, true, NULL},
	{"postgresql", &store_postgresql, false, postgres_place},
};

static struct span in(const struct grow *g)
{
	return (struct span){g->p, g->n};
}

/* Events from number `from` on, in runs of `step`, given to s. */
static void fill(struct store *s, const struct story *story, size_t from, size_t step)
{
	for (size_t i = from; i < story->n; i += step) {
		size_t n = story->n - i < step ? story->n - i : step;
		struct store_item item = store_bench_give(s, story, i, n);
		assert_ok(item.result);
		assert_int_equal(item.added, n);
	}
}

/* What a reader from the beginning gets, checked run by run. */
static struct walk walk_all(struct store *s)
{
	struct store_cursor c = {0};
	struct walk w = {0};

	walk_store(&w, s, &c, 4096);
	return w;
}

TEST(a_new_store_holds_nothing)
{
	struct store *s = store_bench_open();
	struct event_id after = {.board = "nobody-"};
	struct store_cursor c = {0};
	struct store_stats stats;
	struct store_head head;
	struct grow out = {0};
	UNUSED(state);

	assert_ok(s->kind->head(s, after.board, &head));
	assert_int_equal(head.id.epoch, 0);
	assert_memory_equal(head.board, after.board, EVENT_BOARD);
	assert_ok(s->kind->heads(s, &out));
	assert_ok(s->kind->read(s, &c, WHOLE, &out));
	assert_ok(s->kind->read_board(s, &after, WHOLE, &out));
	assert_int_equal(out.n, 0);
	assert_int_equal(c.n, 0);
	assert_ok(s->kind->stats(s, &stats));
	assert_int_equal(stats.runs + stats.events + stats.boards + stats.quarantined, 0);
	assert_ok(s->kind->merge(s, NULL, 0));
}

TEST(what_was_merged_is_there_after_closing)
{
	struct store *s = store_bench_open();
	struct story a, b;
	UNUSED(state);

	story_make(&a, 1, 50);
	story_make(&b, 2, 9);
	fill(s, &a, 0, 7);
	fill(s, &b, 0, 9);
	store_bench_close(s);
	s = store_bench_open();
	assert_int_equal(store_bench_known(s, &a), 50);
	assert_int_equal(store_bench_known(s, &b), 9);
	struct walk w = walk_all(s);
	assert_int_equal(w.events, 59);
	assert_int_equal(w.runs, 9);
	story_free(&a);
	story_free(&b);
}

TEST(a_repeat_changes_nothing)
{
	struct store *s = store_bench_open();
	struct store_stats before, after;
	struct story a;
	UNUSED(state);

	story_make(&a, 1, 60);
	fill(s, &a, 0, 20);
	assert_ok(s->kind->stats(s, &before));
	for (size_t from = 0; from < a.n; from += 3)
		for (size_t n = 1; from + n <= a.n; n += 5) {
			struct store_item item = store_bench_give(s, &a, from, n);
			assert_ok(item.result);
			assert_int_equal(item.added, 0);
			assert_int_equal(event_id_compare(&item.head.id, &a.events[59].id), 0);
		}
	assert_ok(s->kind->stats(s, &after));
	assert_memory_equal(&before, &after, sizeof(before));
	assert_int_equal(walk_all(s).events, 60);
	story_free(&a);
}

TEST(runs_of_one_board_may_follow_and_repeat_each_other_in_one_call)
{
	static const uint16_t added[] = {10, 0, 10, 0, 10};
	static const size_t known[] = {10, 10, 20, 20, 30};
	struct store *s = store_bench_open();
	struct store_item items[COUNT(added)];
	struct grow runs = {0};
	struct story a;
	UNUSED(state);

	story_make(&a, 1, 30);
	story_cut(&a, 0, 10, &runs);
	story_cut(&a, 0, 10, &runs);
	story_cut(&a, 5, 15, &runs);
	story_cut(&a, 0, 20, &runs);
	story_cut(&a, 20, 10, &runs);
	store_bench_merge(s, in(&runs), items, COUNT(items));
	for (size_t i = 0; i < COUNT(items); i++) {
		assert_ok(items[i].result);
		assert_int_equal(items[i].added, added[i]);
		assert_int_equal(
			event_id_compare(&items[i].head.id, &a.events[known[i] - 1].id), 0);
	}
	assert_int_equal(walk_all(s).events, 30);
	grow_free(&runs);
	story_free(&a);
}

TEST(of_an_overlap_only_the_rest_is_added)
{
	enum { EVENTS = 9 };
	struct store *s = store_bench_open();
	uint8_t board = 0;
	UNUSED(state);

	for (size_t known = 1; known < EVENTS; known++)
		for (size_t from = 0; from < known; from++) {
			struct story a;
			story_make(&a, ++board, EVENTS);
			assert_int_equal(store_bench_give(s, &a, 0, known).added, known);
			struct store_item item = store_bench_give(s, &a, from, EVENTS - from);
			assert_ok(item.result);
			assert_int_equal(item.added, EVENTS - known);
			assert_int_equal(store_bench_known(s, &a), EVENTS);
			story_free(&a);
		}
	assert_int_equal(walk_all(s).events, board * EVENTS);
}

TEST(after_a_gap_nothing_is_added_and_the_head_says_where_to_begin)
{
	struct store *s = store_bench_open();
	struct story a;
	UNUSED(state);

	story_make(&a, 1, 90);
	for (size_t from = 1; from + 5 <= a.n; from += 8)
		assert_err(store_bench_give(s, &a, from, 4 + from % 2).result, ERR_ABSENT);
	assert_int_equal(store_bench_known(s, &a), 0);
	assert_int_equal(store_bench_give(s, &a, 0, 30).added, 30);
	for (size_t from = 31; from + 10 <= a.n; from++) {
		struct store_item item = store_bench_give(s, &a, from, 10);
		assert_err(item.result, ERR_ABSENT);
		assert_int_equal(item.added, 0);
		assert_int_equal(event_id_compare(&item.head.id, &a.events[29].id), 0);
	}
	assert_int_equal(store_bench_known(s, &a), 30);
	fill(s, &a, 30, 60);
	assert_int_equal(walk_all(s).events, 90);
	story_free(&a);
}

TEST(another_history_is_refused_wherever_it_parts)
{
	enum { EVENTS = 80, KNOWN = 60 };
	struct store *s = store_bench_open();
	struct story a, b;
	UNUSED(state);

	story_make(&a, 1, EVENTS);
	for (size_t i = 0; i < KNOWN; i += 15)
		assert_ok(store_bench_give(s, &a, i, 15).result);
	for (size_t at = 0; at < KNOWN; at += 7) {
		story_fork(&b, &a, at);
		for (size_t from = 0; from <= KNOWN; from += 5)
			for (size_t end = from + 1; end <= EVENTS; end += 6) {
				/* One that ends before the fork is the same history. */
				if (end <= at)
					continue;
				struct store_item item = store_bench_give(s, &b, from, end - from);
				assert_err(item.result, ERR_FORGED);
				assert_int_equal(item.added, 0);
				assert_int_equal(
					event_id_compare(&item.head.id, &a.events[KNOWN - 1].id),
					0);
			}
		story_free(&b);
	}
	struct walk w = walk_all(s);
	assert_int_equal(w.events, KNOWN);
	assert_int_equal(w.runs, 4);
	story_free(&a);
}

TEST(a_second_beginning_is_another_history)
{
	struct store *s = store_bench_open();
	struct story a, later;
	UNUSED(state);

	story_make(&a, 1, 5);
	story_make(&later, 1, 60);
	/* It begins with a later epoch, as if nothing had been before. */
	memmove(later.events, later.events + 36, 24 * sizeof(struct event));
	later.n = 24;
	story_chain(&later, 0);
	fill(s, &a, 0, 5);
	assert_err(store_bench_give(s, &later, 0, 24).result, ERR_FORGED);
	assert_int_equal(walk_all(s).events, 5);
	story_free(&a);
	story_free(&later);
}

TEST(one_that_continues_a_head_but_not_its_numbers_is_refused)
{
	struct store *s = store_bench_open();
	struct story a;
	UNUSED(state);

	story_make(&a, 1, 20);
	assert_ok(store_bench_give(s, &a, 0, 10).result);
	for (size_t i = 10; i < 20; i++)
		a.events[i].id.seq++;
	story_chain(&a, 10);
	assert_err(store_bench_give(s, &a, 10, 10).result, ERR_FORGED);
	assert_int_equal(walk_all(s).events, 10);
	story_free(&a);
}

TEST(one_bad_run_does_not_keep_out_the_others)
{
	struct store *s = store_bench_open();
	struct store_item items[3];
	struct grow runs = {0};
	struct story a, b, fork;
	UNUSED(state);

	story_make(&a, 1, 20);
	story_make(&b, 2, 20);
	assert_ok(store_bench_give(s, &a, 0, 10).result);
	story_fork(&fork, &a, 5);
	story_cut(&fork, 0, 20, &runs);
	story_cut(&b, 0, 20, &runs);
	story_cut(&a, 15, 5, &runs);
	store_bench_merge(s, in(&runs), items, COUNT(items));
	assert_err(items[0].result, ERR_FORGED);
	assert_ok(items[1].result);
	assert_err(items[2].result, ERR_ABSENT);
	assert_int_equal(walk_all(s).events, 30);
	grow_free(&runs);
	story_free(&a);
	story_free(&b);
	story_free(&fork);
}

TEST(a_reader_gets_every_run_once_however_it_reads)
{
	struct store *s = store_bench_open(), *reader = store_bench_open();
	size_t max[] = {1, 300, 2000, WHOLE};
	struct store_cursor c[COUNT(max)] = {0};
	struct walk w[COUNT(max)] = {0};
	struct story stories[3];
	UNUSED(state);

	for (uint8_t i = 0; i < COUNT(stories); i++)
		story_make(&stories[i], i, 70);
	for (size_t at = 0; at < 70; at += 7)
		for (size_t i = 0; i < COUNT(stories); i++) {
			store_bench_give(s, &stories[i], at, 7);
			size_t k = (at + i) % COUNT(max);
			walk_store(&w[k], reader, &c[k], max[k]);
		}
	for (size_t k = 0; k < COUNT(max); k++) {
		walk_store(&w[k], reader, &c[k], max[k]);
		assert_int_equal(w[k].events, 210);
		assert_int_equal(w[k].runs, 30);
		assert_memory_equal(&c[k], &c[0], sizeof(c[0]));
	}
	for (size_t i = 0; i < COUNT(stories); i++)
		story_free(&stories[i]);
}

TEST(one_read_stays_below_its_bytes_but_gives_one_run)
{
	struct store *s = store_bench_open();
	struct grow out = {0}, run = {0};
	struct story a;
	UNUSED(state);

	story_make(&a, 1, 20);
	story_cut(&a, 0, 1, &run);
	fill(s, &a, 0, 1);
	for (size_t max = 0; max < 6 * run.n; max += 37) {
		struct store_cursor c = {0};
		out.n = 0;
		assert_ok(s->kind->read(s, &c, max, &out));
		assert_true(out.n >= run.n && (out.n <= max || out.n == run.n));
		out.n = 0;
		assert_ok(s->kind->read_board(
			s, &(struct event_id){.board = "board-0\1"}, max, &out));
		assert_true(out.n >= run.n && (out.n <= max || out.n == run.n));
	}
	grow_free(&out);
	grow_free(&run);
	story_free(&a);
}

TEST(a_cursor_survives_as_text)
{
	struct store *s = store_bench_open();
	struct store_cursor c = {0}, again;
	char text[STORE_CURSOR_TEXT];
	struct walk w = {0};
	struct story a;
	UNUSED(state);

	story_make(&a, 1, 40);
	assert_ok(store_bench_give(s, &a, 0, 20).result);
	walk_store(&w, s, &c, WHOLE);
	store_cursor_write(&c, text);
	store_bench_close(s);
	s = store_bench_open();
	fill(s, &a, 20, 5);
	assert_ok(store_cursor_read(&again, span_of(text)));
	assert_memory_equal(&again, &c, sizeof(c));
	walk_store(&w, s, &again, WHOLE);
	assert_int_equal(w.events, 40);
	story_free(&a);
}

TEST(with_a_cursor_of_another_store_reading_begins_anew)
{
	struct store *s = store_bench_open();
	struct store_cursor c = {0};
	struct walk w = {0};
	struct story a;
	UNUSED(state);

	story_make(&a, 1, 10);
	fill(s, &a, 0, 2);
	assert_ok(store_cursor_read(&c, span_of("0123456789abcdef:77,fedcba9876543210:1")));
	walk_store(&w, s, &c, WHOLE);
	assert_int_equal(w.events, 10);
	/* So does one that is ahead: the store was set back. */
	c.at[0].number += 1000;
	w = (struct walk){0};
	walk_store(&w, s, &c, WHOLE);
	assert_int_equal(w.events, 10);
	story_free(&a);
}

TEST(a_board_is_read_from_any_of_its_events)
{
	struct store *s = store_bench_open();
	struct grow out = {0};
	struct story a, b;
	UNUSED(state);

	story_make(&a, 1, 80);
	story_make(&b, 2, 80);
	fill(s, &a, 0, 9);
	fill(s, &b, 0, 11);
	for (size_t known = 0; known <= a.n; known++) {
		struct event_id after = {0};
		if (known > 0)
			after = a.events[known - 1].id;
		memcpy(after.board, a.board, EVENT_BOARD);
		out.n = 0;
		assert_ok(s->kind->read_board(s, &after, WHOLE, &out));
		struct walk w = {.boards_n = 1};
		memcpy(w.boards[0].id, a.board, EVENT_BOARD);
		size_t begin = known / 9 * 9;
		if (begin > 0 && begin < a.n)
			memcpy(w.boards[0].hash, a.events[begin - 1].hash, EVENT_HASH);
		walk_on(&w, in(&out));
		assert_int_equal(w.boards_n, 1);
		assert_int_equal(w.events, known == a.n ? 0 : a.n - begin);
	}
	grow_free(&out);
	story_free(&a);
	story_free(&b);
}

/* Enough that an SQLite store writes its heads down. */
TEST(many_short_runs_are_found_again_after_opening)
{
	enum { MANY = 2300, TOGETHER = 100 };
	struct store *s = store_bench_open();
	struct store_stats stats;
	struct grow out = {0};
	struct story a, b;
	UNUSED(state);

	story_make(&a, 1, MANY);
	story_make(&b, 2, MANY);
	for (size_t i = 0; i < MANY; i += TOGETHER) {
		out.n = 0;
		for (size_t k = i; k < i + TOGETHER; k++) {
			story_cut(&a, k, 1, &out);
			story_cut(&b, k, 1, &out);
		}
		store_bench_merge(s, in(&out), NULL, 0);
	}
	store_bench_close(s);
	s = store_bench_open();
	assert_int_equal(store_bench_known(s, &a), MANY);
	assert_int_equal(store_bench_known(s, &b), MANY);
	assert_ok(s->kind->stats(s, &stats));
	assert_int_equal(stats.runs, 2 * MANY);
	assert_int_equal(stats.events, 2 * MANY);
	for (size_t known = 1; known < MANY; known += 97) {
		out.n = 0;
		assert_ok(s->kind->read_board(s, &a.events[known - 1].id, WHOLE, &out));
		struct walk w = {.boards_n = 1};
		memcpy(w.boards[0].id, a.board, EVENT_BOARD);
		memcpy(w.boards[0].hash, a.events[known - 1].hash, EVENT_HASH);
		walk_on(&w, in(&out));
		assert_int_equal(w.events, MANY - known);
		assert_int_equal(store_bench_give(s, &b, known, 1).added, 0);
	}
	grow_free(&out);
	story_free(&a);
	story_free(&b);
}

TEST(all_heads_come_by_board)
{
	struct store *s = store_bench_open(), *other = store_bench_open();
	struct grow out = {0};
	struct story stories[9];
	UNUSED(state);

	for (size_t i = 0; i < COUNT(stories); i++) {
		story_make(&stories[i], (uint8_t)(37 * (i + 1)), 5 + i);
		fill(i % 2 ? s : other, &stories[i], 0, 2);
	}
	for (int turn = 0; turn < 2; turn++) {
		out.n = 0;
		assert_ok(s->kind->heads(s, &out));
		assert_int_equal(GROW_COUNT(&out, struct store_head), COUNT(stories));
		const struct store_head *h = GROW_ARRAY(&out, struct store_head);
		for (size_t i = 1; i < COUNT(stories); i++)
			assert_true(memcmp(h[i - 1].board, h[i].board, EVENT_BOARD) < 0);
		for (size_t i = 0; i < COUNT(stories); i++)
			assert_int_equal(store_bench_known(s, &stories[i]), stories[i].n);
	}
	grow_free(&out);
	for (size_t i = 0; i < COUNT(stories); i++)
		story_free(&stories[i]);
}

TEST(hundreds_of_boards_are_told_apart)
{
	enum { BOARDS = 250 };
	struct store *s = store_bench_open(), *other = store_bench_open();
	struct grow runs = {0}, heads = {0};
	struct story a;
	UNUSED(state);

	for (unsigned i = 0; i < BOARDS; i++) {
		story_make(&a, (uint8_t)i, 1 + i % 3);
		story_cut(&a, 0, a.n, &runs);
		story_free(&a);
	}
	store_bench_merge(s, in(&runs), NULL, 0);
	assert_ok(other->kind->heads(other, &heads));
	assert_int_equal(GROW_COUNT(&heads, struct store_head), BOARDS);
	for (unsigned i = 0; i < BOARDS; i++) {
		story_make(&a, (uint8_t)i, 1 + i % 3);
		assert_int_equal(store_bench_known(i % 2 ? s : other, &a), a.n);
		story_free(&a);
	}
	grow_free(&runs);
	grow_free(&heads);
}

TEST(a_device_has_so_many_boards_and_no_more)
{
	struct store *s = store_bench_open();
	static struct store_item items[STORE_BOARDS + 2];
	struct grow runs = {0};
	struct wire_hub hub;
	struct wire_device device, other;
	struct wire_board b, first;
	UNUSED(state);

	wire_hub(&hub, 1, 1);
	wire_device(&device, &hub, 1);
	wire_device(&other, &hub, 2);
	for (unsigned i = 0; i <= STORE_BOARDS; i++) {
		wire_board(&b, &device, (uint8_t)i);
		wire_run(&b, 1, 1, &runs);
		if (i == 0)
			first = b;
		if (i == STORE_BOARDS / 2) {
			store_bench_merge(s, in(&runs), NULL, 0);
			runs.n = 0;
		}
	}
	wire_board(&b, &other, 200);
	wire_run(&b, 1, 1, &runs);
	size_t n = store_bench_merge(s, in(&runs), items, COUNT(items));
	size_t full = 0;
	for (size_t i = 0; i < n; i++)
		full += items[i].result == ERR_FULL;
	assert_int_equal(full, 1);
	assert_ok(items[n - 1].result);
	/* Those that are there go on. */
	runs.n = 0;
	wire_run(&first, 1, 3, &runs);
	store_bench_merge(s, in(&runs), NULL, 0);
	grow_free(&runs);
}

TEST(two_handles_take_turns_with_one_board)
{
	struct store *s[2] = {store_bench_open(), store_bench_open()};
	struct store_stats stats[2];
	struct story a;
	UNUSED(state);

	story_make(&a, 1, 100);
	for (size_t i = 0; i < a.n; i += 5) {
		assert_int_equal(store_bench_give(s[i / 5 % 2], &a, i, 5).added, 5);
		assert_int_equal(store_bench_give(s[1 - i / 5 % 2], &a, i, 5).added, 0);
	}
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(walk_all(s[i]).events, 100);
		assert_ok(s[i]->kind->stats(s[i], &stats[i]));
	}
	assert_int_equal(stats[0].runs, 20);
	assert_memory_equal(&stats[0], &stats[1], sizeof(stats[0]));
	story_free(&a);
}

TEST(what_was_not_believed_is_kept_once_and_counted)
{
	struct store *s = store_bench_open();
	struct store_stats stats;
	uint8_t big[100000] = {1};
	UNUSED(state);

	for (int turn = 0; turn < 2; turn++) {
		assert_ok(s->kind->quarantine(
			s, (const uint8_t *)"device-1", "it is revoked", span_of("bytes")));
		assert_ok(s->kind->quarantine(
			s, (const uint8_t *)"device-2", "it is revoked", span_of("bytes")));
		assert_ok(s->kind->quarantine(s, (const uint8_t *)"device-1",
			"it tells \"two\" histories", (struct span){big, sizeof(big)}));
		store_bench_close(s);
		s = store_bench_open();
	}
	assert_ok(s->kind->stats(s, &stats));
	assert_int_equal(stats.quarantined, 3);
	assert_int_equal(stats.quarantined_bytes, sizeof(big) + 10);
	assert_int_equal(stats.runs + stats.events + stats.boards, 0);
}

TEST(what_is_counted_is_what_is_there)
{
	struct store *s = store_bench_open();
	struct store_stats stats;
	struct story a, b;
	UNUSED(state);

	story_make(&a, 1, 30);
	story_make(&b, 2, 8);
	fill(s, &a, 0, 10);
	assert_ok(s->kind->stats(s, &stats));
	assert_int_equal(stats.runs, 3);
	assert_int_equal(stats.events, 30);
	assert_int_equal(stats.boards, 1);
	fill(s, &b, 0, 1);
	assert_ok(s->kind->stats(s, &stats));
	assert_int_equal(stats.runs, 11);
	assert_int_equal(stats.events, 38);
	assert_int_equal(stats.boards, 2);
	story_free(&a);
	story_free(&b);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_new_store_holds_nothing),
	cmocka_unit_test(what_was_merged_is_there_after_closing),
	cmocka_unit_test(a_repeat_changes_nothing),
	cmocka_unit_test(runs_of_one_board_may_follow_and_repeat_each_other_in_one_call),
	cmocka_unit_test(of_an_overlap_only_the_rest_is_added),
	cmocka_unit_test(after_a_gap_nothing_is_added_and_the_head_says_where_to_begin),
	cmocka_unit_test(another_history_is_refused_wherever_it_parts),
	cmocka_unit_test(a_second_beginning_is_another_history),
	cmocka_unit_test(one_that_continues_a_head_but_not_its_numbers_is_refused),
	cmocka_unit_test(one_bad_run_does_not_keep_out_the_others),
	cmocka_unit_test(a_reader_gets_every_run_once_however_it_reads),
	cmocka_unit_test(one_read_stays_below_its_bytes_but_gives_one_run),
	cmocka_unit_test(a_cursor_survives_as_text),
	cmocka_unit_test(with_a_cursor_of_another_store_reading_begins_anew),
	cmocka_unit_test(a_board_is_read_from_any_of_its_events),
	cmocka_unit_test(many_short_runs_are_found_again_after_opening),
	cmocka_unit_test(all_heads_come_by_board),
	cmocka_unit_test(hundreds_of_boards_are_told_apart),
	cmocka_unit_test(a_device_has_so_many_boards_and_no_more),
	cmocka_unit_test(two_handles_take_turns_with_one_board),
	cmocka_unit_test(what_was_not_believed_is_kept_once_and_counted),
	cmocka_unit_test(what_is_counted_is_what_is_there),
};

RUN_FOR_KINDS(tests, kinds)
