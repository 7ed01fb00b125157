/* The QR symbol: text in, modules out. */
#ifndef DRIVERS_SYMBOL_H
#define DRIVERS_SYMBOL_H

#include "base.h"

enum { SYMBOL_QUIET = 4, SYMBOL_SIDE = 177 }; /* ISO/IEC 18004: quiet zone; version 40's side */

/* side x side modules, row by row, 1 = dark; without the quiet zone. */
struct symbol {
	unsigned side;
	uint8_t dark[SYMBOL_SIDE * SYMBOL_SIDE];
};

/* The smallest symbol that holds content at error correction Q: alphanumeric mode where content
 * has only digits, capitals and " $%*+-./:", else bytes. A token (36 characters) is version 3, 29
 * modules a side.
 * returns: OK
 *          ERR_FULL, if content is empty or too long for version 40
 *          ERR_IO, if memory is out */
MUST_CHECK enum err symbol_make(struct symbol *out, struct span content);
bool symbol_dark(const struct symbol *s, unsigned x, unsigned y);

/* Pixels a module gets in a square of side pixels with the quiet zone inside; 0: it does not fit.
 */
unsigned symbol_scale(const struct symbol *s, uint32_t side);

#endif
