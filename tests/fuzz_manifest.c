/* Manifests and times: any bytes, and any bytes that the right key has signed, so that all behind the
 * signature is reached. */
#include "help/wire.h"
#include "manifest.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { ANY, SIGNED, TIME, MODES, HEAD = 180 };

static struct wire_hub hub;
static uint8_t room[MANIFEST_MAX + 1];
static const uint8_t nonce[TIME_NONCE];

static void need(bool holds)
{
	if (!holds)
		abort();
}

static void walk(const struct manifest *m)
{
	struct manifest_patch patch;
	uint8_t from[MANIFEST_HASH];

	need(m->patches.n == (size_t)m->patch_count * MANIFEST_PATCH);
	need(m->revoked.n == (size_t)m->revoked_count * PAPER_DEVICE);
	for (size_t i = 0; i < m->patch_count; i++) {
		memcpy(from, m->patches.p + i * MANIFEST_PATCH, MANIFEST_HASH);
		need(manifest_patch_from(m, from, &patch) == OK);
	}
	for (size_t i = 0; i < m->revoked_count; i++)
		need(manifest_revokes(m, m->revoked.p + i * PAPER_DEVICE));
}

static void open_manifest(struct span bytes)
{
	static const struct manifest_floor floors[] = {{0}, {1, 7, WIRE_NOW}, {2, 0, 0}};
	struct manifest m;

	for (size_t i = 0; i < COUNT(floors); i++) {
		enum err e = manifest_open(&m, bytes, hub.root, &floors[i]);
		need(e == OK || e == ERR_FORMAT || e == ERR_FOREIGN || e == ERR_FORGED ||
			e == ERR_OLDER || e == ERR_EXPIRED);
		if (e == OK)
			walk(&m);
	}
}

/* The head of a manifest, p as all after it, and the hub's signature. */
static void open_signed(const uint8_t *p, size_t n)
{
	struct sink k = sink_on(room, sizeof(room) - SEAL_SIGNATURE);

	sink_bytes(&k, "FOYMANI1", 8);
	sink_u32(&k, (uint32_t)(HEAD + n + SEAL_SIGNATURE));
	sink_bytes(&k, hub.event, ROSTER_EVENT);
	sink_bytes(&k, hub.delegation, PAPER_DELEGATION);
	sink_bytes(&k, p, n);
	if (k.full)
		return;
	seal_sign(hub.seed, "foyer manifest", (struct span){room, k.n}, room + k.n);
	open_manifest((struct span){room, k.n + SEAL_SIGNATURE});
}

static void open_time(struct span bytes)
{
	int64_t now = 1;

	enum err e = time_open(&now, bytes, hub.root, 1, nonce);
	need(e == OK || e == ERR_FORMAT || e == ERR_FOREIGN || e == ERR_FORGED || e == ERR_OLDER ||
		e == ERR_EXPIRED);
	need(e == OK || now == 0);
}

/* The first byte says what the rest is. */
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	if (!hub.epoch)
		wire_hub(&hub, 1, 1);
	if (n == 0)
		return 0;
	if (p[0] % MODES == ANY)
		open_manifest((struct span){p + 1, n - 1});
	else if (p[0] % MODES == SIGNED)
		open_signed(p + 1, n - 1);
	else
		open_time((struct span){p + 1, n - 1});
	return 0;
}
