/* Recognises what spreadsheets write in place of UTF-8, and rewrites it. */
#include "encoding.h"

#include <stdlib.h>
#include <string.h>

enum { REPLACEMENT = 0xFFFD };

const char *const encoding_names[] = {"UTF-8", "Latin-1", "Windows-1252", "UTF-16 (little-endian)",
	"UTF-16 (big-endian)", "no encoding known here"};

/* Windows-1252, 80 to 9F, as published by Unicode (CP1252.TXT); 0: not used. */
static const uint16_t windows_1252[32] = {0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
	0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D,
	0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178};

static size_t next(struct span s, size_t at, uint32_t *point)
{
	return span_point(span_cut(s, at, s.n - at), point);
}

size_t utf8_fault(struct span s)
{
	size_t at = 0;

	while (at < s.n) {
		size_t n = span_character(span_cut(s, at, s.n - at));
		if (n == 0)
			break;
		at += n;
	}
	return at;
}

/* A header line of plain letters in UTF-16 has a zero in every second byte. */
static bool looks_utf16(struct span s, bool big)
{
	size_t pairs = s.n / 2 < 16 ? s.n / 2 : 16, zeros = 0;

	for (size_t i = 0; i < pairs; i++)
		zeros += s.p[2 * i + !big] == 0 && s.p[2 * i + big] != 0;
	return pairs > 0 && zeros == pairs;
}

enum encoding encoding_guess(struct span s)
{
	enum encoding guess = ENCODING_UTF8;
	uint32_t point;

	if (s.n >= 2 && s.p[0] == 0xFF && s.p[1] == 0xFE)
		return ENCODING_UTF16_LITTLE;
	if (s.n >= 2 && s.p[0] == 0xFE && s.p[1] == 0xFF)
		return ENCODING_UTF16_BIG;
	if (looks_utf16(s, false))
		return ENCODING_UTF16_LITTLE;
	if (looks_utf16(s, true))
		return ENCODING_UTF16_BIG;
	for (size_t at = utf8_fault(s); at < s.n;) {
		size_t n = next(s, at, &point);
		uint8_t b = s.p[at];
		at += n ? n : 1;
		if (n)
			continue;
		if (b < 0xA0 && windows_1252[b - 0x80] == 0)
			return ENCODING_UNKNOWN;
		if (b < 0xA0)
			guess = ENCODING_WINDOWS_1252;
		else if (guess == ENCODING_UTF8)
			guess = ENCODING_LATIN1;
	}
	return guess;
}

static size_t put(uint8_t *out, uint32_t v)
{
	if (v < 0x80) {
		out[0] = (uint8_t)v;
		return 1;
	}
	size_t n = v < 0x800 ? 2 : v < 0x10000 ? 3 : 4;
	for (size_t i = n - 1; i > 0; i--, v >>= 6)
		out[i] = (uint8_t)(0x80 | (v & 0x3F));
	out[0] = (uint8_t)((0xF00 >> n & 0xFF) | v);
	return n;
}

static uint32_t unit(struct span s, size_t at, bool big)
{
	return (uint32_t)(big ? s.p[at] << 8 | s.p[at + 1] : s.p[at + 1] << 8 | s.p[at]);
}

static size_t from_utf16(struct span s, bool big, uint8_t *out)
{
	size_t n = 0;

	for (size_t at = 0; s.n - at > 1; at += 2) {
		uint32_t v = unit(s, at, big);
		if (v == 0xFEFF && at == 0)
			continue;
		if (v >= 0xD800 && v <= 0xDBFF && s.n - at > 3) {
			uint32_t low = unit(s, at + 2, big);
			if (low >= 0xDC00 && low <= 0xDFFF) {
				v = 0x10000 + ((v - 0xD800) << 10) + (low - 0xDC00);
				at += 2;
			}
		}
		n += put(out + n, v >= 0xD800 && v <= 0xDFFF ? REPLACEMENT : v);
	}
	return n;
}

static size_t from_bytes(struct span s, bool replace, uint8_t *out)
{
	size_t n = 0;
	uint32_t v;

	for (size_t at = 0; at < s.n;) {
		size_t step = next(s, at, &v);
		if (step == 0) {
			step = 1;
			v = s.p[at];
			if (replace)
				v = REPLACEMENT;
			else if (v < 0xA0)
				v = windows_1252[v - 0x80];
		}
		n += put(out + n, v);
		at += step;
	}
	return n;
}

uint8_t *encoding_to_utf8(struct span s, enum encoding from, size_t *n)
{
	uint8_t *out = malloc(s.n * 3 + 4);

	if (!out)
		abort();
	if (from == ENCODING_UTF16_LITTLE || from == ENCODING_UTF16_BIG)
		*n = from_utf16(s, from == ENCODING_UTF16_BIG, out);
	else
		*n = from_bytes(s, from == ENCODING_UNKNOWN, out);
	return out;
}
