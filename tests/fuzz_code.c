/* Signed codes: any text, and any bytes as a text; what is read is written back to the same bytes. */
#include "code_text.h"
#include "help/wire.h"
#include "signed_code.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static struct wire_hub hub;

static void need(bool holds)
{
	if (!holds)
		abort();
}

static void read_text(struct span text)
{
	static const struct signed_code nothing;
	char written[CODE_TEXT];
	struct signed_code c, again;

	enum err e = signed_code_read(&c, text);
	need(e == OK || e == ERR_ABSENT || e == ERR_FORMAT);
	if (e) {
		need(memcmp(&c, &nothing, sizeof(c)) == 0);
		return;
	}
	bool has_signature = c.kind != TOKEN_ENROLMENT;
	e = signed_code_verify(&c, hub.event, hub.key, 1, 0);
	need(e == ERR_FORGED || e == ERR_FOREIGN || (has_signature && (e == OK || e == ERR_OLDER)));
	if (has_signature)
		memcpy(c.event, hub.event, ROSTER_EVENT);
	need(signed_code_write(&c, 1, hub.seed, written) == OK);
	need(signed_code_read(&again, span_of(written)) == OK && again.n == c.n);
	if (has_signature) {
		e = signed_code_verify(&again, hub.event, hub.key, 1, 0);
		need(e == (c.number == 0 ? ERR_OLDER : OK));
		memcpy(c.bytes + 1, hub.event, 8);
	}
	need(memcmp(c.bytes, again.bytes, c.n - (has_signature ? SEAL_SIGNATURE : 0)) == 0);
}

/* The bytes with a sum that holds, as text. */
static void read_bytes(const uint8_t *p, size_t n)
{
	uint8_t bytes[CODE_BYTES];
	char text[CODE_TEXT];

	if (n < 2 || n > sizeof(bytes))
		return;
	memcpy(bytes, p, n);
	if (p[0] == TOKEN_ENROLMENT) {
		uint16_t crc = token_crc16((struct span){bytes, n - 2});
		bytes[n - 2] = (uint8_t)(crc >> 8);
		bytes[n - 1] = (uint8_t)crc;
	}
	struct signed_code c;
	enum err e = signed_code_bytes(&c, (struct span){bytes, n});
	code_text_write((struct span){bytes, n}, text);
	need(signed_code_read(&c, span_of(text)) == e);
	read_text(span_of(text));
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	if (!hub.epoch)
		wire_hub(&hub, 1, 1);
	read_text((struct span){p, n});
	read_bytes(p, n);
	return 0;
}
