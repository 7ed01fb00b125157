/* The demo's panel. */
#include "demo.h"

#include "cable.h"
#include "file.h"
#include "seal.h"
#include "stage.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 16 * 1024, LINE = 256 };

static void take_line(struct demo *d, struct span s)
{
	char line[LINE], code[DEMO_CODE];
	int used = 0;

	if (d->n == DEMO_CODES || span_copy_text(s, line, sizeof(line)))
		return;
	if (line[0] == '#' || sscanf(line, "%63s %n", code, &used) != 1)
		return;
	memcpy(d->codes[d->n].code, code, sizeof(code));
	snprintf(d->codes[d->n].label, DEMO_LABEL, "%.*s", DEMO_LABEL - 1, line + used);
	d->n++;
}

static void find_codes(const struct options *options, const char *roster, char out[PATH_MAX])
{
	const char *slash = strrchr(roster, '/');

	if (options->codes)
		snprintf(out, PATH_MAX, "%s", options->codes);
	else
		snprintf(out, PATH_MAX, "%.*sdemo-codes", slash ? (int)(slash - roster + 1) : 0,
			roster);
}

void demo_load(struct demo *d, const struct options *options, const char *roster_path)
{
	char path[PATH_MAX];
	struct file_bytes f;

	d->n = 0;
	d->clock_set = options->has_now;
	find_codes(options, roster_path, path);
	if (file_read(&f, path, FILE_MAX)) {
		if (options->codes)
			log_line(LOG_WARN, "kiosk/demo", "no codes can be read");
		return;
	}
	struct span rest = f.bytes;
	while (rest.n > 0) {
		const uint8_t *end = memchr(rest.p, '\n', rest.n);
		size_t n = end ? (size_t)(end - rest.p) : rest.n;
		take_line(d, span_cut(rest, 0, n));
		rest = span_cut(rest, n + (end != NULL), rest.n - n - (end != NULL));
	}
	file_free(&f);
}

void demo_wipe(struct demo *d)
{
	free(d->page.dots);
	seal_wipe(d, sizeof(*d));
}

enum err demo_scan(const struct demo *d, struct stage *s, unsigned i)
{
	if (i == 0 || i > d->n)
		return ERR_ABSENT;
	stage_scan(s, span_of(d->codes[i - 1].code));
	return OK;
}

enum err demo_cable(const struct demo *d, const struct stage *s)
{
	return d->agent ? cable_set(s->data, !d->plugged) : ERR_ABSENT;
}

bool demo_look(struct demo *d, const struct stage *s)
{
	bool agent = s->has_status, plugged = cable_plugged(s->data);
	bool changed = agent != d->agent || plugged != d->plugged;

	d->agent = agent;
	d->plugged = plugged;
	return changed;
}

void demo_printed(void *arg, const struct bitmap *page)
{
	struct demo *d = arg;
	size_t n = page->stride * page->height;
	uint8_t *dots = malloc(n);

	if (!dots)
		return;
	memcpy(dots, page->dots, n);
	free(d->page.dots);
	d->page = *page;
	d->page.dots = dots;
}

enum { EDGE = 16, ROW = 44, GAP = 8 };

static const struct text_style words = {.size = 15, .size_min = 11, .lines = 3};

static void put_button(
	struct draw *out, struct rect at, const char *name, const char *label, unsigned order)
{
	static const struct text_style small = {
		.size = 18, .size_min = 11, .lines = 1, .down = ALIGN_CENTRE};

	draw_box(out, at, INK_PANEL, 8, INK_LINE, 1);
	draw_text(out, (struct rect){at.x + 12, at.y, at.w - 24, at.h}, INK_TEXT, small,
		span_of(label));
	draw_region(out, at, name, REGION_BUTTON, span_of(label), REGION_READY, order);
}

void demo_view(const struct demo *d, int width, int height, struct draw *out)
{
	char text[DEMO_LABEL + 32], name[32];
	int y = EDGE, inside = width - 2 * EDGE;

	draw_clear(out);
	draw_fill(out, (struct rect){0, 0, width, height}, INK_SHADE, 0);
	draw_text(out, (struct rect){EDGE, y, inside, 48}, INK_TEXT, words,
		span_of("Demo. These play the scanner, as do F1 to F8; a pasted (Ctrl+V) or typed "
			"code and Enter work too."));
	y += 56;
	for (size_t i = 0; i < d->n; i++, y += ROW + GAP) {
		snprintf(text, sizeof(text), "F%zu  %s", i + 1, d->codes[i].label);
		snprintf(name, sizeof(name), "demo-%zu", i + 1);
		put_button(out, (struct rect){EDGE, y, inside, ROW}, name, text, (unsigned)i + 1);
	}
	if (d->agent) {
		put_button(out, (struct rect){EDGE, y, inside, ROW}, "demo-cable",
			d->plugged ? "F9  Pull the network cable" : "F9  Plug the network cable in",
			DEMO_CODES + 1);
		y += ROW + GAP;
	}
	if (d->clock_set) {
		draw_text(out, (struct rect){EDGE, y, inside, 24}, INK_MUTED, words,
			span_of(d->agent ? "The clock was set by --now; the hub has the real one."
					 : "The clock was set by --now."));
		y += 28;
	}
	struct rect rest = {EDGE, y, inside, height - y - EDGE};
	if (d->page.dots && rest.h > ROW)
		draw_picture(out, rest, INK_TEXT, "badge");
}
