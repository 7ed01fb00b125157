/* The dots of a guest's badge and slip. One thread at a time. */
#ifndef KIOSK_PRESS_PAGE_H
#define KIOSK_PRESS_PAGE_H

#include "badge.h"
#include "printer.h"
#include "roster.h"

struct press_page;

/* What is printed on, and for a slip how wide. */
struct press_paper {
	struct badge_paper badge;
	const char *media; /* "62x100": which template of the organiser's */
};
/* The paper of p; NULL: 62 x 100 mm in a QL-820NWB. */
struct press_paper press_paper_of(const struct printer *p);

/* returns: OK, ERR_IO */
MUST_CHECK enum err press_page_open(struct press_page **out);
/* NULL is fine. */
void press_page_close(struct press_page *g);
/* Templates of the roster before are let go; the next draw reads those of its own. */
void press_page_new_roster(struct press_page *g);

/* Draw v's badge: the template the visit names, else the organiser's standard one, else our own. code: a
 * late guest's, as her badge shows it (late_write); NULL: v's own token.
 * returns: OK, also where not everything fits (logged, without a name)
 *          ERR_DENIED, if v holds no badge to print (a badge was shown, or issue 1 is replaced; what
 *          staff opened has no such bounds; a late guest's badge names nobody)
 *          ERR_FORMAT, ERR_FULL, ERR_IO, as badge_template_load and badge_paint */
MUST_CHECK enum err press_page_draw(struct press_page *g, const struct roster *r,
	const struct press_paper *paper, const struct visit *v, const char *code);
/* What was drawn. Borrowed. returns: OK, ERR_ABSENT: nothing was */
MUST_CHECK enum err press_page_badge(const struct press_page *g, struct bitmap *out);
/* Draw v's agenda slip, from now on, without the first entries: *first becomes how many stand on this slip and
 * those before it, 0 if these are all. *out is borrowed until the next one.
 * returns: OK, else as slip_paint */
MUST_CHECK enum err press_page_slip(struct press_page *g, const struct roster *r,
	const struct press_paper *paper, struct visit *v, size_t *first, struct bitmap *out);
/* The next page of slip from row *at on, which then moves past it: on continuous paper all that is
 * left; on labels one label's worth, cut where a row is empty if there is one. Borrowed until the
 * next one. returns: OK, ERR_IO */
MUST_CHECK enum err press_page_cut(struct press_page *g, const struct bitmap *slip,
	const struct press_paper *paper, uint32_t *at, struct bitmap *out);
/* Wipe the dots, and what the painter kept of texts. */
void press_page_wipe(struct press_page *g);

#endif
