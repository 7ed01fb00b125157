/* The draw list: what is appended, what is refused, how it prints. */
#include "test.h"

#include "draw.h"

static struct draw d, other;
static char out[4096];

static const struct text_style style = {32, 24, 2, 7, ALIGN_CENTRE, ALIGN_END, 90, 0};

TEST(a_list_prints_a_command_a_line)
{
	draw_clear(&d);
	draw_box(&d, (struct rect){1, 2, 3, 4}, INK_PANEL, 8, INK_LINE, 2);
	draw_text(&d, (struct rect){-5, 0, 720, 60}, INK_ACCENT, style, span_of("Ada"));
	draw_picture(&d, (struct rect){0, 0, 24, 24}, INK_TEXT, "check");
	draw_code(&d, (struct rect){0, 0, 99, 99}, span_of("ZQM1"));
	draw_region(&d, (struct rect){0, 0, 9, 9}, "done", REGION_BUTTON, span_of("Done"),
		REGION_CHOSEN, 3);
	assert_ok(draw_print(&d, out, sizeof(out)));
	assert_string_equal(out, "fill 1,2 3x4 panel radius 8 edge line 2\n"
				 "text -5,0 720x60 accent 32-24 lines 2 weight 7 centre down end "
				 "spacing 90 \"Ada\"\n"
				 "picture 0,0 24x24 text \"check\"\n"
				 "code 0,0 99x99 \"ZQM1\"\n"
				 "region 0,0 9x9 done button chosen 3 \"Done\"\n");
}

TEST(quotes_and_line_ends_are_escaped)
{
	draw_clear(&d);
	draw_code(&d, (struct rect){0, 0, 1, 1}, span_of("a\"b\\c\nd"));
	assert_ok(draw_print(&d, out, sizeof(out)));
	assert_string_equal(out, "code 0,0 1x1 \"a\\\"b\\\\c\\nd\"\n");
}

TEST(a_print_too_long_for_its_place_is_refused)
{
	draw_clear(&d);
	draw_picture(&d, (struct rect){0, 0, 1, 1}, INK_TEXT, "check");
	assert_err(draw_print(&d, out, 10), ERR_FULL);
	assert_string_equal(out, "");
}

TEST(same_commands_compare_as_bytes)
{
	memset(&other, 0, sizeof(other));
	draw_clear(&d);
	for (int i = 0; i < DRAW_COMMANDS; i++)
		draw_text(&d, (struct rect){i, i, i, i}, INK_BAD, style, span_of("a guest's name"));
	draw_clear(&d);
	draw_clear(&other);
	draw_text(&d, (struct rect){0, 0, 9, 9}, INK_TEXT, style, span_of("same"));
	draw_text(&other, (struct rect){0, 0, 9, 9}, INK_TEXT, style, span_of("same"));
	assert_memory_equal(&d, &other, sizeof(d));
}

TEST(a_list_is_full_after_its_commands_and_says_so)
{
	draw_clear(&d);
	for (int i = 0; i < DRAW_COMMANDS; i++)
		draw_fill(&d, (struct rect){0, 0, 1, 1}, INK_TEXT, 0);
	assert_false(d.full);
	draw_fill(&d, (struct rect){0, 0, 1, 1}, INK_TEXT, 0);
	draw_text(&d, (struct rect){0, 0, 1, 1}, INK_TEXT, style, span_of("x"));
	draw_code(&d, (struct rect){0, 0, 1, 1}, span_of("x"));
	draw_picture(&d, (struct rect){0, 0, 1, 1}, INK_TEXT, "x");
	draw_region(&d, (struct rect){0, 0, 1, 1}, "x", REGION_TEXT, span_of("x"), REGION_READY, 1);
	assert_true(d.full);
	assert_int_equal(d.n, DRAW_COMMANDS);
}

TEST(a_text_longer_than_the_list_is_refused)
{
	static uint8_t text[DRAW_BYTES + 1];

	draw_clear(&d);
	draw_text(
		&d, (struct rect){0, 0, 1, 1}, INK_TEXT, style, (struct span){text, sizeof(text)});
	assert_true(d.full);
	assert_int_equal(d.n, 0);
}

TEST(a_region_name_too_long_is_refused)
{
	draw_clear(&d);
	draw_region(&d, (struct rect){0, 0, 1, 1}, "a-name-of-more-than-23-characters", REGION_TEXT,
		span_of(""), REGION_READY, 1);
	assert_true(d.full);
}

TEST(a_cleared_list_holds_nothing_of_the_last)
{
	draw_clear(&d);
	draw_text(&d, (struct rect){0, 0, 1, 1}, INK_TEXT, style, span_of("Lovelace"));
	draw_clear(&d);
	assert_null(memmem(&d, sizeof(d), "Lovelace", 8));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_list_prints_a_command_a_line),
	cmocka_unit_test(quotes_and_line_ends_are_escaped),
	cmocka_unit_test(a_print_too_long_for_its_place_is_refused),
	cmocka_unit_test(same_commands_compare_as_bytes),
	cmocka_unit_test(a_list_is_full_after_its_commands_and_says_so),
	cmocka_unit_test(a_text_longer_than_the_list_is_refused),
	cmocka_unit_test(a_region_name_too_long_is_refused),
	cmocka_unit_test(a_cleared_list_holds_nothing_of_the_last),
};
RUN_TESTS(tests)
