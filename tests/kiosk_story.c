/* Stories: their grammar, and the real kiosk playing those of tests/stories. */
#include "test.h"

#include "kiosk_runs.h"
#include "story.h"

static struct story story;
static unsigned line;
static char why[STORY_WHY];

static enum err read_text(const char *text)
{
	return story_read(&story, span_of(text), &line, why);
}

TEST(a_story_skips_blank_lines_and_remarks)
{
	UNUSED(state);
	assert_ok(read_text("\n# a remark\n  \t\nscan  A B \r\n"));
	assert_int_equal(story.n, 1);
	assert_int_equal(story.steps[0].verb, STORY_SCAN);
	assert_int_equal(story.steps[0].line, 4);
	assert_true(span_equal(story.steps[0].text, span_of("A B")));
}

TEST(each_step_of_the_grammar_is_read)
{
	static const struct {
		const char *text;
		enum story_verb verb;
		int64_t number;
	} steps[] = {
		{"tap done", STORY_TAP, 0},
		{"tap 3,4", STORY_TAP_AT, 0},
		{"type x", STORY_TYPE, 0},
		{"key enter", STORY_KEY, KEY_ENTER},
		{"key f8", STORY_DEMO_KEY, 8},
		{"wait 1500", STORY_WAIT, 1500},
		{"now 1970-01-01T00:01Z", STORY_NOW, 60000},
		{"printer ok", STORY_PRINTER, FAULT_NONE},
		{"printer no-permission", STORY_PRINTER, FAULT_NO_PERMISSION},
		{"network off", STORY_NETWORK, 0},
		{"network on", STORY_NETWORK, 1},
		{"undelivered 12", STORY_UNDELIVERED, 12},
		{"lease 720", STORY_LEASE, 720},
		{"board revoked", STORY_BOARD, STORY_REVOKED},
		{"words babo dufa kina rosa", STORY_WORDS, 0},
		{"answer taken", STORY_ANSWER, STATUS_CODE_TAKEN},
		{"answer enrolled", STORY_ANSWER, STATUS_CODE_ENROLLED},
		{"disk full", STORY_DISK, 1},
		{"disk ok", STORY_DISK, 0},
		{"roster a b.foyer", STORY_ROSTER, 0},
		{"restart", STORY_RESTART, 0},
		{"shot a", STORY_SHOT, 0},
		{"expect access", STORY_EXPECT_SCREEN, SCREEN_ACCESS},
		{"expect text \"a \"b\" c\"", STORY_EXPECT_TEXT, 0},
		{"expect no text \"a\"", STORY_EXPECT_NO_TEXT, 0},
		{"expect printed 12", STORY_EXPECT_PRINTED, 12},
		{"expect silence", STORY_EXPECT_SILENCE, 0},
	};

	UNUSED(state);
	for (size_t i = 0; i < COUNT(steps); i++) {
		assert_ok(read_text(steps[i].text));
		assert_int_equal(story.steps[0].verb, steps[i].verb);
		assert_true(story.steps[0].number == steps[i].number);
	}
}

TEST(a_line_that_is_no_step_is_named)
{
	static const char *const bad[] = {"scan", "dance", "scans X", "tap", "wait", "wait -1",
		"wait 5s", "key f9", "key f0", "key home", "now noon", "printer broken",
		"printer other", "network", "disk empty", "restart now", "shot a/b", "shot ..",
		"expect", "expect desks", "expect text a", "expect text \"\"", "expect printed",
		"expect printed many", "roster", "undelivered", "undelivered -1", "lease 999999999",
		"board old", "words", "words one two three four five", "answer yes"};
	char text[64];

	UNUSED(state);
	for (size_t i = 0; i < COUNT(bad); i++) {
		snprintf(text, sizeof(text), "# one\n\n%s\n", bad[i]);
		assert_err(read_text(text), ERR_FORMAT);
		assert_int_equal(line, 3);
		assert_true(why[0] != '\0');
	}
}

TEST(a_story_that_is_not_utf8_is_refused_by_its_line)
{
	UNUSED(state);
	assert_err(read_text("# one\n\nscan \xff\n"), ERR_FORMAT);
	assert_int_equal(line, 3);
	assert_string_equal(why, "the line is not UTF-8");
	assert_err(read_text("# \xc3\nscan a\n"), ERR_FORMAT);
	assert_int_equal(line, 1);
}

