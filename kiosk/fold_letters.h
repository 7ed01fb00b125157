/* What one character folds to. */
#ifndef KIOSK_FOLD_LETTERS_H
#define KIOSK_FOLD_LETTERS_H

#include "base.h"

enum fold_class { FOLD_LETTER, FOLD_NOTHING, FOLD_APOSTROPHE, FOLD_SIGN };

/* The class of a character. For FOLD_LETTER out becomes its one or two letters, the second 0 where
 * there is one; a character above U+FFFF is two units of UTF-16. */
enum fold_class fold_letters(uint32_t point, uint16_t out[static 2]);

#endif
