/* What a camera may answer: the kernel vouches for the length of its buffers and for nothing else. Sizes,
 * rates, strides, indices and bytes used are the stranger's; frames are sound, or none. */
#include "frames_inside.h"

#include <errno.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { BUFFER = 1 << 14, BUFFERS = 4, READS = 6, ANSWERS = 4000 };

static struct cursor answers;
static unsigned asked;

static void need(bool holds)
{
	if (!holds)
		abort();
}

static uint32_t some_format(void)
{
	static const uint32_t known[] = {V4L2_PIX_FMT_GREY, V4L2_PIX_FMT_NV12, V4L2_PIX_FMT_YUV420,
		V4L2_PIX_FMT_YUYV, V4L2_PIX_FMT_UYVY, V4L2_PIX_FMT_MJPEG, V4L2_PIX_FMT_JPEG};
	uint8_t i = cursor_u8(&answers);

	return i < 128 ? known[i % COUNT(known)] : cursor_u32(&answers);
}

/* Any bytes, so many. */
static void scramble(void *out, size_t n)
{
	struct span s = cursor_bytes(&answers, n);

	if (!answers.bad)
		memcpy(out, s.p, n);
}

static void answer_format(struct v4l2_format *f)
{
	uint8_t how = cursor_u8(&answers);

	if (how & 1)
		f->fmt.pix.pixelformat = some_format();
	if (how & 2)
		f->fmt.pix.width = cursor_u16(&answers);
	if (how & 4)
		f->fmt.pix.height = cursor_u16(&answers);
	if (how & 8)
		scramble(&f->fmt.pix.width, 2 * sizeof(f->fmt.pix.width));
	f->fmt.pix.bytesperline = how & 16 ? cursor_u32(&answers) : cursor_u8(&answers);
}

static void answer_sizes(struct v4l2_frmsizeenum *s)
{
	s->type = cursor_u8(&answers) % 4;
	if (s->type == V4L2_FRMSIZE_TYPE_DISCRETE) {
		s->discrete.width = cursor_u16(&answers);
		s->discrete.height = cursor_u16(&answers);
	} else
		scramble(&s->stepwise, sizeof(s->stepwise));
}

static void answer_frame(struct v4l2_buffer *b)
{
	uint8_t how = cursor_u8(&answers);

	b->index = how & 1 ? cursor_u32(&answers) : how >> 4 & 3;
	b->bytesused = how & 2 ? cursor_u32(&answers) : cursor_u16(&answers) % (BUFFER + 1);
	b->flags = how & 4 ? V4L2_BUF_FLAG_ERROR : 0;
}

static void answer(unsigned long request, void *to)
{
	struct v4l2_capability *k = to;
	struct v4l2_buffer *b = to;
	struct v4l2_frmivalenum *v = to;

	if (request == VIDIOC_QUERYCAP)
		k->capabilities = V4L2_CAP_STREAMING | V4L2_CAP_VIDEO_CAPTURE | cursor_u8(&answers);
	else if (request == VIDIOC_ENUM_FMT)
		((struct v4l2_fmtdesc *)to)->pixelformat = some_format();
	else if (request == VIDIOC_ENUM_FRAMESIZES)
		answer_sizes(to);
	else if (request == VIDIOC_ENUM_FRAMEINTERVALS) {
		v->type = cursor_u8(&answers) % 4;
		scramble(&v->stepwise, v->type == V4L2_FRMIVAL_TYPE_DISCRETE ? sizeof(v->discrete)
									     : sizeof(v->stepwise));
	} else if (request == VIDIOC_S_FMT)
		answer_format(to);
	else if (request == VIDIOC_S_PARM)
		scramble(&((struct v4l2_streamparm *)to)->parm.capture.timeperframe,
			sizeof(struct v4l2_fract));
	else if (request == VIDIOC_REQBUFS)
		((struct v4l2_requestbuffers *)to)->count = cursor_u8(&answers);
	else if (request == VIDIOC_QUERYBUF) {
		b->length = BUFFER;
		b->m.offset = b->index % BUFFERS * BUFFER;
	} else if (request == VIDIOC_DQBUF)
		answer_frame(to);
}

/* The kernel's. One answer in sixteen is no. */
int ioctl(int fd, unsigned long request, ...)
{
	static const int faults[] = {EINVAL, EBUSY, EIO, EAGAIN};
	uint8_t how = cursor_u8(&answers);
	va_list args;

	(void)fd;
	need(++asked < ANSWERS);
	if (answers.bad || how < 16) {
		errno = faults[how % COUNT(faults)];
		return -1;
	}
	va_start(args, request);
	answer(request, va_arg(args, void *));
	va_end(args);
	return 0;
}

static void look_at(const struct luma *l)
{
	unsigned sum = 0;

	need(luma_sound(l) && (uint64_t)l->width * l->height <= FRAMES_PIXELS);
	for (uint32_t y = 0; y < l->height; y++)
		for (uint32_t x = 0; x < l->width; x++)
			sum += l->at[(size_t)y * l->stride + x];
	need(sum <= 255U * FRAMES_PIXELS);
}

/* The memory of its buffers: the end of the input again and again. */
static void fill(int fd, struct span s)
{
	static uint8_t page[BUFFER];

	for (size_t i = 0; i < sizeof(page) && s.n > 0; i++)
		page[i] = s.p[i % s.n];
	for (off_t i = 0; i < BUFFERS; i++)
		need(pwrite(fd, page, sizeof(page), i * BUFFER) == (ssize_t)sizeof(page));
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static int fd = -1;
	static char path[32];
	struct frames_about about;
	struct luma l;
	void *self;

	if (fd < 0) {
		fd = memfd_create("camera", 0);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	}
	need(fd >= 0);
	asked = 0;
	answers = cursor_at((struct span){p, n});
	fill(fd, cursor_bytes(&answers, cursor_u16(&answers) % (n + 1)));
	if (frames_v4l2.open(&self, path, &about))
		return 0;
	need(about.width > 0 && about.height > 0 && about.format != NULL);
	for (int i = 0; i < READS; i++) {
		enum err e = frames_v4l2.read(self, &l, false);
		if (e == OK)
			look_at(&l);
		need(e == OK || e == ERR_ABSENT || e == ERR_FORMAT || e == ERR_IO);
		if (e == ERR_IO)
			break;
	}
	frames_v4l2.close(self);
	return 0;
}
