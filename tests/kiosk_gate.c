/* A door's values out of a real roster, a real journal and what other boards wrote. */
#include "test.h"

#include "gate_read.h"
#include "help/staff_room.h"
#include "late.h"
#include "news.h"
#include "scratch.h"

enum { HOUR = 3600, OPENING = 0, DINNER = 2 };
static const int64_t now =
	SMALL_BASE + 33 * HOUR + HOUR / 2 + 60; /* half an hour before the opening */

static struct scratch dir;
static struct traffic traffic;
static struct mailbox ui;
static struct news slots[NEWS_SLOTS];
static struct notes *notes;
static struct staff_room room;
static struct staff_keys keys;
static struct visit visit;
static struct gate_list list;
static struct gate_booked booked;
static struct gate_missing missing;
static struct gate_verdict v;
static uint32_t heard;

static void drain(void)
{
	struct news n;

	while (mailbox_take(&ui, &n, 0) == OK) {
		news_wipe(&n);
		mailbox_settle(&ui);
	}
}

static int set_up(void **state)
{
	UNUSED(state);
	assert_ok(seal_start());
	scratch_make(&dir);
	mailbox_init(&ui, slots, sizeof(*slots), COUNT(slots), &traffic);
	staff_room_open(&room, 1);
	staff_room_rights(&room, SMALL_CARD_DOOR, RIGHT_DOOR | RIGHT_PRINT, SMALL_EXPIRES);
	staff_room_unlock(&room, SMALL_CARD_DOOR, &keys);
	struct notes_options n = {
		.path = scratch_name(&dir, "journal.db"), .ui = &ui, .traffic = &traffic};
	assert_ok(notes_start(&notes, &n));
	notes_believe(notes, &room.roster);
	memset(&booked, 0, sizeof(booked));
	heard = 0;
	return 0;
}

static int tear_down(void **state)
{
	UNUSED(state);
	notes_stop(notes);
	drain();
	mailbox_done(&ui);
	staff_room_close(&room);
	scratch_remove(&dir);
	return 0;
}

static struct gate_day day(const struct staff_keys *k, const char *place, int64_t at)
{
	return (struct gate_day){&room.roster, k, span_of(place), at};
}

static void read_day(const struct staff_keys *k, const char *place, int64_t at)
{
	struct gate_day d = day(k, place, at);

	gate_list_read(&list, &booked, &d, &visit);
}

static const struct gate_activity *activity(uint16_t number)
{
	for (uint32_t i = 0; i < list.n; i++)
		if (list.at[i].number == number)
			return &list.at[i];
	fail_msg("activity %u is not listed", number);
	return NULL;
}

/* What another board wrote. */
static void hear(uint16_t kind, enum small_person who, uint16_t at)
{
	struct event e = {.id = {"another", 1, ++heard},
		.wall_ms = (now + heard) * 1000,
		.trusted = true,
		.kind = kind,
		.issue = 1,
		.activity = at};

	memcpy(e.person, room.small.people[who].handle, sizeof(e.person));
	event_hash(&e, (const uint8_t[EVENT_HASH]){0}, e.hash);
	notes_hear(notes, &e);
}

static void judge_code(const char *code, uint16_t at, int64_t when)
{
	struct gate_question q = {&room.roster, activity(at), &booked, span_of(code), when};

	assert_true(gate_takes(q.code));
	gate_judge(&v, &q, notes, &visit);
	assert_int_equal(visit.memory_used, 0);
}

static void judge(enum small_person who, uint32_t issue, uint16_t at, int64_t when)
{
	struct token t = staff_room_badge(&room, who, issue);
	char code[TOKEN_TEXT + 1];

	token_text(&t, code);
	judge_code(code, at, when);
}

static void assert_answer(enum door_light light, enum door_reason reason)
{
	assert_string_equal(door_reason_name(v.reason), door_reason_name(reason));
	assert_int_equal(v.light, light);
}

TEST(without_a_card_a_day_is_the_public_programme)
{
	read_day(NULL, "hall", now);
	assert_int_equal(list.n, 1);
	assert_int_equal(list.at[0].number, OPENING);
	assert_true(list.at[0].here);
	assert_int_equal(list.at[0].capacity, 300);
	assert_false(booked.known);
}

TEST(a_card_for_doors_alone_counts_who_is_booked_and_opens_nothing_sealed)
{
	struct staff_keys door;

	staff_room_rights(&room, SMALL_CARD_DOOR, RIGHT_DOOR, SMALL_EXPIRES);
	staff_room_unlock(&room, SMALL_CARD_DOOR, &door);
	read_day(&door, "hall", now);
	assert_int_equal(list.n, 1);
	assert_int_equal(activity(OPENING)->booked, 1);
	assert_true(booked.known);
	assert_int_equal(booked.n, 1);
}

