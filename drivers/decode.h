/* The chain of decoders: finds and reads QR symbols in a picture better than any one library.
 *
 * A fast pass over the raw picture comes first, then a second opinion, then one pass after another
 * over a picture made better in some way. A live view gives each frame a budget: the fast pass sees
 * every frame, the others take turns, and where the budget ends one frame the next goes on. */
#ifndef DRIVERS_DECODE_H
#define DRIVERS_DECODE_H

#include "luma.h"
#include "reading.h"

enum { DECODE_BUDGET_MS = 60 }; /* for a frame of a live view, by default */

struct decoder;

/* All memory that is ours is taken here; the libraries take and return theirs at each pass. Nothing
 * is opened, then or later: a decoder lives in a sandbox. One thread at a time.
 * returns: OK
 *          ERR_IO, if memory is out */
MUST_CHECK enum err decode_open(struct decoder **out);
void decode_close(struct decoder *d);

/* Look at the next frame of a live view. sink gets each symbol read, once a frame. The raw pass sees
 * every frame, and with a budget of 0 nothing else does. Where it reads nothing, the pass that read
 * the frame before comes next, then one of the others at least, and more while what they took before
 * fits into what is left of budget_ms.
 * A text is believed that was read from the raw picture, or is a token whose check holds; any other
 * when two readers or two of the last frames say so. Of two texts at one place the better witnessed
 * is handed out.
 * returns: OK, if a symbol was read and believed
 *          ERR_ABSENT, if none was
 *          ERR_FORMAT, if frame is not sound (luma_sound)
 *          ERR_IO, if memory is out */
MUST_CHECK enum err decode_frame(struct decoder *d, const struct luma *frame, unsigned budget_ms,
	reading_sink *sink, void *to);

/* Look at one picture: until every pass over every likely part has been tried, or for about budget_ms
 * where that is not 0. Once a symbol is read, all passes over the whole picture still come, and over parts
 * the cheap ones. sink gets each symbol once; every text is believed. Answers as decode_frame. */
MUST_CHECK enum err decode_picture(struct decoder *d, const struct luma *picture,
	unsigned budget_ms, reading_sink *sink, void *to);

#endif
