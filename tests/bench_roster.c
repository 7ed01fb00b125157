/* The roster beside SQLite with the same content in clear: bytes, opening, and one guest's record.
 *
 * SQLite is given two forms (help/list_database.h); for the packed one activities and places are read
 * into memory beforehand, which is the fastest form found. */
#include "bench.h"
#include "file.h"
#include "help/list_database.h"
#include "roster.h"
#include "source.h"

#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH = 1024, LOOKUPS = 20000 };

struct bench {
	char dir[PATH], normal[PATH], packed[PATH];
	struct list list;
	struct keys keys;
	struct state state;
	struct file_bytes file;
	struct roster roster;
	struct visit *visit;
	struct token *tokens; /* invitations, shuffled */
	sqlite3 *db;
	sqlite3_stmt *person, *bookings, *meetings;
	size_t read; /* a sum over what was read, so that nothing is optimised away */
};

static sqlite3_stmt *prepare(sqlite3 *db, const char *text)
{
	sqlite3_stmt *s = NULL;

	if (sqlite3_prepare_v2(db, text, -1, &s, NULL) != SQLITE_OK)
		die(sqlite3_errmsg(db));
	return s;
}

static double bytes_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (double)st.st_size : 0;
}

static void open_roster(void *argument, size_t i)
{
	struct bench *b = argument;
	struct trust none = {0};

	(void)i;
	if (roster_open(&b->roster, b->file.bytes, &none, 0) != OK)
		die("the roster does not open");
}

