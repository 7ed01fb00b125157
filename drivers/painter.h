/* The painter: turns a draw list into pixels (glass) or dots (paper).
 *
 * Both surfaces are painted by the same code with the same fonts: Noto Sans and its companions,
 * unhinted, grey edges, whole-number coordinates, so the same list gives the same pixels on every
 * machine with those fonts. Paper is painted in grey and cut at one half; nothing is dithered.
 *
 * A painter holds fonts and the shapes of texts it has seen, names among them: painter_forget when
 * a guest is gone. It belongs to one thread at a time; two threads take two painters. */
#ifndef DRIVERS_PAINTER_H
#define DRIVERS_PAINTER_H

#include "bitmap.h"
#include "draw.h"
#include "luma.h"

struct painter;

enum palette { PALETTE_NORMAL, PALETTE_CONTRAST, PALETTES };

/* A pixel buffer of the caller's: 32 bits a pixel, 0xffRRGGBB in the machine's byte order, which
 * is SDL_PIXELFORMAT_ARGB8888 and CAIRO_FORMAT_RGB24. */
struct glass {
	uint32_t *pixels;
	int32_t width, height;
	size_t stride; /* bytes a row, a multiple of 4 */
	enum palette palette;
};

/* What a look at the picture would find wrong with it. Added to by each painting; zero it first. */
struct painter_report {
	size_t overflow;   /* texts that do not fit even at size_min */
	size_t unknown;    /* characters no font has, pictures and codes that cannot be drawn */
	struct rect worst; /* the box of the last text that does not fit */
};

enum { PAINTER_RECTS = 16 };

/* returns: OK
 *          ERR_IO, if no font can be loaded or memory is out */
MUST_CHECK enum err painter_new(struct painter **out);
/* NULL is accepted. */
void painter_free(struct painter *p);

/* Paint the parts of d within the n rectangles of damage (n == 0: all of it). Every pixel in them
 * is painted anew, those outside are not touched. Painting the damage gives what painting all
 * gives; only the smooth edge of a curve may differ by rounding (2 of 255 a curve). report may be NULL.
 * returns: OK
 *          ERR_FORMAT, if g is no usable buffer
 *          ERR_IO, if memory is out */
MUST_CHECK enum err painter_glass(struct painter *p, const struct glass *g, const struct draw *d,
	const struct rect *damage, size_t n, struct painter_report *report);

/* Paint all of d on paper: out's dots are cleared first. INK_NONE paints nothing; INK_GROUND,
 * INK_PANEL, INK_SHADE and the INK_ON_ ones are white, all others black. report may be NULL.
 * returns: as painter_glass */
MUST_CHECK enum err painter_paper(
	struct painter *p, const struct draw *d, struct bitmap *out, struct painter_report *report);

/* Where after differs from before on a surface of this width and height: at most PAINTER_RECTS
 * rectangles within it, empty if nothing to see changed; before == NULL: everything.
 * returns: how many */
size_t painter_damage(const struct draw *before, const struct draw *after, int32_t width,
	int32_t height, struct rect out[PAINTER_RECTS]);

/* The dots behind the picture "badge", copied; NULL: none. Whoever changes them repaints the
 * picture's place: the draw list does not show the change.
 * returns: OK
 *          ERR_IO, if memory is out */
MUST_CHECK enum err painter_badge(struct painter *p, const struct bitmap *dots);
/* What the picture "viewfinder" shows, copied, left and right exchanged as in a mirror; it fills its
 * place and is cut to its shape. NULL: nothing, and what was kept of it is wiped. Whoever changes it
 * repaints the picture's place.
 * returns: OK
 *          ERR_FORMAT, if it is not sound
 *          ERR_IO, if memory is out */
MUST_CHECK enum err painter_view(struct painter *p, const struct luma *picture);
/* The colour behind INK_TRACK + i, i < 16, e.g. from roster_track. */
void painter_track(struct painter *p, unsigned i, const uint8_t rgb[3]);

/* Is there a picture of this name? All are drawn in one ink on a grid of 24 with lines of 2:
 * scan-here code badge printer paper check warning offline bus clock person calendar place door phone
 * help access home back search cup microphone handshake lock pen sound logo */
bool painter_has_picture(const char *name);

/* How d's text c would sit: its size and lines after fitting, and where its ink falls.
 * returns: OK
 *          ERR_ABSENT, if c is no text
 *          ERR_FULL, if it does not fit its box */
struct painter_fit {
	unsigned size, lines;
	struct rect ink;
};
MUST_CHECK enum err painter_measure(struct painter *p, const struct draw *d,
	const struct draw_command *c, struct painter_fit *out);

/* Let go of every text and wipe every pixel the painter keeps. The caller wipes his own buffers. */
void painter_forget(struct painter *p);

#endif
