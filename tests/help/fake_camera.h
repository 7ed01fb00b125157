/* A camera that is not there: V4L2's requests answered by umockdev, frames through a file that is
 * mapped as a camera's memory would be. */
#ifndef TESTS_HELP_FAKE_CAMERA_H
#define TESTS_HELP_FAKE_CAMERA_H

#include "base.h"

struct fake_mode {
	uint32_t fourcc, width, height, rate; /* rate 0: it does not tell */
};

struct fake_facts {
	const struct fake_mode *modes; /* those of one format, and of one size, stand together */
	size_t modes_n;
	bool stepwise;    /* one range of sizes, 32 x 32 in steps of 16 up to each mode's */
	bool silent;      /* it tells no sizes */
	bool no_capture;  /* another kind of device */
	bool busy;        /* another program has it */
	uint32_t stride;  /* bytes more than a row needs */
	uint32_t buffers; /* it gives so many at most; 0: what it is asked for */
};

struct fake_camera;

/* /dev/video0 until it is unplugged. NULL, said as a skip, where umockdev is not loaded. */
struct fake_camera *fake_camera_plug(const struct fake_facts *facts);
/* The cable is out: every request fails from now on, and the node is gone. */
void fake_camera_unplug(struct fake_camera *c);
/* The next frame. flags: V4L2_BUF_FLAG_ERROR. */
void fake_camera_send(struct fake_camera *c, const void *bytes, size_t n, uint32_t flags);

/* What it was set to, and how it is. */
uint32_t fake_camera_fourcc(const struct fake_camera *c);
uint32_t fake_camera_rate(const struct fake_camera *c);
/* The value that a control was set to, -1: it was not. */
int fake_camera_control(const struct fake_camera *c, uint32_t id);
/* How many buffers it holds, ready for frames. */
int fake_camera_queued(struct fake_camera *c);
/* NULL is fine. */
void fake_camera_remove(struct fake_camera *c);

#endif
