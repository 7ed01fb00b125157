/* Codes to guests: token, index, record, fold. */
#ifndef KIOSK_OPENING_H
#define KIOSK_OPENING_H

#include "notes.h"

#include "app.h"

/* Look code up in r (NULL: there is no roster) and ask notes what is known of its person. For
 * ANSWER_GUEST found and guest are filled, else both are wiped; visit is work space. What is refused is logged, without
 * code or name. They hold a key and a name: the caller wipes them. */
void opening_make(struct opening *out, const struct roster *r, struct notes *notes,
	struct span code, struct visit *visit, struct found *found, struct guest *guest);

#endif
