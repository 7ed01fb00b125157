/* The roster's key scheme: what is derived from what. */
#include "roster_inside.h"

#include <string.h>

const char *const right_codes[RIGHTS] = {
	"print", "correct", "late", "revoke", "door", "protocol", "admin"};

void roster_derive(struct span key, struct derive how, uint8_t *out, size_t n)
{
	uint8_t message[32];
	struct sink k = sink_on(message, sizeof(message));

	sink_bytes(&k, how.word, strlen(how.word));
	for (unsigned i = 0; i < how.numbers; i++)
		sink_u32(&k, how.number[i]);
	seal_hash(key, (struct span){message, k.n}, out, n);
}

void roster_card_key(
	const uint8_t day[static SEAL_RECORD_KEY], uint8_t card[static SEAL_RECORD_KEY])
{
	roster_derive((struct span){day, SEAL_RECORD_KEY}, (struct derive){.word = "card"}, card,
		SEAL_RECORD_KEY);
}

void roster_xor(uint8_t *out, const uint8_t *a, const uint8_t *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		out[i] = a[i] ^ b[i];
}

void roster_box_ad(const uint8_t event[static ROSTER_EVENT], const uint8_t handle[static HANDLE],
	uint8_t kind, uint8_t out[static BOX_AD])
{
	memcpy(out, event, ROSTER_EVENT);
	memcpy(out + ROSTER_EVENT, handle, HANDLE);
	out[ROSTER_EVENT + HANDLE] = kind;
}

void roster_object_ad(
	const uint8_t event[static ROSTER_EVENT], uint32_t object, uint8_t out[static OBJECT_AD])
{
	memcpy(out, "object", 6);
	memcpy(out + 6, event, ROSTER_EVENT);
	store_u32(out + 6 + ROSTER_EVENT, object);
}

enum err roster_card_secret(const struct token *card, struct span pin,
	const uint8_t salt[static SEAL_SALT], uint8_t out[static TOKEN_SECRET + SEAL_KEY])
{
	memcpy(out, card->secret, TOKEN_SECRET);
	return seal_pin(pin, salt, out + TOKEN_SECRET);
}
