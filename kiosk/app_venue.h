/* The course of a venue screen, and what its views share. Inside the kiosk's pure half only. */
#ifndef KIOSK_APP_VENUE_H
#define KIOSK_APP_VENUE_H

#include "screens.h"
#include "venue_words.h"

extern const struct screen screen_room, screen_lobby, screen_transfers, screen_emergency;

/* The screen that the board's layout asks for, or the emergency. */
enum screen_id venue_home(const struct model *m);
/* What a message means to a venue screen. True: it was dealt with; nobody touches or shows a code to
 * one, so hands and scans are. */
bool venue_next(struct model *m, const struct msg *e, struct todo *todo);
/* Venue screens do nothing by themselves, and are not spoken. */
void venue_on(struct model *m, const struct msg *e, struct todo *todo);
void venue_tell(const struct ui *u, struct line *t);

/* Begin a page, in the language whose turn it is; as venue_turn_of. */
struct venue_turn venue_begin(struct ui *u, uint32_t pages, uint32_t soon);
/* The foot: how old all this is, and what is wrong with it. Cuts it off *rest. */
void venue_foot(struct ui *u, struct rect *rest);
/* Instead of rows, where there are none: the words of the board's state, over at. True: it was so. */
bool venue_nothing(struct ui *u, struct rect at);

#endif
