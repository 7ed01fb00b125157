/* The journal: damage is found, put aside and costs no event that still holds. */
#include "test.h"

#include "help/journal_bench.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

TEST(a_changed_event_breaks_the_chain)
{
	struct event events[3] = {bench_arrival(1), bench_arrival(2), bench_arrival(3)};
	struct journal *reader;
	struct event_id at;
	UNUSED(state);

	struct journal *j = bench_open();
	assert_ok(journal_append(j, events, 3));
	journal_close(j);
	bench_sql("UPDATE event SET issue = 9 WHERE seq = 2");
	assert_ok(journal_open(
		&reader, &(struct journal_options){.path = bench_path, .read_only = true}));
	assert_err(journal_verify(reader, &at), ERR_FORGED);
	assert_int_equal(at.seq, 2);
	journal_close(reader);
}

TEST(a_missing_event_breaks_the_chain)
{
	struct event events[3] = {bench_arrival(1), bench_arrival(2), bench_arrival(3)};
	struct journal *reader;
	struct event_id at;
	UNUSED(state);

	struct journal *j = bench_open();
	assert_ok(journal_append(j, events, 3));
	journal_close(j);
	bench_sql("DELETE FROM event WHERE seq = 2");
	assert_ok(journal_open(
		&reader, &(struct journal_options){.path = bench_path, .read_only = true}));
	assert_err(journal_verify(reader, &at), ERR_FORGED);
	assert_int_equal(at.seq, 3);
	journal_close(reader);
}

TEST(a_row_that_is_no_event_is_named_damaged)
{
	struct journal *reader;
	struct event_id at;
	UNUSED(state);

	struct journal *j = bench_open();
	assert_ok(bench_append(j, 1));
	journal_close(j);
	bench_sql("UPDATE event SET hash = x'00'");
	assert_ok(journal_open(
		&reader, &(struct journal_options){.path = bench_path, .read_only = true}));
	assert_err(journal_verify(reader, &at), ERR_FORMAT);
	journal_close(reader);
}

TEST(a_number_or_payload_that_no_event_has_is_named_damaged)
{
	static const char *const damages[] = {"UPDATE event SET issue = -1",
		"UPDATE event SET kind = 70000", "UPDATE event SET payload = zeroblob(70000)"};
	struct journal *reader;
	struct event_id at;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(damages); i++) {
		char name[16];
		snprintf(name, sizeof(name), "%zu.db", i);
		bench_use(name);
		struct journal *j = bench_open();
		assert_ok(bench_append(j, 1));
		journal_close(j);
		bench_sql(damages[i]);
		assert_ok(bench_open_reader(&reader));
		assert_err(journal_verify(reader, &at), ERR_FORMAT);
		journal_close(reader);
	}
}

TEST(a_broken_chain_is_quarantined_and_what_holds_is_carried_over)
{
	struct event events[4] = {
		bench_arrival(1), bench_arrival(2), bench_arrival(3), bench_arrival(4)};
	uint8_t none[EVENT_BOARD] = {0}, old[EVENT_BOARD], board[EVENT_BOARD];
	UNUSED(state);

	struct journal *j = bench_open();
	memcpy(old, journal_board(j), EVENT_BOARD);
	assert_ok(journal_append(j, events, 4));
	journal_close(j);
	bench_sql("UPDATE event SET person = x'0000000000000000' WHERE seq = 3");
	j = bench_open();
	assert_non_null(journal_quarantine(j));
	assert_int_equal(access(journal_quarantine(j), F_OK), 0);
	assert_int_equal(journal_rescued(j), 2);
	assert_int_equal(bench_count(j), 2);
	assert_memory_not_equal(old, journal_board(j), EVENT_BOARD);
	assert_ok(journal_next_board(j, none, board));
	assert_memory_equal(board, old, EVENT_BOARD);
	assert_ok(bench_append(j, 9));
	journal_close(j);
	j = bench_open();
	assert_null(journal_quarantine(j));
	assert_int_equal(bench_count(j), 3);
	journal_close(j);
}

