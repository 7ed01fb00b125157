/* Tokens as text: one spelling out, many in, and nothing torn gets through. */
#include "seal.h"
#include "test.h"
#include "token.h"

static const struct token sample = {
	TOKEN_INVITATION, 1, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}};
static const char sample_text[] = "ZQM1040G00820C20A1G7104GM2RC1M70ZX25";

static enum err read_text(struct token *t, const char *text)
{
	return token_read(t, span_of(text));
}

static void assert_is_sample(const struct token *t)
{
	assert_int_equal(t->kind, sample.kind);
	assert_int_equal(t->epoch, sample.epoch);
	assert_memory_equal(t->secret, sample.secret, TOKEN_SECRET);
}

TEST(the_crc_is_ccitt_false)
{
	UNUSED(state);
	assert_int_equal(token_crc16(span_of("123456789")), 0x29b1);
}

TEST(a_token_has_the_text_that_the_format_says)
{
	char text[TOKEN_TEXT + 1];
	UNUSED(state);

	token_text(&sample, text);
	assert_string_equal(text, sample_text);
	assert_int_equal(strlen(text), TOKEN_TEXT);
}

TEST(text_comes_back_as_the_same_token)
{
	char text[TOKEN_TEXT + 1];
	struct token t = {0}, back;
	UNUSED(state);

	for (unsigned i = 0; i < 256; i++) {
		t.kind = (uint8_t)i;
		t.epoch = (uint8_t)(255 - i);
		t.secret[i % TOKEN_SECRET] ^= (uint8_t)(i * 37 + 1);
		token_text(&t, text);
		assert_ok(read_text(&back, text));
		assert_memory_equal(&t, &back, sizeof(t));
	}
}

TEST(a_person_may_type_small_letters_spaces_dashes_and_o_i_l)
{
	static const char *const spellings[] = {
		"zqm1040g00820c20a1g7104gm2rc1m70zx25",
		"ZQM1 040G 0082 0C20 A1G7 104G M2RC 1M70 ZX25",
		"ZQM1-040G-0082-0C20-A1G7-104G-M2RC-1M70-ZX25\r\n",
		"\tZQMIO4OGOO82OC2OAIG7LO4GM2RCiM7oZX25\n",
		"zqml040g00820c20alg7i04gm2rclm70zx25",
	};
	struct token t;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(spellings); i++) {
		assert_ok(read_text(&t, spellings[i]));
		assert_is_sample(&t);
	}
}

TEST(any_one_misread_digit_is_noticed)
{
	static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	char text[sizeof(sample_text)];
	struct token t;
	UNUSED(state);

	for (size_t at = 4; at < TOKEN_TEXT; at++)
		for (const char *c = alphabet; *c; c++) {
			strcpy(text, sample_text);
			if (text[at] == *c)
				continue;
			text[at] = *c;
			assert_err(read_text(&t, text), ERR_FORMAT);
		}
}

TEST(any_two_neighbours_that_changed_places_are_noticed)
{
	char text[sizeof(sample_text)];
	struct token t;
	UNUSED(state);

	for (size_t at = 4; at + 1 < TOKEN_TEXT; at++) {
		strcpy(text, sample_text);
		text[at] = sample_text[at + 1];
		text[at + 1] = sample_text[at];
		if (text[at] != text[at + 1])
			assert_err(read_text(&t, text), ERR_FORMAT);
	}
}

TEST(a_letter_outside_the_alphabet_is_refused)
{
	struct token t;
	UNUSED(state);

	assert_err(read_text(&t, "ZQM1U40G00820C20A1G7104GM2RC1M70ZX25"), ERR_FORMAT);
	assert_err(read_text(&t, "ZQM1*40G00820C20A1G7104GM2RC1M70ZX25"), ERR_FORMAT);
	assert_err(read_text(&t, "ZQM1\xff\x34\x30G00820C20A1G7104GM2RC1M70ZX25"), ERR_FORMAT);
}

TEST(a_torn_code_is_refused_at_every_length)
{
	struct token t;
	UNUSED(state);

	for (size_t n = 0; n < TOKEN_TEXT; n++)
		assert_err(token_read(&t, (struct span){(const uint8_t *)sample_text, n}),
			n < 4 ? ERR_ABSENT : ERR_FORMAT);
}

TEST(a_refused_text_leaves_no_token_behind)
{
	static const struct token nothing;
	struct token t;
	UNUSED(state);

	memset(&t, 0xaa, sizeof(t));
	assert_err(read_text(&t, "ZQM1040G00820C20A1G7104GM2RC1M70ZX26"), ERR_FORMAT);
	assert_memory_equal(&t, &nothing, sizeof(t));
}

