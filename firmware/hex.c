/* Bytes as hexadecimal digits. */
#include "hex.h"

void hex_write(struct span bytes, char *out)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < bytes.n; i++) {
		*out++ = digits[bytes.p[i] >> 4];
		*out++ = digits[bytes.p[i] & 15];
	}
	*out = '\0';
}

/* A digit's value and one more; 0: it is none. */
static const uint8_t values[256] = {['0'] = 1,
	['1'] = 2,
	['2'] = 3,
	['3'] = 4,
	['4'] = 5,
	['5'] = 6,
	['6'] = 7,
	['7'] = 8,
	['8'] = 9,
	['9'] = 10,
	['a'] = 11,
	['b'] = 12,
	['c'] = 13,
	['d'] = 14,
	['e'] = 15,
	['f'] = 16,
	['A'] = 11,
	['B'] = 12,
	['C'] = 13,
	['D'] = 14,
	['E'] = 15,
	['F'] = 16};

enum err hex_read(struct span text, uint8_t *out, size_t n)
{
	if (text.n != 2 * n)
		return ERR_FORMAT;
	for (size_t i = 0; i < n; i++) {
		unsigned high = values[text.p[2 * i]], low = values[text.p[2 * i + 1]];
		if (high == 0 || low == 0)
			return ERR_FORMAT;
		out[i] = (uint8_t)((high - 1) << 4 | (low - 1));
	}
	return OK;
}
