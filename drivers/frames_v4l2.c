/* Cameras, by V4L2: choosing what a camera should send, and taking it. The kernel's interface is
 * "Video for Linux API", part I; ioctls are named there. */
#include "frames_inside.h"

#include "file.h"
#include "frames_choice.h"
#include "picture_in.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

enum { BUFFERS = 4, BUFFERS_LEAST = 2 };

struct buffer {
	const uint8_t *at;
	size_t n;
};

struct camera {
	int fd;
	const struct frames_format *format;
	uint32_t width, height;
	size_t stride;          /* bytes a row, as the camera sends them */
	struct picture picture; /* MJPEG */
	uint8_t *pixels;        /* all others: our memory, for the camera's may be slow to read */
	uint32_t buffers;
	struct buffer buffer[BUFFERS];
};

static int ask(int fd, unsigned long request, void *argument)
{
	int r;

	do
		r = ioctl(fd, request, argument);
	while (r < 0 && errno == EINTR);
	return r;
}

static enum err camera_error(void)
{
	return errno == EBUSY ? ERR_BUSY : errno == EINVAL || errno == ENOTTY ? ERR_FORMAT : ERR_IO;
}

static enum err check_kind(int fd)
{
	struct v4l2_capability c = {0};

	if (ask(fd, VIDIOC_QUERYCAP, &c) != 0)
		return camera_error();
	uint32_t can = c.capabilities & V4L2_CAP_DEVICE_CAPS ? c.device_caps : c.capabilities;
	uint32_t must = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
	return (can & must) == must ? OK : ERR_FORMAT;
}

static enum err set_format(struct camera *c, const struct frames_choice *choice)
{
	struct v4l2_format f = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};

	f.fmt.pix.width = choice->width;
	f.fmt.pix.height = choice->height;
	f.fmt.pix.pixelformat = choice->format->fourcc;
	f.fmt.pix.field = V4L2_FIELD_ANY;
	if (ask(c->fd, VIDIOC_S_FMT, &f) != 0)
		return camera_error();
	/* The camera may have set another size than it was asked for. */
	if (f.fmt.pix.pixelformat != choice->format->fourcc)
		return ERR_FORMAT;
	c->format = choice->format;
	c->width = f.fmt.pix.width;
	c->height = f.fmt.pix.height;
	c->stride = f.fmt.pix.bytesperline;
	if (c->width == 0 || c->height == 0)
		return ERR_FORMAT;
	if (c->width > LUMA_SIDE || c->height > LUMA_SIDE ||
		(uint64_t)c->width * c->height > FRAMES_PIXELS)
		return ERR_FULL;
	size_t least = (size_t)c->width * c->format->step;
	c->stride = c->stride > least ? c->stride : least;
	return OK;
}

/* Frames a second, as close to those asked for as the camera goes; 0 where it does not tell. */
static uint32_t set_rate(int fd, uint32_t rate)
{
	struct v4l2_streamparm p = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
	struct v4l2_fract *f = &p.parm.capture.timeperframe;

	f->numerator = 1;
	f->denominator = rate;
	if (rate == 0 || ask(fd, VIDIOC_S_PARM, &p) != 0 || f->numerator == 0)
		return rate;
	return (f->denominator + f->numerator / 2) / f->numerator;
}

/* What a camera can do for codes held up to it; one that cannot is none the worse. */
static void set_controls(int fd)
{
	static const struct {
		uint32_t id;
		int32_t value;
	} controls[] = {
		/* A longer exposure in the dark blurs what moves: keep the rate. */
		{V4L2_CID_EXPOSURE_AUTO_PRIORITY, 0},
		{V4L2_CID_FOCUS_AUTO, 1},
		{V4L2_CID_POWER_LINE_FREQUENCY, V4L2_CID_POWER_LINE_FREQUENCY_AUTO},
	};

	for (size_t i = 0; i < COUNT(controls); i++) {
		struct v4l2_control c = {controls[i].id, controls[i].value};
		(void)ask(fd, VIDIOC_S_CTRL, &c);
	}
}

static enum err give_back(struct camera *c, uint32_t i)
{
	struct v4l2_buffer b = {
		.type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP, .index = i};

	return ask(c->fd, VIDIOC_QBUF, &b) == 0 ? OK : ERR_IO;
}

static enum err map_buffer(struct camera *c, uint32_t i)
{
	struct v4l2_buffer b = {
		.type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP, .index = i};

	if (ask(c->fd, VIDIOC_QUERYBUF, &b) != 0)
		return camera_error();
	void *at = mmap(NULL, b.length, PROT_READ | PROT_WRITE, MAP_SHARED, c->fd, b.m.offset);
	if (at == MAP_FAILED)
		return ERR_IO;
	c->buffer[i] = (struct buffer){at, b.length};
	c->buffers = i + 1;
	return give_back(c, i);
}

