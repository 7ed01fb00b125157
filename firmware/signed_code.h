/* Signed codes: what a QR code tells a board that sees no network. As text they are the magic ZQM1 and
 * Crockford base32 of the bytes below (code_text.h), at most TOKEN_TEXT_MAX characters.
 *
 * ALL (little-endian):
 *    0      1  kind: 5 revocation, 6 lease, 7 enrolment (enum token_kind)
 *    1      8  first half of the event (roster.h)
 *    9      8  number: from a signer strictly rising; seconds since 1970 x 1000 in practice
 *   17      n  as the kind says
 *  then        5 and 6: the hub key's signature 64, label "foyer code", over event 16, delegation
 *              epoch u32, and all bytes before; the hub key is the one of the board's roster or
 *              manifest. 7: CRC-16 2, big-endian as in token.h, over all before: it proves
 *              nothing, but a misread is told from a wrong event.
 *
 * REVOCATION: u8 n, 1 to 16, then n x {person 8, issue u32: issues up to it are dead}
 * LEASE:      u64 time, seconds since 1970: as good as a manifest signed then
 * ENROLMENT:  second half of the event 8, one-time code 16, valid until u64, then the hub's addresses,
 *             each u8 length and text ("http://10.0.0.2:8080", or https; printable ASCII without
 *             spaces), 1 to 4, each at most 96 bytes
 *
 * Pure and thread-safe. */
#ifndef FIRMWARE_SIGNED_CODE_H
#define FIRMWARE_SIGNED_CODE_H

#include "event.h"
#include "roster.h"

enum {
	CODE_REVOKED = 16,
	CODE_SECRET = 16,
	CODE_ADDRESSES = 4,
	CODE_ADDRESS = 96,
	CODE_BYTES = 317,               /* the most that fits the text */
	CODE_TEXT = TOKEN_TEXT_MAX + 1, /* with NUL */
};

struct code_revoked {
	uint8_t person[EVENT_PERSON];
	uint32_t issue;
};

struct signed_code {
	enum token_kind kind;
	uint8_t event[ROSTER_EVENT]; /* only the first half for 5 and 6 */
	uint64_t number;
	/* revocation */
	uint8_t revoked_count;
	struct code_revoked revoked[CODE_REVOKED];
	/* lease */
	int64_t time;
	/* enrolment */
	uint8_t secret[CODE_SECRET];
	int64_t until;
	uint8_t address_count;
	char addresses[CODE_ADDRESSES][CODE_ADDRESS + 1];
	/* the bytes as signed, for signed_code_verify */
	size_t n;
	uint8_t bytes[CODE_BYTES];
};

/* Read a text as token_read does (spaces, dashes and small letters are fine). Nothing is believed yet. On
 * an error out is wiped.
 * returns: OK
 *          ERR_ABSENT, if it is no Foyer code, or none of kind 5 to 7
 *          ERR_FORMAT, if it is torn; an enrolment also if it is misread (else the signature tells) */
MUST_CHECK enum err signed_code_read(struct signed_code *out, struct span text);

/* The same of the bytes alone, as an event carries them. returns: as signed_code_read */
MUST_CHECK enum err signed_code_bytes(struct signed_code *out, struct span bytes);

/* For kinds 5 and 6. after: the highest number already taken from this signer; 0 none.
 * returns: OK
 *          ERR_FOREIGN, if it is for another event
 *          ERR_FORGED, if the signature is not hub's, or its kind has none
 *          ERR_OLDER, if its number is not above after */
MUST_CHECK enum err signed_code_verify(const struct signed_code *c,
	const uint8_t event[static ROSTER_EVENT], const uint8_t hub[static SEAL_PUBLIC],
	uint32_t epoch, uint64_t after);

/* Write c (kind, event, number and what the kind has) as text; signed with hub_seed for 5 and 6.
 * returns: OK
 *          ERR_FORMAT, if it is not what the format says (a count, an address)
 *          ERR_FULL, if it would be longer than a code may be */
MUST_CHECK enum err signed_code_write(const struct signed_code *c, uint32_t epoch,
	const uint8_t *hub_seed, char out[static CODE_TEXT]);

#endif
