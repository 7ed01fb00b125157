/* Four words that two people can compare by eye or over the telephone: 44 bits of a hash.
 *
 * A word is 11 bits as consonant, vowel, consonant, vowel (4, 2, 4 and 1 bits), so it can be said in
 * any of the four languages and needs no list. */
#ifndef FIRMWARE_FOUR_WORDS_H
#define FIRMWARE_FOUR_WORDS_H

#include "base.h"

enum { FOUR_WORDS = 20 }; /* "babo dufa kina rosa" and its NUL */

/* The words of BLAKE2b-64("four words" || bytes). */
void four_words(struct span bytes, char out[static FOUR_WORDS]);

#endif
