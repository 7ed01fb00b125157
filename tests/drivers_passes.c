/* The table of passes, and the way back from what a pass made to the picture. */
#include "test.h"

#include "passes.h"

enum { WIDE = 1600, HIGH = 1200 };
static uint8_t pixels[WIDE * HIGH];
static struct passes_rooms rooms;

static const struct luma_box all = {0, 0, LUMA_SIDE, LUMA_SIDE};

TEST(every_pass_asks_somebody_and_keeps_within_its_room)
{
	for (size_t i = 0; i < passes_count; i++) {
		const struct pass *p = &passes[i];
		uint64_t side = p->side;

		assert_true(p->own == (p->zxing == NULL && p->zbar == NULL));
		assert_int_equal(passes_part(p), i >= PASSES_FIRST);
		assert_int_equal(passes_part(p), side > 0);
		assert_true(side * side * (p->what == PASS_PART ? 1 : 2) <= PASSES_PIXELS);
		if (p->zxing != NULL)
			assert_memory_equal(p->zxing, "zxing/", 6);
		if (p->zbar != NULL)
			assert_memory_equal(p->zbar, "zbar/", 5);
	}
}

TEST(the_raw_picture_comes_first_and_by_libzxing)
{
	struct luma l = {pixels, 640, 480, WIDE};
	struct passed out;

	assert_string_equal(passes[0].zxing, "zxing/raw");
	assert_null(passes[0].zbar);
	assert_true(passes_make(&passes[0], &l, &l, all, &rooms, &out));
	assert_ptr_equal(out.luma.at, pixels);
}

TEST(no_two_passes_have_one_path)
{
	for (size_t i = 0; i < passes_count; i++)
		for (size_t j = 0; j < i; j++) {
			if (passes[i].zxing != NULL && passes[j].zxing != NULL)
				assert_string_not_equal(passes[i].zxing, passes[j].zxing);
			if (passes[i].zbar != NULL && passes[j].zbar != NULL)
				assert_string_not_equal(passes[i].zbar, passes[j].zbar);
		}
}

/* The middle of what is unlike the rest, in pixels of l. */
static void find_blot(const struct luma *l, double *x, double *y)
{
	unsigned ground = l->at[0];
	double sum = 0;

	*x = *y = 0;
	for (uint32_t j = 0; j < l->height; j++)
		for (uint32_t i = 0; i < l->width; i++) {
			unsigned v = l->at[(size_t)j * l->stride + i];
			double weight = v > ground + 90   ? v - ground
					: ground > v + 90 ? ground - v
							  : 0;

			*x += weight * (i + 0.5);
			*y += weight * (j + 0.5);
			sum += weight;
		}
	assert_true(sum > 0);
	*x /= sum;
	*y /= sum;
}

TEST(what_a_pass_shows_lies_where_it_says)
{
	struct luma picture = {pixels, WIDE, HIGH, WIDE}, fitted;
	static uint8_t small[PASSES_PIXELS];
	const struct luma_box box = {700, 300, 300, 260};

	memset(pixels, 230, sizeof(pixels));
	for (unsigned y = 400; y < 440; y++)
		memset(pixels + y * WIDE + 800, 10, 60);
	fitted = luma_scale(&picture, small, 1000, 750);
	for (size_t i = 0; i < passes_count; i++) {
		struct passed out;
		double x, y;

		assert_true(passes_make(&passes[i], &picture, &fitted, box, &rooms, &out));
		/* Filters that look for modules bleach what is as large as this: the outline stays,
		 * and it has the same middle. */
		find_blot(&out.luma, &x, &y);
		assert_in_range((int)(out.x + x * out.step_x), 830 - 4, 830 + 4);
		assert_in_range((int)(out.y + y * out.step_y), 420 - 4, 420 + 4);
	}
}

TEST(pictures_of_the_longest_sides_keep_within_the_rooms)
{
	static const struct luma shapes[] = {{pixels, LUMA_SIDE, 1, LUMA_SIDE},
		{pixels, 1, LUMA_SIDE, 1}, {pixels, 1, 1, 1}, {pixels, LUMA_SIDE, 56, LUMA_SIDE},
		{pixels, 56, LUMA_SIDE, 56}, {pixels, 1280, 720, 1280}, {pixels, 960, 960, 960}};

	for (size_t i = 0; i < COUNT(shapes); i++)
		for (size_t j = 0; j < passes_count; j++) {
			struct passed out;

			if (!passes_make(&passes[j], &shapes[i], &shapes[i], all, &rooms, &out)) {
				assert_int_equal(passes[j].what, PASS_NATIVE);
				continue;
			}
			assert_true(luma_sound(&out.luma));
			assert_true((uint64_t)out.luma.width * out.luma.height <= PASSES_PIXELS);
		}
}

TEST(a_picture_that_fits_has_no_native_size_of_its_own)
{
	struct luma l = {pixels, 640, 480, 640};
	struct pass native = {"zxing/native", NULL, false, PASS_NATIVE, 0, {{STEP_NONE, 0, 0}}};
	struct passed out;

	assert_false(passes_make(&native, &l, &l, all, &rooms, &out));
}

static int take_rooms(void **state)
{
	UNUSED(state);
	for (size_t i = 0; i < COUNT(rooms.at); i++) {
		rooms.at[i] = malloc(PASSES_PIXELS);
		assert_non_null(rooms.at[i]);
	}
	return 0;
}

static int leave_rooms(void **state)
{
	UNUSED(state);
	for (size_t i = 0; i < COUNT(rooms.at); i++)
		free(rooms.at[i]);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_pass_asks_somebody_and_keeps_within_its_room),
	cmocka_unit_test(the_raw_picture_comes_first_and_by_libzxing),
	cmocka_unit_test(no_two_passes_have_one_path),
	cmocka_unit_test(what_a_pass_shows_lies_where_it_says),
	cmocka_unit_test(pictures_of_the_longest_sides_keep_within_the_rooms),
	cmocka_unit_test(a_picture_that_fits_has_no_native_size_of_its_own),
};

int main(void)
{
	return cmocka_run_group_tests(tests, take_rooms, leave_rooms);
}
