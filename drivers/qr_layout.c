/* QR symbols, by ISO/IEC 18004:2015. */
#include "qr_layout.h"

#include <string.h>

/* Table 9: parity bytes of a block, and blocks; L, M, Q, H. */
static const uint8_t parity_of[QR_VERSIONS][4] = {{7, 10, 13, 17}, {10, 16, 22, 28},
	{15, 26, 18, 22}, {20, 18, 26, 16}, {26, 24, 18, 22}, {18, 16, 24, 28}, {20, 18, 18, 26},
	{24, 22, 22, 26}, {30, 22, 20, 24}, {18, 26, 24, 28}, {20, 30, 28, 24}, {24, 22, 26, 28},
	{26, 22, 24, 22}, {30, 24, 20, 24}, {22, 24, 30, 24}, {24, 28, 24, 30}, {28, 28, 28, 28},
	{30, 26, 28, 28}, {28, 26, 26, 26}, {28, 26, 30, 28}, {28, 26, 28, 30}, {28, 28, 30, 24},
	{30, 28, 30, 30}, {30, 28, 30, 30}, {26, 28, 30, 30}, {28, 28, 28, 30}, {30, 28, 30, 30},
	{30, 28, 30, 30}, {30, 28, 30, 30}, {30, 28, 30, 30}, {30, 28, 30, 30}, {30, 28, 30, 30},
	{30, 28, 30, 30}, {30, 28, 30, 30}, {30, 28, 30, 30}, {30, 28, 30, 30}, {30, 28, 30, 30},
	{30, 28, 30, 30}, {30, 28, 30, 30}, {30, 28, 30, 30}};
static const uint8_t blocks_of[QR_VERSIONS][4] = {{1, 1, 1, 1}, {1, 1, 1, 1}, {1, 1, 2, 2},
	{1, 2, 2, 4}, {1, 2, 4, 4}, {2, 4, 4, 4}, {2, 4, 6, 5}, {2, 4, 6, 6}, {2, 5, 8, 8},
	{4, 5, 8, 8}, {4, 5, 8, 11}, {4, 8, 10, 11}, {4, 9, 12, 16}, {4, 9, 16, 16},
	{6, 10, 12, 18}, {6, 10, 17, 16}, {6, 11, 16, 19}, {6, 13, 18, 21}, {7, 14, 21, 25},
	{8, 16, 20, 25}, {8, 17, 23, 25}, {9, 17, 23, 34}, {9, 18, 25, 30}, {10, 20, 27, 32},
	{12, 21, 29, 35}, {12, 23, 34, 37}, {12, 25, 34, 40}, {13, 26, 35, 42}, {14, 28, 38, 45},
	{15, 29, 40, 48}, {16, 31, 43, 51}, {17, 33, 45, 54}, {18, 35, 48, 57}, {19, 37, 51, 60},
	{19, 38, 53, 63}, {20, 40, 56, 66}, {21, 43, 59, 70}, {22, 45, 62, 74}, {24, 47, 65, 77},
	{25, 49, 68, 81}};

enum { FINDER = 7, FORMAT_GENERATOR = 0x537, FORMAT_MASK = 0x5412, VERSION_GENERATOR = 0x1f25 };

static void set(struct qr_layout *l, unsigned x, unsigned y, enum qr_module kind)
{
	if (x < l->side && y < l->side)
		l->kind[y * l->side + x] = (uint8_t)kind;
}

static unsigned apart(unsigned a, unsigned b)
{
	return a > b ? a - b : b - a;
}

/* Squares in squares round (x, y), out to reach modules; light where the distance is 2 or 4 from a
 * finder's middle, 1 from an alignment's. */
static void set_squares(struct qr_layout *l, unsigned x, unsigned y, unsigned reach)
{
	for (unsigned j = y < reach ? 0 : y - reach; j <= y + reach; j++)
		for (unsigned i = x < reach ? 0 : x - reach; i <= x + reach; i++) {
			unsigned far = apart(i, x) > apart(j, y) ? apart(i, x) : apart(j, y);
			bool light = reach == 4 ? far == 2 || far == 4 : far == 1;

			set(l, i, j, light ? QR_LIGHT : QR_DARK);
		}
}

/* Annex E in a formula: the last is 7 from the edge, the others even steps before it, the first 6. */
static void set_alignments(struct qr_layout *l)
{
	unsigned n = l->version / 7 + 2, at[7] = {6}, step = 0;

	if (l->version == 1)
		return;
	step = l->version == 32 ? 26 : (l->version * 4 + n * 2 + 1) / (n * 2 - 2) * 2;
	for (unsigned i = n - 1; i > 0; i--)
		at[i] = l->side - FINDER - (n - 1 - i) * step;
	for (unsigned j = 0; j < n; j++)
		for (unsigned i = 0; i < n; i++)
			if (!(i == 0 && j == 0) && !(i == n - 1 && j == 0) &&
				!(i == 0 && j == n - 1))
				set_squares(l, at[i], at[j], 2);
}

