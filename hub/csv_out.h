/* Writing CSV: RFC 4180 (commas, CR LF, quotes where they are needed), UTF-8, no byte order mark.
 *
 * Spreadsheets take a cell for a formula by its first character. So where a cell, or what follows a separator
 * or line end within one (a spreadsheet of another country splits at semicolons), begins with = + - @, TAB, CR
 * or LF, or one of the first four in full width, an apostrophe goes before it. A reader who wants the text as
 * it was takes one apostrophe away from before such a character.
 *
 * One failure of memory sticks: bytes.failed. */
#ifndef HUB_CSV_OUT_H
#define HUB_CSV_OUT_H

#include "grow.h"

struct csv_out {
	struct grow bytes;
	bool begun; /* the row has a cell */
};

void csv_cell(struct csv_out *c, const char *text);
void csv_number(struct csv_out *c, uint64_t n);
void csv_yes(struct csv_out *c, bool yes); /* "yes" or "no" */
/* Time in a zone, as zone_iso. */
void csv_time(struct csv_out *c, const char *zone, int64_t wall_ms);
void csv_end_row(struct csv_out *c);
/* A row of words, separated by single spaces: the header. */
void csv_header(struct csv_out *c, const char *names);

/* Would a spreadsheet take this for a formula? */
bool csv_is_formula(const char *text);

#endif
