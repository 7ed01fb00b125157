/* Whole visits as lists of messages: no window, no thread, no clock. */
#include "test.h"

#include "visitor.h"

static struct visitor v;
static struct draw d;

static int fresh(void **state)
{
	UNUSED(state);
	visitor_start(&v, 1280, 800);
	return 0;
}

static void assert_screen(enum screen_id want)
{
	assert_string_equal(app_screen_name(v.m.screen), app_screen_name(want));
}

static void assert_trouble(enum trouble want)
{
	assert_screen(SCREEN_TROUBLE);
	assert_int_equal(v.m.trouble, want);
}

static void answered(enum answer a)
{
	visitor_scan(&v, "ZQM1");
	v.opening = (struct opening){.answer = a};
	visitor_opened(&v);
}

static bool has(const char *region)
{
	app_view(&v.m, &v.m.look, &d);
	for (size_t i = 0; i < d.n; i++) {
		if (d.commands[i].op == DRAW_REGION &&
			span_equal(draw_name_of(&d, &d.commands[i]), span_of(region)))
			return true;
	}
	return false;
}

static void printing(void)
{
	visitor_greeted(&v, LANGUAGE_FR);
	visitor_tap(&v, "print-badge");
	visitor_tap(&v, "yes");
}

TEST(a_kiosk_with_a_roster_is_idle)
{
	assert_screen(SCREEN_IDLE);
}

TEST(a_scan_asks_for_the_code_to_be_opened)
{
	visitor_scan(&v, "ZQM1ABC");
	assert_true(v.todo.open);
	assert_int_equal(v.todo.code_n, 7);
	assert_memory_equal(v.todo.code, "ZQM1ABC", 7);
	assert_int_equal(v.todo.sound, SOUND_NONE);
}

TEST(an_opened_guest_sees_her_agenda_in_her_language)
{
	visitor_greeted(&v, LANGUAGE_NL);
	assert_screen(SCREEN_AGENDA);
	assert_int_equal(v.m.look.language, LANGUAGE_NL);
}

TEST(her_arrival_is_noted_with_the_issue_she_showed)
{
	visitor_scan(&v, "ZQM1");
	visitor_opened(&v);
	assert_int_equal(v.todo.note_count, 1);
	assert_int_equal(v.todo.notes[0].kind, EVENT_ARRIVED);
	assert_int_equal(v.todo.notes[0].issue, 1);
}

TEST(nothing_green_and_no_sound_comes_before_the_journal_answers)
{
	visitor_scan(&v, "ZQM1");
	visitor_opened(&v);
	assert_int_equal(v.todo.sound, SOUND_NONE);
	app_view(&v.m, &v.m.look, &d);
	for (size_t i = 0; i < d.n; i++)
		assert_int_not_equal(d.commands[i].ink, INK_GOOD);
	visitor_noted(&v, OK);
	assert_int_equal(v.todo.sound, SOUND_GOOD);
	app_view(&v.m, &v.m.look, &d);
	bool green = false;
	for (size_t i = 0; i < d.n; i++)
		green = green || d.commands[i].ink == INK_GOOD;
	assert_true(green);
}

TEST(a_journal_that_refuses_promises_nothing_and_prints_nothing)
{
	visitor_scan(&v, "ZQM1");
	visitor_opened(&v);
	visitor_noted(&v, ERR_IO);
	assert_trouble(TROUBLE_JOURNAL);
	assert_int_equal(v.todo.sound, SOUND_PROBLEM);
	visitor_tap(&v, "back");
	visitor_tap(&v, "print-badge");
	assert_trouble(TROUBLE_JOURNAL);
	visitor_tap(&v, "back");
	visitor_tap(&v, "print-agenda");
	assert_int_equal(v.todo.print, PRINT_NOTHING);
}

TEST(the_badge_is_drawn_ahead_while_she_reads)
{
	visitor_scan(&v, "ZQM1");
	visitor_opened(&v);
	assert_true(v.todo.render);
}

TEST(the_badge_prints_after_a_look_and_a_yes)
{
	visitor_greeted(&v, LANGUAGE_FR);
	visitor_tap(&v, "print-badge");
	assert_screen(SCREEN_PREVIEW);
	assert_int_equal(v.todo.print, PRINT_NOTHING);
	visitor_tap(&v, "yes");
	assert_screen(SCREEN_PRINTING);
	assert_int_equal(v.todo.print, PRINT_BADGE);
}

