/* The store in SQLite: a disk that is full or fails loses nothing that was acknowledged; what another
 * program made or damaged is refused. */
#include "test.h"

#include "help/store_bench.h"
#include "help/vfs_fault.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EVENTS = 60 };

static const struct store_bench kinds[] = {
	{"sqlite", &store_sqlite, false, NULL},
	{"relaxed_sqlite", &store_sqlite, true, NULL},
};

static struct story story;

static struct store *open_faulty(void)
{
	struct store *s;

	vfs_fault_set(NULL);
	assert_ok(store_bench_try(&s, &(struct store_options){.vfs = vfs_fault_name}));
	return s;
}

/* One run of n events after the first `known`. */
static enum err give(struct store *s, size_t known, size_t n)
{
	struct store_item item;
	struct grow run = {0};

	story_cut(&story, known, n, &run);
	struct cursor c = cursor_at((struct span){run.p, run.n});
	assert_ok(run_read(&c, &item.run));
	enum err e = s->kind->merge(s, &item, 1);
	grow_free(&run);
	return e == OK ? item.result : e;
}

static void assert_whole(size_t known)
{
	struct store *s = store_bench_open();
	struct store_cursor c = {0};
	struct walk w = {0};

	assert_int_equal(store_bench_known(s, &story), known);
	walk_store(&w, s, &c, 4096);
	assert_int_equal(w.events, known);
	store_bench_close(s);
}

TEST(a_merge_syncs_before_it_returns)
{
	struct store *s = open_faulty();
	UNUSED(state);

	story_make(&story, 1, EVENTS);
	for (size_t i = 0; i < 4; i++) {
		vfs_fault_set(&(struct vfs_fault){0});
		assert_ok(give(s, i, 1));
		assert_true(vfs_fault_seen().syncs >= 1);
	}
	story_free(&story);
}

TEST(a_merge_of_repeats_writes_nothing)
{
	struct store *s = open_faulty();
	UNUSED(state);

	story_make(&story, 1, EVENTS);
	assert_ok(give(s, 0, 20));
	vfs_fault_set(&(struct vfs_fault){0});
	assert_ok(give(s, 0, 20));
	assert_ok(give(s, 5, 5));
	assert_int_equal(vfs_fault_seen().writes + vfs_fault_seen().syncs, 0);
	story_free(&story);
}

TEST(on_a_full_disk_nothing_is_half_there_and_later_it_goes_on)
{
	struct store *s = open_faulty();
	UNUSED(state);

	story_make(&story, 1, EVENTS);
	assert_ok(give(s, 0, 5));
	vfs_fault_set(&(struct vfs_fault){.write_at = 1, .rc = SQLITE_FULL});
	assert_err(give(s, 5, 10), ERR_FULL);
	assert_err(give(s, 5, 10), ERR_FULL);
	assert_err(s->kind->note_put(s, "k", span_of("v"), false), ERR_FULL);
	assert_err(s->kind->quarantine(s, story.device->id, "why", span_of("bytes")), ERR_FULL);
	assert_int_equal(store_bench_known(s, &story), 5);
	vfs_fault_set(NULL);
	assert_ok(give(s, 5, 10));
	store_bench_close(s);
	assert_whole(15);
	story_free(&story);
}

TEST(a_short_write_at_any_place_loses_nothing_acknowledged)
{
	UNUSED(state);

	story_make(&story, 1, EVENTS);
	for (int nth = 1; nth <= 14; nth++) {
		store_bench_elsewhere();
		struct store *s = open_faulty();
		size_t told = 0;
		vfs_fault_set(&(struct vfs_fault){
			.write_at = nth, .rc = SQLITE_FULL, .half = true, .once = true});
		for (int i = 0; i < 8; i++)
			told += give(s, told, 3) == OK ? 3 : 0;
		assert_true(vfs_fault_seen().writes >= nth);
		vfs_fault_set(NULL);
		assert_int_equal(told, 21);
		assert_int_equal(store_bench_known(s, &story), told);
		store_bench_close(s);
		assert_whole(told);
	}
	story_free(&story);
}

TEST(after_a_failed_write_every_change_is_refused)
{
	UNUSED(state);

	story_make(&story, 1, EVENTS);
	for (int nth = 1; nth <= 8; nth++) {
		store_bench_elsewhere();
		struct store *s = open_faulty();
		size_t told = 0;
		enum err e = OK;
		vfs_fault_set(&(struct vfs_fault){
			.write_at = nth, .rc = SQLITE_IOERR_WRITE, .once = true});
		for (int i = 0; i < 8 && e == OK; i++) {
			e = give(s, told, 3);
			told += e == OK ? 3 : 0;
		}
		assert_err(e, ERR_IO);
		assert_err(give(s, told, 3), ERR_IO);
		assert_err(s->kind->note_put(s, "k", span_of("v"), true), ERR_IO);
		assert_err(
			s->kind->quarantine(s, story.device->id, "why", span_of("bytes")), ERR_IO);
		assert_int_equal(store_bench_known(s, &story), told);
		store_bench_close(s);
		assert_whole(told);
	}
	story_free(&story);
}

