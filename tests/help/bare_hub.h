/* A peer for the hub's bench: the least that takes a POST and makes it durable. libmicrohttpd and SQLite
 * (WAL, FULL), one transaction a turn of the loop, a row an event; it believes everything. */
#ifndef TESTS_HELP_BARE_HUB_H
#define TESTS_HELP_BARE_HUB_H

#include <stdint.h>
#include <sys/types.h>

/* Start it as a child on a free port of loopback, with its database at path. rows: into how many equal
 * parts each body is cut, a row each; skip: bytes at the body's start that belong to no event. Ends the
 * program if it cannot. */
pid_t bare_hub_start(const char *path, unsigned rows, unsigned skip, uint16_t *port);
void bare_hub_stop(pid_t pid);

#endif
