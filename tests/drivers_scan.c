/* The program foyer-scan over pictures and films, as a technician meets it. */
#include "test.h"

#include "help/pictures.h"
#include "help/program_desk.h"

#include <jansson.h>
#include <sys/resource.h>
#include <unistd.h>

enum { WIDTH = 400, HEIGHT = 300 };
static uint8_t pixels[WIDTH * HEIGHT];
static const struct luma page = {pixels, WIDTH, HEIGHT, WIDTH};

/* The exit status of a command line in the test's folder, where $S is foyer-scan. */
static int run(const char *words)
{
	char line[1024];

	snprintf(line, sizeof(line), "S=\"$FOYER_BIN/foyer-scan\"; %s", words);
	return run_line(line);
}

static void put(const char *name, struct span file)
{
	FILE *f = fopen(scratch_name(&folder, name), "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(file.p, 1, file.n, f), file.n);
	fclose(f);
}

static void put_and_free(const char *name, struct span file)
{
	put(name, file);
	free((void *)file.p);
}

static void draw(uint32_t x, const char *text)
{
	pictures_draw_code(&page, x, 20, 4, text);
}

static int set_up(void **state)
{
	UNUSED(state);
	scratch_make(&folder);
	memset(pixels, 200, sizeof(pixels));
	put_and_free("blank.png", pictures_png(&page, PNG_GREY, 8, false));
	draw(20, "ZQM1ONE");
	put_and_free("one.png", pictures_png(&page, PNG_RGB, 8, true));
	put_and_free("one.jpg", pictures_jpeg(&page, JPEG_YCC, false));
	put_and_free("one.pgm", pictures_pgm(&page, 255, false));
	return 0;
}

static int tear_down(void **state)
{
	UNUSED(state);
	scratch_remove(&folder);
	return 0;
}

TEST(scan_help_is_an_answer)
{
	UNUSED(state);
	assert_int_equal(run("$S --help"), 0);
	assert_says(out, "usage: foyer-scan --image FILE...");
	assert_says(out, "cannot forge a\nline");
	assert_string_equal(err, "");
	assert_int_equal(run("$S --image one.png -h"), 0);
}

TEST(scan_wrong_use_is_told)
{
	static const char *const wrong[][2] = {{"$S", "usage: foyer-scan"},
		{"$S one.png", "one.png is given for nothing: --image or --camera goes"},
		{"$S --what", "--what is not understood"}, {"$S --image", "at least one file"},
		{"$S --camera", "wants a device"}, {"$S --camera --json", "wants a device"},
		{"$S --json", "--image or --camera is wanted, one of them"},
		{"$S --image one.png --camera x", "one of them"},
		{"$S --image one.png --pipe", "go with --camera"},
		{"$S --image one.png --live", "go with --camera"},
		{"$S --camera x --view 5", "--view goes with --pipe"},
		{"$S --camera x --pipe --view 2", "a file descriptor, 3 to 1023"},
		{"$S --camera x --pipe --view 5", "no memory made by the kiosk"},
		{"$S --image one.png --budget 0", "milliseconds, 1 to"},
		{"$S --image one.png --budget 5x", "milliseconds, 1 to"},
		{"$S --image one.png --budget", "milliseconds, 1 to"}};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(wrong); i++) {
		assert_int_equal(run(wrong[i][0]), 2);
		assert_string_equal(out, "");
		assert_says(err, wrong[i][1]);
	}
}

TEST(a_code_is_a_line_of_source_and_text)
{
	UNUSED(state);
	assert_int_equal(run("$S --image one.png one.jpg one.pgm"), 0);
	assert_string_equal(out, "one.png\tZQM1ONE\none.jpg\tZQM1ONE\none.pgm\tZQM1ONE\n");
	assert_string_equal(err, "");
	assert_int_equal(run("$S --image - <one.png"), 0);
	assert_string_equal(out, "-\tZQM1ONE\n");
	assert_int_equal(run("cat one.jpg | $S --budget 500 --image -"), 0);
	assert_string_equal(out, "-\tZQM1ONE\n");
}

