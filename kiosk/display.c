/* The display: painter's pixels, one streaming texture, damage only. */
#include "display.h"

#include "painter.h"
#include "seal.h"

#include <cairo.h>
#include <SDL.h>
#include <stdlib.h>
#include <string.h>

/* A part of the window with a list and pixels of its own: the screen, or the demo's panel. */
struct part {
	struct painter *painter;
	struct glass glass;
	int x; /* in the window */
};

struct display {
	struct part screen, panel;
	bool has_panel;
	bool video;         /* begun, and to be ended */
	SDL_Window *window; /* NULL: in memory only */
	SDL_Renderer *renderer;
	SDL_Texture *texture;
	bool repaint; /* the picture "badge" or the palette is another now */
	bool looked;  /* the picture "viewfinder" is */
	struct display_work work;
};

static enum err open_part(struct part *p, int x, int width, int height)
{
	p->x = x;
	p->glass.width = width;
	p->glass.height = height;
	p->glass.stride = (size_t)width * 4;
	/* Names become pixels: they must not reach swap or a core either. */
	p->glass.pixels = seal_secret_memory(p->glass.stride * (size_t)height);
	if (!p->glass.pixels)
		return ERR_IO;
	memset(p->glass.pixels, 0, p->glass.stride * (size_t)height);
	return painter_new(&p->painter);
}

static void close_part(struct part *p)
{
	painter_free(p->painter);
	seal_secret_free(p->glass.pixels);
}

static bool on_console(void)
{
	const char *driver = SDL_GetCurrentVideoDriver();

	return driver && strcmp(driver, "KMSDRM") == 0;
}

/* The library counts how often its video was begun, and ends it with the last. */
static enum err begin_video(struct display *d)
{
	SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
	SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
	if (SDL_InitSubSystem(SDL_INIT_VIDEO)) {
		log_line(LOG_FAULT, "kiosk/display", "no display: %s", SDL_GetError());
		return ERR_ABSENT;
	}
	d->video = true;
	/* The library's last resort, which shows nothing to anybody. */
	const char *driver = SDL_GetCurrentVideoDriver();
	if (driver && strcmp(driver, "offscreen") == 0 && !SDL_GetHint(SDL_HINT_VIDEODRIVER)) {
		log_line(LOG_FAULT, "kiosk/display",
			"no display: no X, no Wayland, and no screen in /dev/dri that may be "
			"opened");
		return ERR_ABSENT;
	}
	return OK;
}

/* Each window in the middle of its own monitor. On a console without a second one it would lie upon the first; on
 * a desktop its user moves it where he wants it, from the corner of the one there is. */
static enum err make_window(struct display *d, const struct display_options *o)
{
	bool there = o->number < (unsigned)SDL_GetNumVideoDisplays();
	int x = (int)SDL_WINDOWPOS_CENTERED_DISPLAY(o->number), y = x;
	SDL_Rect all = {0};

	if (!there && on_console()) {
		log_line(LOG_FAULT, "kiosk/display", "there is no monitor %u", o->number + 1);
		return ERR_ABSENT;
	}
	if (!there && SDL_GetDisplayBounds(0, &all) == 0) {
		x = all.x + all.w - o->width;
		y = all.y + all.h - o->height;
	}
	Uint32 flags = on_console() ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0;
	if (on_console())
		SDL_SetHint(SDL_HINT_RENDER_DRIVER, "opengles2");
	d->window = SDL_CreateWindow(
		o->number == 0 ? "Foyer" : "Foyer 2", x, y, o->width + o->panel, o->height, flags);
	return OK;
}

static enum err open_window(struct display *d, const struct display_options *o, int *w, int *h)
{
	enum err e = begin_video(d);
	if (e == OK)
		e = make_window(d, o);
	if (e)
		return e;
	if (d->window)
		d->renderer = SDL_CreateRenderer(d->window, -1, 0);
	if (!d->renderer) {
		log_line(LOG_FAULT, "kiosk/display", "no window: %s", SDL_GetError());
		return ERR_IO;
	}
	SDL_GetRendererOutputSize(d->renderer, w, h);
	d->texture = SDL_CreateTexture(
		d->renderer, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STREAMING, *w, *h);
	if (on_console())
		SDL_ShowCursor(SDL_DISABLE);
	return d->texture ? OK : ERR_IO;
}

enum err display_open(struct display **out, const struct display_options *o)
{
	struct display *d = calloc(1, sizeof(*d));
	int w = o->width + o->panel, h = o->height;
	enum err e = OK;

	*out = NULL;
	if (!d)
		return ERR_IO;
	if (o->window)
		e = open_window(d, o, &w, &h);
	if (e == OK)
		e = open_part(&d->screen, 0, w - o->panel, h);
	d->has_panel = o->panel > 0;
	if (e == OK && d->has_panel)
		e = open_part(&d->panel, w - o->panel, o->panel, h);
	if (e) {
		display_close(d);
		return e;
	}
	*out = d;
	return OK;
}

void display_close(struct display *d)
{
	if (!d)
		return;
	close_part(&d->screen);
	close_part(&d->panel);
	if (d->texture)
		SDL_DestroyTexture(d->texture);
	if (d->renderer)
		SDL_DestroyRenderer(d->renderer);
	if (d->window)
		SDL_DestroyWindow(d->window);
	if (d->video)
		SDL_QuitSubSystem(SDL_INIT_VIDEO);
	free(d);
}

