/* A store's notes, for every kind; and cursors as text. */
#include "test.h"

#include "help/postgres.h"
#include "help/store_bench.h"
#include "store_postgres.h"

static const struct store_bench kinds[] = {
	{"sqlite", &store_sqlite, false, NULL},
	{"relaxed_sqlite", &store_sqlite, true, NULL},
	{"postgresql", &store_postgresql, false, postgres_place},
};

static void put(struct store *s, const char *key, const char *value)
{
	assert_ok(s->kind->note_put(s, key, span_of(value), false));
}

static void assert_note(struct store *s, const char *key, const char *value)
{
	uint8_t got[STORE_NOTE];
	size_t n;

	assert_ok(store_note(s, key, got, sizeof(got), &n));
	assert_int_equal(n, strlen(value));
	assert_memory_equal(got, value, n);
}

TEST(a_note_is_what_was_put_last)
{
	struct store *s = store_bench_open();
	UNUSED(state);

	put(s, "board/01", "first");
	put(s, "board/01", "second");
	put(s, "board/02", "other");
	assert_note(s, "board/01", "second");
	store_bench_close(s);
	s = store_bench_open();
	assert_note(s, "board/01", "second");
	assert_note(s, "board/02", "other");
}

TEST(a_note_that_is_not_there_is_absent)
{
	struct store *s = store_bench_open();
	uint8_t got[4];
	size_t n = 9;
	UNUSED(state);

	assert_err(store_note(s, "board/01", got, sizeof(got), &n), ERR_ABSENT);
	assert_int_equal(n, 0);
	put(s, "board/01", "x");
	put(s, "board/01", "");
	assert_err(store_note(s, "board/01", got, sizeof(got), &n), ERR_ABSENT);
	put(s, "never/there", "");
}

TEST(a_fresh_note_never_replaces_one)
{
	struct store *s = store_bench_open(), *other = store_bench_open();
	UNUSED(state);

	assert_ok(s->kind->note_put(s, "code", span_of("mine"), true));
	assert_err(s->kind->note_put(s, "code", span_of("mine"), true), ERR_BUSY);
	assert_err(other->kind->note_put(other, "code", span_of("other's"), true), ERR_BUSY);
	assert_note(s, "code", "mine");
	put(other, "code", "");
	assert_ok(s->kind->note_put(s, "code", span_of("again"), true));
}

TEST(another_handle_sees_a_note_at_once)
{
	struct store *s = store_bench_open(), *other = store_bench_open();
	char value[20];
	UNUSED(state);

	for (int i = 0; i < 20; i++) {
		snprintf(value, sizeof(value), "value %d", i);
		put(i % 2 ? s : other, "shared", value);
		assert_note(i % 2 ? other : s, "shared", value);
	}
}

TEST(a_note_holds_any_bytes_up_to_its_limit)
{
	struct store *s = store_bench_open();
	uint8_t value[STORE_NOTE + 1], got[STORE_NOTE];
	size_t n;
	UNUSED(state);

	for (size_t i = 0; i < sizeof(value); i++)
		value[i] = (uint8_t)i;
	assert_ok(s->kind->note_put(s, "k", (struct span){value, STORE_NOTE}, false));
	assert_ok(store_note(s, "k", got, sizeof(got), &n));
	assert_int_equal(n, STORE_NOTE);
	assert_memory_equal(got, value, n);
	assert_err(store_note(s, "k", got, STORE_NOTE - 1, &n), ERR_FULL);
	assert_err(
		s->kind->note_put(s, "k", (struct span){value, STORE_NOTE + 1}, false), ERR_FULL);
	assert_ok(s->kind->note_put(s, "k", (struct span){value, 1}, false));
	assert_ok(store_note(s, "k", got, sizeof(got), &n));
	assert_int_equal(n, 1);
}

TEST(only_plain_keys_are_taken)
{
	static const char *const bad[] = {"", "A", "a b", "a_b", "a%", "\xc3\xa9", "a\n",
		"0123456789012345678901234567890123456789012345678901234567890123x"};
	struct store *s = store_bench_open();
	UNUSED(state);

	for (size_t i = 0; i < COUNT(bad); i++)
		assert_err(s->kind->note_put(s, bad[i], span_of("x"), false), ERR_BUG);
	put(s, "0123456789012345678901234567890123456789012345678901234567890123", "x");
	put(s, "abcdefghijklmnopqrstuvwxyz/0123456789.-", "x");
}

struct seen {
	char keys[200];
	size_t n;
};

