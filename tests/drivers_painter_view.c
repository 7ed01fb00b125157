/* The live picture: mirrored, cut to its place, painted alone, wiped. */
#include "test.h"

#include "painter.h"

enum { W = 64, H = 48 };

static struct painter *p;
static struct draw d;
static uint32_t pixels[W * H];
static const struct rect page = {0, 0, W, H};

static struct glass glass(void)
{
	return (struct glass){pixels, W, H, W * 4, PALETTE_NORMAL};
}

static void paint(struct rect at)
{
	struct glass g = glass();
	struct painter_report report = {0};

	draw_clear(&d);
	draw_fill(&d, page, INK_ACCENT, 0);
	draw_picture(&d, at, INK_TEXT, "viewfinder");
	assert_ok(painter_glass(p, &g, &d, NULL, 0, &report));
	assert_int_equal(report.unknown, 0);
}

static unsigned grey_at(int x, int y)
{
	uint32_t v = pixels[y * W + x] & 0xffffff;

	assert_int_equal(v % 0x010101, 0);
	return v & 0xff;
}

/* Left black, right white, above as below. */
static void give(uint32_t w, uint32_t h)
{
	static uint8_t grey[W * H];

	for (uint32_t i = 0; i < w * h; i++)
		grey[i] = i % w < w / 2 ? 0 : 255;
	assert_ok(painter_view(p, &(struct luma){grey, w, h, w}));
}

TEST(it_is_seen_as_in_a_mirror)
{
	give(W, H);
	paint(page);
	assert_int_equal(grey_at(4, H / 2), 255);
	assert_int_equal(grey_at(W - 5, H / 2), 0);
}

TEST(it_fills_its_place_and_is_cut_to_its_shape)
{
	static uint8_t grey[40 * 10];

	/* Its first and last ten columns are white: a square has no room for them. */
	for (int i = 0; i < 400; i++)
		grey[i] = i % 40 < 10 || i % 40 >= 30 ? 255 : 50;
	assert_ok(painter_view(p, &(struct luma){grey, 40, 10, 40}));
	paint((struct rect){8, 4, 40, 40});
	for (int y = 4; y < 44; y++)
		for (int x = 8; x < 48; x++)
			assert_int_equal(grey_at(x, y), 50);
	assert_true((pixels[4 * W + 7] & 0xffffff) % 0x010101 != 0);
	assert_true((pixels[4 * W + 48] & 0xffffff) % 0x010101 != 0);
}

TEST(every_size_is_painted_from_every_size)
{
	static uint8_t grey[17 * 13];

	memset(grey, 80, sizeof(grey));
	for (uint32_t w = 1; w <= 17; w += 4)
		for (uint32_t h = 1; h <= 13; h += 3) {
			assert_ok(painter_view(p, &(struct luma){grey, w, h, 17}));
			for (int32_t to = 1; to < 40; to += 3) {
				paint((struct rect){1, 1, to, 1 + to / 2});
				assert_int_equal(grey_at(1, 1), 80);
				assert_int_equal(grey_at(to, 1 + to / 2), 80);
			}
		}
}

TEST(what_lies_on_it_is_painted_with_it)
{
	struct glass g = glass();
	struct rect at = {8, 8, 32, 32};

	give(W, H);
	draw_clear(&d);
	draw_fill(&d, page, INK_ACCENT, 9);
	draw_picture(&d, at, INK_TEXT, "viewfinder");
	draw_fill(&d, (struct rect){20, 20, 4, 4}, INK_ON_GOOD, 0);
	assert_ok(painter_glass(p, &g, &d, NULL, 0, NULL));
	memset(pixels, 0x55, sizeof(pixels));
	assert_ok(painter_glass(p, &g, &d, &at, 1, NULL));
	assert_int_equal(pixels[21 * W + 21] & 0xffffff, 0xffffff);
	assert_int_equal(grey_at(10, 10), 255);
	assert_int_equal(pixels[7 * W + 8], 0x55555555);
}

TEST(without_a_picture_its_place_stays_as_it_is)
{
	give(W, H);
	assert_ok(painter_view(p, NULL));
	paint(page);
	assert_int_equal(pixels[0] & 0xffffff, 0x0b4f9e);
	give(W, H);
	painter_forget(p);
	paint(page);
	assert_int_equal(pixels[0] & 0xffffff, 0x0b4f9e);
}

TEST(a_picture_without_size_is_refused)
{
	assert_err(painter_view(p, &(struct luma){(const uint8_t *)"", 0, 1, 1}), ERR_FORMAT);
	assert_err(painter_view(p, &(struct luma){(const uint8_t *)"", 2, 1, 1}), ERR_FORMAT);
}

static int set_up(void **state)
{
	UNUSED(state);
	return painter_new(&p) != OK;
}

static int tear_down(void **state)
{
	UNUSED(state);
	painter_free(p);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(it_is_seen_as_in_a_mirror),
	cmocka_unit_test(it_fills_its_place_and_is_cut_to_its_shape),
	cmocka_unit_test(every_size_is_painted_from_every_size),
	cmocka_unit_test(what_lies_on_it_is_painted_with_it),
	cmocka_unit_test(without_a_picture_its_place_stays_as_it_is),
	cmocka_unit_test(a_picture_without_size_is_refused),
};

int main(void)
{
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
