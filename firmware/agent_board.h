/* Board: what a board's folder (status.h) says of it: whom it trusts, its key and credential, which
 * roster it has, where its hubs are. One thread. */
#ifndef FIRMWARE_AGENT_BOARD_H
#define FIRMWARE_AGENT_BOARD_H

#include "manifest.h"
#include "signed_code.h"

#include <limits.h>

enum { BOARD_HUBS = 8, BOARD_NAME = 64 };

struct board {
	char folder[PATH_MAX - BOARD_NAME];
	struct trust trust;
	bool has_key, enrolled;
	uint8_t seed[SEAL_SEED], key[SEAL_PUBLIC], device[PAPER_DEVICE]; /* if has_key */
	struct credential credential;                                    /* if enrolled */
	/* The roster in use, if it can be read and is believed. */
	bool has_roster;
	uint32_t roster_epoch;
	uint64_t roster_sequence;
	uint8_t roster_hash[MANIFEST_HASH], roster_hub[SEAL_PUBLIC];
	char hubs[BOARD_HUBS][CODE_ADDRESS + 1];
	unsigned hub_count;
};

/* Make the folder, if it is not there, and read it.
 * returns: OK
 *          ERR_FULL, if its name is too long
 *          ERR_FOREIGN, if its credential is of another event than its trust
 *          as file_make_folder */
MUST_CHECK enum err board_open(struct board *out, const char *folder);
/* The folder's file of that name, which is shorter than BOARD_NAME. */
void board_path(const struct board *b, const char *name, char out[static PATH_MAX]);

/* Look again at what other programs may have written. A roster that is newer than trust says, and is
 * believed, raises it. */
void board_read_trust(struct board *b);
void board_read_roster(struct board *b);
/* Addresses: those of the folder, after those that were added before; one is added once, as long as
 * there is room. board_write_hubs writes all down. */
void board_read_hubs(struct board *b);
void board_add_hub(struct board *b, const char *address);
MUST_CHECK enum err board_write_hubs(const struct board *b);

/* The device's key: the one that is there, or a new one, on the disk when this returns OK.
 * returns: as file_write; ERR_FORMAT, if there is one that is torn */
MUST_CHECK enum err board_make_key(struct board *b);

/* Believe a credential and write it down: from then on the board is enrolled. trust and key are set.
 * returns: OK, also if it is the one that is there; *changed tells
 *          as credential_open, as file_write: nothing is changed */
MUST_CHECK enum err board_take_credential(struct board *b, struct span bytes, bool *changed);

void board_close(struct board *b);

#endif
