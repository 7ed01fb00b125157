/* Runs: consecutive events of one board, as they travel and as they are kept; bundles of them. */
#include "run.h"

#include <string.h>

static const char run_label[] = "foyer run";
static const uint8_t bundle_magic[8] = {'F', 'O', 'Y', 'R', 'U', 'N', 'S', '1'};

enum {
	RUN_LEAST = RUN_HEAD + EVENT_BYTES + SEAL_SIGNATURE,
	SIGNED = EVENT_BOARD + 4 + 8 + EVENT_HASH,
};
_Static_assert((long)RUN_HEAD + (long)RUN_EVENTS * EVENT_BYTES_MAX + SEAL_SIGNATURE <= RUN_MAX,
	"any so many events fit");

static bool all_zero(const uint8_t *p, size_t n)
{
	uint8_t any = 0;

	for (size_t i = 0; i < n; i++)
		any |= p[i];
	return any == 0;
}

/* Whether an event of this id may stand after the one before it in a run. */
static bool follows(const struct event_id *before, const struct event_id *id)
{
	if (memcmp(before->board, id->board, EVENT_BOARD) != 0)
		return false;
	if (id->epoch != before->epoch)
		return id->epoch > before->epoch && id->seq == 1;
	return id->seq - 1 == before->seq;
}

void run_next_event(struct cursor *c, uint8_t chain[static EVENT_HASH], struct event *out)
{
	const uint8_t *at = c->rest.p;

	event_read(c, out);
	if (c->bad)
		return;
	event_hash_bytes((struct span){at, (size_t)(c->rest.p - at)}, chain, out->hash);
	memcpy(chain, out->hash, EVENT_HASH);
}

struct cursor run_events(const struct run *r)
{
	return cursor_at(r->events);
}

/* The bytes decide how many events there are; the count must agree. */
static bool check_events(struct run *r)
{
	struct cursor c = run_events(r);
	struct event e;
	size_t n = 0;

	memcpy(r->hash, r->before, EVENT_HASH);
	for (; c.rest.n > 0; n++) {
		run_next_event(&c, r->hash, &e);
		if (c.bad)
			return false;
		if (n == 0 && (e.id.seq == 0 || memcmp(e.id.board, r->board, EVENT_BOARD) != 0))
			return false;
		if (n > 0 && !follows(&r->last, &e.id))
			return false;
		if (n == 0)
			r->first = e.id;
		r->last = e.id;
	}
	return n == r->count && (r->first.seq == 1 || !all_zero(r->before, EVENT_HASH));
}

static bool take_run(struct cursor *c, struct run *r)
{
	uint32_t n = c->rest.n < RUN_LEAST ? 0 : load_u32(c->rest.p);

	if (n < RUN_LEAST || n > RUN_MAX)
		return false;
	r->bytes = cursor_bytes(c, n);
	if (c->bad)
		return false;
	struct cursor in = cursor_at(r->bytes);
	cursor_u32(&in);
	memcpy(r->device, cursor_bytes(&in, PAPER_DEVICE).p, PAPER_DEVICE);
	memcpy(r->board, cursor_bytes(&in, EVENT_BOARD).p, EVENT_BOARD);
	memcpy(r->before, cursor_bytes(&in, EVENT_HASH).p, EVENT_HASH);
	r->count = cursor_u16(&in);
	r->events = cursor_bytes(&in, in.rest.n - SEAL_SIGNATURE);
	r->signature = in.rest;
	return r->count <= RUN_EVENTS && check_events(r);
}

enum err run_read(struct cursor *c, struct run *out)
{
	struct run r = {0};

	memset(out, 0, sizeof(*out));
	if (!c->bad && c->rest.n == 0)
		return ERR_ABSENT;
	if (c->bad || !take_run(c, &r)) {
		c->bad = true;
		return ERR_FORMAT;
	}
	*out = r;
	return OK;
}

static void signed_bytes(
	const struct event_id *last, const uint8_t *hash, uint8_t out[static SIGNED])
{
	struct sink k = sink_on(out, SIGNED);

	sink_bytes(&k, last->board, EVENT_BOARD);
	sink_u32(&k, last->epoch);
	sink_u64(&k, last->seq);
	sink_bytes(&k, hash, EVENT_HASH);
}

