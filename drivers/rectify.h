/* A decoder of our own for what the libraries miss: blurred, smeared, faint, bent, half in glare.
 *
 * It looks for rings instead of runs, lays a grid on three of them, moves and bends the grid until the
 * known modules fit, and takes each module for as dark as it is, doubts kept. Bytes in doubt count as
 * missing to the Reed-Solomon code. The symbol found is drawn clean and given to libzxing to read, so
 * that no text is made of bits here. */
#ifndef DRIVERS_RECTIFY_H
#define DRIVERS_RECTIFY_H

#include "luma.h"
#include "reading.h"

struct rectifier;

/* returns: OK
 *          ERR_IO, if memory is out */
MUST_CHECK enum err rectify_open(struct rectifier **out);
void rectify_close(struct rectifier *r);

/* Is the point (x, y) of a picture within a symbol that was read already? */
typedef bool rectify_known(void *to, float x, float y);

/* Look for QR symbols in l, dark on light and light on dark, for about budget_ms of CPU (0: until
 * every idea is tried). The first that is read ends it where known is NULL. Else all are read that are
 * not known, known being asked again after each.
 * returns: OK, if any was read
 *          ERR_ABSENT, if none was
 *          ERR_FORMAT, if l is not sound
 *          ERR_FULL, if it has more than PYRAMID_PIXELS
 *          ERR_IO, if memory is out */
MUST_CHECK enum err rectify_read(struct rectifier *r, const struct luma *l, unsigned budget_ms,
	rectify_known *known, reading_sink *sink, void *to);

#endif
