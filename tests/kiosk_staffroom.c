/* The staff's room: what a card and its PIN open, and that every right is asked for where it is used. */
#include "test.h"

#include "help/scratch.h"
#include "help/staff_room.h"
#include "news.h"
#include "opening.h"
#include "roster_inside.h"
#include "staffroom.h"
#include "throttle.h"

enum { NEVER_LAST = 1000, ALL = 0x7f };

static struct scratch dir;
static struct traffic traffic;
static struct mailbox ui;
static struct news slots[NEWS_SLOTS];
static struct notes *notes;
static struct staffroom *staff;
static struct staff_room room;
static struct holding holding; /* the test's own share never ends */
static struct instant now = {(SMALL_BASE + 3600) * 1000, 5000000, true};
static struct staff_answer got;
static char journal[160];

static void start_board(void)
{
	struct notes_options n = {.path = journal, .ui = &ui, .traffic = &traffic};
	struct staffroom_options o = {
		.mode = MODE_DESK, .journal = journal, .ui = &ui, .traffic = &traffic};

	assert_ok(notes_start(&notes, &n));
	notes_believe(notes, &room.roster);
	o.notes = notes;
	assert_ok(staffroom_start(&staff, &o));
	staffroom_roster(staff, &holding);
}

static void hear(struct news *n)
{
	struct staff_answer a;

	if (n->kind == NEWS_STAFF && staffroom_answer(staff, &a) == OK)
		got = a;
	news_wipe(n);
	mailbox_settle(&ui);
}

/* Wait until all is dealt with; the last answer is in got. */
static void settle(void)
{
	struct news n;

	memset(&got, 0, sizeof(got));
	do {
		while (mailbox_take(&ui, &n, 10) == OK)
			hear(&n);
	} while (!traffic_is_calm(&traffic));
}

static void stop_board(void)
{
	staffroom_stop(staff);
	notes_stop(notes);
	staff = NULL;
	notes = NULL;
	settle();
}

static int set_up(void **state)
{
	UNUSED(state);
	assert_ok(seal_start());
	clock_fake(&now);
	scratch_make(&dir);
	snprintf(journal, sizeof(journal), "%s", scratch_name(&dir, "journal.db"));
	traffic_init(&traffic);
	mailbox_init(&ui, slots, sizeof(*slots), COUNT(slots), &traffic);
	staff_room_open(&room, 1);
	holding = (struct holding){.users = NEVER_LAST, .roster = room.roster};
	start_board();
	return 0;
}

static int tear_down(void **state)
{
	UNUSED(state);
	stop_board();
	mailbox_done(&ui);
	traffic_done(&traffic);
	staff_room_close(&room);
	scratch_remove(&dir);
	clock_fake(NULL);
	return 0;
}

/* From now on the desk's card has these rights, and SMALL_PIN opens it. */
static void give_rights(uint16_t rights)
{
	struct source_card *c = &room.small.cards[SMALL_CARD_DESK];

	assert_ok(roster_card_secret(&c->token, span_of(SMALL_PIN), c->salt, c->secret));
	notes_believe(notes, NULL);
	staff_room_rights(&room, SMALL_CARD_DESK, rights, SMALL_EXPIRES);
	holding.roster = room.roster;
	notes_believe(notes, &room.roster);
	staffroom_roster(staff, &holding);
	settle();
}

static void show(const struct token *card)
{
	char text[TOKEN_TEXT + 1];

	token_text(card, text);
	assert_ok(staffroom_card(staff, 1, span_of(text)));
	settle();
	assert_int_equal(got.visit, 1);
}

static void show_desk(void)
{
	struct token t = small_card_token(SMALL_CARD_DESK);

	show(&t);
}

static void ask(const struct staff_ask *a)
{
	assert_ok(staffroom_ask(staff, 7, a));
	settle();
	assert_int_equal(got.visit, 7);
}

static void enter(const char *pin)
{
	struct staff_ask a = {.verb = STAFF_PIN, .text_n = strlen(pin)};

	memcpy(a.text, pin, a.text_n);
	ask(&a);
	assert_int_equal(got.word, STAFF_WORD_PIN);
}

static void unlock(uint16_t rights)
{
	give_rights(rights);
	show_desk();
	assert_int_equal(got.word, STAFF_WORD_CARD);
	assert_ok(got.result);
	enter(SMALL_PIN);
	assert_ok(got.result);
	assert_int_equal(got.rights, rights);
}