TEST(a_file_that_is_no_database_is_quarantined)
{
	UNUSED(state);
	FILE *f = fopen(bench_path, "w");
	for (int i = 0; i < 9000; i++)
		fputs("nonsense", f);
	fclose(f);
	struct journal *j = bench_open();
	assert_non_null(journal_quarantine(j));
	assert_int_equal(journal_rescued(j), 0);
	assert_ok(bench_append(j, 1));
	journal_close(j);
}

TEST(another_programs_database_is_put_aside_unharmed)
{
	sqlite3 *db;
	UNUSED(state);

	bench_sql("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (5)");
	struct journal *j = bench_open();
	assert_int_equal(sqlite3_open(journal_quarantine(j), &db), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(db, "INSERT INTO theirs VALUES (6)", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	journal_close(j);
}

TEST(a_database_without_its_table_is_quarantined)
{
	UNUSED(state);
	journal_close(bench_open());
	bench_sql("DROP TABLE event");
	struct journal *j = bench_open();
	assert_non_null(journal_quarantine(j));
	journal_close(j);
	bench_sql("DELETE FROM board");
	j = bench_open();
	assert_non_null(journal_quarantine(j));
	journal_close(j);
}

TEST(quarantines_are_numbered)
{
	UNUSED(state);
	for (int i = 1; i <= 3; i++) {
		char want[200];
		journal_close(bench_open());
		bench_spoil(bench_path, 0, 100);
		struct journal *j = bench_open();
		snprintf(want, sizeof(want), "%s.damaged-%d", bench_path, i);
		assert_string_equal(journal_quarantine(j), want);
		journal_close(j);
	}
}

TEST(a_damaged_page_costs_no_earlier_event)
{
	struct event e[50];
	UNUSED(state);

	struct journal *j = bench_open();
	for (size_t i = 0; i < COUNT(e); i++) {
		e[i] = bench_arrival((uint8_t)i);
		e[i].payload_n = 200;
	}
	assert_ok(journal_append(j, e, COUNT(e)));
	journal_close(j);
	struct stat st;
	assert_int_equal(stat(bench_path, &st), 0);
	bench_spoil(bench_path, (long)st.st_size - 4096, 4096);
	j = bench_open();
	assert_non_null(journal_quarantine(j));
	assert_in_range(journal_rescued(j), 1, COUNT(e) - 1);
	assert_int_equal(bench_count(j), journal_rescued(j));
	journal_close(j);
}

/* Byte 18 of a database names the format to write it in: one of a later SQLite is not written. */
TEST(a_header_that_forbids_writing_is_damage)
{
	UNUSED(state);

	struct journal *j = bench_open();
	assert_ok(bench_append(j, 1));
	assert_ok(bench_append(j, 2));
	journal_close(j);
	bench_spoil(bench_path, 18, 1);
	j = bench_open();
	assert_non_null(journal_quarantine(j));
	assert_int_equal(bench_count(j), 2);
	assert_ok(bench_append(j, 3));
	journal_close(j);
}

TEST(a_log_whose_database_is_gone_is_kept)
{
	char wal[200], kept[220];
	UNUSED(state);

	snprintf(wal, sizeof(wal), "%s-wal", bench_path);
	FILE *f = fopen(wal, "w");
	fputs("left behind", f);
	fclose(f);
	struct journal *j = bench_open();
	snprintf(kept, sizeof(kept), "%s-wal", journal_quarantine(j));
	assert_int_equal(access(kept, F_OK), 0);
	journal_close(j);
}

static const struct CMUnitTest tests[] = {
	AT_BENCH(a_changed_event_breaks_the_chain),
	AT_BENCH(a_missing_event_breaks_the_chain),
	AT_BENCH(a_row_that_is_no_event_is_named_damaged),
	AT_BENCH(a_number_or_payload_that_no_event_has_is_named_damaged),
	AT_BENCH(a_broken_chain_is_quarantined_and_what_holds_is_carried_over),
	AT_BENCH(a_file_that_is_no_database_is_quarantined),
	AT_BENCH(another_programs_database_is_put_aside_unharmed),
	AT_BENCH(a_database_without_its_table_is_quarantined),
	AT_BENCH(quarantines_are_numbered),
	AT_BENCH(a_damaged_page_costs_no_earlier_event),
	AT_BENCH(a_header_that_forbids_writing_is_damage),
	AT_BENCH(a_log_whose_database_is_gone_is_kept),
};

RUN_TESTS(tests)
