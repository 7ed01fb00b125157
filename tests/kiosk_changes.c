/* What a venue screen says was changed, and the file that remembers it. */
#include "test.h"

#include "changes.h"
#include "help/town.h"

enum { HOUR = 3600 };

static struct town town;
static struct changes changes;
static struct activity *talk, *visit;
static uint8_t bytes[CHANGES_FILE];

static int fresh(void **state)
{
	UNUSED(state);
	memset(&changes, 0, sizeof(changes));
	town_make(&town);
	talk = town_add(&town, TOWN_HALL_A, "Talk", 14 * HOUR, 60);
	visit = town_add(&town, TOWN_PIER, "Visit", 16 * HOUR, 60);
	visit->leave_by = visit->start - HOUR;
	visit->meeting_point = span_of("Coach 4");
	return 0;
}

static int done(void **state)
{
	UNUSED(state);
	town_free(&town);
	return 0;
}

/* The roster as it is now comes at that time. */
static bool comes(int64_t now)
{
	return changes_compare(&changes, town_open(&town), now);
}

static const struct change *told(const struct activity *a, int64_t now)
{
	return changes_of(&changes, a->number, now);
}

static void assert_text(const struct change *c, struct text t, const char *want)
{
	assert_true(span_equal(change_text(c, t), span_of(want)));
}

TEST(a_first_list_changes_nothing)
{
	assert_true(comes(town_at(9, 0)));
	assert_null(told(talk, town_at(9, 0)));
	assert_null(told(visit, town_at(9, 0)));
}

TEST(the_same_list_again_changes_nothing)
{
	assert_true(comes(town_at(9, 0)));
	assert_false(changes_compare(&changes, &town.roster, town_at(9, 1)));
	assert_int_equal(changes.mark_n, 0);
	/* A newer version of which nothing is public either. */
	assert_true(comes(town_at(9, 2)));
	assert_int_equal(changes.mark_n, 0);
}

TEST(a_new_time_is_told_for_an_hour)
{
	comes(town_at(9, 0));
	talk->start += HOUR;
	talk->end += HOUR;
	comes(town_at(10, 0));
	const struct change *c = told(talk, town_at(10, 0));
	assert_non_null(c);
	assert_int_equal(c->what, CHANGE_TIME);
	assert_int_equal(c->was.start, town_at(14, 0));
	assert_int_equal(c->was.offset, -420);
	assert_non_null(told(talk, town_at(11, 0) - 1));
	assert_null(told(talk, town_at(11, 0)));
	assert_null(told(visit, town_at(10, 0)));
}

TEST(a_longer_end_is_no_news)
{
	comes(town_at(9, 0));
	talk->end += HOUR;
	comes(town_at(10, 0));
	assert_null(told(talk, town_at(10, 0)));
}

TEST(a_new_place_says_where_it_was)
{
	comes(town_at(9, 0));
	talk->place = TOWN_HALL_B;
	comes(town_at(10, 0));
	const struct change *c = told(talk, town_at(10, 0));
	assert_int_equal(c->what, CHANGE_PLACE);
	assert_text(c, c->was.room, "Hall A");
	assert_text(c, c->was.place_id, "hall-a");
	assert_text(c, c->was.place_name, "Harbor House");
	assert_text(c, c->was.city, "San Francisco");
}

TEST(a_coach_that_leaves_at_another_time_from_elsewhere_is_told)
{
	comes(town_at(9, 0));
	visit->leave_by += 600;
	visit->meeting_point = span_of("Coach 7");
	comes(town_at(10, 0));
	const struct change *c = told(visit, town_at(10, 0));
	assert_int_equal(c->what, CHANGE_LEAVE | CHANGE_MEETING);
	assert_int_equal(c->was.leave, town_at(15, 0));
	assert_text(c, c->was.meeting_point, "Coach 4");
}

