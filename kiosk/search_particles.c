/* The small words of family names, which people type, glue or leave out as they please. */
#include "search_inside.h"

#include <string.h>

/* Glued: a family name may begin with it without a space. */
static const struct particle {
	char text[8];
	bool glued;
} particles[] = {
	/* Dutch, "v.d." as an abbreviation too */
	{"van", true},
	{"vanden", true},
	{"vander", true},
	{"vande", true},
	{"vant", true},
	{"den", true},
	{"der", true},
	{"de", true},
	{"ter", true},
	{"ten", true},
	{"te", false},
	{"t", false},
	{"s", false},
	{"op", false},
	{"in", false},
	{"vd", false},
	{"v", false},
	{"d", false},
	/* French, Italian, Spanish, Portuguese */
	{"du", true},
	{"des", true},
	{"del", true},
	{"dela", true},
	{"della", true},
	{"la", true},
	{"le", true},
	{"les", false},
	{"di", true},
	{"da", true},
	{"dal", true},
	{"dei", false},
	{"degl", false},
	{"degli", false},
	{"dell", false},
	{"lo", true},
	{"los", false},
	{"las", false},
	{"do", false},
	{"dos", true},
	{"das", false},
	{"e", false},
	{"y", false},
	/* German, Nordic */
	{"von", true},
	{"vom", true},
	{"zu", false},
	{"zum", true},
	{"zur", true},
	{"und", false},
	{"af", false},
	{"av", false},
	/* Arabic and Hebrew, transliterated */
	{"al", true},
	{"el", true},
	{"ul", false},
	{"as", false},
	{"ad", false},
	{"ar", false},
	{"an", false},
	{"ash", false},
	{"bin", true},
	{"ben", true},
	{"ibn", true},
	{"bint", true},
	{"abu", true},
	{"abou", true},
};

enum { GLUED_REST = 4 }; /* fewer letters behind it and it is no particle: Dean is not de An */

static bool begins(const uint16_t *letters, size_t n, const char *text, size_t text_n)
{
	if (n < text_n)
		return false;
	for (size_t i = 0; i < text_n; i++)
		if (letters[i] != (uint8_t)text[i])
			return false;
	return true;
}

bool search_is_particle(const uint16_t *letters, size_t n)
{
	for (size_t i = 0; i < COUNT(particles); i++)
		if (strlen(particles[i].text) == n && begins(letters, n, particles[i].text, n))
			return true;
	return false;
}

static void mark_word(struct folded_text *t, size_t at, size_t n)
{
	for (size_t i = 0; i < COUNT(particles); i++) {
		size_t glued = strlen(particles[i].text);
		if (particles[i].glued && n >= glued + GLUED_REST &&
			begins(t->letter + at, n, particles[i].text, glued))
			t->mark[at + glued] |= FOLD_HUMP;
	}
}

void search_mark_glued(struct folded_text *family)
{
	for (size_t at = 0, end; at < family->n; at = end) {
		for (end = at + 1; end < family->n; end++)
			if (family->mark[end] & (FOLD_WORD | FOLD_PART))
				break;
		mark_word(family, at, end - at);
	}
}
