/* Frames to look at, one after the other, in grey: from a camera, a film or a folder of pictures,
 * through the same few verbs.
 *
 * WHERE they come from:
 *   a character device   a camera (V4L2, one plane): YUYV, NV12, GREY, MJPEG, UYVY or YU12. Of what it
 *                        offers, the size nearest to 1280 x 720 at 15 frames a second or more is taken
 *   a folder             its pictures (picture_in.h) *.png *.jpg *.jpeg *.pgm, by name, 30 a second
 *   another file, or -   Y4M (YUV4MPEG2), 8 bits, of any sampling; - is standard input
 * A camera always gives its newest frame. Everything is opened and all memory taken by frames_open,
 * so that reading works in a sandbox (MJPEG and pictures take and return a little). */
#ifndef DRIVERS_FRAMES_H
#define DRIVERS_FRAMES_H

#include "luma.h"

enum {
	FRAMES_WIDTH = 1280,
	FRAMES_HEIGHT = 720,
	FRAMES_RATE = 15,         /* frames a second that are enough */
	FRAMES_PIXELS = 16 << 20, /* the largest frame */
	FRAMES_PICTURES = 4096,   /* of a folder: each is an open file */
};

enum frames_pace {
	FRAMES_EACH, /* a file's frames as fast as they are asked for, each of them */
	FRAMES_LIVE, /* at their own pace, and what comes too late is skipped, like a camera's */
	FRAMES_HELD, /* so too, and the last one stays for ever */
};

struct frames;

/* What is coming: for a technician. */
struct frames_about {
	const char *format;     /* "MJPEG", "Y4M", "pictures" */
	uint32_t width, height; /* 0: pictures have each their own */
	uint32_t rate;          /* frames a second, rounded; 0: unknown */
};

/* returns: OK
 *          ERR_ABSENT, if there is nothing of that name (or it is not plugged in)
 *          ERR_DENIED, if it may not be opened
 *          ERR_BUSY, if another program uses the camera
 *          ERR_FORMAT, if it is no camera, offers no format or size of those above; is no Y4M of 8 bits
 *          ERR_FULL, if its frames are too large or its pictures too many
 *          ERR_IO, if it does not work, or memory is out */
MUST_CHECK enum err frames_open(struct frames **out, const char *where, enum frames_pace pace);
/* NULL is fine. */
void frames_close(struct frames *f);
struct frames_about frames_about(const struct frames *f);
bool frames_is_camera(const struct frames *f);

/* What to poll for POLLIN (-1: nothing), and for how long at most until frames_read wants to be
 * called, in milliseconds (-1: for ever). */
int frames_fd(const struct frames *f);
int frames_wait_ms(const struct frames *f);

/* Take the next frame, without waiting. It stays until the next call.
 * returns: OK
 *          ERR_ABSENT, there is none yet: poll. Or it was the last one: frames_ended
 *          ERR_FORMAT, this one is damaged; go on
 *          ERR_IO, the camera is gone, or the file cannot be read: close */
MUST_CHECK enum err frames_read(struct frames *f, struct luma *out);
bool frames_ended(const struct frames *f);
/* How many frames have passed, skipped and damaged ones included. */
uint64_t frames_passed(const struct frames *f);

#endif
