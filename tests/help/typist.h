/* A keyboard-wedge scanner: text to key presses under a keyboard layout, written apart from the
 * program's own tables. */
#ifndef TESTS_HELP_TYPIST_H
#define TESTS_HELP_TYPIST_H

#include <stdbool.h>
#include <stddef.h>

enum { TYPIST_US, TYPIST_UK, TYPIST_DE, TYPIST_FR, TYPIST_BE, TYPISTS };

/* How the scanner is set. */
struct typist {
	int layout;
	bool no_shift;  /* sends no shift at all */
	bool caps_lock; /* believes caps lock is on: shift turned round for letters */
};

struct press {
	unsigned key;
	int value; /* 1 down, 0 up */
};

/* The presses for text (A-Z 0-9 and, under US, a few more), Enter last if enter. Returns how many;
 * out has room for 4 for each character and 2. */
size_t typist_type(const struct typist *t, const char *text, bool enter, struct press *out);

#endif
