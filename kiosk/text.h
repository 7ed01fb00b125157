/* Texts copied out of a roster: a value that shows texts keeps them in one block of bytes, so that it
 * holds no pointer and can be copied and wiped whole. Pure. */
#ifndef KIOSK_TEXT_H
#define KIOSK_TEXT_H

#include "visit.h"

/* A text in its owner's text memory; n == 0: none. */
struct text {
	uint32_t at, n;
};
struct texts {
	struct text in[LANGUAGES];
};

/* The text memory while it is filled: *n of cap bytes at p are used. */
struct text_memory {
	uint8_t *p;
	uint32_t *n;
	size_t cap;
	bool full; /* a text did not fit and was left out */
};

/* Copy s to the end of m. What does not fit is left out and sets full. */
struct text text_keep(struct text_memory *m, struct span s);
struct texts texts_keep(struct text_memory *m, const struct words *w);

/* The text in language, or in the first of en, fr, nl, de that is there. */
struct text texts_in(const struct texts *t, enum language language);

#endif
