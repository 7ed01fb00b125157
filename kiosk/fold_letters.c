/* The tables of folding, drawn from the decompositions of Unicode 14 and, where a letter has none
 * (ł, đ, ə), from the letter that is typed for it. */
#include "fold_letters.h"

enum { LATIN = 0xc0, LATIN_END = 0x250, LATIN_MORE = 0x1e00, LATIN_MORE_END = 0x1f00 };
enum { GREEK = 0x370, GREEK_END = 0x400, GREEK_MORE = 0x1f00, GREEK_MORE_END = 0x2000 };
enum { CYRILLIC = 0x400, CYRILLIC_END = 0x530, ARMENIAN = 0x531, ARMENIAN_END = 0x557 };
enum { GEORGIAN = 0x1c90, GEORGIAN_END = 0x1cc0 };
enum { FULL_WIDTH = 0xff01, FULL_WIDTH_END = 0xff5f, ASTRAL = 0x10000 };

/* clang-format off */
/* A letter for each character; a star is no one letter. */
static const char latin[] =
	"aaaaaa*ceeeeiiiidnooooo ouuuuy**aaaaaa*ceeeeiiiidnooooo ouuuuy*y"
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkklllllll"
	"lllnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
	"bbbb**occdddd*eeeffgg*iikkl**nnooo**pp*****ttttuuuvyyzzz********"
	"*************aaiioouuuuuuuuuueaaaa**ggggkkoooo**j***gg**nnaa**oo"
	"aaaaeeeeiiiioooorrrruuuusstt**hhnd****aaeeooooooooyylntj**acclts"
	"z**bu*eejjqqrryy";
static const char latin_more[] =
	"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
	"mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
	"wwwwwwwwwwxxxxyyzzzzzzhtwyas****aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
	"eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy******";
/* The same for Greek: a is alpha, y is omega. */
static const char greek[] =
	"**********************a*egi*o*uyiabcdefghijklmnopq*stuvwxyiuaegi"
	"uabcdefghijklmnopqsstuvwxyiuouy*********************************"
	"****h***********";
static const char greek_more[] =
	"aaaaaaaaaaaaaaaaeeeeee**eeeeee**ggggggggggggggggiiiiiiiiiiiiiiii"
	"oooooo**oooooo**uuuuuuuu*u*u*u*uyyyyyyyyyyyyyyyyaaeeggiioouuyy**"
	"aaaaaaaaaaaaaaaaggggggggggggggggyyyyyyyyyyyyyyyyaaaaa*aaaaaaa*i*"
	"**ggg*ggeeggg***iiii**iiiiii****uuuuqquuuuuuq*****yyy*yyooyyy***";

_Static_assert(sizeof(latin) == LATIN_END - LATIN + 1, "a letter is missing");
_Static_assert(sizeof(latin_more) == LATIN_MORE_END - LATIN_MORE + 1, "a letter is missing");
_Static_assert(sizeof(greek) == GREEK_END - GREEK + 1, "a letter is missing");
_Static_assert(sizeof(greek_more) == GREEK_MORE_END - GREEK_MORE + 1, "a letter is missing");

