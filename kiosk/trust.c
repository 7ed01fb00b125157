/* Trust files: a few lines of text, or a root key alone. */
#include "keeper.h"

#include <stdio.h>
#include <string.h>

enum { TRUST_MAX = 512 };

static int hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_hex(struct span s, uint8_t *out, size_t n)
{
	if (s.n < 2 * n)
		return false;
	for (size_t i = 0; i < n; i++) {
		int high = hex_digit(s.p[2 * i]), low = hex_digit(s.p[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		out[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

static bool read_lines(struct trust *t, const char *text)
{
	char root[2 * SEAL_PUBLIC + 1];
	unsigned long long sequence;

	if (sscanf(text, "root %64s epoch %u sequence %llu", root, &t->epoch, &sequence) != 3)
		return false;
	t->sequence = sequence;
	return read_hex(span_of(root), t->root, SEAL_PUBLIC);
}

static bool is_bare_key(struct span s)
{
	while (s.n > 64 && (s.p[s.n - 1] == '\n' || s.p[s.n - 1] == '\r'))
		s.n--;
	return s.n == 2 * SEAL_PUBLIC;
}

enum err trust_read(struct trust *out, const char *path)
{
	struct file_bytes f;
	char text[TRUST_MAX + 1];

	*out = (struct trust){0};
	enum err e = file_read(&f, path, TRUST_MAX);
	if (e)
		return e == ERR_FULL ? ERR_FORMAT : e;
	bool good = false;
	if (f.bytes.n == SEAL_PUBLIC) {
		memcpy(out->root, f.bytes.p, SEAL_PUBLIC);
		good = true;
	} else if (is_bare_key(f.bytes)) {
		good = read_hex(f.bytes, out->root, SEAL_PUBLIC);
	} else if (span_copy_text(f.bytes, text, sizeof(text)) == OK) {
		good = read_lines(out, text);
	}
	file_free(&f);
	out->known = good;
	return good ? OK : ERR_FORMAT;
}

enum err trust_write(const struct trust *t, const char *path)
{
	char text[TRUST_MAX], root[2 * SEAL_PUBLIC + 1];

	for (size_t i = 0; i < SEAL_PUBLIC; i++)
		snprintf(root + 2 * i, 3, "%02x", t->root[i]);
	snprintf(text, sizeof(text), "root %s\nepoch %u\nsequence %llu\n", root, t->epoch,
		(unsigned long long)t->sequence);
	return file_write(path, span_of(text), 0600);
}
