/* What desks and guests ask of the organiser: a correction of her row, a late guest for the list. Each is an
 * event whose payload is sealed to the hub. What was dealt with has a note in the store:
 *
 *   request/BOARD-EPOCH-SEQ   a word: applied, done, forgotten
 *
 * One thread. */
#ifndef HUB_REQUESTS_H
#define HUB_REQUESTS_H

#include "asked.h"
#include "past.h"

enum request_state { REQUEST_WAITING, REQUEST_APPLIED, REQUEST_DONE, REQUEST_FORGOTTEN };

struct request {
	struct event event; /* EVENT_CORRECTION_ASKED or EVENT_LATE, believed and not undone */
	int64_t wall_ms;    /* mended */
	enum request_state state;
};

/* All but the forgotten ones into out, struct request each, in the order of boards.
 * returns: OK; as the store; ERR_IO also if memory is out */
MUST_CHECK enum err requests_collect(const struct past *p, struct grow *out);

/* What it says. It was sealed by a board and signed by a card: bounded, but any words may stand in it.
 * returns: OK
 *          ERR_ABSENT, if a guest asked by herself: somebody has to talk to her; *out is zeroed
 *          ERR_FORGED, if it is not sealed to this hub key
 *          ERR_FORMAT, ERR_VERSION as asked_read; or it asks what its kind does not */
MUST_CHECK enum err request_open(const struct keys *k, const struct request *r, struct asked *out);
/* Note that it was dealt with. returns: as note_put */
MUST_CHECK enum err request_note(
	struct store *s, const struct event_id *id, enum request_state state);

enum { REQUEST_NAME = 64 };
/* "0123456789abcdef-1-42": how people name one, and its note after request/. */
void request_name(const struct event_id *id, char out[static REQUEST_NAME]);

#endif
