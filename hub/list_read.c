/* Reads one CSV file of the list into the rows of its table: the one reader for all of them. */
#include "csv.h"
#include "encoding.h"
#include "list_inside.h"
#include "nearest.h"
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 256, COLUMNS = 32, NOT_THERE = -1, FIRST_ROWS = 64, SPARE = 64 };

struct reading {
	struct list *l;
	const struct table *t;
	enum table_id id;
	struct csv csv;
	struct csv_cell cells[CELLS];
	size_t cells_n, header_n;
	int cell_of[COLUMNS]; /* which cell of a row holds a column, or NOT_THERE */
	size_t rows_cap;
	char spare[SPARE]; /* a text that is not kept */
};

static struct origin at_line(const struct reading *r, uint32_t line)
{
	return (struct origin){.file = r->t->file, .line = line};
}

void list_decode(struct list *l, const char *file, struct span *bytes)
{
	enum encoding from = encoding_guess(*bytes);
	size_t first = utf8_fault(*bytes), n;
	struct origin at = {.file = file, .line = 1};

	if (from == ENCODING_UTF8)
		return;
	if (from == ENCODING_UTF16_LITTLE || from == ENCODING_UTF16_BIG) {
		list_fault(l, at, "", SEVERITY_ERROR,
			"the file is %s, not UTF-8; `foyer check --fix` rewrites it",
			encoding_names[from]);
	} else {
		for (size_t i = 0; i < first; i++)
			at.line += bytes->p[i] == '\n';
		list_fault(l, at, "", SEVERITY_ERROR, "byte %02X is not UTF-8; %s%s",
			bytes->p[first],
			from == ENCODING_UNKNOWN
				? "the file is in an encoding not known here: save it as UTF-8"
				: "the file looks like ",
			from == ENCODING_UNKNOWN ? ""
			: from == ENCODING_LATIN1
				? "Latin-1: `foyer check --fix` rewrites it"
				: "Windows-1252: `foyer check --fix` rewrites it");
	}
	uint8_t *again = encoding_to_utf8(*bytes, from, &n);
	free((void *)(uintptr_t)bytes->p);
	*bytes = (struct span){.p = again, .n = n};
}

static char *keep(struct list *l, const struct csv_cell *cell)
{
	char *text = list_room(l, cell->text.n + 1);

	text[csv_text(cell, text)] = 0;
	return text;
}

static const char *cell_text(struct reading *r, const struct column *c, const struct csv_cell *cell)
{
	if (cell->text.n == 0)
		return "";
	if (list_cell_keeps(c) || cell->text.n >= SPARE)
		return keep(r->l, cell);
	r->spare[csv_text(cell, r->spare)] = 0;
	return r->spare;
}

static const struct column *find_column(const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->columns_n; i++)
		if (strcmp(t->columns[i].name, name) == 0)
			return &t->columns[i];
	return NULL;
}

static void unknown_column(struct reading *r, const struct csv_cell *cell, const char *name)
{
	const char *names[COLUMNS];

	for (size_t i = 0; i < r->t->columns_n; i++)
		names[i] = r->cell_of[i] == NOT_THERE ? r->t->columns[i].name : NULL;
	const char *near = nearest_of(names, r->t->columns_n, name);
	list_fault(r->l, at_line(r, cell->line), name, SEVERITY_WARNING,
		near ? "no such column, it is not read; did you mean `%s`?"
		     : "no such column, it is not read; remove it or rename it%s",
		near ? near : "");
}

/* Headers are matched as people type them: spaces around and capitals do not count. */
static void fold_header(char *name)
{
	size_t n = strlen(name), start = strspn(name, " ");

	while (n > start && name[n - 1] == ' ')
		n--;
	for (size_t i = start; i < n; i++) {
		char c = name[i];
		name[i - start] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
	}
	name[n - start] = 0;
}

static void read_header(struct reading *r)
{
	for (size_t i = 0; i < r->cells_n; i++) {
		char *name = keep(r->l, &r->cells[i]);
		fold_header(name);
		const struct column *c = find_column(r->t, name);
		if (!c)
			continue;
		int *cell_of = &r->cell_of[c - r->t->columns];
		if (*cell_of != NOT_THERE)
			list_fault(r->l, at_line(r, r->cells[i].line), c->name, SEVERITY_ERROR,
				"the column is there twice; remove one of them");
		else
			*cell_of = (int)i;
	}
	for (size_t i = 0; i < r->cells_n; i++) {
		char *name = keep(r->l, &r->cells[i]);
		fold_header(name);
		if (*name && !find_column(r->t, name))
			unknown_column(r, &r->cells[i], name);
	}
	for (size_t i = 0; i < r->t->columns_n; i++)
		if (r->t->columns[i].need != NEED_NOTHING && r->cell_of[i] == NOT_THERE)
			list_fault(r->l, at_line(r, r->cells[0].line), r->t->columns[i].name,
				SEVERITY_ERROR, "the column is missing; add it to the header");
	r->header_n = r->cells_n;
}

