/* Bytes of a text file: are they UTF-8, and if not, what are they most likely? */
#ifndef HUB_ENCODING_H
#define HUB_ENCODING_H

#include "base.h"

enum encoding {
	ENCODING_UTF8,
	ENCODING_LATIN1,       /* ISO 8859-1, maybe with UTF-8 between */
	ENCODING_WINDOWS_1252, /* the same, with bytes of 80 to 9F */
	ENCODING_UTF16_LITTLE,
	ENCODING_UTF16_BIG,
	ENCODING_UNKNOWN,
};
extern const char *const encoding_names[]; /* "Latin-1" … */

/* The offset of the first byte that is no UTF-8, or s.n. */
size_t utf8_fault(struct span s);

enum encoding encoding_guess(struct span s);

/* s in UTF-8 without a byte order mark. With `ENCODING_UNKNOWN` each bad byte becomes U+FFFD.
 * returns: *n bytes, at most 3 for one of s, that the caller frees */
uint8_t *encoding_to_utf8(struct span s, enum encoding from, size_t *n);

#endif
