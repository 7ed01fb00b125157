/* A serving hub: one thread, one loop, until it is told to stop. */
#ifndef HUB_SERVE_H
#define HUB_SERVE_H

#include "listen.h"

struct serve_options {
	const char *dir;
	const char *store;      /* URL; NULL: sqlite:DIR/hub.db */
	const char *cert, *key; /* files, or NULL both: no TLS */
	struct listen_address listen;
};

/* Serve until SIGTERM or SIGINT. What fails is said on standard error.
 * returns: an enum exit_status */
int serve(const struct serve_options *o);

#endif
