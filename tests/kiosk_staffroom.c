/* The staff's room: what a card and its PIN open, and that every right is asked for where it is used. */
#include "test.h"

#include "help/staff_board.h"
#include "journal.h"
#include "opening.h"
#include "throttle.h"

TEST(the_right_pin_unlocks_and_that_is_written_down)
{
	staff_board_rights(&board, RIGHT_PRINT);
	staff_board_show_desk(&board);
	assert_int_equal(board.got.tries, THROTTLE_TRIES);
	uint64_t before = notes_count(board.notes);
	staff_board_enter(&board, SMALL_PIN);
	assert_ok(board.got.result);
	assert_int_equal(notes_count(board.notes), before + 1);
	assert_int_equal(board.got.people, SMALL_PEOPLE - 1); /* nobody protected */
}

TEST(a_wrong_pin_is_written_down_and_costs_a_try)
{
	staff_board_rights(&board, RIGHT_PRINT);
	staff_board_show_desk(&board);
	uint64_t before = notes_count(board.notes);
	staff_board_enter(&board, "12345679");
	assert_err(board.got.result, ERR_DENIED);
	assert_int_equal(board.got.tries, THROTTLE_TRIES - 1);
	assert_int_equal(notes_count(board.notes), before + 1);
	staff_board_search(&board, "a");
	assert_int_equal(board.got.word, STAFF_WORD_LOCKED);
}

TEST(after_five_wrong_pins_the_right_one_waits_also_over_a_restart)
{
	staff_board_rights(&board, RIGHT_PRINT);
	staff_board_show_desk(&board);
	for (int i = 0; i < THROTTLE_TRIES; i++)
		staff_board_enter(&board, "00000000");
	assert_int_equal(board.got.wait_ms, THROTTLE_FIRST_MS);
	staff_board_enter(&board, SMALL_PIN);
	assert_err(board.got.result, ERR_BUSY);
	staff_board_stop(&board);
	staff_board_start(&board);
	staff_board_settle(&board);
	staff_board_show_desk(&board);
	assert_int_equal(board.got.tries, 0);
	assert_true(board.got.wait_ms > 0);
	staff_board_enter(&board, SMALL_PIN);
	assert_err(board.got.result, ERR_BUSY);
	board.now.boot_ms += THROTTLE_FIRST_MS;
	staff_board_enter(&board, SMALL_PIN);
	assert_ok(board.got.result);
}

/* A journal that was put back goes on under another id, which may come before the first in its order. */
TEST(what_this_board_wrote_under_an_earlier_id_frees_no_tries)
{
	uint8_t first[EVENT_BOARD], now[EVENT_BOARD];
	struct journal_options again = {.path = board.journal, .seen_epoch = 1};
	struct journal *j;

	staff_board_unlock(&board, RIGHT_PRINT);
	notes_board(board.notes, first);
	staff_board_stop(&board);
	do {
		assert_ok(journal_open(&j, &again));
		memcpy(now, journal_board(j), EVENT_BOARD);
		journal_close(j);
	} while (memcmp(now, first, EVENT_BOARD) > 0);
	staff_board_start(&board);
	staff_board_settle(&board);
	staff_board_show_desk(&board);
	for (int i = 0; i < THROTTLE_TRIES; i++)
		staff_board_enter(&board, "00000000");
	assert_int_equal(board.got.tries, 0);
	staff_board_show_desk(&board);
	assert_int_equal(board.got.tries, 0);
	staff_board_enter(&board, SMALL_PIN);
	assert_err(board.got.result, ERR_BUSY);
}

TEST(a_card_is_refused_that_is_unknown_ended_or_for_another_board)
{
	struct token other = small_card_token(SMALL_CARD_DESK);
	struct token door = small_card_token(SMALL_CARD_DOOR);

	other.secret[0] ^= 1;
	staff_board_show(&board, &other);
	assert_err(board.got.result, ERR_ABSENT);
	staff_board_show(&board, &door);
	assert_err(board.got.result, ERR_DENIED);
	staff_board_enter(&board, SMALL_PIN);
	assert_err(board.got.result, ERR_ABSENT);
	staff_room_rights(&board.room, SMALL_CARD_DESK, RIGHT_PRINT, SMALL_BASE);
	board.holding.roster = board.room.roster;
	staff_board_show_desk(&board);
	assert_err(board.got.result, ERR_EXPIRED);
}