/* What is no letter, in order. */
static const struct range {
	uint16_t from, to;
	uint8_t class;
} ranges[] = {
	{0x80, 0xa9, FOLD_SIGN}, {0xab, 0xac, FOLD_SIGN}, {0xad, 0xad, FOLD_NOTHING},
	{0xae, 0xb3, FOLD_SIGN}, {0xb4, 0xb4, FOLD_APOSTROPHE}, {0xb6, 0xb9, FOLD_SIGN},
	{0xbb, 0xbf, FOLD_SIGN}, {0xd7, 0xd7, FOLD_SIGN}, {0xf7, 0xf7, FOLD_SIGN},
	{0x2b9, 0x2bf, FOLD_APOSTROPHE}, {0x2c2, 0x2c5, FOLD_SIGN},
	{0x2c8, 0x2c8, FOLD_APOSTROPHE}, {0x2d2, 0x2df, FOLD_SIGN},
	{0x2ee, 0x2ee, FOLD_APOSTROPHE}, {0x300, 0x36f, FOLD_NOTHING}, {0x37e, 0x37e, FOLD_SIGN},
	{0x384, 0x385, FOLD_APOSTROPHE}, {0x387, 0x387, FOLD_SIGN}, {0x483, 0x489, FOLD_NOTHING},
	{0x55a, 0x55a, FOLD_APOSTROPHE}, {0x55b, 0x55f, FOLD_SIGN}, {0x589, 0x58a, FOLD_SIGN},
	{0x591, 0x5bd, FOLD_NOTHING}, {0x5be, 0x5be, FOLD_SIGN}, {0x5bf, 0x5bf, FOLD_NOTHING},
	{0x5c0, 0x5c0, FOLD_SIGN}, {0x5c1, 0x5c2, FOLD_NOTHING}, {0x5c3, 0x5c3, FOLD_SIGN},
	{0x5c4, 0x5c5, FOLD_NOTHING}, {0x5c7, 0x5c7, FOLD_NOTHING},
	{0x5f3, 0x5f3, FOLD_APOSTROPHE}, {0x60c, 0x60c, FOLD_SIGN}, {0x610, 0x61a, FOLD_NOTHING},
	{0x61b, 0x61b, FOLD_SIGN}, {0x61c, 0x61c, FOLD_NOTHING}, {0x61f, 0x61f, FOLD_SIGN},
	{0x640, 0x640, FOLD_NOTHING}, {0x64b, 0x65f, FOLD_NOTHING}, {0x66a, 0x66d, FOLD_SIGN},
	{0x670, 0x670, FOLD_NOTHING}, {0x6d6, 0x6dc, FOLD_NOTHING}, {0x6df, 0x6e4, FOLD_NOTHING},
	{0x6e7, 0x6e8, FOLD_NOTHING}, {0x6ea, 0x6ed, FOLD_NOTHING}, {0x93c, 0x93c, FOLD_NOTHING},
	{0x964, 0x965, FOLD_SIGN}, {0x9bc, 0x9bc, FOLD_NOTHING}, {0xa3c, 0xa3c, FOLD_NOTHING},
	{0xb3c, 0xb3c, FOLD_NOTHING}, {0x1680, 0x1680, FOLD_SIGN},
	{0x1ab0, 0x1aff, FOLD_NOTHING}, {0x1dc0, 0x1dff, FOLD_NOTHING},
	{0x1fbd, 0x1fbd, FOLD_APOSTROPHE}, {0x1fbf, 0x1fc1, FOLD_APOSTROPHE},
	{0x1fcd, 0x1fcf, FOLD_APOSTROPHE}, {0x1fdd, 0x1fdf, FOLD_APOSTROPHE},
	{0x1fed, 0x1fef, FOLD_APOSTROPHE}, {0x1ffd, 0x1ffe, FOLD_APOSTROPHE},
	{0x2000, 0x200a, FOLD_SIGN}, {0x200b, 0x200f, FOLD_NOTHING}, {0x2010, 0x2017, FOLD_SIGN},
	{0x2018, 0x201b, FOLD_APOSTROPHE}, {0x201c, 0x2029, FOLD_SIGN},
	{0x202a, 0x202e, FOLD_NOTHING}, {0x202f, 0x2031, FOLD_SIGN},
	{0x2032, 0x2032, FOLD_APOSTROPHE}, {0x2033, 0x2034, FOLD_SIGN},
	{0x2035, 0x2035, FOLD_APOSTROPHE}, {0x2036, 0x205f, FOLD_SIGN},
	{0x2060, 0x206f, FOLD_NOTHING}, {0x20d0, 0x20ff, FOLD_NOTHING},
	{0x2190, 0x2bff, FOLD_SIGN}, {0x3000, 0x3004, FOLD_SIGN}, {0x3008, 0x3020, FOLD_SIGN},
	{0x3030, 0x3030, FOLD_SIGN}, {0x303d, 0x303d, FOLD_SIGN}, {0x3099, 0x309a, FOLD_NOTHING},
	{0x30a0, 0x30a0, FOLD_SIGN}, {0x30fb, 0x30fb, FOLD_SIGN},
	{0xa78b, 0xa78c, FOLD_APOSTROPHE}, {0xfe00, 0xfe0f, FOLD_NOTHING},
	{0xfe10, 0xfe19, FOLD_SIGN}, {0xfe20, 0xfe2f, FOLD_NOTHING}, {0xfe30, 0xfe6f, FOLD_SIGN},
	{0xfeff, 0xfeff, FOLD_NOTHING}, {0xff5f, 0xff65, FOLD_SIGN},
	{0xfff9, 0xfffb, FOLD_NOTHING}, {0xfffd, 0xfffd, FOLD_SIGN},
};

