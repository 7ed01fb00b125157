/* Many pictures, looked at by as many processes as there are processors. */
#ifndef TESTS_HELP_CREW_H
#define TESTS_HELP_CREW_H

#include "eyes.h"

/* Look at one of the items and say what came of it. */
typedef void crew_look(void *to, unsigned item, struct look *out);

/* Look at all items, each in one of the processes, and give the looks in their order. CPU times are each
 * process's own. How far it is goes to stderr, a line every ten seconds. */
struct scores crew_run(const char *what, unsigned items, crew_look *look, void *to);

#endif
