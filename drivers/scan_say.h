/* What foyer-scan prints of a code, straight to standard output: a line is whole, or not there. */
#ifndef DRIVERS_SCAN_SAY_H
#define DRIVERS_SCAN_SAY_H

#include "reading.h"
#include "scan_options.h"
#include "scan_pipe.h"

/* Once, before the sandbox: JSON would ask for chance otherwise. */
void scan_say_begin(void);

/* One code of source. frame counts from 1; 0: it was a picture.
 * returns: OK
 *          ERR_IO, if standard output is gone or full */
MUST_CHECK enum err scan_say(
	enum scan_form form, const char *source, uint64_t frame, const struct reading *r);
/* One line to the kiosk. returns: OK, ERR_IO */
MUST_CHECK enum err scan_say_line(const struct scan_line *l);

#endif
