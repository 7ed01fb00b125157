/* Dates and times in four languages. */
#include "test.h"

#include "when.h"

static char out[128];

static const char *ended(struct sink *k)
{
	out[k->n] = 0;
	return out;
}

static struct sink fresh(void)
{
	return sink_on((uint8_t *)out, sizeof(out) - 1);
}

/* 2026-06-09 12:05 UTC. */
enum { JUNE_9 = 1781006700 };

static const char *date(enum language l, int64_t at, int32_t offset)
{
	struct sink k = fresh();
	when_date(&k, l, at, offset);
	return ended(&k);
}

static const char *next(enum language l, int64_t now, int64_t at)
{
	struct sink k = fresh();
	when_next(&k, l, now, at, 120);
	return ended(&k);
}

TEST(a_date_spells_its_month_in_each_language)
{
	assert_string_equal(date(LANGUAGE_FR, JUNE_9, 120), "mardi 9 juin 2026");
	assert_string_equal(date(LANGUAGE_NL, JUNE_9, 120), "dinsdag 9 juni 2026");
	assert_string_equal(date(LANGUAGE_DE, JUNE_9, 120), "Dienstag, 9. Juni 2026");
	assert_string_equal(date(LANGUAGE_EN, JUNE_9, 120), "Tuesday, 9 June 2026");
}

TEST(the_first_of_a_month_is_1er_in_french_only)
{
	int64_t june_1 = JUNE_9 - 8 * 86400;
	assert_string_equal(date(LANGUAGE_FR, june_1, 0), "lundi 1er juin 2026");
	assert_string_equal(date(LANGUAGE_NL, june_1, 0), "maandag 1 juni 2026");
	assert_string_equal(date(LANGUAGE_FR, june_1 + 20 * 86400, 0), "dimanche 21 juin 2026");
}

TEST(a_time_has_24_hours_and_leading_zeros)
{
	struct sink k = fresh();
	when_time(&k, JUNE_9, 120);
	assert_string_equal(ended(&k), "14:05");
	k = fresh();
	when_time(&k, JUNE_9, -420);
	assert_string_equal(ended(&k), "05:05");
}

TEST(the_zone_moves_the_day)
{
	/* 23:30 in Brussels is still the day before in San Francisco's afternoon. */
	int64_t late = JUNE_9 + 9 * 3600 + 25 * 60;
	assert_string_equal(date(LANGUAGE_EN, late, 120), "Tuesday, 9 June 2026");
	assert_string_equal(date(LANGUAGE_EN, late + 3600, 120), "Wednesday, 10 June 2026");
	assert_string_equal(date(LANGUAGE_EN, late + 3600, -420), "Tuesday, 9 June 2026");
	assert_int_equal(when_day_number(late + 3600, 120) - when_day_number(late + 3600, -420), 1);
}

TEST(a_heading_begins_with_a_capital_and_has_no_year)
{
	struct sink k = fresh();
	when_heading(&k, LANGUAGE_FR, JUNE_9, 120);
	assert_string_equal(ended(&k), "Mardi 9 juin");
	k = fresh();
	when_heading(&k, LANGUAGE_DE, JUNE_9, 120);
	assert_string_equal(ended(&k), "Dienstag, 9. Juni");
}

TEST(a_span_has_both_times)
{
	struct sink k = fresh();
	when_span(&k, JUNE_9, JUNE_9 + 5400, 120);
	assert_string_equal(ended(&k), "14:05 – 15:35");
}

TEST(what_is_near_is_told_in_minutes)
{
	assert_string_equal(next(LANGUAGE_EN, JUNE_9 - 25 * 60, JUNE_9), "In 25 minutes");
	assert_string_equal(next(LANGUAGE_FR, JUNE_9 - 60, JUNE_9), "Dans 1 minute");
	assert_string_equal(next(LANGUAGE_NL, JUNE_9 - 61, JUNE_9), "Over 2 minuten");
	assert_string_equal(next(LANGUAGE_DE, JUNE_9 - 1, JUNE_9), "In 1 Minute");
	assert_string_equal(next(LANGUAGE_DE, JUNE_9, JUNE_9), "Jetzt");
}

TEST(what_is_far_is_told_by_day_and_time)
{
	assert_string_equal(next(LANGUAGE_EN, JUNE_9 - 3 * 3600, JUNE_9), "Today at 14:05");
	assert_string_equal(next(LANGUAGE_FR, JUNE_9 - 20 * 3600, JUNE_9), "Demain à 14:05");
	assert_string_equal(next(LANGUAGE_NL, JUNE_9 - 3 * 86400, JUNE_9), "Dinsdag 9 juni, 14:05");
}

TEST(leap_days_and_turns_of_the_year_hold)
{
	assert_string_equal(date(LANGUAGE_EN, 951782400, 0), "Tuesday, 29 February 2000");
	assert_string_equal(date(LANGUAGE_EN, 1709164800, 0), "Thursday, 29 February 2024");
	assert_string_equal(date(LANGUAGE_EN, 1767225599, 0), "Wednesday, 31 December 2025");
	assert_string_equal(date(LANGUAGE_EN, 1767225599, 1), "Thursday, 1 January 2026");
}

TEST(before_1970_counts_too)
{
	assert_string_equal(date(LANGUAGE_EN, -1, 0), "Wednesday, 31 December 1969");
	struct sink k = fresh();
	when_time(&k, -60, 0);
	assert_string_equal(ended(&k), "23:59");
}

TEST(every_day_of_forty_years_follows_the_one_before)
{
	struct civil before = when_civil(0, 0);
	for (int64_t day = 1; day < 40 * 366; day++) {
		struct civil c = when_civil(day * 86400, 0);
		assert_int_equal(c.weekday, (before.weekday + 1) % 7);
		assert_true(c.day == before.day + 1 || c.day == 1);
		assert_true(c.day != 1 || c.month == before.month % 12 + 1);
		before = c;
	}
}

TEST(a_stamp_is_utc)
{
	struct sink k = fresh();
	when_stamp(&k, JUNE_9);
	assert_string_equal(ended(&k), "20260609T120500Z");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_date_spells_its_month_in_each_language),
	cmocka_unit_test(the_first_of_a_month_is_1er_in_french_only),
	cmocka_unit_test(a_time_has_24_hours_and_leading_zeros),
	cmocka_unit_test(the_zone_moves_the_day),
	cmocka_unit_test(a_heading_begins_with_a_capital_and_has_no_year),
	cmocka_unit_test(a_span_has_both_times),
	cmocka_unit_test(what_is_near_is_told_in_minutes),
	cmocka_unit_test(what_is_far_is_told_by_day_and_time),
	cmocka_unit_test(leap_days_and_turns_of_the_year_hold),
	cmocka_unit_test(before_1970_counts_too),
	cmocka_unit_test(every_day_of_forty_years_follows_the_one_before),
	cmocka_unit_test(a_stamp_is_utc),
};

RUN_TESTS(tests)
