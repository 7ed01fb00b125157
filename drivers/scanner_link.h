/* What a kind of scanner is to drivers/scanner.c; only the scanner files include it. */
#ifndef DRIVERS_SCANNER_LINK_H
#define DRIVERS_SCANNER_LINK_H

#include "scan_child.h"
#include "scan_pipe.h"
#include "scan_view.h"
#include "scanner.h"
#include "sightings.h"

#include <limits.h>

/* A text on its way in as bytes. Wider than a scan: under a wrong layout a character takes up to
 * three bytes. Serial scanners send 1 byte a millisecond and more; SCANNER_QUIET_MS without one is
 * the end of a code, for those that send no terminator. */
enum { SCANNER_LINE = 3 * WEDGE_TEXT, SCANNER_QUIET_MS = 200 };

struct scanner_line {
	size_t n;
	bool too_long;
	int64_t last_ms;
	uint8_t text[SCANNER_LINE];
};

/* One byte more. CR, LF, ETX and NUL end a text, other control characters are dropped.
 * returns: OK, a text is whole, in *out
 *          ERR_ABSENT, more is to come (or an empty line) */
MUST_CHECK enum err scanner_line_byte(
	struct scanner_line *l, uint8_t byte, int64_t now_ms, struct scan *out);
/* End the text here. returns: OK, in *out; ERR_ABSENT, there is none */
MUST_CHECK enum err scanner_line_end(struct scanner_line *l, struct scan *out);

/* What is known of a camera. */
struct scanner_camera {
	struct scan_child child;
	bool has_view; /* the picture's memory is made */
	int view;
	struct scan_view looked; /* to see that it changes */
	enum scanner_fault fault;
	const char *why;              /* it is ended, for the log */
	int64_t started_ms, heard_ms; /* it was started; its last line came */
	uint32_t pledge_ms;           /* its next one comes within */
	unsigned deaths;              /* soon after a start, one after the other */
	int64_t second_ms;            /* since when lines are counted */
	unsigned lines;
	struct sightings sightings;
	size_t n;
	uint8_t line[SCAN_PIPE_LINE];
};

/* What has come in, byte by byte or key by key; the link uses one of them. */
struct scanner_input {
	struct wedge wedge;
	bool torn; /* keys were lost: skip to the next report */
	struct scanner_line line;
	struct scanner_camera camera;
};

struct scanner_link {
	const char *scheme; /* "evdev:" */
	bool comes_back;    /* look for it again once it has gone */
	size_t unit;        /* bytes handed to feed at once, at most SCANNER_UNIT */
	/* returns: OK, *fd is ours
	 *          ERR_ABSENT, it is not plugged in
	 *          ERR_FORMAT, where is no such device's name, or it is another kind of device
	 *          ERR_BUSY, ERR_DENIED, ERR_IO */
	enum err (*open)(struct scanner_input *in, const char *where, int64_t now_ms, int *fd);
	/* returns: OK, a text is whole; ERR_ABSENT, more is to come; else it is not to be trusted and
	 * is closed */
	enum err (*feed)(
		struct scanner_input *in, const uint8_t *unit, int64_t now_ms, struct scan *out);
	/* How long until silence ends a text, -1 if there is none or silence means nothing. */
	int64_t (*quiet_in)(const struct scanner_input *in, int64_t now_ms);
	/* End the text: after that silence, or at the end of the stream. returns: as feed */
	enum err (*end)(struct scanner_input *in, struct scan *out);
	/* For who owns more than a descriptor, else NULL: it has gone; how long, in ms, until it is
	 * opened again (NULL: longer each time); all is over. */
	void (*close)(struct scanner_input *in, int64_t now_ms);
	int64_t (*pause)(const struct scanner_input *in);
	void (*done)(struct scanner_input *in);
};
enum { SCANNER_UNIT = 32 };

extern const struct scanner_link scanner_camera, scanner_evdev, scanner_serial, scanner_stdin;

/* Shared by serial and stdin. */
enum err scanner_text_feed(
	struct scanner_input *in, const uint8_t *unit, int64_t now_ms, struct scan *out);
enum err scanner_text_end(struct scanner_input *in, struct scan *out);

/* Where evdev looks: the seam of its tests. Change it only while no scanner is open. */
struct scanner_places {
	const char *input; /* "/dev/input" */
	const char *udev;  /* "/run/udev/data", udev's properties by device number */
};
extern struct scanner_places scanner_evdev_places;
/* Does udev's database carry FOYER_SCANNER=1 for the device at node? */
bool scanner_evdev_marked(const char *node);
/* Read "VID:PID", hexadecimal, 1 to 4 digits each. returns: OK, ERR_FORMAT */
MUST_CHECK enum err scanner_evdev_ids(const char *text, unsigned *vendor, unsigned *product);

#endif
