/* A camera that is not there. Its ioctls are served by umockdev's own thread. */
#include "fake_camera.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-object.h>
#include <linux/videodev2.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <umockdev.h>
#include <unistd.h>

enum { BUFFERS = 8, SENT = 16, CONTROLS = 8, PAGE = 4096 };
#define PATH "/sys/devices/fake/video4linux/video0"

struct sent {
	uint8_t *bytes;
	size_t n;
	uint32_t flags;
};

struct fake_camera {
	struct fake_facts facts;
	UMockdevTestbed *bed;
	UMockdevIoctlBase *handler;
	pthread_mutex_t lock;
	bool gone, streams;
	struct v4l2_pix_format format;
	uint32_t rate, buffers, length;
	uint32_t queue[BUFFERS]; /* in the order they were given back */
	int queued;
	struct sent sent[SENT];
	int waiting;
	struct v4l2_control controls[CONTROLS];
	int controls_n;
	char node[256]; /* where the node's file really is */
};

typedef int answer(struct fake_camera *c, void *data);

static int tell_kind(struct fake_camera *c, void *data)
{
	struct v4l2_capability *k = data;

	memset(k, 0, sizeof(*k));
	k->device_caps = V4L2_CAP_STREAMING |
			 (c->facts.no_capture ? V4L2_CAP_META_CAPTURE : V4L2_CAP_VIDEO_CAPTURE);
	/* All nodes of a device together may do more than this one. */
	k->capabilities = k->device_caps | V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_DEVICE_CAPS;
	return 0;
}

static const struct fake_mode *mode_at(const struct fake_camera *c, size_t i)
{
	return &c->facts.modes[i];
}

static int tell_format(struct fake_camera *c, void *data)
{
	struct v4l2_fmtdesc *d = data;
	uint32_t n = 0;

	for (size_t i = 0; i < c->facts.modes_n; i++)
		if (i == 0 || mode_at(c, i)->fourcc != mode_at(c, i - 1)->fourcc)
			if (n++ == d->index) {
				d->pixelformat = mode_at(c, i)->fourcc;
				return 0;
			}
	return EINVAL;
}

static bool same_size(const struct fake_mode *a, const struct fake_mode *b)
{
	return a->fourcc == b->fourcc && a->width == b->width && a->height == b->height;
}

static int tell_size(struct fake_camera *c, void *data)
{
	struct v4l2_frmsizeenum *s = data;
	uint32_t n = 0;

	for (size_t i = 0; i < c->facts.modes_n && !c->facts.silent; i++) {
		const struct fake_mode *m = mode_at(c, i);
		if (m->fourcc != s->pixel_format || (i > 0 && same_size(m, m - 1)) ||
			n++ != s->index)
			continue;
		s->type =
			c->facts.stepwise ? V4L2_FRMSIZE_TYPE_STEPWISE : V4L2_FRMSIZE_TYPE_DISCRETE;
		if (c->facts.stepwise)
			s->stepwise =
				(struct v4l2_frmsize_stepwise){32, m->width, 16, 32, m->height, 16};
		else
			s->discrete = (struct v4l2_frmsize_discrete){m->width, m->height};
		return 0;
	}
	return EINVAL;
}

static int tell_rate(struct fake_camera *c, void *data)
{
	struct v4l2_frmivalenum *v = data;
	const struct fake_mode asked = {v->pixel_format, v->width, v->height, 0};
	uint32_t n = 0;

	for (size_t i = 0; i < c->facts.modes_n; i++) {
		const struct fake_mode *m = mode_at(c, i);
		if (!(c->facts.stepwise ? m->fourcc == asked.fourcc : same_size(m, &asked)) ||
			m->rate == 0 || n++ != v->index)
			continue;
		v->type =
			c->facts.stepwise ? V4L2_FRMIVAL_TYPE_STEPWISE : V4L2_FRMIVAL_TYPE_DISCRETE;
		if (c->facts.stepwise)
			v->stepwise = (struct v4l2_frmival_stepwise){{1, m->rate}, {1, 1}, {1, 1}};
		else
			v->discrete = (struct v4l2_fract){1, m->rate};
		return 0;
	}
	return EINVAL;
}

static uint32_t bytes_a_pixel(uint32_t fourcc)
{
	return fourcc == V4L2_PIX_FMT_YUYV || fourcc == V4L2_PIX_FMT_UYVY ? 2 : 1;
}

