/* What stands in an organiser's way: places that cannot be written, words that contradict. */
#include "commands.h"
#include "help/event_folder.h"
#include "test.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static struct event_folder f;

static int fresh(void **state)
{
	UNUSED(state);
	event_folder_make(&f);
	return 0;
}

static int done(void **state)
{
	UNUSED(state);
	event_folder_remove(&f);
	return 0;
}

/* Run a verb where a file may have no more than n bytes: to its programs a full disk. */
static int run_on_full_disk(const struct verb *verb, const char *words, rlim_t n)
{
	struct rlimit before, small;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = (struct rlimit){n, before.rlim_max};
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	int status = event_run(&f, verb, words);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	return status;
}

TEST(a_build_into_a_folder_that_is_not_there_is_a_fault_of_the_world)
{
	UNUSED(state);
	assert_int_equal(event_run(&f, &verb_build, "DIR -o DIR/none/x.foyer"), EXIT_WORLD);
	assert_non_null(strstr(f.talked, "none/x.foyer: its folder is not there"));
}

TEST(a_build_on_a_full_disk_says_so_and_is_a_fault_of_the_world)
{
	UNUSED(state);
	assert_int_equal(run_on_full_disk(&verb_build, "DIR", 1024), EXIT_WORLD);
	assert_non_null(strstr(f.talked, "roster.foyer: the disk is full"));
	assert_int_equal(access(event_path(&f, "roster.foyer"), F_OK), -1);
	assert_int_equal(event_run(&f, &verb_build, "DIR"), EXIT_DONE);
}

TEST(invitations_of_no_event_make_no_folder)
{
	char words[2 * EVENT_PATH];
	UNUSED(state);

	snprintf(words, sizeof(words), "%s/none -o %s/out", f.dir, f.dir);
	assert_int_equal(event_run(&f, &verb_invitations, words), EXIT_WORLD);
	assert_non_null(strstr(f.talked, "none"));
	assert_int_equal(access(event_path(&f, "out"), F_OK), -1);
}

TEST(a_picture_of_a_code_in_no_folder_says_that_it_is_not_there)
{
	UNUSED(state);
	assert_int_equal(event_run(&f, &verb_token, "DIR a1 --png DIR/none/c.png"), EXIT_WORLD);
	assert_non_null(strstr(f.talked, "none/c.png: its folder is not there"));
	assert_string_equal(f.said, "");
}

TEST(one_person_is_no_people)
{
	char dir[2 * EVENT_PATH];
	UNUSED(state);

	snprintf(dir, sizeof(dir), "%s --people 1", event_path(&f, "one"));
	assert_int_equal(event_run(&f, &verb_demo, dir), EXIT_DONE);
	assert_non_null(strstr(f.talked, "of 1 person."));
	snprintf(dir, sizeof(dir), "%s", event_path(&f, "one"));
	assert_int_equal(event_run(&f, &verb_check, dir), EXIT_DONE);
	assert_non_null(strstr(f.talked, "1 person, "));
	assert_int_equal(event_run(&f, &verb_build, dir), EXIT_DONE);
	assert_non_null(strstr(f.talked, ", 1 person, "));
	snprintf(dir, sizeof(dir), "%s/one -o %s/out", f.dir, f.dir);
	assert_int_equal(event_run(&f, &verb_invitations, dir), EXIT_DONE);
	assert_non_null(strstr(f.talked, " 1 invitation. "));
}

TEST(a_revocation_is_asked_for_in_one_way_only)
{
	static const char *const wrong[] = {
		"DIR a1 --new-person --same-person",
		"DIR a1 --same-person --new-person",
		"DIR a1 --new-person --kind badge",
		"DIR a1 --kind badge --same-person",
		"DIR a1 --kind badge --kind invitation",
	};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(wrong); i++)
		if (event_run(&f, &verb_revoke, wrong[i]) != EXIT_WRONG_USE)
			fail_msg("%s was taken", wrong[i]);
}

TEST(a_new_event_that_could_not_be_written_leaves_no_half_file)
{
	char fresh_event[EVENT_PATH];
	UNUSED(state);

	snprintf(fresh_event, sizeof(fresh_event), "%s/new", f.dir);
	assert_int_equal(run_on_full_disk(&verb_new, fresh_event, 64), EXIT_WORLD);
	assert_int_equal(access(event_path(&f, "new/list"), F_OK), 0);
	assert_int_equal(access(event_path(&f, "new/event.ini"), F_OK), -1);
	assert_int_equal(event_run(&f, &verb_new, fresh_event), EXIT_DONE);
	assert_null(strstr(f.talked, "is there already"));
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, fresh, done)

static const struct CMUnitTest tests[] = {
	EACH(a_build_into_a_folder_that_is_not_there_is_a_fault_of_the_world),
	EACH(a_build_on_a_full_disk_says_so_and_is_a_fault_of_the_world),
	EACH(invitations_of_no_event_make_no_folder),
	EACH(a_picture_of_a_code_in_no_folder_says_that_it_is_not_there),
	EACH(one_person_is_no_people),
	EACH(a_revocation_is_asked_for_in_one_way_only),
	EACH(a_new_event_that_could_not_be_written_leaves_no_half_file),
};
RUN_TESTS(tests)
