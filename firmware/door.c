/* May this badge enter? */
#include "door.h"

struct row {
	enum door_light light;
	const char *name;
};

static const struct row rows[DOOR_REASONS] = {
	[DOOR_UNKNOWN] = {DOOR_RED, "unknown"},
	[DOOR_REPLACED] = {DOOR_RED, "replaced"},
	[DOOR_REVOKED] = {DOOR_RED, "revoked"},
	[DOOR_LET_IN] = {DOOR_GREEN, "let in"},
	[DOOR_PROTOCOL] = {DOOR_AMBER, "protocol"},
	[DOOR_LATE] = {DOOR_AMBER, "late"},
	[DOOR_INSIDE] = {DOOR_AMBER, "inside"},
	[DOOR_NOT_INVITED] = {DOOR_RED, "not invited"},
	[DOOR_FULL] = {DOOR_RED, "full"},
	[DOOR_EARLY] = {DOOR_AMBER, "early"},
	[DOOR_BOOKED] = {DOOR_GREEN, "booked"},
	[DOOR_WAITING] = {DOOR_AMBER, "waiting"},
	[DOOR_OPEN] = {DOOR_GREEN, "open"},
	[DOOR_SEATS] = {DOOR_AMBER, "seats"},
};

static void raise_to(uint32_t *highest, uint32_t v)
{
	if (*highest < v)
		*highest = v;
}

static bool is_dead(const struct door_question *q, enum door_reason *why)
{
	uint32_t issue = q->is_late ? q->late_issue : q->visit->issue,
		 newest = q->person.newest_issue;

	raise_to(&newest, q->person.seen_issue);
	if (q->visit)
		raise_to(&newest, q->visit->badge_issue);
	bool undone = q->is_late && q->person.late_undone;
	*why = issue < newest ? DOOR_REPLACED : DOOR_REVOKED;
	return issue < newest || issue <= q->person.revoked_issue || undone;
}

static enum booking_status booked_as(const struct door_question *q)
{
	const struct visit *v = q->visit;

	for (size_t i = 0; i < v->booking_count; i++)
		if (v->bookings[i].activity == q->activity->number)
			return v->bookings[i].status;
	return BOOKING_CANCELLED;
}

static enum door_reason judge_booking(const struct door_question *q)
{
	enum booking_status status = booked_as(q);
	bool full = q->capacity > 0 && q->inside >= q->capacity;
	bool early = q->now < q->activity->start - DOOR_EARLY_S;

	if (status == BOOKING_CANCELLED && q->activity->access == ACCESS_INVITED)
		return DOOR_NOT_INVITED;
	if (status == BOOKING_CANCELLED && full)
		return DOOR_FULL;
	if (early)
		return DOOR_EARLY;
	if (status == BOOKING_CONFIRMED)
		return DOOR_BOOKED;
	if (status == BOOKING_WAITING)
		return DOOR_WAITING;
	return q->activity->access == ACCESS_OPEN ? DOOR_OPEN : DOOR_SEATS;
}

static enum door_reason judge(const struct door_question *q)
{
	enum door_reason why;

	if (q->found)
		return q->found == (q->is_late ? ERR_OLDER : ERR_EXPIRED) ? DOOR_REPLACED
									  : DOOR_UNKNOWN;
	if (!q->is_late && q->visit->kind != TOKEN_BADGE)
		return DOOR_UNKNOWN;
	if (is_dead(q, &why))
		return why;
	if (q->attendance.overrides > 0 && !q->attendance.inside)
		return DOOR_LET_IN;
	if (!q->visit)
		return DOOR_LATE;
	if (q->visit->is_protected)
		return DOOR_PROTOCOL;
	return q->attendance.inside ? DOOR_INSIDE : judge_booking(q);
}

struct door_answer door_judge(const struct door_question *q)
{
	enum door_reason reason = judge(q);

	return (struct door_answer){rows[reason].light, reason};
}

const char *door_reason_name(enum door_reason reason)
{
	return rows[reason < DOOR_REASONS ? reason : DOOR_UNKNOWN].name;
}
