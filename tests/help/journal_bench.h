/* What all tests of the journal begin with: a folder, a path in it, and short ways to say it. */
#ifndef TESTS_HELP_JOURNAL_BENCH_H
#define TESTS_HELP_JOURNAL_BENCH_H

#include "journal.h"

extern char bench_path[160]; /* of the journal of this test */

/* For cmocka: a fresh folder before each test, gone after it; the clock and disk are sound again. */
int bench_set_up(void **state);
int bench_tear_down(void **state);
#define AT_BENCH(sentence) cmocka_unit_test_setup_teardown(sentence, bench_set_up, bench_tear_down)

/* The path of name in the test's folder, in bench_path. */
void bench_use(const char *name);
/* The journal at bench_path for writing, on the usual disk or on the one that fails when told. */
struct journal *bench_open(void);
struct journal *bench_open_faulty(void);
enum err bench_open_reader(struct journal **out);
struct event bench_arrival(uint8_t who);
enum err bench_append(struct journal *j, uint8_t who);
size_t bench_count(struct journal *j);
/* Run SQL on the closed journal behind its back. */
void bench_sql(const char *sql);
/* Overwrite n bytes of a file. */
void bench_spoil(const char *file, long at, int n);

#endif
