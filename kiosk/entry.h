/* An appointment of the guest in words: what several screens say of it. Pure. */
#ifndef KIOSK_ENTRY_H
#define KIOSK_ENTRY_H

#include "ui.h"

struct span entry_text(const struct ui *u, struct text t);
/* The title in the language at hand; of a meeting, whom she meets. */
struct span entry_title(const struct ui *u, const struct entry *e);
/* Place, room, and the table or seat. */
void entry_where(const struct ui *u, const struct entry *e, struct line *t);
/* When to leave and from where; empty if neither is said. */
void entry_leave(const struct ui *u, const struct entry *e, struct line *t);
/* Of a meeting, the other's organisation; and what is special: a waiting list, a clash. */
void entry_note(const struct ui *u, const struct entry *e, struct line *t);
/* How far off it is, and from when to when. */
void entry_when(const struct ui *u, const struct entry *e, struct line *t);

#endif
