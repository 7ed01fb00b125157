/* The QR symbol: its version, its modules, its limits. */
#include "test.h"

#include "symbol.h"
#include "token.h"

static struct symbol s;

TEST(a_token_is_version_three)
{
	struct token t = {TOKEN_BADGE, 1, {1, 2, 3}};
	char text[TOKEN_TEXT + 1];

	token_text(&t, text);
	assert_ok(symbol_make(&s, span_of(text)));
	assert_int_equal(s.side, 29);
}

TEST(small_letters_cost_more_room_than_capitals)
{
	unsigned capitals = 0;

	assert_ok(symbol_make(&s, span_of("HTTPS://EXAMPLE.ORG/ABCDEFGHIJKLMNOPQ")));
	capitals = s.side;
	assert_ok(symbol_make(&s, span_of("https://example.org/abcdefghijklmnopq")));
	assert_true(s.side > capitals);
}

TEST(three_corners_hold_a_finder)
{
	assert_ok(symbol_make(&s, span_of("ZQM1")));
	for (unsigned i = 0; i < 7; i++) {
		assert_true(symbol_dark(&s, i, 0));
		assert_true(symbol_dark(&s, s.side - 1 - i, 0));
		assert_true(symbol_dark(&s, 0, s.side - 1 - i));
	}
	assert_false(symbol_dark(&s, 1, 1));
}

TEST(outside_the_symbol_nothing_is_dark)
{
	assert_ok(symbol_make(&s, span_of("ZQM1")));
	assert_false(symbol_dark(&s, s.side, 0));
	assert_false(symbol_dark(&s, 0, s.side));
}

TEST(an_empty_code_is_refused)
{
	assert_err(symbol_make(&s, span_of("")), ERR_FULL);
	assert_int_equal(s.side, 0);
	assert_int_equal(symbol_scale(&s, 1000), 0);
}

TEST(too_much_for_the_largest_symbol_is_refused)
{
	static uint8_t many[3000];

	memset(many, 'a', sizeof(many));
	assert_err(symbol_make(&s, (struct span){many, sizeof(many)}), ERR_FULL);
	assert_err(symbol_make(&s, (struct span){many, 1700}), ERR_FULL);
	assert_ok(symbol_make(&s, (struct span){many, 1600}));
}

TEST(bytes_of_any_value_fit)
{
	static const uint8_t bytes[] = {0, 255, 'a', 10};

	assert_ok(symbol_make(&s, (struct span){bytes, sizeof(bytes)}));
	assert_int_equal(s.side, 21);
}

TEST(a_module_gets_whole_pixels_with_the_quiet_zone_inside)
{
	struct token t = {TOKEN_BADGE, 1, {0}};
	char text[TOKEN_TEXT + 1];

	token_text(&t, text);
	assert_ok(symbol_make(&s, span_of(text)));
	assert_int_equal(symbol_scale(&s, 37 * 4), 4);
	assert_int_equal(symbol_scale(&s, 37 * 5 - 1), 4);
	assert_int_equal(symbol_scale(&s, 36), 0);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_token_is_version_three),
	cmocka_unit_test(small_letters_cost_more_room_than_capitals),
	cmocka_unit_test(three_corners_hold_a_finder),
	cmocka_unit_test(outside_the_symbol_nothing_is_dark),
	cmocka_unit_test(an_empty_code_is_refused),
	cmocka_unit_test(too_much_for_the_largest_symbol_is_refused),
	cmocka_unit_test(bytes_of_any_value_fit),
	cmocka_unit_test(a_module_gets_whole_pixels_with_the_quiet_zone_inside),
};
RUN_TESTS(tests)
