/* Many boards in one process. */
#include "crowd.h"

#include "keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EVENTS_MAX = RUN_EVENTS, BODY_MAX = 256 << 10 };

static void die(const char *why)
{
	fprintf(stderr, "crowd: %s\n", why);
	exit(3);
}

static void make_board(struct crowd_board *b, size_t i, const struct keys *k)
{
	uint8_t hub[SEAL_PUBLIC], peer[SEAL_KEY];
	char name[PAPER_NAME];

	store_u64(b->seed, i + 1);
	seal_keypair(b->seed, b->key);
	paper_device(b->key, b->device);
	snprintf(name, sizeof(name), "crowd-%zu", i);
	struct certificate_source s = {.role = BOARD_KIOSK,
		.name = name,
		.until = 4102444800,
		.delegation = k->delegation,
		.hub_seed = k->hub_seed};
	memcpy(s.key, b->key, SEAL_PUBLIC);
	certificate_write(&s, b->certificate);
	paper_peer_key(k->secret, 1, peer);
	seal_keypair(k->hub_seed, hub);
	if (credential_write(b->certificate, 1, peer, k->hub_seed, b->credential) ||
		protocol_pair_key(b->seed, hub, false, b->pair))
		die("papers");
	memcpy(b->last.board, b->device, EVENT_BOARD);
	b->last.epoch = 1;
}

void crowd_make(struct crowd *c, size_t n, const char *dir)
{
	struct keys k;

	if (seal_start() || keys_load(&k, dir))
		die("keys");
	c->n = n;
	c->boards = calloc(n, sizeof(*c->boards));
	for (size_t i = 0; c->boards && i < n; i++)
		make_board(&c->boards[i], i, &k);
	keys_wipe(&k);
	if (!c->boards)
		die("memory");
}

void crowd_free(struct crowd *c)
{
	free(c->boards);
	*c = (struct crowd){0};
}

static void next_event(struct crowd_board *b, struct event *e)
{
	*e = (struct event){.kind = EVENT_ARRIVED, .trusted = true, .issue = 1};
	e->id = b->last;
	e->id.seq++;
	e->wall_ms = 1759765200000 + (int64_t)e->id.seq;
	store_u64(e->person, (uint64_t)e->id.seq % 560 + 1);
	event_hash(e, b->head, e->hash);
	b->last = e->id;
	memcpy(b->head, e->hash, EVENT_HASH);
}

static void request(const struct crowd_board *b, const char *method, const char *target,
	struct span body, struct grow *out)
{
	uint8_t mac[PROTOCOL_MAC];
	char authorization[PROTOCOL_AUTHORIZATION + 1], head[512];

	protocol_mac(b->pair, method, target, body, mac);
	protocol_authorization(b->device, mac, authorization);
	int n = snprintf(head, sizeof(head),
		"%s %s HTTP/1.1\r\nHost: hub\r\nAuthorization: %s\r\nContent-Length: %zu\r\n\r\n",
		method, target, authorization, body.n);
	grow_bytes(out, head, (size_t)n);
	grow_bytes(out, body.p, body.n);
}

void crowd_post(struct crowd_board *b, unsigned n, struct grow *out)
{
	static struct event events[EVENTS_MAX];
	static uint8_t body[BODY_MAX];
	struct sink k = sink_on(body, sizeof(body));
	struct span certificate = {b->certificate, PAPER_CERTIFICATE};
	uint8_t before[EVENT_HASH];

	memcpy(before, b->head, sizeof(before));
	for (unsigned i = 0; i < n; i++)
		next_event(b, &events[i]);
	bundle_write_head(&k, &certificate, 1);
	run_write(&k, events, n, before, b->seed);
	if (k.full)
		die("body");
	request(b, "POST", "/v1/events", (struct span){body, k.n}, out);
}

void crowd_get(const struct crowd_board *b, const char *target, struct grow *out)
{
	request(b, "GET", target, (struct span){0}, out);
}
