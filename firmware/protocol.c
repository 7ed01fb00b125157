/* The boards' API over HTTP/1.1: who speaks, and how a device is taken in. */
#include "protocol.h"

#include "four_words.h"
#include "hex.h"

#include <string.h>

static const char scheme[] = "Foyer ";

enum {
	CODE = 16,
	SCHEME = sizeof(scheme) - 1,
	DEVICE_DIGITS = 2 * PAPER_DEVICE,
	MAC_AT = SCHEME + DEVICE_DIGITS + 1,
	MAC_DIGITS = 2 * PROTOCOL_MAC,
};
_Static_assert(MAC_AT + MAC_DIGITS == (int)PROTOCOL_AUTHORIZATION, "the format");

enum err protocol_pair_key(const uint8_t seed[static SEAL_SEED],
	const uint8_t theirs[static SEAL_PUBLIC], bool i_am_the_hub, uint8_t out[static SEAL_KEY])
{
	static const char label[] = "foyer pair";
	uint8_t mine[SEAL_PUBLIC], shared[SEAL_KEY];
	struct seal_hash h;

	memset(out, 0, SEAL_KEY);
	enum err e = seal_shared(seed, theirs, shared);
	if (e)
		return e;
	seal_keypair(seed, mine);
	seal_hash_init(&h, (struct span){0}, SEAL_KEY);
	seal_hash_add(&h, label, sizeof(label) - 1);
	seal_hash_add(&h, shared, SEAL_KEY);
	seal_hash_add(&h, i_am_the_hub ? theirs : mine, SEAL_PUBLIC);
	seal_hash_add(&h, i_am_the_hub ? mine : theirs, SEAL_PUBLIC);
	seal_hash_done(&h, out);
	seal_wipe(shared, sizeof(shared));
	return OK;
}

void protocol_mac(const uint8_t key[static SEAL_KEY], const char *method, const char *target,
	struct span body, uint8_t out[static PROTOCOL_MAC])
{
	struct seal_hash h;

	seal_hash_init(&h, (struct span){key, SEAL_KEY}, PROTOCOL_MAC);
	seal_hash_add(&h, method, strlen(method));
	seal_hash_add(&h, " ", 1);
	seal_hash_add(&h, target, strlen(target));
	seal_hash_add(&h, "\n", 1);
	seal_hash_add(&h, body.p, body.n);
	seal_hash_done(&h, out);
}

void protocol_answer_mac(const uint8_t key[static SEAL_KEY],
	const uint8_t request[static PROTOCOL_MAC], const struct protocol_answer *a,
	uint8_t out[static PROTOCOL_MAC])
{
	size_t cursor = strlen(a->cursor);
	uint8_t fixed[4 + 1 + 2];
	struct seal_hash h;

	store_u32(fixed, a->status);
	fixed[4] = a->more;
	store_u16(fixed + 5, (uint16_t)cursor);
	seal_hash_init(&h, (struct span){key, SEAL_KEY}, PROTOCOL_MAC);
	seal_hash_add(&h, "answer", 6);
	seal_hash_add(&h, request, PROTOCOL_MAC);
	seal_hash_add(&h, fixed, sizeof(fixed));
	seal_hash_add(&h, a->cursor, cursor);
	seal_hash_add(&h, a->body.p, a->body.n);
	seal_hash_done(&h, out);
}

void protocol_authorization(const uint8_t device[static PAPER_DEVICE],
	const uint8_t mac[static PROTOCOL_MAC], char out[static PROTOCOL_AUTHORIZATION + 1])
{
	memcpy(out, scheme, SCHEME);
	hex_write((struct span){device, PAPER_DEVICE}, out + SCHEME);
	out[MAC_AT - 1] = ' ';
	hex_write((struct span){mac, PROTOCOL_MAC}, out + MAC_AT);
}

enum err protocol_authorization_read(
	const char *text, uint8_t device[static PAPER_DEVICE], uint8_t mac[static PROTOCOL_MAC])
{
	struct span s = text ? span_of(text) : (struct span){0};

	memset(device, 0, PAPER_DEVICE);
	memset(mac, 0, PROTOCOL_MAC);
	if (s.n != PROTOCOL_AUTHORIZATION || memcmp(text, scheme, SCHEME) != 0 ||
		text[MAC_AT - 1] != ' ')
		return ERR_FORMAT;
	enum err e = hex_read(span_cut(s, SCHEME, DEVICE_DIGITS), device, PAPER_DEVICE);
	if (!e)
		e = hex_read(span_cut(s, MAC_AT, MAC_DIGITS), mac, PROTOCOL_MAC);
	if (e) {
		memset(device, 0, PAPER_DEVICE);
		memset(mac, 0, PROTOCOL_MAC);
	}
	return e;
}

void protocol_enrol_id(const uint8_t code[static CODE], uint8_t out[static 8])
{
	static const char label[] = "enrol id";
	struct seal_hash h;

	seal_hash_init(&h, (struct span){0}, 8);
	seal_hash_add(&h, label, sizeof(label) - 1);
	seal_hash_add(&h, code, CODE);
	seal_hash_done(&h, out);
}

void protocol_enrol_mac(const uint8_t code[static CODE], const uint8_t key[static SEAL_PUBLIC],
	uint8_t out[static PROTOCOL_MAC])
{
	static const char label[] = "enrol";
	struct seal_hash h;

	seal_hash_init(&h, (struct span){code, CODE}, PROTOCOL_MAC);
	seal_hash_add(&h, label, sizeof(label) - 1);
	seal_hash_add(&h, key, SEAL_PUBLIC);
	seal_hash_done(&h, out);
}

void protocol_enrolled_mac(const uint8_t code[static CODE],
	const uint8_t delegation[static PAPER_DELEGATION], const uint8_t key[static SEAL_PUBLIC],
	uint8_t out[static PROTOCOL_MAC])
{
	static const char label[] = "hub";
	struct seal_hash h;

	seal_hash_init(&h, (struct span){code, CODE}, PROTOCOL_MAC);
	seal_hash_add(&h, label, sizeof(label) - 1);
	seal_hash_add(&h, delegation, PAPER_DELEGATION);
	seal_hash_add(&h, key, SEAL_PUBLIC);
	seal_hash_done(&h, out);
}

void protocol_enrol_words(const uint8_t code[static CODE], const uint8_t key[static SEAL_PUBLIC],
	const uint8_t hub[static SEAL_PUBLIC], char out[static FOUR_WORDS])
{
	uint8_t bytes[CODE + 2 * SEAL_PUBLIC];

	memcpy(bytes, code, CODE);
	memcpy(bytes + CODE, key, SEAL_PUBLIC);
	memcpy(bytes + CODE + SEAL_PUBLIC, hub, SEAL_PUBLIC);
	four_words((struct span){bytes, sizeof(bytes)}, out);
	seal_wipe(bytes, sizeof(bytes));
}
