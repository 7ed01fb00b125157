/* Status: what the agent tells the kiosk; how old the hub's word is; which clock to go by. */
#include "test.h"

#include "file.h"
#include "help/scratch.h"
#include "status.h"

#include <pthread.h>

enum { MINUTE = 60 * 1000, HOUR = 60 * MINUTE };

static struct scratch dir;
static const uint8_t today[EVENT_BOOT] = {1}, tomorrow[EVENT_BOOT] = {2}, none[EVENT_BOOT];
/* 2025-10-06 08:40 in San Francisco. */
#define MONDAY INT64_C(1759765200)

static struct board_status sound(void)
{
	return (struct board_status){
		.enrolled = true,
		.online = true,
		.name = "Zaal \xc3\xa9\xc3\xa9n",
		.words = "babo dufa kina rosa",
		.floor = MONDAY,
		.fresh = MONDAY,
		.counted_ms = 5 * MINUTE,
		.boot = {1},
		.counted_at_ms = 9 * MINUTE,
		.offset_ms = MONDAY * 1000 - 4 * MINUTE,
		.codes = UINT64_MAX,
		.answer = STATUS_CODE_ENROLLED,
	};
}

static void put(struct span content)
{
	assert_ok(file_write(scratch_name(&dir, "status"), content, 0600));
}

static enum err read_text(const char *text, struct board_status *s)
{
	put(span_of(text));
	memset(s, 0xaa, sizeof(*s));
	return status_read(s, dir.path);
}

static void assert_nothing(const struct board_status *s)
{
	static const struct board_status nothing;

	assert_memory_equal(s, &nothing, sizeof(nothing));
}

static void assert_same(const struct board_status *a, const struct board_status *b)
{
	assert_true(status_equal(a, b));
	assert_int_equal(a->enrolled, b->enrolled);
	assert_int_equal(a->online, b->online);
	assert_int_equal(a->revoked, b->revoked);
	assert_string_equal(a->name, b->name);
	assert_string_equal(a->words, b->words);
	assert_int_equal(a->floor, b->floor);
	assert_int_equal(a->fresh, b->fresh);
	assert_int_equal(a->counted_ms, b->counted_ms);
	assert_memory_equal(a->boot, b->boot, EVENT_BOOT);
	assert_int_equal(a->counted_at_ms, b->counted_at_ms);
	assert_int_equal(a->offset_ms, b->offset_ms);
	assert_true(a->codes == b->codes);
	assert_int_equal(a->answer, b->answer);
}

TEST(a_status_comes_back_as_it_was_written)
{
	struct board_status all[] = {sound(), {0}, sound()}, back;

	all[2].enrolled = all[2].online = false;
	all[2].revoked = true;
	memset(all[2].name, 'n', PAPER_NAME);
	all[2].words[0] = '\0';
	for (size_t i = 0; i < COUNT(all); i++) {
		assert_ok(status_write(&all[i], scratch_name(&dir, "status")));
		memset(&back, 0xaa, sizeof(back));
		assert_ok(status_read(&back, dir.path));
		assert_same(&back, &all[i]);
	}
}

TEST(the_file_is_lines_that_a_person_can_read)
{
	struct board_status s = sound();
	struct file_bytes f;

	assert_ok(status_write(&s, scratch_name(&dir, "status")));
	assert_ok(file_read(&f, dir.path, 1000));
	assert_true(span_equal(f.bytes,
		span_of("enrolled 1\nonline 1\nrevoked 0\nname Zaal \xc3\xa9\xc3\xa9n\n"
			"words babo dufa kina rosa\nfloor 1759765200\nfresh 1759765200\n"
			"counted 300000\nboot 01000000000000000000000000000000\n"
			"counted-at 540000\noffset 1759764960000\ncode 18446744073709551615\n"
			"answer 5\n")));
	file_free(&f);
}

TEST(statuses_that_differ_anywhere_are_not_equal)
{
	struct board_status s = sound(), other = sound();

	other.counted_ms++;
	assert_false(status_equal(&s, &other));
	other = sound();
	other.words[0] = 'd';
	assert_false(status_equal(&s, &other));
	other = sound();
	other.codes--;
	assert_false(status_equal(&s, &other));
}

TEST(a_line_end_in_a_name_makes_no_line)
{
	struct board_status s = sound(), back;

	strcpy(s.name, "Hall\nonline 0\x7f");
	assert_ok(status_write(&s, scratch_name(&dir, "status")));
	assert_ok(status_read(&back, dir.path));
	assert_string_equal(back.name, "Hall online 0 ");
	assert_true(back.online);
}

