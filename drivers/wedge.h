/* Keyboard wedges: what a scanner typed, undone to what the code says.
 *
 * A wedge scanner sends key positions that would give the right text under the keyboard layout it
 * is set to; which one that is, we are not told. The magic of a Foyer code, ZQM1, lies on other
 * keys in each family of layouts, so the first four keys tell. Foyer codes are capitals and digits
 * only, hence shift and caps lock carry nothing and are not looked at for them.
 *
 * Pure: no clock, no file, no memory of its own. Key numbers are those of linux/input-event-codes.h
 * (USB HID usage tables, chapter 10). */
#ifndef DRIVERS_WEDGE_H
#define DRIVERS_WEDGE_H

#include "base.h"

enum {
	WEDGE_TEXT = 512,     /* the longest text handed on, bytes */
	WEDGE_QUIET_MS = 300, /* silence that ends a text: wedges send a key every 1 to 50 ms */
};

/* The families differ in where letters and digits lie: QWERTY (US, UK), QWERTZ (DE), AZERTY (FR,
 * BE). */
enum wedge_family { WEDGE_QWERTY, WEDGE_QWERTZ, WEDGE_AZERTY, WEDGE_FAMILIES };

enum scan_kind {
	SCAN_CODE,    /* begins with ZQM1, capitals and digits: for token_read */
	SCAN_FOREIGN, /* some other code; text is a best guess or its beginning, only fit to say that
			 it is not ours */
	SCAN_LONG,    /* longer than any Foyer code; text is empty */
};

/* What was scanned, by value. It may be a secret: wipe it after use, never log it. */
struct scan {
	enum scan_kind kind;
	size_t n;
	char text[WEDGE_TEXT + 1]; /* UTF-8 without control characters, NUL after n */
};

struct wedge {
	enum wedge_family family; /* the last one recognised */
	int64_t last_ms;
	bool shift, caps, ctrl, alt, altgr;
	bool too_long;
	unsigned alt_code; /* digits typed on the keypad while Alt was held */
	size_t n;
	struct {
		uint8_t key;
		bool shift, altgr;
		uint8_t plain; /* not 0: the character itself, from an Alt code */
	} keys[WEDGE_TEXT];
};

void wedge_init(struct wedge *w);

/* One key: value 0 up, 1 down, 2 repeated by the kernel (ignored), at now_ms of a steady clock.
 * Enter, keypad Enter and Tab end a text.
 * returns: OK, a text is whole, in *out
 *          ERR_ABSENT, more is to come */
MUST_CHECK enum err wedge_key(
	struct wedge *w, unsigned key, int value, int64_t now_ms, struct scan *out);

/* End the text after a silence of WEDGE_QUIET_MS, for scanners that send no Enter.
 * returns: OK, a text is whole, in *out
 *          ERR_ABSENT, nothing is there or it is too early */
MUST_CHECK enum err wedge_quiet(struct wedge *w, int64_t now_ms, struct scan *out);

/* Forget what was typed so far (keys were lost), wiped; the family stays. */
void wedge_reset(struct wedge *w);

/* The same undoing for text that went through a keyboard layout already: a scanner set to one
 * layout on a computer set to another, or pasted. Tried are all pairs of US, UK, DE, FR and BE;
 * what is right already stays as it is, in capitals. A symbology prefix (AIM: "]", letter, digit)
 * before the magic is dropped, and spaces and control characters around the text. returns: OK, and
 * *out is a SCAN_CODE ERR_ABSENT, and *out is SCAN_FOREIGN with text as it came, unprintable bytes
 * left out ERR_FULL, and *out is SCAN_LONG */
MUST_CHECK enum err wedge_undo_text(struct span text, struct scan *out);

#endif
