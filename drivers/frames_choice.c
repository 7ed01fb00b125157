/* What to ask of a camera. */
#include "frames_choice.h"

#include <errno.h>
#include <linux/videodev2.h>
#include <string.h>
#include <sys/ioctl.h>

/* A camera that lies must not keep us here. */
enum { FORMATS_MOST = 64, SIZES_MOST = 256, RATES_MOST = 64 };

/* In the order of what they cost. */
static const struct frames_format formats[] = {
	{V4L2_PIX_FMT_GREY, "GREY", 1, 0},
	{V4L2_PIX_FMT_NV12, "NV12", 1, 0},
	{V4L2_PIX_FMT_YUV420, "YU12", 1, 0},
	{V4L2_PIX_FMT_YUYV, "YUYV", 2, 0},
	{V4L2_PIX_FMT_UYVY, "UYVY", 2, 1},
	{V4L2_PIX_FMT_MJPEG, "MJPEG", 0, 0},
	{V4L2_PIX_FMT_JPEG, "JPEG", 0, 0},
};

const struct frames_format *frames_find_format(uint32_t fourcc)
{
	for (size_t i = 0; i < COUNT(formats); i++)
		if (formats[i].fourcc == fourcc)
			return &formats[i];
	return NULL;
}

void frames_grey_row(
	uint8_t *out, const uint8_t *row, uint32_t width, const struct frames_format *f)
{
	if (f->step == 1)
		memcpy(out, row, width);
	else
		for (uint32_t x = 0; x < width; x++)
			out[x] = row[2 * x + f->first];
}

/* How many times larger or smaller than wanted, in 1/1024. */
static uint64_t away(const struct frames_choice *c)
{
	uint64_t area = (uint64_t)c->width * c->height;
	uint64_t want = FRAMES_WIDTH * FRAMES_HEIGHT;

	return area > want ? area * 1024 / want : want * 1024 / area;
}

bool frames_is_better(const struct frames_choice *a, const struct frames_choice *b)
{
	if (!b->format)
		return true;
	/* One that does not tell has a rate of its own, most likely a usual one. */
	uint32_t rate_a = a->rate > 0 ? a->rate : FRAMES_RATE;
	uint32_t rate_b = b->rate > 0 ? b->rate : FRAMES_RATE;
	if ((rate_a >= FRAMES_RATE) != (rate_b >= FRAMES_RATE))
		return rate_a >= FRAMES_RATE;
	if (away(a) != away(b))
		return away(a) < away(b);
	/* The same area in another shape. */
	if (a->width != b->width)
		return a->width == FRAMES_WIDTH;
	if ((rate_a >= 2 * FRAMES_RATE) != (rate_b >= 2 * FRAMES_RATE))
		return rate_a >= 2 * FRAMES_RATE;
	return a->format < b->format;
}

static uint32_t rate_of(const struct v4l2_fract *seconds)
{
	return seconds->numerator == 0
		       ? 0
		       : (seconds->denominator + seconds->numerator / 2) / seconds->numerator;
}

/* Best is twice FRAMES_RATE, then what is below, down to FRAMES_RATE; then what is above, where more
 * frames only cost more; worst is what is too slow. */
static uint32_t worth(uint32_t rate)
{
	uint32_t wanted = 2 * FRAMES_RATE, above = 1u << 30;

	if (rate < FRAMES_RATE)
		return rate;
	return rate <= wanted ? above + rate : rate < above ? above - rate : FRAMES_RATE;
}

/* 0 where the camera does not tell. */
static uint32_t best_rate(int fd, const struct frames_choice *c)
{
	uint32_t best = 0;

	for (uint32_t i = 0; i < RATES_MOST; i++) {
		struct v4l2_frmivalenum v = {.index = i,
			.pixel_format = c->format->fourcc,
			.width = c->width,
			.height = c->height};
		if (ioctl(fd, VIDIOC_ENUM_FRAMEINTERVALS, &v) != 0)
			break;
		if (v.type != V4L2_FRMIVAL_TYPE_DISCRETE) {
			uint32_t most = rate_of(&v.stepwise.min);
			return most < 2 * FRAMES_RATE ? most : 2 * FRAMES_RATE;
		}
		if (worth(rate_of(&v.discrete)) > worth(best))
			best = rate_of(&v.discrete);
	}
	return best;
}

static void consider(int fd, struct frames_choice c, struct frames_choice *best)
{
	if (c.width == 0 || c.height == 0 || c.width > LUMA_SIDE || c.height > LUMA_SIDE ||
		(uint64_t)c.width * c.height > FRAMES_PIXELS)
		return;
	c.rate = best_rate(fd, &c);
	if (frames_is_better(&c, best))
		*best = c;
}

static uint32_t step_to(uint32_t want, uint32_t least, uint32_t most, uint32_t step)
{
	if (want <= least)
		return least;
	uint32_t v = want < most ? want : most;
	return step > 1 ? least + (v - least) / step * step : v;
}

static void consider_sizes(int fd, const struct frames_format *f, struct frames_choice *best)
{
	for (uint32_t i = 0; i < SIZES_MOST; i++) {
		struct v4l2_frmsizeenum s = {.index = i, .pixel_format = f->fourcc};
		const struct v4l2_frmsize_stepwise *w = &s.stepwise;
		if (ioctl(fd, VIDIOC_ENUM_FRAMESIZES, &s) != 0) {
			/* It does not tell sizes: it will set the nearest. */
			if (i == 0)
				consider(fd,
					(struct frames_choice){f, FRAMES_WIDTH, FRAMES_HEIGHT, 0},
					best);
			return;
		}
		if (s.type == V4L2_FRMSIZE_TYPE_DISCRETE) {
			consider(fd,
				(struct frames_choice){f, s.discrete.width, s.discrete.height, 0},
				best);
			continue;
		}
		consider(fd,
			(struct frames_choice){f,
				step_to(FRAMES_WIDTH, w->min_width, w->max_width, w->step_width),
				step_to(FRAMES_HEIGHT, w->min_height, w->max_height,
					w->step_height),
				0},
			best);
		return;
	}
}

enum err frames_choose(int fd, struct frames_choice *out)
{
	memset(out, 0, sizeof(*out));
	for (uint32_t i = 0; i < FORMATS_MOST; i++) {
		struct v4l2_fmtdesc d = {.index = i, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
		if (ioctl(fd, VIDIOC_ENUM_FMT, &d) != 0)
			break;
		const struct frames_format *f = frames_find_format(d.pixelformat);
		if (f)
			consider_sizes(fd, f, out);
	}
	return out->format ? OK : ERR_FORMAT;
}
