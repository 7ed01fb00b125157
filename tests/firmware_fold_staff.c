/* The fold and staff: what a card says takes effect only when the roster believes it, and undoing gives
 * back what was. */
#include "test.h"

#include "fold.h"
#include "help/staff_room.h"

enum { ALL_RIGHTS = (1 << RIGHTS) - 1, SEMINAR = 3, DINNER = 4 };
#define CARD SMALL_CARD_DESK
static const uint8_t anna[EVENT_PERSON] = {0xa, 1}, ben[EVENT_PERSON] = {0xb, 2};

static struct staff_room room, without;
static struct staff_keys keys;
static struct fold *fold;
static uint64_t seq;

static void unlock(uint16_t rights)
{
	staff_room_rights(&room, CARD, rights, SMALL_EXPIRES);
	staff_room_unlock(&room, CARD, &keys);
}

static int set_up(void **state)
{
	UNUSED(state);
	seq = 0;
	unlock(ALL_RIGHTS);
	if (fold_open(&fold) != OK)
		return -1;
	fold_believe(fold, staff_judge, &room.roster);
	return 0;
}

static int tear_down(void **state)
{
	UNUSED(state);
	fold_close(fold);
	return 0;
}

/* A second later than the one before. */
static struct event event(unsigned kind, const uint8_t person[static EVENT_PERSON])
{
	struct event e = {.kind = (uint16_t)kind, .trusted = true, .issue = 1};

	seq++;
	e.id = (struct event_id){.board = {1}, .epoch = 1, .seq = seq};
	e.wall_ms = 1000 * (int64_t)seq;
	e.hash[0] = (uint8_t)seq;
	memcpy(e.person, person, EVENT_PERSON);
	return e;
}

static struct event at(unsigned kind, const uint8_t person[static EVENT_PERSON], uint16_t activity)
{
	struct event e = event(kind, person);

	e.activity = activity;
	return e;
}

static struct event issued(uint32_t issue)
{
	struct event e = event(EVENT_BADGE_ISSUED, anna);

	e.issue = issue;
	return e;
}

static struct event_id add(struct event e)
{
	assert_ok(fold_add(fold, &e));
	return e.id;
}

static struct event_id say(struct event e)
{
	assert_ok(staff_sign(&e, &room.roster, &keys, SMALL_BUILT * 1000, false));
	return add(e);
}

static struct event_id undo(struct event_id target)
{
	struct event e = event(EVENT_UNDO, anna);

	e.target = target;
	return say(e);
}

static struct fold_person find(const uint8_t person[static EVENT_PERSON])
{
	struct fold_person p;
	enum err e = fold_find(fold, person, &p);

	assert_true(e == OK || e == ERR_ABSENT);
	return p;
}

static struct fold_attendance attendance(uint16_t activity)
{
	struct fold_attendance a;
	enum err e = fold_attendance(fold, anna, activity, &a);

	assert_true(e == OK || e == ERR_ABSENT);
	return a;
}

TEST(a_replacement_counts_when_a_card_signed_it)
{
	UNUSED(state);

	add(issued(3));
	assert_int_equal(find(anna).newest_issue, 0);
	struct event_id second = say(issued(2));
	assert_int_equal(find(anna).newest_issue, 2);
	undo(second);
	assert_int_equal(find(anna).newest_issue, 0);
}

TEST(the_first_badge_needs_no_card)
{
	UNUSED(state);

	add(issued(1));
	assert_int_equal(find(anna).newest_issue, 1);
}

TEST(a_board_that_prints_what_nobody_issued_replaces_no_badge)
{
	struct fold_badge b;
	UNUSED(state);

	for (unsigned kind = EVENT_BADGE_PREPARED; kind <= EVENT_BADGE_FAILED; kind++) {
		struct event e = event(kind, anna);
		e.issue = 2;
		add(e);
	}
	assert_int_equal(find(anna).newest_issue, 1);
	assert_ok(fold_badge(fold, anna, 2, &b));
	assert_int_equal(b.printed, 1);
	say(issued(2));
	assert_int_equal(find(anna).newest_issue, 2);
}

TEST(a_revocation_counts_when_it_is_signed)
{
	UNUSED(state);

	add(event(EVENT_REVOKED, anna));
	assert_int_equal(find(anna).revoked_issue, 0);
	struct event_id id = say(event(EVENT_REVOKED, anna));
	assert_int_equal(find(anna).revoked_issue, 1);
	undo(id);
	assert_int_equal(find(anna).revoked_issue, 0);
}

