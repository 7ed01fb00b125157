/* Time zones of the tz database, by name. */
#ifndef HUB_ZONE_H
#define HUB_ZONE_H

#include "base.h"

/* Is name a zone of the tz database, written Area/City (or UTC)? One thread. */
bool zone_known(const char *name);

#endif
