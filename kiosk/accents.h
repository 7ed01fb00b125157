/* Letters with accents: what a letter can become, and capitals, for the keyboard on the glass. Pure. */
#ifndef KIOSK_ACCENTS_H
#define KIOSK_ACCENTS_H

#include "base.h"

/* The accented letters of the one given (which may be a capital or have an accent itself), small, as one
 * text, at most ACCENTS_MOST. Empty: it has none. Static. */
enum { ACCENTS_MOST = 10 };
struct span accents_of(struct span letter);
/* Is it a capital? Small ones, and what is no letter, are not. */
bool accents_is_capital(struct span letter);
/* The capital of a small letter of Latin-1 or Latin Extended-A, or the letter itself where it has none (ß).
 * letter is one character. returns its bytes in out */
size_t accents_capital(struct span letter, uint8_t out[static 4]);

#endif
