/* The real program as a venue screen. */
#include "test.h"

#include "kiosk_runs.h"

static void run(const char *line)
{
	int status = runs_shell(line);

	if (status != 0)
		print_error("exit %d\n%s\n", status, runs_said);
	assert_int_equal(status, 0);
}

#define SCREEN "rm -rf screen; $K --mode screen --data screen --size 1920x1080 "

TEST(a_morning_in_the_lobby)
{
	UNUSED(state);
	run(SCREEN "--roster roster.foyer --screen lobby:sf-lobby --languages fr,nl --story "
		   "$STORIES/venue_lobby.story");
}

TEST(a_day_in_front_of_a_room)
{
	UNUSED(state);
	run(SCREEN "--roster roster.foyer --place sf-bayline-1 --languages en --story "
		   "$STORIES/venue_room.story");
}

TEST(coaches_say_when_they_board_and_leave)
{
	UNUSED(state);
	run("printf 'now 2025-10-06T18:24-07:00\\nexpect transfers\\nexpect text "
	    "\"18:40\"\\nexpect "
	    "text \"Cultural evening\"\\nexpect text \"Coaches 2-6\"\\nexpect no text "
	    "\"Boarding\"\\nwait 60000\\nexpect text \"Boarding\"\\nwait 900000\\nexpect text "
	    "\"Left\"\\nwait 900000\\nexpect no text \"Cultural evening\"\\n' >t.story; " SCREEN
	    "--roster roster.foyer --screen transfers:sf-lobby --languages en --story t.story");
}

TEST(a_screen_without_a_roster_waits_for_one)
{
	UNUSED(state);
	run("printf 'expect room\\nexpect text \"There is no programme on this screen "
	    "yet.\"\\nroster roster.foyer\\nnow 2025-10-06T09:00-07:00\\nexpect room\\nexpect text "
	    "\"Trustworthy\"\\n' >n.story; " SCREEN "--roster missing.foyer --screen "
	    "room:sf-bayline-1 --languages en --story n.story");
}

TEST(a_room_that_nobody_knows_says_so)
{
	UNUSED(state);
	run("printf 'expect room\\nexpect text \"The programme says nothing about this place\"\\n' "
	    ">u.story; " SCREEN "--roster roster.foyer --screen room:cellar --languages en "
	    "--story u.story");
	assert_non_null(strstr(runs_said, "this roster has no place cellar"));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_morning_in_the_lobby),
	cmocka_unit_test(a_day_in_front_of_a_room),
	cmocka_unit_test(coaches_say_when_they_board_and_leave),
	cmocka_unit_test(a_screen_without_a_roster_waits_for_one),
	cmocka_unit_test(a_room_that_nobody_knows_says_so),
};

int main(void)
{
	return cmocka_run_group_tests(tests, runs_set_up, runs_tear_down);
}
