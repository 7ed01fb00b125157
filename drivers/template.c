/* Badge templates: from an SVG page to boxes in dots and artwork in grey. */
#include "badge_inside.h"
#include "painter_inside.h"

#include <librsvg/rsvg.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct badge_paper badge_paper_62x100 = {true, 696, 1109, 300};
const struct badge_paper badge_paper_80 = {false, 576, 0, 203};
const struct badge_paper badge_paper_80_180 = {false, 512, 0, 180};

const char *const badge_field_names[BADGE_FIELDS] = {"name", "honorific", "function",
	"organisation", "delegation", "role", "event", "agenda", "photo", "demo", "qr"};

static const double mm = 25.4; /* an inch */
enum { PAGE_MAX = 300, QR_MODULES = 29 + 2 * SYMBOL_QUIET, QR_DOTS = 4 };

/* The page, placed so that the head's dots lie in its middle. */
static enum err place_page(RsvgHandle *svg, struct badge_template *t,
	const struct badge_paper *paper, RsvgRectangle *page, char fault[BADGE_FAULT])
{
	double w = 0, h = 0, scale = mm / paper->dpi;

	if (!rsvg_handle_get_intrinsic_size_in_pixels(svg, &w, &h)) {
		badge_fault(fault, "svg: the page needs width and height in mm");
		return ERR_FORMAT;
	}
	if (!(h * scale <= PAGE_MAX)) {
		badge_fault(fault, "svg: the page is longer than %d mm", PAGE_MAX);
		return ERR_FULL;
	}
	if (fabs(w * scale - (paper->label ? 62 : 80)) > 0.5 ||
		(paper->label && fabs(h * scale - 100) > 0.5) || h * scale < 30) {
		badge_fault(fault, "svg: the page is %.1f x %.1f mm; make it %s", w * scale,
			h * scale, paper->label ? "62 x 100" : "80 wide and 30 to 300 high");
		return ERR_FORMAT;
	}
	t->width = paper->width;
	t->height = paper->height > 0 ? paper->height : (uint32_t)lround(h);
	t->dpi = paper->dpi;
	*page = (RsvgRectangle){((double)t->width - w) / 2, ((double)t->height - h) / 2, w, h};
	return OK;
}

static unsigned dots(uint32_t hundredths, uint32_t dpi)
{
	return (unsigned)lround(hundredths / 100.0 / mm * dpi);
}

static void set_style(
	struct badge_box *box, const struct badge_wish *wish, uint32_t dpi, enum badge_field field)
{
	unsigned size = wish->size > 0 ? dots(wish->size, dpi) : (unsigned)box->at.h;
	unsigned aim = dots(wish->aim, dpi);

	box->style.size = (uint16_t)(size < BADGE_FLOOR ? BADGE_FLOOR : size > 2000 ? 2000 : size);
	box->style.size_min = BADGE_FLOOR;
	box->style.lines = wish->lines;
	box->style.weight = wish->weight;
	box->style.across = wish->across;
	box->style.down = wish->down;
	/* Names and bands are set solid: Noto's own line leaves room for scripts that stack. */
	box->style.spacing = field == BADGE_NAME ? 84 : 90;
	box->aim = aim < BADGE_FLOOR ? BADGE_FLOOR : aim > box->style.size ? box->style.size : aim;
}

static enum err check_box(
	const struct badge_template *t, enum badge_field f, char fault[BADGE_FAULT])
{
	const struct rect *r = &t->box[f].at;
	int32_t least = f == BADGE_QR ? QR_MODULES * QR_DOTS : BADGE_FLOOR;

	if (r->x < 0 || r->y < 0 || r->w > (int32_t)t->width - r->x ||
		r->h > (int32_t)t->height - r->y) {
		badge_fault(fault, "%s: lies outside what the printer reaches; move it inwards",
			badge_field_names[f]);
		return ERR_FORMAT;
	}
	if (r->w < least || r->h < least) {
		badge_fault(fault, "%s: is %d x %d dots; make it at least %.1f mm",
			badge_field_names[f], r->w, r->h, least * mm / t->dpi);
		return ERR_FORMAT;
	}
	return OK;
}

static enum err place_field(RsvgHandle *svg, struct badge_template *t, enum badge_field f,
	const RsvgRectangle *page, char fault[BADGE_FAULT])
{
	RsvgRectangle ink, logical;
	char id[32];

	snprintf(id, sizeof(id), "#%s", badge_field_names[f]);
	if (!rsvg_handle_get_geometry_for_layer(svg, id, page, &ink, &logical, NULL) ||
		!(fabs(logical.x) < 1e5 && fabs(logical.y) < 1e5 && logical.width < 1e5 &&
			logical.height < 1e5)) {
		badge_fault(fault, "%s: has no place on the page", badge_field_names[f]);
		return ERR_FORMAT;
	}
	/* A thousandth of a dot is rounding, not the designer's wish. */
	int32_t x = (int32_t)ceil(logical.x - 1e-3), y = (int32_t)ceil(logical.y - 1e-3);

	t->box[f].at = (struct rect){x, y, (int32_t)floor(logical.x + logical.width + 1e-3) - x,
		(int32_t)floor(logical.y + logical.height + 1e-3) - y};
	t->box[f].there = true;
	return check_box(t, f, fault);
}

static enum err place_fields(RsvgHandle *svg, struct badge_template *t,
	const struct badge_wish wishes[BADGE_FIELDS], const RsvgRectangle *page,
	char fault[BADGE_FAULT])
{
	static const enum badge_field needed[] = {BADGE_NAME, BADGE_QR};

	for (size_t i = 0; i < COUNT(needed); i++)
		if (!wishes[needed[i]].there) {
			badge_fault(fault, "%s: draw a <rect> with this id",
				badge_field_names[needed[i]]);
			return ERR_FORMAT;
		}
	for (unsigned f = 0; f < BADGE_FIELDS; f++) {
		enum err e = wishes[f].there ? place_field(svg, t, f, page, fault) : OK;

		if (e != OK)
			return e;
		set_style(&t->box[f], &wishes[f], t->dpi, f);
	}
	return OK;
}

