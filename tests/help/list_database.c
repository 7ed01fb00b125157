/* The master list as an SQLite database in clear. */
#include "help/list_database.h"

#include "grow.h"
#include "source.h"
#include "token.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { DAY_BLOB = 8192 };

static void die(const char *what)
{
	fprintf(stderr, "bench: %s\n", what);
	exit(3);
}

void list_sql(sqlite3 *db, const char *text)
{
	if (sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK)
		die(sqlite3_errmsg(db));
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *text)
{
	sqlite3_stmt *s = NULL;

	if (sqlite3_prepare_v2(db, text, -1, &s, NULL) != SQLITE_OK)
		die(sqlite3_errmsg(db));
	return s;
}

/* One argument for an INSERT: a text, a number or a blob. */
struct value {
	const char *text;
	int64_t number;
	struct span blob;
};
#define T(x)                                                                                       \
	{                                                                                          \
		.text = (x)                                                                        \
	}
#define N(x)                                                                                       \
	{                                                                                          \
		.number = (x)                                                                      \
	}
#define B(p, n)                                                                                    \
	{                                                                                          \
		.blob = {(p), (n) }                                                                \
	}

static void insert(sqlite3_stmt *s, const struct value *values, int n)
{
	for (int i = 0; i < n; i++) {
		if (values[i].blob.p)
			sqlite3_bind_blob(
				s, i + 1, values[i].blob.p, (int)values[i].blob.n, SQLITE_STATIC);
		else if (values[i].text)
			sqlite3_bind_text(s, i + 1, values[i].text, -1, SQLITE_STATIC);
		else
			sqlite3_bind_int64(s, i + 1, values[i].number);
	}
	if (sqlite3_step(s) != SQLITE_DONE)
		die(sqlite3_errmsg(sqlite3_db_handle(s)));
	sqlite3_reset(s);
}
#define INSERT(s, ...)                                                                             \
	insert(s, (const struct value[]){__VA_ARGS__},                                             \
		(int)COUNT(((const struct value[]){__VA_ARGS__})))

static const char schema[] =
	"CREATE TABLE organisation(n INTEGER PRIMARY KEY, id TEXT, name TEXT, short TEXT);"
	"CREATE TABLE person(n INTEGER PRIMARY KEY, id TEXT, given TEXT, family TEXT, display "
	"TEXT, honorific TEXT,"
	" organisation INT, function TEXT, role INT, flags INT, language INT, delegation TEXT, "
	"badge TEXT, note TEXT, day BLOB);"
	"CREATE TABLE token(secret BLOB PRIMARY KEY, person INT, kind INT, issue INT) WITHOUT "
	"ROWID;"
	"CREATE TABLE place(n INTEGER PRIMARY KEY, id TEXT, name TEXT, city TEXT, zone TEXT, room "
	"TEXT, address TEXT,"
	" de TEXT, en TEXT, fr TEXT, nl TEXT, capacity INT);"
	"CREATE TABLE track(n INTEGER PRIMARY KEY, id TEXT, de TEXT, en TEXT, fr TEXT, nl TEXT);"
	"CREATE TABLE activity(n INTEGER PRIMARY KEY, id TEXT, kind INT, access INT, de TEXT, en "
	"TEXT, fr TEXT, nl TEXT,"
	" start INT, end INT, leave_by INT, place INT, track INT, capacity INT, speakers TEXT, "
	"point TEXT, dress TEXT);"
	"CREATE INDEX person_family ON person(family);";
static const char normal_schema[] = "CREATE TABLE booking(person INT, activity INT, status INT, "
				    "seat TEXT, PRIMARY KEY(person, activity))"
				    " WITHOUT ROWID;"
				    "CREATE TABLE meeting(n INTEGER PRIMARY KEY, id TEXT, start "
				    "INT, end INT, place INT, host INT, guest INT,"
				    " outside TEXT, tab TEXT, subject TEXT);"
				    "CREATE INDEX meeting_host ON meeting(host);"
				    "CREATE INDEX meeting_guest ON meeting(guest);";

