/* The painter: commands onto pixels and dots, with cairo. */
#include "painter_inside.h"

#include <math.h>
#include <pango/pangofc-fontmap.h>
#include <stdlib.h>
#include <string.h>

static const uint32_t palettes[INK_TRACK][PALETTES] = {
	[INK_GROUND] = {0xf4f6f9, 0x000000},
	[INK_PANEL] = {0xffffff, 0x000000},
	[INK_LINE] = {0xd3d9e2, 0xffffff},
	[INK_TEXT] = {0x13202f, 0xffffff},
	[INK_MUTED] = {0x536072, 0xe8e8e8},
	[INK_ACCENT] = {0x0b4f9e, 0xffe100},
	[INK_ON_ACCENT] = {0xffffff, 0x000000},
	[INK_GOOD] = {0x0f7a3d, 0x66ff99},
	[INK_ON_GOOD] = {0xffffff, 0x000000},
	[INK_WARN] = {0xf5b83d, 0xffb84d},
	[INK_ON_WARN] = {0x2b1d00, 0x000000},
	[INK_BAD] = {0xb3261e, 0xff8f85},
	[INK_ON_BAD] = {0xffffff, 0x000000},
	[INK_SHADE] = {0xe7ecf3, 0x1c1c1c},
	[INK_FOCUS] = {0xd96b00, 0x00e5ff},
};

/* Sixteen hues apart from each other, until the programme brings its own. */
static const uint32_t tracks[16] = {0x2563a8, 0x0f7a6c, 0xb4472e, 0x7a4fa3, 0x96700a, 0x3f7d20,
	0xa33a6a, 0x45618c, 0x00798c, 0x8a5a2b, 0x5b5bd6, 0xc2410c, 0x1b7f5c, 0x9d3f9d, 0x64748b,
	0x3b3b98};

enum err painter_new(struct painter **out)
{
	struct painter *p = calloc(1, sizeof(*p));
	cairo_font_options_t *options = cairo_font_options_create();

	*out = NULL;
	if (p == NULL)
		goto fail;
	p->map = pango_cairo_font_map_new();
	p->context = p->map != NULL ? pango_font_map_create_context(p->map) : NULL;
	if (p->context == NULL)
		goto fail;
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(p->context, options);
	pango_cairo_context_set_resolution(p->context, 96);
	pango_context_set_round_glyph_positions(p->context, FALSE);
	/* Not the environment's: the same list is to give the same pixels under any locale. */
	pango_context_set_language(p->context, pango_language_from_string("en"));
	for (unsigned i = 0; i < COUNT(tracks); i++)
		for (unsigned k = 0; k < 3; k++)
			p->track[i][k] = (uint8_t)(tracks[i] >> (16 - 8 * k));
	cairo_font_options_destroy(options);
	*out = p;
	return OK;
fail:
	cairo_font_options_destroy(options);
	painter_free(p);
	return ERR_IO;
}

void painter_free(struct painter *p)
{
	if (p == NULL)
		return;
	painter_forget(p);
	free(p->canvas);
	if (p->context != NULL)
		g_object_unref(p->context);
	if (p->map != NULL)
		g_object_unref(p->map);
	free(p);
}

void wipe_surface(cairo_surface_t *s)
{
	cairo_surface_flush(s);
	explicit_bzero(
		cairo_image_surface_get_data(s), (size_t)cairo_image_surface_get_stride(s) *
							 (size_t)cairo_image_surface_get_height(s));
	cairo_surface_mark_dirty(s);
}

/* For each font Pango keeps a table of the characters that it was asked for: of whole names, where they
 * are Korean and two characters long. To make the table anew takes milliseconds, so it is left where it
 * only says that there are Latin letters. */
static void forget_characters(struct painter *p)
{
	if (p->rare)
		pango_fc_font_map_cache_clear(PANGO_FC_FONT_MAP(p->map));
	p->rare = false;
}

void painter_forget(struct painter *p)
{
	for (size_t i = 0; i < TEXT_SLOTS; i++)
		if (p->slots[i].key != 0)
			g_object_unref(p->slots[i].fit.layout);
	explicit_bzero(p->slots, sizeof(p->slots));
	if (p->badge != NULL) {
		wipe_surface(p->badge);
		cairo_surface_destroy(p->badge);
		p->badge = NULL;
	}
	view_forget(&p->view);
	if (p->canvas != NULL)
		explicit_bzero(p->canvas, p->canvas_n);
	forget_characters(p);
}

