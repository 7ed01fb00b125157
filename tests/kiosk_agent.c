/* A kiosk beside a real agent and a real hub: boards are taken in, hear of each other, take codes. */
#include "test.h"

#include "kiosk_runs.h"

/* Hub and agents end with the shell, however it ends. board N runs the agent of that board, await NAME
 * TEXT waits for a line in a log, kiosk N STORY plays the steps on standard input. */
static const char prelude[] =
	"set -u; A=$(dirname $K)/foyer-agent; P=; trap 'kill $P; wait' EXIT; rm -rf b1 b2 hub* "
	"event/hub.db*; cp roster.foyer event\n"
	"await() { for i in $(seq 200); do grep -qs \"$2\" $1 && return 0; sleep 0.1; done; cat "
	"$1; "
	"exit 9; }\n"
	"hub() { $FOYER serve event --listen 127.0.0.1:${1:-0} >hub.log 2>&1 & H=$!; P=\"$P $H\"; "
	"await hub.log ready; U=$(grep -o 'http://[0-9.:]*' hub.log); }\n"
	"board() { $A --data b$1 --peers off >b$1.log 2>&1 & P=\"$P $!\"; await b$1/status "
	"enrolled; "
	"}\n"
	"kiosk() { cat >b$1.story; timeout 120 $K --data b$1 --printer file:b$1.bin --codes "
	"demo-codes --now 2025-10-06T08:40-07:00 --story b$1.story \"${@:2}\"; }\n"
	"code() { $FOYER enrol event \"Lobby $1\" --address $U --unattended 2>/dev/null; }\n"
	"joined() { code $1 | $A --data b$1 --peers off --enrol - --once >/dev/null 2>&1 || exit "
	"8; "
	"board $1; }\n";

static void run(const char *lines)
{
	static char all[8000];

	snprintf(all, sizeof(all), "export K FOYER; bash /dev/fd/3 3<<'END'\n%s%s\nEND", prelude,
		lines);
	int status = runs_shell(all);
	if (status != 0)
		print_error("exit %d\n%s\n", status, runs_said);
	assert_int_equal(status, 0);
}

TEST(a_new_board_is_taken_in_by_showing_it_a_code)
{
	UNUSED(state);
	run("hub; board 1\n"
	    "{ echo 'expect text \"This kiosk has no guest list yet\"'; echo scan $(code 1)\n"
	    "  echo 'expect text \"Its name is Lobby 1.\"'; echo tap done; echo expect idle\n"
	    "  echo network on; echo key f1; echo expect agenda; echo undelivered 0; } | kiosk 1");
}

TEST(the_words_stand_on_the_screen_until_the_organiser_confirms_them)
{
	UNUSED(state);
	run("hub; board 1; C=$($FOYER enrol event Door --address $U 2>/dev/null)\n"
	    "{ echo scan $C; echo 'expect text \"compare these four words\"'\n"
	    "  echo 'expect text \"Its name is Door.\"'; } | kiosk 1 & K1=$!\n"
	    "await b1/status 'words .'; W=$($FOYER enrol event Door 2>/dev/null)\n"
	    "grep -qx \"words $W\" b1/status || exit 7\n"
	    "$FOYER enrol event Door --confirm \"$W\" 2>/dev/null || exit 6\n"
	    "wait $K1");
}

TEST(a_badge_printed_at_one_kiosk_is_known_at_the_other)
{
	UNUSED(state);
	run("hub; joined 1; joined 2\n"
	    "kiosk 1 <<-S || exit 1\n"
	    "key f1\nexpect agenda\ntap print-badge\ntap yes\nexpect printed 1\nundelivered 0\nS\n"
	    "for i in $(seq 100); do kiosk 2 <<-S && exit 0\n"
	    "key f1\nexpect agenda\ntap language-en\ntap print-badge\n"
	    "expect text \"Your badge is already printed\"\nS\n"
	    "done; exit 1");
}

TEST(without_a_hub_events_wait_and_are_delivered_when_it_is_back)
{
	UNUSED(state);
	run("hub; joined 1; kill $H; wait $H\n"
	    "kiosk 1 <<-S || exit 1\n"
	    "network off\nkey f1\nexpect agenda\ntap done\nundelivered 1\n"
	    "expect text \"1 événement à transmettre\"\nS\n"
	    "rm b1/network-off; hub ${U##*:}\n"
	    "kiosk 1 <<-S\nnetwork on\nundelivered 0\nexpect text \"En ligne\"\nS");
}

TEST(signed_codes_are_judged_by_the_real_agent)
{
	UNUSED(state);
	/* A lease is worth something only if it is newer than the hub's last word. */
	run("hub; joined 1; await b1.log online; F=$($FOYER lease another 2>/dev/null)\n"
	    "{ echo network off; echo scan $F\n"
	    "  echo 'expect text \"This code is for another event\"'; echo scan $(code 3)\n"
	    "  echo 'expect text \"This kiosk is already enrolled\"'; } | kiosk 1 || exit 1\n"
	    "while [ $(date +%s) -le $(sed -n 's/^fresh //p' b1/status) ]; do sleep 0.1; done\n"
	    "L=$($FOYER lease event 2>/dev/null)\n"
	    "{ echo scan $L; echo 'expect text \"This code was accepted\"'\n"
	    "  echo scan $L; echo 'expect text \"This code is too old\"'; } | kiosk 1");
}

TEST(a_badge_replaced_at_a_desk_is_red_at_a_door)
{
	UNUSED(state);
	/* 07 and 08 of demo-codes: the first guest's badge, and a card with every right. */
	run("hub; joined 1; joined 2; PIN=$($FOYER pin event p0117 2>/dev/null)\n"
	    "door() { { echo key f8; echo pin $PIN; echo expect door-choose; echo tap choose-0\n"
	    "  echo expect door; echo key f7; echo expect door-answer; cat; } | kiosk 2 --mode "
	    "door --place sf-ballroom; }\n"
	    "echo 'expect text \"No booking, but there are free places\"' | door || exit 1\n"
	    "printf 'key f1\\nexpect agenda\\ntap print-badge\\ntap yes\\nexpect printed 1\\n' | "
	    "kiosk 1 || exit 4\n"
	    "{ echo key f8; echo pin $PIN; echo expect desk; echo key f7; echo expect "
	    "desk-person\n"
	    "  echo tap badge; echo expect desk-badge; echo tap lost; echo expect printed 1\n"
	    "  echo undelivered 0; } | kiosk 1 --mode desk || exit 2\n"
	    "for i in $(seq 100); do echo 'expect text \"This badge was replaced\"' | door && "
	    "exit 0; done; exit 3");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_new_board_is_taken_in_by_showing_it_a_code),
	cmocka_unit_test(the_words_stand_on_the_screen_until_the_organiser_confirms_them),
	cmocka_unit_test(a_badge_printed_at_one_kiosk_is_known_at_the_other),
	cmocka_unit_test(without_a_hub_events_wait_and_are_delivered_when_it_is_back),
	cmocka_unit_test(signed_codes_are_judged_by_the_real_agent),
	cmocka_unit_test(a_badge_replaced_at_a_desk_is_red_at_a_door),
};

int main(void)
{
	return cmocka_run_group_tests(tests, runs_set_up, runs_tear_down);
}
