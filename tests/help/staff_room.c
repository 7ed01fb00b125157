/* The small roster with cards whose rights a test sets. */
#include "help/staff_room.h"

#include "roster_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void need(bool holds, const char *words)
{
	if (holds)
		return;
	fprintf(stderr, "staff room: %s\n", words);
	abort();
}

void staff_room_rebuild(struct staff_room *s)
{
	struct roster_fault fault;

	need(small_roster_build(&s->small, &fault) == OK, "the roster does not build");
	small_roster_open(&s->small, &s->roster);
}

struct token staff_room_badge(const struct staff_room *s, enum small_person who, uint32_t issue)
{
	const struct token_name name = {
		TOKEN_BADGE, issue == 1 ? 1 : STAFF_ROOM_EPOCH, issue, s->small.people[who].id};
	struct token t;

	token_derive(&t, s->small.source.keys.issuing, &name);
	return t;
}

void staff_room_open(struct staff_room *s, uint8_t number)
{
	static const uint16_t rights[SMALL_CARDS] = {
		RIGHT_PRINT | RIGHT_CORRECT, RIGHT_DOOR, RIGHT_PROTOCOL};

	memset(s, 0, sizeof(*s));
	small_roster_init(&s->small, number, false);
	for (int who = 0; who < SMALL_PEOPLE; who++) {
		struct source_person *p = &s->small.people[who];
		for (int code = SMALL_BADGE; code < SMALL_CODES; code++)
			p->entries[code].token = staff_room_badge(s, who, (uint32_t)code);
		p->badge_token = p->entries[SMALL_BADGE].token;
	}
	for (int i = 0; i < SMALL_CARDS; i++) {
		struct source_card *c = &s->small.cards[i];
		*c = (struct source_card){
			.token = small_card_token(i), .rights = rights[i], .until = SMALL_EXPIRES};
		memset(c->secret, 7 + i, sizeof(c->secret));
	}
	s->small.source.cards = s->small.cards;
	s->small.source.card_count = SMALL_CARDS;
	staff_room_rebuild(s);
}

void staff_room_close(struct staff_room *s)
{
	small_roster_free(&s->small);
}

void staff_room_rights(struct staff_room *s, enum small_card which, uint16_t rights, int64_t until)
{
	s->small.cards[which].rights = rights;
	s->small.cards[which].until = until;
	staff_room_rebuild(s);
}

void staff_room_drop(struct staff_room *s, const uint8_t *label)
{
	if (label)
		memcpy(s->small.revoked[0], label, TOKEN_LABEL);
	s->small.source.revoked = (const uint8_t(*)[TOKEN_LABEL])s->small.revoked;
	s->small.source.revoked_count = label != NULL;
	staff_room_rebuild(s);
}

static void give(uint8_t *out, const uint8_t *key, unsigned has)
{
	if (has)
		memcpy(out, key, SEAL_KEY);
}

void staff_room_unlock(const struct staff_room *s, enum small_card which, struct staff_keys *keys)
{
	enum { DESK = RIGHT_PRINT | RIGHT_CORRECT | RIGHT_LATE | RIGHT_REVOKE | RIGHT_ADMIN };
	const struct source_card *c = &s->small.cards[which];
	const struct source_keys *from = &s->small.source.keys;

	memset(keys, 0, sizeof(*keys));
	keys->rights = c->rights;
	give(keys->desk, from->desk, c->rights & DESK);
	give(keys->door, from->door, c->rights & (RIGHT_DOOR | DESK));
	give(keys->protocol, from->protocol, c->rights & RIGHT_PROTOCOL);
	give(keys->issuing, from->issuing, c->rights & RIGHT_PRINT);
	roster_derive((struct span){c->secret, sizeof(c->secret)}, (struct derive){.word = "sign"},
		keys->signing_seed, SEAL_SEED);
}

void staff_room_visit(const struct staff_room *s, enum small_person who, struct visit *v)
{
	const struct source_person *p = &s->small.people[who];
	struct found f;

	need(roster_find(&s->roster, &p->entries[SMALL_INVITATION].token, &f) == OK &&
			roster_visit(&s->roster, &f, v) == OK,
		"an invitation does not open");
}

enum err staff_room_visit_by(const struct staff_room *s, enum small_person who,
	const struct staff_keys *keys, struct visit *v)
{
	struct found f;
	enum err e = roster_find_slot(&s->roster, keys, (uint32_t)who, &f);

	return e ? e : roster_visit(&s->roster, &f, v);
}
