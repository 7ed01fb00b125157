/* Wedges: every code comes back as it was printed, whatever layout the scanner is set to. */
#include "test.h"

#include "help/typist.h"
#include "token.h"
#include "wedge.h"

#include <linux/input-event-codes.h>

enum { TOKENS_TRIED = 1000, PRESSES = 4 * 600 + 2 };

static const char code[] = "ZQM10123456789ABCDEFGHJKMNPQRSTVWXYZ";

static enum err type(struct wedge *w, const struct press *p, size_t n, struct scan *out)
{
	enum err e = ERR_ABSENT;

	for (size_t i = 0; i < n && e != OK; i++)
		e = wedge_key(w, p[i].key, p[i].value, (int64_t)i, out);
	return e;
}

static enum err type_text(
	struct wedge *w, const struct typist *t, const char *text, struct scan *out)
{
	static struct press presses[PRESSES];
	return type(w, presses, typist_type(t, text, true, presses), out);
}

static void assert_scan(const struct scan *s, enum scan_kind kind, const char *text)
{
	assert_int_equal(s->kind, kind);
	assert_string_equal(s->text, text);
	assert_int_equal(s->n, strlen(text));
}

static void random_token(unsigned *seed, char out[static TOKEN_TEXT + 1])
{
	struct token t;

	for (size_t i = 0; i < sizeof(t.secret); i++)
		t.secret[i] = (uint8_t)rand_r(seed);
	t.kind = (uint8_t)(1 + rand_r(seed) % 3);
	t.epoch = (uint8_t)rand_r(seed);
	token_text(&t, out);
}

/* All random tokens typed by t come back exactly. */
static void comes_back(struct typist t)
{
	unsigned seed = 7;
	char text[TOKEN_TEXT + 1];
	struct scan out;
	struct wedge w;

	wedge_init(&w);
	for (int i = 0; i < TOKENS_TRIED; i++) {
		random_token(&seed, text);
		assert_ok(type_text(&w, &t, text, &out));
		assert_scan(&out, SCAN_CODE, text);
	}
}

TEST(a_thousand_tokens_come_back_from_a_us_scanner)
{
	UNUSED(state);
	comes_back((struct typist){.layout = TYPIST_US});
}

TEST(a_thousand_tokens_come_back_from_a_uk_scanner)
{
	UNUSED(state);
	comes_back((struct typist){.layout = TYPIST_UK});
}

TEST(a_thousand_tokens_come_back_from_a_german_scanner)
{
	UNUSED(state);
	comes_back((struct typist){.layout = TYPIST_DE});
}

TEST(a_thousand_tokens_come_back_from_a_french_scanner)
{
	UNUSED(state);
	comes_back((struct typist){.layout = TYPIST_FR});
}

TEST(a_thousand_tokens_come_back_from_a_belgian_scanner)
{
	UNUSED(state);
	comes_back((struct typist){.layout = TYPIST_BE});
}

TEST(a_scanner_that_sends_no_shift_is_understood)
{
	UNUSED(state);
	for (int layout = 0; layout < TYPISTS; layout++)
		comes_back((struct typist){.layout = layout, .no_shift = true});
}

TEST(a_scanner_that_believes_in_caps_lock_is_understood)
{
	UNUSED(state);
	for (int layout = 0; layout < TYPISTS; layout++)
		comes_back((struct typist){.layout = layout, .caps_lock = true});
}

TEST(caps_lock_pressed_around_a_code_changes_nothing)
{
	static const struct press caps[] = {{KEY_CAPSLOCK, 1}, {KEY_CAPSLOCK, 0}};
	struct scan out;
	struct wedge w;
	UNUSED(state);

	wedge_init(&w);
	for (int i = 0; i < 3; i++) {
		assert_err(type(&w, caps, COUNT(caps), &out), ERR_ABSENT);
		assert_ok(type_text(&w, &(struct typist){.layout = TYPIST_BE}, code, &out));
		assert_scan(&out, SCAN_CODE, code);
	}
}

TEST(scanners_of_different_layouts_may_take_turns)
{
	struct scan out;
	struct wedge w;
	UNUSED(state);

	wedge_init(&w);
	for (int i = 0; i < 25; i++) {
		assert_ok(type_text(&w, &(struct typist){.layout = i * 3 % TYPISTS}, code, &out));
		assert_scan(&out, SCAN_CODE, code);
	}
}

