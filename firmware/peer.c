/* What boards on one LAN say to each other: the bytes. */
#include "peer.h"

#include <string.h>

enum { ANSWER_BUNDLE = 1, ANSWER_LAST = 2, PLACE_MAX = 6 + 4 + SEAL_MESSAGE_NONCE };

static const char datagram_ad[] = "datagram";

void peer_datagram_key(const uint8_t peer_key[static SEAL_KEY], uint8_t out[static SEAL_KEY])
{
	seal_hash((struct span){peer_key, SEAL_KEY}, span_of("foyer peer datagram"), out, SEAL_KEY);
}

void peer_pull_key(const uint8_t peer_key[static SEAL_KEY],
	const uint8_t challenge[static PEER_CHALLENGE], uint8_t out[static SEAL_KEY])
{
	static const char label[] = "foyer peer pull";
	struct seal_hash h;

	seal_hash_init(&h, (struct span){peer_key, SEAL_KEY}, SEAL_KEY);
	seal_hash_add(&h, label, sizeof(label) - 1);
	seal_hash_add(&h, challenge, PEER_CHALLENGE);
	seal_hash_done(&h, out);
}

void peer_digest(const struct store_head *heads, size_t n, uint8_t out[static PEER_DIGEST])
{
	uint8_t row[EVENT_BOARD + 4 + 8];
	struct seal_hash h;

	seal_hash_init(&h, (struct span){0}, PEER_DIGEST);
	for (size_t i = 0; i < n; i++) {
		struct sink k = sink_on(row, sizeof(row));
		sink_bytes(&k, heads[i].board, EVENT_BOARD);
		sink_u32(&k, heads[i].id.epoch);
		sink_u64(&k, heads[i].id.seq);
		seal_hash_add(&h, row, k.n);
		seal_hash_add(&h, heads[i].hash, EVENT_HASH);
	}
	seal_hash_done(&h, out);
}

size_t peer_datagram_seal(const struct peer_datagram *d, const uint8_t key[static SEAL_KEY],
	uint8_t out[static PEER_DATAGRAM])
{
	uint8_t plain[PEER_HEAD + PEER_BODY];
	struct sink k = sink_on(plain, sizeof(plain));

	sink_u8(&k, (uint8_t)d->kind);
	sink_bytes(&k, d->device, PAPER_DEVICE);
	sink_u64(&k, d->session);
	sink_u64(&k, d->counter);
	sink_u16(&k, d->port);
	sink_bytes(&k, d->digest, PEER_DIGEST);
	sink_bytes(&k, d->body.p, d->body.n);
	seal_message(key, span_of(datagram_ad), (struct span){plain, k.n}, out);
	return k.n + SEAL_MESSAGE_OVERHEAD;
}

static enum err datagram_read(struct peer_datagram *out, struct span plain)
{
	struct cursor c = cursor_at(plain);

	out->kind = (enum peer_kind)cursor_u8(&c);
	struct span device = cursor_bytes(&c, PAPER_DEVICE);
	out->session = cursor_u64(&c);
	out->counter = cursor_u64(&c);
	out->port = cursor_u16(&c);
	struct span digest = cursor_bytes(&c, PEER_DIGEST);
	if (c.bad || (out->kind != PEER_BEACON && out->kind != PEER_NEWS) || out->counter == 0)
		return ERR_FORMAT;
	if (out->kind == PEER_BEACON && c.rest.n % PEER_MARK != 0)
		return ERR_FORMAT;
	memcpy(out->device, device.p, PAPER_DEVICE);
	memcpy(out->digest, digest.p, PEER_DIGEST);
	out->body = c.rest;
	return OK;
}

enum err peer_datagram_open(struct peer_datagram *out, struct span bytes,
	const uint8_t key[static SEAL_KEY], uint8_t plain[static PEER_DATAGRAM])
{
	enum err e;

	*out = (struct peer_datagram){0};
	if (bytes.n > PEER_DATAGRAM || bytes.n < SEAL_MESSAGE_OVERHEAD + PEER_HEAD)
		return ERR_FORMAT;
	e = seal_message_open(key, span_of(datagram_ad), bytes, plain);
	if (!e)
		e = datagram_read(out, (struct span){plain, bytes.n - SEAL_MESSAGE_OVERHEAD});
	if (e)
		*out = (struct peer_datagram){0};
	return e;
}

void peer_mark_write(struct sink *k, const struct store_head *head)
{
	sink_bytes(k, head->board, EVENT_BOARD);
	sink_u32(k, head->id.epoch);
	sink_u64(k, head->id.seq);
	sink_bytes(k, head->hash, sizeof(((struct peer_mark *)0)->hash));
}

