/* What a screen is expected to draw, as text that a reader can compare. */
#ifndef TESTS_HELP_SCREEN_GOLDEN_H
#define TESTS_HELP_SCREEN_GOLDEN_H

#include "draw.h"

/* d is tests/golden/FOLDER/NAME.txt, to the letter; else the test fails. With FOYER_GOLDEN=write it is
 * what is expected from now on. */
void assert_screen_golden(const struct draw *d, const char *folder, const char *name);

#endif