static enum err start(struct camera *c)
{
	struct v4l2_requestbuffers r = {
		.count = BUFFERS, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
	int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;

	if (ask(c->fd, VIDIOC_REQBUFS, &r) != 0)
		return camera_error();
	if (r.count < BUFFERS_LEAST)
		return ERR_IO;
	for (uint32_t i = 0; i < r.count && i < BUFFERS; i++) {
		enum err e = map_buffer(c, i);
		if (e)
			return e;
	}
	return ask(c->fd, VIDIOC_STREAMON, &type) == 0 ? OK : camera_error();
}

static void close_camera(void *self)
{
	struct camera *c = self;

	for (uint32_t i = 0; i < c->buffers; i++)
		munmap((void *)c->buffer[i].at, c->buffer[i].n);
	picture_done(&c->picture);
	free(c->pixels);
	close(c->fd);
	free(c);
}

static enum err set_up(struct camera *c, struct frames_about *about)
{
	struct frames_choice choice;
	enum err e = check_kind(c->fd);

	if (e == OK)
		e = frames_choose(c->fd, &choice);
	if (e == OK)
		e = set_format(c, &choice);
	if (e)
		return e;
	*about = (struct frames_about){
		c->format->name, c->width, c->height, set_rate(c->fd, choice.rate)};
	set_controls(c->fd);
	c->picture.most = c->width * c->height;
	c->pixels = malloc((size_t)c->width * c->height);
	return c->pixels ? start(c) : ERR_IO;
}

static enum err open_camera(void **self, const char *where, struct frames_about *about)
{
	int fd = open(where, O_RDWR | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return errno == EBUSY                      ? ERR_BUSY
		       : errno == ENODEV || errno == ENXIO ? ERR_ABSENT
							   : file_error(errno);
	struct camera *c = calloc(1, sizeof(*c));
	if (!c) {
		close(fd);
		return ERR_IO;
	}
	c->fd = fd;
	enum err e = set_up(c, about);
	if (e)
		close_camera(c);
	else
		*self = c;
	return e;
}

static int fd_of(const void *self)
{
	return ((const struct camera *)self)->fd;
}

/* The grey of a buffer of n bytes. */
static enum err convert(struct camera *c, const struct buffer *b, size_t n, struct luma *out)
{
	const struct frames_format *f = c->format;

	if (f->step == 0) {
		if (picture_read(&c->picture, (struct span){b->at, n}))
			return ERR_FORMAT;
		*out = c->picture.luma;
		return OK;
	}
	if (n < c->stride * (c->height - 1) + (size_t)c->width * f->step)
		return ERR_FORMAT; /* torn on the way */
	for (uint32_t y = 0; y < c->height; y++)
		frames_grey_row(
			c->pixels + (size_t)y * c->width, b->at + y * c->stride, c->width, f);
	*out = (struct luma){c->pixels, c->width, c->height, c->width};
	return OK;
}

/* returns: OK, ERR_ABSENT, ERR_IO */
static enum err take_buffer(struct camera *c, struct v4l2_buffer *b)
{
	*b = (struct v4l2_buffer){.type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
	if (ask(c->fd, VIDIOC_DQBUF, b) != 0)
		return errno == EAGAIN ? ERR_ABSENT : ERR_IO;
	return b->index < c->buffers ? OK : ERR_IO;
}

/* What queued up while we were busy is old: give it back unseen. */
static enum err take_newest(struct camera *c, struct v4l2_buffer *newest)
{
	struct v4l2_buffer b;
	enum err e = take_buffer(c, newest);

	for (uint32_t i = 0; e == OK && i < c->buffers; i++) {
		e = take_buffer(c, &b);
		if (e == ERR_ABSENT)
			return OK;
		if (e == OK)
			e = give_back(c, newest->index);
		*newest = b;
	}
	return e;
}

static enum err read_camera(void *self, struct luma *out, bool skip)
{
	struct camera *c = self;
	struct v4l2_buffer b;
	enum err e = take_newest(c, &b);

	(void)skip;
	if (e)
		return e;
	const struct buffer *m = &c->buffer[b.index];
	if (b.flags & V4L2_BUF_FLAG_ERROR || b.bytesused > m->n)
		e = ERR_FORMAT;
	else
		e = convert(c, m, b.bytesused, out);
	return give_back(c, b.index) ? ERR_IO : e;
}

const struct frames_kind frames_v4l2 = {
	.paced = false,
	.open = open_camera,
	.close = close_camera,
	.fd = fd_of,
	.read = read_camera,
};