TEST(a_story_has_at_most_so_many_steps)
{
	static char many[(STORY_STEPS + 1) * 8 + 1];

	UNUSED(state);
	for (int i = 0; i <= STORY_STEPS; i++)
		memcpy(many + i * 8, "restart\n", 8);
	assert_err(read_text(many), ERR_FULL);
}

TEST(texts_are_found_with_spaces_folded)
{
	static struct draw d;
	struct text_style style = {.size = 10, .size_min = 10};

	UNUSED(state);
	draw_clear(&d);
	draw_text(&d, (struct rect){0, 0, 10, 10}, INK_TEXT, style,
		span_of("Room\xc2\xa0"
			"4,  third\n floor"));
	assert_true(story_sees(&d, span_of("Room 4, third floor")));
	assert_true(story_sees(&d, span_of("4,\xe2\x80\xafthird")));
	assert_false(story_sees(&d, span_of("Room4")));
	assert_false(story_sees(&d, span_of("third floor 2")));
}

/* From here on the real program runs. */

static void play(const char *name)
{
	int status = runs_story(name);

	if (status != 0)
		print_error("%s: exit %d\n%s\n", name, status, runs_said);
	assert_int_equal(status, 0);
}

static void refuse_with_line(const char *name, const char *log)
{
	play(name);
	assert_true(runs_said_text(log));
	/* Neither code nor name. */
	assert_false(runs_said_text("ZQM1"));
	assert_false(runs_said_text("x9Q#"));
}

TEST(a_whole_visit_ends_with_bytes_in_the_printer_and_events_in_the_journal)
{
	UNUSED(state);
	play("visit");
	assert_true(runs_size("out.bin") > 10000);
	assert_int_equal(runs_events("board", "kind = 1"), 1);
	assert_int_equal(runs_events("board", "kind = 2"), 1);
	assert_int_equal(runs_events("board", "kind = 3"), 1);
	assert_int_equal(runs_events("board", "kind = 4"), 1);
	assert_int_equal(runs_events("board", "kind = 5"), 1);
}

TEST(a_pulled_cable_is_shown_and_costs_a_guest_nothing)
{
	UNUSED(state);
	play("offline");
}

TEST(a_lease_that_runs_out_dims_the_day_and_then_hides_it)
{
	UNUSED(state);
	play("lease");
	assert_int_equal(runs_events("board", "kind = 1"), 2);
}

TEST(a_board_is_enrolled_and_withdrawn_before_everybodys_eyes)
{
	UNUSED(state);
	play("enrolment");
	assert_false(runs_said_text("babo"));
}

TEST(a_signed_code_goes_to_the_agent_and_its_answer_is_shown)
{
	UNUSED(state);
	refuse_with_line("signed_codes", "a signed code, for the agent");
	assert_int_equal(runs_shell("ls board/inbox | wc -l | grep -qx 6"), 0);
}

TEST(each_step_of_a_job_is_written_before_the_next)
{
	UNUSED(state);
	play("visit");
	assert_int_equal(
		runs_events("board", "kind BETWEEN 3 AND 5 AND seq <= (SELECT seq FROM event WHERE "
				     "kind = 2)"),
		0);
	assert_int_equal(
		runs_events("board", "kind = 1 AND seq < (SELECT min(seq) FROM event WHERE kind "
				     "BETWEEN 2 AND 5)"),
		1);
}

TEST(a_second_scan_says_so_and_prints_nothing)
{
	UNUSED(state);
	play("second_scan");
	assert_int_equal(runs_events("board", "kind = 3"), 1);
}

TEST(a_story_paints_the_same_pixels_every_time)
{
	UNUSED(state);
	assert_int_equal(runs_shell("rm -rf shots first"), 0);
	play("visit");
	assert_int_equal(runs_shell("mv shots first"), 0);
	play("visit");
	assert_int_equal(runs_shell("diff -r first shots"), 0);
}

TEST(the_next_scan_ends_the_visit_before)
{
	UNUSED(state);
	play("next_guest");
}

TEST(an_unknown_code_is_told_and_logged_without_it)
{
	UNUSED(state);
	refuse_with_line("unknown_token", "code refused: not in this roster");
}

TEST(a_torn_code_is_told_and_logged_without_it)
{
	UNUSED(state);
	refuse_with_line("torn_code", "code refused: torn or misread");
	refuse_with_line("cut_code", "code refused: torn or misread");
}

