/* The organiser's list as an oracle. */
#include "help/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COLUMNS = 24, LINE = 4096 };

struct table {
	FILE *file;
	char head[LINE], line[LINE];
	char *names[COLUMNS], *cells[COLUMNS];
	size_t n;
};

static void give_up(const char *what, const char *about)
{
	fprintf(stderr, "plan: %s: %s\n", what, about);
	abort();
}

/* RFC 4180 on one line, in place. */
static size_t split(char *line, char **cells)
{
	size_t n = 0;
	char *at = line;

	line[strcspn(line, "\r\n")] = '\0';
	for (;;) {
		char *to = at;
		bool quoted = *at == '"';
		if (n == COLUMNS)
			give_up("too many columns", line);
		cells[n++] = at;
		at += quoted;
		while (*at && (quoted || *at != ',')) {
			if (quoted && *at == '"' && at[1] != '"') {
				quoted = false;
				at++;
				continue;
			}
			at += quoted && *at == '"';
			*to++ = *at++;
		}
		bool more = *at == ',';
		*to = '\0';
		if (!more)
			return n;
		at++;
	}
}

static void open_table(struct table *t, const char *dir, const char *name)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/list/%s", dir, name);
	t->file = fopen(path, "r");
	if (!t->file || !fgets(t->head, LINE, t->file))
		give_up("cannot be read", path);
	t->n = split(t->head, t->names);
}

static bool next(struct table *t)
{
	if (!fgets(t->line, LINE, t->file)) {
		fclose(t->file);
		return false;
	}
	size_t n = split(t->line, t->cells);
	while (n < t->n)
		t->cells[n++] = t->line + strlen(t->line);
	return true;
}

static const char *cell(const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->names[i], name) == 0)
			return t->cells[i];
	give_up("no such column", name);
	return "";
}

static void copy(const struct table *t, const char *name, char out[static PLAN_TEXT])
{
	if (snprintf(out, PLAN_TEXT, "%s", cell(t, name)) >= PLAN_TEXT)
		give_up("too long", name);
}

void plan_zone(const char *zone)
{
	static char now[PLAN_TEXT];

	if (strcmp(now, zone) == 0)
		return;
	snprintf(now, sizeof(now), "%s", zone);
	setenv("TZ", zone, 1);
	tzset();
}

static int64_t instant(const char *text)
{
	struct tm tm = {.tm_isdst = -1};

	if (!*text)
		return 0;
	if (sscanf(text, "%4d-%2d-%2d %2d:%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday, &tm.tm_hour,
		    &tm.tm_min) != 5)
		give_up("no time", text);
	tm.tm_year -= 1900;
	tm.tm_mon -= 1;
	return mktime(&tm);
}

void plan_clock(int64_t at, char out[static 8])
{
	time_t t = at;
	struct tm tm;

	strftime(out, 8, "%H:%M", localtime_r(&t, &tm));
}

int plan_day(int64_t at)
{
	time_t t = at;
	struct tm tm;

	localtime_r(&t, &tm);
	return (tm.tm_year + 1900) * 10000 + (tm.tm_mon + 1) * 100 + tm.tm_mday;
}

static const struct plan_place *place_of(const struct plan *p, const char *id)
{
	for (size_t i = 0; i < p->place_n; i++)
		if (strcmp(p->places[i].id, id) == 0)
			return &p->places[i];
	give_up("no such place", id);
	return NULL;
}

static void read_row(struct plan *p, const struct table *t)
{
	static const char *const titles[LANGUAGES] = {
		"title_de", "title_en", "title_fr", "title_nl"};
	struct plan_row *r = &p->rows[p->row_n++];

	copy(t, "id", r->id);
	copy(t, "meeting_point", r->meeting_point);
	for (int l = 0; l < LANGUAGES; l++)
		copy(t, titles[l], r->titles[l]);
	r->place = place_of(p, cell(t, "place"));
	r->is_public = strcmp(cell(t, "public"), "yes") == 0;
	r->transfer = strcmp(cell(t, "kind"), "transfer") == 0;
	plan_zone(r->place->zone);
	r->start = instant(cell(t, "start"));
	r->end = instant(cell(t, "end"));
	r->leave = instant(cell(t, "leave_by"));
	if (r->leave == 0 && r->transfer)
		r->leave = r->start;
	plan_clock(r->start, r->start_clock);
	plan_clock(r->end, r->end_clock);
	plan_clock(r->leave, r->leave_clock);
	r->start_day = plan_day(r->start);
	r->leave_day = plan_day(r->leave);
}

void plan_read(struct plan *p, const char *dir)
{
	static struct table t;

	memset(p, 0, sizeof(*p));
	open_table(&t, dir, "places.csv");
	while (next(&t)) {
		struct plan_place *x = &p->places[p->place_n++];
		if (p->place_n > PLAN_PLACES)
			give_up("too many places", dir);
		copy(&t, "id", x->id);
		copy(&t, "name", x->name);
		copy(&t, "city", x->city);
		copy(&t, "time_zone", x->zone);
		copy(&t, "room", x->room);
	}
	open_table(&t, dir, "activities.csv");
	while (next(&t)) {
		if (p->row_n == PLAN_ROWS)
			give_up("too many activities", dir);
		read_row(p, &t);
	}
}
