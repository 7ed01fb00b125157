/* People in the order of their names: sorted once, then one by one. */
#include "search_inside.h"

#include <string.h>

enum { FEW = 32 }; /* so many new ones are put in their places, more are sorted with all */

/* Scratch: the place of each phrase, by number. */
static const uint32_t *list_places(struct search *s)
{
	uint32_t *places = (uint32_t *)(void *)search_place(s, s->used);

	for (uint32_t at = s->first; at < s->used;) {
		const struct phrase *p = search_phrase(s, at);
		if (p->number != 0)
			places[p->number] = at;
		at += search_phrase_places(p);
	}
	return places;
}

/* Does a word start at letter i? k: the start to look at next. */
static bool starts_word(const struct phrase *p, size_t *k, size_t i)
{
	while (*k < p->starts && (p->unit[*k] & START_AT) < i)
		++*k;
	return *k < p->starts && (p->unit[*k] & START_AT) == i && p->unit[*k] & START_WORD;
}

/* A space is before any letter: De Smet, Desmedt, Desmet. */
static int compare_phrases(const struct phrase *a, const struct phrase *b)
{
	size_t n = a->letters < b->letters ? a->letters : b->letters, ka = 0, kb = 0;
	const uint16_t *x = search_letters(a), *y = search_letters(b);

	for (size_t i = 0; i < n; i++) {
		bool word = starts_word(a, &ka, i);
		if (word != starts_word(b, &kb, i))
			return word ? -1 : 1;
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	}
	return (a->letters > n) - (b->letters > n);
}

static int compare(const struct search *s, const uint32_t *places, const struct person *a,
	const struct person *b)
{
	for (int field = SEARCH_FAMILY; field <= SEARCH_GIVEN; field++) {
		uint32_t x = a->phrase[field], y = b->phrase[field];
		if (x == y)
			continue;
		if (x == 0 || y == 0)
			return x == 0 ? -1 : 1;
		int order =
			compare_phrases(search_phrase(s, places[x]), search_phrase(s, places[y]));
		if (order != 0)
			return order;
	}
	return (a->slot > b->slot) - (a->slot < b->slot);
}

/* Let the person at i sink until both below her are not greater. */
static void sink(struct search *s, const uint32_t *places, uint32_t i, uint32_t n)
{
	struct person moved = *search_person(s, i);

	for (uint32_t below = 2 * i + 1; below < n; i = below, below = 2 * i + 1) {
		if (below + 1 < n && compare(s, places, search_person(s, below),
					     search_person(s, below + 1)) < 0)
			below++;
		if (compare(s, places, &moved, search_person(s, below)) >= 0)
			break;
		*search_person(s, i) = *search_person(s, below);
	}
	*search_person(s, i) = moved;
}

/* Heapsort: in place, and no order of names makes it slow. */
static void sort_all(struct search *s, const uint32_t *places)
{
	for (uint32_t i = s->people / 2; i > 0; i--)
		sink(s, places, i - 1, s->people);
	for (uint32_t n = s->people; n > 1; n--) {
		struct person greatest = *search_person(s, 0);
		*search_person(s, 0) = *search_person(s, n - 1);
		*search_person(s, n - 1) = greatest;
		sink(s, places, 0, n - 1);
	}
	s->ordered = s->people;
}

static void place_next(struct search *s, const uint32_t *places)
{
	struct person next = *search_person(s, s->ordered);
	uint32_t low = 0, high = s->ordered;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (compare(s, places, &next, search_person(s, middle)) < 0)
			high = middle;
		else
			low = middle + 1;
	}
	/* the first one lies last in memory */
	memmove(search_person(s, s->ordered), search_person(s, s->ordered) + 1,
		(s->ordered - low) * sizeof(next));
	*search_person(s, low) = next;
	s->ordered++;
}

void search_order(struct search *s)
{
	if (s->ordered == s->people)
		return;
	const uint32_t *places = list_places(s);
	if (s->people - s->ordered > FEW)
		sort_all(s, places);
	while (s->ordered < s->people)
		place_next(s, places);
}
