/* Checks of people: the same one twice, staff that is none. */
#include "check.h"

#include "list_inside.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { FOLDED = 1024 };

struct folded {
	uint64_t hash;
	uint32_t row;
};

/* Small letters without accents: two spellings of one name become one. */
static void fold(const struct list_person *p, char *out)
{
	char *name = g_strconcat(p->given_name, " ", p->family_name, NULL);
	char *apart = g_utf8_normalize(name, -1, G_NORMALIZE_ALL);
	char *small = g_utf8_casefold(apart ? apart : name, -1);
	size_t n = 0;

	for (const char *s = small; *s && n < FOLDED - 8; s = g_utf8_next_char(s)) {
		gunichar c = g_utf8_get_char(s);
		if (!g_unichar_ismark(c) && c != ' ' && c != '-')
			n += (size_t)g_unichar_to_utf8(c, out + n);
	}
	out[n] = 0;
	g_free(small);
	g_free(apart);
	g_free(name);
}

static uint64_t hash(const char *text, int32_t organisation)
{
	uint64_t h = 0xCBF29CE484222325u ^ (uint32_t)organisation;

	for (; *text; text++)
		h = (h ^ (uint8_t)*text) * 0x100000001B3u;
	return h;
}

static int by_hash(const void *pa, const void *pb)
{
	const struct folded *a = pa, *b = pb;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

static bool same(const struct list_person *a, const struct list_person *b)
{
	char x[FOLDED], y[FOLDED];

	fold(a, x);
	fold(b, y);
	return a->organisation == b->organisation && strcmp(x, y) == 0;
}

static void check_doubles(struct list *l)
{
	struct folded *all = list_more(NULL, l->people_n + 1, sizeof(*all));
	char text[FOLDED];

	for (size_t i = 0; i < l->people_n; i++) {
		fold(&l->people[i], text);
		all[i] = (struct folded){hash(text, l->people[i].organisation), (uint32_t)i};
	}
	qsort(all, l->people_n, sizeof(*all), by_hash);
	for (size_t i = 1; i < l->people_n; i++) {
		const struct list_person *a = &l->people[all[i - 1].row],
					 *b = &l->people[all[i].row];
		if (all[i].hash == all[i - 1].hash && same(a, b))
			list_fault(l, b->at, "family_name", SEVERITY_WARNING,
				"same name and organisation as line %u; remove one if it is the "
				"same "
				"person",
				a->at.line);
	}
	free(all);
}

static void check_staff(struct list *l)
{
	uint32_t *seen = list_more(NULL, l->people_n + 1, sizeof(*seen));

	memset(seen, 0, (l->people_n + 1) * sizeof(*seen));
	for (size_t i = 0; i < l->staff_n; i++) {
		const struct list_staff *s = &l->staff[i];
		if (s->person < 0)
			continue;
		const struct list_person *p = &l->people[s->person];
		if (seen[s->person])
			list_fault(l, s->at, "person", SEVERITY_ERROR,
				"`%s` stands in line %u already; give all rights in one line",
				p->id, seen[s->person]);
		seen[s->person] = s->at.line;
		if (p->role != ROLE_STAFF)
			list_fault(l, s->at, "person", SEVERITY_WARNING,
				"`%s` has the role %s in people.csv; staff should have the role "
				"staff",
				p->id, role_codes[p->role]);
	}
	free(seen);
}

void check_people(struct list *l)
{
	check_doubles(l);
	check_staff(l);
}
