/* Two outputs of one board, and an emergency on venue screens: the real program. */
#include "test.h"

#include "kiosk_runs.h"

static void run(const char *line)
{
	int status = runs_shell(line);

	if (status != 0)
		print_error("exit %d\n%s\n", status, runs_said);
	assert_int_equal(status, 0);
}

/* A card that may say an emergency as $CARD and $PIN, and one that may not as $OTHER and $WRONG. */
#define CARDS                                                                                      \
	"A=$(grep admin event/list/staff.csv | head -1 | cut -d, -f1); "                           \
	"B=$(grep -v admin event/list/staff.csv | sed -n 2p | cut -d, -f1); "                      \
	"CARD=$($FOYER token event $A --kind staff); PIN=$($FOYER pin event $A); "                 \
	"OTHER=$($FOYER token event $B --kind staff); WRONG=$($FOYER pin event $B); "
#define SCREENS      "rm -rf screen shots; $K --mode screen --data screen --roster roster.foyer "
#define TWO          SCREENS "--screen room:sf-bayline-1 --screen lobby:sf-lobby "
#define STORY(steps) "printf '%s\n' " steps " >o.story; "

TEST(two_outputs_show_two_layouts_of_one_programme)
{
	run(STORY("'now 2025-10-06T09:30-07:00' 'expect room' 'expect text \"Trustworthy\"' "
		  "'output 2' 'expect lobby' 'shot both' 'output 1' 'expect room'") TWO
		"--languages en --story o.story --shots shots && "
		"test -s shots/both.png && test -s shots/both-2.png && "
		"! cmp -s shots/both.png shots/both-2.png");
}

/* What one shows does not depend on there being another. */
TEST(each_output_shows_what_it_would_show_alone)
{
	run(STORY("'now 2025-10-06T09:30-07:00' 'wait 20000' 'shot a'") TWO
		"--languages en,fr --story o.story --shots shots && mv shots two && " SCREENS
		"--screen room:sf-bayline-1 --languages en,fr --story o.story --shots shots && "
		"cmp shots/a.png two/a.png && " SCREENS
		"--screen lobby:sf-lobby --languages en,fr --story o.story --shots shots && "
		"cmp shots/a.png two/a-2.png; s=$?; rm -rf two; exit $s");
}

TEST(there_is_no_second_output_where_none_was_asked_for)
{
	assert_int_equal(
		runs_shell(STORY("'output 2'") SCREENS "--screen lobby:sf-lobby --story o.story"),
		1);
	assert_true(runs_said_text("o.story:1: the step cannot be done"));
	assert_int_equal(runs_shell(STORY("'output 3'") TWO "--story o.story"), 1);
	assert_true(runs_said_text("o.story:1: "));
}

TEST(an_emergency_takes_both_outputs_at_once_while_they_page_and_gives_them_back)
{
	run(CARDS
		"{ echo 'now 2025-10-06T09:30-07:00'; echo 'wait 13000'; "
		"echo \"emergency $CARD $PIN fr: Sortez par le nord | nl: Ga langs het noorden\"; "
		"echo 'expect emergency'; echo 'expect text \"Sortez par le nord\"'; "
		"echo 'expect text \"Ga langs het noorden\"'; echo 'expect text \"depuis 09:30\"'; "
		"echo 'output 2'; echo 'expect emergency'; echo 'shot emergency'; "
		"echo 'wait 60000'; echo 'expect emergency'; "
		"echo \"emergency $CARD $PIN Assemble at the fountain\"; "
		"echo 'expect text \"Assemble at the fountain\"'; "
		"echo 'expect no text \"Sortez\"'; "
		"echo \"emergency $CARD $PIN\"; echo 'expect lobby'; "
		"echo 'output 1'; echo 'expect room'; } >o.story; " TWO
		"--languages en --story o.story --shots shots && "
		"cmp shots/emergency.png shots/emergency-2.png");
}

TEST(an_emergency_takes_a_kiosk_at_rest_and_a_guest_goes_on_below_it)
{
	run(CARDS
		"{ echo \"emergency $CARD $PIN Leave by the north door\"; echo 'expect emergency'; "
		"echo \"scan $($FOYER token event p0003)\"; echo 'expect agenda'; "
		"echo 'expect text \"Leave by the north door\"'; echo 'tap done'; "
		"echo 'expect emergency'; echo \"emergency $CARD $PIN\"; echo 'expect idle'; } "
		">o.story; rm -rf screen; $K --data screen --roster roster.foyer --story o.story");
}

TEST(a_card_without_the_right_shows_nothing_anywhere)
{
	assert_int_equal(
		runs_shell(CARDS "echo \"emergency $OTHER $WRONG Free beer\" >o.story; " TWO
				 "--story o.story"),
		1);
	assert_true(runs_said_text("o.story:1: the step cannot be done"));
	assert_int_equal(
		runs_shell(CARDS "echo \"emergency $CARD 00000000 Free beer\" >o.story; " TWO
				 "--story o.story"),
		1);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(two_outputs_show_two_layouts_of_one_programme),
	cmocka_unit_test(each_output_shows_what_it_would_show_alone),
	cmocka_unit_test(there_is_no_second_output_where_none_was_asked_for),
	cmocka_unit_test(
		an_emergency_takes_both_outputs_at_once_while_they_page_and_gives_them_back),
	cmocka_unit_test(an_emergency_takes_a_kiosk_at_rest_and_a_guest_goes_on_below_it),
	cmocka_unit_test(a_card_without_the_right_shows_nothing_anywhere),
};

int main(void)
{
	return cmocka_run_group_tests(tests, runs_set_up, runs_tear_down);
}
