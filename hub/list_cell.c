/* Reads one cell by its column's kind, and says what is wrong with it. */
#include "list_inside.h"
#include "nearest.h"
#include "roster.h"
#include "zone.h"

#include <stdio.h>
#include <string.h>

enum { ALLOWED = 256 };

static void say(struct list *l, const struct cell *c, const char *words, const char *remedy)
{
	list_fault(
		l, c->at, c->column->name, SEVERITY_ERROR, "`%s` %s; %s", c->text, words, remedy);
}

/* Say what is wrong with a text as such: its length, letters that no text should have. */
static void check_text(struct list *l, const struct cell *c)
{
	struct span s = span_of(c->text);
	const char *bad = NULL;
	uint32_t v = 0, bad_point = 0, points = 0;
	/* Notes and directions may have lines. */
	bool lines = c->column->points > LIST_NAME_POINTS;

	for (size_t at = 0, n; (n = span_point(span_cut(s, at, s.n - at), &v)) > 0;
		at += n, points++)
		if (!bad && point_fault(v) && !(lines && (v == '\n' || v == '\r' || v == '\t'))) {
			bad = point_fault(v);
			bad_point = v;
		}
	if (bad)
		list_fault(l, c->at, c->column->name, SEVERITY_ERROR,
			"%s (U+%04X) in the text; remove it", bad, bad_point);
	if (points > c->column->points)
		list_fault(l, c->at, c->column->name, SEVERITY_ERROR,
			"%u letters long, at most %u fit; shorten it", points, c->column->points);
	else if (s.n > c->column->bytes)
		list_fault(l, c->at, c->column->name, SEVERITY_ERROR,
			"%zu bytes long, at most %u fit; shorten it", s.n, c->column->bytes);
}

static void store(const struct cell *c, const void *value, size_t n)
{
	memcpy(c->row + c->column->at, value, n);
}

static void read_text(struct list *l, const struct cell *c)
{
	store(c, &c->text, sizeof(c->text));
	check_text(l, c);
}

static void read_id(struct list *l, const struct cell *c)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
	size_t n = strlen(c->text);

	store(c, &c->text, sizeof(c->text));
	if (n == 0)
		return;
	if (n > LIST_ID || strspn(c->text, letters) != n) {
		say(l, c, "is no id", "use 1 to 32 of A-Z a-z 0-9 . _ -");
		return;
	}
	int32_t same = list_remember(l, c->id, c->text, c->row_number);
	if (same < 0)
		return;
	struct origin other;
	memcpy(&other, list_rows(l, c->id) + (size_t)same * c->table->row_size, sizeof(other));
	list_fault(l, c->at, c->column->name, SEVERITY_ERROR,
		"`%s` is the id of line %u already; give one of them another", c->text, other.line);
}

static void read_reference(struct list *l, const struct cell *c)
{
	int32_t row = *c->text ? list_find(l, c->column->to, c->text) : -1;
	const char *file = list_tables[c->column->to].file;

	store(c, &row, sizeof(row));
	if (c->column->text_at)
		memcpy(c->row + c->column->text_at, &c->text, sizeof(c->text));
	if (row >= 0 || !*c->text)
		return;
	const char *near = list_nearest(l, c->column->to, c->text);
	if (near)
		list_fault(l, c->at, c->column->name, SEVERITY_ERROR,
			"`%s` is no id of %s; did you mean `%s`?", c->text, file, near);
	else
		list_fault(l, c->at, c->column->name, SEVERITY_ERROR,
			"`%s` is no id of %s; correct it or add the row there", c->text, file);
}

static void read_guest(struct list *l, const struct cell *c)
{
	int32_t row = *c->text ? list_find(l, c->column->to, c->text) : -1;
	const char *text = row < 0 ? c->text : "";

	store(c, &row, sizeof(row));
	memcpy(c->row + c->column->text_at, &text, sizeof(text));
	if (row >= 0)
		return;
	check_text(l, c);
	const char *near = list_nearest(l, c->column->to, c->text);
	if (near)
		list_fault(l, c->at, c->column->name, SEVERITY_WARNING,
			"`%s` is no id of people.csv and is taken as a company's name; did you "
			"mean "
			"`%s`?",
			c->text, near);
}

/* "a, b or c" */
static void allowed(const struct column *c, char *out, size_t cap)
{
	size_t n = 0;

	out[0] = 0;
	for (int i = 0; i < c->codes_n && n < cap; i++)
		n += (size_t)snprintf(out + n, cap - n, "%s%s",
			i == 0                ? ""
			: i == c->codes_n - 1 ? " or "
					      : ", ",
			c->codes[i]);
}

