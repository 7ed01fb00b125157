/* Who came: the past counted, as one JSON object. Without names nothing in it is about one person. */
#ifndef HUB_REPORT_H
#define HUB_REPORT_H

#include "census.h"

#include <jansson.h>

/* What is counted:
 *
 *   event, version, events
 *   people       listed arrived doubles late late_waiting corrections_waiting unknown
 *   by           role language organisation_kind delegation day board: each a table of
 *                name → {listed arrived}, of days and boards {arrived} alone; and place, where
 *                activities are: {entered}, everybody once an activity
 *   badges       printed uncertain running replaced revoked
 *   activities   [id title start place booked entered inside missing overrides]
 *   boards       [name role state last_contact], quarantined
 *
 * With names also, by id and name (protected people by id alone): missing in each activity, and doubles,
 * uncertain_badges and missing of the whole.
 * returns: OK; as the store; ERR_IO also if memory is out; *out is the caller's */
MUST_CHECK enum err report_make(
	const struct census *c, const struct past *p, bool names, json_t **out);

/* The same for people, on standard output. */
void report_print(json_t *report);

#endif