static void search(const char *text)
{
	struct staff_ask a = {.verb = STAFF_SEARCH, .text_n = strlen(text)};

	memcpy(a.text, text, a.text_n);
	ask(&a);
}

/* Of somebody by slot. */
static struct staff_ask about(enum staff_verb verb, enum small_person who)
{
	struct staff_ask a = {.verb = verb};
	struct visit *v = seal_secret_memory(sizeof(*v));

	staff_room_visit(&room, who, v);
	memcpy(a.person, v->handle, EVENT_PERSON);
	visit_wipe(v);
	seal_secret_free(v);
	return a;
}

static void write_down(uint16_t kind, const struct staff_ask *whose, uint32_t issue)
{
	struct event e = {.kind = kind, .issue = issue};

	memcpy(e.person, whose->person, EVENT_PERSON);
	assert_ok(notes_commit(notes, &e));
}

TEST(the_right_pin_unlocks_and_that_is_written_down)
{
	give_rights(RIGHT_PRINT);
	show_desk();
	assert_int_equal(got.tries, THROTTLE_TRIES);
	uint64_t before = notes_count(notes);
	enter(SMALL_PIN);
	assert_ok(got.result);
	assert_int_equal(notes_count(notes), before + 1);
	assert_int_equal(got.people, SMALL_PEOPLE - 1); /* nobody protected */
}

TEST(a_wrong_pin_is_written_down_and_costs_a_try)
{
	give_rights(RIGHT_PRINT);
	show_desk();
	uint64_t before = notes_count(notes);
	enter("12345679");
	assert_err(got.result, ERR_DENIED);
	assert_int_equal(got.tries, THROTTLE_TRIES - 1);
	assert_int_equal(notes_count(notes), before + 1);
	search("a");
	assert_int_equal(got.word, STAFF_WORD_LOCKED);
}

TEST(after_five_wrong_pins_the_right_one_waits_also_over_a_restart)
{
	give_rights(RIGHT_PRINT);
	show_desk();
	for (int i = 0; i < THROTTLE_TRIES; i++)
		enter("00000000");
	assert_int_equal(got.wait_ms, THROTTLE_FIRST_MS);
	enter(SMALL_PIN);
	assert_err(got.result, ERR_BUSY);
	stop_board();
	start_board();
	settle();
	show_desk();
	assert_int_equal(got.tries, 0);
	assert_true(got.wait_ms > 0);
	enter(SMALL_PIN);
	assert_err(got.result, ERR_BUSY);
	now.boot_ms += THROTTLE_FIRST_MS;
	enter(SMALL_PIN);
	assert_ok(got.result);
}

TEST(a_card_is_refused_that_is_unknown_ended_or_for_another_board)
{
	struct token other = small_card_token(SMALL_CARD_DESK);
	struct token door = small_card_token(SMALL_CARD_DOOR);

	other.secret[0] ^= 1;
	show(&other);
	assert_err(got.result, ERR_ABSENT);
	show(&door);
	assert_err(got.result, ERR_DENIED);
	enter(SMALL_PIN);
	assert_err(got.result, ERR_ABSENT);
	staff_room_rights(&room, SMALL_CARD_DESK, RIGHT_PRINT, SMALL_BASE);
	holding.roster = room.roster;
	show_desk();
	assert_err(got.result, ERR_EXPIRED);
}

TEST(the_same_card_again_locks)
{
	unlock(RIGHT_PRINT);
	show_desk();
	assert_int_equal(got.word, STAFF_WORD_LOCKED);
	search("a");
	assert_int_equal(got.word, STAFF_WORD_LOCKED);
	assert_int_equal(got.row_n, 0);
}

TEST(who_is_protected_is_found_and_opened_with_the_protocol_right_alone)
{
	struct staff_ask open = about(STAFF_OPEN, SMALL_PROTECTED);
	struct source_person *p = &room.small.people[SMALL_PROTECTED];
	struct guest *g = malloc(sizeof(*g));
	char name[64];

	snprintf(name, sizeof(name), "%.*s", (int)p->family_name.n, (const char *)p->family_name.p);
	unlock(RIGHT_PRINT | RIGHT_CORRECT | RIGHT_LATE | RIGHT_REVOKE | RIGHT_ADMIN);
	search(name);
	assert_int_equal(got.total, 0);
	ask(&open);
	assert_int_equal(got.word, STAFF_WORD_OPENED);
	assert_err(got.result, ERR_DENIED);
	assert_err(staffroom_guest(staff, g), ERR_ABSENT);
	unlock(RIGHT_PRINT | RIGHT_PROTOCOL);
	search(name);
	assert_int_equal(got.total, 1);
	assert_true(got.rows[0].is_protected);
	ask(&open);
	assert_ok(got.result);
	assert_ok(staffroom_guest(staff, g));
	assert_true(g->is_protected);
	assert_true(g->name.n > 0);
	assert_err(staffroom_guest(staff, g), ERR_ABSENT);
	free(g);
}

