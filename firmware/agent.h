/* The agent: keeps one board in step with its hub, its neighbours, a stick and the clock. */
#ifndef FIRMWARE_AGENT_H
#define FIRMWARE_AGENT_H

#include "agent_options.h"

/* Run until SIGTERM or SIGINT, or for one round (options->once).
 * returns: the program's exit status (agent_options_help) */
int agent_run(const struct agent_options *options);

#endif
