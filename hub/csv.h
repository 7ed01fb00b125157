/* A strict reader of CSV (RFC 4180) over bytes in memory that knows where every cell stands.
 *
 * It takes the separators , ; and TAB (whichever the header line has most of), lines ended by LF or
 * CR LF, a byte order mark, and a first line `sep=;`, with which spreadsheets name the separator. Cells
 * may be quoted, hold separators and line ends then, and double their quotes. Lines without any
 * character are passed over. Nothing is copied or allocated. */
#ifndef HUB_CSV_H
#define HUB_CSV_H

#include "base.h"

struct csv_cell {
	struct span text; /* within the file; without the outer quotes, inner ones still doubled */
	bool doubled;     /* text has doubled quotes: csv_text undoubles them */
	uint32_t line, column; /* of the first byte, both from 1; column counts bytes */
};

struct csv {
	struct span bytes;
	size_t at, line_start;
	uint32_t line; /* the line the reader stands on */
	char separator;
	/* after ERR_FORMAT: what was wrong and where; the words are static */
	const char *fault;
	uint32_t fault_line, fault_column;
};

/* Lines are counted in 32 bits: bytes must be fewer than 4 GiB. */
struct csv csv_open(struct span bytes);

/* The next row's cells; *n of them, at least one.
 * returns: OK
 *          ERR_ABSENT, at the end of the file
 *          ERR_FORMAT, if the row is damaged: see fault; reading goes on in the next line, or,
 * after a quote that is never closed, ends ERR_FULL, if the row has more than cap cells; it is
 * passed over and *n is cap */
MUST_CHECK enum err csv_row(struct csv *c, struct csv_cell *cells, size_t cap, size_t *n);

/* The cell's text with inner quotes single, into out, which has room for cell->text.n bytes.
 * returns: its length */
size_t csv_text(const struct csv_cell *cell, char *out);

#endif
