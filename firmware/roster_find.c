/* From a token, or from a staff card's keys, to the key of one record. */
#include "roster_inside.h"

#include <string.h>

static uint64_t label_number(const uint8_t *p)
{
	uint64_t v = 0;

	for (int i = 0; i < TOKEN_LABEL; i++)
		v = v << 8 | p[i];
	return v;
}

/* Labels are hashes, so evenly spread: a guess by proportion lands within a few entries. The guess
 * is bounded by halving after a few rounds, so that a crafted file costs no more than a binary
 * search. */
static const uint8_t *search(const struct roster_section *s, size_t entry, const uint8_t *label)
{
	enum { GUESSES = 6 };
	uint64_t want = label_number(label), low = 0, high = UINT64_MAX;
	size_t from = 0, n = s->count;

	for (unsigned round = 0; n > 0; round++) {
		size_t step = n / 2;
		if (round < GUESSES && high > low)
			step = (size_t)((double)(want - low) / (double)(high - low) * (double)n);
		if (step >= n)
			step = n - 1;
		const uint8_t *at = s->bytes.p + (from + step) * entry;
		uint64_t here = label_number(at);
		if (here == want)
			return at;
		if (here < want) {
			from += step + 1;
			n -= step + 1;
			low = here;
		} else {
			n = step;
			high = here;
		}
	}
	return NULL;
}

static uint32_t generation_of(const struct roster *r, uint32_t slot)
{
	return load_u32(r->section[SECTION_SLOTS].bytes.p + (size_t)slot * SLOT_ENTRY);
}

bool roster_drops(const struct roster *r, const uint8_t label[static TOKEN_LABEL])
{
	return search(&r->section[SECTION_REVOKED], REVOKED_ENTRY, label) != NULL;
}

enum err roster_find(const struct roster *r, const struct token *t, struct found *out)
{
	struct span secret = {t->secret, TOKEN_SECRET};
	uint8_t pad[SEAL_RECORD_KEY];

	memset(out, 0, sizeof(*out));
	token_label(t, out->label);
	const uint8_t *entry = search(&r->section[SECTION_INDEX], INDEX_ENTRY, out->label);
	if (!entry)
		return roster_drops(r, out->label) ? ERR_EXPIRED : ERR_ABSENT;
	roster_derive(secret, (struct derive){.word = "slot"}, pad, 4);
	uint32_t locator = load_u32(entry + TOKEN_LABEL) ^ load_u32(pad);
	out->card_only = locator & CARD_ONLY;
	out->slot = locator & ~CARD_ONLY;
	if (out->slot >= r->section[SECTION_SLOTS].count) {
		memset(out, 0, sizeof(*out));
		return ERR_ABSENT;
	}
	roster_derive(secret, (struct derive){"wrap", {generation_of(r, out->slot)}, 1}, pad,
		sizeof(pad));
	roster_xor(out->key, entry + TOKEN_LABEL + 4, pad, sizeof(pad));
	seal_wipe(pad, sizeof(pad));
	return OK;
}

uint32_t roster_slot_count(const struct roster *r)
{
	return r->section[SECTION_SLOTS].count;
}

enum err roster_slot_of(const struct roster *r, const uint8_t handle[static HANDLE], uint32_t *slot)
{
	const uint8_t *entry = r->section[SECTION_SLOTS].bytes.p;

	for (*slot = 0; *slot < roster_slot_count(r); ++*slot, entry += SLOT_ENTRY) {
		uint32_t where = load_u32(entry + 4);
		size_t at = (size_t)(where & ((1u << SLOT_PLACE_BITS) - 1)) * SLOT_UNIT;
		if (where >> SLOT_PLACE_BITS != 0 &&
			memcmp(r->section[SECTION_RECORDS].bytes.p + at, handle, HANDLE) == 0)
			return OK;
	}
	*slot = 0;
	return ERR_ABSENT;
}

