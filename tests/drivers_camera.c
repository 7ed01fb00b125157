/* Cameras: what is asked of one, its frames in grey, and its coming and going. The kernel's side of
 * V4L2 is played by umockdev. */
#include "test.h"

#include "frames.h"
#include "frames_choice.h"
#include "help/fake_camera.h"
#include "help/pictures.h"

#include <linux/videodev2.h>

#define YUYV  V4L2_PIX_FMT_YUYV
#define NV12  V4L2_PIX_FMT_NV12
#define GREY  V4L2_PIX_FMT_GREY
#define MJPEG V4L2_PIX_FMT_MJPEG
#define NODE  "/dev/video0"

static struct fake_camera *camera;
static struct frames *frames;

static int tear_down(void **state)
{
	UNUSED(state);
	frames_close(frames);
	fake_camera_remove(camera);
	frames = NULL;
	camera = NULL;
	return 0;
}

static void plug(struct fake_facts facts)
{
	fake_camera_remove(camera);
	camera = fake_camera_plug(&facts);
	if (!camera)
		skip();
}

static enum err open_it(void)
{
	frames_close(frames);
	return frames_open(&frames, NODE, FRAMES_LIVE);
}

static void plug_and_open(struct fake_facts facts)
{
	plug(facts);
	assert_ok(open_it());
	assert_true(frames_is_camera(frames));
}

#define MODES(...)                                                                                 \
	.modes = (const struct fake_mode[]){__VA_ARGS__},                                          \
	.modes_n = COUNT(((const struct fake_mode[]){__VA_ARGS__}))

static void assert_choice(
	struct fake_facts facts, const char *format, uint32_t width, uint32_t height, uint32_t rate)
{
	plug_and_open(facts);
	struct frames_about a = frames_about(frames);
	assert_string_equal(a.format, format);
	assert_int_equal(a.width, width);
	assert_int_equal(a.height, height);
	assert_int_equal(a.rate, rate);
	frames_close(frames);
	frames = NULL;
}

TEST(the_best_mode_of_a_camera_is_chosen)
{
	UNUSED(state);
	/* A usual webcam: uncompressed pictures of that size are too slow for its cable. */
	assert_choice(
		(struct fake_facts){MODES({YUYV, 640, 480, 30}, {YUYV, 1280, 720, 10},
			{MJPEG, 640, 480, 30}, {MJPEG, 1280, 720, 30}, {MJPEG, 1920, 1080, 30})},
		"MJPEG", 1280, 720, 30);
	/* Where all are fast enough the cheapest format wins. */
	assert_choice((struct fake_facts){MODES({MJPEG, 1280, 720, 30}, {YUYV, 1280, 720, 30},
			      {NV12, 1280, 720, 30})},
		"NV12", 1280, 720, 30);
	/* Half the frames are enough, but the double is better. */
	assert_choice((struct fake_facts){MODES({YUYV, 1280, 720, 15}, {MJPEG, 1280, 720, 30})},
		"MJPEG", 1280, 720, 30);
	assert_choice((struct fake_facts){MODES({YUYV, 1280, 720, 15}, {MJPEG, 800, 600, 30})},
		"YUYV", 1280, 720, 15);
	/* Of many rates: no more than 30, no less than 15. */
	assert_choice((struct fake_facts){MODES(
			      {YUYV, 1280, 720, 60}, {YUYV, 1280, 720, 24}, {YUYV, 1280, 720, 5})},
		"YUYV", 1280, 720, 24);
	assert_choice((struct fake_facts){MODES({YUYV, 1280, 720, 120}, {YUYV, 1280, 720, 60},
			      {YUYV, 1280, 720, 10})},
		"YUYV", 1280, 720, 60);
	/* The nearest size. */
	assert_choice((struct fake_facts){MODES(
			      {GREY, 320, 240, 30}, {GREY, 1600, 900, 30}, {GREY, 4000, 3000, 30})},
		"GREY", 1600, 900, 30);
	/* All too slow: the fastest is of no use if it is tiny, the size decides. */
	assert_choice((struct fake_facts){MODES({YUYV, 1280, 720, 5}, {YUYV, 160, 120, 10})},
		"YUYV", 1280, 720, 5);
	/* Sizes in steps; 720 is 32 + 43 x 16. */
	assert_choice((struct fake_facts){MODES({NV12, 1920, 1080, 60}), .stepwise = true}, "NV12",
		1280, 720, 30);
	assert_choice((struct fake_facts){MODES({NV12, 800, 608, 20}), .stepwise = true}, "NV12",
		800, 608, 20);
	/* It tells neither sizes nor rates, and sets its own. */
	assert_choice((struct fake_facts){MODES({GREY, 752, 480, 0}), .silent = true}, "GREY", 752,
		480, 0);
	assert_int_equal(fake_camera_fourcc(camera), GREY);
}

