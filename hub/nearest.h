/* The nearest of a few words to a mistyped one. */
#ifndef HUB_NEAREST_H
#define HUB_NEAREST_H

#include "base.h"

/* The one of words that looks most like word, or NULL where none is near: at most two letters, or a
 * third of the word, may differ. Case is not looked at. Words that are NULL are passed over. */
const char *nearest_of(const char *const *words, size_t n, const char *word);

#endif
