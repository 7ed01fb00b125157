/* Independent readers of printer bytes: they give the page back, dot by dot, from the manuals' facts
 * alone, and refuse whatever a printer would not understand. */
#ifndef TESTS_HELP_PAGE_DECODE_H
#define TESTS_HELP_PAGE_DECODE_H

#include "bitmap.h"

enum { DECODE_ROWS = 12000, DECODE_ROW = 162 };

struct decoded {
	const char *fault; /* NULL: understood to the last byte */
	size_t at;         /* where the fault is */
	uint32_t rows;
	unsigned row_bytes;
	uint8_t dots[DECODE_ROWS][DECODE_ROW]; /* as sent to the head, first bit leftmost in time */
	/* Brother */
	unsigned zeros, width_mm, length_mm, type, flags, said_rows, margin, notify, mode,
		blank_rows;
	bool compressed, cuts;
	/* ESC/POS */
	unsigned bands, tallest, inits;
	uint8_t id[4];
	bool has_id, has_cut;
};

/* One whole job of row_bytes a row. */
void decode_brother(struct span job, unsigned row_bytes, struct decoded *out);
void decode_escpos(struct span job, struct decoded *out);

/* The dot of a Brother page: right is how far the paper's edge lies from the head's. */
bool decode_brother_dot(
	const struct decoded *d, unsigned width, unsigned right, uint32_t x, uint32_t y);

#endif
