/* What all tests of the journal begin with. */
#include "test.h"

#include "help/journal_bench.h"
#include "help/scratch.h"
#include "help/vfs_fault.h"
#include "seal.h"

#include <sqlite3.h>

static struct scratch scratch;
char bench_path[160];

void bench_use(const char *name)
{
	snprintf(bench_path, sizeof(bench_path), "%s", scratch_name(&scratch, name));
}

int bench_set_up(void **state)
{
	UNUSED(state);
	scratch_make(&scratch);
	bench_use("journal.db");
	vfs_fault_set(NULL);
	return seal_start() == OK ? 0 : -1;
}

int bench_tear_down(void **state)
{
	UNUSED(state);
	clock_fake(NULL);
	scratch_remove(&scratch);
	return 0;
}

struct journal *bench_open(void)
{
	struct journal *j;

	assert_ok(journal_open(&j, &(struct journal_options){.path = bench_path}));
	return j;
}

struct journal *bench_open_faulty(void)
{
	struct journal *j;

	assert_ok(journal_open(
		&j, &(struct journal_options){.path = bench_path, .vfs = vfs_fault_name}));
	return j;
}

struct event bench_arrival(uint8_t who)
{
	return (struct event){.kind = EVENT_ARRIVED, .person = {who, 1, 2, 3}, .issue = 1};
}

enum err bench_append(struct journal *j, uint8_t who)
{
	struct event e = bench_arrival(who);
	return journal_append(j, &e, 1);
}

size_t bench_count(struct journal *j)
{
	struct event events[16];
	struct event_id after = {0};
	size_t n = COUNT(events), all = 0;

	while (n == COUNT(events)) {
		assert_ok(journal_read(j, &after, events, COUNT(events), &n));
		if (n > 0)
			after = events[n - 1].id;
		all += n;
	}
	return all;
}

void bench_sql(const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(bench_path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

void bench_spoil(const char *file, long at, int n)
{
	FILE *f = fopen(file, "r+b");

	assert_non_null(f);
	fseek(f, at, SEEK_SET);
	for (int i = 0; i < n; i++)
		fputc(0xa5 ^ i, f);
	fclose(f);
}

enum err bench_open_reader(struct journal **out)
{
	return journal_open(out, &(struct journal_options){.path = bench_path, .read_only = true});
}
