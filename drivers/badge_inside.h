/* Inside the badge: what reading a template and painting it share. */
#ifndef DRIVERS_BADGE_INSIDE_H
#define DRIVERS_BADGE_INSIDE_H

#include "badge.h"

/* A field as the designer wrote it; sizes in hundredths of a millimetre, 0: not said. */
struct badge_wish {
	bool there;
	uint8_t across, down, weight, lines;
	uint32_t size, aim;
};

struct badge_box {
	bool there;
	struct rect at; /* dots */
	struct text_style style;
	unsigned aim;
};

struct badge_template {
	uint32_t width, height, dpi;
	struct badge_box box[BADGE_FIELDS];
	uint8_t *art; /* grey, rows of canvas_stride(width) */
	struct draw list;
};

void badge_fault(char fault[BADGE_FAULT], const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Read what the fields wish, and refuse what no template may hold; svg is not drawn.
 * returns: OK
 *          ERR_FORMAT, with fault said
 *          ERR_IO, if memory is out */
MUST_CHECK enum err badge_scan(
	struct span svg, struct badge_wish wishes[BADGE_FIELDS], char fault[BADGE_FAULT]);

#endif
