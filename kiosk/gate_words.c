/* Parts of the door's texts. */
#include "gate_words.h"

#include "when.h"

struct span gate_number(uint32_t v, uint8_t out[static GATE_DIGITS])
{
	size_t at = GATE_DIGITS;

	do {
		out[--at] = (uint8_t)('0' + v % 10);
		v /= 10;
	} while (v > 0);
	return (struct span){out + at, GATE_DIGITS - at};
}

struct span gate_title(const struct ui *u, const struct gate_activity *a)
{
	return gate_text(&u->m->gate.list, texts_in(&a->title, u->language));
}

void gate_where(const struct ui *u, const struct gate_activity *a, struct line *t)
{
	line_start(t);
	line_join(t, ", ", gate_text(&u->m->gate.list, a->place));
	line_join(t, ", ", gate_text(&u->m->gate.list, a->room));
}

void gate_when(const struct gate_activity *a, struct line *t)
{
	line_start(t);
	when_span(&t->k, a->start, a->end, a->offset);
}

void gate_opening(const struct gate_activity *a, struct line *t)
{
	line_start(t);
	when_time(&t->k, gate_opens(a), a->offset);
}

void gate_inside(const struct ui *u, const struct gate_activity *a, struct line *t)
{
	uint8_t digits[2][GATE_DIGITS];
	struct span args[] = {gate_number(u->m->gate.counts.inside, digits[0]),
		gate_number(a->capacity, digits[1])};

	line_start(t);
	say_into(&t->k, u->language, a->capacity > 0 ? N_("{1} of {2} inside") : N_("{1} inside"),
		args, COUNT(args));
}

void gate_still_missing(const struct ui *u, struct line *t)
{
	const struct gate_counts *c = &u->m->gate.counts;

	line_start(t);
	if (c->missing_known)
		line_count(t, u->language, "{1} still missing", "{1} still missing", c->missing);
}
