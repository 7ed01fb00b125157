/* Pages of dots, and PNG pictures, hostile ones included. */
#include "test.h"

#include "bitmap.h"
#include "help/scratch.h"

#include <png.h>

static struct scratch scratch;

static int set_up(void **state)
{
	(void)state;
	scratch_make(&scratch);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	scratch_remove(&scratch);
	return 0;
}

static size_t slurp(const char *path, uint8_t *out, size_t cap)
{
	FILE *f = fopen(path, "rbe");
	assert_non_null(f);
	size_t n = fread(out, 1, cap, f);
	fclose(f);
	return n;
}

static void spill(const char *path, const uint8_t *p, size_t n)
{
	FILE *f = fopen(path, "wbe");
	assert_non_null(f);
	assert_int_equal(fwrite(p, 1, n, f), n);
	fclose(f);
}

TEST(bitmap_refuses_sides_of_nothing_and_too_long)
{
	UNUSED(state);
	struct bitmap b;
	uint8_t m[16];
	assert_err(bitmap_init(&b, 0, 1, m, 16), ERR_FORMAT);
	assert_err(bitmap_init(&b, 1, 0, m, 16), ERR_FORMAT);
	assert_err(bitmap_init(&b, 32769, 1, m, 16), ERR_FORMAT);
	assert_err(bitmap_init(&b, 1, 32769, m, 16), ERR_FORMAT);
}

TEST(bitmap_refuses_memory_one_byte_short)
{
	UNUSED(state);
	struct bitmap b;
	uint8_t m[20];
	assert_err(bitmap_init(&b, 9, 10, m, 19), ERR_FULL);
	assert_ok(bitmap_init(&b, 9, 10, m, 20));
	assert_int_equal(b.stride, 2);
}

TEST(bitmap_dots_outside_are_white_and_stay_so)
{
	UNUSED(state);
	struct bitmap b;
	uint8_t m[2] = {0};
	assert_ok(bitmap_init(&b, 9, 1, m, 2));
	bitmap_set(&b, 9, 0, true);
	bitmap_set(&b, 0, 1, true);
	assert_false(bitmap_get(&b, 9, 0));
	assert_int_equal(m[0] | m[1], 0);
	bitmap_set(&b, 8, 0, true);
	assert_int_equal(m[1], 0x80);
	bitmap_set(&b, 8, 0, false);
	assert_int_equal(m[1], 0);
}

static void random_page(struct bitmap *b, uint32_t width, uint32_t height, uint8_t *m, size_t n)
{
	assert_ok(bitmap_init(b, width, height, m, n));
	bitmap_clear(b);
	for (uint32_t y = 0; y < height; y++)
		for (uint32_t x = 0; x < width; x++)
			bitmap_set(b, x, y, (x * 7919 + y * 104729 + x * y) % 5 < 2);
}

TEST(bitmap_png_gives_the_same_dots_back)
{
	UNUSED(state);
	static const uint32_t widths[] = {1, 7, 8, 9, 696};
	static uint8_t m[90 * 40];
	for (size_t i = 0; i < COUNT(widths); i++) {
		struct bitmap b, back;
		random_page(&b, widths[i], 40, m, sizeof(m));
		assert_ok(bitmap_write_png(&b, scratch_name(&scratch, "a.png"), 300));
		assert_ok(bitmap_read_png(&back, scratch_name(&scratch, "a.png")));
		assert_int_equal(back.width, b.width);
		assert_int_equal(back.height, b.height);
		assert_memory_equal(back.dots, b.dots, b.stride * b.height);
		free(back.dots);
	}
}

TEST(bitmap_png_that_is_not_there_is_absent)
{
	UNUSED(state);
	struct bitmap b;
	assert_err(bitmap_read_png(&b, scratch_name(&scratch, "none.png")), ERR_ABSENT);
	assert_null(b.dots);
}

TEST(bitmap_png_in_no_folder_cannot_be_written)
{
	UNUSED(state);
	struct bitmap b;
	uint8_t m[1] = {0};
	assert_ok(bitmap_init(&b, 8, 1, m, 1));
	assert_err(bitmap_write_png(&b, scratch_name(&scratch, "no/a.png"), 300), ERR_ABSENT);
	assert_err(bitmap_write_png(&b, "/dev/full", 300), ERR_IO);
}

TEST(bitmap_png_is_refused_at_every_truncation)
{
	UNUSED(state);
	static uint8_t m[90 * 40], file[8192];
	struct bitmap b, back;
	random_page(&b, 100, 20, m, sizeof(m));
	assert_ok(bitmap_write_png(&b, scratch_name(&scratch, "a.png"), 300));
	size_t n = slurp(scratch_name(&scratch, "a.png"), file, sizeof(file));
	for (size_t cut = 0; cut < n; cut++) {
		spill(scratch_name(&scratch, "b.png"), file, cut);
		assert_err(bitmap_read_png(&back, scratch_name(&scratch, "b.png")), ERR_FORMAT);
		assert_null(back.dots);
	}
}

