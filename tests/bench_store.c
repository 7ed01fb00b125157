/* Merging runs into a store, beside bare inserts of the same bytes into one table. */
#include "bench.h"
#include "help/postgres.h"
#include "help/scratch.h"
#include "help/wire.h"
#include "pg.h"
#include "store_postgres.h"

#include <sqlite3.h>
#include <string.h>
#include <time.h>

enum { BOARDS = 500 };

static struct wire_hub hub;
static struct wire_device device;
static struct scratch scratch;

/* Runs as they come in, so many a transaction. */
struct load {
	struct grow bytes;
	struct store_item *items;
	size_t n, events, together;
};

static void read_runs(struct load *l)
{
	struct cursor c = cursor_at((struct span){l->bytes.p, l->bytes.n});

	l->items = calloc(l->n, sizeof(*l->items));
	for (size_t i = 0; i < l->n; i++)
		if (!l->items || run_read(&c, &l->items[i].run) != OK)
			die("a run cannot be read");
}

/* The boards take turns, as they would before a hub. */
static void make_load(struct load *l, size_t runs, size_t events, size_t together)
{
	static struct wire_board boards[BOARDS];

	*l = (struct load){.n = runs, .events = runs * events, .together = together};
	for (size_t i = 0; i < BOARDS; i++) {
		wire_board(&boards[i], &device, 0);
		seal_random(boards[i].id, sizeof(boards[i].id));
	}
	for (size_t i = 0; i < runs; i++)
		wire_run(&boards[i % BOARDS], 1, events, &l->bytes);
	read_runs(l);
}

static double wall_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

struct cost {
	double cpu, wall;
};

static struct cost merge_all(struct store *s, struct load *l)
{
	struct cost c = {bench_cpu_ns(), wall_ns()};

	for (size_t i = 0; i < l->n; i += l->together) {
		size_t n = l->n - i < l->together ? l->n - i : l->together;
		if (s->kind->merge(s, &l->items[i], n) != OK)
			die("a merge failed");
		for (size_t k = i; k < i + n; k++)
			if (l->items[k].result != OK)
				die("a run was not taken");
	}
	return (struct cost){bench_cpu_ns() - c.cpu, wall_ns() - c.wall};
}

static void sql(sqlite3 *db, const char *text)
{
	if (sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK)
		die(sqlite3_errmsg(db));
}

/* What SQLite costs with nothing to judge and no index: a table of bytes. */
static struct cost insert_all(const char *path, const struct load *l)
{
	sqlite3_stmt *q;
	sqlite3 *db;

	if (sqlite3_open(path, &db) != SQLITE_OK)
		die(path);
	sql(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
		"CREATE TABLE run (number INTEGER PRIMARY KEY, bytes BLOB)");
	sqlite3_prepare_v2(db, "INSERT INTO run (bytes) VALUES (?)", -1, &q, NULL);
	struct cost c = {bench_cpu_ns(), wall_ns()};
	for (size_t i = 0; i < l->n; i += l->together) {
		sql(db, "BEGIN IMMEDIATE");
		for (size_t k = i; k < l->n && k < i + l->together; k++) {
			struct span bytes = l->items[k].run.bytes;
			sqlite3_bind_blob(q, 1, bytes.p, (int)bytes.n, SQLITE_STATIC);
			if (sqlite3_step(q) != SQLITE_DONE)
				die(sqlite3_errmsg(db));
			sqlite3_reset(q);
		}
		sql(db, "COMMIT");
	}
	c = (struct cost){bench_cpu_ns() - c.cpu, wall_ns() - c.wall};
	sqlite3_finalize(q);
	sqlite3_close(db);
	return c;
}

/* What PostgreSQL costs so. */
static struct cost insert_all_postgres(const char *address, const struct load *l)
{
	static const struct pg_statement bare[] = {
		{"bare", "INSERT INTO bare SELECT unnest($1::bytea[])"}};
	struct pg p = {.statements = bare, .statements_n = 1, .address = strdup(address)};
	bool fresh;

	postgres_sql(address, "CREATE TABLE bare (bytes BYTEA)");
	if (pg_connect(&p, &fresh) != OK || pg_prepare(&p) != OK)
		die("PostgreSQL does not answer");
	struct cost c = {bench_cpu_ns(), wall_ns()};
	for (size_t i = 0; i < l->n; i += l->together) {
		struct pg_array bytes = {.type = PG_BYTEA};
		struct pg_values v = {0};
		for (size_t k = i; k < l->n && k < i + l->together; k++)
			pg_array_bytes(&bytes, l->items[k].run.bytes.p, l->items[k].run.bytes.n);
		if (pg_array(&v, &bytes) != OK || pg_do(&p, "bare", &v, NULL) != OK)
			die("PostgreSQL does not insert");
		pg_array_free(&bytes);
	}
	c = (struct cost){bench_cpu_ns() - c.cpu, wall_ns() - c.wall};
	pg_disconnect(&p);
	free(p.address);
	return c;
}

static void line(const char *what, const struct load *l, struct cost c, struct cost bare)
{
	double n = (double)l->events;

	bench_line(what, "%.2f us CPU, %.2f us; %.2f, %.2f of bare", c.cpu / n / 1e3,
		c.wall / n / 1e3, c.cpu / bare.cpu, c.wall / bare.wall);
}

static struct store *open_store(const struct store_kind *kind, const char *where, bool relaxed)
{
	const struct store_options o = {.where = where, .relaxed = relaxed};
	struct store *s;

	if (kind->open(&s, &o) != OK)
		die("the store does not open");
	return s;
}

static void run_sqlite(struct load *l)
{
	struct cost bare = insert_all(scratch_name(&scratch, "bare.db"), l);

	line("  SQLite: bare INSERT of the same bytes", l, bare, bare);
	for (int relaxed = 0; relaxed < 2; relaxed++) {
		const char *where = scratch_name(&scratch, relaxed ? "relaxed.db" : "store.db");
		struct store *s = open_store(&store_sqlite, where, relaxed == 1);
		line(relaxed ? "  merge, relaxed" : "  merge", l, merge_all(s, l), bare);
		line("  the same once more: repeats of old runs", l, merge_all(s, l), bare);
		store_close(s);
	}
}

/* The CPU is this side's only; the server has its own. */
static void run_postgres(struct load *l)
{
	char address[256];

	if (!postgres_place(address, sizeof(address)))
		return;
	struct cost bare = insert_all_postgres(address, l);
	line("  PostgreSQL: bare INSERT of the same bytes", l, bare, bare);
	struct store *s = open_store(&store_postgresql, address, false);
	line("  merge", l, merge_all(s, l), bare);
	store_close(s);
}

static void run(const char *title, size_t runs, size_t events, size_t together)
{
	struct load l;

	make_load(&l, runs, events, together);
	printf("store: %s; an event\n", title);
	struct cost reading = {bench_cpu_ns(), wall_ns()};
	free(l.items);
	read_runs(&l);
	reading = (struct cost){bench_cpu_ns() - reading.cpu, wall_ns() - reading.wall};
	line("  reading the runs (hashes)", &l, reading, reading);
	run_sqlite(&l);
	run_postgres(&l);
	free(l.items);
	grow_free(&l.bytes);
	scratch_remove(&scratch);
	scratch_make(&scratch);
}

int main(void)
{
	wire_hub(&hub, 1, 1);
	wire_device(&device, &hub, 1);
	scratch_make(&scratch);
	run("64 runs of 1 event a transaction, 500 boards", 64000, 1, 64);
	run("8 runs of 256 events a transaction, 500 boards", 1000, 256, 8);
	scratch_remove(&scratch);
	return 0;
}
