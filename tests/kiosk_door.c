/* A door's course as lists of messages: no green without the journal, no name too many, no way round. */
#include "test.h"

#include "steward.h"

static struct visitor v;
static struct draw d;

static int fresh(void **state)
{
	UNUSED(state);
	steward_start(&v);
	return 0;
}

static void assert_screen(enum screen_id want)
{
	assert_string_equal(app_screen_name(v.m.screen), app_screen_name(want));
}

static void see(void)
{
	app_view(&v.m, &v.m.look, &d);
}

static bool holds(const char *text)
{
	see();
	return memmem(d.bytes, d.bytes_n, text, strlen(text)) != NULL;
}

static bool has_ink(enum ink ink)
{
	see();
	for (size_t i = 0; i < d.n; i++)
		if (d.commands[i].ink == ink)
			return true;
	return false;
}

static bool offers(const char *region)
{
	see();
	for (size_t i = 0; i < d.n; i++)
		if (d.commands[i].op == DRAW_REGION && d.commands[i].state != REGION_DISABLED &&
			span_equal(draw_name_of(&d, &d.commands[i]), span_of(region)))
			return true;
	return false;
}

static void assert_note(uint16_t kind)
{
	assert_int_equal(v.todo.note_count, 1);
	assert_int_equal(v.todo.notes[0].kind, kind);
	assert_int_equal(v.todo.notes[0].activity, 7);
	assert_memory_equal(v.todo.notes[0].person, "\x11\x22\x33\x44\x55\x66\x77\x88", 8);
}

TEST(a_door_is_closed_until_a_card_chooses_an_activity)
{
	assert_screen(SCREEN_DOOR);
	assert_true(holds("This door is not open yet"));
	steward_judge(&v, DOOR_GREEN, DOOR_BOOKED, LANGUAGE_FR);
	assert_screen(SCREEN_DOOR);
	assert_int_equal(v.todo.sound, SOUND_PROBLEM);
	assert_int_equal(v.todo.note_count, 0);
}

TEST(whatever_comes_next_here_stands_first)
{
	steward_unlock(&v);
	assert_screen(SCREEN_DOOR_CHOOSE);
	assert_true(holds("Whatever comes next here"));
	visitor_tap(&v, "choose-0");
	assert_screen(SCREEN_DOOR);
	assert_true(v.todo.count);
	assert_int_equal(gate_chosen(&v.m.gate)->number, 7);
}

TEST(the_door_goes_on_when_the_card_is_gone)
{
	steward_open(&v, 23, 19);
	assert_screen(SCREEN_DOOR);
	assert_true(holds("23 of 60 inside"));
	assert_true(holds("19 still missing"));
	steward_judge(&v, DOOR_GREEN, DOOR_BOOKED, LANGUAGE_FR);
	assert_screen(SCREEN_DOOR_ANSWER);
}

TEST(nothing_is_green_and_nothing_sounds_before_the_entry_is_written)
{
	steward_open(&v, 23, 19);
	steward_judge(&v, DOOR_GREEN, DOOR_BOOKED, LANGUAGE_FR);
	assert_note(EVENT_ENTERED);
	assert_int_equal(v.todo.sound, SOUND_NONE);
	assert_false(has_ink(INK_GOOD));
	assert_false(holds("Enter"));
	assert_false(holds("Anne"));
	steward_noted(&v, OK);
	assert_int_equal(v.todo.sound, SOUND_GOOD);
	assert_true(v.todo.count);
	assert_true(has_ink(INK_GOOD));
	assert_true(holds("Anne Peeters"));
	assert_true(holds("Bienvenue"));
}

TEST(a_journal_that_refuses_lets_nobody_in)
{
	steward_open(&v, 23, 19);
	steward_judge(&v, DOOR_GREEN, DOOR_BOOKED, LANGUAGE_FR);
	steward_noted(&v, ERR_IO);
	assert_int_equal(v.todo.sound, SOUND_PROBLEM);
	assert_false(has_ink(INK_GOOD));
	assert_true(holds("cannot save"));
	assert_false(offers("undo"));
	assert_false(v.m.gate.last.known);
}

TEST(three_lights_have_three_sounds_and_shapes)
{
	steward_open(&v, 23, 19);
	steward_judge(&v, DOOR_AMBER, DOOR_WAITING, LANGUAGE_FR);
	assert_int_equal(v.todo.sound, SOUND_WAIT);
	assert_int_equal(v.todo.note_count, 0);
	assert_true(has_ink(INK_WARN) && holds("warning"));
	steward_judge(&v, DOOR_RED, DOOR_REPLACED, LANGUAGE_FR);
	assert_int_equal(v.todo.sound, SOUND_PROBLEM);
	assert_int_equal(v.todo.note_count, 0);
	assert_true(has_ink(INK_BAD) && holds("cross"));
}

