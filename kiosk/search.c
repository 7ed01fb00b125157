/* Building the index: each text folded, and kept once. */
#include "search.h"
#include "seal.h"
#include "search_inside.h"

#include <string.h>

/* A sixteenth of all goes into buckets. */
enum { BYTES_A_BUCKET = 64, LEAST = sizeof(struct search) * 17 / 16 + 64 };

static uint32_t count_starts(const struct folded_text *t)
{
	uint32_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		n += (t->mark[i] & (FOLD_WORD | FOLD_PART | FOLD_HUMP)) != 0;
	return n;
}

static uint32_t places_for(const struct folded_text *t)
{
	struct phrase p = {.starts = (uint16_t)count_starts(t), .letters = (uint16_t)t->n};
	return search_phrase_places(&p);
}

static bool has_word(const struct folded_text *t, const uint16_t *word, size_t n)
{
	for (size_t at = 0, end; at < t->n; at = end) {
		for (end = at + 1; end < t->n && !(t->mark[end] & FOLD_WORD);)
			end++;
		if (end - at == n && memcmp(t->letter + at, word, n * sizeof(*word)) == 0)
			return true;
	}
	return false;
}

static void append(struct folded_text *t, const struct folded_text *more, size_t at, size_t n)
{
	for (size_t i = at; i < at + n && t->n < FOLDED_LETTERS; i++) {
		t->letter[t->n] = more->letter[i];
		t->mark[t->n++] = more->mark[i];
	}
}

/* What of a display name the other two lack. Names of ideographs are written as one, so as one they
 * are kept too, family name first. */
static void only_in_display(struct search_work *w)
{
	struct folded_text *t = &w->text;
	size_t n = t->n;

	t->n = 0;
	for (size_t at = 0, end; at < n; at = end) {
		for (end = at + 1; end < n && !(t->mark[end] & FOLD_WORD);)
			end++;
		if (!has_word(&w->family, t->letter + at, end - at) &&
			!has_word(&w->given, t->letter + at, end - at))
			append(t, t, at, end - at);
	}
	if (w->family.n == 0 || w->given.n == 0 ||
		!fold_text_ideograph(w->family.letter[w->family.n - 1]) ||
		!fold_text_ideograph(w->given.letter[0]))
		return;
	size_t joined = t->n + w->family.n;
	append(t, &w->family, 0, w->family.n);
	append(t, &w->given, 0, w->given.n);
	if (joined < t->n)
		t->mark[joined] = FOLD_PART;
}

static void fold_names(struct search_work *w, const struct search_entry *e)
{
	fold_text(e->text[SEARCH_FAMILY], &w->family);
	search_mark_glued(&w->family);
	fold_text(e->text[SEARCH_GIVEN], &w->given);
}

/* The folded text of a field; fold_names was called before. */
static const struct folded_text *fold_field(
	struct search_work *w, const struct search_entry *e, int field)
{
	if (field == SEARCH_FAMILY)
		return &w->family;
	if (field == SEARCH_GIVEN)
		return &w->given;
	fold_text(e->text[field], &w->text);
	if (field == SEARCH_DISPLAY)
		only_in_display(w);
	return &w->text;
}

size_t search_entry_bytes(const struct search_entry *e)
{
	struct search_work w;
	size_t places = PERSON_PLACES;

	fold_names(&w, e);
	for (int field = 0; field < SEARCH_FIELDS; field++) {
		const struct folded_text *t = fold_field(&w, e, field);
		if (t->n == 0)
			continue;
		places += 1 + places_for(t);
		if (fold_text_spelt_out(t, &w.spelt))
			places += places_for(&w.spelt);
	}
	seal_wipe(&w, sizeof(w));
	return places * 8;
}

size_t search_bytes(size_t entries_bytes)
{
	size_t n = entries_bytes + LEAST;

	return n + n / 15 + 16;
}

static uint32_t *buckets(const struct search *s)
{
	return (uint32_t *)(void *)search_place(s, (sizeof(*s) + 7) / 8);
}

enum err search_start(void *memory, size_t n, struct search **out)
{
	size_t skip = -(uintptr_t)memory & 7;

	*out = NULL;
	if (n < LEAST + skip)
		return ERR_FULL;
	struct search *s = (struct search *)(void *)((uint8_t *)memory + skip);
	size_t places = (n - skip) / 8;
	memset(s, 0, sizeof(*s));
	s->cap = places < UINT32_MAX ? (uint32_t)places : UINT32_MAX;
	s->buckets = 2;
	while (s->buckets * 2 <= n / BYTES_A_BUCKET)
		s->buckets *= 2;
	memset(buckets(s), 0, s->buckets * sizeof(uint32_t));
	s->first = (uint32_t)((sizeof(*s) + 7) / 8 + s->buckets / 2);
	s->used = s->first;
	*out = s;
	return OK;
}

