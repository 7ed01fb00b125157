/* The process that looks. */
#include "scan_eye.h"

#include "decode.h"
#include "frames.h"
#include "scan_gate.h"
#include "scan_sandbox.h"
#include "scan_say.h"
#include "sightings.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	TURN_MS = 50, /* the longest to wait for a frame */
	/* Between two lines to the kiosk at most: each of them wakes it. Three frames of thirty a second
	 * last 100, and a little more where they jitter. */
	BEAT_MS = 110,
	PLEDGE_MS = 175,        /* what is left of 200 is for killing and starting */
	SHOW_MS = 60,           /* between two pictures of the live view */
	STALL_MS = 3000,        /* a camera that is silent for so long is to be opened anew */
	SLOWEST_AT_FIRST = 500, /* ms a frame, until it is known better */
};

struct eye {
	const struct scan_options *o;
	struct frames *frames;
	struct decoder *decoder;
	struct scan_gate gate;
	struct scan_view *view;
	struct luma frame;
	int64_t shown_ms, said_ms;
	int64_t frame_ms;   /* when the last one came */
	int64_t slowest_ms; /* of late */
	bool camera;        /* not a film or folder */
	bool seen;          /* a frame has come */
	const struct scan_line *life;
	bool found;
	unsigned long long damaged; /* frames */
	enum err said;
	struct sightings sightings; /* for a person, who is told of a code once */
};

static int64_t now_ms(void)
{
	return clock_now().boot_ms;
}

/* Twice what was slow lately, so that a board under load is not killed for it. */
static uint32_t pledge(const struct eye *y)
{
	int64_t ms = 2 * y->slowest_ms;

	return ms < PLEDGE_MS ? PLEDGE_MS : ms > SCAN_PLEDGE_MOST ? SCAN_PLEDGE_MOST : (uint32_t)ms;
}

static void say_line(struct eye *y, const struct scan_line *l)
{
	if (y->said == OK)
		y->said = scan_say_line(l);
	y->said_ms = now_ms();
}

static void beat(struct eye *y)
{
	struct scan_line l = *y->life;

	if (y->seen)
		l.news = SCAN_BEAT;
	l.pledge_ms = pledge(y);
	if (y->o->form == SCAN_AS_LINES)
		say_line(y, &l);
}

/* The same, if it would be late when the next chance comes. */
static void beat_in_time(struct eye *y, int64_t next_ms)
{
	if (now_ms() - y->said_ms + next_ms > BEAT_MS)
		beat(y);
}

/* The kiosk is told of every frame in which a code is read. */
static void tell_kiosk(struct eye *y, const struct reading *r)
{
	struct scan_line l = {.news = SCAN_SYMBOL, .pledge_ms = pledge(y), .whole = (uint32_t)r->n};
	struct span rest = {(const uint8_t *)r->text, r->n};

	while (rest.n > 0) {
		size_t n = span_character(rest);
		n = n > 0 ? n : 1;
		if (n > SCAN_PIPE_TEXT - l.n)
			break;
		memcpy(l.text + l.n, rest.p, n);
		l.n += n;
		rest = (struct span){rest.p + n, rest.n - n};
	}
	for (size_t i = 0; i < COUNT(l.corner); i++)
		l.corner[i] = scan_view_corner(&y->frame, r->corner[i]);
	snprintf(l.path, sizeof(l.path), "%s", r->path);
	say_line(y, &l);
}

static void on_reading(void *to, const struct reading *r)
{
	struct eye *y = to;

	y->found = true;
	if (y->o->form == SCAN_AS_LINES)
		tell_kiosk(y, r);
	else if (y->said == OK &&
		 sightings_count(&y->sightings, (struct span){(const uint8_t *)r->text, r->n}, true,
			 now_ms()))
		y->said = scan_say(y->o->form, y->o->camera, frames_passed(y->frames), r);
}