void peer_mark_read(struct cursor *c, struct peer_mark *out)
{
	struct span board = cursor_bytes(c, EVENT_BOARD);
	out->id.epoch = cursor_u32(c);
	out->id.seq = cursor_u64(c);
	struct span hash = cursor_bytes(c, sizeof(out->hash));
	if (c->bad) {
		*out = (struct peer_mark){0};
		return;
	}
	memcpy(out->id.board, board.p, EVENT_BOARD);
	memcpy(out->hash, hash.p, sizeof(out->hash));
}

bool peer_window_take(struct peer_window *w, uint64_t counter)
{
	if (counter > w->highest) {
		uint64_t by = counter - w->highest;
		w->heard = by < 64 ? w->heard << by : 0;
		w->heard |= 1;
		w->highest = counter;
		return true;
	}
	uint64_t below = w->highest - counter;
	if (below >= 64 || (w->heard >> below & 1) != 0)
		return false;
	w->heard |= (uint64_t)1 << below;
	return true;
}

static struct span place_ad(const struct peer_place *at, uint8_t out[static PLACE_MAX])
{
	struct sink k = sink_on(out, PLACE_MAX);

	if (!at->answer)
		return span_of("ask");
	sink_bytes(&k, "answer", 6);
	sink_u32(&k, at->number);
	sink_bytes(&k, at->ask, SEAL_MESSAGE_NONCE);
	return (struct span){out, k.n};
}

size_t peer_frame_seal(struct grow *out, const struct peer_place *at,
	const uint8_t key[static SEAL_KEY], struct span plain)
{
	uint8_t ad[PLACE_MAX];

	grow_u32(out, (uint32_t)(plain.n + SEAL_MESSAGE_OVERHEAD));
	size_t begin = out->n;
	uint8_t *sealed = grow_room(out, plain.n + SEAL_MESSAGE_OVERHEAD);
	if (sealed)
		seal_message(key, place_ad(at, ad), plain, sealed);
	return begin;
}

enum err peer_frame_length(const uint8_t head[static PEER_FRAME_HEAD], size_t max, size_t *out)
{
	size_t n = load_u32(head);

	*out = 0;
	if (n <= SEAL_MESSAGE_OVERHEAD || n - SEAL_MESSAGE_OVERHEAD > max)
		return ERR_FORMAT;
	*out = n;
	return OK;
}

enum err peer_frame_open(struct span sealed, const struct peer_place *at,
	const uint8_t key[static SEAL_KEY], uint8_t *plain)
{
	uint8_t ad[PLACE_MAX];

	return seal_message_open(key, place_ad(at, ad), sealed, plain);
}

static struct span asked(const struct peer_ask *a, size_t i)
{
	return span_cut(a->heads, i * PEER_ASKED, PEER_ASKED);
}

enum err peer_ask_open(struct peer_ask *out, struct span plain)
{
	struct cursor c = cursor_at(plain);
	struct span device = cursor_bytes(&c, PAPER_DEVICE);

	*out = (struct peer_ask){0};
	if (c.bad || c.rest.n % PEER_ASKED != 0 || c.rest.n / PEER_ASKED > PEER_ASKED_MAX)
		return ERR_FORMAT;
	struct peer_ask a = {.n = c.rest.n / PEER_ASKED, .heads = c.rest};
	memcpy(a.device, device.p, PAPER_DEVICE);
	for (size_t i = 1; i < a.n; i++)
		if (memcmp(asked(&a, i - 1).p, asked(&a, i).p, EVENT_BOARD) >= 0)
			return ERR_FORMAT;
	*out = a;
	return OK;
}

struct event_id peer_ask_head(const struct peer_ask *a, const uint8_t board[static EVENT_BOARD])
{
	struct event_id id = {0};
	size_t low = 0, high = a->n;

	memcpy(id.board, board, EVENT_BOARD);
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		struct span row = asked(a, mid);
		int order = memcmp(row.p, board, EVENT_BOARD);
		if (order == 0) {
			id.epoch = load_u32(row.p + EVENT_BOARD);
			id.seq = load_u64(row.p + EVENT_BOARD + 4);
			break;
		}
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return id;
}

enum err peer_answer_open(struct peer_answer *out, struct span plain)
{
	struct cursor c = cursor_at(plain);
	uint8_t kind = cursor_u8(&c);

	*out = (struct peer_answer){0};
	if (!c.bad && kind == ANSWER_BUNDLE && c.rest.n > 0) {
		out->bundle = c.rest;
		return OK;
	}
	if (c.bad || kind != ANSWER_LAST || c.rest.n != 1 || c.rest.p[0] > 1)
		return ERR_FORMAT;
	out->last = true;
	out->more = c.rest.p[0] == 1;
	return OK;
}
