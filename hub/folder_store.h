/* The store of an event's folder, as the verbs open it. */
#ifndef HUB_FOLDER_STORE_H
#define HUB_FOLDER_STORE_H

#include "store.h"

/* Open url, or DIR/hub.db if it is NULL; what fails is said on standard error under the verb's name. With
 * read_only a folder's own store that is not there is no fault: *out is then NULL. One that was named is.
 * returns: OK; as the store's open; ERR_FORMAT, if url is no address of a store */
MUST_CHECK enum err folder_store(
	struct store **out, const char *verb, const char *dir, const char *url, bool read_only);

#endif
