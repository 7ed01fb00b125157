/* Writes the demo event, file by file, person by person: nothing grows with the number of people
 * but the lists of who takes part in the B2B sessions. */
#include "demo.h"

#include "list_table.h"
#include "progress.h"

#include <errno.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A demo is to be tried in any year, so its file is refused in none of the next ten. */
enum { PATH = 4096, MEETINGS = 900, RETENTION_DAYS = 3650 };

struct demo {
	const char *dir;
	struct demo_size size;
	struct demo_days days;
	FILE *files[TABLES];
};

/* A quote is always needed around separators, quotes and line ends, never else. */
void demo_write_cell(FILE *f, const char *text)
{
	if (!text[strcspn(text, ",\"\r\n")]) {
		fputs(text, f);
		return;
	}
	fputc('"', f);
	for (; *text; text++) {
		if (*text == '"')
			fputc('"', f);
		fputc(*text, f);
	}
	fputc('"', f);
}

uint64_t demo_random_next(struct demo_random *r)
{
	uint64_t z = r->state += 0x9E3779B97F4A7C15u;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

uint32_t demo_random_below(struct demo_random *r, uint32_t n)
{
	return (uint32_t)((demo_random_next(r) >> 32) * n >> 32);
}

static FILE *open_file(const char *dir, const char *name)
{
	char path[PATH];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	FILE *f = fopen(path, "w");
	if (!f)
		fprintf(stderr, "foyer demo: %s: %s\n", path, strerror(errno));
	return f;
}

static enum err close_file(FILE *f, const char *name)
{
	bool failed = ferror(f) != 0;

	if (fclose(f) == 0 && !failed)
		return OK;
	fprintf(stderr, "foyer demo: %s could not be written: %s\n", name, strerror(errno));
	return ERR_IO;
}

static enum err open_files(struct demo *d)
{
	char name[64];

	for (int t = 0; t < TABLES; t++) {
		const struct table *table = &list_tables[t];
		snprintf(name, sizeof(name), "list/%s", table->file);
		d->files[t] = open_file(d->dir, name);
		if (!d->files[t])
			return ERR_IO;
		for (size_t i = 0; i < table->columns_n; i++)
			fprintf(d->files[t], "%s%s", i ? "," : "", table->columns[i].name);
		fputc('\n', d->files[t]);
	}
	return OK;
}

static enum err close_files(struct demo *d)
{
	enum err worst = OK;

	for (int t = 0; t < TABLES; t++) {
		if (!d->files[t])
			continue;
		enum err e = close_file(d->files[t], list_tables[t].file);
		worst = worst == OK ? e : worst;
	}
	return worst;
}

static void write_tracks_and_places(struct demo *d)
{
	FILE *f = d->files[TABLE_TRACKS];

	for (int i = 0; i < DEMO_TRACKS; i++) {
		const struct demo_track_row *t = &demo_tracks[i];
		const char *const cells[] = {t->id, t->fr, t->nl, t->de, t->en};
		for (size_t k = 0; k < COUNT(cells); k++) {
			demo_write_cell(f, cells[k]);
			fputc(',', f);
		}
		fprintf(f, "%s\n", t->colour);
	}
	f = d->files[TABLE_PLACES];
	for (size_t i = 0; i < demo_places_n; i++) {
		const struct demo_place *p = &demo_places[i];
		const char *const cells[] = {p->id, p->name, p->city, "America/Los_Angeles",
			p->room, p->address, p->fr, p->nl, p->de, p->en};
		for (size_t k = 0; k < COUNT(cells); k++) {
			demo_write_cell(f, cells[k]);
			fputc(',', f);
		}
		if (p->capacity)
			fprintf(f, "%u", p->capacity * d->size.scale);
		fputc('\n', f);
	}
}

static void write_organisations(struct demo *d)
{
	for (int g = 0; g < DEMO_GROUPS; g++)
		for (uint32_t i = 0; i < d->size.organisations_of[g]; i++)
			demo_write_organisation(
				d->files[TABLE_ORGANISATIONS], (enum demo_group)g, i);
}

static enum role role_of(const struct demo_guest *g)
{
	bool leads = g->first && (g->group == GROUP_HOUSEHOLD || g->group == GROUP_GOVERNMENT);

	if (leads)
		return ROLE_VIP;
	if (g->group == GROUP_ACADEMIC && g->in_group % 6 == 2)
		return ROLE_SPEAKER;
	return demo_groups[g->group].role;
}

static void write_staff(FILE *f, const struct demo_guest *g)
{
	static const char *const rights[] = {
		"print|correct|late", "print|correct|late|revoke", "print|door", "door"};

	if (g->in_group >= DEMO_CARDS_MOST)
		return;
	fprintf(f, "p%04u,%s\n", g->number + 1,
		g->in_group == 0        ? "print|correct|late|revoke|door|protocol|admin"
		: g->in_group % 10 == 1 ? "print|correct|late|revoke|protocol"
					: rights[g->in_group % COUNT(rights)]);
}

static void write_people(struct demo *d, uint64_t seed)
{
	struct demo_names names = {.random = {seed}};
	struct demo_random days = {seed ^ 0x64617973};
	struct demo_guest g = {0};
	struct progress bar = progress_start("writing people", d->size.people);

	for (int group = 0; group < DEMO_GROUPS; group++) {
		uint32_t people = d->size.people_of[group], last = UINT32_MAX;
		g.group = (enum demo_group)group;
		for (g.in_group = 0; g.in_group < people; g.in_group++, g.number++) {
			g.organisation = (uint32_t)((uint64_t)g.in_group *
						    d->size.organisations_of[group] / people);
			g.first = g.organisation != last;
			last = g.organisation;
			g.role = role_of(&g);
			g.sector = demo_organisation_sector(g.group, g.organisation);
			demo_write_person(d->files[TABLE_PEOPLE], &names, &g);
			demo_write_bookings(d->files[TABLE_BOOKINGS], &d->days, &g, &days);
			if (group == GROUP_STAFF)
				write_staff(d->files[TABLE_STAFF], &g);
			progress_at(&bar, g.number);
		}
	}
	progress_end(&bar);
}

static void write_leg(
	FILE *f, const char *name, const char *const words[4], const char *first, const char *last)
{
	static const char *const languages[] = {"fr", "nl", "de", "en"};

	fprintf(f, "\n[leg %s]\n", name);
	for (int i = 0; i < 4; i++)
		fprintf(f, "name_%s = %s\n", languages[i], words[i]);
	fprintf(f, "city = %s\ntime_zone = America/Los_Angeles\nfirst = %s\nlast = %s\n", words[3],
		first, last);
}

static enum err write_event(const struct demo *d)
{
	static const char *const san_francisco[] = {
		"San Francisco", "San Francisco", "San Francisco", "San Francisco"};
	static const char *const los_angeles[] = {
		"Los Angeles", "Los Angeles", "Los Angeles", "Los Angeles"};
	GDate date;

	FILE *f = open_file(d->dir, "event.ini");
	if (!f)
		return ERR_IO;
	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)atoi(d->days.dates[5] + 8),
		(GDateMonth)atoi(d->days.dates[5] + 5), (GDateYear)atoi(d->days.dates[5]));
	g_date_add_days(&date, RETENTION_DAYS);
	fprintf(f,
		"# An invented mission, for trying things out.\n"
		"\n"
		"[event]\n"
		"id = demo-california\n"
		"name_fr = Mission économique en Californie (démo)\n"
		"name_nl = Economische missie naar Californië (demo)\n"
		"name_de = Wirtschaftsmission nach Kalifornien (Demo)\n"
		"name_en = Economic mission to California (demo)\n"
		"demo = yes\n"
		"desk_place = sf-lobby\n"
		"retention = %04u-%02u-%02u\n"
		"\n"
		"[policy]\n"
		"badge_opens_delegate = day\n"
		"badge_opens_vip = card\n"
		"badge_opens_official = card\n"
		"badge_opens_speaker = day\n"
		"badge_opens_press = day\n"
		"badge_opens_staff = day\n"
		"badge_opens_security = day\n"
		"badge_opens_partner = day\n"
		"\n"
		"[lease]\n"
		"amber_hours = 12\n"
		"withhold_hours = 96\n",
		g_date_get_year(&date), g_date_get_month(&date), g_date_get_day(&date));
	write_leg(f, "1", san_francisco, d->days.dates[0], d->days.dates[2]);
	write_leg(f, "2", los_angeles, d->days.dates[3], d->days.dates[5]);
	return close_file(f, "event.ini");
}

