/* Pictures of strangers: every kind gives the grey it should, every bad one a fault with a remedy. */
#include "test.h"

#include "help/pictures.h"
#include "picture_in.h"

#include <sys/resource.h>

enum { WIDTH = 61, HEIGHT = 37 };
static struct picture picture;
static uint8_t pixels[WIDTH * HEIGHT];
static const struct luma model = {pixels, WIDTH, HEIGHT, WIDTH};

/* Black and white in blocks of 8, so that no kind of file changes it much. */
static int set_up(void **state)
{
	UNUSED(state);
	for (uint32_t y = 0; y < HEIGHT; y++)
		for (uint32_t x = 0; x < WIDTH; x++)
			pixels[y * WIDTH + x] = (x / 8 + y / 8) % 2 ? 255 : 0;
	return 0;
}

static int tear_down(void **state)
{
	UNUSED(state);
	picture_done(&picture);
	return 0;
}

/* The model comes back, each pixel within `off`, white as `white`. */
static void assert_model(int white, int off)
{
	assert_int_equal(picture.luma.width, WIDTH);
	assert_int_equal(picture.luma.height, HEIGHT);
	for (uint32_t y = 0; y < HEIGHT; y++)
		for (uint32_t x = 0; x < WIDTH; x++) {
			int got = picture.luma.at[y * picture.luma.stride + x];
			int want = pixels[y * WIDTH + x] ? white : 0;
			if (got > want + off || got < want - off)
				fail_msg("%d instead of %d at %u,%u", got, want, x, y);
		}
}

static void assert_reads(struct span file, int white, int off)
{
	enum err e = picture_read(&picture, file);

	if (e)
		fail_msg("%s", picture.fault);
	assert_model(white, off);
	free((void *)file.p);
}

static void assert_fault(struct span file, enum err e, const char *says)
{
	assert_err(picture_read(&picture, file), e);
	assert_null(picture.luma.at);
	if (!strstr(picture.fault, says))
		fail_msg("\"%s\" is not in: %s", says, picture.fault);
}

#define FILE_OF(text)                                                                              \
	(struct span)                                                                              \
	{                                                                                          \
		(const uint8_t *)(text), sizeof(text) - 1                                          \
	}

TEST(every_kind_of_png_is_read)
{
	static const struct {
		enum png_colours colours;
		int bits;
	} kinds[] = {{PNG_GREY, 1}, {PNG_GREY, 2}, {PNG_GREY, 4}, {PNG_GREY, 8}, {PNG_GREY, 16},
		{PNG_PALETTE, 1}, {PNG_PALETTE, 2}, {PNG_PALETTE, 4}, {PNG_PALETTE, 8},
		{PNG_RGB, 8}, {PNG_RGB, 16}};
	UNUSED(state);

	for (size_t i = 0; i < 2 * COUNT(kinds); i++)
		assert_reads(pictures_png(&model, kinds[i / 2].colours, kinds[i / 2].bits, i % 2),
			255, 0);
}

TEST(what_shines_through_is_light_grey)
{
	UNUSED(state);
	assert_reads(pictures_png(&model, PNG_GREY_ALPHA, 8, false), 0xb0, 0);
	assert_reads(pictures_png(&model, PNG_GREY_ALPHA, 16, true), 0xb0, 0);
	assert_reads(pictures_png(&model, PNG_RGB_ALPHA, 8, true), 0xb0, 0);
	assert_reads(pictures_png(&model, PNG_RGB_ALPHA, 16, false), 0xb0, 0);
}

TEST(every_kind_of_jpeg_is_read)
{
	UNUSED(state);
	for (enum jpeg_colours c = JPEG_GREY; c <= JPEG_ADOBE_CMYK; c++)
		for (int progressive = 0; progressive < 2; progressive++)
			assert_reads(pictures_jpeg(&model, c, progressive), 255, 40);
}

TEST(every_kind_of_pgm_is_read)
{
	static const uint32_t whites[] = {1, 7, 255, 256, 65535};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(whites); i++) {
		assert_reads(pictures_pgm(&model, whites[i], false), 255, 0);
		assert_reads(pictures_pgm(&model, whites[i], true), 255, 0);
	}
}

TEST(memory_is_kept_for_the_next_picture)
{
	struct span small = pictures_pgm(&(struct luma){pixels, 8, 8, WIDTH}, 255, false);
	UNUSED(state);

	assert_reads(pictures_pgm(&model, 255, false), 255, 0);
	const uint8_t *before = picture.pixels;
	assert_ok(picture_read(&picture, small));
	assert_ptr_equal(picture.luma.at, before);
	assert_int_equal(picture.luma.stride, 8);
	free((void *)small.p);
}

