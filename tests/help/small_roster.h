/* A small invented roster for tests: six people, two staff cards, all keys fixed. */
#ifndef TESTS_HELP_SMALL_ROSTER_H
#define TESTS_HELP_SMALL_ROSTER_H

#include "roster_write.h"

/* Whom the roster holds, by slot. */
enum small_person {
	SMALL_DELEGATE, /* her badge opens the day; a meeting; a seminar and a sealed dinner; a note */
	SMALL_VIP,      /* his badge opens the card only; the sealed dinner */
	SMALL_PROTECTED,  /* family name first; a note */
	SMALL_LONG_NAMES, /* 120-byte names, a 200-byte organisation */
	SMALL_OFFICIAL,   /* badge opens the card only; nothing booked */
	SMALL_STAFF,      /* holds SMALL_CARD_DESK */
	SMALL_PEOPLE
};
enum small_code { SMALL_INVITATION, SMALL_BADGE, SMALL_NEXT, SMALL_AFTER_NEXT, SMALL_CODES };
enum small_card {
	SMALL_CARD_DESK,     /* print, correct */
	SMALL_CARD_DOOR,     /* door */
	SMALL_CARD_PROTOCOL, /* protocol */
	SMALL_CARDS
};
enum { SMALL_ACTIVITIES = 3, SMALL_PLACES = 3, SMALL_SLOTS = 8 };

/* 5 October 2025, 00:00 UTC. */
#define SMALL_BASE    ((int64_t)1759622400)
#define SMALL_BUILT   ((int64_t)1759600000)
#define SMALL_EXPIRES ((int64_t)1767225600)
#define SMALL_PIN     "12345678"

/* A source and all it points to; may be changed between small_roster_init and small_roster_build. */
struct small_roster {
	struct roster_source source;
	uint8_t root_seed[SEAL_SEED], hub_seed[SEAL_SEED];
	uint32_t epoch;
	uint64_t sequence;
	struct source_person people[SMALL_PEOPLE];
	struct source_activity activities[SMALL_ACTIVITIES];
	struct source_place places[SMALL_PLACES];
	struct source_card cards[SMALL_CARDS];
	struct meeting meetings[2];
	struct booking bookings[5];
	uint8_t revoked[8][TOKEN_LABEL];
	struct span file; /* of the last build */
};

/* number gives other keys, so another event. Cards are built with a real Argon2id of SMALL_PIN only
 * where with_cards is true; else there are none. */
void small_roster_init(struct small_roster *s, uint8_t number, bool with_cards);
/* Build and sign into s->file; what was there is freed. returns: as roster_write */
MUST_CHECK enum err small_roster_build(struct small_roster *s, struct roster_fault *fault);
/* Init without cards and build; a failure ends the program. */
void small_roster_make(struct small_roster *s);
void small_roster_free(struct small_roster *s);

/* The code of a person (issues 1, 2, 3 of the badge), or of a card. */
struct token small_token(uint8_t number, enum small_person who, enum small_code code);
struct token small_card_token(enum small_card which);

/* Open s->file, trusting nobody; a failure ends the program. */
void small_roster_open(const struct small_roster *s, struct roster *r);

/* Sign these bytes again as the hub of s would, their length put right: for structural damage. */
void small_roster_resign(const struct small_roster *s, uint8_t *file, size_t n);

/* The bytes of section id of an open roster, as an offset into its file. */
size_t small_section_at(const struct roster *r, unsigned id);

#endif