TEST(a_torn_or_damaged_file_is_as_none)
{
	struct board_status s = sound(), back;
	struct file_bytes f;
	uint8_t copy[1000];

	assert_ok(status_write(&s, scratch_name(&dir, "status")));
	assert_ok(file_read(&f, dir.path, sizeof(copy)));
	for (size_t n = 0; n < f.bytes.n; n++) {
		put(span_cut(f.bytes, 0, n));
		assert_err(status_read(&back, dir.path), ERR_FORMAT);
		assert_nothing(&back);
	}
	for (size_t i = 0; i < f.bytes.n; i++) {
		memcpy(copy, f.bytes.p, f.bytes.n);
		copy[i] ^= 0x80;
		put((struct span){copy, f.bytes.n});
		assert_err(status_read(&back, dir.path), ERR_FORMAT);
		assert_nothing(&back);
	}
	file_free(&f);
}

#define BEFORE "enrolled 1\nonline 1\nrevoked 0\nname\nwords\n"
#define AFTER  "boot 00000000000000000000000000000000\ncounted-at 0\noffset 0\ncode 0\nanswer 0\n"
#define TIMES  BEFORE "floor 1\nfresh 1\ncounted 1\n"

TEST(what_would_not_be_written_so_is_refused)
{
	static const char *const wrong[] = {"", "\n", BEFORE, TIMES, TIMES AFTER "more 1\n",
		TIMES AFTER "\n", "\n" TIMES AFTER, BEFORE "fresh 1\nfloor 1\ncounted 1\n" AFTER,
		BEFORE "floor 01\nfresh 1\ncounted 1\n" AFTER,
		BEFORE "floor -1\nfresh 1\ncounted 1\n" AFTER,
		BEFORE "floor +1\nfresh 1\ncounted 1\n" AFTER,
		BEFORE "floor \nfresh 1\ncounted 1\n" AFTER,
		BEFORE "floor\nfresh 1\ncounted 1\n" AFTER,
		BEFORE "floor  1\nfresh 1\ncounted 1\n" AFTER,
		BEFORE "floor 1x\nfresh 1\ncounted 1\n" AFTER,
		BEFORE "floor 253402300800\nfresh 1\ncounted 1\n" AFTER,
		BEFORE "floor 1\nfresh 18446744073709551617\ncounted 1\n" AFTER,
		"enrolled 2\nonline 1\nrevoked 0\nname\nwords\nfloor 1\nfresh 1\ncounted 1\n" AFTER,
		"enrolled 1\nonline 1\nrevoked 0\nname 123456789 123456789 123456789 123\nwords\n"
		"floor 1\nfresh 1\ncounted 1\n" AFTER,
		TIMES "boot 00\ncounted-at 0\noffset 0\ncode 0\nanswer 0\n",
		TIMES "boot 0000000000000000000000000000000A\n"
		      "counted-at 0\noffset 0\ncode 0\nanswer 0\n",
		TIMES "boot 00000000000000000000000000000000\n"
		      "counted-at 0\noffset 0\ncode 18446744073709551616\nanswer 0\n",
		TIMES "boot 00000000000000000000000000000000\n"
		      "counted-at 0\noffset 0\ncode 0\nanswer 6\n"};
	struct board_status s;

	assert_ok(read_text(TIMES AFTER, &s));
	for (size_t i = 0; i < COUNT(wrong); i++) {
		assert_err(read_text(wrong[i], &s), ERR_FORMAT);
		assert_nothing(&s);
	}
}

TEST(a_file_that_is_missing_or_endless_is_said_to_be_so)
{
	static char endless[5000];
	struct board_status s;

	assert_err(status_read(&s, scratch_name(&dir, "nothing")), ERR_ABSENT);
	assert_nothing(&s);
	memset(endless, '1', sizeof(endless) - 1);
	assert_err(read_text(endless, &s), ERR_FORMAT);
	assert_err(status_write(&s, scratch_name(&dir, "no/status")), ERR_ABSENT);
}

TEST(a_machine_has_one_boot_id)
{
	uint8_t a[EVENT_BOOT], b[EVENT_BOOT];

	status_boot_id(a);
	status_boot_id(b);
	assert_memory_equal(a, b, EVENT_BOOT);
	assert_memory_not_equal(a, none, EVENT_BOOT);
}

