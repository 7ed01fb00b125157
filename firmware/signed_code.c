/* Signed codes: what a QR code tells a board that sees no network. */
#include "signed_code.h"

#include "code_text.h"

#include <string.h>

static const char code_label[] = "foyer code";

enum {
	HALF = ROSTER_EVENT / 2,
	CRC = 2,
	SIGNED_MOST = ROSTER_EVENT + 4 + CODE_BYTES,
};
_Static_assert((int)CODE_TEXT_LENGTH(CODE_BYTES) <= (int)TOKEN_TEXT_MAX &&
		       (int)CODE_TEXT_LENGTH(CODE_BYTES + 1) > (int)TOKEN_TEXT_MAX,
	"as many bytes as the text holds");

static void take(struct cursor *c, void *out, size_t n)
{
	struct span s = cursor_bytes(c, n);

	if (!c->bad)
		memcpy(out, s.p, n);
}

static void read_revocation(struct cursor *c, struct signed_code *out)
{
	out->revoked_count = cursor_u8(c);
	c->bad |= out->revoked_count == 0 || out->revoked_count > CODE_REVOKED;
	for (size_t i = 0; i < out->revoked_count && !c->bad; i++) {
		take(c, out->revoked[i].person, EVENT_PERSON);
		out->revoked[i].issue = cursor_u32(c);
	}
}

/* An address becomes a line of a file and a request of the agent: nothing but a plain web address. */
static bool is_address(struct span s)
{
	static const char *const schemes[] = {"http://", "https://"};
	bool known = false;

	for (size_t i = 0; i < COUNT(schemes); i++) {
		struct span scheme = span_of(schemes[i]);
		known |= s.n > scheme.n && span_equal(span_cut(s, 0, scheme.n), scheme);
	}
	for (size_t i = 0; i < s.n; i++)
		known &= s.p[i] > ' ' && s.p[i] < 0x7f;
	return known && s.n <= CODE_ADDRESS;
}

static void read_enrolment(struct cursor *c, struct signed_code *out)
{
	take(c, out->event + HALF, HALF);
	take(c, out->secret, CODE_SECRET);
	out->until = (int64_t)cursor_u64(c);
	do {
		struct span s = cursor_bytes(c, cursor_u8(c));
		c->bad |= out->address_count == CODE_ADDRESSES || !is_address(s);
		if (c->bad)
			return;
		memcpy(out->addresses[out->address_count++], s.p, s.n);
	} while (c->rest.n > 0);
}

static size_t tail_of(unsigned kind)
{
	return kind == TOKEN_ENROLMENT ? CRC : SEAL_SIGNATURE;
}

static bool crc_holds(struct span bytes)
{
	uint16_t crc = token_crc16((struct span){bytes.p, bytes.n - CRC});

	return bytes.p[bytes.n - CRC] == crc >> 8 && bytes.p[bytes.n - 1] == (crc & 0xff);
}

static enum err parse(struct signed_code *out)
{
	size_t tail = tail_of(out->kind);
	struct span all = {out->bytes, out->n};

	if (all.n < tail || (out->kind == TOKEN_ENROLMENT && !crc_holds(all)))
		return ERR_FORMAT;
	struct cursor c = cursor_at(span_cut(all, 1, all.n - tail - 1));
	take(&c, out->event, HALF);
	out->number = cursor_u64(&c);
	if (out->kind == TOKEN_REVOCATION)
		read_revocation(&c, out);
	else if (out->kind == TOKEN_LEASE)
		out->time = (int64_t)cursor_u64(&c);
	else
		read_enrolment(&c, out);
	return c.bad || c.rest.n > 0 ? ERR_FORMAT : OK;
}

static enum err parse_any(struct signed_code *out)
{
	out->kind = out->bytes[0];
	return out->kind < TOKEN_REVOCATION || out->kind > TOKEN_ENROLMENT ? ERR_ABSENT
									   : parse(out);
}

enum err signed_code_bytes(struct signed_code *out, struct span bytes)
{
	memset(out, 0, sizeof(*out));
	if (bytes.n == 0 || bytes.n > sizeof(out->bytes))
		return ERR_FORMAT;
	memcpy(out->bytes, bytes.p, bytes.n);
	out->n = bytes.n;
	enum err e = parse_any(out);
	if (e)
		seal_wipe(out, sizeof(*out));
	return e;
}

enum err signed_code_read(struct signed_code *out, struct span text)
{
	char tidy[TOKEN_TEXT_MAX];
	size_t n;

