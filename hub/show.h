/* A roster and a guest's record as JSON or as lines, on standard output. */
#ifndef HUB_SHOW_H
#define HUB_SHOW_H

#include "roster.h"

/* The event, the version, and the bytes of every section.
 * returns: OK
 *          ERR_IO, if writing failed */
MUST_CHECK enum err show_roster(const struct roster *r, bool json);

/* The person of v with the columns of people.csv, bookings and meetings as arrays; of a protected person
 * no name. v's memory is used for what is sealed.
 * returns: OK
 *          ERR_FORGED, ERR_FORMAT, ERR_FULL, if something she holds a key of does not open
 *          ERR_IO, if writing failed */
MUST_CHECK enum err show_visit(const struct roster *r, struct visit *v, bool json);

#endif