TEST(the_family_is_remembered_for_foreign_codes)
{
	const struct typist french = {.layout = TYPIST_FR};
	struct scan out;
	struct wedge w;
	UNUSED(state);

	wedge_init(&w);
	assert_ok(type_text(&w, &french, "AZ42", &out));
	assert_scan(&out, SCAN_FOREIGN, "QW$@");
	assert_ok(type_text(&w, &french, code, &out));
	assert_ok(type_text(&w, &french, "AZ42", &out));
	assert_scan(&out, SCAN_FOREIGN, "AZ42");
}

TEST(a_foreign_code_keeps_its_case_and_signs)
{
	static const struct press url[] = {{KEY_H, 1}, {KEY_LEFTSHIFT, 1}, {KEY_T, 1},
		{KEY_SEMICOLON, 1}, {KEY_LEFTSHIFT, 0}, {KEY_SLASH, 1}, {KEY_2, 1}, {KEY_ENTER, 1}};
	struct scan out;
	struct wedge w;
	UNUSED(state);

	wedge_init(&w);
	assert_ok(type(&w, url, COUNT(url), &out));
	assert_scan(&out, SCAN_FOREIGN, "hT:/2");
}

TEST(a_code_with_a_sign_in_it_is_foreign)
{
	struct scan out;
	struct wedge w;
	UNUSED(state);

	wedge_init(&w);
	assert_ok(type_text(&w, &(struct typist){.layout = TYPIST_US}, "ZQM1ABC/DEF", &out));
	assert_int_equal(out.kind, SCAN_FOREIGN);
}

TEST(a_torn_magic_is_foreign)
{
	struct scan out;
	struct wedge w;
	UNUSED(state);

	wedge_init(&w);
	assert_ok(type_text(&w, &(struct typist){.layout = TYPIST_US}, "ZQM", &out));
	assert_scan(&out, SCAN_FOREIGN, "ZQM");
	assert_ok(type_text(&w, &(struct typist){.layout = TYPIST_US}, "QM1ABCD", &out));
	assert_int_equal(out.kind, SCAN_FOREIGN);
}

TEST(a_symbology_prefix_is_dropped)
{
	static const struct press aim[] = {{KEY_RIGHTBRACE, 1}, {KEY_RIGHTBRACE, 0},
		{KEY_LEFTSHIFT, 1}, {KEY_Q, 1}, {KEY_Q, 0}, {KEY_LEFTSHIFT, 0}, {KEY_1, 1}};
	struct scan out;
	struct wedge w;
	UNUSED(state);

	wedge_init(&w);
	assert_err(type(&w, aim, COUNT(aim), &out), ERR_ABSENT);
	assert_ok(type_text(&w, &(struct typist){.layout = TYPIST_US}, code, &out));
	assert_scan(&out, SCAN_CODE, code);
}

TEST(the_longest_signed_code_fits)
{
	char text[WEDGE_TEXT + 1];
	struct scan out;
	struct wedge w;
	UNUSED(state);

	memset(text, 'A', sizeof(text));
	memcpy(text, "ZQM1", 4);
	text[WEDGE_TEXT] = '\0';
	wedge_init(&w);
	assert_ok(type_text(&w, &(struct typist){.layout = TYPIST_FR}, text, &out));
	assert_scan(&out, SCAN_CODE, text);
}

TEST(three_kilobytes_of_garbage_are_one_answer)
{
	struct scan out;
	struct wedge w;
	UNUSED(state);

	wedge_init(&w);
	for (int i = 0; i < 3072; i++)
		assert_err(wedge_key(&w, KEY_Q + (unsigned)i % 10, 1, i, &out), ERR_ABSENT);
	assert_ok(wedge_key(&w, KEY_ENTER, 1, 3072, &out));
	assert_scan(&out, SCAN_LONG, "");
	assert_ok(type_text(&w, &(struct typist){.layout = TYPIST_US}, code, &out));
	assert_scan(&out, SCAN_CODE, code);
}

TEST(enter_alone_is_nothing)
{
	struct scan out;
	struct wedge w;
	UNUSED(state);

	wedge_init(&w);
	assert_err(wedge_key(&w, KEY_ENTER, 1, 0, &out), ERR_ABSENT);
	assert_err(wedge_key(&w, KEY_TAB, 1, 0, &out), ERR_ABSENT);
}

TEST(tab_and_keypad_enter_end_a_code_too)
{
	static const unsigned ends[] = {KEY_TAB, KEY_KPENTER};
	struct press presses[200];
	struct scan out;
	struct wedge w;
	UNUSED(state);

	wedge_init(&w);
	for (size_t i = 0; i < COUNT(ends); i++) {
		size_t n = typist_type(&(struct typist){.layout = TYPIST_US}, code, false, presses);
		assert_err(type(&w, presses, n, &out), ERR_ABSENT);
		assert_ok(wedge_key(&w, ends[i], 1, 1000, &out));
		assert_scan(&out, SCAN_CODE, code);
	}
}