TEST(a_failed_sync_is_never_tried_again)
{
	struct store *s = open_faulty();
	UNUSED(state);

	story_make(&story, 1, EVENTS);
	assert_ok(give(s, 0, 5));
	vfs_fault_set(&(struct vfs_fault){.sync_at = 1, .rc = SQLITE_IOERR_FSYNC, .once = true});
	assert_err(give(s, 5, 5), ERR_IO);
	int syncs = vfs_fault_seen().syncs;
	assert_err(give(s, 5, 5), ERR_IO);
	assert_int_equal(store_bench_known(s, &story), 5);
	store_bench_close(s);
	assert_int_equal(vfs_fault_seen().syncs, syncs);
	vfs_fault_set(NULL);
	s = store_bench_open();
	assert_ok(give(s, 5, 5));
	store_bench_close(s);
	assert_whole(10);
	story_free(&story);
}

TEST(a_failed_checkpoint_loses_nothing_and_ends_the_promises)
{
	enum { LONG = 3000 };
	struct store *s = open_faulty();
	size_t told = 0;
	enum err e = OK;
	UNUSED(state);

	story_make(&story, 1, LONG);
	vfs_fault_set(
		&(struct vfs_fault){.sync_at = 1, .rc = SQLITE_IOERR_FSYNC, .only_database = true});
	while (told < LONG && e == OK) {
		e = give(s, told, 3);
		told += e == OK ? 3 : 0;
	}
	assert_err(e, ERR_IO);
	assert_true(told > 0);
	store_bench_close(s);
	vfs_fault_set(NULL);
	assert_whole(told);
	story_free(&story);
}

TEST(a_disk_full_while_opening_is_told)
{
	struct store *s;
	UNUSED(state);

	for (int nth = 1; nth <= 3; nth++) {
		vfs_fault_set(&(struct vfs_fault){.write_at = nth, .rc = SQLITE_FULL});
		assert_err(store_bench_try(&s, &(struct store_options){.vfs = vfs_fault_name}),
			ERR_FULL);
		assert_null(s);
		vfs_fault_set(NULL);
	}
	story_make(&story, 1, EVENTS);
	s = store_bench_open();
	assert_ok(give(s, 0, EVENTS));
	store_bench_close(s);
	assert_whole(EVENTS);
	story_free(&story);
}

