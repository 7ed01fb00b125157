/* A status with any content is read or refused; what is read is written and read back alike, and no
 * answer drawn from it is out of bounds. */
#include "status.h"

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

static void ask(struct board_status s, const uint8_t boot[static EVENT_BOOT], int64_t boot_ms)
{
	bool trusted;
	int64_t age = status_age_ms(&s, boot, boot_ms);
	int lease = status_lease(&s, age, 1, 2);
	int64_t wall = status_wall_ms(&s, boot, boot_ms, boot_ms, &trusted);

	if (age < 0 || lease < 0 || lease > 2 || wall < s.floor * 1000)
		abort();
	int64_t floor = s.floor;
	status_freshen(&s, boot_ms, boot, boot_ms);
	if (s.floor < floor)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const int64_t clocks[] = {INT64_MIN, 0, 1759765200, INT64_MAX};
	static const uint8_t other[EVENT_BOOT] = {7};
	struct board_status s, again;

	if (!scratch.folder[0]) {
		scratch_make(&scratch);
		scratch_name(&scratch, "status");
		if (atexit(tidy) != 0)
			abort();
	}
	put(scratch.path, p, n);
	enum err e = status_read(&s, scratch.path);
	if (e && (e != ERR_FORMAT || s.floor != 0 || s.enrolled))
		abort();
	if (e)
		return 0;
	if (status_write(&s, scratch.path) || status_read(&again, scratch.path) ||
		memcmp(&s, &again, sizeof(s)) != 0)
		abort();
	for (size_t i = 0; i < COUNT(clocks); i++) {
		ask(s, s.boot, clocks[i]);
		ask(s, other, clocks[i]);
	}
	return 0;
}