void display_size(const struct display *d, int *width, int *height)
{
	*width = d->screen.glass.width;
	*height = d->screen.glass.height;
}

static void upload(struct display *d, const struct part *p, const struct rect *r)
{
	const uint8_t *from = (const uint8_t *)p->glass.pixels + (size_t)r->y * p->glass.stride +
			      (size_t)r->x * 4;
	SDL_Rect to = {p->x + r->x, r->y, r->w, r->h};
	void *pixels;
	int pitch;

	if (SDL_LockTexture(d->texture, &to, &pixels, &pitch))
		return;
	for (int32_t y = 0; y < r->h; y++)
		memcpy((uint8_t *)pixels + (size_t)y * (size_t)pitch,
			from + (size_t)y * p->glass.stride, (size_t)r->w * 4);
	SDL_UnlockTexture(d->texture);
}

void display_expose(struct display *d)
{
	if (!d->window)
		return;
	SDL_RenderCopy(d->renderer, d->texture, NULL, NULL);
	SDL_RenderPresent(d->renderer);
}

bool display_is(const struct display *d, uint32_t window)
{
	return d->window && SDL_GetWindowID(d->window) == window;
}

static void paint(struct display *d, struct part *p, const struct draw *next,
	const struct rect *damage, size_t n)
{
	struct painter_report report = {0};
	enum err e = painter_glass(p->painter, &p->glass, next, damage, n, &report);

	if (e || report.overflow)
		log_line(LOG_WARN, "kiosk/display", "a frame is not as it should be: %s, texts=%zu",
			err_text(e), report.overflow);
	for (size_t i = 0; i < n; i++) {
		d->work.pixels += (uint64_t)damage[i].w * (uint64_t)damage[i].h;
		if (d->window)
			upload(d, p, &damage[i]);
	}
}

/* Where d shows what the camera sees; NULL: nowhere. */
static const struct rect *view_of(const struct draw *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct draw_command *c = &d->commands[i];
		if (c->op == DRAW_PICTURE && span_equal(draw_text_of(d, c), span_of("viewfinder")))
			return &c->at;
	}
	return NULL;
}

static void show(struct display *d, struct part *p, const struct draw *old, const struct draw *next)
{
	struct rect damage[PAINTER_RECTS];
	const struct rect *view = p == &d->screen && d->looked ? view_of(next) : NULL;
	size_t n = painter_damage(old, next, p->glass.width, p->glass.height, damage);

	if (n > 0)
		paint(d, p, next, damage, n);
	if (view)
		paint(d, p, next, view, 1);
	if (n == 0 && !view)
		return;
	d->work.frames++;
	display_expose(d);
}

void display_show(struct display *d, const struct draw *old, const struct draw *next)
{
	show(d, &d->screen, d->repaint ? NULL : old, next);
	d->repaint = d->looked = false;
}

void display_show_panel(struct display *d, const struct draw *next)
{
	if (d->has_panel)
		show(d, &d->panel, NULL, next);
}

static void set_badge(struct part *p, const struct bitmap *page)
{
	enum err e = painter_badge(p->painter, page);

	if (e)
		log_line(LOG_WARN, "kiosk/display", "no picture of the badge: %s", err_text(e));
}

void display_set_badge(struct display *d, const struct bitmap *page)
{
	set_badge(&d->screen, page);
	d->repaint = true;
}

void display_set_panel_badge(struct display *d, const struct bitmap *page)
{
	if (d->has_panel)
		set_badge(&d->panel, page);
}

void display_set_view(struct display *d, const struct luma *picture)
{
	enum err e = painter_view(d->screen.painter, picture);

	if (e)
		log_line(LOG_WARN, "kiosk/display", "no picture of the camera: %s", err_text(e));
	d->looked = picture && e == OK;
}

void display_set_track(struct display *d, unsigned i, const uint8_t rgb[3])
{
	painter_track(d->screen.painter, i, rgb);
	d->repaint = true;
}

void display_set_contrast(struct display *d, bool on)
{
	enum palette p = on ? PALETTE_CONTRAST : PALETTE_NORMAL;

	d->repaint |= d->screen.glass.palette != p;
	d->screen.glass.palette = p;
}

/* The texture keeps what it was given, in a driver's memory: it is overwritten as well. */
void display_wipe(struct display *d)
{
	const struct glass *g = &d->screen.glass;
	struct rect all = {0, 0, g->width, g->height};

	seal_wipe(g->pixels, g->stride * (size_t)g->height);
	painter_forget(d->screen.painter);
	if (d->window)
		upload(d, &d->screen, &all);
	d->repaint = true;
}

const uint8_t *display_pixels(const struct display *d, size_t *stride)
{
	*stride = d->screen.glass.stride;
	return (const uint8_t *)d->screen.glass.pixels;
}

enum err display_write_png(const struct display *d, const char *path)
{
	const struct glass *g = &d->screen.glass;

	cairo_surface_t *s = cairo_image_surface_create_for_data((unsigned char *)g->pixels,
		CAIRO_FORMAT_RGB24, g->width, g->height, (int)g->stride);
	cairo_status_t status = cairo_surface_write_to_png(s, path);
	cairo_surface_destroy(s);
	return status == CAIRO_STATUS_SUCCESS ? OK : ERR_IO;
}

struct display_work display_work(const struct display *d)
{
	return d->work;
}
