/* Trust on disk: whom a reader believes.
 *
 * A board's file is three lines, `root HEX`, `epoch N`, `sequence N`, spelt as trust_write spells
 * them. A file that holds a root's public key alone (64 hexadecimal digits, as the hub's
 * keys/root.pub) is trust in it from epoch 0 on. */
#ifndef FIRMWARE_TRUST_H
#define FIRMWARE_TRUST_H

#include "roster.h"

/* returns: OK
 *          ERR_FORMAT, if it is neither
 *          ERR_ABSENT, ERR_DENIED, ERR_IO as file_read */
MUST_CHECK enum err trust_read(struct trust *out, const char *path);
/* returns: as file_write */
MUST_CHECK enum err trust_write(const struct trust *t, const char *path);

#endif
