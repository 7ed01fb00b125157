/* What venue screens look like: text for a hall, and the page of rows that two of them are. Inside the
 * kiosk's pure half only.
 *
 * Three sizes: far (layout.h) for what must be read from 8 m: when, what, where; near, from 3.5 m; and
 * aside, for who comes close. */
#ifndef KIOSK_VENUE_VIEW_H
#define KIOSK_VENUE_VIEW_H

#include "app_venue.h"

/* Sizes of text, pixels of the em. */
int32_t venue_near(const struct ui *u);
int32_t venue_aside(const struct ui *u);
/* Height of so many lines set tight, as headlines are. */
int32_t venue_height(int32_t lines, int32_t size);
/* The space below a headline of this size that the tails of its letters want of what stands there. */
int32_t venue_tail(int32_t size);
/* How wide b is on one line, with what its estimate may be short of. */
int32_t venue_width(const struct block *b);
/* Text set tight: at size where it fits into at and into lines, else smaller. */
void venue_put(struct ui *u, struct rect at, const struct block *b, unsigned lines,
	enum align across, enum align down);

/* big, and smaller words after it on the same line. */
void venue_pair(struct ui *u, struct rect at, const struct block *big, struct span rest);
/* Make b->size, the most, small enough for all of its text to fit into at, and no word to be broken.
 * How many lines it takes. */
int32_t venue_fit(const struct rect *at, struct block *b);

/* One of so many pages. */
struct venue_page {
	uint32_t is, of;
};
/* Which of them, in the middle of at's right end, which is cut off. */
void venue_pages(struct ui *u, struct rect *at, struct venue_page page);
/* The head of a screen: big, the rest of it beside it, the page and the clock. */
void venue_head(struct ui *u, struct span big, struct span rest, struct venue_page page);

/* Words that stand for all rows, in the middle of at's height. */
void venue_say(struct ui *u, struct rect at, struct span words);

/* What was changed in the last hour, to stand in such a width: all of it, or by the minute one thing after the
 * other where all is too long for a line. Its text is t's. */
struct block venue_change(
	const struct ui *u, const struct venue_entry *e, int32_t width, struct line *t);
/* Near words of their own, cut off at's top: two lines where one will not do, none if they are empty. */
int32_t venue_note_height(const struct ui *u, const struct block *b, int32_t width);
void venue_put_note(struct ui *u, struct rect *at, const struct block *b);

/* One row of a list. */
struct venue_item {
	const struct venue_entry *entry;
	struct line when, state, title, sort;
	struct line note;          /* below the title, or empty */
	struct span where, around; /* a room, and the house it is in */
	struct span who;
	enum ink bar, ink, state_ink;
};
/* What all items say of e: its title, its sector's colour. */
void venue_item_start(const struct ui *u, const struct venue_entry *e, struct venue_item *out);
/* A row's ground, with a bar at its left; *at becomes what is to be filled. */
void venue_panel(struct ui *u, struct rect *at, enum ink bar);
/* The width of a column of times, bold. */
int32_t venue_time_width(int32_t size);
void venue_row(struct ui *u, struct rect at, const struct venue_item *t);
typedef void venue_item_of(const struct ui *u, const struct venue_entry *e, struct venue_item *out);
/* The whole view of a list: head, the rows of the page whose turn it is, foot. */
void venue_list(struct ui *u, venue_item_of *item_of);

#endif
