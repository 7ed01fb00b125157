/* The store in PostgreSQL: what is its own. Hubs that come and go, a server that is lost and comes
 * back, addresses of stores. */
#include "test.h"

#include "help/postgres.h"
#include "help/store_bench.h"
#include "store_postgres.h"
#include "stores.h"

#include <pthread.h>
#include <unistd.h>

enum { EVENTS = 200 };

static const struct store_bench kinds[] = {
	{"postgresql", &store_postgresql, false, postgres_place},
};

static struct story story;

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

TEST(hubs_that_come_and_go_leave_as_many_writers_as_were_at_work_at_once)
{
	struct store_cursor c = {0};
	struct walk w = {0};
	size_t known = 0;
	UNUSED(state);

	story_make(&story, 1, EVENTS);
	for (int turn = 0; turn < 6; turn++) {
		struct store *hubs[3];
		for (size_t i = 0; i < COUNT(hubs); i++) {
			hubs[i] = store_bench_open();
			assert_ok(give(hubs[i], known++, 1));
		}
		for (size_t i = 0; i < COUNT(hubs); i++)
			store_bench_close(hubs[i]);
	}
	struct store *s = store_bench_open();
	walk_store(&w, s, &c, 4096);
	assert_int_equal(w.events, known);
	assert_int_equal(c.n, 3);
	story_free(&story);
}

TEST(one_hub_too_many_is_refused_and_taken_when_another_has_gone)
{
	struct store *hubs[STORE_WRITERS], *late;
	const struct store_options o = {.where = store_bench_where()};
	UNUSED(state);

	store_bench_open();
	for (size_t i = 1; i < STORE_WRITERS; i++)
		assert_ok(store_postgresql.open(&hubs[i], &o));
	assert_err(store_postgresql.open(&late, &o), ERR_BUSY);
	assert_null(late);
	store_close(hubs[7]);
	assert_ok(store_postgresql.open(&hubs[7], &o));
	for (size_t i = 1; i < STORE_WRITERS; i++)
		store_close(hubs[i]);
}

static void *open_one(void *arg)
{
	const struct store_options o = {.where = store_bench_where()};

	return store_postgresql.open(arg, &o) == OK ? arg : NULL;
}

TEST(hubs_that_begin_at_once_make_the_tables_once)
{
	struct store *hubs[8];
	pthread_t threads[COUNT(hubs)];
	void *opened[COUNT(hubs)];
	UNUSED(state);

	if (store_bench_where()[0] == '\0')
		skip();
	for (size_t i = 0; i < COUNT(hubs); i++)
		pthread_create(&threads[i], NULL, open_one, &hubs[i]);
	for (size_t i = 0; i < COUNT(hubs); i++)
		pthread_join(threads[i], &opened[i]);
	for (size_t i = 0; i < COUNT(hubs); i++) {
		assert_non_null(opened[i]);
		store_close(hubs[i]);
	}
}

