/* The gate before the decoders: a frame in which nothing moved is not worth looking at.
 *
 * A frame is brought down to the brightness of some hundred cells, and these are compared with what
 * they were when the gate was last open. Light that grows or fades all over (a lamp's flicker, the
 * camera's exposure) is no movement. After a movement the gate stays open for a while: a code held
 * still has every pass coming to it. Then it lets through a glance now and then, lest something came
 * too slowly to be seen coming. */
#ifndef DRIVERS_SCAN_GATE_H
#define DRIVERS_SCAN_GATE_H

#include "luma.h"

enum {
	SCAN_GATE_COLUMNS = 32,
	SCAN_GATE_ROWS = 18,
	SCAN_GATE_OPEN = 90,   /* frames that are looked at after a movement: 3 s at 30 a second */
	SCAN_GATE_GLANCE = 15, /* of so many still frames one is worth a glance */
};

enum scan_gate_answer {
	SCAN_GATE_REST, /* nothing to be seen: leave the frame alone */
	SCAN_GATE_LOOK, /* look with the whole budget */
	SCAN_GATE_PEEP, /* a glance: the raw pass alone, decode_frame with a budget of 0 */
};

/* Plain: the caller's, zeroed before the first frame. */
struct scan_gate {
	uint16_t cell[SCAN_GATE_ROWS][SCAN_GATE_COLUMNS]; /* sixteenths of a grey level */
	uint32_t open;                                    /* frames still to be looked at */
	uint32_t still;                                   /* frames since then */
	bool started;
};

/* What is the next frame worth? It must be sound. A frame of another size than the last compares as
 * well as any. A frame without any contrast (a covered lens, a blinding lamp) is never worth a look.
 * Takes about 0.1 ms for 1280 x 720. */
enum scan_gate_answer scan_gate_next(struct scan_gate *g, const struct luma *frame);

#endif
