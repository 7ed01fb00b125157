/* The chain of decoders on pictures that are drawn here. */
#include "test.h"

#include "decode.h"
#include "symbol.h"
#include "token.h"

enum { WIDE = 640, HIGH = 480 };
static char token[TOKEN_TEXT + 1];
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

/* Draw text as a symbol with its quiet zone at x, y, modules of so many pixels, in two greys. */
static void draw_in(
	const char *text, unsigned x, unsigned y, unsigned module, uint8_t ink, uint8_t ground)
{
	unsigned side;

	assert_ok(symbol_make(&symbol, span_of(text)));
	side = (symbol.side + 2 * SYMBOL_QUIET) * module;
	for (unsigned j = 0; j < side; j++)
		for (unsigned i = 0; i < side; i++) {
			bool dark = symbol_dark(
				&symbol, i / module - SYMBOL_QUIET, j / module - SYMBOL_QUIET);
			pixels[(y + j) * WIDE + x + i] = dark ? ink : ground;
		}
}

static void draw(const char *text, unsigned x, unsigned y, unsigned module)
{
	draw_in(text, x, y, module, 20, 230);
}

static void assert_near(struct corner c, int x, int y, int by)
{
	assert_in_range(c.x + 1000, x - by + 1000, x + by + 1000);
	assert_in_range(c.y + 1000, y - by + 1000, y + by + 1000);
}