TEST(the_same_card_again_locks)
{
	staff_board_unlock(&board, RIGHT_PRINT);
	staff_board_show_desk(&board);
	assert_int_equal(board.got.word, STAFF_WORD_LOCKED);
	staff_board_search(&board, "a");
	assert_int_equal(board.got.word, STAFF_WORD_LOCKED);
	assert_int_equal(board.got.row_n, 0);
}

TEST(a_room_that_nobody_asks_anything_locks_by_itself)
{
	struct staff_ask stay = {.verb = STAFF_STAY};

	staff_board_unlock(&board, RIGHT_PRINT);
	for (int i = 0; i < 3; i++) {
		board.now.boot_ms += STAFF_LAST_MS - 1;
		assert_ok(staffroom_ask(board.staff, 7, &stay));
		staff_board_settle(&board);
		assert_int_equal(board.got.visit, 0); /* not answered */
	}
	staff_board_search(&board, "a");
	assert_int_equal(board.got.word, STAFF_WORD_FOUND);
	board.now.boot_ms += STAFF_LAST_MS;
	staff_board_search(&board, "a");
	assert_int_equal(board.got.word, STAFF_WORD_LOCKED);
	assert_int_equal(board.got.row_n, 0);
	staff_board_show_desk(&board);
	assert_int_equal(board.got.word, STAFF_WORD_CARD);
}

TEST(who_is_protected_is_found_and_opened_with_the_protocol_right_alone)
{
	struct staff_ask open = staff_board_about(&board, STAFF_OPEN, SMALL_PROTECTED);
	struct source_person *p = &board.room.small.people[SMALL_PROTECTED];
	struct guest *g = malloc(sizeof(*g));
	char name[64];

	snprintf(name, sizeof(name), "%.*s", (int)p->family_name.n, (const char *)p->family_name.p);
	staff_board_unlock(
		&board, RIGHT_PRINT | RIGHT_CORRECT | RIGHT_LATE | RIGHT_REVOKE | RIGHT_ADMIN);
	staff_board_search(&board, name);
	assert_int_equal(board.got.total, 0);
	staff_board_ask(&board, &open);
	assert_int_equal(board.got.word, STAFF_WORD_OPENED);
	assert_err(board.got.result, ERR_DENIED);
	assert_err(staffroom_guest(board.staff, g), ERR_ABSENT);
	staff_board_unlock(&board, RIGHT_PRINT | RIGHT_PROTOCOL);
	staff_board_search(&board, name);
	assert_int_equal(board.got.total, 1);
	assert_true(board.got.rows[0].is_protected);
	staff_board_ask(&board, &open);
	assert_ok(board.got.result);
	assert_ok(staffroom_guest(board.staff, g));
	assert_true(g->is_protected);
	assert_true(g->name.n > 0);
	assert_err(staffroom_guest(board.staff, g), ERR_ABSENT);
	free(g);
}

TEST(what_is_told_the_desk_comes_with_the_page_and_of_protected_people_with_their_right)
{
	struct staff_ask hers = staff_board_about(&board, STAFF_OPEN, SMALL_DELEGATE);
	struct staff_ask other = staff_board_about(&board, STAFF_OPEN, SMALL_VIP);
	struct staff_ask guarded = staff_board_about(&board, STAFF_OPEN, SMALL_PROTECTED);

	staff_board_unlock(&board, RIGHT_REVOKE);
	staff_board_ask(&board, &hers);
	assert_ok(board.got.result);
	assert_string_equal(board.got.note, "Badge in large print, please");
	staff_board_ask(&board, &other);
	assert_ok(board.got.result);
	assert_string_equal(board.got.note, "");
	staff_board_ask(&board, &guarded);
	assert_err(board.got.result, ERR_DENIED);
	assert_string_equal(board.got.note, "");
	staff_board_unlock(&board, RIGHT_PRINT | RIGHT_PROTOCOL);
	staff_board_ask(&board, &guarded);
	assert_ok(board.got.result);
	assert_string_equal(board.got.note, "Enters by the east gate");
}

TEST(a_protected_arrival_is_told_to_the_protocol_alone)
{
	struct staff_ask hers = staff_board_about(&board, STAFF_OPEN, SMALL_PROTECTED);
	struct staff_ask other = staff_board_about(&board, STAFF_OPEN, SMALL_VIP);

	staff_board_unlock(&board, RIGHT_PRINT);
	staff_board_write(&board, EVENT_ARRIVED, &hers, 1);
	staff_board_settle(&board);
	assert_int_equal(board.got.row_n, 0);
	staff_board_unlock(&board, RIGHT_PRINT | RIGHT_PROTOCOL);
	staff_board_write(&board, EVENT_ARRIVED, &other, 1);
	staff_board_settle(&board);
	assert_int_equal(board.got.row_n, 0);
	staff_board_write(&board, EVENT_ARRIVED, &hers, 1);
	staff_board_settle(&board);
	assert_int_equal(board.got.word, STAFF_WORD_ARRIVED);
	assert_memory_equal(board.got.rows[0].person, hers.person, EVENT_PERSON);
}

