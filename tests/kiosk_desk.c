/* The desk as lists of messages: what it asks for, what it shows, and that nothing stays when it locks. */
#include "test.h"

#include "desk_glass.h"

TEST(a_desk_begins_locked_and_a_kiosk_never_is)
{
	assert_screen(SCREEN_STAFF);
	visitor_start(&v, 1280, 800);
	assert_screen(SCREEN_IDLE);
}

TEST(a_guests_code_at_a_locked_desk_is_wiped_and_notes_nothing)
{
	visitor_scan(&v, "ZQM1");
	visitor_opened(&v);
	assert_screen(SCREEN_STAFF);
	assert_true(v.todo.wipe);
	assert_int_equal(v.todo.note_count, 0);
	assert_int_equal(v.todo.staff.verb, STAFF_NOTHING);
	assert_false(holds(&v.m, sizeof(v.m), "Peeters"));
}

TEST(a_pin_leaves_the_model_as_it_is_handed_over)
{
	at_desk_card(&v);
	at_desk_type(&v, "90817263");
	assert_true(holds(&v.m, sizeof(v.m), "90817263"));
	visitor_tap(&v, "pin-enter");
	assert_int_equal(v.todo.staff.verb, STAFF_PIN);
	assert_memory_equal(v.todo.staff.text, "90817263", 8);
	assert_false(holds(&v.m, sizeof(v.m), "90817263"));
}

TEST(while_a_pin_must_wait_no_digit_is_taken)
{
	at_desk_card(&v);
	a = (struct staff_answer){.word = STAFF_WORD_CARD, .wait_ms = 30000};
	at_desk_answer(&v, &a);
	at_desk_type(&v, "1");
	assert_int_equal(v.m.desk.pin.n, 0);
	visitor_wait(&v, 31);
	at_desk_type(&v, "1");
	assert_int_equal(v.m.desk.pin.n, 1);
}

TEST(an_unlocking_that_nobody_waits_for_is_taken_back)
{
	at_desk_card(&v);
	visitor_tap(&v, "cancel");
	assert_int_equal(v.todo.staff.verb, STAFF_LOCK);
	answer(STAFF_WORD_PIN, OK);
	assert_screen(SCREEN_STAFF);
	assert_int_equal(v.todo.staff.verb, STAFF_LOCK);
}

TEST(each_letter_asks_and_answers_of_another_visit_are_ignored)
{
	at_desk_unlock(&v, DESK_ALL);
	at_desk_type(&v, "p");
	assert_int_equal(v.todo.staff.verb, STAFF_SEARCH);
	assert_int_equal(v.todo.staff.text_n, 1);
	at_desk_type(&v, "é");
	assert_int_equal(v.todo.staff.text_n, 3);
	press(KEY_ERASE);
	assert_int_equal(v.todo.staff.text_n, 1);
	a = (struct staff_answer){.word = STAFF_WORD_FOUND, .visit = v.m.visit + 1, .row_n = 1};
	visitor_tell(&v, (struct msg){.kind = MSG_STAFF, .staff = &a});
	assert_int_equal(v.m.desk.row_n, 0);
}

TEST(enter_takes_the_first_down_the_next_and_escape_clears)
{
	at_desk_unlock(&v, DESK_ALL);
	at_desk_type(&v, "pee");
	at_desk_found(&v);
	press(KEY_ENTER);
	assert_int_equal(v.todo.staff.verb, STAFF_OPEN);
	assert_memory_equal(v.todo.staff.person, v.m.desk.rows[0].person, EVENT_PERSON);
	press(KEY_DOWN);
	press(KEY_DOWN);
	press(KEY_ENTER);
	assert_memory_equal(v.todo.staff.person, v.m.desk.rows[1].person, EVENT_PERSON);
	press(KEY_ESCAPE);
	assert_int_equal(v.todo.staff.verb, STAFF_SEARCH);
	assert_int_equal(v.todo.staff.text_n, 0);
}

TEST(a_scanned_guest_opens_by_staffs_keys_and_not_by_her_own)
{
	at_desk_unlock(&v, DESK_ALL);
	visitor_scan(&v, "ZQM1");
	visitor_opened(&v);
	assert_true(v.todo.wipe);
	assert_int_equal(v.todo.staff.verb, STAFF_OPEN);
	assert_memory_equal(v.todo.staff.person, v.guest.handle, EVENT_PERSON);
	assert_int_equal(v.todo.note_count, 0);
	at_desk_answer(&v, at_desk_page(&v));
	assert_screen(SCREEN_PERSON);
}

