/* Text made comparable: what the desk types and what a list holds become the same letters.
 *
 * Capitals, accents and combining marks go (a decomposed text folds as its composed one), and so do
 * spaces, hyphens, dots and apostrophes: what is left are letters and digits, one behind the other,
 * with a mark where a word begins. Letters of Latin scripts become a to z (ß ss, æ ae, œ oe, þ th, ĳ ij;
 * ø o, ł l, đ and ð d, ı and İ i); Greek, Cyrillic and Armenian become small, the final sigma a sigma.
 * Ideographs, kana and hangul stay, and each begins a word. Pure; any bytes are taken. */
#ifndef KIOSK_FOLD_TEXT_H
#define KIOSK_FOLD_TEXT_H

#include "base.h"

enum { FOLDED_LETTERS = 512 };

/* What is known of a letter. */
enum fold_mark {
	FOLD_WORD = 1 << 0, /* the first letter, or a space, hyphen or other sign stood before it */
	FOLD_PART = 1 << 1, /* an apostrophe stood before it, or an ideograph is here or there */
	FOLD_HUMP = 1 << 2, /* a capital behind a small letter: the D of MacDonald */
	FOLD_WITH_E = 1 << 3, /* ä ö ü ø: often spelt with an e behind */
	FOLD_WITH_A = 1 << 4, /* å: spelt aa */
};

/* A letter is one unit of UTF-16. */
struct folded_text {
	size_t n;
	uint16_t letter[FOLDED_LETTERS];
	uint8_t mark[FOLDED_LETTERS];
};

/* Fold text. Bytes that are no UTF-8 are left out; what is longer than FOLDED_LETTERS is cut. */
void fold_text(struct span text, struct folded_text *out);

/* The same with ä ö ü ø as ae oe ue oe and å as aa, marks kept. false: there is none, and out is
 * not written. */
bool fold_text_spelt_out(const struct folded_text *in, struct folded_text *out);

/* Is it a Chinese, Japanese or Korean character, so that no spaces part its words? */
bool fold_text_ideograph(uint16_t letter);

#endif
