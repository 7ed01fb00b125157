/* May this badge enter? What a door shows, from what the roster, the events and the clock say.
 *
 * THE TABLE, the first line that holds counts:
 *
 *   red    unknown      the code finds nothing here, is a late one that does not hold or has ended, or
 *                       is no badge: an invitation or a card opens no door
 *   red    replaced     a higher issue was issued, or was shown to this board; or the roster dropped it
 *   red    revoked      issues up to this one are dead, or a desk took a late guest's taking in back
 *   green  let in       staff let this person in here before (override), and she is not inside now
 *   amber  protocol     a protected person: nothing is known here; the protocol desk knows
 *   amber  late         a late code whose guest the roster does not know yet
 *   amber  inside       the last that was seen of this badge's person is that it went in
 *   red    not invited  nothing booked, and access is by invitation
 *   red    full         nothing booked, and as many are inside as the capacity allows
 *   amber  early        it begins only in more than DOOR_EARLY_S
 *   green  booked       confirmed: the seat is kept, even where the room is full
 *   amber  waiting      on the waiting list
 *   green  open         nothing booked, and access is open to all
 *   amber  seats        nothing booked, access is by booking, and there are seats
 *
 * A cancelled booking is none. A capacity of 0 was not said: it is never full.
 *
 * Pure and thread-safe. */
#ifndef FIRMWARE_DOOR_H
#define FIRMWARE_DOOR_H

#include "fold.h"
#include "visit.h"

enum { DOOR_EARLY_S = 30 * 60 };

enum door_light { DOOR_RED, DOOR_AMBER, DOOR_GREEN };

enum door_reason {
	DOOR_UNKNOWN,
	DOOR_REPLACED,
	DOOR_REVOKED,
	DOOR_LET_IN,
	DOOR_PROTOCOL,
	DOOR_LATE,
	DOOR_INSIDE,
	DOOR_NOT_INVITED,
	DOOR_FULL,
	DOOR_EARLY,
	DOOR_BOOKED,
	DOOR_WAITING,
	DOOR_OPEN,
	DOOR_SEATS,
	DOOR_REASONS
};

struct door_question {
	/* What was shown: for a token what roster_find and then roster_visit said; for a late code what
	 * late_check said. */
	enum err found;
	bool is_late;
	uint32_t late_issue; /* of a late code, if found is OK */
	/* Whose it is, if found is OK. For a late code what the roster says of her booking, or NULL where
	 * that is not known. */
	const struct visit *visit;
	const struct activity *activity;
	/* What fold_find and fold_attendance say; zeros where they say ERR_ABSENT. */
	struct fold_person person;
	struct fold_attendance attendance;
	uint32_t inside;   /* fold_activity */
	uint32_t capacity; /* the activity's, or its place's */
	int64_t now;       /* seconds since 1970 */
};

struct door_answer {
	enum door_light light;
	enum door_reason reason;
};

struct door_answer door_judge(const struct door_question *q);

/* "booked", "open seats" …, for a log. Static. */
const char *door_reason_name(enum door_reason reason);

#endif