TEST(each_right_is_refused_where_it_is_missing)
{
	static const struct {
		uint16_t kind, right, beside;
	} says[] = {
		{EVENT_CORRECTION_ASKED, RIGHT_CORRECT, RIGHT_PRINT},
		{EVENT_REVOKED, RIGHT_REVOKE, RIGHT_PRINT},
		{EVENT_OVERRIDE, RIGHT_DOOR, RIGHT_PRINT},
		{EVENT_EMERGENCY, RIGHT_ADMIN, RIGHT_PRINT},
		{EVENT_LATE, RIGHT_LATE, RIGHT_PRINT},
	};

	for (size_t i = 0; i < COUNT(says); i++) {
		struct staff_ask a = staff_board_about(&board, STAFF_SAY, SMALL_DELEGATE);
		a.kind = says[i].kind;
		a.issue = 1;
		a.text_n = a.kind == EVENT_CORRECTION_ASKED || a.kind == EVENT_LATE ? 5 : 0;
		memcpy(a.text, "Petra", 5);
		staff_board_unlock(&board, (uint16_t)(STAFF_BOARD_ALL & ~says[i].right));
		uint64_t before = notes_count(board.notes);
		staff_board_ask(&board, &a);
		assert_err(board.got.result, ERR_DENIED);
		assert_int_equal(notes_count(board.notes), before);
		staff_board_unlock(&board, says[i].right | says[i].beside);
		before = notes_count(board.notes);
		staff_board_ask(&board, &a);
		assert_ok(board.got.result);
		assert_int_equal(notes_count(board.notes), before + 1);
	}
}

static struct staff_ask emergency(const char *words)
{
	struct staff_ask a = {.verb = STAFF_SAY, .kind = EVENT_EMERGENCY, .text_n = strlen(words)};

	memcpy(a.text, words, a.text_n);
	return a;
}

static void assert_said(const char *words)
{
	struct notes_emergency now;

	assert_err(notes_emergency(board.notes, &now), *words ? OK : ERR_ABSENT);
	assert_int_equal(now.n, strlen(words));
	assert_memory_equal(now.said, words, now.n);
}

TEST(an_emergency_is_said_in_several_languages_and_ended)
{
	struct staff_ask a = emergency("fr\tSortez\nnl\tGa naar buiten"), over = emergency("");

	staff_board_unlock(&board, RIGHT_ADMIN);
	staff_board_ask(&board, &a);
	assert_ok(board.got.result);
	assert_said("fr\tSortez\nnl\tGa naar buiten");
	staff_board_ask(&board, &over);
	assert_ok(board.got.result);
	assert_said("");
}

/* It would not be the last word. */
TEST(an_emergency_is_ended_though_the_clock_went_back)
{
	struct staff_ask a = emergency("Out"), over = emergency("");

	staff_board_unlock(&board, RIGHT_ADMIN);
	staff_board_ask(&board, &a);
	board.now.wall_ms -= 3600000;
	staff_board_ask(&board, &over);
	assert_ok(board.got.result);
	assert_said("");
}

/* Signed after the hub's, which has a clock far ahead, it would be past the card's last day: nobody would believe it,
 * so the desk must not say that it is said. */
TEST(an_emergency_that_nobody_would_believe_is_not_written_down)
{
	struct event hub = {.id = {.board = {7}, .epoch = 1, .seq = 1}, .kind = EVENT_EMERGENCY};
	struct staff_ask a = emergency("Out");

	staff_board_unlock(&board, RIGHT_ADMIN);
	assert_ok(staff_sign_hub(&hub, board.room.roster.event, board.room.small.hub_seed,
		(SMALL_EXPIRES + 1) * 1000));
	notes_hear(board.notes, &hub);
	uint64_t before = notes_count(board.notes);
	staff_board_ask(&board, &a);
	assert_err(board.got.result, ERR_DENIED);
	assert_int_equal(notes_count(board.notes), before);
}

