/* The slow hashes of staff cards' PINs, done once: a build would take a tenth of a second a card. */
#ifndef HUB_CARD_WORK_H
#define HUB_CARD_WORK_H

#include "keys.h"
#include "list.h"
#include "state.h"

/* Append a source_card for every row of staff.csv. Work already done is read from dir/keys/pins (0600,
 * `id,issue,pin,hexadecimal` a line), new work is added to it.
 * returns: OK
 *          ERR_IO, if memory ran out or the cache cannot be written */
MUST_CHECK enum err card_work(struct grow *cards, const struct list *l, const struct keys *k,
	const struct state *s, const char *dir);

#endif
