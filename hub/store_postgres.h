/* The store in PostgreSQL, which several hubs may share (firmware/store.h). where is a whole address,
 * postgresql://USER:PASSWORD@HOST/NAME?sslmode=…, as libpq takes it. The tables foyer_* are made when
 * they are not there. open returns also ERR_BUSY, if STORE_WRITERS hubs write already.
 *
 * A call that finds the connection lost says ERR_IO, the next one connects anew; whether a merge that
 * broke off is in the store shows when the board sends it again, as a repeat. */
#ifndef HUB_STORE_POSTGRES_H
#define HUB_STORE_POSTGRES_H

#include "store.h"

extern const struct store_kind store_postgresql;
/* The end of a store that is of this kind and not read_only.
 * alone: no hub writes there any more, nor can one that did, until s is closed. returns: OK; ERR_BUSY, if one
 * does; as all functions of a store
 * erase: the tables are gone; after that s can only be closed. What the server's own log and backups hold goes
 * by their settings. */
MUST_CHECK enum err store_postgres_alone(struct store *s);
MUST_CHECK enum err store_postgres_erase(struct store *s);

#endif
