/* The catalogues, and their reader against damage. */
#include "test.h"

#include "words.h"

static uint32_t count_of(struct span mo)
{
	return load_u32(mo.p + 8);
}

/* Key i of a catalogue; they are NUL-terminated in the file. */
static const char *key_at(struct span mo, uint32_t i)
{
	return (const char *)mo.p + load_u32(mo.p + load_u32(mo.p + 12) + 8 * i + 4);
}

TEST(every_text_is_translated_into_every_language)
{
	struct span en = words_catalogue(LANGUAGE_EN);
	assert_true(count_of(en) > 100);
	for (int l = 0; l < LANGUAGES; l++) {
		struct span mo = words_catalogue((enum language)l);
		assert_int_equal(count_of(mo), count_of(en));
		for (uint32_t i = 1; i < count_of(en); i++) {
			struct span text;
			assert_ok(words_find(mo, key_at(en, i), 0, &text));
			assert_true(span_is_utf8(text));
		}
	}
}

TEST(english_says_its_own_keys)
{
	struct span en = words_catalogue(LANGUAGE_EN);
	for (uint32_t i = 1; i < count_of(en); i++)
		assert_true(span_equal(say(LANGUAGE_EN, key_at(en, i)), span_of(key_at(en, i))));
}

/* Which of {1} to {9} stand in text, a bit each. */
static unsigned places(struct span text)
{
	unsigned seen = 0;
	for (size_t i = 0; i + 2 < text.n; i++) {
		if (text.p[i] == '{' && text.p[i + 2] == '}')
			seen |= 1u << (text.p[i + 1] - '0');
	}
	return seen;
}

TEST(every_translation_has_the_placeholders_of_its_key)
{
	struct span en = words_catalogue(LANGUAGE_EN);
	for (int l = 0; l < LANGUAGES; l++) {
		for (uint32_t i = 1; i < count_of(en); i++)
			assert_int_equal(places(say((enum language)l, key_at(en, i))),
				places(span_of(key_at(en, i))));
	}
}

TEST(no_two_languages_share_a_whole_sentence)
{
	struct span en = words_catalogue(LANGUAGE_EN);
	for (uint32_t i = 1; i < count_of(en); i++) {
		struct span key = span_of(key_at(en, i));
		for (int l = 0; l < LANGUAGES && key.n > 12; l++) {
			if (l != LANGUAGE_EN)
				assert_false(span_equal(say((enum language)l, key_at(en, i)), key));
		}
	}
}

TEST(a_text_that_no_catalogue_has_stays_english)
{
	assert_true(span_equal(say(LANGUAGE_FR, "No such text"), span_of("No such text")));
	assert_true(span_equal(say_many(LANGUAGE_FR, "one", "many", 2), span_of("many")));
}

/* Words of two translators for one thing: the one that was left. */
TEST(a_thing_has_one_name_in_a_language)
{
	static const struct {
		enum language language;
		const char *unwanted, *instead;
	} words[] = {
		{LANGUAGE_DE, "as Badge", "der Badge"},
		{LANGUAGE_DE, "ieses Badge ", "dieser Badge"},
		{LANGUAGE_DE, "Spätgast", "Neuer Gast"},
		{LANGUAGE_FR, "'", "’"},
		{LANGUAGE_FR, "PIN était", "Code PIN incorrect"},
		{LANGUAGE_FR, "carte du personnel", "carte de service"},
		{LANGUAGE_FR, "nvité tardif", "Nouvel invité"},
		{LANGUAGE_NL, "'", "’"},
		{LANGUAGE_NL, "geprint", "afgedrukt"},
		{LANGUAGE_NL, "rinten", "afdrukken"},
		{LANGUAGE_NL, "ate gast", "Nieuwe gast"},
		{LANGUAGE_NL, "kiosk", "zuil"},
	};

	for (size_t i = 0; i < COUNT(words); i++) {
		struct span mo = words_catalogue(words[i].language);
		for (uint32_t k = 1; k < count_of(mo); k++) {
			struct span text;
			for (uint32_t form = 0; form < 2; form++)
				if (words_find(mo, key_at(mo, k), form, &text) == OK &&
					memmem(text.p, text.n, words[i].unwanted,
						strlen(words[i].unwanted)))
					fail_msg("%s: %.*s: say %s",
						language_codes[words[i].language], (int)text.n,
						(const char *)text.p, words[i].instead);
		}
	}
}

