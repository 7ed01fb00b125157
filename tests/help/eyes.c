/* Decoders side by side. */
#include "eyes.h"

#include "bench.h"
#include "decode.h"
#include "zbar_eye.h"
#include "zxing.h"

#include <stdlib.h>
#include <string.h>

enum { SYMBOLS = 16, PIXELS_MAX = 1280 * 720 };

static const char *const names[EYES] = {
	[EYE_ZBAR] = "zbar",
	[EYE_ZBAR_INVERTED] = "zbar, also inverted",
	[EYE_ZXING] = "zxing",
	[EYE_UNION] = "union of these",
	[EYE_FRAME] = "ours, live, one frame",
	[EYE_LIVE] = "ours, live, up to 15 frames",
	[EYE_OURS] = "ours, no budget",
};

const char *eye_text(enum eye e)
{
	return names[e];
}

struct eyes {
	struct zbar_eye *zbar;
	struct decoder *decoder, *live;
	uint8_t negative[PIXELS_MAX];
	struct {
		char *text[SYMBOLS];
		struct corner middle[SYMBOLS];
		size_t texts;
	} said[EYES];
	struct look *out;
	enum eye now;
};

struct eyes *eyes_open(void)
{
	struct eyes *e = calloc(1, sizeof(*e));

	if (e == NULL || zbar_eye_open(&e->zbar) != OK || decode_open(&e->decoder) != OK ||
		decode_open(&e->live) != OK) {
		fprintf(stderr, "bench: no memory for the decoders\n");
		exit(3);
	}
	return e;
}

void eyes_close(struct eyes *e)
{
	zbar_eye_close(e->zbar);
	decode_close(e->decoder);
	decode_close(e->live);
	free(e);
}

static bool said(const struct eyes *e, enum eye which, const char *text)
{
	for (size_t i = 0; i < e->said[which].texts; i++)
		if (strcmp(e->said[which].text[i], text) == 0)
			return true;
	return false;
}

static struct corner middle(const struct reading *r)
{
	struct corner m = {0};

	for (unsigned i = 0; i < 4; i++) {
		m.x += r->corner[i].x;
		m.y += r->corner[i].y;
	}
	return (struct corner){m.x / 4, m.y / 4};
}

static void take(void *to, const struct reading *r)
{
	struct eyes *e = to;
	size_t *n = &e->said[e->now].texts;

	if (*n == SYMBOLS)
		return;
	e->said[e->now].middle[*n] = middle(r);
	e->said[e->now].text[(*n)++] = strdup(r->text);
}

/* A second code may be in a picture, of which nobody wrote: what both libraries read is no error. */
static bool agreed(const struct eyes *e, const char *text)
{
	return (said(e, EYE_ZBAR, text) || said(e, EYE_ZBAR_INVERTED, text)) &&
	       said(e, EYE_ZXING, text);
}

static void judge_all(struct eyes *e, eye_judge *judge, void *to)
{
	for (enum eye which = 0; which < EYES; which++)
		for (size_t i = 0; i < e->said[which].texts; i++) {
			const char *text = e->said[which].text[i];
			enum verdict v = judge(to, text, e->said[which].middle[i]);

			e->out->read[which] |= v == VERDICT_RIGHT;
			e->out->false_reads[which] += v == VERDICT_FALSE && !agreed(e, text);
		}
	for (enum eye which = 0; which < EYES; which++)
		while (e->said[which].texts > 0)
			free(e->said[which].text[--e->said[which].texts]);
}

static enum err look_live(struct eyes *e, const struct luma *l)
{
	enum err r = ERR_ABSENT;

	for (unsigned frame = 0; frame < EYES_FRAMES && r == ERR_ABSENT; frame++) {
		double start = bench_cpu_ns(), ms = 0;

		e->now = frame == 0 ? EYE_FRAME : EYE_LIVE;
		r = decode_frame(e->live, l, DECODE_BUDGET_MS, take, e);
		ms = (bench_cpu_ns() - start) / 1e6;
		if (frame == 0)
			e->out->ms[EYE_FRAME] = ms;
		if (ms > e->out->ms[EYE_LIVE])
			e->out->ms[EYE_LIVE] = ms;
	}
	return r;
}

static enum err look(struct eyes *e, enum eye which, const struct luma *l)
{
	struct luma negative = {e->negative, l->width, l->height, l->width};

