/* How often a card's PIN may be tried: 5 times, then once after 30 s, 1 min, 2 min … 15 min of powered-on
 * time, until it is right.
 *
 * It is fed from the board's own journal, every event in the order of seq: EVENT_STAFF_REFUSED and
 * EVENT_STAFF_UNLOCKED of this card count, all others only tell that time has gone by. So a reboot ends
 * no waiting, and time without power is none. Another card's PIN changes nothing: neither can the holder
 * of one make tries at a stolen one, nor can a stolen one lock the desk. A refusal must be in the journal
 * before its answer is shown.
 *
 * Pure. A value; zero is that of no card. */
#ifndef FIRMWARE_THROTTLE_H
#define FIRMWARE_THROTTLE_H

#include "event.h"
#include "staff.h"

enum { THROTTLE_TRIES = 5, THROTTLE_FIRST_MS = 30000, THROTTLE_MOST_MS = 900000 };

struct throttle {
	uint8_t signer[STAFF_SIGNER]; /* of the card */
	unsigned refused;             /* since the PIN was last right */
	uint64_t waited_ms;           /* powered on since the last of those, as far as was seen */
	uint8_t boot[EVENT_BOOT];     /* where the last event stood */
	int64_t boot_ms;
};

struct throttle throttle_for(const uint8_t signer[static STAFF_SIGNER]);
/* The next event of this board's journal. */
void throttle_see(struct throttle *t, const struct event *e);
/* Milliseconds to wait at boot_ms of this boot; 0: one may try now. */
int64_t throttle_wait(
	const struct throttle *t, const uint8_t boot[static EVENT_BOOT], int64_t boot_ms);

#endif
