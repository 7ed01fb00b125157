/* The course of a board in door mode, and what its screens ask for. Inside the kiosk's pure half only. */
#ifndef KIOSK_APP_DOOR_H
#define KIOSK_APP_DOOR_H

#include "screens.h"

extern const struct screen screen_door, screen_door_answer, screen_door_choose, screen_door_missing;

/* A code is about to be looked up; it was judged; an event is written or not; what
 * stage read or counted; time has passed. */
void door_scanned(struct model *m);
void door_judged(struct model *m, const struct gate_verdict *v, struct todo *todo);
/* A code that is nobody's: red like any other that opens no door, and the next badge is looked at.
 * returns: false, if it is no such trouble or no door */
bool door_misread(struct model *m, enum trouble t, struct todo *todo);
void door_noted(struct model *m, const struct msg *e, struct todo *todo);
void door_news(struct model *m, const struct msg *e, struct todo *todo);
void door_tick(struct model *m, struct todo *todo);
/* A card was unlocked. */
void door_unlocked(struct model *m, struct todo *todo);
/* What a card was to sign is written, or is not. */
void door_signed(struct model *m, const struct staff_answer *a, struct todo *todo);
/* Who is missing may not be listed now. */
void door_unnamed(struct model *m, struct todo *todo);
/* Nothing of the one who showed her badge stays. */
void door_forget(struct model *m);
/* Milliseconds until door_tick has something to do. */
int64_t door_tick_ms(const struct model *m);
/* Steps that the door's screens ask for: somebody enters or leaves; the last is taken back; a card lets
 * in; the activity is chosen (list.n: whatever comes next here). */
void door_note(struct model *m, bool leaves, struct todo *todo);
void door_undo(struct model *m, struct todo *todo);
void door_let_in(struct model *m, struct todo *todo);
void door_choose(struct model *m, uint32_t at, struct todo *todo);
/* The page where it is chosen, while a card is unlocked. */
void door_open_choice(struct model *m, struct todo *todo);
/* May what is refused be let in here and now? */
bool door_may_let_in(const struct model *m);
/* … or could it be, with a card of that right? A badge that is void lets nobody in. */
bool door_card_helps(const struct model *m);

#endif