/* What else changes, small letters only, in order. */
static const struct special {
	uint16_t from, to[2];
} specials[] = {
	{0xaa, {'a'}}, {0xb5, {0x3bc}}, {0xba, {'o'}}, {0xc6, {'a', 'e'}}, {0xde, {'t', 'h'}},
	{0xdf, {'s', 's'}}, {0xe6, {'a', 'e'}}, {0xfe, {'t', 'h'}}, {0x132, {'i', 'j'}},
	{0x133, {'i', 'j'}}, {0x152, {'o', 'e'}}, {0x153, {'o', 'e'}}, {0x1c4, {'d', 'z'}},
	{0x1c5, {'d', 'z'}}, {0x1c6, {'d', 'z'}}, {0x1c7, {'l', 'j'}}, {0x1c8, {'l', 'j'}},
	{0x1c9, {'l', 'j'}}, {0x1ca, {'n', 'j'}}, {0x1cb, {'n', 'j'}}, {0x1cc, {'n', 'j'}},
	{0x1e2, {'a', 'e'}}, {0x1e3, {'a', 'e'}}, {0x1f1, {'d', 'z'}}, {0x1f2, {'d', 'z'}},
	{0x1f3, {'d', 'z'}}, {0x1fc, {'a', 'e'}}, {0x1fd, {'a', 'e'}}, {0x253, {'b'}},
	{0x254, {'o'}}, {0x256, {'d'}}, {0x257, {'d'}}, {0x259, {'e'}}, {0x25b, {'e'}},
	{0x260, {'g'}}, {0x263, {'g'}}, {0x268, {'i'}}, {0x269, {'i'}}, {0x272, {'n'}},
	{0x275, {'o'}}, {0x288, {'t'}}, {0x289, {'u'}}, {0x28a, {'u'}}, {0x28b, {'v'}},
	{0x292, {'z'}}, {0x3d0, {0x3b2}}, {0x3d1, {0x3b8}}, {0x3d5, {0x3c6}}, {0x3d6, {0x3c0}},
	{0x3f0, {0x3ba}}, {0x3f1, {0x3c1}}, {0x3f2, {0x3c3}}, {0x439, {0x438}}, {0x450, {0x435}},
	{0x451, {0x435}}, {0x453, {0x433}}, {0x457, {0x456}}, {0x45c, {0x43a}}, {0x45d, {0x438}},
	{0x45e, {0x443}}, {0x477, {0x475}}, {0x4c2, {0x436}}, {0x4d1, {0x430}}, {0x4d3, {0x430}},
	{0x4d7, {0x435}}, {0x4db, {0x4d9}}, {0x4dd, {0x436}}, {0x4df, {0x437}}, {0x4e3, {0x438}},
	{0x4e5, {0x438}}, {0x4e7, {0x43e}}, {0x4eb, {0x4e9}}, {0x4ed, {0x44d}}, {0x4ef, {0x443}},
	{0x4f1, {0x443}}, {0x4f3, {0x443}}, {0x4f5, {0x447}}, {0x4f9, {0x44b}}, {0x622, {0x627}},
	{0x623, {0x627}}, {0x624, {0x648}}, {0x625, {0x627}}, {0x626, {0x64a}}, {0x629, {0x647}},
	{0x649, {0x64a}}, {0x671, {0x627}}, {0x6a9, {0x643}}, {0x6c0, {0x6d5}}, {0x6c2, {0x6c1}},
	{0x6cc, {0x64a}}, {0x6d3, {0x6d2}}, {0x929, {0x928}}, {0x931, {0x930}}, {0x934, {0x933}},
	{0x958, {0x915}}, {0x959, {0x916}}, {0x95a, {0x917}}, {0x95b, {0x91c}}, {0x95c, {0x921}},
	{0x95d, {0x922}}, {0x95e, {0x92b}}, {0x95f, {0x92f}}, {0x9dc, {0x9a1}}, {0x9dd, {0x9a2}},
	{0x9df, {0x9af}}, {0xa33, {0xa32}}, {0xa36, {0xa38}}, {0xa59, {0xa16}}, {0xa5a, {0xa17}},
	{0xa5b, {0xa1c}}, {0xa5e, {0xa2b}}, {0x1e9e, {'s', 's'}}, {0x2126, {0x3c9}},
	{0x212a, {'k'}}, {0x212b, {'a'}}, {0xfb00, {'f', 'f'}}, {0xfb01, {'f', 'i'}},
	{0xfb02, {'f', 'l'}}, {0xfb05, {'s', 't'}}, {0xfb06, {'s', 't'}},
};
/* clang-format on */

