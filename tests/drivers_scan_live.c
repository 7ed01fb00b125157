/* foyer-scan as the kiosk has it: its lines, its live picture, its ends. */
#include "test.h"

#include "help/pictures.h"
#include "help/scratch.h"
#include "scan_pipe.h"
#include "scan_view.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WIDTH = 960, HEIGHT = 540, PATIENCE_MS = 20000, VIEW_FD = 7 };

static struct scratch folder;
static uint8_t pixels[WIDTH * HEIGHT];
static const struct luma page = {pixels, WIDTH, HEIGHT, WIDTH};
static struct scan_view view;
static pid_t keeper;
static int from_keeper;

static int set_up(void **state)
{
	UNUSED(state);
	scratch_make(&folder);
	memset(pixels, 200, sizeof(pixels));
	pictures_draw_code(&page, 100, 50, 6, "ZQM1LIVE");
	return 0;
}

static int tear_down(void **state)
{
	UNUSED(state);
	if (keeper > 0) {
		kill(keeper, SIGKILL);
		waitpid(keeper, NULL, 0);
		close(from_keeper);
	}
	keeper = 0;
	scan_view_unmap(&view);
	scratch_remove(&folder);
	return 0;
}

static void put_film(const char *name, const char *middle)
{
	FILE *f = fopen(scratch_name(&folder, "new"), "wb");
	char path[128];

	assert_non_null(f);
	fprintf(f, "YUV4MPEG2 W%d H%d F30:1 Cmono\nFRAME\n", WIDTH, HEIGHT);
	fwrite(pixels, 1, sizeof(pixels), f);
	fputs(middle, f);
	fclose(f);
	/* Whole, or not there at all. */
	memcpy(path, folder.path, sizeof(path));
	assert_int_equal(rename(path, scratch_name(&folder, name)), 0);
}

static void be_scan(int out, int view_fd, const char *film)
{
	char program[256];

	snprintf(program, sizeof(program), "%s/foyer-scan", getenv("FOYER_BIN"));
	dup2(out, STDOUT_FILENO);
	dup2(view_fd, VIEW_FD);
	execl(program, program, "--camera", film, "--pipe", "--view", "7", (char *)NULL);
	_exit(127);
}

static void start(const char *name)
{
	int ends[2], view_fd;

	assert_ok(scan_view_make(&view_fd));
	assert_ok(scan_view_map(&view, view_fd, false));
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	const char *film = scratch_name(&folder, name);
	keeper = fork();
	assert_true(keeper >= 0);
	if (keeper == 0)
		be_scan(ends[1], view_fd, film);
	close(ends[1]);
	close(view_fd);
	from_keeper = ends[0];
}

/* The next line, within all patience; ERR_ABSENT at the end of the pipe. */
static enum err next_line(struct scan_line *l)
{
	uint8_t line[SCAN_PIPE_LINE];
	struct pollfd p = {.fd = from_keeper, .events = POLLIN};

	for (size_t n = 0; n < sizeof(line); n++) {
		assert_int_equal(poll(&p, 1, PATIENCE_MS), 1);
		if (read(from_keeper, line + n, 1) != 1)
			return ERR_ABSENT;
		if (line[n] == '\n') {
			assert_ok(scan_line_read(l, (struct span){line, n}));
			return OK;
		}
	}
	fail_msg("a line without end");
	return ERR_FULL;
}

/* Lines pass until there is one of these news. */
static struct scan_line wait_for(enum scan_news news)
{
	struct scan_line l;

	do
		assert_ok(next_line(&l));
	while (l.news != news);
	return l;
}

static void assert_end(int status)
{
	struct scan_line l;
	int got;

	for (int i = 0; next_line(&l) == OK; i++)
		assert_true(i < 1000);
	assert_int_equal(waitpid(keeper, &got, 0), keeper);
	keeper = 0;
	close(from_keeper);
	assert_int_equal(got, status);
}

static pid_t find_eye(void)
{
	char path[64];
	int eye = 0;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", keeper, keeper);
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	assert_int_equal(fscanf(f, "%d", &eye), 1);
	fclose(f);
	return eye;
}

TEST(each_frame_with_a_code_is_told)
{
	UNUSED(state);
	put_film("film.y4m", "");
	start("film.y4m");
	for (int i = 0; i < 3; i++) {
		struct scan_line l = wait_for(SCAN_SYMBOL);
		assert_string_equal(l.text, "ZQM1LIVE");
		assert_int_equal(l.whole, l.n);
		/* 100 + 4 modules of 6 pixels, at half the size. */
		assert_in_range(l.corner[0].x, 60, 64);
		assert_in_range(l.corner[0].y, 35, 39);
		assert_in_range(l.corner[2].x, 123, 127);
	}
}

TEST(a_heart_beats_without_end)
{
	UNUSED(state);
	put_film("film.y4m", "");
	start("film.y4m");
	for (int i = 0; i < 20; i++)
		wait_for(SCAN_BEAT);
}

TEST(the_view_shows_what_the_camera_sees)
{
	static uint8_t seen[SCAN_VIEW_PIXELS];
	uint32_t width, height;
	UNUSED(state);

	put_film("film.y4m", "");
	start("film.y4m");
	wait_for(SCAN_SYMBOL);
	while (scan_view_take(&view, seen, &width, &height) != OK)
		wait_for(SCAN_BEAT);
	assert_int_equal(width, WIDTH / 2);
	assert_int_equal(height, HEIGHT / 2);
	for (uint32_t y = 0; y < height; y++)
		for (uint32_t x = 0; x < width; x++)
			assert_int_equal(seen[y * width + x], pixels[2 * y * WIDTH + 2 * x]);
}

