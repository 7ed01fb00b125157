/* All cryptography of Foyer, in terms of libsodium. */
#include "seal.h"

#include <sodium.h>
#include <string.h>

_Static_assert(sizeof(crypto_generichash_blake2b_state) <= sizeof(((struct seal_hash *)0)->state),
	"seal_hash must hold the library's state");
_Static_assert(SEAL_NONCE == crypto_aead_chacha20poly1305_ietf_NPUBBYTES, "RFC 8439 nonce");
_Static_assert(SEAL_TAG == crypto_aead_chacha20poly1305_ietf_ABYTES, "RFC 8439 tag");
_Static_assert(SEAL_SIGNATURE == crypto_sign_BYTES, "RFC 8032 signature");
_Static_assert(SEAL_MESSAGE_NONCE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "long nonce");
_Static_assert(SEAL_TAG == crypto_aead_xchacha20poly1305_ietf_ABYTES, "the same tag");
_Static_assert(SEAL_KEY == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "the same key");
_Static_assert(SEAL_KEY == crypto_scalarmult_BYTES, "RFC 7748 point");
_Static_assert(SEAL_TO_OVERHEAD == crypto_box_SEALBYTES, "sealed letter");

enum { SIGNED_HASH = 64 };

enum err seal_start(void)
{
	return sodium_init() < 0 ? ERR_BUG : OK;
}

static crypto_generichash_blake2b_state *inside(struct seal_hash *h)
{
	return (crypto_generichash_blake2b_state *)(void *)h->state;
}

void seal_hash_init(struct seal_hash *h, struct span key, size_t n)
{
	h->n = n;
	crypto_generichash_blake2b_init(inside(h), key.p, key.n, n);
}

void seal_hash_add(struct seal_hash *h, const void *p, size_t n)
{
	crypto_generichash_blake2b_update(inside(h), p, n);
}

void seal_hash_done(struct seal_hash *h, uint8_t *out)
{
	crypto_generichash_blake2b_final(inside(h), out, h->n);
	sodium_memzero(h->state, sizeof(h->state));
}

void seal_hash(struct span key, struct span message, uint8_t *out, size_t n)
{
	crypto_generichash_blake2b(out, n, message.p, message.n, key.p, key.n);
}

struct box_keys {
	uint8_t nonce[SEAL_KEY], box[SEAL_KEY];
};
_Static_assert(sizeof(struct box_keys) == 64, "one hash fills both keys");

static void box_keys_of(const uint8_t *secret, struct box_keys *keys)
{
	static const uint8_t word[] = {'n', 'o', 'n', 'c', 'e'};
	seal_hash((struct span){secret, SEAL_RECORD_KEY}, (struct span){word, sizeof(word)},
		keys->nonce, sizeof(*keys));
}

void seal_box(const uint8_t secret[static SEAL_RECORD_KEY], struct span ad, struct span plain,
	uint8_t *out)
{
	struct box_keys keys;

	box_keys_of(secret, &keys);
	seal_hash((struct span){keys.nonce, SEAL_KEY}, plain, out, SEAL_NONCE);
	crypto_aead_chacha20poly1305_ietf_encrypt(
		out + SEAL_NONCE, NULL, plain.p, plain.n, ad.p, ad.n, NULL, out, keys.box);
	sodium_memzero(&keys, sizeof(keys));
}

enum err seal_open(
	const uint8_t secret[static SEAL_RECORD_KEY], struct span ad, struct span box, uint8_t *out)
{
	struct box_keys keys;
	uint8_t nonce[SEAL_NONCE];

	if (box.n < SEAL_OVERHEAD)
		return ERR_FORMAT;
	size_t n = box.n - SEAL_OVERHEAD;
	box_keys_of(secret, &keys);
	int refused = crypto_aead_chacha20poly1305_ietf_decrypt(
		out, NULL, NULL, box.p + SEAL_NONCE, n + SEAL_TAG, ad.p, ad.n, box.p, keys.box);
	if (refused == 0)
		seal_hash((struct span){keys.nonce, SEAL_KEY}, (struct span){out, n}, nonce,
			SEAL_NONCE);
	sodium_memzero(&keys, sizeof(keys));
	if (refused != 0 || memcmp(nonce, box.p, SEAL_NONCE) != 0) {
		sodium_memzero(out, n);
		return ERR_FORGED;
	}
	return OK;
}

void seal_keypair(const uint8_t seed[static SEAL_SEED], uint8_t public_key[static SEAL_PUBLIC])
{
	uint8_t secret[crypto_sign_SECRETKEYBYTES];

	crypto_sign_seed_keypair(public_key, secret, seed);
	sodium_memzero(secret, sizeof(secret));
}

static void signed_hash(const char *label, struct span message, uint8_t out[static SIGNED_HASH])
{
	struct seal_hash h;

	seal_hash_init(&h, (struct span){0}, SIGNED_HASH);
	seal_hash_add(&h, label, strlen(label) + 1);
	seal_hash_add(&h, message.p, message.n);
	seal_hash_done(&h, out);
}

