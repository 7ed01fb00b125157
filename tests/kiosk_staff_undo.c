/* The staff's room: what is taken back, and what is past that. */
#include "test.h"

#include "help/staff_board.h"

TEST(what_this_board_wrote_can_be_undone_and_nothing_else)
{
	struct staff_ask revoke = staff_board_about(&board, STAFF_SAY, SMALL_DELEGATE);
	struct staff_ask undo = {.verb = STAFF_SAY, .kind = EVENT_UNDO};
	struct fold_person p;

	revoke.kind = EVENT_REVOKED;
	revoke.issue = 1;
	staff_board_unlock(&board, RIGHT_REVOKE | RIGHT_CORRECT);
	staff_board_ask(&board, &revoke);
	assert_ok(board.got.result);
	staff_board_ask(&board, &(struct staff_ask){.verb = STAFF_TODAY});
	assert_int_equal(board.got.deeds[0].kind, EVENT_REVOKED);
	assert_true(board.got.deeds[0].may_undo);
	assert_true(board.got.deeds[0].named);
	undo.target = board.got.deeds[0].id;
	undo.target.seq += 1000;
	staff_board_ask(&board, &undo);
	assert_err(board.got.result, ERR_ABSENT);
	undo.target.seq -= 1000;
	staff_board_ask(&board, &undo);
	assert_ok(board.got.result);
	assert_ok(notes_find(board.notes, revoke.person, &p));
	assert_int_equal(p.revoked_issue, 0);
	staff_board_ask(&board, &(struct staff_ask){.verb = STAFF_TODAY});
	assert_true(board.got.deeds[0].undone);
	assert_false(board.got.deeds[0].may_undo);
	staff_board_unlock(&board, RIGHT_REVOKE);
	staff_board_ask(&board, &undo);
	assert_err(board.got.result, ERR_DENIED);
}

TEST(what_a_list_has_built_in_is_not_undone)
{
	struct staff_ask revoke = staff_board_about(&board, STAFF_SAY, SMALL_DELEGATE);
	struct staff_ask undo = {.verb = STAFF_SAY, .kind = EVENT_UNDO};

	revoke.kind = EVENT_REVOKED;
	revoke.issue = 1;
	staff_board_unlock(&board, RIGHT_REVOKE | RIGHT_CORRECT | RIGHT_ADMIN);
	staff_board_ask(&board, &revoke);
	staff_board_ask(&board, &(struct staff_ask){.verb = STAFF_TODAY});
	assert_true(board.got.deeds[0].may_undo);
	undo.target = board.got.deeds[0].id;
	board.room.small.people[SMALL_DELEGATE].badge_issue = 2;
	staff_board_rights(&board, RIGHT_REVOKE | RIGHT_CORRECT | RIGHT_ADMIN);
	staff_board_ask(&board, &(struct staff_ask){.verb = STAFF_TODAY});
	size_t i = 0;
	while (i < board.got.deed_n && board.got.deeds[i].kind != EVENT_REVOKED)
		i++;
	assert_int_equal(board.got.deeds[i].kind, EVENT_REVOKED);
	assert_false(board.got.deeds[i].may_undo || board.got.deeds[i].undone);
	staff_board_ask(&board, &undo);
	assert_err(board.got.result, ERR_DENIED);
}

TEST(a_late_guest_is_taken_back_until_a_list_has_her)
{
	static const uint8_t nobody_yet[EVENT_PERSON] = {9};
	struct staff_ask late = staff_board_about(&board, STAFF_SAY, SMALL_DELEGATE);

	late.kind = EVENT_LATE;
	late.text_n = 5;
	memcpy(late.text, "Petra", 5);
	staff_board_unlock(&board, RIGHT_LATE | RIGHT_CORRECT);
	staff_board_ask(&board, &late);
	memcpy(late.person, nobody_yet, EVENT_PERSON);
	staff_board_ask(&board, &late);
	staff_board_ask(&board, &(struct staff_ask){.verb = STAFF_TODAY});
	assert_true(board.got.deeds[0].may_undo);
	assert_int_equal(board.got.deeds[1].kind, EVENT_LATE);
	assert_false(board.got.deeds[1].may_undo);
}

TEST(a_badge_that_came_out_stays_issued)
{
	struct staff_ask draw = staff_board_about(&board, STAFF_DRAW, SMALL_DELEGATE);
	struct staff_ask issue = staff_board_about(&board, STAFF_ISSUE, SMALL_DELEGATE);
	struct staff_ask undo = {.verb = STAFF_SAY, .kind = EVENT_UNDO};

	staff_board_unlock(&board, STAFF_BOARD_ALL);
	staff_board_write(&board, EVENT_BADGE_PRINTED, &draw, 1);
	staff_board_ask(&board, &draw);
	staff_board_ask(&board, &issue);
	staff_board_write(&board, EVENT_BADGE_PRINTED, &draw, 2);
	staff_board_ask(&board, &(struct staff_ask){.verb = STAFF_TODAY});
	assert_int_equal(board.got.deeds[1].kind, EVENT_BADGE_ISSUED);
	assert_false(board.got.deeds[1].may_undo);
	undo.target = board.got.deeds[1].id;
	staff_board_ask(&board, &undo);
	assert_err(board.got.result, ERR_DENIED);
}

static const struct CMUnitTest tests[] = {
	ON_A_BOARD(what_this_board_wrote_can_be_undone_and_nothing_else),
	ON_A_BOARD(what_a_list_has_built_in_is_not_undone),
	ON_A_BOARD(a_late_guest_is_taken_back_until_a_list_has_her),
	ON_A_BOARD(a_badge_that_came_out_stays_issued),
};

RUN_TESTS(tests)
