/* An emergency's words: what an EVENT_EMERGENCY says before its signature (staff.h).
 *
 * UTF-8, in one of three forms:
 *
 *   nothing                          it is over
 *   TEXT                             for everybody, whatever they read
 *   de TAB TEXT LF en TAB TEXT …     one to four lines, each a language's code and its text, in the order
 *                                    of enum language, each at most once, the last without LF
 *
 * A TEXT has at most EMERGENCY_TEXT bytes, is not blank, and is a line (span_is_line). A writer keeps to
 * that; a reader that meets anything else shows that there is an emergency all the same.
 *
 * Pure and thread-safe. */
#ifndef FIRMWARE_EMERGENCY_H
#define FIRMWARE_EMERGENCY_H

#include "staff.h"
#include "visit.h"

/* Together the texts may be as long as leaves each of four its code, TAB and LF in STAFF_SAID. */
enum { EMERGENCY_TEXT = 160, EMERGENCY_TOGETHER = STAFF_SAID - 4 * LANGUAGES };

/* Spans with p == NULL are not there. */
struct emergency {
	struct span everybody;     /* alone, or */
	struct span in[LANGUAGES]; /* one at least */
};

/* May it be a text? returns: OK
 *          ERR_ABSENT, if it is blank
 *          ERR_FULL, if it is longer than EMERGENCY_TEXT
 *          ERR_FORMAT, if it is no line */
MUST_CHECK enum err emergency_text(struct span text);

/* The spans of *out point into said.
 * returns: OK
 *          ERR_ABSENT, if it is over
 *          ERR_FORMAT, if it is not as above */
MUST_CHECK enum err emergency_read(struct emergency *out, struct span said);

/* returns: OK; e with no text at all says that it is over
 *          ERR_FULL, if they have more than EMERGENCY_TOGETHER bytes
 *          ERR_ABSENT, ERR_FULL, ERR_FORMAT as emergency_text says of one of them
 *          ERR_BUG, if there is one for everybody beside others */
MUST_CHECK enum err emergency_write(
	const struct emergency *e, uint8_t out[static STAFF_SAID], size_t *n);

#endif
