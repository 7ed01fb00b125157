/* What desks said before a build, the next roster says by itself. */
#include "test.h"

#include "commands.h"
#include "file.h"
#include "help/desk.h"
#include "signed_code.h"
#include "state.h"

#include <unistd.h>

static struct event_folder f;
static struct desk desk;

static void build(void)
{
	event_must(&f, &verb_build, "DIR");
}

static int fresh(void **state)
{
	UNUSED(state);
	event_folder_make(&f);
	event_put(&f, "list/staff.csv", "person,rights\nd4,print|correct|late|revoke|admin\n");
	build();
	desk_open(&desk, &f, 1);
	desk_unlock(&desk, "d4");
	return 0;
}

static int done(void **state)
{
	UNUSED(state);
	event_folder_remove(&f);
	return 0;
}

static struct state_person person(const char *id)
{
	struct state s;

	assert_ok(state_load(&s, f.dir));
	const struct state_person *p = state_person(&s, id);
	assert_non_null(p);
	struct state_person copy = *p;
	state_free(&s);
	return copy;
}

static struct event_id desk_revokes(const char *id, uint32_t issue)
{
	struct event e = desk_event(&desk, EVENT_REVOKED, id);

	e.issue = issue;
	return desk_say(&desk, e);
}

TEST(a_badge_replaced_at_a_desk_is_dead_by_the_roster_alone)
{
	UNUSED(state);
	desk_issue(&desk, "a1", 2);
	build();
	assert_err(desk_finds(&desk, "a1", 1, 1), ERR_EXPIRED);
	assert_ok(desk_finds(&desk, "a1", 2, 1));
	assert_ok(desk_finds(&desk, "a1", 4, 1));
	assert_ok(desk_finds(&desk, "b2", 1, 1));
	assert_int_equal(person("a1").badge, 2);
}

TEST(it_stays_so_when_the_card_that_replaced_it_is_revoked)
{
	UNUSED(state);
	desk_issue(&desk, "a1", 2);
	event_must(&f, &verb_revoke, "DIR d4 --kind card");
	build();
	assert_err(desk_finds(&desk, "a1", 1, 1), ERR_EXPIRED);
	assert_ok(desk_finds(&desk, "a1", 2, 1));
	/* What comes next is made under keys that the lost card never held. */
	assert_err(desk_finds(&desk, "a1", 3, 1), ERR_ABSENT);
	assert_ok(desk_finds(&desk, "a1", 3, 2));
	build();
	assert_err(desk_finds(&desk, "a1", 1, 1), ERR_EXPIRED);
	assert_ok(desk_finds(&desk, "a1", 2, 1));
}

TEST(it_stays_so_when_the_card_was_taken_out_of_the_list)
{
	UNUSED(state);
	desk_issue(&desk, "a1", 3);
	event_put(&f, "list/staff.csv", "person,rights\nb2,print\n");
	build();
	assert_err(desk_finds(&desk, "a1", 1, 1), ERR_EXPIRED);
	assert_err(desk_finds(&desk, "a1", 2, 1), ERR_EXPIRED);
	assert_ok(desk_finds(&desk, "a1", 3, 1));
}

TEST(what_a_desk_revoked_is_dead_and_the_next_badge_is_ready)
{
	UNUSED(state);
	desk_revokes("b2", 1);
	build();
	assert_err(desk_finds(&desk, "b2", 1, 1), ERR_EXPIRED);
	assert_ok(desk_finds(&desk, "b2", 2, 1));
	desk_issue(&desk, "b2", 2);
	build();
	assert_ok(desk_finds(&desk, "b2", 2, 1));
	desk_revokes("b2", 2);
	event_must(&f, &verb_revoke, "DIR d4 --kind card");
	build();
	assert_err(desk_finds(&desk, "b2", 2, 1), ERR_EXPIRED);
	assert_err(desk_finds(&desk, "b2", 3, 1), ERR_ABSENT);
	assert_ok(desk_finds(&desk, "b2", 3, 2));
}

TEST(what_was_undone_before_the_build_is_not_taken_over)
{
	UNUSED(state);
	struct event e = desk_event(&desk, EVENT_UNDO, "a1");
	e.target = desk_issue(&desk, "a1", 2);
	desk_say(&desk, e);
	build();
	assert_ok(desk_finds(&desk, "a1", 1, 1));
	assert_int_equal(person("a1").badge, 1);
}