static void sql(const char *text)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(store_bench_where(), &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

TEST(numbers_lost_with_the_power_are_not_given_again)
{
	struct store_cursor c = {0};
	struct walk w = {0};
	UNUSED(state);

	story_make(&story, 1, EVENTS);
	struct store *s = store_bench_open();
	assert_ok(give(s, 0, 10));
	store_bench_close(s);
	for (size_t turn = 0; turn < 3; turn++) {
		s = store_bench_open();
		for (size_t i = 0; i < 4; i++)
			assert_ok(give(s, 10 + i, 1));
		w = (struct walk){.boards_n = 1};
		memcpy(w.boards[0].id, story.board, EVENT_BOARD);
		if (turn > 0)
			memcpy(w.boards[0].hash, story.events[9].hash, EVENT_HASH);
		walk_store(&w, s, &c, 4096);
		assert_int_equal(w.events, turn > 0 ? 4 : 14);
		store_bench_close(s);
		/* The cut: of a relaxed store the last runs go. */
		sql("DELETE FROM run WHERE seq > 10");
	}
	story_free(&story);
}

TEST(another_programs_database_is_refused_unharmed)
{
	struct store *s;
	UNUSED(state);

	sql("CREATE TABLE mine(x); INSERT INTO mine VALUES (1)");
	assert_err(store_bench_try(&s, NULL), ERR_FORMAT);
	assert_err(store_bench_try(&s, &(struct store_options){.read_only = true}), ERR_FORMAT);
	sql("INSERT INTO mine SELECT x FROM mine");
}

TEST(a_newer_programs_store_is_left_alone)
{
	struct store *s = store_bench_open();
	UNUSED(state);

	store_bench_close(s);
	sql("PRAGMA user_version = 2");
	assert_err(store_bench_try(&s, NULL), ERR_VERSION);
	assert_err(store_bench_try(&s, &(struct store_options){.read_only = true}), ERR_VERSION);
}

TEST(a_reader_sees_all_and_changes_nothing)
{
	struct store *s, *reader;
	struct store_item none = {0};
	UNUSED(state);

	const struct store_options reading = {.read_only = true};
	assert_err(store_bench_try(&reader, &reading), ERR_ABSENT);
	s = store_bench_open();
	story_make(&story, 1, EVENTS);
	assert_ok(store_bench_try(&reader, &reading));
	assert_ok(give(s, 0, 20));
	assert_int_equal(store_bench_known(reader, &story), 20);
	assert_ok(give(s, 20, 20));
	assert_int_equal(store_bench_known(reader, &story), 40);
	assert_err(reader->kind->merge(reader, &none, 0), ERR_DENIED);
	assert_err(give(reader, 40, 1), ERR_DENIED);
	assert_err(reader->kind->note_put(reader, "k", span_of("v"), false), ERR_DENIED);
	assert_err(reader->kind->quarantine(reader, story.device->id, "why", span_of("bytes")),
		ERR_DENIED);
	story_free(&story);
}

TEST(nobody_else_may_read_the_file)
{
	struct stat st;
	UNUSED(state);

	store_bench_open();
	assert_int_equal(stat(store_bench_where(), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

TEST(without_its_folder_no_store_is_made)
{
	struct store *s;
	UNUSED(state);

	assert_err(store_bench_try(&s, &(struct store_options){.where = "/nowhere/store.db"}),
		ERR_ABSENT);
}

TEST(a_log_without_its_database_is_damage)
{
	struct store *s = store_bench_open();
	char wal[300];
	UNUSED(state);

	store_bench_close(s);
	assert_int_equal(unlink(store_bench_where()), 0);
	snprintf(wal, sizeof(wal), "%s-wal", store_bench_where());
	FILE *f = fopen(wal, "w");
	assert_non_null(f);
	fputs("left over", f);
	fclose(f);
	assert_err(store_bench_try(&s, NULL), ERR_FORMAT);
}

/* Everything a store can be asked, on a damaged one: an honest error or an answer. */
static void ask_all(struct store *s)
{
	struct event_id after = {0};
	struct store_cursor c = {0};
	struct store_stats stats;
	struct store_head head;
	struct grow out = {0};
	enum err e[6];

	memcpy(after.board, story.board, EVENT_BOARD);
	e[0] = s->kind->head(s, story.board, &head);
	e[1] = s->kind->heads(s, &out);
	e[2] = s->kind->read(s, &c, 1 << 20, &out);
	e[3] = s->kind->read_board(s, &after, 1 << 20, &out);
	e[4] = s->kind->stats(s, &stats);
	e[5] = give(s, 3, 20);
	for (size_t i = 0; i < COUNT(e); i++)
		if (e[i] != ERR_FORMAT && e[i] != ERR_FORGED && e[i] != ERR_ABSENT)
			assert_ok(e[i]);
	grow_free(&out);
}

TEST(damage_anywhere_is_told_and_never_believed)
{
	struct stat st;
	struct store *s;
	size_t told = 0;
	UNUSED(state);

	story_make(&story, 1, EVENTS);
	s = store_bench_open();
	for (size_t i = 0; i < 40; i += 4)
		assert_ok(give(s, i, 4));
	store_bench_close(s);
	assert_int_equal(stat(store_bench_where(), &st), 0);
	uint8_t *sound = malloc((size_t)st.st_size);
	FILE *f = fopen(store_bench_where(), "r+b");
	assert_non_null(f);
	assert_int_equal(fread(sound, 1, (size_t)st.st_size, f), st.st_size);
	for (long at = 0; at < st.st_size; at += at < 1000 ? 3 : 61) {
		rewind(f);
		fwrite(sound, 1, (size_t)st.st_size, f);
		fseek(f, at, SEEK_SET);
		for (int i = 0; i < 4 && at + i < st.st_size; i++)
			fputc(sound[at + i] ^ (0xa5 + i), f);
		fflush(f);
		enum err e = store_bench_try(&s, NULL);
		told += e == ERR_FORMAT;
		if (e == OK)
			ask_all(s);
		else if (e != ERR_VERSION)
			assert_err(e, ERR_FORMAT);
		store_bench_close(s);
	}
	assert_true(told > 20);
	fclose(f);
	free(sound);
	story_free(&story);
}

static const struct CMUnitTest on_durable[] = {
	cmocka_unit_test(a_merge_syncs_before_it_returns),
	cmocka_unit_test(a_failed_sync_is_never_tried_again),
};

static const struct CMUnitTest on_relaxed[] = {
	cmocka_unit_test(numbers_lost_with_the_power_are_not_given_again),
};

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_merge_of_repeats_writes_nothing),
	cmocka_unit_test(on_a_full_disk_nothing_is_half_there_and_later_it_goes_on),
	cmocka_unit_test(a_short_write_at_any_place_loses_nothing_acknowledged),
	cmocka_unit_test(after_a_failed_write_every_change_is_refused),
	cmocka_unit_test(a_failed_checkpoint_loses_nothing_and_ends_the_promises),
	cmocka_unit_test(a_disk_full_while_opening_is_told),
	cmocka_unit_test(another_programs_database_is_refused_unharmed),
	cmocka_unit_test(a_newer_programs_store_is_left_alone),
	cmocka_unit_test(a_reader_sees_all_and_changes_nothing),
	cmocka_unit_test(nobody_else_may_read_the_file),
	cmocka_unit_test(without_its_folder_no_store_is_made),
	cmocka_unit_test(a_log_without_its_database_is_damage),
	cmocka_unit_test(damage_anywhere_is_told_and_never_believed),
};

int main(void)
{
	int failed = store_bench_run(on_durable, COUNT(on_durable), kinds, 1);

	failed += store_bench_run(on_relaxed, COUNT(on_relaxed), kinds + 1, 1);
	return failed + store_bench_run(tests, COUNT(tests), kinds, COUNT(kinds));
}
