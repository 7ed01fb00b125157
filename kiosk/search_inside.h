/* How the index lies in memory: what search.c builds and search_find.c reads.
 *
 *   struct search | buckets | phrases ->    room: a number of 8 bytes a phrase    <- people
 *
 * A phrase is one text of one field, each different one once: most people share their organisation,
 * many their given name. It is folded; another spelling of it (mueller for Müller) is a phrase without
 * a number right behind. The room between is scratch: places of phrases while people are put into
 * order, what a query matches while it is searched. People lie in the order of their names, the first
 * one last in memory. Places are counted in 8 bytes from the start of struct search. */
#ifndef KIOSK_SEARCH_INSIDE_H
#define KIOSK_SEARCH_INSIDE_H

#include "fold_text.h"
#include "search.h"

enum { SEARCH_RUN = 4 }; /* so many words of a query are tried as one */
enum { SEARCH_NEEDLES = 2 * SEARCH_WORDS * SEARCH_RUN };

struct phrase {
	uint32_t next;   /* place of the next in this bucket, 0: the last */
	uint32_t number; /* from 1; 0: another spelling of the one before */
	uint32_t mask;   /* which letters it has */
	uint32_t heads;  /* which are first or second of a start */
	uint16_t starts, letters;
	uint16_t unit[]; /* starts, then letters */
};
/* Where a word starts: the offset of its letter, and what kind of start it is. */
enum { START_WORD = 1 << 15, START_SOFT = 1 << 14, START_AT = START_SOFT - 1 };

struct person {
	uint32_t slot;
	uint32_t phrase[SEARCH_FIELDS]; /* numbers; 0: none */
	uint8_t role, flags;
};

/* A word of a query, or some of them as one. */
struct needle {
	const uint16_t *letters;
	size_t n;
	uint32_t mask, head;  /* its letters; the first, with typos the second too */
	uint8_t first, words; /* which words of the query it is */
	bool typos;           /* may it have one? */
};

/* Folded texts hold names: the index has memory for them, so that none stay on a stack. */
struct search_work {
	struct folded_text family, given, text, spelt;
};

struct search {
	uint32_t cap, used; /* places */
	uint32_t buckets;   /* a power of two */
	uint32_t first;     /* place of the first phrase */
	uint32_t phrases;   /* numbers given */
	uint32_t people, ordered;
	struct search_work work;
	struct needle needle[SEARCH_NEEDLES];
	uint32_t needles;
};

static inline uint64_t *search_place(const struct search *s, uint32_t place)
{
	return (uint64_t *)(uintptr_t)s + place;
}
static inline struct phrase *search_phrase(const struct search *s, uint32_t place)
{
	return (struct phrase *)(void *)search_place(s, place);
}
static inline uint32_t search_phrase_places(const struct phrase *p)
{
	size_t bytes = sizeof(*p) + 2 * ((size_t)p->starts + p->letters);
	return (uint32_t)((bytes + 7) / 8);
}
static inline const uint16_t *search_letters(const struct phrase *p)
{
	return p->unit + p->starts;
}
enum { PERSON_PLACES = (sizeof(struct person) + 7) / 8 };
/* Person i in order. */
static inline struct person *search_person(const struct search *s, uint32_t i)
{
	return (struct person *)(void *)search_place(s, s->cap - (i + 1) * PERSON_PLACES);
}

/* The bit of a letter. */
static inline uint32_t search_bit(uint16_t letter)
{
	if (letter >= 'a' && letter <= 'z')
		return 1u << (letter - 'a');
	return 1u << (letter < 'a' ? 26 : 27 + letter % 5);
}

/* How a word of the query is in a text, the worst first. */
enum match {
	MATCH_NONE,
	MATCH_TYPO_SOFT,  /* with an error, behind a soft start */
	MATCH_TYPO_FIRST, /* with an error in the first letter */
	MATCH_TYPO,
	MATCH_TYPO_WHOLE,
	MATCH_SOFT, /* behind a soft start: a glued particle, or a hump */
	MATCH_SOFT_WHOLE,
	MATCH_BEGINNING,
	MATCH_WHOLE,
	MATCHES
};
/* What a text has of a query: a byte a word, match << 1, and 1 where the word stands beside another of
 * the query as it was typed. This is found with the byte of word w not below how. */
static inline uint64_t search_better(uint64_t found, unsigned w, uint64_t how)
{
	uint64_t now = found >> 8 * w & 0xff;
	return now >= how ? found : found + ((how - now) << 8 * w);
}
/* What p has of s->needle. */
uint64_t search_match(const struct search *s, const struct phrase *p);

/* Put people added since into order. */
void search_order(struct search *s);

/* Is this word a particle of family names: van, de, al? */
bool search_is_particle(const uint16_t *letters, size_t n);
/* Mark as FOLD_HUMP what follows a glued particle: the b of Vandenbroeck. */
void search_mark_glued(struct folded_text *family);

#endif
