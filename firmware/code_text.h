/* The text of Foyer's codes: the magic ZQM1 and Crockford base32 (digits and capitals without I L O U) of
 * some bytes. Tokens (token.h) and signed codes (signed_code.h) are spelt so.
 *
 * Five bytes are eight digits; the last group is filled up with zero bits. Pure and thread-safe. */
#ifndef FIRMWARE_CODE_TEXT_H
#define FIRMWARE_CODE_TEXT_H

#include "base.h"

enum { CODE_TEXT_MAGIC = 4 };
/* The length of the text of n bytes, without NUL. */
#define CODE_TEXT_LENGTH(n) (CODE_TEXT_MAGIC + ((n)*8 + 4) / 5)

/* Write CODE_TEXT_LENGTH(bytes.n) characters and a NUL. */
void code_text_write(struct span bytes, char *out);

/* A text as a scanner or a person gave it, tidied into out (at most cap characters): spaces, dashes, tabs
 * and line ends are skipped, small letters become capitals. *n is the length, magic included.
 * returns: OK
 *          ERR_ABSENT, if it does not begin with the magic (I and L count as 1); said first
 *          ERR_FULL, if more than cap are left */
MUST_CHECK enum err code_text_tidy(struct span text, char *out, size_t cap, size_t *n);

/* The bytes of n digits (a tidied text without its magic) into out: n * 5 / 8 of them. O counts as 0, I and
 * L as 1 (Crockford).
 * returns: OK
 *          ERR_FORMAT, if one is no digit, a digit too many stands at the end, or its spare bits are
 *          not zero: bytes have one spelling but for those letters */
MUST_CHECK enum err code_text_bytes(const char *digits, size_t n, uint8_t *out);

#endif
