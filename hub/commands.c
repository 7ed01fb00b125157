/* What the verbs share: how to say that they were used wrongly. */
#include "commands.h"

#include <stdio.h>

int command_misused(const char *verb, const char *why)
{
	fprintf(stderr, "foyer %s: %s\nTry `foyer %s --help`.\n", verb, why, verb);
	return EXIT_WRONG_USE;
}
