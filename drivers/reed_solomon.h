/* Reed-Solomon codes over GF(256) as QR symbols use them: wrong bytes and doubtful ones put right. */
#ifndef DRIVERS_REED_SOLOMON_H
#define DRIVERS_REED_SOLOMON_H

#include "base.h"

enum {
	RS_WORD = 255,
	RS_PARITY = 68
}; /* the longest word, and parity of one: 1-L to 40-H have less */

/* The field of ISO/IEC 18004: x^8 + x^4 + x^3 + x^2 + 1, generator 2. */
struct rs_field {
	uint8_t exp[2 *
		    255]; /* powers of the generator, twice round so that sums of logs need no modulo */
	uint8_t log[256]; /* log[0] means nothing */
};
void rs_field_make(struct rs_field *f);

/* The last parity bytes of n were made with the roots 2^0 .. 2^(parity-1). */
struct rs_word {
	uint8_t *byte;
	size_t n, parity;
};

/* Put w right. erased are the places of bytes not to be believed, each once. Twice the wrong bytes and
 * the erased ones together must not be more than parity - guard: what guard leaves over vouches that
 * the answer is no chance hit.
 * returns: OK; w is right, *wrong is how many bytes outside of erased were not
 *          ERR_FORMAT, if it cannot be put right within that; w is as it was
 *          ERR_BUG, if lengths or places are out of bounds */
MUST_CHECK enum err rs_correct(const struct rs_field *f, const struct rs_word *w,
	const uint8_t *erased, size_t erased_n, size_t guard, size_t *wrong);

#endif