TEST(a_card_for_desk_and_doors_brings_in_what_is_sealed)
{
	read_day(&keys, "hall", now);
	assert_int_equal(list.n, 2);
	assert_true(list.at[0].here);
	assert_false(list.at[1].here);
	assert_int_equal(list.at[1].number, DINNER);
	assert_true(span_equal(
		gate_text(&list, list.at[1].title.in[LANGUAGE_EN]), span_of("Clandestine dinner")));
	assert_int_equal(activity(OPENING)->booked, 1);
	assert_int_equal(activity(DINNER)->booked, 1);
	assert_true(booked.known);
	assert_int_equal(booked.n, 2);
}

TEST(what_is_over_or_on_another_day_is_not_listed)
{
	read_day(&keys, "hall", SMALL_BASE + 35 * HOUR);
	assert_int_equal(list.n, 1);
	assert_int_equal(list.at[0].number, DINNER);
	read_day(&keys, "hall", SMALL_BASE + 46 * HOUR);
	assert_int_equal(list.n, 0);
	read_day(&keys, "hall", SMALL_BASE + 7 * HOUR - 1);
	assert_int_equal(list.n, 0);
}

TEST(without_a_place_every_city_is_listed_and_nothing_is_here)
{
	read_day(&keys, "", now);
	assert_int_equal(list.n, 2);
	assert_int_equal(gate_next_here(&list, now), list.n);
}

TEST(a_booked_badge_is_green_and_named)
{
	read_day(&keys, "hall", now);
	judge(SMALL_DELEGATE, 1, OPENING, now);
	assert_answer(DOOR_GREEN, DOOR_BOOKED);
	assert_true(v.known);
	assert_string_equal(v.name, "Élodie Vandersteenkiste");
	assert_string_equal(v.organisation, "Nimbusworks Aerospace");
	assert_int_equal(v.language, LANGUAGE_FR);
}

TEST(a_badge_that_opens_no_day_is_judged_all_the_same)
{
	read_day(&keys, "hall", now);
	judge(SMALL_VIP, 1, DINNER, SMALL_BASE + 44 * HOUR);
	assert_answer(DOOR_AMBER, DOOR_WAITING);
	judge(SMALL_OFFICIAL, 1, DINNER, SMALL_BASE + 44 * HOUR);
	assert_answer(DOOR_RED, DOOR_NOT_INVITED);
	assert_string_equal(v.name, "");
	assert_string_equal(v.organisation, "");
}

TEST(an_invitation_opens_no_door)
{
	struct token t = small_token(1, SMALL_DELEGATE, SMALL_INVITATION);
	char code[TOKEN_TEXT + 1];

	read_day(&keys, "hall", now);
	token_text(&t, code);
	judge_code(code, OPENING, now);
	assert_answer(DOOR_RED, DOOR_UNKNOWN);
	assert_false(v.known);
	assert_string_equal(v.name, "");
}

TEST(a_card_and_what_is_no_code_are_not_the_doors)
{
	struct token t = small_card_token(SMALL_CARD_DOOR);
	char code[TOKEN_TEXT + 1];

	token_text(&t, code);
	assert_false(gate_takes(span_of(code)));
	assert_false(gate_takes(span_of("")));
	assert_false(gate_takes(span_of("https://example.org")));
	assert_false(gate_takes(span_of("\xff")));
	code[10] ^= 1;
	assert_false(gate_takes(span_of(code)));
}

TEST(a_protected_person_is_amber_without_a_name)
{
	read_day(&keys, "hall", now);
	judge(SMALL_PROTECTED, 1, DINNER, SMALL_BASE + 44 * HOUR);
	assert_answer(DOOR_AMBER, DOOR_PROTOCOL);
	assert_true(v.is_protected);
	assert_string_equal(v.name, "");
	assert_string_equal(v.organisation, "");
	assert_int_equal(v.language, LANGUAGE_NL);
}

TEST(a_newer_badge_shown_here_makes_the_older_red)
{
	read_day(&keys, "hall", now);
	judge(SMALL_DELEGATE, 1, OPENING, now);
	assert_answer(DOOR_GREEN, DOOR_BOOKED);
	judge(SMALL_DELEGATE, 2, OPENING, now);
	assert_answer(DOOR_GREEN, DOOR_BOOKED);
	judge(SMALL_DELEGATE, 1, OPENING, now);
	assert_answer(DOOR_RED, DOOR_REPLACED);
	assert_string_equal(v.name, "");
}

