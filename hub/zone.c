/* Wall time of a place to UTC: GLib knows the zones, this file asks it what one hour means. */
#include "zone.h"

#include "list.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { ZONES = 64, ZONE_NAME = 64, DAY = 86400 };

/* GLib reads a zone's file again unless somebody holds the zone. */
static struct {
	char name[ZONE_NAME];
	GTimeZone *zone; /* NULL: there is no such zone */
} known[ZONES];
static unsigned known_n;

static bool well_formed(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789_+-/";

	if (strlen(name) >= ZONE_NAME || strspn(name, letters) != strlen(name))
		return false;
	return strcmp(name, "UTC") == 0 ||
	       (strchr(name, '/') && name[0] != '/' && name[strlen(name) - 1] != '/');
}

static GTimeZone *find_zone(const char *name)
{
	unsigned i = 0;

	while (i < known_n && strcmp(known[i].name, name) != 0)
		i++;
	if (i < known_n)
		return known[i].zone;
	if (!well_formed(name))
		return NULL;
	if (known_n == ZONES) {
		i = --known_n;
		if (known[i].zone)
			g_time_zone_unref(known[i].zone);
	}
	memcpy(known[i].name, name, strlen(name) + 1);
	known[i].zone = g_time_zone_new_identifier(name);
	known_n++;
	return known[i].zone;
}

bool zone_known(const char *name)
{
	return find_zone(name) != NULL;
}

static bool digits(const char *p, unsigned n, int *out)
{
	*out = 0;
	for (unsigned i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return false;
		*out = *out * 10 + (p[i] - '0');
	}
	return true;
}

static bool parse(const char *text, int64_t *wall)
{
	size_t n = strlen(text);
	int year, month, day, hour = 0, minute = 0;

	if (n != 10 && n != 16)
		return false;
	if (!digits(text, 4, &year) || text[4] != '-' || !digits(text + 5, 2, &month) ||
		text[7] != '-' || !digits(text + 8, 2, &day))
		return false;
	if (n == 16 && (text[10] != ' ' || !digits(text + 11, 2, &hour) || text[13] != ':' ||
			       !digits(text + 14, 2, &minute)))
		return false;
	if (year < 1971 || year > 2199 || month < 1 || month > 12 || day < 1 || hour > 23 ||
		minute > 59 || day > g_date_get_days_in_month((GDateMonth)month, (GDateYear)year))
		return false;
	GDate date;
	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
	int64_t epoch = 719163; /* the Julian day of GLib (1 = 1 January 1) of 1970-01-01 */
	*wall = ((int64_t)g_date_get_julian(&date) - epoch) * DAY + hour * 3600 + minute * 60;
	return true;
}

static int64_t offset_at(GTimeZone *zone, int64_t utc)
{
	return g_time_zone_get_offset(
		zone, g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, utc));
}

enum err list_time(const char *text, const char *zone, int64_t *out)
{
	int64_t wall;

	*out = 0;
	if (!parse(text, &wall))
		return ERR_FORMAT;
	GTimeZone *z = find_zone(zone);
	if (!z)
		return ERR_ABSENT;
	/* Clocks change at most once in two days: what they show is meant by the offset of the day
	 * before or of the day after. An hour that both explain comes twice; one that none does,
	 * never. */
	int64_t early = offset_at(z, wall - DAY), late = offset_at(z, wall + DAY);
	bool by_early = offset_at(z, wall - early) == early;
	bool by_late = offset_at(z, wall - late) == late;
	if (!by_early && !by_late)
		return ERR_ABSENT;
	if (by_early && by_late && early != late)
		return ERR_BUSY;
	*out = wall - (by_early ? early : late);
	return OK;
}

void zone_iso(const char *zone, int64_t wall_ms, char out[static ZONE_ISO])
{
	const int64_t last = 253402300799; /* 9999-12-31T23:59:59Z */
	GTimeZone *z = find_zone(zone);
	int64_t utc = wall_ms / 1000, east = z ? offset_at(z, utc) : 0;
	time_t local = (time_t)(utc + east);
	struct tm tm;

	out[0] = '\0';
	if (wall_ms <= 0 || utc > last - DAY || !gmtime_r(&local, &tm))
		return;
	size_t n = strftime(out, ZONE_ISO, "%Y-%m-%dT%H:%M:%S", &tm);
	unsigned minutes = (unsigned)(east < 0 ? -east : east) / 60;
	snprintf(out + n, ZONE_ISO - n, "%c%02u:%02u", east < 0 ? '-' : '+', minutes / 60 % 24,
		minutes % 60);
}