enum err run_verify(const struct run *r, const uint8_t key[static SEAL_PUBLIC])
{
	uint8_t device[PAPER_DEVICE], message[SIGNED];

	paper_device(key, device);
	if (memcmp(device, r->device, PAPER_DEVICE) != 0)
		return ERR_FORGED;
	signed_bytes(&r->last, r->hash, message);
	return seal_verify(key, run_label, (struct span){message, SIGNED}, r->signature.p);
}

struct run_head {
	size_t events; /* bytes */
	const uint8_t *device, *board, *before;
	size_t count;
};

static void write_head(struct sink *k, const struct run_head *h)
{
	sink_u32(k, (uint32_t)(RUN_HEAD + h->events + SEAL_SIGNATURE));
	sink_bytes(k, h->device, PAPER_DEVICE);
	sink_bytes(k, h->board, EVENT_BOARD);
	sink_bytes(k, h->before, EVENT_HASH);
	sink_u16(k, (uint16_t)h->count);
}

enum err run_rest(const struct run *r, const struct event_id *after, struct sink *k)
{
	struct cursor c = run_events(r);
	uint8_t chain[EVENT_HASH];
	struct event e;
	size_t passed = 0;
	bool found = false;

	memcpy(chain, r->before, EVENT_HASH);
	for (; !found && c.rest.n > 0; passed++) {
		run_next_event(&c, chain, &e);
		found = event_id_compare(&e.id, after) == 0;
	}
	if (c.rest.n == 0)
		return ERR_ABSENT;
	write_head(k, &(struct run_head){c.rest.n, r->device, r->board, chain, r->count - passed});
	sink_bytes(k, c.rest.p, c.rest.n);
	sink_bytes(k, r->signature.p, SEAL_SIGNATURE);
	return OK;
}

void run_write(struct sink *k, const struct event *events, size_t n,
	const uint8_t before[static EVENT_HASH], const uint8_t device_seed[static SEAL_SEED])
{
	uint8_t key[SEAL_PUBLIC], device[PAPER_DEVICE], message[SIGNED], signature[SEAL_SIGNATURE];
	const struct event *last = &events[n - 1];
	size_t bytes = 0;

	for (size_t i = 0; i < n; i++)
		bytes += EVENT_BYTES + (size_t)events[i].payload_n;
	seal_keypair(device_seed, key);
	paper_device(key, device);
	write_head(k, &(struct run_head){bytes, device, events->id.board, before, n});
	for (size_t i = 0; i < n; i++)
		event_write(k, &events[i]);
	signed_bytes(&last->id, last->hash, message);
	seal_sign(device_seed, run_label, (struct span){message, SIGNED}, signature);
	sink_bytes(k, signature, SEAL_SIGNATURE);
}

enum err bundle_open(struct bundle *out, struct span bytes)
{
	struct cursor c = cursor_at(bytes);

	memset(out, 0, sizeof(*out));
	struct span head = cursor_bytes(&c, sizeof(bundle_magic));
	uint16_t count = cursor_u16(&c);
	struct span certificates = cursor_bytes(&c, (size_t)count * PAPER_CERTIFICATE);
	if (c.bad || bytes.n > BUNDLE_MAX || count > BUNDLE_CERTIFICATES ||
		memcmp(head.p, bundle_magic, sizeof(bundle_magic)) != 0)
		return ERR_FORMAT;
	*out = (struct bundle){certificates, count, c};
	return OK;
}

enum err bundle_certificate(
	const struct bundle *b, const uint8_t device[static PAPER_DEVICE], struct span *out)
{
	uint8_t id[PAPER_DEVICE];

	for (size_t i = 0; i < b->count; i++) {
		*out = span_cut(b->certificates, i * PAPER_CERTIFICATE, PAPER_CERTIFICATE);
		paper_device(out->p + PAPER_CERTIFICATE_KEY, id);
		if (memcmp(id, device, PAPER_DEVICE) == 0)
			return OK;
	}
	*out = (struct span){0};
	return ERR_ABSENT;
}

void bundle_write_head(struct sink *k, const struct span *certificates, size_t n)
{
	sink_bytes(k, bundle_magic, sizeof(bundle_magic));
	sink_u16(k, (uint16_t)n);
	for (size_t i = 0; i < n; i++)
		sink_bytes(k, certificates[i].p, PAPER_CERTIFICATE);
}