TEST(what_is_added_is_new)
{
	comes(town_at(9, 0));
	struct activity *more = town_add(&town, TOWN_HALL_B, "More", 17 * HOUR, 30);
	comes(town_at(10, 0));
	assert_int_equal(told(more, town_at(10, 0))->what, CHANGE_NEW);
	assert_null(told(talk, town_at(10, 0)));
}

TEST(what_is_gone_is_cancelled_and_keeps_its_title)
{
	comes(town_at(9, 0));
	town.activities[0].present = false;
	comes(town_at(10, 0));
	const struct change *c = told(talk, town_at(10, 0));
	assert_int_equal(c->what, CHANGE_CANCELLED);
	assert_text(c, c->was.title.in[LANGUAGE_EN], "Talk");
	assert_text(c, c->was.title.in[LANGUAGE_DE], "Talk (de)");
	assert_text(c, c->was.room, "Hall A");
	/* It comes back: new once more. */
	town.activities[0].present = true;
	comes(town_at(10, 10));
	assert_int_equal(told(talk, town_at(10, 10))->what, CHANGE_NEW);
}

TEST(what_was_over_is_not_cancelled)
{
	comes(town_at(9, 0));
	town.activities[0].present = false;
	comes(town_at(15, 0));
	assert_null(told(talk, town_at(15, 0)));
}

TEST(what_is_no_longer_public_is_forgotten_with_its_title)
{
	comes(town_at(9, 0));
	talk->open_to_all = false;
	comes(town_at(10, 0));
	assert_null(told(talk, town_at(10, 0)));
	struct sink k = sink_on(bytes, sizeof(bytes));
	changes_write(&changes, &k);
	assert_false(k.full);
	assert_null(memmem(bytes, k.n, "Talk", 4));
	assert_non_null(memmem(bytes, k.n, "Visit", 5));
}

TEST(a_change_is_forgotten_when_its_activity_is_no_longer_public)
{
	comes(town_at(9, 0));
	talk->start += HOUR;
	talk->end += HOUR;
	comes(town_at(10, 0));
	talk->open_to_all = false;
	comes(town_at(10, 1));
	assert_int_equal(changes.mark_n, 0);
}

TEST(two_changes_within_the_hour_are_both_told)
{
	comes(town_at(9, 0));
	talk->start += HOUR;
	talk->end += HOUR;
	comes(town_at(10, 0));
	talk->place = TOWN_HALL_B;
	comes(town_at(10, 30));
	const struct change *c = told(talk, town_at(11, 20));
	assert_int_equal(c->what, CHANGE_TIME | CHANGE_PLACE);
	assert_int_equal(c->was.start, town_at(14, 0));
	assert_text(c, c->was.room, "Hall A");
	talk->start += HOUR;
	talk->end += HOUR;
	comes(town_at(10, 40));
	c = told(talk, town_at(10, 40));
	assert_int_equal(c->what, CHANGE_TIME | CHANGE_PLACE);
	/* Whoever looked a moment ago saw that. */
	assert_int_equal(c->was.start, town_at(15, 0));
	assert_text(c, c->was.room, "Hall A");
	assert_int_equal(changes.mark_n, 1);
}

TEST(a_change_an_hour_old_is_not_told_on)
{
	comes(town_at(8, 0));
	talk->start += HOUR;
	talk->end += HOUR;
	comes(town_at(9, 0));
	talk->place = TOWN_HALL_B;
	comes(town_at(10, 0));
	assert_int_equal(told(talk, town_at(10, 0))->what, CHANGE_PLACE);
}

TEST(a_clock_that_goes_back_far_tells_nothing)
{
	comes(town_at(9, 0));
	talk->place = TOWN_HALL_B;
	comes(town_at(10, 0));
	assert_non_null(told(talk, town_at(10, 0) - 60));
	assert_null(told(talk, town_at(10, 0) - 61));
}

