/* What is made of grey pictures, against the plainest way to make it. */
#include "test.h"

#include "luma_ops.h"

enum { WIDE = 37, HIGH = 23, STRIDE = 40 };
static uint8_t pixels[STRIDE * HIGH], made[5 * WIDE * HIGH], spare[5 * WIDE * HIGH];
static const struct luma in = {pixels, WIDE, HIGH, STRIDE};

static void noise(void)
{
	uint32_t chance = 7;

	for (size_t i = 0; i < sizeof(pixels); i++)
		pixels[i] = (uint8_t)((chance = chance * 1664525 + 1013904223) >> 24);
}

static void grey(uint8_t v)
{
	memset(pixels, v, sizeof(pixels));
}

/* The pixel of l nearest to x, y. */
static unsigned at(const struct luma *l, int x, int y)
{
	x = x < 0 ? 0 : x >= (int)l->width ? (int)l->width - 1 : x;
	y = y < 0 ? 0 : y >= (int)l->height ? (int)l->height - 1 : y;
	return l->at[(size_t)y * l->stride + (size_t)x];
}

static void assert_size(const struct luma *l, uint32_t width, uint32_t height)
{
	assert_int_equal(l->width, width);
	assert_int_equal(l->height, height);
	assert_int_equal(l->stride, width);
}

TEST(a_sound_picture_has_sides_within_bounds_and_rows_within_the_stride)
{
	assert_true(luma_sound(&in));
	assert_false(luma_sound(&(struct luma){NULL, 1, 1, 1}));
	assert_false(luma_sound(&(struct luma){pixels, 0, 1, 1}));
	assert_false(luma_sound(&(struct luma){pixels, 1, 0, 1}));
	assert_false(luma_sound(&(struct luma){pixels, 2, 1, 1}));
	assert_false(luma_sound(&(struct luma){pixels, LUMA_SIDE + 1, 1, LUMA_SIDE + 1}));
	assert_false(luma_sound(&(struct luma){pixels, 1, LUMA_SIDE + 1, 1}));
}

TEST(a_part_is_cut_down_to_what_there_is)
{
	struct luma part = luma_cut(&in, (struct luma_box){30, 20, 100, 100});

	assert_int_equal(part.width, 7);
	assert_int_equal(part.height, 3);
	assert_ptr_equal(part.at, pixels + 20 * STRIDE + 30);
	part = luma_cut(&in, (struct luma_box){UINT32_MAX, UINT32_MAX, UINT32_MAX, 0});
	assert_int_equal(part.width, 1);
	assert_int_equal(part.height, 1);
	assert_ptr_equal(part.at, pixels + (HIGH - 1) * STRIDE + WIDE - 1);
}

TEST(a_copy_lies_end_to_end)
{
	noise();
	struct luma out = luma_copy(&in, made);

	assert_size(&out, WIDE, HIGH);
	for (int y = 0; y < HIGH; y++)
		for (int x = 0; x < WIDE; x++)
			assert_int_equal(at(&out, x, y), at(&in, x, y));
}

TEST(light_becomes_dark)
{
	noise();
	struct luma out = luma_invert(&in, made);

	for (int y = 0; y < HIGH; y++)
		for (int x = 0; x < WIDE; x++)
			assert_int_equal(at(&out, x, y), 255 - at(&in, x, y));
}

TEST(half_is_the_mean_of_four)
{
	noise();
	struct luma out = luma_half(&in, made);

	assert_size(&out, WIDE / 2, HIGH / 2);
	for (int y = 0; y < HIGH / 2; y++)
		for (int x = 0; x < WIDE / 2; x++)
			assert_int_equal(
				at(&out, x, y), (at(&in, 2 * x, 2 * y) + at(&in, 2 * x + 1, 2 * y) +
							at(&in, 2 * x, 2 * y + 1) +
							at(&in, 2 * x + 1, 2 * y + 1) + 2) /
							4);
}

TEST(half_of_a_line_is_a_line)
{
	struct luma line = {pixels, WIDE, 1, WIDE}, dot = {pixels, 1, 1, 1}, out;

	noise();
	out = luma_half(&line, made);
	assert_size(&out, WIDE / 2, 1);
	out = luma_half(&dot, made);
	assert_size(&out, 1, 1);
	assert_int_equal(made[0], pixels[0]);
}

TEST(another_size_of_one_grey_is_that_grey)
{
	static const uint32_t sides[] = {1, 2, 5, 18, 37, 40, 60};

	grey(77);
	for (size_t i = 0; i < COUNT(sides); i++)
		for (size_t j = 0; j < COUNT(sides); j++) {
			struct luma out = luma_scale(&in, made, sides[i], sides[j]);

			assert_size(&out, sides[i], sides[j]);
			for (size_t k = 0; k < (size_t)sides[i] * sides[j]; k++)
				assert_in_range(made[k], 76, 77);
		}
}

