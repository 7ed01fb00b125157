/* How well a text has the words of a query. */
#include "search_inside.h"

#include <string.h>

enum {
	TYPO_LETTERS = 4
}; /* of a word, typed and meant: with fewer a typing error is another word */

static bool same(const uint16_t *a, const uint16_t *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (a[i] != b[i])
			return false;
	return true;
}

/* Does a word end before letter `at`? k: the start it was read from. */
static bool ends_word(const struct phrase *p, size_t k, size_t at)
{
	for (k++; k < p->starts && (p->unit[k] & START_AT) <= at; k++)
		if ((p->unit[k] & START_AT) == at && !(p->unit[k] & START_SOFT))
			return true;
	return at == p->letters;
}

/* Can q begin here, by its first two letters and those of the text? */
static bool may_start(const struct needle *q, const uint16_t *text, size_t n)
{
	if (text[0] == q->letters[0])
		return true;
	if (!q->typos || n < 2)
		return false;
	return text[0] == q->letters[1] || text[1] == q->letters[0] || text[1] == q->letters[1];
}

/* The letters of text, n long, that q is the beginning of with one error at letter i, the first
 * that differs. 0: it takes more than one error. An error before the first difference is the same
 * as one at it. Where several fit, a whole word is looked for. */
static size_t with_typo(const struct needle *q, const struct phrase *p, size_t k, size_t i)
{
	size_t at = p->unit[k] & START_AT, n = p->letters - at, rest = q->n - i - 1, best = 0;
	const uint16_t *text = search_letters(p) + at + i, *typed = q->letters + i;
	size_t fits[4] = {0};

	if (n >= q->n && same(typed + 1, text + 1, rest))
		fits[0] = q->n; /* another letter */
	if (n + 1 >= q->n && same(typed + 1, text, rest))
		fits[1] = q->n - 1; /* one too much */
	if (n > q->n && same(typed, text + 1, rest + 1))
		fits[2] = q->n + 1; /* one missing */
	if (n >= q->n && rest > 0 && typed[0] == text[1] && typed[1] == text[0] &&
		same(typed + 2, text + 2, rest - 1))
		fits[3] = q->n; /* two swapped */
	for (size_t f = 0; f < COUNT(fits); f++)
		if (fits[f] >= TYPO_LETTERS && (best == 0 || ends_word(p, k, at + fits[f])))
			best = fits[f];
	return best;
}

static enum match from_start(const struct needle *q, const struct phrase *p, size_t k)
{
	size_t at = p->unit[k] & START_AT, n = p->letters - at, i = 0;
	const uint16_t *text = search_letters(p) + at;
	bool soft = p->unit[k] & START_SOFT;

	while (i < q->n && i < n && q->letters[i] == text[i])
		i++;
	if (i == q->n) {
		bool whole = ends_word(p, k, at + i);
		if (soft)
			return whole ? MATCH_SOFT_WHOLE : MATCH_SOFT;
		return whole ? MATCH_WHOLE : MATCH_BEGINNING;
	}
	if (!q->typos || n + 1 < q->n)
		return MATCH_NONE;
	size_t typo = with_typo(q, p, k, i);
	if (typo == 0)
		return MATCH_NONE;
	if (soft)
		return MATCH_TYPO_SOFT;
	if (i == 0)
		return MATCH_TYPO_FIRST;
	return ends_word(p, k, at + typo) ? MATCH_TYPO_WHOLE : MATCH_TYPO;
}

static enum match match_one(const struct needle *q, const struct phrase *p)
{
	enum match best = MATCH_NONE;

	for (size_t k = 0; k < p->starts && best < MATCH_WHOLE; k++) {
		size_t at = p->unit[k] & START_AT;
		if (!may_start(q, search_letters(p) + at, p->letters - at))
			continue;
		enum match here = from_start(q, p, k);
		if (here > best)
			best = here;
	}
	return best;
}

uint64_t search_match(const struct search *s, const struct phrase *p)
{
	uint64_t found = 0;

	for (uint32_t i = 0; i < s->needles; i++) {
		const struct needle *q = &s->needle[i];
		uint32_t missing = q->mask & ~p->mask;
		/* one error brings one letter that is not there, at most */
		if ((q->head & p->heads) == 0 ||
			(missing != 0 && (!q->typos || (missing & (missing - 1)) != 0)))
			continue;
		enum match match = match_one(q, p);
		if (match == MATCH_NONE)
			continue;
		uint64_t how = (uint64_t)match << 1 | (q->words > 1 && match >= MATCH_BEGINNING);
		for (unsigned w = q->first; w < (unsigned)q->first + q->words; w++)
			found = search_better(found, w, how);
	}
	return found;
}
