/* The end of an event on a board: everything of it is overwritten and removed, and the board says so, signed.
 *
 * STATEMENT, 104 bytes (little-endian): magic "FOYWIPED", event 16, device 8, wiped at u64 (seconds since
 * 1970), signature 64 by the device's key, label "foyer wiped", over all before. It is made before the key
 * goes, kept as the file `wiped` until a hub has it (POST /v1/wiped), and as `was-wiped` from then on. A
 * file `wiped` means that wiping has begun: whoever finds it does it again.
 *
 * Flash memory may keep what was overwritten until it needs the room; all that is secret was sealed, and its
 * keys are what is overwritten first. */
#ifndef FIRMWARE_WIPE_H
#define FIRMWARE_WIPE_H

#include "paper.h"

enum { WIPE_STATEMENT = 104 };

void wipe_write(const uint8_t event[static ROSTER_EVENT], const uint8_t seed[static SEAL_SEED],
	int64_t at, uint8_t out[static WIPE_STATEMENT]);
/* The device it is of; nothing is believed yet. returns: OK; ERR_FORMAT */
MUST_CHECK enum err wipe_device(struct span statement, uint8_t out[static PAPER_DEVICE]);
/* returns: OK
 *          ERR_FORMAT; ERR_FOREIGN, if it is of another event
 *          ERR_FORGED, if it is not key's */
MUST_CHECK enum err wipe_read(struct span statement, const uint8_t event[static ROSTER_EVENT],
	const uint8_t key[static SEAL_PUBLIC], int64_t *at);

/* When the board in folder was wiped, by the statement that it keeps and of which nothing is believed; 0: it
 * had no key to say so with.
 * returns: OK
 *          ERR_ABSENT, if it never was, and nothing of it is being wiped; else as file_read */
MUST_CHECK enum err wipe_at(const char *folder, int64_t *at);

/* Overwrite and remove all files in folder and its folders, the key and the credential first; locks, hubs
 * and the two files above stay. What cannot be removed does not keep the others.
 * returns: OK; ERR_IO, ERR_DENIED: do it again. One thread. */
MUST_CHECK enum err wipe_folder(const char *folder);

/* One file alone; one that is not there is fine. returns: OK; ERR_IO, ERR_DENIED */
MUST_CHECK enum err wipe_file(const char *path);

#endif
