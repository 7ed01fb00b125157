/* The rules of a time zone over a span of time. */
#include "zone_rules.h"

#include <glib.h>

enum { DAY = 86400, MINUTE = 60 };

static bool add_rule(struct grow *rules, GTimeZone *zone, int64_t from)
{
	gint interval = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, from);
	struct source_rule *rule = GROW_ONE(rules, struct source_rule);

	if (!rule)
		return false;
	rule->from = from;
	rule->minutes = g_time_zone_get_offset(zone, interval) / MINUTE;
	/* Interned, so that the name outlives the zone. */
	rule->abbreviation = span_of(g_intern_string(g_time_zone_get_abbreviation(zone, interval)));
	return true;
}

/* The first second of the interval that holds at late, which is another than the one at early. */
static int64_t border(GTimeZone *zone, int64_t early, int64_t late)
{
	gint after = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, late);

	while (late - early > 1) {
		int64_t middle = early + (late - early) / 2;
		if (g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, middle) == after)
			late = middle;
		else
			early = middle;
	}
	return late;
}

enum err zone_rules(
	const char *name, int64_t from, int64_t until, struct grow *rules, size_t *count)
{
	GTimeZone *zone = g_time_zone_new_identifier(name);

	*count = 0;
	if (!zone)
		return ERR_ABSENT;
	bool ok = add_rule(rules, zone, from);
	*count = 1;
	gint last = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, from);
	for (int64_t t = from; ok && t < until; t += DAY) {
		gint next = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, t + DAY);
		if (next == last)
			continue;
		ok = add_rule(rules, zone, border(zone, t, t + DAY));
		last = next;
		++*count;
	}
	g_time_zone_unref(zone);
	return ok ? OK : ERR_IO;
}