TEST(age_is_what_was_counted_and_what_passed_in_this_boot)
{
	struct board_status s = sound();

	assert_int_equal(status_age_ms(&s, today, 9 * MINUTE), 5 * MINUTE);
	assert_int_equal(status_age_ms(&s, today, 10 * MINUTE), 6 * MINUTE);
	/* written by the agent just after we looked at the clock */
	assert_int_equal(status_age_ms(&s, today, 9 * MINUTE - 1), 5 * MINUTE);
}

TEST(age_over_reboots_is_the_time_powered_on)
{
	struct board_status s = sound();
	uint8_t boot[EVENT_BOOT] = {2};

	assert_int_equal(status_age_ms(&s, boot, 2 * MINUTE), 7 * MINUTE);
	for (uint8_t day = 2; day < 12; day++) {
		boot[0] = day;
		status_count(&s, boot, HOUR);
	}
	assert_int_equal(status_age_ms(&s, boot, HOUR), 10 * HOUR + 5 * MINUTE);
	assert_int_equal(status_age_ms(&s, boot, HOUR + 1), 10 * HOUR + 5 * MINUTE + 1);
}

TEST(counting_twice_counts_once)
{
	struct board_status s = sound();

	for (int64_t at = 9 * MINUTE; at <= 20 * MINUTE; at += MINUTE / 2)
		status_count(&s, today, at);
	status_count(&s, today, 20 * MINUTE);
	assert_int_equal(s.counted_ms, 16 * MINUTE);
	assert_int_equal(s.offset_ms, sound().offset_ms);
}

TEST(without_boot_ids_a_clock_that_went_back_is_a_new_boot)
{
	struct board_status s = sound();

	memset(s.boot, 0, EVENT_BOOT);
	assert_int_equal(status_age_ms(&s, none, 10 * MINUTE), 6 * MINUTE);
	assert_int_equal(status_age_ms(&s, none, MINUTE), 6 * MINUTE);
}

TEST(no_clock_makes_an_age_negative_or_endless)
{
	static const int64_t odd[] = {INT64_MIN, -1, 0, INT64_MAX};
	struct board_status s = sound();

	s.counted_ms = s.counted_at_ms = INT64_C(253402300799) * 1000;
	for (size_t i = 0; i < COUNT(odd); i++) {
		assert_true(status_age_ms(&s, today, odd[i]) >= s.counted_ms);
		assert_true(status_age_ms(&s, tomorrow, odd[i]) >= s.counted_ms);
		status_count(&s, tomorrow, odd[i]);
		assert_ok(status_write(&s, scratch_name(&dir, "status")));
		assert_ok(status_read(&s, dir.path));
	}
}

TEST(a_new_signed_time_starts_the_count_anew)
{
	struct board_status s = sound();

	status_freshen(&s, MONDAY + 60, today, 10 * MINUTE);
	assert_int_equal(s.fresh, MONDAY + 60);
	assert_int_equal(s.floor, MONDAY + 60);
	assert_int_equal(status_age_ms(&s, today, 10 * MINUTE), 0);
	assert_int_equal(status_age_ms(&s, today, 11 * MINUTE), MINUTE);
	assert_int_equal(s.offset_ms, sound().offset_ms);
}

TEST(an_old_word_once_more_makes_nothing_fresh)
{
	static const int64_t old[] = {MONDAY, MONDAY - 1, 0, -1, INT64_MIN, INT64_MAX};

	for (size_t i = 0; i < COUNT(old); i++) {
		struct board_status s = sound();
		status_freshen(&s, old[i], today, 10 * MINUTE);
		assert_int_equal(s.fresh, MONDAY);
		assert_int_equal(s.floor, MONDAY);
		assert_int_equal(status_age_ms(&s, today, 10 * MINUTE), 6 * MINUTE);
	}
}

TEST(the_floor_never_goes_back)
{
	struct board_status s = sound();

	s.floor = MONDAY + 1000;
	status_freshen(&s, MONDAY + 500, today, 10 * MINUTE);
	assert_int_equal(s.fresh, MONDAY + 500);
	assert_int_equal(s.floor, MONDAY + 1000);
	status_count(&s, tomorrow, 0);
	assert_int_equal(s.floor, MONDAY + 1000);
}

