/* A file or folder with all that is in it. */
#include "remove_tree.h"

#include "file.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st, (void)kind, (void)where;
	return remove(path) == 0 || errno == ENOENT ? 0 : -1;
}

enum err remove_tree(const char *path)
{
	struct stat st;

	if (lstat(path, &st) != 0)
		return errno == ENOENT ? OK : file_error(errno);
	return nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0 ? OK : file_error(errno);
}
