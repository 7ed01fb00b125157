/* Who speaks to the hub: the Authorization header, and the key that both sides share. */
#include "hex.h"
#include "protocol.h"
#include "serve_inside.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void hub_set_sequence(const struct hub *h, struct MHD_Response *r)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRIu64, h->versions.have ? h->versions.now.sequence : 0);
	httpd_set(r, PROTOCOL_HEADER_SEQUENCE, text);
}

void hub_set_mac(const struct request *q, struct MHD_Response *r, const struct protocol_answer *a)
{
	const struct device *d = q->device;
	uint8_t mac[PROTOCOL_MAC];
	char digits[2 * PROTOCOL_MAC + 1];

	if (!d)
		return;
	protocol_answer_mac(d->pair, q->mac, a, mac);
	hex_write((struct span){mac, sizeof(mac)}, digits);
	httpd_set(r, PROTOCOL_HEADER_MAC, digits);
}

void hub_refuse(const struct hub *h, struct request *q, unsigned status, const char *why)
{
	struct MHD_Response *r = httpd_error(q, status, why);

	hub_set_sequence(h, r);
	if (status == MHD_HTTP_FORBIDDEN)
		hub_set_mac(q, r, &(struct protocol_answer){.status = status, .cursor = ""});
	httpd_answer(q, status, r);
}

void hub_refuse_for_store(struct hub *h, struct request *q, enum err e)
{
	hub_store_failed(h, e);
	hub_refuse(h, q, MHD_HTTP_SERVICE_UNAVAILABLE, "the store does not answer");
}

static bool mac_holds(
	const uint8_t pair[static SEAL_KEY], const struct request *q, const uint8_t *mac)
{
	uint8_t expected[PROTOCOL_MAC];

	protocol_mac(
		pair, q->route->method, q->target, (struct span){q->body.p, q->body.n}, expected);
	return seal_equal(expected, mac, PROTOCOL_MAC);
}

/* A device that the store knows nothing of introduces itself: the certificate says that the organiser
 * once let it in, the MAC that it is the one. */
static bool introduces_itself(const struct hub *h, const struct request *q,
	const uint8_t id[static PAPER_DEVICE], const uint8_t *mac)
{
	struct certificate c;
	struct bundle b;
	uint8_t pair[SEAL_KEY];

	if (bundle_open(&b, (struct span){q->body.p, q->body.n}) || b.count == 0 ||
		certificate_open(
			&c, span_cut(b.certificates, 0, PAPER_CERTIFICATE), h->keys.root, 0, 0) ||
		memcmp(c.device, id, PAPER_DEVICE) != 0 ||
		protocol_pair_key(h->keys.hub_seed, c.key, true, pair))
		return false;
	bool holds = mac_holds(pair, q, mac);
	seal_wipe(pair, sizeof(pair));
	return holds;
}

bool hub_hear(struct hub *h, struct request *q)
{
	const char *header = httpd_header(q, MHD_HTTP_HEADER_AUTHORIZATION);
	uint8_t mac[PROTOCOL_MAC];
	struct device *d = NULL;

	if (protocol_authorization_read(header, q->id, mac)) {
		hub_refuse(
			h, q, MHD_HTTP_UNAUTHORIZED, "Authorization: Foyer DEVICE MAC is wanted");
		return false;
	}
	enum err e = h->store ? devices_find(&h->devices, h->store, &h->keys, q->id, &d) : ERR_IO;
	if (e == ERR_IO || e == ERR_BUSY) {
		hub_refuse_for_store(h, q, e);
		return false;
	}
	bool holds = d ? device_pair(d, &h->keys) == OK && mac_holds(d->pair, q, mac)
		       : introduces_itself(h, q, q->id, mac);
	if (!holds) {
		hub_refuse(h, q, MHD_HTTP_UNAUTHORIZED,
			d ? "the MAC does not hold" : "this device is not known here");
		return false;
	}
	q->device = d;
	memcpy(q->mac, mac, sizeof(mac));
	if (d)
		device_heard(d, clock_now().wall_ms);
	return true;
}
