/* The staff's room and late guests: her code is her page, and her badge is replaced as any other. */
#include "test.h"

#include "help/staff_board.h"

static struct found found;
static struct press_badge made;

static struct staff_ask about_her(enum staff_verb verb)
{
	struct staff_ask a = {.verb = verb};

	memcpy(a.person, made.late.person, EVENT_PERSON);
	return a;
}

static void ask(struct staff_ask a)
{
	staff_board_ask(&board, &a);
}

static void draw(struct staff_ask a)
{
	ask(a);
	assert_ok(board.got.result);
	assert_ok(staffroom_badge(board.staff, &found, &made));
	assert_true(made.is_late);
}

/* Zoë is taken in, and her badge comes out. */
static void take_in(uint16_t rights)
{
	struct asked asked = {
		.what = ASKED_LATE, .role = ROLE_PRESS, .language = LANGUAGE_NL, .has = {false}};
	struct staff_ask a = {.verb = STAFF_DRAW, .kind = EVENT_LATE};

	asked.has[ASKED_DISPLAY] = asked.has[ASKED_ORGANISATION] = true;
	strcpy(asked.text[ASKED_DISPLAY], "Zoë Coëlho");
	strcpy(asked.text[ASKED_ORGANISATION], "Le Soir");
	assert_ok(asked_write(&asked, a.text, &a.text_n));
	staff_board_unlock(&board, rights);
	draw(a);
	ask((struct staff_ask){.verb = STAFF_ISSUE});
	assert_ok(board.got.result);
	assert_memory_equal(board.got.rows[0].person, made.late.person, EVENT_PERSON);
}

/* The hub's code for Zoë: it needs no card. */
static void registered(void)
{
	made.late = (struct late){.person = {8, 7, 6, 5, 4, 3, 2, 1},
		.role = ROLE_PRESS,
		.issue = 1,
		.until = SMALL_EXPIRES,
		.name = "Zoë Coëlho"};
	assert_ok(late_sign_hub(&made.late, &board.room.roster, board.room.small.hub_seed));
}

static void print(uint32_t issue)
{
	struct staff_ask hers = about_her(STAFF_NOTHING);

	staff_board_write(&board, EVENT_BADGE_PRINTED, &hers, issue);
}

static void open_by(const struct late *l, bool as_badge)
{
	struct staff_ask a = about_her(STAFF_OPEN);
	char code[LATE_TEXT];

	assert_ok(late_write(l, as_badge, code));
	a.text_n = strlen(code);
	memcpy(a.text, code, a.text_n);
	ask(a);
	assert_int_equal(board.got.word, STAFF_WORD_OPENED);
}

static void lock_and_unlock(uint16_t rights)
{
	ask((struct staff_ask){.verb = STAFF_LOCK});
	staff_board_unlock(&board, rights);
}

TEST(who_was_taken_in_has_a_page_and_her_code_on_it_until_the_desk_locks)
{
	struct guest *g = malloc(sizeof(*g));
	char code[LATE_TEXT];

	take_in(RIGHT_LATE);
	print(1);
	ask(about_her(STAFF_OPEN));
	assert_ok(board.got.result);
	assert_true(board.got.facts.by_code);
	assert_true(board.got.facts.arrived);
	assert_string_equal(board.got.rows[0].name, "Zoë Coëlho");
	assert_string_equal(board.got.note, "");
	assert_int_equal(board.got.rows[0].badge, BADGE_PRINTED);
	assert_ok(late_write(&made.late, false, code));
	assert_string_equal(board.got.code, code);
	assert_ok(staffroom_guest(board.staff, g));
	assert_true(span_equal(guest_text(g, g->organisation), span_of("Le Soir")));
	free(g);
	lock_and_unlock(RIGHT_LATE);
	ask(about_her(STAFF_OPEN));
	assert_err(board.got.result, ERR_ABSENT);
	assert_string_equal(board.got.code, "");
}

TEST(her_code_opens_her_page_at_any_desk)
{
	staff_board_unlock(&board, RIGHT_CORRECT);
	registered();
	open_by(&made.late, false);
	assert_ok(board.got.result);
	assert_string_equal(board.got.rows[0].name, "Zoë Coëlho");
	assert_false(board.got.facts.may_draw);
}

TEST(her_badge_opens_a_page_that_names_nobody_and_prints_nothing)
{
	take_in(RIGHT_LATE | RIGHT_PRINT);
	print(1);
	lock_and_unlock(RIGHT_LATE | RIGHT_PRINT);
	open_by(&made.late, true);
	assert_ok(board.got.result);
	assert_string_equal(board.got.rows[0].name, "");
	assert_int_equal(board.got.rows[0].role, ROLE_PRESS);
	assert_string_equal(board.got.code, "");
	assert_false(board.got.facts.may_draw);
	ask(about_her(STAFF_DRAW));
	assert_err(board.got.result, ERR_ABSENT);
}

TEST(her_badge_takes_nothing_from_who_showed_her_code_before)
{
	take_in(RIGHT_LATE);
	open_by(&made.late, true);
	assert_string_equal(board.got.rows[0].name, "Zoë Coëlho");
}

TEST(a_code_that_does_not_hold_opens_nothing)
{
	take_in(RIGHT_LATE);
	lock_and_unlock(RIGHT_LATE);
	struct late forged = made.late;
	forged.name[0] = 'J';
	open_by(&forged, false);
	assert_err(board.got.result, ERR_FORGED);
	struct late other = made.late;
	made.late.person[0] ^= 1;
	open_by(&other, false);
	assert_err(board.got.result, ERR_ABSENT);
	board.now.wall_ms = (made.late.until + 1) * 1000;
	other.person[0] = made.late.person[0] ^= 1;
	open_by(&other, false);
	assert_err(board.got.result, ERR_EXPIRED);
}

