/* Papers: what the hub signs for a board, and for whom it speaks. */
#include "paper.h"

#include "roster_inside.h"

#include <string.h>

const char paper_delegation_label[] = "foyer delegation";

static const char certificate_label[] = "foyer certificate";
static const char credential_label[] = "foyer credential";
static const uint8_t magic[8] = {'F', 'O', 'Y', 'C', 'E', 'R', 'T', '1'};

enum {
	EVENT_AT = 8,
	KEY_AT = PAPER_CERTIFICATE_KEY,
	ROLE_AT = 56,
	NAME_AT = 60,
	UNTIL_AT = 92,
	DELEGATION_AT = 100,
	CERTIFICATE_SIGNED = PAPER_CERTIFICATE - SEAL_SIGNATURE,
	PEER_EPOCH_AT = PAPER_CERTIFICATE,
	PEER_KEY_AT = PEER_EPOCH_AT + 4,
	PEER_BOX = SEAL_KEY + SEAL_TO_OVERHEAD,
	CREDENTIAL_SIGNED = PEER_KEY_AT + PEER_BOX,
};
_Static_assert((int)DELEGATION == (int)PAPER_DELEGATION, "one delegation everywhere");
_Static_assert(DELEGATION_AT + PAPER_DELEGATION == CERTIFICATE_SIGNED, "the format");
_Static_assert(CREDENTIAL_SIGNED + SEAL_SIGNATURE == PAPER_CREDENTIAL, "the format");

static const char *const roles[] = {NULL, "kiosk", "desk", "door", "screen"};

const char *board_role_name(unsigned role)
{
	return role < COUNT(roles) ? roles[role] : NULL;
}

unsigned board_role_of(const char *name)
{
	for (unsigned i = 1; i < COUNT(roles); i++)
		if (strcmp(roles[i], name) == 0)
			return i;
	return 0;
}

static void hash_of(const char *word, const uint8_t key[static SEAL_PUBLIC], uint8_t *out, size_t n)
{
	struct seal_hash h;

	seal_hash_init(&h, (struct span){0}, n);
	seal_hash_add(&h, word, strlen(word));
	seal_hash_add(&h, key, SEAL_PUBLIC);
	seal_hash_done(&h, out);
}

void paper_event(const uint8_t root[static SEAL_PUBLIC], uint8_t out[static ROSTER_EVENT])
{
	hash_of("event", root, out, ROSTER_EVENT);
}

void paper_device(const uint8_t public_key[static SEAL_PUBLIC], uint8_t out[static PAPER_DEVICE])
{
	hash_of("device", public_key, out, PAPER_DEVICE);
}

enum err delegation_open(
	struct delegation *out, const uint8_t bytes[static PAPER_DELEGATION], const uint8_t *root)
{
	memset(out, 0, sizeof(*out));
	if (root && memcmp(bytes, root, SEAL_PUBLIC) != 0)
		return ERR_FOREIGN;
	enum err e = seal_verify(bytes, paper_delegation_label,
		(struct span){bytes, DELEGATION_SIGNED}, bytes + DELEGATION_SIGNED);
	if (e)
		return e;
	if (load_u32(bytes + DELEGATION_ROLE_AT) != DELEGATION_ROLE_ROSTERS)
		return ERR_FORGED;
	memcpy(out->root, bytes, SEAL_PUBLIC);
	memcpy(out->hub, bytes + SEAL_PUBLIC, SEAL_PUBLIC);
	out->role = load_u32(bytes + DELEGATION_ROLE_AT);
	out->epoch = load_u32(bytes + DELEGATION_EPOCH_AT);
	out->until = (int64_t)load_u64(bytes + DELEGATION_UNTIL_AT);
	return OK;
}

enum err paper_open(
	struct delegation *out, const struct paper *p, const uint8_t root[static SEAL_PUBLIC])
{
	uint8_t event[ROSTER_EVENT];

	memset(out, 0, sizeof(*out));
	paper_event(root, event);
	if (memcmp(p->event, event, ROSTER_EVENT) != 0)
		return ERR_FOREIGN;
	enum err e = delegation_open(out, p->delegation, root);
	if (!e)
		e = seal_verify(out->hub, p->label, p->covered, p->covered.p + p->covered.n);
	if (e)
		memset(out, 0, sizeof(*out));
	return e;
}

/* One spelling a name: zeros fill it up and stand nowhere else. A control character would break the
 * line of a log or a status. */
static bool read_name(const uint8_t *p, char out[static PAPER_NAME + 1])
{
	struct span name = {p, 0};

	while (name.n < PAPER_NAME && p[name.n] >= ' ' && p[name.n] != 0x7f)
		name.n++;
	for (size_t i = name.n; i < PAPER_NAME; i++)
		if (p[i] != 0)
			return false;
	return span_is_utf8(name) && span_copy_text(name, out, PAPER_NAME + 1) == OK;
}