TEST(a_late_guest_who_was_taken_in_and_taken_back_is_known_as_such)
{
	UNUSED(state);

	add(event(EVENT_LATE, anna));
	assert_false(find(anna).late || find(anna).late_undone);
	struct event_id id = say(event(EVENT_LATE, anna));
	assert_true(find(anna).late);
	undo(id);
	assert_false(find(anna).late);
	assert_true(find(anna).late_undone);
	say(event(EVENT_LATE, anna));
	assert_true(find(anna).late);
	assert_false(find(anna).late_undone);
}

TEST(nothing_is_believed_before_there_is_a_judge_and_all_as_soon_as_there_is)
{
	UNUSED(state);

	fold_believe(fold, NULL, NULL);
	struct event_id arrival = add(event(EVENT_ARRIVED, anna));
	say(issued(2));
	say(event(EVENT_REVOKED, anna));
	undo(arrival);
	assert_true(find(anna).arrived);
	assert_int_equal(find(anna).newest_issue, 0);
	assert_int_equal(find(anna).revoked_issue, 0);
	fold_believe(fold, staff_judge, &room.roster);
	assert_false(find(anna).arrived);
	assert_int_equal(find(anna).newest_issue, 2);
	assert_int_equal(find(anna).revoked_issue, 1);
}

TEST(a_roster_that_drops_the_card_drops_what_it_said)
{
	UNUSED(state);

	say(issued(2));
	fold_believe(fold, staff_judge, &without.roster);
	assert_int_equal(find(anna).newest_issue, 0);
	fold_believe(fold, staff_judge, &room.roster);
	assert_int_equal(find(anna).newest_issue, 2);
}

TEST(who_may_not_revoke_undoes_no_revocation)
{
	UNUSED(state);

	struct event_id id = say(event(EVENT_REVOKED, anna)),
			arrival = add(event(EVENT_ARRIVED, anna));
	keys.rights = RIGHT_CORRECT;
	staff_room_rights(&room, CARD, RIGHT_CORRECT, SMALL_EXPIRES);
	struct event e = event(EVENT_UNDO, anna), f = e;
	e.target = id;
	assert_ok(staff_sign(&e, &room.roster, &keys, SMALL_BUILT * 1000, false));
	add(e);
	f.id.seq = ++seq;
	f.target = arrival;
	assert_ok(staff_sign(&f, &room.roster, &keys, SMALL_BUILT * 1000, false));
	add(f);
	assert_false(find(anna).arrived);
	/* Believed again with all its rights, the card's undo reaches the revocation too. */
	staff_room_rights(&room, CARD, RIGHT_CORRECT | RIGHT_REVOKE, SMALL_EXPIRES);
	fold_believe(fold, staff_judge, &room.roster);
	assert_int_equal(find(anna).revoked_issue, 0);
	staff_room_rights(&room, SMALL_CARD_DOOR, RIGHT_REVOKE, SMALL_EXPIRES);
	staff_room_unlock(&room, SMALL_CARD_DOOR, &keys);
	say(event(EVENT_REVOKED, ben));
	e = event(EVENT_UNDO, ben);
	e.target = (struct event_id){.board = {1}, .epoch = 1, .seq = seq - 1};
	staff_room_rights(&room, CARD, RIGHT_CORRECT, SMALL_EXPIRES);
	staff_room_unlock(&room, CARD, &keys);
	assert_ok(staff_sign(&e, &room.roster, &keys, SMALL_BUILT * 1000, false));
	fold_believe(fold, staff_judge, &room.roster);
	add(e);
	assert_int_equal(find(ben).revoked_issue, 1);
	staff_room_rights(&room, SMALL_CARD_DOOR, RIGHT_DOOR, SMALL_EXPIRES);
}

TEST(an_unsigned_undo_undoes_nothing)
{
	UNUSED(state);

	struct event e = event(EVENT_UNDO, anna);
	e.target = add(event(EVENT_ARRIVED, anna));
	add(e);
	assert_true(find(anna).arrived);
}

TEST(an_issue_that_was_seen_is_this_boards_own_affair)
{
	uint8_t before[512], after[512];
	UNUSED(state);

	add(event(EVENT_ARRIVED, anna));
	struct sink k = sink_on(before, sizeof(before)), m = sink_on(after, sizeof(after));
	fold_write(fold, &k);
	assert_ok(fold_saw(fold, anna, 3));
	assert_ok(fold_saw(fold, anna, 2));
	assert_ok(fold_saw(fold, ben, 2));
	assert_int_equal(find(anna).seen_issue, 3);
	assert_int_equal(find(ben).seen_issue, 2);
	assert_int_equal(find(anna).newest_issue, 0);
	assert_int_equal(fold_people(fold), 1);
	fold_write(fold, &m);
	assert_int_equal(m.n, k.n);
	assert_memory_equal(before, after, k.n);
}

