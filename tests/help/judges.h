/* Judges of statements for tests of the fold: they ask no roster. */
#ifndef TESTS_HELP_JUDGES_H
#define TESTS_HELP_JUDGES_H

#include "fold.h"

enum { JUDGE_ALL_RIGHTS = 0x7f };

/* Everything is believed, and everybody may do everything. */
MUST_CHECK enum err judge_all(const void *context, const struct event *e, uint16_t *rights);
/* Three of four statements are believed, with such rights as their hash says; another context, a number,
 * believes others. */
MUST_CHECK enum err judge_by_hash(const void *context, const struct event *e, uint16_t *rights);

#endif
