/* The roster that a serving hub offers, and the patches to it. */
#include "versions.h"

#include "file.h"
#include "version_worker.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is named by its content's hash never changes. */
static const char for_ever[] = "public, max-age=31536000, immutable";

static void free_bytes(void *arg)
{
	struct file_bytes *f = arg;

	file_free(f);
	free(f);
}

/* A response on the very bytes; the last one who sends them frees them. f is taken. */
static struct MHD_Response *respond(struct file_bytes f)
{
	struct file_bytes *kept = malloc(sizeof(*kept));
	struct MHD_Response *r = NULL;

	if (kept) {
		*kept = f;
		r = MHD_create_response_from_buffer_with_free_callback_cls(
			f.bytes.n, (void *)(uintptr_t)f.bytes.p, free_bytes, kept);
	}
	if (!r) {
		free(kept);
		file_free(&f);
		return NULL;
	}
	MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, "application/octet-stream");
	MHD_add_response_header(r, MHD_HTTP_HEADER_CACHE_CONTROL, for_ever);
	return r;
}

static void drop_patches(struct versions *v)
{
	for (size_t i = 0; i < v->patch_count; i++)
		MHD_destroy_response(v->patches[i].response);
	v->patch_count = 0;
}

static enum err offer(struct versions *v, const struct published *p, struct file_bytes f)
{
	struct MHD_Response *r = respond(f);

	if (!r)
		return ERR_IO;
	if (v->have)
		MHD_destroy_response(v->response);
	drop_patches(v);
	v->response = r;
	v->now = *p;
	v->have = true;
	v->change++;
	version_worker_ask(v->worker);
	log_line(LOG_NOTE, "hub/versions", "offering version %" PRIu64 ", %zu bytes", p->sequence,
		(size_t)p->size);
	return OK;
}

enum err versions_reload(struct versions *v)
{
	struct trust trust = {.known = true};
	struct file_bytes f;
	struct roster r;

	memcpy(trust.root, v->keys->root, SEAL_PUBLIC);
	if (v->have) {
		trust.epoch = v->now.epoch;
		trust.sequence = v->now.sequence;
	}
	enum err e = file_read(&f, v->path, ROSTER_MAX);
	if (e)
		return e;
	e = roster_open(&r, f.bytes, &trust, 0);
	if (e) {
		file_free(&f);
		return e;
	}
	struct published p = published_of(&r);
	if (v->have && memcmp(p.hash, v->now.hash, sizeof(p.hash)) == 0) {
		file_free(&f);
		return OK;
	}
	return offer(v, &p, f);
}

enum err versions_start(struct versions *v, const char *dir, const struct keys *keys)
{
	*v = (struct versions){.keys = keys};
	if (snprintf(v->path, sizeof(v->path), "%s/roster.foyer", dir) >= PUBLISH_PATH ||
		snprintf(v->tree, sizeof(v->tree), "%s/publish", dir) >= PUBLISH_PATH)
		return ERR_FULL;
	enum err e = version_worker_start(&v->worker, v->path, v->tree, keys->root);
	if (e)
		return e;
	e = versions_reload(v);
	if (e == ERR_ABSENT) {
		log_line(LOG_NOTE, "hub/versions", "no roster yet: foyer build makes one");
		return OK;
	}
	if (e)
		fprintf(stderr, "foyer serve: %s: %s; `foyer build %s` makes it anew\n", v->path,
			err_text(e), dir);
	return e;
}

int versions_fd(const struct versions *v)
{
	return version_worker_fd(v->worker);
}

static void add_patch(struct versions *v, const struct published *from)
{
	struct offered_patch p;
	struct file_bytes f;

	if (v->patch_count == PUBLISH_VERSIONS || versions_patch(v, from->hash, v->now.hash) ||
		publish_patch_read(v->tree, from, &v->now, &p.row, &f))
		return;
	p.response = respond(f);
	if (!p.response)
		return;
	v->patches[v->patch_count++] = p;
	v->change++;
}

void versions_collect(struct versions *v)
{
	struct published from[PUBLISH_VERSIONS];
	uint8_t to[MANIFEST_HASH];

	size_t n = version_worker_made(v->worker, from, to);
	/* It may have worked towards a version that was replaced meanwhile. */
	if (n == 0 || !v->have || memcmp(to, v->now.hash, sizeof(to)) != 0)
		return;
	for (size_t i = 0; i < n; i++)
		add_patch(v, &from[i]);
}

void versions_stop(struct versions *v)
{
	version_worker_stop(v->worker);
	v->worker = NULL;
	drop_patches(v);
	if (v->have)
		MHD_destroy_response(v->response);
	v->have = false;
}

struct MHD_Response *versions_roster(const struct versions *v, const uint8_t *hash)
{
	return v->have && memcmp(hash, v->now.hash, MANIFEST_HASH) == 0 ? v->response : NULL;
}

struct MHD_Response *versions_patch(
	const struct versions *v, const uint8_t *from, const uint8_t *to)
{
	if (!v->have || memcmp(to, v->now.hash, MANIFEST_HASH) != 0)
		return NULL;
	for (size_t i = 0; i < v->patch_count; i++)
		if (memcmp(from, v->patches[i].row.from, MANIFEST_HASH) == 0)
			return v->patches[i].response;
	return NULL;
}