TEST(before_the_badge_is_drawn_a_yes_means_nothing)
{
	visitor_guest(&v.guest, LANGUAGE_FR);
	visitor_scan(&v, "ZQM1");
	visitor_opened(&v);
	visitor_noted(&v, OK);
	visitor_tap(&v, "print-badge");
	visitor_tap(&v, "yes");
	assert_screen(SCREEN_PREVIEW);
	assert_int_equal(v.todo.print, PRINT_NOTHING);
	visitor_rendered(&v, OK);
	visitor_tap(&v, "yes");
	assert_int_equal(v.todo.print, PRINT_BADGE);
}

TEST(before_the_arrival_is_noted_nothing_prints)
{
	visitor_scan(&v, "ZQM1");
	visitor_opened(&v);
	visitor_rendered(&v, OK);
	visitor_tap(&v, "print-badge");
	visitor_tap(&v, "yes");
	assert_int_equal(v.todo.print, PRINT_NOTHING);
}

TEST(done_is_shown_only_when_the_printer_confirms)
{
	printing();
	visitor_job(&v, PRINT_BADGE, JOB_SENDING, FAULT_NONE);
	assert_screen(SCREEN_PRINTING);
	visitor_job(&v, PRINT_BADGE, JOB_SENT, FAULT_NONE);
	assert_screen(SCREEN_PRINTING);
	visitor_job(&v, PRINT_BADGE, JOB_CONFIRMED, FAULT_NONE);
	assert_screen(SCREEN_DONE);
	assert_int_equal(v.todo.sound, SOUND_GOOD);
}

TEST(a_badge_prints_only_once_a_visit)
{
	printing();
	visitor_job(&v, PRINT_BADGE, JOB_CONFIRMED, FAULT_NONE);
	visitor_tap(&v, "back");
	visitor_tap(&v, "print-badge");
	assert_trouble(TROUBLE_PRINTED);
	assert_int_equal(v.todo.print, PRINT_NOTHING);
}

TEST(while_a_job_runs_no_other_begins)
{
	printing();
	visitor_job(&v, PRINT_BADGE, JOB_SENT, FAULT_NONE);
	visitor_tap(&v, "back");
	visitor_tap(&v, "print-badge");
	assert_screen(SCREEN_AGENDA);
	visitor_tap(&v, "print-agenda");
	assert_int_equal(v.todo.print, PRINT_NOTHING);
}

TEST(paper_out_is_said_while_the_job_waits)
{
	printing();
	visitor_job(&v, PRINT_BADGE, JOB_SENDING, FAULT_PAPER_OUT);
	assert_screen(SCREEN_PRINTING);
	assert_int_equal(v.todo.sound, SOUND_PROBLEM);
	visitor_job(&v, PRINT_BADGE, JOB_CONFIRMED, FAULT_NONE);
	assert_screen(SCREEN_DONE);
}

TEST(a_job_that_failed_may_be_tried_again)
{
	printing();
	visitor_job(&v, PRINT_BADGE, JOB_FAILED, FAULT_UNPLUGGED);
	assert_trouble(TROUBLE_PRINTER);
	visitor_tap(&v, "again");
	assert_screen(SCREEN_PREVIEW);
	visitor_tap(&v, "yes");
	assert_int_equal(v.todo.print, PRINT_BADGE);
}

TEST(an_uncertain_job_is_asked_about_and_never_repeated_unasked)
{
	printing();
	visitor_job(&v, PRINT_BADGE, JOB_UNCERTAIN, FAULT_NONE);
	assert_trouble(TROUBLE_UNCERTAIN);
	assert_int_equal(v.todo.print, PRINT_NOTHING);
	visitor_tap(&v, "yes");
	assert_int_equal(v.todo.notes[0].kind, EVENT_BADGE_PRINTED);
	assert_true(v.todo.notes[0].target_uncertain);
	visitor_tap(&v, "print-badge");
	assert_trouble(TROUBLE_PRINTED);
}

