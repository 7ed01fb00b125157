/* Stories: text files that drive the real kiosk. This is their grammar; play.h runs them.
 *
 * UTF-8, one step a line; blank lines and lines that begin with # are skipped. TEXT is the rest of
 * the line.
 *
 *   scan TEXT            the scanner read TEXT
 *   tap NAME             touch the region of that name;  tap X,Y  touch that pixel
 *   type TEXT            a keyboard types TEXT; in kiosk mode, and where it begins with a code's magic,
 *                        Enter hands it on as a scan
 *   pin DIGITS           a keyboard types a PIN and Enter
 *   key NAME             next back up down enter escape erase, f1 to f8 (demo)
 *   wait MS              the clock moves on; nothing else moves it
 *   now ISO              the clock is set
 *   printer FAULT|ok     paper-out cover-open wrong-roll jam hot unplugged busy editor-lite
 *                        no-permission
 *   disk full|ok
 *   network on|off       the hub is there or is not; see below
 *   undelivered N        so many events wait to be delivered
 *   lease MINUTES        the network is off, and the hub's newest word so old
 *   board KIND           none (there is no agent) new enrolled revoked
 *   words W W W W        the board is being enrolled with these words
 *   answer KIND          the agent judged a signed code: taken older foreign forged enrolled
 *   emergency CARD PIN TEXT  a desk elsewhere says TEXT to everybody with this card, or "fr: TEXT | nl: TEXT";
 *                        without TEXT that it is over
 *   roster F             F lies where the roster was
 *   restart              the power goes and comes back
 *   shot NAME            the picture of the screen, as NAME.png in --shots; of a second output NAME-2.png
 *   output N             expectations are about this output from now on: 1 (the first) or 2
 *   expect SCREEN        idle agenda preview printing done trouble access; staff desk desk-person
 *                        desk-badge desk-correct desk-late desk-today; door door-answer door-choose
 *                        door-missing; room lobby transfers emergency
 *   expect text "…"      some text on the screen holds this, spaces folded
 *   expect no text "…"   none does
 *   expect picture NAME  it shows that picture: viewfinder, while a camera's is live
 *   expect printed N     badges and slips confirmed since the story began
 *   expect silence       no sound, print, alert or event since the step before
 *
 * A story plays the agent. Only where --data names a board whose agent runs, `network` pulls and plugs
 * that agent's cable (DIR/network-off) and waits until it says so, and `undelivered` waits for that
 * number; the other four are refused. There, and where --scanner names a camera, an expectation may take
 * up to 20 seconds to come true. */
#ifndef KIOSK_STORY_H
#define KIOSK_STORY_H

#include "app.h"

enum story_verb {
	STORY_SCAN,
	STORY_TAP,
	STORY_TAP_AT,
	STORY_TYPE,
	STORY_PIN,
	STORY_KEY,
	STORY_DEMO_KEY,
	STORY_WAIT,
	STORY_NOW,
	STORY_PRINTER,
	STORY_NETWORK,
	STORY_UNDELIVERED,
	STORY_LEASE,
	STORY_BOARD,
	STORY_WORDS,
	STORY_ANSWER,
	STORY_DISK,
	STORY_EMERGENCY,
	STORY_ROSTER,
	STORY_RESTART,
	STORY_SHOT,
	STORY_OUTPUT,
	STORY_EXPECT_SCREEN,
	STORY_EXPECT_TEXT,
	STORY_EXPECT_NO_TEXT,
	STORY_EXPECT_PICTURE,
	STORY_EXPECT_PRINTED,
	STORY_EXPECT_SILENCE,
};

enum story_board { STORY_NO_AGENT, STORY_NEW, STORY_ENROLLED, STORY_REVOKED };

struct story_step {
	enum story_verb verb;
	unsigned line;
	struct span
		text; /* scan, type: TEXT; tap, shot, roster, picture: the name; expect text: the text */
	int64_t number; /* wait: ms; now: ms since 1970; printed: N; key: enum key, or 1 to 8; on/off,
			   ok/full: 1 or 0; printer: enum fault; screen: enum screen_id; undelivered: N; lease: minutes; board: enum story_board; answer: enum status_answer */
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

/* Whether the texts of d hold want, spaces folded on both sides; whether it shows a picture. */
bool story_sees(const struct draw *d, struct span want);
bool story_shows(const struct draw *d, struct span picture);

#endif
