/* foyer invitations: a row ready to mail and a code for every person. */
#include "code_png.h"
#include "commands.h"
#include "folder.h"
#include "progress.h"
#include "source.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH = 4096 };

static const char header[] =
	"id,given_name,family_name,display_name,honorific,organisation,language,email,token,code\n";

/* RFC 4180: quotes where a cell needs them. */
static void put_cell(FILE *f, const char *cell)
{
	if (!strpbrk(cell, ",\"\r\n")) {
		fputs(cell, f);
		return;
	}
	fputc('"', f);
	for (; *cell; cell++) {
		if (*cell == '"')
			fputc('"', f);
		fputc(*cell, f);
	}
	fputc('"', f);
}

static void put_row(FILE *f, const struct list *l, const struct list_person *p, const char *token)
{
	const char *cells[] = {p->id, p->given_name, p->family_name, p->display_name, p->honorific,
		p->organisation < 0 ? "" : l->organisations[p->organisation].name,
		language_codes[p->language], p->email, token};

	for (size_t i = 0; i < COUNT(cells); i++) {
		put_cell(f, cells[i]);
		fputc(',', f);
	}
	fprintf(f, "codes/%s.png\n", p->id);
}

static enum err write_one(
	struct folder *f, const struct list_person *from, const char *out, FILE *rows)
{
	struct state_person p;
	struct token t;
	char text[TOKEN_TEXT + 1], path[PATH];

	enum err e = folder_person(f, "invitations", from->id, &p);
	if (e)
		return e;
	source_token(&f->keys, &p, TOKEN_INVITATION, p.invitation, &t, f->state.staff_epoch);
	token_text(&t, text);
	put_row(rows, &f->list, from, text);
	snprintf(path, sizeof(path), "%s/codes/%s.png", out, from->id);
	e = code_png(text, path);
	if (e)
		fprintf(stderr, "foyer invitations: %s: %s\n", path, folder_unwritten(e));
	seal_wipe(&t, sizeof(t));
	seal_wipe(text, sizeof(text));
	return e;
}

static enum err write_rows(struct folder *f, const char *out, FILE *rows)
{
	struct progress bar = progress_start("writing codes", f->list.people_n);
	enum err e = OK;

	fputs(header, rows);
	for (size_t i = 0; i < f->list.people_n && e == OK; i++) {
		e = write_one(f, &f->list.people[i], out, rows);
		progress_at(&bar, i + 1);
	}
	progress_end(&bar);
	return e;
}

static bool make_folder(const char *path)
{
	if (mkdir(path, 0700) == 0 || errno == EEXIST)
		return true;
	fprintf(stderr, "foyer invitations: %s: %s\n", path, strerror(errno));
	return false;
}

static int write_all(struct folder *f, const char *out)
{
	char path[PATH];
	enum err e = OK;

	snprintf(path, sizeof(path), "%s/codes", out);
	if (!make_folder(out) || !make_folder(path))
		return EXIT_WORLD;
	snprintf(path, sizeof(path), "%s/invitations.csv", out);
	FILE *rows = fopen(path, "w");
	if (rows) {
		e = write_rows(f, out, rows);
		bool failed = ferror(rows) != 0;
		failed |= fclose(rows) != 0;
		e = e == OK && failed ? ERR_IO : e;
	}
	if (!rows || e)
		fprintf(stderr, "foyer invitations: %s: %s\n", path,
			rows ? err_text(e) : strerror(errno));
	else
		fprintf(stderr,
			"%s: %zu invitation%s. Whoever has a row can open that person's agenda.\n",
			path, f->list.people_n, f->list.people_n == 1 ? "" : "s");
	return rows && e == OK ? EXIT_DONE : EXIT_WORLD;
}

static int invitations(const char *dir, const char *out)
{
	struct folder f;

	/* Whoever has a row can open an agenda. */
	umask(077);
	enum err e = folder_open(&f, "invitations", dir, FOLDER_LIST | FOLDER_KEYS | FOLDER_STATE);
	if (e)
		return folder_exit(e);
	int status = write_all(&f, out);
	folder_close(&f);
	return status;
}

static int run_invitations(int argc, char **argv)
{
	const char *dir = NULL, *out = NULL;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "-o") == 0 && i + 1 < argc)
			out = argv[++i];
		else if (argv[i][0] == '-' || dir)
			return command_misused("invitations", "one folder is wanted, and -o OUT");
		else
			dir = argv[i];
	}
	if (!dir || !out)
		return command_misused("invitations", "an event folder and -o OUT are wanted");
	if (strlen(out) > PATH - 64)
		return command_misused("invitations", "the name of OUT is too long");
	return invitations(dir, out);
}

const struct verb verb_invitations = {
	.name = "invitations",
	.summary = "write everybody's invitation and its code",
	.help = "usage: foyer invitations DIR -o OUT\n"
		"\n"
		"Writes OUT/invitations.csv, a row ready to mail for every person, and the code "
		"of\n"
		"each as OUT/codes/ID.png. Keep OUT as you keep the list: a code opens an "
		"agenda.\n",
	.run = run_invitations,
};