static uint8_t *add_row(struct reading *r, uint32_t line)
{
	struct origin at = at_line(r, line);
	uint8_t *rows = list_rows(r->l, r->id);
	size_t n = list_count(r->l, r->id);

	if (n == r->rows_cap) {
		r->rows_cap = n ? n * 2 : FIRST_ROWS;
		rows = list_more(rows, r->rows_cap, r->t->row_size);
		memcpy((uint8_t *)r->l + r->t->rows_at, &rows, sizeof(rows));
	}
	uint8_t *row = rows + n * r->t->row_size;
	memset(row, 0, r->t->row_size);
	memcpy(row, &at, sizeof(at)); /* every row begins with its origin */
	n++;
	memcpy((uint8_t *)r->l + r->t->count_at, &n, sizeof(n));
	return row;
}

static void check_width(struct reading *r)
{
	bool empty = true;

	for (size_t i = r->header_n; i < r->cells_n; i++)
		empty = empty && r->cells[i].text.n == 0;
	if (r->cells_n < r->header_n || !empty)
		list_fault(r->l, at_line(r, r->cells[0].line), "", SEVERITY_ERROR,
			"the row has %zu cells, the header has %zu; a cell that holds the "
			"separator must be quoted",
			r->cells_n, r->header_n);
}

static void read_cell(struct reading *r, struct cell *c, size_t column)
{
	int k = r->cell_of[column];
	bool there = k != NOT_THERE && (size_t)k < r->cells_n;

	c->column = &r->t->columns[column];
	c->at.line = r->cells[there ? k : 0].line;
	c->text = there ? cell_text(r, c->column, &r->cells[k]) : "";
	if (!*c->text && c->column->need == NEED_CELL && there)
		list_fault(
			r->l, c->at, c->column->name, SEVERITY_ERROR, "is empty; it must be given");
	list_cell(r->l, c);
}

/* Times come last: the row's place says which clock they are read from. */
static void read_row(struct reading *r)
{
	struct cell c = {.table = r->t, .id = r->id, .at = at_line(r, r->cells[0].line)};

	if (r->cells_n != r->header_n)
		check_width(r);
	c.row_number = (uint32_t)list_count(r->l, r->id);
	c.row = add_row(r, r->cells[0].line);
	for (size_t i = 0; i < r->t->columns_n; i++)
		if (r->t->columns[i].kind != CELL_TIME)
			read_cell(r, &c, i);
	for (size_t i = 0; i < r->t->columns_n && r->t->place_at; i++)
		if (r->t->columns[i].kind == CELL_TIME)
			read_cell(r, &c, i);
}

/* Spreadsheets leave rows that once held something. */
static bool is_empty(const struct reading *r)
{
	for (size_t i = 0; i < r->cells_n; i++)
		for (size_t k = 0; k < r->cells[i].text.n; k++)
			if (r->cells[i].text.p[k] != ' ')
				return false;
	return true;
}

static void read_one(struct reading *r, bool *header)
{
	if (is_empty(r)) {
		list_fault(r->l, at_line(r, r->cells[0].line), "", SEVERITY_WARNING,
			"the row is empty and is not read");
		return;
	}
	if (*header)
		read_header(r);
	else
		read_row(r);
	*header = false;
}

static void read_rows(struct reading *r, struct progress *bar)
{
	bool header = true;
	enum err e;

	while ((e = csv_row(&r->csv, r->cells, CELLS, &r->cells_n)) != ERR_ABSENT) {
		progress_at(bar, r->csv.at);
		if (e == ERR_FORMAT)
			list_fault(r->l, at_line(r, r->csv.fault_line), "", SEVERITY_ERROR,
				"column %u of the line: %s", r->csv.fault_column, r->csv.fault);
		else if (e == ERR_FULL)
			list_fault(r->l, at_line(r, r->cells[0].line), "", SEVERITY_ERROR,
				"the row has more than %d cells; it was not read", CELLS);
		if (e != OK && header)
			return;
		if (e == OK)
			read_one(r, &header);
	}
	if (header)
		list_fault(r->l, at_line(r, 1), "", SEVERITY_ERROR,
			"the file is empty; its first line must name the columns");
}

enum err list_read_table(struct list *l, const char *dir, enum table_id t)
{
	char name[64];
	struct span bytes;

	snprintf(name, sizeof(name), "list/%s", list_tables[t].file);
	enum err e = list_slurp(dir, name, &bytes);
	if (e != OK)
		return e;
	list_decode(l, list_tables[t].file, &bytes);
	struct reading *r = list_more(NULL, 1, sizeof(*r));
	*r = (struct reading){.l = l, .t = &list_tables[t], .id = t, .csv = csv_open(bytes)};
	for (size_t i = 0; i < COLUMNS; i++)
		r->cell_of[i] = NOT_THERE;
	struct progress bar = progress_start(list_tables[t].file, bytes.n);
	read_rows(r, &bar);
	progress_end(&bar);
	free(r);
	free((void *)(uintptr_t)bytes.p);
	return OK;
}
