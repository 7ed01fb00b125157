/* A PIN pad: digits go in, a dot is seen for each. Pure.
 *
 * No digit that was typed is shown or spoken: the keys all speak the same word. Regions: "pin-0" to
 * "pin-9", "pin-erase", "pin-enter". It holds a secret: wipe it. */
#ifndef KIOSK_KEYPAD_H
#define KIOSK_KEYPAD_H

#include "draw.h"

struct ui;

enum { KEYPAD_DIGITS = 8 };

struct keypad {
	uint8_t n;
	uint8_t digits[KEYPAD_DIGITS]; /* as text */
};

void keypad_wipe(struct keypad *k);
struct span keypad_text(const struct keypad *k);
/* All digits are in: it may be entered. */
bool keypad_whole(const struct keypad *k);

enum keypad_did {
	KEYPAD_NOTHING, /* none of its keys, or it means nothing now */
	KEYPAD_TYPED,
	KEYPAD_ENTER, /* the PIN is whole and was entered */
};
/* A region of that name was tapped. */
enum keypad_did keypad_tap(struct keypad *k, const char *name);
/* Text came from a keyboard on a cable: U+0008 takes a digit back; what is no digit is left out. */
enum keypad_did keypad_typed(struct keypad *k, struct span text);
/* The same by other ways: Backspace, Enter. */
enum keypad_did keypad_erase(struct keypad *k);
enum keypad_did keypad_enter(const struct keypad *k);

/* Dots and keys in at. off: it waits, or a try is being judged, so that no key can be pressed. */
void keypad_view(struct ui *u, struct rect at, const struct keypad *k, bool off);

#endif
