/* What a door says in numbers and names: parts of its screens' texts. Pure. */
#ifndef KIOSK_GATE_WORDS_H
#define KIOSK_GATE_WORDS_H

#include "ui.h"

/* A number in digits, alive as long as out. */
enum { GATE_DIGITS = 11 };
struct span gate_number(uint32_t v, uint8_t out[static GATE_DIGITS]);
/* The title in the language at hand; place and room; from when to when. */
struct span gate_title(const struct ui *u, const struct gate_activity *a);
void gate_where(const struct ui *u, const struct gate_activity *a, struct line *t);
void gate_when(const struct gate_activity *a, struct line *t);
/* When its doors open: "08:30". */
void gate_opening(const struct gate_activity *a, struct line *t);
/* "12 of 60 inside", or "12 inside" where no capacity is said; "3 still missing", or empty. */
void gate_inside(const struct ui *u, const struct gate_activity *a, struct line *t);
void gate_still_missing(const struct ui *u, struct line *t);

#endif