static void cut_all_connections(void)
{
	postgres_sql(store_bench_where(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
					  " WHERE pid <> pg_backend_pid()"
					  " AND application_name = 'foyer'");
}

TEST(a_lost_connection_costs_one_call)
{
	struct store *s = store_bench_open();
	struct store_cursor c = {0};
	struct walk w = {0};
	UNUSED(state);

	story_make(&story, 1, EVENTS);
	for (size_t known = 0; known < 5; known++) {
		assert_ok(give(s, known, 1));
		cut_all_connections();
		assert_err(give(s, known + 1, 1), ERR_IO);
		assert_ok(give(s, known, 2));
		known++;
	}
	cut_all_connections();
	assert_err(s->kind->note_put(s, "k", span_of("v"), false), ERR_IO);
	assert_ok(s->kind->note_put(s, "k", span_of("v"), false));
	walk_store(&w, s, &c, 1);
	assert_int_equal(w.events, 6);
	assert_int_equal(c.n, 1);
	story_free(&story);
}

TEST(while_the_server_is_away_calls_fail_and_then_go_on)
{
	struct instant now = clock_now();
	struct store *s = store_bench_open(), *late;
	UNUSED(state);

	story_make(&story, 1, EVENTS);
	assert_ok(give(s, 0, 10));
	clock_fake(&now);
	postgres_crash();
	for (int i = 0; i < 3; i++) {
		assert_err(give(s, 10, 10), ERR_IO);
		now.boot_ms += 5000;
	}
	assert_err(store_bench_try(&late, NULL), ERR_IO);
	postgres_restart();
	now.boot_ms += 5000;
	assert_ok(give(s, 10, 10));
	assert_int_equal(store_bench_known(s, &story), 20);
	clock_fake(NULL);
	story_free(&story);
}

struct hub {
	struct store *store;
	size_t known; /* acknowledged */
};

static void *merge_until_it_fails(void *arg)
{
	struct hub *h = arg;

	while (h->known < story.n && give(h->store, h->known, 1) == OK)
		h->known++;
	return NULL;
}

/* Even where the server's own setting lets commits be lost. */
TEST(a_crash_of_the_server_loses_nothing_acknowledged)
{
	struct store_cursor c = {0};
	struct walk w = {0};
	struct hub h = {0};
	pthread_t thread;
	UNUSED(state);

	store_bench_open();
	postgres_sql(store_bench_where(), "ALTER ROLE foyer SET synchronous_commit = off");
	story_make(&story, 1, 4000);
	for (int round = 0; round < 5; round++) {
		assert_ok(store_bench_try(&h.store, NULL));
		pthread_create(&thread, NULL, merge_until_it_fails, &h);
		usleep(20000 + (useconds_t)round * 7000);
		postgres_crash();
		pthread_join(thread, NULL);
		store_bench_close(h.store);
		postgres_restart();
		struct store *s = store_bench_open();
		size_t found = store_bench_known(s, &story);
		assert_in_range(found, h.known, h.known + 1);
		walk_store(&w, s, &c, 100000);
		assert_int_equal(w.events, found);
		h.known = found;
		store_bench_close(s);
	}
	postgres_sql(store_bench_where(), "ALTER ROLE foyer RESET synchronous_commit");
	story_free(&story);
}

TEST(a_newer_programs_tables_are_left_alone)
{
	struct store *s = store_bench_open();
	UNUSED(state);

	store_bench_close(s);
	postgres_sql(store_bench_where(), "UPDATE foyer_store SET version = 2");
	assert_err(store_bench_try(&s, NULL), ERR_VERSION);
}

TEST(tables_that_are_damaged_are_told)
{
	struct store *s = store_bench_open();
	struct store_cursor c = {0};
	struct grow out = {0};
	UNUSED(state);

	story_make(&story, 1, EVENTS);
	assert_ok(give(s, 0, 10));
	postgres_sql(store_bench_where(), "UPDATE foyer_run SET bytes = substr(bytes, 1, 300)");
	assert_err(s->kind->read(s, &c, 4096, &out), ERR_FORMAT);
	assert_err(give(s, 0, 5), ERR_FORMAT);
	postgres_sql(store_bench_where(), "DROP TABLE foyer_run");
	assert_err(give(s, 10, 5), ERR_FORMAT);
	story_free(&story);
}

TEST(a_reader_makes_and_changes_nothing)
{
	const struct store_options reading = {.read_only = true};
	struct store *s, *reader;
	UNUSED(state);

	assert_err(store_bench_try(&reader, &reading), ERR_ABSENT);
	s = store_bench_open();
	story_make(&story, 1, EVENTS);
	assert_ok(store_bench_try(&reader, &reading));
	assert_ok(give(s, 0, 20));
	assert_int_equal(store_bench_known(reader, &story), 20);
	assert_err(give(reader, 20, 1), ERR_DENIED);
	assert_err(reader->kind->note_put(reader, "k", span_of("v"), false), ERR_DENIED);
	assert_err(reader->kind->quarantine(reader, story.device->id, "why", span_of("bytes")),
		ERR_DENIED);
	story_free(&story);
}

TEST(an_address_names_its_kind)
{
	const char *where;
	UNUSED(state);

	assert_ptr_equal(stores_find("sqlite:a/hub.db", &where), &store_sqlite);
	assert_string_equal(where, "a/hub.db");
	assert_ptr_equal(stores_find("postgresql://u:secret@h/n", &where), &store_postgresql);
	assert_string_equal(where, "postgresql://u:secret@h/n");
	assert_ptr_equal(stores_find("postgres://h/n", &where), &store_postgresql);
	assert_string_equal(stores_name("sqlite:a/hub.db"), "a/hub.db");
	assert_string_equal(stores_name("postgresql://u:secret@h/n"), "postgresql");
	static const char *const bad[] = {"", "hub.db", "sqlite:", "mysql://h/n", "postgresql:"};
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct store *s;
		assert_null(stores_find(bad[i], &where));
		assert_err(stores_open(&s, bad[i], false), ERR_FORMAT);
	}
}

TEST(a_password_reaches_no_log)
{
	char text[4096];
	FILE *log = tmpfile();
	int saved = dup(2);
	struct store *s;
	UNUSED(state);

	assert_non_null(log);
	fflush(stderr);
	dup2(fileno(log), 2);
	enum err e = stores_open(&s, "postgresql://u:tell-nobody@127.0.0.1:1/n", false);
	fflush(stderr);
	dup2(saved, 2);
	close(saved);
	rewind(log);
	text[fread(text, 1, sizeof(text) - 1, log)] = '\0';
	fclose(log);
	assert_err(e, ERR_IO);
	assert_non_null(strstr(text, "hub/pg"));
	assert_null(strstr(text, "tell-nobody"));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(hubs_that_come_and_go_leave_as_many_writers_as_were_at_work_at_once),
	cmocka_unit_test(one_hub_too_many_is_refused_and_taken_when_another_has_gone),
	cmocka_unit_test(hubs_that_begin_at_once_make_the_tables_once),
	cmocka_unit_test(a_lost_connection_costs_one_call),
	cmocka_unit_test(while_the_server_is_away_calls_fail_and_then_go_on),
	cmocka_unit_test(a_crash_of_the_server_loses_nothing_acknowledged),
	cmocka_unit_test(a_newer_programs_tables_are_left_alone),
	cmocka_unit_test(tables_that_are_damaged_are_told),
	cmocka_unit_test(a_reader_makes_and_changes_nothing),
	cmocka_unit_test(an_address_names_its_kind),
	cmocka_unit_test(a_password_reaches_no_log),
};

RUN_FOR_KINDS(tests, kinds)
