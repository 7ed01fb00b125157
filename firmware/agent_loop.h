/* The agent's loop: one thread that waits for the network, the folder, neighbours and the clock. */
#ifndef FIRMWARE_AGENT_LOOP_H
#define FIRMWARE_AGENT_LOOP_H

struct agent;

/* Until SIGTERM or SIGINT, or for one round. returns: the exit status */
int agent_loop(struct agent *a);

#endif
