/* Forgetting a person: what goes, what stays void, and what the receipt says. */
#include "test.h"

#include "commands.h"
#include "file.h"
#include "help/desk.h"
#include "help/names.h"
#include "state.h"

#include <ftw.h>
#include <unistd.h>

static struct event_folder f;
static struct desk desk;

static int fresh(void **state)
{
	UNUSED(state);
	event_folder_make(&f);
	event_put(&f, "list/people.csv",
		"id,given_name,family_name,organisation,role,protected,language,note_for_desk\n"
		"a1,Anna,Vandersteenkiste,org,delegate,no,fr,\n"
		"b2,Bruno,Hoogenboomgaerd,org,vip,no,nl,Travels with a cello\n"
		"c3,Clara,Quisthoudtsberg,org,official,yes,de,\n"
		"d4,Dries,Overmeulebroeck,org,staff,no,en,\n");
	event_put(&f, "list/staff.csv",
		"person,rights\nd4,print|correct|late|revoke|door|admin\nb2,door\n");
	event_must(&f, &verb_build, "DIR");
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

static char found_in[512];
static const char *sought[] = {"Bruno", "Hoogenboomgaerd", "with a cello"};

static int look_into(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	struct file_bytes bytes;
	(void)where;

	/* What this test wrote itself is no part of the event. */
	if (kind != FTW_F || st->st_size == 0 || strstr(path, "/.out") || strstr(path, "/.talk"))
		return 0;
	assert_ok(file_read(&bytes, path, 64 << 20));
	for (size_t i = 0; i < COUNT(sought); i++)
		if (names_found(bytes.bytes, span_of(sought[i])))
			snprintf(found_in, sizeof(found_in), "%s", path);
	bool text = strstr(path, ".csv") || strstr(path, "/pins");
	for (const char *at = ",\n"; text && *at; at++) {
		char id[8];
		snprintf(id, sizeof(id), "\nb2%c", *at);
		if (memmem(bytes.bytes.p, bytes.bytes.n, id, strlen(id)))
			snprintf(found_in, sizeof(found_in), "%s", path);
		snprintf(id, sizeof(id), ",b2%c", *at);
		if (memmem(bytes.bytes.p, bytes.bytes.n, id, strlen(id)))
			snprintf(found_in, sizeof(found_in), "%s", path);
	}
	file_free(&bytes);
	return 0;
}

/* The file of the folder that names her, or NULL. */
static const char *named(void)
{
	found_in[0] = '\0';
	assert_int_equal(nftw(f.dir, look_into, 16, FTW_PHYS), 0);
	return *found_in ? found_in : NULL;
}

static void put_back(void)
{
	event_edit(
		&f, "list/people.csv", "c3,Clara", "b2,Berta,Quasimodo,org,vip,no,nl,\nc3,Clara");
}

TEST(without_yes_nothing_goes_and_it_says_what_would)
{
	UNUSED(state);
	event_must(&f, &verb_forget, "DIR b2");
	assert_non_null(strstr(f.said, "list/people.csv      1 row would be erased"));
	assert_non_null(strstr(f.said, "list/meetings.csv    1 row would be erased"));
	assert_non_null(strstr(f.talked, "--yes"));
	assert_non_null(named());
}

TEST(no_file_of_the_folder_names_her_afterwards)
{
	UNUSED(state);
	event_must(&f, &verb_forget, "DIR b2 --yes");
	event_must(&f, &verb_build, "DIR");
	const char *where = named();
	if (where)
		fail_msg("%s names her", where);
	assert_null(strstr(f.said, "Bruno"));
	event_must(&f, &verb_check, "DIR");
}

TEST(the_others_stay_as_they_were)
{
	UNUSED(state);
	event_must(&f, &verb_forget, "DIR b2 --yes");
	event_must(&f, &verb_build, "DIR");
	assert_ok(desk_finds(&desk, "a1", 1, 1));
	assert_ok(desk_finds(&desk, "c3", 1, 1));
}

TEST(all_her_codes_are_void_also_those_a_desk_issued)
{
	UNUSED(state);
	desk_issue(&desk, "b2", 2);
	event_must(&f, &verb_forget, "DIR b2 --yes");
	event_must(&f, &verb_build, "DIR");
	for (uint32_t issue = 1; issue <= 4; issue++)
		assert_err(desk_finds(&desk, "b2", issue, 1), ERR_EXPIRED);
}

TEST(if_the_id_comes_back_it_is_somebody_else)
{
	uint8_t before[EVENT_PERSON], after[EVENT_PERSON];
	UNUSED(state);

	desk_handle(&desk, "b2", before);
	event_must(&f, &verb_forget, "DIR b2 --yes");
	put_back();
	event_must(&f, &verb_build, "DIR");
	desk_handle(&desk, "b2", after);
	assert_memory_not_equal(before, after, EVENT_PERSON);
	for (uint32_t issue = 1; issue <= 3; issue++)
		assert_err(desk_finds(&desk, "b2", issue, 1), ERR_EXPIRED);
	assert_ok(desk_finds(&desk, "b2", 4, 2));
}

TEST(she_may_be_forgotten_twice)
{
	UNUSED(state);
	event_must(&f, &verb_forget, "DIR b2 --yes");
	put_back();
	event_must(&f, &verb_build, "DIR");
	event_must(&f, &verb_forget, "DIR b2 --yes");
	event_must(&f, &verb_build, "DIR");
	assert_int_equal(event_run(&f, &verb_forget, "DIR b2 --yes"), EXIT_NO);
}

TEST(her_card_dies_with_her)
{
	struct state s;
	UNUSED(state);

	event_must(&f, &verb_forget, "DIR b2 --yes");
	assert_ok(state_load(&s, f.dir));
	assert_int_equal(s.staff_epoch, 2);
	state_free(&s);
}

TEST(the_receipt_says_what_cannot_be_recalled_and_the_hub_shows_it_no_more)
{
	struct event late = desk_event(&desk, EVENT_CORRECTION_ASKED, "b2");
	UNUSED(state);

	late.payload_n = 60;
	desk_say(&desk, late);
	desk_say(&desk, desk_event(&desk, EVENT_ARRIVED, "b2"));
	event_must(&f, &verb_requests, "DIR");
	assert_non_null(strstr(f.said, "doubtful"));
	event_must(&f, &verb_forget, "DIR b2 --yes");
	assert_non_null(strstr(f.said, "2 events about her stay in the boards' chains"));
	assert_non_null(strstr(f.said, "1 of them with words that are sealed"));
	assert_non_null(strstr(f.said, "versions of the roster that boards, mirrors or sticks"));
	event_must(&f, &verb_requests, "DIR");
	assert_string_equal(f.said, "");
}

TEST(a_late_guest_is_forgotten_with_the_handle_a_desk_gave_her)
{
	static const uint8_t handle[EVENT_PERSON] = {9, 9, 9, 9, 9, 9, 9, 9};
	struct file_bytes bytes;
	struct state s;
	UNUSED(state);

	assert_ok(state_load(&s, f.dir));
	assert_ok(state_take_late(&s, state_person(&s, "b2"), handle));
	assert_ok(state_save(&s, f.dir));
	state_free(&s);
	event_must(&f, &verb_forget, "DIR b2 --yes");
	assert_ok(file_read(&bytes, event_path(&f, "state/late.csv"), 1024));
	assert_true(span_equal(bytes.bytes, span_of("id,handle\n")));
	file_free(&bytes);
}

TEST(who_is_not_there_cannot_be_forgotten)
{
	UNUSED(state);
	assert_int_equal(event_run(&f, &verb_forget, "DIR z9 --yes"), EXIT_NO);
	assert_int_equal(event_run(&f, &verb_forget, "DIR"), EXIT_WRONG_USE);
	assert_int_equal(event_run(&f, &verb_forget, "DIR a1 b2"), EXIT_WRONG_USE);
	assert_int_equal(event_run(&f, &verb_forget, "DIR a1 --what"), EXIT_WRONG_USE);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, fresh, done)

static const struct CMUnitTest tests[] = {
	EACH(without_yes_nothing_goes_and_it_says_what_would),
	EACH(no_file_of_the_folder_names_her_afterwards),
	EACH(the_others_stay_as_they_were),
	EACH(all_her_codes_are_void_also_those_a_desk_issued),
	EACH(if_the_id_comes_back_it_is_somebody_else),
	EACH(she_may_be_forgotten_twice),
	EACH(her_card_dies_with_her),
	EACH(the_receipt_says_what_cannot_be_recalled_and_the_hub_shows_it_no_more),
	EACH(a_late_guest_is_forgotten_with_the_handle_a_desk_gave_her),
	EACH(who_is_not_there_cannot_be_forgotten),
};
RUN_TESTS(tests)
