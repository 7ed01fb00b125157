/* What the roster's reader and writer share and nobody else needs: numbers of the format. */
#ifndef FIRMWARE_ROSTER_INSIDE_H
#define FIRMWARE_ROSTER_INSIDE_H

#include "roster.h"

enum section_id {
	SECTION_EVENT = 1,
	SECTION_LEGS,
	SECTION_ZONES,
	SECTION_PLACES,
	SECTION_TRACKS,
	SECTION_ACTIVITIES,
	SECTION_OBJECTS,
	SECTION_INDEX,
	SECTION_SLOTS,
	SECTION_RECORDS,
	SECTION_DIRECTORY,
	SECTION_CARDS,
	SECTION_REVOKED,
	SECTION_FILES,
	SECTION_ORDER,
	SECTION_NOTES,
};

enum {
	HEADER_FIXED = 224,
	HEADER_FORMAT_AT = 8,
	HEADER_READER_AT = 10,
	HEADER_LENGTH_AT = 12,
	HEADER_FILE_AT = 16,
	HEADER_EVENT_AT = 24,
	HEADER_SEQUENCE_AT = 40,
	HEADER_BUILT_AT = 48,
	HEADER_EXPIRES_AT = 56,
	HEADER_SECTIONS_AT = 64,
	HEADER_DELEGATION_AT = 72,
	DELEGATION_ROLE_AT = 64,
	DELEGATION_EPOCH_AT = 68,
	DELEGATION_UNTIL_AT = 72,
	DELEGATION_SIGNED = 88,
	DELEGATION = DELEGATION_SIGNED + SEAL_SIGNATURE,
	DELEGATION_ROLE_ROSTERS = 1,
	SECTION_ENTRY = 24,
	SECTION_ENTRIES_MAX = 64,
	SECTION_ALIGN = 8,

	INDEX_ENTRY = TOKEN_LABEL + 4 + SEAL_RECORD_KEY,
	SLOT_ENTRY = 8,
	SLOT_UNIT = 64,
	SLOT_PLACE_BITS = 24,
	DIRECTORY_ENTRY = 2 * SEAL_RECORD_KEY,
	REVOKED_ENTRY = TOKEN_LABEL,
	ORDER_ENTRY = 2,
	BUNDLE = 4 * SEAL_KEY,
	CARD_SALT_AT = TOKEN_LABEL,
	CARD_PUBLIC_AT = CARD_SALT_AT + SEAL_SALT,
	CARD_RIGHTS_AT = CARD_PUBLIC_AT + SEAL_PUBLIC,
	CARD_UNTIL_AT = CARD_RIGHTS_AT + 4,
	CARD_BUNDLE_AT = CARD_UNTIL_AT + 8,
	CARD_ENTRY = CARD_BUNDLE_AT + BUNDLE + SEAL_OVERHEAD,

	HANDLE = 8,
	BOX_CARD = 1,
	BOX_DAY = 2,
	BOX_NOTE = 3,
	BOX_CARD_MAX = 2048,
	BOX_DAY_UNIT = 128,
	BOX_DAY_MAX = 16 * BOX_DAY_UNIT,
	BOX_AD = ROSTER_EVENT + HANDLE + 1,
	NOTE_UNIT = 64,
	NOTE_SECRETS = TOKEN_LABEL + SEAL_RECORD_KEY,
	NOTE_AROUND = TOKEN_LABEL + SEAL_OVERHEAD,
	OBJECT_UNIT = 64,
	OBJECT_MAX = 8192,
	OBJECT_AD = 6 + ROSTER_EVENT + 4,
	OBJECT_ACTIVITY = 0,
	OBJECT_PLACE = 1,
	OBJECT_TEXT = 2,
	OBJECT_KINDS = 3,

	FLAG_PROTECTED = 1,
	CARD_ONLY = 1u << 31,
	SEQUENCE_JUMP = 1000000,
};
/* Seconds since 1970: no later base time, so that adding any number of minutes stays in range. */
#define BASE_MAX ((uint64_t)1 << 40)

extern const uint8_t roster_magic[8];
extern const char roster_label[], paper_delegation_label[];

/* One number under a key, as the format's H: word, then the numbers as u32. */
struct derive {
	const char *word;
	uint32_t number[2];
	unsigned numbers;
};
void roster_derive(struct span key, struct derive how, uint8_t *out, size_t n);
/* Kc of Kd. */
void roster_card_key(
	const uint8_t day[static SEAL_RECORD_KEY], uint8_t card[static SEAL_RECORD_KEY]);
void roster_xor(uint8_t *out, const uint8_t *a, const uint8_t *b, size_t n);
/* The associated data of a person's box, and of an object. */
void roster_box_ad(const uint8_t event[static ROSTER_EVENT], const uint8_t handle[static HANDLE],
	uint8_t kind, uint8_t out[static BOX_AD]);
void roster_object_ad(
	const uint8_t event[static ROSTER_EVENT], uint32_t object, uint8_t out[static OBJECT_AD]);
/* K of a card: H-128(card secret || Argon2id(PIN, salt), …) takes both halves as one key.
 * returns: OK
 *          ERR_IO as seal_pin */
MUST_CHECK enum err roster_card_secret(const struct token *card, struct span pin,
	const uint8_t salt[static SEAL_SALT], uint8_t out[static TOKEN_SECRET + SEAL_KEY]);

/* Record i of a table section, or an empty span with p == NULL where there is none. */
struct span roster_record(const struct roster_section *s, uint32_t i);
/* Parse one record; false where it is not well-formed. Tails are allowed. Whether the texts are UTF-8 is
 * asked once, when a record is first met: public ones at open, sealed ones when they are opened. */
bool roster_parse_activity(const struct roster *r, struct span record, struct activity *out);
bool roster_parse_place(const struct roster *r, struct span record, struct place *out);
bool roster_activity_is_utf8(const struct activity *a);
bool roster_place_is_utf8(const struct place *p);
/* The length of a note's plain text, one for all of the file. */
size_t roster_note_bytes(const struct roster_section *notes);
/* Every record of every public table is well-formed and refers to what is there. */
MUST_CHECK enum err roster_check_public(const struct roster *r);

#endif