static void desk_unlocked_by_void_code(void)
{
	at_desk_unlock(&v, DESK_ALL);
	visitor_scan(&v, "ZQM1");
	v.opening = (struct opening){.answer = ANSWER_REPLACED, .named = true};
	memcpy(v.opening.person, v.guest.handle, EVENT_PERSON);
	visitor_opened(&v);
	assert_int_equal(v.todo.staff.verb, STAFF_OPEN);
	assert_memory_equal(v.todo.staff.person, v.guest.handle, EVENT_PERSON);
	at_desk_answer(&v, at_desk_page(&v));
}

TEST(a_void_badge_that_was_found_opens_its_page_and_says_so)
{
	desk_unlocked_by_void_code();
	assert_screen(SCREEN_PERSON);
	has("back");
	assert_true(holds(d.bytes, d.bytes_n, "The code that was shown is void"));
	visitor_tap(&v, "back");
	assert_false(v.m.desk.void_code);
}

TEST(a_late_guests_code_goes_with_the_question_and_says_who_she_is)
{
	at_desk_unlock(&v, DESK_ALL);
	visitor_scan(&v, "ZQM1LATE");
	v.opening.late = span_of("ZQM1LATE");
	at_desk_late(&v, true);
	visitor_opened(&v);
	v.opening.late = (struct span){0};
	assert_int_equal(v.todo.staff.verb, STAFF_OPEN);
	assert_true(span_equal(
		(struct span){v.todo.staff.text, v.todo.staff.text_n}, span_of("ZQM1LATE")));
	at_desk_answer(&v, at_desk_late(&v, true));
	assert_screen(SCREEN_PERSON);
	assert_true(has("badge"));
	assert_false(has("correct"));
	assert_true(holds(d.bytes, d.bytes_n, "Zoë Coëlho"));
	visitor_tap(&v, "back");
	assert_int_equal(v.m.desk.code[0], 0);
	assert_false(holds(&v.m, sizeof(v.m), "Zoë"));
}

TEST(a_late_guests_badge_opens_a_page_without_a_name_or_code)
{
	at_desk_unlock(&v, DESK_ALL);
	visitor_scan(&v, "ZQM1LATE");
	visitor_opened(&v);
	at_desk_answer(&v, at_desk_late(&v, false));
	assert_false(has("badge"));
	assert_true(holds(d.bytes, d.bytes_n, "This badge says no name"));
	assert_true(has("revoke"));
}

TEST(hands_that_ask_nothing_are_told_of_from_time_to_time)
{
	at_desk_person(&v, DESK_ALL);
	visitor_wait(&v, 20);
	visitor_tap(&v, "revoke");
	assert_int_equal(v.todo.staff.verb, STAFF_NOTHING);
	visitor_wait(&v, 15);
	assert_int_equal(v.todo.staff.verb, STAFF_NOTHING);
	visitor_tap(&v, "no");
	assert_int_equal(v.todo.staff.verb, STAFF_STAY);
	visitor_tap(&v, "revoke");
	assert_int_equal(v.todo.staff.verb, STAFF_NOTHING);
	visitor_wait(&v, 60);
	assert_int_equal(v.todo.staff.verb, STAFF_NOTHING);
}

TEST(who_is_not_in_the_list_is_not_taken_for_protected)
{
	at_desk_unlock(&v, DESK_ALL);
	visitor_scan(&v, "ZQM1");
	visitor_opened(&v);
	answer(STAFF_WORD_OPENED, ERR_ABSENT);
	assert_screen(SCREEN_DESK);
	has("query");
	assert_true(holds(d.bytes, d.bytes_n, "not in this board's list yet"));
	assert_false(holds(d.bytes, d.bytes_n, "protocol"));
}

TEST(a_code_of_nobody_is_told_at_the_search_and_typing_goes_on)
{
	at_desk_person(&v, DESK_ALL);
	visitor_scan(&v, "https://example.org");
	v.opening = (struct opening){.answer = ANSWER_FOREIGN, .foreign = FOREIGN_WEB};
	visitor_opened(&v);
	assert_screen(SCREEN_DESK);
	assert_int_equal(v.todo.sound, SOUND_PROBLEM);
	assert_true(says("This code is a web address"));
	assert_false(says("Anne Peeters"));
	at_desk_type(&v, "t");
	assert_int_equal(v.todo.staff.verb, STAFF_SEARCH);
	at_desk_found(&v);
	assert_false(says("This code is a web address"));
	assert_true(says("Anne Peeters"));
	v.opening = (struct opening){.answer = ANSWER_UNREADABLE};
	visitor_scan(&v, "ZQM1");
	visitor_opened(&v);
	assert_screen(SCREEN_TROUBLE);
}

