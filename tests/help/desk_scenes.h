/* Every screen of the desk in the states it can be in, and a card, its PIN and answers as messages. */
#ifndef TESTS_DESK_SCENES_H
#define TESTS_DESK_SCENES_H

#include "scenes.h"

enum { DESK_SCENES = 44, DESK_STYLES = 3 };
extern const struct scene desk_scenes[DESK_SCENES];
extern const struct style desk_styles[DESK_STYLES];

enum { DESK_ALL = 0x7f, DESK_PEOPLE = 560 };

/* A locked desk of this size in this language, with roster and printer. */
void at_desk_start(struct visitor *v, enum language l, uint16_t width, uint16_t height);
/* An answer of the staff's room to what was asked last; of STAFF_WORD_OPENED with v->guest. */
void at_desk_answer(struct visitor *v, const struct staff_answer *a);
void at_desk_type(struct visitor *v, const char *text);
/* A card is shown, known, and its PIN wanted; and then right, with these rights. */
void at_desk_card(struct visitor *v);
void at_desk_unlock(struct visitor *v, uint16_t rights);
/* What is answered to a search, and to the choice of Anne: arrived twice, one badge printed. */
void at_desk_found(struct visitor *v);
struct staff_answer *at_desk_page(struct visitor *v);
/* What is answered where Zoë's late code was shown (named), or her badge, which names nobody. */
struct staff_answer *at_desk_late(struct visitor *v, bool named);
/* Unlocked, searched, Anne chosen. */
void at_desk_person(struct visitor *v, uint16_t rights);

#endif
