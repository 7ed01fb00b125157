/* Replacement badges: a card makes the next issues, and no other number finds anything. */
#include "test.h"

#include "help/staff_room.h"

static struct staff_room room;
static struct staff_keys keys;
static struct visit *v;

static void desk(uint16_t rights)
{
	staff_room_rights(&room, SMALL_CARD_DESK, rights, SMALL_EXPIRES);
	staff_room_unlock(&room, SMALL_CARD_DESK, &keys);
}

static void assert_badge(enum small_person who, uint32_t issue)
{
	struct token want = staff_room_badge(&room, who, issue), got;

	assert_ok(staff_badge(&room.roster, &keys, v, issue, &got));
	assert_memory_equal(&got, &want, sizeof(got));
}

TEST(a_desk_prints_this_issue_and_the_next_two)
{
	struct found f;
	UNUSED(state);

	desk(RIGHT_PRINT);
	for (enum small_person who = 0; who < SMALL_PEOPLE; who++) {
		if (who == SMALL_PROTECTED)
			continue;
		assert_ok(staff_room_visit_by(&room, who, &keys, v));
		for (uint32_t issue = 1; issue <= 3; issue++) {
			struct token t;
			assert_badge(who, issue);
			assert_ok(staff_badge(&room.roster, &keys, v, issue, &t));
			assert_ok(roster_find(&room.roster, &t, &f));
			assert_int_equal(f.slot, who);
		}
	}
}

TEST(the_printed_issue_is_what_the_box_says_it_is)
{
	struct visit *shown = seal_secret_memory(sizeof(*shown));
	struct found f;
	struct token t;
	UNUSED(state);

	desk(RIGHT_PRINT);
	assert_ok(staff_room_visit_by(&room, SMALL_VIP, &keys, v));
	for (uint32_t issue = 1; issue <= 3; issue++) {
		assert_ok(staff_badge(&room.roster, &keys, v, issue, &t));
		assert_ok(roster_find(&room.roster, &t, &f));
		assert_ok(roster_visit(&room.roster, &f, shown));
		assert_int_equal(shown->kind, TOKEN_BADGE);
		assert_int_equal(shown->issue, issue);
		assert_false(shown->day_open);
	}
	visit_wipe(shown);
	seal_secret_free(shown);
}

TEST(no_issue_beyond_those_the_roster_knows_is_printed)
{
	static const uint32_t issues[] = {0, 4, 5, 1000, UINT32_MAX};
	struct token t, nothing = {0};
	UNUSED(state);

	desk(RIGHT_PRINT);
	assert_ok(staff_room_visit_by(&room, SMALL_DELEGATE, &keys, v));
	for (size_t i = 0; i < COUNT(issues); i++) {
		memset(&t, 0xaa, sizeof(t));
		assert_err(staff_badge(&room.roster, &keys, v, issues[i], &t), ERR_ABSENT);
		assert_memory_equal(&t, &nothing, sizeof(t));
	}
}

/* Who has a badge and changes its number, its epoch or a bit has nothing. */
TEST(a_forged_number_finds_nothing)
{
	struct found f;
	UNUSED(state);

	for (uint32_t issue = 1; issue <= 3; issue++) {
		struct token t = staff_room_badge(&room, SMALL_DELEGATE, issue);
		for (unsigned bit = 0; bit < 8 * TOKEN_SECRET; bit++) {
			struct token forged = t;
			forged.secret[bit / 8] ^= (uint8_t)(1 << bit % 8);
			assert_err(roster_find(&room.roster, &forged, &f), ERR_ABSENT);
		}
		for (unsigned other = 1; other < 256; other++) {
			struct token forged = t;
			forged.epoch ^= (uint8_t)other;
			assert_err(roster_find(&room.roster, &forged, &f), ERR_ABSENT);
		}
	}
	struct token beyond = staff_room_badge(&room, SMALL_DELEGATE, 4);
	assert_err(roster_find(&room.roster, &beyond, &f), ERR_ABSENT);
}

