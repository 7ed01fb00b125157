/* foyer report: who came. */
#include "commands.h"
#include "report.h"

#include <stdio.h>
#include <string.h>

struct wanted {
	const char *dir, *store;
	bool json, names;
};

/* On an event's first day everything is zero: say how it becomes more. */
static void say_empty(const struct past *p, const struct folder *f)
{
	if (f->state.sequence == 0)
		fprintf(stderr, "Nothing is built yet: foyer build %s\n", f->dir);
	else if (p->events == 0)
		fprintf(stderr,
			"No board has sent anything yet. `foyer serve %s` takes what they send; "
			"`foyer enrol %s NAME` lets one in\n",
			f->dir, f->dir);
	else if (!p->has_roster && p->statements > 0)
		fprintf(stderr,
			"What staff said is not counted: version %llu, which tells whom to "
			"believe, is not at %s/roster.foyer\n",
			(unsigned long long)f->state.sequence, f->dir);
}

static int print(const struct wanted *w, const struct census *c, const struct past *p)
{
	json_t *report;
	int failed = 0;

	enum err e = report_make(c, p, w->names, &report);
	if (e) {
		fprintf(stderr, "foyer report: the store failed: %s\n", err_text(e));
		return EXIT_WORLD;
	}
	if (w->json)
		failed = json_dumpf(report, stdout, JSON_INDENT(1) | JSON_PRESERVE_ORDER) ||
			 putchar('\n') == EOF;
	else
		report_print(report);
	json_decref(report);
	say_empty(p, c->folder);
	return failed ? EXIT_WORLD : EXIT_DONE;
}

static int report(const struct wanted *w)
{
	struct folder f;
	struct past p;
	struct census c;

	enum err e = folder_open(&f, "report", w->dir, FOLDER_LIST | FOLDER_KEYS | FOLDER_STATE);
	if (e)
		return folder_exit(e);
	e = past_open(&p, "report", &f, &(struct past_places){.store = w->store});
	if (e) {
		folder_close(&f);
		return EXIT_WORLD;
	}
	int status = EXIT_WORLD;
	e = census_make(&c, &f, &p);
	if (e)
		fprintf(stderr, "foyer report: the store failed: %s\n", err_text(e));
	else
		status = print(w, &c, &p);
	census_free(&c);
	past_close(&p);
	folder_close(&f);
	return status;
}

static int run_report(int argc, char **argv)
{
	struct wanted w = {0};

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			w.json = true;
		else if (strcmp(argv[i], "--names") == 0)
			w.names = true;
		else if (strcmp(argv[i], "--store") == 0 && i + 1 < argc)
			w.store = argv[++i];
		else if (argv[i][0] == '-' || w.dir)
			return command_misused("report", "one folder is wanted, then options");
		else
			w.dir = argv[i];
	}
	return w.dir ? report(&w) : command_misused("report", "one folder is wanted");
}

const struct verb verb_report = {
	.name = "report",
	.summary = "count who came",
	.help = "usage: foyer report DIR [--store URL] [--json] [--names]\n"
		"\n"
		"Counts arrivals, of protected people too, by role, language, kind of\n"
		"organisation, delegation, day and board; who booked and who entered each\n"
		"activity; badges, late guests and corrections that wait; boards and when they\n"
		"were last heard. It may be run while `foyer serve` runs.\n"
		"\n"
		"  --names      also who has not arrived, who is missing where, who was scanned\n"
		"               twice: by id and name, protected people by id alone\n"
		"  --json       print JSON\n"
		"  --store URL  the hub's store (sqlite:DIR/hub.db)\n",
	.run = run_report,
};