static enum err read_certificate(struct certificate *c, const uint8_t *p)
{
	memcpy(c->event, p + EVENT_AT, ROSTER_EVENT);
	memcpy(c->key, p + KEY_AT, SEAL_PUBLIC);
	paper_device(c->key, c->device);
	c->role = load_u32(p + ROLE_AT);
	c->until = (int64_t)load_u64(p + UNTIL_AT);
	return c->role != 0 && read_name(p + NAME_AT, c->name) ? OK : ERR_FORMAT;
}

enum err certificate_open(struct certificate *out, struct span bytes,
	const uint8_t root[static SEAL_PUBLIC], uint32_t min_epoch, int64_t now)
{
	struct certificate c = {0};

	memset(out, 0, sizeof(*out));
	if (bytes.n != PAPER_CERTIFICATE || memcmp(bytes.p, magic, sizeof(magic)) != 0)
		return ERR_FORMAT;
	enum err e = paper_open(&c.by,
		&(struct paper){bytes.p + EVENT_AT, bytes.p + DELEGATION_AT, certificate_label,
			{bytes.p, CERTIFICATE_SIGNED}},
		root);
	if (!e)
		e = read_certificate(&c, bytes.p);
	if (e)
		return e;
	if (c.by.epoch < min_epoch)
		return ERR_OLDER;
	if (now != 0 && (now > c.until || now > c.by.until))
		return ERR_EXPIRED;
	*out = c;
	return OK;
}

void certificate_write(const struct certificate_source *s, uint8_t out[static PAPER_CERTIFICATE])
{
	memset(out, 0, PAPER_CERTIFICATE);
	memcpy(out, magic, sizeof(magic));
	paper_event(s->delegation, out + EVENT_AT);
	memcpy(out + KEY_AT, s->key, SEAL_PUBLIC);
	store_u32(out + ROLE_AT, s->role);
	memcpy(out + NAME_AT, s->name, strnlen(s->name, PAPER_NAME));
	store_u64(out + UNTIL_AT, (uint64_t)s->until);
	memcpy(out + DELEGATION_AT, s->delegation, PAPER_DELEGATION);
	seal_sign(s->hub_seed, certificate_label, (struct span){out, CERTIFICATE_SIGNED},
		out + CERTIFICATE_SIGNED);
}

void paper_peer_key(
	const uint8_t secret[static SEAL_KEY], uint32_t epoch, uint8_t out[static SEAL_KEY])
{
	uint8_t message[4 + 4] = {'p', 'e', 'e', 'r'};

	store_u32(message + 4, epoch);
	seal_hash((struct span){secret, SEAL_KEY}, (struct span){message, sizeof(message)}, out,
		SEAL_KEY);
}

enum err credential_write(const uint8_t certificate[static PAPER_CERTIFICATE], uint32_t peer_epoch,
	const uint8_t peer_key[static SEAL_KEY], const uint8_t hub_seed[static SEAL_SEED],
	uint8_t out[static PAPER_CREDENTIAL])
{
	memset(out, 0, PAPER_CREDENTIAL);
	memcpy(out, certificate, PAPER_CERTIFICATE);
	store_u32(out + PEER_EPOCH_AT, peer_epoch);
	enum err e =
		seal_to(certificate + KEY_AT, (struct span){peer_key, SEAL_KEY}, out + PEER_KEY_AT);
	if (!e)
		seal_sign(hub_seed, credential_label, (struct span){out, CREDENTIAL_SIGNED},
			out + CREDENTIAL_SIGNED);
	return e;
}

static enum err open_peer_key(struct credential *c, const uint8_t *p, const uint8_t *seed)
{
	uint8_t key[SEAL_PUBLIC];

	seal_keypair(seed, key);
	if (memcmp(key, c->certificate.key, SEAL_PUBLIC) != 0 ||
		seal_from(seed, (struct span){p + PEER_KEY_AT, PEER_BOX}, c->peer_key) != OK)
		return ERR_DENIED;
	return OK;
}

enum err credential_open(struct credential *out, struct span bytes,
	const uint8_t root[static SEAL_PUBLIC], uint32_t min_epoch, const uint8_t *seed)
{
	struct credential c = {0};

	memset(out, 0, sizeof(*out));
	if (bytes.n != PAPER_CREDENTIAL)
		return ERR_FORMAT;
	enum err e = certificate_open(
		&c.certificate, span_cut(bytes, 0, PAPER_CERTIFICATE), root, min_epoch, 0);
	if (!e)
		e = seal_verify(c.certificate.by.hub, credential_label,
			span_cut(bytes, 0, CREDENTIAL_SIGNED), bytes.p + CREDENTIAL_SIGNED);
	if (!e && seed)
		e = open_peer_key(&c, bytes.p, seed);
	if (e == OK) {
		memcpy(c.bytes, bytes.p, PAPER_CERTIFICATE);
		c.peer_epoch = load_u32(bytes.p + PEER_EPOCH_AT);
		*out = c;
	}
	seal_wipe(&c, sizeof(c));
	return e;
}
