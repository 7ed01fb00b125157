/* The program foyer-kiosk as a technician meets it: exit status, words, files. */
#include "test.h"

#include "bitmap.h"
#include "kiosk_runs.h"

#include <unistd.h>

static int badge(const char *arguments)
{
	char line[512];

	snprintf(line, sizeof(line), "$K --roster roster.foyer %s", arguments);
	return runs_shell(line);
}

TEST(help_is_on_standard_output_and_wrong_use_is_2)
{
	UNUSED(state);
	assert_int_equal(runs_shell("$K --help 2>/dev/null"), 0);
	assert_true(runs_said_text("usage: foyer-kiosk"));
	assert_int_equal(runs_shell("$K --nonsense"), 2);
	assert_int_equal(runs_shell("$K"), 2);
	assert_int_equal(badge("--mode screen --scanner stdin:"), 2);
	assert_true(runs_said_text("a screen reads no codes and prints nothing"));
	assert_int_equal(badge("--printer ftp:there --story /dev/null"), 2);
}

TEST(a_badge_is_the_dots_that_print)
{
	struct bitmap b;

	UNUSED(state);
	assert_int_equal(badge("--badge $(head -1 demo-codes | cut -d' ' -f1) -o b.png"), 0);
	assert_ok(bitmap_read_png(&b, scratch_name(&runs_folder, "b.png")));
	assert_int_equal(b.width, 696);
	assert_int_equal(b.height, 1109);
	free(b.dots);
	assert_int_equal(
		runs_shell("file b.png 2>/dev/null | grep -q 1-bit || ! command -v file"), 0);
}

TEST(a_token_can_come_from_standard_input)
{
	UNUSED(state);
	assert_int_equal(runs_shell("rm -f c.png; head -1 demo-codes | cut -d' ' -f1 | $K --roster "
				    "roster.foyer --badge - -o c.png && cmp b.png c.png"),
		0);
}

TEST(another_printer_means_another_page)
{
	struct bitmap b;

	UNUSED(state);
	assert_int_equal(badge("--badge $(head -1 demo-codes | cut -d' ' -f1) -o d.png --printer "
			       "'file:x?model=TM-T88V&media=80'"),
		0);
	assert_ok(bitmap_read_png(&b, scratch_name(&runs_folder, "d.png")));
	assert_int_equal(b.width, 512);
	free(b.dots);
}

TEST(a_badge_code_prints_no_badge)
{
	UNUSED(state);
	assert_int_equal(badge("--badge $(sed -n 7p demo-codes | cut -d' ' -f1) -o e.png"), 1);
	assert_true(runs_said_text("a badge prints no badge"));
	assert_int_equal(runs_size("e.png"), -1);
}

TEST(a_board_that_was_wiped_says_so_and_not_that_it_never_had_a_list)
{
	UNUSED(state);
	assert_int_equal(runs_shell("rm -rf wiped && mkdir -m 700 wiped && head -c 104 /dev/zero "
				    ">wiped/was-wiped && printf 'expect trouble\\nexpect text "
				    "\"This kiosk was emptied\"\\nexpect no text \"list yet\"\\n' "
				    ">wiped.story && $K --data wiped --story wiped.story"),
		0);
	assert_int_equal(runs_shell("rm wiped/was-wiped; $K --data wiped --story wiped.story"), 1);
}

TEST(unknown_torn_and_foreign_codes_are_1)
{
	UNUSED(state);
	assert_int_equal(badge("--badge $(cat other-code) -o e.png"), 1);
	assert_true(runs_said_text("does not know the code"));
	assert_int_equal(badge("--badge ZQM1040 -o e.png"), 1);
	assert_true(runs_said_text("torn or misread"));
	assert_int_equal(badge("--badge hello -o e.png"), 1);
}

