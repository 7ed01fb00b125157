/* The journal: what is appended is durable, in one chain, and readable by others. */
#include "test.h"

#include "help/journal_bench.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The child appends and says each number once it is acknowledged. */
static void append_for_ever(int out)
{
	struct journal *j = bench_open();

	for (uint32_t i = 1;; i++) {
		struct event e = {.kind = EVENT_ARRIVED, .issue = i, .person = {1}};
		if (journal_append(j, &e, 1) != OK ||
			write(out, &i, sizeof(i)) != (ssize_t)sizeof(i))
			_exit(1);
	}
}

static uint32_t kill_after(int acks)
{
	int pipe_ends[2];
	uint32_t acked = 0, n;

	assert_int_equal(pipe(pipe_ends), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(pipe_ends[0]);
		append_for_ever(pipe_ends[1]);
	}
	close(pipe_ends[1]);
	for (int i = 0; i < acks; i++)
		assert_int_equal(read(pipe_ends[0], &acked, sizeof(acked)), sizeof(acked));
	kill(child, SIGKILL);
	while (read(pipe_ends[0], &n, sizeof(n)) == (ssize_t)sizeof(n))
		acked = n;
	close(pipe_ends[0]);
	waitpid(child, NULL, 0);
	return acked;
}

TEST(an_appended_event_comes_back_whole)
{
	struct event e = {.kind = EVENT_BADGE_PRINTED,
		.person = {9, 8, 7, 6, 5, 4, 3, 2},
		.issue = 3,
		.activity = 77,
		.target = {.board = {1}, .epoch = 2, .seq = 3},
		.payload_n = 4,
		.payload = {0, 1, 255, 7}};
	struct event_id start = {0};
	struct event got;
	size_t n;
	UNUSED(state);

	struct journal *j = bench_open();
	assert_ok(journal_append(j, &e, 1));
	assert_ok(journal_read(j, &start, &got, 1, &n));
	assert_int_equal(n, 1);
	assert_memory_equal(&got, &e, sizeof(e));
	journal_close(j);
}

TEST(an_append_fills_in_id_clocks_and_boot)
{
	struct instant now = {.wall_ms = 1759766400000, .boot_ms = 4711, .trusted = false};
	static const uint8_t none[EVENT_BOOT];
	struct event e = bench_arrival(1);
	UNUSED(state);

	clock_fake(&now);
	struct journal *j = bench_open();
	assert_ok(journal_append(j, &e, 1));
	assert_memory_equal(e.id.board, journal_board(j), EVENT_BOARD);
	assert_int_equal(e.id.epoch, 1);
	assert_int_equal(e.id.seq, 1);
	assert_int_equal(e.wall_ms, 1759766400000);
	assert_int_equal(e.boot_ms, 4711);
	assert_false(e.trusted);
	assert_memory_not_equal(e.boot, none, EVENT_BOOT);
	journal_close(j);
}

TEST(the_epoch_rises_with_each_opening)
{
	UNUSED(state);
	for (uint32_t epoch = 1; epoch <= 5; epoch++) {
		struct journal *j = bench_open();
		assert_int_equal(journal_epoch(j), epoch);
		journal_close(j);
	}
}

TEST(a_history_that_others_know_better_goes_on_under_a_new_board_id)
{
	uint8_t old[EVENT_BOARD], fresh[EVENT_BOARD];
	struct event_id at;
	struct event e;
	size_t n;
	UNUSED(state);

	struct journal *j = bench_open();
	memcpy(old, journal_board(j), EVENT_BOARD);
	assert_ok(bench_append(j, 1));
	journal_close(j);
	assert_ok(
		journal_open(&j, &(struct journal_options){.path = bench_path, .seen_epoch = 41}));
	memcpy(fresh, journal_board(j), EVENT_BOARD);
	assert_memory_not_equal(fresh, old, EVENT_BOARD);
	assert_int_equal(journal_epoch(j), 42);
	assert_ok(bench_append(j, 2));
	journal_close(j);
	j = bench_open();
	assert_memory_equal(journal_board(j), fresh, EVENT_BOARD);
	assert_int_equal(journal_epoch(j), 43);
	assert_ok(journal_verify(j, &at));
	memcpy(at.board, old, EVENT_BOARD);
	at.epoch = 0;
	at.seq = 0;
	assert_ok(journal_read(j, &at, &e, 1, &n));
	assert_int_equal(n, 1);
	assert_memory_equal(e.id.board, old, EVENT_BOARD);
	journal_close(j);
}

TEST(the_last_epoch_is_not_passed)
{
	struct journal *j;
	UNUSED(state);

	assert_err(journal_open(&j,
			   &(struct journal_options){.path = bench_path, .seen_epoch = UINT32_MAX}),
		ERR_FORMAT);
	assert_null(j);
}

