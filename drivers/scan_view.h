/* The live picture that the camera's process shows to the kiosk, in memory that both see. The kiosk
 * makes it, passes it down and keeps it through every restart of the process; what it finds in it
 * is foreign.
 *
 * THE FORMAT: a memfd of SCAN_VIEW_BYTES, native byte order (both ends are one release):
 *   0  u32  sequence, odd while the picture is being written
 *   4  u16  width, u16 height; 0 before the first picture
 *   8  height rows of width bytes, grey, as the camera sees it (not mirrored)
 *
 * One thread at a time, at each end. */
#ifndef DRIVERS_SCAN_VIEW_H
#define DRIVERS_SCAN_VIEW_H

#include "luma.h"
#include "reading.h"

enum {
	SCAN_VIEW_WIDTH = 480,
	SCAN_VIEW_HEIGHT = 270,
	SCAN_VIEW_PIXELS = SCAN_VIEW_WIDTH * SCAN_VIEW_HEIGHT,
	SCAN_VIEW_HEAD = 8,
	SCAN_VIEW_BYTES = SCAN_VIEW_HEAD + SCAN_VIEW_PIXELS,
};

struct scan_view {
	uint8_t *at;   /* NULL where there is none */
	uint32_t seen; /* reader: the sequence last taken */
};

/* The kiosk's: make the memfd (close on exec), of a length that nobody can change any more, so that
 * a look at it never faults.
 * returns: OK, *fd is the caller's
 *          ERR_IO */
MUST_CHECK enum err scan_view_make(int *fd);
/* Map it; the caller may close fd then.
 * returns: OK
 *          ERR_FORMAT, if fd is no memfd made by scan_view_make
 *          ERR_IO */
MUST_CHECK enum err scan_view_map(struct scan_view *v, int fd, bool writable);
/* A zeroed v is fine. */
void scan_view_unmap(struct scan_view *v);

/* The process's: show a frame, shrunk by a whole number to fit; one that is not sound, or too
 * thin for that, is not shown, nor is any where v->at is NULL. */
void scan_view_show(struct scan_view *v, const struct luma *frame);
/* Where a pixel of frame lies in its view, never outside of it. */
struct corner scan_view_corner(const struct luma *frame, struct corner c);

/* The kiosk's: is there another picture than at the last call, or the last that was taken? */
bool scan_view_changed(struct scan_view *v);
/* The kiosk's: what the writer says its size is, bounded; 0: there is no picture yet. */
void scan_view_size(const struct scan_view *v, uint32_t *width, uint32_t *height);
/* The kiosk's: take the newest whole picture into pixels, and its size. At most one copy is made, no
 * matter what the writer does; a picture may lie, the bounds do not.
 * returns: OK, a new picture, 1 to SCAN_VIEW_WIDTH wide and 1 to SCAN_VIEW_HEIGHT high
 *          ERR_ABSENT, none since the last
 *          ERR_BUSY, it is being written, or was meanwhile: again at the next frame
 *          ERR_FORMAT, if its size is out of bounds. Do not trust its sender further */
MUST_CHECK enum err scan_view_take(struct scan_view *v, uint8_t pixels[static SCAN_VIEW_PIXELS],
	uint32_t *width, uint32_t *height);

#endif
