/* Changing a CSV file so that every other byte stays. */
#include "csv_edit.h"

#include "csv.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { CELLS = 256, NOWHERE = -1 };

/* A row under the reader, and where its bytes are. */
struct row {
	struct csv_cell cells[CELLS];
	size_t n, begin, end; /* end: after its line end */
};

struct reading {
	struct span file;
	struct csv csv;
	struct row header, row;
};

static size_t raw_begin(struct span file, const struct csv_cell *c)
{
	size_t at = (size_t)(c->text.p - file.p);

	return at > 0 && file.p[at - 1] == '"' ? at - 1 : at;
}

static size_t raw_end(struct span file, const struct csv_cell *c)
{
	size_t at = (size_t)(c->text.p - file.p);
	bool quoted = at > 0 && file.p[at - 1] == '"';

	return at + c->text.n + quoted;
}

static enum err next_row(struct reading *r, struct row *row)
{
	enum err e = csv_row(&r->csv, row->cells, CELLS, &row->n);

	row->begin = row->end = r->csv.at;
	if (e == OK)
		row->begin = raw_begin(r->file, &row->cells[0]);
	return e == ERR_FULL ? ERR_FORMAT : e;
}

static struct reading *begin(const struct grow *file, enum err *e)
{
	struct reading *r = calloc(1, sizeof(*r));

	*e = r ? OK : ERR_IO;
	if (!r)
		return NULL;
	r->file = (struct span){file->p, file->n};
	r->csv = csv_open(r->file);
	*e = next_row(r, &r->header);
	if (*e == ERR_ABSENT)
		*e = ERR_FORMAT;
	return r;
}

/* As the list reads its header: spaces around and capitals do not count. */
static int column_of(const struct reading *r, const char *name)
{
	for (size_t i = 0; i < r->header.n; i++) {
		struct span t = r->header.cells[i].text;
		while (t.n > 0 && t.p[0] == ' ')
			t = span_cut(t, 1, t.n - 1);
		while (t.n > 0 && t.p[t.n - 1] == ' ')
			t.n--;
		if (t.n == strlen(name) && strncasecmp((const char *)t.p, name, t.n) == 0)
			return (int)i;
	}
	return NOWHERE;
}

static bool cell_is(const struct row *row, int column, const char *text)
{
	const struct csv_cell *c = &row->cells[column];
	char *plain = malloc(c->text.n + 1);
	size_t n = plain ? csv_text(c, plain) : 0;
	bool same = plain && n == strlen(text) && memcmp(plain, text, n) == 0;

	free(plain);
	return same;
}

static void put_text(struct grow *out, const char *text, char separator)
{
	const char special[] = {separator, '"', '\r', '\n', '\0'};
	bool quoted = text[strcspn(text, special)] != '\0';

	if (quoted)
		grow_bytes(out, "\"", 1);
	for (; *text; text++) {
		if (*text == '"')
			grow_bytes(out, "\"", 1);
		grow_bytes(out, text, 1);
	}
	if (quoted)
		grow_bytes(out, "\"", 1);
}

/* out takes file's place. */
static enum err replace(struct grow *file, struct grow *out, enum err e)
{
	if (e == OK && out->failed)
		e = ERR_IO;
	if (e) {
		grow_free(out);
		return e;
	}
	grow_free(file);
	*file = *out;
	return OK;
}

static enum err add_column(struct grow *file, const char *name)
{
	struct grow out = {0};
	size_t from = 0;
	enum err e;
	struct reading *r = begin(file, &e);
	const char *text = name;

	if (r)
		r->row = r->header;
	while (e == OK) {
		size_t end = raw_end(r->file, &r->row.cells[r->row.n - 1]);
		grow_bytes(&out, r->file.p + from, end - from);
		grow_bytes(&out, &r->csv.separator, 1);
		put_text(&out, text, r->csv.separator);
		from = end;
		text = "";
		e = next_row(r, &r->row);
	}
	if (e == ERR_ABSENT) {
		grow_bytes(&out, r->file.p + from, r->file.n - from);
		e = OK;
	}
	free(r);
	return replace(file, &out, e);
}

static enum err need_columns(struct grow *file, const struct csv_value *values, size_t n)
{
	enum err e = OK;

	for (size_t i = 0; i < n && e == OK; i++) {
		struct reading *r = begin(file, &e);
		bool there = e == OK && column_of(r, values[i].column) != NOWHERE;
		free(r);
		if (e == OK && !there)
			e = add_column(file, values[i].column);
	}
	return e;
}

static const char *value_for(
	const struct reading *r, size_t column, const struct csv_value *values, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (column_of(r, values[i].column) == (int)column)
			return values[i].text;
	return NULL;
}

enum err csv_edit_set(struct grow *file, const char *id, const struct csv_value *values, size_t n)
{
	struct grow out = {0};
	size_t from = 0;
	enum err e = need_columns(file, values, n);
	if (e)
		return e;
	struct reading *r = begin(file, &e);
	int key = e == OK ? column_of(r, "id") : NOWHERE;

	do
		e = e ? e : next_row(r, &r->row);
	while (e == OK &&
		(key == NOWHERE || (size_t)key >= r->row.n || !cell_is(&r->row, key, id)));
	for (size_t i = 0; e == OK && i < r->row.n; i++) {
		const char *text = value_for(r, i, values, n);
		if (!text)
			continue;
		size_t at = raw_begin(r->file, &r->row.cells[i]);
		grow_bytes(&out, r->file.p + from, at - from);
		put_text(&out, text, r->csv.separator);
		from = raw_end(r->file, &r->row.cells[i]);
	}
	if (e == OK)
		grow_bytes(&out, r->file.p + from, r->file.n - from);
	free(r);
	return replace(file, &out, e);
}

enum err csv_edit_add(struct grow *file, const struct csv_value *values, size_t n)
{
	struct grow out = {0};
	enum err e = need_columns(file, values, n);
	if (e)
		return e;
	struct reading *r = begin(file, &e);

	if (e == OK) {
		size_t end = raw_end(r->file, &r->header.cells[r->header.n - 1]);
		const char *line = end < file->n && file->p[end] == '\r' ? "\r\n" : "\n";
		grow_bytes(&out, file->p, file->n);
		if (file->p[file->n - 1] != '\n')
			grow_bytes(&out, line, strlen(line));
		for (size_t i = 0; i < r->header.n; i++) {
			const char *text = value_for(r, i, values, n);
			if (i > 0)
				grow_bytes(&out, &r->csv.separator, 1);
			put_text(&out, text ? text : "", r->csv.separator);
		}
		grow_bytes(&out, line, strlen(line));
	}
	free(r);
	return replace(file, &out, e);
}

enum err csv_edit_remove(struct grow *file, const char *column, const char *text, size_t *rows)
{
	struct grow out = {0};
	size_t from = 0;
	enum err e;
	struct reading *r = begin(file, &e);
	int key = e == OK ? column_of(r, column) : NOWHERE;

	*rows = 0;
	if (e == OK && key == NOWHERE)
		e = ERR_ABSENT;
	bool there = e == OK;
	while (there && (e = next_row(r, &r->row)) == OK) {
		if ((size_t)key >= r->row.n || !cell_is(&r->row, key, text))
			continue;
		grow_bytes(&out, r->file.p + from, r->row.begin - from);
		from = r->csv.at;
		++*rows;
	}
	if (there && e == ERR_ABSENT) {
		grow_bytes(&out, r->file.p + from, r->file.n - from);
		e = OK;
	}
	free(r);
	return replace(file, &out, e);
}
