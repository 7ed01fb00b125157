/* The camera's process as its parent keeps it: started, ended, never left as a zombie.
 *
 * It is foyer-scan, beside the parent's own binary or else in PATH, never by a shell: standard input
 * is /dev/null, standard output a pipe (scan_pipe.h), descriptor 3 the live picture (scan_view.h),
 * standard error the parent's; every other descriptor is closed, no signal is blocked. The parent's
 * allocator settings (GLIBC_TUNABLES, G_SLICE) are not passed on: a decoder takes and gives back
 * memory for each frame. One thread at a time. */
#ifndef DRIVERS_SCAN_CHILD_H
#define DRIVERS_SCAN_CHILD_H

#include "base.h"

#include <sys/types.h>

struct scan_child {
	pid_t pid;  /* 0: none */
	pid_t late; /* killed, but stuck in a driver when it was waited for; 0: none */
};

/* Start it for the camera where; *fd is the reading end of its pipe, the caller's.
 * returns: OK
 *          ERR_ABSENT, there is no such program
 *          ERR_DENIED, it may not be started
 *          ERR_IO */
MUST_CHECK enum err scan_child_start(struct scan_child *c, const char *where, int view, int *fd);
/* Kill it, wait at most SCAN_CHILD_DIES_MS for its end. The caller closes the pipe. Without a process:
 * nothing. */
void scan_child_end(struct scan_child *c);
enum { SCAN_CHILD_DIES_MS = 50 };

/* The seam of tests: this program instead; NULL: foyer-scan. */
extern const char *scan_child_program;

#endif
