/* The stage of a camera: what it sees, shown while somebody moves before the idle screen. */
#include "eye.h"
#include "seal.h"
#include "stage.h"

#include <string.h>

/* Whoever stands still for so long reads something else, or has gone. */
enum { REST_MS = 8000 };

static void tell(struct stage *s)
{
	stage_tell(s, &(struct msg){.kind = MSG_CAMERA, .camera = &s->camera});
}

enum err stage_start_camera(struct stage *s)
{
	int fd = eye_view(s->eye);

	if (fd < 0)
		return OK;
	enum err e = scan_view_map(&s->view, fd, false);
	if (e)
		return e;
	s->camera = (struct camera){.there = true};
	tell(s);
	return OK;
}

static bool wanted(const struct stage *s)
{
	const struct model *m = stage_model(s);

	return s->camera.there && s->camera.fault == SCANNER_FINE && m->screen == SCREEN_IDLE;
}

void stage_take_camera(struct stage *s, enum scanner_fault fault, bool held)
{
	if (!s->camera.there)
		return;
	s->camera.fault = fault;
	s->camera.held = held;
	s->camera.live = s->camera.live && fault == SCANNER_FINE;
	tell(s);
}

void stage_look(struct stage *s)
{
	struct luma picture = {.at = s->secrets->view};

	if (!wanted(s) ||
		scan_view_take(&s->view, s->secrets->view, &picture.width, &picture.height))
		return;
	picture.stride = picture.width;
	display_set_view(s->outputs[0].display, &picture);
	s->viewing = s->view_dirty = true;
	s->viewed_ms = clock_now().boot_ms;
	if (s->camera.live)
		return;
	s->camera.live = true;
	tell(s);
}

int stage_camera_wait_ms(const struct stage *s)
{
	int64_t left = s->viewed_ms + REST_MS - clock_now().boot_ms;

	if (!s->camera.live)
		return INT_MAX;
	return left > 1 ? (int)left : 1;
}

void stage_camera_tick(struct stage *s)
{
	if (!s->camera.live || clock_now().boot_ms - s->viewed_ms < REST_MS)
		return;
	s->camera.live = false;
	tell(s);
}

void stage_look_away(struct stage *s)
{
	if (s->camera.there)
		eye_watch(s->eye, wanted(s));
	if (stage_model(s)->camera.live || !s->viewing)
		return;
	s->camera.live = s->viewing = s->view_dirty = false;
	display_set_view(s->outputs[0].display, NULL);
	seal_wipe(s->secrets->view, sizeof(s->secrets->view));
}
