/* Appointments in words. */
#include "entry.h"

#include "when.h"

struct span entry_text(const struct ui *u, struct text t)
{
	return guest_text(&u->m->guest, t);
}

struct span entry_title(const struct ui *u, const struct entry *e)
{
	if (e->meeting)
		return entry_text(u, e->counterpart);
	return entry_text(u, texts_in(&e->title, u->language));
}

void entry_where(const struct ui *u, const struct entry *e, struct line *t)
{
	line_start(t);
	line_join(t, ", ", entry_text(u, e->place));
	line_join(t, ", ", entry_text(u, e->room));
	struct span number = entry_text(u, e->meeting ? e->table : e->seat);
	if (number.n == 0)
		return;
	if (t->k.n > 0)
		line_add(t, span_of(" · "));
	say_into(&t->k, u->language, e->meeting ? N_("Table {1}") : N_("Seat {1}"), &number, 1);
}

void entry_leave(const struct ui *u, const struct entry *e, struct line *t)
{
	line_start(t);
	uint8_t text[8];
	struct sink k = sink_on(text, sizeof(text));
	when_time(&k, e->leave_by, e->offset);
	struct span args[] = {{text, k.n}, entry_text(u, e->meeting_point)};
	if (e->leave_by != 0 && args[1].n > 0)
		say_into(&t->k, u->language, "Leave by {1}. Meeting point: {2}", args, 2);
	else if (e->leave_by != 0)
		say_into(&t->k, u->language, "Leave by {1}", args, 1);
	else if (args[1].n > 0)
		say_into(&t->k, u->language, "Meeting point: {2}", args, 2);
}

void entry_note(const struct ui *u, const struct entry *e, struct line *t)
{
	line_start(t);
	if (e->meeting)
		line_join(t, " · ", entry_text(u, e->counterpart_organisation));
	if (e->status == BOOKING_WAITING)
		line_join(t, " · ", ui_say(u, "Waiting list"));
	if (e->conflict)
		line_join(t, " · ", ui_say(u, "Clashes with another appointment"));
}

void entry_when(const struct ui *u, const struct entry *e, struct line *t)
{
	struct line span;
	line_start(t);
	when_next(&t->k, u->language, u->m->wall, e->start, e->offset);
	line_start(&span);
	when_span(&span.k, e->start, e->end, e->offset);
	line_join(t, "  ·  ", line_text(&span));
}