TEST(the_offset_of_another_boot_is_forgotten)
{
	struct board_status s = sound();

	status_count(&s, tomorrow, 20 * MINUTE);
	assert_int_equal(s.offset_ms, 0);
	assert_memory_equal(s.boot, tomorrow, EVENT_BOOT);
	s = sound();
	status_freshen(&s, MONDAY + 1, tomorrow, 20 * MINUTE);
	assert_int_equal(s.offset_ms, 0);
}

TEST(a_lease_runs_out_in_powered_on_minutes)
{
	enum { AMBER = 12 * 60, WITHHOLD = 96 * 60 };
	struct board_status s = sound();

	assert_int_equal(status_lease(&s, 0, AMBER, WITHHOLD), 0);
	assert_int_equal(status_lease(&s, 12 * HOUR - 1, AMBER, WITHHOLD), 0);
	assert_int_equal(status_lease(&s, 12 * HOUR, AMBER, WITHHOLD), 1);
	assert_int_equal(status_lease(&s, 96 * HOUR - 1, AMBER, WITHHOLD), 1);
	assert_int_equal(status_lease(&s, INT64_C(96) * HOUR, AMBER, WITHHOLD), 2);
	assert_int_equal(status_lease(&s, INT64_MAX, AMBER, WITHHOLD), 2);
}

TEST(no_minutes_mean_never)
{
	struct board_status s = sound();

	assert_int_equal(status_lease(&s, INT64_MAX, 0, 0), 0);
	assert_int_equal(status_lease(&s, INT64_MAX, 1, 0), 1);
	assert_int_equal(status_lease(&s, MINUTE, 0, 1), 2);
}

TEST(a_board_that_was_never_enrolled_has_no_lease)
{
	struct board_status s = sound();

	s.enrolled = false;
	assert_int_equal(status_lease(&s, INT64_MAX, 1, 2), 0);
}

static int64_t wall(const struct board_status *s, const uint8_t boot[static EVENT_BOOT],
	int64_t boot_ms, int64_t system_ms, bool want_trusted)
{
	bool trusted = !want_trusted;
	int64_t ms = status_wall_ms(s, boot, boot_ms, system_ms, &trusted);

	assert_int_equal(trusted, want_trusted);
	return ms;
}

/* 1970, an hour ago, in an hour, the next century. */
static const int64_t attacks[] = {0, 1759765200000 - HOUR, 1759765200000 + HOUR, 4102444800000};

TEST(a_wall_clock_attacked_either_way_changes_neither_age_nor_lease_nor_trusted_time)
{
	struct board_status s = sound();
	int64_t right = MONDAY * 1000 + 6 * MINUTE;

	for (size_t i = 0; i < COUNT(attacks); i++) {
		assert_int_equal(wall(&s, today, 10 * MINUTE, attacks[i], true), right);
		assert_int_equal(status_age_ms(&s, today, 10 * MINUTE), 6 * MINUTE);
	}
}

TEST(a_system_clock_that_nearly_agrees_is_left_alone)
{
	struct board_status s = sound();
	int64_t right = MONDAY * 1000 + 6 * MINUTE;

	assert_int_equal(
		wall(&s, today, 10 * MINUTE, right + 2 * MINUTE - 1, true), right + 2 * MINUTE - 1);
	assert_int_equal(
		wall(&s, today, 10 * MINUTE, right - 2 * MINUTE + 1, true), right - 2 * MINUTE + 1);
	assert_int_equal(wall(&s, today, 10 * MINUTE, right + 2 * MINUTE, true), right);
	assert_int_equal(wall(&s, today, 10 * MINUTE, right - 2 * MINUTE, true), right);
}

TEST(without_a_signed_time_in_this_boot_no_clock_is_trusted)
{
	struct board_status s = sound();
	int64_t plausible = MONDAY * 1000 + 30 * MINUTE;

	assert_int_equal(wall(&s, tomorrow, MINUTE, plausible, false), plausible);
	/* powered on 5 minutes then and one minute now: it cannot be earlier than that */
	assert_int_equal(wall(&s, tomorrow, MINUTE, 0, false), MONDAY * 1000 + 6 * MINUTE);
	assert_int_equal(wall(&s, tomorrow, 2 * MINUTE, 0, false), MONDAY * 1000 + 7 * MINUTE);
	assert_int_equal(wall(&s, tomorrow, MINUTE, 4102444800000, false), 4102444800000);
}

