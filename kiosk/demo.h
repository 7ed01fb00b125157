/* The demo: a panel beside the screen that plays the scanner with a few typical delegates, and
 * shows the badge that came out. Only with a roster that is marked as a demo. UI thread only. */
#ifndef KIOSK_DEMO_H
#define KIOSK_DEMO_H

#include "bitmap.h"
#include "draw.h"
#include "options.h"
#include "token.h"

enum { DEMO_CODES = 8, DEMO_LABEL = 64, DEMO_CODE = 64 };

struct stage;

struct demo {
	size_t n;
	struct {
		char code[DEMO_CODE], label[DEMO_LABEL];
	} codes[DEMO_CODES];
	struct bitmap page; /* the last badge that was printed; its own memory */
	bool clock_set;
	bool agent, plugged; /* there is one, and its network cable is plugged in */
};

/* Read the codes: a line each, the code, white space, a label; # begins a comment. From --codes, or
 * from `demo-codes` beside the roster. Without such a file there are none. */
void demo_load(struct demo *d, const struct options *options, const char *roster_path);
void demo_wipe(struct demo *d);

/* The scanner reads code i, from 1. returns: OK, ERR_ABSENT: there is none */
MUST_CHECK enum err demo_scan(const struct demo *d, struct stage *s, unsigned i);

/* Pull the cable of the board's agent, or plug it in. returns: OK, ERR_ABSENT: there is no agent; as
 * cable_set */
MUST_CHECK enum err demo_cable(const struct demo *d, const struct stage *s);
/* Look how agent and cable are. returns: has anything changed? */
bool demo_look(struct demo *d, const struct stage *s);

/* Keep a copy of the badge that came out. arg: the struct demo. */
void demo_printed(void *arg, const struct bitmap *page);

/* The panel. Regions "demo-1" … scan that code, "demo-cable" pulls the cable or plugs it in. */
void demo_view(const struct demo *d, int width, int height, struct draw *out);

#endif
