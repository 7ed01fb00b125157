/* Everybody of the demo event is found by each beginning of her family name, with a typing error. */
#include "fold_text.h"
#include "help/demo_people.h"
#include "test.h"

enum { MEMORY = 4 << 20, DEMO_ALL = 560, SCREEN = 8, LEAST = 3, TYPED = 400, LONG_WORD = 5 };

static uint8_t memory[MEMORY];
static struct demo_people demo;
static struct search *index_of_demo;

static uint32_t chance(uint32_t below)
{
	static uint64_t state = 1;

	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(state >> 33) % below;
}

static size_t letters_in(const char *text, size_t n)
{
	static struct folded_text t;

	fold_text((struct span){(const uint8_t *)text, n}, &t);
	return t.n;
}

/* A word typed with one error: another letter, one too much, one missing or two swapped. It hits no
 * ß or æ: these are two letters to the search, so that an error in one of them may be two. */
static void mistype(const char *word, size_t n, char *out)
{
	struct span s = {(const uint8_t *)word, n};
	size_t at[TYPED + 1], count = 0, k = 0;

	for (size_t i = 0; i < n; i += span_character(span_cut(s, i, n - i)))
		at[count++] = i;
	at[count] = n;
	at[count + 1] = n;
	size_t i;
	do
		i = chance((uint32_t)count);
	while (letters_in(word + at[i], at[i + 2] - at[i]) > 2 ||
		letters_in(word + at[i], at[i + 1] - at[i]) > 1);
	unsigned how = chance(i + 1 < count ? 4 : 3);
	char letter = (char)('a' + chance(26));
	memcpy(out, word, at[i]);
	k = at[i];
	if (how < 2)
		out[k++] = letter;
	if (how == 3) {
		memcpy(out + k, word + at[i + 1], at[i + 2] - at[i + 1]);
		k += at[i + 2] - at[i + 1];
	}
	if (how == 1 || how == 3) {
		memcpy(out + k, word + at[i], at[i + 1] - at[i]);
		k += at[i + 1] - at[i];
	}
	size_t rest = at[how == 3 ? i + 2 : i + 1];
	memcpy(out + k, word + rest, n - rest);
	out[k + n - rest] = 0;
}

/* The last word of typed with an error, if it is long enough to be forgiven. */
static bool mistype_last(char *typed)
{
	char wrong[TYPED];
	size_t n = strlen(typed), from = n;

	while (from > 0 && !strchr(" -'.", typed[from - 1]))
		from--;
	static struct folded_text t;
	fold_text(span_of(typed + from), &t);
	if (t.n < LONG_WORD || fold_text_ideograph(t.letter[0]))
		return false;
	mistype(typed + from, n - from, wrong);
	strcpy(typed + from, wrong);
	return true;
}

static uint32_t rank_of(uint32_t slot, const char *typed, struct search_found *found)
{
	static struct search_hit hits[DEMO_ALL];

	search_find(index_of_demo, span_of(typed), hits, COUNT(hits), found);
	for (uint32_t i = 0; i < found->n; i++)
		if (hits[i].slot == slot)
			return i;
	return UINT32_MAX;
}

/* Does text from letter `from` on begin with typed, with no more errors than allowed? The distance of
 * Damerau and Levenshtein to each beginning, by the whole table: slow, and sure. */
static bool begins(const struct folded_text *text, size_t from, const struct folded_text *typed,
	unsigned errors)
{
	enum { MOST = 64 };
	static unsigned d[MOST + 1][MOST + 1];
	size_t n = typed->n, m = text->n - from < n + 1 ? text->n - from : n + 1;
	const uint16_t *a = typed->letter, *b = text->letter + from;
	unsigned least = UINT32_MAX;

	assert_in_range(n, 1, MOST - 1);
	for (size_t i = 0; i <= n; i++)
		for (size_t j = 0; j <= m; j++) {
			unsigned v = i == 0 ? (unsigned)j : j == 0 ? (unsigned)i : UINT32_MAX;
			if (i > 0 && j > 0) {
				v = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
				v = d[i - 1][j] + 1 < v ? d[i - 1][j] + 1 : v;
				v = d[i][j - 1] + 1 < v ? d[i][j - 1] + 1 : v;
			}
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
				d[i - 2][j - 2] + 1 < v)
				v = d[i - 2][j - 2] + 1;
			d[i][j] = v;
			if (i == n && v < least)
				least = v;
		}
	return least <= errors;
}

/* Does a word of text begin so, in either spelling of either? */
static bool has_word(struct span text, const char *typed, unsigned errors)
{
	static struct folded_text have[2], want[2];

	fold_text(text, &have[0]);
	fold_text(span_of(typed), &want[0]);
	size_t haves = 1 + fold_text_spelt_out(&have[0], &have[1]);
	size_t wants = 1 + fold_text_spelt_out(&want[0], &want[1]);
	for (size_t h = 0; h < haves; h++)
		for (size_t at = 0; at < have[h].n; at++)
			for (size_t w = 0; w < wants; w++)
				if (have[h].mark[at] & (FOLD_WORD | FOLD_PART) &&
					begins(&have[h], at, &want[w], errors))
					return true;
	return false;
}

/* How many people have a word that begins so. */
static uint32_t sharing(const char *typed, unsigned errors)
{
	uint32_t n = 0;

	for (size_t i = 0; i < demo.n; i++) {
		bool has = false;
		for (int f = 0; f < SEARCH_FIELDS; f++)
			has = has || has_word(demo.entries[i].text[f], typed, errors);
		n += has;
	}
	return n;
}

/* Type each beginning of everybody's family name, of three letters or more. */
static void type_all(bool (*change)(char *typed), unsigned errors)
{
	size_t typings = 0;

	for (uint32_t i = 0; i < demo.n; i++) {
		struct span family = demo.entries[i].text[SEARCH_FAMILY];
		for (size_t n = 1; n <= family.n; n++) {
			struct search_found found;
			char typed[TYPED];
			if (n < family.n && (family.p[n] & 0xc0) == 0x80)
				continue;
			memcpy(typed, family.p, n);
			typed[n] = 0;
			if (letters_in(typed, n) < LEAST || (change && !change(typed)))
				continue;
			typings++;
			uint32_t rank = rank_of(i, typed, &found);
			if (rank < SCREEN)
				continue;
			uint32_t others = sharing(typed, errors);
			if (rank != UINT32_MAX && others > SCREEN)
				continue;
			fail_msg("\"%s\" for \"%.*s\": rank %u of %u, %u share it", typed,
				(int)family.n, family.p, rank, found.total, others);
		}
	}
	assert_in_range(typings, 1000, 100000);
}

TEST(everybody_is_found_by_each_beginning_of_her_family_name)
{
	type_all(NULL, 0);
	UNUSED(state);
}

TEST(everybody_is_found_with_one_typing_error)
{
	type_all(mistype_last, 1);
	UNUSED(state);
}

static int make(void **state)
{
	UNUSED(state);
	demo_people_make(&demo, DEMO_ALL, 1);
	return search_build(memory, sizeof(memory), demo.entries, demo.n, &index_of_demo) == OK
		       ? 0
		       : -1;
}

static int end(void **state)
{
	UNUSED(state);
	demo_people_free(&demo);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(everybody_is_found_by_each_beginning_of_her_family_name),
	cmocka_unit_test(everybody_is_found_with_one_typing_error),
};

int main(void)
{
	return cmocka_run_group_tests(tests, make, end);
}
