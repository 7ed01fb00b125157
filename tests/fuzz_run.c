/* A bundle of any bytes: what is read as a run is walked, cut and written again to the same bytes, and
 * nothing but its device's signature verifies. */
#include "help/wire.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static struct wire_hub hub;
static struct wire_device device;
static uint8_t room[RUN_MAX];

static void need(bool holds)
{
	if (!holds)
		abort();
}

static void cut(const struct run *r, const struct event_id *after)
{
	struct sink k = sink_on(room, sizeof(room));
	struct run rest;

	enum err e = run_rest(r, after, &k);
	need(e == (event_id_compare(after, &r->last) == 0 ? ERR_ABSENT : OK));
	if (e)
		return;
	need(!k.full);
	struct cursor c = cursor_at((struct span){room, k.n});
	need(run_read(&c, &rest) == OK && c.rest.n == 0);
	need(memcmp(rest.hash, r->hash, EVENT_HASH) == 0);
	need(event_id_compare(&rest.last, &r->last) == 0);
	need(run_verify(&rest, device.key) == run_verify(r, device.key));
}

static void walk(const struct run *r)
{
	struct cursor c = run_events(r);
	uint8_t chain[EVENT_HASH], bytes[EVENT_BYTES_MAX];
	struct event e;
	size_t n = 0;

	memcpy(chain, r->before, EVENT_HASH);
	for (; c.rest.n > 0; n++) {
		struct sink k = sink_on(bytes, sizeof(bytes));
		const uint8_t *at = c.rest.p;
		run_next_event(&c, chain, &e);
		need(!c.bad);
		event_write(&k, &e);
		need(k.n == (size_t)(c.rest.p - at) && memcmp(bytes, at, k.n) == 0);
		if (n < 2 || c.rest.n == 0)
			cut(r, &e.id);
	}
	need(n == r->count && memcmp(chain, r->hash, EVENT_HASH) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct bundle b;
	struct span s;
	struct run r;

	if (!hub.epoch) {
		wire_hub(&hub, 1, 1);
		wire_device(&device, &hub, 1);
	}
	if (bundle_open(&b, (struct span){p, n}) != OK)
		return 0;
	enum err e;
	while ((e = run_read(&b.runs, &r)) == OK) {
		enum err known = bundle_certificate(&b, r.device, &s);
		need(known == ERR_ABSENT || (known == OK && s.n == PAPER_CERTIFICATE));
		e = run_verify(&r, device.key);
		need(e == OK || e == ERR_FORGED);
		walk(&r);
	}
	need(e == ERR_ABSENT || (e == ERR_FORMAT && b.runs.bad));
	return 0;
}
