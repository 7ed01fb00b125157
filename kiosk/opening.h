/* Codes to guests: token, index, record, fold; and late guests, whose code is their record. */
#ifndef KIOSK_OPENING_H
#define KIOSK_OPENING_H

#include "app.h"
#include "notes.h"
#include "press.h"

/* What an opening fills. For ANSWER_GUEST guest, and found, or for a late guest badge, which is what the
 * press needs; else all are wiped. They hold keys and names: the caller wipes them. */
struct opened {
	struct visit *visit; /* work space */
	struct found *found;
	struct guest *guest;
	struct press_badge *badge;
};

/* Look code up in r (NULL: there is no roster) and ask notes what is known of its person. What is refused
 * is logged, without code or name. */
void opening_make(struct opening *out, const struct roster *r, struct notes *notes,
	struct span code, const struct opened *into);

#endif
