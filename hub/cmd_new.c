/* foyer new: an empty event folder. */
#include "base.h"
#include "commands.h"
#include "keys.h"
#include "list_table.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH = 4096 };

static const char event_ini[] =
	"# The event: its name, its places in time, what a badge opens. Lines are `key = value`.\n"
	"# Lines that begin with # say nothing.\n"
	"\n"
	"[event]\n"
	"# Once badges are out, never change the id. Letters, digits, . _ - only.\n"
	"id = my-event\n"
	"name_fr = Mon événement\n"
	"name_nl = Mijn evenement\n"
	"name_de = Meine Veranstaltung\n"
	"name_en = My event\n"
	"# The id of the place in list/places.csv where the desk stands: guests are sent there.\n"
	"desk_place =\n"
	"# From this day on a kiosk takes no new file of this event, and its data is to be "
	"erased.\n"
	"retention = 2030-06-30\n"
	"\n"
	"[policy]\n"
	"# What a badge opens: `day` shows the person's agenda, `card` only what is printed on "
	"it.\n"
	"# One line a role: delegate vip official speaker press staff security partner.\n"
	"badge_opens_vip = card\n"
	"badge_opens_official = card\n"
	"\n"
	"[lease]\n"
	"# A kiosk that has not heard from the hub for so many hours of power warns (amber), then\n"
	"# shows nobody's day any more (withhold); arrivals and badges go on.\n"
	"amber_hours = 12\n"
	"withhold_hours = 96\n"
	"\n"
	"# One section for each stay: a city, its zone of the tz database, its first and last "
	"day.\n"
	"[leg 1]\n"
	"name_fr = Bruxelles\n"
	"name_nl = Brussel\n"
	"name_de = Brüssel\n"
	"name_en = Brussels\n"
	"city = Brussels\n"
	"time_zone = Europe/Brussels\n"
	"first = 2030-05-06\n"
	"last = 2030-05-08\n";

static bool make_folder(const char *path, mode_t mode)
{
	if (mkdir(path, mode) == 0 || errno == EEXIST)
		return true;
	fprintf(stderr, "foyer new: %s: %s\n", path, strerror(errno));
	return false;
}

/* "x": what is there already is the organiser's and stays. */
static FILE *open_new(const char *path)
{
	FILE *f = fopen(path, "wx");

	if (!f)
		fprintf(stderr, "foyer new: %s: %s\n", path,
			errno == EEXIST ? "is there already and stays as it is" : strerror(errno));
	return f;
}

static bool close_new(FILE *f, const char *path)
{
	bool failed = ferror(f) != 0;

	if (fclose(f) == 0 && !failed)
		return true;
	fprintf(stderr, "foyer new: %s: could not be written: %s\n", path, strerror(errno));
	unlink(path); /* or the next try would take it for the organiser's */
	return false;
}

static bool write_event(const char *dir)
{
	char path[PATH];

	snprintf(path, sizeof(path), "%s/event.ini", dir);
	FILE *f = open_new(path);
	if (!f)
		return errno == EEXIST;
	fputs(event_ini, f);
	return close_new(f, path);
}

static bool write_header(const char *dir, const struct table *t)
{
	char path[PATH];

	snprintf(path, sizeof(path), "%s/list/%s", dir, t->file);
	FILE *f = open_new(path);
	if (!f)
		return errno == EEXIST;
	for (size_t i = 0; i < t->columns_n; i++)
		fprintf(f, "%s%s", i ? "," : "", t->columns[i].name);
	fputc('\n', f);
	return close_new(f, path);
}

static bool make_folders(const char *dir)
{
	static const struct {
		const char *name;
		mode_t mode;
	} folders[] = {{"list", 0777}, {"badge", 0777}, {"keys", 0700}};
	char path[PATH];

	if (!make_folder(dir, 0777))
		return false;
	for (size_t i = 0; i < COUNT(folders); i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, folders[i].name);
		if (!make_folder(path, folders[i].mode))
			return false;
	}
	return true;
}

static int run_new(int argc, char **argv)
{
	if (argc != 2 || argv[1][0] == '-')
		return command_misused("new", "one folder is wanted");
	const char *dir = argv[1];
	if (strlen(dir) > PATH - 64)
		return command_misused("new", "the folder's name is too long");
	if (!make_folders(dir) || !write_event(dir))
		return EXIT_WORLD;
	for (int i = 0; i < TABLES; i++)
		if (!write_header(dir, &list_tables[i]))
			return EXIT_WORLD;
	enum err e = keys_create(dir, NULL);
	if (e && e != ERR_BUSY) {
		fprintf(stderr, "foyer new: %s/keys: %s\n", dir, err_text(e));
		return EXIT_WORLD;
	}
	fprintf(stderr,
		"%s is ready. Fill in %s/event.ini and %s/list/*.csv, then: foyer check %s\n", dir,
		dir, dir, dir);
	return EXIT_DONE;
}

const struct verb verb_new = {
	.name = "new",
	.summary = "make an empty event folder",
	.help = "usage: foyer new DIR\n"
		"\n"
		"Makes the folder DIR with a commented event.ini, an empty list/*.csv of each\n"
		"kind with its header line, the folder badge/ for templates, and the event's keys "
		"in\n"
		"keys/ (private: whoever has them can read and forge everything). What is already\n"
		"there stays as it is.\n",
	.run = run_new,
};
