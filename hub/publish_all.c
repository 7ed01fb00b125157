/* Everything static of one event, written into a tree: versions, credentials, manifest. */
#include "boards.h"
#include "file.h"
#include "hex.h"
#include "publish.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct revoked {
	int64_t since;
	uint8_t device[PAPER_DEVICE];
};

static int newest_first(const void *a, const void *b)
{
	const struct revoked *x = a, *y = b;

	if (x->since != y->since)
		return x->since > y->since ? -1 : 1;
	return memcmp(x->device, y->device, PAPER_DEVICE);
}

void publish_revoked(const struct grow *boards, struct grow *out)
{
	const struct board *b = GROW_ARRAY(boards, const struct board);
	struct grow all = {0};

	for (size_t i = 0; i < GROW_COUNT(boards, struct board); i++) {
		struct revoked r = {.since = b[i].since};
		memcpy(r.device, b[i].certificate.device, PAPER_DEVICE);
		if (b[i].state != BOARD_ENROLLED)
			grow_bytes(&all, &r, sizeof(r));
	}
	size_t n = GROW_COUNT(&all, struct revoked);
	struct revoked *r = GROW_ARRAY(&all, struct revoked);
	if (n > 0)
		qsort(r, n, sizeof(*r), newest_first);
	for (size_t i = 0; i < n && i < MANIFEST_REVOKED; i++)
		grow_bytes(out, r[i].device, PAPER_DEVICE);
	out->failed |= all.failed;
	grow_free(&all);
}

static enum err publish_patches(const struct publication *p, const struct grow *versions)
{
	const struct published *v = GROW_ARRAY(versions, const struct published);
	enum err e = OK;

	for (size_t i = 1; i < GROW_COUNT(versions, struct published) && i < PUBLISH_VERSIONS;
		i++) {
		e = publish_patch(p->out, &v[i], &v[0]);
		if (e && e != ERR_ABSENT)
			return e;
	}
	return OK;
}

static enum err publish_board(const struct publication *p, const struct board *b)
{
	char path[PUBLISH_PATH], device[2 * PAPER_DEVICE + 1];

	hex_write((struct span){b->certificate.device, PAPER_DEVICE}, device);
	if (snprintf(path, sizeof(path), "%s/v1/board/%s", p->out, device) >= PUBLISH_PATH)
		return ERR_FULL;
	if (b->state == BOARD_ENROLLED)
		return file_write(path, (struct span){b->credential, PAPER_CREDENTIAL}, 0644);
	return unlink(path) == 0 || errno == ENOENT ? OK : file_error(errno);
}

static enum err publish_boards(const struct publication *p, const struct grow *boards)
{
	char path[PUBLISH_PATH];
	enum err e = OK;

	if (GROW_COUNT(boards, struct board) == 0)
		return OK;
	if (snprintf(path, sizeof(path), "%s/v1/board", p->out) >= PUBLISH_PATH)
		return ERR_FULL;
	if (mkdir(path, 0755) != 0 && errno != EEXIST)
		return file_error(errno);
	for (size_t i = 0; e == OK && i < GROW_COUNT(boards, struct board); i++)
		e = publish_board(p, &GROW_ARRAY(boards, const struct board)[i]);
	return e;
}

static enum err publish_manifest(
	const struct publication *p, const struct grow *versions, const struct grow *revoked)
{
	static uint8_t bytes[MANIFEST_MAX];
	const struct published *v = GROW_ARRAY(versions, const struct published);
	struct manifest_patch patches[PUBLISH_VERSIONS];
	char path[PUBLISH_PATH];
	struct manifest_source source = {.patches = patches,
		.revoked = (const uint8_t(*)[PAPER_DEVICE])(const void *)revoked->p,
		.delegation = p->keys->delegation,
		.hub_seed = p->keys->hub_seed};

	source.m = (struct manifest){.sequence = v[0].sequence,
		.built_at = v[0].built_at,
		.size = v[0].size,
		.signed_at = p->now,
		.revoked_count = (uint16_t)(revoked->n / PAPER_DEVICE)};
	memcpy(source.m.hash, v[0].hash, sizeof(v[0].hash));
	for (size_t i = 1; i < GROW_COUNT(versions, struct published) && i < PUBLISH_VERSIONS; i++)
		if (publish_patch_read(
			    p->out, &v[i], &v[0], &patches[source.m.patch_count], NULL) == OK)
			source.m.patch_count++;
	struct sink k = sink_on(bytes, sizeof(bytes));
	manifest_write(&k, &source);
	if (k.full || snprintf(path, sizeof(path), "%s/v1/manifest", p->out) >= PUBLISH_PATH)
		return ERR_FULL;
	return file_write(path, (struct span){bytes, k.n}, 0644);
}

static bool is_first(const struct grow *versions, const struct roster *r)
{
	struct published v = published_of(r);

	return versions->n > 0 && memcmp(versions->p, v.hash, sizeof(v.hash)) == 0;
}

enum err publish(const struct publication *p)
{
	struct grow versions = {0}, boards = {0}, revoked = {0};

	enum err e = publish_roster(p->out, p->roster);
	if (e == OK)
		e = publish_versions(p->out, p->keys->root, &versions);
	if (e == OK && !is_first(&versions, p->roster))
		e = ERR_OLDER;
	if (e == OK)
		e = publish_patches(p, &versions);
	if (e == OK && p->store)
		e = boards_load(p->store, p->keys->root, &boards);
	if (e == OK)
		e = publish_boards(p, &boards);
	publish_revoked(&boards, &revoked);
	if (e == OK && revoked.failed)
		e = ERR_IO;
	if (e == OK)
		e = publish_manifest(p, &versions, &revoked);
	if (e == OK)
		publish_prune(p->out, &versions);
	grow_free(&versions);
	grow_free(&boards);
	grow_free(&revoked);
	return e;
}
