/* The event's secrets: keys/ in its folder, 0600, hexadecimal with a final newline.
 *
 *   root        seed of the root key (Ed25519). May be moved to a safe: the hub then works on, and
 *               only a new delegation needs it.
 *   root.pub    the root's public key, the trust anchor of every board
 *   hub         seed of the hub key, which signs rosters
 *   delegation  the root's word for the hub key (format: firmware/roster.h)
 *   event       the secret that all codes and seals are derived from
 *
 * Derived keys are BLAKE2b-256(event secret, name || epoch u32). */
#ifndef HUB_KEYS_H
#define HUB_KEYS_H

#include "roster_write.h"

enum { KEYS_DELEGATION = 152 };

struct keys {
	uint8_t root[SEAL_PUBLIC];
	uint8_t hub_seed[SEAL_SEED];
	uint8_t delegation[KEYS_DELEGATION];
	uint8_t secret[SEAL_KEY];
};

/* Make the keys of a new event in dir/keys: at random, or (demonstrations and tests only) all from
 * seed. What is there stays and is an error.
 * returns: OK
 *          ERR_BUSY, if keys are there already
 *          ERR_IO, ERR_DENIED, ERR_FULL, ERR_ABSENT as file_write */
MUST_CHECK enum err keys_create(const char *dir, const uint64_t *seed);
/* returns: OK
 *          ERR_ABSENT, if a key file is missing; it is named on standard error
 *          ERR_FORMAT, if one is damaged or they do not belong together; likewise
 *          ERR_DENIED, if a secret may be read by others than its owner; likewise
 *          ERR_IO, ERR_DENIED as file_read */
MUST_CHECK enum err keys_load(struct keys *out, const char *dir);
void keys_wipe(struct keys *k);

/* The names of derived keys. */
enum key_name {
	KEY_INVITATION,
	KEY_BADGE,
	KEY_CARD,
	KEY_RECORD,
	KEY_PERSON,
	KEY_DIRECTORY,
	KEY_PROTOCOL
};
void keys_derive(
	const struct keys *k, enum key_name name, uint32_t epoch, uint8_t out[static SEAL_KEY]);

/* A token of this kind: token_derive under the key of the kind at epoch. */
void keys_token(const struct keys *k, enum token_kind kind, uint32_t epoch, uint32_t issue,
	const char *id, struct token *out);

/* Kd, what one generation of a person's record is sealed with: under the record key, or under the
 * protocol key of the staff epoch for a protected person. */
struct record_key {
	const char *id;
	uint32_t incarnation, generation, staff_epoch;
	bool is_protected;
};
void keys_record(
	const struct keys *k, struct record_key which, uint8_t out[static SEAL_RECORD_KEY]);
/* P, the handle that events carry. */
void keys_handle(const struct keys *k, const char *id, uint32_t incarnation, uint8_t out[static 8]);

/* A staff card's PIN: 8 digits, derived from the card key, issue, and the number of the PIN. */
struct card_pin {
	uint32_t issue, number;
	const char *id;
};
enum { PIN_DIGITS = 8 };
void keys_pin(const struct keys *k, struct card_pin which, char out[static PIN_DIGITS + 1]);
void keys_card_salt(const struct keys *k, struct card_pin which, uint8_t out[static SEAL_SALT]);

#endif
