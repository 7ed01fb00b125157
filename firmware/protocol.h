/* The boards' API over HTTP/1.1: what hub and agent agree on. Binary formats stand in run.h,
 * manifest.h and paper.h; errors are JSON {"error":"…"}. Everything marked S is a plain file that any
 * web server, CDN or stick can carry (`foyer build --publish`); a board believes signatures only.
 *
 *   GET  /v1/manifest             S  manifest. A hub signs it when it is asked
 *   GET  /v1/roster/HASH          S  the roster whose BLAKE2b-256 is HASH (64 hexadecimal digits)
 *   GET  /v1/patch/FROM/TO        S  patch.h: from roster FROM to roster TO
 *   GET  /v1/board/DEVICE         S  credential of a device (16 hexadecimal digits); 404 until the
 *                                    organiser has confirmed it
 *   GET  /v1/time/NONCE              signed time; NONCE is 32 hexadecimal digits
 *   POST /v1/enrol                   body: one-time code id 8 = BLAKE2b-64("enrol id" || code), public
 *                                    key 32, MAC 32 = BLAKE2b-256(key code, "enrol" || public key).
 *                                    200: delegation 152, MAC 32 over "hub" || delegation || public
 *                                    key. 403: unknown, used or expired code
 *   POST /v1/events               A  body: a bundle. 200: for each board in it, board 8, epoch u32, seq
 *                                    u64, hash 32, of its newest event at the hub, after the hub's own
 *                                    commit: all up to there is safe. 409: the same, a run begins after
 *                                    the hub's head or tells another history. 403: the device is
 *                                    revoked, or has a certificate of this event that the hub does not
 *                                    know; what it sent is kept in quarantine
 *   GET  /v1/events?after=CURSOR  A  200: a bundle of the runs after CURSOR (store.h), with the header
 *                                    Foyer-Cursor: the cursor after it (not there: the beginning), and
 *                                    Foyer-More: 1 if there are more
 *   POST /v1/wiped                   body: a board's statement that it was wiped (wipe.h). 200: noted, also
 *                                    if it was before. 403: of no board the hub knows
 *   GET  /v1/health                  JSON for people and monitoring
 *
 * A: wants the header `Authorization: Foyer DEVICE MAC`, MAC = 64 hexadecimal digits of BLAKE2b-256
 * under the pair's key over method || " " || target || "\n" || body. The pair's key is BLAKE2b-256("foyer
 * pair" || X25519 of the two Ed25519 keys || device's public key || hub's). It says who speaks; what
 * the events are worth is said by their signatures. A bundle's first certificate is the speaker's. A
 * request without a body from a device the hub does not know yet is refused with 401: upload first.
 *
 * Each answer to an A request has the header Foyer-Sequence: sequence of the hub's roster, so that a
 * busy board learns of a new one at once. It is a hint. An answer 200, 409 or 403, where the hub knows
 * the device, also has the header Foyer-Mac: 64 hexadecimal digits of BLAKE2b-256 under the pair's key
 * over "answer" || MAC of the request 32 || status u32 || 1 if there are more, else 0 || length u16 of
 * the cursor's text, and it || body (403: none). So nobody on the way can say that events are safe which are not,
 * lead a board past others' events, or tell it that it is revoked. */
#ifndef FIRMWARE_PROTOCOL_H
#define FIRMWARE_PROTOCOL_H

#include "paper.h"

enum {
	PROTOCOL_UPLOAD_MAX = 1 << 20, /* bytes of one POST */
	PROTOCOL_ANSWER_MAX = 4 << 20, /* bytes of one GET /v1/events */
	PROTOCOL_MARK = 8 + 4 + 8 + 32,
	PROTOCOL_ENROL = 8 + 32 + 32,
	PROTOCOL_ENROLLED = PAPER_DELEGATION + 32,
	PROTOCOL_MAC = 32,
	PROTOCOL_AUTHORIZATION = 6 + 16 + 1 + 64, /* without NUL */
};
#define PROTOCOL_HEADER_CURSOR   "Foyer-Cursor"
#define PROTOCOL_HEADER_MORE     "Foyer-More"
#define PROTOCOL_HEADER_SEQUENCE "Foyer-Sequence"
#define PROTOCOL_HEADER_MAC      "Foyer-Mac"

/* The key that a device and a hub share: from the one's seed and the other's public key.
 * returns: OK
 *          ERR_FORGED, if theirs is no key */
MUST_CHECK enum err protocol_pair_key(const uint8_t seed[static SEAL_SEED],
	const uint8_t theirs[static SEAL_PUBLIC], bool i_am_the_hub, uint8_t out[static SEAL_KEY]);
void protocol_mac(const uint8_t key[static SEAL_KEY], const char *method, const char *target,
	struct span body, uint8_t out[static PROTOCOL_MAC]);
/* What a hub answers, as far as its MAC covers it. */
struct protocol_answer {
	unsigned status;
	bool more;
	const char *cursor; /* "" if there is none */
	struct span body;
};
void protocol_answer_mac(const uint8_t key[static SEAL_KEY],
	const uint8_t request[static PROTOCOL_MAC], const struct protocol_answer *a,
	uint8_t out[static PROTOCOL_MAC]);
/* "Foyer DEVICE MAC" and NUL. */
void protocol_authorization(const uint8_t device[static PAPER_DEVICE],
	const uint8_t mac[static PROTOCOL_MAC], char out[static PROTOCOL_AUTHORIZATION + 1]);
/* returns: OK
 *          ERR_FORMAT, if it is not spelt so; NULL is fine, for a header that is not there */
MUST_CHECK enum err protocol_authorization_read(
	const char *text, uint8_t device[static PAPER_DEVICE], uint8_t mac[static PROTOCOL_MAC]);

void protocol_enrol_id(const uint8_t code[static 16], uint8_t out[static 8]);
void protocol_enrol_mac(const uint8_t code[static 16], const uint8_t key[static SEAL_PUBLIC],
	uint8_t out[static PROTOCOL_MAC]);
void protocol_enrolled_mac(const uint8_t code[static 16],
	const uint8_t delegation[static PAPER_DELEGATION], const uint8_t key[static SEAL_PUBLIC],
	uint8_t out[static PROTOCOL_MAC]);
/* The four words both sides show: over code, device's key and hub's key. */
void protocol_enrol_words(const uint8_t code[static 16], const uint8_t key[static SEAL_PUBLIC],
	const uint8_t hub[static SEAL_PUBLIC], char out[static 20]);

#endif
