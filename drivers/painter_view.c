/* The live picture of a camera, mirrored and fitted. */
#include "painter_inside.h"

#include <stdlib.h>
#include <string.h>

/* Weights of 256ths: between neighbours of a grey picture nobody sees a finer step. */
enum { ONE = 256 };

/* Where a pixel of the shown picture lies between two of the given one. */
struct between {
	uint32_t at, to; /* the two */
	uint32_t weight; /* of the second */
};

static struct between between(int64_t place, uint32_t n)
{
	int64_t last = (int64_t)(n - 1) * ONE;

	if (place < 0)
		place = 0;
	if (place > last)
		place = last;
	uint32_t at = (uint32_t)(place / ONE);
	return (struct between){at, at + 1 < n ? at + 1 : at, (uint32_t)(place % ONE)};
}

/* A pixel's place in the given picture, in 256ths: the middle of one lies on the middle of the other,
 * and the side that is too long is cut at both ends. pixels / by: how many given ones make a shown. */
static int64_t place_of(int32_t i, int32_t shown, uint32_t given, int64_t pixels, int64_t by)
{
	return (int64_t)given * ONE / 2 + (2 * (int64_t)i + 1 - shown) * pixels * ONE / (2 * by) -
	       ONE / 2;
}

static void blend_rows(const struct live_view *v, struct between y, uint16_t *out)
{
	const uint8_t *a = v->grey + (size_t)y.at * v->width;
	const uint8_t *b = v->grey + (size_t)y.to * v->width;

	for (uint32_t x = 0; x < v->width; x++)
		out[x] = (uint16_t)(a[x] * (ONE - y.weight) + b[x] * y.weight);
}

static void fill(struct live_view *v, struct between *columns, uint16_t *row)
{
	int32_t w = cairo_image_surface_get_width(v->shown);
	int32_t h = cairo_image_surface_get_height(v->shown);
	size_t stride = (size_t)cairo_image_surface_get_stride(v->shown);
	uint8_t *pixels = cairo_image_surface_get_data(v->shown);
	/* The side that is short decides how large it is shown. */
	bool wide = (int64_t)v->width * h > (int64_t)v->height * w;
	int64_t given = wide ? v->height : v->width, by = wide ? h : w;

	for (int32_t x = 0; x < w; x++)
		columns[x] = between(place_of(x, w, v->width, given, by), v->width);
	for (int32_t y = 0; y < h; y++) {
		uint32_t *out = (uint32_t *)(void *)(pixels + (size_t)y * stride);

		blend_rows(v, between(place_of(y, h, v->height, given, by), v->height), row);
		for (int32_t x = 0; x < w; x++) {
			const struct between *c = &columns[x];
			uint32_t grey = (row[c->at] * (ONE - c->weight) + row[c->to] * c->weight) /
					(ONE * ONE);
			out[x] = 0xff000000 | grey * 0x010101;
		}
	}
	cairo_surface_mark_dirty(v->shown);
}

static bool has_size(cairo_surface_t *s, int32_t w, int32_t h)
{
	return s != NULL && cairo_image_surface_get_width(s) == w &&
	       cairo_image_surface_get_height(s) == h;
}

static void let_go(struct live_view *v)
{
	if (v->shown == NULL)
		return;
	wipe_surface(v->shown);
	cairo_surface_destroy(v->shown);
	v->shown = NULL;
}

cairo_surface_t *view_shown(struct live_view *v, int32_t w, int32_t h)
{
	if (v->grey == NULL || w <= 0 || h <= 0 || w > INT16_MAX || h > INT16_MAX)
		return NULL;
	if (!has_size(v->shown, w, h)) {
		let_go(v);
		v->shown = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
		v->stale = true;
	}
	if (!v->stale)
		return v->shown;
	struct between *columns = calloc((size_t)w, sizeof(*columns));
	uint16_t *row = calloc(v->width, sizeof(*row));
	bool whole = columns && row && cairo_surface_status(v->shown) == CAIRO_STATUS_SUCCESS;

	if (whole) {
		fill(v, columns, row);
		explicit_bzero(row, v->width * sizeof(*row));
	}
	free(columns);
	free(row);
	v->stale = !whole;
	return whole ? v->shown : NULL;
}

void view_forget(struct live_view *v)
{
	let_go(v);
	if (v->grey != NULL)
		explicit_bzero(v->grey, (size_t)v->width * v->height);
	free(v->grey);
	*v = (struct live_view){0};
}

static enum err make_room(struct live_view *v, uint32_t width, uint32_t height)
{
	if (v->grey != NULL && v->width == width && v->height == height)
		return OK;
	view_forget(v);
	v->grey = malloc((size_t)width * height);
	v->width = v->grey != NULL ? width : 0;
	v->height = v->grey != NULL ? height : 0;
	return v->grey != NULL ? OK : ERR_IO;
}

enum err painter_view(struct painter *p, const struct luma *picture)
{
	struct live_view *v = &p->view;

	if (picture == NULL) {
		view_forget(v);
		return OK;
	}
	if (!luma_sound(picture))
		return ERR_FORMAT;
	enum err e = make_room(v, picture->width, picture->height);
	if (e)
		return e;
	for (uint32_t y = 0; y < v->height; y++) {
		const uint8_t *from = picture->at + (size_t)y * picture->stride;
		uint8_t *to = v->grey + (size_t)(y + 1) * v->width;

		for (uint32_t x = 0; x < v->width; x++)
			*--to = from[x];
	}
	v->stale = true;
	return OK;
}
