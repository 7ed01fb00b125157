/* The files of a source: the organiser's own badge templates. */
#include "source_parts.h"

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
