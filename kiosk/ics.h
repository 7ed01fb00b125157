/* One appointment as iCalendar text (RFC 5545), small enough for a QR code. Pure. */
#ifndef KIOSK_ICS_H
#define KIOSK_ICS_H

#include "base.h"

enum { ICS_MAX = 600 }; /* bytes: QR version 24 at level Q, which any phone reads off a screen */

struct appointment {
	struct span summary, place, note; /* UTF-8; the last two may be empty */
	int64_t start, end;               /* seconds since 1970, UTC */
	int64_t stamp;                    /* when this text was made, the same */
};

/* Write a calendar of one event: escaped, folded at 75 octets between characters, lines ending in
 * CRLF. What would exceed ICS_MAX is shortened: first the note, then the place, then the summary, at
 * a character and with an ellipsis. Same appointment, same UID.
 * returns: OK
 *          ERR_FULL, if out is smaller than ICS_MAX and too small */
MUST_CHECK enum err ics_write(struct sink *out, const struct appointment *a);

#endif