TEST(after_a_crash_she_is_asked_first_and_a_no_lets_her_print)
{
	v.opening.uncertain = true;
	visitor_scan(&v, "ZQM1");
	visitor_opened(&v);
	assert_trouble(TROUBLE_UNCERTAIN);
	assert_false(v.todo.render);
	visitor_noted(&v, OK);
	visitor_tap(&v, "no");
	assert_int_equal(v.todo.notes[0].kind, EVENT_BADGE_FAILED);
	assert_true(v.todo.render);
	visitor_rendered(&v, OK);
	visitor_tap(&v, "print-badge");
	assert_screen(SCREEN_PREVIEW);
}

TEST(a_fault_seen_before_printing_is_told_and_goes_by_itself)
{
	visitor_greeted(&v, LANGUAGE_FR);
	visitor_printer(&v, FAULT_COVER_OPEN);
	visitor_tap(&v, "print-badge");
	visitor_tap(&v, "yes");
	assert_trouble(TROUBLE_PRINTER);
	assert_int_equal(v.todo.print, PRINT_NOTHING);
	visitor_printer(&v, FAULT_NONE);
	assert_screen(SCREEN_PREVIEW);
}

TEST(a_badge_that_cannot_be_drawn_sends_to_the_desk)
{
	visitor_guest(&v.guest, LANGUAGE_FR);
	visitor_scan(&v, "ZQM1");
	visitor_opened(&v);
	visitor_noted(&v, OK);
	visitor_tap(&v, "print-badge");
	visitor_rendered(&v, ERR_FULL);
	assert_trouble(TROUBLE_RENDER);
}

TEST(a_second_scan_says_so_and_prints_nothing)
{
	v.opening.arrived = true;
	v.opening.arrived_at = VISITOR_NOW - 3600;
	v.opening.printed = true;
	v.opening.printed_at = VISITOR_NOW - 3500;
	visitor_scan(&v, "ZQM1");
	visitor_opened(&v);
	assert_int_equal(v.todo.note_count, 0);
	assert_false(v.todo.render);
	app_view(&v.m, &v.m.look, &d);
	assert_non_null(memmem(d.bytes, d.bytes_n, "07:41", 5));
	visitor_tap(&v, "print-badge");
	assert_trouble(TROUBLE_PRINTED);
}

TEST(who_arrived_without_a_badge_may_still_print_it)
{
	v.opening.arrived = true;
	visitor_scan(&v, "ZQM1");
	visitor_opened(&v);
	visitor_rendered(&v, OK);
	visitor_tap(&v, "print-badge");
	visitor_tap(&v, "yes");
	assert_int_equal(v.todo.print, PRINT_BADGE);
}

TEST(a_higher_issue_prints_only_at_the_desk)
{
	v.guest.badge_issue = 2;
	visitor_scan(&v, "ZQM1");
	visitor_opened(&v);
	assert_false(v.todo.render);
	visitor_tap(&v, "print-badge");
	assert_trouble(TROUBLE_REISSUED);
}

TEST(an_issue_that_another_board_knows_counts_too)
{
	v.opening.newest_issue = 2;
	visitor_scan(&v, "ZQM1");
	visitor_opened(&v);
	visitor_tap(&v, "print-badge");
	assert_trouble(TROUBLE_REISSUED);
}

TEST(a_badge_shows_the_agenda_and_never_prints_a_badge)
{
	v.guest.shown = TOKEN_BADGE;
	visitor_scan(&v, "ZQM1");
	visitor_opened(&v);
	assert_screen(SCREEN_AGENDA);
	assert_false(v.todo.render);
	visitor_noted(&v, OK);
	assert_false(has("print-badge"));
	assert_true(has("print-agenda"));
}

TEST(without_a_printer_nothing_to_print_is_offered)
{
	visitor_tell(&v, (struct msg){.kind = MSG_PRINTER});
	visitor_greeted(&v, LANGUAGE_EN);
	assert_false(has("print-badge"));
	assert_false(has("print-agenda"));
	assert_true(has("add-to-phone"));
}

TEST(each_answer_to_a_code_has_its_words)
{
	static const struct {
		enum answer answer;
		enum trouble trouble;
	} rows[] = {
		{ANSWER_CARD, TROUBLE_CARD},
		{ANSWER_SIGNED, TROUBLE_SIGNED},
		{ANSWER_FOREIGN, TROUBLE_FOREIGN},
		{ANSWER_TORN, TROUBLE_TORN},
		{ANSWER_GARBAGE, TROUBLE_GARBAGE},
		{ANSWER_UNKNOWN, TROUBLE_UNKNOWN},
		{ANSWER_REPLACED, TROUBLE_REPLACED},
		{ANSWER_UNREADABLE, TROUBLE_UNREADABLE},
		{ANSWER_NO_ROSTER, TROUBLE_NO_ROSTER},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		answered(rows[i].answer);
		assert_trouble(rows[i].trouble);
		assert_int_equal(v.todo.sound, SOUND_PROBLEM);
		assert_int_equal(v.todo.note_count, 0);
	}
}

