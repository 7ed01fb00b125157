/* Frames from films and folders: what is taken, what is refused, and at what pace. */
#include "test.h"

#include "frames.h"
#include "help/pictures.h"
#include "help/scratch.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

static struct scratch scratch;
static struct instant now;
static struct frames *frames;

static int set_up(void **state)
{
	UNUSED(state);
	scratch_make(&scratch);
	now = (struct instant){.boot_ms = 1000};
	clock_fake(&now);
	return 0;
}

static int tear_down(void **state)
{
	UNUSED(state);
	frames_close(frames);
	frames = NULL;
	clock_fake(NULL);
	scratch_remove(&scratch);
	return 0;
}

static const char *put(const char *name, const void *p, size_t n)
{
	const char *path = scratch_name(&scratch, name);
	FILE *f = fopen(path, "ab");

	assert_non_null(f);
	assert_int_equal(fwrite(p, 1, n, f), n);
	fclose(f);
	return path;
}

/* A film of 4 x 3 pixels: each frame is grey i + 1, its colours 200. */
static const char *make_film(const char *header, int frames_n, size_t colours)
{
	uint8_t bytes[64];

	put("film.y4m", header, strlen(header));
	for (int i = 0; i < frames_n; i++) {
		put("film.y4m", "FRAME\n", 6);
		memset(bytes, i + 1, 12);
		memset(bytes + 12, 200, colours);
		put("film.y4m", bytes, 12 + colours);
	}
	return scratch_name(&scratch, "film.y4m");
}

static void assert_frame(uint8_t grey)
{
	struct luma l;

	assert_ok(frames_read(frames, &l));
	assert_int_equal(l.width, 4);
	assert_int_equal(l.height, 3);
	for (uint32_t i = 0; i < 12; i++)
		assert_int_equal(l.at[i / 4 * l.stride + i % 4], grey);
}

static void assert_none(void)
{
	struct luma l;

	assert_err(frames_read(frames, &l), ERR_ABSENT);
	assert_null(l.at);
}

static void assert_refused(const char *where, enum err e)
{
	assert_err(frames_open(&frames, where, FRAMES_EACH), e);
	assert_null(frames);
}

TEST(a_film_of_every_sampling_is_read)
{
	static const struct {
		const char *header;
		size_t colours;
	} kinds[] = {{"YUV4MPEG2 W4 H3 F30:1 Ip A1:1 C420jpeg XYSCSS=420JPEG\n", 8},
		{"YUV4MPEG2 W4 H3\n", 8}, {"YUV4MPEG2 W4 H3 C420mpeg2\n", 8},
		{"YUV4MPEG2 W4 H3 C420paldv\n", 8}, {"YUV4MPEG2 W4 H3 C422\n", 12},
		{"YUV4MPEG2 W4 H3 C411\n", 6}, {"YUV4MPEG2 W4 H3 C444\n", 24},
		{"YUV4MPEG2 W4 H3 C444alpha\n", 36}, {"YUV4MPEG2 H3 W4 Cmono\n", 0}};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(kinds); i++) {
		assert_ok(frames_open(
			&frames, make_film(kinds[i].header, 2, kinds[i].colours), FRAMES_EACH));
		assert_string_equal(frames_about(frames).format, "Y4M");
		assert_int_equal(frames_about(frames).rate, 30);
		assert_false(frames_is_camera(frames));
		assert_frame(1);
		assert_frame(2);
		assert_none();
		assert_true(frames_ended(frames));
		assert_int_equal(frames_passed(frames), 2);
		frames_close(frames);
		frames = NULL;
		assert_int_equal(unlink(scratch_name(&scratch, "film.y4m")), 0);
	}
}

