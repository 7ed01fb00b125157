/* One room: what takes place now, and what comes next. */
#include "venue_view.h"

#include <string.h>

#include "when.h"

enum { SHOWN = 3, GONE = 2 };

static void item(const struct ui *u, const struct venue_entry *e, struct venue_item *out)
{
	bool runs = venue_runs(e, u->m->wall);
	struct line seats;

	venue_item_start(u, e, out);
	when_time(&out->when.k, e->start, e->offset);
	venue_countdown(u, e, &out->state);
	venue_seats_words(u, e, &seats);
	line_add(&out->sort, line_text(&seats));
	line_join(&out->sort, " · ", venue_text(&u->m->venue, e->speakers));
	if (runs)
		out->state_ink = INK_GOOD;
}

/* The one that runs, as large as it goes. */
static void put_now(struct ui *u, struct rect at, const struct venue_entry *e)
{
	struct span title = venue_title(u, e);
	struct line left, seats, time;

	line_start(&left);
	line_add(&left, ui_say(u, "Now"));
	struct line minutes;
	venue_countdown(u, e, &minutes);
	line_join(&left, " · ", line_text(&minutes));
	venue_seats_words(u, e, &seats);
	venue_when_words(e, &time);
	line_join(&time, " · ", line_text(&seats));
	struct block when = {line_text(&left), venue_near(u) * 13 / 10, true, INK_GOOD, 0};
	struct block last = {line_text(&time), venue_near(u), false, INK_MUTED, 0};
	struct block who = {
		venue_text(&u->m->venue, e->speakers), venue_near(u) * 11 / 10, false, INK_TEXT, 0};
	struct block sub = {venue_sub_title(title), venue_near(u) * 13 / 10, false, INK_MUTED, 0};
	struct block what = {venue_main_title(title), u->l.far * 13 / 10, true, INK_TEXT, 0};
	struct rect first = cut_top(&at, venue_height(1, when.size), u->l.gap / 2);
	struct rect right = cut_right(&first, first.w / 2, u->l.gap);

	struct line changed;
	venue_change_words(u, e, &changed);
	struct block change = {line_text(&changed), venue_near(u), true, INK_BAD, 0};
	if (change.text.n > 0)
		venue_put(u, cut_bottom(&at, venue_height(1, change.size), u->l.gap / 2), &change,
			1, ALIGN_START, ALIGN_START);
	venue_put(u, first, &when, 1, ALIGN_START, ALIGN_CENTRE);
	venue_put(u, right, &last, 1, ALIGN_END, ALIGN_CENTRE);
	int32_t aside = who.text.n > 0 ? venue_height(1, who.size) + u->l.gap / 2 : 0;
	struct rect room = at;
	room.h -= aside;
	int32_t lines = venue_fit(&room, &what);
	venue_put(u, cut_top(&at, venue_height(lines, what.size), 0), &what, 0, ALIGN_START,
		ALIGN_START);
	cut_top(&at, u->l.gap / 3, 0);
	lines = layout_lines(sub.text, sub.size, false, at.w * 97 / 100);
	if (sub.text.n > 0 && at.h - aside >= venue_height(lines, sub.size))
		venue_put(u, cut_top(&at, venue_height(lines, sub.size), 0), &sub, 0, ALIGN_START,
			ALIGN_START);
	cut_top(&at, at.h > aside ? u->l.gap / 2 : 0, 0);
	venue_put(u, at, &who, 3, ALIGN_START, ALIGN_START);
}

/* All that runs, and what begins next, several at once included. */
static uint32_t shown(const struct venue *v, int64_t now, uint32_t *running)
{
	uint32_t n = 0;

	while (n < v->entry_n && venue_runs(&v->entries[n], now))
		n++;
	*running = n;
	for (uint32_t next = n; n < v->entry_n && v->entries[n].start == v->entries[next].start;)
		n++;
	return n < SHOWN ? n : SHOWN;
}

static void put_rows(struct ui *u, struct rect at, uint32_t from, uint32_t n)
{
	struct venue_item t;
	int32_t rows = (int32_t)n;

	if (rows == 1 && at.h > u->look->height / 2)
		rows = 2;
	for (uint32_t i = 0; i < n; i++) {
		memset(&t, 0, sizeof(t));
		item(u, &u->m->venue.entries[from + i], &t);
		venue_row(u, row(at, (int32_t)i, rows, u->l.gap), &t);
	}
}

/* Below all else, what people may be waiting for in vain. */
static void put_gone(struct ui *u, struct rect *rest)
{
	const struct venue *v = &u->m->venue;
	int32_t n = v->gone_n < GONE ? (int32_t)v->gone_n : GONE;

	if (n > 0)
		put_rows(u, cut_bottom(rest, rest->h * 26 * n / 100, u->l.gap), v->entry_n,
			(uint32_t)n);
}

static void view(struct ui *u)
{
	const struct venue *v = &u->m->venue;
	uint32_t running;

	(void)venue_begin(u, 1);
	if (v->room.n > 0)
		venue_head(u, venue_text(v, v->room), venue_text(v, v->place),
			(struct venue_page){0, 1});
	else
		venue_head(u, venue_text(v, v->place), (struct span){0}, (struct venue_page){0, 1});
	struct rect rest = u->l.main;
	venue_foot(u, &rest);
	put_gone(u, &rest);
	if (venue_nothing(u, rest))
		return;
	uint32_t n = shown(v, u->m->wall, &running);
	if (running == 1) {
		struct rect upper =
			n > 1 ? cut_top(&rest, rest.h * (u->l.portrait ? 48 : 58) / 100, u->l.gap)
			      : rest;
		put_now(u, upper, &v->entries[0]);
		put_rows(u, rest, 1, n - 1);
		return;
	}
	struct line said;
	venue_state_words(u, &said);
	if (running == 0 && said.k.n > 0) {
		struct block b = {line_text(&said), u->l.far, true, INK_TEXT, 0};
		venue_put(u, cut_top(&rest, rest.h * 55 / 100, u->l.gap), &b, 0, ALIGN_START,
			ALIGN_CENTRE);
	}
	put_rows(u, rest, 0, n);
}

const struct screen screen_room = {"room", venue_on, view, venue_tell, 0, false};
