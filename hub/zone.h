/* Time zones of the tz database, by name. */
#ifndef HUB_ZONE_H
#define HUB_ZONE_H

#include "base.h"

/* Is name a zone of the tz database, written Area/City (or UTC)? One thread. */
bool zone_known(const char *name);

/* "2030-05-06T19:00:00+02:00": the wall time in a zone (one that is not known: UTC), or "" for a time that
 * is not between 1970 and 9999. One thread. */
enum { ZONE_ISO = 32 };
void zone_iso(const char *zone, int64_t wall_ms, char out[static ZONE_ISO]);

#endif