TEST(a_code_of_nobody_is_red_and_a_torn_one_is_asked_for_again)
{
	steward_open(&v, 23, 19);
	visitor_scan(&v, "https://example.org");
	v.opening = (struct opening){.answer = ANSWER_FOREIGN, .foreign = FOREIGN_WEB};
	visitor_opened(&v);
	assert_screen(SCREEN_DOOR_ANSWER);
	assert_int_equal(v.todo.sound, SOUND_PROBLEM);
	assert_true(has_ink(INK_BAD));
	assert_true(holds("This code opens no door"));
	assert_true(holds("23 of 60 inside"));
	steward_judge(&v, DOOR_GREEN, DOOR_BOOKED, LANGUAGE_FR);
	assert_note(EVENT_ENTERED);
	v.opening = (struct opening){.answer = ANSWER_TORN};
	visitor_scan(&v, "ZQM1");
	visitor_opened(&v);
	assert_screen(SCREEN_TROUBLE);
}

TEST(a_replaced_badge_says_where_to_go_in_both_languages)
{
	steward_open(&v, 23, 19);
	steward_judge(&v, DOOR_RED, DOOR_REPLACED, LANGUAGE_FR);
	assert_true(holds("This badge was replaced"));
	assert_true(holds("Ce badge a été remplacé"));
	assert_true(holds("Hotel Meridian, Lobby"));
	assert_false(holds("Anne"));
}

TEST(a_protected_person_is_never_named)
{
	steward_open(&v, 23, 19);
	steward_judge(&v, DOOR_AMBER, DOOR_PROTOCOL, LANGUAGE_NL);
	assert_false(holds("Anne"));
	assert_true(holds("protocolbalie"));
}

TEST(without_a_card_nothing_is_let_in_against_the_light)
{
	static const enum door_reason why[] = {DOOR_WAITING, DOOR_SEATS, DOOR_EARLY, DOOR_LATE};

	steward_open(&v, 23, 19);
	for (size_t i = 0; i < COUNT(why); i++) {
		steward_judge(&v, DOOR_AMBER, why[i], LANGUAGE_FR);
		assert_false(offers("let-in"));
		visitor_tap(&v, "let-in");
		assert_int_equal(v.todo.staff.verb, STAFF_NOTHING);
		assert_int_equal(v.todo.note_count, 0);
		assert_true(holds("show a staff card"));
	}
}

TEST(no_card_lets_a_void_badge_in)
{
	static const enum door_reason why[] = {DOOR_UNKNOWN, DOOR_REPLACED, DOOR_REVOKED};

	for (size_t i = 0; i < COUNT(why); i++) {
		steward_open(&v, 23, 19);
		steward_judge(&v, DOOR_RED, why[i], LANGUAGE_FR);
		assert_false(holds("show a staff card"));
		steward_unlock(&v);
		steward_judge(&v, DOOR_RED, why[i], LANGUAGE_FR);
		assert_false(offers("let-in"));
		visitor_tap(&v, "let-in");
		assert_int_equal(v.todo.staff.verb, STAFF_NOTHING);
	}
}

TEST(a_card_lets_in_what_was_refused_before_it_was_shown)
{
	steward_open(&v, 23, 19);
	steward_judge(&v, DOOR_AMBER, DOOR_SEATS, LANGUAGE_FR);
	visitor_scan(&v, "ZQM1CARD");
	steward_unlock(&v);
	assert_screen(SCREEN_DOOR_ANSWER);
	assert_true(holds("Anne Peeters"));
	visitor_tap(&v, "let-in");
	assert_int_equal(v.todo.staff.verb, STAFF_SAY);
	assert_int_equal(v.todo.staff.kind, EVENT_OVERRIDE);
	assert_int_equal(v.todo.staff.activity, 7);
	assert_false(has_ink(INK_GOOD));
	steward_signed(&v, OK);
	assert_note(EVENT_ENTERED);
	assert_false(has_ink(INK_GOOD));
	steward_noted(&v, OK);
	assert_true(has_ink(INK_GOOD));
	assert_true(holds("Staff have let this guest in"));
}