TEST(silence_ends_a_code_without_enter)
{
	struct press presses[200];
	struct scan out;
	struct wedge w;
	UNUSED(state);

	wedge_init(&w);
	assert_err(wedge_quiet(&w, 100000, &out), ERR_ABSENT);
	size_t n = typist_type(&(struct typist){.layout = TYPIST_DE}, code, false, presses);
	assert_err(type(&w, presses, n, &out), ERR_ABSENT);
	int64_t last = (int64_t)n - 1;
	assert_err(wedge_quiet(&w, last + WEDGE_QUIET_MS - 1, &out), ERR_ABSENT);
	assert_ok(wedge_quiet(&w, last + WEDGE_QUIET_MS, &out));
	assert_scan(&out, SCAN_CODE, code);
	assert_err(wedge_quiet(&w, last + 10 * WEDGE_QUIET_MS, &out), ERR_ABSENT);
}

TEST(kernel_repeats_are_not_typed)
{
	struct press presses[200];
	struct scan out, ignored;
	struct wedge w;
	UNUSED(state);

	wedge_init(&w);
	size_t n = typist_type(&(struct typist){.layout = TYPIST_US}, code, true, presses);
	enum err e = ERR_ABSENT;
	for (size_t i = 0; i < n && e != OK; i++) {
		e = wedge_key(&w, presses[i].key, presses[i].value, (int64_t)i, &out);
		if (e != OK)
			assert_err(
				wedge_key(&w, presses[i].key, 2, (int64_t)i, &ignored), ERR_ABSENT);
	}
	assert_ok(e);
	assert_scan(&out, SCAN_CODE, code);
}

TEST(a_code_cannot_command)
{
	static const struct press keys[] = {{KEY_LEFTCTRL, 1}, {KEY_O, 1}, {KEY_O, 0},
		{KEY_LEFTCTRL, 0}, {KEY_LEFTALT, 1}, {KEY_F4, 1}, {KEY_X, 1}, {KEY_LEFTALT, 0},
		{KEY_LEFTMETA, 1}, {KEY_R, 1}, {KEY_LEFTMETA, 0}, {KEY_F1, 1}, {KEY_ESC, 1},
		{KEY_RIGHTALT, 1}, {KEY_E, 1}, {KEY_RIGHTALT, 0}, {KEY_A, 1}, {KEY_ENTER, 1}};
	struct scan out;
	struct wedge w;
	UNUSED(state);

	wedge_init(&w);
	assert_ok(type(&w, keys, COUNT(keys), &out));
	assert_scan(&out, SCAN_FOREIGN, "a");
}

TEST(digits_from_the_keypad_count)
{
	struct scan out;
	struct wedge w;
	UNUSED(state);

	wedge_init(&w);
	assert_err(type(&w,
			   (struct press[]){{KEY_Z, 1}, {KEY_Q, 1}, {KEY_M, 1}, {KEY_KP1, 1},
				   {KEY_KP0, 1}, {KEY_KP9, 1}},
			   6, &out),
		ERR_ABSENT);
	assert_ok(wedge_key(&w, KEY_ENTER, 1, 9, &out));
	assert_scan(&out, SCAN_CODE, "ZQM109");
}

static void type_alt(struct wedge *w, unsigned number, struct scan *out)
{
	static const unsigned pad[] = {KEY_KP0, KEY_KP1, KEY_KP2, KEY_KP3, KEY_KP4, KEY_KP5,
		KEY_KP6, KEY_KP7, KEY_KP8, KEY_KP9};
	const unsigned digits[] = {0, number / 100 % 10, number / 10 % 10, number % 10};

	assert_err(wedge_key(w, KEY_LEFTALT, 1, 0, out), ERR_ABSENT);
	for (size_t i = 0; i < COUNT(digits); i++)
		assert_err(wedge_key(w, pad[digits[i]], 1, 0, out), ERR_ABSENT);
	assert_err(wedge_key(w, KEY_LEFTALT, 0, 0, out), ERR_ABSENT);
}

TEST(alt_mode_is_understood)
{
	struct scan out;
	struct wedge w;
	UNUSED(state);

	wedge_init(&w);
	for (const char *c = code; *c; c++)
		type_alt(&w, (unsigned char)*c, &out);
	type_alt(&w, 7, &out);
	type_alt(&w, 999, &out);
	assert_ok(wedge_key(&w, KEY_ENTER, 1, 0, &out));
	assert_scan(&out, SCAN_CODE, code);
}

