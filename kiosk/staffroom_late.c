/* The staff's room: late guests, of whom a board knows what their code says, and no longer than it is open. */
#include "staffroom_inside.h"

#include <string.h>

static bool at_hand(const struct staffroom *s, const uint8_t person[static EVENT_PERSON])
{
	const struct staffroom_secrets *x = s->x;

	return x->has_late && memcmp(x->late.person, person, EVENT_PERSON) == 0;
}

/* Her badge says less than her own code. */
static bool says_more(const struct staffroom *s, const struct late *l)
{
	const struct late *old = &s->x->late;

	return l->badge && !old->badge && at_hand(s, l->person) && l->issue == old->issue;
}

enum err staffroom_late_shown(struct staffroom *s, const struct staff_ask *ask)
{
	struct late l;

	enum err e = late_read(&l, (struct span){ask->text, ask->text_n});
	if (e == OK)
		e = late_check(&s->holding->roster, &l, clock_now().wall_ms / 1000);
	if (e == OK && memcmp(l.person, ask->person, EVENT_PERSON) != 0)
		e = ERR_ABSENT;
	if (e == OK && !says_more(s, &l)) {
		s->x->late = l;
		s->x->has_late = true;
	}
	seal_wipe(&l, sizeof(l));
	return e;
}

enum err staffroom_late_visit(struct staffroom *s, const uint8_t person[static EVENT_PERSON])
{
	struct staffroom_secrets *x = s->x;

	if (!at_hand(s, person))
		return ERR_ABSENT;
	enum err e = late_check(&s->holding->roster, &x->late, clock_now().wall_ms / 1000);
	return e ? e : typed_visit_late(&x->visit, &x->late);
}

bool staffroom_late_may(const struct staffroom *s, uint32_t issue)
{
	const struct late *l = &s->x->late;
	uint16_t rights = s->x->keys.rights;
	bool same = issue == l->issue && (rights & (RIGHT_LATE | RIGHT_PRINT));

	return !l->badge && issue <= LATE_ISSUES &&
	       (same || ((rights & RIGHT_LATE) && (rights & RIGHT_PRINT)));
}

void staffroom_late_code(const struct staffroom *s, char out[static LATE_TEXT])
{
	if (late_write(&s->x->late, false, out) != OK)
		out[0] = '\0';
}

/* The last second of the event's last day, or of the card's. */
static int64_t last_second(const struct staffroom *s)
{
	int64_t last = 0;
	struct leg leg;

	for (uint32_t i = 0; roster_leg(&s->holding->roster, i, &leg) == OK; i++)
		last = leg.last > last ? leg.last : last;
	last += 24 * 60 * 60 - 1;
	return last < s->card.until ? last : s->card.until;
}

static enum err sign(struct staffroom *s, struct press_badge *b, uint32_t issue)
{
	b->late.issue = b->issue = issue;
	b->late.until = last_second(s);
	return late_sign(&b->late, &s->holding->roster, &s->x->keys);
}

static enum err drawn(struct staffroom *s, struct press_badge *b, enum err e)
{
	struct staffroom_secrets *x = s->x;

	if (e)
		return e;
	b->is_late = x->drawn_late = true;
	x->late_drawn = b->late;
	memcpy(x->drawn_person, b->late.person, EVENT_PERSON);
	return OK;
}

/* Her handle is nobody else's: 8 random bytes. */
enum err staffroom_late_make(struct staffroom *s, struct press_badge *b)
{
	const struct asked *a = &b->asked;
	struct late *l = &b->late;

	if (a->what != ASKED_LATE)
		return ERR_FORMAT;
	seal_random(l->person, sizeof(l->person));
	l->role = a->role;
	l->language = a->language;
	enum err e = span_copy_text(span_of(a->text[ASKED_DISPLAY]), l->name, sizeof(l->name));
	if (e == OK)
		e = span_copy_text(span_of(a->text[ASKED_ORGANISATION]), l->organisation,
			sizeof(l->organisation));
	if (e == OK)
		e = sign(s, b, 1);
	return drawn(s, b, e);
}

enum err staffroom_late_next(struct staffroom *s, struct press_badge *b, uint32_t issue)
{
	const struct late *l = &s->x->late;

	if (l->badge || issue > LATE_ISSUES || b->is_corrected)
		return ERR_ABSENT;
	if (!(s->x->keys.rights & (RIGHT_LATE | RIGHT_PRINT)))
		return ERR_DENIED;
	b->late = *l;
	b->issue = l->issue;
	return drawn(s, b, issue == l->issue ? OK : sign(s, b, issue));
}

void staffroom_late_issued(struct staffroom *s, struct staff_answer *out)
{
	struct staffroom_secrets *x = s->x;

	if (!x->drawn_late)
		return;
	x->late = x->late_drawn;
	x->has_late = true;
	out->row_n = 1;
	memcpy(out->rows[0].person, x->late.person, EVENT_PERSON);
}

void staffroom_forget_late(struct staffroom *s)
{
	seal_wipe(&s->x->late, sizeof(s->x->late));
	s->x->has_late = false;
}
