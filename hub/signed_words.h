/* Signed codes for people to carry: made, numbered, printed as text and as a picture. */
#ifndef HUB_SIGNED_WORDS_H
#define HUB_SIGNED_WORDS_H

#include "folder.h"
#include "paper.h"
#include "signed_code.h"

/* The number of the next code: now in milliseconds since 1970, or one more than the last, which
 * state/number of the event's folder remembers. The folder's state is locked by the caller.
 * returns: OK; ERR_FORMAT, if state/number is damaged; as file_read, file_write */
MUST_CHECK enum err signed_words_number(const char *dir, uint64_t *out);

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
