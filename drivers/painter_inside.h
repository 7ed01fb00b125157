/* Inside the painter: what its files share. Not for anybody else but badge and slip. */
#ifndef DRIVERS_PAINTER_INSIDE_H
#define DRIVERS_PAINTER_INSIDE_H

#include "painter.h"
#include "symbol.h"

#include <pango/pangocairo.h>

enum {
	TEXT_SLOTS = 256, /* texts whose shape is kept: two full screens */
	TEXT_REFERENCE =
		64,       /* em at which every text is shaped, then scaled: shapes are unhinted */
	TEXT_OUTSIDE = 2, /* pixels by which a glyph's rounded place may leave the text's box */
};

/* A text fitted into w x h. */
struct fitted {
	PangoLayout *layout; /* at TEXT_REFERENCE */
	unsigned size, lines;
	bool fits, broken; /* broken: within a word */
	size_t unknown;
	double left, down; /* from the box's corner to the layout's */
	double x, y, w, h; /* the ink, from the box's corner */
};

struct text_slot {
	uint64_t key; /* 0: free */
	struct text_style style;
	int32_t w, h;
	uint32_t used;
	struct fitted fit;
};

/* The live picture: as it was given, but mirrored; and as it is shown. */
struct live_view {
	uint8_t *grey; /* width x height; NULL: there is none */
	uint32_t width, height;
	cairo_surface_t *shown;
	bool stale; /* shown is of an older one */
};

struct painter {
	PangoFontMap *map;
	PangoContext *context;
	struct text_slot slots[TEXT_SLOTS];
	uint32_t clock;
	bool rare; /* a text had letters that are not Latin since painter_forget */
	uint8_t track[16][3];
	cairo_surface_t *badge;
	struct live_view view;
	uint8_t *canvas; /* grey paper, canvas_n bytes */
	size_t canvas_n;
};

/* text in w x h by style; valid until the next call. NULL: memory is out, or not UTF-8. */
const struct fitted *painter_fit(
	struct painter *p, struct span text, const struct text_style *style, int32_t w, int32_t h);

/* Grey paper: a byte a dot, 255 black; rows of a multiple of 8 bytes. */
struct canvas {
	uint8_t *grey;
	uint32_t width, height;
	size_t stride;
};
size_t canvas_stride(uint32_t width);
/* The painter's own canvas of this size, not cleared. */
MUST_CHECK enum err painter_canvas(
	struct painter *p, uint32_t width, uint32_t height, struct canvas *out);
/* Paint d onto what is there already. */
MUST_CHECK enum err painter_grey(struct painter *p, const struct draw *d, const struct canvas *c,
	struct painter_report *report);
/* Half and more is black. out has the canvas's size. */
void canvas_cut(const struct canvas *c, struct bitmap *out);

/* The live picture as it fills w x h, cut to shape; NULL: there is none, or memory is out. */
cairo_surface_t *view_shown(struct live_view *v, int32_t w, int32_t h);
/* Wipe it. */
void view_forget(struct live_view *v);
/* Overwrite a surface's pixels. */
void wipe_surface(cairo_surface_t *s);

/* The named picture's lines, in a cr scaled to its grid of 24; it must be known. */
bool picture_known(struct span name);
void picture_draw(cairo_t *cr, struct span name);

#endif
