/* The store of an event's folder, as the verbs open it. */
#include "folder_store.h"

#include "stores.h"

#include <stdio.h>

enum { PATH = 4096 };

static enum err open_url(struct store **out, const char *dir, const char *url, bool read_only)
{
	struct store_options o = {.read_only = read_only};
	char own[PATH];

	if (url)
		return stores_open(out, url, read_only);
	if (snprintf(own, sizeof(own), "%s/hub.db", dir) >= PATH)
		return ERR_FULL;
	o.where = own;
	return store_sqlite.open(out, &o);
}

enum err folder_store(
	struct store **out, const char *verb, const char *dir, const char *url, bool read_only)
{
	const char *where;

	*out = NULL;
	if (url && !stores_find(url, &where)) {
		/* What was mistyped may hold a password. */
		fprintf(stderr, "foyer %s: --store is no address of a store: %s\n", verb,
			stores_words);
		return ERR_FORMAT;
	}
	enum err e = open_url(out, dir, url, read_only);
	if (e == ERR_ABSENT && read_only)
		return OK;
	if (e)
		fprintf(stderr, "foyer %s: the store %s cannot be opened: %s\n", verb,
			url ? stores_name(url) : "hub.db", err_text(e));
	return e;
}
