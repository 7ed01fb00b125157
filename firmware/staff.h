/* What staff say: events that a card has signed, and who may say what.
 *
 * A board's word is not enough to void a badge: the payload of such an event ends with the card's
 *
 *   signed at u64 (milliseconds since 1970), signer 8, signature 64
 *
 * The signer is BLAKE2b-64("card" || the card's public key): it names a card of the roster and leads to
 * nobody's record. The signature is Ed25519 (seal.h) under the label "foyer staff" over
 *
 *   event 16 (roster.h), kind u16, person 8, issue u32, activity u16, target 20 (event.h),
 *   payload before it u16 length and bytes, signed at u64
 *
 * A statement belongs to an event, not to a board: whoever repeats it says the same again. Whether it is
 * believed depends on it and on the roster alone, never on the time: a card that a later roster has
 * dropped takes its statements with it, unless the hub has built what they said into that roster.
 *
 * An emergency the hub says as well, with its own key: signer is then BLAKE2b-64("hub" || the hub's public
 * key), the label "foyer hub says". Boards believe the hub key of their roster.
 *
 * Pure and thread-safe. */
#ifndef FIRMWARE_STAFF_H
#define FIRMWARE_STAFF_H

#include "event.h"
#include "roster.h"

enum {
	STAFF_SIGNER = 8,
	STAFF_SIGNATURE = 8 + STAFF_SIGNER + SEAL_SIGNATURE,
	STAFF_SAID = EVENT_PAYLOAD - STAFF_SIGNATURE, /* room for what is said before it */
};

/* THE table of rights: those of which one is needed to write e. 0: none, no signature is asked for.
 *
 *   badge issued, above issue 1           print
 *   correction asked, with a payload      correct
 *   revoked                               revoke (or the hub's signed code as payload)
 *   undo                                  correct, admin (and see staff_may_undo)
 *   override                              door
 *   emergency                             admin (or the hub)
 *   late guest                            late */
uint16_t staff_rights_for(const struct event *e);
/* May a card with these rights undo an event of this kind that needed one of needs? admin may undo
 * everything, and alone a signed time; others what needed nothing, or what they could have said. */
bool staff_may_undo(uint16_t rights, unsigned kind, uint16_t needs);
/* Has a list whose current badge of hers is badge built in what an event of this kind says of an issue? Then no undo
 * takes it out. False of events that void no badge. */
bool staff_is_built(unsigned kind, uint32_t issue, uint32_t badge);

/* The signer of a card. of: returns OK; ERR_ABSENT, if the card is none of the roster's */
void staff_signer(const uint8_t public_key[static SEAL_PUBLIC], uint8_t out[static STAFF_SIGNER]);
MUST_CHECK enum err staff_signer_of(
	const struct roster *r, const struct token *card, uint8_t out[static STAFF_SIGNER]);
/* The card that a signer names. returns: OK; ERR_ABSENT, if it is none of the roster's */
MUST_CHECK enum err staff_card(
	const struct roster *r, const uint8_t signer[static STAFF_SIGNER], struct roster_card *out);

/* Sign e with an unlocked card: kind, person, issue, activity, target and payload must be as they will
 * be written; the signature is added to the payload. An event that needs none is left as it is.
 * protected_person: her badge needs the protocol right as well.
 * returns: OK
 *          ERR_DENIED, if the card lacks the right
 *          ERR_FULL, if more than STAFF_SAID is said (revoked: anything at all) */
MUST_CHECK enum err staff_sign(struct event *e, const struct roster *r,
	const struct staff_keys *keys, int64_t now_ms, bool protected_person);

/* Sign an emergency with the hub's key, in the same way. event: as roster.h says.
 * returns: OK
 *          ERR_DENIED, if it is of another kind
 *          ERR_FULL, if more than STAFF_SAID is said */
MUST_CHECK enum err staff_sign_hub(struct event *e, const uint8_t event[static ROSTER_EVENT],
	const uint8_t hub_seed[static SEAL_SEED], int64_t now_ms);
/* Whether it is the hub that signer names. */
bool staff_is_hub(const uint8_t hub[static SEAL_PUBLIC], const uint8_t signer[static STAFF_SIGNER]);

/* What an event says before its signature, and who signed it when. The span points into e. Nothing is
 * checked.
 * returns: OK
 *          ERR_ABSENT, if its kind has no signature, or there is no room for one */
struct staff_said {
	struct span said;
	int64_t at_ms;
	uint8_t signer[STAFF_SIGNER];
	const uint8_t *signature;
};
MUST_CHECK enum err staff_read(const struct event *e, struct staff_said *out);

/* The card that a board names without its signature: unlocked, refused, looked up, searched.
 * returns: OK
 *          ERR_ABSENT, if e is none of these, or too short */
MUST_CHECK enum err staff_noted(const struct event *e, uint8_t signer[static STAFF_SIGNER]);

/* Is e to be believed? rights is what the signer may do, 0 where nobody signed or the hub did.
 * returns: OK, also for what needs no signature
 *          ERR_ABSENT, if the card is none of this roster's
 *          ERR_DENIED, if it lacks the right, or signed after its last day
 *          ERR_FORGED, if there is no signature, or it does not hold */
MUST_CHECK enum err staff_check(const struct roster *r, const struct event *e, uint16_t *rights);

/* The same for fold_believe: context is the roster. */
MUST_CHECK enum err staff_judge(const void *roster, const struct event *e, uint16_t *rights);

/* The token of a badge issue of the person who is open in v, as far as the roster knows it: the issue it
 * holds (if her day is open), or one of the next two, made with the card's issuing key.
 * returns: OK
 *          ERR_DENIED, if the card may not print (for a protected person: nor protocol), or v was not
 *          opened as far as that
 *          ERR_ABSENT, if the roster knows no such issue of hers */
MUST_CHECK enum err staff_badge(const struct roster *r, const struct staff_keys *keys,
	const struct visit *v, uint32_t issue, struct token *out);

#endif