TEST(what_a_card_may_not_do_is_not_offered)
{
	static const struct {
		uint16_t right;
		const char *region;
	} offers[] = {{RIGHT_PRINT, "badge"}, {RIGHT_REVOKE, "revoke"}};

	for (size_t i = 0; i < COUNT(offers); i++) {
		fresh(NULL);
		at_desk_person(&v, offers[i].right);
		assert_true(has(offers[i].region));
		fresh(NULL);
		at_desk_person(&v, (uint16_t)(DESK_ALL & ~offers[i].right));
		assert_false(has(offers[i].region));
		visitor_tap(&v, offers[i].region);
		assert_screen(SCREEN_PERSON);
		assert_int_equal(v.todo.staff.verb, STAFF_NOTHING);
	}
}

TEST(who_may_print_is_told_why_there_is_no_further_badge)
{
	at_desk_person(&v, RIGHT_PRINT);
	struct staff_answer *page = at_desk_page(&v);
	page->facts.may_draw = false;
	at_desk_answer(&v, page);
	assert_false(has("badge"));
	assert_true(says("No further badge in this board's list"));
	at_desk_answer(&v, at_desk_page(&v));
	assert_true(has("badge"));
	assert_false(says("No further badge"));
	v.m.printer_there = false;
	assert_true(says("No printer"));
	fresh(NULL);
	at_desk_person(&v, RIGHT_REVOKE);
	page = at_desk_page(&v);
	page->facts.may_draw = false;
	at_desk_answer(&v, page);
	assert_false(says("No further badge"));
}

TEST(what_is_told_the_desk_stands_on_its_persons_page_alone)
{
	at_desk_person(&v, RIGHT_PRINT);
	assert_false(says("Note for the desk"));
	struct staff_answer *page = at_desk_page(&v);
	strcpy(page->note, "Badge in large print");
	at_desk_answer(&v, page);
	assert_true(says("Note for the desk"));
	assert_true(says("Badge in large print"));
	at_desk_answer(&v, at_desk_page(&v));
	assert_false(says("Badge in large print"));
	strcpy(page->note, "Badge in large print");
	at_desk_answer(&v, page);
	visitor_tap(&v, "back");
	assert_screen(SCREEN_DESK);
	assert_false(holds(&v.m.desk, sizeof(v.m.desk), "large print"));
}

/* The name of who was served is chosen: the next in the queue has another. */
TEST(back_at_the_search_the_next_name_takes_the_place_of_the_last)
{
	at_desk_person(&v, RIGHT_PRINT);
	visitor_tap(&v, "back");
	assert_int_equal(v.todo.staff.text_n, 3);
	at_desk_type(&v, "j");
	assert_int_equal(v.todo.staff.verb, STAFF_SEARCH);
	assert_int_equal(v.todo.staff.text_n, 1);
	at_desk_type(&v, "a");
	assert_int_equal(v.todo.staff.text_n, 2);
}

TEST(who_may_take_in_late_guests_is_told_to_where_neither_code_nor_badge_is_left)
{
	for (int may = 0; may < 2; may++) {
		fresh(NULL);
		at_desk_unlock(&v, may ? RIGHT_LATE : RIGHT_PRINT);
		at_desk_type(&v, "zzz");
		answer(STAFF_WORD_FOUND, OK);
		assert_true(says("Nobody is found"));
		assert_int_equal(says("Who has neither is taken in anew"), may);
	}
}

TEST(more_people_than_rows_are_counted)
{
	at_desk_unlock(&v, DESK_ALL);
	at_desk_type(&v, "pee");
	v.m.desk.keyboard.folded = true;
	at_desk_found(&v);
	assert_true(says("57 people found"));
	assert_true(says("51 more people. Type more letters."));
}

TEST(revoking_asks_first)
{
	at_desk_person(&v, DESK_ALL);
	visitor_tap(&v, "revoke");
	assert_int_equal(v.todo.staff.verb, STAFF_NOTHING);
	visitor_tap(&v, "no");
	visitor_tap(&v, "yes");
	assert_int_equal(v.todo.staff.verb, STAFF_NOTHING);
	visitor_tap(&v, "revoke");
	visitor_tap(&v, "yes");
	assert_int_equal(v.todo.staff.verb, STAFF_SAY);
	assert_int_equal(v.todo.staff.kind, EVENT_REVOKED);
	assert_int_equal(v.todo.staff.issue, 1);
}

TEST(silence_asks_after_100_seconds_and_locks_after_120)
{
	at_desk_person(&v, DESK_ALL);
	visitor_wait(&v, 99);
	assert_false(v.m.asking);
	visitor_wait(&v, 2);
	assert_true(v.m.asking);
	has("yes");
	assert_false(holds(d.bytes, d.bytes_n, "Peeters"));
	visitor_wait(&v, 18);
	assert_screen(SCREEN_PERSON);
	visitor_wait(&v, 1);
	assert_screen(SCREEN_STAFF);
	assert_true(v.todo.wipe);
	assert_int_equal(v.todo.staff.verb, STAFF_LOCK);
}

