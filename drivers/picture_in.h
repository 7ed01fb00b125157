/* Pictures that strangers made, PNG, JPEG and PGM, to grey, within bounds.
 *
 * Taken are: PNG of every kind (1 to 16 bits, palette, interlaced, alpha: laid on light grey, on which
 * dark symbols and light ones both stand out); JPEG, baseline and progressive, 8 bits, grey, YCbCr,
 * RGB, CMYK and YCCK; PGM, P2 and P5, up to 65,535 levels. Only the first picture of a file is read,
 * and its orientation mark (EXIF) is not looked at: a QR symbol reads the same from every side.
 *
 * MEMORY: beside the caller's bytes at most `most` pixels here, one row of four bytes a pixel, and
 * PICTURE_LIBRARY inside libjpeg (for a progressive one) or libpng. What a file says of itself is
 * checked before memory is taken for it. */
#ifndef DRIVERS_PICTURE_IN_H
#define DRIVERS_PICTURE_IN_H

#include "luma.h"

enum {
	PICTURE_PIXELS = 64 << 20, /* a phone's 50 megapixels, and no more than is sensible */
	PICTURE_FILE =
		128 << 20, /* bytes: the longest file worth reading: that many, 16 bits each */
	PICTURE_LIBRARY = 256 << 20, /* bytes */
	PICTURE_SCANS = 100,         /* of a progressive JPEG: a real one has about ten */
};

struct picture {
	struct luma luma; /* after OK; its memory is the picture's */
	uint32_t most;    /* pixels, set by the caller; 0: PICTURE_PIXELS */
	uint8_t *pixels;  /* malloc'd, kept for the next one, as is file */
	size_t cap;
	uint8_t *file; /* picture_read_fd */
	size_t file_cap;
	char fault
		[160]; /* after an error: what is wrong, and what helps; goes behind the file's name */
};

/* Read the picture of a whole file into p, which was zeroed or read into before.
 * returns: OK
 *          ERR_FORMAT, if it is no such picture, cut off or damaged
 *          ERR_FULL, if it has more pixels, or asks for more memory, than said above
 *          ERR_IO, if memory is out */
MUST_CHECK enum err picture_read(struct picture *p, struct span file);
/* The same for what can be read from fd until its end, a file or a pipe; fd stays open.
 * returns: as picture_read, of which
 *          ERR_FULL, also if it has more than PICTURE_FILE bytes
 *          ERR_IO, also if it cannot be read */
MUST_CHECK enum err picture_read_fd(struct picture *p, int fd);
/* Free its memory. A zeroed p is fine. */
void picture_done(struct picture *p);

#endif
