/* The chain of decoders on pictures that are drawn here. */
#include "test.h"

#include "decode.h"
#include "symbol.h"

enum { WIDE = 640, HIGH = 480 };
static uint8_t pixels[WIDE * HIGH];
static const struct luma picture = {pixels, WIDE, HIGH, WIDE};
static struct symbol symbol;
static struct decoder *decoder;

/* What a sink saw: how many, and the last. */
static struct seen {
	unsigned n;
	struct reading last;
} seen;

static void see(void *to, const struct reading *r)
{
	struct seen *s = to;

	s->n++;
	s->last = *r;
}

static void paper(uint8_t grey)
{
	memset(pixels, grey, sizeof(pixels));
	memset(&seen, 0, sizeof(seen));
}

/* Draw text as a symbol with its quiet zone at x, y, modules of so many pixels. */
static void draw(const char *text, unsigned x, unsigned y, unsigned module)
{
	unsigned side;

	assert_ok(symbol_make(&symbol, span_of(text)));
	side = (symbol.side + 2 * SYMBOL_QUIET) * module;
	for (unsigned j = 0; j < side; j++)
		for (unsigned i = 0; i < side; i++) {
			bool dark = symbol_dark(
				&symbol, i / module - SYMBOL_QUIET, j / module - SYMBOL_QUIET);
			pixels[(y + j) * WIDE + x + i] = dark ? 20 : 230;
		}
}

TEST(a_clean_code_is_read_with_its_corners)
{
	paper(128);
	draw("ZQM1ABCDEFGHJKMNPQRSTVWXYZ0123456789", 100, 60, 4);
	assert_ok(decode_picture(decoder, &picture, 0, see, &seen));
	assert_int_equal(seen.n, 1);
	assert_string_equal(seen.last.text, "ZQM1ABCDEFGHJKMNPQRSTVWXYZ0123456789");
	assert_int_equal(seen.last.n, 36);
	assert_string_equal(seen.last.path, "zxing/raw");
	assert_in_range(seen.last.corner[0].x, 100 + 16 - 3, 100 + 16 + 3);
	assert_in_range(seen.last.corner[0].y, 60 + 16 - 3, 60 + 16 + 3);
	assert_in_range(seen.last.corner[2].x, 100 + 33 * 4 - 3, 100 + 33 * 4 + 3);
	assert_in_range(seen.last.corner[2].y, 60 + 33 * 4 - 3, 60 + 33 * 4 + 3);
}

TEST(two_codes_in_a_picture_are_two_readings)
{
	paper(200);
	draw("LEFT", 20, 20, 6);
	draw("RIGHT", 340, 200, 6);
	assert_ok(decode_picture(decoder, &picture, 0, see, &seen));
	assert_int_equal(seen.n, 2);
}

TEST(a_picture_without_a_code_has_none)
{
	paper(128);
	assert_err(decode_picture(decoder, &picture, 0, see, &seen), ERR_ABSENT);
	assert_int_equal(seen.n, 0);
}

TEST(a_picture_that_is_not_sound_is_refused)
{
	struct luma bad = {pixels, WIDE, HIGH, WIDE - 1};

	assert_err(decode_picture(decoder, &bad, 0, see, &seen), ERR_FORMAT);
	assert_err(decode_frame(decoder, &bad, 60, see, &seen), ERR_FORMAT);
	bad = (struct luma){NULL, WIDE, HIGH, WIDE};
	assert_err(decode_picture(decoder, &bad, 0, see, &seen), ERR_FORMAT);
	bad = (struct luma){pixels, 0, HIGH, WIDE};
	assert_err(decode_picture(decoder, &bad, 0, see, &seen), ERR_FORMAT);
}

static int open_one(void **state)
{
	(void)state;
	return decode_open(&decoder) == OK ? 0 : -1;
}

static int close_one(void **state)
{
	(void)state;
	decode_close(decoder);
	decode_close(NULL);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_clean_code_is_read_with_its_corners),
	cmocka_unit_test(two_codes_in_a_picture_are_two_readings),
	cmocka_unit_test(a_picture_without_a_code_has_none),
	cmocka_unit_test(a_picture_that_is_not_sound_is_refused),
};

int main(void)
{
	return cmocka_run_group_tests(tests, open_one, close_one);
}
