/* The boards that are known, as lines or as JSON on standard output. */
#ifndef HUB_BOARDS_SHOW_H
#define HUB_BOARDS_SHOW_H

#include "enrolment.h"

/* s may be NULL: no store yet, so no board. What fails is said on standard error.
 * returns: an enum exit_status */
int boards_show(struct store *s, const struct keys *k, const char *dir, bool json);

#endif
