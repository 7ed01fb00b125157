/* Forgetting the whole event: boards are told to wipe themselves, then nothing of it but counts is kept. */
#ifndef HUB_FORGET_EVENT_H
#define HUB_FORGET_EVENT_H

#include "base.h"

struct forget_order {
	const char *dir, *store;
	bool yes;    /* else only say what would be done */
	bool finish; /* destroy; else tell the boards, and show which have wiped themselves */
};

/* Receipt DIR/forgotten.txt: text lines; the last but one names the hub's key and delegation, the last is
 * `signature` and 128 hexadecimal digits: the hub key's (seal.h), label "foyer receipt", over all lines
 * before it. What fails is said on standard error.
 * returns: an enum exit_status */
int forget_event(const struct forget_order *o);

#endif
