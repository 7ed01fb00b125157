/* Writing CSV. */
#include "csv_out.h"

#include "zone.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What a formula begins with, in bytes: TAB and line ends hide one, and full width is folded by some. */
static const char *const dangerous[] = {
	"=", "+", "-", "@", "\t", "\r", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};

bool csv_is_formula(const char *text)
{
	for (size_t i = 0; i < COUNT(dangerous); i++)
		if (strncmp(text, dangerous[i], strlen(dangerous[i])) == 0)
			return true;
	return false;
}

static void put(struct csv_out *c, const char *text)
{
	grow_bytes(&c->bytes, text, strlen(text));
}

void csv_cell(struct csv_out *c, const char *text)
{
	bool quoted = text[strcspn(text, ",\"\r\n")] != '\0';
	bool begins = true;

	if (c->begun)
		put(c, ",");
	c->begun = true;
	if (quoted)
		put(c, "\"");
	for (const char *t = text; *t; t++) {
		if (begins && csv_is_formula(t))
			put(c, "'");
		if (*t == '"')
			put(c, "\"");
		grow_bytes(&c->bytes, t, 1);
		begins = strchr(",;\t\r\n", *t) != NULL;
	}
	if (quoted)
		put(c, "\"");
}

void csv_number(struct csv_out *c, uint64_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRIu64, n);
	csv_cell(c, text);
}

void csv_yes(struct csv_out *c, bool yes)
{
	csv_cell(c, yes ? "yes" : "no");
}

void csv_time(struct csv_out *c, const char *zone, int64_t wall_ms)
{
	char iso[ZONE_ISO];

	zone_iso(zone, wall_ms, iso);
	csv_cell(c, iso);
}

void csv_end_row(struct csv_out *c)
{
	put(c, "\r\n");
	c->begun = false;
}

void csv_header(struct csv_out *c, const char *names)
{
	char name[64];

	for (size_t n; *names; names += n + (names[n] == ' ')) {
		n = strcspn(names, " ");
		snprintf(name, sizeof(name), "%.*s", (int)n, names);
		csv_cell(c, name);
	}
	csv_end_row(c);
}