static void read_code(struct list *l, const struct cell *c)
{
	int code =
		*c->text ? code_index(c->column->codes, c->column->codes_n, span_of(c->text)) : 0;

	if (code < 0) {
		char words[ALLOWED], most[ALLOWED + 32];
		allowed(c->column, words, sizeof(words));
		const char *near =
			nearest_of(c->column->codes, (size_t)c->column->codes_n, c->text);
		snprintf(most, sizeof(most), "allowed are %s%s%s%s", words,
			near ? "; did you mean `" : "", near ? near : "", near ? "`?" : "");
		say(l, c, "is not allowed", most);
		code = 0;
	}
	if (c->column->kind == CELL_FLAG) {
		bool flag = code == 1;
		store(c, &flag, sizeof(flag));
	} else {
		store(c, &code, sizeof(code));
	}
}

static void read_time(struct list *l, const struct cell *c)
{
	int64_t utc = 0;
	int32_t place;

	memcpy(&place, c->row + c->table->place_at, sizeof(place));
	const char *zone = place < 0 ? "UTC" : l->places[place].time_zone;
	if (!*c->text || !zone_known(zone))
		return;
	enum err e = list_time(c->text, zone, &utc);
	if (e == ERR_FORMAT || (e == OK && strlen(c->text) == 10)) {
		say(l, c, "is no time", "write YYYY-MM-DD HH:MM, in the place's own time");
		return;
	}
	if (place < 0)
		return;
	if (e == ERR_ABSENT)
		list_fault(l, c->at, c->column->name, SEVERITY_ERROR,
			"`%s` does not exist in %s: clocks go forward over it; use another hour",
			c->text, zone);
	else if (e == ERR_BUSY)
		list_fault(l, c->at, c->column->name, SEVERITY_ERROR,
			"`%s` comes twice in %s: clocks go back over it; use another hour", c->text,
			zone);
	store(c, &utc, sizeof(utc));
}

static void read_count(struct list *l, const struct cell *c)
{
	uint32_t n = 0;
	size_t digits = strspn(c->text, "0123456789");

	if (c->text[digits] || digits > 7)
		say(l, c, "is no number of seats",
			"write a whole number below 10000000, or nothing");
	else
		for (size_t i = 0; i < digits; i++)
			n = n * 10 + (uint32_t)(c->text[i] - '0');
	store(c, &n, sizeof(n));
}

static int hex(char x)
{
	return x >= '0' && x <= '9'   ? x - '0'
	       : x >= 'a' && x <= 'f' ? x - 'a' + 10
	       : x >= 'A' && x <= 'F' ? x - 'A' + 10
				      : -1;
}

static void read_colour(struct list *l, const struct cell *c)
{
	uint8_t rgb[3] = {0};
	bool good = strlen(c->text) == 7 && c->text[0] == '#';

	for (size_t i = 0; i < 3 && good; i++) {
		int high = hex(c->text[1 + 2 * i]), low = hex(c->text[2 + 2 * i]);
		good = high >= 0 && low >= 0;
		rgb[i] = good ? (uint8_t)(high * 16 + low) : 0;
	}
	if (!good && *c->text)
		say(l, c, "is no colour", "write #rrggbb");
	else
		store(c, rgb, sizeof(rgb));
}

static void read_zone(struct list *l, const struct cell *c)
{
	store(c, &c->text, sizeof(c->text));
	if (*c->text && !zone_known(c->text))
		say(l, c, "is no time zone", "write a name like Europe/Brussels");
}

static void read_rights(struct list *l, const struct cell *c)
{
	uint16_t rights = 0;

	for (const char *p = c->text; *p;) {
		size_t n = strcspn(p, "|");
		int i = code_index(right_codes, RIGHTS, (struct span){(const uint8_t *)p, n});
		if (i < 0) {
			char words[ALLOWED];
			struct column all = {.codes = right_codes, .codes_n = RIGHTS};
			allowed(&all, words, sizeof(words));
			list_fault(l, c->at, c->column->name, SEVERITY_ERROR,
				"`%.*s` is no right; allowed are %s, separated by |", (int)n, p,
				words);
		} else {
			rights |= (uint16_t)(1u << i);
		}
		p += n + (p[n] == '|');
	}
	store(c, &rights, sizeof(rights));
}

bool list_cell_keeps(const struct column *c)
{
	return c->kind == CELL_TEXT || c->kind == CELL_ID || c->kind == CELL_ZONE || c->text_at;
}

void list_cell(struct list *l, const struct cell *c)
{
	static void (*const readers[])(struct list *, const struct cell *) = {
		[CELL_TEXT] = read_text,
		[CELL_ID] = read_id,
		[CELL_REFERENCE] = read_reference,
		[CELL_GUEST] = read_guest,
		[CELL_CODE] = read_code,
		[CELL_FLAG] = read_code,
		[CELL_TIME] = read_time,
		[CELL_COUNT] = read_count,
		[CELL_COLOUR] = read_colour,
		[CELL_ZONE] = read_zone,
		[CELL_RIGHTS] = read_rights,
	};
	readers[c->column->kind](l, c);
}
