/* What staff ask of the organiser: a correction, or that a late guest be taken in.
 *
 * These bytes are sealed to the hub (seal_to, roster_event's letters) and are the payload that a card
 * signs in EVENT_CORRECTION_ASKED and EVENT_LATE; the person is the event's. At most ASKED_BYTES:
 *
 *    0  1  format 1
 *    1  1  what: 1 a correction, 2 a late guest
 *    2  1  role (enum role), 0 in a correction; never staff
 *    3  1  language (enum language), 0 in a correction
 *    4  n  texts, at least one, each: field u8 (enum asked_field; they rise), length u8, a line
 *          (span_is_line) of at most ASKED_TEXT bytes
 *
 * A correction holds what is to change: a text of no length is to be emptied, one that is not there stays
 * as it is. A late guest has a display name of at most LATE_NAME bytes and may have an organisation of at
 * most LATE_ORGANISATION (late.h), as they stand in her code.
 *
 * Pure and thread-safe. */
#ifndef FIRMWARE_ASKED_H
#define FIRMWARE_ASKED_H

#include "late.h"

enum { ASKED_BYTES = STAFF_SAID - SEAL_TO_OVERHEAD, ASKED_TEXT = 160 };

enum asked_what { ASKED_CORRECTION = 1, ASKED_LATE = 2 };

/* The numbers are fixed for ever. */
enum asked_field {
	ASKED_GIVEN = 1,
	ASKED_FAMILY = 2,
	ASKED_DISPLAY = 3,
	ASKED_ORGANISATION = 4,
	ASKED_FUNCTION = 5,
	ASKED_FIELDS = 6 /* one more than there are */
};

/* Holds a name: wipe it. */
struct asked {
	enum asked_what what;
	enum role role;
	enum language language;
	bool has[ASKED_FIELDS];
	char text[ASKED_FIELDS][ASKED_TEXT + 1];
};

/* returns: OK
 *          ERR_FULL, if it takes more than ASKED_BYTES; nothing is written then
 *          ERR_FORMAT, if asked_read would refuse it */
MUST_CHECK enum err asked_write(const struct asked *a, uint8_t out[static ASKED_BYTES], size_t *n);

/* On an error out is wiped.
 * returns: OK
 *          ERR_VERSION, if it is of a newer format
 *          ERR_FORMAT, if it is not as said above */
MUST_CHECK enum err asked_read(struct asked *out, struct span plain);

#endif
