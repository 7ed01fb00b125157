/* What the readers of single formats and picture_in.c are to each other. */
#ifndef DRIVERS_PICTURE_INSIDE_H
#define DRIVERS_PICTURE_INSIDE_H

#include "picture_in.h"

/* Bounds checked, memory there: p->luma is a picture of that size, p->pixels may be written.
 * returns: OK, ERR_FULL, ERR_IO, with p->fault */
MUST_CHECK enum err picture_take_size(struct picture *p, uint64_t width, uint64_t height);
/* Note what is wrong; gives e back. */
MUST_CHECK enum err picture_fault(struct picture *p, enum err e, const char *fmt, ...)
	PRINTF_LIKE(3, 4);
/* The common ones. */
MUST_CHECK enum err picture_cut_off(struct picture *p);
MUST_CHECK enum err picture_damaged(struct picture *p, const char *library_says);
MUST_CHECK enum err picture_no_memory(struct picture *p);

/* Each is picture_read for a file that begins like its format. */
MUST_CHECK enum err picture_png(struct picture *p, struct span file);
MUST_CHECK enum err picture_jpeg(struct picture *p, struct span file);
MUST_CHECK enum err picture_pgm(struct picture *p, struct span file);

#endif
