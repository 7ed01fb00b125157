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

TEST(a_mode_is_one_of_four)
{
	UNUSED(state);
	assert_ok(READ("--roster", "r", "--mode", "kiosk"));
	assert_ok(READ("--roster", "r", "--mode", "desk"));
	assert_ok(READ("--roster", "r", "--mode", "door"));
	assert_ok(READ("--roster", "r", "--mode", "screen"));
	assert_err(READ("--roster", "r", "--mode", "x"), ERR_FORMAT);
}

#define SCREEN "--roster", "r", "--mode", "screen"

TEST(a_screen_shows_what_its_place_is_unless_told)
{
	UNUSED(state);
	assert_ok(READ(SCREEN, "--place", "hall"));
	assert_int_equal(o.screen_n, 1);
	assert_int_equal(o.screens[0].layout, VENUE_BY_PLACE);
	assert_string_equal(o.screens[0].place, "hall");
	assert_int_equal(o.screens[0].language_n, LANGUAGES);
}

TEST(two_outputs_show_two_layouts)
{
	UNUSED(state);
	assert_ok(READ(SCREEN, "--screen", "room:hall", "--screen=transfers", "--place", "lobby",
		"--languages", "nl,fr"));
	assert_int_equal(o.screen_n, 2);
	assert_int_equal(o.screens[0].layout, VENUE_ROOM);
	assert_string_equal(o.screens[0].place, "hall");
	assert_int_equal(o.screens[1].layout, VENUE_TRANSFERS);
	assert_string_equal(o.screens[1].place, "lobby");
	assert_int_equal(o.screens[1].language_n, 2);
	assert_int_equal(o.screens[1].languages[0], LANGUAGE_NL);
	assert_int_equal(o.screens[1].languages[1], LANGUAGE_FR);
}

TEST(what_no_screen_can_be_is_wrong_use)
{
	UNUSED(state);
	assert_err(READ(SCREEN, "--screen", "hall"), ERR_FORMAT);
	assert_err(READ(SCREEN, "--screen", ""), ERR_FORMAT);
	assert_err(READ(SCREEN, "--screen", ":hall"), ERR_FORMAT);
	assert_err(READ(SCREEN, "--screen", "lobby:"), ERR_FORMAT);
	assert_err(READ(SCREEN, "--screen", "room"), ERR_FORMAT);
	assert_ok(READ(SCREEN, "--screen", "room", "--place", "hall"));
	assert_err(READ(SCREEN, "--screen", "lobby", "--screen", "lobby", "--screen", "lobby"),
		ERR_FORMAT);
	assert_err(READ("--roster", "r", "--screen", "lobby"), ERR_FORMAT);
	assert_err(READ("--roster", "r", "--languages", "fr"), ERR_FORMAT);
	assert_err(READ(SCREEN, "--languages", ""), ERR_FORMAT);
	assert_err(READ(SCREEN, "--languages", "fr,"), ERR_FORMAT);
	assert_err(READ(SCREEN, "--languages", "fr,fr"), ERR_FORMAT);
	assert_err(READ(SCREEN, "--languages", "fr,es"), ERR_FORMAT);
	assert_err(READ(SCREEN, "--scanner", "stdin:"), ERR_FORMAT);
	assert_err(READ(SCREEN, "--printer", "usb:"), ERR_FORMAT);
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
	cmocka_unit_test(a_mode_is_one_of_four),
	cmocka_unit_test(a_screen_shows_what_its_place_is_unless_told),
	cmocka_unit_test(two_outputs_show_two_layouts),
	cmocka_unit_test(what_no_screen_can_be_is_wrong_use),
	cmocka_unit_test(a_board_begins_in_one_of_four_languages),
	cmocka_unit_test(unknown_options_and_missing_values_are_wrong_use),
	cmocka_unit_test(sizes_have_two_numbers_within_bounds),
	cmocka_unit_test(a_badge_is_asked_for_with_a_file_and_without_a_story),
	cmocka_unit_test(help_wants_nothing_else),
	cmocka_unit_test(instants_are_read_with_their_offset),
	cmocka_unit_test(instants_that_do_not_exist_are_refused),
};
RUN_TESTS(tests)