void seal_sign(const uint8_t seed[static SEAL_SEED], const char *label, struct span message,
	uint8_t signature[static SEAL_SIGNATURE])
{
	uint8_t public_key[SEAL_PUBLIC], secret[crypto_sign_SECRETKEYBYTES], hash[SIGNED_HASH];

	crypto_sign_seed_keypair(public_key, secret, seed);
	signed_hash(label, message, hash);
	crypto_sign_detached(signature, NULL, hash, sizeof(hash), secret);
	sodium_memzero(secret, sizeof(secret));
}

enum err seal_verify(const uint8_t public_key[static SEAL_PUBLIC], const char *label,
	struct span message, const uint8_t signature[static SEAL_SIGNATURE])
{
	uint8_t hash[SIGNED_HASH];

	signed_hash(label, message, hash);
	return crypto_sign_verify_detached(signature, hash, sizeof(hash), public_key) == 0
		       ? OK
		       : ERR_FORGED;
}

enum err seal_pin(
	struct span pin, const uint8_t salt[static SEAL_SALT], uint8_t out[static SEAL_KEY])
{
	enum { PASSES = 3, MEMORY = 64 << 20 };
	int failed = crypto_pwhash(out, SEAL_KEY, (const char *)pin.p, pin.n, salt, PASSES, MEMORY,
		crypto_pwhash_ALG_ARGON2ID13);
	return failed ? ERR_IO : OK;
}

enum err seal_to(const uint8_t public_key[static SEAL_PUBLIC], struct span plain, uint8_t *out)
{
	uint8_t x[crypto_box_PUBLICKEYBYTES];

	if (crypto_sign_ed25519_pk_to_curve25519(x, public_key) != 0 ||
		crypto_box_seal(out, plain.p, plain.n, x) != 0)
		return ERR_FORGED;
	return OK;
}

enum err seal_from(const uint8_t seed[static SEAL_SEED], struct span box, uint8_t *out)
{
	uint8_t public_key[SEAL_PUBLIC], secret[crypto_sign_SECRETKEYBYTES];
	uint8_t x[crypto_box_PUBLICKEYBYTES], x_secret[crypto_box_SECRETKEYBYTES];

	if (box.n < SEAL_TO_OVERHEAD)
		return ERR_FORGED;
	crypto_sign_seed_keypair(public_key, secret, seed);
	int failed = crypto_sign_ed25519_sk_to_curve25519(x_secret, secret) |
		     crypto_sign_ed25519_pk_to_curve25519(x, public_key);
	if (!failed)
		failed = crypto_box_seal_open(out, box.p, box.n, x, x_secret);
	sodium_memzero(secret, sizeof(secret));
	sodium_memzero(x_secret, sizeof(x_secret));
	return failed ? ERR_FORGED : OK;
}

enum err seal_shared(const uint8_t seed[static SEAL_SEED], const uint8_t theirs[static SEAL_PUBLIC],
	uint8_t out[static SEAL_KEY])
{
	uint8_t public_key[SEAL_PUBLIC], secret[crypto_sign_SECRETKEYBYTES];
	uint8_t x[crypto_scalarmult_BYTES], x_secret[crypto_scalarmult_SCALARBYTES];

	memset(out, 0, SEAL_KEY);
	crypto_sign_seed_keypair(public_key, secret, seed);
	int failed = crypto_sign_ed25519_sk_to_curve25519(x_secret, secret) |
		     crypto_sign_ed25519_pk_to_curve25519(x, theirs);
	if (!failed)
		failed = crypto_scalarmult(out, x_secret, x);
	sodium_memzero(secret, sizeof(secret));
	sodium_memzero(x_secret, sizeof(x_secret));
	return failed ? ERR_FORGED : OK;
}

void seal_message(
	const uint8_t key[static SEAL_KEY], struct span ad, struct span plain, uint8_t *out)
{
	randombytes_buf(out, SEAL_MESSAGE_NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(
		out + SEAL_MESSAGE_NONCE, NULL, plain.p, plain.n, ad.p, ad.n, NULL, out, key);
}

enum err seal_message_open(
	const uint8_t key[static SEAL_KEY], struct span ad, struct span box, uint8_t *out)
{
	if (box.n < SEAL_MESSAGE_OVERHEAD)
		return ERR_FORMAT;
	size_t n = box.n - SEAL_MESSAGE_OVERHEAD;
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, box.p + SEAL_MESSAGE_NONCE,
		    n + SEAL_TAG, ad.p, ad.n, box.p, key) == 0)
		return OK;
	sodium_memzero(out, n);
	return ERR_FORGED;
}

void *seal_secret_memory(size_t n)
{
	void *p = sodium_malloc(n);

	if (p)
		sodium_memzero(p, n);
	return p;
}

void seal_secret_free(void *p)
{
	sodium_free(p);
}

void seal_wipe(void *p, size_t n)
{
	sodium_memzero(p, n);
}

void seal_random(void *p, size_t n)
{
	randombytes_buf(p, n);
}

bool seal_equal(const void *a, const void *b, size_t n)
{
	return sodium_memcmp(a, b, n) == 0;
}
