/* Dates and times in words. */
#include "when.h"

#include <string.h>

#include "words.h"

enum { DAY_S = 86400 };

/* Names are data of the calendar, not sentences, so they stand here and not in the catalogues. */
static const char *const months[LANGUAGES][12] = {
	[LANGUAGE_DE] = {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
		"September", "Oktober", "November", "Dezember"},
	[LANGUAGE_EN] = {"January", "February", "March", "April", "May", "June", "July", "August",
		"September", "October", "November", "December"},
	[LANGUAGE_FR] = {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
		"septembre", "octobre", "novembre", "décembre"},
	[LANGUAGE_NL] = {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
		"september", "oktober", "november", "december"},
};
static const char *const weekdays[LANGUAGES][7] = {
	[LANGUAGE_DE] = {"Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag",
		"Sonntag"},
	[LANGUAGE_EN] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
		"Sunday"},
	[LANGUAGE_FR] = {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"},
	[LANGUAGE_NL] = {"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag",
		"zondag"},
};

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int64_t when_day_number(int64_t utc, int32_t offset)
{
	return floor_div(utc + (int64_t)offset * 60, DAY_S);
}

/* The proleptic Gregorian calendar, counted from 1 March so that the leap day comes last. */
struct civil when_civil(int64_t utc, int32_t offset)
{
	int64_t days = when_day_number(utc, offset);
	int64_t rest = utc + (int64_t)offset * 60 - days * DAY_S;
	int64_t z = days + 719468;
	int64_t era = floor_div(z, 146097);
	int64_t in_era = z - era * 146097;
	int64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int64_t in_year = in_era - (365 * year + year / 4 - year / 100);
	int64_t m = (5 * in_year + 2) / 153;
	struct civil c = {
		.year = (int32_t)(year + era * 400 + (m >= 10)),
		.month = (int32_t)(m < 10 ? m + 3 : m - 9),
		.day = (int32_t)(in_year - (153 * m + 2) / 5 + 1),
		.weekday = (int32_t)(days + 3 - floor_div(days + 3, 7) * 7),
		.hour = (int32_t)(rest / 3600),
		.minute = (int32_t)(rest / 60 % 60),
		.second = (int32_t)(rest % 60),
	};
	return c;
}

static void put(struct sink *k, const char *s)
{
	sink_bytes(k, s, strlen(s));
}

static void put_number(struct sink *k, int32_t v, int digits)
{
	char text[12];
	int n = 0;
	do {
		text[sizeof(text) - (size_t)++n] = (char)('0' + v % 10);
		v /= 10;
	} while (n < (int)sizeof(text) && (v > 0 || n < digits));
	sink_bytes(k, text + sizeof(text) - (size_t)n, (size_t)n);
}

/* "9", and "1er" in French. */
static void put_day(struct sink *k, enum language language, int32_t day)
{
	put_number(k, day, 1);
	if (language == LANGUAGE_FR && day == 1)
		put(k, "er");
	if (language == LANGUAGE_DE)
		put(k, ".");
}

static void put_short(struct sink *k, enum language language, struct civil c)
{
	put_day(k, language, c.day);
	put(k, " ");
	put(k, months[language][c.month - 1]);
}

static void put_long(struct sink *k, enum language language, struct civil c)
{
	put(k, weekdays[language][c.weekday]);
	put(k, language == LANGUAGE_DE || language == LANGUAGE_EN ? ", " : " ");
	put_short(k, language, c);
}

void when_day(struct sink *k, enum language language, int64_t utc, int32_t offset)
{
	put_short(k, language, when_civil(utc, offset));
}

void when_date(struct sink *k, enum language language, int64_t utc, int32_t offset)
{
	struct civil c = when_civil(utc, offset);
	put_long(k, language, c);
	put(k, " ");
	put_number(k, c.year, 4);
}

/* Every weekday begins with an ASCII letter. */
static void raise_first(struct sink *k, size_t at)
{
	if (k->p && at < k->n && k->p[at] >= 'a' && k->p[at] <= 'z')
		k->p[at] = (uint8_t)(k->p[at] - 'a' + 'A');
}

void when_heading(struct sink *k, enum language language, int64_t utc, int32_t offset)
{
	size_t at = k->n;
	put_long(k, language, when_civil(utc, offset));
	raise_first(k, at);
}

void when_time(struct sink *k, int64_t utc, int32_t offset)
{
	struct civil c = when_civil(utc, offset);
	put_number(k, c.hour, 2);
	put(k, ":");
	put_number(k, c.minute, 2);
}

void when_span(struct sink *k, int64_t start, int64_t end, int32_t offset)
{
	when_time(k, start, offset);
	put(k, " – ");
	when_time(k, end, offset);
}

void when_next(struct sink *k, enum language language, int64_t now, int64_t start, int32_t offset)
{
	if (start <= now) {
		say_into(k, language, "Now", NULL, 0);
		return;
	}
	uint8_t text[48];
	struct sink part = sink_on(text, sizeof(text));
	int64_t minutes = (start - now + 59) / 60;
	if (minutes <= 90) {
		put_number(&part, (int32_t)minutes, 1);
		struct span number = {text, part.n};
		struct span pattern =
			say_many(language, "In {1} minute", "In {1} minutes", (uint32_t)minutes);
		say_fill(k, pattern, &number, 1);
		return;
	}
	when_time(&part, start, offset);
	struct span at = {text, part.n};
	int64_t ahead = when_day_number(start, offset) - when_day_number(now, offset);
	if (ahead == 0) {
		say_into(k, language, "Today at {1}", &at, 1);
	} else if (ahead == 1) {
		say_into(k, language, "Tomorrow at {1}", &at, 1);
	} else {
		when_heading(k, language, start, offset);
		put(k, ", ");
		sink_bytes(k, at.p, at.n);
	}
}

void when_stamp(struct sink *k, int64_t utc)
{
	struct civil c = when_civil(utc, 0);
	put_number(k, c.year, 4);
	put_number(k, c.month, 2);
	put_number(k, c.day, 2);
	put(k, "T");
	put_number(k, c.hour, 2);
	put_number(k, c.minute, 2);
	put_number(k, c.second, 2);
	put(k, "Z");
}
