/* The decoder of our own, on frames that no library reads. */
#include "test.h"

#include "pyramid.h"
#include "rectify.h"
#include "stress_inside.h"
#include "zbar_eye.h"
#include "zxing.h"

static struct rectifier *rectifier;
static struct zbar_eye *zbar;
static uint8_t frame[STRESS_WIDTH * STRESS_HEIGHT];
static const struct luma view = {frame, STRESS_WIDTH, STRESS_HEIGHT, STRESS_WIDTH};
static struct reading got;
static unsigned gots;

static void take(void *to, const struct reading *r)
{
	UNUSED(to);
	got = *r;
	gots++;
}

static bool libraries_read(void)
{
	enum err e = zxing_read(&view, 4, "", take, NULL);

	if (e == ERR_ABSENT)
		e = zbar_eye_read(zbar, &view, "", take, NULL);
	return e == OK;
}

/* Of the level's first frames we read all that are, wanted of which no library does. */
static void assert_reads(const char *axis, unsigned level, uint32_t frames, unsigned wanted)
{
	char text[STRESS_TEXT];
	unsigned alone = 0;

	for (uint32_t n = 0; n < frames; n++) {
		stress_frame(frame, stress_axis_named(axis), level, n, text);
		alone += !libraries_read();
		gots = 0;
		assert_ok(rectify_read(rectifier, &view, 0, NULL, take, NULL));
		assert_int_equal(gots, 1);
		assert_string_equal(got.text, text);
	}
	assert_true(alone >= wanted);
}

TEST(what_is_easy_is_read)
{
	assert_reads("clean", 0, 3, 0);
	assert_reads("rotation", 2, 2, 0);
}

TEST(noise_as_strong_as_the_code_is_seen_through)
{
	assert_reads("noise", 4, 2, 1);
}

TEST(what_is_faint_is_read)
{
	assert_reads("lowcontrast", 4, 2, 2);
	assert_reads("dim", 4, 2, 2);
}

TEST(light_on_dark_is_read)
{
	assert_reads("inverted", 3, 2, 2);
}

TEST(a_code_without_a_quiet_zone_is_read)
{
	assert_reads("quiet", 4, 2, 2);
}

TEST(what_is_damaged_past_half_the_parity_is_read)
{
	assert_reads("damage", 3, 3, 1);
}

TEST(nothing_is_read_where_nothing_is)
{
	for (uint32_t n = 0; n < 3; n++) {
		stress_empty(frame, n);
		gots = 0;
		assert_err(rectify_read(rectifier, &view, 100, NULL, take, NULL), ERR_ABSENT);
		assert_int_equal(gots, 0);
	}
}

static struct symbol symbol;

/* The pose is another for each n. */
static void draw(const char *text, double size, double arc, double tilt, uint32_t n)
{
	static float canvas[STRESS_PIXELS];
	struct chance c = chance_of(77, 1, n);
	struct scene scene = {.size = size,
		.rotation = 30.0 * n,
		.tilt = tilt,
		.lean = 45.0 * n,
		.arc = arc,
		.x = 640,
		.y = 360,
		.quiet = 4,
		.white = 220,
		.black = 35,
		.shadow = 1,
		.blur = 0.1,
		.noise = 3};

	assert_ok(symbol_make(&symbol, span_of(text)));
	memset(canvas, 0, sizeof(canvas));
	stress_background(canvas, &c);
	stress_code(canvas, &scene, &symbol, &c);
	stress_light(canvas, &scene, symbol.side, &c);
	stress_sensor(frame, canvas, &scene, &c);
}

/* A short text on a bottle: version 1, which has no alignment pattern, bent and seen from the side. */
TEST(a_bent_code_without_an_alignment_pattern_is_read)
{
	static const uint32_t hard[] = {4, 8, 10};

	for (size_t i = 0; i < COUNT(hard); i++) {
		draw("HUDSON", 260, 90, 30, hard[i]);
		assert_int_equal(symbol.side, 21);
		assert_ok(rectify_read(rectifier, &view, 0, NULL, take, NULL));
		assert_string_equal(got.text, "HUDSON");
	}
}

/* The module at a point of a symbol on a sheet that sags, seen from the side; light outside of it. */
static bool seen_dark(double x, double y, double module)
{
	double far = module * (1 + 0.0003 * x + 0.0002 * y), half = symbol.side / 2.0;
	double bent = y + 3 * (x / 200) * (x / 200);
	double u = (x + 0.15 * bent) / far + half, v = (bent - 0.1 * x) / far + half;

	return u >= 0 && v >= 0 && u < symbol.side && v < symbol.side &&
	       symbol_dark(&symbol, (unsigned)u, (unsigned)v);
}

static void draw_large(double module)
{
	enum { FINE = 3 };

	for (unsigned y = 0; y < STRESS_HEIGHT; y++)
		for (unsigned x = 0; x < STRESS_WIDTH; x++) {
			unsigned dark = 0;

			for (unsigned i = 0; i < FINE * FINE; i++)
				dark += seen_dark(x + (i % FINE + 0.5) / FINE - STRESS_WIDTH / 2.0,
					y + (i / FINE + 0.5) / FINE - STRESS_HEIGHT / 2.0, module);
			frame[y * STRESS_WIDTH + x] = (uint8_t)(220 - dark * 190 / (FINE * FINE));
		}
}

