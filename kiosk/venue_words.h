/* What venue screens say, in the language whose turn it is (u->language). Pure.
 *
 * Each function begins its line anew; an empty one is not to be shown. */
#ifndef KIOSK_VENUE_WORDS_H
#define KIOSK_VENUE_WORDS_H

#include "ui.h"

struct span venue_title(const struct ui *u, const struct venue_entry *e);
/* A title's first part, where a colon follows it and it can stand alone; else all of it. */
struct span venue_main_title(struct span title);
/* What venue_main_title left. */
struct span venue_sub_title(struct span title);
/* "Room 1, Bayline Conference Center". */
void venue_where_words(const struct ui *u, const struct venue_entry *e, struct line *t);
/* "09:30 – 11:00", each by its own offset. */
void venue_when_words(const struct venue_entry *e, struct line *t);
/* Its sector and kind: "Life sciences · Seminar"; and the colour of the sector. */
void venue_sort_words(const struct ui *u, const struct venue_entry *e, struct line *t);
enum ink venue_ink(const struct venue *v, const struct venue_entry *e);
/* How long it goes on, or when it begins, to stand beside its time: "25 minutes left", "In 25 minutes",
 * "Next", "Tomorrow", "Thursday, 9 October". It changes once a minute. Empty for what is gone. */
void venue_countdown(const struct ui *u, const struct venue_entry *e, struct line *t);
/* The same below its time, where a line is short: "25 min left", "In 25 min". */
void venue_brief_countdown(const struct ui *u, const struct venue_entry *e, struct line *t);
/* "12 seats left", "Full"; with the time they were counted at, where the doors may not be heard. */
void venue_seats_words(const struct ui *u, const struct venue_entry *e, struct line *t);
/* "Boarding", "Left", or nothing. */
struct span venue_coach_words(const struct ui *u, const struct venue_entry *e);
/* What a coach takes people to, by its main title: "For: Debate at the university". */
void venue_follows_words(const struct ui *u, const struct venue_entry *e, struct line *t);
/* "New time, was 14:00", "Moved from Room 1", "Cancelled": of what was changed what is in marks, joined. */
void venue_change_words(
	const struct ui *u, const struct venue_entry *e, uint8_t marks, struct line *t);

/* The board's state: venue_state_of, and why there is no list. */
enum venue_state venue_state(const struct ui *u);
/* What is to be said of it; empty for VENUE_ON. */
void venue_state_words(const struct ui *u, struct line *t);

#endif
