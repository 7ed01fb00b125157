/* Whatever `foyer-print png` is given: a picture within the limits, or an error and no memory. */
#include "bitmap.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

/* No bit past the width may be set: a printer would get it. */
static void judge(const struct bitmap *b)
{
	unsigned spare = (unsigned)(b->stride * 8 - b->width);

	if (b->width == 0 || b->height == 0 || spare > 7)
		abort();
	for (uint32_t y = 0; y < b->height; y++)
		if (b->dots[(size_t)y * b->stride + b->stride - 1] & ((1u << spare) - 1))
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static int fd = -1;
	static char path[32];
	struct bitmap b;

	if (fd < 0) {
		fd = memfd_create("png", 0);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	}
	if (fd < 0 || ftruncate(fd, 0) != 0 || pwrite(fd, p, n, 0) != (ssize_t)n)
		abort();
	enum err e = bitmap_read_png(&b, path);
	if (e == OK)
		judge(&b);
	else if (e != ERR_FORMAT || b.dots)
		abort();
	free(b.dots);
	return 0;
}
