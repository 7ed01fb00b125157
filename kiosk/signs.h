/* Signs: what staff should see of a kiosk in passing; a guest need not mind it. */
#ifndef KIOSK_SIGNS_H
#define KIOSK_SIGNS_H

#include "ui.h"

/* Three lines, each of which may be empty. network: is the hub there, how old is the list. waiting: what
 * it does not have, since when. faults: what is out of order, one at a time. */
struct signs {
	struct line network, waiting, faults;
	bool good; /* the hub is there and nothing is out of order */
};
void signs_take(const struct ui *u, struct signs *out);
bool signs_any(const struct signs *s);
/* Small, with a dot before them. */
void signs_draw(struct ui *u, struct rect at, const struct signs *s);

#endif
