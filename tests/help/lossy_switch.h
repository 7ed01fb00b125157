/* An Ethernet switch that loses, doubles, delays and parts: frames between interfaces of this machine
 * (one end of a veth pair each, the other in a network namespace) go through a thread of the test, since not
 * every kernel has netem. Needs the right to open packet sockets (root). */
#ifndef TESTS_HELP_LOSSY_SWITCH_H
#define TESTS_HELP_LOSSY_SWITCH_H

#include "base.h"

#include <stdatomic.h>

enum { SWITCH_PORTS = 16 };

/* What may be turned at any time, by any thread. */
struct switch_weather {
	atomic_uint group[SWITCH_PORTS]; /* ports of different groups do not hear each other */
	atomic_uint lost, doubled, late; /* of 1000 frames; a late one comes 1 to 50 ms later */
	atomic_ullong passed, dropped, twice, delayed;
};

struct lossy_switch;

/* Switch between the n interfaces of these names, which are up. seed: of its chances.
 * returns: OK
 *          ERR_DENIED, if packet sockets may not be opened
 *          ERR_ABSENT, if there is no such interface
 *          ERR_IO */
MUST_CHECK enum err lossy_switch_open(struct lossy_switch **out, const char *const *names, size_t n,
	struct switch_weather *weather, unsigned seed);
/* NULL is fine. */
void lossy_switch_close(struct lossy_switch *s);

#endif