TEST(an_override_that_the_engine_refuses_stays_refused)
{
	steward_open(&v, 23, 19);
	steward_judge(&v, DOOR_AMBER, DOOR_SEATS, LANGUAGE_FR);
	steward_unlock(&v);
	steward_judge(&v, DOOR_AMBER, DOOR_SEATS, LANGUAGE_FR);
	visitor_tap(&v, "let-in");
	steward_signed(&v, ERR_DENIED);
	assert_int_equal(v.todo.note_count, 0);
	assert_int_equal(v.todo.sound, SOUND_PROBLEM);
	assert_true(has_ink(INK_WARN));
	assert_false(has_ink(INK_GOOD));
}

TEST(what_was_refused_is_forgotten_after_a_minute)
{
	steward_open(&v, 23, 19);
	steward_judge(&v, DOOR_AMBER, DOOR_SEATS, LANGUAGE_FR);
	visitor_scan(&v, "ZQM1CARD");
	assert_string_equal(v.m.gate.pending.name, "Anne Peeters");
	visitor_wait(&v, 61);
	assert_false(v.m.gate.pending.known);
	assert_string_equal(v.m.gate.pending.name, "");
	steward_unlock(&v);
	assert_screen(SCREEN_DOOR_CHOOSE);
}

TEST(a_void_badge_waits_for_no_card)
{
	steward_open(&v, 23, 19);
	steward_judge(&v, DOOR_RED, DOOR_REPLACED, LANGUAGE_FR);
	visitor_scan(&v, "ZQM1CARD");
	assert_false(v.m.gate.pending.known);
	steward_unlock(&v);
	assert_screen(SCREEN_DOOR_CHOOSE);
}

TEST(the_next_badge_takes_the_place_of_the_last_at_once)
{
	steward_open(&v, 23, 19);
	steward_judge(&v, DOOR_GREEN, DOOR_BOOKED, LANGUAGE_FR);
	steward_noted(&v, OK);
	visitor_scan(&v, "ZQM1");
	assert_screen(SCREEN_DOOR);
	assert_string_equal(v.m.gate.verdict.name, "");
	assert_false(holds("Anne"));
}

TEST(an_answer_for_the_badge_before_lights_nothing)
{
	steward_open(&v, 23, 19);
	steward_judge(&v, DOOR_GREEN, DOOR_BOOKED, LANGUAGE_FR);
	uint32_t old = v.m.visit;
	steward_judge(&v, DOOR_RED, DOOR_REPLACED, LANGUAGE_FR);
	visitor_tell(&v,
		(struct msg){.kind = MSG_NOTED, .visit = old, .note = EVENT_ENTERED, .result = OK});
	assert_false(has_ink(INK_GOOD));
	assert_true(has_ink(INK_BAD));
}

TEST(green_goes_after_four_seconds_and_red_stays_longer)
{
	steward_open(&v, 23, 19);
	steward_judge(&v, DOOR_GREEN, DOOR_BOOKED, LANGUAGE_FR);
	steward_noted(&v, OK);
	visitor_wait(&v, 5);
	assert_screen(SCREEN_DOOR);
	steward_judge(&v, DOOR_RED, DOOR_FULL, LANGUAGE_FR);
	visitor_wait(&v, 20);
	assert_screen(SCREEN_DOOR_ANSWER);
	visitor_wait(&v, 11);
	assert_screen(SCREEN_DOOR);
	assert_string_equal(v.m.gate.verdict.name, "");
}

TEST(somebody_inside_may_be_leaving)
{
	steward_open(&v, 23, 19);
	steward_judge(&v, DOOR_AMBER, DOOR_INSIDE, LANGUAGE_FR);
	visitor_tap(&v, "left");
	assert_note(EVENT_LEFT);
	assert_false(has_ink(INK_GOOD));
	steward_noted(&v, OK);
	assert_true(holds("The guest has left"));
}

TEST(out_counts_those_inside_out_and_nobody_else)
{
	steward_open(&v, 23, 19);
	visitor_tap(&v, "out");
	assert_true(holds("Show your badge as you leave"));
	steward_judge(&v, DOOR_AMBER, DOOR_INSIDE, LANGUAGE_FR);
	assert_note(EVENT_LEFT);
	steward_noted(&v, OK);
	assert_true(holds("Goodbye"));
	steward_judge(&v, DOOR_GREEN, DOOR_BOOKED, LANGUAGE_FR);
	assert_int_equal(v.todo.note_count, 0);
	assert_int_equal(v.todo.sound, SOUND_WAIT);
	assert_true(holds("Was not seen going in"));
	steward_judge(&v, DOOR_RED, DOOR_REPLACED, LANGUAGE_FR);
	assert_int_equal(v.todo.note_count, 0);
	assert_true(has_ink(INK_BAD));
}

