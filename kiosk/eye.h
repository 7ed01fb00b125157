/* The scan thread: waits on the scanner and hands its texts to the UI thread. */
#ifndef KIOSK_EYE_H
#define KIOSK_EYE_H

#include "mailbox.h"

struct eye;

/* Open the scanner at uri and start the thread. A scanner that comes and goes is told as
 * NEWS_SCANNER, a text as NEWS_SCAN.
 * returns: OK
 *          ERR_FORMAT, ERR_DENIED, ERR_IO, as scanner_open */
MUST_CHECK enum err eye_start(struct eye **out, const char *uri, struct mailbox *ui);
/* NULL is fine. */
void eye_stop(struct eye *e);

#endif
