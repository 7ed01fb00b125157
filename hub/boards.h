/* The boards of an event, as the hub's store remembers them. Notes (store.h), little-endian:
 *
 *   board/DEVICE    state u8 (1), since u64 (seconds since 1970), credential 464 (paper.h)
 *   broken/DEVICE   since u64; that there is one says so. Never changed, and apart from the
 *   revoked/DEVICE  credential, which is written anew for all: so nobody takes it back unawares
 *   boards-changed  u64, higher after every change of the others here: a hub that serves looks again
 *   wipe            there: the event is over, and every board is told to wipe itself
 *   wiped/DEVICE    the board's statement that it has (wipe.h)
 *   peer-epoch      u32, of the peer key in credentials; 1 where there is none
 *   seen/0 … seen/f the devices whose id begins with that digit: device 8, last contact u64
 *                   (milliseconds since 1970), each; for people to look at, never decided by
 *
 * One thread a store. Errors are the store's (store.h) and what is said. */
#ifndef HUB_BOARDS_H
#define HUB_BOARDS_H

#include "keys.h"
#include "paper.h"
#include "store.h"

enum board_state {
	BOARD_ENROLLED = 1,
	BOARD_REVOKED = 2, /* lost or stolen: what it sends is kept aside */
	BOARD_BROKEN = 3   /* it signed what does not hold: the same, until somebody looks */
};
/* "enrolled", "revoked", "broken". Static. */
const char *board_state_name(enum board_state s);

struct board {
	enum board_state state;
	int64_t since; /* of the state, seconds since 1970 */
	uint8_t credential[PAPER_CREDENTIAL];
	struct certificate certificate; /* read from it */
	uint32_t peer_epoch;            /* likewise */
};

/* Read a note's value, and verify the credential with the event's root.
 * returns: OK; ERR_FORMAT, ERR_FOREIGN, ERR_FORGED as credential_open */
MUST_CHECK enum err board_read(
	struct board *out, struct span note, const uint8_t root[static SEAL_PUBLIC]);
/* All boards, struct board each, by device, into out; a damaged note is left out and logged. */
MUST_CHECK enum err boards_load(
	struct store *s, const uint8_t root[static SEAL_PUBLIC], struct grow *out);
/* By name, as people look for them. */
void boards_sort(struct grow *boards);
/* One board. returns also ERR_ABSENT, if there is none; as board_read */
MUST_CHECK enum err boards_get(struct store *s, const uint8_t device[static PAPER_DEVICE],
	const uint8_t root[static SEAL_PUBLIC], struct board *out);
/* The board of boards that is not revoked and has this name, or whose device's id this is in
 * hexadecimal; NULL. */
const struct board *boards_find(const struct grow *boards, const char *name);

/* A name an organiser may give: 1 to PAPER_NAME bytes of UTF-8, no control character or space at
 * its ends. */
bool boards_name_fits(const char *name);

/* Give a device its certificate and credential, and note it.
 * returns also ERR_BUSY, if another board that is not revoked has the name; ERR_DENIED, if the
 * device was revoked; ERR_FORGED, if key is no key */
struct board_order {
	const char *name;
	enum board_role role;
	uint8_t key[SEAL_PUBLIC];
	int64_t now;
};
MUST_CHECK enum err boards_enrol(
	struct store *s, const struct keys *k, const struct board_order *o);

/* Say that a board is broken or revoked. Revoked outweighs, and neither is ever taken back. */
MUST_CHECK enum err boards_mark(
	struct store *s, const struct board *b, enum board_state state, int64_t now);
/* Revoke a board; the peer epoch rises, and all others get a credential with the new peer key. Done
 * twice it finishes what the first time did not. */
MUST_CHECK enum err boards_revoke(
	struct store *s, const struct keys *k, const struct board *b, int64_t now);

/* Tell all boards to wipe themselves, from the next manifest on. It cannot be taken back. */
MUST_CHECK enum err boards_wipe(struct store *s);
/* Was that said? */
MUST_CHECK enum err boards_are_wiped(struct store *s, bool *wiped);
/* Keep a board's statement. returns also ERR_ABSENT, if the device is not known; as wipe_read */
MUST_CHECK enum err boards_note_wiped(struct store *s, const struct keys *k, struct span statement);
/* When a board says it was wiped, seconds since 1970. returns also ERR_ABSENT; as wipe_read */
MUST_CHECK enum err boards_wiped_at(
	struct store *s, const struct keys *k, const struct board *b, int64_t *at);

/* The number that rises with every change; 0 before the first. */
MUST_CHECK enum err boards_changed(struct store *s, uint64_t *number);
/* Let it rise. */
MUST_CHECK enum err boards_tell_change(struct store *s);

/* When devices were last heard, into the notes: n times struct board_seen, all beginning with the
 * same hexadecimal digit; a later time in the note stays. */
struct board_seen {
	uint8_t device[PAPER_DEVICE];
	int64_t at_ms;
};
enum { BOARDS_SEEN = 256 }; /* a note holds that many */
MUST_CHECK enum err boards_seen_put(struct store *s, const struct board_seen *seen, size_t n);
/* All of them into out, struct board_seen each. */
MUST_CHECK enum err boards_seen_load(struct store *s, struct grow *out);

#endif
