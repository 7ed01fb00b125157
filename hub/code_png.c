/* A code as a picture to mail or print. */
#include "code_png.h"

#include "bitmap.h"
#include "seal.h"
#include "symbol.h"

#include <stdlib.h>

enum { DOTS = 8, DPI = 300 };

enum err code_png(const char *text, const char *path)
{
	struct symbol *symbol = malloc(sizeof(*symbol));
	struct bitmap b;

	enum err e = symbol ? symbol_make(symbol, span_of(text)) : ERR_IO;
	if (e) {
		free(symbol);
		return e;
	}
	uint32_t side = (symbol->side + 2 * SYMBOL_QUIET) * DOTS;
	size_t n = (size_t)(side + 7) / 8 * side;
	uint8_t *dots = malloc(n);
	e = dots ? bitmap_init(&b, side, side, dots, n) : ERR_IO;
	if (e == OK) {
		bitmap_clear(&b);
		for (uint32_t y = 0; y < side; y++)
			for (uint32_t x = 0; x < side; x++)
				bitmap_set(&b, x, y,
					symbol_dark(symbol, x / DOTS - SYMBOL_QUIET,
						y / DOTS - SYMBOL_QUIET));
		e = bitmap_write_png(&b, path, DPI);
		seal_wipe(dots, n);
	}
	seal_wipe(symbol, sizeof(*symbol));
	free(dots);
	free(symbol);
	return e;
}
