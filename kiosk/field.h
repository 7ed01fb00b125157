/* A field that somebody types in, at its end: UTF-8, as a plain value. Pure.
 *
 * It holds no more than its limits, and nothing but a line (span_is_line). What does not fit whole is not
 * taken at all. It may hold a name: wipe it. */
#ifndef KIOSK_FIELD_H
#define KIOSK_FIELD_H

#include "base.h"

enum { FIELD_BYTES = 256 };

struct field {
	uint16_t bytes_max, points_max; /* the limits */
	uint16_t n, points;             /* what is in it, in bytes and in code points */
	bool chosen;                    /* all of it: what comes next takes its place */
	uint8_t text[FIELD_BYTES];
};

/* Empty, with these limits; bytes_max is at most FIELD_BYTES. */
void field_init(struct field *f, size_t bytes_max, size_t points_max);
/* Empty it; the limits stay. Nothing of the text is left in memory. */
void field_wipe(struct field *f);
/* Put text in place of all there is. On an error the field is empty.
 * returns: OK
 *          ERR_FULL, if it is too long
 *          ERR_FORMAT, if it is no line */
MUST_CHECK enum err field_set(struct field *f, struct span text);
/* Choose all that is in it, as a hand would that wants to write something else. */
void field_choose(struct field *f);
/* Put text behind what is there, or in its place if it is chosen. On an error nothing has changed.
 * returns: as field_set */
MUST_CHECK enum err field_insert(struct field *f, struct span text);

/* Take away the last character, or all that is chosen. False: there is none. */
bool field_erase(struct field *f);

/* The text; its last character (empty: none). Borrowed. */
struct span field_text(const struct field *f);
struct span field_last(const struct field *f);
/* The text without the spaces at its ends, as it is to be used. Borrowed. */
struct span field_trimmed(const struct field *f);

#endif
