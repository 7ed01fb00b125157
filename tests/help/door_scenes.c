/* The door, brought about by messages. */
#include "door_scenes.h"

#include "steward.h"

static void to_door(struct visitor *v, enum language l)
{
	uint16_t w = v->m.look.width, h = v->m.look.height;
	steward_start(v);
	v->m.look.width = v->m.start.width = w;
	v->m.look.height = v->m.start.height = h;
	v->m.look.language = v->m.start.language = l;
}
static void to_door_closed(struct visitor *v, enum language l)
{
	to_door(v, l);
}
static void to_door_open(struct visitor *v, enum language l)
{
	to_door(v, l);
	steward_open(v, 23, 19);
}
static void to_door_early(struct visitor *v, enum language l)
{
	to_door(v, l);
	steward_unlock(v);
	visitor_tap(v, "choose-2");
}
static void to_door_out(struct visitor *v, enum language l)
{
	to_door_open(v, l);
	visitor_tap(v, "out");
}
static void to_door_offline(struct visitor *v, enum language l)
{
	to_door_open(v, l);
	visitor_network(v, visitor_offline(12, 25));
}
static void to_door_unsaved(struct visitor *v, enum language l)
{
	to_door_open(v, l);
	visitor_tell(v, (struct msg){.kind = MSG_JOURNAL, .result = ERR_IO});
}
static void to_door_choose(struct visitor *v, enum language l)
{
	to_door_open(v, l);
	steward_unlock(v);
}
static void to_door_missing(struct visitor *v, enum language l)
{
	to_door_choose(v, l);
	visitor_tap(v, "missing");
	steward_missing(v, 19);
}
/* The guest speaks another language than whoever keeps the door. */
static void judged(struct visitor *v, enum language l, enum door_light light, enum door_reason why)
{
	to_door_open(v, l);
	steward_judge(v, light, why, (enum language)((l + 1) % LANGUAGES));
}
static void to_door_green(struct visitor *v, enum language l)
{
	judged(v, l, DOOR_GREEN, DOOR_BOOKED);
	steward_noted(v, OK);
}
static void to_door_asked(struct visitor *v, enum language l)
{
	judged(v, l, DOOR_GREEN, DOOR_OPEN);
}
static void to_door_failed(struct visitor *v, enum language l)
{
	judged(v, l, DOOR_GREEN, DOOR_BOOKED);
	steward_noted(v, ERR_IO);
}
static void to_door_inside(struct visitor *v, enum language l)
{
	judged(v, l, DOOR_AMBER, DOOR_INSIDE);
}
static void to_door_seats(struct visitor *v, enum language l)
{
	judged(v, l, DOOR_AMBER, DOOR_SEATS);
	visitor_scan(v, "ZQM1");
	steward_unlock(v);
}
static void to_door_waiting(struct visitor *v, enum language l)
{
	judged(v, l, DOOR_AMBER, DOOR_WAITING);
}
static void to_door_late(struct visitor *v, enum language l)
{
	judged(v, l, DOOR_AMBER, DOOR_LATE);
}
static void to_door_protocol(struct visitor *v, enum language l)
{
	judged(v, l, DOOR_AMBER, DOOR_PROTOCOL);
}
static void to_door_replaced(struct visitor *v, enum language l)
{
	judged(v, l, DOOR_RED, DOOR_REPLACED);
}
static void to_door_revoked(struct visitor *v, enum language l)
{
	judged(v, l, DOOR_RED, DOOR_REVOKED);
}
static void to_door_full(struct visitor *v, enum language l)
{
	judged(v, l, DOOR_RED, DOOR_FULL);
}
static void to_door_not_invited(struct visitor *v, enum language l)
{
	judged(v, l, DOOR_RED, DOOR_NOT_INVITED);
}
static void to_door_unknown(struct visitor *v, enum language l)
{
	judged(v, l, DOOR_RED, DOOR_UNKNOWN);
}