TEST(plurals_follow_each_language)
{
	const char *one = "In {1} minute";
	const char *many = "In {1} minutes";
	assert_true(span_equal(say_many(LANGUAGE_EN, one, many, 0), span_of("In {1} minutes")));
	assert_true(span_equal(say_many(LANGUAGE_FR, one, many, 0), span_of("Dans {1} minute")));
	assert_true(span_equal(say_many(LANGUAGE_FR, one, many, 2), span_of("Dans {1} minutes")));
	assert_true(span_equal(say_many(LANGUAGE_DE, one, many, 1), span_of("In {1} Minute")));
	assert_true(span_equal(say_many(LANGUAGE_NL, one, many, 5), span_of("Over {1} minuten")));
}

static void assert_filled(const char *pattern, const struct span *args, size_t n, const char *want)
{
	uint8_t out[64];
	struct sink k = sink_on(out, sizeof(out));
	say_fill(&k, span_of(pattern), args, n);
	assert_true(span_equal((struct span){out, k.n}, span_of(want)));
}

TEST(placeholders_are_filled_in_any_order)
{
	struct span args[] = {span_of("A"), span_of("B")};
	assert_filled("{2} then {1}, {2}.", args, 2, "B then A, B.");
	assert_filled("{1}{2}", args, 2, "AB");
	assert_filled("no more {1}", args, 0, "no more ");
}

TEST(what_only_looks_like_a_placeholder_stays)
{
	struct span args[] = {span_of("A")};
	assert_filled("{0} {a} { {1", args, 1, "{0} {a} { {1");
	assert_filled("", args, 1, "");
}

TEST(an_argument_is_never_read_as_a_pattern)
{
	struct span args[] = {span_of("{2}"), span_of("B")};
	assert_filled("{1}", args, 2, "{2}");
}

TEST(a_catalogue_cut_anywhere_never_reads_past_its_end)
{
	struct span whole = words_catalogue(LANGUAGE_FR);
	uint8_t *copy = malloc(whole.n);
	assert_non_null(copy);
	for (size_t n = 0; n < whole.n; n += 7) {
		uint8_t *exact = malloc(n + 1);
		assert_non_null(exact);
		memcpy(exact, whole.p, n);
		struct span text;
		enum err err = words_find((struct span){exact, n}, "Welcome", 0, &text);
		assert_true(err == OK || err == ERR_FORMAT || err == ERR_ABSENT);
		free(exact);
	}
	free(copy);
}

TEST(a_damaged_catalogue_is_told)
{
	struct span whole = words_catalogue(LANGUAGE_DE);
	uint8_t *copy = malloc(whole.n);
	assert_non_null(copy);
	struct span mo = {copy, whole.n};
	struct span text;
	memcpy(copy, whole.p, whole.n);
	copy[0] ^= 1;
	assert_err(words_find(mo, "Welcome", 0, &text), ERR_FORMAT);
	memcpy(copy, whole.p, whole.n);
	store_u32(copy + 12, UINT32_MAX);
	assert_err(words_find(mo, "Welcome", 0, &text), ERR_FORMAT);
	memcpy(copy, whole.p, whole.n);
	store_u32(copy + 8, UINT32_MAX);
	assert_err(words_find(mo, "Welcome", 0, &text), ERR_FORMAT);
	free(copy);
}

TEST(a_form_that_is_not_there_is_absent)
{
	struct span text;
	struct span mo = words_catalogue(LANGUAGE_EN);
	assert_err(words_find(mo, "In {1} minute", 7, &text), ERR_ABSENT);
	assert_err(words_find(mo, "zzz", 0, &text), ERR_ABSENT);
}

TEST(each_language_is_called_by_its_own_name)
{
	assert_string_equal(language_name(LANGUAGE_DE), "Deutsch");
	assert_string_equal(language_name(LANGUAGE_EN), "English");
	assert_string_equal(language_name(LANGUAGE_FR), "Français");
	assert_string_equal(language_name(LANGUAGE_NL), "Nederlands");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_text_is_translated_into_every_language),
	cmocka_unit_test(english_says_its_own_keys),
	cmocka_unit_test(every_translation_has_the_placeholders_of_its_key),
	cmocka_unit_test(no_two_languages_share_a_whole_sentence),
	cmocka_unit_test(a_text_that_no_catalogue_has_stays_english),
	cmocka_unit_test(a_thing_has_one_name_in_a_language),
	cmocka_unit_test(plurals_follow_each_language),
	cmocka_unit_test(placeholders_are_filled_in_any_order),
	cmocka_unit_test(what_only_looks_like_a_placeholder_stays),
	cmocka_unit_test(an_argument_is_never_read_as_a_pattern),
	cmocka_unit_test(a_catalogue_cut_anywhere_never_reads_past_its_end),
	cmocka_unit_test(a_damaged_catalogue_is_told),
	cmocka_unit_test(a_form_that_is_not_there_is_absent),
	cmocka_unit_test(each_language_is_called_by_its_own_name),
};

RUN_TESTS(tests)