/* Each beginning of a file, but those that hold every pixel already: those may be read. */
static void assert_every_cut_is_a_fault(struct span file, size_t whole)
{
	for (size_t n = 0; n < file.n; n++) {
		/* In memory of its own length, so that a look behind it is found. */
		uint8_t *copy = malloc(n + !n);
		assert_non_null(copy);
		memcpy(copy, file.p, n);
		enum err e = picture_read(&picture, (struct span){copy, n});
		free(copy);
		if (e == OK && n >= whole)
			continue;
		assert_err(e, ERR_FORMAT);
		if (n > 8 && !strstr(picture.fault, "cut off: copy it again"))
			fail_msg("at %zu of %zu: %s", n, file.n, picture.fault);
	}
	free((void *)file.p);
}

TEST(a_cut_off_png_says_so)
{
	struct span plain = pictures_png(&model, PNG_RGB, 8, false);
	struct span interlaced = pictures_png(&model, PNG_PALETTE, 4, true);
	UNUSED(state);

	/* The last chunk is IEND, 12 bytes; before it the checksum of the pixels. */
	assert_every_cut_is_a_fault(plain, plain.n - 12 - 8);
	assert_every_cut_is_a_fault(interlaced, interlaced.n - 12 - 8);
}

TEST(a_cut_off_jpeg_says_so)
{
	struct span baseline = pictures_jpeg(&model, JPEG_YCC, false);
	struct span progressive = pictures_jpeg(&model, JPEG_YCC, true);
	UNUSED(state);

	assert_every_cut_is_a_fault(baseline, baseline.n - 2);
	assert_every_cut_is_a_fault(progressive, progressive.n - 2);
}

TEST(a_cut_off_pgm_says_so)
{
	struct span file = pictures_pgm(&model, 255, false);
	struct span plain = pictures_pgm(&model, 255, true);
	UNUSED(state);

	assert_every_cut_is_a_fault(file, file.n);
	/* Its last number and the space behind it. */
	assert_every_cut_is_a_fault(plain, plain.n - 3);
}

TEST(what_is_no_picture_says_what_to_give)
{
	UNUSED(state);
	assert_fault(FILE_OF(""), ERR_FORMAT, "the file is empty");
	assert_fault(FILE_OF("hello"), ERR_FORMAT, "no picture: give a PNG, JPEG or PGM file");
	assert_fault(FILE_OF("RIFF....WEBPVP8 "), ERR_FORMAT, "WebP is not read here: save it as");
	assert_fault(FILE_OF("\0\0\0\x18"
			     "ftypheic"),
		ERR_FORMAT, "HEIC or AVIF is not read");
	assert_fault(FILE_OF("GIF89a"), ERR_FORMAT, "GIF is not read here");
	assert_fault(FILE_OF("%PDF-1.7"), ERR_FORMAT, "PDF is not read here");
	assert_fault(FILE_OF("P6\n1 1\n255\nabc"), ERR_FORMAT, "PPM is not read here");
}

TEST(a_bad_pgm_is_refused)
{
	UNUSED(state);
	assert_fault(FILE_OF("P5\n0 5\n255\n"), ERR_FORMAT, "empty");
	assert_fault(FILE_OF("P5\n1 1\n0\nx"), ERR_FORMAT, "damaged");
	assert_fault(FILE_OF("P5\n1 1\n65536\nxx"), ERR_FORMAT, "damaged");
	assert_fault(FILE_OF("P5\n1 1\n7\n\x8"), ERR_FORMAT, "damaged");
	assert_fault(FILE_OF("P5\n-1 1\n255\nx"), ERR_FORMAT, "damaged");
	assert_fault(FILE_OF("P2\n1 1\n255\n256"), ERR_FORMAT, "damaged");
	assert_fault(FILE_OF("P5\n99999999999 1\n255\nx"), ERR_FORMAT, "damaged");
	assert_fault(FILE_OF("P5 10000000 \n# no end of this\n 1 255\nx"), ERR_FORMAT, "damaged");
	assert_fault(FILE_OF("P5\n9999999 9999999\n255\nx"), ERR_FULL, "too many");
}

TEST(damage_is_told_with_a_remedy)
{
	struct span png = pictures_png(&model, PNG_GREY, 8, false);
	UNUSED(state);

	((uint8_t *)png.p)[60] ^= 0x55; /* in the compressed pixels */
	assert_fault(png, ERR_FORMAT, "the picture is damaged: copy it again (");
	free((void *)png.p);
	struct span jpeg = pictures_jpeg(&model, JPEG_YCC, false);
	((uint8_t *)jpeg.p)[3] = 0xc1; /* SOF where APP0 was */
	assert_fault(jpeg, ERR_FORMAT, "the picture is damaged: copy it again (");
	free((void *)jpeg.p);
}