TEST(the_same_size_is_the_same_picture)
{
	noise();
	struct luma out = luma_scale(&in, made, WIDE, HIGH);

	for (int y = 0; y < HIGH; y++)
		for (int x = 0; x < WIDE; x++)
			assert_int_equal(at(&out, x, y), at(&in, x, y));
}

TEST(a_slope_stays_a_slope_at_any_size)
{
	static const uint32_t sides[] = {5, 12, 20, 60, 74};

	for (int x = 0; x < STRIDE; x++)
		for (int y = 0; y < HIGH; y++)
			pixels[y * STRIDE + x] = (uint8_t)(6 * x);
	for (size_t i = 0; i < COUNT(sides); i++) {
		struct luma out = luma_scale(&in, made, sides[i], 10);

		for (uint32_t x = 0; x < sides[i]; x++) {
			double centre = (x + 0.5) * WIDE / sides[i] - 0.5;
			double want = 6 * (centre < 0 ? 0 : centre > WIDE - 1 ? WIDE - 1 : centre);

			/* An area's edges lie on whole pixels: up to half a pixel, 3 levels. */
			assert_in_range((int)at(&out, (int)x, 4) + 10, (int)want + 10 - 4,
				(int)want + 10 + 5);
		}
	}
}

TEST(a_mean_is_that_of_the_square_around)
{
	static const int radii[] = {1, 2, 7, 22, 30, LUMA_RADIUS_MAX};

	noise();
	for (size_t i = 0; i < COUNT(radii); i++) {
		int r = radii[i], n = (2 * r + 1) * (2 * r + 1);
		struct luma out = luma_mean(&in, made, (unsigned)r);

		assert_size(&out, WIDE, HIGH);
		for (int y = 0; y < HIGH; y += 3)
			for (int x = 0; x < WIDE; x++) {
				int sum = 0;

				for (int j = -r; j <= r; j++)
					for (int k = -r; k <= r; k++)
						sum += (int)at(&in, x + k, y + j);
				assert_in_range(
					at(&out, x, y), sum / n > 0 ? sum / n - 1 : 0, sum / n + 1);
			}
	}
}

TEST(the_mean_of_white_is_white)
{
	grey(255);
	luma_mean(&in, made, LUMA_RADIUS_MAX);
	for (size_t i = 0; i < (size_t)WIDE * HIGH; i++)
		assert_int_equal(made[i], 255);
}

TEST(a_blur_is_the_binomial_of_five)
{
	static const unsigned weight[5] = {1, 4, 6, 4, 1};

	noise();
	struct luma out = luma_blur(&in, made);

	for (int y = 0; y < HIGH; y++)
		for (int x = 0; x < WIDE; x++) {
			unsigned sum = 0;

			for (int j = 0; j < 5; j++)
				for (int i = 0; i < 5; i++)
					sum += weight[j] * weight[i] *
					       at(&in, x + i - 2, y + j - 2);
			assert_int_equal(at(&out, x, y), (sum + 128) / 256);
		}
}

static int order(const void *a, const void *b)
{
	return *(const uint8_t *)a - *(const uint8_t *)b;
}

TEST(a_median_is_the_fifth_of_nine)
{
	noise();
	struct luma out = luma_median(&in, made);

	for (int y = 0; y < HIGH; y++)
		for (int x = 0; x < WIDE; x++) {
			uint8_t nine[9];

			for (int i = 0; i < 9; i++)
				nine[i] = (uint8_t)at(&in, x + i % 3 - 1, y + i / 3 - 1);
			qsort(nine, 9, 1, order);
			assert_int_equal(at(&out, x, y), nine[4]);
		}
}

TEST(sharpening_draws_away_from_the_mean_and_stops_at_black_and_white)
{
	noise();
	struct luma mean = luma_mean(&in, spare, 2), out = luma_unsharp(&in, &mean, made, 64);

	for (int y = 0; y < HIGH; y++)
		for (int x = 0; x < WIDE; x++) {
			int want = (int)at(&in, x, y) +
				   4 * ((int)at(&in, x, y) - (int)at(&mean, x, y));

			want = want < 0 ? 0 : want > 255 ? 255 : want;
			assert_int_equal(at(&out, x, y), want);
		}
	/* As hard as it gets: nothing wraps. */
	pixels[0] = 255;
	mean.at = memset(spare, 0, sizeof(spare));
	out = luma_unsharp(&in, &mean, made, LUMA_GAIN_MAX);
	assert_int_equal(out.at[0], 255);
	pixels[0] = 0;
	mean.at = memset(spare, 255, sizeof(spare));
	out = luma_unsharp(&in, &mean, made, LUMA_GAIN_MAX);
	assert_int_equal(out.at[0], 0);
}

