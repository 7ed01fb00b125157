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
		size_t texts;
	} said[EYES];
	bool read[EYES];
	unsigned false_reads[EYES];
	double ms[EYES];
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

static void take(void *to, const struct reading *r)
{
	struct eyes *e = to;
	size_t *n = &e->said[e->now].texts;

	if (*n < SYMBOLS && !said(e, e->now, r->text))
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

			if (judge(to, text))
				e->read[which] = true;
			else if (!agreed(e, text))
				e->false_reads[which]++;
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
			e->ms[EYE_FRAME] = ms;
		if (ms > e->ms[EYE_LIVE])
			e->ms[EYE_LIVE] = ms;
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

static void join(struct eyes *e, enum eye to, enum eye more)
{
	e->read[to] |= e->read[more];
	e->false_reads[to] += e->false_reads[more];
	e->ms[to] += e->ms[more];
}

void eyes_look(struct eyes *e, const struct luma *l, eye_judge *judge, void *to, struct scores *s)
{
	memset(e->read, 0, sizeof(e->read));
	memset(e->false_reads, 0, sizeof(e->false_reads));
	memset(e->ms, 0, sizeof(e->ms));
	for (enum eye which = 0; which < EYES; which++) {
		double start = bench_cpu_ns();
		enum err r = look(e, which, l);

		if (r != OK && r != ERR_ABSENT) {
			fprintf(stderr, "bench: %s: %s\n", names[which], err_text(r));
			exit(3);
		}
		if (which != EYE_LIVE && which != EYE_FRAME && which != EYE_UNION)
			e->ms[which] = (bench_cpu_ns() - start) / 1e6;
	}
	judge_all(e, judge, to);
	join(e, EYE_ZBAR_INVERTED, EYE_ZBAR);
	join(e, EYE_UNION, EYE_ZBAR_INVERTED);
	join(e, EYE_UNION, EYE_ZXING);
	e->read[EYE_LIVE] |= e->read[EYE_FRAME];
	e->false_reads[EYE_LIVE] += e->false_reads[EYE_FRAME];
	for (enum eye which = 0; which < EYES; which++) {
		struct scores one = {0};

		one.of[which] =
			(struct score){1, e->read[which], e->false_reads[which], &e->ms[which]};
		scores_add(s, &one);
	}
}

double eyes_ms(const struct eyes *e, enum eye which)
{
	return e->ms[which];
}

bool eyes_read(const struct eyes *e, enum eye which)
{
	return e->read[which];
}

void scores_add(struct scores *to, const struct scores *more)
{
	for (enum eye which = 0; which < EYES; which++) {
		struct score *a = &to->of[which];
		const struct score *b = &more->of[which];
		double *ms = NULL;

		if (b->pictures == 0)
			continue;
		ms = realloc(a->ms, (a->pictures + b->pictures) * sizeof(*ms));
		if (ms == NULL)
			abort();
		memcpy(ms + a->pictures, b->ms, b->pictures * sizeof(*ms));
		*a = (struct score){a->pictures + b->pictures, a->read + b->read,
			a->false_reads + b->false_reads, ms};
	}
}

void scores_done(struct scores *s)
{
	for (enum eye which = 0; which < EYES; which++)
		free(s->of[which].ms);
	*s = (struct scores){0};
}

void scores_print(const char *title, const struct scores *s)
{
	printf("  %-34s %7s %7s %10s %10s\n", title, "read %", "false", "median ms", "p95 ms");
	for (enum eye which = 0; which < EYES; which++) {
		const struct score *a = &s->of[which];

		if (a->pictures == 0)
			continue;
		qsort(a->ms, a->pictures, sizeof(a->ms[0]), bench_order);
		printf("    %-32s %7.1f %7u %10.1f %10.1f\n", names[which],
			100.0 * a->read / a->pictures, a->false_reads, a->ms[a->pictures / 2],
			a->ms[a->pictures * 95 / 100]);
	}
	fflush(stdout);
}
