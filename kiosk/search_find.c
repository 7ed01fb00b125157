/* One query: into words, through all texts, then through all people. */
#include "search.h"
#include "search_inside.h"

#include <string.h>

enum { TYPO_ALONE = 4, TYPO_AS_ONE = 7 };  /* letters from which on an error is forgiven */
enum { SMALL_WORD = 4, AS_ONE_MOST = 20 }; /* letters */

/* What a word of the query counts, by how it was found and where; one more where it stands beside
 * another as it was typed. */
static const uint8_t values[SEARCH_FIELDS][MATCHES] = {
	[SEARCH_FAMILY] = {0, 7, 13, 18, 19, 48, 49, 56, 63},
	[SEARCH_GIVEN] = {0, 6, 12, 16, 17, 46, 47, 54, 61},
	[SEARCH_DISPLAY] = {0, 5, 11, 14, 15, 44, 45, 52, 59},
	[SEARCH_ORGANISATION] = {0, 1, 2, 3, 4, 30, 31, 36, 40},
	[SEARCH_SHORT] = {0, 1, 2, 3, 4, 30, 31, 36, 40},
	[SEARCH_FUNCTION] = {0, 0, 0, 0, 0, 20, 21, 22, 24},
};

#define EACH_BYTE(v) ((uint64_t)(v)*0x0101010101010101u)

struct query {
	unsigned words;
	uint64_t needed;       /* 80 in the byte of each word that must be found */
	const uint64_t *found; /* by number of phrase */
	struct search_hit *hits;
	size_t cap;
};

/* Where the words of t begin, and its end behind them; how many words. */
static unsigned cut_words(struct folded_text *t, size_t at[SEARCH_WORDS + 1])
{
	unsigned words = 0;

	for (size_t i = 0; i < t->n; i++) {
		if (!(t->mark[i] & FOLD_WORD))
			continue;
		if (words == SEARCH_WORDS)
			t->n = i;
		else
			at[words++] = i;
	}
	at[words] = t->n;
	return words;
}

static void add_needle(struct search *s, const struct folded_text *t, const size_t *at,
	unsigned first, unsigned words)
{
	struct needle *q = &s->needle[s->needles++];
	bool letters = true;

	*q = (struct needle){.letters = t->letter + at[first],
		.n = at[first + words] - at[first],
		.first = (uint8_t)first,
		.words = (uint8_t)words};
	for (size_t i = 0; i < q->n; i++) {
		q->mask |= search_bit(q->letters[i]);
		letters = letters && !fold_text_ideograph(q->letters[i]);
	}
	q->typos = letters && q->n >= (words == 1 ? TYPO_ALONE : TYPO_AS_ONE);
	q->head = search_bit(q->letters[0]) | (q->typos ? search_bit(q->letters[1]) : 0);
}

static bool has_spelling(const struct folded_text *t, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (t->mark[i] & (FOLD_WITH_E | FOLD_WITH_A))
			return true;
	return false;
}

/* Two words may be one (pieter jan), more only where all but the last are small (van den broeck): else
 * a long query costs much and finds nothing. */
static bool may_be_one(const size_t *at, unsigned first, unsigned words)
{
	if (words > 1 && at[first + words] - at[first] > AS_ONE_MOST)
		return false;
	for (unsigned w = first; words > 2 && w + 1 < first + words; w++)
		if (at[w + 1] - at[w] > SMALL_WORD)
			return false;
	return true;
}

/* The words of a query one by one and as one, in both spellings; how many words. */
static unsigned make_needles(struct search *s, struct span query)
{
	struct folded_text *t = &s->work.text, *spelt = &s->work.spelt;
	size_t at[SEARCH_WORDS + 1], spelt_at[SEARCH_WORDS + 1];

	s->needles = 0;
	fold_text(span_cut(query, 0, query.n < SEARCH_QUERY ? query.n : SEARCH_QUERY), t);
	unsigned words = cut_words(t, at);
	bool both = fold_text_spelt_out(t, spelt) && cut_words(spelt, spelt_at) == words;
	for (unsigned first = 0; first < words; first++)
		for (unsigned n = 1; n <= SEARCH_RUN && first + n <= words; n++) {
			if (!may_be_one(at, first, n))
				continue;
			add_needle(s, t, at, first, n);
			if (both && has_spelling(t, at[first], at[first + n]))
				add_needle(s, spelt, spelt_at, first, n);
		}
	return words;
}