TEST(a_film_of_another_kind_is_refused)
{
	static const char *const wrong[] = {"", "\n", "RIFF", "YUV4MPEG W4 H3\n", "YUV4MPEG2 W4\n",
		"YUV4MPEG2 W0 H3\n", "YUV4MPEG2 W4 H3 C420p10\n", "YUV4MPEG2 W4 H3 Cmono16\n",
		"YUV4MPEG2 W4 H3"};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(wrong); i++) {
		assert_refused(put("wrong", wrong[i], strlen(wrong[i])), ERR_FORMAT);
		unlink(scratch_name(&scratch, "wrong"));
	}
	char endless[300];
	memset(endless, 'x', sizeof(endless));
	memcpy(endless, "YUV4MPEG2 W4 H3 X", 17);
	assert_refused(put("endless", endless, sizeof(endless)), ERR_FORMAT);
	assert_refused(put("wide", "YUV4MPEG2 W16385 H1\n", 20), ERR_FULL);
	assert_refused(put("large", "YUV4MPEG2 W4097 H4096\n", 22), ERR_FULL);
	assert_refused(put("huge", "YUV4MPEG2 W99999999 H99999999\n", 30), ERR_FULL);
	assert_refused(scratch_name(&scratch, "none"), ERR_ABSENT);
}

TEST(a_film_that_is_cut_off_ends_with_its_last_whole_frame)
{
	UNUSED(state);
	make_film("YUV4MPEG2 W4 H3 Cmono\n", 2, 0);
	put("film.y4m", "FRAME\nab", 8);
	assert_ok(frames_open(&frames, scratch_name(&scratch, "film.y4m"), FRAMES_EACH));
	assert_frame(1);
	assert_frame(2);
	assert_none();
	assert_true(frames_ended(frames));
}

TEST(a_film_that_goes_wrong_in_the_middle_is_an_error)
{
	struct luma l;
	UNUSED(state);

	make_film("YUV4MPEG2 W4 H3 Cmono\n", 1, 0);
	put("film.y4m", "FRAMEx\n0123456789ab", 19);
	assert_ok(frames_open(&frames, scratch_name(&scratch, "film.y4m"), FRAMES_EACH));
	assert_frame(1);
	assert_err(frames_read(frames, &l), ERR_IO);
	assert_null(l.at);
}

/* A pipe gives what has come; half a frame is none yet. */
TEST(a_film_may_come_through_a_pipe_in_pieces)
{
	static const char header[] = "YUV4MPEG2 W4 H3 F25:1\n";
	char film[6 + 12 + 8];
	int ends[2];
	UNUSED(state);

	assert_int_equal(pipe(ends), 0);
	assert_true(dup2(ends[0], STDIN_FILENO) >= 0);
	close(ends[0]);
	memset(film, 1, sizeof(film));
	memcpy(film, "FRAME\n", 6);
	assert_int_equal(write(ends[1], header, strlen(header)), strlen(header));
	assert_ok(frames_open(&frames, "-", FRAMES_EACH));
	assert_int_equal(frames_about(frames).rate, 25);
	for (size_t i = 0; i < sizeof(film); i++) {
		assert_none();
		assert_false(frames_ended(frames));
		assert_int_equal(write(ends[1], film + i, 1), 1);
	}
	assert_int_equal(
		poll(&(struct pollfd){.fd = frames_fd(frames), .events = POLLIN}, 1, 0), 1);
	assert_frame(1);
	assert_none();
	close(ends[1]);
	assert_none();
	assert_true(frames_ended(frames));
}

TEST(live_frames_come_at_their_time)
{
	UNUSED(state);
	assert_ok(frames_open(
		&frames, make_film("YUV4MPEG2 W4 H3 F10:1 Cmono\n", 9, 0), FRAMES_LIVE));
	assert_frame(1);
	assert_none();
	assert_int_equal(frames_wait_ms(frames), 100);
	assert_int_equal(frames_fd(frames), -1);
	now.boot_ms += 99;
	assert_none();
	assert_int_equal(frames_wait_ms(frames), 1);
	now.boot_ms += 1;
	assert_int_equal(frames_wait_ms(frames), -1);
	assert_frame(2);
	/* We were busy for 350 ms: frames 3, 4 and 5 are over. */
	now.boot_ms += 350;
	assert_frame(5);
	assert_int_equal(frames_passed(frames), 5);
	now.boot_ms += 50;
	assert_frame(6);
	now.boot_ms += 10000;
	assert_none();
	assert_true(frames_ended(frames));
	assert_int_equal(frames_passed(frames), 9);
}

