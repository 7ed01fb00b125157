/* A desk elsewhere, as a story needs one: what it says with a card reaches this board as its agent would bring
 * it, and is believed or not as everything is. UI thread only. */
#ifndef KIOSK_ELSEWHERE_H
#define KIOSK_ELSEWHERE_H

#include "base.h"

struct stage;

/* Carry out STORY_EMERGENCY: "CARD PIN", then nothing (it is over), a text for everybody, or "fr: TEXT | nl: TEXT".
 * A restart forgets it: nothing of it lies on this board's disk.
 * returns: OK
 *          ERR_ABSENT, ERR_DENIED, ERR_EXPIRED, ERR_IO as roster_unlock and staff_sign; ERR_ABSENT also without a
 *          roster
 *          ERR_FORMAT, ERR_FULL, if the words are none (emergency.h), or a card or PIN is missing */
MUST_CHECK enum err elsewhere_say(struct stage *s, struct span line);

#endif
