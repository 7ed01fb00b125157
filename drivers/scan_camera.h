/* foyer-scan --camera: look through a camera until told to stop.
 *
 * Two processes. The keeper only starts the eye, waits for it, and starts it again when the camera has
 * come back: it never sees a frame. The eye opens the camera, enters the sandbox and looks; when the
 * camera is gone it ends, for from inside nothing can be opened any more. An eye that dies ends the
 * keeper, and a keeper that dies ends the eye, so that whoever started them sees one thing. */
#ifndef DRIVERS_SCAN_CAMERA_H
#define DRIVERS_SCAN_CAMERA_H

#include "scan_options.h"

/* returns: for a film or folder that ended SCAN_DONE, or SCAN_NO if it held no code; SCAN_WORLD */
int scan_camera(const struct scan_options *o);

#endif
