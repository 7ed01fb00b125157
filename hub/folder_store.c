/* The store of an event's folder, as the verbs open it. */
#include "folder_store.h"

#include <stdio.h>
#include <string.h>

enum { PATH = 4096 };

static enum err open_path(struct store **out, const char *path, bool read_only)
{
	const struct store_options o = {.where = path, .read_only = read_only};

	return store_sqlite.open(out, &o);
}

static enum err open_url(struct store **out, const char *dir, const char *url, bool read_only)
{
	static const char scheme[] = "sqlite:";
	char own[PATH];

	if (url)
		return strncmp(url, scheme, sizeof(scheme) - 1) == 0
			       ? open_path(out, url + sizeof(scheme) - 1, read_only)
			       : ERR_FORMAT;
	if (snprintf(own, sizeof(own), "%s/hub.db", dir) >= PATH)
		return ERR_FULL;
	return open_path(out, own, read_only);
}

enum err folder_store(
	struct store **out, const char *verb, const char *dir, const char *url, bool read_only)
{
	*out = NULL;
	enum err e = open_url(out, dir, url, read_only);
	if (e == ERR_ABSENT && read_only)
		return OK;
	if (e)
		fprintf(stderr, "foyer %s: the store %s cannot be opened: %s\n", verb,
			url ? url : "hub.db", err_text(e));
	return e;
}