TEST(a_badge_whose_revocation_is_heard_is_red)
{
	struct event e = {.id = {"another", 1, 1}, .kind = EVENT_REVOKED, .issue = 1};
	struct staff_keys desk;

	staff_room_rights(&room, SMALL_CARD_DESK, RIGHT_REVOKE, SMALL_EXPIRES);
	staff_room_unlock(&room, SMALL_CARD_DESK, &desk);
	notes_believe(notes, &room.roster);
	read_day(&keys, "hall", now);
	memcpy(e.person, room.small.people[SMALL_DELEGATE].handle, sizeof(e.person));
	assert_ok(staff_sign(&e, &room.roster, &desk, now * 1000, false));
	event_hash(&e, (const uint8_t[EVENT_HASH]){0}, e.hash);
	notes_hear(notes, &e);
	judge(SMALL_DELEGATE, 1, OPENING, now);
	assert_answer(DOOR_RED, DOOR_REVOKED);
}

TEST(what_other_doors_wrote_is_counted_at_once)
{
	struct gate_counts c;

	read_day(&keys, "hall", now);
	gate_count(&c, activity(OPENING), &booked, notes);
	assert_int_equal(c.inside, 0);
	assert_true(c.missing_known);
	assert_int_equal(c.missing, 1);
	hear(EVENT_ENTERED, SMALL_DELEGATE, OPENING);
	hear(EVENT_ENTERED, SMALL_VIP, DINNER);
	gate_count(&c, activity(OPENING), &booked, notes);
	assert_int_equal(c.inside, 1);
	assert_int_equal(c.missing, 0);
	judge(SMALL_DELEGATE, 1, OPENING, now);
	assert_answer(DOOR_AMBER, DOOR_INSIDE);
	assert_true(v.inside);
	hear(EVENT_LEFT, SMALL_DELEGATE, OPENING);
	judge(SMALL_DELEGATE, 1, OPENING, now);
	assert_answer(DOOR_GREEN, DOOR_BOOKED);
	assert_int_equal(v.counts.inside, 0);
	assert_int_equal(v.counts.missing, 0);
}

TEST(a_full_room_keeps_the_booked_seat)
{
	read_day(&keys, "hall", now);
	list.at[0].capacity = 1;
	hear(EVENT_ENTERED, SMALL_VIP, OPENING);
	judge(SMALL_OFFICIAL, 1, OPENING, now);
	assert_answer(DOOR_RED, DOOR_FULL);
	judge(SMALL_DELEGATE, 1, OPENING, now);
	assert_answer(DOOR_GREEN, DOOR_BOOKED);
}

TEST(a_late_guest_is_amber_and_one_that_has_ended_red)
{
	struct late l = {.person = {8, 7, 6, 5, 4, 3, 2, 1},
		.role = ROLE_PARTNER,
		.language = LANGUAGE_DE,
		.issue = 1,
		.until = now + HOUR,
		.name = "Late Guest"};
	char code[LATE_TEXT], replacing[LATE_TEXT];
	struct staff_keys desk;

	staff_room_rights(&room, SMALL_CARD_DESK, RIGHT_LATE, SMALL_EXPIRES);
	staff_room_unlock(&room, SMALL_CARD_DESK, &desk);
	read_day(&keys, "hall", now);
	assert_ok(late_sign(&l, &room.roster, &desk));
	assert_ok(late_write(&l, true, code));
	judge_code(code, OPENING, now);
	assert_answer(DOOR_AMBER, DOOR_LATE);
	assert_true(v.known);
	assert_memory_equal(v.handle, l.person, sizeof(v.handle));
	assert_string_equal(v.name, "");
	assert_int_equal(v.language, LANGUAGE_DE);
	l.issue = 2;
	assert_ok(late_sign(&l, &room.roster, &desk));
	assert_ok(late_write(&l, true, replacing));
	judge_code(replacing, OPENING, now);
	assert_answer(DOOR_AMBER, DOOR_LATE);
	assert_int_equal(v.issue, 2);
	judge_code(code, OPENING, now);
	assert_answer(DOOR_RED, DOOR_REPLACED);
	judge_code(code, OPENING, now + HOUR + 1);
	assert_answer(DOOR_RED, DOOR_UNKNOWN);
	assert_false(v.known);
}

TEST(a_late_guest_who_was_booked_since_is_green_without_a_name)
{
	struct late l = {
		.role = ROLE_PARTNER, .issue = 1, .until = now + HOUR, .name = "Late Guest"};
	char code[LATE_TEXT];
	struct staff_keys desk;

	memcpy(l.person, room.small.people[SMALL_DELEGATE].handle, sizeof(l.person));
	staff_room_rights(&room, SMALL_CARD_DESK, RIGHT_LATE, SMALL_EXPIRES);
	staff_room_unlock(&room, SMALL_CARD_DESK, &desk);
	assert_ok(late_sign(&l, &room.roster, &desk));
	assert_ok(late_write(&l, true, code));
	read_day(NULL, "hall", now);
	judge_code(code, OPENING, now);
	assert_answer(DOOR_AMBER, DOOR_LATE);
	read_day(&keys, "hall", now);
	judge_code(code, OPENING, now);
	assert_answer(DOOR_GREEN, DOOR_BOOKED);
	assert_string_equal(v.name, "");
}

