/* Where things go: one grid for every size and shape of screen. Whole numbers, pure.
 *
 * Everything grows with the shorter side. At 1080 pixels of a 15.6-inch screen a target is 90
 * pixels high (16 mm; 15 mm is wanted on a standing touch screen) and text is 36 (capitals of
 * 4.6 mm), 47 and 58 in the larger steps (5.9 and 7.3 mm: EN 301 549, 5.1.4 asks 7.3 mm at 600 mm).
 *
 * far is for venue screens: capitals of 40 mm, a 200th of 8 m, on a 43-inch panel. Its shorter side is
 * 535 mm (16:9), and capitals of Noto Sans are 0.714 em: 105 thousandths of the shorter side. */
#ifndef KIOSK_LAYOUT_H
#define KIOSK_LAYOUT_H

#include "app.h"

struct layout {
	bool portrait;
	int32_t margin, gap, radius, line; /* line: the width of a rule */
	int32_t touch, touch_least;        /* height of a target; of one in a heading's line */
	int32_t small, body, lead, title, display; /* sizes of text */
	int32_t far;                               /* of text that is read across a hall */
	int32_t least;                             /* no text is smaller than this */
	/* from top to bottom; what is not wanted has height 0 */
	struct rect strip, head, main, actions, foot;
};

/* strip: lines of the strip at the top, 0: none; several do not grow with the text, so that the screen below has
 * room for its own. rows: rows of action buttons. foot: is there a foot. */
struct layout layout_make(const struct look *look, unsigned strip, unsigned rows, bool foot);

/* The part of at that may be touched: all of it, or below three eighths of the glass where everything is to
 * be within reach of who sits. */
struct rect layout_reach(const struct look *look, struct rect at);

/* Lines that text takes at size in a box width wide, from the advances of Noto Sans: right but for
 * kerning. A painter shrinks what was estimated a hair too short. */
int32_t layout_lines(struct span text, int32_t size, bool bold, int32_t width);
/* How wide it is on one line, by the same table. */
int32_t layout_width(struct span text, int32_t size, bool bold);
/* And its widest word: in a narrower box that is broken. */
int32_t layout_widest_word(struct span text, int32_t size, bool bold);
/* Height of so many lines. */
int32_t layout_height(int32_t lines, int32_t size);

/* Cut a piece of the given height (or width) off *from, with a gap between. */
struct rect cut_top(struct rect *from, int32_t height, int32_t gap);
struct rect cut_bottom(struct rect *from, int32_t height, int32_t gap);
struct rect cut_left(struct rect *from, int32_t width, int32_t gap);
struct rect cut_right(struct rect *from, int32_t width, int32_t gap);
struct rect inset(struct rect r, int32_t by);
/* Column or row i of n equal ones with gaps between. */
struct rect column(struct rect r, int32_t i, int32_t n, int32_t gap);
struct rect row(struct rect r, int32_t i, int32_t n, int32_t gap);

#endif