TEST(several_codes_of_a_picture_are_told)
{
	UNUSED(state);
	draw(200, "ZQM1TWO");
	put_and_free("two.png", pictures_png(&page, PNG_GREY, 8, false));
	assert_int_equal(run("$S --image two.png"), 0);
	assert_says(out, "two.png\tZQM1ONE\n");
	assert_says(out, "two.png\tZQM1TWO\n");
	assert_int_equal(strlen(out), 2 * strlen("two.png\tZQM1TWO\n"));
}

TEST(json_has_corners_and_path)
{
	json_error_t fault;
	const char *source, *text, *path;
	int corner[4][2];
	UNUSED(state);

	assert_int_equal(run("$S --json --image one.png"), 0);
	json_t *j = json_loads(out, 0, &fault);
	assert_non_null(j);
	assert_int_equal(
		json_unpack_ex(j, &fault, JSON_STRICT, "{s:s,s:s,s:s,s:[[ii][ii][ii][ii]]}",
			"source", &source, "text", &text, "path", &path, "corners", &corner[0][0],
			&corner[0][1], &corner[1][0], &corner[1][1], &corner[2][0], &corner[2][1],
			&corner[3][0], &corner[3][1]),
		0);
	assert_string_equal(source, "one.png");
	assert_string_equal(text, "ZQM1ONE");
	assert_true(strchr(path, '/') != NULL);
	/* The symbol begins behind the quiet zone and has 21 modules of 4 pixels. */
	static const int want[4][2] = {{36, 36}, {120, 36}, {120, 120}, {36, 120}};
	for (size_t i = 0; i < 4; i++) {
		assert_true(abs(corner[i][0] - want[i][0]) <= 4);
		assert_true(abs(corner[i][1] - want[i][1]) <= 4);
	}
	json_decref(j);
}

TEST(a_picture_without_a_code_is_1)
{
	UNUSED(state);
	assert_int_equal(run("$S --image blank.png"), 1);
	assert_string_equal(out, "");
	assert_string_equal(err, "foyer-scan: blank.png: no code was found\n");
}

TEST(the_others_are_read_and_the_worst_status_wins)
{
	UNUSED(state);
	assert_int_equal(run("$S --image blank.png one.png"), 1);
	assert_string_equal(out, "one.png\tZQM1ONE\n");
	assert_int_equal(run("$S --image nowhere.png blank.png one.png ."), 3);
	assert_string_equal(out, "one.png\tZQM1ONE\n");
	assert_says(err, "foyer-scan: nowhere.png: is not there: mend the name\n");
	assert_says(err, "foyer-scan: .: a folder: give the pictures in it, or look through");
}

TEST(many_pictures_are_looked_at)
{
	UNUSED(state);
	assert_int_equal(run("ulimit -Sn 32; for i in $(seq 40); do : >e$i.png; done; "
			     "$S --image e*.png one.png"),
		1);
	assert_string_equal(out, "one.png\tZQM1ONE\n");
	assert_says(err, "foyer-scan: e40.png: the file is empty: copy it again\n");
	assert_int_equal(run("ulimit -n 32; $S --image e*.png one.png"), 3);
	assert_says(err, "too many files at once: give fewer\n");
}

TEST(a_bad_picture_is_named_with_a_remedy)
{
	struct span jpeg = pictures_jpeg(&page, JPEG_CMYK, false);
	struct span png = pictures_png(&page, PNG_RGB, 16, true);
	UNUSED(state);

	put("cut.jpg", (struct span){jpeg.p, jpeg.n / 2});
	pictures_resize_png(png, 20000, 20000);
	put_and_free("wide.png", png);
	pictures_resize_jpeg(jpeg, 65000, 65000);
	put_and_free("wide.jpg", jpeg);
	put("text.png", span_of("no picture"));
	assert_int_equal(run("$S --image cut.jpg wide.png wide.jpg text.png"), 1);
	assert_string_equal(out, "");
	assert_says(err, "foyer-scan: cut.jpg: the picture is cut off: copy it again\n");
	assert_says(
		err, "foyer-scan: wide.png: 20000 x 20000 pixels are too many: make it smaller");
	assert_says(
		err, "foyer-scan: wide.jpg: 65000 x 65000 pixels are too many: make it smaller");
	assert_says(err, "foyer-scan: text.png: no picture: give a PNG, JPEG or PGM file\n");
}

