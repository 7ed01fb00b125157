/* A disk that is full when a story says so: an SQLite VFS over the usual one. */
#ifndef KIOSK_FULL_DISK_H
#define KIOSK_FULL_DISK_H

#include "base.h"

extern const char full_disk_vfs[]; /* its name, for journal_options.vfs */

/* Register it. Once. returns: OK, ERR_IO */
MUST_CHECK enum err full_disk_register(void);
/* From now on every write of it finds no room, or does again. Any thread. */
void full_disk_set(bool full);

#endif
