/* The drawing vocabulary: what a screen or a badge is made of, before anyone paints it.
 *
 * A view appends commands to a draw list; it measures nothing, asks nothing and allocates nothing,
 * so the same model gives the same list. The painter fits every text into its box. Two surfaces
 * take the same list: glass (colour, pixels) and paper (dots, 1 bit). Lists compare as bytes, which
 * is how a screen knows what to repaint, and print as text, which is how tests see a change.
 *
 * Coordinates and sizes are the surface's own pixels or dots, whole numbers. Not thread-safe: a
 * list belongs to one thread. */
#ifndef DRIVERS_DRAW_H
#define DRIVERS_DRAW_H

#include "base.h"

struct rect {
	int32_t x, y, w, h;
};

/* What a thing is, not its colour: the painter's palette decides, so that high contrast is another
 * palette and nothing else. On paper everything but INK_NONE and INK_GROUND is black or white. */
enum ink {
	INK_NONE,
	INK_GROUND, /* behind everything */
	INK_PANEL,  /* a card on the ground */
	INK_LINE,   /* rules and outlines */
	INK_TEXT,
	INK_MUTED,     /* text that may be read later */
	INK_ACCENT,    /* the next thing, the main button */
	INK_ON_ACCENT, /* text on INK_ACCENT */
	INK_GOOD,
	INK_ON_GOOD,
	INK_WARN,
	INK_ON_WARN,
	INK_BAD,
	INK_ON_BAD,
	INK_SHADE, /* a quiet second panel */
	INK_FOCUS, /* the ring around what Enter would press */
	INK_TRACK, /* first of the programme's track colours … */
	INKS = INK_TRACK + 16
};

enum align { ALIGN_START, ALIGN_CENTRE, ALIGN_END };

/* How a text sits in its box. It is wrapped at words and never cut: first at size, then smaller
 * down to size_min until it fits in lines and in the box. What does not fit at size_min is painted
 * at size_min, clipped, and reported by the painter (a test fails on it). */
struct text_style {
	uint16_t size, size_min; /* pixels of the em */
	uint8_t lines;           /* at most; 0: as many as fit */
	uint8_t weight;          /* 4 regular, 6 semibold, 7 bold */
	uint8_t across, down;    /* enum align; start is left for left-to-right text, else right */
	uint8_t spacing;         /* line height in percent of the font's own; 0: 100 */
	uint8_t zero;            /* no padding: styles are compared as bytes */
};

/* What a touch, a key or a voice can act on. */
enum region_role { REGION_BUTTON, REGION_CHOICE, REGION_FIELD, REGION_TEXT, REGION_ALERT };
enum region_state { REGION_READY, REGION_DISABLED, REGION_CHOSEN };

enum draw_op { DRAW_FILL, DRAW_TEXT, DRAW_PICTURE, DRAW_CODE, DRAW_REGION };

enum { DRAW_COMMANDS = 768, DRAW_BYTES = 48 * 1024, DRAW_NAME = 24 };

/* Fixed size and without padding that is not zeroed, so that commands compare as bytes. */
struct draw_command {
	uint32_t op; /* enum draw_op */
	struct rect at;
	uint32_t ink;    /* fill, text, code: enum ink */
	uint32_t border; /* fill: outline width, in ink edge; region: tab order */
	uint32_t edge;
	uint32_t radius; /* fill */
	struct text_style style;
	uint32_t text, text_n; /* where in bytes: the text, the picture's name, the code's content,
				  the region's spoken label */
	uint32_t name, name_n; /* region: its name, as in a story's `tap NAME` */
	uint32_t role, state;  /* region */
};

struct draw {
	size_t n, bytes_n;
	bool full; /* something did not fit: a fault of the view, a test fails on it */
	struct draw_command commands[DRAW_COMMANDS];
	uint8_t bytes[DRAW_BYTES];
};

/* Begin anew: all that the last view wrote is zeroed. A list is zero before its first use. */
void draw_clear(struct draw *d);
void draw_fill(struct draw *d, struct rect at, enum ink ink, uint32_t radius);
/* A filled box with an outline of border pixels inside its edge. */
void draw_box(struct draw *d, struct rect at, enum ink ink, uint32_t radius, enum ink edge,
	uint32_t border);
void draw_text(
	struct draw *d, struct rect at, enum ink ink, struct text_style style, struct span text);
/* A picture by name ("scan-here", "logo" …), fitted and centred in at; the painter knows the names.
 */
void draw_picture(struct draw *d, struct rect at, enum ink ink, const char *name);
/* A QR symbol of content, error correction Q, centred in at with its quiet zone of four modules,
 * every module the same whole number of pixels: as many as fit. */
void draw_code(struct draw *d, struct rect at, struct span content);
/* A place to act on. order: its place in the tab order, 1 first. */
void draw_region(struct draw *d, struct rect at, const char *name, enum region_role role,
	struct span spoken, enum region_state state, unsigned order);

struct span draw_text_of(const struct draw *d, const struct draw_command *c);
struct span draw_name_of(const struct draw *d, const struct draw_command *c);

/* The list as text, a command a line, for goldens: `text 40,40 720x60 accent 32 "Ada"`.
 * returns: OK
 *          ERR_FULL, if out is too small */
MUST_CHECK enum err draw_print(const struct draw *d, char *out, size_t cap);

#endif