static bool opens(const struct roster *r, const struct found *f, const uint8_t *card_key)
{
	uint8_t ad[BOX_AD], plain[BOX_CARD_MAX];
	uint32_t where =
		load_u32(r->section[SECTION_SLOTS].bytes.p + (size_t)f->slot * SLOT_ENTRY + 4);
	const uint8_t *record = r->section[SECTION_RECORDS].bytes.p +
				(size_t)(where & ((1u << SLOT_PLACE_BITS) - 1)) * SLOT_UNIT;

	roster_box_ad(r->event, record, BOX_CARD, ad);
	struct span box = {record + HANDLE, r->card_bytes + SEAL_OVERHEAD};
	bool ok = seal_open(card_key, (struct span){ad, sizeof(ad)}, box, plain) == OK;
	seal_wipe(plain, r->card_bytes);
	return ok;
}

/* One way through the directory: a key, the word it is used with, and the half of the entry. */
struct way {
	const uint8_t *key;
	const char *word;
	size_t at;
	bool card_only;
};

enum err roster_find_slot(
	const struct roster *r, const struct staff_keys *keys, uint32_t slot, struct found *out)
{
	static const uint8_t none[SEAL_KEY];
	const struct way ways[] = {
		{keys->desk, "desk", 0, false},
		{keys->protocol, "desk", 0, false},
		{keys->door, "door", SEAL_RECORD_KEY, true},
	};
	uint8_t pad[SEAL_RECORD_KEY], card_key[SEAL_RECORD_KEY];
	bool found = false;

	memset(out, 0, sizeof(*out));
	if (slot >= roster_slot_count(r))
		return ERR_ABSENT;
	uint32_t where =
		load_u32(r->section[SECTION_SLOTS].bytes.p + (size_t)slot * SLOT_ENTRY + 4);
	if (where >> SLOT_PLACE_BITS == 0)
		return ERR_ABSENT;
	out->slot = slot;
	out->by_staff = true;
	const uint8_t *entry =
		r->section[SECTION_DIRECTORY].bytes.p + (size_t)slot * DIRECTORY_ENTRY;
	for (size_t i = 0; i < COUNT(ways) && !found; i++) {
		if (memcmp(ways[i].key, none, SEAL_KEY) == 0)
			continue;
		struct derive how = {ways[i].word, {slot, generation_of(r, slot)}, 2};
		roster_derive((struct span){ways[i].key, SEAL_KEY}, how, pad, sizeof(pad));
		roster_xor(out->key, entry + ways[i].at, pad, sizeof(pad));
		out->card_only = ways[i].card_only;
		if (out->card_only)
			memcpy(card_key, out->key, sizeof(card_key));
		else
			roster_card_key(out->key, card_key);
		found = opens(r, out, card_key);
	}
	seal_wipe(pad, sizeof(pad));
	seal_wipe(card_key, sizeof(card_key));
	if (!found)
		seal_wipe(out, sizeof(*out));
	return found ? OK : ERR_DENIED;
}

static enum err open_note(const struct roster *r, const struct visit *v, const uint8_t *entry,
	const uint8_t secret[static SEAL_RECORD_KEY], char out[static ROSTER_NOTE])
{
	size_t n = roster_note_bytes(&r->section[SECTION_NOTES]);
	uint8_t plain[ROSTER_NOTE], ad[BOX_AD];

	roster_box_ad(r->event, v->handle, BOX_NOTE, ad);
	struct span box = {entry + TOKEN_LABEL, n + SEAL_OVERHEAD};
	enum err e = seal_open(secret, (struct span){ad, sizeof(ad)}, box, plain);
	struct cursor c = cursor_at((struct span){plain, n});
	struct span text = cursor_text(&c);
	if (e == OK && (c.bad || !span_is_utf8(text)))
		e = ERR_FORMAT;
	/* With its length before it a text leaves room for the zero after it. */
	if (e == OK)
		memcpy(out, text.p, text.n);
	seal_wipe(plain, n);
	return e;
}

