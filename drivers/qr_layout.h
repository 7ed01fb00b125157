/* What stands where in a QR symbol, model 2 (ISO/IEC 18004): known modules, bits, blocks. */
#ifndef DRIVERS_QR_LAYOUT_H
#define DRIVERS_QR_LAYOUT_H

#include "base.h"

enum {
	QR_VERSIONS = 40,
	QR_SIDE = 17 + 4 * QR_VERSIONS, /* modules a side of the largest */
	QR_MODULES = QR_SIDE * QR_SIDE,
	QR_CODEWORDS = 3706, /* of the largest, table 9 */
	QR_BLOCKS = 81,      /* of 40-H, table 9 */
	QR_FORMATS = 32,     /* level and mask */
	QR_FORMAT_BITS = 15,
};

enum qr_module {
	QR_LIGHT,  /* of every symbol of this version */
	QR_DARK,   /* likewise */
	QR_FORMAT, /* tells level and mask */
	QR_DATA,
};

/* Of one version: module (x, y) is at y * side + x. */
struct qr_layout {
	unsigned version, side, codewords;
	uint8_t kind[QR_MODULES]; /* enum qr_module */
	uint16_t bit[QR_CODEWORDS *
		     8]; /* the module of each bit, the first codeword's top bit first */
	uint16_t format[2][QR_FORMAT_BITS]; /* the modules of the two copies, the top bit first */
};

/* version: 1 to QR_VERSIONS. */
void qr_layout_make(struct qr_layout *out, unsigned version);

/* The 15 bits that stand for format 0 to 31: two bits of level, three of mask. */
uint16_t qr_format_bits(unsigned format);
/* Does the mask of a format exchange dark and light at (x, y)? */
bool qr_masked(unsigned format, unsigned x, unsigned y);

/* How the codewords of a version and format are cut into blocks: the first `few` hold data bytes
 * each, the others one more; each has parity bytes of its own. */
struct qr_blocks {
	unsigned blocks, few, data, parity;
};
struct qr_blocks qr_blocks_of(const struct qr_layout *l, unsigned format);
/* The place in the symbol of byte i of a block, parity behind data. */
unsigned qr_codeword_at(const struct qr_blocks *b, unsigned block, unsigned i);

#endif
