/* foyer check: prints the faults of the master list, and mends encodings. */
#include "base.h"
#include "commands.h"
#include "encoding.h"
#include "file.h"
#include "list_inside.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH = 4096 };

static const char *const severity_names[] = {"warning", "error"};

static void print_lines(const struct list *l)
{
	for (size_t i = 0; i < l->faults_n; i++) {
		const struct fault *f = &l->faults[i];
		printf("%s:%u: %s%s%s: %s\n", f->at.file, f->at.line, f->column,
			*f->column ? ": " : "", severity_names[f->severity], f->words);
	}
}

static bool print_json(const struct list *l)
{
	json_t *all = json_array();

	for (size_t i = 0; i < l->faults_n; i++) {
		const struct fault *f = &l->faults[i];
		json_array_append_new(
			all, json_pack("{s:s, s:I, s:s, s:s, s:s}", "file", f->at.file, "line",
				     (json_int_t)f->at.line, "column", f->column, "severity",
				     severity_names[f->severity], "words", f->words));
	}
	bool written = json_dumpf(all, stdout, JSON_INDENT(1) | JSON_PRESERVE_ORDER) == 0;
	putchar('\n');
	json_decref(all);
	return written;
}

/* The old bytes are whole on the disk before the list is another one; nobody may read it who could not. */
static enum err rewrite(const char *dir, const char *name, struct span old, enum encoding from)
{
	char path[PATH], orig[PATH];
	struct stat st;
	size_t n;

	if ((size_t)snprintf(path, sizeof(path), "%s/%s", dir, name) >= sizeof(path) - 8)
		return ERR_FULL;
	snprintf(orig, sizeof(orig), "%.*s.orig", PATH - 8, path);
	if (access(orig, F_OK) == 0) {
		fprintf(stderr, "foyer check: %s is there already; move it away first\n", orig);
		return ERR_IO;
	}
	uint8_t *text = encoding_to_utf8(old, from, &n);
	mode_t mode = stat(path, &st) == 0 ? st.st_mode & 0777 : 0600;
	enum err e = file_write(orig, old, mode);
	if (e == OK)
		e = file_write(path, (struct span){text, n}, mode);
	free(text);
	if (e)
		fprintf(stderr, "foyer check: %s: %s\n", path, err_text(e));
	else
		fprintf(stderr, "%s: was %s, is UTF-8 now; the old bytes are in %s\n", path,
			encoding_names[from], orig);
	return e;
}

static enum err fix(const char *dir, const char *name)
{
	struct span bytes;

	enum err e = list_slurp(dir, name, &bytes);
	if (e != OK)
		return e == ERR_ABSENT ? OK : e;
	enum encoding from = encoding_guess(bytes);
	if (from == ENCODING_UNKNOWN)
		fprintf(stderr, "%s/%s: the encoding is not known here; save it as UTF-8\n", dir,
			name);
	else if (from != ENCODING_UTF8)
		e = rewrite(dir, name, bytes, from) ? ERR_IO : OK;
	free((void *)(uintptr_t)bytes.p);
	return e;
}

static enum err fix_all(const char *dir)
{
	char name[64];
	enum err e = fix(dir, "event.ini");

	for (int t = 0; t < TABLES && e == OK; t++) {
		snprintf(name, sizeof(name), "list/%s", list_tables[t].file);
		e = fix(dir, name);
	}
	return e;
}

static int report(const struct list *l, bool json)
{
	if (!json)
		print_lines(l);
	else if (!print_json(l))
		return EXIT_WORLD;
	fflush(stdout);
	size_t warnings = l->faults_n - l->errors_n;
	fprintf(stderr, "%zu %s, %zu %s, %zu booking%s, %zu meeting%s: ", l->people_n,
		l->people_n == 1 ? "person" : "people", l->activities_n,
		l->activities_n == 1 ? "activity" : "activities", l->bookings_n,
		l->bookings_n == 1 ? "" : "s", l->meetings_n, l->meetings_n == 1 ? "" : "s");
	if (l->faults_n == 0)
		fputs("no faults\n", stderr);
	else
		fprintf(stderr, "%zu error%s, %zu warning%s\n", l->errors_n,
			l->errors_n == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
	return l->errors_n ? EXIT_NO : EXIT_DONE;
}

static int run_check(int argc, char **argv)
{
	const char *dir = NULL;
	bool json = false, mend = false;
	struct list l;

	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], "--json") == 0)
			json = true;
		else if (strcmp(argv[i], "--fix") == 0)
			mend = true;
		else if (argv[i][0] == '-' || dir)
			return command_misused(
				"check", "one folder is wanted, and --json or --fix");
		else
			dir = argv[i];
	if (!dir)
		return command_misused("check", "one folder is wanted");
	if (mend && fix_all(dir) != OK)
		return EXIT_WORLD;
	enum err e = list_load(&l, dir);
	if (e == ERR_ABSENT)
		fprintf(stderr,
			"foyer check: %s is no event folder: event.ini or list/people.csv is "
			"missing; "
			"`foyer new` makes one\n",
			dir);
	if (e != OK)
		return EXIT_WORLD;
	int status = report(&l, json);
	list_free(&l);
	return status;
}

const struct verb verb_check = {
	.name = "check",
	.summary = "find every fault in the master list",
	.help = "usage: foyer check DIR [--json] [--fix]\n"
		"\n"
		"Prints one line a fault: FILE:LINE: COLUMN: error|warning: what is wrong; what "
		"to\n"
		"do. LINE is the line a text editor shows; the header is line 1. Exit status 0:\n"
		"no errors (there may be warnings), 1: errors.\n"
		"\n"
		"  --json  print the faults as a JSON array\n"
		"  --fix   first rewrite files that are in Latin-1, Windows-1252 or UTF-16 in\n"
		"          UTF-8; the old bytes stay beside them in FILE.orig\n",
	.run = run_check,
};
