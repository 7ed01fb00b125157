/* What the camera's process and the kiosk are to each other: lines and the small live picture. */
#include "test.h"

#include "scan_pipe.h"
#include "scan_view.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static struct scan_line read_line;

static enum err read_text(const char *text)
{
	return scan_line_read(&read_line, span_of(text));
}

/* What l is written as, without its LF; static. */
static const char *written(const struct scan_line *l)
{
	static uint8_t bytes[SCAN_PIPE_LINE + 1];
	struct sink k = sink_on(bytes, SCAN_PIPE_LINE);

	scan_line_write(&k, l);
	assert_false(k.full);
	assert_int_equal(bytes[k.n - 1], '\n');
	bytes[k.n - 1] = '\0';
	return (const char *)bytes;
}

static const char *escaped(const void *text, size_t n)
{
	static uint8_t bytes[256];
	struct sink k = sink_on(bytes, sizeof(bytes) - 1);

	scan_escape(&k, (struct span){text, n});
	bytes[k.n] = '\0';
	return (const char *)bytes;
}

static struct scan_line a_symbol(const char *text)
{
	struct scan_line l = {.news = SCAN_SYMBOL,
		.pledge_ms = 150,
		.corner = {{0, 0}, {479, 0}, {479, 269}, {0, 269}},
		.path = "zxing/2x+unsharp",
		.n = strlen(text),
		.whole = (uint32_t)strlen(text)};

	memcpy(l.text, text, l.n);
	return l;
}

TEST(a_text_stays_readable_and_on_one_line)
{
	UNUSED(state);
	assert_string_equal(escaped("ZQM1 zoë \xe2\x82\xac", 13), "ZQM1 zoë \xe2\x82\xac");
	assert_string_equal(escaped("a\tb\nc\rd\0e", 9), "a\\x09b\\x0ac\\x0dd\\x00e");
	assert_string_equal(escaped("\\n", 2), "\\x5cn");
	assert_string_equal(escaped("\x1b[2J\x7f", 5), "\\x1b[2J\\x7f");
	/* U+0085, the line separator, the override that writes backwards, and its pop. */
	assert_string_equal(escaped("\xc2\x85\xe2\x80\xa8\xe2\x80\xae\xe2\x81\xa9", 11),
		"\\xc2\\x85\\xe2\\x80\\xa8\\xe2\\x80\\xae\\xe2\\x81\\xa9");
	/* Not UTF-8: a stray byte, half a character, a surrogate. */
	assert_string_equal(escaped("\xff\xe2\x82", 3), "\\xff\\xe2\\x82");
	assert_string_equal(escaped("\xed\xa0\x80", 3), "\\xed\\xa0\\x80");
}

TEST(a_line_is_read_as_it_was_written)
{
	struct scan_line l = {.news = SCAN_BEAT, .pledge_ms = 150};
	UNUSED(state);

	assert_string_equal(written(&l), "beat\t150");
	assert_ok(read_text(written(&l)));
	assert_memory_equal(&read_line, &l, sizeof(l));
	for (enum scan_away why = 0; why < SCAN_AWAY_COUNT; why++) {
		l = (struct scan_line){.news = SCAN_AWAY, .pledge_ms = 1000, .why = why};
		assert_ok(read_text(written(&l)));
		assert_memory_equal(&read_line, &l, sizeof(l));
	}
	l = a_symbol("ZQM1\tnext\\line\n");
	assert_string_equal(written(&l), "code\t150\t15\t0,0\t479,0\t479,269\t0,269\t"
					 "zxing/2x+unsharp\tZQM1\\x09next\\x5cline\\x0a");
	assert_ok(read_text(written(&l)));
	assert_memory_equal(&read_line, &l, sizeof(l));
}

TEST(the_longest_line_fits)
{
	struct scan_line l = a_symbol("");
	UNUSED(state);

	l.n = SCAN_PIPE_TEXT;
	l.whole = READING_TEXT;
	l.pledge_ms = SCAN_PLEDGE_MOST;
	memset(l.text, 1, l.n);
	memset(l.path, 'x', SCAN_PIPE_PATH);
	for (size_t i = 0; i < 4; i++)
		l.corner[i] = (struct corner){479, 269};
	assert_ok(read_text(written(&l)));
	assert_memory_equal(&read_line, &l, sizeof(l));
}

