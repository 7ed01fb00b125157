/* The store of an event's folder, as the verbs open it. */
#include "folder_store.h"

#include "folder.h"
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

/* The path of an SQLite store, or NULL for another kind. */
static const char *local_path(const char *dir, const char *url, char path[static PATH])
{
	const char *where;

	if (url)
		return stores_find(url, &where) == &store_sqlite ? where : NULL;
	return snprintf(path, PATH, "%s/hub.db", dir) < PATH ? path : NULL;
}

/* returns: OK, with the name of its lock, empty for another kind of store; ERR_FULL */
static enum err lock_name(const char *dir, const char *url, char name[static PATH])
{
	char path[PATH];
	const char *store = local_path(dir, url, path);

	name[0] = '\0';
	return store && snprintf(name, PATH, "%s.lock", store) >= PATH ? ERR_FULL : OK;
}

enum err folder_store_lock(
	struct file_lock *out, const char *verb, const char *dir, const char *url)
{
	char name[PATH];
	pid_t holder = 0;

	enum err e = lock_name(dir, url, name);
	if (e || !*name)
		return e;
	e = file_lock(out, name, &holder);
	if (e == ERR_BUSY)
		fprintf(stderr, "foyer %s: %s is served by process %d already\n", verb, dir,
			(int)holder);
	else if (e)
		fprintf(stderr, "foyer %s: %s: %s\n", verb, name, folder_unwritten(e));
	return e;
}

bool folder_store_is_served(const char *dir, const char *url)
{
	struct file_lock lock = FILE_LOCK_NONE;
	char name[PATH];
	pid_t holder;

	if (lock_name(dir, url, name) != OK || !*name || file_lock(&lock, name, &holder) != OK)
		return true;
	file_unlock(&lock);
	return false;
}
