/* The people of a demo event, made by the foyer program, as the desk's search is given them. */
#ifndef TESTS_HELP_DEMO_PEOPLE_H
#define TESTS_HELP_DEMO_PEOPLE_H

#include "search.h"

struct demo_people {
	struct search_entry *entries;
	size_t n;
	char *people, *organisations; /* the files, which entries point into */
};

/* Run $FOYER_BIN/foyer demo with so many people and this seed. A failure ends the program. */
void demo_people_make(struct demo_people *d, unsigned people, unsigned seed);
void demo_people_free(struct demo_people *d);

#endif
