/* The store of an event's folder, as the verbs open it. */
#include "folder_store.h"

#include "stores.h"

#include <stdio.h>

enum { PATH = 4096 };

enum err folder_store(
	struct store **out, const char *verb, const char *dir, const char *url, bool read_only)
{
	const char *where;
	char own[PATH];

	*out = NULL;
	if (!url && snprintf(own, sizeof(own), "sqlite:%s/hub.db", dir) >= PATH)
		return ERR_FULL;
	const char *address = url ? url : own;
	if (!stores_find(address, &where)) {
		fprintf(stderr, "foyer %s: --store is %s\n", verb, stores_words);
		return ERR_FORMAT;
	}
	enum err e = stores_open(out, address, read_only);
	if (e == ERR_ABSENT && read_only && !url)
		return OK;
	if (e)
		fprintf(stderr, "foyer %s: the store %s cannot be opened: %s\n", verb,
			stores_name(address), err_text(e));
	return e;
}
