/* Looking for words that must not be in some bytes, however they are written. */
#include "help/names.h"

#include <string.h>

enum { FORM_MAX = 1024 };

static bool is_word_byte(uint8_t c)
{
	return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c >= 'a' && c <= 'z');
}

static bool find(struct span bytes, const uint8_t *form, size_t n, bool whole)
{
	const uint8_t *p = bytes.p, *end = bytes.p + bytes.n;

	while (n > 0 && (p = memmem(p, (size_t)(end - p), form, n)) != NULL) {
		bool joined =
			(p > bytes.p && is_word_byte(p[-1])) || (p + n < end && is_word_byte(p[n]));
		if (!whole || !joined)
			return true;
		p++;
	}
	return false;
}

bool names_whole_word(struct span text, struct span word)
{
	return find(text, word.p, word.n, true);
}

/* Capitals of ASCII and of the letters U+00E0 to U+00FE, whose capitals are 0x20 lower. */
static size_t capitals(struct span word, uint8_t *out)
{
	for (size_t i = 0; i < word.n; i++) {
		uint8_t c = word.p[i];
		bool latin = i > 0 && word.p[i - 1] == 0xc3 && c >= 0xa0 && c <= 0xbe && c != 0xb7;
		out[i] = (uint8_t)((c >= 'a' && c <= 'z') || latin ? c - 0x20 : c);
	}
	return word.n;
}

/* UTF-16 in the byte order asked for. word is UTF-8. */
static size_t utf16(struct span word, bool big, uint8_t *out)
{
	size_t n = 0;

	for (size_t i = 0; i < word.n;) {
		uint8_t lead = word.p[i];
		size_t more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
		uint32_t c = more ? lead & (0x3fu >> more) : lead;
		for (i++; more > 0 && i < word.n; more--, i++)
			c = c << 6 | (word.p[i] & 0x3f);
		uint32_t units[2] = {c, 0};
		if (c > 0xffff) {
			units[0] = 0xd800 | (c - 0x10000) >> 10;
			units[1] = 0xdc00 | ((c - 0x10000) & 0x3ff);
		}
		for (int u = 0; u < (c > 0xffff ? 2 : 1); u++) {
			out[n++] = (uint8_t)(big ? units[u] >> 8 : units[u]);
			out[n++] = (uint8_t)(big ? units[u] : units[u] >> 8);
		}
	}
	return n;
}

/* The digits of base64 that depend on word alone, where it starts at byte `shift` of a group of three. */
static size_t base64(struct span word, size_t shift, uint8_t *out)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t first = (shift * 8 + 5) / 6, last = (shift + word.n) * 8 / 6, n = 0;

	for (size_t d = first; d < last; d++) {
		unsigned v = 0;
		for (size_t bit = d * 6; bit < d * 6 + 6; bit++) {
			size_t at = bit - shift * 8;
			v = v << 1 | (word.p[at / 8] >> (7 - at % 8) & 1u);
		}
		out[n++] = (uint8_t)digits[v];
	}
	return n;
}

const char *names_found(struct span bytes, struct span word)
{
	static const char *const in_base64[] = {
		"base64", "base64, second byte", "base64, third byte"};
	uint8_t form[FORM_MAX];

	if (word.n == 0 || word.n > FORM_MAX / 4 || bytes.n == 0)
		return NULL;
	if (find(bytes, word.p, word.n, true))
		return "UTF-8";
	if (find(bytes, form, capitals(word, form), true))
		return "capitals";
	if (find(bytes, form, utf16(word, false, form), false))
		return "UTF-16LE";
	if (find(bytes, form, utf16(word, true, form), false))
		return "UTF-16BE";
	for (size_t shift = 0; shift < 3; shift++)
		if (find(bytes, form, base64(word, shift, form), false))
			return in_base64[shift];
	return NULL;
}
