/* Looking for words that must not be in some bytes, however they are written. */
#ifndef TESTS_HELP_NAMES_H
#define TESTS_HELP_NAMES_H

#include "base.h"

/* Whether word stands in bytes: in UTF-8 or in capitals (ASCII and Latin letters) as a whole word; in
 * UTF-16 of both byte orders; or in base64 in any of its three alignments. A word is whole where no
 * letter or digit stands on either side. Static words say how, NULL if it is not found. */
const char *names_found(struct span bytes, struct span word);

/* Whether word stands in text as a whole word, in the same case. */
bool names_whole_word(struct span text, struct span word);

#endif
