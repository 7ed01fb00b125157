/* A door's values out of the roster and what is known of people: its day, its verdicts, its counts. */
#ifndef KIOSK_GATE_READ_H
#define KIOSK_GATE_READ_H

#include "gate.h"
#include "notes.h"

/* Who is booked today, without a name: who is missing can be counted while no card is at hand. */
enum { GATE_BOOKED = 8192 };
struct gate_booked {
	bool known; /* read, and all of it fitted */
	uint32_t n;
	struct gate_seat {
		uint8_t handle[EVENT_PERSON];
		uint16_t activity;
	} at[GATE_BOOKED];
};

/* Read what is left of the day at now. place: the id of the board's place, or empty: every city.
 * With keys, whoever they open is read, and booked is filled. What is sealed comes in where they open the
 * day of somebody who is booked: a desk's key does, a door's alone does not. keys NULL: public ones only,
 * and booked is left alone. visit is work space. */
struct gate_day {
	const struct roster *roster;
	const struct staff_keys *keys;
	struct span place;
	int64_t now;
};
void gate_list_read(struct gate_list *out, struct gate_booked *booked, const struct gate_day *day,
	struct visit *visit);

/* A new roster came while no card is at hand: public activities take its times. Sealed ones stay. */
void gate_list_renew(struct gate_list *l, const struct roster *r);

/* Is code for the door to judge? false: a card, a signed code, or nothing that holds. */
bool gate_takes(struct span code);

/* Judge code for activity. Of a late guest whom the roster knows by now, no more is known here than whether
 * she is among the booked. visit is work space, wiped again. */
struct gate_question {
	const struct roster *roster;
	const struct gate_activity *activity;
	const struct gate_booked *booked;
	struct span code;
	int64_t now;
};
void gate_judge(struct gate_verdict *out, const struct gate_question *q, struct notes *notes,
	struct visit *visit);

void gate_count(struct gate_counts *out, const struct gate_activity *a,
	const struct gate_booked *booked, struct notes *notes);

/* Name who is missing from an activity, as far as keys open them. */
void gate_missing_read(struct gate_missing *out, const struct gate_day *day, uint16_t activity,
	struct notes *notes, struct visit *visit);

#endif
