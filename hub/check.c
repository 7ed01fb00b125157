/* Checks of the event as a whole and of its texts. */
#include "check.h"

#include "list_inside.h"

#include <string.h>

enum { DAY = 86400 };

void list_check(struct list *l)
{
	check_event(l);
	check_words(l);
	check_people(l);
	check_activities(l);
	check_days(l);
}

static int64_t end_of_event(const struct list *l)
{
	int64_t end = 0;

	for (size_t i = 0; i < l->event.leg_count; i++)
		if (l->event.legs[i].last + DAY > end && l->event.legs[i].last)
			end = l->event.legs[i].last + DAY;
	for (size_t i = 0; i < l->activities_n; i++)
		if (l->activities[i].end > end)
			end = l->activities[i].end;
	return end;
}

static void check_words_of(
	struct list *l, const struct list_words *w, struct origin at, const char *const *columns)
{
	static const char *const names[LANGUAGES] = {"German", "English", "French", "Dutch"};
	unsigned there = 0;

	for (int i = 0; i < LANGUAGES; i++)
		there += *w->in[i] != 0;
	if (there == 0) {
		list_fault(l, at, columns[LANGUAGE_EN], SEVERITY_ERROR,
			"there is no text in any language; give one at least");
		return;
	}
	for (int i = 0; i < LANGUAGES; i++)
		if (!*w->in[i])
			list_fault(l, at, columns[i], SEVERITY_WARNING,
				"is empty; who reads %s will see another language", names[i]);
}

static const char *const title_columns[LANGUAGES] = {
	"title_de", "title_en", "title_fr", "title_nl"};
static const char *const name_columns[LANGUAGES] = {"name_de", "name_en", "name_fr", "name_nl"};

void check_event(struct list *l)
{
	const struct list_memory *m = l->memory;
	struct origin at = {.file = "event.ini", .line = 1};

	check_words_of(l, &l->event.name, at, name_columns);
	for (size_t i = 0; i < l->event.leg_count; i++) {
		const struct list_leg *g = &l->event.legs[i];
		at.line = m->leg_lines[i];
		check_words_of(l, &g->name, at, name_columns);
		if (g->first && g->last && g->last < g->first)
			list_fault(l, at, "last", SEVERITY_ERROR,
				"the leg's last day comes before its first; correct one of them");
	}
	at.line = m->retention_line;
	if (l->event.retention && l->event.retention < end_of_event(l))
		list_fault(l, at, "retention", SEVERITY_ERROR,
			"the retention day comes before the event's end; kiosks would refuse the "
			"file");
	at.line = m->desk_line;
	if (*l->event.desk_place && list_find(l, TABLE_PLACES, l->event.desk_place) < 0) {
		const char *near = list_nearest(l, TABLE_PLACES, l->event.desk_place);
		list_fault(l, at, "desk_place", SEVERITY_ERROR,
			near ? "`%s` is no id of places.csv; did you mean `%s`?"
			     : "`%s` is no id of places.csv; correct it or add the place%s",
			l->event.desk_place, near ? near : "");
	}
	at.line = 1;
	if (l->event.lease_withhold_min < l->event.lease_amber_min)
		list_fault(l, at, "withhold_hours", SEVERITY_ERROR,
			"is less than amber_hours; a kiosk warns first and withholds later");
}

void check_words(struct list *l)
{
	for (size_t i = 0; i < l->activities_n; i++)
		check_words_of(l, &l->activities[i].title, l->activities[i].at, title_columns);
	for (size_t i = 0; i < l->tracks_n; i++)
		check_words_of(l, &l->tracks[i].title, l->tracks[i].at, title_columns);
}
