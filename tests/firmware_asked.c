/* What staff ask of the organiser: written and read alike, and nothing else is read. */
#include "test.h"

#include "asked.h"

static uint8_t bytes[ASKED_BYTES];
static size_t n;

static void put(struct asked *a, enum asked_field field, const char *text)
{
	a->has[field] = true;
	strcpy(a->text[field], text);
}

static struct asked correction(void)
{
	struct asked a = {.what = ASKED_CORRECTION};

	put(&a, ASKED_FAMILY, "Müller-Ødegård");
	put(&a, ASKED_ORGANISATION, "");
	put(&a, ASKED_FUNCTION, "Directrice générale");
	return a;
}

static struct asked late(void)
{
	struct asked a = {.what = ASKED_LATE, .role = ROLE_PRESS, .language = LANGUAGE_NL};

	put(&a, ASKED_DISPLAY, "Zoë Coëlho");
	put(&a, ASKED_ORGANISATION, "De Standaard");
	return a;
}

static struct span written(const struct asked *a)
{
	assert_ok(asked_write(a, bytes, &n));
	return (struct span){bytes, n};
}

static void assert_same(const struct asked *a)
{
	struct asked got;

	assert_ok(asked_read(&got, written(a)));
	assert_memory_equal(&got, a, sizeof(got));
}

TEST(a_correction_holds_what_changes_and_what_is_emptied)
{
	struct asked a = correction(), got;

	assert_same(&a);
	assert_ok(asked_read(&got, written(&a)));
	assert_false(got.has[ASKED_GIVEN]);
	assert_true(got.has[ASKED_ORGANISATION]);
	assert_string_equal(got.text[ASKED_ORGANISATION], "");
}

TEST(a_late_guest_comes_back_with_role_and_language)
{
	struct asked a = late();

	assert_same(&a);
	a.has[ASKED_ORGANISATION] = false;
	a.text[ASKED_ORGANISATION][0] = '\0';
	memset(a.text[ASKED_ORGANISATION], 0, sizeof(a.text[0]));
	assert_same(&a);
}

TEST(sealed_it_fills_what_a_card_may_sign)
{
	assert_int_equal(ASKED_BYTES + SEAL_TO_OVERHEAD + STAFF_SIGNATURE, EVENT_PAYLOAD);
}

TEST(more_than_a_payload_holds_is_refused_whole)
{
	struct asked a = {.what = ASKED_CORRECTION};
	char longest[ASKED_TEXT + 1];

	memset(longest, 'x', ASKED_TEXT);
	longest[ASKED_TEXT] = '\0';
	put(&a, ASKED_GIVEN, longest);
	put(&a, ASKED_FAMILY, longest);
	longest[ASKED_BYTES - 4 - 3 * 2 - 2 * ASKED_TEXT] = '\0';
	put(&a, ASKED_FUNCTION, longest);
	assert_same(&a);
	assert_int_equal(n, ASKED_BYTES);
	strcat(a.text[ASKED_FUNCTION], "x");
	assert_err(asked_write(&a, bytes, &n), ERR_FULL);
	assert_int_equal(n, 0);
	for (size_t i = 0; i < sizeof(bytes); i++)
		assert_int_equal(bytes[i], 0);
}

static void assert_unfit(const struct asked *a)
{
	assert_err(asked_write(a, bytes, &n), ERR_FORMAT);
}

TEST(what_could_not_be_read_is_not_written)
{
	struct asked nothing = {.what = ASKED_CORRECTION};
	struct asked a = correction();

	assert_unfit(&nothing);
	put(&a, ASKED_GIVEN, "a\nb");
	assert_unfit(&a);
	put(&a, ASKED_GIVEN, "\xff");
	assert_unfit(&a);
	/* A list would refuse it, and with it the next build. */
	put(&a, ASKED_GIVEN, "turned \u202e round");
	assert_unfit(&a);
	a = correction();
	a.what = (enum asked_what)3;
	assert_unfit(&a);
	a = correction();
	a.role = ROLE_VIP;
	assert_unfit(&a);
}

TEST(a_late_guest_has_a_name_that_fits_her_code)
{
	struct asked a = late();

	a.text[ASKED_DISPLAY][0] = '\0';
	assert_unfit(&a);
	a = late();
	memset(a.text[ASKED_DISPLAY], 'n', LATE_NAME + 1);
	assert_unfit(&a);
	a = late();
	memset(a.text[ASKED_ORGANISATION], 'o', LATE_ORGANISATION + 1);
	assert_unfit(&a);
	a = late();
	a.role = ROLE_STAFF;
	assert_unfit(&a);
	a = late();
	put(&a, ASKED_FUNCTION, "Editor");
	assert_unfit(&a);
}

TEST(a_newer_format_is_told_apart)
{
	struct asked a = late(), got;
	struct span s = written(&a);

	bytes[0] = 2;
	assert_err(asked_read(&got, s), ERR_VERSION);
	bytes[0] = 0;
	assert_err(asked_read(&got, s), ERR_FORMAT);
}

TEST(a_cut_at_any_byte_is_seen_but_between_two_texts)
{
	static const struct asked empty;
	struct asked a = correction(), got;
	struct span s = written(&a);
	size_t family = 4 + 2 + strlen(a.text[ASKED_FAMILY]);

	for (size_t i = 0; i < s.n; i++) {
		enum err e = asked_read(&got, span_cut(s, 0, i));
		bool whole = i == family || i == family + 2;
		assert_err(e, whole ? OK : ERR_FORMAT);
		if (e)
			assert_memory_equal(&got, &empty, sizeof(got));
	}
}

TEST(texts_rise_and_are_known)
{
	struct asked a = correction(), got;
	struct span s = written(&a);

	bytes[4] = ASKED_ORGANISATION;
	assert_err(asked_read(&got, s), ERR_FORMAT);
	bytes[4] = 0;
	assert_err(asked_read(&got, s), ERR_FORMAT);
	bytes[4] = ASKED_GIVEN;
	assert_ok(asked_read(&got, s));
	bytes[s.n - 2 - strlen(a.text[ASKED_FUNCTION])] = ASKED_FIELDS;
	assert_err(asked_read(&got, s), ERR_FORMAT);
}

TEST(a_nul_hides_nothing)
{
	struct asked a = correction(), got;
	struct span s = written(&a);

	bytes[8] = 0;
	assert_err(asked_read(&got, s), ERR_FORMAT);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_correction_holds_what_changes_and_what_is_emptied),
	cmocka_unit_test(a_late_guest_comes_back_with_role_and_language),
	cmocka_unit_test(sealed_it_fills_what_a_card_may_sign),
	cmocka_unit_test(more_than_a_payload_holds_is_refused_whole),
	cmocka_unit_test(what_could_not_be_read_is_not_written),
	cmocka_unit_test(a_late_guest_has_a_name_that_fits_her_code),
	cmocka_unit_test(a_newer_format_is_told_apart),
	cmocka_unit_test(a_cut_at_any_byte_is_seen_but_between_two_texts),
	cmocka_unit_test(texts_rise_and_are_known),
	cmocka_unit_test(a_nul_hides_nothing),
};

RUN_TESTS(tests)
