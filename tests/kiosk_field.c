/* A text field: characters in and out at its end, within its limits. */
#include "test.h"

#include "field.h"

static struct field f;

static void holds(const char *text)
{
	assert_true(span_equal(field_text(&f), span_of(text)));
}

static void fresh(size_t bytes, size_t points, const char *text)
{
	field_init(&f, bytes, points);
	assert_ok(field_set(&f, span_of(text)));
}

TEST(what_is_typed_stands_at_the_end)
{
	fresh(64, 64, "Ren");
	assert_ok(field_insert(&f, span_of("é")));
	assert_ok(field_insert(&f, span_of("e")));
	holds("Renée");
	assert_int_equal(f.points, 5);
	assert_true(span_equal(field_last(&f), span_of("e")));
}

TEST(whole_characters_go)
{
	fresh(64, 64, "aé漢😀");
	assert_true(field_erase(&f));
	assert_true(field_erase(&f));
	holds("aé");
	assert_int_equal(f.points, 2);
	assert_true(field_erase(&f));
	assert_true(field_erase(&f));
	assert_false(field_erase(&f));
	holds("");
	assert_int_equal(f.points, 0);
}

TEST(bytes_are_limited_and_nothing_goes_in_by_halves)
{
	fresh(5, 64, "abc");
	assert_err(field_insert(&f, span_of("漢")), ERR_FULL);
	holds("abc");
	assert_ok(field_insert(&f, span_of("é")));
	assert_err(field_insert(&f, span_of("x")), ERR_FULL);
	holds("abcé");
	assert_err(field_set(&f, span_of("abcdef")), ERR_FULL);
	holds("");
}

TEST(characters_are_limited_as_well)
{
	fresh(64, 3, "aé");
	assert_err(field_insert(&f, span_of("ab")), ERR_FULL);
	assert_ok(field_insert(&f, span_of("漢")));
	assert_err(field_insert(&f, span_of("a")), ERR_FULL);
	holds("aé漢");
	assert_true(field_erase(&f));
	assert_ok(field_insert(&f, span_of("a")));
}

TEST(no_field_is_larger_than_its_memory)
{
	field_init(&f, FIELD_BYTES + 100, SIZE_MAX);
	for (size_t i = 0; i < FIELD_BYTES; i++)
		assert_ok(field_insert(&f, span_of("x")));
	assert_err(field_insert(&f, span_of("x")), ERR_FULL);
	assert_int_equal(f.n, FIELD_BYTES);
}

TEST(controls_and_torn_characters_are_no_text)
{
	static const char *const bad[] = {"\n", "a\tb", "\x7f", "\xc2\x85", "\xc3", "\xff",
		"\xed\xa0\x80", "\xc0\xaf", "\xe6\xbc"};
	fresh(64, 64, "ok");
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_err(field_insert(&f, span_of(bad[i])), ERR_FORMAT);
	assert_err(field_insert(&f, (struct span){(const uint8_t *)"", 1}), ERR_FORMAT);
	holds("ok");
	assert_ok(field_insert(&f, span_of("\xc2\xa0")));
}

TEST(spaces_at_the_ends_are_not_used)
{
	fresh(64, 64, "  de  Vries ");
	assert_true(span_equal(field_trimmed(&f), span_of("de  Vries")));
	fresh(64, 64, "   ");
	assert_int_equal(field_trimmed(&f).n, 0);
}

static bool left_over(const char *text)
{
	return memmem(f.text, sizeof(f.text), text, strlen(text)) != NULL;
}

TEST(what_is_gone_is_gone_from_memory)
{
	fresh(64, 32, "Peeters");
	field_wipe(&f);
	assert_false(left_over("P"));
	assert_int_equal(f.bytes_max, 64);
	assert_int_equal(f.points_max, 32);
	fresh(64, 64, "Peeters");
	while (field_erase(&f))
		;
	for (size_t i = 0; i < sizeof(f.text); i++)
		assert_int_equal(f.text[i], 0);
}

TEST(what_is_chosen_gives_its_place_to_what_comes_and_to_nothing_else)
{
	fresh(8, 8, "Peeters");
	field_choose(&f);
	assert_err(field_insert(&f, span_of("\x07")), ERR_FORMAT);
	assert_err(field_insert(&f, span_of("Vandersteen")), ERR_FULL);
	assert_ok(field_insert(&f, span_of("")));
	holds("Peeters");
	assert_ok(field_insert(&f, span_of("Janssens")));
	holds("Janssens");
	assert_int_equal(f.points, 8);
	assert_err(field_insert(&f, span_of("s")), ERR_FULL);
	field_choose(&f);
	assert_true(field_erase(&f));
	holds("");
	field_choose(&f);
	assert_false(field_erase(&f));
	assert_ok(field_insert(&f, span_of("a")));
	assert_ok(field_insert(&f, span_of("b")));
	holds("ab");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(what_is_typed_stands_at_the_end),
	cmocka_unit_test(whole_characters_go),
	cmocka_unit_test(bytes_are_limited_and_nothing_goes_in_by_halves),
	cmocka_unit_test(characters_are_limited_as_well),
	cmocka_unit_test(no_field_is_larger_than_its_memory),
	cmocka_unit_test(controls_and_torn_characters_are_no_text),
	cmocka_unit_test(spaces_at_the_ends_are_not_used),
	cmocka_unit_test(what_is_gone_is_gone_from_memory),
	cmocka_unit_test(what_is_chosen_gives_its_place_to_what_comes_and_to_nothing_else),
};

RUN_TESTS(tests)
