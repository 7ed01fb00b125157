/* The manifest: the hub's signed word of what is newest; and the signed time.
 *
 * MANIFEST (little-endian), at most 64 KiB:
 *
 *   at  bytes
 *    0      8  magic "FOYMANI1"
 *    8      4  length of all, signature included
 *   12     16  event
 *   28    152  delegation (roster.h)
 *  180      8  sequence of the roster; 0: there is none yet
 *  188      8  its built-at, seconds since 1970
 *  196      8  its size in bytes
 *  204     32  its hash: BLAKE2b-256 of the file
 *  236      8  signed at, seconds since 1970
 *  244      1  1: signed when it was asked for (a hub); 0: published earlier (a mirror, a stick)
 *  245      2  number of patches, at most 64, then each 72: hash of the roster it begins with 32, its
 *              size u64, hash of the patch 32
 *           2  number of revoked devices, at most 1024, then each 8 (paper.h)
 *           1  only where the event is over: 1, every board is to be wiped (wipe.h)
 *          64  the hub key's signature over all before, label "foyer manifest"
 *
 * Bytes between the last field and the signature are skipped by a reader: that is how it grows.
 *
 * TIME, 276 bytes: magic "FOYTIME1", event 16, delegation 152, nonce 16, time in milliseconds since
 * 1970 u64, 12 zero, signature 64, label "foyer time", over all before. The nonce is the asker's, so
 * an old answer cannot be played again.
 *
 * Pure and thread-safe. */
#ifndef FIRMWARE_MANIFEST_H
#define FIRMWARE_MANIFEST_H

#include "paper.h"

enum {
	MANIFEST_FIXED = 245, /* before the patches */
	MANIFEST_PATCH = 72,
	MANIFEST_HASH = 32,
	MANIFEST_MAX = 64 << 10,
	MANIFEST_PATCHES = 64,
	MANIFEST_REVOKED = 1024,
	TIME_NONCE = 16,
	TIME_BYTES = 276,
};

struct manifest {
	struct delegation by;
	uint64_t sequence;
	int64_t built_at;
	uint64_t size;
	uint8_t hash[MANIFEST_HASH];
	int64_t signed_at;
	bool live;
	bool wipe; /* the event is over */
	uint16_t patch_count, revoked_count;
	struct span patches, revoked; /* into the bytes */
};

/* What a board has seen: nothing below it is believed. Zeros: nothing yet. */
struct manifest_floor {
	uint32_t epoch;
	uint64_t sequence; /* of the roster, within epoch */
	int64_t signed_at; /* within epoch */
};

/* Verify, then read. root: the trusted root key.
 * returns: OK
 *          ERR_FORMAT, if it is cut short, lengthened, too long, or no manifest
 *          ERR_FOREIGN, if it is another root's or event's
 *          ERR_FORGED, if a signature does not hold
 *          ERR_OLDER, if (epoch, sequence) or (epoch, signed at) is below the floor, or the sequence
 *          jumps by more than 1,000,000 from a floor within its epoch
 *          ERR_EXPIRED, if signed at is past the delegation's until */
MUST_CHECK enum err manifest_open(struct manifest *out, struct span bytes,
	const uint8_t root[static SEAL_PUBLIC], const struct manifest_floor *floor);

struct manifest_patch {
	uint8_t from[MANIFEST_HASH];
	uint64_t size;
	uint8_t hash[MANIFEST_HASH];
};
/* The patch that begins with the roster of hash from. returns: OK, ERR_ABSENT */
MUST_CHECK enum err manifest_patch_from(const struct manifest *m,
	const uint8_t from[static MANIFEST_HASH], struct manifest_patch *out);
bool manifest_revokes(const struct manifest *m, const uint8_t device[static PAPER_DEVICE]);

/* Everything is taken from m, the counts too, but by and the two spans: delegation, patches and revoked
 * are written. k, which must be at its beginning, tells by its fullness whether it fitted; longer lists
 * than the format's never do. */
struct manifest_source {
	struct manifest m;
	const struct manifest_patch *patches;
	const uint8_t (*revoked)[PAPER_DEVICE];
	const uint8_t *delegation, *hub_seed;
};
void manifest_write(struct sink *k, const struct manifest_source *s);

void time_write(uint8_t out[static TIME_BYTES], const uint8_t *delegation, const uint8_t *hub_seed,
	const uint8_t nonce[static TIME_NONCE], int64_t now_ms);
/* returns: OK
 *          ERR_FORMAT, ERR_FOREIGN, ERR_FORGED as manifest_open
 *          ERR_OLDER, if the nonce is another's or the epoch is below min_epoch
 *          ERR_EXPIRED, if the time is past the delegation's until */
MUST_CHECK enum err time_open(int64_t *now_ms, struct span bytes,
	const uint8_t root[static SEAL_PUBLIC], uint32_t min_epoch,
	const uint8_t nonce[static TIME_NONCE]);

#endif
