/* Golden files: what the first release of a format wrote, read by every later one. */
#ifndef TESTS_HELP_GOLDEN_H
#define TESTS_HELP_GOLDEN_H

#include "file.h"

/* tests/golden/NAME into out (file_free); a failure ends the program. With FOYER_GOLDEN=write, made is
 * put there first if there is none: what is there is kept for ever. */
void golden_read(struct file_bytes *out, const char *name, struct span made);

#endif
