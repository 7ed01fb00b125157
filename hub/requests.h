/* What desks and guests ask of the organiser: a correction of her row, a late guest for the list. Each is an
 * event whose payload is sealed to the hub. What was dealt with has a note in the store:
 *
 *   request/BOARD-EPOCH-SEQ   a word: applied, done
 *
 * One thread. */
#ifndef HUB_REQUESTS_H
#define HUB_REQUESTS_H

#include "past.h"

struct request {
	struct event event; /* EVENT_CORRECTION_ASKED or EVENT_LATE, believed and not undone */
	int64_t wall_ms;    /* mended */
	bool dealt;
};

/* All of them into out, struct request each, in the order of boards.
 * returns: OK; as the store; ERR_IO also if memory is out */
MUST_CHECK enum err requests_collect(const struct past *p, struct grow *out);

enum { REQUEST_NAME = 64 };
/* "0123456789abcdef-1-42": how people name one, and its note after request/. */
void request_name(const struct event_id *id, char out[static REQUEST_NAME]);

#endif
