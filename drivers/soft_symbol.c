/* From modules with doubts to a symbol without. */
#include "soft_symbol.h"

#include <math.h>
#include <string.h>

enum {
	ROUND = 4,         /* modules round one that its light is judged by */
	TAPS = 25,         /* of the filter: 5 x 5 */
	WEIGHTS = TAPS + 1 /* and a constant */
};

void soft_init(struct soft *s, const struct qr_layout *layout)
{
	s->layout = layout;
	s->right = 0;
	for (unsigned i = 0; i < layout->side * layout->side; i++)
		s->want[i] = layout->kind[i] == QR_DARK ? 1 : layout->kind[i] == QR_LIGHT ? -1 : 0;
}

/* Middle of dark and light round (x, y), and half their distance. */
static void levels(const float *darkness, unsigned side, unsigned x, unsigned y, float out[2])
{
	unsigned x0 = x < ROUND ? 0 : x - ROUND, x1 = x + ROUND < side ? x + ROUND : side - 1;
	unsigned y0 = y < ROUND ? 0 : y - ROUND, y1 = y + ROUND < side ? y + ROUND : side - 1;
	float middle = 0, n = (float)((x1 - x0 + 1) * (y1 - y0 + 1));

	for (unsigned j = y0; j <= y1; j++)
		for (unsigned i = x0; i <= x1; i++)
			middle += darkness[j * side + i] / n;
	for (unsigned round = 0; round < 2; round++) {
		float sum[2] = {0}, many[2] = {1e-3F, 1e-3F};

		for (unsigned j = y0; j <= y1; j++)
			for (unsigned i = x0; i <= x1; i++) {
				float v = darkness[j * side + i];

				sum[v > middle] += v;
				many[v > middle]++;
			}
		out[1] = (sum[1] / many[1] - sum[0] / many[0]) / 2;
		middle = (sum[1] / many[1] + sum[0] / many[0]) / 2;
	}
	out[0] = middle;
}

void soft_see(struct soft *s, const float *darkness)
{
	unsigned side = s->layout->side;
	float mean = 0, level[2];

	for (unsigned y = 0; y < side; y++)
		for (unsigned x = 0; x < side; x++) {
			levels(darkness, side, x, y, level);
			mean += level[1] / (float)(side * side);
		}
	for (unsigned y = 0; y < side; y++)
		for (unsigned x = 0; x < side; x++) {
			float v = 0;

			/* Where dark and light hardly differ, as in a reflection, all is doubt. */
			levels(darkness, side, x, y, level);
			v = (darkness[y * side + x] - level[0]) /
			    fmaxf(level[1], mean * 0.2F + 0.5F);
			s->module[y * side + x] = fmaxf(-1.5F, fminf(1.5F, v));
		}
}

static void neighbours(const float *module, unsigned side, unsigned at, float out[static WEIGHTS])
{
	int x = (int)(at % side), y = (int)(at / side), n = (int)side;

	for (int k = 0; k < TAPS; k++) {
		int i = x + k % 5 - 2, j = y + k / 5 - 2;

		out[k] = i < 0 || j < 0 || i >= n || j >= n ? -1 : module[j * n + i];
	}
	out[TAPS] = 1;
}

/* Solve the symmetric m w = b by elimination; m is made definite by its caller. */
static void solve(double m[WEIGHTS][WEIGHTS + 1])
{
	for (unsigned i = 0; i < WEIGHTS; i++)
		for (unsigned j = 0; j < WEIGHTS; j++) {
			double f = j == i ? 0 : m[j][i] / m[i][i];

			for (unsigned k = i; f != 0 && k <= WEIGHTS; k++)
				m[j][k] -= f * m[i][k];
		}
	for (unsigned i = 0; i < WEIGHTS; i++)
		m[i][WEIGHTS] /= m[i][i];
}

/* Learn from `told` (known modules, and guesses as far as they are trusted), apply to what was seen. */
static void filter(const struct soft *s, const float *told, float *out)
{
	double m[WEIGHTS][WEIGHTS + 1] = {{0}};
	unsigned side = s->layout->side;
	float row[WEIGHTS];

	for (unsigned at = 0; at < side * side; at++) {
		double trust = fabsf(told[at]);

		if (trust < 0.05)
			continue;
		neighbours(s->module, side, at, row);
		for (unsigned i = 0; i < WEIGHTS; i++) {
			for (unsigned j = 0; j < WEIGHTS; j++)
				m[i][j] += trust * row[i] * row[j];
			m[i][WEIGHTS] += trust * row[i] * (told[at] > 0 ? 1 : -1);
		}
	}
	for (unsigned i = 0; i < WEIGHTS; i++) {
		m[i][i] += 4;
		m[i][WEIGHTS] += i == TAPS / 2 ? 4 : 0;
	}
	solve(m);
	for (unsigned at = 0; at < side * side; at++) {
		double sum = 0;

		neighbours(s->module, side, at, row);
		for (unsigned i = 0; i < WEIGHTS; i++)
			sum += m[i][WEIGHTS] * row[i];
		out[at] = (float)fmax(-1.5, fmin(1.5, sum));
	}
}

