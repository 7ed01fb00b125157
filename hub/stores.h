/* The kinds of store that a hub may keep its events in, by address. A new kind is a row in stores.c. */
#ifndef HUB_STORES_H
#define HUB_STORES_H

#include "store.h"

/* Every kind as one writes it, for messages: "sqlite:FILE or postgresql://USER@HOST/NAME". Static. */
extern const char stores_words[];

/* The kind that an address names (NULL: stores_words says which there are), and in *where what its
 * open takes. The address may hold a password: stores_name gives what may be shown of it. */
const struct store_kind *stores_find(const char *address, const char **where);
/* "postgresql" or the like, or the file's name of an sqlite: address. Borrowed from it, or static. */
const char *stores_name(const char *address);

/* returns: as the kind's open; ERR_FORMAT, if there is no such kind */
MUST_CHECK enum err stores_open(struct store **out, const char *address, bool read_only);

#endif
