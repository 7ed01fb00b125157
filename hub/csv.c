/* A strict reader of CSV: one pass, cell by cell, no look back. */
#include "csv.h"

#include <string.h>

static bool ended(const struct csv *c)
{
	return c->at >= c->bytes.n;
}

static char look(const struct csv *c)
{
	return ended(c) ? '\n' : (char)c->bytes.p[c->at];
}

static bool at_line_end(const struct csv *c)
{
	return look(c) == '\n' ||
	       (look(c) == '\r' && c->bytes.n - c->at > 1 && c->bytes.p[c->at + 1] == '\n');
}

static void next_line(struct csv *c)
{
	c->at += look(c) == '\r' ? 2 : 1;
	if (c->at > c->bytes.n)
		c->at = c->bytes.n;
	c->line++;
	c->line_start = c->at;
}

/* The separator the header has most of, quoted parts left out. */
static char find_separator(const struct csv *c)
{
	static const char separators[] = {',', ';', '\t'};
	size_t counts[COUNT(separators)] = {0};
	bool quoted = false;
	size_t best = 0;

	for (size_t i = c->at; i < c->bytes.n && c->bytes.p[i] != '\n'; i++) {
		quoted ^= c->bytes.p[i] == '"';
		for (size_t k = 0; k < COUNT(separators) && !quoted; k++)
			counts[k] += c->bytes.p[i] == (uint8_t)separators[k];
	}
	for (size_t k = 1; k < COUNT(separators); k++)
		if (counts[k] > counts[best])
			best = k;
	return separators[best];
}

/* Excel and LibreOffice write and heed such a line; LibreOffice may quote it. */
static bool take_named_separator(struct csv *c)
{
	struct csv after = *c;
	size_t quote = look(c) == '"';
	struct span line = span_cut(c->bytes, c->at, 5 + 2 * quote);

	if (line.n == 0 || memcmp(line.p + quote, "sep=", 4) != 0 ||
		!memchr(",;\t", line.p[quote + 4], 3) || (quote && line.p[6] != '"'))
		return false;
	after.at += line.n;
	if (!at_line_end(&after))
		return false;
	next_line(&after);
	after.separator = (char)line.p[quote + 4];
	*c = after;
	return true;
}

struct csv csv_open(struct span bytes)
{
	struct csv c = {.bytes = bytes, .line = 1};

	if (bytes.n >= 3 && memcmp(bytes.p, "\xEF\xBB\xBF", 3) == 0)
		c.at = c.line_start = 3;
	while (!ended(&c) && at_line_end(&c))
		next_line(&c);
	if (!take_named_separator(&c))
		c.separator = find_separator(&c);
	return c;
}

static enum err damaged(struct csv *c, const char *words)
{
	c->fault = words;
	c->fault_line = c->line;
	c->fault_column = (uint32_t)(c->at - c->line_start) + 1;
	while (!ended(c) && look(c) != '\n')
		c->at++;
	if (!ended(c))
		next_line(c);
	return ERR_FORMAT;
}

static enum err never_closed(struct csv *c, const struct csv_cell *cell)
{
	c->at = c->bytes.n;
	c->fault = "the quote that opens here is never closed; nothing after it was read";
	c->fault_line = cell->line;
	c->fault_column = cell->column;
	return ERR_FORMAT;
}

static enum err quoted_cell(struct csv *c, struct csv_cell *cell)
{
	size_t start = ++c->at;

	for (;; c->at++) {
		if (ended(c))
			return never_closed(c, cell);
		uint8_t b = c->bytes.p[c->at];
		if (b == 0)
			return damaged(c, "a zero byte; this is no text file");
		if (b == '\n') {
			c->line++;
			c->line_start = c->at + 1;
		}
		if (b != '"')
			continue;
		if (c->bytes.n - c->at < 2 || c->bytes.p[c->at + 1] != '"')
			break;
		cell->doubled = true;
		c->at++;
	}
	cell->text = span_cut(c->bytes, start, c->at - start);
	c->at++;
	if (look(c) != c->separator && !at_line_end(c))
		return damaged(c, "text after a closing quote; double the quotes inside a cell");
	return OK;
}

static enum err plain_cell(struct csv *c, struct csv_cell *cell)
{
	size_t start = c->at;

	while (look(c) != c->separator && !at_line_end(c)) {
		if (look(c) == '"')
			return damaged(c,
				"a quote inside an unquoted cell; quote the whole cell and double "
				"the quote");
		if (look(c) == '\r')
			return damaged(c, "a carriage return alone; end lines with LF or CR LF");
		if (look(c) == 0)
			return damaged(c, "a zero byte; this is no text file");
		c->at++;
	}
	cell->text = span_cut(c->bytes, start, c->at - start);
	return OK;
}

enum err csv_row(struct csv *c, struct csv_cell *cells, size_t cap, size_t *n)
{
	struct csv_cell spare = {0};
	bool full = false;

	*n = 0;
	while (!ended(c) && at_line_end(c))
		next_line(c);
	if (ended(c))
		return ERR_ABSENT;
	for (;;) {
		full |= *n == cap;
		struct csv_cell *cell = full ? &spare : &cells[*n];
		*cell = (struct csv_cell){
			.line = c->line, .column = (uint32_t)(c->at - c->line_start) + 1};
		enum err e =
			look(c) == '"' && !ended(c) ? quoted_cell(c, cell) : plain_cell(c, cell);
		if (e != OK)
			return e;
		*n += !full;
		if (ended(c) || at_line_end(c))
			break;
		c->at++;
	}
	next_line(c);
	return full ? ERR_FULL : OK;
}

size_t csv_text(const struct csv_cell *cell, char *out)
{
	size_t n = 0;

	for (size_t i = 0; i < cell->text.n; i++) {
		out[n++] = (char)cell->text.p[i];
		i += cell->doubled && cell->text.p[i] == '"';
	}
	return n;
}