TEST(the_last_is_taken_back_by_its_opposite)
{
	steward_open(&v, 23, 19);
	assert_false(offers("undo"));
	steward_judge(&v, DOOR_GREEN, DOOR_BOOKED, LANGUAGE_FR);
	steward_noted(&v, OK);
	visitor_tap(&v, "done");
	assert_screen(SCREEN_DOOR);
	assert_true(offers("undo"));
	visitor_tap(&v, "undo");
	assert_note(EVENT_LEFT);
	steward_noted(&v, OK);
	assert_screen(SCREEN_DOOR);
	assert_false(offers("undo"));
}

TEST(names_of_the_missing_are_wiped_with_the_lock)
{
	steward_open(&v, 23, 19);
	steward_unlock(&v);
	visitor_tap(&v, "missing");
	assert_int_equal(v.todo.staff.verb, STAFF_MISSING);
	assert_int_equal(v.todo.staff.activity, 7);
	steward_missing(&v, 3);
	assert_true(holds("Peeters"));
	visitor_wait(&v, 121);
	assert_screen(SCREEN_DOOR);
	assert_int_equal(v.m.gate.names.text_n, 0);
	assert_int_equal(v.m.desk.lock, LOCK_SHUT);
	steward_missing(&v, 3);
	assert_int_equal(v.m.gate.names.n, 0);
}

TEST(a_list_that_is_not_there_says_of_nobody_that_she_has_come)
{
	steward_open(&v, 23, 19);
	steward_unlock(&v);
	visitor_tap(&v, "missing");
	assert_true(holds("One moment"));
	assert_false(holds("Everybody"));
	steward_unnamed(&v);
	assert_int_equal(v.todo.sound, SOUND_PROBLEM);
	assert_true(holds("Names cannot be shown now"));
	assert_false(holds("Everybody"));
	steward_missing(&v, 0);
	assert_true(holds("Everybody"));
}

TEST(a_guest_who_is_too_early_takes_nothing_from_the_stewards_hands)
{
	steward_unlock(&v);
	assert_screen(SCREEN_DOOR_CHOOSE);
	steward_judge(&v, DOOR_GREEN, DOOR_BOOKED, LANGUAGE_FR);
	assert_screen(SCREEN_DOOR_CHOOSE);
	assert_int_equal(v.todo.sound, SOUND_PROBLEM);
	assert_int_equal(v.todo.staff.verb, STAFF_DAY);
	visitor_tap(&v, "choose-0");
	assert_int_equal(gate_chosen(&v.m.gate)->number, 7);
}

TEST(the_choice_is_one_tap_away_while_a_card_is_unlocked_and_only_then)
{
	steward_unlock(&v);
	visitor_tap(&v, "back");
	assert_screen(SCREEN_DOOR);
	assert_true(holds("No activity is chosen"));
	assert_false(holds("show your card"));
	visitor_tap(&v, "choose");
	assert_screen(SCREEN_DOOR_CHOOSE);
	visitor_tap(&v, "choose-0");
	assert_true(offers("choose"));
	visitor_wait(&v, 121);
	assert_screen(SCREEN_DOOR);
	assert_false(offers("choose"));
	visitor_tap(&v, "choose");
	assert_screen(SCREEN_DOOR);
}

TEST(one_guest_is_missing_in_the_singular_and_nobody_without_a_number)
{
	steward_open(&v, 41, 1);
	v.m.look.language = LANGUAGE_DE;
	assert_true(holds("1 fehlt noch"));
	steward_unlock(&v);
	visitor_tap(&v, "missing");
	steward_missing(&v, 1);
	assert_true(holds("1 fehlt noch"));
	steward_missing(&v, 0);
	assert_true(holds("Wer noch fehlt"));
	assert_false(holds("0 fehl"));
}

TEST(badges_do_not_keep_the_lock_open)
{
	bool locked = false;

	steward_open(&v, 23, 19);
	steward_unlock(&v);
	visitor_tap(&v, "back");
	for (int i = 0; i < 13; i++) {
		steward_judge(&v, DOOR_RED, DOOR_FULL, LANGUAGE_FR);
		for (int k = 0; k < 10; k++) {
			visitor_wait(&v, 1);
			locked = locked || v.todo.staff.verb == STAFF_LOCK;
		}
	}
	assert_true(locked);
	assert_int_equal(v.m.desk.lock, LOCK_SHUT);
}

