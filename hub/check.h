/* Looks at the rows of a list together and says what does not fit. */
#ifndef HUB_CHECK_H
#define HUB_CHECK_H

#include "list.h"

/* All of the below. Every fault is kept by the list (list_fault). */
void list_check(struct list *l);

void check_event(struct list *l);      /* legs, retention, desk */
void check_words(struct list *l);      /* titles that lack a language */
void check_people(struct list *l);     /* the same person twice; staff */
void check_activities(struct list *l); /* times, legs, seats */
void check_days(struct list *l);       /* a person or a table in two places at once */

#endif
