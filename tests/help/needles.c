/* Many words looked for at once: a filter on the first four bytes, then the words that begin so. */
#include "help/needles.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST = 6, FIRST = 4, FILTER_BITS = 20, CHAINS = 1 << 14, WORDS = 8192 };

struct form {
	struct form *next;
	uint32_t word;
	enum names_form how;
	size_t n;
	uint8_t bytes[];
};

struct word {
	struct span word;
	const char *how, *where;
	uint64_t times;
	bool dropped;
};

struct needles {
	uint8_t filter[1 << (FILTER_BITS - 3)];
	struct form *chains[CHAINS];
	size_t n;
	struct word words[WORDS];
};

static void need(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "needles: %s\n", what);
	abort();
}

static uint32_t hash(const uint8_t *p)
{
	return load_u32(p) * 2654435761u;
}

struct needles *needles_new(void)
{
	struct needles *n = calloc(1, sizeof(*n));

	need(n != NULL, "no memory");
	return n;
}

void needles_free(struct needles *n)
{
	for (size_t i = 0; i < CHAINS; i++)
		for (struct form *f = n->chains[i], *next; f; f = next) {
			next = f->next;
			free(f);
		}
	free(n);
}

static void add_form(struct needles *n, const uint8_t *bytes, size_t length, enum names_form how)
{
	struct form *f = malloc(sizeof(*f) + length);

	need(f != NULL, "no memory");
	*f = (struct form){.word = (uint32_t)n->n, .how = how, .n = length};
	memcpy(f->bytes, bytes, length);
	uint32_t h = hash(bytes), bit = h >> (32 - FILTER_BITS);
	n->filter[bit / 8] |= (uint8_t)(1u << bit % 8);
	struct form **chain = &n->chains[h >> 18];
	f->next = *chain;
	*chain = f;
}

bool needles_add(struct needles *n, struct span word, bool raw)
{
	uint8_t form[NAMES_BYTES];

	if (word.n < LEAST)
		return false;
	need(n->n < WORDS && word.n <= NAMES_WORD, "too many words, or too long a one");
	for (unsigned i = 0; i < (raw ? 1 : NAMES_FORMS); i++) {
		size_t length = names_form(word, (enum names_form)i, form);
		if (length >= FIRST)
			add_form(n, form, length, (enum names_form)i);
	}
	n->words[n->n++] = (struct word){.word = word};
	return true;
}

size_t needles_count(const struct needles *n)
{
	return n->n;
}

static void look(struct needles *n, struct span at, const char *where)
{
	for (const struct form *f = n->chains[hash(at.p) >> 18]; f; f = f->next) {
		struct word *w = &n->words[f->word];
		if (w->dropped || at.n < f->n || memcmp(at.p, f->bytes, f->n) != 0)
			continue;
		if (w->times++ == 0) {
			w->how = names_form_name(f->how);
			w->where = where;
		}
	}
}

void needles_search(struct needles *n, struct span bytes, const char *where)
{
	for (size_t i = 0; i + FIRST <= bytes.n; i++) {
		uint32_t bit = hash(bytes.p + i) >> (32 - FILTER_BITS);
		if (n->filter[bit / 8] & 1u << bit % 8)
			look(n, (struct span){bytes.p + i, bytes.n - i}, where);
	}
}

void needles_begin(struct needles *n)
{
	for (size_t i = 0; i < n->n; i++)
		n->words[i].times = 0;
}

bool needles_found(const struct needles *n, size_t i, struct needle_found *out)
{
	const struct word *w = &n->words[i];

	*out = (struct needle_found){w->word, w->how, w->where, w->times};
	return w->times > 0;
}

void needles_drop(struct needles *n, size_t i)
{
	n->words[i].dropped = true;
}