TEST(a_device_that_is_no_camera_for_us_is_refused)
{
	UNUSED(state);
	plug((struct fake_facts){MODES({V4L2_PIX_FMT_SBGGR10, 1280, 720, 30})});
	assert_err(open_it(), ERR_FORMAT);
	plug((struct fake_facts){MODES({YUYV, 1280, 720, 30}), .no_capture = true});
	assert_err(open_it(), ERR_FORMAT);
	plug((struct fake_facts){MODES({GREY, 8000, 6000, 30})});
	assert_err(open_it(), ERR_FORMAT);
	plug((struct fake_facts){MODES({GREY, 8000, 6000, 30}), .silent = true});
	assert_err(open_it(), ERR_FULL);
	plug((struct fake_facts){MODES({YUYV, 1280, 720, 30}), .busy = true});
	assert_err(open_it(), ERR_BUSY);
	plug((struct fake_facts){MODES({YUYV, 1280, 720, 30}), .buffers = 1});
	assert_err(open_it(), ERR_IO);
}

TEST(a_camera_is_set_up_for_moving_codes)
{
	UNUSED(state);
	plug_and_open((struct fake_facts){MODES({YUYV, 1280, 720, 30})});
	assert_int_equal(fake_camera_rate(camera), 30);
	assert_int_equal(fake_camera_control(camera, V4L2_CID_EXPOSURE_AUTO_PRIORITY), 0);
	assert_int_equal(fake_camera_control(camera, V4L2_CID_POWER_LINE_FREQUENCY),
		V4L2_CID_POWER_LINE_FREQUENCY_AUTO);
	assert_int_equal(fake_camera_queued(camera), 4);
}

enum { WIDTH = 32, HEIGHT = 6 };

static uint8_t grey_at(uint32_t x, uint32_t y)
{
	return (uint8_t)(7 * x + 31 * y);
}

/* A frame as a camera sends it: colours 99, what fills a row up 55. */
static size_t fill(uint8_t *to, uint32_t fourcc, size_t stride)
{
	size_t step = fourcc == YUYV || fourcc == V4L2_PIX_FMT_UYVY ? 2 : 1;
	size_t n = stride * HEIGHT;

	memset(to, 55, n);
	for (uint32_t y = 0; y < HEIGHT; y++)
		for (uint32_t x = 0; x < WIDTH; x++) {
			uint8_t *p = to + y * stride + x * step;
			if (step == 2)
				p[0] = p[1] = 99;
			p[fourcc == V4L2_PIX_FMT_UYVY] = grey_at(x, y);
		}
	if (fourcc == NV12 || fourcc == V4L2_PIX_FMT_YUV420) {
		memset(to + n, 99, n / 2);
		n += n / 2;
	}
	return n;
}

static void assert_grey(int off)
{
	struct luma l;

	assert_ok(frames_read(frames, &l));
	assert_int_equal(l.width, WIDTH);
	assert_int_equal(l.height, HEIGHT);
	for (uint32_t y = 0; y < HEIGHT; y++)
		for (uint32_t x = 0; x < WIDTH; x++)
			assert_in_range(l.at[y * l.stride + x] + 256, grey_at(x, y) + 256 - off,
				grey_at(x, y) + 256 + off);
}

static void assert_none(void)
{
	struct luma l;

	assert_err(frames_read(frames, &l), ERR_ABSENT);
	assert_null(l.at);
}

TEST(every_uncompressed_format_becomes_grey)
{
	static const uint32_t formats[] = {
		GREY, NV12, V4L2_PIX_FMT_YUV420, YUYV, V4L2_PIX_FMT_UYVY};
	static uint8_t bytes[8192];
	UNUSED(state);

	for (size_t i = 0; i < 2 * COUNT(formats); i++) {
		uint32_t fourcc = formats[i / 2], pad = i % 2 ? 24 : 0;
		size_t step = fourcc == YUYV || fourcc == V4L2_PIX_FMT_UYVY ? 2 : 1;
		plug_and_open(
			(struct fake_facts){MODES({fourcc, WIDTH, HEIGHT, 30}), .stride = pad});
		assert_none();
		fake_camera_send(camera, bytes, fill(bytes, fourcc, WIDTH * step + pad), 0);
		assert_grey(0);
		assert_none();
		assert_int_equal(fake_camera_queued(camera), 4);
	}
}

static struct span a_jpeg(void)
{
	static uint8_t pixels[WIDTH * HEIGHT];

	for (uint32_t i = 0; i < sizeof(pixels); i++)
		pixels[i] = grey_at(i % WIDTH, i / WIDTH);
	return pictures_jpeg(&(struct luma){pixels, WIDTH, HEIGHT, WIDTH}, JPEG_YCC, false);
}

