/* foyer export: who came, as CSV files. */
#include "commands.h"
#include "export.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PATH = 4096 };

struct wanted {
	const char *dir, *out, *store;
	bool force;
};

static bool path_of(const struct wanted *w, size_t i, char path[static PATH])
{
	return snprintf(path, PATH, "%s/%s", w->out, export_names[i]) < PATH;
}

/* Somebody may have worked on the results of yesterday. */
static bool is_in_the_way(const struct wanted *w)
{
	char path[PATH];

	for (size_t i = 0; i < EXPORT_FILES && !w->force; i++)
		if (path_of(w, i, path) && access(path, F_OK) == 0) {
			fprintf(stderr,
				"foyer export: %s is there already; --force writes it anew\n",
				path);
			return true;
		}
	return false;
}

static int write_files(const struct wanted *w, const struct csv_out *files)
{
	char path[PATH];
	enum err e = file_make_folder(w->out);

	if (e) {
		fprintf(stderr, "foyer export: %s: %s\n", w->out, folder_unwritten(e));
		return EXIT_WORLD;
	}
	for (size_t i = 0; i < EXPORT_FILES; i++) {
		const struct span bytes = {files[i].bytes.p, files[i].bytes.n};
		e = path_of(w, i, path) ? file_write(path, bytes, 0600) : ERR_FULL;
		if (e) {
			fprintf(stderr, "foyer export: %s: %s\n", path, folder_unwritten(e));
			return EXIT_WORLD;
		}
	}
	fprintf(stderr, "%s: %d files. They name people: keep them as you keep the list\n", w->out,
		EXPORT_FILES);
	return EXIT_DONE;
}

static int make_files(const struct wanted *w, struct folder *f, const struct past *p)
{
	struct csv_out files[EXPORT_FILES] = {0};
	struct census c;
	int status = EXIT_WORLD;

	enum err e = census_make(&c, f, p);
	if (e == OK)
		e = export_make(&c, p, files);
	if (e)
		fprintf(stderr, "foyer export: the store failed: %s\n", err_text(e));
	else
		status = write_files(w, files);
	for (size_t i = 0; i < EXPORT_FILES; i++) {
		if (files[i].bytes.p)
			seal_wipe(files[i].bytes.p, files[i].bytes.n);
		grow_free(&files[i].bytes);
	}
	census_free(&c);
	return status;
}

static int export_all(const struct wanted *w)
{
	struct folder f;
	struct past p;

	enum err e = folder_open(&f, "export", w->dir, FOLDER_LIST | FOLDER_KEYS | FOLDER_STATE);
	if (e)
		return folder_exit(e);
	int status = is_in_the_way(w) ? EXIT_NO : EXIT_DONE;
	if (status == EXIT_DONE) {
		e = past_open(&p, "export", &f, &(struct past_places){.store = w->store});
		status = e ? EXIT_WORLD : make_files(w, &f, &p);
		past_close(&p);
	}
	folder_close(&f);
	return status;
}

static int run_export(int argc, char **argv)
{
	struct wanted w = {0};

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--force") == 0)
			w.force = true;
		else if (strcmp(argv[i], "-o") == 0 && i + 1 < argc)
			w.out = argv[++i];
		else if (strcmp(argv[i], "--store") == 0 && i + 1 < argc)
			w.store = argv[++i];
		else if (argv[i][0] == '-' || w.dir)
			return command_misused("export", "one folder is wanted, then options");
		else
			w.dir = argv[i];
	}
	if (!w.dir || !w.out)
		return command_misused("export", "a folder and -o OUT are wanted");
	return export_all(&w);
}

const struct verb verb_export = {
	.name = "export",
	.summary = "write who came and who did what as CSV files",
	.help = "usage: foyer export DIR -o OUT [--store URL] [--force]\n"
		"\n"
		"Writes OUT/arrivals.csv, attendance.csv, badges.csv, corrections.csv, late.csv\n"
		"and staff.csv (who did what with which card, whom she looked up, and that she\n"
		"searched: words then says how often by then). UTF-8 with a line of column\n"
		"names; times with the offset of the place. The files name people and are for\n"
		"their owner's eyes only (0600).\n"
		"\n"
		"A cell that a spreadsheet would take for a formula (it begins with = + - @, TAB\n"
		"or a line end, or does so after a separator) gets an apostrophe before it.\n"
		"\n"
		"  --force      write files that are there already anew\n"
		"  --store URL  the hub's store (sqlite:DIR/hub.db)\n",
	.run = run_export,
};