static void set_format(struct qr_layout *l)
{
	unsigned side = l->side;

	for (unsigned i = 0; i < QR_FORMAT_BITS; i++) {
		/* From the top bit on: along row 8 to the corner, then up column 8. */
		unsigned x = i < 6 ? i : i < 8 ? i + 1 : 8;
		unsigned y = i < 8 ? 8 : i == 8 ? 7 : 14 - i;

		l->format[0][i] = (uint16_t)(y * side + x);
		l->format[1][i] = (uint16_t)(i < 7 ? (side - 1 - i) * side + 8
						   : 8 * side + side - QR_FORMAT_BITS + i);
		l->kind[l->format[0][i]] = l->kind[l->format[1][i]] = QR_FORMAT;
	}
	set(l, 8, side - 8, QR_DARK);
}

/* The version is known when a layout is made, so its modules are known too. */
static void set_version(struct qr_layout *l)
{
	uint32_t bits = l->version;

	if (l->version < 7)
		return;
	for (int i = 0; i < 12; i++)
		bits = bits << 1 ^ (bits >> 11 & 1 ? VERSION_GENERATOR : 0);
	bits = l->version << 12 | (bits & 0xfff);
	for (unsigned i = 0; i < 18; i++) {
		enum qr_module kind = bits >> i & 1 ? QR_DARK : QR_LIGHT;

		set(l, l->side - 11 + i % 3, i / 3, kind);
		set(l, i / 3, l->side - 11 + i % 3, kind);
	}
}

/* Pairs of columns from the right, up and down in turn, round the timing column. */
static void set_bits(struct qr_layout *l)
{
	unsigned n = 0, side = l->side;
	bool up = true;

	for (unsigned right = side - 1; right >= 1; right -= 2, up = !up) {
		if (right == FINDER - 1)
			right--;
		for (unsigned i = 0; i < side; i++)
			for (unsigned x = right; x + 1 >= right && x <= right; x--) {
				unsigned at = (up ? side - 1 - i : i) * side + x;

				if (l->kind[at] == QR_DATA && n < QR_CODEWORDS * 8)
					l->bit[n++] = (uint16_t)at;
			}
		if (right == 1)
			break;
	}
	l->codewords = n / 8;
}

void qr_layout_make(struct qr_layout *out, unsigned version)
{
	out->version = version;
	out->side = 17 + 4 * version;
	memset(out->kind, QR_DATA, (size_t)out->side * out->side);
	for (unsigned i = 0; i < out->side; i++) {
		set(out, i, FINDER - 1, i % 2 == 0 ? QR_DARK : QR_LIGHT);
		set(out, FINDER - 1, i, i % 2 == 0 ? QR_DARK : QR_LIGHT);
	}
	set_alignments(out);
	set_squares(out, 3, 3, 4);
	set_squares(out, out->side - 4, 3, 4);
	set_squares(out, 3, out->side - 4, 4);
	set_format(out);
	set_version(out);
	set_bits(out);
}

uint16_t qr_format_bits(unsigned format)
{
	unsigned rest = format;

	for (int i = 0; i < 10; i++)
		rest = rest << 1 ^ (rest >> 9 & 1 ? FORMAT_GENERATOR : 0);
	return (uint16_t)((format << 10 | (rest & 0x3ff)) ^ FORMAT_MASK);
}

bool qr_masked(unsigned format, unsigned x, unsigned y)
{
	switch (format & 7) {
	case 0:
		return (x + y) % 2 == 0;
	case 1:
		return y % 2 == 0;
	case 2:
		return x % 3 == 0;
	case 3:
		return (x + y) % 3 == 0;
	case 4:
		return (x / 3 + y / 2) % 2 == 0;
	case 5:
		return x * y % 2 + x * y % 3 == 0;
	case 6:
		return (x * y % 2 + x * y % 3) % 2 == 0;
	default:
		return ((x + y) % 2 + x * y % 3) % 2 == 0;
	}
}

struct qr_blocks qr_blocks_of(const struct qr_layout *l, unsigned format)
{
	static const uint8_t columns[4] = {1, 0, 3, 2}; /* M, L, H, Q, as the two bits have it */
	unsigned level = columns[format >> 3 & 3];
	struct qr_blocks b = {.blocks = blocks_of[l->version - 1][level],
		.parity = parity_of[l->version - 1][level]};
	unsigned data = l->codewords - b.blocks * b.parity;

	b.data = data / b.blocks;
	b.few = b.blocks - data % b.blocks;
	return b;
}

unsigned qr_codeword_at(const struct qr_blocks *b, unsigned block, unsigned i)
{
	unsigned data = b->data + (block < b->few ? 0 : 1), longer = b->blocks - b->few;

	if (i < b->data)
		return i * b->blocks + block;
	if (i < data)
		return b->data * b->blocks + block - b->few;
	return b->data * b->blocks + longer + (i - data) * b->blocks + block;
}
