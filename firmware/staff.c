/* What staff say: signed by their card, believed by the roster. */
#include "staff.h"

#include "signed_code.h"

#include <string.h>

static const char staff_label[] = "foyer staff", hub_label[] = "foyer hub says";

enum { MESSAGE = ROSTER_EVENT + EVENT_BYTES + EVENT_PAYLOAD };

struct rule {
	enum event_kind kind;
	uint16_t rights;
};

static const struct rule rules[] = {
	{EVENT_BADGE_ISSUED, RIGHT_PRINT},
	{EVENT_CORRECTION_ASKED, RIGHT_CORRECT},
	{EVENT_REVOKED, RIGHT_REVOKE},
	{EVENT_UNDO, RIGHT_CORRECT | RIGHT_ADMIN},
	{EVENT_OVERRIDE, RIGHT_DOOR},
	{EVENT_EMERGENCY, RIGHT_ADMIN},
	{EVENT_LATE, RIGHT_LATE},
};

/* The first badge comes out of a kiosk, and a guest may say herself that something is wrong. */
static bool needs_nobody(const struct event *e)
{
	return (e->kind == EVENT_BADGE_ISSUED && e->issue <= 1) ||
	       (e->kind == EVENT_CORRECTION_ASKED && e->payload_n == 0);
}

static uint16_t rights_of_kind(unsigned kind)
{
	for (size_t i = 0; i < COUNT(rules); i++)
		if (rules[i].kind == kind)
			return rules[i].rights;
	return 0;
}

uint16_t staff_rights_for(const struct event *e)
{
	return needs_nobody(e) ? 0 : rights_of_kind(e->kind);
}

bool staff_may_undo(uint16_t rights, unsigned kind, uint16_t needs)
{
	if (rights & RIGHT_ADMIN)
		return true;
	if (kind == EVENT_CLOCK || !(rights & RIGHT_CORRECT))
		return false;
	return needs == 0 || (rights & needs);
}

bool staff_is_built(unsigned kind, uint32_t issue, uint32_t badge)
{
	return kind == EVENT_REVOKED ? badge > issue : kind == EVENT_BADGE_ISSUED && badge >= issue;
}

static void name_key(
	const char *what, const uint8_t key[static SEAL_PUBLIC], uint8_t out[static STAFF_SIGNER])
{
	struct seal_hash h;

	seal_hash_init(&h, (struct span){0}, STAFF_SIGNER);
	seal_hash_add(&h, what, strlen(what));
	seal_hash_add(&h, key, SEAL_PUBLIC);
	seal_hash_done(&h, out);
}

void staff_signer(const uint8_t public_key[static SEAL_PUBLIC], uint8_t out[static STAFF_SIGNER])
{
	name_key("card", public_key, out);
}

bool staff_is_hub(const uint8_t hub[static SEAL_PUBLIC], const uint8_t signer[static STAFF_SIGNER])
{
	uint8_t name[STAFF_SIGNER];

	name_key("hub", hub, name);
	return memcmp(name, signer, STAFF_SIGNER) == 0;
}

enum err staff_signer_of(
	const struct roster *r, const struct token *card, uint8_t out[static STAFF_SIGNER])
{
	struct roster_card c;

	memset(out, 0, STAFF_SIGNER);
	enum err e = roster_card_of(r, card, &c);
	if (e == OK)
		staff_signer(c.public_key, out);
	return e;
}

/* A roster has some dozens of cards. */
enum err staff_card(
	const struct roster *r, const uint8_t signer[static STAFF_SIGNER], struct roster_card *out)
{
	uint8_t other[STAFF_SIGNER];

	for (uint32_t i = 0; roster_card_at(r, i, out) == OK; i++) {
		staff_signer(out->public_key, other);
		if (memcmp(signer, other, STAFF_SIGNER) == 0)
			return OK;
	}
	return ERR_ABSENT;
}

static size_t signed_bytes(const uint8_t event[static ROSTER_EVENT], const struct event *e,
	struct span said, int64_t at_ms, uint8_t out[static MESSAGE])
{
	struct sink k = sink_on(out, MESSAGE);

	sink_bytes(&k, event, ROSTER_EVENT);
	sink_u16(&k, e->kind);
	sink_bytes(&k, e->person, EVENT_PERSON);
	sink_u32(&k, e->issue);
	sink_u16(&k, e->activity);
	sink_bytes(&k, e->target.board, EVENT_BOARD);
	sink_u32(&k, e->target.epoch);
	sink_u64(&k, e->target.seq);
	sink_u16(&k, (uint16_t)said.n);
	sink_bytes(&k, said.p, said.n);
	sink_u64(&k, (uint64_t)at_ms);
	return k.n;
}

