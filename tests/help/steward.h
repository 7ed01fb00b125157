/* A board in door mode being driven: its day, its verdicts, a card. */
#ifndef TESTS_STEWARD_H
#define TESTS_STEWARD_H

#include "visitor.h"

/* A locked door with a roster. */
void steward_start(struct visitor *v);
/* What takes place today: here a seminar of 60 that began ten minutes ago and a reception tonight,
 * elsewhere a visit of 40 that is by invitation. */
void steward_day(struct gate_list *l);
/* The day again, with so many activities, long titles among them. */
void steward_days(struct visitor *v, uint32_t n);
/* A card with the right for doors is unlocked, and the day is read. */
void steward_unlock(struct visitor *v);
/* … the card is gone, whoever comes next here is let in by the list, and so many are inside. */
void steward_open(struct visitor *v, uint32_t inside, uint32_t missing);
/* A badge is shown and judged so; her name is Anne Peeters where one may be shown. */
void steward_judge(
	struct visitor *v, enum door_light light, enum door_reason reason, enum language l);
/* The event that was asked for is written, or is not. */
void steward_noted(struct visitor *v, enum err result);
/* What the card was to sign is written, or is not. */
void steward_signed(struct visitor *v, enum err result);
/* So many names, the first of them long. */
void steward_missing(struct visitor *v, uint32_t n);
/* They cannot be written down as looked at: nobody is named. */
void steward_unnamed(struct visitor *v);

#endif