TEST(what_no_card_signed_is_not_taken_over)
{
	UNUSED(state);
	struct event e = desk_event(&desk, EVENT_BADGE_ISSUED, "a1");
	e.issue = 2;
	desk_write(&desk, &e, 1);
	e = desk_event(&desk, EVENT_REVOKED, "b2");
	e.issue = 1;
	desk_write(&desk, &e, 1);
	build();
	assert_ok(desk_finds(&desk, "a1", 1, 1));
	assert_ok(desk_finds(&desk, "b2", 1, 1));
}

TEST(a_first_badge_changes_nothing)
{
	UNUSED(state);
	desk_issue(&desk, "a1", 1);
	build();
	assert_non_null(strstr(f.talked, "(unchanged)"));
}

TEST(building_again_gives_the_same_bytes_and_version)
{
	struct file_bytes one, two;
	UNUSED(state);

	desk_issue(&desk, "a1", 2);
	desk_revokes("b2", 1);
	build();
	assert_non_null(strstr(f.talked, "2 badges replaced or revoked"));
	assert_ok(file_read(&one, event_path(&f, "roster.foyer"), ROSTER_MAX));
	build();
	assert_non_null(strstr(f.talked, "(unchanged)"));
	assert_ok(file_read(&two, event_path(&f, "roster.foyer"), ROSTER_MAX));
	assert_true(span_equal(one.bytes, two.bytes));
	file_free(&one);
	file_free(&two);
}

TEST(revoking_a_badge_revokes_the_one_that_a_desk_printed_last)
{
	UNUSED(state);
	desk_issue(&desk, "a1", 2);
	event_must(&f, &verb_revoke, "DIR a1");
	assert_non_null(strstr(f.talked, "a1: badge 2 is void, 3 is the next"));
	build();
	assert_err(desk_finds(&desk, "a1", 1, 1), ERR_EXPIRED);
	assert_err(desk_finds(&desk, "a1", 2, 1), ERR_EXPIRED);
	assert_ok(desk_finds(&desk, "a1", 3, 1));
}

TEST(a_code_of_what_a_desk_replaced_spares_the_badge_that_took_its_place)
{
	struct signed_code dead;
	UNUSED(state);

	desk_issue(&desk, "a1", 2);
	event_must(&f, &verb_revoke, "DIR a1 --code --again");
	assert_non_null(strstr(f.talked, "a1: badges up to 1 are void"));
	assert_ok(signed_code_read(&dead, span_of(f.said)));
	assert_int_equal(dead.revoked_count, 1);
	assert_int_equal(dead.revoked[0].issue, 1);
	assert_int_equal(person("a1").badge, 2);
	build();
	assert_err(desk_finds(&desk, "a1", 1, 1), ERR_EXPIRED);
	assert_ok(desk_finds(&desk, "a1", 2, 1));
}

TEST(a_number_that_nobody_has_is_said_and_not_taken)
{
	UNUSED(state);
	desk_issue(&desk, "a1", UINT32_MAX);
	desk_revokes("b2", UINT32_MAX);
	build();
	assert_non_null(strstr(f.talked, "a1 has badge 4294967295; nobody has so many"));
	assert_ok(desk_finds(&desk, "a1", 1, 1));
	assert_ok(desk_finds(&desk, "b2", 1, 1));
}

TEST(without_the_last_version_nothing_is_built_on_what_staff_said)
{
	UNUSED(state);
	desk_issue(&desk, "a1", 2);
	assert_int_equal(unlink(event_path(&f, "roster.foyer")), 0);
	assert_int_equal(event_run(&f, &verb_build, "DIR"), EXIT_NO);
	assert_non_null(strstr(f.talked, "(1 in the store), and only version 1"));
	assert_int_equal(person("a1").badge, 1);
}

TEST(a_version_built_elsewhere_is_looked_for_there)
{
	char words[256];
	UNUSED(state);

	assert_int_equal(unlink(event_path(&f, "roster.foyer")), 0);
	snprintf(words, sizeof(words), "DIR -o %s/other.foyer", f.dir);
	event_must(&f, &verb_build, words);
	snprintf(words, sizeof(words), "%s/roster.foyer", f.dir);
	assert_int_equal(link(event_path(&f, "other.foyer"), words), 0);
	desk_issue(&desk, "a1", 2);
	assert_int_equal(unlink(words), 0);
	snprintf(words, sizeof(words), "DIR -o %s/other.foyer", f.dir);
	event_must(&f, &verb_build, words);
	assert_int_equal(person("a1").badge, 2);
}

