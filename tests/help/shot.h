/* A draw list as a PNG, to be looked at by people. */
#ifndef TESTS_SHOT_H
#define TESTS_SHOT_H

#include "painter.h"

/* Paint d on a glass of this size and write it to path, or only paint it if path is NULL.
 * returns: as painter_glass; ERR_IO also if the file cannot be written */
MUST_CHECK enum err shot(struct painter *p, const struct draw *d, int32_t width, int32_t height,
	enum palette palette, const char *path, struct painter_report *report);

#endif
