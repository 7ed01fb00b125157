/* A master list with any content in one file: it is read to its end, every fault is well said, and
 * what refers to another row refers to one that is there. */
#include "list.h"

#include "help/list_folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static const char *const files[] = {"event.ini", "list/people.csv", "list/organisations.csv",
	"list/places.csv", "list/tracks.csv", "list/activities.csv", "list/bookings.csv",
	"list/meetings.csv", "list/staff.csv"};
static char dir[64];
static size_t last;

static void tidy(void)
{
	list_folder_remove(dir);
}

static void text(const char *s)
{
	if (!s || !span_is_utf8(span_of(s)))
		abort();
}

static void within(int32_t i, size_t n)
{
	if (i < -1 || (i >= 0 && (size_t)i >= n))
		abort();
}

static void judge_faults(const struct list *l)
{
	size_t errors = 0;

	for (size_t i = 0; i < l->faults_n; i++) {
		const struct fault *f = &l->faults[i];
		text(f->at.file);
		text(f->column);
		text(f->words);
		errors += f->severity == SEVERITY_ERROR;
		if (i > 0 && strcmp(f->at.file, f[-1].at.file) == 0 && f->at.line < f[-1].at.line)
			abort();
	}
	if (errors != l->errors_n)
		abort();
}

static void judge_rows(const struct list *l)
{
	for (size_t i = 0; i < l->people_n; i++) {
		within(l->people[i].organisation, l->organisations_n);
		text(l->people[i].given_name);
		text(l->people[i].family_name);
		if (l->people[i].role >= ROLES || l->people[i].language >= LANGUAGES)
			abort();
	}
	for (size_t i = 0; i < l->activities_n; i++) {
		within(l->activities[i].place, l->places_n);
		within(l->activities[i].track, l->tracks_n);
	}
	for (size_t i = 0; i < l->bookings_n; i++) {
		within(l->bookings[i].person, l->people_n);
		within(l->bookings[i].activity, l->activities_n);
	}
	for (size_t i = 0; i < l->meetings_n; i++) {
		within(l->meetings[i].host, l->people_n);
		within(l->meetings[i].guest, l->people_n);
		within(l->meetings[i].place, l->places_n);
	}
	for (size_t i = 0; i < l->staff_n; i++)
		within(l->staff[i].person, l->people_n);
}

/* The first byte says which file the rest is; the others are whole. */
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static struct list l;

	if (n == 0)
		return 0;
	size_t which = p[0] % COUNT(files);
	if (which != last || !dir[0]) {
		if (dir[0])
			list_folder_remove(dir);
		else if (atexit(tidy) != 0)
			abort();
		list_folder_make(dir);
	}
	last = which;
	list_folder_put(dir, files[which], p + 1, n - 1);
	if (list_load(&l, dir) != OK)
		abort();
	judge_faults(&l);
	judge_rows(&l);
	list_free(&l);
	return 0;
}