TEST(another_event_forgets_everything)
{
	static struct small_roster other;
	struct roster_fault fault;
	struct roster r;

	comes(town_at(9, 0));
	talk->place = TOWN_HALL_B;
	comes(town_at(10, 0));
	assert_int_equal(changes.mark_n, 1);
	small_roster_init(&other, 2, false);
	assert_ok(small_roster_build(&other, &fault));
	small_roster_open(&other, &r);
	assert_true(changes_compare(&changes, &r, town_at(10, 1)));
	assert_int_equal(changes.mark_n, 0);
	small_roster_free(&other);
}

TEST(more_than_can_be_remembered_is_not_called_new)
{
	for (int i = 0; i < CHANGES_KNOWN + 20; i++)
		town_add(&town, TOWN_HALL_B, "Filler", 18 * HOUR + i * 60, 30);
	comes(town_at(9, 0));
	assert_true(changes.more);
	assert_int_equal(changes.past_n, CHANGES_KNOWN);
	comes(town_at(10, 0));
	assert_int_equal(changes.mark_n, 0);
	/* Before what was remembered last it is. */
	struct activity *more = town_add(&town, TOWN_HALL_B, "More", 17 * HOUR, 30);
	comes(town_at(10, 5));
	assert_int_equal(changes.mark_n, 1);
	assert_int_equal(told(more, town_at(10, 5))->what, CHANGE_NEW);
}

TEST(of_too_many_changes_the_newest_are_told)
{
	struct activity *all[CHANGES_MARKS + 5];

	for (size_t i = 0; i < COUNT(all); i++)
		all[i] = town_add(&town, TOWN_HALL_B, "Filler", 18 * HOUR + (int)i * 60, 30);
	comes(town_at(9, 0));
	for (size_t i = 0; i < COUNT(all); i++)
		all[i]->start += 60;
	comes(town_at(10, 0));
	assert_int_equal(changes.mark_n, CHANGES_MARKS);
	assert_null(told(all[0], town_at(10, 0)));
	assert_non_null(told(all[COUNT(all) - 1], town_at(10, 0)));
}

static size_t write_some(void)
{
	comes(town_at(9, 0));
	talk->place = TOWN_HALL_B;
	town.activities[1].present = false;
	town_add(&town, TOWN_ATRIUM, "More", 17 * HOUR, 30);
	comes(town_at(10, 0));
	struct sink k = sink_on(bytes, sizeof(bytes));
	changes_write(&changes, &k);
	assert_false(k.full);
	return k.n;
}

TEST(after_a_restart_the_same_is_told)
{
	static struct changes again;
	static uint8_t twice[CHANGES_FILE];

	size_t n = write_some();
	assert_ok(changes_read(&again, (struct span){bytes, n}));
	struct sink k = sink_on(twice, sizeof(twice));
	changes_write(&again, &k);
	assert_int_equal(k.n, n);
	assert_memory_equal(twice, bytes, n);
	assert_int_equal(again.mark_n, 3);
	const struct change *c = changes_of(&again, talk->number, town_at(10, 30));
	assert_int_equal(c->what, CHANGE_PLACE);
	assert_text(c, c->was.room, "Hall A");
	/* What came while it was off is told as well. */
	talk->start += HOUR;
	talk->end += HOUR;
	assert_true(changes_compare(&again, town_open(&town), town_at(10, 30)));
	c = changes_of(&again, talk->number, town_at(10, 30));
	assert_int_equal(c->what, CHANGE_PLACE | CHANGE_TIME);
}

static struct changes read_again;

TEST(every_truncation_is_refused_whole)
{
	size_t n = write_some();

	for (size_t cut = 0; cut < n; cut++) {
		uint8_t *exact = malloc(cut + 1);
		memcpy(exact, bytes, cut);
		assert_err(changes_read(&read_again, (struct span){exact, cut}), ERR_FORMAT);
		assert_false(read_again.known);
		assert_int_equal(read_again.past_n + read_again.mark_n, 0);
		free(exact);
	}
	bytes[n] = 0;
	assert_err(changes_read(&read_again, (struct span){bytes, n + 1}), ERR_FORMAT);
}

