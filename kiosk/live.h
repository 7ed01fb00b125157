/* The live kiosk: turns the stage until a signal or a closed window stops it. */
#ifndef KIOSK_LIVE_H
#define KIOSK_LIVE_H

#include "options.h"

/* returns: OK, it was stopped
 *          else as stage_start (said on standard error), or
 *          ERR_IO, there is no thread to wait for signals */
MUST_CHECK enum err live_run(const struct options *options, const char *data);

#endif
