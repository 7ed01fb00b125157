/* One room: what takes place now, and what comes next. */
#include "app_venue.h"

#include "when.h"

enum { SHOWN = 6 };

static void seats_words(const struct ui *u, const struct venue_entry *e, struct line *t)
{
	line_start(t);
	if (e->seats == VENUE_SEATS_NONE)
		line_add(t, ui_say(u, "Full"));
	else if (e->seats == VENUE_SEATS_LEFT)
		line_count(t, u->language, "{1} seat left", "{1} seats left", e->seats_left);
}

/* How long it goes on, or when it begins. */
static void count_down(const struct ui *u, const struct venue_entry *e, struct line *t)
{
	int64_t now = u->m->wall;

	line_start(t);
	if (venue_runs(e, now))
		line_count(t, u->language, "{1} minute left", "{1} minutes left",
			(uint64_t)((e->end - now + 59) / 60));
	else
		when_next(&t->k, u->language, now, e->start, e->offset);
}

static void one(struct ui *u, struct rect at, const struct venue_entry *e)
{
	bool now = venue_runs(e, u->m->wall);
	struct line when, left, seats;

	line_start(&when);
	venue_when_words(e, &when);
	count_down(u, e, &left);
	seats_words(u, e, &seats);
	struct block b[] = {
		{line_text(&left), u->l.lead, true, now ? INK_ACCENT : INK_MUTED, 0},
		{venue_title(u, e), now ? u->l.display : u->l.title, true, INK_TEXT, 0},
		{venue_text(&u->m->venue, e->speakers), u->l.lead, false, INK_TEXT, 0},
		{line_text(&when), u->l.lead, false, INK_MUTED, 0},
		{line_text(&seats), u->l.lead, true, INK_ACCENT, 0},
	};
	ui_stack(u, at, b, COUNT(b), ALIGN_START, ALIGN_START);
}

/* All that runs, and what begins next, several at once included. */
static uint32_t shown(const struct venue *v, int64_t now)
{
	uint32_t n = 0;

	while (n < v->entry_n && venue_runs(&v->entries[n], now))
		n++;
	for (uint32_t next = n; n < v->entry_n && v->entries[n].start == v->entries[next].start;)
		n++;
	return n < SHOWN ? n : SHOWN;
}

static void view(struct ui *u)
{
	const struct venue *v = &u->m->venue;
	struct line where;

	line_start(&where);
	line_join(&where, ", ", venue_text(v, v->room));
	line_join(&where, ", ", venue_text(v, v->place));
	(void)venue_begin(u, 1);
	ui_head(u, line_text(&where));
	struct rect rest = u->l.main;
	venue_foot(u, &rest);
	if (venue_nothing(u, rest))
		return;
	uint32_t n = shown(v, u->m->wall);
	if (n > 0 && !venue_runs(&v->entries[0], u->m->wall) && !venue_day_of(v, u->m->wall).today)
		ui_text(u, cut_top(&rest, layout_height(1, u->l.lead), u->l.gap), u->l.lead, true,
			INK_TEXT, ALIGN_START, ui_say(u, "Nothing more takes place here today."));
	for (uint32_t i = 0; i < n; i++)
		one(u, row(rest, (int32_t)i, (int32_t)n, u->l.gap), &v->entries[i]);
}

const struct screen screen_room = {"room", venue_on, view, venue_tell, 0, false};
