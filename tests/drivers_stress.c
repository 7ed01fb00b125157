/* The stress set: the same frames for everybody, and mild faults are mild. */
#include "test.h"

#include "stress.h"

#include <zbar.h>

static uint8_t frame[STRESS_WIDTH * STRESS_HEIGHT], again[sizeof(frame)];
static char text[STRESS_TEXT], text_again[STRESS_TEXT];

/* What libzbar reads in frame, a plain library and none of our chain; "" if nothing. */
static const char *read_frame(void)
{
	static char got[STRESS_TEXT];
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();
	zbar_image_t *image = zbar_image_create();
	const zbar_symbol_t *symbol = NULL;

	zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
	zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
	zbar_image_set_format(image, 0x30303859); /* "Y800" */
	zbar_image_set_size(image, STRESS_WIDTH, STRESS_HEIGHT);
	zbar_image_set_data(image, frame, sizeof(frame), NULL);
	zbar_scan_image(scanner, image);
	symbol = zbar_image_first_symbol(image);
	snprintf(got, sizeof(got), "%s", symbol == NULL ? "" : zbar_symbol_get_data(symbol));
	zbar_image_destroy(image);
	zbar_image_scanner_destroy(scanner);
	return got;
}

TEST(the_same_frame_is_drawn_twice_alike)
{
	for (unsigned axis = 0; axis < stress_axis_count; axis++) {
		stress_frame(frame, axis, stress_axes[axis].levels - 1, 3, text);
		stress_frame(again, axis, stress_axes[axis].levels - 1, 3, text_again);
		assert_string_equal(text, text_again);
		assert_memory_equal(frame, again, sizeof(frame));
	}
}

TEST(no_two_frames_hold_the_same_code)
{
	stress_frame(frame, 0, 0, 0, text);
	stress_frame(again, 0, 0, 1, text_again);
	assert_string_not_equal(text, text_again);
	assert_memory_not_equal(frame, again, sizeof(frame));
}

TEST(a_plain_decoder_reads_what_is_mild)
{
	static const char *const mild[] = {
		"clean", "blur", "motion", "lowcontrast", "rotation", "size", "jpeg", "quiet"};

	for (size_t i = 0; i < COUNT(mild); i++)
		for (uint32_t n = 0; n < 5; n++) {
			stress_frame(frame, stress_axis_named(mild[i]), 0, n, text);
			assert_string_equal(read_frame(), text);
		}
}

TEST(a_plain_decoder_reads_nothing_of_what_is_hardest)
{
	static const char *const hard[] = {"blur", "motion", "noise", "glare", "dim", "mix"};

	for (size_t i = 0; i < COUNT(hard); i++)
		for (uint32_t n = 0; n < 3; n++) {
			stress_frame(frame, stress_axis_named(hard[i]), 4, n, text);
			assert_string_equal(read_frame(), "");
		}
}

TEST(an_empty_frame_holds_nothing)
{
	for (uint32_t n = 0; n < 5; n++) {
		stress_empty(frame, n);
		assert_string_equal(read_frame(), "");
	}
}

TEST(a_film_begins_without_a_code_and_ends_with_it)
{
	bool seen = false;

	assert_false(stress_film(frame, 2, 0, text));
	assert_string_equal(read_frame(), "");
	for (unsigned at = 1; at < 30; at++) {
		bool whole = stress_film(frame, 2, at, text_again);

		assert_string_equal(text, text_again);
		assert_true(whole || !seen);
		seen = whole;
	}
	assert_true(seen);
	assert_string_equal(read_frame(), text);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(the_same_frame_is_drawn_twice_alike),
	cmocka_unit_test(no_two_frames_hold_the_same_code),
	cmocka_unit_test(a_plain_decoder_reads_what_is_mild),
	cmocka_unit_test(a_plain_decoder_reads_nothing_of_what_is_hardest),
	cmocka_unit_test(an_empty_frame_holds_nothing),
	cmocka_unit_test(a_film_begins_without_a_code_and_ends_with_it),
};

RUN_TESTS(tests)
