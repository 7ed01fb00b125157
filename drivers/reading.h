/* What was read of one QR symbol, by whoever read it. */
#ifndef DRIVERS_READING_H
#define DRIVERS_READING_H

#include "base.h"

enum {
	/* Bytes of text: the most a symbol holds is 7,089 digits (ISO/IEC 18004, version 40-L). */
	READING_TEXT = 7089
};

struct corner {
	int32_t x, y; /* pixels from the picture's top left; may lie a little outside of it */
};

struct reading {
	char text[READING_TEXT + 1]; /* UTF-8, n bytes and a final NUL; any character, NUL too */
	size_t n;
	struct corner corner[4]; /* of the symbol: top left, top right, bottom right, bottom left */
	const char *path;        /* who read it from what, "zxing/raw"; a static string */
};

/* Called for each symbol read; r is valid until the call returns. */
typedef void reading_sink(void *to, const struct reading *r);

#endif
