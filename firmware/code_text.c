/* The text of Foyer's codes. */
#include "code_text.h"

#include <string.h>

static const char magic[CODE_TEXT_MAGIC] = {'Z', 'Q', 'M', '1'};
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void code_text_write(struct span bytes, char *out)
{
	unsigned bits = 0, have = 0;

	memcpy(out, magic, CODE_TEXT_MAGIC);
	out += CODE_TEXT_MAGIC;
	for (size_t i = 0; i < bytes.n; i++) {
		bits = bits << 8 | bytes.p[i];
		for (have += 8; have >= 5; have -= 5)
			*out++ = alphabet[bits >> (have - 5) & 31];
	}
	if (have > 0)
		*out++ = alphabet[bits << (5 - have) & 31];
	*out = '\0';
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

enum err code_text_tidy(struct span text, char *out, size_t cap, size_t *n)
{
	bool full = false;

	*n = 0;
	for (size_t i = 0; i < text.n && !full; i++) {
		char c = (char)text.p[i];
		if (c == ' ' || c == '-' || c == '\r' || c == '\n' || c == '\t')
			continue;
		full = *n == cap;
		if (!full)
			out[(*n)++] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
	}
	if (*n < CODE_TEXT_MAGIC || memcmp(out, magic, CODE_TEXT_MAGIC - 1) != 0 ||
		digit_value(out[CODE_TEXT_MAGIC - 1]) != 1)
		return ERR_ABSENT;
	return full ? ERR_FULL : OK;
}

enum err code_text_bytes(const char *digits, size_t n, uint8_t *out)
{
	unsigned bits = 0, have = 0;

	for (size_t i = 0; i < n; i++) {
		int v = digit_value(digits[i]);
		if (v < 0)
			return ERR_FORMAT;
		bits = bits << 5 | (unsigned)v;
		have += 5;
		if (have >= 8) {
			have -= 8;
			*out++ = (uint8_t)(bits >> have);
		}
	}
	return have < 5 && (bits & ((1u << have) - 1)) == 0 ? OK : ERR_FORMAT;
}