TEST(a_late_guest_keeps_her_handle_until_the_id_is_somebody_elses)
{
	static const uint8_t handle[EVENT_PERSON] = {1, 2, 3, 4, 5, 6, 7, 8};
	uint8_t now[EVENT_PERSON];
	struct state s;
	UNUSED(state);

	assert_ok(state_load(&s, f.dir));
	assert_ok(state_take_late(&s, state_person(&s, "a1"), handle));
	assert_err(state_take_late(&s, state_person(&s, "b2"), handle), ERR_BUSY);
	assert_ok(state_save(&s, f.dir));
	state_free(&s);
	build();
	desk_handle(&desk, "a1", now);
	assert_memory_equal(now, handle, EVENT_PERSON);
	assert_int_equal(unlink(event_path(&f, "state/late.csv")), 0);
	assert_int_equal(event_run(&f, &verb_build, "DIR"), EXIT_NO);
	assert_non_null(strstr(f.talked, "a file is missing"));
	event_put(&f, "state/late.csv", "id,handle\na1,0102030405060708\n");
	event_must(&f, &verb_revoke, "DIR a1 --new-person");
	desk_handle(&desk, "a1", now);
	assert_memory_not_equal(now, handle, EVENT_PERSON);
}

TEST(a_late_guests_codes_die_with_her_badge_her_row_and_her_name)
{
	static const char *const ids[] = {"a1", "b2", "c3"};
	static const uint8_t late[COUNT(ids)][EVENT_PERSON] = {{1}, {2}, {3}};
	struct state s;
	UNUSED(state);

	assert_ok(state_load(&s, f.dir));
	for (size_t i = 0; i < COUNT(ids); i++)
		assert_ok(state_take_late(&s, state_person(&s, ids[i]), late[i]));
	assert_ok(state_save(&s, f.dir));
	state_free(&s);
	build();
	for (size_t i = 0; i < COUNT(ids); i++)
		assert_false(desk_drops(&desk, late[i], 1));
	event_must(&f, &verb_revoke, "DIR a1");
	event_must(&f, &verb_forget, "DIR b2 --yes");
	event_must(&f, &verb_revoke, "DIR c3 --new-person");
	build();
	assert_true(desk_drops(&desk, late[0], 1));
	assert_false(desk_drops(&desk, late[0], 2));
	for (uint32_t issue = 1; issue <= 3; issue++) {
		assert_true(desk_drops(&desk, late[1], issue));
		assert_true(desk_drops(&desk, late[2], issue));
	}
	desk_issue(&desk, "a1", 3);
	build();
	assert_true(desk_drops(&desk, late[0], 2));
	assert_false(desk_drops(&desk, late[0], 3));
	event_put(&f, "list/bookings.csv", "person,activity\n");
	event_put(&f, "list/meetings.csv", "id,start,end,place,host,guest\n");
	event_edit(&f, "list/people.csv", "a1,Anna,Vandersteenkiste,org,delegate,no,fr\n", "");
	build();
	assert_true(desk_drops(&desk, late[0], 4));
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, fresh, done)

static const struct CMUnitTest tests[] = {
	EACH(a_badge_replaced_at_a_desk_is_dead_by_the_roster_alone),
	EACH(it_stays_so_when_the_card_that_replaced_it_is_revoked),
	EACH(it_stays_so_when_the_card_was_taken_out_of_the_list),
	EACH(what_a_desk_revoked_is_dead_and_the_next_badge_is_ready),
	EACH(what_was_undone_before_the_build_is_not_taken_over),
	EACH(what_no_card_signed_is_not_taken_over),
	EACH(a_first_badge_changes_nothing),
	EACH(building_again_gives_the_same_bytes_and_version),
	EACH(revoking_a_badge_revokes_the_one_that_a_desk_printed_last),
	EACH(a_code_of_what_a_desk_replaced_spares_the_badge_that_took_its_place),
	EACH(a_number_that_nobody_has_is_said_and_not_taken),
	EACH(without_the_last_version_nothing_is_built_on_what_staff_said),
	EACH(a_version_built_elsewhere_is_looked_for_there),
	EACH(a_late_guest_keeps_her_handle_until_the_id_is_somebody_elses),
	EACH(a_late_guests_codes_die_with_her_badge_her_row_and_her_name),
};
RUN_TESTS(tests)
