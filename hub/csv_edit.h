/* Changing a CSV file of the list so that every other byte stays: separators, quotes, line ends, the order of
 * rows and columns, columns that nobody knows. file holds the whole file; its memory is the caller's.
 *
 * Errors of all: OK; ERR_FORMAT, if the file is not well-formed; ERR_IO, if memory is out. */
#ifndef HUB_CSV_EDIT_H
#define HUB_CSV_EDIT_H

#include "grow.h"

struct csv_value {
	const char *column, *text;
};

/* Give the row with this id (column `id`) other texts; a column that is not there is added to all rows.
 * returns also ERR_ABSENT, if there is no such row */
MUST_CHECK enum err csv_edit_set(
	struct grow *file, const char *id, const struct csv_value *values, size_t n);
/* Add a row at the end; columns without a value are empty, columns that are not there are added. */
MUST_CHECK enum err csv_edit_add(struct grow *file, const struct csv_value *values, size_t n);
/* Take out every row in whose column the text stands. *rows: how many. returns also ERR_ABSENT, if there is no
 * such column */
MUST_CHECK enum err csv_edit_remove(
	struct grow *file, const char *column, const char *text, size_t *rows);

#endif
