/* A network with nothing but loopback, for tests whose programs shout to their neighbours. */
#ifndef TESTS_HELP_OWN_NETWORK_H
#define TESTS_HELP_OWN_NETWORK_H

/* Leave the machine's network for it, where that may be done; before any thread is started. */
void own_network_leave(void);
/* Skip, aloud, the test that calls this where it was not. */
void own_network_need(void);

#endif