TEST(who_entered_and_did_not_leave_is_inside)
{
	UNUSED(state);

	assert_false(attendance(SEMINAR).entered);
	add(at(EVENT_ENTERED, anna, SEMINAR));
	assert_true(attendance(SEMINAR).inside);
	add(at(EVENT_LEFT, anna, SEMINAR));
	struct fold_attendance a = attendance(SEMINAR);
	assert_true(a.entered);
	assert_false(a.inside);
	assert_int_equal(a.first_ms, 1000);
	assert_int_equal(a.last_ms, 2000);
	add(at(EVENT_ENTERED, anna, SEMINAR));
	a = attendance(SEMINAR);
	assert_true(a.inside);
	assert_int_equal(a.first_ms, 1000);
	assert_int_equal(a.in, 2);
	assert_int_equal(a.out, 1);
	assert_false(attendance(DINNER).entered);
}

TEST(the_time_decides_who_is_inside_not_the_order_of_hearing)
{
	UNUSED(state);

	struct event in = at(EVENT_ENTERED, anna, SEMINAR), out = at(EVENT_LEFT, anna, SEMINAR);
	add(out);
	add(in);
	assert_false(attendance(SEMINAR).inside);
}

TEST(a_signed_time_puts_an_entry_where_it_belongs)
{
	UNUSED(state);

	struct event in = at(EVENT_ENTERED, anna, SEMINAR), out = at(EVENT_LEFT, anna, SEMINAR);
	struct event time = event(EVENT_CLOCK, anna);
	in.trusted = false;
	in.boot[0] = time.boot[0] = 1;
	in.boot_ms = 500;
	time.payload_n = 8;
	store_u64(time.payload, 1000);
	add(out);
	add(in);
	assert_true(attendance(SEMINAR).inside);
	add(time);
	assert_false(attendance(SEMINAR).inside);
	assert_int_equal(attendance(SEMINAR).first_ms, 1500);
}

TEST(a_signed_time_is_undone_by_an_administrator_whom_the_roster_believes)
{
	UNUSED(state);

	struct event in = at(EVENT_ENTERED, anna, SEMINAR), time = event(EVENT_CLOCK, anna);
	in.trusted = false;
	in.boot[0] = time.boot[0] = 1;
	in.boot_ms = 500;
	time.payload_n = 8;
	store_u64(time.payload, 7000);
	add(in);
	undo(add(time));
	assert_int_equal(attendance(SEMINAR).first_ms, 1000);
	fold_believe(fold, NULL, NULL);
	assert_int_equal(attendance(SEMINAR).first_ms, 7500);
	staff_room_rights(&room, CARD, ALL_RIGHTS & ~RIGHT_ADMIN, SMALL_EXPIRES);
	fold_believe(fold, staff_judge, &room.roster);
	assert_int_equal(attendance(SEMINAR).first_ms, 7500);
	staff_room_rights(&room, CARD, ALL_RIGHTS, SMALL_EXPIRES);
	fold_believe(fold, staff_judge, &room.roster);
	assert_int_equal(attendance(SEMINAR).first_ms, 1000);
}

TEST(an_undone_entry_never_was)
{
	UNUSED(state);

	undo(add(at(EVENT_ENTERED, anna, SEMINAR)));
	assert_false(attendance(SEMINAR).entered);
	add(at(EVENT_ENTERED, anna, SEMINAR));
	undo(add(at(EVENT_LEFT, anna, SEMINAR)));
	assert_true(attendance(SEMINAR).inside);
}

TEST(an_activity_counts_people_not_events)
{
	struct fold_activity a;
	UNUSED(state);

	add(at(EVENT_ENTERED, anna, SEMINAR));
	add(at(EVENT_LEFT, anna, SEMINAR));
	add(at(EVENT_ENTERED, anna, SEMINAR));
	add(at(EVENT_ENTERED, ben, SEMINAR));
	add(at(EVENT_LEFT, ben, SEMINAR));
	add(at(EVENT_ENTERED, ben, DINNER));
	say(at(EVENT_OVERRIDE, ben, SEMINAR));
	say(at(EVENT_OVERRIDE, ben, SEMINAR));
	fold_activity(fold, SEMINAR, &a);
	assert_int_equal(a.entered, 2);
	assert_int_equal(a.inside, 1);
	assert_int_equal(a.overrides, 1);
	fold_activity(fold, 77, &a);
	assert_int_equal(a.entered + a.inside + a.overrides, 0);
}

