/* Guesses where a symbol is. */
#include "test.h"

#include "regions.h"
#include "symbol.h"

enum { WIDE = 640, HIGH = 360 };
static uint8_t pixels[WIDE * HIGH];
static const struct luma picture = {pixels, WIDE, HIGH, WIDE};
static struct luma_box box[REGIONS_MAX];
static struct symbol symbol;

/* A wall in soft light. */
static void wall(void)
{
	for (unsigned y = 0; y < HIGH; y++)
		for (unsigned x = 0; x < WIDE; x++)
			pixels[y * WIDE + x] = (uint8_t)(90 + x / 16 + y / 8);
}

static void draw(unsigned x, unsigned y, unsigned module, uint8_t ink, uint8_t ground)
{
	assert_ok(symbol_make(&symbol, span_of("ZQM1 SOMEBODY'S INVITATION")));
	unsigned side = (symbol.side + 2 * SYMBOL_QUIET) * module;

	for (unsigned j = 0; j < side; j++)
		for (unsigned i = 0; i < side; i++)
			pixels[(y + j) * WIDE + x + i] =
				symbol_dark(&symbol, i / module - SYMBOL_QUIET,
					j / module - SYMBOL_QUIET)
					? ink
					: ground;
}

static void assert_holds(const struct luma_box *b, unsigned x, unsigned y, unsigned module)
{
	unsigned from = SYMBOL_QUIET * module, to = (SYMBOL_QUIET + symbol.side) * module;

	assert_true(b->x <= x + from && b->y <= y + from);
	assert_true(b->x + b->width >= x + to && b->y + b->height >= y + to);
}

TEST(a_symbol_is_the_first_guess_at_any_size_and_contrast)
{
	for (unsigned module = 2; module <= 8; module++) {
		wall();
		draw(200, 30, module, 20, 230);
		assert_true(regions_find(&picture, box) >= 1);
		assert_holds(&box[0], 200, 30, module);
		wall();
		draw(200, 30, module, 110, 130);
		assert_true(regions_find(&picture, box) >= 1);
		assert_holds(&box[0], 200, 30, module);
		wall();
		draw(200, 30, module, 240, 30);
		assert_true(regions_find(&picture, box) >= 1);
		assert_holds(&box[0], 200, 30, module);
	}
}

TEST(two_symbols_are_two_guesses)
{
	wall();
	draw(20, 20, 3, 20, 230);
	draw(400, 150, 4, 20, 230);
	assert_true(regions_find(&picture, box) >= 2);
	unsigned right = box[0].x > 200 ? 0 : 1;

	assert_holds(&box[right], 400, 150, 4);
	assert_holds(&box[1 - right], 20, 20, 3);
}

TEST(stripes_are_no_guess)
{
	for (unsigned y = 0; y < HIGH; y++)
		for (unsigned x = 0; x < WIDE; x++)
			pixels[y * WIDE + x] = x / 3 % 2 ? 200 : 50;
	assert_int_equal(regions_find(&picture, box), 0);
}

TEST(guesses_lie_within_the_picture)
{
	uint32_t chance = 5;

	for (size_t i = 0; i < sizeof(pixels); i++)
		pixels[i] = (uint8_t)((chance = chance * 1664525 + 1013904223) >> 24);
	for (uint32_t width = 1; width < 120; width += 7)
		for (uint32_t height = 1; height < 120; height += 11) {
			struct luma l = {pixels, width, height, WIDE};
			size_t n = regions_find(&l, box);

			assert_true(n <= REGIONS_MAX);
			for (size_t i = 0; i < n; i++) {
				assert_true(box[i].width > 0 && box[i].height > 0);
				assert_true(box[i].width <= width - box[i].x);
				assert_true(box[i].height <= height - box[i].y);
			}
		}
}

TEST(a_picture_with_too_many_cells_is_looked_at_from_the_top)
{
	static uint8_t tall[64 * 8 * 4096 / 8];
	struct luma l = {tall, 64, sizeof(tall) / 64, 64};

	assert_int_equal(regions_find(&l, box), 0);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_symbol_is_the_first_guess_at_any_size_and_contrast),
	cmocka_unit_test(two_symbols_are_two_guesses),
	cmocka_unit_test(stripes_are_no_guess),
	cmocka_unit_test(guesses_lie_within_the_picture),
	cmocka_unit_test(a_picture_with_too_many_cells_is_looked_at_from_the_top),
};
RUN_TESTS(tests)
