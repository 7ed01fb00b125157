/* A code as a picture to mail or print: a QR symbol with its quiet zone. */
#ifndef HUB_CODE_PNG_H
#define HUB_CODE_PNG_H

#include "base.h"

/* Write text (a token) as a PNG of 1 bit, 8 dots a module.
 * returns: OK
 *          ERR_FULL, if the text is too long for a symbol
 *          else why the file cannot be written, as bitmap_write_png */
MUST_CHECK enum err code_png(const char *text, const char *path);

#endif
