/* The manifest: the hub's signed word of what is newest; and the signed time. */
#include "manifest.h"

#include <string.h>

static const char manifest_label[] = "foyer manifest", time_label[] = "foyer time";
static const uint8_t manifest_magic[8] = {'F', 'O', 'Y', 'M', 'A', 'N', 'I', '1'};
static const uint8_t time_magic[8] = {'F', 'O', 'Y', 'T', 'I', 'M', 'E', '1'};

enum {
	LENGTH_AT = 8,
	EVENT_AT = 12,
	DELEGATION_AT = 28,
	FIELDS_AT = DELEGATION_AT + PAPER_DELEGATION,
	LEAST = MANIFEST_FIXED + 2 + 2 + SEAL_SIGNATURE,
	SEQUENCE_JUMP = 1000000,

	TIME_EVENT_AT = 8,
	TIME_DELEGATION_AT = 24,
	TIME_NONCE_AT = TIME_DELEGATION_AT + PAPER_DELEGATION,
	TIME_NOW_AT = TIME_NONCE_AT + TIME_NONCE,
	TIME_SIGNED = TIME_BYTES - SEAL_SIGNATURE,
};
_Static_assert(FIELDS_AT + 3 * 8 + (int)MANIFEST_HASH + 8 + 1 == (int)MANIFEST_FIXED, "the format");
_Static_assert((int)LEAST + (int)MANIFEST_PATCHES * MANIFEST_PATCH +
			       (int)MANIFEST_REVOKED * PAPER_DEVICE + 1 <=
		       (int)MANIFEST_MAX,
	"the longest lists fit");
_Static_assert(TIME_NOW_AT + 8 + 12 == TIME_SIGNED, "the format");

static void take_hash(struct cursor *c, uint8_t out[static MANIFEST_HASH])
{
	struct span s = cursor_bytes(c, MANIFEST_HASH);

	if (!c->bad)
		memcpy(out, s.p, MANIFEST_HASH);
}

/* What follows the last field is for later readers. */
static enum err read_fields(struct manifest *m, struct span covered)
{
	struct cursor c = cursor_at(span_cut(covered, FIELDS_AT, covered.n - FIELDS_AT));

	m->sequence = cursor_u64(&c);
	m->built_at = (int64_t)cursor_u64(&c);
	m->size = cursor_u64(&c);
	take_hash(&c, m->hash);
	m->signed_at = (int64_t)cursor_u64(&c);
	m->live = cursor_u8(&c) == 1;
	m->patch_count = cursor_u16(&c);
	m->patches = cursor_bytes(&c, (size_t)m->patch_count * MANIFEST_PATCH);
	m->revoked_count = cursor_u16(&c);
	m->revoked = cursor_bytes(&c, (size_t)m->revoked_count * PAPER_DEVICE);
	m->wipe = !c.bad && c.rest.n > 0 && cursor_u8(&c) == 1;
	return c.bad || m->patch_count > MANIFEST_PATCHES || m->revoked_count > MANIFEST_REVOKED
		       ? ERR_FORMAT
		       : OK;
}

static enum err check_order(const struct manifest *m, const struct manifest_floor *floor)
{
	bool nothing_yet = floor->epoch == 0 && floor->sequence == 0 && floor->signed_at == 0;

	if (nothing_yet || m->by.epoch > floor->epoch)
		return OK;
	if (m->by.epoch < floor->epoch || m->sequence < floor->sequence ||
		m->sequence - floor->sequence > SEQUENCE_JUMP || m->signed_at < floor->signed_at)
		return ERR_OLDER;
	return OK;
}

enum err manifest_open(struct manifest *out, struct span bytes,
	const uint8_t root[static SEAL_PUBLIC], const struct manifest_floor *floor)
{
	struct manifest m = {0};

	memset(out, 0, sizeof(*out));
	if (bytes.n < LEAST || bytes.n > MANIFEST_MAX ||
		memcmp(bytes.p, manifest_magic, sizeof(manifest_magic)) != 0 ||
		load_u32(bytes.p + LENGTH_AT) != bytes.n)
		return ERR_FORMAT;
	struct paper p = {bytes.p + EVENT_AT, bytes.p + DELEGATION_AT, manifest_label,
		span_cut(bytes, 0, bytes.n - SEAL_SIGNATURE)};
	enum err e = paper_open(&m.by, &p, root);
	if (!e)
		e = read_fields(&m, p.covered);
	if (!e)
		e = check_order(&m, floor);
	if (!e && m.signed_at > m.by.until)
		e = ERR_EXPIRED;
	if (e == OK)
		*out = m;
	return e;
}

enum err manifest_patch_from(const struct manifest *m, const uint8_t from[static MANIFEST_HASH],
	struct manifest_patch *out)
{
	struct cursor c = cursor_at(m->patches);

