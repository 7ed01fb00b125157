/* The command line of foyer-kiosk. */
#include "test.h"

#include "options.h"

static struct options o;

#define READ(...) read_line((const char *const[]){"foyer-kiosk", __VA_ARGS__, NULL})
static enum err read_line(const char *const *argv)
{
	int n = 0;

	while (argv[n])
		n++;
	return options_read(&o, n, argv);
}

TEST(a_kiosk_wants_a_roster_or_a_folder)
{
	UNUSED(state);
	assert_err(READ("--window"), ERR_FORMAT);
	assert_ok(READ("--data", "d"));
	assert_string_equal(o.data, "d");
	assert_int_equal(o.width, 1280);
	assert_int_equal(o.height, 800);
	assert_ok(READ("--roster=m.foyer"));
	assert_string_equal(o.roster, "m.foyer");
}

TEST(modes_of_later_versions_are_wrong_use)
{
	UNUSED(state);
	assert_ok(READ("--roster", "r", "--mode", "kiosk"));
	assert_ok(READ("--roster", "r", "--mode", "desk"));
	assert_ok(READ("--roster", "r", "--mode", "door"));
	assert_err(READ("--roster", "r", "--mode", "screen"), ERR_FORMAT);
	assert_err(READ("--roster", "r", "--mode", "x"), ERR_FORMAT);
}

TEST(a_board_begins_in_one_of_four_languages)
{
	UNUSED(state);
	assert_ok(READ("--roster", "r"));
	assert_int_equal(o.language, LANGUAGE_EN);
	assert_ok(READ("--roster", "r", "--language", "fr"));
	assert_int_equal(o.language, LANGUAGE_FR);
	assert_err(READ("--roster", "r", "--language", "it"), ERR_FORMAT);
	assert_err(READ("--roster", "r", "--language="), ERR_FORMAT);
}

TEST(unknown_options_and_missing_values_are_wrong_use)
{
	UNUSED(state);
	assert_err(READ("--roster"), ERR_FORMAT);
	assert_err(READ("--rooster", "r"), ERR_FORMAT);
	assert_err(READ("r"), ERR_FORMAT);
	assert_err(READ("--roster", "r", "--window=yes"), ERR_FORMAT);
}

TEST(sizes_have_two_numbers_within_bounds)
{
	UNUSED(state);
	assert_ok(READ("--roster", "r", "--size", "800x480"));
	assert_int_equal(o.width, 800);
	assert_int_equal(o.height, 480);
	assert_err(READ("--roster", "r", "--size", "800"), ERR_FORMAT);
	assert_err(READ("--roster", "r", "--size", "800x480x"), ERR_FORMAT);
	assert_err(READ("--roster", "r", "--size", "8x4"), ERR_FORMAT);
	assert_err(READ("--roster", "r", "--size", "99999x480"), ERR_FORMAT);
}

TEST(a_badge_is_asked_for_with_a_file_and_without_a_story)
{
	UNUSED(state);
	assert_ok(READ("--roster", "r", "--badge", "-", "-o", "b.png"));
	assert_string_equal(o.badge, "-");
	assert_err(READ("--roster", "r", "--badge", "-"), ERR_FORMAT);
	assert_err(READ("--roster", "r", "-o", "b.png"), ERR_FORMAT);
	assert_err(READ("--roster", "r", "--badge", "-", "--slip", "-", "-o", "b"), ERR_FORMAT);
	assert_err(READ("--roster", "r", "--badge", "-", "-o", "b", "--story", "s"), ERR_FORMAT);
	assert_err(READ("--roster", "r", "--shots", "d"), ERR_FORMAT);
}

TEST(help_wants_nothing_else)
{
	UNUSED(state);
	assert_ok(READ("--help"));
	assert_true(o.help);
}

TEST(instants_are_read_with_their_offset)
{
	UNUSED(state);
	int64_t ms;
	int zone;

	assert_ok(options_read_instant("2025-10-06T08:40-07:00", &ms, &zone));
	assert_true(ms == 1759765200000);
	assert_int_equal(zone, -420);
	assert_ok(options_read_instant("1970-01-01T00:00:01Z", &ms, NULL));
	assert_true(ms == 1000);
	assert_ok(options_read_instant("2024-02-29T00:00", &ms, &zone));
	assert_true(ms == 1709164800000);
}

TEST(instants_that_do_not_exist_are_refused)
{
	static const char *const bad[] = {"", "2025-10-06", "2025-10-06 08:40", "2025-02-29T00:00Z",
		"2025-13-01T00:00Z", "2025-10-06T24:00Z", "2025-10-06T08:60Z", "2025-10-06T08:40+7",
		"2025-10-06T08:40-07:00x", "2025-10-06T08:40:61Z", "2025-10-6T08:40Z"};
	int64_t ms;

	UNUSED(state);
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_err(options_read_instant(bad[i], &ms, NULL), ERR_FORMAT);
	assert_err(READ("--roster", "r", "--now", "noon"), ERR_FORMAT);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_kiosk_wants_a_roster_or_a_folder),
	cmocka_unit_test(modes_of_later_versions_are_wrong_use),
	cmocka_unit_test(a_board_begins_in_one_of_four_languages),
	cmocka_unit_test(unknown_options_and_missing_values_are_wrong_use),
	cmocka_unit_test(sizes_have_two_numbers_within_bounds),
	cmocka_unit_test(a_badge_is_asked_for_with_a_file_and_without_a_story),
	cmocka_unit_test(help_wants_nothing_else),
	cmocka_unit_test(instants_are_read_with_their_offset),
	cmocka_unit_test(instants_that_do_not_exist_are_refused),
};
RUN_TESTS(tests)
