/* Patches: from one roster to the next, with zstd's --patch-from (RFC 8878 frame with a checksum, the
 * old file as its prefix). The checksum tells damage and a wrong old file; the result is believed by its
 * hash and signature, never by the patch. */
#ifndef FIRMWARE_PATCH_H
#define FIRMWARE_PATCH_H

#include "base.h"

/* Make the patch that turns from into to; out->p is malloc'd, the caller's. Takes seconds for large
 * files: never on a thread that answers.
 * returns: OK
 *          ERR_IO, if memory is out or the library fails */
MUST_CHECK enum err patch_make(struct span from, struct span to, struct span *out);

/* Apply: out takes exactly n bytes, as the manifest says of the result.
 * returns: OK
 *          ERR_FORMAT, if the patch is damaged, is for another file, or does not give n bytes
 *          ERR_IO, if memory is out */
MUST_CHECK enum err patch_apply(struct span from, struct span patch, uint8_t *out, size_t n);

#endif
