/* Dates and times in words, the month always spelt, in four languages.
 *
 * An instant is seconds since 1970, UTC; offset is minutes east of UTC at that instant, as
 * roster_offset gives it. Patterns follow the CLDR of fr_BE, nl_BE, de_BE and en_BE; French has
 * 1er for the first of a month. Pure. */
#ifndef KIOSK_WHEN_H
#define KIOSK_WHEN_H

#include "visit.h"

struct civil {
	int32_t year, month, day;     /* month and day from 1 */
	int32_t weekday;              /* 0 Monday … 6 Sunday */
	int32_t hour, minute, second; /* 24 hours */
};
struct civil when_civil(int64_t utc, int32_t offset);
/* Days since 1970-01-01 of the local date: equal on the same day. */
int64_t when_day_number(int64_t utc, int32_t offset);

/* "mardi 9 juin 2026", "dinsdag 9 juni 2026", "Dienstag, 9. Juni 2026", "Tuesday, 9 June 2026". */
void when_date(struct sink *k, enum language language, int64_t utc, int32_t offset);
/* The same without the year, for headings: it begins with a capital. */
void when_heading(struct sink *k, enum language language, int64_t utc, int32_t offset);
/* "9 juin", "9 juni", "9. Juni", "9 June": the day alone. */
void when_day(struct sink *k, enum language language, int64_t utc, int32_t offset);
/* "14:05". */
void when_time(struct sink *k, int64_t utc, int32_t offset);
/* "09:00 – 10:30". */
void when_span(struct sink *k, int64_t start, int64_t end, int32_t offset);
/* How far off it is, to stand alone: "now", "in 25 minutes" (up to 90 minutes ahead), "today at
 * 14:05", "tomorrow at 09:00", else "Thursday, 9 October, 09:00". It begins with a capital. */
void when_next(struct sink *k, enum language language, int64_t now, int64_t start, int32_t offset);
/* "20261009T090000Z": iCalendar's UTC form. */
void when_stamp(struct sink *k, int64_t utc);

#endif