/* 64 million pixels in eight kilobytes: each is looked at, and memory stays a small multiple of them. */
TEST(a_bomb_is_looked_at_within_bounds)
{
	enum { SIDE = 8192, MOST_KIB = 512 * 1024 };
	uint8_t *row = calloc(1, SIDE);
	struct rusage all;
	UNUSED(state);

	assert_non_null(row);
	put_and_free(
		"bomb.png", pictures_png(&(struct luma){row, SIDE, SIDE, 0}, PNG_GREY, 1, false));
	free(row);
	assert_int_equal(run("$S --budget 1 --image bomb.png"), 1);
	assert_string_equal(err, "foyer-scan: bomb.png: no code was found\n");
	assert_int_equal(getrusage(RUSAGE_CHILDREN, &all), 0);
	assert_true(all.ru_maxrss < MOST_KIB);
}

TEST(a_code_cannot_forge_a_line)
{
	UNUSED(state);
	memset(pixels, 255, sizeof(pixels));
	draw(20, "a\none.png\tZQM1FORGED\\\x1b[2J");
	put_and_free("trap.png", pictures_png(&page, PNG_GREY, 8, false));
	assert_int_equal(run("$S --image trap.png"), 0);
	assert_string_equal(out, "trap.png\ta\\x0aone.png\\x09ZQM1FORGED\\x5c\\x1b[2J\n");
	assert_int_equal(run("$S --json --image trap.png"), 0);
	assert_says(out, "\"text\":\"a\\none.png\\tZQM1FORGED\\\\\\u001B[2J\"");
	assert_ptr_equal(strchr(out, '\n'), out + strlen(out) - 1);
}

TEST(a_name_cannot_forge_a_line)
{
	UNUSED(state);
	assert_int_equal(run("cp one.png \"$(printf 'a\\nb\\tc.png')\"; cp blank.png \"$(printf "
			     "'d\\ne')\"; $S --image a*.png d*e"),
		1);
	assert_string_equal(out, "a\\x0ab\\x09c.png\tZQM1ONE\n");
	assert_string_equal(err, "foyer-scan: d\\x0ae: no code was found\n");
}

TEST(a_full_disk_is_3)
{
	UNUSED(state);
	assert_int_equal(run("$S --image one.png >/dev/full"), 3);
	assert_says(err, "standard output cannot be written");
}

/* A film of the blank page, with the code from frame `from` to frame `to` (counted from 1) of n. */
static void put_film(const char *name, int n, int from, int to)
{
	static uint8_t blank[WIDTH * HEIGHT];
	FILE *f = fopen(scratch_name(&folder, name), "wb");

	assert_non_null(f);
	memset(blank, 200, sizeof(blank));
	fprintf(f, "YUV4MPEG2 W%d H%d F30:1 Cmono\n", WIDTH, HEIGHT);
	for (int i = 1; i <= n; i++) {
		fputs("FRAME\n", f);
		fwrite(i >= from && i <= to ? pixels : blank, 1, sizeof(blank), f);
	}
	fclose(f);
}

TEST(a_code_of_a_film_is_told_once_while_in_sight)
{
	UNUSED(state);
	put_film("film.y4m", 12, 4, 12);
	assert_int_equal(run("$S --camera film.y4m"), 0);
	assert_string_equal(out, "film.y4m\tZQM1ONE\n");
	assert_string_equal(err, "");
	assert_int_equal(run("$S --camera - <film.y4m"), 0);
	assert_string_equal(out, "-\tZQM1ONE\n");
	assert_int_equal(run("$S --json --live --camera film.y4m"), 0);
	assert_says(out, "\"text\":\"ZQM1ONE\"");
}