/* Add the signature to what e says. There is room for it. */
static void put_signature(struct event *e, const uint8_t event[static ROSTER_EVENT],
	const uint8_t seed[static SEAL_SEED], bool hub, int64_t now_ms)
{
	uint8_t message[MESSAGE], public_key[SEAL_PUBLIC];
	struct span said = {e->payload, e->payload_n};
	uint8_t *at = e->payload + said.n;

	size_t n = signed_bytes(event, e, said, now_ms, message);
	store_u64(at, (uint64_t)now_ms);
	seal_keypair(seed, public_key);
	name_key(hub ? "hub" : "card", public_key, at + 8);
	seal_sign(seed, hub ? hub_label : staff_label, (struct span){message, n},
		at + 8 + STAFF_SIGNER);
	e->payload_n = (uint16_t)(said.n + STAFF_SIGNATURE);
}

enum err staff_sign_hub(struct event *e, const uint8_t event[static ROSTER_EVENT],
	const uint8_t hub_seed[static SEAL_SEED], int64_t now_ms)
{
	if (e->kind != EVENT_EMERGENCY)
		return ERR_DENIED;
	if (e->payload_n > STAFF_SAID)
		return ERR_FULL;
	put_signature(e, event, hub_seed, true, now_ms);
	return OK;
}

enum err staff_sign(struct event *e, const struct roster *r, const struct staff_keys *keys,
	int64_t now_ms, bool protected_person)
{
	uint16_t needs = staff_rights_for(e);
	size_t room = e->kind == EVENT_REVOKED ? 0 : STAFF_SAID;

	bool protocol = e->kind == EVENT_BADGE_ISSUED && protected_person;
	if ((needs && !(keys->rights & needs)) || (protocol && !(keys->rights & RIGHT_PROTOCOL)))
		return ERR_DENIED;
	if (!needs)
		return OK;
	if (e->payload_n > room)
		return ERR_FULL;
	put_signature(e, r->event, keys->signing_seed, false, now_ms);
	return OK;
}

enum err staff_read(const struct event *e, struct staff_said *out)
{
	memset(out, 0, sizeof(*out));
	/* A revocation with more before the signature is the hub's code. */
	size_t most = e->kind == EVENT_REVOKED ? STAFF_SIGNATURE : EVENT_PAYLOAD;
	if (staff_rights_for(e) == 0 || e->payload_n < STAFF_SIGNATURE || e->payload_n > most)
		return ERR_ABSENT;
	out->said = (struct span){e->payload, (size_t)e->payload_n - STAFF_SIGNATURE};
	const uint8_t *at = e->payload + out->said.n;
	out->at_ms = (int64_t)load_u64(at);
	memcpy(out->signer, at + 8, STAFF_SIGNER);
	out->signature = at + 8 + STAFF_SIGNER;
	return OK;
}

enum err staff_noted(const struct event *e, uint8_t signer[static STAFF_SIGNER])
{
	bool noted = e->kind == EVENT_STAFF_UNLOCKED || e->kind == EVENT_STAFF_REFUSED ||
		     e->kind == EVENT_LOOKED_UP || e->kind == EVENT_SEARCHED;

	memset(signer, 0, STAFF_SIGNER);
	if (!noted || e->payload_n < STAFF_SIGNER)
		return ERR_ABSENT;
	memcpy(signer, e->payload, STAFF_SIGNER);
	return OK;
}

/* Does the hub's own code, carried whole, say just this? */
static enum err check_code(const struct roster *r, const struct event *e)
{
	struct signed_code code;

	if (signed_code_bytes(&code, (struct span){e->payload, e->payload_n}) != OK ||
		code.kind != TOKEN_REVOCATION ||
		signed_code_verify(&code, r->event, r->hub, r->epoch, 0) != OK)
		return ERR_FORGED;
	for (size_t i = 0; i < code.revoked_count; i++)
		if (memcmp(code.revoked[i].person, e->person, EVENT_PERSON) == 0 &&
			code.revoked[i].issue == e->issue)
			return OK;
	return ERR_FORGED;
}

static enum err check_signature(const struct roster *r, const struct event *e,
	const struct staff_said *said, const uint8_t key[static SEAL_PUBLIC], bool hub)
{
	uint8_t message[MESSAGE];
	size_t n = signed_bytes(r->event, e, said->said, said->at_ms, message);

	return seal_verify(key, hub ? hub_label : staff_label, (struct span){message, n},
		       said->signature)
		       ? ERR_FORGED
		       : OK;
}

enum err staff_check(const struct roster *r, const struct event *e, uint16_t *rights)
{
	uint16_t needs = staff_rights_for(e);
	struct staff_said said;
	struct roster_card card;

	*rights = 0;
	if (!needs)
		return OK;
	if (staff_read(e, &said) != OK)
		return e->kind == EVENT_REVOKED ? check_code(r, e) : ERR_FORGED;
	if (e->kind == EVENT_EMERGENCY && staff_is_hub(r->hub, said.signer))
		return check_signature(r, e, &said, r->hub, true);
	if (staff_card(r, said.signer, &card) != OK)
		return ERR_ABSENT;
	if (check_signature(r, e, &said, card.public_key, false) != OK)
		return ERR_FORGED;
	if (!(card.rights & needs) || said.at_ms / 1000 > card.until)
		return ERR_DENIED;
	*rights = card.rights;
	return OK;
}

enum err staff_judge(const void *roster, const struct event *e, uint16_t *rights)
{
	return staff_check(roster, e, rights);
}
