/* Tokens: what a code says.
 *
 * A token is 20 bytes: kind 1, key epoch 1, secret 16, CRC-16 2. As text (code_text.h) it is the magic
 * ZQM1 and 32 digits: 36 characters, which fit a QR symbol of version 3-Q in alphanumeric mode. The CRC
 * is CRC-16/CCITT-FALSE (polynomial 0x1021, start 0xffff) over the 18 bytes before it, big-endian: it
 * catches misreads and is no protection. */
#ifndef FIRMWARE_TOKEN_H
#define FIRMWARE_TOKEN_H

#include "base.h"

enum token_kind {
	TOKEN_INVITATION = 1, /* mailed; opens the agenda and the first badge */
	TOKEN_BADGE = 2,      /* printed on a badge */
	TOKEN_CARD = 3,       /* a staff card; opens nothing without its PIN */
	TOKEN_LATE = 4,       /* signed: a guest registered after the roster */
	TOKEN_REVOCATION = 5, /* signed */
	TOKEN_LEASE = 6,      /* signed */
	TOKEN_ENROLMENT = 7,
};

enum {
	TOKEN_BYTES = 20,
	TOKEN_SECRET = 16,
	TOKEN_LABEL = 8,
	TOKEN_TEXT = 36,      /* without a final NUL */
	TOKEN_TEXT_MAX = 512, /* the longest text any scanner may hand on */
};

struct token {
	uint8_t kind; /* as written: 1 to 7 are known, the rest finds nothing */
	uint8_t epoch;
	uint8_t secret[TOKEN_SECRET];
};

/* Write t as text with a final NUL. */
void token_text(const struct token *t, char out[static TOKEN_TEXT + 1]);

/* Read a token as a scanner or a person gave it: spaces, dashes and a final CR or LF are skipped,
 * small letters count as capitals, O as 0, I and L as 1 (Crockford).
 * returns: OK
 *          ERR_ABSENT, if it is no Foyer code at all (another magic)
 *          ERR_FULL, if it is one of the longer, signed codes (kind 4 to 7)
 *          ERR_FORMAT, if the magic is right and the rest is torn, misread or too long */
MUST_CHECK enum err token_read(struct token *out, struct span text);

/* The token of this kind, issue and person's id under a key that the event derives for that kind:
 * secret = BLAKE2b-128(key, kind u8 || issue u32 || id); ids are at most 32 bytes. The epoch says which
 * key it was. */
struct token_name {
	enum token_kind kind;
	uint8_t epoch;
	uint32_t issue;
	struct span id;
};
void token_derive(struct token *out, const uint8_t key[static 32], const struct token_name *name);

/* What the roster is searched for: BLAKE2b-64(secret, "label" || kind || epoch). */
void token_label(const struct token *t, uint8_t label[static TOKEN_LABEL]);

/* "invitation", "badge" …, or "unknown". Static. */
const char *token_kind_name(unsigned kind);

uint16_t token_crc16(struct span s);

#endif