TEST(a_slip_is_the_agenda_on_paper)
{
	struct bitmap b;

	UNUSED(state);
	assert_int_equal(badge("--slip $(head -1 demo-codes | cut -d' ' -f1) -o s.png --now "
			       "2025-10-05T08:00-07:00"),
		0);
	assert_ok(bitmap_read_png(&b, scratch_name(&runs_folder, "s.png")));
	assert_int_equal(b.width, 696);
	assert_true(b.height > 200);
	free(b.dots);
}

TEST(a_damaged_or_foreign_roster_is_1_with_the_reason_and_a_missing_one_3)
{
	static const char rest[] = "--badge $(head -1 demo-codes | cut -d' ' -f1) -o e.png";
	char line[256];

	UNUSED(state);
	snprintf(line, sizeof(line), "$K --roster damaged.foyer %s", rest);
	assert_int_equal(runs_shell(line), 1);
	assert_true(runs_said_text("damaged"));
	snprintf(
		line, sizeof(line), "$K --roster other.foyer --trust event/keys/root.pub %s", rest);
	assert_int_equal(runs_shell(line), 1);
	assert_true(runs_said_text("another event"));
	snprintf(line, sizeof(line), "$K --roster missing.foyer %s", rest);
	assert_int_equal(runs_shell(line), 3);
}

TEST(a_kiosk_without_a_roster_starts_says_so_and_goes_on)
{
	UNUSED(state);
	assert_int_equal(
		runs_shell("echo expect trouble >n.story; echo 'scan hello' >>n.story; echo "
			   "expect trouble >>n.story; $K --roster missing.foyer --story "
			   "n.story"),
		0);
	assert_true(runs_said_text("no roster: not there"));
	assert_int_equal(runs_shell("$K --roster damaged.foyer --story n.story"), 0);
	assert_true(runs_said_text("no roster: damaged"));
}

TEST(a_kiosk_without_a_roster_takes_one_that_comes)
{
	UNUSED(state);
	assert_int_equal(
		runs_shell("printf 'expect trouble\\nroster roster.foyer\\nexpect idle\\nkey "
			   "f1\\nexpect agenda\\n' >n.story; $K --roster missing.foyer --codes "
			   "demo-codes --story n.story"),
		0);
}

TEST(a_named_trust_file_never_lowers_what_the_board_learnt)
{
	static const char board[] = "--data learnt --trust event/keys/root.pub --story n.story";
	char line[256];

	UNUSED(state);
	assert_int_equal(runs_shell("echo expect idle >n.story"), 0);
	snprintf(line, sizeof(line), "$K --roster newer.foyer %s", board);
	assert_int_equal(runs_shell(line), 0);
	snprintf(line, sizeof(line), "$K --roster roster.foyer %s", board);
	assert_int_equal(runs_shell(line), 1);
	assert_true(runs_said_text("older than the one already trusted"));
	assert_int_equal(runs_shell("grep -q 'sequence 2' learnt/trust"), 0);
}

TEST(a_named_trust_file_never_turns_the_board_to_another_event)
{
	UNUSED(state);
	assert_int_equal(
		runs_shell("$K --roster newer.foyer --data learnt --trust another/keys/root.pub "
			   "--story n.story"),
		3);
	assert_true(runs_said_text("another event"));
}

TEST(a_folder_or_trust_file_of_no_use_is_3_in_a_story_too)
{
	UNUSED(state);
	assert_int_equal(runs_shell("echo expect idle >n.story; : >plain"), 0);
	assert_int_equal(badge("--story n.story --data plain"), 3);
	assert_int_equal(badge("--story n.story --data none/here"), 3);
	assert_int_equal(badge("--story n.story --trust none"), 3);
	assert_int_equal(badge("--story n.story --trust plain"), 3);
	assert_int_equal(badge("--trust plain"), 3);
}

