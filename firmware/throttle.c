/* How often a card's PIN may be tried. */
#include "throttle.h"

#include <string.h>

struct throttle throttle_for(const uint8_t signer[static STAFF_SIGNER])
{
	struct throttle t = {0};

	memcpy(t.signer, signer, STAFF_SIGNER);
	return t;
}

/* Powered-on time since the last event. Of an earlier boot only what its events prove counts; a clock
 * that runs backwards proves nothing. */
static uint64_t gone_by(
	const struct throttle *t, const uint8_t boot[static EVENT_BOOT], int64_t boot_ms)
{
	int64_t from = memcmp(boot, t->boot, EVENT_BOOT) == 0 ? t->boot_ms : 0;

	if (from < 0)
		from = 0;
	return boot_ms > from ? (uint64_t)(boot_ms - from) : 0;
}

static uint64_t add_up(uint64_t a, uint64_t b)
{
	return a > THROTTLE_MOST_MS || b > THROTTLE_MOST_MS ? THROTTLE_MOST_MS + 1 : a + b;
}

void throttle_see(struct throttle *t, const struct event *e)
{
	bool ours =
		e->payload_n == STAFF_SIGNER && memcmp(e->payload, t->signer, STAFF_SIGNER) == 0;
	bool same = memcmp(e->boot, t->boot, EVENT_BOOT) == 0;

	t->waited_ms = add_up(t->waited_ms, gone_by(t, e->boot, e->boot_ms));
	if (!same || e->boot_ms > t->boot_ms)
		t->boot_ms = e->boot_ms;
	memcpy(t->boot, e->boot, EVENT_BOOT);
	if (!ours || (e->kind != EVENT_STAFF_REFUSED && e->kind != EVENT_STAFF_UNLOCKED))
		return;
	t->waited_ms = 0;
	if (e->kind == EVENT_STAFF_UNLOCKED)
		t->refused = 0;
	else if (t->refused < UINT32_MAX)
		t->refused++;
}

int64_t throttle_wait(
	const struct throttle *t, const uint8_t boot[static EVENT_BOOT], int64_t boot_ms)
{
	int64_t wait = THROTTLE_FIRST_MS;

	if (t->refused < THROTTLE_TRIES)
		return 0;
	for (unsigned i = THROTTLE_TRIES; i < t->refused && wait < THROTTLE_MOST_MS; i++)
		wait *= 2;
	if (wait > THROTTLE_MOST_MS)
		wait = THROTTLE_MOST_MS;
	int64_t waited = (int64_t)add_up(t->waited_ms, gone_by(t, boot, boot_ms));
	return waited < wait ? wait - waited : 0;
}
