/* The camera: a process that sees, heard over its pipe, ended when it hangs and started again. */
#include "scanner_link.h"

#include "seal.h"

#include <string.h>
#include <unistd.h>

enum {
	FIRST_LINE_MS = 2000, /* to load libraries and say the first line */
	STEADY_MS = 5000,     /* whoever lives so long did not die at once */
	BROKEN = 3,           /* deaths at once, one after the other, that make it broken */
	PAUSE_FIRST_MS = 100,
	PAUSE_LAST_MS = 5000,
	LINES = 1000, /* a second; thirty frames of a dozen codes are less than half of it */
};

/* The memory for the picture outlives the process, so that whoever shows it maps it once. */
static enum err make_view(struct scanner_camera *c)
{
	if (c->has_view)
		return OK;
	enum err e = scan_view_make(&c->view);
	if (e)
		return e;
	e = scan_view_map(&c->looked, c->view, false);
	if (e)
		close(c->view);
	c->has_view = e == OK;
	return e;
}

static void has_died(struct scanner_camera *c, int64_t now_ms)
{
	if (now_ms - c->started_ms >= STEADY_MS)
		c->deaths = 0;
	c->deaths++;
	if (c->deaths >= BROKEN)
		c->fault = SCANNER_BROKEN;
}

static enum err open_camera(struct scanner_input *in, const char *where, int64_t now_ms, int *fd)
{
	struct scanner_camera *c = &in->camera;

	if (where[0] == '\0')
		return ERR_FORMAT;
	enum err e = make_view(c);
	if (e)
		return e;
	c->started_ms = c->heard_ms = now_ms;
	c->pledge_ms = FIRST_LINE_MS;
	c->why = "it has ended";
	e = scan_child_start(&c->child, where, c->view, fd);
	if (e == OK)
		return OK;
	log_line(LOG_WARN, "drivers/camera", "foyer-scan cannot be started: %s", err_text(e));
	c->deaths = c->deaths < BROKEN ? BROKEN : c->deaths;
	has_died(c, now_ms);
	return ERR_ABSENT;
}

static void close_camera(struct scanner_input *in, int64_t now_ms)
{
	struct scanner_camera *c = &in->camera;

	if (c->child.pid > 0) {
		log_line(LOG_WARN, "drivers/camera", "foyer-scan is started again: %s", c->why);
		scan_child_end(&c->child);
		has_died(c, now_ms);
	}
	seal_wipe(c->line, sizeof(c->line));
	c->n = 0;
}

static void done_camera(struct scanner_input *in)
{
	struct scanner_camera *c = &in->camera;

	scan_child_end(&c->child);
	scan_view_unmap(&c->looked);
	if (c->has_view)
		close(c->view);
}

static int64_t pause_of(const struct scanner_input *in)
{
	unsigned again = in->camera.deaths;

	if (again < 2)
		return 0;
	int64_t ms = PAUSE_FIRST_MS << (again < 10 ? again - 2 : 8);
	return ms < PAUSE_LAST_MS ? ms : PAUSE_LAST_MS;
}

static enum err distrust(struct scanner_camera *c, const char *why)
{
	c->why = why;
	return ERR_FORMAT;
}

static void is_well(struct scanner_camera *c, int64_t now_ms)
{
	bool steady = now_ms - c->started_ms >= STEADY_MS;

	if (steady)
		c->deaths = 0;
	if (c->deaths < BROKEN)
		c->fault = SCANNER_FINE;
}

static void is_away(struct scanner_camera *c, enum scan_away why)
{
	static const enum scanner_fault faults[SCAN_AWAY_COUNT] = {
		[SCAN_UNPLUGGED] = SCANNER_UNPLUGGED,
		[SCAN_DENIED] = SCANNER_DENIED,
		[SCAN_BUSY] = SCANNER_BUSY,
		[SCAN_UNFIT] = SCANNER_UNFIT,
	};

	c->fault = faults[why];
}

/* Passers-by wear codes, too: one of something else is answered only where codes are to be held, in the
 * middle half of what the camera sees. */
static bool is_in_frame(const struct scanner_camera *c, const struct scan_line *l)
{
	uint32_t width = 0, height = 0;
	int64_t x = 0, y = 0;

	if (c->has_view)
		scan_view_size(&c->looked, &width, &height);
	for (size_t i = 0; i < COUNT(l->corner); i++) {
		x += l->corner[i].x;
		y += l->corner[i].y;
	}
	return width == 0 ||
	       (x >= width && x <= 3 * width && 2 * y >= height && 2 * y <= 7 * height);
}

static enum err take_symbol(
	struct scanner_camera *c, const struct scan_line *l, int64_t now_ms, struct scan *out)
{
	struct span text = {(const uint8_t *)l->text, l->n};
	enum err e = wedge_undo_text(text, out);

	/* Ours are never cut; of others the beginning says what they are. */
	bool ours = e == OK && l->whole == l->n;
	out->kind = ours ? SCAN_CODE : SCAN_FOREIGN;
	if ((ours || is_in_frame(c, l)) && sightings_count(&c->sightings, text, ours, now_ms))
		return OK;
	seal_wipe(out, sizeof(*out));
	return ERR_ABSENT;
}

static enum err take_line(struct scanner_camera *c, int64_t now_ms, struct scan *out)
{
	struct scan_line l;
	enum err e = scan_line_read(&l, (struct span){c->line, c->n});

	seal_wipe(c->line, c->n);
	c->n = 0;
	if (e)
		return distrust(c, "it says what is no line");
	if (now_ms - c->second_ms >= 1000) {
		c->second_ms = now_ms;
		c->lines = 0;
	}
	if (++c->lines > LINES)
		return distrust(c, "it says too much");
	c->heard_ms = now_ms;
	c->pledge_ms = l.pledge_ms;
	if (l.news == SCAN_AWAY)
		is_away(c, l.why);
	else
		is_well(c, now_ms);
	e = l.news == SCAN_SYMBOL ? take_symbol(c, &l, now_ms, out) : ERR_ABSENT;
	seal_wipe(&l, sizeof(l));
	return e;
}

static enum err feed(
	struct scanner_input *in, const uint8_t *unit, int64_t now_ms, struct scan *out)
{
	struct scanner_camera *c = &in->camera;

	if (*unit == '\n')
		return take_line(c, now_ms, out);
	if (c->n == sizeof(c->line) - 1)
		return distrust(c, "it says what is no line");
	c->line[c->n++] = *unit;
	return ERR_ABSENT;
}

static int64_t quiet_in(const struct scanner_input *in, int64_t now_ms)
{
	const struct scanner_camera *c = &in->camera;
	int64_t left = c->heard_ms + c->pledge_ms - now_ms;

	return left > 0 ? left : 0;
}

static enum err hangs(struct scanner_input *in, struct scan *out)
{
	(void)out;
	in->camera.why = "it hangs";
	return ERR_TIMEOUT;
}

const struct scanner_link scanner_camera = {
	.scheme = "camera:",
	.comes_back = true,
	.unit = 1,
	.open = open_camera,
	.feed = feed,
	.quiet_in = quiet_in,
	.end = hangs,
	.close = close_camera,
	.pause = pause_of,
	.done = done_camera,
};
