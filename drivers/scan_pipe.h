/* What the camera's process says to the kiosk, line by line; both ends of the grammar.
 *
 * The kiosk starts `foyer-scan --camera DEV --pipe --view FD` with a pipe as its standard output and
 * FD a picture made by scan_view_make (scan_view.h). It decodes what strangers hold up to it:
 * whatever comes from it, lines and picture, is foreign.
 *
 * THE LINES, at most SCAN_PIPE_LINE bytes each, fields between single TABs, LF at the end. Numbers
 * are decimal, without sign or needless zeros:
 *
 *   beat P               it lives and looks; its next line comes within P ms, else it hangs: kill it
 *   away P WHY           the same, but there is no camera: WHY is unplugged, denied, busy or unfit
 *   code P N X,Y X,Y X,Y X,Y PATH TEXT
 *                        a symbol in view, told again for every frame in which it is read. N bytes
 *                        of text; TEXT is the first SCAN_PIPE_TEXT of them at most, not halving a
 *                        character. Its corners are pixels of the view, in the order of
 *                        reading.h. PATH is who read it, of letters, digits and / + - . only
 *
 * P is SCAN_PLEDGE_LEAST to SCAN_PLEDGE_MOST. TEXT is printable UTF-8 (see scan_escape).
 * A process that ends, by itself or by a signal, closes the pipe: start it again. A camera that is
 * unplugged does not end it. It ends by itself when the reading end is closed. */
#ifndef DRIVERS_SCAN_PIPE_H
#define DRIVERS_SCAN_PIPE_H

#include "reading.h"

enum {
	SCAN_PIPE_TEXT = 512, /* design.md section 11 */
	SCAN_PIPE_PATH = 47,
	SCAN_PIPE_LINE = 128 + SCAN_PIPE_PATH + 4 * SCAN_PIPE_TEXT, /* its LF included */
	SCAN_PLEDGE_LEAST = 150, /* ms: what is needed to find, kill and restart within 200 */
	SCAN_PLEDGE_MOST = 1000, /* ms: what a slow board may ask for */
};

/* Copy text so that no terminal, no line and no eye is deceived. What is not well-formed UTF-8, a
 * backslash, and U+0000-001F, 007F-009F (control), 061C, 200E-200F, 2028-202E, 2066-2069 (line ends
 * and direction) become \xHH, a byte each, lower-case digits; all else stays. */
void scan_escape(struct sink *k, struct span text);

enum scan_news { SCAN_BEAT, SCAN_AWAY, SCAN_SYMBOL };
enum scan_away { SCAN_UNPLUGGED, SCAN_DENIED, SCAN_BUSY, SCAN_UNFIT, SCAN_AWAY_COUNT };

/* One line, as it is or will be. */
struct scan_line {
	enum scan_news news;
	uint32_t pledge_ms;
	enum scan_away why; /* SCAN_AWAY */
	/* SCAN_SYMBOL */
	uint32_t whole; /* bytes of the symbol's whole text; above n: it was cut */
	struct corner corner[4];
	char path[SCAN_PIPE_PATH + 1];
	size_t n;
	char text[SCAN_PIPE_TEXT + 1]; /* n bytes as the symbol has them, then NUL */
};

/* Write l with its LF. What l may hold always fits SCAN_PIPE_LINE. */
void scan_line_write(struct sink *k, const struct scan_line *l);
/* Read one line, given without its LF.
 * returns: OK
 *          ERR_FORMAT, if it is not of the grammar; out is zeroed. Do not trust its sender further */
MUST_CHECK enum err scan_line_read(struct scan_line *out, struct span line);

#endif