TEST(a_foreign_code_is_told_and_logged_without_it)
{
	UNUSED(state);
	refuse_with_line("foreign_code", "code refused: not one of ours");
	assert_false(runs_said_text("example.org"));
	assert_false(runs_said_text("welcome1"));
	assert_false(runs_said_text("PEETERS"));
}

TEST(three_kilobytes_of_garbage_are_told_and_logged_without_them)
{
	UNUSED(state);
	refuse_with_line("garbage", "code refused: too long or no text");
}

TEST(a_code_of_another_event_is_unknown_here)
{
	UNUSED(state);
	assert_int_equal(runs_shell("rm -rf b; { printf 'scan '; cat other-code; echo 'expect "
				    "trouble'; echo 'key f1'; echo 'expect agenda'; } >o.story; $K "
				    "--roster roster.foyer --data b --story o.story"),
		0);
	assert_true(runs_said_text("code refused: not in this roster"));
	assert_false(runs_said_text("ZQM1"));
}

TEST(a_staff_card_opens_nothing_here)
{
	UNUSED(state);
	refuse_with_line("staff_card", "code refused: a staff card");
}

TEST(a_protected_guest_is_shown_nothing)
{
	UNUSED(state);
	play("protected");
	assert_int_equal(runs_size("out.bin") > 0, 0);
}

TEST(a_badge_prints_no_badge)
{
	UNUSED(state);
	play("badge_prints_no_badge");
}

TEST(every_fault_of_the_printer_has_its_screen_and_ends_with_its_cause)
{
	static const char *const faults[] = {"paper_out", "cover_open", "wrong_roll", "jam", "hot",
		"unplugged", "busy", "editor_lite", "no_permission"};
	char name[64];

	UNUSED(state);
	for (size_t i = 0; i < COUNT(faults); i++) {
		snprintf(name, sizeof(name), "printer_%s", faults[i]);
		play(name);
		assert_true(runs_said_text("warn kiosk/press printer: "));
		assert_true(runs_said_text("note kiosk/press printer: ready"));
	}
}

TEST(a_fault_after_the_preview_stops_the_job_before_a_byte)
{
	UNUSED(state);
	play("paper_out_in_time");
	assert_int_equal(runs_events("board", "kind = 3"), 0);
	assert_true(runs_size("out.bin") <= 0);
}

TEST(a_full_disk_promises_nothing_and_is_logged)
{
	UNUSED(state);
	play("disk_full");
	assert_true(runs_said_text("the journal cannot be written: the disk is full"));
	assert_true(runs_said_text("the journal can be written"));
	assert_int_equal(runs_events("board", "kind = 1"), 1);
}

TEST(a_roster_that_goes_away_stays_in_use)
{
	UNUSED(state);
	play("roster_gone");
	assert_true(runs_said_text("the new roster is not used"));
}

TEST(a_damaged_roster_does_not_replace_the_good_one)
{
	UNUSED(state);
	play("roster_damaged");
	assert_true(runs_said_text("the new roster is not used"));
}

TEST(a_roster_of_another_event_does_not_replace_the_good_one)
{
	UNUSED(state);
	play("roster_foreign");
	assert_true(runs_said_text("the new roster is not used"));
}

TEST(a_newer_roster_is_taken_between_two_guests)
{
	UNUSED(state);
	play("roster_newer");
	assert_true(runs_said_text("new roster epoch="));
}

TEST(a_restart_prints_nothing_and_knows_what_was_printed)
{
	UNUSED(state);
	play("restart");
}

TEST(time_alone_makes_no_noise_and_ends_a_visit)
{
	UNUSED(state);
	play("silence");
}

TEST(what_is_typed_and_entered_is_a_scan)
{
	UNUSED(state);
	play("typed");
}

TEST(keys_alone_work_the_screen)
{
	UNUSED(state);
	play("keys");
}

TEST(the_agenda_can_be_had_on_paper)
{
	UNUSED(state);
	play("slip");
	assert_true(runs_size("out.bin") > 1000);
	assert_int_equal(runs_events("board", "kind = 2"), 0);
}

TEST(without_a_network_nothing_is_missing)
{
	UNUSED(state);
	play("offline");
}

TEST(a_finger_outside_every_button_does_nothing)
{
	UNUSED(state);
	play("touch");
}

TEST(another_language_is_one_tap_away)
{
	UNUSED(state);
	play("language");
}