static void fill_programme(sqlite3 *db, const struct list *l)
{
	sqlite3_stmt *s = prepare(db, "INSERT INTO organisation VALUES(?,?,?,?)");
	for (size_t i = 0; i < l->organisations_n; i++) {
		const struct list_organisation *o = &l->organisations[i];
		INSERT(s, N((int64_t)i), T(o->id), T(o->name), T(o->short_name));
	}
	sqlite3_finalize(s);
	s = prepare(db, "INSERT INTO place VALUES(?,?,?,?,?,?,?,?,?,?,?,?)");
	for (size_t i = 0; i < l->places_n; i++) {
		const struct list_place *p = &l->places[i];
		const char *const *d = p->directions.in;
		INSERT(s, N((int64_t)i), T(p->id), T(p->name), T(p->city), T(p->time_zone),
			T(p->room), T(p->address), T(d[0]), T(d[1]), T(d[2]), T(d[3]),
			N(p->capacity));
	}
	sqlite3_finalize(s);
	s = prepare(db, "INSERT INTO track VALUES(?,?,?,?,?,?)");
	for (size_t i = 0; i < l->tracks_n; i++) {
		const char *const *t = l->tracks[i].title.in;
		INSERT(s, N((int64_t)i), T(l->tracks[i].id), T(t[0]), T(t[1]), T(t[2]), T(t[3]));
	}
	sqlite3_finalize(s);
	s = prepare(db, "INSERT INTO activity VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
	for (size_t i = 0; i < l->activities_n; i++) {
		const struct list_activity *a = &l->activities[i];
		const char *const *t = a->title.in;
		INSERT(s, N((int64_t)i), T(a->id), N(a->kind), N(a->access), T(t[0]), T(t[1]),
			T(t[2]), T(t[3]), N(a->start), N(a->end), N(a->leave_by), N(a->place),
			N(a->track), N(a->capacity), T(a->speakers), T(a->meeting_point),
			T(a->dress));
	}
	sqlite3_finalize(s);
}

static void fill_people(const struct list_in *b, sqlite3 *db, const struct span *days)
{
	sqlite3_stmt *person =
		prepare(db, "INSERT INTO person VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
	sqlite3_stmt *token = prepare(db, "INSERT INTO token VALUES(?,?,?,?)");

	for (size_t i = 0; i < b->list->people_n; i++) {
		const struct list_person *p = &b->list->people[i];
		struct span day = days ? days[i] : (struct span){0};
		INSERT(person, N((int64_t)i), T(p->id), T(p->given_name), T(p->family_name),
			T(p->display_name), T(p->honorific), N(p->organisation), T(p->function),
			N(p->role), N(p->is_protected | p->family_first << 1), N(p->language),
			T(p->delegation), T(p->badge), T(p->note_for_desk), B(day.p, day.n));
		for (uint32_t n = 0; n < 3; n++) {
			enum token_kind kind = n ? TOKEN_BADGE : TOKEN_INVITATION;
			struct token t;
			source_token(
				b->keys, state_person(b->state, p->id), kind, n ? n : 1, &t, 1);
			INSERT(token, B(t.secret, sizeof(t.secret)), N((int64_t)i), N(kind),
				N(n ? n : 1));
		}
	}
	sqlite3_finalize(person);
	sqlite3_finalize(token);
}

static void fill_days(sqlite3 *db, const struct list *l)
{
	sqlite3_stmt *s = prepare(db, "INSERT OR REPLACE INTO booking VALUES(?,?,?,?)");
	for (size_t i = 0; i < l->bookings_n; i++) {
		const struct list_booking *k = &l->bookings[i];
		INSERT(s, N(k->person), N(k->activity), N(k->status), T(k->seat));
	}
	sqlite3_finalize(s);
	s = prepare(db, "INSERT INTO meeting VALUES(?,?,?,?,?,?,?,?,?,?)");
	for (size_t i = 0; i < l->meetings_n; i++) {
		const struct list_meeting *m = &l->meetings[i];
		INSERT(s, N((int64_t)i), T(m->id), N(m->start), N(m->end), N(m->place), N(m->host),
			N(m->guest), T(m->guest_text), T(m->table), T(m->subject));
	}
	sqlite3_finalize(s);
}

/* What a packed row holds of a day: bookings, then meetings; counterparts by number. */
static struct span *pack_days(const struct list *l)
{
	struct grow *day = calloc(l->people_n, sizeof(*day));
	struct span *out = calloc(l->people_n, sizeof(*out));
	uint8_t room[DAY_BLOB];

	for (size_t i = 0; i < l->bookings_n; i++) {
		struct sink k = sink_on(room, sizeof(room));
		sink_varint(&k, (uint64_t)l->bookings[i].activity << 2 | l->bookings[i].status);
		sink_text(&k, span_of(l->bookings[i].seat));
		grow_bytes(&day[l->bookings[i].person], room, k.n);
	}
	for (size_t i = 0; i < l->meetings_n; i++)
		for (int side = 0; side < 2; side++) {
			const struct list_meeting *m = &l->meetings[i];
			int32_t who = side ? m->guest : m->host, other = side ? m->host : m->guest;
			struct sink k = sink_on(room, sizeof(room));
			if (who < 0)
				continue;
			sink_text(&k, span_of(m->id));
			sink_varint(
				&k, (uint64_t)(m->start - l->activities[0].start + (1 << 30)) / 60);
			sink_varint(&k, (uint64_t)(m->end - m->start) / 60);
			sink_varint(&k, (uint64_t)m->place);
			sink_varint(&k, (uint64_t)(other + 1));
			sink_text(&k, span_of(other < 0 ? m->guest_text : ""));
			sink_text(&k, span_of(m->table));
			sink_text(&k, span_of(m->subject));
			grow_bytes(&day[who], room, k.n);
		}
	for (size_t i = 0; i < l->people_n; i++)
		out[i] = (struct span){day[i].p, day[i].n};
	free(day);
	return out;
}

void list_database(const struct list_in *b, const char *path, bool packed)
{
	sqlite3 *db;
	struct span *days = packed ? pack_days(b->list) : NULL;

	(void)unlink(path);
	if (sqlite3_open(path, &db) != SQLITE_OK)
		die(path);
	list_sql(db, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN");
	list_sql(db, schema);
	if (!packed)
		list_sql(db, normal_schema);
	fill_programme(db, b->list);
	fill_people(b, db, days);
	if (!packed)
		fill_days(db, b->list);
	list_sql(db, "COMMIT; VACUUM");
	sqlite3_close(db);
	for (size_t i = 0; days && i < b->list->people_n; i++)
		free((void *)(uintptr_t)days[i].p);
	free(days);
}