	memset(out, 0, sizeof(*out));
	enum err e = code_text_tidy(text, tidy, sizeof(tidy), &n);
	if (e == OK && n > CODE_TEXT_MAGIC) {
		n -= CODE_TEXT_MAGIC;
		out->n = n * 5 / 8;
		e = code_text_bytes(tidy + CODE_TEXT_MAGIC, n, out->bytes);
		if (!e)
			e = parse_any(out);
	} else if (e != ERR_ABSENT) {
		e = ERR_FORMAT;
	}
	seal_wipe(tidy, sizeof(tidy));
	if (e)
		seal_wipe(out, sizeof(*out));
	return e;
}

/* What a signature covers; returns its length. */
static size_t signed_bytes(
	const uint8_t *event, uint32_t epoch, struct span bytes, uint8_t out[static SIGNED_MOST])
{
	struct sink k = sink_on(out, SIGNED_MOST);

	sink_bytes(&k, event, ROSTER_EVENT);
	sink_u32(&k, epoch);
	sink_bytes(&k, bytes.p, bytes.n);
	return k.n;
}

enum err signed_code_verify(const struct signed_code *c, const uint8_t event[static ROSTER_EVENT],
	const uint8_t hub[static SEAL_PUBLIC], uint32_t epoch, uint64_t after)
{
	uint8_t message[SIGNED_MOST];

	if (memcmp(c->event, event, HALF) != 0)
		return ERR_FOREIGN;
	if (c->kind == TOKEN_ENROLMENT || c->n < SEAL_SIGNATURE)
		return ERR_FORGED;
	struct span bytes = {c->bytes, c->n - SEAL_SIGNATURE};
	size_t n = signed_bytes(event, epoch, bytes, message);
	enum err e = seal_verify(hub, code_label, (struct span){message, n}, c->bytes + bytes.n);
	if (e)
		return e;
	return c->number > after ? OK : ERR_OLDER;
}

static enum err write_content(struct sink *k, const struct signed_code *c)
{
	if (c->kind == TOKEN_LEASE) {
		sink_u64(k, (uint64_t)c->time);
		return OK;
	}
	if (c->kind == TOKEN_REVOCATION) {
		if (c->revoked_count == 0 || c->revoked_count > CODE_REVOKED)
			return ERR_FORMAT;
		sink_u8(k, c->revoked_count);
		for (size_t i = 0; i < c->revoked_count; i++) {
			sink_bytes(k, c->revoked[i].person, EVENT_PERSON);
			sink_u32(k, c->revoked[i].issue);
		}
		return OK;
	}
	if (c->kind != TOKEN_ENROLMENT || c->address_count == 0 ||
		c->address_count > CODE_ADDRESSES)
		return ERR_FORMAT;
	sink_bytes(k, c->event + HALF, HALF);
	sink_bytes(k, c->secret, CODE_SECRET);
	sink_u64(k, (uint64_t)c->until);
	for (size_t i = 0; i < c->address_count; i++) {
		struct span s = span_of(c->addresses[i]);
		if (!is_address(s))
			return ERR_FORMAT;
		sink_u8(k, (uint8_t)s.n);
		sink_bytes(k, s.p, s.n);
	}
	return OK;
}

static void write_tail(
	struct sink *k, const struct signed_code *c, uint32_t epoch, const uint8_t *hub_seed)
{
	uint8_t message[SIGNED_MOST], signature[SEAL_SIGNATURE];
	struct span bytes = {k->p, k->n};

	if (c->kind == TOKEN_ENROLMENT) {
		uint16_t crc = token_crc16(bytes);
		sink_u8(k, (uint8_t)(crc >> 8));
		sink_u8(k, (uint8_t)crc);
		return;
	}
	size_t n = signed_bytes(c->event, epoch, bytes, message);
	seal_sign(hub_seed, code_label, (struct span){message, n}, signature);
	sink_bytes(k, signature, sizeof(signature));
}

enum err signed_code_write(const struct signed_code *c, uint32_t epoch, const uint8_t *hub_seed,
	char out[static CODE_TEXT])
{
	uint8_t bytes[CODE_BYTES];
	struct sink k = sink_on(bytes, sizeof(bytes));

	out[0] = '\0';
	sink_u8(&k, (uint8_t)c->kind);
	sink_bytes(&k, c->event, HALF);
	sink_u64(&k, c->number);
	enum err e = write_content(&k, c);
	if (!e)
		write_tail(&k, c, epoch, hub_seed);
	if (!e && k.full)
		e = ERR_FULL;
	if (!e)
		code_text_write((struct span){bytes, k.n}, out);
	seal_wipe(bytes, sizeof(bytes));
	return e;
}
