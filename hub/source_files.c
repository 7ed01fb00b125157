/* The files of a source: the organiser's own badge templates. */
#include "source_parts.h"

#include "badge.h"
#include "file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH = 4096, TEMPLATE_MAX = 4 << 20 };

static int is_template(const struct dirent *d)
{
	size_t n = strlen(d->d_name);

	return d->d_name[0] != '.' && n > 4 && strcmp(d->d_name + n - 4, ".svg") == 0;
}

/* A copy that lives as long as the source. */
static struct span keep(struct source *o, struct span bytes)
{
	char *copy = malloc(bytes.n + 1);

	if (!copy)
		return (struct span){0};
	memcpy(copy, bytes.p, bytes.n);
	grow_bytes(&o->kept, &copy, sizeof(copy));
	return (struct span){(uint8_t *)copy, bytes.n};
}

static bool ends_with(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);

	return n > m && strcmp(name + n - m, end) == 0;
}

/* A template that a board could not print would show only at the first badge, in front of a guest. */
static enum err check_template(struct span svg, const char *path)
{
	const struct badge_paper *paper = NULL;
	struct badge_template *template = NULL;
	char fault[BADGE_FAULT] = "";

	if (ends_with(path, ".62x100.svg"))
		paper = &badge_paper_62x100;
	else if (ends_with(path, ".80.svg"))
		paper = &badge_paper_80;
	enum err e = paper ? badge_template_load(&template, svg, paper, fault) : ERR_FORMAT;
	if (!paper)
		fprintf(stderr,
			"foyer: %s: for which paper? Its name must end in .62x100.svg or .80.svg\n",
			path);
	else if (e)
		fprintf(stderr, "foyer: %s: %s\n", path, *fault ? fault : err_text(e));
	badge_template_free(template);
	return e;
}

static enum err gather_file(struct source *o, const char *dir, const char *name)
{
	char path[PATH], inside[PATH];
	struct file_bytes f;

	if (snprintf(path, sizeof(path), "%s/badge/%s", dir, name) >= PATH)
		return ERR_IO;
	enum err e = file_read(&f, path, TEMPLATE_MAX);
	if (e) {
		fprintf(stderr, "foyer: %s: %s\n", path, err_text(e));
		return ERR_IO;
	}
	e = check_template(f.bytes, path);
	if (e) {
		file_free(&f);
		return e;
	}
	snprintf(inside, sizeof(inside), "badge/%s", name);
	struct source_file *out = GROW_ONE(&o->files, struct source_file);
	if (out) {
		out->name = keep(o, span_of(inside));
		out->bytes = keep(o, f.bytes);
	}
	file_free(&f);
	return out && out->name.p && out->bytes.p && !o->kept.failed ? OK : ERR_IO;
}

enum err gather_files(struct source *o, const char *dir)
{
	char path[PATH];
	struct dirent **names;
	enum err e = OK;

	if (snprintf(path, sizeof(path), "%s/badge", dir) >= PATH)
		return ERR_IO;
	int n = scandir(path, &names, is_template, alphasort);
	if (n < 0 && errno == ENOENT)
		return OK;
	if (n < 0) {
		fprintf(stderr, "foyer: %s: %s\n", path, err_text(file_error(errno)));
		return ERR_IO;
	}
	for (int i = 0; i < n; i++) {
		if (e == OK)
			e = gather_file(o, dir, names[i]->d_name);
		free(names[i]);
	}
	free(names);
	return e;
}
