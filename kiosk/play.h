/* Playing a story on the real kiosk: every step through the same workers and mailboxes. */
#ifndef KIOSK_PLAY_H
#define KIOSK_PLAY_H

#include "options.h"

/* Play options->story in the folder data. A step ends when all mailboxes are empty. A step that
 * fails is told on standard error as FILE:LINE, with what was on the screen (its texts only if the
 * roster is a demo).
 * returns: OK
 *          ERR_ABSENT, a step failed, or is none (told)
 *          ERR_FORMAT, an address in options is none (told)
 *          ERR_DENIED, ERR_FULL, ERR_IO, ERR_BUSY, as stage_start, or a shot that cannot be written
 *          ERR_TIMEOUT, a worker did not come to rest within a minute */
MUST_CHECK enum err play_story(const struct options *options, const char *data);

#endif