TEST(json_counts_the_frames_of_a_film)
{
	UNUSED(state);
	put_film("film.y4m", 6, 4, 6);
	assert_int_equal(run("$S --json --camera film.y4m"), 0);
	assert_says(out, "{\"source\":\"film.y4m\",\"frame\":4,\"text\":\"ZQM1ONE\",");
}

TEST(a_folder_is_a_film_as_well)
{
	UNUSED(state);
	assert_int_equal(run("mkdir f && cp blank.png f/1.png && cp one.jpg f/2.jpg && cp one.png "
			     "f/0.txt; $S --json --camera f; r=$?; rm -r f; exit $r"),
		0);
	assert_says(out, "{\"source\":\"f\",\"frame\":2,\"text\":\"ZQM1ONE\",");
}

TEST(a_film_without_a_code_is_1)
{
	UNUSED(state);
	put_film("film.y4m", 3, 9, 9);
	assert_int_equal(run("$S --camera film.y4m"), 1);
	assert_string_equal(out, "");
	assert_says(err, "foyer-scan: film.y4m: no code was found; pictures: 3, damaged: 0\n");
	assert_int_equal(run("mkdir -p torn; head -c 99 one.png >torn/1.png; $S --camera torn"), 1);
	assert_says(err, "foyer-scan: torn: no code was found; pictures: 1, damaged: 1\n");
}

TEST(a_film_that_cannot_be_had_is_3)
{
	UNUSED(state);
	assert_int_equal(run("$S --camera nowhere.y4m"), 3);
	assert_says(err, "foyer-scan: nowhere.y4m is not there: plug it in, or mend the name\n");
	assert_int_equal(run("$S --camera one.png"), 3);
	assert_says(err,
		"foyer-scan: one.png is no camera of a format that is read here, nor a film: "
		"make it Y4M of 8 bits (ffmpeg -pix_fmt yuv420p); a picture goes behind --image\n");
	assert_int_equal(run("$S --camera /dev/null"), 3);
	assert_says(err,
		"foyer-scan: /dev/null is no camera of a format that is read here, nor a film");
}

/* Root may read all until it gives that up. */
TEST(a_film_that_is_locked_has_a_remedy)
{
	UNUSED(state);
	put_film("film.y4m", 3, 9, 9);
	assert_int_equal(run("chmod 0 film.y4m; [ $(id -u) != 0 ] || "
			     "as='setpriv --bounding-set=-dac_override,-dac_read_search'; "
			     "$as $S --camera film.y4m"),
		3);
	assert_says(err, "foyer-scan: film.y4m may not be opened: ");
	assert_says(err, "; a film or folder: chmod it\n");
}

#define SCAN(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
static const struct CMUnitTest tests[] = {
	SCAN(scan_help_is_an_answer),
	SCAN(scan_wrong_use_is_told),
	SCAN(a_code_is_a_line_of_source_and_text),
	SCAN(several_codes_of_a_picture_are_told),
	SCAN(json_has_corners_and_path),
	SCAN(a_picture_without_a_code_is_1),
	SCAN(the_others_are_read_and_the_worst_status_wins),
	SCAN(many_pictures_are_looked_at),
	SCAN(a_bad_picture_is_named_with_a_remedy),
	SCAN(a_bomb_is_looked_at_within_bounds),
	SCAN(a_code_cannot_forge_a_line),
	SCAN(a_name_cannot_forge_a_line),
	SCAN(a_full_disk_is_3),
	SCAN(a_code_of_a_film_is_told_once_while_in_sight),
	SCAN(json_counts_the_frames_of_a_film),
	SCAN(a_folder_is_a_film_as_well),
	SCAN(a_film_without_a_code_is_1),
	SCAN(a_film_that_cannot_be_had_is_3),
	SCAN(a_film_that_is_locked_has_a_remedy),
};
RUN_TESTS(tests)
