/* The roster that a serving hub offers, and the ways to it from older ones.
 *
 * DIR/roster.foyer is read once, verified, and answered from memory; when it is replaced the new one
 * takes its place, and whoever is still fetching the old one gets it to the end. A thread of its own
 * keeps the tree DIR/publish (publish.h): older versions, and patches from them, which are offered
 * as soon as they are made. All functions are for the one thread that answers. */
#ifndef HUB_VERSIONS_H
#define HUB_VERSIONS_H

#include "publish.h"

#include <microhttpd.h>

struct offered_patch {
	struct manifest_patch row;
	struct MHD_Response *response;
};

struct version_worker;

struct versions {
	char path[PUBLISH_PATH], tree[PUBLISH_PATH];
	const struct keys *keys; /* borrowed */
	bool have;               /* a roster: */
	struct published now;
	struct MHD_Response *response;
	struct offered_patch patches[PUBLISH_VERSIONS];
	size_t patch_count;
	uint64_t change; /* rises with everything that the manifest says */
	struct version_worker *worker;
};

/* Begin, with the roster that is there, if there is one; keys outlive it.
 * returns: OK; ERR_FULL, if dir is too long; ERR_IO, if there is no thread or memory; as
 *          versions_reload, said on standard error, if there is a roster that cannot be offered */
MUST_CHECK enum err versions_start(struct versions *v, const char *dir, const struct keys *keys);
/* Look at DIR/roster.foyer again. What was offered stays if it cannot be.
 * returns: OK, also if it is the same; as file_read and roster_open */
MUST_CHECK enum err versions_reload(struct versions *v);
/* Readable when the worker has made something: then call versions_collect. */
int versions_fd(const struct versions *v);
void versions_collect(struct versions *v);
/* Waits for the patch under way. */
void versions_stop(struct versions *v);

/* What is offered under a hash, or from one to another, from memory; NULL. Borrowed. */
struct MHD_Response *versions_roster(const struct versions *v, const uint8_t *hash);
struct MHD_Response *versions_patch(
	const struct versions *v, const uint8_t *from, const uint8_t *to);

#endif
