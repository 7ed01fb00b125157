/* Tokens: what a code says. */
#include "token.h"

#include "seal.h"

#include <string.h>

enum { MAGIC = 4, DIGITS = TOKEN_TEXT - MAGIC, CRC_AT = TOKEN_BYTES - 2 };

static const char magic[MAGIC] = {'Z', 'Q', 'M', '1'};
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

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

/* 20 bytes are 32 digits of 5 bits with nothing left over: 5 bytes are 8 digits. */
void token_text(const struct token *t, char out[static TOKEN_TEXT + 1])
{
	uint8_t b[TOKEN_BYTES];

	token_bytes(t, b);
	memcpy(out, magic, MAGIC);
	for (size_t i = 0; i < DIGITS; i++) {
		size_t bit = i * 5;
		unsigned pair = (unsigned)b[bit / 8] << 8 |
				(bit / 8 + 1 < TOKEN_BYTES ? b[bit / 8 + 1] : 0);
		out[MAGIC + i] = alphabet[pair >> (11 - bit % 8) & 31];
	}
	out[TOKEN_TEXT] = '\0';
	seal_wipe(b, sizeof(b));
}

static int digit_value(char c)
{
	const char *at = memchr(alphabet, c, sizeof(alphabet) - 1);

	if (at)
		return (int)(at - alphabet);
	if (c == 'O')
		return 0;
	return c == 'I' || c == 'L' ? 1 : -1;
}

/* Capitals without spaces and dashes; false where even that is too long to be a code. */
static bool tidy(struct span text, char *out, size_t cap, size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < text.n; i++) {
		char c = (char)text.p[i];
		if (c == ' ' || c == '-' || c == '\r' || c == '\n' || c == '\t')
			continue;
		if (*n == cap)
			return false;
		out[(*n)++] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
	}
	return true;
}

static enum err decode(const char *digits, uint8_t b[static TOKEN_BYTES])
{
	unsigned bits = 0, have = 0;
	size_t n = 0;

	for (size_t i = 0; i < DIGITS; i++) {
		int v = digit_value(digits[i]);
		if (v < 0)
			return ERR_FORMAT;
		bits = bits << 5 | (unsigned)v;
		have += 5;
		if (have >= 8) {
			have -= 8;
			b[n++] = (uint8_t)(bits >> have);
		}
	}
	uint16_t crc = token_crc16((struct span){b, CRC_AT});
	return b[CRC_AT] == crc >> 8 && b[CRC_AT + 1] == (crc & 0xff) ? OK : ERR_FORMAT;
}

/* The kind of a longer code stands in its first byte, so in its first two digits. */
static bool longer_kind(const char *digits)
{
	int high = digit_value(digits[0]), low = digit_value(digits[1]);
	int kind = high < 0 || low < 0 ? 0 : high << 3 | low >> 2;

	return kind >= TOKEN_LATE && kind <= TOKEN_ENROLMENT;
}

enum err token_read(struct token *out, struct span text)
{
	char c[TOKEN_TEXT_MAX];
	uint8_t b[TOKEN_BYTES];
	size_t n;

	memset(out, 0, sizeof(*out));
	bool whole = tidy(text, c, sizeof(c), &n);
	enum err e = ERR_FORMAT;
	if (n < MAGIC || memcmp(c, magic, MAGIC - 1) != 0 || digit_value(c[MAGIC - 1]) != 1)
		e = ERR_ABSENT;
	else if (whole && n > TOKEN_TEXT && longer_kind(c + MAGIC))
		e = ERR_FULL;
	else if (whole && n == TOKEN_TEXT)
		e = decode(c + MAGIC, b);
	if (e == OK) {
		out->kind = b[0];
		out->epoch = b[1];
		memcpy(out->secret, b + 2, TOKEN_SECRET);
	}
	seal_wipe(c, sizeof(c));
	seal_wipe(b, sizeof(b));
	return e;
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
