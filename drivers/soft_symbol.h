/* A symbol's modules as a camera saw them, doubts kept, and the symbol that they most likely are. */
#ifndef DRIVERS_SOFT_SYMBOL_H
#define DRIVERS_SOFT_SYMBOL_H

#include "qr_layout.h"
#include "reed_solomon.h"

/* Everything is -1 (surely light) to 1 (surely dark); 0: no idea. */
struct soft {
	const struct qr_layout *layout;
	float module[QR_MODULES]; /* as seen */
	float want[QR_MODULES];   /* as known: of every such symbol, or by blocks that are right */
	float right; /* 0 to 1: how much of the symbol stands in blocks that are right */
	float guess[QR_MODULES], told[QR_MODULES], trust[QR_MODULES],
		rest[QR_MODULES]; /* scratch */
};

/* Begin with a layout's known modules. */
void soft_init(struct soft *s, const struct qr_layout *layout);

/* Take in the darkness of each module: what is dark and light is judged by the modules round it. */
void soft_see(struct soft *s, const float *darkness);

/* Undo what blur and smear mixed in from neighbours: a filter, learned from known modules and then
 * from those that are nearly sure. */
void soft_sharpen(struct soft *s);

/* Ask which dark and light modules, mixed as the camera mixes them, come nearest to what it saw; begin
 * with the present guess. How much worse it gets when a module is the other way round is its doubt. */
void soft_explain(struct soft *s, const float *darkness);

/* Find format and blocks. Bytes that are in doubt count as missing.
 * returns: OK; want is the whole symbol
 *          ERR_ABSENT, if some block cannot be put right; want has those that can */
MUST_CHECK enum err soft_decode(struct soft *s, const struct rs_field *f);

#endif
