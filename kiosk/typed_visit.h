/* Visits that no record of the roster holds as they are: a late guest's, and a corrected one. Pure. */
#ifndef KIOSK_TYPED_VISIT_H
#define KIOSK_TYPED_VISIT_H

#include "asked.h"
#include "visit.h"

/* Make of a late code that late_check believes the visit of its guest: of kind TOKEN_LATE, without
 * bookings, badge issue 1. Read from a badge it names nobody. out is zero, or was used before.
 * returns: OK
 *          ERR_FULL, cannot be: a visit's memory is larger */
MUST_CHECK enum err typed_visit_late(struct visit *out, const struct late *l);

/* Put into v what a asks for in place of what the record says.
 * returns: OK
 *          ERR_FULL, if the visit's memory is full; v is then as it was, but for texts already put in */
MUST_CHECK enum err typed_visit_correct(struct visit *v, const struct asked *a);

#endif
