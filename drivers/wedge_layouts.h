/* Keyboard layouts as tables: which character lies where. Only the wedge includes it.
 *
 * Source: the xkb-data of Debian 12 (symbols us, gb, de, fr, be), levels 1 and 2; dead keys and
 * AltGr levels are left out, as no Foyer code needs them. */
#ifndef DRIVERS_WEDGE_LAYOUTS_H
#define DRIVERS_WEDGE_LAYOUTS_H

#include "wedge.h"

enum wedge_layout { LAYOUT_US, LAYOUT_UK, LAYOUT_DE, LAYOUT_FR, LAYOUT_BE, LAYOUTS };

/* A capital or a digit, shift or not; 0 where the key gives none of these. */
char wedge_code_char(enum wedge_family family, unsigned key);
/* The character of a key, UTF-8, "" for none. Static. */
const char *wedge_key_text(enum wedge_layout layout, unsigned key, bool shift);
/* The key that gives one character with or without shift, 0 if none does. */
unsigned wedge_text_key(enum wedge_layout layout, struct span character);

bool wedge_is_letter(unsigned key); /* caps lock turns it round (US) */
bool wedge_is_text(unsigned key);
/* 0 to 9, or -1. */
int wedge_keypad_digit(unsigned key);
/* How many bytes of text begin a character. */
size_t wedge_characters(struct span text);

#endif
