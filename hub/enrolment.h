/* Enrolments under way: from the one-time code to the board's certificate. Notes of the store
 * (store.h), little-endian; ID is protocol_enrol_id of the code, hexadecimal:
 *
 *   enrol/ID   state u8, role u8, unattended u8, wrong words u8, valid until u64, one-time code 16,
 *              name (the rest)
 *   shown/ID   the code as it was printed (signed_code.h)
 *   commit/ID  the public key of the one device that used the code. It is written only if it is not
 *              there, so two hubs that serve one store cannot both accept a device
 *
 * A code is made (waiting); a device that knows it commits to its key; the organiser compares four
 * words with the board's screen and confirms, or the code was made unattended and that happens at
 * once. Errors are the store's (store.h) and what is said. One thread a store. */
#ifndef HUB_ENROLMENT_H
#define HUB_ENROLMENT_H

#include "boards.h"
#include "protocol.h"
#include "signed_code.h"

enum enrolment_state {
	ENROLMENT_WAITING = 1, /* for a board to commit */
	ENROLMENT_CONFIRMED = 2,
	ENROLMENT_DEAD = 3 /* replaced, or the words were wrong too often */
};
enum { ENROLMENT_CODE = 16, ENROLMENT_TRIES = 5 };

struct enrolment {
	enum enrolment_state state;
	enum board_role role;
	bool unattended;
	uint8_t wrong; /* how often the words were */
	int64_t until; /* seconds since 1970: the last moment to commit */
	uint8_t code[ENROLMENT_CODE];
	char name[PAPER_NAME + 1];
	bool committed;
	uint8_t key[SEAL_PUBLIC]; /* the device's, once committed */
};

/* Keep a new one; all but name, role, until and unattended is filled in. What was under way for the
 * same name is dead then, and what is long past is forgotten.
 * returns also ERR_BUSY, if a board that is not revoked has the name */
MUST_CHECK enum err enrolment_begin(
	struct store *s, const struct keys *k, struct enrolment *e, int64_t now);

/* Keep the text that e's code was printed as, to print it again; and what was kept.
 * returns also ERR_ABSENT */
MUST_CHECK enum err enrolment_keep_text(
	struct store *s, const struct enrolment *e, const char *text);
MUST_CHECK enum err enrolment_text(
	struct store *s, const struct enrolment *e, char out[static CODE_TEXT]);

/* All that are neither dead nor confirmed, struct enrolment each, into out. */
MUST_CHECK enum err enrolment_load(struct store *s, struct grow *out);
/* The one for a board of this name. returns also ERR_ABSENT */
MUST_CHECK enum err enrolment_find(struct store *s, const char *name, struct enrolment *out);

/* A device's POST /v1/enrol; answer is what it gets. The same device may ask again: its answer may
 * have been lost.
 * returns also ERR_FORMAT, if body is not as long as it should be
 *              ERR_DENIED, if the code is unknown, dead, past, used by another device, or not known
 *              to who sent this */
MUST_CHECK enum err enrolment_commit(struct store *s, const struct keys *k, struct span body,
	int64_t now, uint8_t answer[static PROTOCOL_ENROLLED]);

/* What the board shows. e has committed. */
void enrolment_words(const struct enrolment *e, const struct keys *k, char out[static 20]);

/* The organiser read words off the board: enrol it, if they are right.
 * returns also ERR_DENIED, if they are wrong (counted)
 *              ERR_EXPIRED, if they are and that was the last try: the code is dead
 *              ERR_BUSY, if the name was given away meanwhile */
MUST_CHECK enum err enrolment_confirm(
	struct store *s, const struct keys *k, struct enrolment *e, const char *words, int64_t now);

#endif
