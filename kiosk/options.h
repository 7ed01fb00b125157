/* The command line of foyer-kiosk. */
#ifndef KIOSK_OPTIONS_H
#define KIOSK_OPTIONS_H

#include "desk.h"
#include "venue.h"

enum { OPTIONS_SCREENS = 2 };

struct options {
	enum mode mode;
	enum language language; /* while nobody has chosen one */
	const char *roster;     /* NULL: data/roster.foyer */
	const char *data;       /* NULL: a fresh temporary folder */
	const char *printer;    /* URI, NULL: none */
	const char *scanner;    /* URI, NULL: none */
	const char *place;      /* a place's id */
	/* In MODE_SCREEN what each output shows, at least one; place and languages are filled in. */
	size_t screen_n;
	struct venue_ask screens[OPTIONS_SCREENS];
	/* The languages that take turns there. */
	uint32_t language_n;
	enum language languages[LANGUAGES];
	const char *story, *shots;
	const char *trust;
	const char *codes;        /* demo codes, a line each: token, space, label */
	const char *badge, *slip; /* a token's text, or "-" */
	const char *output;
	int width, height; /* 1280 x 800 unless --size */
	bool window;
	bool help;
	bool has_now;
	int64_t now_ms; /* since 1970 */
	int zone_min;   /* what --now said, minutes east of UTC */
};

/* Read argv into *out. What is wrong is said on standard error.
 * returns: OK
 *          ERR_FORMAT, if the use is wrong */
MUST_CHECK enum err options_read(struct options *out, int argc, const char *const *argv);

/* The whole help, for --help. */
extern const char options_help[];

/* An instant in ISO 8601: YYYY-MM-DDTHH:MM[:SS][Z|+HH:MM|-HH:MM]; without an offset, UTC. zone_min
 * may be NULL. Also read by stories.
 * returns: OK
 *          ERR_FORMAT */
MUST_CHECK enum err options_read_instant(const char *text, int64_t *ms, int *zone_min);

#endif