	e->now = which;
	switch (which) {
	case EYE_ZBAR:
		return zbar_eye_read(e->zbar, l, "", take, e);
	case EYE_ZBAR_INVERTED:
		for (size_t i = 0; i < (size_t)l->width * l->height; i++)
			e->negative[i] = 255 - l->at[i];
		return zbar_eye_read(e->zbar, &negative, "", take, e);
	case EYE_ZXING:
		return zxing_read(l, SYMBOLS, "", take, e);
	case EYE_LIVE:
		return look_live(e, l);
	case EYE_OURS:
		return decode_picture(e->decoder, l, 0, take, e);
	case EYE_UNION:
	case EYE_FRAME:
	case EYES:
		break;
	}
	return OK;
}

static void join(struct look *l, enum eye to, enum eye more)
{
	l->read[to] |= l->read[more];
	l->false_reads[to] += l->false_reads[more];
	l->ms[to] += l->ms[more];
}

void eyes_look(struct eyes *e, const struct luma *l, eye_judge *judge, void *to, struct look *out)
{
	*out = (struct look){0};
	e->out = out;
	for (enum eye which = 0; which < EYES; which++) {
		double start = bench_cpu_ns();
		enum err r = look(e, which, l);

		if (r != OK && r != ERR_ABSENT) {
			fprintf(stderr, "bench: %s: %s\n", names[which], err_text(r));
			exit(3);
		}
		if (which != EYE_LIVE && which != EYE_FRAME && which != EYE_UNION)
			out->ms[which] = (bench_cpu_ns() - start) / 1e6;
	}
	judge_all(e, judge, to);
	join(out, EYE_ZBAR_INVERTED, EYE_ZBAR);
	join(out, EYE_UNION, EYE_ZBAR_INVERTED);
	join(out, EYE_UNION, EYE_ZXING);
	out->read[EYE_LIVE] |= out->read[EYE_FRAME];
	out->false_reads[EYE_LIVE] += out->false_reads[EYE_FRAME];
}

void scores_add(struct scores *to, const struct look *more)
{
	struct look *at = realloc(to->at, (to->n + 1) * sizeof(*at));

	if (at == NULL)
		abort();
	to->at = at;
	to->at[to->n++] = *more;
}

void scores_done(struct scores *s)
{
	free(s->at);
	*s = (struct scores){0};
}

unsigned scores_false(const struct scores *s, enum eye which)
{
	unsigned sum = 0;

	for (unsigned i = 0; i < s->n; i++)
		sum += s->at[i].false_reads[which];
	return sum;
}

double scores_read(const struct scores *s, enum eye which)
{
	unsigned sum = 0;

	for (unsigned i = 0; i < s->n; i++)
		sum += s->at[i].read[which];
	return s->n == 0 ? 0 : 100.0 * sum / s->n;
}

/* Median and 95th percentile. */
static void times(const struct scores *s, enum eye which, double out[static 2])
{
	double *ms = calloc(s->n + 1, sizeof(*ms));

	if (ms == NULL)
		abort();
	for (unsigned i = 0; i < s->n; i++)
		ms[i] = s->at[i].ms[which];
	qsort(ms, s->n, sizeof(*ms), bench_order);
	out[0] = ms[s->n / 2];
	out[1] = ms[(size_t)s->n * 95 / 100];
	free(ms);
}

void scores_print(const char *title, const struct scores *s)
{
	printf("  %-44s %7s %7s %10s %10s\n", title, "read %", "false", "median ms", "p95 ms");
	for (enum eye which = 0; which < EYES; which++) {
		double ms[2];

		times(s, which, ms);
		printf("    %-42s %7.1f %7u %10.1f %10.1f\n", names[which], scores_read(s, which),
			scores_false(s, which), ms[0], ms[1]);
	}
}

void scores_print_short(const char *title, const struct scores *s)
{
	double ms[2];

	times(s, EYE_OURS, ms);
	printf("  %-44s %6u %8.1f %8.1f %7u %10.1f %8.1f\n", title, s->n, scores_read(s, EYE_UNION),
		scores_read(s, EYE_OURS), scores_false(s, EYE_LIVE) + scores_false(s, EYE_OURS),
		ms[0], ms[1]);
}