TEST(every_screen_is_shown_in_each_language)
{
	UNUSED(state);
	play("screens_fr");
	play("screens_nl");
	play("screens_de");
	play("screens_en");
}

TEST(a_step_that_fails_names_its_line_and_the_screen)
{
	UNUSED(state);
	assert_int_equal(runs_story_text("expect idle\n\nexpect agenda\n"), 1);
	assert_true(runs_said_text("text.story:3: "));
	assert_true(runs_said_text("on screen: idle"));
	assert_int_equal(runs_story_text("tap nothing-like-this\n"), 1);
	assert_int_equal(runs_story_text("expect printed 1\n"), 1);
	assert_int_equal(runs_story_text("scan x\nexpect silence\n"), 1);
	assert_int_equal(runs_story_text("expect no text \"DEMO\"\n"), 1);
}

TEST(a_story_with_an_unknown_step_fails_and_names_its_line)
{
	UNUSED(state);
	assert_int_equal(runs_story_text("dance\n"), 1);
	assert_true(runs_said_text("text.story:1: "));
	assert_int_equal(runs_shell("$K --roster roster.foyer --story missing.story"), 3);
}

TEST(a_desk_opens_to_a_card_and_its_pin_alone)
{
	UNUSED(state);
	play("desk_unlock");
	assert_int_equal(runs_events("board", "kind = 1"), 0);
}

TEST(five_wrong_pins_make_the_right_one_wait_over_a_restart)
{
	UNUSED(state);
	play("desk_throttle");
	assert_int_equal(runs_events("board", "kind = 19"), 6);
	assert_int_equal(runs_events("board", "kind = 12"), 1);
}

TEST(a_lost_badge_is_replaced_with_keys_alone)
{
	UNUSED(state);
	play("desk_replace");
	assert_int_equal(runs_events("board", "kind = 8 AND issue = 2"), 1);
	assert_int_equal(runs_events("board", "kind = 5"), 2);
	assert_int_equal(runs_events("board", "kind = 12"), 1);
	assert_int_equal(runs_events("board", "kind = 21"), 1);
	assert_int_equal(runs_events("board", "kind = 22"), 1);
}

TEST(a_desk_is_told_what_it_should_know_of_a_guest_and_of_a_badge_that_waits)
{
	UNUSED(state);
	play("desk_note");
	assert_int_equal(runs_events("board", "kind = 5"), 1);
	assert_false(runs_said_text("late"));
}

TEST(a_desk_works_with_a_finger_alone)
{
	UNUSED(state);
	play("desk_touch");
}

TEST(a_corrected_badge_is_the_next_issue_and_is_sent)
{
	UNUSED(state);
	play("desk_correct");
	assert_int_equal(runs_events("board", "kind = 11"), 3);
	assert_int_equal(runs_events("board", "kind = 8"), 1);
	assert_false(runs_said_text("Lacroisille"));
}

TEST(a_late_guest_gets_her_badge_at_once)
{
	UNUSED(state);
	play("desk_late");
	assert_int_equal(runs_events("board", "kind = 20"), 1);
	assert_int_equal(runs_events("board", "kind = 1"), 1);
	assert_int_equal(runs_events("board", "kind = 5"), 2);
	assert_int_equal(runs_events("board", "kind = 8 AND issue = 2"), 1);
	assert_int_equal(runs_events("board", "kind = 21"), 1);
	assert_false(runs_said_text("Zo"));
}

TEST(a_guests_code_at_a_desk_opens_her_page)
{
	UNUSED(state);
	play("desk_scan");
}

TEST(revoking_asks_first_and_can_be_undone)
{
	UNUSED(state);
	play("desk_revoke");
}

TEST(what_a_card_has_no_right_for_is_not_offered)
{
	UNUSED(state);
	play("desk_rights");
}

TEST(the_protocol_finds_whom_it_looks_after)
{
	UNUSED(state);
	play("desk_protected");
}

TEST(two_minutes_of_silence_lock_a_desk)
{
	UNUSED(state);
	play("desk_silence");
}

