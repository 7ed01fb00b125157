/* An agent without its loop and network. */
#include "agent_parts.h"

#include "hex.h"
#include "trust.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void must(enum err e, const char *what)
{
	if (e == OK)
		return;
	fprintf(stderr, "agent_parts: %s: %s\n", what, err_text(e));
	abort();
}

static void write_folder(struct agent_parts *b)
{
	char seed[2 * SEAL_SEED + 1];
	struct trust trust = {.known = true, .epoch = b->hub.epoch};

	memcpy(trust.root, b->hub.root, SEAL_PUBLIC);
	must(trust_write(&trust, scratch_name(&b->folder, "trust")), "trust");
	hex_write((struct span){b->device.seed, SEAL_SEED}, seed);
	must(file_write(scratch_name(&b->folder, "key"), span_of(seed), 0600), "key");
	must(file_write(scratch_name(&b->folder, "credential"),
		     (struct span){b->device.credential, PAPER_CREDENTIAL}, 0600),
		"credential");
}

void agent_parts_open(struct agent_parts *b)
{
	struct agent *a = &b->agent;

	memset(b, 0, sizeof(*b));
	scratch_make(&b->folder);
	wire_hub(&b->hub, 1, 1);
	wire_device(&b->device, &b->hub, 1);
	write_folder(b);
	b->now = (struct instant){.wall_ms = WIRE_NOW * 1000, .boot_ms = 60 * 1000};
	clock_fake(&b->now);
	b->options = (struct agent_options){.data = b->folder.folder, .peers = "off"};
	a->options = &b->options;
	a->lock.fd = -1;
	must(board_open(&a->board, b->folder.folder), "board");
	board_add_hub(&a->board, "http://hub.invalid");
	struct store_options o = {.where = scratch_name(&b->folder, "peers.db"), .relaxed = true};
	must(store_sqlite.open(&a->store, &o), "store");
	must(judge_init(&a->judge, a->store, &a->board.trust), "judge");
	must(own_open(&a->own, &a->board, a->store), "own");
	time_start(a);
	must(protocol_pair_key(b->device.seed, b->hub.key, false, a->pair_key), "pair");
	a->has_pair = true;
	memcpy(a->pair_hub, b->hub.key, SEAL_PUBLIC);
}

void agent_parts_close(struct agent_parts *b)
{
	struct agent *a = &b->agent;

	own_close(&a->own);
	store_close(a->store);
	fetch_free(&a->fetch);
	grow_free(&a->upload);
	board_close(&a->board);
	clock_fake(NULL);
	scratch_remove(&b->folder);
}

void agent_parts_arrivals(struct agent_parts *b, size_t n)
{
	struct grow fresh = {0};
	struct journal *j;
	bool more = true;

	struct journal_options o = {.path = scratch_name(&b->folder, "journal.db")};
	must(journal_open(&j, &o), "journal");
	for (size_t i = 0; i < n; i++) {
		struct event e = wire_event(EVENT_ARRIVED, (uint8_t)(i + 1), 0);
		must(journal_append(j, &e, 1), "append");
	}
	journal_close(j);
	while (more)
		must(own_gather(&b->agent.own, &fresh, &more), "gather");
	grow_free(&fresh);
}

struct store_head agent_parts_head(struct agent_parts *b)
{
	struct store_head head = {0};

	must(b->agent.store->kind->head(b->agent.store, b->agent.own.boards[0].board, &head),
		"head");
	return head;
}

uint64_t agent_parts_undelivered(const struct agent_parts *b)
{
	return b->agent.own.undelivered;
}

void agent_parts_ask(struct agent_parts *b, enum sync_task task)
{
	b->agent.action = (struct sync_action){.task = task};
	protocol_mac(b->agent.pair_key, "GET", "/any", (struct span){0}, b->agent.request_mac);
}

struct sync_event agent_parts_answer(
	struct agent_parts *b, const struct protocol_answer *said, bool vouched)
{
	struct http_answer r = {.status = said->status, .more = said->more, .has_mac = vouched};
	struct sync_event e = {0};

	snprintf(r.cursor, sizeof(r.cursor), "%s", said->cursor);
	grow_bytes(&r.body, said->body.p, said->body.n);
	if (vouched)
		protocol_answer_mac(b->agent.pair_key, b->agent.request_mac, said, r.mac);
	agent_answer(&b->agent, &r, &e);
	grow_free(&r.body);
	return e;
}

void agent_parts_manifest(const struct wire_hub *hub, int64_t signed_at,
	const struct wire_device *revoked, struct grow *out)
{
	uint8_t bytes[1024], ids[1][PAPER_DEVICE] = {{0}};
	struct sink k = sink_on(bytes, sizeof(bytes));
	struct manifest_source s = {.m = {.signed_at = signed_at, .live = true},
		.revoked = ids,
		.delegation = hub->delegation,
		.hub_seed = hub->seed};

	if (revoked) {
		memcpy(ids[0], revoked->id, PAPER_DEVICE);
		s.m.revoked_count = 1;
	}
	manifest_write(&k, &s);
	grow_bytes(out, bytes, k.n);
	must(k.full || out->failed ? ERR_FULL : OK, "manifest");
}
