/* Folding a text, character by character. */
#include "fold_text.h"
#include "fold_letters.h"

enum { COMBINING_DIAERESIS = 0x308, COMBINING_RING = 0x30a, VOICED = 0x3099, HALF_VOICED = 0x309a };

/* Conjoining jamo (Unicode, section 3.12). */
enum {
	LEADS = 0x1100,
	VOWELS = 0x1161,
	TAILS = 0x11a7,
	SYLLABLES = 0xac00,
	LEADS_N = 19,
	VOWELS_N = 21,
	TAILS_N = 28,
	SYLLABLES_N = LEADS_N * VOWELS_N * TAILS_N
};

struct folding {
	struct folded_text *out;
	uint8_t next;      /* the mark of the next letter */
	bool small_before; /* the character before was a small letter */
};

static bool between(uint32_t c, uint32_t from, uint32_t to)
{
	return c >= from && c <= to;
}

bool fold_text_ideograph(uint16_t letter)
{
	if (letter < 0x2e80)
		return false;
	return between(letter, 0x2e80, 0x2fdf) || between(letter, 0x3005, 0x30ff) ||
	       between(letter, 0x3400, 0x9fff) || between(letter, 0xac00, 0xd7a3) ||
	       between(letter, 0xd840, 0xd88f) || between(letter, 0xf900, 0xfaff);
}

/* The first character of s, at least one byte long; 0 where it is no UTF-8. */
static uint32_t character(struct span s, size_t *n)
{
	uint32_t point;

	*n = span_point(s, &point);
	*n += *n == 0;
	return point;
}

/* The spelling that German and the Nordic languages know for an accent on this letter. */
static uint8_t spelling(uint16_t letter, uint32_t accent)
{
	if (accent == COMBINING_DIAERESIS && (letter == 'a' || letter == 'o' || letter == 'u'))
		return FOLD_WITH_E;
	return accent == COMBINING_RING && letter == 'a' ? FOLD_WITH_A : 0;
}

static uint8_t spelling_of_composed(uint32_t point)
{
	switch (point) {
	case 0xc4: /* Ä */
	case 0xd6: /* Ö */
	case 0xd8: /* Ø */
	case 0xdc: /* Ü */
	case 0xe4:
	case 0xf6:
	case 0xf8:
	case 0xfc:
		return FOLD_WITH_E;
	case 0xc5: /* Å */
	case 0xe5:
	case 0x212b:
		return FOLD_WITH_A;
	default:
		return 0;
	}
}

/* A combining character on the last letter: most are nothing. */
static void combine(struct folded_text *out, uint32_t point)
{
	if (out->n == 0)
		return;
	uint16_t *last = &out->letter[out->n - 1];
	out->mark[out->n - 1] |= spelling(*last, point);
	if (point == VOICED && (*last == 0x3046 || *last == 0x30a6))
		*last += 0x4e;
	else if ((point == VOICED || point == HALF_VOICED) && between(*last, 0x304b, 0x30db))
		*last = (uint16_t)(*last + 1 + (point == HALF_VOICED));
}

/* Jamo behind jamo become a syllable. */
static bool compose(struct folded_text *out, uint32_t point)
{
	if (out->n == 0 || !between(point, VOWELS, TAILS + TAILS_N - 1))
		return false;
	uint16_t *last = &out->letter[out->n - 1];
	if (between(*last, LEADS, LEADS + LEADS_N - 1) && point < VOWELS + VOWELS_N) {
		uint32_t syllable = ((uint32_t)*last - LEADS) * VOWELS_N + (point - VOWELS);
		*last = (uint16_t)(SYLLABLES + syllable * TAILS_N);
		out->mark[out->n - 1] |= FOLD_PART;
		return true;
	}
	bool open = between(*last, SYLLABLES, SYLLABLES + SYLLABLES_N - 1) &&
		    (*last - SYLLABLES) % TAILS_N == 0;
	if (!open || point <= TAILS)
		return false;
	*last = (uint16_t)(*last + (point - TAILS));
	return true;
}

static void put(struct folding *f, uint16_t letter, uint8_t mark)
{
	struct folded_text *out = f->out;

	if (out->n == FOLDED_LETTERS)
		return;
	if (fold_text_ideograph(letter) ||
		(out->n > 0 && fold_text_ideograph(out->letter[out->n - 1]) &&
			!between(letter, 0xdc00, 0xdfff)))
		mark |= FOLD_PART;
	out->letter[out->n] = letter;
	out->mark[out->n++] = mark | f->next;
	f->next = 0;
}

/* Composed and decomposed letters must look alike here too. */
static bool is_latin(uint32_t c)
{
	return between(c, 'A', 'Z') || between(c, 'a', 'z') ||
	       (between(c, 0xc0, 0x24f) && c != 0xd7 && c != 0xf7) || between(c, 0x1e00, 0x1eff);
}

static bool is_capital(uint32_t c)
{
	if (c < 0xdf)
		return between(c, 'A', 'Z') || c >= 0xc0;
	if (between(c, 0x139, 0x148) || between(c, 0x178, 0x17e) || between(c, 0x1cd, 0x1dc))
		return c % 2 == 1 || c == 0x178;
	if (between(c, 0x1af, 0x1b0)) /* the horned u of Vietnamese */
		return c == 0x1af;
	return c >= 0x100 && c % 2 == 0;
}

static void put_letters(struct folding *f, uint32_t point, const uint16_t letters[2])
{
	bool latin = is_latin(point), capital = latin && is_capital(point);
	uint8_t mark = f->small_before && capital ? FOLD_HUMP : 0;

	f->small_before = latin && !capital;
	if (compose(f->out, point))
		return;
	put(f, letters[0], (uint8_t)(mark | spelling_of_composed(point)));
	if (letters[1] != 0)
		put(f, letters[1], 0);
}

void fold_text(struct span text, struct folded_text *out)
{
	struct folding f = {out, FOLD_WORD, false};
	size_t n;

	out->n = 0;
	for (size_t at = 0; at < text.n; at += n) {
		uint16_t letters[2];
		uint32_t point = character(span_cut(text, at, text.n - at), &n);
		if (point == 0)
			continue;
		switch (fold_letters(point, letters)) {
		case FOLD_LETTER:
			put_letters(&f, point, letters);
			break;
		case FOLD_NOTHING:
			combine(out, point);
			break;
		case FOLD_APOSTROPHE:
			f.next |= FOLD_PART;
			f.small_before = false;
			break;
		case FOLD_SIGN:
			f.next |= FOLD_WORD;
			f.small_before = false;
			break;
		}
	}
}

bool fold_text_spelt_out(const struct folded_text *in, struct folded_text *out)
{
	uint8_t any = 0;

	for (size_t i = 0; i < in->n; i++)
		any |= in->mark[i];
	if (!(any & (FOLD_WITH_E | FOLD_WITH_A)))
		return false;
	out->n = 0;
	for (size_t i = 0; i < in->n && out->n < FOLDED_LETTERS; i++) {
		out->letter[out->n] = in->letter[i];
		out->mark[out->n++] = in->mark[i];
		if (!(in->mark[i] & (FOLD_WITH_E | FOLD_WITH_A)) || out->n == FOLDED_LETTERS)
			continue;
		out->letter[out->n] = in->mark[i] & FOLD_WITH_E ? 'e' : 'a';
		out->mark[out->n++] = 0;
	}
	return true;
}
