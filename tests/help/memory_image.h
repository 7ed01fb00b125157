/* What a core dump of another process would hold, read while it stands still. */
#ifndef TESTS_HELP_MEMORY_IMAGE_H
#define TESTS_HELP_MEMORY_IMAGE_H

#include "base.h"

#include <sys/types.h>

/* May this process read the memory of one that forbids it (PR_SET_DUMPABLE)? Needs CAP_SYS_PTRACE. */
bool memory_image_allowed(void);

/* Stop the process, a child of this one, hand every stretch of its memory that is its own to take, and let it go on: what no
 * file backs, and the pages of files that it has changed. where: the
 * mapping's name, until take returns.
 * returns: OK, and in total how many bytes were read
 *          ERR_DENIED, if this process may not
 *          ERR_IO, if the process is not there */
MUST_CHECK enum err memory_image(pid_t process,
	void (*take)(void *context, struct span bytes, const char *where), void *context,
	uint64_t *total);

#endif
