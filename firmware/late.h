/* Late codes: a guest registered after the boards' roster was built, in a signed code of her own.
 *
 * As text they are the magic ZQM1 and Crockford base32 (code_text.h) of these bytes, at most LATE_BYTES:
 *
 *    0      1  kind 4 (enum token_kind)
 *    1      8  first half of the event (roster.h)
 *    9      8  P, the guest's handle: 8 random bytes, chosen by whoever signs
 *   17      1  language (low 2 bits), role (next 3 bits), 32 in the badge's form, issue less 1 (high 2)
 *   18      8  valid until, seconds since 1970
 *   26      8  signer: of a card (staff.h) with the right late; zeros: the hub
 *   34      n  name, then organisation, each u8 length and UTF-8: 1 to 48 bytes, 0 to 32 bytes;
 *              in the badge's form in their place 16: BLAKE2b-128(no key, "foyer late name" || they)
 *  then    64  signature (seal.h), label "foyer late", over event 16, bytes 1 to 33 with no 32 set,
 *              and the 16 bytes above
 *
 * One signature holds for both forms, so a kiosk that was shown the full one prints the badge's with no
 * key at all. The badge's names nobody to whoever photographs the symbol alone. A badge that replaces
 * another is a code signed anew, under the same handle and the next issue; both forms of the one before
 * are then replaced as any badge's. The role is never staff, and nobody is protected by such a code. A card's code ends no later than the
 * card.
 *
 * Pure and thread-safe. */
#ifndef FIRMWARE_LATE_H
#define FIRMWARE_LATE_H

#include "event.h"
#include "staff.h"
#include "visit.h"

enum {
	LATE_NAME = 48,
	LATE_ORGANISATION = 32,
	LATE_DIGEST = 16,
	LATE_ISSUES = 4, /* the highest issue */
	LATE_HEAD = 34,
	LATE_BYTES = LATE_HEAD + 1 + LATE_NAME + 1 + LATE_ORGANISATION + SEAL_SIGNATURE,
	LATE_BADGE_BYTES = LATE_HEAD + LATE_DIGEST + SEAL_SIGNATURE,
	LATE_TEXT = 4 + (LATE_BYTES * 8 + 4) / 5 + 1, /* with NUL */
};

/* Holds a name: wipe it. */
struct late {
	uint8_t event[ROSTER_EVENT / 2];
	uint8_t person[EVENT_PERSON];
	enum role role;
	enum language language;
	uint32_t issue; /* from 1 */
	int64_t until;
	uint8_t signer[STAFF_SIGNER];
	bool badge; /* read from a badge: no texts */
	char name[LATE_NAME + 1], organisation[LATE_ORGANISATION + 1];
	uint8_t digest[LATE_DIGEST];
	uint8_t signature[SEAL_SIGNATURE];
};

/* Read a text as token_read does. Nothing is believed yet. On an error out is wiped.
 * returns: OK
 *          ERR_ABSENT, if it is no Foyer code, or not of kind 4
 *          ERR_FORMAT, if it is torn, a text is too long or no line (span_is_line), or the role is staff */
MUST_CHECK enum err late_read(struct late *out, struct span text);

/* Under this label a roster lists an issue of hers that was dropped (roster.h, revoked):
 * BLAKE2b-64(no key, "foyer late label" || P || issue u32). */
void late_label(
	const uint8_t person[static EVENT_PERSON], uint32_t issue, uint8_t out[static TOKEN_LABEL]);

/* returns: OK
 *          ERR_FOREIGN, if it is for another event
 *          ERR_OLDER, if the roster dropped this issue of hers: replaced or revoked
 *          ERR_ABSENT, if its card is none of this roster's
 *          ERR_FORGED, if the signature does not hold
 *          ERR_DENIED, if the card lacks the right late, or ends before the code does
 *          ERR_EXPIRED, if now (seconds since 1970) is past its last second */
MUST_CHECK enum err late_check(const struct roster *r, const struct late *l, int64_t now);

/* Sign l, of which person, role, language, issue, until, name and organisation are given, with an unlocked card,
 * or with the hub's seed.
 * returns: OK
 *          ERR_DENIED, if the card lacks the right, or ends before until
 *          ERR_FORMAT, if late_read would refuse what it says */
MUST_CHECK enum err late_sign(
	struct late *l, const struct roster *r, const struct staff_keys *keys);
MUST_CHECK enum err late_sign_hub(
	struct late *l, const struct roster *r, const uint8_t hub_seed[static SEAL_SEED]);

/* The text of a signed or checked l: the full form, or the badge's (which any l gives; a full one cannot
 * be made of a badge's).
 * returns: OK
 *          ERR_ABSENT, if the full form is asked of a badge's */
MUST_CHECK enum err late_write(const struct late *l, bool badge, char out[static LATE_TEXT]);

#endif
