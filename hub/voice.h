/* The hub's own voice: what the hub says itself goes into its store as a board's events do, so that boards
 * hear it from a hub that serves, and from each other.
 *
 * Its device is the hub key, with a certificate of role BOARD_HUB that the same key signs under the root's
 * delegation. Each event begins a journal of its own, as long as a device may begin more: a hub put back
 * from a backup would otherwise go on with one that boards know to go on differently, and they would put
 * what it says aside. One thread. */
#ifndef HUB_VOICE_H
#define HUB_VOICE_H

#include "event.h"
#include "keys.h"
#include "paper.h"
#include "store.h"

enum { VOICE_BOARDS = STORE_BOARDS / 2 };

void voice_device(const struct keys *k, uint8_t out[static PAPER_DEVICE]);
/* returns: as delegation_open, of the keys' own */
MUST_CHECK enum err voice_certificate(const struct keys *k, uint8_t out[static PAPER_CERTIFICATE]);

/* Write e (kind, person, target, payload) into the store; the rest of it is filled in. It is durable on
 * return. Another program may be serving from the store.
 * returns: OK
 *          ERR_BUSY, if others spoke in between, again and again
 *          as the store */
MUST_CHECK enum err voice_say(struct store *s, const struct keys *k, struct event *e);

#endif
