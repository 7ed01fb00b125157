/* The desk's search: time a key and bytes a person, at 10,000 and 20,000 people. */
#include "bench.h"
#include "help/demo_people.h"
#include "search.h"

#include <string.h>

enum { HITS = 8, TYPISTS = 600, NAME = 512, KEYS_MOST = TYPISTS * 64, ROUNDS = 3 };

struct desk {
	struct demo_people people;
	char (*family)[NAME];
	uint8_t *memory;
	size_t bytes;
	struct search *index;
	struct search_hit hits[HITS];
	struct search_found found;
	double took[KEYS_MOST];
	size_t keys, seen;
};

static uint32_t chance(uint32_t below)
{
	static uint64_t state = 7;

	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(state >> 33) % below;
}

/* The demo draws family names from some hundreds; of a real crowd of this size most have their own.
 * Two in three get a syllable or two more. */
static void vary_names(struct desk *d)
{
	static const char *const syllables[] = {"aert", "bel", "cour", "dael", "eck", "fosse",
		"ghem", "hove", "inx", "jans", "kens", "lier", "mans", "nelle", "oye", "pré",
		"quin", "ries", "stein", "tré", "uwen", "velde", "weyer", "xhe", "yns", "zeele"};

	d->family = calloc(d->people.n, sizeof(*d->family));
	if (!d->family)
		die("no memory");
	for (size_t i = 0; i < d->people.n; i++) {
		struct span *name = &d->people.entries[i].text[SEARCH_FAMILY];
		if (name->n + 16 > NAME || chance(3) == 0)
			continue;
		snprintf(d->family[i], NAME, "%.*s%s%s", (int)name->n, (const char *)name->p,
			syllables[chance(COUNT(syllables))],
			chance(2) ? syllables[chance(COUNT(syllables))] : "");
		*name = span_of(d->family[i]);
	}
}

static void build(struct desk *d)
{
	size_t bytes = 0;

	double start = bench_cpu_ns();
	for (size_t i = 0; i < d->people.n; i++)
		bytes += search_entry_bytes(&d->people.entries[i]);
	d->bytes = search_bytes(bytes);
	double counted = bench_cpu_ns();
	d->memory = calloc(1, d->bytes);
	if (!d->memory ||
		search_build(d->memory, d->bytes, d->people.entries, d->people.n, &d->index) != OK)
		die("the index is not built");
	double built = bench_cpu_ns(), n = (double)d->people.n;
	bench_line("bytes a person, in use", "%.0f", (double)search_used(d->index) / n);
	bench_line("bytes a person, asked for: as if nobody shared a word", "%.0f",
		(double)d->bytes / n);
	bench_line("counting the bytes, ms", "%.1f", (counted - start) / 1e6);
	bench_line("building, ms", "%.1f", (built - counted) / 1e6);
}

static void press(struct desk *d, const char *typed, size_t n)
{
	double best = 1e12;

	for (int round = 0; round < ROUNDS; round++) {
		double start = bench_cpu_ns();
		search_find(d->index, (struct span){(const uint8_t *)typed, n}, d->hits, HITS,
			&d->found);
		double took = bench_cpu_ns() - start;
		best = took < best ? took : best;
	}
	d->seen += d->found.total;
	if (d->keys < KEYS_MOST)
		d->took[d->keys++] = best;
}

static void type_text(struct desk *d, const char *typed)
{
	size_t n = strlen(typed);

	for (size_t i = 1; i <= n; i++)
		if (i == n || (typed[i] & 0xc0) != 0x80)
			press(d, typed, i);
}

/* What staff type: a family name, given and family name, a name and an organisation; one in three
 * with a wrong letter. */
static void type_as_staff(struct desk *d)
{
	for (int i = 0; i < TYPISTS; i++) {
		const struct span *t = d->people.entries[chance((uint32_t)d->people.n)].text;
		char typed[3 * NAME];
		int first = (int[]){SEARCH_FAMILY, SEARCH_GIVEN, SEARCH_FAMILY}[i % 3];
		int second = (int[]){-1, SEARCH_FAMILY, SEARCH_ORGANISATION}[i % 3];
		struct span none = {(const uint8_t *)"", 0}, more = second < 0 ? none : t[second];
		snprintf(typed, sizeof(typed), "%.*s %.*s", (int)t[first].n,
			(const char *)t[first].p, (int)more.n, (const char *)more.p);
		size_t n = strlen(typed);
		n = n > 60 ? 60 : n;
		typed[n] = 0;
		if (chance(3) == 0)
			typed[chance((uint32_t)n)] = (char)('a' + chance(26));
		type_text(d, typed);
	}
}

static void bench_keys(struct desk *d)
{
	d->keys = 0;
	type_as_staff(d);
	qsort(d->took, d->keys, sizeof(d->took[0]), bench_order);
	bench_line("a key, us, median", "%.0f", d->took[d->keys / 2] / 1e3);
	bench_line("a key, us, 99 of 100 (aim <= 3000, limit 16000)", "%.0f",
		d->took[d->keys * 99 / 100] / 1e3);
	bench_line("a key, us, the slowest", "%.0f (of %zu)", d->took[d->keys - 1] / 1e3, d->keys);
}

static void bench_worst(struct desk *d)
{
	static const char *const typed[] = {"a", "a e a e a e a e",
		"van den van den van den van den",
		"müller öller ääller ölker müllen mällen söller tüller"};

	for (size_t i = 0; i < COUNT(typed); i++) {
		char what[80];
		d->keys = 0;
		press(d, typed[i], strlen(typed[i]));
		snprintf(what, sizeof(what), "\"%.40s\", us", typed[i]);
		bench_line(what, "%.0f (%u found)", d->took[0] / 1e3, d->found.total);
	}
}

static void bench_late_guest(struct desk *d)
{
	struct search_entry e = {.slot = UINT32_MAX, .text = {[SEARCH_FAMILY] = span_of("Late")}};

	double start = bench_cpu_ns();
	if (search_add(d->index, &e) != OK)
		die("there is no room for one more");
	search_find(d->index, span_of("late"), d->hits, HITS, &d->found);
	bench_line("one person more, and her first search, us", "%.0f",
		(bench_cpu_ns() - start) / 1e3);
}

static void bench(unsigned people)
{
	static struct desk d;

	demo_people_make(&d.people, people, 1);
	vary_names(&d);
	printf("searching %u people\n", people);
	build(&d);
	bench_keys(&d);
	bench_worst(&d);
	bench_late_guest(&d);
	demo_people_free(&d.people);
	free(d.family);
	free(d.memory);
}

int main(void)
{
	bench(560);
	bench(10000);
	bench(20000);
	return 0;
}
