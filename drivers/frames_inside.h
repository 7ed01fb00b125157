/* What a kind of source is to drivers/frames.c. */
#ifndef DRIVERS_FRAMES_INSIDE_H
#define DRIVERS_FRAMES_INSIDE_H

#include "frames.h"

/* One kind of source. `self` is what open made. Errors are those of frames.h. */
struct frames_kind {
	bool paced; /* it has no clock of its own */
	enum err (*open)(void **self, const char *where, struct frames_about *about);
	void (*close)(void *self);
	int (*fd)(const void *self);
	/* skip: it will not be looked at, only passed over; out is left alone.
	 * returns: OK, ERR_ABSENT, ERR_FORMAT, ERR_IO; ERR_EXPIRED, that was the last one */
	enum err (*read)(void *self, struct luma *out, bool skip);
};

extern const struct frames_kind frames_v4l2, frames_y4m, frames_folder;

#endif
