/* Looking for words that must not be in some bytes, however they are written. */
#ifndef TESTS_HELP_NAMES_H
#define TESTS_HELP_NAMES_H

#include "base.h"

/* The ways a word is looked for. */
enum names_form {
	NAMES_UTF8,
	NAMES_CAPITALS, /* of ASCII and of Latin letters */
	NAMES_SMALL,    /* likewise */
	NAMES_LATIN1,
	NAMES_UTF16LE,
	NAMES_UTF16BE,
	NAMES_SMALL_UTF16LE, /* as the desk's search folds them */
	NAMES_UTF32LE,
	NAMES_BASE64, /* in each of its three alignments */
	NAMES_BASE64_SECOND,
	NAMES_BASE64_THIRD,
	NAMES_FORMS
};
enum { NAMES_WORD = 256, NAMES_BYTES = 4 * NAMES_WORD };

/* word (UTF-8, at most NAMES_WORD bytes) in that form.
 * returns: its length, 0 if it cannot be written so or is the same as in UTF-8 */
size_t names_form(struct span word, enum names_form form, uint8_t out[static NAMES_BYTES]);
const char *names_form_name(enum names_form form);

/* Whether word stands in bytes in any of these forms; of those that are bytes of letters as a whole word
 * only: no letter or digit stands on either side. Static words say how, NULL if it is not found. */
const char *names_found(struct span bytes, struct span word);

/* Whether word stands in text as a whole word, in the same case. */
bool names_whole_word(struct span text, struct span word);

#endif