TEST(a_protected_arrival_is_told_to_the_protocol_alone)
{
	struct staff_ask hers = about(STAFF_OPEN, SMALL_PROTECTED);
	struct staff_ask other = about(STAFF_OPEN, SMALL_VIP);

	unlock(RIGHT_PRINT);
	write_down(EVENT_ARRIVED, &hers, 1);
	settle();
	assert_int_equal(got.row_n, 0);
	unlock(RIGHT_PRINT | RIGHT_PROTOCOL);
	write_down(EVENT_ARRIVED, &other, 1);
	settle();
	assert_int_equal(got.row_n, 0);
	write_down(EVENT_ARRIVED, &hers, 1);
	settle();
	assert_int_equal(got.word, STAFF_WORD_ARRIVED);
	assert_memory_equal(got.rows[0].person, hers.person, EVENT_PERSON);
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
		struct staff_ask a = about(STAFF_SAY, SMALL_DELEGATE);
		a.kind = says[i].kind;
		a.issue = 1;
		a.text_n = a.kind == EVENT_CORRECTION_ASKED || a.kind == EVENT_LATE ? 5 : 0;
		memcpy(a.text, "Petra", 5);
		unlock((uint16_t)(ALL & ~says[i].right));
		uint64_t before = notes_count(notes);
		ask(&a);
		assert_err(got.result, ERR_DENIED);
		assert_int_equal(notes_count(notes), before);
		unlock(says[i].right | says[i].beside);
		before = notes_count(notes);
		ask(&a);
		assert_ok(got.result);
		assert_int_equal(notes_count(notes), before + 1);
	}
}

TEST(without_the_right_to_print_no_badge_is_made)
{
	struct staff_ask draw = about(STAFF_DRAW, SMALL_DELEGATE);
	struct staff_ask issue = about(STAFF_ISSUE, SMALL_DELEGATE);
	struct found f;
	struct press_badge b;

	unlock(ALL & ~RIGHT_PRINT);
	ask(&draw);
	assert_err(got.result, ERR_DENIED);
	assert_err(staffroom_badge(staff, &f, &b), ERR_ABSENT);
	ask(&issue);
	assert_err(got.result, ERR_ABSENT);
}

TEST(a_replacement_is_drawn_then_written_down_and_makes_the_old_one_void)
{
	struct staff_ask draw = about(STAFF_DRAW, SMALL_DELEGATE);
	struct staff_ask issue = about(STAFF_ISSUE, SMALL_DELEGATE);
	struct fold_person p;
	struct found f;
	struct press_badge b;

	issue.reason = ISSUE_LOST;
	unlock(RIGHT_PRINT);
	ask(&draw);
	assert_ok(got.result);
	assert_int_equal(got.issue, 1);
	write_down(EVENT_BADGE_PRINTED, &draw, 1);
	ask(&draw);
	assert_int_equal(got.issue, 2);
	assert_ok(staffroom_badge(staff, &f, &b));
	struct token want = staff_room_badge(&room, SMALL_DELEGATE, 2);
	assert_memory_equal(&b.token, &want, sizeof(want));
	assert_ok(notes_find(notes, draw.person, &p));
	assert_int_equal(p.newest_issue, 1);
	ask(&issue);
	assert_ok(got.result);
	assert_ok(notes_find(notes, draw.person, &p));
	assert_int_equal(p.newest_issue, 2);
	/* What was issued and never came out is printed again, under its own number. */
	ask(&draw);
	assert_int_equal(got.issue, 2);
	ask(&(struct staff_ask){.verb = STAFF_TODAY});
	assert_int_equal(got.deeds[0].kind, EVENT_BADGE_ISSUED);
	assert_int_equal(got.deeds[0].reason, ISSUE_LOST);
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

	unlock(RIGHT_LATE);
	ask(&draw);
	assert_ok(got.result);
	assert_ok(staffroom_badge(staff, &f, &b));
	assert_true(b.is_late);
	assert_err(notes_find(notes, b.late.person, &p), ERR_ABSENT);
	ask(&(struct staff_ask){.verb = STAFF_ISSUE});
	assert_ok(got.result);
	assert_ok(notes_find(notes, b.late.person, &p));
	assert_true(p.late);
	assert_true(p.arrived);
	struct visit *v = seal_secret_memory(sizeof(*v));
	struct guest *g = seal_secret_memory(sizeof(*g));
	struct opened into = {v, &f, g, &hers};
	struct opening o;
	for (int badge = 0; badge < 2; badge++) {
		assert_ok(late_write(&b.late, badge, code));
		opening_make(&o, &room.roster, notes, span_of(code), &into);
		assert_int_equal(o.answer, ANSWER_GUEST);
		assert_true(o.arrived);
		assert_memory_equal(g->handle, b.late.person, EVENT_PERSON);
		assert_int_equal(g->name.n > 0, badge == 0);
	}
	seal_secret_free(v);
	seal_secret_free(g);
	ask(&(struct staff_ask){.verb = STAFF_ISSUE});
	assert_err(got.result, ERR_ABSENT);
}

