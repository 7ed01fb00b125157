/* The rules of a time zone over a span of time, so that boards need no tz database. */
#ifndef HUB_ZONE_RULES_H
#define HUB_ZONE_RULES_H

#include "grow.h"
#include "roster_write.h"

/* Append to rules (struct source_rule) what holds in zone from `from` to `until`, UTC seconds, and say
 * how many there are: the first is what holds at from. Abbreviations live as long as the process.
 * returns: OK
 *          ERR_ABSENT, if the zone is unknown
 *          ERR_IO, if memory ran out */
MUST_CHECK enum err zone_rules(
	const char *zone, int64_t from, int64_t until, struct grow *rules, size_t *count);

#endif
