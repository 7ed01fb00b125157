/* The end of an event's store: had for oneself, then erased. */
#ifndef HUB_STORE_ERASE_H
#define HUB_STORE_ERASE_H

#include "file.h"
#include "store.h"

struct store_erasing {
	const char *dir, *url; /* as folder_store */
	struct file_lock lock;
	struct store *store; /* NULL: it is a file, or there is none */
};

/* Nobody serves it from now on; nothing is lost yet. What fails is said on standard error under the verb's name.
 * returns: OK; ERR_BUSY, if it is served; as folder_store and file_lock */
MUST_CHECK enum err store_erase_begin(
	struct store_erasing *out, const char *verb, const char *dir, const char *url);
/* Overwrite and remove the file, or drop the tables. returns: OK; as wipe_file, or the store */
MUST_CHECK enum err store_erase(struct store_erasing *x);
/* Also after a begin that failed. */
void store_erase_end(struct store_erasing *x);

#endif
