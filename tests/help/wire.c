/* A hub, its devices and their signed runs, for tests. */
#include "wire.h"

#include "roster_write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void need(bool holds)
{
	if (!holds)
		abort();
}

/* Thirty-two bytes that say what they are for. */
static void seed_of(
	const char *what, uint32_t number, uint32_t epoch, uint8_t out[static SEAL_SEED])
{
	memset(out, 0, SEAL_SEED);
	snprintf((char *)out, SEAL_SEED, "%s %u %u", what, number, epoch);
}

void wire_hub(struct wire_hub *out, uint8_t number, uint32_t epoch)
{
	uint8_t secret[SEAL_KEY];

	need(seal_start() == OK);
	memset(out, 0, sizeof(*out));
	seed_of("root", number, 0, out->root_seed);
	seed_of("hub", number, epoch, out->seed);
	seed_of("event secret", number, 0, secret);
	seal_keypair(out->root_seed, out->root);
	seal_keypair(out->seed, out->key);
	paper_event(out->root, out->event);
	paper_peer_key(secret, 1, out->peer_key);
	roster_delegate(out->root_seed, out->key, epoch, WIRE_UNTIL, out->delegation);
	out->epoch = epoch;
}

void wire_device(struct wire_device *out, const struct wire_hub *hub, uint8_t number)
{
	char name[PAPER_NAME + 1];

	memset(out, 0, sizeof(*out));
	seed_of("device", number, 0, out->seed);
	seal_keypair(out->seed, out->key);
	paper_device(out->key, out->id);
	snprintf(name, sizeof(name), "board %u", number);
	struct certificate_source s = {.role = BOARD_KIOSK,
		.name = name,
		.until = WIRE_UNTIL,
		.delegation = hub->delegation,
		.hub_seed = hub->seed};
	memcpy(s.key, out->key, SEAL_PUBLIC);
	certificate_write(&s, out->certificate);
	need(credential_write(out->certificate, 1, hub->peer_key, hub->seed, out->credential) ==
		OK);
}

void wire_board(struct wire_board *out, const struct wire_device *device, uint8_t number)
{
	memset(out, 0, sizeof(*out));
	out->device = device;
	memcpy(out->id, "board-00", EVENT_BOARD);
	out->id[EVENT_BOARD - 1] = number;
}

struct event wire_event(enum event_kind kind, uint8_t person, unsigned minute)
{
	return (struct event){.kind = (uint16_t)kind,
		.person = {'p', person},
		.issue = 1,
		.trusted = true,
		.wall_ms = (WIRE_NOW + (int64_t)minute * 60) * 1000};
}

void wire_events(
	struct wire_board *b, uint32_t epoch, struct event *events, size_t n, struct grow *out)
{
	uint8_t before[EVENT_HASH];

	need(n > 0 && n <= RUN_EVENTS && epoch > 0 && epoch >= b->last.epoch);
	memcpy(before, b->hash, EVENT_HASH);
	for (size_t i = 0; i < n; i++) {
		struct event *e = &events[i];
		memcpy(e->id.board, b->id, EVENT_BOARD);
		e->id.epoch = epoch;
		e->id.seq = b->last.epoch == epoch ? b->last.seq + 1 : 1;
		memcpy(e->boot, b->id, EVENT_BOARD);
		e->boot[EVENT_BOOT - 1] = (uint8_t)epoch;
		e->boot_ms = (int64_t)e->id.seq * 1000;
		event_hash(e, b->hash, e->hash);
		memcpy(b->hash, e->hash, EVENT_HASH);
		b->last = e->id;
	}
	uint8_t *bytes = malloc(RUN_MAX);
	need(bytes != NULL);
	struct sink k = sink_on(bytes, RUN_MAX);
	run_write(&k, events, n, before, b->device->seed);
	need(!k.full);
	grow_bytes(out, bytes, k.n);
	need(!out->failed);
	free(bytes);
}

void wire_run(struct wire_board *b, uint32_t epoch, size_t n, struct grow *out)
{
	struct event *events = calloc(n, sizeof(*events));

	need(events != NULL);
	for (size_t i = 0; i < n; i++)
		events[i] = wire_event(EVENT_ARRIVED, (uint8_t)(i + 1), (unsigned)i);
	wire_events(b, epoch, events, n, out);
	free(events);
}

void wire_bundle(struct grow *out, const struct wire_device *const *devices, size_t n)
{
	uint8_t head[BUNDLE_HEAD + BUNDLE_CERTIFICATES * PAPER_CERTIFICATE];
	struct span certificates[BUNDLE_CERTIFICATES];
	struct sink k = sink_on(head, sizeof(head));

	need(n <= BUNDLE_CERTIFICATES);
	for (size_t i = 0; i < n; i++)
		certificates[i] = (struct span){devices[i]->certificate, PAPER_CERTIFICATE};
	bundle_write_head(&k, certificates, n);
	grow_bytes(out, head, k.n);
	need(!k.full && !out->failed);
}
