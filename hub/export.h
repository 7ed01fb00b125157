/* The results of an event as CSV files (csv_out.h). The first line names the columns; times are ISO 8601 with
 * the offset of the place: of an activity its place's zone, else the zone of the leg.
 *
 *   arrivals.csv     every arrival, doubles too
 *   attendance.csv   who booked and who entered: a line a person and activity
 *   badges.csv       a line a person and badge issue
 *   corrections.csv  what desks and guests asked to be corrected
 *   late.csv         late guests
 *   staff.csv        who did what with which card: only the hub knows whose a card is. An undo is told with
 *                    the person, issue and activity of what it takes back, and words for it
 *
 * All are made in memory; the caller frees each file's bytes. One thread. */
#ifndef HUB_EXPORT_H
#define HUB_EXPORT_H

#include "census.h"
#include "csv_out.h"

enum { EXPORT_FILES = 6 };
extern const char *const export_names[EXPORT_FILES];

/* returns: OK; as the store; ERR_IO also if memory is out. out is to be freed either way. */
MUST_CHECK enum err export_make(
	struct census *c, const struct past *p, struct csv_out out[static EXPORT_FILES]);

#endif
