/* An emergency on real boards with real agents: from the hub to a board that hears it, and on to one that hears
 * only its neighbour; and from a desk with an administrator's card, where there is no hub. In a network namespace
 * of its own, with nothing but loopback. */
#include "test.h"

#include "kiosk_runs.h"
#include "own_network.h"

#include <unistd.h>

/* Boards 1 and 2 are venue screens, 3 is a desk. A screen's story waits for nobody but the emergency: it makes
 * a picture when it has come so far, which the shell waits for. All end with the shell. */
static const char prelude[] =
	"set -u; A=$(dirname $K)/foyer-agent; P=; trap 'kill $P 2>/dev/null; wait' EXIT\n"
	"rm -rf b1 b2 b3 b*.shots event/hub.db*; cp roster.foyer event\n"
	"await() { for i in $(seq 400); do grep -qs \"$2\" $1 && return 0; sleep 0.05; done; cat "
	"$1; exit 9; }\n"
	"shown() { for i in $(seq 400); do [ -s b$1.shots/$2.png ] && return 0; sleep 0.01; done; "
	"sleep 16; [ -s b$1.shots/$2.png ] && return 0; cat b$1.log s$1.log; exit 7; }\n"
	"hub() { $FOYER serve event --listen 127.0.0.1:0 >hub.log 2>&1 & H=$!; P=\"$P $H\"; await "
	"hub.log ready; U=$(grep -o 'http://[0-9.:]*' hub.log); }\n"
	"joined() { $FOYER enrol event \"Board $1\" --address $U --unattended 2>/dev/null | $A "
	"--data b$1 --peers off --enrol - --once >/dev/null 2>&1 || exit 8; }\n"
	"board() { $A --data b$1 --peers 239.255.70.$2 >b$1.log 2>&1 & P=\"$P $!\"; await "
	"b$1/status 'enrolled 1'; }\n"
	"screen() { printf '%s\\n' 'expect lobby' 'shot before' 'expect emergency' \"expect text "
	"\\\"$2\\\"\" 'shot alarm' 'expect lobby' 'shot after' >s$1.story; timeout 120 $K --mode "
	"screen --data b$1 --screen lobby:sf-lobby --now 2025-10-06T09:30-07:00 --story s$1.story "
	"--shots b$1.shots >s$1.log 2>&1 & S=\"$S $!\"; shown $1 before; }\n"
	"desk() { cat >desk.story; timeout 120 $K --mode desk --data b3 --now "
	"2025-10-06T09:30-07:00 --story desk.story --shots b3.shots; }\n"
	"now() { date +%s%3N; }\n"
	"S=\n";

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

static void tell_times(void)
{
	for (const char *at = runs_said; (at = strstr(at, "took ")) != NULL; at++)
		print_message("  %.*s\n", (int)strcspn(at, "\n"), at);
}

TEST(the_hubs_words_are_on_a_screen_that_hears_it_and_on_one_that_hears_its_neighbour)
{
	own_network_need();
	run("hub; joined 1; joined 2; : >b2/hubs; board 1 93; board 2 93; await b1/status 'online "
	    "1'\n"
	    "screen 1 'Porte nord'; screen 2 'Noorddeur'\n"
	    "T=$(now); $FOYER emergency event --fr 'Porte nord' --nl Noorddeur 2>/dev/null || exit "
	    "11\n"
	    "shown 1 alarm; echo \"took $(($(now) - T)) ms from the hub to its board's glass\"\n"
	    "shown 2 alarm; echo \"took $(($(now) - T)) ms to the glass of a board beside it\"\n"
	    "T=$(now); $FOYER emergency event --end 2>/dev/null || exit 12\n"
	    "shown 1 after; shown 2 after; echo \"took $(($(now) - T)) ms until both were back\"\n"
	    "for s in $S; do wait $s || { cat s1.log s2.log; exit 13; }; done\n"
	    "grep -q 'online 0' b2/status");
	tell_times();
}

TEST(a_desks_words_are_on_its_neighbours_without_a_hub)
{
	own_network_need();
	run("hub; joined 1; joined 2; joined 3; kill $H; wait $H\n"
	    "for i in 1 2 3; do board $i 94; done; screen 1 'Sortez'; screen 2 'Sortez'\n"
	    "C=$($FOYER token event p0117 --kind staff); PIN=$($FOYER pin event p0117)\n"
	    "desk <<-S || exit 11\n"
	    "scan $C\npin $PIN\nexpect desk\ntap emergency\nexpect desk-emergency\n"
	    "tap text-fr\ntype Sortez\ntap show\ntap yes\nexpect desk\nexpect text \"Sortez\"\n"
	    "shot said\ntap today\nexpect text \"Emergency message\"\nS\n"
	    "shown 1 alarm; shown 2 alarm; T=$(date -r b3.shots/said.png +%s%3N)\n"
	    "T1=$(date -r b1.shots/alarm.png +%s%3N); T2=$(date -r b2.shots/alarm.png +%s%3N)\n"
	    "echo \"took $((T1 - T)) and $((T2 - T)) ms from the desk's glass to two screens'\"\n"
	    "desk <<-S || exit 12\n"
	    "expect text \"Sortez\"\nscan $C\npin $PIN\nexpect desk\ntap emergency\n"
	    "tap end\ntap yes\nexpect desk\nexpect no text \"Sortez\"\nS\n"
	    "shown 1 after; shown 2 after\n"
	    "for s in $S; do wait $s || { cat s1.log s2.log; exit 13; }; done");
	tell_times();
}

static int set_up(void **state)
{
	own_network_leave();
	return runs_set_up(state);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(
		the_hubs_words_are_on_a_screen_that_hears_it_and_on_one_that_hears_its_neighbour),
	cmocka_unit_test(a_desks_words_are_on_its_neighbours_without_a_hub),
};

int main(void)
{
	return cmocka_run_group_tests(tests, set_up, runs_tear_down);
}
