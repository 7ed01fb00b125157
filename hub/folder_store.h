/* The store of an event's folder, as the verbs open it. */
#ifndef HUB_FOLDER_STORE_H
#define HUB_FOLDER_STORE_H

#include "file.h"
#include "store.h"

/* Open url, or DIR/hub.db if it is NULL; what fails is said on standard error under the verb's name. With
 * read_only a folder's own store that is not there is no fault: *out is then NULL. One that was named is.
 * returns: OK; as the store's open; ERR_FORMAT, if url is no address of a store */
MUST_CHECK enum err folder_store(
	struct store **out, const char *verb, const char *dir, const char *url, bool read_only);
/* Have the same store's file for oneself, as a serving hub has: two on one SQLite file would only wait for each
 * other. Another kind of store has a way of its own, and is OK here. What fails is said on standard error.
 * returns: OK; ERR_BUSY, if it is served; ERR_FULL, if dir is too long; as file_lock */
MUST_CHECK enum err folder_store_lock(
	struct file_lock *out, const char *verb, const char *dir, const char *url);
/* Does a hub serve from the same store? Yes also where that cannot be told: another kind of store, which others
 * may serve, or a lock that may not be tried. */
bool folder_store_is_served(const char *dir, const char *url);

#endif
