/* The camera's scenes, as messages. */
#include "eye_scenes.h"

#include "scan_view.h"
#include "symbol.h"

#include <stdlib.h>

static uint8_t hall[SCAN_VIEW_PIXELS];

static void box(int x, int y, int w, int h, int grey)
{
	for (int i = 0; i < w * h; i++)
		hall[(y + i / w) * SCAN_VIEW_WIDTH + x + i % w] = (uint8_t)grey;
}

static void disc(int x, int y, int64_t across, int64_t down, int grey)
{
	for (int i = 0; i < SCAN_VIEW_PIXELS; i++) {
		int64_t dx = i % SCAN_VIEW_WIDTH - x, dy = i / SCAN_VIEW_WIDTH - y;
		if (dx * dx * down * down + dy * dy * across * across <
			across * across * down * down)
			hall[i] = (uint8_t)(grey + dx * 20 / across - dy * 15 / down);
	}
}

void eye_scene_view(struct painter *p)
{
	struct symbol s;

	for (int i = 0; i < SCAN_VIEW_PIXELS; i++)
		hall[i] = (uint8_t)(120 + i / SCAN_VIEW_WIDTH / 4 + i % SCAN_VIEW_WIDTH / 12);
	box(30, 20, 90, 150, 225);
	box(140, 20, 30, 150, 215);
	disc(230, 300, 135, 130, 60);
	disc(230, 105, 52, 68, 70);
	disc(230, 118, 44, 58, 175);
	disc(318, 205, 40, 32, 165);
	box(262, 52, 106, 176, 25);
	box(268, 58, 94, 164, 240);
	if (symbol_make(&s, span_of("ZQM10123456789ABCDEFGHJKMNPQRSTVWXYZ")))
		abort();
	for (unsigned i = 0; i < s.side * s.side; i++)
		if (symbol_dark(&s, i % s.side, i / s.side))
			box(276 + (int)(i % s.side) * 78 / (int)s.side,
				96 + (int)(i / s.side) * 78 / (int)s.side, 3, 3, 20);
	if (painter_view(
		    p, &(struct luma){hall, SCAN_VIEW_WIDTH, SCAN_VIEW_HEIGHT, SCAN_VIEW_WIDTH}))
		abort();
}

static void foreign(struct visitor *v, enum foreign kind)
{
	visitor_scan(v, "hello");
	v->opening.answer = ANSWER_FOREIGN;
	v->opening.foreign = kind;
	visitor_opened(v);
}
/* Whoever shows it, all four languages are there at once. */
#define TO_FOREIGN(name, kind)                                                                     \
	static void name(struct visitor *v, enum language l)                                       \
	{                                                                                          \
		(void)l;                                                                           \
		foreign(v, kind);                                                                  \
	}
TO_FOREIGN(to_other, FOREIGN_OTHER)
TO_FOREIGN(to_web, FOREIGN_WEB)
TO_FOREIGN(to_contact, FOREIGN_CONTACT)
TO_FOREIGN(to_boarding, FOREIGN_BOARDING)
TO_FOREIGN(to_wifi, FOREIGN_WIFI)
TO_FOREIGN(to_calendar, FOREIGN_CALENDAR)
TO_FOREIGN(to_message, FOREIGN_MESSAGE)
TO_FOREIGN(to_health, FOREIGN_HEALTH)
TO_FOREIGN(to_payment, FOREIGN_PAYMENT)
TO_FOREIGN(to_number, FOREIGN_NUMBER)

/* Afterwards, so that no visit ends it. */
static void to_idle(struct visitor *v, enum language l, struct camera camera)
{
	visitor_wait(v, 8 * ((int)l + 1));
	camera.there = true;
	visitor_tell(v, (struct msg){.kind = MSG_CAMERA, .camera = &camera});
}
static void to_still(struct visitor *v, enum language l)
{
	to_idle(v, l, (struct camera){0});
}
static void to_live(struct visitor *v, enum language l)
{
	to_idle(v, l, (struct camera){.live = true});
}
static void to_held(struct visitor *v, enum language l)
{
	to_idle(v, l, (struct camera){.live = true, .held = true});
}
static void to_missing(struct visitor *v, enum language l)
{
	visitor_network(v, visitor_online());
	to_idle(v, l, (struct camera){.fault = SCANNER_UNPLUGGED});
}
/* The worst of signs, and a camera that is out of order in the longest words. */
static void to_worst(struct visitor *v, enum language l)
{
	visitor_network(v, visitor_offline(1234567, 17 * 24 * 60));
	visitor_printer(v, FAULT_BUSY);
	v->m.wall = VISITOR_NOW / 32 * 32;
	to_idle(v, l, (struct camera){.fault = SCANNER_UNFIT});
}
/* A slow disk: she is greeted, and nothing is green. */
static void to_read(struct visitor *v, enum language l)
{
	visitor_guest(&v->guest, l);
	visitor_scan(v, "ZQM1");
	visitor_opened(v);
}

const struct scene eye_scenes[EYE_SCENES] = {
	{"foreign-other", to_other, SCREEN_TROUBLE},
	{"foreign-web", to_web, SCREEN_TROUBLE},
	{"foreign-contact", to_contact, SCREEN_TROUBLE},
	{"foreign-boarding", to_boarding, SCREEN_TROUBLE},
	{"foreign-wifi", to_wifi, SCREEN_TROUBLE},
	{"foreign-calendar", to_calendar, SCREEN_TROUBLE},
	{"foreign-message", to_message, SCREEN_TROUBLE},
	{"foreign-health", to_health, SCREEN_TROUBLE},
	{"foreign-payment", to_payment, SCREEN_TROUBLE},
	{"foreign-number", to_number, SCREEN_TROUBLE},
	{"camera", to_still, SCREEN_IDLE},
	{"camera-live", to_live, SCREEN_IDLE},
	{"camera-held", to_held, SCREEN_IDLE},
	{"camera-missing", to_missing, SCREEN_IDLE},
	{"camera-worst", to_worst, SCREEN_IDLE},
	{"agenda-read", to_read, SCREEN_AGENDA},
};
