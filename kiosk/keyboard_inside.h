/* The keys of a keyboard on the glass, row by row: between what they do and how they look. Pure. */
#ifndef KIOSK_KEYBOARD_INSIDE_H
#define KIOSK_KEYBOARD_INSIDE_H

#include "keyboard.h"
#include "ui.h"

enum { KEY_ROWS = 4, KEYS_IN_ROW = 12 };

enum key_deed {
	DEED_WRITE, /* letter */
	DEED_SWAP,  /* letter takes the place of the one before the cursor */
	DEED_SHIFT,
	DEED_ERASE,
	DEED_SIGNS,
	DEED_ACCENTS,
	DEED_LAYOUT,
	DEED_SPACE,
	DEED_CLEAR,
	DEED_DONE,
};

struct key_cap {
	enum key_deed deed;
	uint8_t halves; /* how wide, in half columns */
	struct span letter;
};

struct key_row {
	uint8_t halves; /* in a full row: a shorter one stands in the middle */
	size_t n;
	struct key_cap keys[KEYS_IN_ROW];
};

void keyboard_row(
	const struct keyboard *k, const struct field *f, unsigned index, struct key_row *out);
/* What a key of letters writes now, as a capital in room where it is one. */
struct span keyboard_writes(const struct keyboard *k, const struct field *f,
	const struct key_cap *cap, uint8_t room[static 4]);
/* The name of its region. */
struct span keyboard_name(const struct key_cap *cap, char out[static APP_NAME]);

#endif