TEST(three_thousand_bytes_from_the_scanner_are_not_opened)
{
	char junk[3001];
	memset(junk, 'Z', sizeof(junk) - 1);
	junk[3000] = 0;
	visitor_scan(&v, junk);
	assert_trouble(TROUBLE_GARBAGE);
	assert_false(v.todo.open);
}

TEST(a_protected_person_is_noted_and_shown_nothing)
{
	v.guest.is_protected = true;
	visitor_scan(&v, "ZQM1");
	visitor_opened(&v);
	assert_trouble(TROUBLE_PROTECTED);
	assert_int_equal(v.todo.notes[0].kind, EVENT_ARRIVED);
	assert_false(v.todo.render);
	visitor_noted(&v, OK);
	assert_int_equal(v.todo.sound, SOUND_NONE);
	visitor_tap(&v, "back");
	assert_screen(SCREEN_TROUBLE);
}

TEST(silence_warns_by_sight_and_sound_before_it_ends_the_visit)
{
	visitor_greeted(&v, LANGUAGE_FR);
	visitor_wait(&v, 19);
	assert_false(v.m.asking);
	visitor_wait(&v, 1);
	assert_true(v.m.asking);
	assert_int_equal(v.todo.sound, SOUND_WAIT);
	assert_true(has("yes"));
	assert_false(has("print-badge"));
	visitor_wait(&v, 19);
	assert_screen(SCREEN_AGENDA);
	visitor_wait(&v, 1);
	assert_screen(SCREEN_IDLE);
	assert_true(v.todo.wipe);
}

TEST(yes_gives_as_much_time_as_she_wants)
{
	visitor_greeted(&v, LANGUAGE_FR);
	for (int i = 0; i < 12; i++) {
		visitor_wait(&v, 30);
		assert_true(v.m.asking);
		visitor_tap(&v, "yes");
		assert_false(v.m.asking);
	}
	assert_screen(SCREEN_AGENDA);
}

TEST(done_ends_the_visit_at_once)
{
	visitor_greeted(&v, LANGUAGE_FR);
	visitor_tap(&v, "done");
	assert_screen(SCREEN_IDLE);
	assert_true(v.todo.wipe);
}

/* Does a whole name or a piece of her day stand anywhere in the model? */
static bool remembers(const char *text)
{
	return memmem(&v.m, sizeof(v.m), text, strlen(text)) != NULL;
}

TEST(after_a_visit_no_byte_of_her_is_left)
{
	static const char *const hers[] = {
		"Anne", "Peeters", "Verhaegen", "Ferreira", "\x11\x22\x33\x44\x55\x66\x77\x88"};
	visitor_greeted(&v, LANGUAGE_FR);
	for (size_t i = 0; i < COUNT(hers); i++)
		assert_true(remembers(hers[i]));
	visitor_tap(&v, "done");
	for (size_t i = 0; i < COUNT(hers); i++)
		assert_false(remembers(hers[i]));
}

TEST(the_next_scan_ends_the_visit_before_at_once)
{
	visitor_greeted(&v, LANGUAGE_FR);
	visitor_scan(&v, "ZQM2");
	assert_true(v.todo.wipe);
	assert_true(v.todo.open);
	assert_screen(SCREEN_IDLE);
	assert_false(remembers("Peeters"));
	assert_int_equal(v.m.look.language, LANGUAGE_EN);
}

TEST(late_answers_of_the_visit_before_are_dropped)
{
	printing();
	uint32_t before = v.m.visit;
	visitor_greeted(&v, LANGUAGE_DE);
	visitor_tell(&v, (struct msg){.kind = MSG_JOB,
				 .visit = before,
				 .print = PRINT_BADGE,
				 .job = JOB_CONFIRMED});
	assert_false(v.m.printed);
	visitor_tell(&v, (struct msg){.kind = MSG_NOTED,
				 .visit = before,
				 .note = EVENT_ARRIVED,
				 .result = ERR_IO});
	assert_screen(SCREEN_AGENDA);
	visitor_tell(&v, (struct msg){.kind = MSG_OPENED, .visit = before, .opening = &v.opening});
	assert_int_equal(v.m.look.language, LANGUAGE_DE);
}

