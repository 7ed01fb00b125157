/* The end of an event's store. */
#include "store_erase.h"

#include "folder_store.h"
#include "store_postgres.h"
#include "stores.h"
#include "wipe.h"

#include <stdio.h>

enum { PATH = 4096 };

static bool is_file(const struct store_erasing *x, const char **where)
{
	*where = NULL;
	return !x->url || stores_find(x->url, where) == &store_sqlite;
}

enum err store_erase_begin(
	struct store_erasing *out, const char *verb, const char *dir, const char *url)
{
	const char *where;

	*out = (struct store_erasing){.dir = dir, .url = url, .lock = FILE_LOCK_NONE};
	if (is_file(out, &where))
		return folder_store_lock(&out->lock, verb, dir, url);
	enum err e = folder_store(&out->store, verb, dir, url, false);
	if (e)
		return e;
	e = store_postgres_alone(out->store);
	if (e)
		fprintf(stderr, "foyer %s: the store %s: %s\n", verb, stores_name(url),
			e == ERR_BUSY ? "it is served by a hub; stop that first" : err_text(e));
	return e;
}

static enum err erase_file(const struct store_erasing *x, const char *where)
{
	static const char *const ends[] = {"", "-wal", "-shm"};
	char path[PATH], own[PATH];
	enum err e = OK;

	if (!where && snprintf(own, sizeof(own), "%s/hub.db", x->dir) >= PATH)
		return ERR_FULL;
	for (size_t i = 0; i < COUNT(ends) && e == OK; i++)
		e = snprintf(path, sizeof(path), "%s%s", where ? where : own, ends[i]) < PATH
			    ? wipe_file(path)
			    : ERR_FULL;
	return e;
}

enum err store_erase(struct store_erasing *x)
{
	const char *where;

	if (is_file(x, &where))
		return erase_file(x, where);
	return store_postgres_erase(x->store);
}

void store_erase_end(struct store_erasing *x)
{
	store_close(x->store);
	x->store = NULL;
	file_unlock(&x->lock);
}
