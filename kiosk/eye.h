/* The scan thread: waits on the scanner and hands its texts to the UI thread; for a camera also what
 * becomes of its picture. */
#ifndef KIOSK_EYE_H
#define KIOSK_EYE_H

#include "mailbox.h"

struct eye;

/* Is a scanner of this address a camera? */
bool eye_is_camera(const char *uri);

/* Open the scanner at uri and start the thread. A scanner that comes and goes is told as
 * NEWS_SCANNER, a text as NEWS_SCAN, another picture of a watched camera as NEWS_VIEW, 15 a second at
 * most.
 * returns: OK
 *          ERR_FORMAT, ERR_DENIED, ERR_IO, as scanner_open */
MUST_CHECK enum err eye_start(struct eye **out, const char *uri, struct mailbox *ui);
/* The memory of the camera's picture (scan_view.h), borrowed; -1: it is none. */
int eye_view(const struct eye *e);
/* From the UI thread: does anybody want to see that picture? Not at first. */
void eye_watch(struct eye *e, bool on);
/* NULL is fine. */
void eye_stop(struct eye *e);

#endif
