/* The painter: damage, fitting, two surfaces, pictures, and what it forgets. */
#include "test.h"

#include "painter.h"

enum { W = 320, H = 200 };

static struct painter *p;
static struct draw before, after;
static uint32_t pixels[W * H], whole[W * H];
static const struct rect page = {0, 0, W, H};

static struct glass glass_on(uint32_t *at)
{
	return (struct glass){at, W, H, W * 4, PALETTE_NORMAL};
}

static struct text_style sized(unsigned size, unsigned least, unsigned lines)
{
	struct text_style s;

	memset(&s, 0, sizeof(s));
	s.size = (uint16_t)size;
	s.size_min = (uint16_t)least;
	s.lines = (uint8_t)lines;
	s.weight = 4;
	return s;
}

static enum err measure(
	const char *text, struct rect at, struct text_style style, struct painter_fit *fit)
{
	draw_clear(&after);
	draw_text(&after, at, INK_TEXT, style, span_of(text));
	return painter_measure(p, &after, &after.commands[0], fit);
}

static uint32_t seed;

static uint32_t any(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

static void any_command(struct draw *d)
{
	static const char *const words[] = {
		"Ada", "Julia Jot", "Ωμέγα ήτα", "王小明", "يونس", "fj"};
	static const char *const names[] = {"check", "bus", "printer", "viewfinder"};
	struct rect at = {
		(int32_t)any(W) - 20, (int32_t)any(H) - 20, (int32_t)any(150), (int32_t)any(90)};
	struct text_style style = sized(10 + any(40), 8, any(3));
	unsigned op = any(6);

	style.across = (uint8_t)any(3);
	style.down = (uint8_t)any(3);
	if (op < 2)
		draw_box(d, at, INK_PANEL + any(8), any(12), any(2) ? INK_LINE : INK_NONE, any(4));
	else if (op == 2)
		draw_picture(d, at, INK_TEXT, names[any(4)]);
	else if (op == 3)
		draw_code(d, at, span_of("ZQM1"));
	else
		draw_text(d, at, INK_TEXT + any(3), style, span_of(words[any(6)]));
	if (any(4) == 0)
		draw_region(d, at, "r", REGION_BUTTON, span_of("spoken"), REGION_READY, any(9));
}

/* after is before with a few commands changed, left out or added. */
static void any_change(void)
{
	draw_clear(&before);
	draw_clear(&after);
	for (unsigned i = 0, n = 5 + any(20); i < n; i++) {
		uint32_t here = seed, change = any(12);

		if (change != 0) {
			seed = here;
			any_command(&before);
		}
		if (change != 1) {
			seed = change == 2 ? here + 7 : here;
			any_command(&after);
		}
		seed = here * 31 + i;
	}
}

/* A curve drawn whole and one drawn through a mask round differently: by two of 255, and a few lie on
 * each other. */
static void demand_same_picture(void)
{
	const uint8_t *a = (const uint8_t *)pixels, *b = (const uint8_t *)whole;

	for (size_t i = 0; i < sizeof(whole); i++)
		if (abs(a[i] - b[i]) > 8)
			fail_msg("pixel %zu,%zu: %d, all painted: %d", i / 4 % W, i / 4 / W, a[i],
				b[i]);
}

TEST(painting_the_damage_equals_painting_all)
{
	struct glass g = glass_on(pixels), all = glass_on(whole);
	struct luma view = {(const uint8_t *)"Any eight.", 4, 2, 5};

	assert_ok(painter_view(p, &view));
	for (unsigned round = 0; round < 300; round++) {
		struct rect rects[PAINTER_RECTS];
		size_t n = 0;

		seed = round;
		any_change();
		assert_ok(painter_glass(p, &g, &before, NULL, 0, NULL));
		n = painter_damage(&before, &after, W, H, rects);
		assert_true(n <= PAINTER_RECTS);
		if (n > 0)
			assert_ok(painter_glass(p, &g, &after, rects, n, NULL));
		assert_ok(painter_glass(p, &all, &after, NULL, 0, NULL));
		demand_same_picture();
	}
}

TEST(equal_lists_have_no_damage)
{
	struct rect rects[PAINTER_RECTS];

	seed = 5;
	any_change();
	assert_int_equal(painter_damage(&after, &after, W, H, rects), 0);
}

TEST(without_a_list_before_everything_is_damaged)
{
	struct rect rects[PAINTER_RECTS];

	assert_int_equal(painter_damage(NULL, &after, W, H, rects), 1);
	assert_memory_equal(&rects[0], &page, sizeof(page));
}

TEST(a_tick_of_the_clock_damages_the_clock_only)
{
	struct rect rects[PAINTER_RECTS];
	struct rect clock = {200, 10, 100, 30};

	draw_clear(&before);
	draw_clear(&after);
	for (int i = 0; i < 2; i++) {
		struct draw *d = i == 0 ? &before : &after;

		draw_fill(d, (struct rect){0, 0, W, H}, INK_PANEL, 0);
		draw_text(d, clock, INK_TEXT, sized(20, 20, 1), span_of(i == 0 ? "9:59" : "10:00"));
		draw_text(
			d, (struct rect){0, 100, 99, 30}, INK_TEXT, sized(20, 20, 1), span_of("x"));
	}
	assert_int_equal(painter_damage(&before, &after, W, H, rects), 1);
	assert_true(rects[0].w <= clock.w + 4 && rects[0].h <= clock.h + 4);
}

TEST(a_region_alone_is_no_damage)
{
	struct rect rects[PAINTER_RECTS];

	draw_clear(&before);
	draw_clear(&after);
	draw_region(&after, page, "a", REGION_BUTTON, span_of("a"), REGION_READY, 1);
	assert_int_equal(painter_damage(&before, &after, W, H, rects), 0);
}

TEST(pixels_outside_the_damage_stay)
{
	struct glass g = glass_on(pixels);
	struct rect one = {10, 10, 5, 5};

	memset(pixels, 0x55, sizeof(pixels));
	draw_clear(&after);
	assert_ok(painter_glass(p, &g, &after, &one, 1, NULL));
	assert_int_equal(pixels[9 * W + 9], 0x55555555);
	assert_int_equal(pixels[15 * W + 15], 0x55555555);
	assert_int_not_equal(pixels[10 * W + 10], 0x55555555);
}

TEST(a_text_that_fits_keeps_its_size)
{
	struct painter_fit fit;

	assert_ok(measure("Ada", (struct rect){0, 0, 200, 60}, sized(32, 12, 1), &fit));
	assert_int_equal(fit.size, 32);
	assert_int_equal(fit.lines, 1);
}

TEST(a_long_line_shrinks_until_it_fits)
{
	struct painter_fit fit;

	assert_ok(
		measure("Wolfeschlegelstein", (struct rect){0, 0, 150, 60}, sized(32, 8, 1), &fit));
	assert_true(fit.size < 32 && fit.size > 8);
	assert_int_equal(fit.lines, 1);
	assert_true(fit.ink.x >= -1 && fit.ink.x + fit.ink.w <= 152);
}

TEST(a_text_wraps_before_it_shrinks)
{
	struct painter_fit fit;

	assert_ok(measure("two words", (struct rect){0, 0, 110, 90}, sized(30, 8, 2), &fit));
	assert_int_equal(fit.size, 30);
	assert_int_equal(fit.lines, 2);
}

TEST(a_letter_that_reaches_out_to_the_left_is_moved_in)
{
	struct painter_fit fit;

	assert_ok(measure("Jjj", (struct rect){40, 0, 200, 90}, sized(60, 8, 1), &fit));
	assert_true(fit.ink.x >= 40);
}

TEST(what_does_not_fit_is_reported)
{
	struct glass g = glass_on(pixels);
	struct painter_report report = {0};
	struct painter_fit fit;

	assert_err(measure("far too long", (struct rect){7, 0, 20, 20}, sized(30, 24, 1), &fit),
		ERR_FULL);
	assert_ok(painter_glass(p, &g, &after, NULL, 0, &report));
	assert_int_equal(report.overflow, 1);
	assert_int_equal(report.worst.x, 7);
}

TEST(only_a_text_can_be_measured)
{
	struct painter_fit fit;

	draw_clear(&after);
	draw_fill(&after, page, INK_TEXT, 0);
	assert_err(painter_measure(p, &after, &after.commands[0], &fit), ERR_ABSENT);
}

TEST(many_scripts_have_all_their_glyphs)
{
	static const char *const texts[] = {"王小明", "山田太郎", "이준호", "محمد", "דוד", "Ελένη",
		"Дмитрий", "Nguyễn Phượng", "สมชาย", "अमिता", "Łukasz Żółć", "Þór"};
	struct glass g = glass_on(pixels);

	for (size_t i = 0; i < COUNT(texts); i++) {
		struct painter_report report = {0};

		draw_clear(&after);
		draw_text(&after, page, INK_TEXT, sized(40, 20, 1), span_of(texts[i]));
		assert_ok(painter_glass(p, &g, &after, NULL, 0, &report));
		assert_int_equal(report.unknown, 0);
		assert_int_equal(report.overflow, 0);
	}
}

TEST(broken_text_and_unknown_pictures_are_reported)
{
	struct glass g = glass_on(pixels);
	struct painter_report report = {0};

	draw_clear(&after);
	draw_text(&after, page, INK_TEXT, sized(40, 20, 1), span_of("\xff\xfe"));
	draw_picture(&after, page, INK_TEXT, "no-such-picture");
	assert_ok(painter_glass(p, &g, &after, NULL, 0, &report));
	assert_int_equal(report.unknown, 2);
}

TEST(a_code_too_large_for_its_place_is_reported)
{
	struct glass g = glass_on(pixels);
	struct painter_report report = {0};

	draw_clear(&after);
	draw_code(&after, (struct rect){0, 0, 20, 20}, span_of("ZQM1"));
	assert_ok(painter_glass(p, &g, &after, NULL, 0, &report));
	assert_int_equal(report.overflow, 1);
}

TEST(every_named_picture_leaves_ink)
{
	static const char *const names[] = {"scan-here", "badge", "printer", "paper", "check",
		"warning", "offline", "bus", "clock", "person", "calendar", "place", "door",
		"phone", "help", "access", "home", "back", "search", "cup", "microphone",
		"handshake", "lock", "pen", "sound", "logo"};
	static uint8_t memory[48 * 6];
	struct bitmap b;

	assert_ok(bitmap_init(&b, 48, 48, memory, sizeof(memory)));
	for (size_t i = 0; i < COUNT(names); i++) {
		unsigned black = 0;

		assert_true(painter_has_picture(names[i]));
		draw_clear(&after);
		draw_picture(&after, (struct rect){0, 0, 48, 48}, INK_TEXT, names[i]);
		assert_ok(painter_paper(p, &after, &b, NULL));
		for (uint32_t k = 0; k < 48 * 48; k++)
			black += bitmap_get(&b, k % 48, k / 48);
		assert_in_range(black, 48, 48 * 24);
	}
	assert_false(painter_has_picture("no-such-picture"));
}

TEST(paper_is_white_under_white_inks)
{
	static uint8_t memory[8 * 8];
	struct bitmap b;

	assert_ok(bitmap_init(&b, 60, 8, memory, sizeof(memory)));
	draw_clear(&after);
	draw_fill(&after, (struct rect){0, 0, 60, 8}, INK_ACCENT, 0);
	draw_fill(&after, (struct rect){10, 2, 5, 4}, INK_ON_ACCENT, 0);
	assert_ok(painter_paper(p, &after, &b, NULL));
	assert_true(bitmap_get(&b, 9, 3));
	assert_false(bitmap_get(&b, 10, 3));
	assert_true(bitmap_get(&b, 15, 3));
	assert_int_equal(memory[7] & 0x0f, 0);
}

TEST(high_contrast_is_another_palette_only)
{
	struct glass g = glass_on(pixels);

	g.palette = PALETTE_CONTRAST;
	draw_clear(&after);
	assert_ok(painter_glass(p, &g, &after, NULL, 0, NULL));
	assert_int_equal(pixels[0] & 0xffffff, 0);
}

TEST(a_track_takes_the_colour_of_the_programme)
{
	static const uint8_t rgb[3] = {0x12, 0x34, 0x56};
	struct glass g = glass_on(pixels);

	painter_track(p, 3, rgb);
	painter_track(p, 99, rgb);
	draw_clear(&after);
	draw_fill(&after, page, INK_TRACK + 3, 0);
	assert_ok(painter_glass(p, &g, &after, NULL, 0, NULL));
	assert_int_equal(pixels[0] & 0xffffff, 0x123456);
}

TEST(the_badge_picture_shows_the_dots)
{
	static uint8_t memory[8 * 8];
	struct glass g = glass_on(pixels);
	struct bitmap b;

	assert_ok(bitmap_init(&b, 64, 8, memory, sizeof(memory)));
	memset(memory, 0, sizeof(memory));
	for (uint32_t y = 0; y < 8; y++)
		for (uint32_t x = 0; x < 32; x++)
			bitmap_set(&b, x, y, true);
	assert_ok(painter_badge(p, &b));
	draw_clear(&after);
	draw_picture(&after, (struct rect){0, 0, 64, 8}, INK_TEXT, "badge");
	assert_ok(painter_glass(p, &g, &after, NULL, 0, NULL));
	assert_int_equal(pixels[2 * W + 4] & 0xffffff, 0);
	assert_int_equal(pixels[2 * W + 60] & 0xffffff, 0xffffff);
	assert_ok(painter_badge(p, NULL));
}

TEST(a_buffer_without_a_size_is_refused)
{
	struct glass g = glass_on(pixels);

	g.width = 0;
	assert_err(painter_glass(p, &g, &after, NULL, 0, NULL), ERR_FORMAT);
	g = glass_on(NULL);
	assert_err(painter_glass(p, &g, &after, NULL, 0, NULL), ERR_FORMAT);
	g = glass_on(pixels);
	g.stride = 7;
	assert_err(painter_glass(p, &g, &after, NULL, 0, NULL), ERR_FORMAT);
}

TEST(painting_goes_on_after_forgetting)
{
	struct glass g = glass_on(pixels), all = glass_on(whole);

	seed = 77;
	any_change();
	assert_ok(painter_glass(p, &g, &after, NULL, 0, NULL));
	painter_forget(p);
	assert_ok(painter_glass(p, &all, &after, NULL, 0, NULL));
	assert_memory_equal(pixels, whole, sizeof(whole));
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
	cmocka_unit_test(painting_the_damage_equals_painting_all),
	cmocka_unit_test(equal_lists_have_no_damage),
	cmocka_unit_test(without_a_list_before_everything_is_damaged),
	cmocka_unit_test(a_tick_of_the_clock_damages_the_clock_only),
	cmocka_unit_test(a_region_alone_is_no_damage),
	cmocka_unit_test(pixels_outside_the_damage_stay),
	cmocka_unit_test(a_text_that_fits_keeps_its_size),
	cmocka_unit_test(a_long_line_shrinks_until_it_fits),
	cmocka_unit_test(a_text_wraps_before_it_shrinks),
	cmocka_unit_test(a_letter_that_reaches_out_to_the_left_is_moved_in),
	cmocka_unit_test(what_does_not_fit_is_reported),
	cmocka_unit_test(only_a_text_can_be_measured),
	cmocka_unit_test(many_scripts_have_all_their_glyphs),
	cmocka_unit_test(broken_text_and_unknown_pictures_are_reported),
	cmocka_unit_test(a_code_too_large_for_its_place_is_reported),
	cmocka_unit_test(every_named_picture_leaves_ink),
	cmocka_unit_test(paper_is_white_under_white_inks),
	cmocka_unit_test(high_contrast_is_another_palette_only),
	cmocka_unit_test(a_track_takes_the_colour_of_the_programme),
	cmocka_unit_test(the_badge_picture_shows_the_dots),
	cmocka_unit_test(a_buffer_without_a_size_is_refused),
	cmocka_unit_test(painting_goes_on_after_forgetting),
};

int main(void)
{
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
