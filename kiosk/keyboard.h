/* A keyboard on the glass: three rows of letters and one of signs, as a plain value. Pure.
 *
 * It writes into a field. Its keys are regions named "key-" and the small letter or sign they write
 * ("key-a", "key-ü", "key-'"), or "key-" and what they do: space, erase, clear, shift, accents, signs,
 * layout, done. There is no long press: "accents" shows, in place of the first row, what the letter before
 * the cursor can become ("swap-é" puts é in its place), and below the accented letters that are most
 * wanted. With a keyboard on a cable it is folded away; a tap on a field brings it back. */
#ifndef KIOSK_KEYBOARD_H
#define KIOSK_KEYBOARD_H

#include "draw.h"
#include "field.h"
#include "visit.h"

struct ui;

/* Belgian keyboards have the letters where French ones do. */
enum key_layout { LAYOUT_QWERTY, LAYOUT_QWERTZ, LAYOUT_AZERTY, KEY_LAYOUTS };
enum key_sheet { SHEET_LETTERS, SHEET_ACCENTS, SHEET_SIGNS };
enum key_shift { SHIFT_OFF, SHIFT_ONCE, SHIFT_LOCK };

struct keyboard {
	enum key_layout layout;
	enum key_sheet sheet;
	enum key_shift shift;
	bool by_itself; /* SHIFT_ONCE came of itself: a name begins here */
	bool names;     /* words begin with a capital */
	bool folded;
};

/* The layout a language is used to: QWERTZ, QWERTY, AZERTY; Dutch: QWERTY. The other is a tap away. */
void keyboard_start(struct keyboard *k, enum language language, bool names);
/* Another field is typed in now, or its text has changed otherwise: letters, and a capital where a word
 * begins. */
void keyboard_turn(struct keyboard *k, const struct field *f);

enum keyboard_did {
	KEYBOARD_NOTHING, /* the name is none of its keys */
	KEYBOARD_MOVED,   /* its keys look different now; the field is as it was */
	KEYBOARD_TYPED,   /* the field has changed */
	KEYBOARD_FULL,    /* it would have, but there is no room in it */
	KEYBOARD_DONE,    /* done: the keyboard is folded */
};
/* A region of that name was tapped. */
enum keyboard_did keyboard_tap(struct keyboard *k, struct field *f, const char *name);
/* Text came from a keyboard on a cable: the one on the glass folds. U+0008 alone takes a character back.
 * returns: KEYBOARD_TYPED, KEYBOARD_MOVED, or KEYBOARD_FULL where it does not fit or is no text */
enum keyboard_did keyboard_typed(struct keyboard *k, struct field *f, struct span text);

/* How high it wants to be: on screens of 13 inches and more a key is 15 mm high. 0 when folded. */
int32_t keyboard_height(const struct ui *u, const struct keyboard *k);
/* Draw it into at; f is the field it writes into. Nothing when folded. */
void keyboard_view(struct ui *u, struct rect at, const struct keyboard *k, const struct field *f);

/* A field to be seen: its label (a msgid) above a box with its text, which is the region name. With
 * here, it is the one being typed in: it has the cursor. */
struct field_look {
	const char *name, *label;
	bool here;
};
int32_t field_height(const struct ui *u);
void field_view(struct ui *u, struct rect at, const struct field *f, const struct field_look *look);

#endif
