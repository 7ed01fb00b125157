/* A progress bar on a terminal for long work; silent elsewhere and in the first half second. */
#ifndef HUB_PROGRESS_H
#define HUB_PROGRESS_H

#include "base.h"

struct progress {
	const char *what; /* a word or two: "reading people" */
	uint64_t total;   /* steps; 0: not known */
	uint64_t next;    /* the step at which to look at the clock again */
	int64_t since_ms;
	bool on, drawn;
};

/* Begin. what must outlive the bar. The bar goes to standard error, and only if that is a terminal.
 */
struct progress progress_start(const char *what, uint64_t total);
/* So many steps are done. Cheap: call it at every step. */
void progress_at(struct progress *p, uint64_t done);
/* Take the bar off the screen. */
void progress_end(struct progress *p);

#endif