TEST(past_the_cards_last_day_nothing_is_written_down_that_nobody_would_believe)
{
	struct staff_ask a = staff_board_about(&board, STAFF_SAY, SMALL_DELEGATE);

	a.kind = EVENT_REVOKED;
	a.issue = 1;
	staff_board_unlock(&board, RIGHT_REVOKE | RIGHT_PRINT);
	board.now.wall_ms = (SMALL_EXPIRES + 1) * 1000;
	uint64_t before = notes_count(board.notes);
	staff_board_ask(&board, &a);
	assert_err(board.got.result, ERR_DENIED);
	assert_int_equal(notes_count(board.notes), before);
}

TEST(an_emergency_that_no_screen_could_show_is_not_written_down)
{
	static const char *const wrong[] = {
		"two\nlines", "xx\tText", "fr\t", " ", "torn \xc3", "fr\tA\nfr\tB"};

	staff_board_unlock(&board, RIGHT_ADMIN);
	uint64_t before = notes_count(board.notes);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct staff_ask a = emergency(wrong[i]);
		staff_board_ask(&board, &a);
		assert_err(board.got.result, ERR_FORMAT);
	}
	assert_int_equal(notes_count(board.notes), before);
	assert_said("");
}

TEST(what_another_board_wrote_is_said_by_its_id_where_nobody_named_it)
{
	struct staff_ask hers = staff_board_about(&board, STAFF_OPEN, SMALL_VIP);
	struct event e = {.kind = EVENT_ARRIVED,
		.id = {.board = {0x3f, 0xa2, 1}, .epoch = 1, .seq = 1},
		.wall_ms = SMALL_BASE * 1000};

	memcpy(e.person, hers.person, EVENT_PERSON);
	staff_board_unlock(&board, RIGHT_PRINT);
	notes_hear(board.notes, &e);
	staff_board_write(&board, EVENT_ARRIVED, &hers, 1);
	staff_board_ask(&board, &hers);
	assert_int_equal(board.got.facts.arrivals, 2);
	bool first = board.got.facts.arrival[0].where.here;
	assert_true(board.got.facts.arrival[first ? 0 : 1].where.here);
	assert_string_equal(board.got.facts.arrival[first ? 1 : 0].where.board, "3fa2");
	assert_false(board.got.facts.arrival[first ? 1 : 0].where.named);
}

TEST(without_the_right_to_print_no_badge_is_made)
{
	struct staff_ask draw = staff_board_about(&board, STAFF_DRAW, SMALL_DELEGATE);
	struct staff_ask issue = staff_board_about(&board, STAFF_ISSUE, SMALL_DELEGATE);
	struct found f;
	struct press_badge b;

	staff_board_unlock(&board, STAFF_BOARD_ALL & ~RIGHT_PRINT);
	staff_board_ask(&board, &draw);
	assert_err(board.got.result, ERR_DENIED);
	assert_err(staffroom_badge(board.staff, &f, &b), ERR_ABSENT);
	staff_board_ask(&board, &issue);
	assert_err(board.got.result, ERR_ABSENT);
}

TEST(a_replacement_is_drawn_then_written_down_and_makes_the_old_one_void)
{
	struct staff_ask draw = staff_board_about(&board, STAFF_DRAW, SMALL_DELEGATE);
	struct staff_ask issue = staff_board_about(&board, STAFF_ISSUE, SMALL_DELEGATE);
	struct fold_person p;
	struct found f;
	struct press_badge b;

	issue.reason = ISSUE_LOST;
	staff_board_unlock(&board, RIGHT_PRINT);
	staff_board_ask(&board, &draw);
	assert_ok(board.got.result);
	assert_int_equal(board.got.issue, 1);
	staff_board_write(&board, EVENT_BADGE_PRINTED, &draw, 1);
	staff_board_ask(&board, &draw);
	assert_int_equal(board.got.issue, 2);
	assert_ok(staffroom_badge(board.staff, &f, &b));
	struct token want = staff_room_badge(&board.room, SMALL_DELEGATE, 2);
	assert_memory_equal(&b.token, &want, sizeof(want));
	assert_ok(notes_find(board.notes, draw.person, &p));
	assert_int_equal(p.newest_issue, 1);
	staff_board_ask(&board, &issue);
	assert_ok(board.got.result);
	assert_ok(notes_find(board.notes, draw.person, &p));
	assert_int_equal(p.newest_issue, 2);
	/* What was issued and never came out is printed again, under its own number. */
	staff_board_ask(&board, &draw);
	assert_int_equal(board.got.issue, 2);
	staff_board_ask(&board, &(struct staff_ask){.verb = STAFF_TODAY});
	assert_int_equal(board.got.deeds[0].kind, EVENT_BADGE_ISSUED);
	assert_int_equal(board.got.deeds[0].reason, ISSUE_LOST);
}