/* All words must be found but particles, if there are others and they are not the last. */
static uint64_t needed_words(const struct search *s, unsigned words)
{
	uint64_t all = 0, needed = 0;
	unsigned last = 0;

	for (uint32_t i = 0; i < s->needles; i++) {
		const struct needle *q = &s->needle[i];
		uint64_t bit = (uint64_t)0x80 << 8 * q->first;
		if (q->words > 1)
			continue;
		all |= bit;
		if (search_is_particle(q->letters, q->n))
			continue;
		needed |= bit;
		last = q->first;
	}
	if (needed == 0)
		return all;
	return last == words - 1 ? needed : needed | (uint64_t)0x80 << 8 * (words - 1);
}

/* Scratch: what each phrase has. */
static const uint64_t *match_all(struct search *s)
{
	uint64_t *found = search_place(s, s->used);
	uint32_t number = 0;

	found[0] = 0;
	for (uint32_t at = s->first; at < s->used;) {
		const struct phrase *p = search_phrase(s, at);
		uint64_t here = search_match(s, p);
		at += search_phrase_places(p);
		if (p->number != 0) {
			number = p->number;
			found[number] = here;
			continue;
		}
		for (unsigned w = 0; here != 0 && w < SEARCH_WORDS; w++)
			found[number] = search_better(found[number], w, here >> 8 * w & 0xff);
	}
	return found;
}

/* false: she has not all words. sound: found without a typing error. */
static bool weigh(
	const struct query *q, const struct person *p, struct search_hit *hit, bool *sound)
{
	*hit = (struct search_hit){.slot = p->slot, .role = p->role, .flags = p->flags};
	*sound = true;
	for (unsigned w = 0; w < q->words; w++) {
		unsigned best = 0, field = 0, how = 0;
		for (unsigned f = 0; f < SEARCH_FIELDS; f++) {
			unsigned byte = q->found[p->phrase[f]] >> 8 * w & 0xff;
			unsigned value = values[f][byte >> 1];
			if (value == 0 || value + (byte & 1) <= best)
				continue;
			best = value + (byte & 1);
			field = f;
			how = byte >> 1;
		}
		if (best == 0 && q->needed >> 8 * w & 0x80)
			return false;
		if (best == 0)
			continue;
		hit->score = (uint16_t)(hit->score + best);
		hit->matched |= (uint8_t)(1u << field);
		*sound = *sound && how >= MATCH_SOFT;
	}
	return true;
}

/* People come in order, so that an equal one goes behind. */
static void keep(const struct query *q, const struct search_hit *hit, struct search_found *out)
{
	size_t at = out->n;

	while (at > 0 && q->hits[at - 1].score < hit->score)
		at--;
	if (at == q->cap)
		return;
	if (out->n < q->cap)
		out->n++;
	memmove(&q->hits[at + 1], &q->hits[at], (out->n - at - 1) * sizeof(*hit));
	q->hits[at] = *hit;
}

void search_find(struct search *s, struct span query, struct search_hit *hits, size_t cap,
	struct search_found *out)
{
	struct query q = {.hits = hits, .cap = cap};

	*out = (struct search_found){0};
	search_order(s);
	q.words = make_needles(s, query);
	if (q.words == 0)
		return;
	q.needed = needed_words(s, q.words);
	q.found = match_all(s);
	for (uint32_t i = 0; i < s->people; i++) {
		const struct person *p = search_person(s, i);
		struct search_hit hit;
		uint64_t has = 0;
		bool sound;
		for (int f = 0; f < SEARCH_FIELDS; f++)
			has |= q.found[p->phrase[f]];
		/* 80 where a byte is not zero: none is above 80 */
		if ((~(has + EACH_BYTE(0x7f)) & q.needed) != 0 || !weigh(&q, p, &hit, &sound))
			continue;
		out->total++;
		out->sound += sound;
		keep(&q, &hit, out);
	}
}
