/* The agenda slip: a guest's days on a strip of paper, 80 mm or 62 mm wide, as long as it takes; what is too
 * long for one goes on on the next. */
#ifndef DRIVERS_SLIP_H
#define DRIVERS_SLIP_H

#include "bitmap.h"
#include "painter.h"
#include "roster.h"

/* The words around the agenda, in the guest's language, and dates as they are written there. */
struct slip_words {
	const char *title; /* e.g. "Your agenda" */
	const char *event;
	const char *table;   /* before a meeting's table */
	const char *seat;    /* before a booking's seat */
	const char *leave;   /* before the time to leave by */
	const char *waiting; /* behind a booking on the waiting list */
	const char *empty;   /* in place of an empty agenda */
	const char *more;    /* below an agenda that goes on on the next slip */
	const char *footer;  /* e.g. how old the list is */
	const char *demo;    /* NULL: no demo */
	/* Write the day that local (seconds, zone's offset added) falls on, with a final NUL. */
	void (*day)(enum language language, int64_t local, char *out, size_t cap);
};

enum { SLIP_HEIGHT = 8000 }; /* dots: 68 cm at 300 dpi, more than a metre at 180 */

/* Paint v's confirmed and waiting bookings and meetings from now on, day by day, earliest first,
 * local time of their places. width is the paper's in dots (576, 512, 696); out uses memory.
 * *next: 0, if all is said; else what first has to be for the slip that goes on.
 * returns: OK
 *          ERR_FULL, if memory_n bytes or SLIP_HEIGHT are too few for anything
 *          ERR_DENIED, if v's day is not open
 *          ERR_IO, if memory is out */
struct slip {
	const struct roster *roster;
	struct visit *visit;
	const struct slip_words *words;
	int64_t now;    /* seconds since 1970; what ended before is left out */
	uint32_t width; /* dots */
	uint32_t dpi;
	size_t first; /* so many entries were on the slips before */
};
MUST_CHECK enum err slip_paint(struct painter *p, const struct slip *s, uint8_t *memory,
	size_t memory_n, struct bitmap *out, size_t *next);

#endif