TEST(a_line_of_another_grammar_is_refused)
{
	static const char *const wrong[] = {"", "beat", "beat\t", "beat\t149", "beat\t1001",
		"beat\t0150", "beat\t150\t", "beat\t150 ", " beat\t150", "Beat\t150",
		"beat\t99999999999", "beat\t-150", "beat\t+150", "beat\t15o", "beat\t150\tx",
		"away\t150", "away\t150\t", "away\t150\tgone", "away\t150\tbusy\t", "code\t150",
		"code\t150\t1\t0,0\t0,0\t0,0\t0,0\tp", /* no text */
		"code\t150\t1\t0,0\t0,0\t0,0\t0,0\t\ta", "code\t150\t1\t0,0\t0,0\t0,0\t0,0\tp q\ta",
		"code\t150\t1\t0,0\t0,0\t0,0\t0,0\tp\tab", /* longer than whole */
		"code\t150\t9\t0,0\t0,0\t0,0\t0,0\tp\ta\tb",
		"code\t150\t9\t0,0\t0,0\t0,0\t0,0\tp\ta\\x0A",
		"code\t150\t9\t0,0\t0,0\t0,0\t0,0\tp\ta\\x61",
		"code\t150\t9\t0,0\t0,0\t0,0\t0,0\tp\ta\\x1",
		"code\t150\t9\t0,0\t0,0\t0,0\t0,0\tp\ta\\n",
		"code\t150\t9\t0,0\t0,0\t0,0\t0,0\tp\t\xff",
		"code\t150\t9\t0,0\t0,0\t0,0\t0,0\tp\ta\nbeat\t150",
		"code\t150\t7090\t0,0\t0,0\t0,0\t0,0\tp\ta",
		"code\t150\t1\t480,0\t0,0\t0,0\t0,0\tp\ta",
		"code\t150\t1\t0,270\t0,0\t0,0\t0,0\tp\ta",
		"code\t150\t1\t-1,0\t0,0\t0,0\t0,0\tp\ta", "code\t150\t1\t0\t0,0\t0,0\t0,0\tp\ta",
		"code\t150\t1\t0,0,0\t0,0\t0,0\t0,0\tp\ta"};
	static const struct scan_line nothing;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(wrong); i++) {
		if (read_text(wrong[i]) != ERR_FORMAT)
			fail_msg("taken: %s", wrong[i]);
		assert_memory_equal(&read_line, &nothing, sizeof(nothing));
	}
	assert_ok(read_text("code\t150\t1\t0,0\t0,0\t0,0\t0,0\tp\ta"));
}

TEST(a_text_above_the_limit_is_refused)
{
	char line[SCAN_PIPE_LINE] = "code\t150\t600\t0,0\t0,0\t0,0\t0,0\tp\t";
	size_t n = strlen(line);
	UNUSED(state);

	memset(line + n, 'a', SCAN_PIPE_TEXT);
	assert_ok(read_text(line));
	assert_int_equal(read_line.n, SCAN_PIPE_TEXT);
	line[n + SCAN_PIPE_TEXT] = 'a';
	assert_err(read_text(line), ERR_FORMAT);
}

static struct scan_view writer, reader;
static uint8_t pixels[SCAN_VIEW_PIXELS];
static uint32_t width, height;

static int make_view(void **state)
{
	int fd;

	UNUSED(state);
	assert_ok(scan_view_make(&fd));
	assert_ok(scan_view_map(&writer, fd, true));
	assert_ok(scan_view_map(&reader, fd, false));
	close(fd);
	return 0;
}

static int drop_view(void **state)
{
	UNUSED(state);
	scan_view_unmap(&writer);
	scan_view_unmap(&reader);
	return 0;
}

/* A frame whose pixel at x, y is x / 2 + y. */
static struct luma a_frame(uint32_t across, uint32_t down)
{
	static uint8_t at[1920 * 1080];

	for (uint32_t y = 0; y < down; y++)
		for (uint32_t x = 0; x < across; x++)
			at[y * across + x] = (uint8_t)(x / 2 + y);
	return (struct luma){at, across, down, across};
}

TEST(a_view_is_empty_until_a_frame_is_shown)
{
	UNUSED(state);
	assert_err(scan_view_take(&reader, pixels, &width, &height), ERR_ABSENT);
	struct luma l = a_frame(320, 240);
	scan_view_show(&writer, &l);
	assert_ok(scan_view_take(&reader, pixels, &width, &height));
	assert_int_equal(width, 320);
	assert_int_equal(height, 240);
	assert_memory_equal(pixels, l.at, 320 * 240);
	assert_err(scan_view_take(&reader, pixels, &width, &height), ERR_ABSENT);
}

TEST(a_large_frame_is_shrunk_by_a_whole_number)
{
	static const uint32_t sizes[][4] = {{1280, 720, 426, 240}, {1920, 1080, 480, 270},
		{640, 480, 320, 240}, {800, 600, 266, 200}, {481, 10, 240, 5}, {4, 1080, 1, 270},
		{1, 1, 1, 1}};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct luma l = a_frame(sizes[i][0], sizes[i][1]);
		scan_view_show(&writer, &l);
		assert_ok(scan_view_take(&reader, pixels, &width, &height));
		assert_int_equal(width, sizes[i][2]);
		assert_int_equal(height, sizes[i][3]);
	}
	struct luma l = a_frame(640, 480);
	scan_view_show(&writer, &l);
	assert_ok(scan_view_take(&reader, pixels, &width, &height));
	assert_int_equal(pixels[320 * 3 + 5], (2 * (5 + 6) + 2 * (5 + 7)) / 4);
}

