/* Scanners on a fake clock and in an empty folder of devices. */
#ifndef TESTS_HELP_SCANNER_DESK_H
#define TESTS_HELP_SCANNER_DESK_H

#include "test.h"

#include "scanner_link.h"
#include "scratch.h"

static const char code[] = "ZQM10123456789ABCDEFGHJKMNPQRSTVWXYZ";
static struct scratch scratch;
static struct instant now;

static inline int set_up(void **state)
{
	UNUSED(state);
	scratch_make(&scratch);
	now = (struct instant){.boot_ms = 1000000};
	clock_fake(&now);
	scanner_evdev_places = (struct scanner_places){scratch.folder, scratch.folder};
	return 0;
}

static inline int tear_down(void **state)
{
	UNUSED(state);
	clock_fake(NULL);
	scratch_remove(&scratch);
	return 0;
}

static inline void assert_scan(struct scanner *s, enum scan_kind kind, const char *text)
{
	struct scan out;

	assert_ok(scanner_read(s, &out));
	assert_int_equal(out.kind, kind);
	assert_string_equal(out.text, text);
}

static inline void assert_nothing(struct scanner *s)
{
	struct scan out;
	assert_err(scanner_read(s, &out), ERR_ABSENT);
}

static inline void assert_gone(struct scanner *s)
{
	struct scan out;

	assert_err(scanner_read(s, &out), ERR_IO);
	assert_int_equal(scanner_fd(s), -1);
	assert_false(scanner_present(s));
}

#endif