TEST(the_clock_is_never_before_the_floor)
{
	struct board_status s = sound();

	s.floor = MONDAY + 3600;
	assert_int_equal(wall(&s, tomorrow, MINUTE, MONDAY * 1000, false), MONDAY * 1000 + HOUR);
	/* a signed time that contradicts the floor is believed no more than the floor */
	assert_int_equal(wall(&s, today, 9 * MINUTE, MONDAY * 1000, false), MONDAY * 1000 + HOUR);
	s.fresh = 0;
	assert_int_equal(wall(&s, tomorrow, MINUTE, 0, false), MONDAY * 1000 + HOUR);
}

TEST(where_nothing_is_known_the_system_clock_is_taken_as_it_is)
{
	struct board_status s = {0};

	for (size_t i = 0; i < COUNT(attacks); i++)
		assert_int_equal(wall(&s, today, HOUR, attacks[i], false), attacks[i]);
}

TEST(the_clock_of_a_program_goes_by_the_status)
{
	struct board_status s = {0};

	status_steer_clock(&s);
	assert_false(clock_now().trusted);
	status_boot_id(s.boot);
	s.offset_ms = 4102444800000;
	status_steer_clock(&s);
	struct instant now = clock_now();
	assert_true(now.trusted);
	assert_int_equal(now.wall_ms, now.boot_ms + s.offset_ms);
	status_steer_clock(NULL);
	assert_true(clock_now().trusted);
	assert_true(clock_now().wall_ms < s.offset_ms);
}

static void *steer(void *arg)
{
	struct board_status s = {0};

	for (int i = 0; i < 200; i++)
		status_steer_clock(&s);
	return arg;
}

TEST(a_clock_is_read_by_one_thread_while_another_mends_it)
{
	pthread_t other;

	assert_int_equal(pthread_create(&other, NULL, steer, NULL), 0);
	for (int i = 0; i < 2000; i++)
		assert_true(clock_now().boot_ms > 0);
	assert_int_equal(pthread_join(other, NULL), 0);
	status_steer_clock(NULL);
}

static int start(void **state)
{
	UNUSED(state);
	scratch_make(&dir);
	return 0;
}

static int stop(void **state)
{
	UNUSED(state);
	scratch_remove(&dir);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_status_comes_back_as_it_was_written),
	cmocka_unit_test(the_file_is_lines_that_a_person_can_read),
	cmocka_unit_test(statuses_that_differ_anywhere_are_not_equal),
	cmocka_unit_test(a_line_end_in_a_name_makes_no_line),
	cmocka_unit_test(a_torn_or_damaged_file_is_as_none),
	cmocka_unit_test(what_would_not_be_written_so_is_refused),
	cmocka_unit_test(a_file_that_is_missing_or_endless_is_said_to_be_so),
	cmocka_unit_test(a_machine_has_one_boot_id),
	cmocka_unit_test(age_is_what_was_counted_and_what_passed_in_this_boot),
	cmocka_unit_test(age_over_reboots_is_the_time_powered_on),
	cmocka_unit_test(counting_twice_counts_once),
	cmocka_unit_test(without_boot_ids_a_clock_that_went_back_is_a_new_boot),
	cmocka_unit_test(no_clock_makes_an_age_negative_or_endless),
	cmocka_unit_test(a_new_signed_time_starts_the_count_anew),
	cmocka_unit_test(an_old_word_once_more_makes_nothing_fresh),
	cmocka_unit_test(the_floor_never_goes_back),
	cmocka_unit_test(the_offset_of_another_boot_is_forgotten),
	cmocka_unit_test(a_lease_runs_out_in_powered_on_minutes),
	cmocka_unit_test(no_minutes_mean_never),
	cmocka_unit_test(a_board_that_was_never_enrolled_has_no_lease),
	cmocka_unit_test(
		a_wall_clock_attacked_either_way_changes_neither_age_nor_lease_nor_trusted_time),
	cmocka_unit_test(a_system_clock_that_nearly_agrees_is_left_alone),
	cmocka_unit_test(without_a_signed_time_in_this_boot_no_clock_is_trusted),
	cmocka_unit_test(the_clock_is_never_before_the_floor),
	cmocka_unit_test(where_nothing_is_known_the_system_clock_is_taken_as_it_is),
	cmocka_unit_test(the_clock_of_a_program_goes_by_the_status),
	cmocka_unit_test(a_clock_is_read_by_one_thread_while_another_mends_it),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
