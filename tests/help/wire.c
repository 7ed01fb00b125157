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
