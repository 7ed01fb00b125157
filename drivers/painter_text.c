/* Texts: shaped once, wrapped at words and made smaller until they fit. */
#include "painter_inside.h"

#include <math.h>
#include <string.h>

/* Never 0. A collision is caught by comparing the text itself. */
static uint64_t hash(struct span s)
{
	return span_hash(s) | 1;
}

static bool is_slot(const struct text_slot *slot, uint64_t key, struct span text)
{
	const char *kept = slot->key == key ? pango_layout_get_text(slot->fit.layout) : NULL;

	return kept != NULL && strlen(kept) == text.n && memcmp(kept, text.p, text.n) == 0;
}

static PangoWeight weight_of(unsigned weight)
{
	return weight >= 7   ? PANGO_WEIGHT_BOLD
	       : weight >= 6 ? PANGO_WEIGHT_SEMIBOLD
			     : PANGO_WEIGHT_NORMAL;
}

static void set_font(PangoLayout *layout, unsigned weight)
{
	PangoFontDescription *font =
		pango_font_description_from_string("Noto Sans,Noto Sans CJK SC");

	pango_font_description_set_weight(font, weight_of(weight));
	pango_font_description_set_absolute_size(font, (double)TEXT_REFERENCE * PANGO_SCALE);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
}

/* Any of U+0370 and above. */
static bool is_rare(struct span text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] >= 0xcd)
			return true;
	return false;
}

static PangoLayout *layout_new(struct painter *p, struct span text, const struct text_style *style)
{
	static const PangoAlignment across[] = {
		PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT};
	PangoLayout *layout = pango_layout_new(p->context);

	if (layout == NULL)
		return NULL;
	set_font(layout, style->weight);
	pango_layout_set_text(layout, (const char *)text.p, (int)text.n);
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
	if (style->across < COUNT(across))
		pango_layout_set_alignment(layout, across[style->across]);
	if (style->spacing > 0 && style->spacing != 100)
		pango_layout_set_line_spacing(layout, (float)style->spacing / 100.0f);
	return layout;
}

/* Lay out for size and say whether that fits; f is filled either way. */
static bool try_size(
	struct fitted *f, const struct text_style *style, int32_t w, int32_t h, unsigned size)
{
	double scale = (double)size / TEXT_REFERENCE, unit = scale / PANGO_SCALE;
	PangoRectangle ink, logical;
	double free_h = 0;

	pango_layout_set_width(f->layout, (int)((double)w / scale * PANGO_SCALE));
	pango_layout_get_extents(f->layout, &ink, &logical);
	f->size = size;
	f->lines = (unsigned)pango_layout_get_line_count(f->layout);
	free_h = (double)h - logical.height * unit;
	f->down = style->down == ALIGN_CENTRE ? free_h / 2 : style->down == ALIGN_END ? free_h : 0;
	f->down = floor(f->down - logical.y * unit);
	f->x = ink.x * unit;
	/* A font's own line may be higher than the box where its ink is not: the ink decides. */
	f->h = ink.height * unit;
	f->y = ink.y * unit + f->down;
	if (f->y < 0)
		f->down -= floor(f->y);
	else if (f->y + f->h > h)
		f->down -= ceil(fmin(f->y + f->h - h, f->y));
	f->y = ink.y * unit + f->down;
	f->w = ink.width * unit;
	/* A J or a j may reach out of its line's start: it is moved in. */
	f->left = f->x < 0 ? -f->x : f->x + f->w > (double)w ? fmax((double)w - f->w, 0) - f->x : 0;
	f->x += f->left;
	f->fits = (style->lines == 0 || f->lines <= style->lines) &&
		  logical.width * unit <= (double)w + 0.5 && f->x >= -0.5 &&
		  f->x + f->w <= (double)w + 0.5 && f->y >= -0.5 && f->y + f->h <= (double)h + 0.5;
	return f->fits;
}

/* The largest size below style->size that fits; size_min is known to fit. */
static void search(struct fitted *f, const struct text_style *style, int32_t w, int32_t h)
{
	unsigned low = style->size_min, high = style->size;

	while (high - low > 1) {
		unsigned middle = low + (high - low) / 2;

		if (try_size(f, style, w, h, middle))
			low = middle;
		else
			high = middle;
	}
	if (f->size != low)
		(void)try_size(f, style, w, h, low);
}

/* One line scales: what is too wide by a third is right at three quarters. */
static bool jump(struct fitted *f, const struct text_style *style, int32_t w, int32_t h)
{
	PangoRectangle logical;
	double wide = 0;

	if (style->lines != 1)
		return false;
	pango_layout_set_width(f->layout, -1);
	pango_layout_get_extents(f->layout, NULL, &logical);
	wide = (double)logical.width / PANGO_SCALE / TEXT_REFERENCE;
	if (wide <= 0)
		return false;
	double size = floor((double)w / wide);

	if (size < style->size_min || size >= style->size)
		return false;
	return try_size(f, style, w, h, (unsigned)size) ||
	       ((unsigned)size > style->size_min && try_size(f, style, w, h, (unsigned)size - 1));
}

static void fit(struct fitted *f, const struct text_style *style, int32_t w, int32_t h)
{
	if (try_size(f, style, w, h, style->size) || jump(f, style, w, h))
		return;
	if (style->size_min < style->size && try_size(f, style, w, h, style->size_min)) {
		search(f, style, w, h);
		return;
	}
	/* A word wider than the box is broken rather than cut. */
	pango_layout_set_wrap(f->layout, PANGO_WRAP_WORD_CHAR);
	f->broken = true;
	(void)try_size(f, style, w, h, style->size_min);
}

static struct text_slot *oldest(struct painter *p)
{
	struct text_slot *slot = p->slots;

	for (size_t i = 1; i < TEXT_SLOTS && slot->key != 0; i++)
		if (p->slots[i].key == 0 || p->slots[i].used < slot->used)
			slot = &p->slots[i];
	return slot;
}

static struct text_slot *find(struct painter *p, const struct text_slot *want, struct span text)
{
	for (size_t i = 0; i < TEXT_SLOTS; i++) {
		struct text_slot *slot = &p->slots[i];

		if (slot->key == want->key && slot->w == want->w && slot->h == want->h &&
			memcmp(&slot->style, &want->style, sizeof(slot->style)) == 0 &&
			is_slot(slot, want->key, text))
			return slot;
	}
	return NULL;
}

const struct fitted *painter_fit(
	struct painter *p, struct span text, const struct text_style *style, int32_t w, int32_t h)
{
	struct text_slot want, *slot = NULL;

	if (w <= 0 || h <= 0 || style->size == 0 || !span_is_utf8(text))
		return NULL;
	memset(&want, 0, sizeof(want));
	want.key = hash(text);
	want.style = *style;
	if (want.style.size_min == 0 || want.style.size_min > style->size)
		want.style.size_min = style->size;
	want.w = w;
	want.h = h;
	slot = find(p, &want, text);
	if (slot == NULL) {
		want.fit.layout = layout_new(p, text, style);
		p->rare |= is_rare(text);
		if (want.fit.layout == NULL)
			return NULL;
		fit(&want.fit, &want.style, w, h);
		want.fit.unknown = (size_t)pango_layout_get_unknown_glyphs_count(want.fit.layout);
		slot = oldest(p);
		if (slot->key != 0)
			g_object_unref(slot->fit.layout);
		*slot = want;
	}
	slot->used = ++p->clock;
	return &slot->fit;
}