TEST(a_tap_changes_the_language_for_this_visit_only)
{
	visitor_greeted(&v, LANGUAGE_FR);
	visitor_tap(&v, "language-de");
	assert_int_equal(v.m.look.language, LANGUAGE_DE);
	visitor_tap(&v, "done");
	assert_int_equal(v.m.look.language, LANGUAGE_EN);
}

TEST(settings_for_access_show_at_once_and_go_with_the_visit)
{
	visitor_greeted(&v, LANGUAGE_FR);
	visitor_tap(&v, "access");
	visitor_tap(&v, "text-size");
	visitor_tap(&v, "contrast");
	visitor_tap(&v, "reach");
	visitor_tap(&v, "speech");
	assert_int_equal(v.m.look.scale, 1);
	assert_true(v.m.look.contrast && v.m.look.reach && v.m.speech);
	visitor_tap(&v, "back");
	assert_screen(SCREEN_AGENDA);
	assert_true(v.todo.say);
	visitor_tap(&v, "done");
	assert_int_equal(v.m.look.scale, 0);
	assert_false(v.m.look.contrast || v.m.look.reach || v.m.speech);
}

TEST(text_size_has_three_steps)
{
	visitor_greeted(&v, LANGUAGE_FR);
	visitor_tap(&v, "access");
	visitor_tap(&v, "text-size");
	visitor_tap(&v, "text-size");
	assert_int_equal(v.m.look.scale, 2);
	visitor_tap(&v, "text-size");
	assert_int_equal(v.m.look.scale, 0);
}

TEST(settings_made_before_the_scan_hold_for_it)
{
	visitor_tap(&v, "access");
	assert_screen(SCREEN_ACCESS);
	visitor_tap(&v, "contrast");
	visitor_tap(&v, "language-nl");
	visitor_tap(&v, "back");
	assert_screen(SCREEN_IDLE);
	visitor_greeted(&v, LANGUAGE_FR);
	assert_true(v.m.look.contrast);
	assert_int_equal(v.m.look.language, LANGUAGE_NL);
}

TEST(settings_nobody_used_go_back_by_themselves)
{
	visitor_tap(&v, "access");
	visitor_tap(&v, "contrast");
	visitor_tap(&v, "back");
	visitor_wait(&v, 41);
	assert_false(v.m.look.contrast);
}

TEST(with_speech_on_a_screen_says_itself)
{
	visitor_tap(&v, "access");
	visitor_tap(&v, "speech");
	visitor_tap(&v, "back");
	visitor_greeted(&v, LANGUAGE_FR);
	visitor_tap(&v, "print-badge");
	assert_true(v.todo.say);
	assert_non_null(strstr(v.todo.spoken, "Tout est-il correct"));
	assert_non_null(strstr(v.todo.spoken, "Anne Peeters"));
}

TEST(with_speech_off_nothing_is_said)
{
	visitor_greeted(&v, LANGUAGE_FR);
	visitor_tap(&v, "print-badge");
	assert_false(v.todo.say);
}

TEST(the_agenda_begins_with_what_comes_next)
{
	visitor_greeted(&v, LANGUAGE_FR);
	assert_int_equal(v.m.first, 1);
}

TEST(later_and_earlier_turn_the_list_and_stop_at_its_ends)
{
	visitor_greeted(&v, LANGUAGE_FR);
	for (int i = 0; i < 10; i++)
		visitor_tap(&v, "more");
	assert_in_range(v.m.first, 2, v.m.guest.entry_count - 1);
	for (int i = 0; i < 10; i++)
		visitor_tap(&v, "less");
	assert_int_equal(v.m.first, 0);
}

TEST(a_drag_moves_the_list_within_its_ends)
{
	visitor_greeted(&v, LANGUAGE_FR);
	visitor_tell(&v, (struct msg){.kind = MSG_DRAG, .lines = -100});
	assert_int_equal(v.m.first, 0);
	visitor_tell(&v, (struct msg){.kind = MSG_DRAG, .lines = 1});
	assert_int_equal(v.m.first, 1);
	visitor_tell(&v, (struct msg){.kind = MSG_DRAG, .lines = 1000});
	assert_in_range(v.m.first, 2, v.m.guest.entry_count - 1);
}

