/* Stories: text files that drive the real kiosk. This is their grammar; play.h runs them.
 *
 * UTF-8, one step a line; blank lines and lines that begin with # are skipped. TEXT is the rest of
 * the line.
 *
 *   scan TEXT            the scanner read TEXT
 *   tap NAME             touch the region of that name;  tap X,Y  touch that pixel
 *   type TEXT            a keyboard types TEXT
 *   key NAME             next back up down enter escape, f1 to f8 (demo)
 *   wait MS              the clock moves on; nothing else moves it
 *   now ISO              the clock is set
 *   printer FAULT|ok     paper-out cover-open wrong-roll jam hot unplugged busy editor-lite
 *                        no-permission
 *   network on|off       disk full|ok
 *   roster F             F lies where the roster was
 *   restart              the power goes and comes back
 *   shot NAME            the picture of the screen, as NAME.png in --shots
 *   expect SCREEN        idle agenda preview printing done trouble access
 *   expect text "…"      some text on the screen holds this, spaces folded
 *   expect no text "…"   none does
 *   expect printed N     badges and slips confirmed since the story began
 *   expect silence       no sound, print, alert or event since the step before */
#ifndef KIOSK_STORY_H
#define KIOSK_STORY_H

#include "app.h"

enum story_verb {
	STORY_SCAN,
	STORY_TAP,
	STORY_TAP_AT,
	STORY_TYPE,
	STORY_KEY,
	STORY_DEMO_KEY,
	STORY_WAIT,
	STORY_NOW,
	STORY_PRINTER,
	STORY_NETWORK,
	STORY_DISK,
	STORY_ROSTER,
	STORY_RESTART,
	STORY_SHOT,
	STORY_EXPECT_SCREEN,
	STORY_EXPECT_TEXT,
	STORY_EXPECT_NO_TEXT,
	STORY_EXPECT_PRINTED,
	STORY_EXPECT_SILENCE,
};

struct story_step {
	enum story_verb verb;
	unsigned line;
	struct span text; /* scan, type: TEXT; tap, shot, roster: the name; expect text: the text */
	int64_t number; /* wait: ms; now: ms since 1970; printed: N; key: enum key, or 1 to 8; on/off,
			   ok/full: 1 or 0; printer: enum fault; screen: enum screen_id */
	int32_t x, y;
};

enum { STORY_STEPS = 1024, STORY_WHY = 160 };

struct story {
	size_t n;
	struct story_step steps[STORY_STEPS];
};

/* Read the whole of text, which must outlive out. On a fault *line and why tell it.
 * returns: OK
 *          ERR_FORMAT, if a line is no step
 *          ERR_FULL, if there are too many */
MUST_CHECK enum err story_read(
	struct story *out, struct span text, unsigned *line, char why[static STORY_WHY]);

/* The fault's name in a story: "paper-out" … Static. */
const char *story_fault_name(enum fault f);

/* Whether the texts of d hold want, spaces folded on both sides. */
bool story_sees(const struct draw *d, struct span want);

#endif
