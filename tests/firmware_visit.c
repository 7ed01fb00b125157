/* A guest, opened: her name as it is shown, words in her language, and forgetting. */
#include "test.h"
#include "visit.h"

static struct visit v;

static void named(const char *given, const char *family, bool family_first)
{
	memset(&v, 0, sizeof(v));
	v.given_name = span_of(given);
	v.family_name = span_of(family);
	v.family_first = family_first;
}

static void assert_name(const char *want)
{
	char name[64];

	assert_ok(visit_name(&v, name, sizeof(name)));
	assert_string_equal(name, want);
}

TEST(a_name_is_shown_in_its_own_order)
{
	UNUSED(state);
	named("Anne", "Peeters", false);
	assert_name("Anne Peeters");
	named("伟", "王", true);
	assert_name("王 伟");
}

TEST(a_name_of_one_word_stands_alone)
{
	UNUSED(state);
	named("", "Suharto", false);
	assert_name("Suharto");
	named("Suharto", "", true);
	assert_name("Suharto");
	named("", "", false);
	assert_name("");
}

TEST(a_display_name_is_shown_as_it_is)
{
	UNUSED(state);
	named("Anne", "Peeters", false);
	v.display_name = span_of("H.R.H. Princess Anne");
	assert_name("H.R.H. Princess Anne");
}

TEST(a_name_is_never_cut)
{
	char name[13];
	UNUSED(state);

	named("Anne", "Peeters", false);
	assert_ok(visit_name(&v, name, 13));
	assert_err(visit_name(&v, name, 12), ERR_FULL);
	assert_string_equal(name, "");
	v.display_name = span_of("Anne Peeters");
	assert_ok(visit_name(&v, name, 13));
	assert_err(visit_name(&v, name, 12), ERR_FULL);
}

TEST(a_missing_language_falls_back_on_english_french_dutch_german)
{
	struct words w = {0};
	UNUSED(state);

	assert_int_equal(words_in(&w, LANGUAGE_NL).n, 0);
	w.in[LANGUAGE_DE] = span_of("de");
	assert_true(span_equal(words_in(&w, LANGUAGE_FR), span_of("de")));
	w.in[LANGUAGE_NL] = span_of("nl");
	assert_true(span_equal(words_in(&w, LANGUAGE_FR), span_of("nl")));
	w.in[LANGUAGE_EN] = span_of("en");
	assert_true(span_equal(words_in(&w, LANGUAGE_FR), span_of("en")));
	w.in[LANGUAGE_FR] = span_of("fr");
	assert_true(span_equal(words_in(&w, LANGUAGE_FR), span_of("fr")));
	assert_true(span_equal(words_in(&w, LANGUAGE_NL), span_of("nl")));
}

TEST(codes_of_the_list_have_their_numbers)
{
	UNUSED(state);
	assert_int_equal(code_index(role_codes, ROLES, span_of("vip")), ROLE_VIP);
	assert_int_equal(code_index(role_codes, ROLES, span_of("partner")), ROLE_PARTNER);
	assert_int_equal(code_index(role_codes, ROLES, span_of("VIP")), -1);
	assert_int_equal(code_index(language_codes, LANGUAGES, span_of("nl")), LANGUAGE_NL);
	assert_int_equal(
		code_index(activity_kind_codes, ACTIVITY_KINDS, span_of("b2b")), ACTIVITY_B2B);
	assert_int_equal(code_index(access_codes, ACCESSES, span_of("invited")), ACCESS_INVITED);
	assert_int_equal(code_index(booking_status_codes, BOOKING_STATUSES, span_of("waiting")),
		BOOKING_WAITING);
	assert_int_equal(code_index(role_codes, ROLES, (struct span){0}), -1);
}

TEST(wiping_a_visit_leaves_zeros)
{
	static const struct visit nothing;
	UNUSED(state);

	memset(&v, 0x55, sizeof(v));
	v.booking_count = VISIT_BOOKINGS;
	v.meeting_count = VISIT_MEETINGS;
	v.object_count = VISIT_OBJECTS;
	v.memory_used = VISIT_MEMORY;
	visit_wipe(&v);
	assert_memory_equal(v.memory, nothing.memory, VISIT_MEMORY);
	assert_memory_equal(&v, &nothing, sizeof(v));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_name_is_shown_in_its_own_order),
	cmocka_unit_test(a_name_of_one_word_stands_alone),
	cmocka_unit_test(a_display_name_is_shown_as_it_is),
	cmocka_unit_test(a_name_is_never_cut),
	cmocka_unit_test(a_missing_language_falls_back_on_english_french_dutch_german),
	cmocka_unit_test(codes_of_the_list_have_their_numbers),
	cmocka_unit_test(wiping_a_visit_leaves_zeros),
};
RUN_TESTS(tests)
