/* A trust file with any content is read or refused; what is read is written and read back alike. */
#include "trust.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "help/scratch.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static struct scratch scratch;

static void tidy(void)
{
	scratch_remove(&scratch);
}

static void put(const char *path, const uint8_t *p, size_t n)
{
	FILE *f = fopen(path, "wb");

	if (!f || fwrite(p, 1, n, f) != n || fclose(f) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct trust t, again;

	if (!scratch.folder[0]) {
		scratch_make(&scratch);
		scratch_name(&scratch, "trust");
		if (atexit(tidy) != 0)
			abort();
	}
	put(scratch.path, p, n);
	enum err e = trust_read(&t, scratch.path);
	if (e && (e != ERR_FORMAT || t.known))
		abort();
	if (e)
		return 0;
	if (trust_write(&t, scratch.path) || trust_read(&again, scratch.path) ||
		memcmp(t.root, again.root, SEAL_PUBLIC) != 0 || t.epoch != again.epoch ||
		t.sequence != again.sequence)
		abort();
	return 0;
}
