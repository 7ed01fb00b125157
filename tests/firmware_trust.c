/* Trust on disk, hexadecimal digits, and four words that two people compare. */
#include "four_words.h"
#include "help/scratch.h"
#include "help/small_roster.h"
#include "hex.h"
#include "test.h"
#include "trust.h"

#include <unistd.h>

#define ROOT "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static struct scratch dir;

static enum err read_text(const char *text, struct trust *t)
{
	const char *path = scratch_name(&dir, "trust");
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	memset(t, 0xaa, sizeof(*t));
	return trust_read(t, path);
}

TEST(digits_come_back_as_the_bytes_they_were)
{
	uint8_t bytes[256], back[256];
	char text[513];
	UNUSED(state);

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)i;
	hex_write((struct span){bytes, sizeof(bytes)}, text);
	assert_int_equal(strlen(text), 512);
	assert_ok(hex_read(span_of(text), back, sizeof(back)));
	assert_memory_equal(bytes, back, sizeof(bytes));
	assert_ok(hex_read(span_of("aBCdeF"), back, 3));
	assert_memory_equal(back, "\xab\xcd\xef", 3);
}

TEST(what_is_no_digit_or_too_few_or_many_is_refused)
{
	static const char *const wrong[] = {"", "0", "000", "00000", "0g00", "00 0", "+000", "0x00",
		"00\xc3\xa9", "@000", "`000", "/000", ":000"};
	uint8_t out[2];
	UNUSED(state);

	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_err(hex_read(span_of(wrong[i]), out, sizeof(out)), ERR_FORMAT);
}

TEST(trust_comes_back_as_it_was_written)
{
	struct trust t = {
		.known = true, .root = {1, 2, 3}, .epoch = UINT32_MAX, .sequence = UINT64_MAX};
	struct trust back;
	UNUSED(state);

	assert_ok(trust_write(&t, scratch_name(&dir, "trust")));
	assert_ok(trust_read(&back, dir.path));
	assert_true(back.known);
	assert_memory_equal(back.root, t.root, SEAL_PUBLIC);
	assert_int_equal(back.epoch, t.epoch);
	assert_true(back.sequence == t.sequence);
}

TEST(a_roots_public_key_alone_is_trust_from_the_beginning)
{
	static const char *const texts[] = {ROOT, ROOT "\n", ROOT "\r\n"};
	struct trust t;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(texts); i++) {
		assert_ok(read_text(texts[i], &t));
		assert_true(t.known);
		assert_int_equal(t.root[1], 0x11);
		assert_int_equal(t.epoch, 0);
		assert_true(t.sequence == 0);
	}
}

TEST(a_damaged_trust_file_is_trust_in_nobody)
{
	static const char *const texts[] = {"", "\n", "root\n", "root " ROOT "\n",
		"root " ROOT "\nepoch 1\n", "root " ROOT "\nepoch x\nsequence 1\n",
		"root 00\nepoch 1\nsequence 1\n", "root " ROOT "\nepoch 1\nsequence 1\nmore\n",
		ROOT "00\n", "root " ROOT "ff\nepoch 1\nsequence 1\n"};
	struct trust t;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(texts); i++) {
		assert_err(read_text(texts[i], &t), ERR_FORMAT);
		assert_false(t.known);
	}
}

TEST(a_trust_file_that_is_missing_or_endless_is_said_to_be_so)
{
	static char endless[2000];
	struct trust t;
	UNUSED(state);

	assert_err(trust_read(&t, scratch_name(&dir, "nothing")), ERR_ABSENT);
	memset(endless, '0', sizeof(endless) - 1);
	assert_err(read_text(endless, &t), ERR_FORMAT);
}

TEST(a_number_that_does_not_fit_never_becomes_a_smaller_one)
{
	static const char *const texts[] = {"root " ROOT "\nepoch 4294967296\nsequence 2\n",
		"root " ROOT "\nepoch 1\nsequence 18446744073709551616\n",
		"root " ROOT "\nepoch -1\nsequence 2\n", "root " ROOT "\nepoch 1\nsequence 2\n\n"};
	struct trust t;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(texts); i++) {
		assert_err(read_text(texts[i], &t), ERR_FORMAT);
		assert_false(t.known);
	}
}

TEST(nothing_hides_behind_a_nul_in_a_trust_file)
{
	static const char text[] = "root " ROOT "\nepoch 1\nsequence 2\n\0more";
	struct trust t;
	UNUSED(state);

	FILE *f = fopen(scratch_name(&dir, "trust"), "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, sizeof(text), f), sizeof(text));
	assert_int_equal(fclose(f), 0);
	assert_err(trust_read(&t, dir.path), ERR_FORMAT);
	assert_false(t.known);
}

TEST(trust_that_cannot_be_written_is_said_to_be_so)
{
	struct trust t = {.known = true};
	UNUSED(state);

	assert_err(trust_write(&t, scratch_name(&dir, "no/trust")), ERR_ABSENT);
}

TEST(trust_is_learnt_from_the_first_roster)
{
	struct small_roster s;
	struct roster r;
	UNUSED(state);

	small_roster_make(&s);
	small_roster_open(&s, &r);
	struct trust t = roster_trust(&r);
	assert_true(t.known);
	assert_int_equal(t.epoch, 1);
	assert_int_equal(t.sequence, 7);
	assert_memory_equal(t.root, r.root, SEAL_PUBLIC);
	small_roster_free(&s);
}

TEST(four_words_are_four_words_of_four_letters)
{
	char words[FOUR_WORDS];
	UNUSED(state);

	four_words(span_of("anything"), words);
	assert_int_equal(strlen(words), FOUR_WORDS - 1);
	for (size_t i = 0; i < FOUR_WORDS - 1; i++) {
		if (i % 5 == 4)
			assert_int_equal(words[i], ' ');
		else
			assert_non_null(strchr(i % 5 % 2 ? "aiou" : "bdfghklmnprstvwz", words[i]));
	}
}

TEST(other_bytes_give_other_words)
{
	char words[FOUR_WORDS], others[FOUR_WORDS];
	UNUSED(state);

	four_words(span_of("one root"), words);
	four_words(span_of("one root"), others);
	assert_string_equal(words, others);
	four_words(span_of("one rooT"), others);
	assert_string_not_equal(words, others);
}

static int start(void **state)
{
	UNUSED(state);
	scratch_make(&dir);
	return seal_start();
}

static int stop(void **state)
{
	UNUSED(state);
	scratch_remove(&dir);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(digits_come_back_as_the_bytes_they_were),
	cmocka_unit_test(what_is_no_digit_or_too_few_or_many_is_refused),
	cmocka_unit_test(trust_comes_back_as_it_was_written),
	cmocka_unit_test(a_roots_public_key_alone_is_trust_from_the_beginning),
	cmocka_unit_test(a_damaged_trust_file_is_trust_in_nobody),
	cmocka_unit_test(a_trust_file_that_is_missing_or_endless_is_said_to_be_so),
	cmocka_unit_test(a_number_that_does_not_fit_never_becomes_a_smaller_one),
	cmocka_unit_test(nothing_hides_behind_a_nul_in_a_trust_file),
	cmocka_unit_test(trust_that_cannot_be_written_is_said_to_be_so),
	cmocka_unit_test(trust_is_learnt_from_the_first_roster),
	cmocka_unit_test(four_words_are_four_words_of_four_letters),
	cmocka_unit_test(other_bytes_give_other_words),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