TEST(without_the_right_nobody_is_taken_in_late)
{
	struct staff_ask draw = late_guest();
	struct found f;
	struct press_badge b;

	unlock(ALL & ~RIGHT_LATE);
	uint64_t before = notes_count(notes);
	ask(&draw);
	assert_err(got.result, ERR_DENIED);
	assert_err(staffroom_badge(staff, &f, &b), ERR_ABSENT);
	ask(&(struct staff_ask){.verb = STAFF_ISSUE});
	assert_err(got.result, ERR_ABSENT);
	assert_int_equal(notes_count(notes), before);
}

TEST(a_corrected_badge_needs_both_rights)
{
	static const uint16_t one_alone[] = {RIGHT_PRINT, RIGHT_CORRECT};
	struct staff_ask draw = about(STAFF_DRAW, SMALL_DELEGATE);
	struct staff_ask issue = about(STAFF_ISSUE, SMALL_DELEGATE);
	struct asked asked = {.what = ASKED_CORRECTION, .has = {false}};
	struct fold_person p;
	struct found f;
	struct press_badge b;

	asked.has[ASKED_GIVEN] = true;
	strcpy(asked.text[ASKED_GIVEN], "Petronella");
	draw.kind = EVENT_CORRECTION_ASKED;
	assert_ok(asked_write(&asked, draw.text, &draw.text_n));
	for (size_t i = 0; i < COUNT(one_alone); i++) {
		unlock(one_alone[i]);
		ask(&draw);
		assert_err(got.result, ERR_DENIED);
	}
	unlock(RIGHT_PRINT | RIGHT_CORRECT);
	ask(&draw);
	assert_ok(got.result);
	assert_ok(staffroom_badge(staff, &f, &b));
	assert_true(b.is_corrected);
	assert_string_equal(b.asked.text[ASKED_GIVEN], "Petronella");
	ask(&issue);
	assert_ok(got.result);
	assert_ok(notes_find(notes, draw.person, &p));
	assert_int_equal(p.corrections, 1);
	draw.text[0] = 0;
	ask(&draw);
	assert_err(got.result, ERR_FORMAT);
}

TEST(nothing_is_issued_that_was_not_drawn_for_that_person)
{
	struct staff_ask draw = about(STAFF_DRAW, SMALL_DELEGATE);
	struct staff_ask issue = about(STAFF_ISSUE, SMALL_VIP);
	struct staff_ask say = about(STAFF_SAY, SMALL_VIP);

	unlock(ALL);
	ask(&draw);
	ask(&issue);
	assert_err(got.result, ERR_ABSENT);
	say.kind = EVENT_BADGE_ISSUED;
	say.issue = 2;
	ask(&say);
	assert_err(got.result, ERR_DENIED);
}

