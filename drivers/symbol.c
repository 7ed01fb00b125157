/* The QR symbol, by libqrencode. */
#include "symbol.h"

#include <errno.h>
#include <qrencode.h>
#include <string.h>

/* ISO/IEC 18004: no symbol at level Q holds more characters than 40-Q in alphanumeric mode. */
enum { CONTENT_MAX = 2420 };

static bool alphanumeric(struct span s)
{
	static const char set[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == 0 || strchr(set, s.p[i]) == NULL)
			return false;
	return true;
}

static QRcode *encode(struct span content)
{
	QRencodeMode mode = alphanumeric(content) ? QR_MODE_AN : QR_MODE_8;
	QRinput *input = QRinput_new2(0, QR_ECLEVEL_Q);
	QRcode *code = NULL;
	int e = 0;

	if (input == NULL)
		return NULL;
	if (QRinput_append(input, mode, (int)content.n, content.p) == 0)
		code = QRcode_encodeInput(input);
	e = errno;
	QRinput_free(input);
	errno = e;
	return code;
}

enum err symbol_make(struct symbol *out, struct span content)
{
	QRcode *code = NULL;

	memset(out, 0, sizeof(*out));
	if (content.n == 0 || content.n > CONTENT_MAX)
		return ERR_FULL;
	code = encode(content);
	if (code == NULL)
		return errno == ENOMEM ? ERR_IO : ERR_FULL;
	out->side = (unsigned)code->width;
	for (size_t i = 0; i < (size_t)out->side * out->side; i++)
		out->dark[i] = code->data[i] & 1;
	QRcode_free(code);
	return OK;
}

bool symbol_dark(const struct symbol *s, unsigned x, unsigned y)
{
	return x < s->side && y < s->side && s->dark[y * s->side + x] != 0;
}

unsigned symbol_scale(const struct symbol *s, uint32_t side)
{
	return s->side == 0 ? 0 : (unsigned)(side / (s->side + 2 * SYMBOL_QUIET));
}