static enum fold_class class_of(uint32_t point)
{
	size_t low = 0, high = COUNT(ranges);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (point < ranges[middle].from)
			high = middle;
		else if (point > ranges[middle].to)
			low = middle + 1;
		else
			return (enum fold_class)ranges[middle].class;
	}
	return FOLD_LETTER;
}

static void specially(uint16_t out[static 2])
{
	size_t low = 0, high = COUNT(specials);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (out[0] < specials[middle].from) {
			high = middle;
		} else if (out[0] > specials[middle].from) {
			low = middle + 1;
		} else {
			out[1] = specials[middle].to[1];
			out[0] = specials[middle].to[0];
			return;
		}
	}
}

/* The letter of a table, or 0. */
static uint16_t in_table(uint32_t point)
{
	const uint16_t beta = 0x3b1 - 'a';
	char c = '*';

	if (point >= LATIN && point < LATIN_END)
		c = latin[point - LATIN];
	else if (point >= LATIN_MORE && point < LATIN_MORE_END)
		c = latin_more[point - LATIN_MORE];
	if (c != '*')
		return (uint16_t)c;
	if (point >= GREEK && point < GREEK_END)
		c = greek[point - GREEK];
	else if (point >= GREEK_MORE && point < GREEK_MORE_END)
		c = greek_more[point - GREEK_MORE];
	return c != '*' ? (uint16_t)(c + beta) : 0;
}

/* The small letter of what has capitals and no table. */
static uint32_t small(uint32_t point)
{
	if (point >= ARMENIAN && point < ARMENIAN_END)
		return point + 0x30;
	if (point >= GEORGIAN && point < GEORGIAN_END)
		return point - (GEORGIAN - 0x10d0);
	if (point < CYRILLIC || point >= CYRILLIC_END)
		return point;
	if (point < 0x410)
		return point + 0x50;
	if (point < 0x430)
		return point + 0x20;
	if (point < 0x460 || (point > 0x481 && point < 0x48a))
		return point;
	if (point == 0x4c0)
		return 0x4cf;
	if (point > 0x4c0 && point < 0x4cf)
		return point + (point & 1);
	return point | 1;
}

static enum fold_class fold_ascii(uint32_t point, uint16_t out[static 2])
{
	if (point >= 'A' && point <= 'Z')
		point += 'a' - 'A';
	out[0] = (uint16_t)point;
	if ((point >= 'a' && point <= 'z') || (point >= '0' && point <= '9'))
		return FOLD_LETTER;
	return point == '\'' || point == '`' ? FOLD_APOSTROPHE : FOLD_SIGN;
}

enum fold_class fold_letters(uint32_t point, uint16_t out[static 2])
{
	out[1] = 0;
	if (point >= FULL_WIDTH && point < FULL_WIDTH_END)
		point -= FULL_WIDTH - '!';
	if (point < 0x80)
		return fold_ascii(point, out);
	if (point >= ASTRAL) {
		out[0] = (uint16_t)(0xd800 + ((point - ASTRAL) >> 10));
		out[1] = (uint16_t)(0xdc00 + ((point - ASTRAL) & 0x3ff));
		return FOLD_LETTER;
	}
	enum fold_class class = class_of(point);
	if (class != FOLD_LETTER)
		return class;
	out[0] = in_table(point);
	if (out[0] != 0)
		return FOLD_LETTER;
	out[0] = (uint16_t)small(point);
	specially(out);
	return FOLD_LETTER;
}