TEST(a_reset_forgets_half_a_code_and_keeps_the_family)
{
	struct press presses[200];
	struct scan out;
	struct wedge w;
	UNUSED(state);

	wedge_init(&w);
	assert_ok(type_text(&w, &(struct typist){.layout = TYPIST_DE}, code, &out));
	size_t n = typist_type(&(struct typist){.layout = TYPIST_DE}, code, false, presses);
	assert_err(type(&w, presses, n / 2, &out), ERR_ABSENT);
	wedge_reset(&w);
	assert_int_equal(w.n, 0);
	assert_int_equal(w.family, WEDGE_QWERTZ);
	static const uint8_t zeros[sizeof(w.keys)];
	assert_memory_equal(w.keys, zeros, sizeof(zeros));
}

TEST(random_keys_never_make_a_code_longer_than_its_bound)
{
	unsigned seed = 3;
	struct scan out;
	struct wedge w;
	UNUSED(state);

	wedge_init(&w);
	for (int i = 0; i < 200000; i++) {
		unsigned key = (unsigned)rand_r(&seed) % 0x300;
		if (wedge_key(&w, key, rand_r(&seed) % 4 - 1, i, &out) == OK)
			assert_true(out.n <= WEDGE_TEXT && out.text[out.n] == '\0');
	}
}

static void undoes(const char *typed)
{
	struct scan out;

	assert_ok(wedge_undo_text(span_of(typed), &out));
	assert_scan(&out, SCAN_CODE, code);
}

TEST(text_that_is_right_stays_and_small_letters_grow)
{
	UNUSED(state);
	undoes(code);
	undoes("zqm10123456789abcdefghjkmnpqrstvwxyz");
}

/* Written down by hand from the keyboards' pictures. */
TEST(a_us_scanner_on_a_french_computer_is_undone)
{
	UNUSED(state);
	undoes("WA?&à&é\"'(-è_çQBCDEFGHJK?NPARSTVZXYW");
	undoes("wa,&à&é\"'(-è_çqbcdefghjk,nparstvzxyw");
}

TEST(a_us_scanner_on_a_belgian_computer_is_undone)
{
	UNUSED(state);
	undoes("WA?&à&é\"'(§è!çQBCDEFGHJK?NPARSTVZXYW");
}

TEST(a_us_scanner_on_a_german_computer_is_undone)
{
	UNUSED(state);
	undoes("YQM10123456789ABCDEFGHJKMNPQRSTVWXZY");
}

TEST(a_french_scanner_on_a_us_computer_is_undone)
{
	UNUSED(state);
	undoes("WA:!)!@#$%^&*(QBCDEFGHJK:NPARSTVZXYW");
}

TEST(a_belgian_scanner_on_a_uk_computer_is_undone)
{
	UNUSED(state);
	undoes("WA:!)!\"£$%^&*(QBCDEFGHJK:NPARSTVZXYW");
}

TEST(a_belgian_scanner_on_a_german_computer_is_undone)
{
	UNUSED(state);
	undoes("WAÖ!=!\"§$%&/()QBCDEFGHJKÖNPARSTVYXZW");
}

TEST(a_german_scanner_on_a_french_computer_is_undone)
{
	UNUSED(state);
	undoes("YA?&à&é\"'(-è_çQBCDEFGHJK?NPARSTVZXWY");
}

TEST(text_loses_blanks_and_prefix_around_it)
{
	UNUSED(state);
	undoes("  ZQM10123456789ABCDEFGHJKMNPQRSTVWXYZ\r\n");
	undoes("]Q1ZQM10123456789ABCDEFGHJKMNPQRSTVWXYZ");
	undoes("$A&WA?&à&é\"'(-è_çQBCDEFGHJK?NPARSTVZXYW");
}

TEST(other_text_is_foreign_and_printable)
{
	struct scan out;
	UNUSED(state);

	assert_err(
		wedge_undo_text(span_of("https://example.org/\xff\x1b[2J\xc3\xa9\xc2\x9b"), &out),
		ERR_ABSENT);
	assert_scan(&out, SCAN_FOREIGN, "https://example.org/[2J\xc3\xa9");
	assert_err(wedge_undo_text(span_of(""), &out), ERR_ABSENT);
	assert_scan(&out, SCAN_FOREIGN, "");
	assert_err(wedge_undo_text(span_of("ZQM"), &out), ERR_ABSENT);
	assert_err(wedge_undo_text(span_of("]Q"), &out), ERR_ABSENT);
}