TEST(the_code_for_the_phone_begins_with_the_next_appointment)
{
	visitor_greeted(&v, LANGUAGE_EN);
	visitor_tap(&v, "add-to-phone");
	app_view(&v.m, &v.m.look, &d);
	assert_non_null(memmem(d.bytes, d.bytes_n, "SUMMARY:Artificial", 18));
	visitor_tap(&v, "more");
	app_view(&v.m, &v.m.look, &d);
	assert_non_null(memmem(d.bytes, d.bytes_n, "SUMMARY:Visit", 13));
	visitor_tap(&v, "back");
	assert_true(has("add-to-phone"));
}

TEST(something_wrong_with_the_badge_is_noted_and_sends_to_the_desk)
{
	visitor_greeted(&v, LANGUAGE_FR);
	visitor_tap(&v, "wrong-badge");
	assert_trouble(TROUBLE_WRONG_BADGE);
	assert_int_equal(v.todo.notes[0].kind, EVENT_CORRECTION_ASKED);
}

TEST(a_programme_prints_on_its_own)
{
	visitor_greeted(&v, LANGUAGE_FR);
	visitor_tap(&v, "print-agenda");
	assert_int_equal(v.todo.print, PRINT_SLIP);
	visitor_job(&v, PRINT_SLIP, JOB_CONFIRMED, FAULT_NONE);
	assert_screen(SCREEN_DONE);
	visitor_tap(&v, "back");
	visitor_tap(&v, "print-badge");
	assert_screen(SCREEN_PREVIEW);
}

TEST(without_a_roster_the_kiosk_says_why)
{
	static const struct {
		enum roster_news news;
		enum trouble trouble;
	} rows[] = {
		{ROSTER_MISSING, TROUBLE_NO_ROSTER},
		{ROSTER_DAMAGED, TROUBLE_ROSTER_DAMAGED},
		{ROSTER_EXPIRED, TROUBLE_ROSTER_EXPIRED},
		{ROSTER_WIPED, TROUBLE_WIPED},
	};
	memset(&v.programme, 0, sizeof(v.programme));
	for (size_t i = 0; i < COUNT(rows); i++) {
		visitor_tell(&v, (struct msg){.kind = MSG_ROSTER,
					 .roster_news = rows[i].news,
					 .programme = &v.programme});
		assert_trouble(rows[i].trouble);
		visitor_wait(&v, 300);
		assert_trouble(rows[i].trouble);
	}
	visitor_programme(&v.programme);
	visitor_tell(&v, (struct msg){.kind = MSG_ROSTER, .programme = &v.programme});
	assert_screen(SCREEN_IDLE);
}

TEST(a_wiped_board_that_is_enrolled_again_waits_for_its_list)
{
	memset(&v.programme, 0, sizeof(v.programme));
	visitor_tell(&v, (struct msg){.kind = MSG_ROSTER,
				 .roster_news = ROSTER_WIPED,
				 .programme = &v.programme});
	assert_trouble(TROUBLE_WIPED);
	visitor_network(&v, visitor_online());
	visitor_wait(&v, 60);
	assert_trouble(TROUBLE_NO_ROSTER);
}

TEST(a_damaged_newer_roster_leaves_the_old_one_in_use)
{
	visitor_tell(&v, (struct msg){.kind = MSG_ROSTER, .roster_news = ROSTER_DAMAGED});
	assert_screen(SCREEN_IDLE);
	visitor_greeted(&v, LANGUAGE_FR);
	assert_screen(SCREEN_AGENDA);
}

TEST(a_new_roster_in_mid_visit_disturbs_nobody)
{
	visitor_greeted(&v, LANGUAGE_FR);
	visitor_tell(&v, (struct msg){.kind = MSG_ROSTER, .programme = &v.programme});
	assert_screen(SCREEN_AGENDA);
	assert_true(remembers("Peeters"));
}