static void open_database(void *argument, size_t i)
{
	struct bench *b = argument;
	sqlite3 *db;

	(void)i;
	if (sqlite3_open_v2(b->normal, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		die("SQLite does not open");
	list_sql(db, "PRAGMA quick_check");
	sqlite3_close(db);
}

static void look_up_record(void *argument, size_t i)
{
	struct bench *b = argument;
	struct found f;

	if (roster_find(&b->roster, &b->tokens[i % b->list.people_n], &f) != OK ||
		roster_visit(&b->roster, &f, b->visit) != OK)
		die("a token does not open its record");
	b->read += b->visit->family_name.n + b->visit->organisation.n;
}

static void look_up_agenda(void *argument, size_t i)
{
	struct bench *b = argument;
	struct activity a;
	struct place p;

	look_up_record(argument, i);
	for (size_t n = 0; n < b->visit->booking_count; n++)
		if (roster_activity(&b->roster, b->visit, b->visit->bookings[n].activity, &a) ==
				OK &&
			roster_place(&b->roster, b->visit, a.place, &p) == OK)
			b->read += words_in(&a.title, b->visit->language).n + p.name.n;
	for (size_t n = 0; n < b->visit->meeting_count; n++)
		b->read += b->visit->meetings[n].counterpart.n;
}

static size_t read_rows(sqlite3_stmt *s, int64_t key)
{
	size_t read = 0;

	sqlite3_bind_int64(s, 1, key);
	while (sqlite3_step(s) == SQLITE_ROW)
		for (int c = 0; c < sqlite3_column_count(s); c++)
			read += (size_t)sqlite3_column_bytes(s, c);
	sqlite3_reset(s);
	return read;
}

static void query_agenda(void *argument, size_t i)
{
	struct bench *b = argument;
	const struct token *t = &b->tokens[i % b->list.people_n];

	sqlite3_bind_blob(b->person, 1, t->secret, TOKEN_SECRET, SQLITE_STATIC);
	if (sqlite3_step(b->person) != SQLITE_ROW)
		die("SQLite does not know a token");
	int64_t n = sqlite3_column_int64(b->person, 0);
	for (int c = 1; c < sqlite3_column_count(b->person); c++)
		b->read += (size_t)sqlite3_column_bytes(b->person, c);
	sqlite3_reset(b->person);
	if (b->bookings)
		b->read += read_rows(b->bookings, n) + read_rows(b->meetings, n);
}

static double time_database(struct bench *b, const char *path, bool packed)
{
	if (sqlite3_open_v2(path, &b->db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		die(path);
	list_sql(b->db, "PRAGMA mmap_size=1073741824; BEGIN");
	b->person = prepare(b->db, "SELECT p.n, p.given, p.family, p.display, p.honorific, "
				   "p.function, p.role, p.flags, p.language,"
				   " p.delegation, p.badge, p.day, o.name, o.short, t.kind, "
				   "t.issue FROM token t JOIN person p ON"
				   " p.n = t.person LEFT JOIN organisation o ON o.n = "
				   "p.organisation WHERE t.secret = ?");
	b->bookings = packed ? NULL
			     : prepare(b->db, "SELECT k.status, k.seat, a.fr, a.start, a.end, "
					      "q.name FROM booking k JOIN activity a ON"
					      " a.n = k.activity JOIN place q ON q.n = a.place "
					      "WHERE k.person = ?");
	b->meetings = packed ? NULL
			     : prepare(b->db, "SELECT m.start, m.end, m.tab, m.subject, m.outside, "
					      "c.given, c.family, o.name, q.name FROM meeting m"
					      " LEFT JOIN person c ON c.n = CASE WHEN m.host = ?1 "
					      "THEN m.guest ELSE m.host END LEFT JOIN"
					      " organisation o ON o.n = c.organisation JOIN place "
					      "q ON q.n = m.place WHERE m.host = ?1 OR"
					      " m.guest = ?1");
	double ns = bench_ns(query_agenda, b, LOOKUPS);
	sqlite3_finalize(b->person);
	sqlite3_finalize(b->bookings);
	sqlite3_finalize(b->meetings);
	sqlite3_close(b->db);
	return ns;
}

static void prepare_event(struct bench *b, size_t people)
{
	const char *bin = getenv("FOYER_BIN"), *tmp = getenv("TMPDIR");
	char command[8 * PATH];
	uint32_t random = 1;

	snprintf(b->dir, sizeof(b->dir), "%s/foyer-bench-XXXXXX", tmp ? tmp : "/tmp");
	if (!bin || !mkdtemp(b->dir))
		die("FOYER_BIN must name the folder of the programs");
	snprintf(b->normal, sizeof(b->normal), "%.*s/normal.db", PATH - 16, b->dir);
	snprintf(b->packed, sizeof(b->packed), "%.*s/packed.db", PATH - 16, b->dir);
	snprintf(command, sizeof(command),
		"'%s/foyer' demo '%s/m' --people %zu 2>&1 && '%s/foyer' build '%s/m' -o '%s/r' "
		"2>&1",
		bin, b->dir, people, bin, b->dir, b->dir);
	FILE *made = popen(command, "r");
	while (made && fgets(command, sizeof(command), made))
		;
	if (!made || pclose(made) != 0)
		die("foyer demo and build failed");
	snprintf(command, sizeof(command), "%s/m", b->dir);
	if (list_load(&b->list, command) || keys_load(&b->keys, command) ||
		state_load(&b->state, command))
		die("the demo event does not load");
	snprintf(command, sizeof(command), "%s/r", b->dir);
	if (file_read(&b->file, command, ROSTER_MAX))
		die("the roster cannot be read");
	b->visit = seal_secret_memory(sizeof(*b->visit));
	b->tokens = calloc(b->list.people_n, sizeof(*b->tokens));
	for (size_t i = 0; i < b->list.people_n; i++) {
		random = random * 1664525 + 1013904223;
		size_t at = random % (i + 1);
		b->tokens[i] = b->tokens[at];
		source_token(&b->keys, state_person(&b->state, b->list.people[i].id),
			TOKEN_INVITATION, 1, &b->tokens[at], 1);
	}
}

static void finish(struct bench *b)
{
	char command[PATH + 16];

	list_free(&b->list);
	state_free(&b->state);
	file_free(&b->file);
	seal_secret_free(b->visit);
	free(b->tokens);
	snprintf(command, sizeof(command), "rm -rf '%s'", b->dir);
	if (system(command) != 0)
		fprintf(stderr, "bench: %s stays\n", b->dir);
}

static void account_for_bytes(const struct bench *b)
{
	static const char *const names[ROSTER_SECTIONS] = {"header, signature", "event", "legs",
		"zones", "places", "tracks", "activities", "sealed objects", "index", "slots",
		"records", "directory", "cards", "revoked", "files", "order", "notes"};
	double people = (double)b->list.people_n;
	size_t rest = b->file.bytes.n;

	for (size_t i = 1; i < ROSTER_SECTIONS; i++)
		rest -= b->roster.section[i].bytes.n;
	printf("    bytes a person:");
	for (size_t i = 0; i < ROSTER_SECTIONS; i++) {
		double n = i ? (double)b->roster.section[i].bytes.n : (double)rest;
		if (n / people >= 0.5)
			printf(" %s %.0f,", names[i], n / people);
	}
	printf(" of a record: card box %u, seals and handle 64, the rest the day box\n",
		b->roster.card_bytes);
}

static void run(size_t people)
{
	struct bench b = {0};

	prepare_event(&b, people);
	const struct list_in in = {&b.list, &b.keys, &b.state};
	list_database(&in, b.normal, false);
	list_database(&in, b.packed, true);
	double ours = (double)b.file.bytes.n, normal = bytes_of(b.normal),
	       packed = bytes_of(b.packed);
	double best = normal < packed ? normal : packed, n = (double)b.list.people_n;
	double open_ours = bench_ns(open_roster, &b, 20),
	       open_sqlite = bench_ns(open_database, &b, 20);
	double record = bench_ns(look_up_record, &b, LOOKUPS),
	       agenda = bench_ns(look_up_agenda, &b, LOOKUPS);
	double sql_normal = time_database(&b, b.normal, false),
	       sql_packed = time_database(&b, b.packed, true);

	printf("roster, %zu people\n", people);
	bench_line("size: ours sealed and signed, bytes a person", "%.0f", ours / n);
	bench_line("size: SQLite in clear, normalised / packed", "%.0f / %.0f", normal / n,
		packed / n);
	bench_line("size: ours / the better SQLite (aim <= 1.0)", "%.2f", ours / best);
	account_for_bytes(&b);
	bench_line("open + verify + check, ms (aim 0.1 + 1 a MB)", "%.3f (%.3f)", open_ours / 1e6,
		0.1 + ours / 1e6);
	bench_line("SQLite open + quick_check, ms; ratio", "%.3f; %.2f", open_sqlite / 1e6,
		open_ours / open_sqlite);
	bench_line("token -> record in clear, us (aim <= 3)", "%.2f", record / 1e3);
	bench_line("token -> record, every title and place, us", "%.2f", agenda / 1e3);
	bench_line("SQLite in clear: normalised, us; ours / it", "%.2f; %.2f", sql_normal / 1e3,
		agenda / sql_normal);
	bench_line("SQLite in clear: packed row, us; ours / it", "%.2f; %.2f", sql_packed / 1e3,
		record / sql_packed);
	finish(&b);
}

int main(void)
{
	if (seal_start() != OK)
		return 3;
	run(600);
	run(10000);
	return 0;
}
