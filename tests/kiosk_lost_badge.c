/* A lost badge, on real boards with real agents that hear each other and no hub: printed at one kiosk,
 * replaced at the desk, red at another kiosk and at the door; and on a board that hears nobody, after a
 * code of the organiser was shown to it. In a network namespace of its own, with nothing but loopback. */
#include "test.h"

#include "kiosk_runs.h"
#include "own_network.h"
#include "token.h"

#include <unistd.h>

/* $F, the forged code, is badge 2 with one bit of its secret turned. */
static char forged[TOKEN_TEXT + 1];

/* The guest is booked for the opening: $I her invitation, $B1 and $B2 her badges. Boards 1 and 2 are
 * kiosks, 3 is the desk, 4 the door, 5 a kiosk that hears nobody. All end with the shell. */
static const char prelude[] =
	"set -u; A=$(dirname $K)/foyer-agent; P=; trap 'kill $P; wait' EXIT\n"
	"await() { for i in $(seq 200); do grep -qs \"$2\" $1 && return 0; sleep 0.1; done; cat "
	"$1; exit 9; }\n"
	"hub() { $FOYER serve event --listen 127.0.0.1:0 >hub.log 2>&1 & H=$!; await hub.log "
	"ready; U=$(grep -o 'http://[0-9.:]*' hub.log); }\n"
	"joined() { $FOYER enrol event \"Board $1\" --address $U --unattended 2>/dev/null | $A "
	"--data b$1 --peers off --enrol - --once >/dev/null 2>&1 || exit 8; }\n"
	"board() { $A --data b$1 --peers $2 >b$1.log 2>&1 & P=\"$P $!\"; }\n"
	"play() { n=$1; shift; cat >b$n.story; timeout 120 $K --data b$n --printer "
	"file:b$n.bin --language en --now 2025-10-06T08:10-07:00 --story b$n.story \"$@\"; }\n"
	"kiosk() { play $1 --codes demo-codes; }\n"
	"desk() { play 3 --mode desk --codes demo-codes; }\n"
	"door() { play 4 --mode door --codes door-codes --place sf-ballroom; }\n"
	"until_it_does() { for i in $(seq 60); do \"$@\" <again 2>last && return 0; done; cat "
	"last; "
	"exit 7; }\n"
	"I=$(sed -n 6p door-codes | cut -d' ' -f1); B1=$(sed -n 1p door-codes | cut -d' ' -f1)\n"
	"B2=$(cat badge-2)\n";

static void run(const char *lines)
{
	static char all[8000];

	snprintf(all, sizeof(all), "export K FOYER F=%s; bash /dev/fd/3 3<<'END'\n%s%s\nEND",
		forged, prelude, lines);
	int status = runs_shell(all);
	if (status != 0)
		print_error("exit %d\n%s\n", status, runs_said);
	assert_int_equal(status, 0);
}

/* What it says of the time holds the start of a kiosk too. */
TEST(a_badge_replaced_at_the_desk_is_red_everywhere_and_the_new_one_is_not)
{
	UNUSED(state);
	own_network_need();
	run("hub; for i in 1 2 3 4 5; do joined $i; done; kill $H; wait $H\n"
	    "for i in 1 2 3 4; do board $i 239.255.70.91; done\n"
	    "kiosk 1 <<-S || exit 11\n"
	    "scan $I\nexpect agenda\ntap print-badge\ntap yes\nexpect printed 1\nS\n"
	    "printf '%s\\n' \"scan $B1\" 'expect agenda' | kiosk 2 || exit 12\n"
	    /* The desk has heard that badge 1 is printed. */
	    "printf '%s\\n' 'key f8' 'pin 37560152' 'expect desk' \"scan $I\" 'expect "
	    "desk-person' 'tap badge' 'expect text \"Choose why.\"' 'tap lost' 'expect printed "
	    "1' >again\n"
	    "until_it_does desk; T=$(date +%s%3N)\n"
	    "printf '%s\\n' \"scan $B1\" 'expect text \"This code was replaced by a newer one\"' "
	    ">again\n"
	    "until_it_does kiosk 2; echo \"red after $(($(date +%s%3N) - T)) ms\"\n"
	    "printf '%s\\n' 'key f7' 'pin 31772754' 'tap choose-0' \"scan $B1\" 'expect text "
	    "\"This badge was replaced\"' >again; until_it_does door\n"
	    "kiosk 2 <<-S || exit 13\n"
	    "scan $B2\nexpect agenda\nscan $F\nexpect trouble\nexpect text \"registered\"\nS\n"
	    "door <<-S || exit 14\n"
	    "key f7\npin 31772754\ntap choose-0\nscan $B2\nexpect door-answer\n"
	    "expect no text \"This badge was replaced\"\nexpect text \"inside\"\n"
	    "scan $F\nexpect no text \"Enter\"\nexpect text \"This code\"\nS\n");
	const char *took = strstr(runs_said, "red after");
	print_message("%.*s, a kiosk's start in it\n", took ? (int)strcspn(took, "\n") : 0,
		took ? took : "");
}

