/* Network namespaces on this machine: each a computer with one cable, all cables in one lossy
 * switch. Nothing of it can be seen from outside: the switch's own ends are in a namespace of the
 * test too. */
#ifndef TESTS_HELP_SPACES_H
#define TESTS_HELP_SPACES_H

#include "lossy_switch.h"

#include <sys/types.h>

struct space {
	pid_t anchor; /* holds the namespace open */
	int net;      /* the namespace, for setns */
	char address[40];
};

struct spaces {
	size_t n;
	struct space at[SWITCH_PORTS];
	struct lossy_switch *cables;
	struct switch_weather weather;
};

/* Leave the machine's network for one of our own. As root, or where the kernel lets everybody do
 * so. Call it while the process has one thread.
 * returns: OK; ERR_DENIED, with the reason on standard error */
MUST_CHECK enum err spaces_enter(void);
/* Make n namespaces; number i has the address 10.77.0.(i + 1). spaces is large: make it static.
 * returns: OK; ERR_DENIED, ERR_IO, with the reason on standard error */
MUST_CHECK enum err spaces_open(struct spaces *s, size_t n, unsigned seed);
void spaces_close(struct spaces *s);

/* Start a program in namespace i, both its outputs appended to log. It dies with this process.
 * returns: its process */
pid_t spaces_start(const struct spaces *s, size_t i, const char *const *argv, const char *log);
/* Pull the cable of namespace i, or put it in. */
void spaces_cable(const struct spaces *s, size_t i, bool in);

#endif
