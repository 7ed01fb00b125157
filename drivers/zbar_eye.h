/* libzbar: the second opinion on a picture. */
#ifndef DRIVERS_ZBAR_EYE_H
#define DRIVERS_ZBAR_EYE_H

#include "luma.h"
#include "reading.h"

struct zbar_eye;

/* A reader for QR symbols only: every linear code is off (CVE-2023-40890 and its like).
 * returns: OK
 *          ERR_IO, if memory is out */
MUST_CHECK enum err zbar_eye_open(struct zbar_eye **out);
void zbar_eye_close(struct zbar_eye *z);

/* Look for dark QR symbols on light ground in l; sink gets each with path. Rows must lie end to end
 * (stride == width). The library takes memory of its own.
 * returns: OK, if any was read
 *          ERR_ABSENT, if none was
 *          ERR_FORMAT, if l is not sound or its rows do not lie end to end
 *          ERR_IO, if memory is out */
MUST_CHECK enum err zbar_eye_read(
	struct zbar_eye *z, const struct luma *l, const char *path, reading_sink *sink, void *to);

#endif