TEST(a_frame_too_thin_to_shrink_is_not_shown)
{
	struct luma thin = a_frame(3, 1080), none = {0};
	UNUSED(state);

	scan_view_show(&writer, &thin);
	scan_view_show(&writer, &none);
	assert_err(scan_view_take(&reader, pixels, &width, &height), ERR_ABSENT);
}

TEST(corners_stay_inside_the_view)
{
	struct luma large = a_frame(1280, 720), small = a_frame(320, 240);
	UNUSED(state);

	struct corner c = scan_view_corner(&large, (struct corner){300, 299});
	assert_int_equal(c.x, 100);
	assert_int_equal(c.y, 99);
	c = scan_view_corner(&large, (struct corner){-5000, 50000});
	assert_int_equal(c.x, 0);
	assert_int_equal(c.y, 239);
	/* The next frame of a folder may have another size. */
	c = scan_view_corner(&small, (struct corner){300, 1000});
	assert_int_equal(c.x, 300);
	assert_int_equal(c.y, 239);
}

TEST(a_picture_that_is_being_written_is_not_taken)
{
	struct luma l = a_frame(32, 24);
	uint32_t *sequence = (uint32_t *)(void *)writer.at;
	UNUSED(state);

	scan_view_show(&writer, &l);
	assert_int_equal(*sequence, 2);
	*sequence = 3; /* killed in the middle */
	assert_err(scan_view_take(&reader, pixels, &width, &height), ERR_BUSY);
	assert_int_equal(width, 0);
	scan_view_show(&writer, &l);
	assert_int_equal(*sequence, 4);
	assert_ok(scan_view_take(&reader, pixels, &width, &height));
}

TEST(a_size_out_of_bounds_is_refused)
{
	static const uint16_t wrong[][2] = {{0, 10}, {10, 0}, {SCAN_VIEW_WIDTH + 1, 1},
		{1, SCAN_VIEW_HEIGHT + 1}, {65535, 65535}};
	uint16_t *size = (uint16_t *)(void *)(writer.at + 4);
	struct luma l = a_frame(32, 24);
	UNUSED(state);

	for (size_t i = 0; i < COUNT(wrong); i++) {
		scan_view_show(&writer, &l);
		size[0] = wrong[i][0];
		size[1] = wrong[i][1];
		assert_err(scan_view_take(&reader, pixels, &width, &height), ERR_FORMAT);
	}
}

TEST(a_view_has_its_length_for_ever)
{
	struct scan_view v;
	int fd;
	UNUSED(state);

	assert_ok(scan_view_make(&fd));
	assert_int_equal(ftruncate(fd, 0), -1);
	assert_int_equal(ftruncate(fd, 2 * SCAN_VIEW_BYTES), -1);
	assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	close(fd);
	assert_err(scan_view_map(&v, STDIN_FILENO, true), ERR_FORMAT);
	assert_null(v.at);
	fd = memfd_create("short", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	assert_int_equal(fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL), 0);
	assert_err(scan_view_map(&v, fd, true), ERR_FORMAT);
	close(fd);
}

TEST(without_a_view_nothing_is_shown)
{
	struct scan_view none = {0};
	struct luma l = a_frame(1280, 720);
	UNUSED(state);

	scan_view_show(&none, &l);
	scan_view_unmap(&none);
	assert_null(none.at);
}

#define VIEW(f) cmocka_unit_test_setup_teardown(f, make_view, drop_view)
static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_text_stays_readable_and_on_one_line),
	cmocka_unit_test(a_line_is_read_as_it_was_written),
	cmocka_unit_test(the_longest_line_fits),
	cmocka_unit_test(a_line_of_another_grammar_is_refused),
	cmocka_unit_test(a_text_above_the_limit_is_refused),
	VIEW(a_view_is_empty_until_a_frame_is_shown),
	VIEW(a_large_frame_is_shrunk_by_a_whole_number),
	VIEW(a_frame_too_thin_to_shrink_is_not_shown),
	cmocka_unit_test(corners_stay_inside_the_view),
	VIEW(a_picture_that_is_being_written_is_not_taken),
	VIEW(a_size_out_of_bounds_is_refused),
	cmocka_unit_test(a_view_has_its_length_for_ever),
	cmocka_unit_test(without_a_view_nothing_is_shown),
};
RUN_TESTS(tests)
