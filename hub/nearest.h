/* The nearest of a few words to a mistyped one. */
#ifndef HUB_NEAREST_H
#define HUB_NEAREST_H

#include "base.h"

/* The smallest number of letters to add, drop, change or swap with the next one to turn a into b,
 * or 99 where either is longer than 48 bytes. */
unsigned nearest_distance(const char *a, const char *b);

/* The one of words that looks most like word, or NULL where none is near: at most two letters, or a
 * third of the word, may differ. Case is not looked at. Words that are NULL are passed over. */
const char *nearest_of(const char *const *words, size_t n, const char *word);

#endif