/* Whoever sends it was slow, not we: nothing is skipped to catch up with frames that never came. */
TEST(a_film_that_was_late_goes_on_with_its_next_frame)
{
	static const char head[] = "YUV4MPEG2 W4 H3 F10:1 Cmono\n";
	char frame[6 + 12] = "FRAME\n";
	int ends[2];
	UNUSED(state);

	assert_int_equal(pipe(ends), 0);
	assert_true(dup2(ends[0], STDIN_FILENO) >= 0);
	close(ends[0]);
	assert_int_equal(write(ends[1], head, strlen(head)), strlen(head));
	assert_ok(frames_open(&frames, "-", FRAMES_LIVE));
	for (int i = 1; i < 4; i++) {
		assert_none();
		now.boot_ms += 1000;
		assert_none();
		memset(frame + 6, i, 12);
		assert_int_equal(write(ends[1], frame, sizeof(frame)), sizeof(frame));
		assert_frame((uint8_t)i);
	}
	close(ends[1]);
}

TEST(held_frames_stay_for_ever)
{
	UNUSED(state);
	assert_ok(frames_open(
		&frames, make_film("YUV4MPEG2 W4 H3 F10:1 Cmono\n", 2, 0), FRAMES_HELD));
	assert_frame(1);
	now.boot_ms += 100;
	assert_frame(2);
	for (int i = 0; i < 3; i++) {
		assert_none();
		assert_int_equal(frames_wait_ms(frames), 100);
		now.boot_ms += 100;
		assert_frame(2);
		assert_false(frames_ended(frames));
	}
}

static void put_picture(const char *name, uint8_t grey)
{
	uint8_t pixels[12];

	memset(pixels, grey, sizeof(pixels));
	struct span png = pictures_png(&(struct luma){pixels, 4, 3, 4}, PNG_GREY, 8, false);
	put(name, png.p, png.n);
	free((void *)png.p);
}

TEST(a_folder_gives_its_pictures_by_name)
{
	struct luma l;
	UNUSED(state);

	put_picture("c.PNG", 3);
	put_picture("a.png", 1);
	put("b.jpeg", "\xff\xd8 damaged", 10);
	put("d.txt", "no picture", 10);
	put_picture("e.pgm.bak", 5);
	assert_ok(frames_open(&frames, scratch.folder, FRAMES_EACH));
	assert_string_equal(frames_about(frames).format, "pictures");
	assert_frame(1);
	assert_err(frames_read(frames, &l), ERR_FORMAT);
	assert_null(l.at);
	assert_frame(3);
	assert_none();
	assert_true(frames_ended(frames));
	assert_int_equal(frames_passed(frames), 3);
}

/* The memory of the one before the damaged one may be gone. */
TEST(a_damaged_last_picture_is_not_held)
{
	UNUSED(state);
	put_picture("a.png", 1);
	put("b.png", "\x89PNG\r\n\x1a\n", 8);
	assert_ok(frames_open(&frames, scratch.folder, FRAMES_HELD));
	assert_frame(1);
	now.boot_ms += 34;
	assert_err(frames_read(frames, &(struct luma){0}), ERR_FORMAT);
	now.boot_ms += 1000;
	assert_none();
	assert_false(frames_ended(frames));
}

TEST(a_folder_without_pictures_ends_at_once)
{
	UNUSED(state);
	assert_ok(frames_open(&frames, scratch.folder, FRAMES_LIVE));
	assert_none();
	assert_true(frames_ended(frames));
}

#define FRAMES(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
static const struct CMUnitTest tests[] = {
	FRAMES(a_film_of_every_sampling_is_read),
	FRAMES(a_film_of_another_kind_is_refused),
	FRAMES(a_film_that_is_cut_off_ends_with_its_last_whole_frame),
	FRAMES(a_film_that_goes_wrong_in_the_middle_is_an_error),
	FRAMES(a_film_may_come_through_a_pipe_in_pieces),
	FRAMES(live_frames_come_at_their_time),
	FRAMES(a_film_that_was_late_goes_on_with_its_next_frame),
	FRAMES(held_frames_stay_for_ever),
	FRAMES(a_folder_gives_its_pictures_by_name),
	FRAMES(a_damaged_last_picture_is_not_held),
	FRAMES(a_folder_without_pictures_ends_at_once),
};
RUN_TESTS(tests)