TEST(a_late_guests_badge_that_the_roster_dropped_is_red)
{
	struct late l = {.person = {8, 7, 6, 5, 4, 3, 2, 1},
		.role = ROLE_PARTNER,
		.issue = 1,
		.until = now + HOUR,
		.name = "Late Guest"};
	char code[LATE_TEXT];
	uint8_t label[TOKEN_LABEL];
	struct staff_keys desk;

	staff_room_rights(&room, SMALL_CARD_DESK, RIGHT_LATE, SMALL_EXPIRES);
	staff_room_unlock(&room, SMALL_CARD_DESK, &desk);
	assert_ok(late_sign(&l, &room.roster, &desk));
	assert_ok(late_write(&l, true, code));
	late_label(l.person, 1, label);
	staff_room_drop(&room, label);
	read_day(&keys, "hall", now);
	judge_code(code, OPENING, now);
	assert_answer(DOOR_RED, DOOR_REPLACED);
}

TEST(the_missing_are_named_until_they_come)
{
	struct gate_day d = day(&keys, "hall", now);

	gate_missing_read(&missing, &d, DINNER, notes, &visit);
	assert_int_equal(missing.n, 1);
	assert_true(span_equal(gate_missing_text(&missing, missing.at[0].name),
		span_of("Élodie Vandersteenkiste")));
	hear(EVENT_ENTERED, SMALL_DELEGATE, DINNER);
	gate_missing_read(&missing, &d, DINNER, notes, &visit);
	assert_int_equal(missing.n, 0);
	assert_int_equal(missing.text_n, 0);
}

TEST(a_new_roster_moves_the_times_and_keeps_what_is_sealed)
{
	read_day(&keys, "hall", now);
	room.small.activities[0].activity.start += HOUR;
	room.small.activities[0].activity.end += HOUR;
	room.small.sequence++;
	staff_room_rebuild(&room);
	gate_list_renew(&list, &room.roster);
	assert_int_equal(list.n, 2);
	assert_int_equal(activity(OPENING)->start, SMALL_BASE + 35 * HOUR);
	assert_int_equal(activity(DINNER)->start, SMALL_BASE + 44 * HOUR);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_setup_teardown(
		without_a_card_a_day_is_the_public_programme, set_up, tear_down),
	cmocka_unit_test_setup_teardown(
		a_card_for_doors_alone_counts_who_is_booked_and_opens_nothing_sealed, set_up,
		tear_down),
	cmocka_unit_test_setup_teardown(
		a_card_for_desk_and_doors_brings_in_what_is_sealed, set_up, tear_down),
	cmocka_unit_test_setup_teardown(
		what_is_over_or_on_another_day_is_not_listed, set_up, tear_down),
	cmocka_unit_test_setup_teardown(
		without_a_place_every_city_is_listed_and_nothing_is_here, set_up, tear_down),
	cmocka_unit_test_setup_teardown(a_booked_badge_is_green_and_named, set_up, tear_down),
	cmocka_unit_test_setup_teardown(
		a_badge_that_opens_no_day_is_judged_all_the_same, set_up, tear_down),
	cmocka_unit_test_setup_teardown(an_invitation_opens_no_door, set_up, tear_down),
	cmocka_unit_test_setup_teardown(
		a_card_and_what_is_no_code_are_not_the_doors, set_up, tear_down),
	cmocka_unit_test_setup_teardown(
		a_protected_person_is_amber_without_a_name, set_up, tear_down),
	cmocka_unit_test_setup_teardown(
		a_newer_badge_shown_here_makes_the_older_red, set_up, tear_down),
	cmocka_unit_test_setup_teardown(
		a_badge_whose_revocation_is_heard_is_red, set_up, tear_down),
	cmocka_unit_test_setup_teardown(
		what_other_doors_wrote_is_counted_at_once, set_up, tear_down),
	cmocka_unit_test_setup_teardown(a_full_room_keeps_the_booked_seat, set_up, tear_down),
	cmocka_unit_test_setup_teardown(
		a_late_guest_is_amber_and_one_that_has_ended_red, set_up, tear_down),
	cmocka_unit_test_setup_teardown(
		a_late_guest_who_was_booked_since_is_green_without_a_name, set_up, tear_down),
	cmocka_unit_test_setup_teardown(
		a_late_guests_badge_that_the_roster_dropped_is_red, set_up, tear_down),
	cmocka_unit_test_setup_teardown(the_missing_are_named_until_they_come, set_up, tear_down),
	cmocka_unit_test_setup_teardown(
		a_new_roster_moves_the_times_and_keeps_what_is_sealed, set_up, tear_down),
};

int main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
