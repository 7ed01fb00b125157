/* What staff read of people and badges, in words. Pure. */
#ifndef KIOSK_STAFF_WORDS_H
#define KIOSK_STAFF_WORDS_H

#include "ui.h"

/* "Delegate", "VIP" … */
const char *staff_role(enum role role);
/* "Badge printed" …; "" where there is nothing to say. */
const char *staff_badge_state(enum badge_state state);
/* "No badge yet" or what has become of the newest, with its number above 1. */
void staff_badge_line(const struct ui *u, enum badge_state state, uint32_t issue, struct line *t);
/* v in digits, which stand in out. */
struct span staff_number(uint64_t v, uint8_t out[static 20]);
/* Today the time alone, else with its day. */
void staff_time(const struct ui *u, int64_t at, struct line *t);
/* One of several that fills its row, as a button: title, small text and what stands at the right; if it
 * has a time, that and below it the day stand in a column at the left. */
struct staff_line {
	struct span title, text, right;
	struct span time, day;
	enum ink right_ink;
	bool plain; /* not to be pressed: no region */
};
/* How high it likes to be. */
int32_t staff_row_height(const struct ui *u);
/* How high l has to be in a row so wide: at the smallest text there is, or where large text is wanted or the
 * glass is high, and room allows, at no small one. */
int32_t staff_row_least(
	const struct ui *u, const struct staff_line *l, int32_t width, int32_t room);
void staff_row_draw(struct ui *u, struct rect at, const char *name, const struct staff_line *line);
/* "row-12" of "row-" and 12, which is below 100; and back. */
void staff_row_name(const char *prefix, size_t i, char out[static APP_NAME]);
bool staff_tapped_row(const struct msg *e, const char *prefix, size_t *i);
/* Why the last thing that staff wanted was not done; empty if it was. */
struct span staff_refusal(const struct ui *u);
/* A strip that says what went wrong, or what has happened, below the head; nothing if text is empty. */
void staff_strip(struct ui *u, struct rect *from, struct span text, bool bad);
/* A title and what it means, in the middle; text may be NULL. */
struct staff_note {
	const char *title, *text;
};
void staff_note(struct ui *u, struct rect at, const struct staff_note *n);
/* Nobody is named where it cannot be written down that staff looked. */
extern const struct staff_note staff_unsaved;
/* The worst that the signs say, in one line with its dot, at the right: a fault, else the network. */
void staff_signs(struct ui *u, struct rect at);
/* A protected person has arrived: said above whatever stands there, or below it where all is to be within
 * reach. */
void staff_banner(struct ui *u, struct rect *from);

#endif
