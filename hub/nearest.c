/* The nearest of a few words to a mistyped one: edit distance with swaps. */
#include "nearest.h"

#include <string.h>

enum { LONGEST = 48, FAR = 99 };

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
	unsigned m = a < b ? a : b;
	return m < c ? m : c;
}

/* The smallest number of letters to add, drop, change or swap with the next one to turn a into b,
 * or 99 where either is longer than 48 bytes. */
static unsigned distance(const char *a, const char *b)
{
	size_t an = strlen(a), bn = strlen(b);
	unsigned rows[3][LONGEST + 1];

	if (an > LONGEST || bn > LONGEST)
		return FAR;
	unsigned *before = rows[0], *last = rows[1], *now = rows[2];
	for (unsigned j = 0; j <= bn; j++)
		last[j] = before[j] = j;
	for (unsigned i = 1; i <= an; i++) {
		now[0] = i;
		for (unsigned j = 1; j <= bn; j++) {
			char x = lower(a[i - 1]), y = lower(b[j - 1]);
			now[j] = min3(last[j] + 1, now[j - 1] + 1, last[j - 1] + (x != y));
			bool swapped =
				i > 1 && j > 1 && x == lower(b[j - 2]) && lower(a[i - 2]) == y;
			if (swapped && before[j - 2] + 1 < now[j])
				now[j] = before[j - 2] + 1;
		}
		unsigned *spare = before;
		before = last;
		last = now;
		now = spare;
	}
	return last[bn];
}

const char *nearest_of(const char *const *words, size_t n, const char *word)
{
	const char *best = NULL;
	unsigned least = (unsigned)strlen(word) / 3;

	if (least < 2)
		least = 2;
	for (size_t i = 0; i < n; i++) {
		if (!words[i])
			continue;
		unsigned d = distance(words[i], word);
		if (d <= least && d < strlen(words[i]) && (!best || d < least)) {
			best = words[i];
			least = d;
		}
	}
	return best;
}
