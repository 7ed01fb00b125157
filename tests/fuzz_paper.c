/* Certificates and credentials: any bytes, and any fields that the right key has signed. */
#include "help/wire.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { FIELDS_AT = 24, FIELDS = 100 - FIELDS_AT, SIGNED = PAPER_CERTIFICATE - SEAL_SIGNATURE };

static struct wire_hub hub;
static struct wire_device device;

static void need(bool holds)
{
	if (!holds)
		abort();
}

static bool known(enum err e)
{
	return e == OK || e == ERR_FORMAT || e == ERR_FOREIGN || e == ERR_FORGED ||
	       e == ERR_OLDER || e == ERR_EXPIRED;
}

/* What is read is written back to the same bytes, whatever hand signs. */
static void open_certificate(struct span bytes)
{
	uint8_t again[PAPER_CERTIFICATE];
	struct certificate c;

	need(known(certificate_open(&c, bytes, hub.root, 2, 0)));
	need(known(certificate_open(&c, bytes, hub.root, 1, WIRE_NOW)));
	enum err e = certificate_open(&c, bytes, hub.root, 1, 0);
	need(known(e));
	if (e)
		return;
	struct certificate_source s = {.role = (enum board_role)c.role,
		.name = c.name,
		.until = c.until,
		.delegation = hub.delegation,
		.hub_seed = hub.seed};
	memcpy(s.key, c.key, SEAL_PUBLIC);
	certificate_write(&s, again);
	need(memcmp(again, bytes.p, PAPER_CERTIFICATE) == 0);
	need(span_is_utf8(span_of(c.name)) && strpbrk(c.name, "\r\n") == NULL);
}

static void open_credential(struct span bytes)
{
	struct credential c;

	enum err e = credential_open(&c, bytes, hub.root, 1, NULL);
	need(known(e));
	e = credential_open(&c, bytes, hub.root, 1, device.seed);
	need(known(e) || e == ERR_DENIED);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	uint8_t bytes[PAPER_CERTIFICATE];

	if (!hub.epoch) {
		wire_hub(&hub, 1, 1);
		wire_device(&device, &hub, 1);
	}
	if (n != FIELDS) {
		open_certificate((struct span){p, n});
		open_credential((struct span){p, n});
		return 0;
	}
	memcpy(bytes, device.certificate, sizeof(bytes));
	memcpy(bytes + FIELDS_AT, p, FIELDS);
	seal_sign(hub.seed, "foyer certificate", (struct span){bytes, SIGNED}, bytes + SIGNED);
	open_certificate((struct span){bytes, sizeof(bytes)});
	return 0;
}
