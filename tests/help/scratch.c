/* A folder of a test's own, gone when it is given back. */
#include "help/scratch.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void scratch_make(struct scratch *s)
{
	strcpy(s->folder, "/tmp/foyer-test-XXXXXX");
	if (!mkdtemp(s->folder)) {
		perror("mkdtemp");
		abort();
	}
}

const char *scratch_name(struct scratch *s, const char *name)
{
	snprintf(s->path, sizeof(s->path), "%s/%s", s->folder, name);
	return s->path;
}

void scratch_remove(struct scratch *s)
{
	chmod(s->folder, 0700);
	DIR *d = opendir(s->folder);
	struct dirent *entry;

	while (d && (entry = readdir(d))) {
		if (unlinkat(dirfd(d), entry->d_name, 0) != 0)
			unlinkat(dirfd(d), entry->d_name, AT_REMOVEDIR);
	}
	if (d)
		closedir(d);
	rmdir(s->folder);
}
