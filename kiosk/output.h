/* An output: one display, the model it shows, and the frames. A board has one; a venue board may have two, which
 * share all else: roster, journal, agent and clock. UI thread only. */
#ifndef KIOSK_OUTPUT_H
#define KIOSK_OUTPUT_H

#include "app.h"
#include "display.h"
#include "options.h"

/* What must not be swapped out or dumped. In seal_secret_memory. */
struct face {
	struct model model;
	struct draw frames[2]; /* the one shown, and the next */
};

struct output {
	struct face *face;
	struct display *display;
	unsigned shown; /* which of the frames is on the glass */
	bool blank;     /* the glass shows none of them */
	bool dirty;     /* the model may look different now */
};

/* How many outputs options ask for. */
size_t output_count(const struct options *options);

/* Light the display and begin a model of its size. number: 0 the first; another one whose monitor is not there is
 * said in the log, and goes on in memory. panel: as display.h has it. On an error it is to be closed all the same.
 * returns: as display_open; ERR_IO also if there is no memory for secrets */
MUST_CHECK enum err output_open(
	struct output *o, const struct options *options, unsigned number, int panel);
/* A zeroed one is fine. */
void output_close(struct output *o);

/* The list that is on the glass. */
const struct draw *output_frame(const struct output *o);
/* Draw the frame and show it, if the model may look different now. */
void output_show(struct output *o);
/* The frame is as it was, and what a camera sees in it is not. */
void output_show_view(struct output *o);
/* Nothing of a visit stays in the frames or on the glass. */
void output_wipe(struct output *o);

#endif
