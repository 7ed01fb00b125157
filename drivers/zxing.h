/* libzxing, a C++ library, behind one C function. */
#ifndef DRIVERS_ZXING_H
#define DRIVERS_ZXING_H

#include "luma.h"
#include "reading.h"

/* Look for dark QR symbols on light ground in l, at most symbols_max (1 to 255) of them; sink gets
 * each with path. The library takes and returns memory of its own. Any thread.
 * returns: OK, if any was read
 *          ERR_ABSENT, if none was
 *          ERR_FORMAT, if l is not sound
 *          ERR_IO, if memory is out */
MUST_CHECK enum err zxing_read(
	const struct luma *l, unsigned symbols_max, const char *path, reading_sink *sink, void *to);

/* Set out->text and out->n to bytes whose character set nobody told: UTF-8 where they are, else
 * what libzxing guesses (Shift_JIS, ISO 8859-1...).
 * returns: OK
 *          ERR_FULL, if they are none or more than READING_TEXT
 *          ERR_IO, if memory is out */
MUST_CHECK enum err zxing_text(struct span bytes, struct reading *out);

#endif
