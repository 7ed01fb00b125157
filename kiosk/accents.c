/* Accents and capitals. */
#include "accents.h"

#include <string.h>

/* Each begins with the letter itself. */
static const char *const rows[] = {"aàâäáåãæąăā", "cçćč", "dďđð", "eéèêëęěēė", "gğ", "iíìîïī",
	"lłľ", "nñńň", "oôöóòõøœő", "rř", "sßšśşș", "tťțþ", "uüùûúůű", "yýÿ", "zžźż"};

static uint32_t point_of(struct span letter)
{
	if (letter.n == 1)
		return letter.p[0];
	if (letter.n == 2)
		return (letter.p[0] & 0x1fu) << 6 | (letter.p[1] & 0x3fu);
	return 0;
}

static uint32_t capital_of(uint32_t c)
{
	if ((c >= 'a' && c <= 'z') || (c >= 0xe0 && c <= 0xfe && c != 0xf7))
		return c - 0x20;
	if (c == 0xff)
		return 0x178;
	/* In Latin Extended-A a capital stands before its small letter: at an even place, or an odd one. */
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e))
		return c % 2 == 0 ? c - 1 : c;
	if (c >= 0x100 && c <= 0x177 && c != 0x131 && c != 0x138 && c != 0x149)
		return c % 2 == 1 ? c - 1 : c;
	return c == 0x219 || c == 0x21b ? c - 1 : c;
}

static size_t write_point(uint32_t c, uint8_t out[static 4])
{
	if (c < 0x80) {
		out[0] = (uint8_t)c;
		return 1;
	}
	out[0] = (uint8_t)(0xc0 | c >> 6);
	out[1] = (uint8_t)(0x80 | (c & 0x3f));
	return 2;
}

size_t accents_capital(struct span letter, uint8_t out[static 4])
{
	uint32_t c = point_of(letter);
	if (c == 0) {
		size_t n = letter.n < 4 ? letter.n : 4;
		memcpy(out, letter.p, n);
		return n;
	}
	return write_point(capital_of(c), out);
}

/* The letter of row that is letter, or whose capital it is. */
static bool row_has(struct span row, uint32_t letter, bool *capital)
{
	while (row.n > 0) {
		size_t n = span_character(row);
		uint32_t c = point_of((struct span){row.p, n});
		*capital = c != letter;
		if (c == letter || capital_of(c) == letter)
			return true;
		row = span_cut(row, n, row.n - n);
	}
	return false;
}

struct span accents_of(struct span letter)
{
	uint32_t c = point_of(letter);
	bool capital;
	for (size_t i = 0; c != 0 && i < COUNT(rows); i++) {
		struct span row = span_of(rows[i]);
		if (row_has(row, c, &capital))
			return span_cut(row, 1, row.n - 1);
	}
	return (struct span){0};
}

bool accents_is_capital(struct span letter)
{
	uint32_t c = point_of(letter);
	if (c >= 'A' && c <= 'Z')
		return true;
	bool capital = false;
	for (size_t i = 0; c != 0 && i < COUNT(rows); i++)
		if (row_has(span_of(rows[i]), c, &capital))
			return capital;
	return false;
}