static void look(struct eye *y)
{
	unsigned budget = y->o->budget_ms > 0 ? y->o->budget_ms : DECODE_BUDGET_MS;

	int64_t now = now_ms(), since = now - y->frame_ms;
	y->frame_ms = now;
	y->seen = true;
	enum scan_gate_answer worth = scan_gate_next(&y->gate, &y->frame);
	if (worth == SCAN_GATE_PEEP)
		budget = 0;
	/* Whoever moves sees herself; an empty hall is not shown again and again. The line after it
	 * wakes the kiosk. */
	if (worth == SCAN_GATE_LOOK && now - y->shown_ms >= SHOW_MS) {
		scan_view_show(y->view, &y->frame);
		y->shown_ms = now;
	}
	if (worth == SCAN_GATE_REST) {
		beat_in_time(y, since);
		return;
	}
	beat(y);
	/* So much for each megapixel begun: 1280 x 720 are less than one. */
	scan_sandbox_grant(SCAN_FRAME_CPU_MS * (1 + (y->frame.width * y->frame.height >> 20)));
	/* Out of memory in one frame is no end: the next may need less. */
	(void)!decode_frame(y->decoder, &y->frame, budget, on_reading, y);
	int64_t took = now_ms() - now, faded = y->slowest_ms * 15 / 16;
	y->slowest_ms = took > faded ? took : faded;
}

static int at_end(const struct eye *y)
{
	if (y->found)
		return SCAN_DONE;
	fprintf(stderr, "foyer-scan: %s: no code was found; pictures: %llu, damaged: %llu\n",
		y->o->camera, (unsigned long long)frames_passed(y->frames), y->damaged);
	return SCAN_NO;
}

/* Wait for a frame and look at it. returns: -1, go on; else the status to end with */
static int turn(struct eye *y)
{
	struct pollfd p = {.fd = frames_fd(y->frames), .events = POLLIN};
	int wait = frames_wait_ms(y->frames);

	poll(&p, 1, wait >= 0 && wait < TURN_MS ? wait : TURN_MS);
	scan_sandbox_grant(SCAN_FRAME_CPU_MS);
	enum err e = frames_read(y->frames, &y->frame);
	if (e == OK)
		look(y);
	else
		beat_in_time(y, TURN_MS);
	y->damaged += e == ERR_FORMAT;
	if (y->said) {
		fputs("foyer-scan: standard output cannot be written\n", stderr);
		return SCAN_WORLD;
	}
	if (frames_ended(y->frames))
		return at_end(y);
	bool broken = p.revents & (POLLERR | POLLNVAL) && e == ERR_ABSENT;
	if (e == ERR_IO || broken)
		return SCAN_EYE_GONE;
	if (!y->camera || now_ms() - y->frame_ms < STALL_MS)
		return -1;
	return y->seen ? SCAN_EYE_GONE : SCAN_EYE_AWAY + ERR_IO;
}

static void say_about(const struct eye *y)
{
	struct frames_about a = frames_about(y->frames);

	if (y->camera)
		fprintf(stderr, "foyer-scan: %u x %u %s, %u a second\n", a.width, a.height,
			a.format, a.rate);
}

int scan_eye(const struct scan_options *o, struct scan_view *view, int ready,
	const struct scan_line *life)
{
	static struct eye y;
	enum frames_pace pace = o->form == SCAN_AS_LINES ? FRAMES_HELD
				: o->live                ? FRAMES_LIVE
							 : FRAMES_EACH;

	y = (struct eye){.o = o, .view = view, .life = life, .slowest_ms = SLOWEST_AT_FIRST};
	enum err e = frames_open(&y.frames, o->camera, pace);
	if (e)
		return SCAN_EYE_AWAY + (int)e;
	y.camera = frames_is_camera(y.frames);
	say_about(&y);
	if (decode_open(&y.decoder) != OK) {
		fputs("foyer-scan: memory is out\n", stderr);
		return SCAN_WORLD;
	}
	if (scan_sandbox_enter(SCAN_SANDBOX_CAMERA) != OK) {
		fputs("foyer-scan: the kernel gives no sandbox; nothing is looked at\n", stderr);
		return SCAN_WORLD;
	}
	close(ready);
	y.frame_ms = now_ms();
	int status = -1;
	while (status < 0)
		status = turn(&y);
	return status;
}
