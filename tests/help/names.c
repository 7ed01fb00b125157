/* Looking for words that must not be in some bytes, however they are written. */
#include "help/names.h"

#include <string.h>

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

/* In the other case: ASCII, and the letters U+00E0 to U+00FE, whose capitals are 0x20 lower. */
static size_t other_case(struct span word, uint8_t from, uint8_t *out)
{
	uint8_t accented = (uint8_t)(from == 'a' ? 0xa0 : 0x80);

	for (size_t i = 0; i < word.n; i++) {
		uint8_t c = word.p[i];
		bool latin = i > 0 && word.p[i - 1] == 0xc3 && c >= accented &&
			     c <= accented + 0x1e && c != accented + 0x17;
		bool letter = c >= from && c <= from + 25;
		out[i] = (uint8_t)(letter || latin ? c ^ 0x20 : c);
	}
	return word.n;
}

/* The next character of UTF-8 that is known to be sound. */
static uint32_t next(struct span word, size_t *at)
{
	uint8_t lead = word.p[(*at)++];
	size_t more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
	uint32_t c = more ? lead & (0x3fu >> more) : lead;

	for (; more > 0 && *at < word.n; more--)
		c = c << 6 | (word.p[(*at)++] & 0x3f);
	return c;
}

static size_t latin1(struct span word, uint8_t *out)
{
	size_t n = 0;

	for (size_t i = 0; i < word.n;) {
		uint32_t c = next(word, &i);
		if (c > 0xff)
			return 0;
		out[n++] = (uint8_t)c;
	}
	return n;
}

static size_t utf32(struct span word, uint8_t *out)
{
	size_t n = 0;

	for (size_t i = 0; i < word.n; n += 4)
		store_u32(out + n, next(word, &i));
	return n;
}

/* UTF-16 in the byte order asked for. */
static size_t utf16(struct span word, bool big, uint8_t *out)
{
	size_t n = 0;

	for (size_t i = 0; i < word.n;) {
		uint32_t c = next(word, &i);
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

static size_t write_form(struct span word, enum names_form form, uint8_t *out)
{
	uint8_t small[NAMES_WORD];

	switch (form) {
	case NAMES_UTF8:
		memcpy(out, word.p, word.n);
		return word.n;
	case NAMES_CAPITALS:
		return other_case(word, 'a', out);
	case NAMES_SMALL:
		return other_case(word, 'A', out);
	case NAMES_LATIN1:
		return latin1(word, out);
	case NAMES_UTF16LE:
	case NAMES_UTF16BE:
		return utf16(word, form == NAMES_UTF16BE, out);
	case NAMES_SMALL_UTF16LE:
		return utf16((struct span){small, other_case(word, 'A', small)}, false, out);
	case NAMES_UTF32LE:
		return utf32(word, out);
	case NAMES_BASE64:
	case NAMES_BASE64_SECOND:
	case NAMES_BASE64_THIRD:
		return base64(word, form - NAMES_BASE64, out);
	case NAMES_FORMS:
		break;
	}
	return 0;
}

size_t names_form(struct span word, enum names_form form, uint8_t out[static NAMES_BYTES])
{
	if (word.n == 0 || word.n > NAMES_WORD)
		return 0;
	size_t n = write_form(word, form, out);
	bool same = form != NAMES_UTF8 && n == word.n && memcmp(out, word.p, n) == 0;
	return same ? 0 : n;
}

const char *names_form_name(enum names_form form)
{
	static const char *const names[NAMES_FORMS] = {"UTF-8", "capitals", "small letters",
		"Latin-1", "UTF-16LE", "UTF-16BE", "small letters in UTF-16LE", "UTF-32LE",
		"base64", "base64, second byte", "base64, third byte"};

	return names[form];
}

const char *names_found(struct span bytes, struct span word)
{
	uint8_t form[NAMES_BYTES];

	for (unsigned i = 0; i < NAMES_FORMS && bytes.n > 0; i++) {
		enum names_form which = (enum names_form)i;
		size_t n = names_form(word, which, form);
		if (find(bytes, form, n, which <= NAMES_LATIN1))
			return names_form_name(which);
	}
	return NULL;
}
