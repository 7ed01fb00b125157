/* Blur, smear and light undone by a model of them: what is seen = offset + gain * (a 5 x 5 mix of
 * modules), offset and gain from each module's surroundings, the mix the same all over the symbol. */
#include "soft_symbol.h"

#include <math.h>
#include <string.h>

enum {
	REACH = 2, /* of the mix: modules */
	WIDE = 2 * REACH + 1,
	TAPS = WIDE * WIDE,
	ROUND = 4,  /* of light: modules */
	ROUNDS = 5, /* of light, mix and modules in turn */
	SWEEPS = 8, /* over all modules */
};

struct model {
	struct soft *s;
	unsigned side;
	float mix[TAPS];
	float power; /* of the mix: the sum of its squares */
};

/* Outside of the symbol all is light. */
static float bit_at(const struct model *m, int x, int y)
{
	int n = (int)m->side;

	return x < 0 || y < 0 || x >= n || y >= n ? -1 : m->s->guess[y * n + x];
}

static float mixed(const struct model *m, int x, int y)
{
	float sum = 0;

	for (int k = 0; k < TAPS; k++)
		sum += m->mix[k] * bit_at(m, x + k % WIDE - REACH, y + k / WIDE - REACH);
	return sum;
}

/* Offset and gain round (x, y): the line through what is seen over what is mixed. */
static void light(
	const struct model *m, const float *darkness, const float *mix, unsigned at, float out[2])
{
	int n = (int)m->side, x = (int)at % n, y = (int)at / n;
	float sum[5] = {0};

	for (int j = y < ROUND ? 0 : y - ROUND; j <= y + ROUND && j < n; j++)
		for (int i = x < ROUND ? 0 : x - ROUND; i <= x + ROUND && i < n; i++) {
			float a = mix[j * n + i], b = darkness[j * n + i];

			sum[0]++;
			sum[1] += a;
			sum[2] += b;
			sum[3] += a * a;
			sum[4] += a * b;
		}
	out[1] = (sum[4] - sum[1] * sum[2] / sum[0]) /
		 (sum[3] - sum[1] * sum[1] / sum[0] + 0.05F * sum[0]);
	out[0] = (sum[2] - out[1] * sum[1]) / sum[0];
}

/* module: what is seen in units of the mix. trust: 0 where dark and light hardly differ, up to 1. */
static void fit_light(struct model *m, const float *darkness)
{
	struct soft *s = m->s;
	unsigned n = m->side * m->side;
	float *mix = s->told, mean = 0, line[2];

	for (unsigned i = 0; i < n; i++)
		mix[i] = mixed(m, (int)(i % m->side), (int)(i / m->side));
	for (unsigned i = 0; i < n; i++) {
		light(m, darkness, mix, i, line);
		s->rest[i] = line[0];
		s->trust[i] = line[1];
		mean += fmaxf(line[1], 0) / (float)n;
	}
	for (unsigned i = 0; i < n; i++) {
		float gain = fmaxf(s->trust[i], 0.25F * mean + 0.1F);

		s->module[i] = fmaxf(-3, fminf(3, (darkness[i] - s->rest[i]) / gain));
		s->trust[i] = fmaxf(0.02F, fminf(1, s->trust[i] / (mean + 0.1F)));
		s->trust[i] *= s->trust[i];
	}
}

static void solve(double m[TAPS + 1][TAPS + 2])
{
	for (unsigned i = 0; i <= TAPS; i++)
		for (unsigned j = 0; j <= TAPS; j++) {
			double f = j == i ? 0 : m[j][i] / m[i][i];

			for (unsigned k = i; f != 0 && k < TAPS + 2; k++)
				m[j][k] -= f * m[i][k];
		}
}