/* As drivers do: the nearest to what was asked for is set, here simply the format's first mode. */
static int set_format(struct fake_camera *c, void *data)
{
	struct v4l2_format *f = data;
	struct v4l2_pix_format *p = &f->fmt.pix;
	const struct fake_mode *set = NULL;

	if (c->facts.busy)
		return EBUSY;
	for (size_t i = 0; i < c->facts.modes_n; i++) {
		const struct fake_mode *m = mode_at(c, i);
		if (m->fourcc != p->pixelformat)
			continue;
		if (!set || (m->width == p->width && m->height == p->height))
			set = m;
	}
	if (!set)
		return EINVAL;
	if (!c->facts.stepwise) {
		p->width = set->width;
		p->height = set->height;
	}
	p->bytesperline = p->width * bytes_a_pixel(p->pixelformat) + c->facts.stride;
	p->sizeimage = p->bytesperline * p->height * 2;
	c->format = *p;
	return 0;
}

static int set_rate(struct fake_camera *c, void *data)
{
	struct v4l2_streamparm *p = data;

	c->rate = p->parm.capture.timeperframe.denominator;
	return 0;
}

static int set_control(struct fake_camera *c, void *data)
{
	struct v4l2_control *k = data;

	if (k->id == V4L2_CID_FOCUS_AUTO)
		return EINVAL; /* its lens is fixed */
	if (c->controls_n < CONTROLS)
		c->controls[c->controls_n++] = *k;
	return 0;
}

static int make_buffers(struct fake_camera *c, void *data)
{
	struct v4l2_requestbuffers *r = data;

	if (c->facts.buffers > 0 && r->count > c->facts.buffers)
		r->count = c->facts.buffers;
	c->buffers = r->count < BUFFERS ? r->count : BUFFERS;
	c->length = (c->format.sizeimage + PAGE - 1) / PAGE * PAGE;
	return truncate(c->node, (off_t)c->buffers * c->length) == 0 ? 0 : ENOMEM;
}

static int tell_buffer(struct fake_camera *c, void *data)
{
	struct v4l2_buffer *b = data;

	if (b->index >= c->buffers)
		return EINVAL;
	b->length = c->length;
	b->m.offset = b->index * c->length;
	return 0;
}

static int take_buffer(struct fake_camera *c, void *data)
{
	struct v4l2_buffer *b = data;

	for (int i = 0; i < c->queued; i++)
		if (c->queue[i] == b->index)
			return EINVAL;
	if (b->index >= c->buffers)
		return EINVAL;
	c->queue[c->queued++] = b->index;
	return 0;
}

static int give_buffer(struct fake_camera *c, void *data)
{
	struct v4l2_buffer *b = data;

	if (!c->streams)
		return EINVAL;
	if (c->waiting == 0 || c->queued == 0)
		return EAGAIN;
	struct sent s = c->sent[0];
	b->index = c->queue[0];
	memmove(c->sent, c->sent + 1, sizeof(*c->sent) * (size_t)--c->waiting);
	memmove(c->queue, c->queue + 1, sizeof(*c->queue) * (size_t)--c->queued);
	b->bytesused = (uint32_t)s.n;
	b->flags = s.flags;
	int fd = open(c->node, O_WRONLY);
	if (fd < 0 || pwrite(fd, s.bytes, s.n, (off_t)b->index * c->length) != (ssize_t)s.n)
		abort();
	close(fd);
	free(s.bytes);
	return 0;
}

static int start(struct fake_camera *c, void *data)
{
	(void)data;
	c->streams = true;
	return 0;
}

static const struct {
	unsigned long request;
	size_t n;
	answer *answer;
} answers[] = {
	{VIDIOC_QUERYCAP, sizeof(struct v4l2_capability), tell_kind},
	{VIDIOC_ENUM_FMT, sizeof(struct v4l2_fmtdesc), tell_format},
	{VIDIOC_ENUM_FRAMESIZES, sizeof(struct v4l2_frmsizeenum), tell_size},
	{VIDIOC_ENUM_FRAMEINTERVALS, sizeof(struct v4l2_frmivalenum), tell_rate},
	{VIDIOC_S_FMT, sizeof(struct v4l2_format), set_format},
	{VIDIOC_S_PARM, sizeof(struct v4l2_streamparm), set_rate},
	{VIDIOC_S_CTRL, sizeof(struct v4l2_control), set_control},
	{VIDIOC_REQBUFS, sizeof(struct v4l2_requestbuffers), make_buffers},
	{VIDIOC_QUERYBUF, sizeof(struct v4l2_buffer), tell_buffer},
	{VIDIOC_QBUF, sizeof(struct v4l2_buffer), take_buffer},
	{VIDIOC_DQBUF, sizeof(struct v4l2_buffer), give_buffer},
	{VIDIOC_STREAMON, sizeof(int), start},
};