TEST(the_board_id_stays_and_differs_between_journals)
{
	uint8_t first[EVENT_BOARD];
	UNUSED(state);

	struct journal *j = bench_open();
	memcpy(first, journal_board(j), EVENT_BOARD);
	journal_close(j);
	j = bench_open();
	assert_memory_equal(first, journal_board(j), EVENT_BOARD);
	journal_close(j);
	bench_use("other.db");
	j = bench_open();
	assert_memory_not_equal(first, journal_board(j), EVENT_BOARD);
	journal_close(j);
}

TEST(a_batch_is_one_chain_with_rising_numbers)
{
	struct event events[3] = {bench_arrival(1), bench_arrival(2), bench_arrival(3)};
	struct event_id at;
	UNUSED(state);

	struct journal *j = bench_open();
	assert_ok(journal_append(j, events, 3));
	assert_int_equal(events[2].id.seq, 3);
	assert_ok(journal_append(j, events, 3));
	assert_int_equal(events[2].id.seq, 6);
	assert_int_equal(bench_count(j), 6);
	assert_ok(journal_verify(j, &at));
	journal_close(j);
}

TEST(an_empty_batch_is_nothing)
{
	UNUSED(state);
	struct journal *j = bench_open();
	assert_ok(journal_append(j, NULL, 0));
	assert_int_equal(bench_count(j), 0);
	journal_close(j);
}

TEST(a_payload_beyond_its_bound_is_refused_before_anything_is_written)
{
	struct event events[2] = {bench_arrival(1), bench_arrival(2)};
	UNUSED(state);

	events[1].payload_n = EVENT_PAYLOAD + 1;
	struct journal *j = bench_open();
	assert_err(journal_append(j, events, 2), ERR_FULL);
	assert_int_equal(bench_count(j), 0);
	assert_ok(bench_append(j, 1));
	journal_close(j);
}

TEST(the_longest_payload_is_kept)
{
	struct event e = bench_arrival(1), got;
	struct event_id start = {0};
	size_t n;
	UNUSED(state);

	e.payload_n = EVENT_PAYLOAD;
	memset(e.payload, 0x5a, sizeof(e.payload));
	struct journal *j = bench_open();
	assert_ok(journal_append(j, &e, 1));
	assert_ok(journal_read(j, &start, &got, 1, &n));
	assert_memory_equal(&got, &e, sizeof(e));
	journal_close(j);
}

TEST(an_unknown_kind_is_kept)
{
	struct event e = {.kind = 60000}, got;
	struct event_id start = {0};
	size_t n;
	UNUSED(state);

	struct journal *j = bench_open();
	assert_ok(journal_append(j, &e, 1));
	assert_ok(journal_read(j, &start, &got, 1, &n));
	assert_int_equal(got.kind, 60000);
	journal_close(j);
}

TEST(a_clock_before_1970_does_no_harm)
{
	struct instant now = {.wall_ms = -86400000, .boot_ms = 5};
	struct event_id at;
	UNUSED(state);

	clock_fake(&now);
	struct journal *j = bench_open();
	assert_ok(bench_append(j, 1));
	journal_close(j);
	j = bench_open();
	assert_null(journal_quarantine(j));
	assert_ok(journal_verify(j, &at));
	journal_close(j);
}

TEST(reading_goes_on_after_any_event)
{
	struct event events[4] = {bench_arrival(1), bench_arrival(2), bench_arrival(3),
		bench_arrival(4)},
		     got[4];
	size_t n;
	UNUSED(state);

	struct journal *j = bench_open();
	assert_ok(journal_append(j, events, 4));
	assert_ok(journal_read(j, &events[1].id, got, 4, &n));
	assert_int_equal(n, 2);
	assert_int_equal(got[0].id.seq, 3);
	assert_ok(journal_read(j, &events[3].id, got, 4, &n));
	assert_int_equal(n, 0);
	assert_ok(journal_read(j, &events[0].id, got, 0, &n));
	assert_int_equal(n, 0);
	journal_close(j);
}

TEST(the_chain_goes_on_over_epochs)
{
	struct event_id at;
	UNUSED(state);

	for (int i = 0; i < 4; i++) {
		struct journal *j = bench_open();
		assert_null(journal_quarantine(j));
		assert_ok(bench_append(j, 1));
		assert_ok(bench_append(j, 2));
		assert_ok(journal_verify(j, &at));
		journal_close(j);
	}
}

TEST(a_second_writer_is_refused)
{
	struct journal *second;
	UNUSED(state);

	struct journal *j = bench_open();
	assert_err(journal_open(&second, &(struct journal_options){.path = bench_path}), ERR_BUSY);
	assert_null(second);
	assert_ok(bench_append(j, 1));
	journal_close(j);
	journal_close(bench_open());
}

