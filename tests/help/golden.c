/* Golden files: what the first release of a format wrote, read by every later one. */
#include "golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST = 1 << 20 };

void golden_read(struct file_bytes *out, const char *name, struct span made)
{
	const char *mode = getenv("FOYER_GOLDEN");
	char path[128];

	snprintf(path, sizeof(path), "tests/golden/%s", name);
	enum err e = OK;
	if (mode && strcmp(mode, "write") == 0 && access(path, F_OK) != 0)
		e = file_write(path, made, 0644);
	if (!e)
		e = file_read(out, path, MOST);
	if (e) {
		fprintf(stderr, "%s: %s\n", path, err_text(e));
		abort();
	}
}
