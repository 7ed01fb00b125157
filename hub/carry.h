/* From the past into the state: a roster is built without the cards of those who lost theirs, and then
 * nobody can believe what such a card said. What it said of badges is therefore taken into the state first,
 * so that the next roster says it by itself:
 *
 *   a badge was issued    the person's badge is of that issue, lower ones are among the revoked labels
 *   issues were revoked   her badge is the issue after them, likewise
 *
 * Done twice it changes nothing. An undo that comes later brings no code back. */
#ifndef HUB_CARRY_H
#define HUB_CARRY_H

#include "past.h"

enum { CARRY_ISSUE_MAX = 1000000 }; /* a higher issue is a card gone mad: said, not taken */

/* Take what p says into f's state (in memory: state_save keeps it). *changed: how many people. Nothing is
 * taken where nothing was built yet. What is doubtful is said on standard error under the verb's name.
 * returns: OK
 *          ERR_ABSENT, if staff have said something and the roster that tells whether to believe them is
 *          not there; said
 *          ERR_IO, if memory is out */
MUST_CHECK enum err carry(
	struct folder *f, const char *verb, const struct past *p, size_t *changed);

#endif