TEST(a_clean_code_is_read_with_its_corners)
{
	paper(128);
	draw(token, 100, 60, 4);
	assert_ok(decode_picture(decoder, &picture, 0, see, &seen));
	assert_int_equal(seen.n, 1);
	assert_string_equal(seen.last.text, token);
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

/* No library reads the faint ones, whatever is done to the picture. */
static void add_noise(unsigned most)
{
	uint32_t state = 1;

	for (size_t i = 0; i < sizeof(pixels); i++) {
		int32_t v = pixels[i];

		state = state * 1664525 + 1013904223;
		v += (int32_t)((state >> 16) % (2 * most + 1)) - (int32_t)most;
		pixels[i] = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
	}
}

TEST(faint_codes_beside_a_clear_one_are_read_as_well)
{
	paper(120);
	draw("CLEAR", 30, 30, 6);
	draw_in("FAINT ONE", 330, 20, 6, 105, 135);
	draw_in("FAINT TWO", 200, 260, 6, 105, 135);
	add_noise(30);
	assert_ok(decode_picture(decoder, &picture, 0, see, &seen));
	assert_int_equal(seen.n, 3);
}

TEST(a_picture_without_a_code_has_none)
{
	paper(128);
	assert_err(decode_picture(decoder, &picture, 0, see, &seen), ERR_ABSENT);
	assert_int_equal(seen.n, 0);
}

TEST(a_light_code_on_dark_ground_is_read)
{
	paper(10);
	draw_in(token, 200, 100, 5, 240, 10);
	assert_ok(decode_picture(decoder, &picture, 0, see, &seen));
	assert_int_equal(seen.n, 1);
	assert_string_equal(seen.last.text, token);
	assert_string_equal(seen.last.path, "zxing/half+unsharp+inverted");
	assert_near(seen.last.corner[0], 220, 120, 6);
	assert_near(seen.last.corner[2], 200 + 33 * 5, 100 + 33 * 5, 6);
}

TEST(a_faint_code_is_read)
{
	paper(120);
	draw_in(token, 200, 100, 6, 112, 122);
	assert_ok(decode_picture(decoder, &picture, 0, see, &seen));
	assert_string_equal(seen.last.text, token);
}

TEST(a_code_and_its_negative_are_two_readings)
{
	paper(200);
	draw("DARK ON LIGHT", 20, 20, 6);
	draw_in("LIGHT ON DARK", 340, 200, 6, 240, 10);
	assert_ok(decode_picture(decoder, &picture, 0, see, &seen));
	assert_int_equal(seen.n, 2);
}

TEST(a_code_within_a_code_is_read_as_well)
{
	paper(230);
	draw("THE OUTER CODE IS LARGE AND ITS CORRECTION BEARS A HOLE IN THE MIDDLE", 60, 20, 10);
	draw("IN", 60 + 5 * 41 - 2 * 29, 20 + 5 * 41 - 2 * 29, 2);
	assert_ok(decode_picture(decoder, &picture, 0, see, &seen));
	assert_int_equal(seen.n, 2);
}

/* A picture larger than any pass makes one, with room between its rows. */
TEST(corners_are_those_of_the_picture_given_whatever_its_size)
{
	enum { LARGE = 2400, TALL = 1800, STRIDE = LARGE + 13 };
	uint8_t *large = malloc((size_t)STRIDE * TALL);
	struct luma l = {large, LARGE, TALL, STRIDE};

	assert_non_null(large);
	paper(128);
	draw(token, 300, 200, 4);
	for (unsigned y = 0; y < TALL; y++)
		for (unsigned x = 0; x < LARGE; x++)
			large[(size_t)y * STRIDE + x] =
				pixels[y * HIGH / TALL * WIDE + x * WIDE / LARGE];
	assert_ok(decode_picture(decoder, &l, 0, see, &seen));
	assert_int_equal(seen.n, 1);
	assert_string_equal(seen.last.text, token);
	assert_near(seen.last.corner[0], 316 * 15 / 4, 216 * 15 / 4, 15);
	assert_near(seen.last.corner[2], (300 + 33 * 4) * 15 / 4, (200 + 33 * 4) * 15 / 4, 15);
	free(large);
}

TEST(a_live_view_without_a_budget_has_the_raw_pass_alone)
{
	paper(128);
	draw(token, 100, 60, 4);
	assert_ok(decode_frame(decoder, &picture, 0, see, &seen));
	assert_int_equal(seen.n, 1);
	paper(10);
	draw_in(token, 200, 100, 5, 240, 10);
	assert_err(decode_frame(decoder, &picture, 0, see, &seen), ERR_ABSENT);
	assert_int_equal(seen.n, 0);
}

/* A budget too small for any pass: each frame has one more of them all the same. */
TEST(work_that_a_budget_does_not_cover_is_carried_to_the_next_frames)
{
	unsigned frames = 0;

	paper(120);
	assert_err(decode_frame(decoder, &picture, 1, see, &seen), ERR_ABSENT);
	draw_in(token, 200, 100, 6, 112, 122);
	while (frames < 200 && decode_frame(decoder, &picture, 1, see, &seen) == ERR_ABSENT)
		frames++;
	assert_in_range(frames, 1, 100);
	assert_string_equal(seen.last.text, token);
}

TEST(the_pass_that_read_one_frame_comes_first_at_the_next)
{
	const char *path;

	paper(10);
	draw_in(token, 200, 100, 5, 240, 10);
	while (decode_frame(decoder, &picture, 1, see, &seen) == ERR_ABSENT)
		;
	path = seen.last.path;
	for (unsigned i = 0; i < 5; i++) {
		assert_ok(decode_frame(decoder, &picture, 1, see, &seen));
		assert_string_equal(seen.last.path, path);
	}
}

TEST(a_text_without_a_check_of_its_own_is_believed_when_two_say_it)
{
	paper(10);
	draw_in("https://example.org/dark-mode", 200, 100, 5, 240, 10);
	assert_ok(decode_frame(decoder, &picture, 10000, see, &seen));
	assert_int_equal(seen.n, 1);
	assert_string_equal(seen.last.text, "https://example.org/dark-mode");
}

TEST(pictures_of_any_shape_are_taken)
{
	static const uint32_t sides[] = {1, 2, 3, 8, 9, 24, 25, 480};

	paper(128);
	draw(token, 100, 60, 4);
	for (size_t i = 0; i < COUNT(sides); i++)
		for (size_t j = 0; j < COUNT(sides); j++) {
			struct luma l = {pixels, sides[i], sides[j], WIDE};

			if (sides[i] < 480 || sides[j] < 480)
				assert_err(decode_picture(decoder, &l, 0, see, &seen), ERR_ABSENT);
			assert_err(decode_frame(decoder, &l, 1, see, &seen),
				sides[i] < 480 || sides[j] < 480 ? ERR_ABSENT : OK);
		}
}

TEST(the_longest_sides_are_taken)
{
	static uint8_t line[LUMA_SIDE];
	struct luma flat = {line, LUMA_SIDE, 1, LUMA_SIDE}, tall = {line, 1, LUMA_SIDE, 1};

	assert_err(decode_picture(decoder, &flat, 0, see, &seen), ERR_ABSENT);
	assert_err(decode_picture(decoder, &tall, 0, see, &seen), ERR_ABSENT);
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
	static const struct token t = {TOKEN_BADGE, 1, {4, 8, 15, 16, 23, 42}};

	(void)state;
	token_text(&t, token);
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
	cmocka_unit_test(faint_codes_beside_a_clear_one_are_read_as_well),
	cmocka_unit_test(a_picture_without_a_code_has_none),
	cmocka_unit_test(a_light_code_on_dark_ground_is_read),
	cmocka_unit_test(a_faint_code_is_read),
	cmocka_unit_test(a_code_and_its_negative_are_two_readings),
	cmocka_unit_test(a_code_within_a_code_is_read_as_well),
	cmocka_unit_test(corners_are_those_of_the_picture_given_whatever_its_size),
	cmocka_unit_test(a_live_view_without_a_budget_has_the_raw_pass_alone),
	cmocka_unit_test(work_that_a_budget_does_not_cover_is_carried_to_the_next_frames),
	cmocka_unit_test(the_pass_that_read_one_frame_comes_first_at_the_next),
	cmocka_unit_test(a_text_without_a_check_of_its_own_is_believed_when_two_say_it),
	cmocka_unit_test(pictures_of_any_shape_are_taken),
	cmocka_unit_test(the_longest_sides_are_taken),
	cmocka_unit_test(a_picture_that_is_not_sound_is_refused),
};

int main(void)
{
	return cmocka_run_group_tests(tests, open_one, close_one);
}