static enum err make_folders(const char *dir)
{
	char path[PATH];

	if ((size_t)snprintf(path, sizeof(path), "%s/event.ini", dir) > sizeof(path) - 64)
		return ERR_IO;
	if (access(path, F_OK) == 0)
		return ERR_BUSY;
	snprintf(path, sizeof(path), "%s/list", dir);
	if ((mkdir(dir, 0777) == 0 || errno == EEXIST) &&
		(mkdir(path, 0777) == 0 || errno == EEXIST))
		return OK;
	fprintf(stderr, "foyer demo: %s: %s\n", path, strerror(errno));
	return ERR_IO;
}

enum err demo_write_list(const char *dir, const struct demo_options *o)
{
	struct demo d = {.dir = dir, .size = demo_size_of(o->people)};
	struct demo_random meetings = {o->seed ^ 0x6D656574};

	enum err e = demo_days_plan(&d.days, o->start ? o->start : "2025-10-05", d.size.scale);
	if (e == OK)
		e = make_folders(dir);
	if (e == OK)
		e = open_files(&d);
	if (e == OK) {
		write_tracks_and_places(&d);
		write_organisations(&d);
		demo_write_activities(d.files[TABLE_ACTIVITIES], &d.days);
		write_people(&d, o->seed);
		demo_write_meetings(d.files[TABLE_MEETINGS], &d.days,
			(uint32_t)((uint64_t)MEETINGS * o->people / DEMO_PEOPLE), &meetings);
	}
	enum err closed = close_files(&d);
	demo_days_free(&d.days);
	if (e == OK)
		e = closed;
	/* event.ini comes last: a folder that has it is whole */
	return e == OK ? write_event(&d) : e;
}