void painter_track(struct painter *p, unsigned i, const uint8_t rgb[3])
{
	if (i < COUNT(p->track))
		memcpy(p->track[i], rgb, 3);
}

enum err painter_badge(struct painter *p, const struct bitmap *dots)
{
	cairo_surface_t *s = NULL;

	if (p->badge != NULL) {
		wipe_surface(p->badge);
		cairo_surface_destroy(p->badge);
		p->badge = NULL;
	}
	if (dots == NULL)
		return OK;
	s = cairo_image_surface_create(CAIRO_FORMAT_A8, (int)dots->width, (int)dots->height);
	if (cairo_surface_status(s) != CAIRO_STATUS_SUCCESS) {
		cairo_surface_destroy(s);
		return ERR_IO;
	}
	uint8_t *grey = cairo_image_surface_get_data(s);
	size_t stride = (size_t)cairo_image_surface_get_stride(s);

	for (size_t y = 0; y < dots->height; y++)
		for (size_t x = 0; x < dots->width; x++)
			if (dots->dots[y * dots->stride + x / 8] & (0x80u >> (x % 8)))
				grey[y * stride + x] = 255;
	cairo_surface_mark_dirty(s);
	p->badge = s;
	return OK;
}

/* One painting: where, with what colours. */
struct brush {
	struct painter *p;
	cairo_t *cr;
	bool paper;
	enum palette palette;
	struct painter_report *report;
	struct rect part; /* what is painted */
};

static bool white_on_paper(uint32_t ink)
{
	return ink == INK_GROUND || ink == INK_PANEL || ink == INK_SHADE || ink == INK_ON_ACCENT ||
	       ink == INK_ON_GOOD || ink == INK_ON_WARN || ink == INK_ON_BAD;
}

