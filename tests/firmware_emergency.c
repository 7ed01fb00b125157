/* An emergency's words: written and read alike, in one language or four, and nothing else is read. */
#include "test.h"

#include "emergency.h"

static uint8_t bytes[STAFF_SAID];
static size_t n;

static struct emergency four(void)
{
	return (struct emergency){
		.in = {
			[LANGUAGE_DE] = span_of("Bitte zum Nordausgang"),
			[LANGUAGE_EN] = span_of("Please use the north door"),
			[LANGUAGE_FR] = span_of("Sortez par la porte nord, s’il vous plaît"),
			[LANGUAGE_NL] = span_of("Gelieve de noorddeur te gebruiken"),
		}};
}

static void assert_same(const struct emergency *e)
{
	struct emergency got;

	assert_ok(emergency_write(e, bytes, &n));
	assert_ok(emergency_read(&got, (struct span){bytes, n}));
	assert_true(span_equal(got.everybody, e->everybody));
	for (size_t i = 0; i < LANGUAGES; i++)
		assert_true(span_equal(got.in[i], e->in[i]) && !got.in[i].p == !e->in[i].p);
}

static enum err read_text(const char *said)
{
	static const struct emergency nothing;
	struct emergency got;
	enum err e = emergency_read(&got, span_of(said));

	if (e)
		assert_memory_equal(&got, &nothing, sizeof(got));
	return e;
}

TEST(one_text_is_for_everybody_and_stands_as_it_is)
{
	struct emergency e = {.everybody = span_of("Leave by the north door")};

	assert_same(&e);
	assert_int_equal(n, strlen("Leave by the north door"));
	assert_memory_equal(bytes, "Leave by the north door", n);
}

TEST(each_language_has_its_own_text_and_none_needs_all)
{
	struct emergency e = four();

	assert_same(&e);
	for (size_t i = 0; i < LANGUAGES; i++) {
		struct emergency one = {0};
		one.in[i] = e.in[i];
		assert_same(&one);
	}
	e.in[LANGUAGE_EN] = (struct span){0};
	assert_same(&e);
	e = (struct emergency){
		.in[LANGUAGE_FR] = span_of("Sortez"), .in[LANGUAGE_NL] = span_of("Weg")};
	assert_same(&e);
	assert_memory_equal(bytes, "fr\tSortez\nnl\tWeg", n);
}

TEST(no_text_says_that_it_is_over)
{
	const struct emergency over = {0};

	assert_ok(emergency_write(&over, bytes, &n));
	assert_int_equal(n, 0);
	assert_err(read_text(""), ERR_ABSENT);
}

TEST(a_text_is_bounded_and_holds_no_control_character)
{
	static const struct {
		const char *text;
		enum err want;
	} rows[] = {
		{"Feueralarm: bitte zum Hof, крышу не трогать 火", OK},
		{"", ERR_ABSENT},
		{"   ", ERR_ABSENT},
		{"one\ntwo", ERR_FORMAT},
		{"one\ttwo", ERR_FORMAT},
		{"bell\a", ERR_FORMAT},
		{"\x7f", ERR_FORMAT},
		{"\xc2\x9b"
		 "31m",
			ERR_FORMAT},
		{"line\xe2\x80\xa8separator", ERR_FORMAT},
		{"paragraph\xe2\x80\xa9separator", ERR_FORMAT},
		{"torn \xc3", ERR_FORMAT},
		{"surrogate \xed\xa0\x80", ERR_FORMAT},
	};
	char longest[EMERGENCY_TEXT + 2];

	for (size_t i = 0; i < COUNT(rows); i++)
		assert_err(emergency_text(span_of(rows[i].text)), rows[i].want);
	memset(longest, 'x', sizeof(longest));
	assert_ok(emergency_text((struct span){(uint8_t *)longest, EMERGENCY_TEXT}));
	assert_err(emergency_text((struct span){(uint8_t *)longest, EMERGENCY_TEXT + 1}), ERR_FULL);
}

TEST(what_no_writer_writes_is_refused)
{
	static const char *const wrong[] = {
		"xx\tText",
		"FR\tText",
		"fr\t",
		"fr\t ",
		"fr\tText\n",
		"\nfr\tText",
		"fr\tText\n\nnl\tTekst",
		"fr\tText\nfr\tText",
		"nl\tTekst\nfr\tText",
		"Text\nfr\tText",
		"fr\tText\nText",
		"fr\tText\ttext",
		"fr\tTe\xc3",
		"\xff",
	};
	char four_long[4 * (EMERGENCY_TEXT + 4)];
	size_t at = 0;

	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_err(read_text(wrong[i]), ERR_FORMAT);
	for (size_t i = 0; i < LANGUAGES; i++)
		at += (size_t)sprintf(four_long + at, "%s%s\t%0*d", i ? "\n" : "",
			language_codes[i], EMERGENCY_TEXT, 0);
	assert_true(at > EMERGENCY_TOGETHER);
	assert_err(read_text(four_long), ERR_FORMAT);
}

TEST(what_does_not_fit_is_not_written)
{
	char text[EMERGENCY_TEXT + 1];
	struct emergency e = {0};

	memset(text, 'x', sizeof(text));
	struct span longest = {(uint8_t *)text, EMERGENCY_TEXT};
	e.in[LANGUAGE_DE] = e.in[LANGUAGE_EN] = longest;
	assert_ok(emergency_write(&e, bytes, &n));
	e.in[LANGUAGE_FR] = span_cut(longest, 0, EMERGENCY_TOGETHER - 2 * EMERGENCY_TEXT);
	assert_same(&e);
	e.in[LANGUAGE_FR].n++;
	assert_err(emergency_write(&e, bytes, &n), ERR_FULL);
	assert_int_equal(n, 0);
	e = (struct emergency){.everybody = {(uint8_t *)text, EMERGENCY_TEXT + 1}};
	assert_err(emergency_write(&e, bytes, &n), ERR_FULL);
	e = (struct emergency){.in[LANGUAGE_NL] = span_of(" ")};
	assert_err(emergency_write(&e, bytes, &n), ERR_ABSENT);
	e = (struct emergency){.in[LANGUAGE_NL] = span_of("a\nb")};
	assert_err(emergency_write(&e, bytes, &n), ERR_FORMAT);
	e = four();
	e.everybody = longest;
	assert_err(emergency_write(&e, bytes, &n), ERR_BUG);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(one_text_is_for_everybody_and_stands_as_it_is),
	cmocka_unit_test(each_language_has_its_own_text_and_none_needs_all),
	cmocka_unit_test(no_text_says_that_it_is_over),
	cmocka_unit_test(a_text_is_bounded_and_holds_no_control_character),
	cmocka_unit_test(what_no_writer_writes_is_refused),
	cmocka_unit_test(what_does_not_fit_is_not_written),
};

RUN_TESTS(tests)
