/* Scanners that send text: where one code ends and the next begins. */
#include "scanner_link.h"

#include <string.h>

enum { NUL = 0x00, ETX = 0x03, LF = 0x0a, CR = 0x0d, DEL = 0x7f };

enum err scanner_line_end(struct scanner_line *l, struct scan *out)
{
	memset(out, 0, sizeof(*out));
	if (l->n == 0 && !l->too_long)
		return ERR_ABSENT;
	if (l->too_long)
		out->kind = SCAN_LONG;
	else if (wedge_undo_text((struct span){l->text, l->n}, out) == ERR_FULL)
		out->kind = SCAN_LONG;
	memset(l, 0, sizeof(*l));
	return OK;
}

enum err scanner_line_byte(struct scanner_line *l, uint8_t byte, int64_t now_ms, struct scan *out)
{
	l->last_ms = now_ms;
	switch (byte) {
	case NUL:
	case ETX:
	case LF:
	case CR:
		return scanner_line_end(l, out);
	default:
		break;
	}
	if (byte < ' ' || byte == DEL)
		return ERR_ABSENT;
	if (l->n == sizeof(l->text))
		l->too_long = true;
	else
		l->text[l->n++] = byte;
	return ERR_ABSENT;
}

enum err scanner_text_feed(
	struct scanner_input *in, const uint8_t *unit, int64_t now_ms, struct scan *out)
{
	return scanner_line_byte(&in->line, *unit, now_ms, out);
}

enum err scanner_text_end(struct scanner_input *in, struct scan *out)
{
	return scanner_line_end(&in->line, out);
}
