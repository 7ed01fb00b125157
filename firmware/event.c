/* Events: their bytes, their hash, their order. */
#include "event.h"

#include "seal.h"

#include <string.h>

static void write_id(struct sink *k, const struct event_id *id)
{
	sink_bytes(k, id->board, EVENT_BOARD);
	sink_u32(k, id->epoch);
	sink_u64(k, id->seq);
}

void event_write(struct sink *k, const struct event *e)
{
	write_id(k, &e->id);
	sink_bytes(k, e->boot, EVENT_BOOT);
	sink_u64(k, (uint64_t)e->boot_ms);
	sink_u64(k, (uint64_t)e->wall_ms);
	sink_u8(k, e->trusted ? 1 : 0);
	sink_u16(k, e->kind);
	sink_bytes(k, e->person, EVENT_PERSON);
	sink_u32(k, e->issue);
	sink_u16(k, e->activity);
	write_id(k, &e->target);
	sink_u16(k, e->payload_n);
	sink_bytes(k, e->payload, e->payload_n <= EVENT_PAYLOAD ? e->payload_n : 0);
}

static void read_bytes(struct cursor *c, uint8_t *out, size_t n)
{
	struct span s = cursor_bytes(c, n);

	if (s.n > 0)
		memcpy(out, s.p, s.n);
}

static void read_id(struct cursor *c, struct event_id *out)
{
	read_bytes(c, out->board, EVENT_BOARD);
	out->epoch = cursor_u32(c);
	out->seq = cursor_u64(c);
}

void event_read(struct cursor *c, struct event *out)
{
	memset(out, 0, sizeof(*out));
	read_id(c, &out->id);
	read_bytes(c, out->boot, EVENT_BOOT);
	out->boot_ms = (int64_t)cursor_u64(c);
	out->wall_ms = (int64_t)cursor_u64(c);
	uint8_t trusted = cursor_u8(c);
	out->trusted = trusted == 1;
	out->kind = cursor_u16(c);
	read_bytes(c, out->person, EVENT_PERSON);
	out->issue = cursor_u32(c);
	out->activity = cursor_u16(c);
	read_id(c, &out->target);
	out->payload_n = cursor_u16(c);
	/* What SQLite cannot hold (a sequence beyond 63 bits) was written by no journal. */
	if (trusted > 1 || out->payload_n > EVENT_PAYLOAD || out->id.epoch == 0 ||
		out->id.seq > INT64_MAX || out->target.seq > INT64_MAX)
		c->bad = true;
	read_bytes(c, out->payload, out->payload_n);
	if (c->bad)
		memset(out, 0, sizeof(*out));
}

void event_hash_bytes(struct span encoding, const uint8_t previous[static EVENT_HASH],
	uint8_t out[static EVENT_HASH])
{
	static const char label[] = "foyer event";
	struct seal_hash h;

	seal_hash_init(&h, (struct span){0}, EVENT_HASH);
	seal_hash_add(&h, label, sizeof(label) - 1);
	seal_hash_add(&h, previous, EVENT_HASH);
	seal_hash_add(&h, encoding.p, encoding.n);
	seal_hash_done(&h, out);
}

void event_hash(const struct event *e, const uint8_t previous[static EVENT_HASH],
	uint8_t out[static EVENT_HASH])
{
	uint8_t bytes[EVENT_BYTES_MAX];
	struct sink k = sink_on(bytes, sizeof(bytes));

	event_write(&k, e);
	event_hash_bytes((struct span){bytes, k.n}, previous, out);
}

static int below_or_above(bool below, bool above)
{
	return below ? -1 : above;
}

int event_id_compare(const struct event_id *a, const struct event_id *b)
{
	int board = memcmp(a->board, b->board, EVENT_BOARD);

	if (board != 0)
		return board;
	if (a->epoch != b->epoch)
		return below_or_above(a->epoch < b->epoch, true);
	return below_or_above(a->seq<b->seq, a->seq> b->seq);
}

int event_compare(const struct event *a, const struct event *b)
{
	if (a->trusted != b->trusted)
		return a->trusted ? -1 : 1;
	if (a->wall_ms != b->wall_ms)
		return below_or_above(a->wall_ms < b->wall_ms, true);
	return event_id_compare(&a->id, &b->id);
}

const char *event_kind_name(unsigned kind)
{
	static const char *const names[] = {
		"unknown",
		"arrived",
		"badge prepared",
		"badge sending",
		"badge sent",
		"badge printed",
		"badge uncertain",
		"badge failed",
		"badge issued",
		"entered",
		"left",
		"correction asked",
		"staff unlocked",
		"revoked",
		"undo",
		"health",
		"clock",
		"override",
		"emergency",
		"staff refused",
		"late guest",
		"looked up",
		"searched",
	};
	return names[kind < COUNT(names) ? kind : 0];
}