/* The mix that makes of the guess what is seen. First only from modules whose neighbours are known. */
static void fit_mix(struct model *m, bool known_only)
{
	double e[TAPS + 1][TAPS + 2] = {{0}};
	int n = (int)m->side;
	float row[TAPS + 1];

	for (int at = 0; at < n * n; at++) {
		bool known = true;

		for (int k = 0; k < TAPS; k++) {
			int x = at % n + k % WIDE - REACH, y = at / n + k / WIDE - REACH;

			row[k] = bit_at(m, x, y);
			known &= x < 0 || y < 0 || x >= n || y >= n || m->s->want[y * n + x] != 0;
		}
		row[TAPS] = 1;
		if (known_only && !known)
			continue;
		for (unsigned i = 0; i <= TAPS; i++) {
			for (unsigned j = 0; j <= TAPS; j++)
				e[i][j] += m->s->trust[at] * row[i] * row[j];
			e[i][TAPS + 1] += m->s->trust[at] * row[i] * m->s->module[at];
		}
	}
	for (unsigned i = 0; i <= TAPS; i++)
		e[i][i] += 1;
	e[TAPS / 2][TAPS + 1] += 0.5;
	solve(e);
	m->power = 0;
	for (unsigned i = 0; i < TAPS; i++) {
		m->mix[i] = (float)(e[i][TAPS + 1] / e[i][i]);
		m->power += m->mix[i] * m->mix[i];
	}
	for (int at = 0; at < n * n; at++)
		m->s->rest[at] = m->s->module[at] - (float)(e[TAPS][TAPS + 1] / e[TAPS][TAPS]) -
				 mixed(m, at % n, at / n);
}

/* How much worse the picture is explained when module at is turned round. */
static float cost(const struct model *m, int at)
{
	int n = (int)m->side, x = at % n, y = at / n;
	float sum = 0, turn = -2 * m->s->guess[at];

	for (int k = 0; k < TAPS; k++) {
		int i = x - (k % WIDE - REACH), j = y - (k / WIDE - REACH);
		float change = turn * m->mix[k];

		if (i >= 0 && j >= 0 && i < n && j < n)
			sum += m->s->trust[j * n + i] * change *
			       (change - 2 * m->s->rest[j * n + i]);
	}
	return sum;
}

static void turn_round(struct model *m, int at)
{
	int n = (int)m->side, x = at % n, y = at / n;
	float turn = -2 * m->s->guess[at];

	for (int k = 0; k < TAPS; k++) {
		int i = x - (k % WIDE - REACH), j = y - (k / WIDE - REACH);

		if (i >= 0 && j >= 0 && i < n && j < n)
			m->s->rest[j * n + i] -= turn * m->mix[k];
	}
	m->s->guess[at] = -m->s->guess[at];
}

/* Turn modules, alone and in pairs, while that explains the picture better. doubt: the least cost of
 * a turn that module takes part in. */
static unsigned sweep(struct model *m, float *doubt)
{
	int n = (int)m->side;
	unsigned turned = 0;

	for (int at = 0; at < n * n; at++) {
		const int beside[4] = {1, n, n + 1, n - 1};
		float alone = 0;

		if (m->s->want[at] != 0)
			continue;
		alone = cost(m, at);
		if (alone < 0) {
			turn_round(m, at);
			turned++;
			alone = -alone;
		}
		doubt[at] = fminf(doubt[at], alone);
		for (unsigned k = 0; k < 4 && alone < 2 * m->power; k++) {
			int other = at + beside[k];
			float both = 0;

			if (other >= n * n || m->s->want[other] != 0)
				continue;
			turn_round(m, at);
			both = alone + cost(m, other);
			if (both < 0) {
				turn_round(m, other);
				turned++;
				alone = cost(m, at);
				both = -both;
			} else {
				turn_round(m, at);
			}
			doubt[at] = fminf(doubt[at], both);
			doubt[other] = fminf(doubt[other], both);
		}
	}
	return turned;
}

void soft_explain(struct soft *s, const float *darkness)
{
	struct model m = {.s = s, .side = s->layout->side};
	unsigned n = m.side * m.side;
	float *doubt = s->told;

	for (unsigned i = 0; i < n; i++)
		s->guess[i] = s->want[i] != 0 ? s->want[i] : s->module[i] > 0 ? 1 : -1;
	m.mix[TAPS / 2] = 0.6F;
	m.mix[TAPS / 2 - 1] = m.mix[TAPS / 2 + 1] = m.mix[TAPS / 2 - WIDE] =
		m.mix[TAPS / 2 + WIDE] = 0.1F;
	for (unsigned round = 0; round < ROUNDS; round++) {
		fit_light(&m, darkness);
		fit_mix(&m, round == 0);
		for (unsigned k = 0; k < SWEEPS; k++) {
			for (unsigned i = 0; i < n; i++)
				doubt[i] = 9;
			if (sweep(&m, doubt) == 0)
				break;
		}
	}
	for (unsigned i = 0; i < n; i++)
		s->module[i] =
			s->guess[i] * fminf(1, s->want[i] != 0 ? 1 : doubt[i] / (4 * m.power));
}
