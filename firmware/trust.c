/* Trust on disk: whom a reader believes. */
#include "trust.h"

#include "file.h"
#include "hex.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { TRUST_MAX = 512, ROOT_DIGITS = 2 * SEAL_PUBLIC };

static void write_lines(const struct trust *t, char out[static TRUST_MAX])
{
	char root[ROOT_DIGITS + 1];

	hex_write((struct span){t->root, SEAL_PUBLIC}, root);
	snprintf(out, TRUST_MAX, "root %s\nepoch %" PRIu32 "\nsequence %" PRIu64 "\n", root,
		t->epoch, t->sequence);
}

/* One trust, one spelling: a number that scanf bent to fit would let an older roster in. */
static enum err read_lines(struct trust *t, struct span whole)
{
	char text[TRUST_MAX + 1], root[ROOT_DIGITS + 1], again[TRUST_MAX];

	if (span_copy_text(whole, text, sizeof(text)) != OK ||
		sscanf(text, "root %64s epoch %" SCNu32 " sequence %" SCNu64, root, &t->epoch,
			&t->sequence) != 3 ||
		hex_read(span_of(root), t->root, SEAL_PUBLIC) != OK)
		return ERR_FORMAT;
	write_lines(t, again);
	return span_equal(whole, span_of(again)) ? OK : ERR_FORMAT;
}

static struct span without_line_end(struct span s)
{
	while (s.n > 0 && (s.p[s.n - 1] == '\n' || s.p[s.n - 1] == '\r'))
		s.n--;
	return s;
}

enum err trust_read(struct trust *out, const char *path)
{
	struct file_bytes f;

	*out = (struct trust){0};
	enum err e = file_read(&f, path, TRUST_MAX);
	if (e)
		return e == ERR_FULL ? ERR_FORMAT : e;
	struct span whole = without_line_end(f.bytes);
	e = whole.n == ROOT_DIGITS ? hex_read(whole, out->root, SEAL_PUBLIC) : ERR_FORMAT;
	if (e)
		e = read_lines(out, f.bytes);
	file_free(&f);
	out->known = e == OK;
	return e;
}

enum err trust_write(const struct trust *t, const char *path)
{
	char text[TRUST_MAX];

	write_lines(t, text);
	return file_write(path, span_of(text), 0600);
}