TEST(a_late_guests_badge_is_replaced_and_the_lost_one_dies)
{
	struct staff_ask issue;
	struct fold_person p;
	char code[LATE_TEXT];

	take_in(RIGHT_LATE | RIGHT_PRINT);
	print(1);
	draw(about_her(STAFF_DRAW));
	assert_int_equal(made.issue, 2);
	assert_int_equal(made.late.issue, 2);
	assert_ok(late_check(&board.room.roster, &made.late, board.now.wall_ms / 1000));
	issue = about_her(STAFF_ISSUE);
	issue.reason = ISSUE_LOST;
	ask(issue);
	assert_ok(board.got.result);
	assert_ok(notes_find(board.notes, issue.person, &p));
	assert_int_equal(p.newest_issue, 2);
	assert_ok(late_write(&made.late, false, code));
	ask(about_her(STAFF_OPEN));
	assert_string_equal(board.got.code, code);
	assert_int_equal(board.got.rows[0].badge, BADGE_ISSUED);
	assert_int_equal(board.got.facts.next_issue, 2);
}

TEST(to_replace_her_badge_both_rights_are_needed)
{
	staff_board_unlock(&board, RIGHT_LATE);
	registered();
	print(1);
	open_by(&made.late, false);
	assert_false(board.got.facts.may_draw);
	draw(about_her(STAFF_DRAW));
	ask(about_her(STAFF_ISSUE));
	assert_err(board.got.result, ERR_DENIED);
	lock_and_unlock(RIGHT_PRINT);
	registered();
	open_by(&made.late, false);
	assert_false(board.got.facts.may_draw);
	ask(about_her(STAFF_DRAW));
	assert_err(board.got.result, ERR_DENIED);
}

TEST(after_the_last_issue_she_is_taken_in_anew)
{
	take_in(RIGHT_LATE | RIGHT_PRINT);
	for (uint32_t i = 1; i < LATE_ISSUES; i++) {
		print(i);
		draw(about_her(STAFF_DRAW));
		ask(about_her(STAFF_ISSUE));
		assert_ok(board.got.result);
	}
	print(LATE_ISSUES);
	ask(about_her(STAFF_OPEN));
	assert_false(board.got.facts.may_draw);
	ask(about_her(STAFF_DRAW));
	assert_err(board.got.result, ERR_ABSENT);
}

TEST(what_never_came_out_is_printed_under_its_own_number)
{
	take_in(RIGHT_LATE);
	ask(about_her(STAFF_OPEN));
	assert_true(board.got.facts.may_draw);
	assert_false(board.got.facts.replaces);
	draw(about_her(STAFF_DRAW));
	assert_int_equal(made.late.issue, 1);
	ask(about_her(STAFF_ISSUE));
	assert_ok(board.got.result);
}

TEST(she_is_revoked_by_who_was_shown_her_code)
{
	struct staff_ask revoke;
	struct fold_person p;

	staff_board_unlock(&board, RIGHT_REVOKE);
	registered();
	revoke = about_her(STAFF_SAY);
	revoke.kind = EVENT_REVOKED;
	revoke.issue = 1;
	ask(revoke);
	assert_err(board.got.result, ERR_ABSENT);
	open_by(&made.late, true);
	ask(revoke);
	assert_ok(board.got.result);
	assert_ok(notes_find(board.notes, revoke.person, &p));
	assert_int_equal(p.revoked_issue, 1);
}

/* Where neither her code nor her badge is left, the day's list is all that leads to her: the badge dies. */
TEST(that_she_was_taken_in_is_undone_though_her_badge_is_out_and_the_desk_has_locked)
{
	struct staff_ask undo = {.verb = STAFF_SAY, .kind = EVENT_UNDO};
	struct fold_person p;
	size_t i = 0;

	take_in(RIGHT_LATE | RIGHT_CORRECT);
	print(1);
	lock_and_unlock(RIGHT_LATE | RIGHT_CORRECT);
	ask((struct staff_ask){.verb = STAFF_TODAY});
	while (i < board.got.deed_n && board.got.deeds[i].kind != EVENT_LATE)
		i++;
	assert_true(i < board.got.deed_n && board.got.deeds[i].may_undo);
	assert_false(board.got.deeds[i].named);
	undo.target = board.got.deeds[i].id;
	ask(undo);
	assert_ok(board.got.result);
	assert_ok(notes_find(board.notes, made.late.person, &p));
	assert_true(p.late_undone);
}

static const struct CMUnitTest tests[] = {
	ON_A_BOARD(who_was_taken_in_has_a_page_and_her_code_on_it_until_the_desk_locks),
	ON_A_BOARD(her_code_opens_her_page_at_any_desk),
	ON_A_BOARD(her_badge_opens_a_page_that_names_nobody_and_prints_nothing),
	ON_A_BOARD(her_badge_takes_nothing_from_who_showed_her_code_before),
	ON_A_BOARD(a_code_that_does_not_hold_opens_nothing),
	ON_A_BOARD(a_late_guests_badge_is_replaced_and_the_lost_one_dies),
	ON_A_BOARD(to_replace_her_badge_both_rights_are_needed),
	ON_A_BOARD(after_the_last_issue_she_is_taken_in_anew),
	ON_A_BOARD(what_never_came_out_is_printed_under_its_own_number),
	ON_A_BOARD(she_is_revoked_by_who_was_shown_her_code),
	ON_A_BOARD(that_she_was_taken_in_is_undone_though_her_badge_is_out_and_the_desk_has_locked),
};

RUN_TESTS(tests)