/* Cameras leave the usual Huffman tables out of each frame. */
static size_t drop_tables(const struct span *jpeg, uint8_t *out)
{
	size_t n = 2, at = 2;

	memcpy(out, jpeg->p, 2);
	while (jpeg->p[at + 1] != 0xda) {
		size_t segment = 2u + (size_t)(jpeg->p[at + 2] << 8 | jpeg->p[at + 3]);
		if (jpeg->p[at + 1] != 0xc4) {
			memcpy(out + n, jpeg->p + at, segment);
			n += segment;
		}
		at += segment;
	}
	memcpy(out + n, jpeg->p + at, jpeg->n - at);
	return n + jpeg->n - at;
}

TEST(mjpeg_frames_become_grey)
{
	static uint8_t bytes[8192];
	struct luma l;
	UNUSED(state);

	plug_and_open((struct fake_facts){MODES({MJPEG, WIDTH, HEIGHT, 30}), .stride = 512});
	struct span jpeg = a_jpeg();
	fake_camera_send(camera, jpeg.p, jpeg.n, 0);
	assert_grey(24);
	size_t n = drop_tables(&jpeg, bytes);
	assert_true(n < jpeg.n - 300);
	fake_camera_send(camera, bytes, n, 0);
	assert_grey(24);
	/* Half a frame is none, and the next one is sound again. */
	fake_camera_send(camera, jpeg.p, jpeg.n / 2, 0);
	assert_err(frames_read(frames, &l), ERR_FORMAT);
	assert_null(l.at);
	fake_camera_send(camera, jpeg.p, jpeg.n, 0);
	assert_grey(24);
	/* A frame larger than the camera said it would send takes no memory. */
	pictures_resize_jpeg(jpeg, WIDTH, 2 * HEIGHT);
	fake_camera_send(camera, jpeg.p, jpeg.n, 0);
	assert_err(frames_read(frames, &l), ERR_FORMAT);
	assert_int_equal(fake_camera_queued(camera), 4);
	free((void *)jpeg.p);
}

TEST(the_newest_frame_is_taken)
{
	static uint8_t bytes[WIDTH * HEIGHT], old[WIDTH * HEIGHT];
	UNUSED(state);

	plug_and_open((struct fake_facts){MODES({GREY, WIDTH, HEIGHT, 30})});
	for (int i = 0; i < 3; i++)
		fake_camera_send(camera, old, sizeof(old), 0);
	fake_camera_send(camera, bytes, fill(bytes, GREY, WIDTH), 0);
	assert_grey(0);
	assert_none();
	assert_int_equal(frames_passed(frames), 1);
	assert_int_equal(fake_camera_queued(camera), 4);
}

TEST(a_torn_frame_is_left_out)
{
	static uint8_t bytes[WIDTH * HEIGHT * 2];
	struct luma l;
	size_t n = fill(bytes, YUYV, WIDTH * 2);
	UNUSED(state);

	plug_and_open((struct fake_facts){MODES({YUYV, WIDTH, HEIGHT, 30})});
	fake_camera_send(camera, bytes, n - 1, 0);
	assert_err(frames_read(frames, &l), ERR_FORMAT);
	fake_camera_send(camera, bytes, 0, 0);
	assert_err(frames_read(frames, &l), ERR_FORMAT);
	fake_camera_send(camera, bytes, n, V4L2_BUF_FLAG_ERROR);
	assert_err(frames_read(frames, &l), ERR_FORMAT);
	assert_null(l.at);
	fake_camera_send(camera, bytes, n, 0);
	assert_grey(0);
	assert_int_equal(fake_camera_queued(camera), 4);
}

TEST(an_unplugged_camera_is_gone_and_comes_back)
{
	const struct fake_facts facts = {MODES({GREY, WIDTH, HEIGHT, 30})};
	static uint8_t bytes[WIDTH * HEIGHT];
	struct luma l;
	UNUSED(state);

	plug_and_open(facts);
	fake_camera_send(camera, bytes, fill(bytes, GREY, WIDTH), 0);
	assert_grey(0);
	fake_camera_unplug(camera);
	assert_err(frames_read(frames, &l), ERR_IO);
	assert_null(l.at);
	assert_err(open_it(), ERR_ABSENT);
	plug_and_open(facts);
	fake_camera_send(camera, bytes, sizeof(bytes), 0);
	assert_grey(0);
}

#define CAMERA(f) cmocka_unit_test_teardown(f, tear_down)
static const struct CMUnitTest tests[] = {
	CAMERA(the_best_mode_of_a_camera_is_chosen),
	CAMERA(a_device_that_is_no_camera_for_us_is_refused),
	CAMERA(a_camera_is_set_up_for_moving_codes),
	CAMERA(every_uncompressed_format_becomes_grey),
	CAMERA(mjpeg_frames_become_grey),
	CAMERA(the_newest_frame_is_taken),
	CAMERA(a_torn_frame_is_left_out),
	CAMERA(an_unplugged_camera_is_gone_and_comes_back),
};
RUN_TESTS(tests)