TEST(tab_goes_round_all_regions_in_order)
{
	visitor_greeted(&v, LANGUAGE_FR);
	struct app_words words;
	struct msg e;
	char first[APP_NAME] = "";
	size_t n = 0;
	do {
		app_view(&v.m, &v.m.look, &d);
		assert_ok(app_key(&v.m, &d, KEY_NEXT, &words, &e));
		assert_int_equal(e.kind, MSG_FOCUS);
		visitor_tell(&v, e);
		if (!first[0])
			memcpy(first, words.name, sizeof(first));
		n++;
		assert_in_range(n, 1, 20);
	} while (n == 1 || strcmp(words.name, first) != 0);
	assert_true(n > 8);
}

TEST(enter_presses_what_has_the_ring_and_escape_leaves)
{
	visitor_greeted(&v, LANGUAGE_FR);
	struct app_words words;
	struct msg e;
	app_view(&v.m, &v.m.look, &d);
	assert_err(app_key(&v.m, &d, KEY_ENTER, &words, &e), ERR_ABSENT);
	visitor_tell(&v, (struct msg){.kind = MSG_FOCUS, .name = "print-badge"});
	assert_ok(app_key(&v.m, &d, KEY_ENTER, &words, &e));
	assert_string_equal(e.name, "print-badge");
	visitor_tell(&v, e);
	assert_screen(SCREEN_PREVIEW);
	app_view(&v.m, &v.m.look, &d);
	assert_ok(app_key(&v.m, &d, KEY_ESCAPE, &words, &e));
	assert_string_equal(e.name, "no");
}

TEST(a_touch_finds_its_region_and_nothing_beside_it)
{
	char name[APP_NAME];
	visitor_greeted(&v, LANGUAGE_FR);
	app_view(&v.m, &v.m.look, &d);
	for (size_t i = 0; i < d.n; i++) {
		const struct draw_command *c = &d.commands[i];
		if (c->op != DRAW_REGION || c->state == REGION_DISABLED)
			continue;
		assert_ok(app_touch(&d, c->at.x, c->at.y, name));
		assert_true(span_equal(span_of(name), draw_name_of(&d, c)));
	}
	assert_err(app_touch(&d, 0, 0, name), ERR_ABSENT);
	assert_err(app_touch(&d, 5000, -3, name), ERR_ABSENT);
}

TEST(taps_that_mean_nothing_change_nothing)
{
	static const char *const names[] = {"", "yes", "no", "print-badge", "nonsense", "again"};
	for (size_t i = 0; i < COUNT(names); i++) {
		visitor_tap(&v, names[i]);
		assert_screen(SCREEN_IDLE);
		assert_int_equal(v.todo.print, PRINT_NOTHING);
		assert_int_equal(v.todo.note_count, 0);
	}
}

