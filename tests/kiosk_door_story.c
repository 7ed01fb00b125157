/* The real kiosk at a door: a morning of it, four languages, no roster, and a badge replaced elsewhere. */
#include "test.h"

#include "kiosk_runs.h"

#include <unistd.h>

static void run(const char *line)
{
	int status = runs_shell(line);

	if (status != 0)
		print_error("exit %d\n%s\n", status, runs_said);
	assert_int_equal(status, 0);
	/* Neither code nor name nor PIN. */
	assert_false(runs_said_text("ZQM1"));
	assert_false(runs_said_text("31772754"));
}

#define DOOR "rm -rf door; $K --mode door --data door --codes door-codes --shots shots "

TEST(a_morning_at_a_door)
{
	UNUSED(state);
	run(DOOR "--roster roster.foyer --place sf-ballroom --story $STORIES/door.story");
	assert_int_equal(runs_events("door", "kind = 17"), 2);
	assert_int_equal(runs_events("door", "kind = 12"), 4);
	assert_int_equal(runs_events("door", "kind = 9"), 5);
	assert_int_equal(runs_events("door", "kind = 10"), 3);
	assert_int_equal(
		runs_events("door", "kind IN (9, 10, 17) AND activity <> (SELECT min(activity) "
				    "FROM event WHERE kind = 9)"),
		0);
}

TEST(a_door_speaks_the_language_its_board_begins_in)
{
	static const char *const languages[] = {"de", "fr", "nl", "en"};
	char line[256];

	UNUSED(state);
	for (size_t i = 0; i < COUNT(languages); i++) {
		snprintf(line, sizeof(line),
			DOOR "--roster roster.foyer --place sf-ballroom --language %s --story "
			     "$STORIES/door_screens_%s.story",
			languages[i], languages[i]);
		run(line);
	}
}

TEST(without_a_place_a_door_chooses_from_every_city)
{
	UNUSED(state);
	run("printf 'now 2025-10-06T08:10-07:00\\nkey f7\\npin 31772754\\nexpect "
	    "door-choose\\nexpect no text \"Whatever comes next here\"\\nexpect text \"Opening "
	    "session\"\\n' >p.story; " DOOR "--roster roster.foyer --story p.story");
}

TEST(a_door_without_a_roster_says_so)
{
	UNUSED(state);
	run("printf 'expect trouble\\nkey f1\\nexpect trouble\\nroster roster.foyer\\nexpect "
	    "door\\n' >n.story; " DOOR "--roster missing.foyer --story n.story");
}

static int set_up(void **state)
{
	char top[1024], line[1200];

	if (!getcwd(top, sizeof(top)) || runs_set_up(state) != 0)
		return -1;
	snprintf(line, sizeof(line), "%s/tests/door_codes $FOYER event >door-codes", top);
	return runs_shell(line);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_morning_at_a_door),
	cmocka_unit_test(a_door_speaks_the_language_its_board_begins_in),
	cmocka_unit_test(without_a_place_a_door_chooses_from_every_city),
	cmocka_unit_test(a_door_without_a_roster_says_so),
};

int main(void)
{
	return cmocka_run_group_tests(tests, set_up, runs_tear_down);
}
