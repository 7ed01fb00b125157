/* What the parts of the report share; nobody else includes it. */
#ifndef HUB_REPORT_INSIDE_H
#define HUB_REPORT_INSIDE_H

#include "report.h"

struct reporting {
	const struct census *census;
	const struct past *past;
	bool names;
	json_t *out, *people, *by, *badges; /* the last three are in out */
	size_t known;                       /* people of the fold whom the list or state knows */
};

void report_raise(json_t *o, const char *key, size_t by);
/* Her id and, unless closed, her name. */
void report_person(
	json_t *o, const struct reporting *r, const struct census_person *p, bool closed);

/* Each activity: who booked, who came, who is missing (report_activities.c). */
void report_activities(struct reporting *r);

#endif
