/* The door: each row of its table, and which row goes before which. */
#include "test.h"

#include "door.h"

enum { SEMINAR = 3, DINNER = 4 };
static const int64_t start_s = 1759744800;

static struct visit v;
static struct activity activity;
static struct door_question q;

/* A confirmed guest with badge 1 at a seminar by booking, ten minutes before it begins. */
static int set_up(void **state)
{
	UNUSED(state);
	memset(&v, 0, sizeof(v));
	v.kind = TOKEN_BADGE;
	v.issue = v.badge_issue = 1;
	v.booking_count = 2;
	v.bookings[0] = (struct booking){DINNER, BOOKING_CONFIRMED, {0}};
	v.bookings[1] = (struct booking){SEMINAR, BOOKING_CONFIRMED, {0}};
	activity = (struct activity){.number = SEMINAR,
		.access = ACCESS_BOOKED,
		.start = start_s,
		.end = start_s + 3600};
	q = (struct door_question){.visit = &v, .activity = &activity, .now = start_s - 600};
	return 0;
}

static void not_booked(enum access access)
{
	v.booking_count = 1;
	activity.access = access;
}

static void full(void)
{
	q.capacity = q.inside = 40;
}

#define assert_door(l, r) assert_door_at((l), (r), __LINE__)
static void assert_door_at(enum door_light light, enum door_reason reason, int line)
{
	struct door_answer a = door_judge(&q);

	if (a.reason != reason || a.light != light) {
		print_error("light %d, \"%s\", want \"%s\"\n", (int)a.light,
			door_reason_name(a.reason), door_reason_name(reason));
		_fail(__FILE__, line);
	}
}

TEST(who_is_booked_is_green)
{
	UNUSED(state);
	assert_door(DOOR_GREEN, DOOR_BOOKED);
}

TEST(a_seat_that_is_booked_is_kept_in_a_full_room)
{
	UNUSED(state);
	full();
	assert_door(DOOR_GREEN, DOOR_BOOKED);
}

TEST(an_unknown_code_is_red)
{
	static const enum err found[] = {ERR_ABSENT, ERR_FORGED, ERR_FORMAT};
	UNUSED(state);

	q.visit = NULL;
	for (size_t i = 0; i < COUNT(found); i++) {
		q.found = found[i];
		assert_door(DOOR_RED, DOOR_UNKNOWN);
	}
}

TEST(an_invitation_or_a_card_opens_no_door)
{
	UNUSED(state);
	v.kind = TOKEN_INVITATION;
	assert_door(DOOR_RED, DOOR_UNKNOWN);
	v.kind = TOKEN_CARD;
	assert_door(DOOR_RED, DOOR_UNKNOWN);
	v.kind = 0;
	assert_door(DOOR_RED, DOOR_UNKNOWN);
}

TEST(a_badge_that_the_roster_dropped_is_replaced)
{
	UNUSED(state);
	q.visit = NULL;
	q.found = ERR_EXPIRED;
	assert_door(DOOR_RED, DOOR_REPLACED);
}

TEST(a_lower_issue_than_was_issued_seen_or_built_is_replaced)
{
	UNUSED(state);
	q.person.newest_issue = 2;
	assert_door(DOOR_RED, DOOR_REPLACED);
	v.issue = 2;
	assert_door(DOOR_GREEN, DOOR_BOOKED);
	q.person.seen_issue = 3;
	assert_door(DOOR_RED, DOOR_REPLACED);
	v.issue = 3;
	assert_door(DOOR_GREEN, DOOR_BOOKED);
	v.badge_issue = 4;
	assert_door(DOOR_RED, DOOR_REPLACED);
}

TEST(a_revoked_issue_is_red_and_the_next_is_not)
{
	UNUSED(state);
	q.person.revoked_issue = 1;
	assert_door(DOOR_RED, DOOR_REVOKED);
	v.issue = 2;
	assert_door(DOOR_GREEN, DOOR_BOOKED);
}

TEST(whom_staff_let_in_is_green_but_a_dead_badge_stays_red)
{
	UNUSED(state);
	not_booked(ACCESS_INVITED);
	q.attendance.overrides = 1;
	assert_door(DOOR_GREEN, DOOR_LET_IN);
	q.attendance.inside = true;
	assert_door(DOOR_AMBER, DOOR_INSIDE);
	q.attendance.inside = false;
	q.person.newest_issue = 2;
	assert_door(DOOR_RED, DOOR_REPLACED);
	q.person = (struct fold_person){.revoked_issue = 1};
	assert_door(DOOR_RED, DOOR_REVOKED);
}

TEST(a_protected_person_is_for_the_protocol_desk)
{
	UNUSED(state);
	v.is_protected = true;
	v.booking_count = 0;
	activity.access = ACCESS_INVITED;
	assert_door(DOOR_AMBER, DOOR_PROTOCOL);
	q.person.revoked_issue = 1;
	assert_door(DOOR_RED, DOOR_REVOKED);
}

TEST(a_late_guest_is_amber_until_the_roster_knows_her)
{
	UNUSED(state);
	q.is_late = true;
	q.late_issue = 1;
	q.visit = NULL;
	assert_door(DOOR_AMBER, DOOR_LATE);
	q.visit = &v;
	v.kind = 0;
	v.issue = 0;
	assert_door(DOOR_GREEN, DOOR_BOOKED);
}