TEST(bitmap_png_with_any_byte_changed_is_read_or_refused)
{
	UNUSED(state);
	static uint8_t m[90 * 40], file[8192];
	struct bitmap b, back;
	random_page(&b, 100, 20, m, sizeof(m));
	assert_ok(bitmap_write_png(&b, scratch_name(&scratch, "a.png"), 300));
	size_t n = slurp(scratch_name(&scratch, "a.png"), file, sizeof(file));
	for (size_t i = 0; i < n; i++) {
		file[i] ^= 0x41;
		spill(scratch_name(&scratch, "b.png"), file, n);
		enum err e = bitmap_read_png(&back, scratch_name(&scratch, "b.png"));
		assert_true(e == OK || e == ERR_FORMAT);
		free(back.dots);
		file[i] ^= 0x41;
	}
}

/* A PNG made by libpng itself: 4 x 4, dark in the left half. */
static void make(int colour, int depth, int interlace)
{
	FILE *f = fopen(scratch_name(&scratch, "k.png"), "wbe");
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	uint8_t row[4 * 8];
	size_t channels = colour == PNG_COLOR_TYPE_RGBA ? 4 : colour == PNG_COLOR_TYPE_RGB ? 3 : 1;
	size_t bytes = channels * (size_t)depth / 8;
	assert_non_null(f);
	png_init_io(png, f);
	png_set_IHDR(png, info, 4, 4, depth, colour, interlace, 0, 0);
	png_write_info(png, info);
	memset(row, 0xff, sizeof(row));
	/* With alpha, the right half is black but transparent: paper shows through. */
	memset(row, 0x20, 2 * bytes);
	if (channels == 4) {
		memset(row + 2 * bytes, 0, 2 * bytes);
		for (size_t i = 0; i < 2; i++)
			memset(row + i * bytes + bytes / 4 * 3, 0xff, bytes / 4);
	}
	int passes = png_set_interlace_handling(png);
	for (int i = 0; i < 4 * passes; i++)
		png_write_row(png, row);
	png_write_end(png, NULL);
	png_destroy_write_struct(&png, &info);
	fclose(f);
}

TEST(bitmap_png_of_every_kind_is_laid_on_white)
{
	UNUSED(state);
	static const int kinds[] = {PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_RGBA};
	for (size_t k = 0; k < COUNT(kinds); k++)
		for (int depth = 8; depth <= 16; depth += 8)
			for (int lace = 0; lace < 2; lace++) {
				struct bitmap b;
				make(kinds[k], depth, lace);
				assert_ok(bitmap_read_png(&b, scratch_name(&scratch, "k.png")));
				for (uint32_t y = 0; y < 4; y++)
					assert_int_equal(b.dots[y], 0xc0);
				free(b.dots);
			}
}

static uint32_t crc(const uint8_t *p, size_t n)
{
	uint32_t c = 0xffffffff;
	for (size_t i = 0; i < n; i++) {
		c ^= p[i];
		for (int k = 0; k < 8; k++)
			c = c & 1 ? 0xedb88320 ^ c >> 1 : c >> 1;
	}
	return ~c;
}

/* Only a head that says width x height, its checksum right. */
static void claim_size(uint32_t width, uint32_t height)
{
	uint8_t file[8 + 25] = {
		0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'};
	for (int i = 0; i < 4; i++) {
		file[16 + i] = (uint8_t)(width >> (24 - 8 * i));
		file[20 + i] = (uint8_t)(height >> (24 - 8 * i));
	}
	file[24] = 8;
	uint32_t c = crc(file + 12, 17);
	for (int i = 0; i < 4; i++)
		file[29 + i] = (uint8_t)(c >> (24 - 8 * i));
	spill(scratch_name(&scratch, "h.png"), file, sizeof(file));
}

TEST(bitmap_png_that_claims_to_be_huge_is_refused)
{
	UNUSED(state);
	static const uint32_t sizes[][2] = {{32769, 1}, {1, 32769}, {32768, 32768},
		{0x7fffffff, 0x7fffffff}, {0, 5}, {8001, 9000}};
	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct bitmap b;
		claim_size(sizes[i][0], sizes[i][1]);
		assert_err(bitmap_read_png(&b, scratch_name(&scratch, "h.png")), ERR_FORMAT);
		assert_null(b.dots);
	}
}

#define BITMAP_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
static const struct CMUnitTest tests[] = {
	BITMAP_TEST(bitmap_refuses_sides_of_nothing_and_too_long),
	BITMAP_TEST(bitmap_refuses_memory_one_byte_short),
	BITMAP_TEST(bitmap_dots_outside_are_white_and_stay_so),
	BITMAP_TEST(bitmap_png_gives_the_same_dots_back),
	BITMAP_TEST(bitmap_png_that_is_not_there_is_absent),
	BITMAP_TEST(bitmap_png_in_no_folder_cannot_be_written),
	BITMAP_TEST(bitmap_png_is_refused_at_every_truncation),
	BITMAP_TEST(bitmap_png_with_any_byte_changed_is_read_or_refused),
	BITMAP_TEST(bitmap_png_of_every_kind_is_laid_on_white),
	BITMAP_TEST(bitmap_png_that_claims_to_be_huge_is_refused),
};
RUN_TESTS(tests)
