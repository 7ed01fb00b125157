/* What is left of a wiped board: that it was, and when. */
#include "test.h"

#include "file.h"
#include "help/scratch.h"
#include "wipe.h"

static const uint8_t event[ROSTER_EVENT] = {1, 2, 3}, seed[SEAL_SEED] = {4, 5, 6};
static const int64_t now = 1759651200;

static struct scratch dir;

static int fresh(void **state)
{
	UNUSED(state);
	scratch_make(&dir);
	return 0;
}

static int done(void **state)
{
	UNUSED(state);
	scratch_remove(&dir);
	return 0;
}

static void leave(const char *name, struct span bytes)
{
	assert_ok(file_write(scratch_name(&dir, name), bytes, 0600));
}

static void leave_statement(const char *name, int64_t at)
{
	uint8_t statement[WIPE_STATEMENT];

	wipe_write(event, seed, at, statement);
	leave(name, (struct span){statement, sizeof(statement)});
}

static int64_t wiped(void)
{
	int64_t at = -1;

	assert_ok(wipe_at(dir.folder, &at));
	return at;
}

TEST(a_board_that_never_was_says_so)
{
	int64_t at = 7;

	UNUSED(state);
	assert_err(wipe_at(dir.folder, &at), ERR_ABSENT);
	assert_int_equal(at, 0);
}

TEST(it_says_when_before_and_after_the_hub_has_heard)
{
	UNUSED(state);
	leave_statement("was-wiped", now);
	assert_int_equal(wiped(), now);
	leave_statement("wiped", now + 60);
	assert_int_equal(wiped(), now + 60);
}

TEST(what_is_no_statement_is_a_wiping_without_a_time)
{
	static const uint8_t zeros[WIPE_STATEMENT];

	UNUSED(state);
	leave("wiped", (struct span){zeros, sizeof(zeros)});
	assert_int_equal(wiped(), 0);
	leave("wiped", span_of("FOYWIPED"));
	assert_int_equal(wiped(), 0);
	leave_statement("wiped", INT64_MIN);
	assert_int_equal(wiped(), 0);
	leave_statement("wiped", INT64_MAX);
	assert_int_equal(wiped(), 0);
}

TEST(what_was_wiped_keeps_its_word)
{
	UNUSED(state);
	leave_statement("was-wiped", now);
	leave("roster.foyer", span_of("somebody"));
	assert_ok(wipe_folder(dir.folder));
	assert_int_equal(wiped(), now);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, fresh, done)
static const struct CMUnitTest tests[] = {
	EACH(a_board_that_never_was_says_so),
	EACH(it_says_when_before_and_after_the_hub_has_heard),
	EACH(what_is_no_statement_is_a_wiping_without_a_time),
	EACH(what_was_wiped_keeps_its_word),
};

RUN_TESTS(tests)