static struct staff_ask late_guest(void)
{
	struct staff_ask a = {.verb = STAFF_DRAW, .kind = EVENT_LATE};
	struct asked asked = {
		.what = ASKED_LATE, .role = ROLE_PRESS, .language = LANGUAGE_NL, .has = {false}};

	asked.has[ASKED_DISPLAY] = true;
	strcpy(asked.text[ASKED_DISPLAY], "Zoë Coëlho");
	assert_ok(asked_write(&asked, a.text, &a.text_n));
	return a;
}

TEST(a_late_guest_of_a_desk_is_honoured_by_a_kiosk_whose_roster_does_not_know_her)
{
	struct staff_ask draw = late_guest();
	struct found f;
	struct press_badge b, hers = {0};
	struct fold_person p;
	char code[LATE_TEXT];

	staff_board_unlock(&board, RIGHT_LATE);
	staff_board_ask(&board, &draw);
	assert_ok(board.got.result);
	assert_ok(staffroom_badge(board.staff, &f, &b));
	assert_true(b.is_late);
	assert_err(notes_find(board.notes, b.late.person, &p), ERR_ABSENT);
	staff_board_ask(&board, &(struct staff_ask){.verb = STAFF_ISSUE});
	assert_ok(board.got.result);
	assert_ok(notes_find(board.notes, b.late.person, &p));
	assert_true(p.late);
	assert_true(p.arrived);
	struct visit *v = seal_secret_memory(sizeof(*v));
	struct guest *g = seal_secret_memory(sizeof(*g));
	struct opened into = {v, &f, g, &hers};
	struct opening o;
	for (int badge = 0; badge < 2; badge++) {
		assert_ok(late_write(&b.late, badge, code));
		opening_make(&o, &board.room.roster, board.notes, span_of(code), &into);
		assert_int_equal(o.answer, ANSWER_GUEST);
		assert_true(o.arrived);
		assert_memory_equal(g->handle, b.late.person, EVENT_PERSON);
		assert_int_equal(g->name.n > 0, badge == 0);
	}
	seal_secret_free(v);
	seal_secret_free(g);
	staff_board_ask(&board, &(struct staff_ask){.verb = STAFF_ISSUE});
	assert_err(board.got.result, ERR_ABSENT);
}

TEST(without_the_right_nobody_is_taken_in_late)
{
	struct staff_ask draw = late_guest();
	struct found f;
	struct press_badge b;

	staff_board_unlock(&board, STAFF_BOARD_ALL & ~RIGHT_LATE);
	uint64_t before = notes_count(board.notes);
	staff_board_ask(&board, &draw);
	assert_err(board.got.result, ERR_DENIED);
	assert_err(staffroom_badge(board.staff, &f, &b), ERR_ABSENT);
	staff_board_ask(&board, &(struct staff_ask){.verb = STAFF_ISSUE});
	assert_err(board.got.result, ERR_ABSENT);
	assert_int_equal(notes_count(board.notes), before);
}

TEST(a_corrected_badge_needs_both_rights)
{
	static const uint16_t one_alone[] = {RIGHT_PRINT, RIGHT_CORRECT};
	struct staff_ask draw = staff_board_about(&board, STAFF_DRAW, SMALL_DELEGATE);
	struct staff_ask issue = staff_board_about(&board, STAFF_ISSUE, SMALL_DELEGATE);
	struct asked asked = {.what = ASKED_CORRECTION, .has = {false}};
	struct fold_person p;
	struct found f;
	struct press_badge b;

	asked.has[ASKED_GIVEN] = true;
	strcpy(asked.text[ASKED_GIVEN], "Petronella");
	draw.kind = EVENT_CORRECTION_ASKED;
	assert_ok(asked_write(&asked, draw.text, &draw.text_n));
	for (size_t i = 0; i < COUNT(one_alone); i++) {
		staff_board_unlock(&board, one_alone[i]);
		staff_board_ask(&board, &draw);
		assert_err(board.got.result, ERR_DENIED);
	}
	staff_board_unlock(&board, RIGHT_PRINT | RIGHT_CORRECT);
	staff_board_ask(&board, &draw);
	assert_ok(board.got.result);
	assert_ok(staffroom_badge(board.staff, &f, &b));
	assert_true(b.is_corrected);
	assert_string_equal(b.asked.text[ASKED_GIVEN], "Petronella");
	staff_board_ask(&board, &issue);
	assert_ok(board.got.result);
	assert_ok(notes_find(board.notes, draw.person, &p));
	assert_int_equal(p.corrections, 1);
	draw.text[0] = 0;
	staff_board_ask(&board, &draw);
	assert_err(board.got.result, ERR_FORMAT);
}

