/* What a serial scanner or a paste may send: each text ends, is bounded and printable. */
#include "scanner_link.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void judge(const struct scan *s)
{
	if (s->n > WEDGE_TEXT || s->text[s->n] != '\0' || (s->kind == SCAN_LONG && s->n > 0))
		abort();
	for (size_t i = 0; i < s->n; i++)
		if ((unsigned char)s->text[i] < ' ' || s->text[i] == 0x7f)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct scanner_line line = {0};
	struct scan out, again;

	for (size_t i = 0; i < n; i++)
		if (scanner_line_byte(&line, p[i], (int64_t)i, &out) == OK)
			judge(&out);
	if (scanner_line_end(&line, &out) == OK)
		judge(&out);
	enum err e = wedge_undo_text((struct span){p, n}, &out);
	judge(&out);
	/* What is undone already is not undone again. */
	if (e == OK && (wedge_undo_text((struct span){(uint8_t *)out.text, out.n}, &again) != OK ||
			       again.n != out.n))
		abort();
	return 0;
}