TEST(a_long_text_is_cut_between_characters)
{
	char text[700];
	UNUSED(state);

	memset(text, 'x', sizeof(text));
	for (size_t i = 1; i + 1 < sizeof(text); i += 2)
		memcpy(text + i, "\xc3\xab", 2);
	text[601] = '\0';
	memset(pixels, 255, sizeof(pixels));
	pictures_draw_code(&page, 0, 0, 4, text);
	put_film("film.y4m", "");
	start("film.y4m");
	struct scan_line l = wait_for(SCAN_SYMBOL);
	assert_int_equal(l.whole, 601);
	assert_int_equal(l.n, 511);
	assert_memory_equal(l.text, text, 511);
}

TEST(what_is_not_there_is_waited_for)
{
	UNUSED(state);
	start("late.y4m");
	assert_int_equal(wait_for(SCAN_AWAY).why, SCAN_UNPLUGGED);
	assert_int_equal(wait_for(SCAN_AWAY).why, SCAN_UNPLUGGED);
	put_film("late.y4m", "");
	assert_string_equal(wait_for(SCAN_SYMBOL).text, "ZQM1LIVE");
}

/* It opens, and shows nothing: nobody is told that the camera is back. */
TEST(what_comes_without_a_picture_has_not_come)
{
	static const char head[] = "YUV4MPEG2 W960 H540 F30:1 Cmono\nFRAME\n";
	const char *name = scratch_name(&folder, "pipe");
	int waiting = 1, more = 5;
	UNUSED(state);

	start("pipe");
	assert_int_equal(wait_for(SCAN_AWAY).why, SCAN_UNPLUGGED);
	assert_int_equal(mkfifo(name, 0600), 0);
	int fd = open(name, O_RDWR | O_CLOEXEC);
	assert_int_equal(write(fd, head, sizeof(head) - 1), sizeof(head) - 1);
	/* Once it has taken the head it has opened it. */
	while (waiting > 0 || more-- > 0) {
		struct scan_line l;
		assert_ok(next_line(&l));
		assert_int_equal(l.news, SCAN_AWAY);
		assert_int_equal(ioctl(fd, FIONREAD, &waiting), 0);
	}
	for (size_t n = 0; n < sizeof(pixels);) {
		ssize_t done = write(fd, pixels + n, sizeof(pixels) - n);
		assert_true(done > 0);
		n += (size_t)done;
	}
	assert_string_equal(wait_for(SCAN_SYMBOL).text, "ZQM1LIVE");
	close(fd);
}

TEST(what_breaks_is_opened_again)
{
	UNUSED(state);
	put_film("film.y4m", "broken\n");
	start("film.y4m");
	assert_string_equal(wait_for(SCAN_SYMBOL).text, "ZQM1LIVE");
	assert_int_equal(wait_for(SCAN_AWAY).why, SCAN_UNPLUGGED);
	assert_string_equal(wait_for(SCAN_SYMBOL).text, "ZQM1LIVE");
	assert_int_equal(wait_for(SCAN_AWAY).why, SCAN_UNPLUGGED);
}

TEST(what_is_no_camera_says_so)
{
	UNUSED(state);
	FILE *f = fopen(scratch_name(&folder, "text"), "w");
	assert_non_null(f);
	fclose(f);
	start("text");
	assert_int_equal(wait_for(SCAN_AWAY).why, SCAN_UNFIT);
}

TEST(who_dies_takes_the_other_along)
{
	UNUSED(state);
	put_film("film.y4m", "");
	start("film.y4m");
	wait_for(SCAN_SYMBOL);
	assert_int_equal(kill(find_eye(), SIGKILL), 0);
	assert_end(3 << 8);
	scan_view_unmap(&view);
	/* The pipe ends only when both have gone. */
	start("film.y4m");
	wait_for(SCAN_SYMBOL);
	assert_int_equal(kill(keeper, SIGKILL), 0);
	assert_end(SIGKILL);
}

TEST(nobody_listening_is_the_end)
{
	int status;
	UNUSED(state);

	put_film("film.y4m", "");
	start("film.y4m");
	wait_for(SCAN_SYMBOL);
	close(from_keeper);
	from_keeper = open("/dev/null", O_RDONLY | O_CLOEXEC);
	assert_int_equal(waitpid(keeper, &status, 0), keeper);
	keeper = 0;
	close(from_keeper);
	assert_int_equal(WEXITSTATUS(status), 3);
}

/* The process that decodes, not one made for a test: the kernel says that it is filtered. */
TEST(the_eye_looks_from_inside_the_sandbox)
{
	char path[64], line[256];
	int filtered = 0, no_new = 0;
	UNUSED(state);

	put_film("film.y4m", "");
	start("film.y4m");
	wait_for(SCAN_SYMBOL);
	snprintf(path, sizeof(path), "/proc/%d/status", find_eye());
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		filtered += strcmp(line, "Seccomp:\t2\n") == 0;
		no_new += strcmp(line, "NoNewPrivs:\t1\n") == 0;
	}
	fclose(f);
	assert_int_equal(filtered, 1);
	assert_int_equal(no_new, 1);
}

#define LIVE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
static const struct CMUnitTest tests[] = {
	LIVE(each_frame_with_a_code_is_told),
	LIVE(a_heart_beats_without_end),
	LIVE(the_view_shows_what_the_camera_sees),
	LIVE(a_long_text_is_cut_between_characters),
	LIVE(what_is_not_there_is_waited_for),
	LIVE(what_comes_without_a_picture_has_not_come),
	LIVE(what_breaks_is_opened_again),
	LIVE(what_is_no_camera_says_so),
	LIVE(who_dies_takes_the_other_along),
	LIVE(nobody_listening_is_the_end),
	LIVE(the_eye_looks_from_inside_the_sandbox),
};
RUN_TESTS(tests)