TEST(on_a_board_that_hears_nobody_it_is_red_after_the_organisers_code)
{
	UNUSED(state);
	own_network_need();
	run("board 5 off; await b5/status 'enrolled 1'\n"
	    "C=$($FOYER revoke event $(cat guest) --kind badge --code 2>/dev/null)\n"
	    "kiosk 5 <<-S || exit 11\n"
	    "scan $B1\nexpect agenda\nscan $C\nexpect text \"This code was accepted\"\ntap done\n"
	    "scan $B1\nexpect trouble\nS\n"
	    "printf '%s\\n' \"scan $B1\" 'expect trouble' 'expect text \"replaced\"' >again\n"
	    "until_it_does kiosk 5\n"
	    "kiosk 5 <<-S || exit 12\n"
	    "scan $B2\nexpect agenda\nscan $F\nexpect trouble\nS");
}

/* The desk's card has the right protocol (tests/stories/desk_protected.story). Codes in this family are
 * named nowhere: $I is her invitation. */
TEST(a_protected_guest_is_named_on_no_glass_but_the_protocols_desk_hears_of_her)
{
	UNUSED(state);
	own_network_need();
	run("I=$(sed -n 6p demo-codes | cut -d' ' -f1); for i in 1 2 3; do board $i 239.255.70.92; "
	    "done\n"
	    "play 3 --mode desk --shots shots >desk.log 2>&1 <<-S & D=$!\n"
	    "scan ZQM10C0V0GDYYR46C08DKVHCPDXW07127RY1\npin 09535741\nexpect desk\n"
	    "shot unlocked\nexpect text \"Lecoqueux\"\n"
	    "expect text \"is on the way to the protocol desk\"\nS\n"
	    "for i in $(seq 200); do [ -s shots/unlocked.png ] && break; sleep 0.1; done\n"
	    "kiosk 1 <<-S || exit 11\n"
	    "scan $I\nexpect trouble\nexpect no text \"Lecoqueux\"\nexpect no text "
	    "\"Raphaëlle\"\nexpect text \"protocol\"\nexpect printed 0\nS\n"
	    "wait $D || { cat desk.log; exit 12; }\n"
	    "printf '%s\\n' \"scan $I\" 'expect trouble' 'expect no text \"Lecoqueux\"' | kiosk 2");
}

static void forge(void)
{
	struct token t;

	if (runs_shell("cat badge-2") == 0 && token_read(&t, span_of(runs_said)) == OK) {
		t.secret[5] ^= 0x10;
		token_text(&t, forged);
	}
}

static int set_up(void **state)
{
	char top[1024], line[2048];

	own_network_leave();
	if (!getcwd(top, sizeof(top)) || runs_set_up(state) != 0)
		return -1;
	snprintf(line, sizeof(line),
		"cp roster.foyer event; %s/tests/door_codes $FOYER event >door-codes; "
		"a=$(awk -F, '/sf-ballroom/ { print $1; exit }' event/list/activities.csv); awk "
		"-F, "
		"-v a=$a '$2 == a && $3 == \"confirmed\" { print $1; exit }' "
		"event/list/bookings.csv >guest; $FOYER token event $(cat guest) --kind badge "
		"--issue 2 2>/dev/null >badge-2",
		top);
	int status = runs_shell(line);
	forge();
	return status != 0 || forged[0] == '\0' ? -1 : 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_badge_replaced_at_the_desk_is_red_everywhere_and_the_new_one_is_not),
	cmocka_unit_test(
		a_protected_guest_is_named_on_no_glass_but_the_protocols_desk_hears_of_her),
	cmocka_unit_test(on_a_board_that_hears_nobody_it_is_red_after_the_organisers_code),
};

int main(void)
{
	return cmocka_run_group_tests(tests, set_up, runs_tear_down);
}
