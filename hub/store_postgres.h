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

#endif
