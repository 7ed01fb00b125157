/* The network cable of a demo: a file in the board's folder that makes its agent deaf and dumb. */
#ifndef KIOSK_CABLE_H
#define KIOSK_CABLE_H

#include "base.h"

/* Plug it in, or pull it.
 * returns: OK, also if it was so
 *          ERR_DENIED, ERR_FULL, ERR_IO, if the file cannot be made or removed */
MUST_CHECK enum err cable_set(const char *folder, bool plugged);
bool cable_plugged(const char *folder);

#endif
