/* The journal: a disk that is full or fails loses nothing that was acknowledged. */
#include "test.h"

#include "help/journal_bench.h"
#include "help/vfs_fault.h"

#include <sqlite3.h>
#include <sys/stat.h>

TEST(an_append_syncs_before_it_returns)
{
	UNUSED(state);
	struct journal *j = bench_open_faulty();
	for (int i = 0; i < 3; i++) {
		vfs_fault_set(&(struct vfs_fault){0});
		assert_ok(bench_append(j, 1));
		assert_true(vfs_fault_seen().syncs >= 1);
	}
	journal_close(j);
}

TEST(a_full_disk_is_told_and_nothing_is_half_there)
{
	struct event_id at;
	UNUSED(state);

	struct journal *j = bench_open_faulty();
	assert_ok(bench_append(j, 1));
	vfs_fault_set(&(struct vfs_fault){.write_at = 1, .rc = SQLITE_FULL});
	assert_err(bench_append(j, 2), ERR_FULL);
	assert_err(bench_append(j, 2), ERR_FULL);
	assert_int_equal(bench_count(j), 1);
	assert_ok(journal_verify(j, &at));
	journal_close(j);
}

TEST(when_the_disk_has_room_again_appends_go_on)
{
	struct event_id at;
	UNUSED(state);

	struct journal *j = bench_open_faulty();
	vfs_fault_set(&(struct vfs_fault){.write_at = 1, .rc = SQLITE_FULL});
	assert_err(bench_append(j, 1), ERR_FULL);
	vfs_fault_set(NULL);
	assert_ok(bench_append(j, 1));
	assert_ok(bench_append(j, 2));
	journal_close(j);
	j = bench_open();
	assert_null(journal_quarantine(j));
	assert_int_equal(bench_count(j), 2);
	assert_ok(journal_verify(j, &at));
	journal_close(j);
}

TEST(a_short_write_at_any_place_loses_nothing_acknowledged)
{
	struct event_id at;
	UNUSED(state);

	for (int nth = 1; nth <= 12; nth++) {
		struct journal *j = bench_open_faulty();
		size_t before = bench_count(j), told = 0;
		vfs_fault_set(&(struct vfs_fault){
			.write_at = nth, .rc = SQLITE_FULL, .half = true, .once = true});
		for (int i = 0; i < 6; i++)
			told += bench_append(j, (uint8_t)i) == OK;
		vfs_fault_set(NULL);
		assert_int_equal(bench_count(j), before + told);
		journal_close(j);
		j = bench_open();
		assert_null(journal_quarantine(j));
		assert_int_equal(bench_count(j), before + told);
		assert_ok(journal_verify(j, &at));
		journal_close(j);
	}
}

TEST(a_failed_write_ends_the_promises)
{
	UNUSED(state);
	for (int nth = 1; nth <= 6; nth++) {
		struct journal *j = bench_open_faulty();
		size_t told = bench_count(j);
		vfs_fault_set(&(struct vfs_fault){
			.write_at = nth, .rc = SQLITE_IOERR_WRITE, .once = true});
		enum err e = OK;
		for (int i = 0; i < 6 && e == OK; i++) {
			e = bench_append(j, (uint8_t)i);
			told += e == OK;
		}
		assert_err(e, ERR_IO);
		assert_err(bench_append(j, 1), ERR_IO);
		journal_close(j);
		j = bench_open();
		assert_null(journal_quarantine(j));
		assert_true(bench_count(j) >= told);
		journal_close(j);
	}
}

TEST(a_failed_sync_is_never_tried_again)
{
	UNUSED(state);
	struct journal *j = bench_open_faulty();
	assert_ok(bench_append(j, 1));
	vfs_fault_set(&(struct vfs_fault){.sync_at = 1, .rc = SQLITE_IOERR_FSYNC, .once = true});
	assert_err(bench_append(j, 2), ERR_IO);
	int syncs = vfs_fault_seen().syncs;
	assert_err(bench_append(j, 3), ERR_IO);
	assert_err(bench_append(j, 4), ERR_IO);
	journal_close(j);
	assert_int_equal(vfs_fault_seen().syncs, syncs);
}

TEST(after_a_failed_sync_another_file_takes_over)
{
	UNUSED(state);
	struct journal *j = bench_open_faulty();
	vfs_fault_set(&(struct vfs_fault){.sync_at = 1, .rc = SQLITE_IOERR_FSYNC});
	assert_err(bench_append(j, 1), ERR_IO);
	journal_close(j);
	vfs_fault_set(NULL);
	bench_use("second.db");
	j = bench_open_faulty();
	assert_ok(bench_append(j, 1));
	journal_close(j);
}

