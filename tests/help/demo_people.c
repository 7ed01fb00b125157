/* The people of a demo event, made by the foyer program, as the desk's search is given them. */
#include "help/demo_people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 16 };

static void die(const char *what)
{
	fprintf(stderr, "demo_people: %s\n", what);
	exit(3);
}

static char *read_file(const char *dir, const char *name)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/m/list/%s", dir, name);
	FILE *f = fopen(path, "rb");
	if (!f || fseek(f, 0, SEEK_END) != 0)
		die(path);
	long n = ftell(f);
	char *text = malloc((size_t)n + 1);
	rewind(f);
	if (!text || fread(text, 1, (size_t)n, f) != (size_t)n)
		die(path);
	text[n] = 0;
	fclose(f);
	return text;
}

/* One cell, ended and unquoted where it stands; *end becomes what was behind it. */
static char *cell(char **at, char *end)
{
	bool quoted = **at == '"';
	char *from = *at + quoted, *to = from, *p = from;

	for (; *p && (quoted || (*p != ',' && *p != '\n')); p++) {
		if (quoted && *p == '"' && *++p != '"')
			break;
		*to++ = *p;
	}
	*end = *p;
	*at = p + (*p != 0);
	*to = 0;
	return from;
}

/* The cells of a row; false at the end of the file. */
static bool row(char **at, char *cells[COLUMNS])
{
	static char none[1];
	char end = ',';

	if (!**at)
		return false;
	for (int i = 0; i < COLUMNS; i++)
		cells[i] = end == ',' ? cell(at, &end) : none;
	return true;
}

static void name_organisation(
	struct search_entry *e, char *organisations[][3], size_t n, const char *id)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(organisations[i][0], id) == 0) {
			e->text[SEARCH_ORGANISATION] = span_of(organisations[i][1]);
			e->text[SEARCH_SHORT] = span_of(organisations[i][2]);
		}
}

static size_t read_organisations(char *text, char *out[][3])
{
	char *cells[COLUMNS];
	size_t n = 0;

	for (bool head = row(&text, cells); head && row(&text, cells); n++)
		memcpy(out[n], cells, sizeof(out[n]));
	return n;
}

static void read_people(struct demo_people *d)
{
	char *cells[COLUMNS], *at = d->people;
	char *(*organisations)[3] = calloc(strlen(d->organisations), sizeof(*organisations));

	if (!organisations)
		die("no memory");
	size_t n = read_organisations(d->organisations, organisations);
	for (bool head = row(&at, cells); head && row(&at, cells); d->n++) {
		struct search_entry *e = &d->entries[d->n];
		e->slot = (uint32_t)d->n;
		e->text[SEARCH_GIVEN] = span_of(cells[1]);
		e->text[SEARCH_FAMILY] = span_of(cells[2]);
		e->text[SEARCH_DISPLAY] = span_of(cells[3]);
		e->text[SEARCH_FUNCTION] = span_of(cells[7]);
		name_organisation(e, organisations, n, cells[6]);
	}
	free(organisations);
}

void demo_people_make(struct demo_people *d, unsigned people, unsigned seed)
{
	const char *bin = getenv("FOYER_BIN"), *tmp = getenv("TMPDIR");
	char dir[256], line[1024];

	snprintf(dir, sizeof(dir), "%s/foyer-people-XXXXXX", tmp ? tmp : "/tmp");
	if (!bin || !mkdtemp(dir))
		die("FOYER_BIN must name the folder of the programs");
	snprintf(line, sizeof(line), "'%s/foyer' demo '%s/m' --people %u --seed %u 2>/dev/null",
		bin, dir, people, seed);
	if (system(line) != 0)
		die("foyer demo failed");
	d->people = read_file(dir, "people.csv");
	d->organisations = read_file(dir, "organisations.csv");
	d->entries = calloc(people + 1, sizeof(*d->entries));
	d->n = 0;
	if (!d->entries)
		die("no memory");
	read_people(d);
	snprintf(line, sizeof(line), "rm -rf '%s'", dir);
	if (system(line) != 0)
		die("the folder stays");
}

void demo_people_free(struct demo_people *d)
{
	free(d->entries);
	free(d->people);
	free(d->organisations);
}
