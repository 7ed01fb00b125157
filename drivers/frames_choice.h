/* What to ask of a camera, out of all that it offers; and how its formats become grey. */
#ifndef DRIVERS_FRAMES_CHOICE_H
#define DRIVERS_FRAMES_CHOICE_H

#include "frames.h"

/* A format we read. Where step is 0 a frame is a JPEG; else its rows begin with width * step bytes of
 * which every step-th, from the one at `first` on, is the grey of a pixel. */
struct frames_format {
	uint32_t fourcc;
	const char *name;
	uint32_t step, first;
};

/* NULL: we do not. */
const struct frames_format *frames_find_format(uint32_t fourcc);
void frames_grey_row(
	uint8_t *out, const uint8_t *row, uint32_t width, const struct frames_format *f);

struct frames_choice {
	const struct frames_format *format;
	uint32_t width, height, rate; /* rate 0: the camera does not tell */
};

/* Is a better than b? First comes a rate of FRAMES_RATE or more, then the size nearest to
 * FRAMES_WIDTH x FRAMES_HEIGHT (in area, as a ratio), then twice that rate, then the format that
 * costs less. b->format == NULL: nothing yet. */
bool frames_is_better(const struct frames_choice *a, const struct frames_choice *b);

/* Ask the camera at fd for all it offers and choose.
 * returns: OK
 *          ERR_FORMAT, if it offers no format we read, or none small enough */
MUST_CHECK enum err frames_choose(int fd, struct frames_choice *out);

#endif
