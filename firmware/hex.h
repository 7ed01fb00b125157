/* Bytes as hexadecimal digits. */
#ifndef FIRMWARE_HEX_H
#define FIRMWARE_HEX_H

#include "base.h"

/* 2 n small digits and a final NUL into out. */
void hex_write(struct span bytes, char *out);
/* Exactly 2 n digits, small or capital.
 * returns: OK
 *          ERR_FORMAT, if text has another length or another character; out is then unspecified */
MUST_CHECK enum err hex_read(struct span text, uint8_t *out, size_t n);

#endif