void soft_sharpen(struct soft *s)
{
	float *told = s->told, *guess = s->guess;
	unsigned n = s->layout->side * s->layout->side;

	memcpy(guess, s->module, n * sizeof(guess[0]));
	for (unsigned round = 0; round < 4; round++) {
		for (unsigned i = 0; i < n; i++)
			told[i] = s->want[i] != 0 ? s->want[i] * 1.5F
						  : guess[i] * fabsf(guess[i]) * 0.5F;
		filter(s, told, guess);
	}
	memcpy(s->module, guess, n * sizeof(guess[0]));
}

/* The format whose bits agree best with both copies. */
static unsigned best_format(const struct soft *s)
{
	unsigned best = 0;
	float best_sum = -1e9F;

	for (unsigned format = 0; format < QR_FORMATS; format++) {
		unsigned bits = qr_format_bits(format);
		float sum = 0;

		for (unsigned i = 0; i < QR_FORMAT_BITS; i++)
			for (unsigned copy = 0; copy < 2; copy++) {
				float v = s->module[s->layout->format[copy][i]];

				sum += bits >> (QR_FORMAT_BITS - 1 - i) & 1 ? v : -v;
			}
		if (sum > best_sum) {
			best_sum = sum;
			best = format;
		}
	}
	return best;
}

struct word {
	unsigned n, parity;
	uint8_t byte[RS_WORD], order[RS_WORD]; /* order: the most doubtful first */
	unsigned place[RS_WORD];               /* in the symbol */
};

static void read_word(const struct soft *s, unsigned format, const struct qr_blocks *b,
	unsigned block, struct word *w)
{
	const struct qr_layout *l = s->layout;
	float sure[RS_WORD];

	w->n = b->data + (block < b->few ? 0 : 1) + b->parity;
	w->parity = b->parity;
	for (unsigned i = 0; i < w->n; i++) {
		unsigned at = i;

		w->place[i] = qr_codeword_at(b, block, i);
		w->byte[i] = 0;
		sure[i] = 9;
		for (unsigned k = 0; k < 8; k++) {
			unsigned m = l->bit[w->place[i] * 8 + k];
			bool dark = s->module[m] > 0;

			w->byte[i] =
				(uint8_t)(w->byte[i] << 1 |
					  (dark ^ qr_masked(format, m % l->side, m / l->side)));
			sure[i] = fminf(sure[i], fabsf(s->module[m]));
		}
		for (; at > 0 && sure[w->order[at - 1]] > sure[i]; at--)
			w->order[at] = w->order[at - 1];
		w->order[at] = (uint8_t)i;
	}
}

/* Put it right with as few bytes given up as will do. Of the parity some is left to vouch for the
 * answer: two bytes a block, four where there is but one. */
static bool correct(const struct rs_field *f, struct word *w, unsigned guard)
{
	const struct rs_word word = {w->byte, w->n, w->parity};
	size_t wrong = 0;

	for (unsigned gone = 0; gone + guard <= w->parity; gone += 2)
		if (rs_correct(f, &word, w->order, gone, guard, &wrong) == OK)
			return true;
	return false;
}

static void make_known(struct soft *s, unsigned format, const struct word *w)
{
	const struct qr_layout *l = s->layout;

	for (unsigned i = 0; i < w->n * 8; i++) {
		unsigned m = l->bit[w->place[i / 8] * 8 + i % 8];
		bool bit = w->byte[i / 8] >> (7 - i % 8) & 1;

		s->want[m] = bit ^ qr_masked(format, m % l->side, m / l->side) ? 1 : -1;
	}
}

enum err soft_decode(struct soft *s, const struct rs_field *f)
{
	const struct qr_layout *l = s->layout;
	unsigned format = best_format(s), right = 0, bits = qr_format_bits(format);
	struct qr_blocks b = qr_blocks_of(l, format);
	struct word w;

	for (unsigned block = 0; block < b.blocks; block++) {
		read_word(s, format, &b, block, &w);
		if (!correct(f, &w, b.blocks == 1 ? 4 : 2))
			continue;
		make_known(s, format, &w);
		right += w.n;
	}
	s->right = (float)right / (float)l->codewords;
	if (right < l->codewords)
		return ERR_ABSENT;
	for (unsigned i = 0; i < QR_FORMAT_BITS; i++)
		s->want[l->format[0][i]] = s->want[l->format[1][i]] =
			bits >> (QR_FORMAT_BITS - 1 - i) & 1 ? 1 : -1;
	return OK;
}