static void use_ink(const struct brush *b, uint32_t ink)
{
	if (b->paper) {
		cairo_set_operator(
			b->cr, white_on_paper(ink) ? CAIRO_OPERATOR_DEST_OUT : CAIRO_OPERATOR_OVER);
		cairo_set_source_rgba(b->cr, 0, 0, 0, 1);
		return;
	}
	uint32_t rgb = ink < INK_TRACK ? palettes[ink][b->palette] : 0;

	if (ink >= INK_TRACK && ink < INKS) {
		const uint8_t *t = b->p->track[ink - INK_TRACK];

		rgb = (uint32_t)t[0] << 16 | (uint32_t)t[1] << 8 | t[2];
	}
	cairo_set_source_rgb(
		b->cr, (rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
}

static void round_path(cairo_t *cr, double x, double y, double w, double h, double r)
{
	if (r > w / 2)
		r = w / 2;
	if (r > h / 2)
		r = h / 2;
	if (r <= 0) {
		cairo_rectangle(cr, x, y, w, h);
		return;
	}
	cairo_new_sub_path(cr);
	cairo_arc(cr, x + w - r, y + r, r, -M_PI_2, 0);
	cairo_arc(cr, x + w - r, y + h - r, r, 0, M_PI_2);
	cairo_arc(cr, x + r, y + h - r, r, M_PI_2, M_PI);
	cairo_arc(cr, x + r, y + r, r, M_PI, 3 * M_PI_2);
	cairo_close_path(cr);
}

static bool contains(const struct rect *a, const struct rect *r)
{
	return r->x >= a->x && r->y >= a->y && r->w <= a->w - (r->x - a->x) &&
	       r->h <= a->h - (r->y - a->y);
}

static bool is_whole(const struct brush *b, const struct rect *at)
{
	return contains(&b->part, at) || at->w > INT16_MAX || at->h > INT16_MAX;
}

static bool touches(const struct rect *a, const struct rect *r, int32_t more)
{
	return a->x - more < r->x + r->w && r->x < a->x + a->w + more &&
	       a->y - more < r->y + r->h && r->y < a->y + a->h + more;
}

/* Is it filled to its corners, or might as well be because what is painted leaves them alone? */
static bool fills_box(const struct brush *b, const struct draw_command *c)
{
	const struct rect *at = &c->at;
	int32_t radius = (int32_t)c->radius;
	int32_t right = at->x + at->w - radius, bottom = at->y + at->h - radius;
	const struct rect corners[] = {{at->x, at->y, radius, radius},
		{right, at->y, radius, radius}, {at->x, bottom, radius, radius},
		{right, bottom, radius, radius}};

	if (c->ink == INK_NONE)
		return false;
	for (size_t i = 0; i < COUNT(corners) && radius > 0; i++)
		if (touches(&corners[i], &b->part, 0))
			return false;
	return true;
}

/* Where a curve is to be drawn: cairo gives a clipped curve another edge, so what is painted in part
 * is drawn whole into a mask. */
static cairo_t *curve_begin(const struct brush *b, const struct rect *at)
{
	if (is_whole(b, at))
		return cairo_reference(b->cr);
	cairo_surface_t *mask = cairo_image_surface_create(CAIRO_FORMAT_A8, at->w, at->h);
	cairo_t *cr = cairo_create(mask);

	cairo_surface_destroy(mask);
	cairo_translate(cr, -at->x, -at->y);
	return cr;
}

static void curve_end(const struct brush *b, const struct rect *at, cairo_t *cr)
{
	if (cr != b->cr)
		cairo_mask_surface(b->cr, cairo_get_target(cr), at->x, at->y);
	cairo_destroy(cr);
}

static void paint_fill(const struct brush *b, const struct draw_command *c)
{
	double x = c->at.x, y = c->at.y, w = c->at.w, h = c->at.h, line = c->border;
	cairo_t *cr = NULL;

	if (fills_box(b, c)) {
		use_ink(b, c->ink);
		cairo_rectangle(b->cr, x, y, w, h);
		cairo_fill(b->cr);
	} else if (c->ink != INK_NONE) {
		use_ink(b, c->ink);
		cr = curve_begin(b, &c->at);
		round_path(cr, x, y, w, h, c->radius);
		cairo_fill(cr);
		curve_end(b, &c->at, cr);
	}
	if (c->border == 0 || c->edge == INK_NONE)
		return;
	use_ink(b, c->edge);
	cr = curve_begin(b, &c->at);
	if (2 * line >= fmin(w, h)) {
		/* An outline thicker than its box is the box: a stroke would leave it. */
		round_path(cr, x, y, w, h, c->radius);
		cairo_fill(cr);
	} else {
		round_path(
			cr, x + line / 2, y + line / 2, w - line, h - line, c->radius - line / 2);
		cairo_set_line_width(cr, line);
		cairo_stroke(cr);
	}
	curve_end(b, &c->at, cr);
}

static void note_overflow(const struct brush *b, const struct draw_command *c)
{
	b->report->overflow++;
	b->report->worst = c->at;
}

static void paint_text(const struct brush *b, const struct draw *d, const struct draw_command *c)
{
	struct span text = draw_text_of(d, c);
	const struct fitted *f = NULL;

	if (text.n == 0)
		return;
	f = painter_fit(b->p, text, &c->style, c->at.w, c->at.h);
	if (f == NULL) {
		b->report->unknown++;
		return;
	}
	if (!f->fits)
		note_overflow(b, c);
	b->report->unknown += f->unknown;
	use_ink(b, c->ink);
	cairo_rectangle(b->cr, c->at.x - TEXT_OUTSIDE, c->at.y - TEXT_OUTSIDE,
		c->at.w + 2 * TEXT_OUTSIDE, c->at.h + 2 * TEXT_OUTSIDE);
	cairo_clip(b->cr);
	cairo_translate(b->cr, c->at.x + f->left, c->at.y + f->down);
	cairo_scale(b->cr, (double)f->size / TEXT_REFERENCE, (double)f->size / TEXT_REFERENCE);
	cairo_move_to(b->cr, 0, 0);
	pango_cairo_show_layout(b->cr, f->layout);
}

/* The guest's badge as it will print, on white whatever the palette. */
static void paint_badge(const struct brush *b, const struct draw_command *c)
{
	double w = cairo_image_surface_get_width(b->p->badge);
	double h = cairo_image_surface_get_height(b->p->badge);
	double scale = fmin(c->at.w / w, c->at.h / h);
	cairo_pattern_t *dots = cairo_pattern_create_for_surface(b->p->badge);

	cairo_pattern_set_filter(dots, CAIRO_FILTER_GOOD);
	cairo_translate(b->cr, c->at.x + floor((c->at.w - w * scale) / 2),
		c->at.y + floor((c->at.h - h * scale) / 2));
	cairo_scale(b->cr, scale, scale);
	cairo_rectangle(b->cr, 0, 0, w, h);
	cairo_clip(b->cr);
	if (!b->paper) {
		cairo_set_source_rgb(b->cr, 1, 1, 1);
		cairo_paint(b->cr);
	}
	cairo_set_source_rgb(b->cr, 0, 0, 0);
	cairo_mask(b->cr, dots);
	cairo_pattern_destroy(dots);
}

static bool is_view(const struct draw *d, const struct draw_command *c)
{
	return c->op == DRAW_PICTURE && span_equal(draw_text_of(d, c), span_of("viewfinder"));
}

static void paint_view(const struct brush *b, const struct draw_command *c)
{
	cairo_surface_t *shown = view_shown(&b->p->view, c->at.w, c->at.h);

	if (shown == NULL)
		return;
	cairo_set_source_surface(b->cr, shown, c->at.x, c->at.y);
	cairo_pattern_set_filter(cairo_get_source(b->cr), CAIRO_FILTER_NEAREST);
	cairo_paint(b->cr);
}

static void paint_picture(const struct brush *b, const struct draw *d, const struct draw_command *c)
{
	int32_t side = c->at.w < c->at.h ? c->at.w : c->at.h;
	struct span name = draw_text_of(d, c);
	cairo_t *cr = NULL;

	cairo_rectangle(b->cr, c->at.x, c->at.y, c->at.w, c->at.h);
	cairo_clip(b->cr);
	if (b->p->badge != NULL && span_equal(name, span_of("badge"))) {
		paint_badge(b, c);
		return;
	}
	if (is_view(d, c)) {
		paint_view(b, c);
		return;
	}
	if (!picture_known(name)) {
		b->report->unknown++;
		return;
	}
	use_ink(b, c->ink);
	cr = curve_begin(b, &c->at);
	cairo_save(cr);
	cairo_translate(cr, c->at.x + (c->at.w - side) / 2, c->at.y + (c->at.h - side) / 2);
	cairo_scale(cr, side / 24.0, side / 24.0);
	picture_draw(cr, name);
	cairo_restore(cr);
	curve_end(b, &c->at, cr);
}

static void add_modules(cairo_t *cr, const struct symbol *s, int32_t x0, int32_t y0, int32_t scale)
{
	for (unsigned y = 0; y < s->side; y++)
		for (unsigned x = 0; x < s->side;) {
			unsigned from = x;

			while (symbol_dark(s, x, y))
				x++;
			if (x > from)
				cairo_rectangle(cr, x0 + (int32_t)from * scale,
					y0 + (int32_t)y * scale, (int32_t)(x - from) * scale,
					scale);
			else
				x++;
		}
}

/* White under black, whatever the palette: a scanner reads it. */
static void paint_code(const struct brush *b, const struct draw *d, const struct draw_command *c)
{
	int32_t side = c->at.w < c->at.h ? c->at.w : c->at.h;
	struct symbol s;
	int32_t scale = 0, whole = 0, x = 0, y = 0;

	if (side > 0 && symbol_make(&s, draw_text_of(d, c)) == OK)
		scale = (int32_t)symbol_scale(&s, (uint32_t)side);
	if (scale == 0) {
		note_overflow(b, c);
		return;
	}
	whole = ((int32_t)s.side + 2 * SYMBOL_QUIET) * scale;
	x = c->at.x + (c->at.w - whole) / 2;
	y = c->at.y + (c->at.h - whole) / 2;
	cairo_set_antialias(b->cr, CAIRO_ANTIALIAS_NONE);
	cairo_rectangle(b->cr, x, y, whole, whole);
	cairo_set_source_rgb(b->cr, 1, 1, 1);
	cairo_set_operator(b->cr, b->paper ? CAIRO_OPERATOR_DEST_OUT : CAIRO_OPERATOR_OVER);
	cairo_fill(b->cr);
	cairo_set_operator(b->cr, CAIRO_OPERATOR_OVER);
	cairo_set_source_rgb(b->cr, 0, 0, 0);
	add_modules(b->cr, &s, x + SYMBOL_QUIET * scale, y + SYMBOL_QUIET * scale, scale);
	cairo_fill(b->cr);
	explicit_bzero(&s, sizeof(s));
}

static void paint(const struct brush *b, const struct draw *d, const struct draw_command *c)
{
	if (c->op == DRAW_REGION || c->at.w <= 0 || c->at.h <= 0 ||
		(c->ink == INK_NONE && c->op != DRAW_CODE && c->border == 0))
		return;
	cairo_save(b->cr);
	if (c->op == DRAW_FILL)
		paint_fill(b, c);
	else if (c->op == DRAW_TEXT)
		paint_text(b, d, c);
	else if (c->op == DRAW_PICTURE)
		paint_picture(b, d, c);
	else
		paint_code(b, d, c);
	cairo_restore(b->cr);
}

/* The last command that hides all before it in the part that is painted; n: none does. A live
 * picture changes many times a second: what lies under it is not painted for nothing. */
static size_t hides_all(const struct brush *b, const struct draw *d)
{
	for (size_t i = d->n; i-- > 0 && !b->paper;) {
		const struct draw_command *c = &d->commands[i];
		bool opaque = c->op == DRAW_FILL && fills_box(b, c);

		if (contains(&c->at, &b->part) &&
			(opaque || (is_view(d, c) && view_shown(&b->p->view, c->at.w, c->at.h))))
			return i;
	}
	return d->n;
}

static void paint_part(const struct brush *b, const struct draw *d)
{
	size_t first = hides_all(b, d);

	cairo_save(b->cr);
	cairo_rectangle(b->cr, b->part.x, b->part.y, b->part.w, b->part.h);
	cairo_clip(b->cr);
	if (first == d->n && !b->paper) {
		use_ink(b, INK_GROUND);
		cairo_paint(b->cr);
	}
	for (size_t i = first < d->n ? first : 0; i < d->n; i++)
		if (touches(&d->commands[i].at, &b->part, TEXT_OUTSIDE))
			paint(b, d, &d->commands[i]);
	cairo_restore(b->cr);
}

/* Paint onto surface, which is let go. */
static enum err paint_all(struct brush *b, cairo_surface_t *surface, const struct draw *d,
	const struct rect *damage, size_t n)
{
	struct painter_report nobody = {0};
	struct rect all = {0, 0, cairo_image_surface_get_width(surface),
		cairo_image_surface_get_height(surface)};
	enum err e = OK;

	b->cr = cairo_create(surface);
	if (b->report == NULL)
		b->report = &nobody; /* cppcheck-suppress autoVariables */
	for (size_t i = 0; i < (n > 0 ? n : 1); i++) {
		b->part = n > 0 ? damage[i] : all;
		paint_part(b, d);
	}
	cairo_surface_flush(surface);
	e = cairo_status(b->cr) == CAIRO_STATUS_SUCCESS ? OK : ERR_IO;
	cairo_destroy(b->cr);
	cairo_surface_destroy(surface);
	if (b->report == &nobody)
		b->report = NULL;
	return e;
}

enum err painter_glass(struct painter *p, const struct glass *g, const struct draw *d,
	const struct rect *damage, size_t n, struct painter_report *report)
{
	struct brush b = {.p = p, .palette = g->palette, .report = report};

	if (g->pixels == NULL || g->width <= 0 || g->height <= 0 || g->stride > INT32_MAX ||
		(unsigned)g->palette >= PALETTES)
		return ERR_FORMAT;
	cairo_surface_t *s = cairo_image_surface_create_for_data(
		(uint8_t *)g->pixels, CAIRO_FORMAT_RGB24, g->width, g->height, (int)g->stride);

	if (cairo_surface_status(s) != CAIRO_STATUS_SUCCESS) {
		enum err e =
			cairo_surface_status(s) == CAIRO_STATUS_NO_MEMORY ? ERR_IO : ERR_FORMAT;

		cairo_surface_destroy(s);
		return e;
	}
	return paint_all(&b, s, d, damage, n);
}

enum err painter_grey(struct painter *p, const struct draw *d, const struct canvas *c,
	struct painter_report *report)
{
	struct brush b = {.p = p, .paper = true, .report = report};
	cairo_surface_t *s = cairo_image_surface_create_for_data(
		c->grey, CAIRO_FORMAT_A8, (int)c->width, (int)c->height, (int)c->stride);

	if (cairo_surface_status(s) != CAIRO_STATUS_SUCCESS) {
		cairo_surface_destroy(s);
		return ERR_IO;
	}
	return paint_all(&b, s, d, NULL, 0);
}

enum err painter_measure(struct painter *p, const struct draw *d, const struct draw_command *c,
	struct painter_fit *out)
{
	const struct fitted *f = NULL;

	memset(out, 0, sizeof(*out));
	if (c->op != DRAW_TEXT)
		return ERR_ABSENT;
	f = painter_fit(p, draw_text_of(d, c), &c->style, c->at.w, c->at.h);
	if (f == NULL)
		return ERR_FULL;
	out->size = f->size;
	out->lines = f->lines;
	out->ink = (struct rect){c->at.x + (int32_t)floor(f->x), c->at.y + (int32_t)floor(f->y),
		(int32_t)ceil(f->w), (int32_t)ceil(f->h)};
	return f->fits ? OK : ERR_FULL;
}