TEST(a_late_code_that_does_not_hold_is_unknown)
{
	static const enum err found[] = {
		ERR_ABSENT, ERR_FORGED, ERR_DENIED, ERR_FOREIGN, ERR_EXPIRED};
	UNUSED(state);

	q.is_late = true;
	q.late_issue = 1;
	q.visit = NULL;
	for (size_t i = 0; i < COUNT(found); i++) {
		q.found = found[i];
		assert_door(DOOR_RED, DOOR_UNKNOWN);
	}
	q.found = ERR_OLDER;
	assert_door(DOOR_RED, DOOR_REPLACED);
}

TEST(a_late_code_is_the_issue_it_says)
{
	UNUSED(state);
	q.is_late = true;
	q.late_issue = 1;
	q.visit = NULL;
	q.person.newest_issue = 1;
	assert_door(DOOR_AMBER, DOOR_LATE);
	q.person.newest_issue = 2;
	assert_door(DOOR_RED, DOOR_REPLACED);
	q.late_issue = 2;
	assert_door(DOOR_AMBER, DOOR_LATE);
	q.person = (struct fold_person){.revoked_issue = 2};
	assert_door(DOOR_RED, DOOR_REVOKED);
	q.person = (struct fold_person){.late_undone = true};
	assert_door(DOOR_RED, DOOR_REVOKED);
	q.visit = &v;
	assert_door(DOOR_RED, DOOR_REVOKED);
}

TEST(who_is_inside_already_is_amber)
{
	UNUSED(state);
	q.attendance = (struct fold_attendance){.entered = true, .inside = true, .in = 1};
	assert_door(DOOR_AMBER, DOOR_INSIDE);
	q.attendance.inside = false;
	assert_door(DOOR_GREEN, DOOR_BOOKED);
}

TEST(half_an_hour_before_is_early_and_no_later)
{
	UNUSED(state);
	q.now = start_s - DOOR_EARLY_S;
	assert_door(DOOR_GREEN, DOOR_BOOKED);
	q.now--;
	assert_door(DOOR_AMBER, DOOR_EARLY);
	v.bookings[1].status = BOOKING_WAITING;
	assert_door(DOOR_AMBER, DOOR_EARLY);
	not_booked(ACCESS_OPEN);
	assert_door(DOOR_AMBER, DOOR_EARLY);
}

TEST(the_waiting_list_is_amber)
{
	UNUSED(state);
	v.bookings[1].status = BOOKING_WAITING;
	assert_door(DOOR_AMBER, DOOR_WAITING);
	full();
	assert_door(DOOR_AMBER, DOOR_WAITING);
	activity.access = ACCESS_INVITED;
	assert_door(DOOR_AMBER, DOOR_WAITING);
}

TEST(who_is_not_invited_is_red_early_too)
{
	UNUSED(state);
	not_booked(ACCESS_INVITED);
	assert_door(DOOR_RED, DOOR_NOT_INVITED);
	q.now = 0;
	assert_door(DOOR_RED, DOOR_NOT_INVITED);
}

TEST(a_cancelled_booking_is_none)
{
	UNUSED(state);
	v.bookings[1].status = BOOKING_CANCELLED;
	assert_door(DOOR_AMBER, DOOR_SEATS);
	activity.access = ACCESS_INVITED;
	assert_door(DOOR_RED, DOOR_NOT_INVITED);
}

TEST(a_full_room_is_red_for_who_has_no_seat)
{
	UNUSED(state);
	not_booked(ACCESS_BOOKED);
	full();
	assert_door(DOOR_RED, DOOR_FULL);
	q.inside--;
	assert_door(DOOR_AMBER, DOOR_SEATS);
	not_booked(ACCESS_OPEN);
	assert_door(DOOR_GREEN, DOOR_OPEN);
	q.inside++;
	assert_door(DOOR_RED, DOOR_FULL);
}

TEST(a_room_of_unknown_size_is_never_full)
{
	UNUSED(state);
	not_booked(ACCESS_BOOKED);
	q.inside = UINT32_MAX;
	assert_door(DOOR_AMBER, DOOR_SEATS);
}

TEST(every_reason_has_a_name)
{
	UNUSED(state);
	for (enum door_reason r = 0; r < DOOR_REASONS; r++)
		for (enum door_reason other = 0; other < r; other++)
			assert_string_not_equal(door_reason_name(r), door_reason_name(other));
}

#define AT(name) cmocka_unit_test_setup(name, set_up)
static const struct CMUnitTest tests[] = {
	AT(who_is_booked_is_green),
	AT(a_seat_that_is_booked_is_kept_in_a_full_room),
	AT(an_unknown_code_is_red),
	AT(an_invitation_or_a_card_opens_no_door),
	AT(a_badge_that_the_roster_dropped_is_replaced),
	AT(a_lower_issue_than_was_issued_seen_or_built_is_replaced),
	AT(a_revoked_issue_is_red_and_the_next_is_not),
	AT(whom_staff_let_in_is_green_but_a_dead_badge_stays_red),
	AT(a_protected_person_is_for_the_protocol_desk),
	AT(a_late_guest_is_amber_until_the_roster_knows_her),
	AT(a_late_code_that_does_not_hold_is_unknown),
	AT(a_late_code_is_the_issue_it_says),
	AT(who_is_inside_already_is_amber),
	AT(half_an_hour_before_is_early_and_no_later),
	AT(the_waiting_list_is_amber),
	AT(who_is_not_invited_is_red_early_too),
	AT(a_cancelled_booking_is_none),
	AT(a_full_room_is_red_for_who_has_no_seat),
	AT(a_room_of_unknown_size_is_never_full),
	AT(every_reason_has_a_name),
};

RUN_TESTS(tests)