/* Where in the bytes is the first of these? */
static uint8_t *find(size_t n, const char *text)
{
	return memmem(bytes, n, text, strlen(text));
}

TEST(what_no_list_can_have_said_is_refused)
{
	/* Offsets of a first past: after magic, event, epoch, sequence, more and the count. */
	enum { PAST = 8 + 16 + 4 + 8 + 1 + 1, KIND = 4, START = 5, OFFSET = 29 };
	size_t n = write_some();
	static const struct {
		size_t at;
		uint8_t byte;
	} damage[] = {
		{0, 'G'},
		{8 + 16 + 4 + 8, 2},
		{PAST + KIND, ACTIVITY_KINDS},
		{PAST + START + 7, 0x80},  /* long before all time */
		{PAST + START + 7, 0x7f},  /* long after it */
		{PAST + START + 8 + 3, 0}, /* it ends before it starts */
		{PAST + OFFSET + 1, 0xff},
	};

	for (size_t i = 0; i < COUNT(damage); i++) {
		uint8_t was = bytes[damage[i].at];
		bytes[damage[i].at] = damage[i].byte;
		assert_err(changes_read(&read_again, (struct span){bytes, n}), ERR_FORMAT);
		bytes[damage[i].at] = was;
	}
	uint8_t *text = find(n, "Talk");
	*text = 0xff;
	assert_err(changes_read(&read_again, (struct span){bytes, n}), ERR_FORMAT);
	*text = 'T';
	assert_ok(changes_read(&read_again, (struct span){bytes, n}));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_setup_teardown(a_first_list_changes_nothing, fresh, done),
	cmocka_unit_test_setup_teardown(the_same_list_again_changes_nothing, fresh, done),
	cmocka_unit_test_setup_teardown(a_new_time_is_told_for_an_hour, fresh, done),
	cmocka_unit_test_setup_teardown(a_longer_end_is_no_news, fresh, done),
	cmocka_unit_test_setup_teardown(a_new_place_says_where_it_was, fresh, done),
	cmocka_unit_test_setup_teardown(
		a_coach_that_leaves_at_another_time_from_elsewhere_is_told, fresh, done),
	cmocka_unit_test_setup_teardown(what_is_added_is_new, fresh, done),
	cmocka_unit_test_setup_teardown(what_is_gone_is_cancelled_and_keeps_its_title, fresh, done),
	cmocka_unit_test_setup_teardown(what_was_over_is_not_cancelled, fresh, done),
	cmocka_unit_test_setup_teardown(
		what_is_no_longer_public_is_forgotten_with_its_title, fresh, done),
	cmocka_unit_test_setup_teardown(
		a_change_is_forgotten_when_its_activity_is_no_longer_public, fresh, done),
	cmocka_unit_test_setup_teardown(two_changes_within_the_hour_are_both_told, fresh, done),
	cmocka_unit_test_setup_teardown(a_change_an_hour_old_is_not_told_on, fresh, done),
	cmocka_unit_test_setup_teardown(a_clock_that_goes_back_far_tells_nothing, fresh, done),
	cmocka_unit_test_setup_teardown(another_event_forgets_everything, fresh, done),
	cmocka_unit_test_setup_teardown(more_than_can_be_remembered_is_not_called_new, fresh, done),
	cmocka_unit_test_setup_teardown(of_too_many_changes_the_newest_are_told, fresh, done),
	cmocka_unit_test_setup_teardown(after_a_restart_the_same_is_told, fresh, done),
	cmocka_unit_test_setup_teardown(every_truncation_is_refused_whole, fresh, done),
	cmocka_unit_test_setup_teardown(what_no_list_can_have_said_is_refused, fresh, done),
};
RUN_TESTS(tests)
