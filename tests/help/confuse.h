/* Pictures without a code that are harder to leave alone than an empty hall. */
#ifndef TESTS_HELP_CONFUSE_H
#define TESTS_HELP_CONFUSE_H

#include "base.h"

/* Draw number n into grey, STRESS_WIDTH x STRESS_HEIGHT: in turn noise, a page of text, a field of random
 * modules, and that field with finder patterns strewn over it. The same n draws the same picture. */
void confuse(uint8_t *grey, uint32_t n);

#endif