TEST(a_picture_above_the_limit_is_refused_before_memory_is_taken)
{
	struct span png = pictures_png(&model, PNG_RGB, 8, false);
	struct span jpeg = pictures_jpeg(&model, JPEG_YCC, true);
	UNUSED(state);

	pictures_resize_png(png, 20000, 20000);
	assert_fault(png, ERR_FULL,
		"20000 x 20000 pixels are too many: make it smaller, at most 16384 a side and "
		"67108864 in all");
	pictures_resize_png(png, 0x7fffffff, 0x7fffffff);
	assert_fault(png, ERR_FULL, "2147483647 x 2147483647 pixels are too many");
	pictures_resize_png(png, 16385, 1);
	assert_fault(png, ERR_FULL, "too many");
	pictures_resize_jpeg(jpeg, 65500, 65500);
	assert_fault(jpeg, ERR_FULL, "65500 x 65500 pixels are too many");
	assert_int_equal(picture.cap, 0);
	picture.most = WIDTH * HEIGHT - 1;
	pictures_resize_png(png, WIDTH, HEIGHT);
	assert_fault(png, ERR_FULL, "2256 in all");
	picture.most++;
	assert_reads(png, 255, 0);
	free((void *)jpeg.p);
}

static size_t peak_kib(void)
{
	struct rusage u;

	assert_int_equal(getrusage(RUSAGE_SELF, &u), 0);
	return (size_t)u.ru_maxrss;
}

/* 64 million pixels in a file of some hundred kilobytes: read, and never more than its grey. */
TEST(a_bomb_takes_no_more_than_its_grey)
{
	enum { SIDE = 8192, ROOM_KIB = 16 * 1024 };
	uint8_t *black = calloc(1, SIDE);
	UNUSED(state);

	assert_non_null(black);
	struct span png = pictures_png(&(struct luma){black, SIDE, SIDE, 0}, PNG_GREY, 1, false);
	assert_true(png.n < 100000);
	size_t before = peak_kib();
	assert_ok(picture_read(&picture, png));
	assert_true(peak_kib() < before + SIDE * (SIDE / 1024) + ROOM_KIB);
	free((void *)png.p);
	free(black);
}

/* A progressive JPEG keeps all its coefficients: 64 million pixels of three colours, 384 MiB. */
TEST(a_progressive_bomb_is_refused)
{
	struct span jpeg = pictures_jpeg(&model, JPEG_RGB, true);
	UNUSED(state);

	pictures_resize_jpeg(jpeg, 8192, 8192);
	size_t before = peak_kib();
	assert_fault(jpeg, ERR_FULL, "a progressive JPEG of this size takes too much memory");
	assert_true(peak_kib() < before + (PICTURE_LIBRARY + PICTURE_PIXELS) / 1024);
	free((void *)jpeg.p);
}

/* Scans that say nothing new cost time, not memory. */
TEST(a_jpeg_of_endless_scans_is_refused)
{
	struct span jpeg = pictures_jpeg(&model, JPEG_GREY, true);
	size_t at = jpeg.n - 2;
	UNUSED(state);

	/* The last scan begins with ff da; put it there again and again. */
	while (jpeg.p[at] != 0xff || jpeg.p[at + 1] != 0xda)
		at--;
	size_t scan = jpeg.n - 2 - at;
	uint8_t *many = malloc(jpeg.n + scan * PICTURE_SCANS);
	assert_non_null(many);
	memcpy(many, jpeg.p, at);
	for (size_t i = 0; i <= PICTURE_SCANS; i++)
		memcpy(many + at + i * scan, jpeg.p + at, scan);
	memcpy(many + jpeg.n - 2 + scan * PICTURE_SCANS, "\xff\xd9", 2);
	assert_fault((struct span){many, jpeg.n + scan * PICTURE_SCANS}, ERR_FULL,
		"more than 100 scans");
	free(many);
	free((void *)jpeg.p);
}

#define PICTURE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
static const struct CMUnitTest tests[] = {
	PICTURE(every_kind_of_png_is_read),
	PICTURE(what_shines_through_is_light_grey),
	PICTURE(every_kind_of_jpeg_is_read),
	PICTURE(every_kind_of_pgm_is_read),
	PICTURE(memory_is_kept_for_the_next_picture),
	PICTURE(a_cut_off_png_says_so),
	PICTURE(a_cut_off_jpeg_says_so),
	PICTURE(a_cut_off_pgm_says_so),
	PICTURE(what_is_no_picture_says_what_to_give),
	PICTURE(a_bad_pgm_is_refused),
	PICTURE(damage_is_told_with_a_remedy),
	PICTURE(a_picture_above_the_limit_is_refused_before_memory_is_taken),
	PICTURE(a_bomb_takes_no_more_than_its_grey),
	PICTURE(a_progressive_bomb_is_refused),
	PICTURE(a_jpeg_of_endless_scans_is_refused),
};
RUN_TESTS(tests)