TEST(an_override_counts_when_it_is_signed_and_until_it_is_undone)
{
	UNUSED(state);

	add(at(EVENT_OVERRIDE, anna, SEMINAR));
	assert_int_equal(attendance(SEMINAR).overrides, 0);
	struct event_id id = say(at(EVENT_OVERRIDE, anna, SEMINAR));
	assert_int_equal(attendance(SEMINAR).overrides, 1);
	assert_int_equal(attendance(DINNER).overrides, 0);
	undo(id);
	assert_int_equal(attendance(SEMINAR).overrides, 0);
}

TEST(a_correction_is_open_until_it_is_undone)
{
	UNUSED(state);

	add(event(EVENT_CORRECTION_ASKED, anna)); /* by herself */
	struct event e = event(EVENT_CORRECTION_ASKED, anna);
	e.payload_n = 60;
	add(e);
	assert_int_equal(find(anna).corrections, 1);
	e.id.seq = ++seq;
	struct event_id id = say(e);
	assert_int_equal(find(anna).corrections, 2);
	undo(id);
	assert_int_equal(find(anna).corrections, 1);
}

TEST(a_late_guest_is_known_by_the_desks_word)
{
	UNUSED(state);

	add(event(EVENT_LATE, anna));
	assert_false(find(anna).late);
	struct event_id id = say(event(EVENT_LATE, anna));
	assert_true(find(anna).late);
	undo(id);
	assert_false(find(anna).late);
}

static void assert_emergency(const char *want)
{
	struct fold_emergency now;

	assert_err(fold_emergency(fold, &now), want ? OK : ERR_ABSENT);
	assert_true(span_equal(now.said, want ? span_of(want) : (struct span){0}));
}

static struct event emergency(const char *text)
{
	static const uint8_t nobody[EVENT_PERSON];
	struct event e = event(EVENT_EMERGENCY, nobody);

	e.payload_n = (uint16_t)strlen(text);
	memcpy(e.payload, text, e.payload_n);
	return e;
}

/* Signed so many seconds after the roster was built. */
static struct event signed_at(const char *text, int64_t second)
{
	struct event e = emergency(text);

	assert_ok(staff_sign(&e, &room.roster, &keys, (SMALL_BUILT + second) * 1000, false));
	return e;
}

/* The same statement in an event of its own, of another board, as late as that board likes to say. */
static struct event repeated(const struct event *said)
{
	struct event e = *said;

	seq++;
	e.id = (struct event_id){.board = {2}, .epoch = 1, .seq = seq};
	e.wall_ms = 1000000000 + 1000 * (int64_t)seq;
	e.hash[0] = (uint8_t)seq;
	return e;
}

TEST(the_emergency_that_was_signed_last_holds_until_it_is_over)
{
	add(emergency("Free beer"));
	assert_emergency(NULL);
	add(signed_at("Assemble at the fountain", 20));
	add(signed_at("Please go out by the north door", 10));
	assert_emergency("Assemble at the fountain");
	add(signed_at("", 30));
	assert_emergency(NULL);
	assert_int_equal(fold_people(fold), 0);
}

TEST(an_emergency_holds_since_it_was_signed_and_the_next_is_signed_later)
{
	struct fold_emergency now;

	assert_err(fold_emergency(fold, &now), ERR_ABSENT);
	assert_int_equal(now.newest_ms, 0);
	add(signed_at("Please go out by the north door", 10));
	struct event_id second = add(signed_at("Assemble at the fountain", 20));
	assert_ok(fold_emergency(fold, &now));
	assert_int_equal(now.since_ms, (SMALL_BUILT + 20) * 1000);
	assert_int_equal(now.newest_ms, (SMALL_BUILT + 20) * 1000);
	undo(second);
	assert_ok(fold_emergency(fold, &now));
	assert_int_equal(now.since_ms, (SMALL_BUILT + 10) * 1000);
	assert_int_equal(now.newest_ms, (SMALL_BUILT + 20) * 1000);
	add(signed_at("", 30));
	assert_err(fold_emergency(fold, &now), ERR_ABSENT);
	assert_int_equal(now.newest_ms, (SMALL_BUILT + 30) * 1000);
}

TEST(an_undone_emergency_gives_way_to_the_one_before)
{
	add(signed_at("Please go out by the north door", 10));
	struct event_id second = add(signed_at("Assemble at the fountain", 20));
	struct event_id over = add(signed_at("", 30));
	undo(over);
	assert_emergency("Assemble at the fountain");
	undo(second);
	assert_emergency("Please go out by the north door");
}

