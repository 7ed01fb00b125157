/* Any bytes as CSV: every cell lies inside the file where it says, and the reading ends. */
#include "csv.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { CELLS = 8 };

static void judge(const struct csv *c, const struct csv_cell *cell)
{
	struct span s = cell->text, whole = c->bytes;
	char *text = malloc(s.n + 1);

	if (s.n > 0 && (s.p < whole.p || s.n > whole.n || s.p > whole.p + (whole.n - s.n)))
		abort();
	if (cell->line == 0 || cell->column == 0 || cell->line > c->line)
		abort();
	size_t n = csv_text(cell, text);
	if (n > s.n || (!cell->doubled && (n != s.n || (n > 0 && memcmp(text, s.p, n) != 0))))
		abort();
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct csv_cell cells[CELLS];
	struct csv c = csv_open((struct span){p, n});

	for (;;) {
		size_t found = 0, before = c.at;
		enum err e = csv_row(&c, cells, CELLS, &found);
		if (e == ERR_ABSENT)
			return 0;
		if (c.at <= before || c.at > n)
			abort();
		if (e == ERR_FORMAT) {
			if (!c.fault || c.fault_line == 0 || c.fault_line > c.line)
				abort();
			continue;
		}
		if ((e && e != ERR_FULL) || found == 0 || found > CELLS)
			abort();
		for (size_t i = 0; i < found; i++)
			judge(&c, &cells[i]);
	}
}