TEST(what_no_printer_or_scanner_is_called_is_2_and_says_what_they_are_called)
{
	UNUSED(state);
	assert_int_equal(badge("--story n.story --printer ftp:there"), 2);
	assert_true(runs_said_text("`ftp:there` is no printer's address: it begins"));
	assert_int_equal(badge("--scanner ftp:there"), 2);
	assert_true(runs_said_text("ftp:there: no such address; see --help"));
}

TEST(a_place_that_the_roster_does_not_have_is_said)
{
	UNUSED(state);
	assert_int_equal(badge("--story n.story --place nowhere"), 0);
	assert_true(runs_said_text("no place nowhere"));
}

/* The library would go on with a screen that nobody can see. */
TEST(a_window_that_nothing_can_show_is_3_and_says_so)
{
	UNUSED(state);
	if (access("/dev/dri", F_OK) == 0)
		skip();
	assert_int_equal(
		runs_shell(
			"env -u DISPLAY -u WAYLAND_DISPLAY -u XDG_RUNTIME_DIR -u SDL_VIDEODRIVER "
			"timeout 20 $K --roster roster.foyer --window"),
		3);
	assert_true(runs_said_text("no display: no X, no Wayland"));
}

TEST(without_public_activities_the_clock_is_that_of_the_desk)
{
	UNUSED(state);
	assert_int_equal(
		runs_shell("$FOYER new quiet && echo h1,Hall,Brussels,Europe/Brussels,,,,,,, "
			   ">>quiet/list/places.csv && sed -i 's/^desk_place.*/desk_place = h1/' "
			   "quiet/event.ini && $FOYER build quiet"),
		0);
	assert_int_equal(runs_shell("printf 'now 2030-05-06T09:07+00:00\nexpect text "
				    "\"11:07\"\n' >n.story && $K --roster quiet/roster.foyer "
				    "--story n.story"),
		0);
}

TEST(a_kiosk_without_a_printer_still_takes_arrivals)
{
	UNUSED(state);
	assert_int_equal(runs_shell("printf 'key f1\\nexpect agenda\\n' >n.story; $K --roster "
				    "roster.foyer --story n.story"),
		0);
}

TEST(a_second_kiosk_in_one_folder_exits_3_and_names_the_first)
{
	UNUSED(state);
	assert_int_equal(
		runs_shell(
			"mkfifo hold; $K --roster roster.foyer --data one --scanner stdin: <hold "
			"2>/dev/null & p=$!; exec 9>hold; while ! [ -s one/kiosk.lock ] || ! [ -e "
			"one/journal.db ]; do sleep 0.05; done; $K --roster roster.foyer --data "
			"one --story n.story; code=$?; echo \"first $p.\"; kill $p; wait $p; exit "
			"$code"),
		3);
	assert_true(runs_said_text("another kiosk uses this folder, process "));
}

TEST(a_live_kiosk_ends_with_its_signal_and_removes_its_temporary_folder)
{
	UNUSED(state);
	assert_int_equal(
		runs_shell(
			"rm -rf tmp; mkdir tmp; mkfifo hold2; TMPDIR=$PWD/tmp $K --roster "
			"roster.foyer --scanner stdin: <hold2 2>/dev/null & p=$!; exec 9>hold2; "
			"while ! [ -e tmp/*/journal.db-wal ]; do sleep 0.05; done; kill $p; wait "
			"$p || exit 9; ls tmp | wc -l"),
		0);
	assert_true(runs_said_text("0\n"));
}

/* The end of standard input is the sign that the scanner has given all it had. */
TEST(a_burst_from_the_scanner_is_no_fault)
{
	UNUSED(state);
	assert_int_equal(
		runs_shell(
			"mkfifo hold3; rm -f log; $K --roster roster.foyer --scanner stdin: <hold3 "
			"2>log & p=$!; exec 9>hold3; { head -1 demo-codes | cut -d' ' -f1; seq -f "
			"'garbage %g' 300; sed -n 2p demo-codes | cut -d' ' -f1; } >&9; exec 9>&-; "
			"while ! grep -q 'scanner has gone' log; do sleep 0.05; done; kill $p; "
			"wait $p; code=$?; cat log; exit $code"),
		0);
	assert_false(runs_said_text("fault "));
	assert_false(runs_said_text("lost one"));
}