static gboolean serve(UMockdevIoctlBase *base, UMockdevIoctlClient *client, gpointer data)
{
	struct fake_camera *c = data;
	gulong request = umockdev_ioctl_client_get_request(client);
	UMockdevIoctlData *arg = umockdev_ioctl_client_get_arg(client);
	int error = ENOTTY;

	(void)base;
	pthread_mutex_lock(&c->lock);
	for (size_t i = 0; i < COUNT(answers); i++) {
		if (answers[i].request != (request & 0xffffffff))
			continue;
		UMockdevIoctlData *d = umockdev_ioctl_data_resolve(arg, 0, answers[i].n, NULL);
		/* A program that was killed in the middle of a call has no memory to look at. */
		if (!d)
			error = EFAULT;
		else
			error = c->gone ? ENODEV : answers[i].answer(c, d->data);
		g_clear_object(&d);
	}
	pthread_mutex_unlock(&c->lock);
	umockdev_ioctl_client_complete(client, error ? -1 : 0, error);
	return TRUE;
}

struct fake_camera *fake_camera_plug(const struct fake_facts *facts)
{
	const char *loaded = getenv("LD_PRELOAD");

	if (!loaded || !strstr(loaded, "umockdev")) {
		puts("skipped: libumockdev-preload is not loaded; tests/run does that");
		return NULL;
	}
	struct fake_camera *c = calloc(1, sizeof(*c));
	c->facts = *facts;
	pthread_mutex_init(&c->lock, NULL);
	c->bed = umockdev_testbed_new();
	c->handler = umockdev_ioctl_base_new();
	g_signal_connect(c->handler, "handle-ioctl", G_CALLBACK(serve), c);
	umockdev_testbed_attach_ioctl(c->bed, "/dev/video0", c->handler, NULL);
	umockdev_testbed_add_from_string(c->bed,
		"P: /devices/fake/video4linux/video0\nN: video0=00\nE: SUBSYSTEM=video4linux\n"
		"E: DEVNAME=/dev/video0\nE: MAJOR=81\nE: MINOR=0\nA: dev=81:0\\n\n",
		NULL);
	gchar *root = umockdev_testbed_get_root_dir(c->bed);
	snprintf(c->node, sizeof(c->node), "%s/dev/video0", root);
	g_free(root);
	return c;
}

void fake_camera_unplug(struct fake_camera *c)
{
	pthread_mutex_lock(&c->lock);
	c->gone = true;
	pthread_mutex_unlock(&c->lock);
	umockdev_testbed_remove_device(c->bed, PATH);
}

void fake_camera_send(struct fake_camera *c, const void *bytes, size_t n, uint32_t flags)
{
	uint8_t *copy = malloc(n + !n);

	memcpy(copy, bytes, n);
	pthread_mutex_lock(&c->lock);
	if (c->waiting == SENT)
		abort();
	c->sent[c->waiting++] = (struct sent){copy, n, flags};
	pthread_mutex_unlock(&c->lock);
}

uint32_t fake_camera_fourcc(const struct fake_camera *c)
{
	return c->format.pixelformat;
}

uint32_t fake_camera_rate(const struct fake_camera *c)
{
	return c->rate;
}

int fake_camera_control(const struct fake_camera *c, uint32_t id)
{
	for (int i = 0; i < c->controls_n; i++)
		if (c->controls[i].id == id)
			return c->controls[i].value;
	return -1;
}

int fake_camera_queued(struct fake_camera *c)
{
	pthread_mutex_lock(&c->lock);
	int n = c->queued;
	pthread_mutex_unlock(&c->lock);
	return n;
}

void fake_camera_remove(struct fake_camera *c)
{
	if (!c)
		return;
	umockdev_testbed_detach_ioctl(c->bed, "/dev/video0", NULL);
	g_object_unref(c->handler);
	g_object_unref(c->bed);
	for (int i = 0; i < c->waiting; i++)
		free(c->sent[i].bytes);
	pthread_mutex_destroy(&c->lock);
	free(c);
}