TEST(an_emergency_that_is_over_does_not_come_back_when_a_board_repeats_it)
{
	struct event first = signed_at("Please go out by the north door", 10);
	struct event over = signed_at("", 20);

	add(first);
	add(over);
	add(repeated(&first));
	assert_emergency(NULL);
	struct event again = signed_at("Assemble at the fountain", 30);
	add(again);
	add(repeated(&over));
	assert_emergency("Assemble at the fountain");
}

TEST(an_undone_emergency_does_not_come_back_when_a_board_repeats_it)
{
	struct event said = signed_at("Please go out by the north door", 10);

	for (int i = 0; i < 3; i++)
		add(repeated(&said));
	undo(add(said));
	assert_emergency(NULL);
	add(repeated(&said));
	assert_emergency(NULL);
}

TEST(of_two_emergencies_of_one_instant_all_boards_show_the_same)
{
	struct event a = signed_at("Assemble at the fountain", 10);
	struct event b = signed_at("Assemble at the garage", 10);
	struct fold_emergency now;

	add(a);
	add(b);
	assert_ok(fold_emergency(fold, &now));
	bool fountain = span_equal(now.said, span_of("Assemble at the fountain"));
	fold_close(fold);
	assert_ok(fold_open(&fold));
	fold_believe(fold, staff_judge, &room.roster);
	add(b);
	add(a);
	assert_emergency(fountain ? "Assemble at the fountain" : "Assemble at the garage");
}

TEST(the_hub_says_emergencies_and_ends_those_of_a_card)
{
	struct event e = emergency("The hub speaks"), over = emergency("");

	assert_ok(staff_sign_hub(
		&e, room.roster.event, room.small.hub_seed, (SMALL_BUILT + 5) * 1000));
	add(e);
	assert_emergency("The hub speaks");
	add(signed_at("A card speaks", 10));
	assert_emergency("A card speaks");
	assert_ok(staff_sign_hub(
		&over, room.roster.event, room.small.hub_seed, (SMALL_BUILT + 11) * 1000));
	add(over);
	assert_emergency(NULL);
	fold_believe(fold, staff_judge, &without.roster);
	assert_emergency(NULL);
}

static int start(void **state)
{
	UNUSED(state);
	staff_room_open(&room, 1);
	staff_room_open(&without, 1);
	without.small.source.card_count = 0;
	staff_room_rebuild(&without);
	return 0;
}

static int stop(void **state)
{
	UNUSED(state);
	staff_room_close(&room);
	staff_room_close(&without);
	return 0;
}

#define AT(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
static const struct CMUnitTest tests[] = {
	AT(a_replacement_counts_when_a_card_signed_it),
	AT(the_first_badge_needs_no_card),
	AT(a_board_that_prints_what_nobody_issued_replaces_no_badge),
	AT(a_revocation_counts_when_it_is_signed),
	AT(a_late_guest_who_was_taken_in_and_taken_back_is_known_as_such),
	AT(nothing_is_believed_before_there_is_a_judge_and_all_as_soon_as_there_is),
	AT(a_roster_that_drops_the_card_drops_what_it_said),
	AT(who_may_not_revoke_undoes_no_revocation),
	AT(an_unsigned_undo_undoes_nothing),
	AT(an_issue_that_was_seen_is_this_boards_own_affair),
	AT(who_entered_and_did_not_leave_is_inside),
	AT(the_time_decides_who_is_inside_not_the_order_of_hearing),
	AT(a_signed_time_puts_an_entry_where_it_belongs),
	AT(a_signed_time_is_undone_by_an_administrator_whom_the_roster_believes),
	AT(an_undone_entry_never_was),
	AT(an_activity_counts_people_not_events),
	AT(an_override_counts_when_it_is_signed_and_until_it_is_undone),
	AT(a_correction_is_open_until_it_is_undone),
	AT(a_late_guest_is_known_by_the_desks_word),
	AT(the_emergency_that_was_signed_last_holds_until_it_is_over),
	AT(an_emergency_holds_since_it_was_signed_and_the_next_is_signed_later),
	AT(an_undone_emergency_gives_way_to_the_one_before),
	AT(an_emergency_that_is_over_does_not_come_back_when_a_board_repeats_it),
	AT(an_undone_emergency_does_not_come_back_when_a_board_repeats_it),
	AT(of_two_emergencies_of_one_instant_all_boards_show_the_same),
	AT(the_hub_says_emergencies_and_ends_those_of_a_card),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
