/* What stands where in a QR symbol, against the symbols that libqrencode makes; Reed-Solomon. */
#include "test.h"

#include "qr_layout.h"
#include "reed_solomon.h"

#include <qrencode.h>

static struct qr_layout layout;
static struct rs_field field;

/* A symbol of that version and level with a little text in it. */
static QRcode *symbol(int version, QRecLevel level)
{
	QRcode *code = QRcode_encodeString("ZQM1", version, level, QR_MODE_8, 1);

	assert_non_null(code);
	return code;
}

static bool dark(const QRcode *code, unsigned at)
{
	return code->data[at] & 1;
}

TEST(every_version_has_its_modules_where_a_writer_puts_them)
{
	for (unsigned version = 1; version <= QR_VERSIONS; version++) {
		QRcode *code = symbol((int)version, QR_ECLEVEL_L);

		qr_layout_make(&layout, version);
		assert_int_equal(layout.side, code->width);
		for (unsigned at = 0; at < layout.side * layout.side; at++) {
			bool data = (code->data[at] & 0x80) == 0;

			assert_int_equal(layout.kind[at] == QR_DATA, data);
			if (layout.kind[at] == QR_LIGHT || layout.kind[at] == QR_DARK)
				assert_int_equal(layout.kind[at] == QR_DARK, dark(code, at));
		}
		QRcode_free(code);
	}
}

/* The format that both copies of a writer's symbol tell; QR_FORMATS if they are no format. */
static unsigned format_of(const QRcode *code)
{
	unsigned format = 0, bits[2] = {0};

	for (unsigned copy = 0; copy < 2; copy++)
		for (unsigned i = 0; i < QR_FORMAT_BITS; i++)
			bits[copy] = bits[copy] << 1 | dark(code, layout.format[copy][i]);
	assert_int_equal(bits[0], bits[1]);
	while (format < QR_FORMATS && qr_format_bits(format) != bits[0])
		format++;
	return format;
}

TEST(every_block_of_every_version_and_level_checks)
{
	size_t wrong = 0;

	for (unsigned version = 1; version <= QR_VERSIONS; version++)
		for (QRecLevel level = QR_ECLEVEL_L; level <= QR_ECLEVEL_H; level++) {
			QRcode *code = symbol((int)version, level);
			struct qr_blocks b = {0};
			unsigned format = 0;

			qr_layout_make(&layout, version);
			format = format_of(code);
			assert_true(format < QR_FORMATS);
			b = qr_blocks_of(&layout, format);
			for (unsigned block = 0; block < b.blocks; block++) {
				uint8_t word[RS_WORD] = {0};
				unsigned n = b.data + (block >= b.few) + b.parity;

				for (unsigned i = 0; i < n * 8; i++) {
					unsigned at =
						layout.bit[qr_codeword_at(&b, block, i / 8) * 8 +
							   i % 8];
					bool bit =
						dark(code, at) ^ qr_masked(format, at % layout.side,
									 at / layout.side);

					word[i / 8] = (uint8_t)(word[i / 8] << 1 | bit);
				}
				assert_ok(rs_correct(&field, &(struct rs_word){word, n, b.parity},
					NULL, 0, b.parity, &wrong));
			}
			QRcode_free(code);
		}
}

/* A word of zeros is a word of every code; spoil some of it. */
static void spoil(
	uint8_t word[static RS_WORD], size_t n, uint8_t *places, size_t count, unsigned seed)
{
	memset(word, 0, RS_WORD);
	for (size_t i = 0; i < count;) {
		uint8_t at = (uint8_t)(((seed = seed * 1103515245 + 12345) >> 16) % n);

		if (word[at] != 0)
			continue;
		word[at] = (uint8_t)(1 + (seed >> 8) % 255);
		places[i++] = at;
	}
}

TEST(half_the_parity_is_how_many_wrong_bytes_are_put_right)
{
	uint8_t word[RS_WORD], places[RS_WORD];
	size_t wrong = 0;

	for (unsigned seed = 0; seed < 200; seed++)
		for (size_t errors = 0; errors <= 9; errors++) {
			spoil(word, 35, places, errors, seed);
			assert_ok(rs_correct(
				&field, &(struct rs_word){word, 35, 18}, NULL, 0, 0, &wrong));
			assert_int_equal(wrong, errors);
			for (size_t i = 0; i < 35; i++)
				assert_int_equal(word[i], 0);
		}
}

TEST(bytes_known_to_be_doubtful_cost_half_as_much)
{
	uint8_t word[RS_WORD], places[RS_WORD];
	size_t wrong = 0;

	for (unsigned seed = 0; seed < 200; seed++)
		for (size_t erased = 0; erased <= 18; erased += 2) {
			size_t errors = (18 - erased) / 2;

			spoil(word, 35, places, erased + errors, seed);
			assert_ok(rs_correct(&field, &(struct rs_word){word, 35, 18}, places,
				erased, 0, &wrong));
			assert_int_equal(wrong, errors);
			for (size_t i = 0; i < 35; i++)
				assert_int_equal(word[i], 0);
		}
}

TEST(a_word_beyond_help_stays_as_it_was)
{
	uint8_t word[RS_WORD], before[RS_WORD], places[RS_WORD];
	size_t wrong = 0, refused = 0;

	for (unsigned seed = 0; seed < 200; seed++) {
		spoil(word, 35, places, 14, seed);
		memcpy(before, word, sizeof(before));
		if (rs_correct(&field, &(struct rs_word){word, 35, 18}, NULL, 0, 4, &wrong) ==
			ERR_FORMAT) {
			refused++;
			assert_memory_equal(word, before, sizeof(before));
		}
	}
	assert_int_equal(refused, 200);
}

TEST(the_guard_is_not_spent)
{
	uint8_t word[RS_WORD], places[RS_WORD];
	size_t wrong = 0;

	spoil(word, 35, places, 8, 1);
	assert_err(rs_correct(&field, &(struct rs_word){word, 35, 18}, NULL, 0, 4, &wrong),
		ERR_FORMAT);
	assert_err(rs_correct(&field, &(struct rs_word){word, 35, 18}, places, 8, 11, &wrong),
		ERR_FORMAT);
	assert_ok(rs_correct(&field, &(struct rs_word){word, 35, 18}, places, 8, 10, &wrong));
}

TEST(impossible_words_are_a_bug)
{
	uint8_t word[RS_WORD] = {1}, far = 200;
	size_t wrong = 0;

	assert_err(
		rs_correct(&field, &(struct rs_word){word, 256, 18}, NULL, 0, 0, &wrong), ERR_BUG);
	assert_err(
		rs_correct(&field, &(struct rs_word){word, 18, 18}, NULL, 0, 0, &wrong), ERR_BUG);
	assert_err(
		rs_correct(&field, &(struct rs_word){word, 35, 18}, &far, 1, 0, &wrong), ERR_BUG);
}

static int make_field(void **state)
{
	UNUSED(state);
	rs_field_make(&field);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_version_has_its_modules_where_a_writer_puts_them),
	cmocka_unit_test(every_block_of_every_version_and_level_checks),
	cmocka_unit_test(half_the_parity_is_how_many_wrong_bytes_are_put_right),
	cmocka_unit_test(bytes_known_to_be_doubtful_cost_half_as_much),
	cmocka_unit_test(a_word_beyond_help_stays_as_it_was),
	cmocka_unit_test(the_guard_is_not_spent),
	cmocka_unit_test(impossible_words_are_a_bug),
};

int main(void)
{
	return cmocka_run_group_tests(tests, make_field, NULL);
}
