/* The network cable of a demo. */
#include "cable.h"

#include "file.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

static bool name_of(const char *folder, char out[static PATH_MAX])
{
	return snprintf(out, PATH_MAX, "%s/network-off", folder) < PATH_MAX;
}

enum err cable_set(const char *folder, bool plugged)
{
	char path[PATH_MAX];

	if (!name_of(folder, path))
		return ERR_FULL;
	if (!plugged)
		return file_write(path, (struct span){0}, 0600);
	return unlink(path) == 0 || errno == ENOENT ? OK : file_error(errno);
}

bool cable_plugged(const char *folder)
{
	char path[PATH_MAX];

	return !name_of(folder, path) || access(path, F_OK) != 0;
}
