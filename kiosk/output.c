/* An output: its display, its model, its frames. */
#include "output.h"

#include "seal.h"

#include <string.h>

size_t output_count(const struct options *options)
{
	return options->mode == MODE_SCREEN && options->screen_n > 1 ? options->screen_n : 1;
}

enum err output_open(struct output *o, const struct options *options, unsigned number, int panel)
{
	struct display_options g = {.width = options->width,
		.height = options->height,
		.window = options->window,
		.number = number,
		.panel = panel};

	*o = (struct output){.blank = true};
	o->face = seal_secret_memory(sizeof(*o->face));
	if (!o->face)
		return ERR_IO;
	memset(o->face, 0, sizeof(*o->face));
	enum err e = display_open(&o->display, &g);
	/* A monitor that is not plugged in leaves the other one alone. */
	if (e == ERR_ABSENT && number > 0) {
		g.window = false;
		e = display_open(&o->display, &g);
	}
	if (e)
		return e;
	display_size(o->display, &g.width, &g.height);
	struct look look = {.language = options->language,
		.width = (uint16_t)g.width,
		.height = (uint16_t)g.height};
	app_start(&o->face->model, look, options->mode);
	return OK;
}

void output_close(struct output *o)
{
	display_close(o->display);
	if (o->face)
		seal_secret_free(o->face);
	*o = (struct output){0};
}

const struct draw *output_frame(const struct output *o)
{
	return &o->face->frames[o->shown];
}

void output_show(struct output *o)
{
	const struct model *m = &o->face->model;
	struct draw *next = &o->face->frames[!o->shown];

	if (!o->dirty)
		return;
	app_view(m, &m->look, next);
	display_set_contrast(o->display, m->look.contrast);
	if (next->full)
		log_line(LOG_FAULT, "kiosk/output", "a screen has more than a frame holds");
	display_show(o->display, o->blank ? NULL : output_frame(o), next);
	o->shown = !o->shown;
	o->blank = o->dirty = false;
}

void output_show_view(struct output *o)
{
	display_show(o->display, output_frame(o), output_frame(o));
}

void output_wipe(struct output *o)
{
	seal_wipe(o->face->frames, sizeof(o->face->frames));
	display_wipe(o->display);
	o->blank = true;
}