TEST(what_this_board_wrote_can_be_undone_and_nothing_else)
{
	struct staff_ask revoke = about(STAFF_SAY, SMALL_DELEGATE);
	struct staff_ask undo = {.verb = STAFF_SAY, .kind = EVENT_UNDO};
	struct fold_person p;

	revoke.kind = EVENT_REVOKED;
	revoke.issue = 1;
	unlock(RIGHT_REVOKE | RIGHT_CORRECT);
	ask(&revoke);
	assert_ok(got.result);
	ask(&(struct staff_ask){.verb = STAFF_TODAY});
	assert_int_equal(got.deeds[0].kind, EVENT_REVOKED);
	assert_true(got.deeds[0].may_undo);
	assert_true(got.deeds[0].named);
	undo.target = got.deeds[0].id;
	undo.target.seq += 1000;
	ask(&undo);
	assert_err(got.result, ERR_ABSENT);
	undo.target.seq -= 1000;
	ask(&undo);
	assert_ok(got.result);
	assert_ok(notes_find(notes, revoke.person, &p));
	assert_int_equal(p.revoked_issue, 0);
	ask(&(struct staff_ask){.verb = STAFF_TODAY});
	assert_true(got.deeds[0].undone);
	assert_false(got.deeds[0].may_undo);
	unlock(RIGHT_REVOKE);
	ask(&undo);
	assert_err(got.result, ERR_DENIED);
}

TEST(a_badge_that_came_out_stays_issued)
{
	struct staff_ask draw = about(STAFF_DRAW, SMALL_DELEGATE);
	struct staff_ask issue = about(STAFF_ISSUE, SMALL_DELEGATE);
	struct staff_ask undo = {.verb = STAFF_SAY, .kind = EVENT_UNDO};

	unlock(ALL);
	write_down(EVENT_BADGE_PRINTED, &draw, 1);
	ask(&draw);
	ask(&issue);
	write_down(EVENT_BADGE_PRINTED, &draw, 2);
	ask(&(struct staff_ask){.verb = STAFF_TODAY});
	assert_int_equal(got.deeds[1].kind, EVENT_BADGE_ISSUED);
	assert_false(got.deeds[1].may_undo);
	undo.target = got.deeds[1].id;
	ask(&undo);
	assert_err(got.result, ERR_DENIED);
}

TEST(a_new_roster_is_looked_up_anew_and_locks_a_card_that_has_changed)
{
	unlock(RIGHT_PRINT);
	staffroom_roster(staff, &holding);
	settle();
	assert_int_equal(got.word, STAFF_WORD_CHANGED);
	assert_int_equal(got.people, SMALL_PEOPLE - 1);
	staff_room_rights(&room, SMALL_CARD_DESK, RIGHT_PRINT | RIGHT_REVOKE, SMALL_EXPIRES);
	holding.roster = room.roster;
	notes_believe(notes, &room.roster);
	staffroom_roster(staff, &holding);
	settle();
	assert_int_equal(got.word, STAFF_WORD_LOCKED);
}

#define ON_A_BOARD(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

static const struct CMUnitTest tests[] = {
	ON_A_BOARD(the_right_pin_unlocks_and_that_is_written_down),
	ON_A_BOARD(a_wrong_pin_is_written_down_and_costs_a_try),
	ON_A_BOARD(after_five_wrong_pins_the_right_one_waits_also_over_a_restart),
	ON_A_BOARD(a_card_is_refused_that_is_unknown_ended_or_for_another_board),
	ON_A_BOARD(the_same_card_again_locks),
	ON_A_BOARD(who_is_protected_is_found_and_opened_with_the_protocol_right_alone),
	ON_A_BOARD(a_protected_arrival_is_told_to_the_protocol_alone),
	ON_A_BOARD(each_right_is_refused_where_it_is_missing),
	ON_A_BOARD(without_the_right_to_print_no_badge_is_made),
	ON_A_BOARD(a_replacement_is_drawn_then_written_down_and_makes_the_old_one_void),
	ON_A_BOARD(a_late_guest_of_a_desk_is_honoured_by_a_kiosk_whose_roster_does_not_know_her),
	ON_A_BOARD(without_the_right_nobody_is_taken_in_late),
	ON_A_BOARD(a_corrected_badge_needs_both_rights),
	ON_A_BOARD(nothing_is_issued_that_was_not_drawn_for_that_person),
	ON_A_BOARD(what_this_board_wrote_can_be_undone_and_nothing_else),
	ON_A_BOARD(a_badge_that_came_out_stays_issued),
	ON_A_BOARD(a_new_roster_is_looked_up_anew_and_locks_a_card_that_has_changed),
};

RUN_TESTS(tests)
