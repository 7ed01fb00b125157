/* Any bytes as names, then as a query: bounded, hits are people of the index, in order of score. */
#include "fold_text.h"
#include "search.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { PEOPLE = 24, HITS = 5 };

/* The bytes up to the next line's end. */
static struct span line(struct span *rest)
{
	const uint8_t *end = rest->n > 0 ? memchr(rest->p, '\n', rest->n) : NULL;
	size_t n = end ? (size_t)(end - rest->p) : rest->n;
	struct span found = span_cut(*rest, 0, n);

	*rest = span_cut(*rest, n + (end != NULL), rest->n - n - (end != NULL));
	return found;
}

static void judge_folding(struct span text)
{
	static struct folded_text plain, spelt;

	fold_text(text, &plain);
	if (plain.n > FOLDED_LETTERS || (plain.n > 0 && !(plain.mark[0] & FOLD_WORD)))
		abort();
	if (fold_text_spelt_out(&plain, &spelt) && (spelt.n > FOLDED_LETTERS || spelt.n < plain.n))
		abort();
	for (size_t i = 0; i < plain.n; i++)
		if (plain.letter[i] == 0 || (plain.letter[i] >= 'A' && plain.letter[i] <= 'Z'))
			abort();
}

static void judge(struct search *s, struct span query)
{
	struct search_hit hits[HITS], all[PEOPLE];
	struct search_found found, again;

	search_find(s, query, hits, HITS, &found);
	search_find(s, query, all, PEOPLE, &again);
	if (found.total > search_people(s) || found.sound > found.total ||
		found.total != again.total || again.n != again.total ||
		found.n != (found.total < HITS ? found.total : HITS))
		abort();
	for (size_t i = 0; i < again.n; i++)
		if (all[i].slot >= PEOPLE || (i > 0 && all[i].score > all[i - 1].score) ||
			(i < found.n && all[i].slot != hits[i].slot))
			abort();
}

/* The first byte tells how small the memory is; then a line is the query, then six are a person. */
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	if (n == 0)
		return 0;
	struct span rest = {p + 1, n - 1}, query = line(&rest);
	size_t bytes = p[0] % 2 ? (size_t)64 << 10 : (size_t)8192 + p[0] * 16u;
	void *memory = malloc(bytes);
	struct search *s;
	if (memory && search_start(memory, bytes, &s) == OK) {
		for (uint32_t i = 0; i < PEOPLE && rest.n > 0; i++) {
			struct search_entry e = {.slot = i};
			for (int f = 0; f < SEARCH_FIELDS; f++) {
				e.text[f] = line(&rest);
				judge_folding(e.text[f]);
			}
			if (search_add(s, &e) != OK)
				break;
			if (i % 5 == 0)
				judge(s, query);
		}
		judge(s, query);
	}
	free(memory);
	return 0;
}