/* What is seen while a card is unlocked. */
static void to_door_staff(struct visitor *v, enum language l)
{
	to_door_choose(v, l);
	visitor_tap(v, "back");
}
static void to_door_staff_closed(struct visitor *v, enum language l)
{
	to_door(v, l);
	steward_unlock(v);
	visitor_tap(v, "back");
}
static void to_door_over(struct visitor *v, enum language l)
{
	to_door(v, l);
	steward_unlock(v);
	visitor_tap(v, "choose-1");
	visitor_wait(v, 4900);
}
static void to_door_choose_none(struct visitor *v, enum language l)
{
	to_door(v, l);
	steward_unlock(v);
	steward_days(v, 0);
}
static void to_door_choose_many(struct visitor *v, enum language l)
{
	to_door(v, l);
	steward_unlock(v);
	steward_days(v, 11);
}
static void to_door_missing_none(struct visitor *v, enum language l)
{
	to_door_choose(v, l);
	visitor_tap(v, "missing");
	steward_missing(v, 0);
}
static void to_door_missing_asked(struct visitor *v, enum language l)
{
	to_door_choose(v, l);
	visitor_tap(v, "missing");
}
static void to_door_missing_held(struct visitor *v, enum language l)
{
	to_door_missing_asked(v, l);
	steward_unnamed(v);
}
static void to_door_missing_one(struct visitor *v, enum language l)
{
	to_door(v, l);
	steward_open(v, 41, 1);
	steward_unlock(v);
	visitor_tap(v, "missing");
	steward_missing(v, 1);
}
static void to_door_too_early(struct visitor *v, enum language l)
{
	to_door_early(v, l);
	steward_judge(v, DOOR_AMBER, DOOR_EARLY, (enum language)((l + 1) % LANGUAGES));
}
static void to_door_left(struct visitor *v, enum language l)
{
	to_door_inside(v, l);
	visitor_tap(v, "left");
	steward_noted(v, OK);
}
static void to_door_not_in(struct visitor *v, enum language l)
{
	to_door_out(v, l);
	steward_judge(v, DOOR_GREEN, DOOR_BOOKED, (enum language)((l + 1) % LANGUAGES));
}
static void to_door_let_in(struct visitor *v, enum language l)
{
	to_door_choose(v, l);
	steward_judge(v, DOOR_RED, DOOR_FULL, (enum language)((l + 1) % LANGUAGES));
	visitor_tap(v, "let-in");
	steward_signed(v, OK);
	steward_noted(v, OK);
}
static void to_door_everybody(struct visitor *v, enum language l)
{
	to_door_asked(v, l);
	steward_noted(v, OK);
}

const struct scene door_scenes[DOOR_SCENES] = {
	{"door-closed", to_door_closed, SCREEN_DOOR},
	{"door", to_door_open, SCREEN_DOOR},
	{"door-early", to_door_early, SCREEN_DOOR},
	{"door-out", to_door_out, SCREEN_DOOR},
	{"door-offline", to_door_offline, SCREEN_DOOR},
	{"door-unsaved", to_door_unsaved, SCREEN_DOOR},
	{"door-choose", to_door_choose, SCREEN_DOOR_CHOOSE},
	{"door-missing", to_door_missing, SCREEN_DOOR_MISSING},
	{"door-green", to_door_green, SCREEN_DOOR_ANSWER},
	{"door-asked", to_door_asked, SCREEN_DOOR_ANSWER},
	{"door-failed", to_door_failed, SCREEN_DOOR_ANSWER},
	{"door-inside", to_door_inside, SCREEN_DOOR_ANSWER},
	{"door-seats", to_door_seats, SCREEN_DOOR_ANSWER},
	{"door-waiting", to_door_waiting, SCREEN_DOOR_ANSWER},
	{"door-late", to_door_late, SCREEN_DOOR_ANSWER},
	{"door-protocol", to_door_protocol, SCREEN_DOOR_ANSWER},
	{"door-replaced", to_door_replaced, SCREEN_DOOR_ANSWER},
	{"door-revoked", to_door_revoked, SCREEN_DOOR_ANSWER},
	{"door-full", to_door_full, SCREEN_DOOR_ANSWER},
	{"door-not-invited", to_door_not_invited, SCREEN_DOOR_ANSWER},
	{"door-unknown", to_door_unknown, SCREEN_DOOR_ANSWER},
	{"door-staff", to_door_staff, SCREEN_DOOR},
	{"door-staff-closed", to_door_staff_closed, SCREEN_DOOR},
	{"door-over", to_door_over, SCREEN_DOOR},
	{"door-choose-none", to_door_choose_none, SCREEN_DOOR_CHOOSE},
	{"door-choose-many", to_door_choose_many, SCREEN_DOOR_CHOOSE},
	{"door-missing-none", to_door_missing_none, SCREEN_DOOR_MISSING},
	{"door-missing-asked", to_door_missing_asked, SCREEN_DOOR_MISSING},
	{"door-missing-held", to_door_missing_held, SCREEN_DOOR_MISSING},
	{"door-missing-one", to_door_missing_one, SCREEN_DOOR_MISSING},
	{"door-too-early", to_door_too_early, SCREEN_DOOR_ANSWER},
	{"door-left", to_door_left, SCREEN_DOOR_ANSWER},
	{"door-not-in", to_door_not_in, SCREEN_DOOR_ANSWER},
	{"door-let-in", to_door_let_in, SCREEN_DOOR_ANSWER},
	{"door-everybody", to_door_everybody, SCREEN_DOOR_ANSWER},
};
