/* The static part of the API as plain files (protocol.h), for any web server, mirror or stick:
 *
 *   OUT/v1/roster/HASH     the newest PUBLISH_VERSIONS rosters
 *   OUT/v1/patch/FROM/TO   from the older of them to the newest, where that is shorter than the roster
 *   OUT/v1/board/DEVICE    credentials
 *   OUT/v1/manifest        written last, so that it never speaks of what is not there
 *
 * Every file is whole or not there; folders 0755, files 0644. A hub that serves keeps such a tree
 * too. Functions may run on any thread, two never on one tree's same part. Errors: as file_read and
 * file_write, and what is said. */
#ifndef HUB_PUBLISH_H
#define HUB_PUBLISH_H

#include "grow.h"
#include "keys.h"
#include "manifest.h"
#include "store.h"

enum { PUBLISH_VERSIONS = 8, PUBLISH_PATH = 4096, PUBLISH_HEX = 2 * MANIFEST_HASH + 1 };

/* A version of the roster. */
struct published {
	uint8_t hash[MANIFEST_HASH];
	uint64_t size, sequence;
	uint32_t epoch;
	int64_t built_at;
};
/* What r is as a published version. */
struct published published_of(const struct roster *r);

/* The paths of a version's file, and of the patch from one to another; false: too long. */
bool publish_roster_path(char path[static PUBLISH_PATH], const char *out, const uint8_t *hash);
bool publish_patch_path(
	char path[static PUBLISH_PATH], const char *out, const uint8_t *from, const uint8_t *to);

/* The versions in a tree, struct published each, newest first; files that are no rosters of this root
 * are passed over. A tree that is not there has none. */
MUST_CHECK enum err publish_versions(
	const char *out, const uint8_t root[static SEAL_PUBLIC], struct grow *versions);
/* Put r into the tree. */
MUST_CHECK enum err publish_roster(const char *out, const struct roster *r);
/* Make the patch between two versions of the tree, if it is not there yet. Takes seconds for large
 * rosters. returns also ERR_ABSENT, if it would not be shorter than the roster */
MUST_CHECK enum err publish_patch(
	const char *out, const struct published *from, const struct published *to);
/* The patch's row in the manifest, and (bytes not NULL) the patch. returns also ERR_ABSENT */
struct file_bytes;
MUST_CHECK enum err publish_patch_read(const char *out, const struct published *from,
	const struct published *to, struct manifest_patch *row, struct file_bytes *bytes);
/* Remove the versions after the first PUBLISH_VERSIONS, and patches to any but the first. */
void publish_prune(const char *out, const struct grow *versions);

/* Devices that are revoked, PAPER_DEVICE bytes each, the MANIFEST_REVOKED newest ones, newest
 * first. */
void publish_revoked(const struct grow *boards, struct grow *out);

/* All of it: the roster, patches, credentials from store (NULL: none), the manifest.
 * returns also ERR_OLDER, if the tree holds a newer version already */
struct publication {
	const char *out;
	const struct keys *keys;
	struct store *store;
	const struct roster *roster;
	int64_t now; /* seconds since 1970: signed at */
};
MUST_CHECK enum err publish(const struct publication *p);

#endif
