/* The small roster with cards whose rights a test sets, and what they unlock. Badges are derived as a hub
 * derives them, so that cards can issue the next ones. */
#ifndef TESTS_HELP_STAFF_ROOM_H
#define TESTS_HELP_STAFF_ROOM_H

#include "help/small_roster.h"
#include "staff.h"

enum { STAFF_ROOM_EPOCH = 3 }; /* of badges 2 and 3; badge 1 is of epoch 1 */

struct staff_room {
	struct small_roster small;
	struct roster roster;
};

/* number gives other keys, so another event. A failure ends the program. */
void staff_room_open(struct staff_room *s, uint8_t number);
void staff_room_close(struct staff_room *s);
/* Build and open the roster anew, after small was changed. */
void staff_room_rebuild(struct staff_room *s);
/* Give a card these rights and last day, in a roster built anew. */
void staff_room_rights(struct staff_room *s, enum small_card which, uint16_t rights, int64_t until);
/* The roster drops this label, or none (NULL); built anew. */
void staff_room_drop(struct staff_room *s, const uint8_t *label);
/* What roster_unlock gives for SMALL_PIN, without its work. */
void staff_room_unlock(const struct staff_room *s, enum small_card which, struct staff_keys *keys);
/* The badge of this issue, as the hub knows it. */
struct token staff_room_badge(const struct staff_room *s, enum small_person who, uint32_t issue);
/* Her record, opened by the invitation, or by staff; v is wiped or zero before. */
void staff_room_visit(const struct staff_room *s, enum small_person who, struct visit *v);
MUST_CHECK enum err staff_room_visit_by(const struct staff_room *s, enum small_person who,
	const struct staff_keys *keys, struct visit *v);

#endif
