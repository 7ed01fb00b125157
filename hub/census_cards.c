/* Who is who: cards, by the keys they sign with. */
#include "card_work.h"
#include "census.h"
#include "roster_inside.h"
#include "staff.h"

#include <string.h>

struct census_card {
	uint8_t signer[STAFF_SIGNER];
	uint32_t slot;
};
_Static_assert((int)STAFF_SIGNER == (int)EVENT_PERSON, "as the header says");

static enum err add_card(struct census *c, uint32_t slot, const uint8_t *secret)
{
	struct census_card *card = GROW_ONE(&c->cards, struct census_card);
	uint8_t public_key[SEAL_PUBLIC];

	if (!card)
		return ERR_IO;
	roster_card_public(secret, public_key);
	staff_signer(public_key, card->signer);
	card->slot = slot;
	return OK;
}

/* Cards of the list as it was built: their PINs' work is done already. */
static enum err add_current(struct census *c)
{
	const struct folder *f = c->folder;
	struct grow cards = {0};

	for (size_t i = 0; i < f->list.staff_n; i++)
		if (f->list.staff[i].person < 0 ||
			!state_person(&f->state, f->list.people[f->list.staff[i].person].id))
			return OK;
	enum err e = card_work(&cards, &f->list, &f->keys, &f->state, f->dir);
	const struct source_card *card = GROW_ARRAY(&cards, const struct source_card);
	for (size_t i = 0; i < f->list.staff_n && e == OK; i++) {
		const char *id = f->list.people[f->list.staff[i].person].id;
		e = add_card(c, state_person(&f->state, id)->slot, card[i].secret);
	}
	if (cards.p)
		seal_wipe(cards.p, cards.n);
	grow_free(&cards);
	return e;
}

static enum err add_past(struct census *c, const struct state_person *p, struct card_pin which)
{
	uint8_t salt[SEAL_SALT], secret[TOKEN_SECRET + SEAL_KEY];
	char pin[PIN_DIGITS + 1];
	struct token t;

	keys_token(&c->folder->keys, TOKEN_CARD, 1, which.issue, p->id, &t);
	keys_card_salt(&c->folder->keys, which, salt);
	keys_pin(&c->folder->keys, which, pin);
	enum err e = roster_card_secret(&t, span_of(pin), salt, secret);
	if (e == OK)
		e = add_card(c, p->slot, secret);
	seal_wipe(&t, sizeof(t));
	seal_wipe(pin, sizeof(pin));
	seal_wipe(secret, sizeof(secret));
	return e;
}

static bool knows(const struct census *c, const uint8_t *signer, int32_t *slot)
{
	const struct census_card *card = GROW_ARRAY(&c->cards, const struct census_card);

	*slot = -1;
	for (size_t i = 0; i < GROW_COUNT(&c->cards, struct census_card) && *slot < 0; i++)
		if (memcmp(card[i].signer, signer, STAFF_SIGNER) == 0)
			*slot = (int32_t)card[i].slot;
	return *slot >= 0;
}

/* Whoever has a card, or had one: all issues and PINs but what add_current has. */
static enum err add_all_past(struct census *c)
{
	const struct state *s = &c->folder->state;
	const struct state_person *p = GROW_ARRAY(&s->people, const struct state_person);
	enum err e = OK;

	for (size_t i = 0; i < GROW_COUNT(&s->people, struct state_person); i++) {
		if (p[i].rights == 0 && p[i].card == 1)
			continue;
		bool staff = list_is_staff(&c->folder->list, p[i].id);
		for (uint32_t issue = 1; issue <= p[i].card && e == OK; issue++)
			for (uint32_t pin = 1; pin <= p[i].pin && e == OK; pin++)
				if (!staff || issue < p[i].card || pin < p[i].pin)
					e = add_past(
						c, &p[i], (struct card_pin){issue, pin, p[i].id});
	}
	return e;
}

enum err census_signer(struct census *c, const uint8_t signer[static EVENT_PERSON], int32_t *slot)
{
	enum err e = OK;

	if (c->cards.n == 0)
		e = add_current(c);
	if (e || knows(c, signer, slot))
		return e;
	if (!c->cards_known)
		e = add_all_past(c);
	c->cards_known = true;
	(void)knows(c, signer, slot);
	return e;
}