TEST(a_job_or_an_answer_is_no_hand_at_the_desk)
{
	at_desk_person(&v, DESK_ALL);
	visitor_wait(&v, 60);
	answer(STAFF_WORD_CHANGED, OK);
	visitor_printer(&v, FAULT_PAPER_OUT);
	visitor_wait(&v, 41);
	assert_true(v.m.asking);
}

TEST(nothing_of_anybody_stays_when_it_locks)
{
	static const char *const traces[] = {
		"Peeters", "Anne", "Acme", "pee", "Udekem", "large print"};

	at_desk_person(&v, DESK_ALL);
	memset(&a, 0, sizeof(a));
	a.word = STAFF_WORD_ARRIVED;
	strcpy(a.rows[0].name, "Wenceslas d'Udekem");
	at_desk_answer(&v, &a);
	assert_true(holds(&v.m, sizeof(v.m), "Udekem"));
	struct staff_answer *page = at_desk_page(&v);
	strcpy(page->note, "Badge in large print");
	at_desk_answer(&v, page);
	assert_true(holds(&v.m.desk, sizeof(v.m.desk), "large print"));
	answer(STAFF_WORD_LOCKED, OK);
	assert_screen(SCREEN_STAFF);
	assert_true(v.todo.wipe);
	for (size_t i = 0; i < COUNT(traces); i++)
		assert_false(holds(&v.m.desk, sizeof(v.m.desk), traces[i]));
	assert_false(v.m.guest.known);
	assert_int_equal(v.m.desk.rights, 0);
}

TEST(who_is_protected_and_arrives_is_told_to_the_protocol_alone)
{
	memset(&a, 0, sizeof(a));
	a.word = STAFF_WORD_ARRIVED;
	strcpy(a.rows[0].name, "Wenceslas d'Udekem");
	struct staff_answer told = a;
	at_desk_unlock(&v, RIGHT_PRINT);
	at_desk_answer(&v, &told);
	assert_false(has("arrival"));
	assert_false(holds(&v.m.desk, sizeof(v.m.desk), "Udekem"));
	fresh(NULL);
	at_desk_unlock(&v, RIGHT_PROTOCOL);
	at_desk_answer(&v, &told);
	assert_true(has("arrival"));
	assert_int_equal(v.todo.sound, SOUND_NONE);
	visitor_tap(&v, "arrival");
	assert_int_equal(v.todo.staff.verb, STAFF_OPEN);
}

static const struct CMUnitTest tests[] = {
	AT_A_DESK(a_desk_begins_locked_and_a_kiosk_never_is),
	AT_A_DESK(a_guests_code_at_a_locked_desk_is_wiped_and_notes_nothing),
	AT_A_DESK(a_pin_leaves_the_model_as_it_is_handed_over),
	AT_A_DESK(while_a_pin_must_wait_no_digit_is_taken),
	AT_A_DESK(an_unlocking_that_nobody_waits_for_is_taken_back),
	AT_A_DESK(each_letter_asks_and_answers_of_another_visit_are_ignored),
	AT_A_DESK(enter_takes_the_first_down_the_next_and_escape_clears),
	AT_A_DESK(a_scanned_guest_opens_by_staffs_keys_and_not_by_her_own),
	AT_A_DESK(a_void_badge_that_was_found_opens_its_page_and_says_so),
	AT_A_DESK(a_late_guests_code_goes_with_the_question_and_says_who_she_is),
	AT_A_DESK(hands_that_ask_nothing_are_told_of_from_time_to_time),
	AT_A_DESK(a_late_guests_badge_opens_a_page_without_a_name_or_code),
	AT_A_DESK(who_is_not_in_the_list_is_not_taken_for_protected),
	AT_A_DESK(a_code_of_nobody_is_told_at_the_search_and_typing_goes_on),
	AT_A_DESK(what_a_card_may_not_do_is_not_offered),
	AT_A_DESK(who_may_print_is_told_why_there_is_no_further_badge),
	AT_A_DESK(what_is_told_the_desk_stands_on_its_persons_page_alone),
	AT_A_DESK(back_at_the_search_the_next_name_takes_the_place_of_the_last),
	AT_A_DESK(who_may_take_in_late_guests_is_told_to_where_neither_code_nor_badge_is_left),
	AT_A_DESK(more_people_than_rows_are_counted),
	AT_A_DESK(revoking_asks_first),
	AT_A_DESK(silence_asks_after_100_seconds_and_locks_after_120),
	AT_A_DESK(a_job_or_an_answer_is_no_hand_at_the_desk),
	AT_A_DESK(nothing_of_anybody_stays_when_it_locks),
	AT_A_DESK(who_is_protected_and_arrives_is_told_to_the_protocol_alone),
};

RUN_TESTS(tests)
