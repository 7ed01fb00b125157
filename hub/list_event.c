/* Reads event.ini: sections, keys and values by a table of what may be said. */
#include "list_inside.h"
#include "nearest.h"
#include "zone.h"

#include <stdlib.h>
#include <string.h>

enum { LEGS = 8, KEYS = 32, HOURS_MOST = 24 * 365, AMBER_HOURS = 12, WITHHOLD_HOURS = 96 };

static const char file[] = "event.ini";

struct date {
	const char *text;
	struct origin at;
};

struct ini {
	struct list *l;
	struct origin at;
	const char *section, *key, *value;
	struct date retention, first[LEGS], last[LEGS];
};

static struct list_leg *leg(const struct ini *x)
{
	return &x->l->event.legs[x->l->event.leg_count - 1];
}

static void wrong(const struct ini *x, const char *remedy)
{
	list_fault(
		x->l, x->at, x->key, SEVERITY_ERROR, "`%s` is not allowed; %s", x->value, remedy);
}

static void read_id(struct ini *x)
{
	size_t n = strlen(x->value);

	if (n == 0 || n > LIST_ID ||
		strspn(x->value,
			"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") != n)
		wrong(x, "use 1 to 32 of A-Z a-z 0-9 . _ -");
	x->l->event.id = x->value;
}

/* name_fr and so on, of the event or of a leg */
static void read_name(struct ini *x)
{
	struct list_words *w =
		strncmp(x->section, "leg", 3) == 0 ? &leg(x)->name : &x->l->event.name;

	for (int i = 0; i < LANGUAGES; i++)
		if (strcmp(x->key + strlen("name_"), language_codes[i]) == 0)
			w->in[i] = x->value;
}

static void read_demo(struct ini *x)
{
	x->l->event.demo = strcmp(x->value, "yes") == 0;
	if (!x->l->event.demo && strcmp(x->value, "no") != 0)
		wrong(x, "write yes or no");
}

static void read_desk(struct ini *x)
{
	x->l->event.desk_place = x->value;
	x->l->memory->desk_line = x->at.line;
}

static void read_retention(struct ini *x)
{
	x->retention = (struct date){x->value, x->at};
	x->l->memory->retention_line = x->at.line;
}

static void read_opens(struct ini *x)
{
	const char *role = x->key + strlen("badge_opens_");
	int i = code_index(role_codes, ROLES, span_of(role));

	if (strcmp(x->value, "card") != 0 && strcmp(x->value, "day") != 0)
		wrong(x, "write day (the agenda) or card (what is printed on the badge)");
	else
		x->l->event.opens[i] = strcmp(x->value, "card") == 0 ? OPENS_CARD : OPENS_DAY;
}

static void read_hours(struct ini *x)
{
	size_t n = strspn(x->value, "0123456789");
	long hours = n > 0 && n < 6 && !x->value[n] ? strtol(x->value, NULL, 10) : 0;

	if (hours < 1 || hours > HOURS_MOST)
		wrong(x, "write a whole number of hours, 1 to 8760");
	else if (strcmp(x->key, "amber_hours") == 0)
		x->l->event.lease_amber_min = (uint32_t)hours * 60;
	else
		x->l->event.lease_withhold_min = (uint32_t)hours * 60;
}

static void read_city(struct ini *x)
{
	leg(x)->city = x->value;
}

static void read_zone(struct ini *x)
{
	leg(x)->time_zone = x->value;
	if (!zone_known(x->value))
		wrong(x, "write a time zone's name like Europe/Brussels");
}

static void read_day(struct ini *x)
{
	struct date *d = strcmp(x->key, "first") == 0 ? x->first : x->last;

	d[x->l->event.leg_count - 1] = (struct date){x->value, x->at};
}

#define FOUR(section, read)                                                                        \
	{section, "name_fr", read}, {section, "name_nl", read}, {section, "name_de", read},        \
	{                                                                                          \
		section, "name_en", read                                                           \
	}
static const struct setting {
	const char *section, *key;
	void (*read)(struct ini *x);
} settings[] = {
	{"event", "id", read_id},
	FOUR("event", read_name),
	{"event", "demo", read_demo},
	{"event", "desk_place", read_desk},
	{"event", "retention", read_retention},
	{"policy", "badge_opens_delegate", read_opens},
	{"policy", "badge_opens_vip", read_opens},
	{"policy", "badge_opens_official", read_opens},
	{"policy", "badge_opens_speaker", read_opens},
	{"policy", "badge_opens_press", read_opens},
	{"policy", "badge_opens_staff", read_opens},
	{"policy", "badge_opens_security", read_opens},
	{"policy", "badge_opens_partner", read_opens},
	{"lease", "amber_hours", read_hours},
	{"lease", "withhold_hours", read_hours},
	FOUR("leg", read_name),
	{"leg", "city", read_city},
	{"leg", "time_zone", read_zone},
	{"leg", "first", read_day},
	{"leg", "last", read_day},
};

static void set(struct ini *x)
{
	const char *section = strncmp(x->section, "leg", 3) == 0 ? "leg" : x->section;
	const char *keys[COUNT(settings)];

	for (size_t i = 0; i < COUNT(settings); i++) {
		keys[i] = strcmp(settings[i].section, section) == 0 ? settings[i].key : NULL;
		if (keys[i] && strcmp(keys[i], x->key) == 0) {
			settings[i].read(x);
			return;
		}
	}
	const char *near = nearest_of(keys, COUNT(settings), x->key);
	list_fault(x->l, x->at, x->key, SEVERITY_WARNING,
		near ? "no such key in [%s], it is not read; did you mean `%s`?"
		     : "no such key in [%s], it is not read; remove it%s",
		x->section, near ? near : "");
}

