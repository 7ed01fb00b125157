/* Tokens: what a code says. */
#include "token.h"

#include "code_text.h"
#include "seal.h"

#include <string.h>

enum { DIGITS = TOKEN_TEXT - CODE_TEXT_MAGIC, CRC_AT = TOKEN_BYTES - 2 };
_Static_assert((int)CODE_TEXT_LENGTH(TOKEN_BYTES) == (int)TOKEN_TEXT, "nothing is left over");

uint16_t token_crc16(struct span s)
{
	uint16_t crc = 0xffff;

	for (size_t i = 0; i < s.n; i++) {
		crc = (uint16_t)(crc ^ s.p[i] << 8);
		for (int bit = 0; bit < 8; bit++)
			crc = (uint16_t)(crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1);
	}
	return crc;
}

static void token_bytes(const struct token *t, uint8_t b[static TOKEN_BYTES])
{
	b[0] = t->kind;
	b[1] = t->epoch;
	memcpy(b + 2, t->secret, TOKEN_SECRET);
	uint16_t crc = token_crc16((struct span){b, CRC_AT});
	b[CRC_AT] = (uint8_t)(crc >> 8);
	b[CRC_AT + 1] = (uint8_t)crc;
}

void token_text(const struct token *t, char out[static TOKEN_TEXT + 1])
{
	uint8_t b[TOKEN_BYTES];

	token_bytes(t, b);
	code_text_write((struct span){b, sizeof(b)}, out);
	seal_wipe(b, sizeof(b));
}

static enum err decode(const char *digits, uint8_t b[static TOKEN_BYTES])
{
	if (code_text_bytes(digits, DIGITS, b) != OK)
		return ERR_FORMAT;
	uint16_t crc = token_crc16((struct span){b, CRC_AT});
	return b[CRC_AT] == crc >> 8 && b[CRC_AT + 1] == (crc & 0xff) ? OK : ERR_FORMAT;
}

/* The kind of a longer code stands in its first byte, so in its first two digits. */
static bool longer_kind(const char *digits)
{
	char two[] = {digits[0], digits[1], '0', '0'};
	uint8_t b[2];

	return code_text_bytes(two, sizeof(two), b) == OK && b[0] >= TOKEN_LATE &&
	       b[0] <= TOKEN_ENROLMENT;
}

enum err token_read(struct token *out, struct span text)
{
	char c[TOKEN_TEXT_MAX];
	uint8_t b[TOKEN_BYTES];
	size_t n;

	memset(out, 0, sizeof(*out));
	enum err e = code_text_tidy(text, c, sizeof(c), &n);
	if (e == ERR_FULL)
		e = ERR_FORMAT;
	else if (e == OK && n > TOKEN_TEXT && longer_kind(c + CODE_TEXT_MAGIC))
		e = ERR_FULL;
	else if (e == OK)
		e = n == TOKEN_TEXT ? decode(c + CODE_TEXT_MAGIC, b) : ERR_FORMAT;
	if (e == OK) {
		out->kind = b[0];
		out->epoch = b[1];
		memcpy(out->secret, b + 2, TOKEN_SECRET);
	}
	seal_wipe(c, sizeof(c));
	seal_wipe(b, sizeof(b));
	return e;
}

void token_derive(struct token *out, const uint8_t key[static 32], const struct token_name *name)
{
	uint8_t message[64];
	struct sink m = sink_on(message, sizeof(message));

	*out = (struct token){.kind = (uint8_t)name->kind, .epoch = name->epoch};
	sink_u8(&m, (uint8_t)name->kind);
	sink_u32(&m, name->issue);
	sink_bytes(&m, name->id.p, name->id.n);
	seal_hash((struct span){key, SEAL_KEY}, (struct span){message, m.n}, out->secret,
		TOKEN_SECRET);
}

void token_label(const struct token *t, uint8_t label[static TOKEN_LABEL])
{
	uint8_t message[] = {'l', 'a', 'b', 'e', 'l', t->kind, t->epoch};

	seal_hash((struct span){t->secret, TOKEN_SECRET}, (struct span){message, sizeof(message)},
		label, TOKEN_LABEL);
}

const char *token_kind_name(unsigned kind)
{
	static const char *const names[] = {
		"unknown",
		"invitation",
		"badge",
		"card",
		"late",
		"revocation",
		"lease",
		"enrolment",
	};
	return names[kind < COUNT(names) ? kind : 0];
}