TEST(a_reader_sees_what_the_writer_committed)
{
	struct journal *reader;
	UNUSED(state);

	struct journal *j = bench_open();
	assert_ok(bench_append(j, 1));
	assert_ok(journal_open(
		&reader, &(struct journal_options){.path = bench_path, .read_only = true}));
	assert_int_equal(bench_count(reader), 1);
	assert_ok(bench_append(j, 2));
	assert_int_equal(bench_count(reader), 2);
	assert_int_equal(journal_epoch(reader), 0);
	assert_memory_equal(journal_board(reader), journal_board(j), EVENT_BOARD);
	journal_close(reader);
	journal_close(j);
}

TEST(a_reader_may_not_append)
{
	struct journal *reader;
	UNUSED(state);

	journal_close(bench_open());
	assert_ok(journal_open(
		&reader, &(struct journal_options){.path = bench_path, .read_only = true}));
	assert_err(bench_append(reader, 1), ERR_DENIED);
	journal_close(reader);
}

TEST(a_reader_of_no_journal_is_told_so)
{
	struct journal *reader;
	UNUSED(state);

	assert_err(journal_open(&reader,
			   &(struct journal_options){.path = bench_path, .read_only = true}),
		ERR_ABSENT);
	assert_int_equal(access(bench_path, F_OK), -1);
}

TEST(a_missing_folder_is_told)
{
	struct journal *j;
	UNUSED(state);

	bench_use("nowhere/journal.db");
	assert_err(journal_open(&j, &(struct journal_options){.path = bench_path}), ERR_ABSENT);
}

TEST(others_cannot_read_the_file)
{
	struct stat st;
	UNUSED(state);

	journal_close(bench_open());
	assert_int_equal(stat(bench_path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

TEST(a_newer_schema_is_left_alone)
{
	struct journal *j;
	UNUSED(state);

	journal_close(bench_open());
	bench_sql("PRAGMA user_version = 2");
	assert_err(journal_open(&j, &(struct journal_options){.path = bench_path}), ERR_VERSION);
	assert_err(bench_open_reader(&j), ERR_VERSION);
	assert_int_equal(access(bench_path, F_OK), 0);
}

TEST(the_epoch_rises_even_when_a_lying_disk_lost_the_log)
{
	char wal[200];
	UNUSED(state);

	kill_after(3);
	snprintf(wal, sizeof(wal), "%s-wal", bench_path);
	assert_int_equal(truncate(wal, 0), 0);
	struct journal *j = bench_open();
	assert_int_equal(journal_epoch(j), 2);
	journal_close(j);
}

TEST(closing_nothing_is_fine)
{
	UNUSED(state);
	journal_close(NULL);
}

TEST(no_acknowledged_event_is_lost_to_kill_9)
{
	UNUSED(state);
	size_t there = 0;

	srand(1);
	for (int round = 0; round < 20; round++) {
		uint32_t acked = kill_after(rand() % 12);
		struct journal *j = bench_open();
		assert_null(journal_quarantine(j));
		size_t now = bench_count(j);
		/* One more may be committed whose acknowledgement was cut off. */
		assert_in_range(now, there + acked, there + acked + 1);
		there = now;
		journal_close(j);
	}
}

TEST(the_lock_of_a_killed_writer_is_free)
{
	UNUSED(state);
	kill_after(1);
	journal_close(bench_open());
}

static const struct CMUnitTest tests[] = {
	AT_BENCH(an_appended_event_comes_back_whole),
	AT_BENCH(an_append_fills_in_id_clocks_and_boot),
	AT_BENCH(the_epoch_rises_with_each_opening),
	AT_BENCH(a_history_that_others_know_better_goes_on_under_a_new_board_id),
	AT_BENCH(the_last_epoch_is_not_passed),
	AT_BENCH(the_board_id_stays_and_differs_between_journals),
	AT_BENCH(a_batch_is_one_chain_with_rising_numbers),
	AT_BENCH(an_empty_batch_is_nothing),
	AT_BENCH(a_payload_beyond_its_bound_is_refused_before_anything_is_written),
	AT_BENCH(the_longest_payload_is_kept),
	AT_BENCH(an_unknown_kind_is_kept),
	AT_BENCH(a_clock_before_1970_does_no_harm),
	AT_BENCH(reading_goes_on_after_any_event),
	AT_BENCH(the_chain_goes_on_over_epochs),
	AT_BENCH(a_second_writer_is_refused),
	AT_BENCH(a_reader_sees_what_the_writer_committed),
	AT_BENCH(a_reader_may_not_append),
	AT_BENCH(a_reader_of_no_journal_is_told_so),
	AT_BENCH(a_missing_folder_is_told),
	AT_BENCH(others_cannot_read_the_file),
	AT_BENCH(a_newer_schema_is_left_alone),
	AT_BENCH(closing_nothing_is_fine),
	AT_BENCH(no_acknowledged_event_is_lost_to_kill_9),
	AT_BENCH(the_lock_of_a_killed_writer_is_free),
	AT_BENCH(the_epoch_rises_even_when_a_lying_disk_lost_the_log),
};

RUN_TESTS(tests)
