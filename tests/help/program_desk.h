/* A program as a technician meets it: run in a folder of the test's own, what it said kept. */
#ifndef TESTS_HELP_PROGRAM_DESK_H
#define TESTS_HELP_PROGRAM_DESK_H

#include "test.h"

#include <sys/wait.h>

#include "scratch.h"

static struct scratch folder;
static char out[16 * 1024], err[8 * 1024]; /* of the last run */

static inline void slurp(const char *name, char *to, size_t cap)
{
	FILE *f = fopen(scratch_name(&folder, name), "rb");

	assert_non_null(f);
	to[fread(to, 1, cap - 1, f)] = '\0';
	fclose(f);
}

/* The exit status of a shell line in the folder. */
static inline int run_line(const char *line)
{
	char whole[1200];

	snprintf(whole, sizeof(whole), "cd '%s' && { %s; } >out 2>err", folder.folder, line);
	int status = system(whole);
	slurp("out", out, sizeof(out));
	slurp("err", err, sizeof(err));
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static inline void assert_says(const char *where, const char *what)
{
	if (!strstr(where, what))
		fail_msg("\"%s\" is not in: %s", what, where);
}

#endif
