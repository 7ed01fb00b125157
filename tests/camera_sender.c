/* For tests/camera_guest: show a QR symbol to a camera of Debian's vivid module, through the cable that
 * the module pretends there is between its output and its camera.
 *   camera_sender OUTPUT CAMERA TEXT     until it is killed */
#include "help/pictures.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

enum { WIDTH = 1280, HEIGHT = 720, BUFFERS = 3, TYPE = V4L2_BUF_TYPE_VIDEO_OUTPUT };

static void insist(int result, const char *what)
{
	if (result >= 0)
		return;
	fprintf(stderr, "camera_sender: %s: %s\n", what, strerror(errno));
	exit(3);
}

static void join(const char *camera)
{
	int fd = open(camera, O_RDWR | O_CLOEXEC);
	struct v4l2_queryctrl q = {.id = V4L2_CTRL_FLAG_NEXT_CTRL};

	insist(fd, camera);
	while (ioctl(fd, VIDIOC_QUERYCTRL, &q) == 0 && strcmp((char *)q.name, "Loop Video") != 0)
		q.id |= V4L2_CTRL_FLAG_NEXT_CTRL;
	struct v4l2_control c = {q.id, 1};
	insist(ioctl(fd, VIDIOC_S_CTRL, &c), "Loop Video");
}

static struct v4l2_buffer buffer(uint32_t i)
{
	return (struct v4l2_buffer){.index = i, .type = TYPE, .memory = V4L2_MEMORY_MMAP};
}

static void start(int fd, const uint8_t *picture)
{
	struct v4l2_format f = {.type = TYPE};
	struct v4l2_requestbuffers r = {.count = BUFFERS, .type = TYPE, .memory = V4L2_MEMORY_MMAP};
	int type = TYPE;

	f.fmt.pix.width = WIDTH;
	f.fmt.pix.height = HEIGHT;
	f.fmt.pix.pixelformat = V4L2_PIX_FMT_GREY;
	f.fmt.pix.field = V4L2_FIELD_NONE;
	insist(ioctl(fd, VIDIOC_S_FMT, &f), "S_FMT");
	insist(ioctl(fd, VIDIOC_REQBUFS, &r), "REQBUFS");
	for (uint32_t i = 0; i < r.count; i++) {
		struct v4l2_buffer b = buffer(i);
		insist(ioctl(fd, VIDIOC_QUERYBUF, &b), "QUERYBUF");
		void *at = mmap(NULL, b.length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, b.m.offset);
		insist(at == MAP_FAILED || b.length < WIDTH * HEIGHT ? -1 : 0, "mmap");
		memcpy(at, picture, WIDTH * HEIGHT);
		b.bytesused = WIDTH * HEIGHT;
		insist(ioctl(fd, VIDIOC_QBUF, &b), "QBUF");
	}
	insist(ioctl(fd, VIDIOC_STREAMON, &type), "STREAMON");
}

int main(int argc, char **argv)
{
	static uint8_t picture[WIDTH * HEIGHT];

	if (argc != 4)
		return 2;
	memset(picture, 180, sizeof(picture));
	pictures_draw_code(&(struct luma){picture, WIDTH, HEIGHT, WIDTH}, 400, 200, 8, argv[3]);
	join(argv[2]);
	int fd = open(argv[1], O_RDWR | O_CLOEXEC);
	insist(fd, argv[1]);
	start(fd, picture);
	for (;;) {
		struct v4l2_buffer b = buffer(0);
		insist(ioctl(fd, VIDIOC_DQBUF, &b), "DQBUF");
		b.bytesused = WIDTH * HEIGHT;
		insist(ioctl(fd, VIDIOC_QBUF, &b), "QBUF");
	}
}