static void see(void *arg, const char *key, struct span value)
{
	struct seen *seen = arg;

	seen->n += (size_t)snprintf(seen->keys + seen->n, sizeof(seen->keys) - seen->n, "%s=%.*s ",
		key, (int)value.n, (const char *)value.p);
}

static void assert_each(struct store *s, const char *prefix, const char *want)
{
	struct seen seen = {0};

	assert_ok(s->kind->note_each(s, prefix, see, &seen));
	assert_string_equal(seen.keys, want);
}

TEST(notes_of_a_prefix_come_by_key)
{
	struct store *s = store_bench_open();
	UNUSED(state);

	put(s, "board/b", "2");
	put(s, "boarding", "x");
	put(s, "board/a/1", "3");
	put(s, "board/a", "1");
	put(s, "board-", "y");
	put(s, "zz", "z");
	put(s, "board.", "w");
	assert_each(s, "board/", "board/a=1 board/a/1=3 board/b=2 ");
	assert_each(s, "board/a", "board/a=1 board/a/1=3 ");
	assert_each(s, "board/c", "");
	assert_each(s, "", "board-=y board.=w board/a=1 board/a/1=3 board/b=2 boarding=x zz=z ");
}

TEST(notes_leave_heads_and_numbers_alone)
{
	struct store *s = store_bench_open(), *other = store_bench_open();
	struct store_cursor c = {0};
	struct walk w = {0};
	struct story a;
	UNUSED(state);

	story_make(&a, 1, 60);
	for (size_t i = 0; i < a.n; i += 6) {
		assert_int_equal(store_bench_give(s, &a, i, 6).added, 6);
		put(other, "clock", "tick");
	}
	walk_store(&w, other, &c, 1);
	assert_int_equal(w.runs, 10);
	story_free(&a);
}

TEST(a_cursor_has_one_spelling)
{
	static const char *const good[] = {"", "0123456789abcdef:1",
		"0000000000000000:9223372036854775807",
		"0000000000000001:5,0000000000000002:18,ffffffffffffffff:1000000"};
	static const char *const bad[] = {"0", "0123456789abcdef",
		"0123456789abcdef:", "0123456789abcdef:0", "0123456789abcdef:01",
		"0123456789abcdef:+1", "0123456789abcdef:-1", "0123456789ABCDEF:1",
		"0123456789abcde:1", "0123456789abcdef:1,", ",0123456789abcdef:1",
		"0123456789abcdef:1 ", "0123456789abcdeg:1", "0123456789abcdef:9223372036854775808",
		"0123456789abcdef:99999999999999999999999",
		"0000000000000002:5,0000000000000001:18", "0000000000000002:5,0000000000000002:18",
		"0000000000000002:5;0000000000000003:18"};
	char text[STORE_CURSOR_TEXT];
	struct store_cursor c;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(good); i++) {
		assert_ok(store_cursor_read(&c, span_of(good[i])));
		store_cursor_write(&c, text);
		assert_string_equal(text, good[i]);
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		assert_err(store_cursor_read(&c, span_of(bad[i])), ERR_FORMAT);
		assert_int_equal(c.n, 0);
	}
}

TEST(a_cursor_holds_all_writers_and_no_more)
{
	char text[STORE_CURSOR_TEXT + 40] = "", again[STORE_CURSOR_TEXT];
	struct store_cursor c;
	size_t n = 0;
	UNUSED(state);

	for (unsigned i = 0; i < STORE_WRITERS; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%016x:9223372036854775807",
			i > 0 ? "," : "", i);
	assert_ok(store_cursor_read(&c, span_of(text)));
	assert_int_equal(c.n, STORE_WRITERS);
	store_cursor_write(&c, again);
	assert_string_equal(again, text);
	snprintf(text + n, sizeof(text) - n, ",%016x:1", STORE_WRITERS);
	assert_err(store_cursor_read(&c, span_of(text)), ERR_FORMAT);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_note_is_what_was_put_last),
	cmocka_unit_test(a_note_that_is_not_there_is_absent),
	cmocka_unit_test(a_fresh_note_never_replaces_one),
	cmocka_unit_test(another_handle_sees_a_note_at_once),
	cmocka_unit_test(a_note_holds_any_bytes_up_to_its_limit),
	cmocka_unit_test(only_plain_keys_are_taken),
	cmocka_unit_test(notes_of_a_prefix_come_by_key),
	cmocka_unit_test(notes_leave_heads_and_numbers_alone),
	cmocka_unit_test(a_cursor_has_one_spelling),
	cmocka_unit_test(a_cursor_holds_all_writers_and_no_more),
};

RUN_FOR_KINDS(tests, kinds)