TEST(every_screen_of_the_desk_can_be_seen_in_every_language)
{
	UNUSED(state);
	play("desk_screens_de");
	play("desk_screens_en");
	play("desk_screens_fr");
	play("desk_screens_nl");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_story_skips_blank_lines_and_remarks),
	cmocka_unit_test(each_step_of_the_grammar_is_read),
	cmocka_unit_test(a_line_that_is_no_step_is_named),
	cmocka_unit_test(a_story_that_is_not_utf8_is_refused_by_its_line),
	cmocka_unit_test(a_story_has_at_most_so_many_steps),
	cmocka_unit_test(texts_are_found_with_spaces_folded),
	cmocka_unit_test(a_whole_visit_ends_with_bytes_in_the_printer_and_events_in_the_journal),
	cmocka_unit_test(a_pulled_cable_is_shown_and_costs_a_guest_nothing),
	cmocka_unit_test(a_lease_that_runs_out_dims_the_day_and_then_hides_it),
	cmocka_unit_test(a_board_is_enrolled_and_withdrawn_before_everybodys_eyes),
	cmocka_unit_test(a_signed_code_goes_to_the_agent_and_its_answer_is_shown),
	cmocka_unit_test(each_step_of_a_job_is_written_before_the_next),
	cmocka_unit_test(a_second_scan_says_so_and_prints_nothing),
	cmocka_unit_test(a_story_paints_the_same_pixels_every_time),
	cmocka_unit_test(the_next_scan_ends_the_visit_before),
	cmocka_unit_test(an_unknown_code_is_told_and_logged_without_it),
	cmocka_unit_test(a_torn_code_is_told_and_logged_without_it),
	cmocka_unit_test(a_foreign_code_is_told_and_logged_without_it),
	cmocka_unit_test(three_kilobytes_of_garbage_are_told_and_logged_without_them),
	cmocka_unit_test(a_code_of_another_event_is_unknown_here),
	cmocka_unit_test(a_staff_card_opens_nothing_here),
	cmocka_unit_test(a_protected_guest_is_shown_nothing),
	cmocka_unit_test(a_badge_prints_no_badge),
	cmocka_unit_test(every_fault_of_the_printer_has_its_screen_and_ends_with_its_cause),
	cmocka_unit_test(a_fault_after_the_preview_stops_the_job_before_a_byte),
	cmocka_unit_test(a_full_disk_promises_nothing_and_is_logged),
	cmocka_unit_test(a_roster_that_goes_away_stays_in_use),
	cmocka_unit_test(a_damaged_roster_does_not_replace_the_good_one),
	cmocka_unit_test(a_roster_of_another_event_does_not_replace_the_good_one),
	cmocka_unit_test(a_newer_roster_is_taken_between_two_guests),
	cmocka_unit_test(a_restart_prints_nothing_and_knows_what_was_printed),
	cmocka_unit_test(time_alone_makes_no_noise_and_ends_a_visit),
	cmocka_unit_test(what_is_typed_and_entered_is_a_scan),
	cmocka_unit_test(keys_alone_work_the_screen),
	cmocka_unit_test(the_agenda_can_be_had_on_paper),
	cmocka_unit_test(without_a_network_nothing_is_missing),
	cmocka_unit_test(a_finger_outside_every_button_does_nothing),
	cmocka_unit_test(another_language_is_one_tap_away),
	cmocka_unit_test(every_screen_is_shown_in_each_language),
	cmocka_unit_test(a_step_that_fails_names_its_line_and_the_screen),
	cmocka_unit_test(a_story_with_an_unknown_step_fails_and_names_its_line),
	cmocka_unit_test(a_desk_opens_to_a_card_and_its_pin_alone),
	cmocka_unit_test(five_wrong_pins_make_the_right_one_wait_over_a_restart),
	cmocka_unit_test(a_lost_badge_is_replaced_with_keys_alone),
	cmocka_unit_test(a_desk_is_told_what_it_should_know_of_a_guest_and_of_a_badge_that_waits),
	cmocka_unit_test(a_desk_works_with_a_finger_alone),
	cmocka_unit_test(a_corrected_badge_is_the_next_issue_and_is_sent),
	cmocka_unit_test(a_late_guest_gets_her_badge_at_once),
	cmocka_unit_test(a_guests_code_at_a_desk_opens_her_page),
	cmocka_unit_test(revoking_asks_first_and_can_be_undone),
	cmocka_unit_test(what_a_card_has_no_right_for_is_not_offered),
	cmocka_unit_test(the_protocol_finds_whom_it_looks_after),
	cmocka_unit_test(two_minutes_of_silence_lock_a_desk),
	cmocka_unit_test(every_screen_of_the_desk_can_be_seen_in_every_language),
};

int main(void)
{
	return cmocka_run_group_tests(tests, runs_set_up, runs_tear_down);
}
