/* Trust on disk: whom a reader believes. */
#include "trust.h"

#include "file.h"
#include "hex.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { TRUST_MAX = 512, ROOT_DIGITS = 2 * SEAL_PUBLIC };

static enum err read_lines(struct trust *t, const char *text)
{
	char root[ROOT_DIGITS + 1];
	int end = 0;

	int n = sscanf(text, "root %64s epoch %" SCNu32 " sequence %" SCNu64 " %n", root, &t->epoch,
		&t->sequence, &end);
	if (n != 3 || text[end] != '\0')
		return ERR_FORMAT;
	return hex_read(span_of(root), t->root, SEAL_PUBLIC);
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
	char text[TRUST_MAX + 1];

	*out = (struct trust){0};
	enum err e = file_read(&f, path, TRUST_MAX);
	if (e)
		return e == ERR_FULL ? ERR_FORMAT : e;
	struct span whole = without_line_end(f.bytes);
	e = whole.n == ROOT_DIGITS ? hex_read(whole, out->root, SEAL_PUBLIC) : ERR_FORMAT;
	if (e && span_copy_text(f.bytes, text, sizeof(text)) == OK)
		e = read_lines(out, text);
	file_free(&f);
	out->known = e == OK;
	return e;
}

enum err trust_write(const struct trust *t, const char *path)
{
	char text[TRUST_MAX], root[ROOT_DIGITS + 1];

	hex_write((struct span){t->root, SEAL_PUBLIC}, root);
	snprintf(text, sizeof(text), "root %s\nepoch %" PRIu32 "\nsequence %" PRIu64 "\n", root,
		t->epoch, t->sequence);
	return file_write(path, span_of(text), 0600);
}
