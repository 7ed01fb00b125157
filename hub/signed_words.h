/* Signed codes for people to carry: made, numbered, printed as text and as a picture. */
#ifndef HUB_SIGNED_WORDS_H
#define HUB_SIGNED_WORDS_H

#include "folder.h"
#include "paper.h"
#include "signed_code.h"

/* Fill in event and number, sign, and write it as text. What fails is said on standard error under the
 * verb's name.
 * returns: an enum exit_status */
int signed_words_make(const struct folder *f, struct signed_code *c, const char *verb,
	char text[static CODE_TEXT]);
/* Print the text alone on standard output and (png not NULL) as a QR symbol. returns: likewise */
int signed_words_show(const char *text, const char *verb, const char *png);
/* Both. */
int signed_words_print(
	const struct folder *f, struct signed_code *c, const char *verb, const char *png);

#endif
