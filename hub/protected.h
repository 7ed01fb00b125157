/* Who is protected, to a serving hub: handles and no names, so that the protocol hears of an arrival while
 * boards tell of it, wherever that is. One thread. */
#ifndef HUB_PROTECTED_H
#define HUB_PROTECTED_H

#include "devices.h"

struct protected_person {
	uint8_t handle[EVENT_PERSON];
	bool told; /* that she has arrived */
};

struct protected_people {
	struct grow all; /* struct protected_person */
};

/* Read DIR/state, again after each build; of whom it was told stays so. On an error they stay as they were.
 * returns: as state_load; ERR_IO, if memory is out */
MUST_CHECK enum err protected_read(
	struct protected_people *p, const char *dir, const struct keys *keys);
/* Say in the log, once of each of them, that one has arrived: when, and at which board, without her name.
 * Looked at are the items that the store has just taken. */
void protected_look(struct protected_people *p, const struct store_item *items, size_t n,
	const struct devices *devices);
void protected_free(struct protected_people *p);

#endif
