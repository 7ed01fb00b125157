/* Whatever is given as a film: whole frames of the size it says, and an end. */
#include "frames.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void look_at(const struct luma *l, const struct frames_about *a)
{
	unsigned sum = 0;

	if (!luma_sound(l) || l->width != a->width || l->height != a->height)
		abort();
	for (uint32_t y = 0; y < l->height; y++)
		for (uint32_t x = 0; x < l->width; x++)
			sum += l->at[(size_t)y * l->stride + x];
	if (sum > 255u * FRAMES_PIXELS)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static int fd = -1;
	static char path[32];
	struct frames *f;
	struct luma l;

	if (fd < 0) {
		fd = memfd_create("y4m", 0);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	}
	if (fd < 0 || ftruncate(fd, 0) != 0 || pwrite(fd, p, n, 0) != (ssize_t)n)
		abort();
	enum err e = frames_open(&f, path, FRAMES_EACH);
	if (e) {
		if (f || (e != ERR_FORMAT && e != ERR_FULL))
			abort();
		return 0;
	}
	struct frames_about about = frames_about(f);
	if (about.rate == 0 || about.width == 0)
		abort();
	while ((e = frames_read(f, &l)) == OK)
		look_at(&l, &about);
	if (e != ERR_IO && !(e == ERR_ABSENT && frames_ended(f)))
		abort();
	frames_close(f);
	return 0;
}
