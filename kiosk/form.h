/* What a desk types of somebody: a correction of who is on the page, or a late guest. A plain value that
 * holds names: wipe it. Pure. */
#ifndef KIOSK_FORM_H
#define KIOSK_FORM_H

#include "asked.h"
#include "field.h"
#include "guest.h"

struct form {
	enum asked_what what; /* 0: none is open */
	enum asked_field here;
	enum role role;
	enum language language;
	struct field fields[ASKED_FIELDS];
};

/* A form with what the record says of g, or an empty one for a guest who speaks language. What is longer
 * than a correction may be stands empty, and stays as it is unless something is typed. */
void form_correct(struct form *f, const struct guest *g);
void form_late(struct form *f, enum language language);

/* Is there such a field? */
bool form_has(const struct form *f, enum asked_field field);
/* The one after, round; before the first: the first. */
enum asked_field form_next(const struct form *f, enum asked_field field);

/* What is asked for: of a correction (g is whom it corrects), what differs from the record.
 * returns: OK
 *          ERR_ABSENT, if nothing differs, or the late guest has no name
 *          ERR_FULL, if it is more than can be sent at once; *n is 0 then */
MUST_CHECK enum err form_write(
	const struct form *f, const struct guest *g, uint8_t out[static ASKED_BYTES], size_t *n);

#endif
