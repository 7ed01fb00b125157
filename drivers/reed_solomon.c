/* Reed-Solomon: syndromes, Berlekamp-Massey begun with the erasures (Blahut), Chien, Forney. */
#include "reed_solomon.h"

#include <string.h>

enum { PRIMITIVE = 0x11d };

/* A polynomial, lowest power first; products of two stay inside. */
struct poly {
	uint8_t at[2 * RS_PARITY + 2];
	size_t degree;
};

void rs_field_make(struct rs_field *f)
{
	uint8_t x = 1;

	f->log[0] = 0;
	for (unsigned i = 0; i < 255; i++) {
		f->exp[i] = f->exp[i + 255] = x;
		f->log[x] = (uint8_t)i;
		x = (uint8_t)(x << 1 ^ (x & 0x80 ? PRIMITIVE : 0));
	}
}

static uint8_t times(const struct rs_field *f, uint8_t a, uint8_t b)
{
	return a == 0 || b == 0 ? 0 : f->exp[f->log[a] + f->log[b]];
}

static uint8_t over(const struct rs_field *f, uint8_t a, uint8_t b)
{
	return a == 0 ? 0 : f->exp[f->log[a] + 255 - f->log[b]];
}

static uint8_t value(const struct rs_field *f, const struct poly *p, uint8_t x)
{
	uint8_t sum = 0;

	for (size_t i = p->degree + 1; i-- > 0;)
		sum = times(f, sum, x) ^ p->at[i];
	return sum;
}

/* The locator of the byte at place i of a word of n: 2^(n-1-i). */
static uint8_t locator(const struct rs_field *f, size_t n, size_t i)
{
	return f->exp[(n - 1 - i) % 255];
}

static bool syndromes(
	const struct rs_field *f, const struct rs_word *w, uint8_t out[static RS_PARITY])
{
	bool any = false;

	for (size_t j = 0; j < w->parity; j++) {
		uint8_t sum = 0;

		for (size_t i = 0; i < w->n; i++)
			sum = times(f, sum, f->exp[j]) ^ w->byte[i];
		out[j] = sum;
		any |= sum != 0;
	}
	return any;
}

/* p times (1 + x * root). */
static void multiply_in(const struct rs_field *f, struct poly *p, uint8_t root)
{
	p->degree++;
	p->at[p->degree] = 0;
	for (size_t i = p->degree; i > 0; i--)
		p->at[i] ^= times(f, p->at[i - 1], root);
}

/* The shortest register that begins with the erasures and makes the syndromes. */
static void massey(const struct rs_field *f, const uint8_t *s, size_t parity, size_t erased_n,
	struct poly *lambda)
{
	struct poly b = *lambda, t;
	size_t length = erased_n;

	for (size_t r = erased_n; r < parity; r++) {
		uint8_t delta = 0;

		for (size_t i = 0; i <= length && i <= r; i++)
			delta ^= times(f, lambda->at[i], s[r - i]);
		memmove(b.at + 1, b.at, sizeof(b.at) - 1);
		b.at[0] = 0;
		if (delta == 0)
			continue;
		t = *lambda;
		for (size_t i = 0; i <= parity; i++)
			t.at[i] ^= times(f, delta, b.at[i]);
		if (2 * length <= r + erased_n) {
			for (size_t i = 0; i <= parity; i++)
				b.at[i] = over(f, lambda->at[i], delta);
			length = r + 1 + erased_n - length;
		}
		*lambda = t;
	}
	lambda->degree = length;
}

/* Chien and Forney: find where lambda vanishes, and add there what makes the syndromes vanish.
 * returns: how many places; their count is lambda's degree unless the word is beyond help. */
static size_t repair(const struct rs_field *f, const struct rs_word *w, const uint8_t *s,
	const struct poly *lambda)
{
	struct poly omega = {.degree = w->parity - 1}, slope = {.degree = lambda->degree};
	size_t found = 0;

	for (size_t i = 0; i < w->parity; i++)
		for (size_t j = 0; j <= i && j <= lambda->degree; j++)
			omega.at[i] ^= times(f, lambda->at[j], s[i - j]);
	for (size_t i = 1; i <= lambda->degree; i += 2)
		slope.at[i - 1] = lambda->at[i];
	for (size_t i = 0; i < w->n; i++) {
		uint8_t x = locator(f, w->n, i), back = over(f, 1, x), steep = 0;

		if (value(f, lambda, back) != 0)
			continue;
		steep = value(f, &slope, back);
		if (steep == 0)
			return 0;
		w->byte[i] ^= times(f, x, over(f, value(f, &omega, back), steep));
		found++;
	}
	return found;
}

enum err rs_correct(const struct rs_field *f, const struct rs_word *w, const uint8_t *erased,
	size_t erased_n, size_t guard, size_t *wrong)
{
	uint8_t s[RS_PARITY], bytes[RS_WORD], again[RS_PARITY];
	struct rs_word fixed = {bytes, w->n, w->parity};
	struct poly lambda = {.at = {1}};
	size_t errors = 0;

	*wrong = 0;
	if (w->n > RS_WORD || w->parity > RS_PARITY || w->parity >= w->n || erased_n > w->n ||
		guard > w->parity)
		return ERR_BUG;
	for (size_t i = 0; i < erased_n; i++)
		if (erased[i] >= w->n)
			return ERR_BUG;
	if (erased_n > w->parity - guard)
		return ERR_FORMAT;
	if (!syndromes(f, w, s))
		return OK;
	for (size_t i = 0; i < erased_n; i++)
		multiply_in(f, &lambda, locator(f, w->n, erased[i]));
	massey(f, s, w->parity, erased_n, &lambda);
	if (lambda.degree < erased_n || lambda.degree > w->parity)
		return ERR_FORMAT;
	errors = lambda.degree - erased_n;
	if (2 * errors + erased_n > w->parity - guard)
		return ERR_FORMAT;
	memcpy(bytes, w->byte, w->n);
	if (repair(f, &fixed, s, &lambda) != lambda.degree || syndromes(f, &fixed, again))
		return ERR_FORMAT;
	memcpy(w->byte, bytes, w->n);
	*wrong = errors;
	return OK;
}
