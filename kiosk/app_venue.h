/* The course of a venue screen, and what its views share. Inside the kiosk's pure half only. */
#ifndef KIOSK_APP_VENUE_H
#define KIOSK_APP_VENUE_H

#include "screens.h"

extern const struct screen screen_room, screen_lobby, screen_transfers, screen_emergency;

/* The screen that the board's layout asks for, or the emergency. */
enum screen_id venue_home(const struct model *m);
/* What a message means to a venue screen. True: it was dealt with; nobody touches or shows a code to
 * one, so hands and scans are. */
bool venue_next(struct model *m, const struct msg *e, struct todo *todo);

/* Begin a page, in the language whose turn it is. */
struct venue_turn venue_begin(struct ui *u, uint32_t pages);
/* The foot, where there is anything in it: how old all this is, and what is wrong with it. Cuts it off
 * *rest. */
void venue_foot(struct ui *u, struct rect *rest);
/* Where something is: "Room 1, Bayline Conference Center". */
void venue_where_words(const struct venue *v, const struct venue_entry *e, struct line *t);
/* Its sector and kind: "Life sciences · Seminar". */
void venue_sort_words(const struct ui *u, const struct venue_entry *e, struct line *t);
enum ink venue_ink(const struct venue *v, const struct venue_entry *e);
struct span venue_title(const struct ui *u, const struct venue_entry *e);
/* Venue screens do nothing by themselves, and are not spoken. */
void venue_on(struct model *m, const struct msg *e, struct todo *todo);
void venue_tell(const struct ui *u, struct line *t);
/* "09:30 – 11:00", each by its own offset. */
void venue_when_words(const struct venue_entry *e, struct line *t);
/* Instead of a programme, where there is none to show: its words, drawn over at. True: it was so. */
bool venue_nothing(struct ui *u, struct rect at);

#endif
