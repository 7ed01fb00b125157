/* What several passes say of one picture, made one answer. */
#include "test.h"

#include "found.h"
#include "token.h"

static struct found found;
static struct reading reading;

/* A reading of a symbol of that side in the square at x, y. */
static const struct reading *at(const char *text, int x, int y, int side)
{
	reading.n = strlen(text);
	memcpy(reading.text, text, reading.n + 1);
	reading.corner[0] = (struct corner){x, y};
	reading.corner[1] = (struct corner){x + side, y};
	reading.corner[2] = (struct corner){x + side, y + side};
	reading.corner[3] = (struct corner){x, y + side};
	reading.path = "test/raw";
	return &reading;
}

static int clear(void **state)
{
	UNUSED(state);
	memset(&found, 0, sizeof(found));
	return 0;
}

TEST(the_same_text_at_the_same_place_is_one_symbol_with_two_votes)
{
	found_add(&found, at("A", 100, 100, 50), false);
	found_add(&found, at("A", 104, 97, 55), false);
	assert_int_equal(found.n, 1);
	assert_int_equal(found.one[0].votes, 2);
	assert_int_equal(found.one[0].reading.corner[0].x, 100);
}

TEST(the_same_text_elsewhere_is_another_symbol)
{
	found_add(&found, at("A", 100, 100, 50), true);
	found_add(&found, at("A", 160, 100, 50), true);
	assert_int_equal(found.n, 2);
	assert_false(found_doubtful(&found, 0));
	assert_false(found_doubtful(&found, 1));
}

TEST(a_symbol_within_a_larger_one_is_another)
{
	found_add(&found, at("A", 100, 100, 200), true);
	found_add(&found, at("B", 180, 180, 40), true);
	assert_false(found_doubtful(&found, 0));
	assert_false(found_doubtful(&found, 1));
}

TEST(of_two_texts_at_one_place_the_raw_picture_s_is_believed)
{
	found_add(&found, at("WRONG", 100, 100, 50), false);
	found_add(&found, at("WRONG", 100, 100, 50), false);
	found_add(&found, at("RIGHT", 100, 100, 50), true);
	assert_true(found_doubtful(&found, 0));
	assert_false(found_doubtful(&found, 1));
}

TEST(else_the_one_with_more_votes_then_the_first)
{
	found_add(&found, at("WRONG", 100, 100, 50), false);
	found_add(&found, at("RIGHT", 100, 100, 50), false);
	assert_false(found_doubtful(&found, 0));
	assert_true(found_doubtful(&found, 1));
	found_add(&found, at("RIGHT", 100, 100, 50), false);
	assert_true(found_doubtful(&found, 0));
	assert_false(found_doubtful(&found, 1));
}

TEST(a_token_is_sure_by_its_check)
{
	static const struct token t = {TOKEN_BADGE, 1, {1, 2, 3}};
	char text[TOKEN_TEXT + 1];

	token_text(&t, text);
	found_add(&found, at(text, 100, 100, 50), false);
	assert_true(found.one[0].sure);
	text[20] = text[20] == 'A' ? 'B' : 'A';
	found_add(&found, at(text, 200, 200, 50), false);
	assert_false(found.one[1].sure);
	found_add(&found, at("https://example.org", 300, 300, 50), false);
	assert_false(found.one[2].sure);
}

TEST(a_text_read_from_the_raw_picture_later_becomes_sure)
{
	found_add(&found, at("A", 100, 100, 50), false);
	assert_false(found.one[0].sure);
	found_add(&found, at("A", 100, 100, 50), true);
	assert_true(found.one[0].sure);
}

/* Decoders differ by a module in where a symbol's corners are. */
TEST(what_lies_on_a_symbol_or_at_its_edge_is_covered)
{
	found_add(&found, at("A", 100, 100, 50), false);
	assert_true(found_covers(&found, (struct corner){125, 125}));
	assert_true(found_covers(&found, (struct corner){152, 125}));
	assert_false(found_covers(&found, (struct corner){153, 125}));
	assert_true(found_covers(&found, (struct corner){125, 98}));
	assert_false(found_covers(&found, (struct corner){125, 97}));
}

TEST(more_symbols_than_there_is_room_for_are_left_out)
{
	for (int i = 0; i < FOUND_MAX + 3; i++)
		found_add(&found, at("A", 100 * i, 0, 50), true);
	assert_int_equal(found.n, FOUND_MAX);
	assert_int_equal(found.one[FOUND_MAX - 1].reading.corner[0].x, 100 * (FOUND_MAX - 1));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_setup(the_same_text_at_the_same_place_is_one_symbol_with_two_votes, clear),
	cmocka_unit_test_setup(the_same_text_elsewhere_is_another_symbol, clear),
	cmocka_unit_test_setup(a_symbol_within_a_larger_one_is_another, clear),
	cmocka_unit_test_setup(of_two_texts_at_one_place_the_raw_picture_s_is_believed, clear),
	cmocka_unit_test_setup(else_the_one_with_more_votes_then_the_first, clear),
	cmocka_unit_test_setup(a_token_is_sure_by_its_check, clear),
	cmocka_unit_test_setup(a_text_read_from_the_raw_picture_later_becomes_sure, clear),
	cmocka_unit_test_setup(what_lies_on_a_symbol_or_at_its_edge_is_covered, clear),
	cmocka_unit_test_setup(more_symbols_than_there_is_room_for_are_left_out, clear),
};
RUN_TESTS(tests)
