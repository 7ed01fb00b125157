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

static int value(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

enum err hex_read(struct span text, uint8_t *out, size_t n)
{
	if (text.n != 2 * n)
		return ERR_FORMAT;
	for (size_t i = 0; i < n; i++) {
		int high = value(text.p[2 * i]), low = value(text.p[2 * i + 1]);
		if (high < 0 || low < 0)
			return ERR_FORMAT;
		out[i] = (uint8_t)(high << 4 | low);
	}
	return OK;
}