TEST(an_automatic_door_follows_its_place)
{
	steward_open(&v, 23, 19);
	assert_false(holds("Take back") && offers("undo"));
	v.boot_ms += 4801 * 1000;
	visitor_tell(&v, (struct msg){.kind = MSG_TICK});
	assert_int_equal(gate_chosen(&v.m.gate)->number, 8);
	assert_int_equal(v.m.gate.counts.inside, 0);
	assert_true(holds("Doors open at 18:10."));
}

TEST(a_chosen_door_says_that_it_is_over_and_what_comes_next)
{
	steward_unlock(&v);
	visitor_tap(&v, "choose-1");
	v.boot_ms += 4801 * 1000;
	visitor_tell(&v, (struct msg){.kind = MSG_TICK});
	assert_int_equal(gate_chosen(&v.m.gate)->number, 7);
	assert_true(holds("This activity is over."));
	assert_true(holds("Reception of the consul general"));
}

TEST(a_new_day_keeps_the_activity_by_its_number)
{
	static struct gate_list l;

	steward_open(&v, 23, 19);
	steward_day(&l);
	struct gate_activity first = l.at[0];
	l.at[0] = l.at[2];
	l.at[2] = first;
	l.at[0].here = false;
	visitor_tell(&v, (struct msg){.kind = MSG_GATE, .gate_list = &l});
	assert_int_equal(gate_chosen(&v.m.gate)->number, 7);
	l.n = 0;
	visitor_tell(&v, (struct msg){.kind = MSG_GATE, .gate_list = &l});
	assert_null(gate_chosen(&v.m.gate));
	assert_true(holds("This door is not open yet"));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_setup(a_door_is_closed_until_a_card_chooses_an_activity, fresh),
	cmocka_unit_test_setup(whatever_comes_next_here_stands_first, fresh),
	cmocka_unit_test_setup(the_door_goes_on_when_the_card_is_gone, fresh),
	cmocka_unit_test_setup(
		nothing_is_green_and_nothing_sounds_before_the_entry_is_written, fresh),
	cmocka_unit_test_setup(a_journal_that_refuses_lets_nobody_in, fresh),
	cmocka_unit_test_setup(three_lights_have_three_sounds_and_shapes, fresh),
	cmocka_unit_test_setup(a_code_of_nobody_is_red_and_a_torn_one_is_asked_for_again, fresh),
	cmocka_unit_test_setup(a_replaced_badge_says_where_to_go_in_both_languages, fresh),
	cmocka_unit_test_setup(a_protected_person_is_never_named, fresh),
	cmocka_unit_test_setup(without_a_card_nothing_is_let_in_against_the_light, fresh),
	cmocka_unit_test_setup(no_card_lets_a_void_badge_in, fresh),
	cmocka_unit_test_setup(a_card_lets_in_what_was_refused_before_it_was_shown, fresh),
	cmocka_unit_test_setup(an_override_that_the_engine_refuses_stays_refused, fresh),
	cmocka_unit_test_setup(what_was_refused_is_forgotten_after_a_minute, fresh),
	cmocka_unit_test_setup(a_void_badge_waits_for_no_card, fresh),
	cmocka_unit_test_setup(the_next_badge_takes_the_place_of_the_last_at_once, fresh),
	cmocka_unit_test_setup(an_answer_for_the_badge_before_lights_nothing, fresh),
	cmocka_unit_test_setup(green_goes_after_four_seconds_and_red_stays_longer, fresh),
	cmocka_unit_test_setup(somebody_inside_may_be_leaving, fresh),
	cmocka_unit_test_setup(out_counts_those_inside_out_and_nobody_else, fresh),
	cmocka_unit_test_setup(the_last_is_taken_back_by_its_opposite, fresh),
	cmocka_unit_test_setup(names_of_the_missing_are_wiped_with_the_lock, fresh),
	cmocka_unit_test_setup(a_list_that_is_not_there_says_of_nobody_that_she_has_come, fresh),
	cmocka_unit_test_setup(
		a_guest_who_is_too_early_takes_nothing_from_the_stewards_hands, fresh),
	cmocka_unit_test_setup(
		the_choice_is_one_tap_away_while_a_card_is_unlocked_and_only_then, fresh),
	cmocka_unit_test_setup(
		one_guest_is_missing_in_the_singular_and_nobody_without_a_number, fresh),
	cmocka_unit_test_setup(badges_do_not_keep_the_lock_open, fresh),
	cmocka_unit_test_setup(an_automatic_door_follows_its_place, fresh),
	cmocka_unit_test_setup(a_chosen_door_says_that_it_is_over_and_what_comes_next, fresh),
	cmocka_unit_test_setup(a_new_day_keeps_the_activity_by_its_number, fresh),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
