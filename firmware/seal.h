/* All cryptography of Foyer: the only module that includes libsodium.
 *
 * Hashes are BLAKE2b (RFC 7693), seals ChaCha20-Poly1305 in its IETF form (RFC 8439), signatures
 * Ed25519 (RFC 8032), the PIN's work Argon2id (RFC 9106). Sizes are bytes. Every function is
 * thread-safe once seal_start has run; nothing allocates but seal_secret_memory. */
#ifndef FIRMWARE_SEAL_H
#define FIRMWARE_SEAL_H

#include "base.h"

enum {
	SEAL_KEY = 32,        /* an event key */
	SEAL_RECORD_KEY = 16, /* a record's or object's secret: Kd, Kc */
	SEAL_NONCE = 12,
	SEAL_TAG = 16,
	SEAL_OVERHEAD = SEAL_NONCE + SEAL_TAG,
	SEAL_PUBLIC = 32,
	SEAL_SEED = 32,
	SEAL_SIGNATURE = 64,
	SEAL_SALT = 16,
};

/* Once a process, before anything else here.
 * returns: OK
 *          ERR_BUG, if the library finds no randomness or no fit processor */
MUST_CHECK enum err seal_start(void);

/* A hash that takes its input in parts, each put where it was called. */
struct seal_hash {
	_Alignas(64) uint8_t state[384];
	size_t n;
};
/* key may be empty (n == 0), else 16 to 64 bytes; n is the length of the result, 1 to 64. */
void seal_hash_init(struct seal_hash *h, struct span key, size_t n);
void seal_hash_add(struct seal_hash *h, const void *p, size_t n);
void seal_hash_done(struct seal_hash *h, uint8_t *out);
/* BLAKE2b of n bytes of message under key, in one call. */
void seal_hash(struct span key, struct span message, uint8_t *out, size_t n);

/* Seal plain under the 16-byte secret into out[0 .. plain.n + SEAL_OVERHEAD): nonce, box, tag.
 * BLAKE2b-512(secret, "nonce") gives 32 bytes of nonce key and 32 of box key; the nonce is
 * BLAKE2b-96(nonce key, plain): the same content gives the same bytes, other content another nonce.
 * secret, ad and plain must not overlap out. */
void seal_box(const uint8_t secret[static SEAL_RECORD_KEY], struct span ad, struct span plain,
	uint8_t *out);
/* Open what seal_box made; out takes box.n - SEAL_OVERHEAD bytes, and zeros on failure.
 * returns: OK
 *          ERR_FORMAT, if box is shorter than SEAL_OVERHEAD
 *          ERR_FORGED, if the secret is another, a bit was changed or the nonce is not the
 * content's */
MUST_CHECK enum err seal_open(const uint8_t secret[static SEAL_RECORD_KEY], struct span ad,
	struct span box, uint8_t *out);

/* Ed25519. The signed bytes are BLAKE2b-512(label || 0 || message): label separates the domains. */
void seal_keypair(const uint8_t seed[static SEAL_SEED], uint8_t public_key[static SEAL_PUBLIC]);
void seal_sign(const uint8_t seed[static SEAL_SEED], const char *label, struct span message,
	uint8_t signature[static SEAL_SIGNATURE]);
/* returns: OK
 *          ERR_FORGED, if the signature is not public_key's over label and message */
MUST_CHECK enum err seal_verify(const uint8_t public_key[static SEAL_PUBLIC], const char *label,
	struct span message, const uint8_t signature[static SEAL_SIGNATURE]);

/* The slow hash of a PIN: Argon2id, 3 passes over 64 MiB (design.md section 15). About 0.1 s on a
 * PC, 0.5 to 1 s on a small board: never on a thread that draws.
 * returns: OK
 *          ERR_IO, if 64 MiB cannot be had */
MUST_CHECK enum err seal_pin(
	struct span pin, const uint8_t salt[static SEAL_SALT], uint8_t out[static SEAL_KEY]);

/* Public-key encryption to the hub: only its seed opens it. The seed is the Ed25519 one.
 * returns: OK
 *          ERR_FORGED, if public_key is no key (to) or the box was not made for this seed (from) */
enum { SEAL_TO_OVERHEAD = 48 };
MUST_CHECK enum err seal_to(
	const uint8_t public_key[static SEAL_PUBLIC], struct span plain, uint8_t *out);
MUST_CHECK enum err seal_from(const uint8_t seed[static SEAL_SEED], struct span box, uint8_t *out);

/* What two holders of Ed25519 keys share: X25519 of the one's seed and the other's public key. It is
 * no key yet: hash it together with both public keys.
 * returns: OK
 *          ERR_FORGED, if theirs is no key */
MUST_CHECK enum err seal_shared(const uint8_t seed[static SEAL_SEED],
	const uint8_t theirs[static SEAL_PUBLIC], uint8_t out[static SEAL_KEY]);

/* A message under a key that several hold: a random nonce of 24 bytes, box, tag (XChaCha20-Poly1305 in
 * its IETF form, draft-irtf-cfrg-xchacha). out takes plain.n + SEAL_MESSAGE_OVERHEAD bytes; neither ad
 * nor plain may overlap it. */
enum { SEAL_MESSAGE_NONCE = 24, SEAL_MESSAGE_OVERHEAD = SEAL_MESSAGE_NONCE + SEAL_TAG };
void seal_message(
	const uint8_t key[static SEAL_KEY], struct span ad, struct span plain, uint8_t *out);
/* out takes box.n - SEAL_MESSAGE_OVERHEAD bytes, and zeros on failure.
 * returns: OK
 *          ERR_FORMAT, if box is shorter than SEAL_MESSAGE_OVERHEAD
 *          ERR_FORGED, if key or ad is another, or a bit was changed */
MUST_CHECK enum err seal_message_open(
	const uint8_t key[static SEAL_KEY], struct span ad, struct span box, uint8_t *out);

/* Memory for secrets: locked, left out of core dumps, wiped when freed. NULL if it cannot be had;
 * free(NULL) is fine. */
void *seal_secret_memory(size_t n);
void seal_secret_free(void *p);
void seal_wipe(void *p, size_t n);
void seal_random(void *p, size_t n);
/* Compare in constant time. */
bool seal_equal(const void *a, const void *b, size_t n);

#endif