TEST(a_threshold_is_local)
{
	noise();
	struct luma mean = luma_mean(&in, spare, 3), out = luma_threshold(&in, &mean, made, 9);

	for (int y = 0; y < HIGH; y++)
		for (int x = 0; x < WIDE; x++)
			assert_int_equal(
				at(&out, x, y), at(&in, x, y) + 9 > at(&mean, x, y) ? 255 : 0);
}

TEST(stretching_uses_every_grey)
{
	uint8_t table[256];

	for (size_t i = 0; i < sizeof(pixels); i++)
		pixels[i] = (uint8_t)(100 + i % 21);
	luma_stretch(&in, 0, table);
	assert_int_equal(table[100], 0);
	assert_int_equal(table[110], 127);
	assert_int_equal(table[120], 255);
	assert_int_equal(table[0], 0);
	assert_int_equal(table[255], 255);
}

TEST(one_grey_cannot_be_stretched)
{
	uint8_t table[256];

	grey(9);
	luma_stretch(&in, 10, table);
	assert_int_equal(table[9], 9);
}

TEST(gamma_keeps_black_and_white)
{
	uint8_t table[256];

	luma_gamma(2.5, table);
	assert_int_equal(table[0], 0);
	assert_int_equal(table[255], 255);
	assert_int_equal(table[128], 46);
}

TEST(equalising_draws_faint_greys_apart)
{
	for (int y = 0; y < HIGH; y++)
		for (int x = 0; x < WIDE; x++)
			pixels[y * STRIDE + x] = (uint8_t)((x + y) % 2 ? 120 : 130);
	struct luma out = luma_equalise(&in, made, 64);

	for (int y = 0; y < HIGH; y++)
		for (int x = 1; x < WIDE; x++)
			assert_true(abs((int)at(&out, x, y) - (int)at(&out, x - 1, y)) > 50);
	/* Limited to nothing, all greys are worth the same: nothing is drawn apart. */
	out = luma_equalise(&in, made, 0);
	assert_in_range(at(&out, 5, 4), 112, 140);
}

TEST(the_smallest_picture_survives_everything)
{
	struct luma dot = {pixels, 1, 1, 1}, mean;
	uint8_t table[256];

	pixels[0] = 100;
	assert_int_equal(luma_blur(&dot, made).at[0], 100);
	assert_int_equal(luma_median(&dot, made).at[0], 100);
	mean = luma_mean(&dot, made, LUMA_RADIUS_MAX);
	assert_int_equal(mean.at[0], 100);
	assert_int_equal(luma_unsharp(&dot, &mean, spare, 64).at[0], 100);
	(void)luma_equalise(&dot, made, 4);
	luma_stretch(&dot, 10, table);
	assert_int_equal(luma_map(&dot, made, table).at[0], 100);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_sound_picture_has_sides_within_bounds_and_rows_within_the_stride),
	cmocka_unit_test(a_part_is_cut_down_to_what_there_is),
	cmocka_unit_test(a_copy_lies_end_to_end),
	cmocka_unit_test(light_becomes_dark),
	cmocka_unit_test(half_is_the_mean_of_four),
	cmocka_unit_test(half_of_a_line_is_a_line),
	cmocka_unit_test(another_size_of_one_grey_is_that_grey),
	cmocka_unit_test(the_same_size_is_the_same_picture),
	cmocka_unit_test(a_slope_stays_a_slope_at_any_size),
	cmocka_unit_test(a_mean_is_that_of_the_square_around),
	cmocka_unit_test(the_mean_of_white_is_white),
	cmocka_unit_test(a_blur_is_the_binomial_of_five),
	cmocka_unit_test(a_median_is_the_fifth_of_nine),
	cmocka_unit_test(sharpening_draws_away_from_the_mean_and_stops_at_black_and_white),
	cmocka_unit_test(a_threshold_is_local),
	cmocka_unit_test(stretching_uses_every_grey),
	cmocka_unit_test(one_grey_cannot_be_stretched),
	cmocka_unit_test(gamma_keeps_black_and_white),
	cmocka_unit_test(equalising_draws_faint_greys_apart),
	cmocka_unit_test(the_smallest_picture_survives_everything),
};
RUN_TESTS(tests)
