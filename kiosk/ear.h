/* The ear: the thread that listens to the board's agent, through the files they share (status.h).
 *
 * It folds in what other boards wrote as soon as the agent has it, tells the UI what the agent says of
 * the hub, and hands signed codes to it. When the agent wipes the board (firmware/wipe.h), it ends this
 * process by SIGTERM. A board without an agent has nothing to hear. */
#ifndef KIOSK_EAR_H
#define KIOSK_EAR_H

#include "notes.h"
#include "others.h"

struct ear;

struct ear_options {
	const char *folder;    /* the board's */
	struct others *others; /* the ear's from now on, also after an error */
	struct notes *notes;
	struct mailbox *ui;
	struct traffic *traffic;
};

/* Hear what is there already, then go on in a thread. NEWS_STATUS tells what has changed.
 * returns: OK
 *          ERR_FULL, if the folder's name is too long
 *          ERR_IO, if there is no thread or nothing to watch with */
MUST_CHECK enum err ear_start(struct ear **out, const struct ear_options *options);
/* NULL is fine. */
void ear_stop(struct ear *e);

/* From the UI thread: hand a signed code to the agent; NEWS_POSTED with visit tells whether it lies
 * there. What the agent thinks of it comes as NEWS_STATUS.
 * returns: OK
 *          ERR_BUSY, if the box is full
 *          ERR_FULL, if it is longer than any code */
MUST_CHECK enum err ear_post(struct ear *e, uint32_t visit, struct span code);

#endif
