/* What our own decoder is shown: greys of any size and stride, and symbols whose every module is the
 * stranger's. It gives texts within bounds, and an answer in time. */
#include "qr_layout.h"
#include "rectify.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum {
	BUDGET_MS = 10,
	SIDE_MOST = 200, /* of a raw picture, pixels */
	VERSIONS = 7,    /* larger symbols take too long to be drawn a million times */
	QUIET = 4,       /* modules round a symbol */
};

static void need(bool holds)
{
	if (!holds)
		abort();
}

static void hangs(int number)
{
	(void)number;
	abort();
}

/* A hang is two seconds of the processor; a sanitizer's code is several times as slow as ours. */
static void bound_time(void)
{
	struct itimerval most = {.it_value = {.tv_sec = 2}};

	need(signal(SIGPROF, hangs) != SIG_ERR && setitimer(ITIMER_PROF, &most, NULL) == 0);
}

static void on_reading(void *to, const struct reading *r)
{
	++*(unsigned *)to;
	need(r->n <= READING_TEXT && r->text[r->n] == '\0' && strcmp(r->path, "rectify") == 0);
}

/* Stripes that nobody read. */
static bool on_stripe(void *to, float x, float y)
{
	(void)to;
	return ((unsigned)x ^ (unsigned)y) & 64;
}

static void read_it(const struct luma *l, bool all)
{
	static struct rectifier *r;
	unsigned readings = 0;

	need(r || rectify_open(&r) == OK);
	bound_time();
	enum err e = rectify_read(r, l, BUDGET_MS, all ? on_stripe : NULL, on_reading, &readings);
	/* Without something known the first symbol ends the search. */
	need(all || readings <= 1);
	need((e == OK) == (readings > 0));
	need(e == OK || e == ERR_ABSENT || e == ERR_FORMAT);
}

/* No byte behind the last pixel is ours: whoever looks there is found out. */
static uint8_t *take(const struct luma *l)
{
	uint8_t *pixels = malloc((size_t)l->stride * (l->height - 1) + l->width);

	need(pixels != NULL);
	memset(pixels, 0, (size_t)l->stride * (l->height - 1) + l->width);
	return pixels;
}

/* The bytes again and again. */
static void raw(struct cursor *c, bool all)
{
	struct luma l = {
		.width = 1 + cursor_u16(c) % SIDE_MOST, .height = 1 + cursor_u16(c) % SIDE_MOST};
	l.stride = l.width + cursor_u8(c) % 16;
	uint8_t *pixels = take(&l);

	for (size_t i = 0; i < (size_t)l.width * l.height && c->rest.n > 0; i++)
		pixels[i / l.width * l.stride + i % l.width] = c->rest.p[i % c->rest.n];
	l.at = pixels;
	read_it(&l, all);
	free(pixels);
}

/* Light or dark: what every such symbol has, and else the stranger's bits. */
static bool is_dark(const struct qr_layout *q, struct span bits, unsigned x, unsigned y)
{
	unsigned at = y * q->side + x;

	if (x >= q->side || y >= q->side)
		return false;
	if (q->kind[at] == QR_LIGHT || q->kind[at] == QR_DARK)
		return q->kind[at] == QR_DARK;
	return at / 8 < bits.n && bits.p[at / 8] >> (at & 7) & 1;
}

static void symbol(struct cursor *c, bool all)
{
	static struct qr_layout q;
	unsigned version = 1 + cursor_u8(c) % VERSIONS, scale = 2 + cursor_u8(c) % 2;
	uint8_t dark = cursor_u8(c), light = cursor_u8(c);
	unsigned lean = cursor_u8(c) % 8; /* a row in so many steps aside */

	qr_layout_make(&q, version);
	unsigned side = (q.side + 2 * QUIET) * scale;
	struct luma l = {.width = side + 32, .height = side, .stride = side + 35};
	uint8_t *pixels = take(&l);
	for (unsigned y = 0; y < side; y++)
		for (unsigned x = 0; x < l.width; x++) {
			unsigned aside = lean > 0 ? y * 32 / side / lean : 0;
			unsigned u = (x - aside) / scale - QUIET, v = y / scale - QUIET;
			pixels[(size_t)y * l.stride + x] =
				x >= aside && is_dark(&q, c->rest, u, v) ? dark : light;
		}
	l.at = pixels;
	read_it(&l, all);
	free(pixels);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct cursor c = cursor_at((struct span){p, n});

	uint8_t how = cursor_u8(&c);

	if (how & 1)
		symbol(&c, how & 2);
	else
		raw(&c, how & 2);
	return 0;
}