TEST(a_failed_checkpoint_loses_nothing_and_ends_the_promises)
{
	struct event e[64];
	size_t told = 0;
	enum err err = OK;
	UNUSED(state);

	struct journal *j = bench_open_faulty();
	vfs_fault_set(
		&(struct vfs_fault){.sync_at = 1, .rc = SQLITE_IOERR_FSYNC, .only_database = true});
	for (int turn = 0; turn < 200 && err == OK; turn++) {
		for (size_t i = 0; i < COUNT(e); i++) {
			e[i] = bench_arrival((uint8_t)i);
			e[i].payload_n = EVENT_PAYLOAD;
		}
		err = journal_append(j, e, COUNT(e));
		told += err == OK ? COUNT(e) : 0;
	}
	assert_err(err, ERR_IO);
	assert_true(told > 0);
	journal_close(j);
	vfs_fault_set(NULL);
	j = bench_open();
	assert_int_equal(bench_count(j), told);
	journal_close(j);
}

TEST(the_log_is_folded_into_the_database_now_and_then)
{
	struct event e[64];
	char wal[200];
	struct stat st;
	UNUSED(state);

	struct journal *j = bench_open();
	for (int turn = 0; turn < 100; turn++) {
		for (size_t i = 0; i < COUNT(e); i++)
			e[i] = bench_arrival((uint8_t)i);
		assert_ok(journal_append(j, e, COUNT(e)));
	}
	snprintf(wal, sizeof(wal), "%s-wal", bench_path);
	assert_int_equal(stat(wal, &st), 0);
	assert_in_range(st.st_size, 1, 1400 * 4120);
	assert_int_equal(bench_count(j), 6400);
	journal_close(j);
}

TEST(a_disk_full_while_opening_is_told)
{
	struct journal *j;
	UNUSED(state);

	for (int nth = 1; nth <= 3; nth++) {
		vfs_fault_set(&(struct vfs_fault){.write_at = nth, .rc = SQLITE_FULL});
		assert_err(journal_open(&j, &(struct journal_options){.path = bench_path,
						    .vfs = vfs_fault_name}),
			ERR_FULL);
		vfs_fault_set(NULL);
	}
	j = bench_open();
	assert_null(journal_quarantine(j));
	journal_close(j);
}

/* The writes of one opening are far fewer than this. */
TEST(whatever_write_of_a_rescue_fails_the_next_opening_carries_over)
{
	enum { MANY = 60 };
	struct event events[4] = {
		bench_arrival(1), bench_arrival(2), bench_arrival(3), bench_arrival(4)};
	struct journal *j;
	int failed = 0;
	UNUSED(state);

	for (int nth = 1; nth <= MANY; nth++) {
		char name[16];
		snprintf(name, sizeof(name), "%d.db", nth);
		bench_use(name);
		j = bench_open();
		assert_ok(journal_append(j, events, COUNT(events)));
		journal_close(j);
		bench_sql("UPDATE event SET issue = 9 WHERE seq = 4");
		vfs_fault_set(&(struct vfs_fault){.write_at = nth, .rc = SQLITE_FULL});
		failed += journal_open(&j, &(struct journal_options){.path = bench_path,
						   .vfs = vfs_fault_name}) != OK;
		journal_close(j);
		vfs_fault_set(NULL);
		j = bench_open();
		assert_int_equal(bench_count(j), 3);
		journal_close(j);
	}
	assert_in_range(failed, 3, MANY - 1);
}

static const struct CMUnitTest tests[] = {
	AT_BENCH(an_append_syncs_before_it_returns),
	AT_BENCH(a_full_disk_is_told_and_nothing_is_half_there),
	AT_BENCH(when_the_disk_has_room_again_appends_go_on),
	AT_BENCH(a_short_write_at_any_place_loses_nothing_acknowledged),
	AT_BENCH(a_failed_write_ends_the_promises),
	AT_BENCH(a_failed_sync_is_never_tried_again),
	AT_BENCH(after_a_failed_sync_another_file_takes_over),
	AT_BENCH(a_failed_checkpoint_loses_nothing_and_ends_the_promises),
	AT_BENCH(the_log_is_folded_into_the_database_now_and_then),
	AT_BENCH(a_disk_full_while_opening_is_told),
	AT_BENCH(whatever_write_of_a_rescue_fails_the_next_opening_carries_over),
};

RUN_TESTS(tests)