TEST(nothing_is_issued_that_was_not_drawn_for_that_person)
{
	struct staff_ask draw = staff_board_about(&board, STAFF_DRAW, SMALL_DELEGATE);
	struct staff_ask issue = staff_board_about(&board, STAFF_ISSUE, SMALL_VIP);
	struct staff_ask say = staff_board_about(&board, STAFF_SAY, SMALL_VIP);

	staff_board_unlock(&board, STAFF_BOARD_ALL);
	staff_board_ask(&board, &draw);
	staff_board_ask(&board, &issue);
	assert_err(board.got.result, ERR_ABSENT);
	say.kind = EVENT_BADGE_ISSUED;
	say.issue = 2;
	staff_board_ask(&board, &say);
	assert_err(board.got.result, ERR_DENIED);
}

TEST(a_new_roster_is_looked_up_anew_and_locks_a_card_that_has_changed)
{
	staff_board_unlock(&board, RIGHT_PRINT);
	staffroom_roster(board.staff, &board.holding);
	staff_board_settle(&board);
	assert_int_equal(board.got.word, STAFF_WORD_CHANGED);
	assert_int_equal(board.got.people, SMALL_PEOPLE - 1);
	staff_room_rights(&board.room, SMALL_CARD_DESK, RIGHT_PRINT | RIGHT_REVOKE, SMALL_EXPIRES);
	board.holding.roster = board.room.roster;
	notes_believe(board.notes, &board.room.roster);
	staffroom_roster(board.staff, &board.holding);
	staff_board_settle(&board);
	assert_int_equal(board.got.word, STAFF_WORD_LOCKED);
}

static const struct CMUnitTest tests[] = {
	ON_A_BOARD(the_right_pin_unlocks_and_that_is_written_down),
	ON_A_BOARD(a_wrong_pin_is_written_down_and_costs_a_try),
	ON_A_BOARD(after_five_wrong_pins_the_right_one_waits_also_over_a_restart),
	ON_A_BOARD(what_this_board_wrote_under_an_earlier_id_frees_no_tries),
	ON_A_BOARD(a_card_is_refused_that_is_unknown_ended_or_for_another_board),
	ON_A_BOARD(the_same_card_again_locks),
	ON_A_BOARD(a_room_that_nobody_asks_anything_locks_by_itself),
	ON_A_BOARD(
		what_is_told_the_desk_comes_with_the_page_and_of_protected_people_with_their_right),
	ON_A_BOARD(who_is_protected_is_found_and_opened_with_the_protocol_right_alone),
	ON_A_BOARD(a_protected_arrival_is_told_to_the_protocol_alone),
	ON_A_BOARD(each_right_is_refused_where_it_is_missing),
	ON_A_BOARD(an_emergency_is_said_in_several_languages_and_ended),
	ON_A_BOARD(an_emergency_is_ended_though_the_clock_went_back),
	ON_A_BOARD(an_emergency_that_nobody_would_believe_is_not_written_down),
	ON_A_BOARD(past_the_cards_last_day_nothing_is_written_down_that_nobody_would_believe),
	ON_A_BOARD(an_emergency_that_no_screen_could_show_is_not_written_down),
	ON_A_BOARD(what_another_board_wrote_is_said_by_its_id_where_nobody_named_it),
	ON_A_BOARD(without_the_right_to_print_no_badge_is_made),
	ON_A_BOARD(a_replacement_is_drawn_then_written_down_and_makes_the_old_one_void),
	ON_A_BOARD(a_late_guest_of_a_desk_is_honoured_by_a_kiosk_whose_roster_does_not_know_her),
	ON_A_BOARD(without_the_right_nobody_is_taken_in_late),
	ON_A_BOARD(a_corrected_badge_needs_both_rights),
	ON_A_BOARD(nothing_is_issued_that_was_not_drawn_for_that_person),
	ON_A_BOARD(a_new_roster_is_looked_up_anew_and_locks_a_card_that_has_changed),
};

RUN_TESTS(tests)
