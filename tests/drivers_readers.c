/* The two libraries behind their C functions: the same text from both, and nothing but QR. */
#include "test.h"

#include "symbol.h"
#include "zbar_eye.h"
#include "zxing.h"

enum { SIDE = 400, MODULE = 4 };
static uint8_t pixels[SIDE * SIDE];
static const struct luma picture = {pixels, SIDE, SIDE, SIDE};
static struct zbar_eye *zbar;
static struct reading last;
static unsigned readings;

static void see(void *to, const struct reading *r)
{
	UNUSED(to);
	readings++;
	last = *r;
}

static void draw(struct span content)
{
	static struct symbol s;

	assert_ok(symbol_make(&s, content));
	memset(pixels, 230, sizeof(pixels));
	readings = 0;
	for (unsigned y = 0; y < s.side * MODULE; y++)
		for (unsigned x = 0; x < s.side * MODULE; x++)
			if (symbol_dark(&s, x / MODULE, y / MODULE))
				pixels[(y + 40) * SIDE + x + 40] = 20;
}

/* Both read content as text. */
static void assert_read(struct span content, struct span text)
{
	draw(content);
	assert_ok(zxing_read(&picture, 4, "zxing/raw", see, NULL));
	assert_int_equal(readings, 1);
	assert_int_equal(last.n, text.n);
	assert_memory_equal(last.text, text.p, text.n);
	assert_string_equal(last.path, "zxing/raw");
	assert_ok(zbar_eye_read(zbar, &picture, "zbar/raw", see, NULL));
	assert_int_equal(readings, 2);
	assert_int_equal(last.n, text.n);
	assert_memory_equal(last.text, text.p, text.n);
	assert_int_equal(last.text[last.n], 0);
	assert_string_equal(last.path, "zbar/raw");
}

TEST(capitals_and_digits_are_read)
{
	assert_read(span_of("ZQM1 $%*+-./:0123456789"), span_of("ZQM1 $%*+-./:0123456789"));
}

TEST(utf_8_stays_as_it_is)
{
	assert_read(span_of("Zoë Ångström, 東京"), span_of("Zoë Ångström, 東京"));
}

TEST(shift_jis_becomes_utf_8)
{
	static const uint8_t tesuto[] = {0x83, 0x65, 0x83, 0x58, 0x83, 0x67};

	assert_read((struct span){tesuto, sizeof(tesuto)}, span_of("テスト"));
}

TEST(latin_1_becomes_utf_8)
{
	assert_read(span_of("Universit\xe9 de Li\xe8ge"), span_of("Université de Liège"));
}

TEST(a_text_may_hold_any_byte)
{
	static const uint8_t bytes[] = {'A', 0, 9, 10, 'B'};

	assert_read((struct span){bytes, sizeof(bytes)}, (struct span){bytes, sizeof(bytes)});
}

TEST(corners_go_round_from_the_top_left)
{
	draw(span_of("CORNERS"));
	for (unsigned i = 0; i < 2; i++) {
		enum err e = i == 0 ? zxing_read(&picture, 1, "", see, NULL)
				    : zbar_eye_read(zbar, &picture, "", see, NULL);

		assert_ok(e);
		assert_in_range(last.corner[0].x, 36, 44);
		assert_in_range(last.corner[0].y, 36, 44);
		assert_in_range(last.corner[1].x, 36 + 21 * MODULE, 44 + 21 * MODULE);
		assert_in_range(last.corner[1].y, 36, 44);
		assert_in_range(last.corner[2].x, 36 + 21 * MODULE, 44 + 21 * MODULE);
		assert_in_range(last.corner[2].y, 36 + 21 * MODULE, 44 + 21 * MODULE);
		assert_in_range(last.corner[3].x, 36, 44);
		assert_in_range(last.corner[3].y, 36 + 21 * MODULE, 44 + 21 * MODULE);
	}
}

/* The 95 modules of EAN-13 4006381333931. */
TEST(a_linear_code_is_not_looked_for)
{
	static const char bars[] = "101000110101001110101111011110100010010110011010"
				   "10100001010000101000010111010010000101100110101";

	memset(pixels, 255, sizeof(pixels));
	readings = 0;
	for (unsigned y = 100; y < 250; y++)
		for (unsigned x = 0; x < 3 * (sizeof(bars) - 1); x++)
			if (bars[x / 3] == '1')
				pixels[y * SIDE + 50 + x] = 0;
	assert_err(zxing_read(&picture, 4, "", see, NULL), ERR_ABSENT);
	assert_err(zbar_eye_read(zbar, &picture, "", see, NULL), ERR_ABSENT);
	assert_int_equal(readings, 0);
}

TEST(pictures_that_are_not_sound_are_refused)
{
	struct luma bad = {pixels, SIDE, SIDE, SIDE - 1}, apart = {pixels, SIDE - 1, SIDE, SIDE};

	assert_err(zxing_read(&bad, 4, "", see, NULL), ERR_FORMAT);
	assert_err(zbar_eye_read(zbar, &bad, "", see, NULL), ERR_FORMAT);
	/* Rows that do not lie end to end are for libzxing alone. */
	draw(span_of("STRIDE"));
	assert_ok(zxing_read(&apart, 4, "", see, NULL));
	assert_err(zbar_eye_read(zbar, &apart, "", see, NULL), ERR_FORMAT);
}

TEST(a_scanner_made_anew_goes_on_reading)
{
	draw(span_of("AGAIN"));
	for (unsigned i = 0; i < 600; i++)
		assert_ok(zbar_eye_read(zbar, &picture, "", see, NULL));
	assert_int_equal(readings, 600);
}

TEST(a_text_of_no_bytes_or_too_many_is_refused)
{
	static uint8_t many[READING_TEXT + 1];

	memset(many, 'a', sizeof(many));
	assert_err(zxing_text((struct span){many, 0}, &last), ERR_FULL);
	assert_err(zxing_text((struct span){many, sizeof(many)}, &last), ERR_FULL);
	assert_ok(zxing_text((struct span){many, READING_TEXT}, &last));
	assert_int_equal(last.n, READING_TEXT);
	/* Half of them become two bytes each. */
	memset(many, 0xe9, sizeof(many));
	assert_err(zxing_text((struct span){many, READING_TEXT}, &last), ERR_FULL);
	assert_int_equal(last.n, 0);
}

static int open_zbar(void **state)
{
	UNUSED(state);
	return zbar_eye_open(&zbar) == OK ? 0 : -1;
}

static int close_zbar(void **state)
{
	UNUSED(state);
	zbar_eye_close(zbar);
	zbar_eye_close(NULL);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(capitals_and_digits_are_read),
	cmocka_unit_test(utf_8_stays_as_it_is),
	cmocka_unit_test(shift_jis_becomes_utf_8),
	cmocka_unit_test(latin_1_becomes_utf_8),
	cmocka_unit_test(a_text_may_hold_any_byte),
	cmocka_unit_test(corners_go_round_from_the_top_left),
	cmocka_unit_test(a_linear_code_is_not_looked_for),
	cmocka_unit_test(pictures_that_are_not_sound_are_refused),
	cmocka_unit_test(a_scanner_made_anew_goes_on_reading),
	cmocka_unit_test(a_text_of_no_bytes_or_too_many_is_refused),
};

int main(void)
{
	return cmocka_run_group_tests(tests, open_zbar, close_zbar);
}