enum err roster_note(const struct roster *r, const struct staff_keys *keys, const struct visit *v,
	char out[static ROSTER_NOTE])
{
	const struct roster_section *notes = &r->section[SECTION_NOTES];
	struct span key = {v->is_protected ? keys->protocol : keys->desk, SEAL_KEY};
	uint8_t secrets[NOTE_SECRETS];

	memset(out, 0, ROSTER_NOTE);
	if (v->slot >= roster_slot_count(r) || notes->count == 0)
		return ERR_ABSENT;
	roster_derive(key, (struct derive){"note", {v->slot, generation_of(r, v->slot)}, 2},
		secrets, sizeof(secrets));
	const uint8_t *entry = search(notes, NOTE_AROUND + roster_note_bytes(notes), secrets);
	enum err e = entry ? open_note(r, v, entry, secrets + TOKEN_LABEL, out) : ERR_ABSENT;
	seal_wipe(secrets, sizeof(secrets));
	return e;
}

static enum err take_card(const uint8_t *entry, struct roster_card *out)
{
	memset(out, 0, sizeof(*out));
	if (!entry)
		return ERR_ABSENT;
	memcpy(out->public_key, entry + CARD_PUBLIC_AT, SEAL_PUBLIC);
	out->rights = load_u16(entry + CARD_RIGHTS_AT);
	uint64_t until = load_u64(entry + CARD_UNTIL_AT);
	out->until = until > INT64_MAX ? INT64_MAX : (int64_t)until;
	return OK;
}

enum err roster_card_at(const struct roster *r, uint32_t i, struct roster_card *out)
{
	const struct roster_section *s = &r->section[SECTION_CARDS];

	return take_card(i < s->count ? s->bytes.p + (size_t)i * CARD_ENTRY : NULL, out);
}

enum err roster_card_of(const struct roster *r, const struct token *card, struct roster_card *out)
{
	uint8_t label[TOKEN_LABEL];

	token_label(card, label);
	return take_card(search(&r->section[SECTION_CARDS], CARD_ENTRY, label), out);
}

static enum err open_bundle(const struct roster *r, const uint8_t *entry,
	const uint8_t secret[static TOKEN_SECRET + SEAL_KEY], struct staff_keys *out)
{
	struct span whole = {secret, TOKEN_SECRET + SEAL_KEY};
	uint8_t key[SEAL_RECORD_KEY], ad[4 + ROSTER_EVENT + TOKEN_LABEL], bundle[BUNDLE];

	memcpy(ad, "card", 4);
	memcpy(ad + 4, r->event, ROSTER_EVENT);
	memcpy(ad + 4 + ROSTER_EVENT, entry, TOKEN_LABEL);
	roster_derive(whole, (struct derive){.word = "bundle"}, key, sizeof(key));
	struct span box = {entry + CARD_BUNDLE_AT, BUNDLE + SEAL_OVERHEAD};
	enum err e = seal_open(key, (struct span){ad, sizeof(ad)}, box, bundle);
	if (e == OK) {
		out->rights = load_u16(entry + CARD_RIGHTS_AT);
		memcpy(out->desk, bundle, SEAL_KEY);
		memcpy(out->door, bundle + SEAL_KEY, SEAL_KEY);
		memcpy(out->protocol, bundle + 2 * SEAL_KEY, SEAL_KEY);
		memcpy(out->issuing, bundle + 3 * SEAL_KEY, SEAL_KEY);
		roster_derive(whole, (struct derive){.word = "sign"}, out->signing_seed, SEAL_SEED);
	}
	seal_wipe(key, sizeof(key));
	seal_wipe(bundle, sizeof(bundle));
	return e == OK ? OK : ERR_DENIED;
}

enum err roster_unlock(const struct roster *r, const struct token *card, struct span pin,
	int64_t now, struct staff_keys *out)
{
	uint8_t label[TOKEN_LABEL], secret[TOKEN_SECRET + SEAL_KEY];

	memset(out, 0, sizeof(*out));
	token_label(card, label);
	const uint8_t *entry = search(&r->section[SECTION_CARDS], CARD_ENTRY, label);
	if (!entry)
		return search(&r->section[SECTION_REVOKED], REVOKED_ENTRY, label) ? ERR_EXPIRED
										  : ERR_ABSENT;
	if (now > 0 && (uint64_t)now > load_u64(entry + CARD_UNTIL_AT))
		return ERR_EXPIRED;
	enum err e = roster_card_secret(card, pin, entry + CARD_SALT_AT, secret);
	if (e == OK)
		e = open_bundle(r, entry, secret, out);
	seal_wipe(secret, sizeof(secret));
	return e;
}
