/* What a story pretends of the board's agent; or, where a real one runs, asks of it. UI thread only. */
#ifndef KIOSK_PRETENCE_H
#define KIOSK_PRETENCE_H

#include "status.h"
#include "story.h"

struct stage;

struct pretence {
	bool on;   /* a story said something of the agent */
	bool none; /* … that there is none */
	struct board_status status;
	uint64_t undelivered;
};

/* Carry out a step from STORY_NETWORK to STORY_ANSWER.
 * returns: OK
 *          ERR_BUSY, a step that cannot be pretended where a real agent speaks
 *          ERR_TIMEOUT, if a real one does not say it in time
 *          ERR_DENIED, ERR_FULL, ERR_IO, its cable cannot be pulled */
MUST_CHECK enum err pretence_act(
	struct pretence *p, struct stage *s, const struct story_step *step);
/* Time has passed: an agent that is online hears from its hub all the time. */
void pretence_tick(struct pretence *p, struct stage *s);
/* Say it again, after a restart. */
void pretence_tell(const struct pretence *p, struct stage *s);

#endif