TEST(a_badge_for_a_printer_that_is_none_says_which_part_is_wrong)
{
	UNUSED(state);
	assert_int_equal(badge("--badge x -o y.png --printer 'file:p?model=LaserJet'"), 2);
	assert_true(
		runs_said_text("`file:p?model=LaserJet` is no printer's address: no such model"));
	assert_int_equal(badge("--data wrong --scanner stdin: --printer ftp:x </dev/null"), 2);
	assert_true(runs_said_text("`ftp:x` is no printer's address: it begins"));
}

TEST(a_badge_drawn_for_a_file_does_not_make_that_file)
{
	UNUSED(state);
	assert_int_equal(runs_shell("$K --roster roster.foyer --badge $(head -1 demo-codes | cut "
				    "-d' ' -f1) -o e.png --printer file:not-made && ! [ -e "
				    "not-made ]"),
		0);
}

TEST(a_printers_file_in_no_folder_is_said_once)
{
	UNUSED(state);
	assert_int_equal(runs_shell("printf 'key f1\\nwait 5000\\n' >n.story; $K --roster "
				    "roster.foyer --story n.story --printer file:nodir/q 2>log; "
				    "grep -c 'nodir/q: No such file or directory' log"),
		0);
	assert_true(runs_said_text("1\n"));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(help_is_on_standard_output_and_wrong_use_is_2),
	cmocka_unit_test(a_badge_is_the_dots_that_print),
	cmocka_unit_test(a_token_can_come_from_standard_input),
	cmocka_unit_test(another_printer_means_another_page),
	cmocka_unit_test(a_badge_code_prints_no_badge),
	cmocka_unit_test(a_board_that_was_wiped_says_so_and_not_that_it_never_had_a_list),
	cmocka_unit_test(unknown_torn_and_foreign_codes_are_1),
	cmocka_unit_test(a_slip_is_the_agenda_on_paper),
	cmocka_unit_test(a_damaged_or_foreign_roster_is_1_with_the_reason_and_a_missing_one_3),
	cmocka_unit_test(a_kiosk_without_a_roster_starts_says_so_and_goes_on),
	cmocka_unit_test(a_kiosk_without_a_roster_takes_one_that_comes),
	cmocka_unit_test(a_named_trust_file_never_lowers_what_the_board_learnt),
	cmocka_unit_test(a_named_trust_file_never_turns_the_board_to_another_event),
	cmocka_unit_test(a_folder_or_trust_file_of_no_use_is_3_in_a_story_too),
	cmocka_unit_test(what_no_printer_or_scanner_is_called_is_2_and_says_what_they_are_called),
	cmocka_unit_test(a_place_that_the_roster_does_not_have_is_said),
	cmocka_unit_test(a_window_that_nothing_can_show_is_3_and_says_so),
	cmocka_unit_test(without_public_activities_the_clock_is_that_of_the_desk),
	cmocka_unit_test(a_kiosk_without_a_printer_still_takes_arrivals),
	cmocka_unit_test(a_second_kiosk_in_one_folder_exits_3_and_names_the_first),
	cmocka_unit_test(a_badge_for_a_printer_that_is_none_says_which_part_is_wrong),
	cmocka_unit_test(a_badge_drawn_for_a_file_does_not_make_that_file),
	cmocka_unit_test(a_printers_file_in_no_folder_is_said_once),
	cmocka_unit_test(a_burst_from_the_scanner_is_no_fault),
	cmocka_unit_test(a_live_kiosk_ends_with_its_signal_and_removes_its_temporary_folder),
};

int main(void)
{
	return cmocka_run_group_tests(tests, runs_set_up, runs_tear_down);
}
