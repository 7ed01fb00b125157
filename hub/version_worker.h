/* The thread that makes patches: seconds of work for a large roster, while others are answered. */
#ifndef HUB_VERSION_WORKER_H
#define HUB_VERSION_WORKER_H

#include "publish.h"

struct version_worker;

/* returns: OK, ERR_IO */
MUST_CHECK enum err version_worker_start(struct version_worker **out, const char *roster,
	const char *tree, const uint8_t root[static SEAL_PUBLIC]);
/* Put the roster file into the tree and make the patches to it. NULL is fine. */
void version_worker_ask(struct version_worker *w);
/* Readable when more has been made. */
int version_worker_fd(const struct version_worker *w);
/* What has been made for the version it was last asked for: patches from `from` to `to`; the descriptor is
 * emptied. returns: how many */
size_t version_worker_made(struct version_worker *w, struct published from[static PUBLISH_VERSIONS],
	uint8_t to[static MANIFEST_HASH]);
/* End it after the patch under way. NULL is fine. */
void version_worker_stop(struct version_worker *w);

#endif