/* How black paper gets: the opposite of the light that each pixel gives back (Rec. 709). */
static void to_grey(const cairo_surface_t *drawn, const struct badge_template *t)
{
	cairo_surface_t *s = (cairo_surface_t *)drawn;
	const uint8_t *data = cairo_image_surface_get_data(s);
	size_t from = (size_t)cairo_image_surface_get_stride(s), to = canvas_stride(t->width);

	for (size_t y = 0; y < t->height; y++)
		for (size_t x = 0; x < t->width; x++) {
			uint32_t rgb = 0;

			memcpy(&rgb, data + y * from + 4 * x, sizeof(rgb));
			t->art[y * to + x] =
				(uint8_t)(255 - ((rgb >> 16 & 255) * 54 + (rgb >> 8 & 255) * 183 +
							(rgb & 255) * 19) /
							256);
		}
}

static enum err hide_fields(RsvgHandle *svg)
{
	char sheet[512] = "";
	const char *rule = "{visibility:hidden !important}";

	size_t n = 0;
	for (size_t i = 0; i < BADGE_FIELDS && n < sizeof(sheet); i++)
		n += (size_t)snprintf(sheet + n, sizeof(sheet) - n, "%s#%s", i > 0 ? "," : "",
			badge_field_names[i]);
	if (n >= sizeof(sheet) || sizeof(sheet) - n <= strlen(rule))
		return ERR_FULL;
	snprintf(sheet + n, sizeof(sheet) - n, "%s", rule);
	return rsvg_handle_set_stylesheet(svg, (const uint8_t *)sheet, strlen(sheet), NULL)
		       ? OK
		       : ERR_IO;
}

static enum err draw_art(RsvgHandle *svg, struct badge_template *t, const RsvgRectangle *page,
	char fault[BADGE_FAULT])
{
	cairo_surface_t *s =
		cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)t->width, (int)t->height);
	cairo_t *cr = cairo_create(s);
	enum err e = hide_fields(svg);

	t->art = calloc(canvas_stride(t->width), t->height);
	if (t->art == NULL || cairo_status(cr) != CAIRO_STATUS_SUCCESS)
		e = ERR_IO;
	if (e == OK) {
		cairo_set_source_rgb(cr, 1, 1, 1);
		cairo_paint(cr);
		if (!rsvg_handle_render_document(svg, cr, page, NULL)) {
			badge_fault(fault, "svg: the drawing is too complicated to draw");
			e = ERR_FORMAT;
		}
	}
	cairo_surface_flush(s);
	if (e == OK)
		to_grey(s, t);
	cairo_destroy(cr);
	cairo_surface_destroy(s);
	return e;
}

static RsvgHandle *open_svg(struct span svg, uint32_t dpi)
{
	GInputStream *bytes = g_memory_input_stream_new_from_data(svg.p, (gssize)svg.n, NULL);
	RsvgHandle *handle =
		rsvg_handle_new_from_stream_sync(bytes, NULL, RSVG_HANDLE_FLAGS_NONE, NULL, NULL);

	g_object_unref(bytes);
	if (handle != NULL)
		rsvg_handle_set_dpi(handle, dpi);
	return handle;
}

static enum err load(struct badge_template *t, struct span svg, const struct badge_paper *paper,
	char fault[BADGE_FAULT])
{
	struct badge_wish wishes[BADGE_FIELDS];
	RsvgRectangle page;
	RsvgHandle *handle = NULL;
	enum err e = badge_scan(svg, wishes, fault);

	if (e != OK)
		return e;
	handle = open_svg(svg, paper->dpi);
	if (handle == NULL) {
		badge_fault(fault, "svg: this is no SVG drawing");
		return ERR_FORMAT;
	}
	e = place_page(handle, t, paper, &page, fault);
	if (e == OK)
		e = place_fields(handle, t, wishes, &page, fault);
	if (e == OK)
		e = draw_art(handle, t, &page, fault);
	g_object_unref(handle);
	return e;
}

enum err badge_template_load(struct badge_template **out, struct span svg,
	const struct badge_paper *paper, char fault[BADGE_FAULT])
{
	char nobody[BADGE_FAULT];
	struct badge_template *t = NULL;
	enum err e = OK;

	*out = NULL;
	if (fault == NULL)
		fault = nobody;
	fault[0] = 0;
	if (svg.n > BADGE_SVG_MAX) {
		badge_fault(fault, "svg: the file is larger than %d bytes", BADGE_SVG_MAX);
		return ERR_FULL;
	}
	t = calloc(1, sizeof(*t));
	e = t == NULL ? ERR_IO : load(t, svg, paper, fault);
	if (e != OK) {
		badge_template_free(t);
		return e;
	}
	*out = t;
	return OK;
}

void badge_template_free(struct badge_template *t)
{
	if (t == NULL)
		return;
	badge_forget(t);
	free(t->art);
	free(t);
}

uint32_t badge_width(const struct badge_template *t)
{
	return t->width;
}

uint32_t badge_height(const struct badge_template *t)
{
	return t->height;
}

enum err badge_field_at(const struct badge_template *t, enum badge_field field, struct rect *out)
{
	if ((unsigned)field >= BADGE_FIELDS || !t->box[field].there)
		return ERR_ABSENT;
	*out = t->box[field].at;
	return OK;
}
