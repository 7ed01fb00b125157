/* Answers that anybody gets: manifest, rosters, patches, credentials, the time. */
#include "hex.h"
#include "serve_inside.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char binary[] = "application/octet-stream";

/* The devices that no board should believe any more. */
static void list_revoked(const struct hub *h, struct grow *out)
{
	struct grow boards = {0};

	for (size_t i = 0; i < h->devices.cap; i++) {
		const struct device *d = h->devices.at[i];
		if (d && d->board.state != BOARD_ENROLLED)
			grow_bytes(&boards, &d->board, sizeof(d->board));
	}
	publish_revoked(&boards, out);
	out->failed |= boards.failed;
	grow_free(&boards);
}

static struct MHD_Response *make_manifest(const struct hub *h, int64_t now)
{
	static uint8_t bytes[MANIFEST_MAX];
	const struct versions *v = &h->versions;
	struct manifest_patch patches[PUBLISH_VERSIONS];
	struct grow revoked = {0};
	struct sink k = sink_on(bytes, sizeof(bytes));

	list_revoked(h, &revoked);
	struct manifest_source source = {.patches = patches,
		.revoked = (const uint8_t(*)[PAPER_DEVICE])(const void *)revoked.p,
		.delegation = h->keys.delegation,
		.hub_seed = h->keys.hub_seed};
	source.m = (struct manifest){.signed_at = now,
		.live = true,
		.wipe = h->devices.wiped,
		.revoked_count = (uint16_t)(revoked.n / PAPER_DEVICE)};
	if (v->have) {
		source.m.sequence = v->now.sequence;
		source.m.built_at = v->now.built_at;
		source.m.size = v->now.size;
		memcpy(source.m.hash, v->now.hash, sizeof(v->now.hash));
		source.m.patch_count = (uint16_t)v->patch_count;
	}
	for (size_t i = 0; i < v->patch_count; i++)
		patches[i] = v->patches[i].row;
	manifest_write(&k, &source);
	bool whole = !k.full && !revoked.failed;
	grow_free(&revoked);
	struct MHD_Response *r = whole ? httpd_response(binary, (struct span){bytes, k.n}) : NULL;
	httpd_set(r, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	return r;
}

void answer_manifest(struct hub *h, struct request *q)
{
	int64_t now = clock_now().wall_ms / 1000;

	if (!h->manifest || h->manifest_s != now || h->manifest_change != h->versions.change ||
		h->manifest_devices != h->devices.changed) {
		struct MHD_Response *fresh = make_manifest(h, now);
		if (!fresh) {
			httpd_refuse(q, MHD_HTTP_SERVICE_UNAVAILABLE, "memory is out");
			return;
		}
		if (h->manifest)
			MHD_destroy_response(h->manifest);
		h->manifest = fresh;
		h->manifest_s = now;
		h->manifest_change = h->versions.change;
		h->manifest_devices = h->devices.changed;
	}
	httpd_answer_shared(q, MHD_HTTP_OK, h->manifest);
}

/* An older version, or a patch to one: seldom asked for, so from the disk. */
static void answer_file(struct request *q, const char *path)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		if (fd >= 0)
			close(fd);
		httpd_refuse(q, MHD_HTTP_NOT_FOUND, "there is nothing of this hash");
		return;
	}
	struct MHD_Response *r = MHD_create_response_from_fd((size_t)st.st_size, fd);
	if (!r)
		close(fd);
	httpd_set(r, MHD_HTTP_HEADER_CONTENT_TYPE, binary);
	httpd_answer(q, MHD_HTTP_OK, r);
}

void answer_roster(struct hub *h, struct request *q)
{
	uint8_t hash[MANIFEST_HASH];
	char path[PUBLISH_PATH];

	if (hex_read(span_of(q->tail), hash, sizeof(hash)) ||
		!publish_roster_path(path, h->versions.tree, hash)) {
		httpd_refuse(q, MHD_HTTP_NOT_FOUND, "a hash has 64 hexadecimal digits");
		return;
	}
	struct MHD_Response *r = versions_roster(&h->versions, hash);
	if (r)
		httpd_answer_shared(q, MHD_HTTP_OK, r);
	else
		answer_file(q, path);
}

void answer_patch(struct hub *h, struct request *q)
{
	enum { DIGITS = 2 * MANIFEST_HASH };
	uint8_t from[MANIFEST_HASH], to[MANIFEST_HASH];
	char path[PUBLISH_PATH];
	struct span tail = span_of(q->tail);

	if (tail.n != 2 * DIGITS + 1 || tail.p[DIGITS] != '/' ||
		hex_read(span_cut(tail, 0, DIGITS), from, sizeof(from)) ||
		hex_read(span_cut(tail, DIGITS + 1, DIGITS), to, sizeof(to)) ||
		!publish_patch_path(path, h->versions.tree, from, to)) {
		httpd_refuse(
			q, MHD_HTTP_NOT_FOUND, "two hashes of 64 hexadecimal digits are wanted");
		return;
	}
	struct MHD_Response *r = versions_patch(&h->versions, from, to);
	if (r)
		httpd_answer_shared(q, MHD_HTTP_OK, r);
	else
		answer_file(q, path);
}

void answer_board(struct hub *h, struct request *q)
{
	uint8_t id[PAPER_DEVICE];
	struct device *d = NULL;

	if (hex_read(span_of(q->tail), id, sizeof(id))) {
		httpd_refuse(q, MHD_HTTP_NOT_FOUND, "a device has 16 hexadecimal digits");
		return;
	}
	enum err e = h->store ? devices_find(&h->devices, h->store, &h->keys, id, &d) : ERR_IO;
	if (e == ERR_IO || e == ERR_BUSY) {
		hub_refuse_for_store(h, q, e);
		return;
	}
	if (e || d->board.state != BOARD_ENROLLED) {
		httpd_refuse(q, MHD_HTTP_NOT_FOUND, "no such board is enrolled");
		return;
	}
	struct MHD_Response *r =
		httpd_response(binary, (struct span){d->board.credential, PAPER_CREDENTIAL});
	httpd_set(r, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	httpd_answer(q, MHD_HTTP_OK, r);
}

void answer_time(struct hub *h, struct request *q)
{
	uint8_t nonce[TIME_NONCE], bytes[TIME_BYTES];

	if (hex_read(span_of(q->tail), nonce, sizeof(nonce))) {
		httpd_refuse(q, MHD_HTTP_BAD_REQUEST, "a nonce has 32 hexadecimal digits");
		return;
	}
	time_write(bytes, h->keys.delegation, h->keys.hub_seed, nonce, clock_now().wall_ms);
	struct MHD_Response *r = httpd_response(binary, (struct span){bytes, sizeof(bytes)});
	httpd_set(r, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	httpd_answer(q, MHD_HTTP_OK, r);
}
