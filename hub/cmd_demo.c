/* foyer demo: an invented mission in a folder. */
#include "commands.h"
#include "demo.h"
#include "keys.h"

#include <stdlib.h>
#include <string.h>

static bool number(const char *text, uint64_t most, uint64_t *out)
{
	char *end;

	if (text[0] < '0' || text[0] > '9' || strlen(text) > 19)
		return false;
	*out = strtoull(text, &end, 10);
	return !*end && *out <= most;
}

static bool option(struct demo_options *o, const char *name, const char *value)
{
	uint64_t n = 0;

	if (strcmp(name, "--start") == 0) {
		o->start = value;
		return true;
	}
	if (strcmp(name, "--seed") == 0)
		return number(value, UINT64_MAX, &o->seed);
	if (strcmp(name, "--people") != 0 || !number(value, DEMO_PEOPLE_MOST, &n) || n == 0)
		return false;
	o->people = (uint32_t)n;
	return true;
}

static int run_demo(int argc, char **argv)
{
	struct demo_options o = {.people = DEMO_PEOPLE, .seed = 1};
	const char *dir = NULL;

	for (int i = 1; i < argc; i++) {
		if (argv[i][0] != '-') {
			if (dir)
				return command_misused("demo", "one folder is wanted");
			dir = argv[i];
		} else if (i + 1 == argc || !option(&o, argv[i], argv[i + 1])) {
			return command_misused("demo",
				"--people takes 1 to 1000000, --seed a number, --start a date");
		} else {
			i++;
		}
	}
	if (!dir)
		return command_misused("demo", "one folder is wanted");
	enum err e = demo_write_list(dir, &o);
	if (e == ERR_FORMAT)
		return command_misused("demo", "--start takes a date, YYYY-MM-DD");
	if (e == ERR_BUSY)
		fprintf(stderr, "foyer demo: %s holds an event already; name another folder\n",
			dir);
	if (e == OK && (e = keys_create(dir, &o.seed)) != OK)
		fprintf(stderr, "foyer demo: %s/keys: %s\n", dir, err_text(e));
	if (e != OK)
		return EXIT_WORLD;
	fprintf(stderr, "%s is an invented mission of %u %s. Next: foyer check %s\n", dir, o.people,
		o.people == 1 ? "person" : "people", dir);
	return EXIT_DONE;
}

const struct verb verb_demo = {
	.name = "demo",
	.summary = "write an invented mission to try everything with",
	.help = "usage: foyer demo DIR [--people N] [--seed S] [--start DATE]\n"
		"\n"
		"Writes an event folder with invented people, activities, bookings and\n"
		"meetings, and keys made from the seed: never use it for a real event. The same\n"
		"options give the same bytes.\n"
		"\n"
		"  --people N    how many people, 1 to 1000000 (default 560)\n"
		"  --seed S      a number; another one gives other names (default 1)\n"
		"  --start DATE  the first of the six days, YYYY-MM-DD (default 2025-10-05)\n",
	.run = run_demo,
};
