/* One room: what takes place now, and what comes next. */
#include "venue_view.h"

#include <string.h>

#include "when.h"

enum { SHOWN = 3 };

static void item(const struct ui *u, const struct venue_entry *e, struct venue_item *out)
{
	bool runs = venue_runs(e, u->m->wall);

	venue_item_start(u, e, out);
	when_time(&out->when.k, e->start, e->offset);
	venue_brief_countdown(u, e, &out->state);
	venue_seats_words(u, e, &out->sort);
	out->who = venue_text(&u->m->venue, e->speakers);
	if (runs)
		out->state_ink = INK_GOOD;
}

/* How it stands with it: how long it goes on or when it begins, and how many may still come in. */
static void put_state(struct ui *u, struct rect *at, const struct venue_entry *e)
{
	bool runs = venue_runs(e, u->m->wall), full = e->seats == VENUE_SEATS_NONE;
	int32_t size = venue_near(u) * 13 / 10;
	struct line words, count, seats;

	line_start(&count);
	venue_countdown(u, e, &count);
	line_start(&words);
	if (runs) {
		line_add(&words, ui_say(u, "Now"));
		line_join(&words, " · ", line_text(&count));
	} else {
		when_time(&words.k, e->start, e->offset);
	}
	venue_seats_words(u, e, &seats);
	struct block left = {
		line_text(&words), runs ? size : u->l.far, true, runs ? INK_GOOD : INK_TEXT, 0};
	struct block right = {line_text(&seats), size, true, full ? INK_BAD : INK_TEXT, 0};
	struct rect line = cut_top(at, venue_height(1, left.size), u->l.gap / 2);
	int32_t width = venue_width(&right);
	int32_t both = venue_width(&left) + width + u->l.gap;
	if (runs && both > line.w && u->l.portrait) {
		struct rect below = cut_top(at, venue_height(1, size), u->l.gap / 2);
		venue_put(u, below, &right, 1, ALIGN_START, ALIGN_CENTRE);
		width = 0;
	} else if (runs && both > line.w) {
		left.size = right.size = size * line.w / both;
		width = width * line.w / both;
	}

	if (width > 0)
		venue_put(u, cut_right(&line, width, u->l.gap), &right, 1, ALIGN_END, ALIGN_CENTRE);
	if (runs)
		line_start(&count);
	venue_pair(u, line, &left, line_text(&count));
}

/* When exactly, and who speaks: below each other where a line is too short for both. */
static void last_words(const struct ui *u, const struct venue_entry *e, int32_t width,
	struct block *b, struct line *t)
{
	struct span speakers = venue_text(&u->m->venue, e->speakers);

	for (int i = 0; i < 2; i++) {
		venue_when_words(e, t);
		line_join(t, i == 0 ? " · " : "\n", speakers);
		b->text = line_text(t);
		if (venue_width(b) <= width)
			return;
	}
}

/* The one that all of it is about, as large as it goes; larger where nothing else is shown. */
static void put_one(struct ui *u, struct rect at, const struct venue_entry *e)
{
	bool alone = at.h > u->look->height * 6 / 10;
	int32_t percent = alone ? 125 : 100, near = venue_near(u) * percent / 100;
	struct span title = venue_title(u, e);
	struct line last, changed;

	struct block change = venue_change(u, e, at.w, &changed);
	put_state(u, &at, e);
	venue_put_note(u, &at, &change);
	cut_top(&at, change.text.n > 0 ? u->l.gap / 2 : 0, 0);
	struct block who = {{0}, near * 11 / 10, false, INK_TEXT, 0};
	struct block sub = {venue_sub_title(title), near * 13 / 10, false, INK_MUTED, 0};
	struct block what = {
		venue_main_title(title), u->l.far * 13 / 10 * percent / 100, true, INK_TEXT, 0};
	last_words(u, e, at.w, &who, &last);
	int32_t lines = layout_lines(who.text, who.size, false, at.w * 97 / 100);
	int32_t most = u->l.portrait ? 4 : 3;
	int32_t aside = venue_height(lines < most ? lines : most, who.size) + u->l.gap / 2 +
			venue_tail(what.size) / 2;
	int32_t more =
		venue_height(layout_lines(sub.text, sub.size, false, at.w * 97 / 100), sub.size);
	struct rect room = at;

	cut_bottom(&room, aside < room.h / 2 ? aside : room.h / 2, alone ? more + u->l.gap / 2 : 0);
	lines = venue_fit(&room, &what);
	venue_put(u, cut_top(&at, venue_height(lines, what.size), venue_tail(what.size)), &what, 0,
		ALIGN_START, ALIGN_START);
	if (sub.text.n > 0 && at.h - aside >= more)
		venue_put(u, cut_top(&at, more, u->l.gap / 2), &sub, 0, ALIGN_START, ALIGN_START);
	venue_put(u, at, &who, (unsigned)most, ALIGN_START, ALIGN_START);
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

/* Below all else, what people may be waiting for in vain: one notice at a time, by the minute. */
static void put_gone(struct ui *u, struct rect *rest)
{
	const struct venue *v = &u->m->venue;
	int32_t size = venue_near(u) * 11 / 10;
	struct line time, change;

	if (v->gone_n == 0)
		return;
	struct venue_page page = {(uint32_t)(u->m->wall / 60 % v->gone_n), v->gone_n};
	const struct venue_entry *e = &v->entries[v->entry_n + page.is];
	struct rect at = cut_bottom(rest, venue_height(2, size) + u->l.gap, u->l.gap);
	venue_panel(u, &at, INK_BAD);
	line_start(&time);
	when_time(&time.k, e->start, e->offset);
	venue_change_words(u, e, e->marks & (VENUE_CANCELLED | VENUE_MOVED_AWAY), &change);
	struct block when = {line_text(&time), u->l.far * 7 / 10, true, INK_MUTED, 0};
	struct block how = {line_text(&change), size, true, INK_BAD, 0};
	struct block what = {venue_main_title(venue_title(u, e)), size, true, INK_TEXT, 0};
	int32_t width = venue_time_width(u->l.portrait ? when.size : u->l.far);
	venue_put(u, cut_left(&at, width, u->l.gap * 2), &when, 1, ALIGN_START, ALIGN_CENTRE);
	if (page.of > 1)
		venue_pages(u, &at, page);
	venue_put(u, cut_top(&at, at.h / 2, 0), &how, 1, ALIGN_START, ALIGN_CENTRE);
	venue_put(u, at, &what, 1, ALIGN_START, ALIGN_CENTRE);
}

static void view(struct ui *u)
{
	const struct venue *v = &u->m->venue;
	uint32_t running;

	(void)venue_begin(u, 1, 0);
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
	bool today = venue_day_of(v, u->m->wall).today;
	if (running == 1 || (running == 0 && n == 1 && today)) {
		int32_t upper = rest.h * (v->gone_n > 0 ? 65 : u->l.portrait ? 48 : 58) / 100;
		put_one(u, n > 1 ? cut_top(&rest, upper, u->l.gap) : rest, &v->entries[0]);
		put_rows(u, rest, 1, n - 1);
		return;
	}
	struct line said;
	venue_state_words(u, &said);
	if (running == 0 && said.k.n > 0) {
		venue_say(u, cut_top(&rest, rest.h * 55 / 100, u->l.gap), line_text(&said));
	}
	put_rows(u, rest, 0, n);
}

const struct screen screen_room = {"room", venue_on, view, venue_tell, 0, false};