TEST(a_symbol_of_more_than_a_hundred_modules_a_side_is_read)
{
	static char text[1640];

	for (size_t i = 0; i + 1 < sizeof(text); i++)
		text[i] = (char)('a' + i * i % 23);
	assert_ok(symbol_make(&symbol, span_of(text)));
	assert_int_equal(symbol.side, 177);
	draw_large(3.2);
	assert_ok(rectify_read(rectifier, &view, 0, NULL, take, NULL));
	assert_string_equal(got.text, text);
}

/* A finder's dark, light and dark squares and no code with it: what letters look like, only better. */
static void draw_ring(unsigned left, unsigned top)
{
	enum { MODULE = 3 };

	for (unsigned y = 0; y < 7 * MODULE; y++)
		for (unsigned x = 0; x < 7 * MODULE; x++) {
			int u = abs((int)(x / MODULE) - 3), v = abs((int)(y / MODULE) - 3);

			frame[(top + y) * STRESS_WIDTH + left + x] =
				(u > v ? u : v) == 2 ? 220 : 20;
		}
}

TEST(a_code_is_found_among_sixty_lone_rings)
{
	char text[STRESS_TEXT];

	stress_frame(frame, stress_axis_named("noise"), 2, 0, text);
	for (unsigned y = 30; y < 690; y += 110)
		for (unsigned i = 0; i < 10; i++)
			draw_ring(30 + i * 80 + (i < 5 ? 0 : 460) + y % 31, y);
	assert_ok(rectify_read(rectifier, &view, 0, NULL, take, NULL));
	assert_string_equal(got.text, text);
}

static void assert_near(int got_at, int want)
{
	assert_in_range(got_at, want - 2, want + 2);
}

TEST(corners_are_those_of_the_symbol)
{
	enum { SCALE = 6, LEFT = 300, TOP = 200 };
	static struct symbol s;
	int end = 0;

	assert_ok(symbol_make(&s, span_of("ZQM1")));
	memset(frame, 200, sizeof(frame));
	for (unsigned y = 0; y < s.side * SCALE; y++)
		for (unsigned x = 0; x < s.side * SCALE; x++)
			if (symbol_dark(&s, x / SCALE, y / SCALE))
				frame[(TOP + y) * STRESS_WIDTH + LEFT + x] = 20;
	assert_ok(rectify_read(rectifier, &view, 0, NULL, take, NULL));
	assert_string_equal(got.text, "ZQM1");
	assert_string_equal(got.path, "rectify");
	end = (int)s.side * SCALE;
	assert_near(got.corner[0].x, LEFT);
	assert_near(got.corner[0].y, TOP);
	assert_near(got.corner[2].x, LEFT + end);
	assert_near(got.corner[2].y, TOP + end);
	assert_near(got.corner[1].x, LEFT + end);
	assert_near(got.corner[3].y, TOP + end);
}

TEST(a_picture_out_of_bounds_is_refused)
{
	struct luma bad = {frame, 100, 100, 50};

	assert_err(rectify_read(rectifier, &bad, 0, NULL, take, NULL), ERR_FORMAT);
	bad = (struct luma){frame, LUMA_SIDE, PYRAMID_PIXELS / LUMA_SIDE + 1, LUMA_SIDE};
	assert_err(rectify_read(rectifier, &bad, 0, NULL, take, NULL), ERR_FULL);
}

TEST(a_tiny_picture_is_no_trouble)
{
	struct luma small = {frame, 1, 1, 1};

	assert_err(rectify_read(rectifier, &small, 0, NULL, take, NULL), ERR_ABSENT);
	small = (struct luma){frame, 31, 90, 31};
	assert_err(rectify_read(rectifier, &small, 0, NULL, take, NULL), ERR_ABSENT);
}

static int open_eyes(void **state)
{
	UNUSED(state);
	return rectify_open(&rectifier) == OK && zbar_eye_open(&zbar) == OK ? 0 : 1;
}

static int close_eyes(void **state)
{
	UNUSED(state);
	rectify_close(rectifier);
	zbar_eye_close(zbar);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(what_is_easy_is_read),
	cmocka_unit_test(noise_as_strong_as_the_code_is_seen_through),
	cmocka_unit_test(what_is_faint_is_read),
	cmocka_unit_test(light_on_dark_is_read),
	cmocka_unit_test(a_code_without_a_quiet_zone_is_read),
	cmocka_unit_test(what_is_damaged_past_half_the_parity_is_read),
	cmocka_unit_test(nothing_is_read_where_nothing_is),
	cmocka_unit_test(a_bent_code_without_an_alignment_pattern_is_read),
	cmocka_unit_test(a_symbol_of_more_than_a_hundred_modules_a_side_is_read),
	cmocka_unit_test(a_code_is_found_among_sixty_lone_rings),
	cmocka_unit_test(corners_are_those_of_the_symbol),
	cmocka_unit_test(a_picture_out_of_bounds_is_refused),
	cmocka_unit_test(a_tiny_picture_is_no_trouble),
};

int main(void)
{
	return cmocka_run_group_tests(tests, open_eyes, close_eyes);
}