TEST(the_next_tick_is_always_ahead)
{
	visitor_greeted(&v, LANGUAGE_FR);
	for (int i = 0; i < 60; i++) {
		int64_t wait = app_next_tick_ms(&v.m);
		assert_in_range(wait, 1, 60000);
		v.boot_ms += wait;
		visitor_tell(&v, (struct msg){.kind = MSG_TICK});
	}
	assert_screen(SCREEN_IDLE);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_setup(a_kiosk_with_a_roster_is_idle, fresh),
	cmocka_unit_test_setup(a_scan_asks_for_the_code_to_be_opened, fresh),
	cmocka_unit_test_setup(an_opened_guest_sees_her_agenda_in_her_language, fresh),
	cmocka_unit_test_setup(her_arrival_is_noted_with_the_issue_she_showed, fresh),
	cmocka_unit_test_setup(nothing_green_and_no_sound_comes_before_the_journal_answers, fresh),
	cmocka_unit_test_setup(a_journal_that_refuses_promises_nothing_and_prints_nothing, fresh),
	cmocka_unit_test_setup(the_badge_is_drawn_ahead_while_she_reads, fresh),
	cmocka_unit_test_setup(the_badge_prints_after_a_look_and_a_yes, fresh),
	cmocka_unit_test_setup(before_the_badge_is_drawn_a_yes_means_nothing, fresh),
	cmocka_unit_test_setup(before_the_arrival_is_noted_nothing_prints, fresh),
	cmocka_unit_test_setup(done_is_shown_only_when_the_printer_confirms, fresh),
	cmocka_unit_test_setup(a_badge_prints_only_once_a_visit, fresh),
	cmocka_unit_test_setup(while_a_job_runs_no_other_begins, fresh),
	cmocka_unit_test_setup(paper_out_is_said_while_the_job_waits, fresh),
	cmocka_unit_test_setup(a_job_that_failed_may_be_tried_again, fresh),
	cmocka_unit_test_setup(an_uncertain_job_is_asked_about_and_never_repeated_unasked, fresh),
	cmocka_unit_test_setup(after_a_crash_she_is_asked_first_and_a_no_lets_her_print, fresh),
	cmocka_unit_test_setup(a_fault_seen_before_printing_is_told_and_goes_by_itself, fresh),
	cmocka_unit_test_setup(a_badge_that_cannot_be_drawn_sends_to_the_desk, fresh),
	cmocka_unit_test_setup(a_second_scan_says_so_and_prints_nothing, fresh),
	cmocka_unit_test_setup(who_arrived_without_a_badge_may_still_print_it, fresh),
	cmocka_unit_test_setup(a_higher_issue_prints_only_at_the_desk, fresh),
	cmocka_unit_test_setup(an_issue_that_another_board_knows_counts_too, fresh),
	cmocka_unit_test_setup(a_badge_shows_the_agenda_and_never_prints_a_badge, fresh),
	cmocka_unit_test_setup(without_a_printer_nothing_to_print_is_offered, fresh),
	cmocka_unit_test_setup(each_answer_to_a_code_has_its_words, fresh),
	cmocka_unit_test_setup(three_thousand_bytes_from_the_scanner_are_not_opened, fresh),
	cmocka_unit_test_setup(a_protected_person_is_noted_and_shown_nothing, fresh),
	cmocka_unit_test_setup(silence_warns_by_sight_and_sound_before_it_ends_the_visit, fresh),
	cmocka_unit_test_setup(yes_gives_as_much_time_as_she_wants, fresh),
	cmocka_unit_test_setup(done_ends_the_visit_at_once, fresh),
	cmocka_unit_test_setup(after_a_visit_no_byte_of_her_is_left, fresh),
	cmocka_unit_test_setup(the_next_scan_ends_the_visit_before_at_once, fresh),
	cmocka_unit_test_setup(late_answers_of_the_visit_before_are_dropped, fresh),
	cmocka_unit_test_setup(a_tap_changes_the_language_for_this_visit_only, fresh),
	cmocka_unit_test_setup(settings_for_access_show_at_once_and_go_with_the_visit, fresh),
	cmocka_unit_test_setup(text_size_has_three_steps, fresh),
	cmocka_unit_test_setup(settings_made_before_the_scan_hold_for_it, fresh),
	cmocka_unit_test_setup(settings_nobody_used_go_back_by_themselves, fresh),
	cmocka_unit_test_setup(with_speech_on_a_screen_says_itself, fresh),
	cmocka_unit_test_setup(with_speech_off_nothing_is_said, fresh),
	cmocka_unit_test_setup(the_agenda_begins_with_what_comes_next, fresh),
	cmocka_unit_test_setup(later_and_earlier_turn_the_list_and_stop_at_its_ends, fresh),
	cmocka_unit_test_setup(a_drag_moves_the_list_within_its_ends, fresh),
	cmocka_unit_test_setup(the_code_for_the_phone_begins_with_the_next_appointment, fresh),
	cmocka_unit_test_setup(
		something_wrong_with_the_badge_is_noted_and_sends_to_the_desk, fresh),
	cmocka_unit_test_setup(a_programme_prints_on_its_own, fresh),
	cmocka_unit_test_setup(without_a_roster_the_kiosk_says_why, fresh),
	cmocka_unit_test_setup(a_wiped_board_that_is_enrolled_again_waits_for_its_list, fresh),
	cmocka_unit_test_setup(a_damaged_newer_roster_leaves_the_old_one_in_use, fresh),
	cmocka_unit_test_setup(a_new_roster_in_mid_visit_disturbs_nobody, fresh),
	cmocka_unit_test_setup(tab_goes_round_all_regions_in_order, fresh),
	cmocka_unit_test_setup(enter_presses_what_has_the_ring_and_escape_leaves, fresh),
	cmocka_unit_test_setup(a_touch_finds_its_region_and_nothing_beside_it, fresh),
	cmocka_unit_test_setup(taps_that_mean_nothing_change_nothing, fresh),
	cmocka_unit_test_setup(the_next_tick_is_always_ahead, fresh),
};

RUN_TESTS(tests)