	memset(out, 0, sizeof(*out));
	while (c.rest.n > 0) {
		struct cursor patch = cursor_at(cursor_bytes(&c, MANIFEST_PATCH));
		if (patch.rest.n == 0 || memcmp(patch.rest.p, from, MANIFEST_HASH) != 0)
			continue;
		take_hash(&patch, out->from);
		out->size = cursor_u64(&patch);
		take_hash(&patch, out->hash);
		return OK;
	}
	return ERR_ABSENT;
}

bool manifest_revokes(const struct manifest *m, const uint8_t device[static PAPER_DEVICE])
{
	for (size_t at = 0; at < m->revoked.n; at += PAPER_DEVICE)
		if (memcmp(m->revoked.p + at, device, PAPER_DEVICE) == 0)
			return true;
	return false;
}

static void write_fields(struct sink *k, const struct manifest_source *s)
{
	const struct manifest *m = &s->m;

	sink_u64(k, m->sequence);
	sink_u64(k, (uint64_t)m->built_at);
	sink_u64(k, m->size);
	sink_bytes(k, m->hash, MANIFEST_HASH);
	sink_u64(k, (uint64_t)m->signed_at);
	sink_u8(k, m->live ? 1 : 0);
	sink_u16(k, m->patch_count);
	for (size_t i = 0; i < m->patch_count; i++) {
		sink_bytes(k, s->patches[i].from, MANIFEST_HASH);
		sink_u64(k, s->patches[i].size);
		sink_bytes(k, s->patches[i].hash, MANIFEST_HASH);
	}
	sink_u16(k, m->revoked_count);
	for (size_t i = 0; i < m->revoked_count; i++)
		sink_bytes(k, s->revoked[i], PAPER_DEVICE);
	if (m->wipe)
		sink_u8(k, 1);
}

void manifest_write(struct sink *k, const struct manifest_source *s)
{
	uint8_t event[ROSTER_EVENT], signature[SEAL_SIGNATURE] = {0};
	size_t lists = (size_t)s->m.patch_count * MANIFEST_PATCH +
		       (size_t)s->m.revoked_count * PAPER_DEVICE;

	if (s->m.patch_count > MANIFEST_PATCHES || s->m.revoked_count > MANIFEST_REVOKED) {
		k->full = true;
		return;
	}
	paper_event(s->delegation, event);
	sink_bytes(k, manifest_magic, sizeof(manifest_magic));
	sink_u32(k, (uint32_t)(LEAST + lists + s->m.wipe));
	sink_bytes(k, event, ROSTER_EVENT);
	sink_bytes(k, s->delegation, PAPER_DELEGATION);
	write_fields(k, s);
	if (k->p && !k->full)
		seal_sign(s->hub_seed, manifest_label, (struct span){k->p, k->n}, signature);
	sink_bytes(k, signature, SEAL_SIGNATURE);
}

void time_write(uint8_t out[static TIME_BYTES], const uint8_t *delegation, const uint8_t *hub_seed,
	const uint8_t nonce[static TIME_NONCE], int64_t now_ms)
{
	memset(out, 0, TIME_BYTES);
	memcpy(out, time_magic, sizeof(time_magic));
	paper_event(delegation, out + TIME_EVENT_AT);
	memcpy(out + TIME_DELEGATION_AT, delegation, PAPER_DELEGATION);
	memcpy(out + TIME_NONCE_AT, nonce, TIME_NONCE);
	store_u64(out + TIME_NOW_AT, (uint64_t)now_ms);
	seal_sign(hub_seed, time_label, (struct span){out, TIME_SIGNED}, out + TIME_SIGNED);
}

enum err time_open(int64_t *now_ms, struct span bytes, const uint8_t root[static SEAL_PUBLIC],
	uint32_t min_epoch, const uint8_t nonce[static TIME_NONCE])
{
	struct delegation by;

	*now_ms = 0;
	if (bytes.n != TIME_BYTES || memcmp(bytes.p, time_magic, sizeof(time_magic)) != 0)
		return ERR_FORMAT;
	enum err e = paper_open(&by,
		&(struct paper){bytes.p + TIME_EVENT_AT, bytes.p + TIME_DELEGATION_AT, time_label,
			span_cut(bytes, 0, TIME_SIGNED)},
		root);
	if (e)
		return e;
	if (by.epoch < min_epoch || memcmp(bytes.p + TIME_NONCE_AT, nonce, TIME_NONCE) != 0)
		return ERR_OLDER;
	int64_t now = (int64_t)load_u64(bytes.p + TIME_NOW_AT);
	if (now / 1000 > by.until)
		return ERR_EXPIRED;
	*now_ms = now;
	return OK;
}
