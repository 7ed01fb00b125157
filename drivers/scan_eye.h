/* The eye of scan_camera.h: the process that looks. */
#ifndef DRIVERS_SCAN_EYE_H
#define DRIVERS_SCAN_EYE_H

#include "scan_options.h"
#include "scan_pipe.h"
#include "scan_view.h"

enum {
	SCAN_EYE_GONE = 15, /* a status: the camera has gone */
	SCAN_EYE_AWAY =
		16, /* from here on: it could not be opened; plus the enum err of frames_open */
};

/* Open what o->camera names, enter the sandbox, close ready, look. view is shown what is seen. Until the
 * first sound frame the kiosk is told life again and again: a camera that opens and then shows nothing has
 * not come back.
 * returns: as scan_camera, or one of those above */
int scan_eye(const struct scan_options *o, struct scan_view *view, int ready,
	const struct scan_line *life);

#endif