TEST(broken_utf_8_is_left_out)
{
	static const char *const broken[] = {"\xc3", "\xe0\x80\x80", "\xed\xa0\x80",
		"\xf4\x90\x80\x80", "\xf0\x9f\x98", "\xe2\x82\x28", "\x80"};
	struct scan out;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(broken); i++) {
		assert_err(wedge_undo_text(span_of(broken[i]), &out), ERR_ABSENT);
		for (size_t k = 0; k < out.n; k++)
			assert_in_range(out.text[k], 0x20, 0x7e);
	}
	assert_err(wedge_undo_text(span_of("\xf0\x9f\x98\x80"), &out), ERR_ABSENT);
	assert_scan(&out, SCAN_FOREIGN, "\xf0\x9f\x98\x80");
}

TEST(text_beyond_the_bound_is_too_long)
{
	static char text[3073];
	struct scan out;
	UNUSED(state);

	memset(text, 'x', sizeof(text) - 1);
	assert_err(wedge_undo_text(span_of(text), &out), ERR_FULL);
	assert_scan(&out, SCAN_LONG, "");
	memcpy(text, "ZQM1", 4);
	text[WEDGE_TEXT] = '\0';
	assert_ok(wedge_undo_text(span_of(text), &out));
	assert_int_equal(out.n, WEDGE_TEXT);
	text[WEDGE_TEXT] = 'x';
	text[WEDGE_TEXT + 1] = '\0';
	assert_err(wedge_undo_text(span_of(text), &out), ERR_FULL);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_thousand_tokens_come_back_from_a_us_scanner),
	cmocka_unit_test(a_thousand_tokens_come_back_from_a_uk_scanner),
	cmocka_unit_test(a_thousand_tokens_come_back_from_a_german_scanner),
	cmocka_unit_test(a_thousand_tokens_come_back_from_a_french_scanner),
	cmocka_unit_test(a_thousand_tokens_come_back_from_a_belgian_scanner),
	cmocka_unit_test(a_scanner_that_sends_no_shift_is_understood),
	cmocka_unit_test(a_scanner_that_believes_in_caps_lock_is_understood),
	cmocka_unit_test(caps_lock_pressed_around_a_code_changes_nothing),
	cmocka_unit_test(scanners_of_different_layouts_may_take_turns),
	cmocka_unit_test(the_family_is_remembered_for_foreign_codes),
	cmocka_unit_test(a_foreign_code_keeps_its_case_and_signs),
	cmocka_unit_test(a_code_with_a_sign_in_it_is_foreign),
	cmocka_unit_test(a_torn_magic_is_foreign),
	cmocka_unit_test(a_symbology_prefix_is_dropped),
	cmocka_unit_test(the_longest_signed_code_fits),
	cmocka_unit_test(three_kilobytes_of_garbage_are_one_answer),
	cmocka_unit_test(enter_alone_is_nothing),
	cmocka_unit_test(tab_and_keypad_enter_end_a_code_too),
	cmocka_unit_test(silence_ends_a_code_without_enter),
	cmocka_unit_test(kernel_repeats_are_not_typed),
	cmocka_unit_test(a_code_cannot_command),
	cmocka_unit_test(digits_from_the_keypad_count),
	cmocka_unit_test(alt_mode_is_understood),
	cmocka_unit_test(a_reset_forgets_half_a_code_and_keeps_the_family),
	cmocka_unit_test(random_keys_never_make_a_code_longer_than_its_bound),
	cmocka_unit_test(text_that_is_right_stays_and_small_letters_grow),
	cmocka_unit_test(a_us_scanner_on_a_french_computer_is_undone),
	cmocka_unit_test(a_us_scanner_on_a_belgian_computer_is_undone),
	cmocka_unit_test(a_us_scanner_on_a_german_computer_is_undone),
	cmocka_unit_test(a_french_scanner_on_a_us_computer_is_undone),
	cmocka_unit_test(a_belgian_scanner_on_a_uk_computer_is_undone),
	cmocka_unit_test(a_belgian_scanner_on_a_german_computer_is_undone),
	cmocka_unit_test(a_german_scanner_on_a_french_computer_is_undone),
	cmocka_unit_test(text_loses_blanks_and_prefix_around_it),
	cmocka_unit_test(other_text_is_foreign_and_printable),
	cmocka_unit_test(broken_utf_8_is_left_out),
	cmocka_unit_test(text_beyond_the_bound_is_too_long),
};

RUN_TESTS(tests)
