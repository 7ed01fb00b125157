/* The display: the frame as pixels, in memory, and in a window when there is one.
 *
 * Only what differs between two draw lists is painted and uploaded; equal lists cost nothing. The
 * only file that shows pixels through SDL2. UI thread only. */
#ifndef KIOSK_DISPLAY_H
#define KIOSK_DISPLAY_H

#include "bitmap.h"
#include "draw.h"
#include "luma.h"

struct display;

struct display_options {
	int width, height; /* of the screen, in pixels */
	int panel;         /* width of the demo's panel on its right; 0: none */
	unsigned number;   /* of the monitor it stands on, from 0; a desktop may lack it */
	/* Show it: a window on a desktop, the whole screen on a bare console (KMSDRM, through
	 * opengles2: its software renderer shows nothing). Else it is in memory only. */
	bool window;
};

/* returns: OK
 *          ERR_ABSENT, if a window is wanted and there is no display, or on a bare console no such
 *          monitor
 *          ERR_IO, if memory is out or the library refuses */
MUST_CHECK enum err display_open(struct display **out, const struct display_options *options);
/* Wipes the pixels. NULL is fine. */
void display_close(struct display *d);

/* On a bare console the screen decides: what came of the width and height asked for. */
void display_size(const struct display *d, int *width, int *height);

/* Paint what differs between old (NULL: nothing is known) and next, and show it. */
void display_show(struct display *d, const struct draw *old, const struct draw *next);
/* The panel, whole; its coordinates begin at its own left edge. */
void display_show_panel(struct display *d, const struct draw *next);
/* The window was covered: show the pixels again. */
void display_expose(struct display *d);
/* Whether the window of this id, as the library's events have it, is d's. */
bool display_is(const struct display *d, uint32_t window);

/* What the picture "badge" shows on the screen, and on the panel. Copied; NULL: nothing. */
void display_set_badge(struct display *d, const struct bitmap *page);
void display_set_panel_badge(struct display *d, const struct bitmap *page);
/* What the picture "viewfinder" shows on the screen from the next display_show on, which repaints its
 * place alone if nothing else has changed. Copied; NULL: nothing, wiped. */
void display_set_view(struct display *d, const struct luma *picture);
/* The programme's colours, and high contrast. */
void display_set_track(struct display *d, unsigned i, const uint8_t rgb[3]);
void display_set_contrast(struct display *d, bool on);

/* Overwrite the screen's pixels and all the painter kept of texts; the next display_show with old == NULL brings them back. */
void display_wipe(struct display *d);

/* The screen's pixels: 0xAARRGGBB words, stride in bytes. Borrowed. */
const uint8_t *display_pixels(const struct display *d, size_t *stride);
/* Write the screen as PNG. returns: OK, ERR_IO */
MUST_CHECK enum err display_write_png(const struct display *d, const char *path);

/* How often anything was painted, and how many pixels: what idle costs. */
struct display_work {
	uint64_t frames, pixels;
};
struct display_work display_work(const struct display *d);

#endif
