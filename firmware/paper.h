/* Papers: what the hub signs for a board, and for whom it speaks.
 *
 * DELEGATION, 152 bytes, is the root's word for a hub key; its format stands in roster.h. A paper
 * carries the delegation of the hub that signed it, so a board that knows the root key needs nothing
 * else. Event = BLAKE2b-128("event" || root key).
 *
 * CERTIFICATE, 316 bytes (little-endian):
 *
 *   at  bytes
 *    0      8  magic "FOYCERT1"
 *    8     16  event
 *   24     32  the device's public key (Ed25519)
 *   56      4  role: 1 kiosk, 2 desk, 3 door, 4 screen; 5 the hub, for what it says itself
 *   60     32  name the organiser gave it, UTF-8 without control characters, filled up with zeros
 *   92      8  valid until, seconds since 1970
 *  100    152  delegation
 *  252     64  the hub key's signature over all before, label "foyer certificate"
 *
 * CREDENTIAL, 464 bytes: what a board keeps, and the hub serves to anybody (only the device can open
 * it):
 *
 *    0    316  certificate
 *  316      4  peer epoch
 *  320     80  peer key, 32, sealed to the device's public key (seal_to)
 *  400     64  the hub key's signature over all before, label "foyer credential"
 *
 * Device id = BLAKE2b-64("device" || public key). Peer key = BLAKE2b-256(event secret, "peer" || peer
 * epoch u32): the hub raises the epoch when a board is revoked.
 *
 * All functions are pure and thread-safe. */
#ifndef FIRMWARE_PAPER_H
#define FIRMWARE_PAPER_H

#include "roster.h"

enum {
	PAPER_DEVICE = 8,
	PAPER_DELEGATION = 152,
	PAPER_NAME = 32,
	PAPER_CERTIFICATE = 316,
	PAPER_CERTIFICATE_KEY = 24, /* where the device's key stands in it */
	PAPER_CREDENTIAL = 464,
};

enum board_role { BOARD_KIOSK = 1, BOARD_DESK, BOARD_DOOR, BOARD_SCREEN, BOARD_HUB };
/* "kiosk", "desk", "door", "screen", or NULL: nobody enrols a hub. Static. */
const char *board_role_name(unsigned role);
/* 0 if there is none of that name. */
unsigned board_role_of(const char *name);

struct delegation {
	uint8_t root[SEAL_PUBLIC], hub[SEAL_PUBLIC];
	uint32_t role, epoch;
	int64_t until;
};
/* Read and verify. root NULL: any root (the caller then compares the event).
 * returns: OK
 *          ERR_FOREIGN, if it is another root's
 *          ERR_FORGED, if the root's signature does not hold, or the role is not 1 */
MUST_CHECK enum err delegation_open(
	struct delegation *out, const uint8_t bytes[static PAPER_DELEGATION], const uint8_t *root);

/* What the hub signed: its parts, in bytes that hold them all. */
struct paper {
	const uint8_t *event, *delegation; /* ROSTER_EVENT, PAPER_DELEGATION */
	const char *label;
	struct span covered; /* what is signed; the signature follows it */
};
/* Two Ed25519 verifications: the delegation's, then the paper's.
 * returns: OK
 *          ERR_FOREIGN, if it is another root's or event's
 *          ERR_FORGED, if a signature does not hold */
MUST_CHECK enum err paper_open(
	struct delegation *out, const struct paper *p, const uint8_t root[static SEAL_PUBLIC]);

void paper_event(const uint8_t root[static SEAL_PUBLIC], uint8_t out[static ROSTER_EVENT]);
void paper_device(const uint8_t public_key[static SEAL_PUBLIC], uint8_t out[static PAPER_DEVICE]);

struct certificate {
	uint8_t event[ROSTER_EVENT], device[PAPER_DEVICE], key[SEAL_PUBLIC];
	unsigned role; /* enum board_role, or a newer one; never 0 */
	char name[PAPER_NAME + 1];
	int64_t until;
	struct delegation by;
};
/* now: seconds since 1970, 0 to leave the last day alone. Two Ed25519 verifications: keep the result.
 * returns: OK
 *          ERR_FORMAT, if it is no certificate, its role 0, or its name not as the format says
 *          ERR_FOREIGN, if it is another root's or event's
 *          ERR_FORGED, if a signature does not hold
 *          ERR_OLDER, if the delegation's epoch is below min_epoch
 *          ERR_EXPIRED, if now is past its last day or the delegation's */
MUST_CHECK enum err certificate_open(struct certificate *out, struct span bytes,
	const uint8_t root[static SEAL_PUBLIC], uint32_t min_epoch, int64_t now);

struct certificate_source {
	uint8_t key[SEAL_PUBLIC];
	enum board_role role;
	const char *name; /* at most PAPER_NAME bytes, as the format says */
	int64_t until;
	const uint8_t *delegation, *hub_seed;
};
void certificate_write(const struct certificate_source *s, uint8_t out[static PAPER_CERTIFICATE]);

void paper_peer_key(
	const uint8_t secret[static SEAL_KEY], uint32_t epoch, uint8_t out[static SEAL_KEY]);
/* returns: OK, ERR_FORGED, if the certificate's key is no key */
MUST_CHECK enum err credential_write(const uint8_t certificate[static PAPER_CERTIFICATE],
	uint32_t peer_epoch, const uint8_t peer_key[static SEAL_KEY],
	const uint8_t hub_seed[static SEAL_SEED], uint8_t out[static PAPER_CREDENTIAL]);
/* Everything of a credential but the peer key, then (seed not NULL) that too.
 * returns: as certificate_open; ERR_DENIED, if it is not for this seed */
struct credential {
	struct certificate certificate;
	uint8_t bytes[PAPER_CERTIFICATE]; /* the certificate as it stands in a bundle */
	uint32_t peer_epoch;
	uint8_t peer_key[SEAL_KEY]; /* zero without seed */
};
MUST_CHECK enum err credential_open(struct credential *out, struct span bytes,
	const uint8_t root[static SEAL_PUBLIC], uint32_t min_epoch, const uint8_t *seed);

#endif
