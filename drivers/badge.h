/* Badges: an SVG template and a guest become the dots that print.
 *
 * A template is a drawing made in Inkscape, one page as large as the label: 62 x 100 mm, or 80 mm
 * wide and as high as it likes. Every <rect> whose id is one of badge_field_names is a place for
 * that field: the rect itself is not printed. All else is printed as drawn. On such a rect,
 *   data-align   start | centre | end           (centre)     across
 *   data-down    start | centre | end           (centre)     down
 *   data-weight  400 | 600 | 700                (400)
 *   data-size    the largest em in mm           (as high as the rect allows)
 *   data-aim     the smallest em in mm while in data-lines lines; below, more lines are taken
 *   data-lines   lines                          (1)
 * An honorific that touches the name from above follows a name that stands at its box's end.
 * name and qr must be there. Refused, naming the element: a rotated or skewed field, a reference
 * to anything outside the file, an id twice, a field that leaves the printable area, a field
 * smaller than its text's floor of 24 dots, a qr smaller than 4 dots a module.
 *
 * A template is read once, when a roster is taken over; its artwork is kept as dots. It is
 * read-only afterwards but for one thing: badge_paint uses its canvas, so it belongs to one thread
 * at a time. */
#ifndef DRIVERS_BADGE_H
#define DRIVERS_BADGE_H

#include "bitmap.h"
#include "painter.h"
#include "visit.h"

/* What a badge is printed on: dots across and down that the head reaches, and dots an inch. */
struct badge_paper {
	bool label;             /* 62 x 100 mm; false: 80 mm continuous */
	uint32_t width, height; /* dots; height 0: the template decides */
	uint32_t dpi;
};
extern const struct badge_paper badge_paper_62x100; /* Brother QL: 696 x 1109 at 300 dpi */
extern const struct badge_paper badge_paper_80;     /* receipt class: 576 dots at 203 dpi */
extern const struct badge_paper badge_paper_80_180; /* the same at 180 dpi: 512 dots */

enum badge_field {
	BADGE_NAME,
	BADGE_HONORIFIC,
	BADGE_FUNCTION,
	BADGE_ORGANISATION,
	BADGE_DELEGATION,
	BADGE_ROLE, /* a black band with white text; an outline for delegates */
	BADGE_EVENT,
	BADGE_AGENDA, /* one line of the caller's, e.g. where the desk is */
	BADGE_PHOTO,  /* kept free */
	BADGE_DEMO,   /* a band that says so, only while the roster is a demo */
	BADGE_QR,
	BADGE_FIELDS
};
extern const char *const badge_field_names[BADGE_FIELDS]; /* the ids: "name" … */

enum { BADGE_FLOOR = 24, BADGE_FAULT = 200, BADGE_SVG_MAX = 1 << 20, BADGE_CODE = 512 };

struct badge_template;

/* Read svg for paper. fault (may be NULL) says in English what is wrong and where; "" if nothing.
 * returns: OK
 *          ERR_FORMAT, if the template is not as said above
 *          ERR_FULL, if svg is longer than BADGE_SVG_MAX or its page longer than 300 mm
 *          ERR_IO, if memory is out */
MUST_CHECK enum err badge_template_load(struct badge_template **out, struct span svg,
	const struct badge_paper *paper, char fault[BADGE_FAULT]);
/* The standard template for paper, which is part of the program. */
struct span badge_standard(const struct badge_paper *paper);
/* NULL is accepted. */
void badge_template_free(struct badge_template *t);
/* Dots of the badge. */
uint32_t badge_width(const struct badge_template *t);
uint32_t badge_height(const struct badge_template *t);
/* Where a field lies, in dots. returns: OK ERR_ABSENT, if the template has no such field */
MUST_CHECK enum err badge_field_at(
	const struct badge_template *t, enum badge_field field, struct rect *out);

/* What the badge says that is not in the visit. Empty or NULL: left out. */
struct badge_words {
	const char *role;         /* in the guest's language */
	const char *role_english; /* printed beside it where it differs */
	const char *delegation;   /* as it is to be read; NULL: the visit's own word */
	const char *event;
	const char *agenda;
	const char *demo; /* the word of the DEMO strip; NULL: the roster is no demo */
	const char
		*code; /* the symbol's text in place of v->badge_token: a late code. NULL: that */
};

/* Bits 1 << enum badge_field. */
struct badge_report {
	uint32_t overflow;  /* does not fit even at the floor */
	uint32_t shortened; /* its short form was taken, or it was broken within a word */
	size_t unknown;     /* characters no font has */
};

/* Paint v's badge. out has badge_width x badge_height dots; out == NULL only judges. The code is
 * w->code, at most BADGE_CODE bytes, or v->badge_token; with neither (badge_token.kind 0) its place stays
 * empty. Its symbol is as large as it needs, each module the same whole number of dots; fewer than 2 are
 * reported as an overflow. report may be NULL.
 * returns: OK, also where report has something to say
 *          ERR_FORMAT, if out has another size
 *          ERR_FULL, if the words or the code are longer than a badge can take
 *          ERR_IO, if memory is out, or a text is not UTF-8 */
MUST_CHECK enum err badge_paint(struct painter *p, struct badge_template *t, const struct visit *v,
	const struct badge_words *w, struct bitmap *out, struct badge_report *report);

/* Wipe what the template's canvas kept of the last guest (badge_paint does it by itself). */
void badge_forget(struct badge_template *t);

#endif