TEST(without_the_print_right_nothing_is_printed)
{
	struct token t, nothing = {0};
	UNUSED(state);

	desk((uint16_t)(~RIGHT_PRINT & ((1 << RIGHTS) - 1)));
	assert_ok(staff_room_visit_by(&room, SMALL_DELEGATE, &keys, v));
	for (uint32_t issue = 1; issue <= 3; issue++) {
		assert_err(staff_badge(&room.roster, &keys, v, issue, &t), ERR_DENIED);
		assert_memory_equal(&t, &nothing, sizeof(t));
	}
	/* The right is a key: who only claims it makes a number that the roster does not know. */
	keys.rights |= RIGHT_PRINT;
	for (uint32_t issue = 2; issue <= 3; issue++)
		assert_err(staff_badge(&room.roster, &keys, v, issue, &t), ERR_ABSENT);
}

TEST(a_protected_persons_badge_needs_the_protocol_right_too)
{
	struct event e = {.kind = EVENT_BADGE_ISSUED, .issue = 2};
	struct token t;
	UNUSED(state);

	desk(RIGHT_PRINT);
	assert_err(staff_room_visit_by(&room, SMALL_PROTECTED, &keys, v), ERR_DENIED);
	staff_room_visit(&room, SMALL_PROTECTED, v);
	assert_true(v->is_protected);
	assert_err(staff_badge(&room.roster, &keys, v, 2, &t), ERR_DENIED);
	assert_err(staff_sign(&e, &room.roster, &keys, 1000, true), ERR_DENIED);
	assert_int_equal(e.payload_n, 0);
	desk(RIGHT_PRINT | RIGHT_PROTOCOL);
	assert_err(staff_badge(&room.roster, &keys, v, 2, &t), ERR_DENIED);
	assert_ok(staff_room_visit_by(&room, SMALL_PROTECTED, &keys, v));
	for (uint32_t issue = 1; issue <= 3; issue++)
		assert_badge(SMALL_PROTECTED, issue);
	assert_ok(staff_sign(&e, &room.roster, &keys, 1000, true));
	desk(RIGHT_PROTOCOL);
	assert_ok(staff_room_visit_by(&room, SMALL_PROTECTED, &keys, v));
	assert_err(staff_badge(&room.roster, &keys, v, 1, &t), ERR_DENIED);
}

TEST(a_replaced_badge_is_not_printed_again)
{
	struct source_person *p = &room.small.people[SMALL_DELEGATE];
	struct source_person before = *p;
	struct token t;
	UNUSED(state);

	desk(RIGHT_PRINT);
	p->badge_issue = 2;
	p->badge_token = p->entries[SMALL_NEXT].token;
	p->entries[SMALL_BADGE] =
		(struct source_entry){staff_room_badge(&room, SMALL_DELEGATE, 4), 4};
	staff_room_rebuild(&room);
	assert_ok(staff_room_visit_by(&room, SMALL_DELEGATE, &keys, v));
	assert_err(staff_badge(&room.roster, &keys, v, 1, &t), ERR_ABSENT);
	for (uint32_t issue = 2; issue <= 4; issue++)
		assert_badge(SMALL_DELEGATE, issue);
	*p = before;
	staff_room_rebuild(&room);
}

TEST(a_handle_leads_to_its_slot)
{
	uint8_t nobody[8] = {9, 9, 9};
	uint32_t slot;
	UNUSED(state);

	for (uint32_t who = 0; who < SMALL_PEOPLE; who++) {
		assert_ok(roster_slot_of(&room.roster, room.small.people[who].handle, &slot));
		assert_int_equal(slot, who);
	}
	assert_err(roster_slot_of(&room.roster, nobody, &slot), ERR_ABSENT);
}

static int start(void **state)
{
	UNUSED(state);
	staff_room_open(&room, 1);
	v = seal_secret_memory(sizeof(*v));
	return v ? 0 : -1;
}

static int stop(void **state)
{
	UNUSED(state);
	seal_secret_free(v);
	staff_room_close(&room);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_desk_prints_this_issue_and_the_next_two),
	cmocka_unit_test(the_printed_issue_is_what_the_box_says_it_is),
	cmocka_unit_test(no_issue_beyond_those_the_roster_knows_is_printed),
	cmocka_unit_test(a_forged_number_finds_nothing),
	cmocka_unit_test(without_the_print_right_nothing_is_printed),
	cmocka_unit_test(a_protected_persons_badge_needs_the_protocol_right_too),
	cmocka_unit_test(a_replaced_badge_is_not_printed_again),
	cmocka_unit_test(a_handle_leads_to_its_slot),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
