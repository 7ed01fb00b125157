/* An appointment for the phone. */
#include "test.h"

#include "ics.h"

static char out[2048];

static size_t written(const struct appointment *a)
{
	struct sink k = sink_on((uint8_t *)out, sizeof(out) - 1);
	assert_ok(ics_write(&k, a));
	out[k.n] = 0;
	return k.n;
}

static struct appointment visit(void)
{
	return (struct appointment){
		.summary = span_of("Visit"),
		.place = span_of("Pier 35, Hall B"),
		.note = span_of("Leave by 08:10"),
		.start = 1759768800,
		.end = 1759772400,
		.stamp = 1759765200,
	};
}

TEST(an_appointment_is_a_calendar_of_one_event)
{
	struct appointment a = visit();
	(void)written(&a);
	assert_ptr_equal(strstr(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"), out);
	assert_non_null(strstr(out, "\r\nBEGIN:VEVENT\r\nUID:"));
	assert_non_null(strstr(out, "\r\nDTSTART:20251006T164000Z\r\n"));
	assert_non_null(strstr(out, "\r\nDTEND:20251006T174000Z\r\n"));
	assert_non_null(strstr(out, "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"));
}

TEST(commas_semicolons_backslashes_and_new_lines_are_escaped)
{
	struct appointment a = visit();
	a.summary = span_of("a,b;c\\d\ne");
	(void)written(&a);
	assert_non_null(strstr(out, "SUMMARY:a\\,b\\;c\\\\d\\ne\r\n"));
}

TEST(control_characters_cannot_begin_a_line_of_their_own)
{
	struct appointment a = visit();
	a.summary = span_of("x\r\x01\x7fy");
	(void)written(&a);
	assert_non_null(strstr(out, "SUMMARY:xy\r\n"));
}

TEST(an_empty_place_has_no_line)
{
	struct appointment a = visit();
	a.place.n = 0;
	(void)written(&a);
	assert_null(strstr(out, "LOCATION"));
}

TEST(no_line_is_longer_than_75_octets)
{
	struct appointment a = visit();
	char long_title[200];
	memset(long_title, 'x', sizeof(long_title));
	a.summary = (struct span){(const uint8_t *)long_title, sizeof(long_title)};
	size_t n = written(&a);
	size_t column = 0;
	for (size_t i = 0; i < n; i++) {
		column = out[i] == '\n' ? 0 : column + (out[i] != '\r');
		assert_in_range(column, 0, 75);
	}
	assert_non_null(strstr(out, "\r\n xxx"));
}

TEST(folding_never_cuts_a_character)
{
	struct appointment a = visit();
	char title[3 * 60 + 1] = {0};
	for (int i = 0; i < 60; i++)
		memcpy(title + 3 * i, "漢", 3);
	for (size_t shift = 0; shift < 3; shift++) {
		memset(title, 'a', shift);
		a.summary = span_of(title + (shift ? 3 - shift : 0));
		if (!span_is_utf8(a.summary))
			continue;
		(void)written(&a);
		char *fold = out;
		while ((fold = strstr(fold, "\r\n "))) {
			assert_true(((uint8_t)fold[3] & 0xc0) != 0x80);
			fold += 3;
		}
	}
}

TEST(what_is_too_long_is_shortened_to_the_limit)
{
	struct appointment a = visit();
	char text[1500];
	for (size_t i = 0; i < sizeof(text); i += 2)
		memcpy(text + i, "é", 2);
	a.note = (struct span){(const uint8_t *)text, 1400};
	assert_in_range(written(&a), 400, ICS_MAX);
	assert_true(span_is_utf8(span_of(out)));
	a.summary = (struct span){(const uint8_t *)text, 1400};
	a.place = a.summary;
	assert_in_range(written(&a), 400, ICS_MAX);
	assert_non_null(strstr(out, "SUMMARY:"));
	assert_null(strstr(out, "DESCRIPTION:"));
	assert_non_null(strstr(out, "END:VCALENDAR\r\n"));
}

TEST(the_same_appointment_has_the_same_uid)
{
	struct appointment a = visit();
	(void)written(&a);
	char first[64];
	snprintf(first, sizeof(first), "%.40s", strstr(out, "UID:"));
	a.stamp += 60;
	a.place = span_of("elsewhere");
	(void)written(&a);
	assert_non_null(strstr(out, first));
	a.start += 60;
	(void)written(&a);
	assert_null(strstr(out, first));
}

TEST(a_sink_too_small_is_told)
{
	struct appointment a = visit();
	uint8_t small[100];
	struct sink k = sink_on(small, sizeof(small));
	assert_err(ics_write(&k, &a), ERR_FULL);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(an_appointment_is_a_calendar_of_one_event),
	cmocka_unit_test(commas_semicolons_backslashes_and_new_lines_are_escaped),
	cmocka_unit_test(control_characters_cannot_begin_a_line_of_their_own),
	cmocka_unit_test(an_empty_place_has_no_line),
	cmocka_unit_test(no_line_is_longer_than_75_octets),
	cmocka_unit_test(folding_never_cuts_a_character),
	cmocka_unit_test(what_is_too_long_is_shortened_to_the_limit),
	cmocka_unit_test(the_same_appointment_has_the_same_uid),
	cmocka_unit_test(a_sink_too_small_is_told),
};

RUN_TESTS(tests)