/* Is there room for so many places more, with scratch for one more phrase? */
static bool has_room(const struct search *s, size_t places)
{
	size_t scratch = (size_t)s->phrases + 2, people = (size_t)s->people * PERSON_PLACES;

	return s->cap >= s->used + scratch + people &&
	       places <= s->cap - s->used - scratch - people;
}

static void write_phrase(struct phrase *p, const struct folded_text *t)
{
	uint32_t k = 0;

	memset(p, 0, (size_t)places_for(t) * 8);
	p->starts = (uint16_t)count_starts(t);
	p->letters = (uint16_t)t->n;
	for (size_t i = 0; i < t->n; i++) {
		uint8_t mark = t->mark[i];
		p->mask |= search_bit(t->letter[i]);
		p->unit[p->starts + i] = t->letter[i];
		if (mark & (FOLD_WORD | FOLD_PART))
			p->unit[k++] = (uint16_t)(i | (mark & FOLD_WORD ? START_WORD : 0));
		else if (mark & FOLD_HUMP)
			p->unit[k++] = (uint16_t)(i | START_SOFT);
		if (k > 0 && i <= (p->unit[k - 1] & START_AT) + 1u)
			p->heads |= search_bit(t->letter[i]);
	}
}

static uint32_t hash(const struct phrase *p)
{
	uint32_t h = 2166136261;

	for (size_t i = 0; i < p->letters; i++)
		h = (h ^ search_letters(p)[i]) * 16777619;
	return h ^ h >> 15;
}

/* Places of a phrase and its other spelling. */
static uint32_t places_at(const struct search *s, uint32_t place)
{
	uint32_t places = search_phrase_places(search_phrase(s, place));

	if (place + places < s->used && search_phrase(s, place + places)->number == 0)
		places += search_phrase_places(search_phrase(s, place + places));
	return places;
}

/* The number of a text's phrase, new or known; 0 for an empty text. */
static enum err number_of(struct search *s, const struct folded_text *t, uint32_t *out)
{
	*out = 0;
	if (t->n == 0)
		return OK;
	bool spelt = fold_text_spelt_out(t, &s->work.spelt);
	uint32_t places = places_for(t), all = places + (spelt ? places_for(&s->work.spelt) : 0);
	if (!has_room(s, all))
		return ERR_FULL;
	struct phrase *p = search_phrase(s, s->used);
	write_phrase(p, t);
	if (spelt)
		write_phrase(search_phrase(s, s->used + places), &s->work.spelt);
	uint32_t *bucket = &buckets(s)[hash(p) & (s->buckets - 1)];
	for (uint32_t at = *bucket; at != 0; at = search_phrase(s, at)->next) {
		const struct phrase *known = search_phrase(s, at);
		if (places_at(s, at) != all ||
			memcmp(&known->mask, &p->mask, all * 8 - offsetof(struct phrase, mask)) !=
				0)
			continue;
		*out = known->number;
		return OK;
	}
	p->number = ++s->phrases;
	p->next = *bucket;
	*bucket = s->used;
	s->used += all;
	*out = p->number;
	return OK;
}

enum err search_add(struct search *s, const struct search_entry *e)
{
	struct person person = {.slot = e->slot, .role = e->role, .flags = e->flags};

	fold_names(&s->work, e);
	for (int field = 0; field < SEARCH_FIELDS; field++) {
		enum err bad = number_of(s, fold_field(&s->work, e, field), &person.phrase[field]);
		if (bad)
			return bad;
	}
	if (!has_room(s, PERSON_PLACES))
		return ERR_FULL;
	*search_person(s, s->people++) = person;
	return OK;
}

enum err search_build(void *memory, size_t n, const struct search_entry *entries, size_t count,
	struct search **out)
{
	enum err e = search_start(memory, n, out);

	for (size_t i = 0; e == OK && i < count; i++)
		e = search_add(*out, &entries[i]);
	if (e == OK)
		search_order(*out);
	else
		*out = NULL;
	return e;
}

size_t search_used(const struct search *s)
{
	return 8 * ((size_t)s->used + s->phrases + 1 + (size_t)s->people * PERSON_PLACES);
}

uint32_t search_people(const struct search *s)
{
	return s->people;
}
