/* Any program of reads over any bytes stays inside them; numbers have one spelling. */
#include "base.h"
#include "event.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void inside(struct span s, struct span whole)
{
	if (s.n > 0 && (s.p < whole.p || s.n > whole.n || s.p > whole.p + (whole.n - s.n)))
		abort();
}

static void read_varint(struct cursor *c)
{
	const uint8_t *from = c->rest.p;
	uint64_t v = cursor_varint(c);
	uint8_t again[10];
	struct sink k = sink_on(again, sizeof(again));

	if (c->bad)
		return;
	sink_varint(&k, v);
	if (k.n != (size_t)(c->rest.p - from) || memcmp(again, from, k.n) != 0)
		abort();
}

static void read_event(struct span bytes)
{
	uint8_t again[EVENT_BYTES_MAX];
	struct sink k = sink_on(again, sizeof(again));
	struct cursor c = cursor_at(bytes);
	struct event e;

	event_read(&c, &e);
	if (c.bad)
		return;
	event_write(&k, &e);
	if (k.full || k.n != bytes.n - c.rest.n || memcmp(again, bytes.p, k.n) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct span whole = {p, n};
	struct cursor c = cursor_at(whole);

	read_event(whole);
	for (size_t i = 0; i < n && !c.bad; i++) {
		inside(c.rest, whole);
		switch (p[i] & 7) {
		case 0:
			cursor_u8(&c);
			break;
		case 1:
			cursor_u16(&c);
			break;
		case 2:
			cursor_u32(&c);
			break;
		case 3:
			cursor_u64(&c);
			break;
		case 4:
			read_varint(&c);
			break;
		case 5:
			inside(cursor_text(&c), whole);
			break;
		case 6:
			inside(cursor_bytes(&c, p[i] >> 3), whole);
			break;
		default:
			cursor_varint_max(&c, p[i]);
			break;
		}
	}
	if (c.bad && (cursor_u8(&c) != 0 || cursor_text(&c).p))
		abort();
	return 0;
}