TEST(other_peoples_codes_are_no_foyer_codes)
{
	struct token t;
	UNUSED(state);

	assert_err(read_text(&t, ""), ERR_ABSENT);
	assert_err(read_text(&t, "https://example.org/ticket/1"), ERR_ABSENT);
	assert_err(read_text(&t, "ZQM2040G00820C20A1G7104GM2RC1M70ZX25"), ERR_ABSENT);
	assert_err(token_read(&t, (struct span){0}), ERR_ABSENT);
}

TEST(a_longer_code_of_a_signed_kind_is_told_apart_from_a_spoilt_one)
{
	char text[200];
	struct token t;
	UNUSED(state);

	for (unsigned kind = 0; kind < 32; kind++) {
		memset(text, '7', sizeof(text));
		memcpy(text, "ZQM1", 4);
		text[4] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[kind >> 3];
		text[5] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[(kind & 7) << 2];
		text[sizeof(text) - 1] = '\0';
		bool is_signed = kind >= TOKEN_LATE && kind <= TOKEN_ENROLMENT;
		assert_err(read_text(&t, text), is_signed ? ERR_FULL : ERR_FORMAT);
	}
}

TEST(three_kilobytes_of_garbage_are_refused)
{
	static uint8_t garbage[3072];
	struct token t;
	UNUSED(state);

	for (size_t i = 0; i < sizeof(garbage); i++)
		garbage[i] = (uint8_t)(i * 131 + (i >> 5));
	assert_err(token_read(&t, (struct span){garbage, sizeof(garbage)}), ERR_ABSENT);
	memcpy(garbage, "ZQM1", 4);
	assert_err(token_read(&t, (struct span){garbage, sizeof(garbage)}), ERR_FORMAT);
	memset(garbage + 4, '4', sizeof(garbage) - 4);
	assert_err(token_read(&t, (struct span){garbage, sizeof(garbage)}), ERR_FORMAT);
}

TEST(a_label_is_the_hash_that_the_format_says)
{
	static const uint8_t want[] = {0xec, 0x1f, 0x4a, 0x98, 0x3d, 0x21, 0xfc, 0x22};
	uint8_t label[TOKEN_LABEL];
	UNUSED(state);

	token_label(&sample, label);
	assert_memory_equal(label, want, sizeof(want));
}

TEST(another_kind_or_epoch_has_another_label)
{
	uint8_t label[TOKEN_LABEL], changed[TOKEN_LABEL];
	UNUSED(state);

	token_label(&sample, label);
	for (unsigned i = 1; i < 256; i++) {
		struct token t = sample;
		t.kind ^= (uint8_t)i;
		token_label(&t, changed);
		assert_memory_not_equal(label, changed, TOKEN_LABEL);
		t.kind = sample.kind;
		t.epoch ^= (uint8_t)i;
		token_label(&t, changed);
		assert_memory_not_equal(label, changed, TOKEN_LABEL);
	}
}

TEST(every_kind_has_a_name)
{
	UNUSED(state);
	assert_string_equal(token_kind_name(TOKEN_INVITATION), "invitation");
	assert_string_equal(token_kind_name(TOKEN_BADGE), "badge");
	assert_string_equal(token_kind_name(TOKEN_CARD), "card");
	assert_string_equal(token_kind_name(TOKEN_ENROLMENT), "enrolment");
	assert_string_equal(token_kind_name(0), "unknown");
	assert_string_equal(token_kind_name(8), "unknown");
	assert_string_equal(token_kind_name(UINT32_MAX), "unknown");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(the_crc_is_ccitt_false),
	cmocka_unit_test(a_token_has_the_text_that_the_format_says),
	cmocka_unit_test(text_comes_back_as_the_same_token),
	cmocka_unit_test(a_person_may_type_small_letters_spaces_dashes_and_o_i_l),
	cmocka_unit_test(any_one_misread_digit_is_noticed),
	cmocka_unit_test(any_two_neighbours_that_changed_places_are_noticed),
	cmocka_unit_test(a_letter_outside_the_alphabet_is_refused),
	cmocka_unit_test(a_torn_code_is_refused_at_every_length),
	cmocka_unit_test(a_refused_text_leaves_no_token_behind),
	cmocka_unit_test(other_peoples_codes_are_no_foyer_codes),
	cmocka_unit_test(a_longer_code_of_a_signed_kind_is_told_apart_from_a_spoilt_one),
	cmocka_unit_test(three_kilobytes_of_garbage_are_refused),
	cmocka_unit_test(a_label_is_the_hash_that_the_format_says),
	cmocka_unit_test(another_kind_or_epoch_has_another_label),
	cmocka_unit_test(every_kind_has_a_name),
};
RUN_TESTS(tests)