static void open_section(struct ini *x, char *name)
{
	static const char *const known[] = {"event", "policy", "lease", "leg"};

	x->section = name;
	if (strncmp(name, "leg ", 4) == 0) {
		if (x->l->event.leg_count == LEGS) {
			list_fault(x->l, x->at, "", SEVERITY_ERROR, "more than %d legs; join some",
				LEGS);
			x->section = "";
			return;
		}
		x->l->memory->leg_lines[x->l->event.leg_count] = x->at.line;
		*(&x->l->event.legs[x->l->event.leg_count++]) =
			(struct list_leg){.name = {{"", "", "", ""}}, .city = "", .time_zone = ""};
		return;
	}
	for (size_t i = 0; i < 3; i++)
		if (strcmp(known[i], name) == 0)
			return;
	const char *near = nearest_of(known, COUNT(known), name);
	list_fault(x->l, x->at, "", SEVERITY_WARNING,
		"there is no section [%s], it is not read; sections are [event], [policy], [lease] "
		"and "
		"[leg NAME]%s%s%s",
		name, near ? "; did you mean [" : "", near ? near : "", near ? "]?" : "");
	x->section = "";
}

static char *trim(char *s)
{
	s += strspn(s, " \t\r");
	for (size_t n = strlen(s); n > 0 && strchr(" \t\r", s[n - 1]); n--)
		s[n - 1] = 0;
	return s;
}

static void read_line(struct ini *x, char *line)
{
	line = trim(line);
	size_t n = strlen(line);
	if (n == 0 || *line == '#' || *line == ';')
		return;
	if (*line == '[' && line[n - 1] == ']') {
		line[n - 1] = 0;
		open_section(x, trim(line + 1));
		return;
	}
	char *equals = strchr(line, '=');
	if (!equals) {
		list_fault(x->l, x->at, "", SEVERITY_ERROR,
			"`%s` is neither [section] nor key = value; begin a remark with #", line);
		return;
	}
	*equals = 0;
	x->key = trim(line);
	x->value = trim(equals + 1);
	if (x->section && *x->section)
		set(x);
	else if (!x->section)
		list_fault(x->l, x->at, x->key, SEVERITY_WARNING,
			"stands before the first [section], it is not read");
}

static int64_t midnight(struct ini *x, const struct date *d, const char *key, const char *zone)
{
	int64_t utc = 0;

	if (!d->text)
		return 0;
	enum err e = strlen(d->text) == 10 ? list_time(d->text, zone, &utc) : ERR_FORMAT;
	if (e == ERR_FORMAT)
		list_fault(x->l, d->at, key, SEVERITY_ERROR, "`%s` is no date; write YYYY-MM-DD",
			d->text);
	return utc;
}

/* Dates need the zones, which may stand below them. */
static void read_dates(struct ini *x)
{
	struct list_event *v = &x->l->event;
	const char *zone = "UTC";

	for (size_t i = 0; i < v->leg_count; i++) {
		struct list_leg *g = &v->legs[i];
		x->at.line = x->l->memory->leg_lines[i];
		if (!*g->time_zone)
			list_fault(x->l, x->at, "time_zone", SEVERITY_ERROR,
				"the leg has no time_zone; add one like Europe/Brussels");
		zone = zone_known(g->time_zone) ? g->time_zone : "UTC";
		g->first = midnight(x, &x->first[i], "first", zone);
		g->last = midnight(x, &x->last[i], "last", zone);
		if (!x->first[i].text || !x->last[i].text)
			list_fault(x->l, x->at, x->first[i].text ? "last" : "first", SEVERITY_ERROR,
				"the leg lacks its day; write YYYY-MM-DD");
	}
	v->retention = midnight(x, &x->retention, "retention", zone);
}

static void check_needed(struct ini *x)
{
	x->at.line = 1;
	if (!*x->l->event.id)
		list_fault(x->l, x->at, "id", SEVERITY_ERROR,
			"the event has no id; add `id = …` under [event]");
	if (!x->retention.text)
		list_fault(x->l, x->at, "retention", SEVERITY_ERROR,
			"the event has no retention day; add `retention = YYYY-MM-DD` under "
			"[event]");
	if (x->l->event.leg_count == 0)
		list_fault(x->l, x->at, "", SEVERITY_ERROR,
			"the event has no leg; add a section [leg NAME] with its days");
}

enum err list_read_event(struct list *l, const char *dir)
{
	struct ini x = {.l = l, .at = {.file = file}};
	struct span bytes;

	enum err e = list_slurp(dir, file, &bytes);
	if (e != OK)
		return e;
	l->event = (struct list_event){.id = "",
		.name = {{"", "", "", ""}},
		.desk_place = "",
		.lease_amber_min = AMBER_HOURS * 60,
		.lease_withhold_min = WITHHOLD_HOURS * 60};
	l->event.opens[ROLE_VIP] = l->event.opens[ROLE_OFFICIAL] = OPENS_CARD;
	list_decode(l, file, &bytes);
	char *text = list_room(l, bytes.n + 1);
	memcpy(text, bytes.p, bytes.n);
	text[bytes.n] = 0;
	free((void *)(uintptr_t)bytes.p);
	if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
		text += 3;
	for (char *line = text, *next; line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = 0;
		x.at.line++;
		read_line(&x, line);
	}
	read_dates(&x);
	check_needed(&x);
	return OK;
}
