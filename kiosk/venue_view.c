/* Text for a hall, and pages of rows. */
#include "venue_view.h"

#include <string.h>

#include "when.h"

/* Headlines of two lines stand nearer than a text: percent of the font's own height, and what comes of
 * it in hundredths of an em (Noto Sans: 1.362 em); and how far the tails of letters hang out of that. */
enum { SPACING = 80, LINE_HUNDREDTHS = 109, HANG = 23 };

/* How far smaller words beside larger ones go down to stand on the same line: thousandths of what they are
 * smaller by, half of the font's ascent less its descent. And to begin at the same height: its ascent less
 * that of its capitals. */
enum { ON_LINE = 388, LOWER = 355 };

/* A text that is too long is set smaller, down to this. */
enum { LEAST_PERCENT = 40 };

enum { ROWS = 2, MOST_DOTS = 8 };

int32_t venue_near(const struct ui *u)
{
	return u->l.far * 44 / 100;
}

int32_t venue_aside(const struct ui *u)
{
	return u->l.far * 32 / 100;
}

int32_t venue_height(int32_t lines, int32_t size)
{
	return (lines * size * LINE_HUNDREDTHS + 99) / 100;
}

int32_t venue_tail(int32_t size)
{
	return size * 13 / 100;
}

int32_t venue_width(const struct block *b)
{
	return layout_width(b->text, b->size, b->bold) * 102 / 100;
}

int32_t venue_fit(const struct rect *at, struct block *b)
{
	int32_t least = b->size * LEAST_PERCENT / 100;

	for (;; b->size -= (b->size + 49) / 50) {
		int32_t lines = layout_lines(b->text, b->size, b->bold, at->w);
		if (b->size <= least ||
			(venue_height(lines, b->size) <= at->h &&
				layout_widest_word(b->text, b->size, b->bold) <= at->w))
			return lines;
	}
}

void venue_put(struct ui *u, struct rect at, const struct block *b, unsigned lines,
	enum align across, enum align down)
{
	if (b->text.n == 0)
		return;
	/* What hangs below the last line moves nothing: first lines beside each other stay level. */
	int32_t hang = b->size * HANG / 100, glass = u->look->height;
	if (down == ALIGN_CENTRE) {
		at.y -= at.y < hang ? at.y : hang;
		at.h += hang;
	}
	at.h = at.y + at.h + hang < glass ? at.h + hang : glass - at.y;
	struct text_style style = {
		.size = (uint16_t)b->size,
		.size_min = (uint16_t)u->l.least,
		.lines = (uint8_t)lines,
		.weight = b->bold ? 7 : 4,
		.across = (uint8_t)across,
		.down = (uint8_t)down,
		.spacing = SPACING,
	};
	draw_text(u->d, at, b->ink, style, b->text);
}

/* What big may have of so wide a line: all that words of this width leave it, and most of it anyway. */
static int32_t share_of(const struct ui *u, int32_t width, int32_t words)
{
	int32_t least = width * (u->l.portrait ? 55 : 70) / 100, left = width - words - u->l.gap;

	return words == 0 ? width : left > least ? left : least;
}

void venue_pair(struct ui *u, struct rect at, const struct block *big, struct span rest)
{
	struct block first = *big, b = {rest, venue_near(u), false, INK_MUTED, 0};
	int32_t width = venue_width(big), words = venue_width(&b);
	int32_t share = share_of(u, at.w, words);
	/* Two small lines are read more easily than one that is tiny. */
	unsigned lines = width * 6 / 10 > share ? 2 : 1;
	struct rect left = cut_left(&at, width < share ? width : share, u->l.gap);

	if (lines > 1)
		(void)venue_fit(&left, &first);
	else if (width > share)
		first.size = first.size * share / width;
	venue_put(u, left, &first, lines, ALIGN_START, ALIGN_CENTRE);
	if (lines == 1 && words <= at.w && first.size > b.size)
		at.y += (first.size - b.size) * ON_LINE / 1000;
	venue_put(u, at, &b, 2, ALIGN_START, ALIGN_CENTRE);
}

struct block venue_change(
	const struct ui *u, const struct venue_entry *e, int32_t width, struct line *t)
{
	uint8_t marks = e->marks, one = marks;
	struct block b = {{0}, venue_near(u), true, INK_BAD, 0};
	int64_t n = 0;

	venue_change_words(u, e, marks, t);
	b.text = line_text(t);
	if (marks == 0 || venue_width(&b) <= width)
		return b;
	for (; marks > 0; marks &= (uint8_t)(marks - 1))
		n++;
	for (n = u->m->wall / 60 % n; n > 0; n--)
		one &= (uint8_t)(one - 1);
	venue_change_words(u, e, one & (uint8_t)-one, t);
	b.text = line_text(t);
	return b;
}

/* What was changed has one line where lines are long. */
static int32_t note_lines(const struct ui *u, const struct block *b, int32_t width)
{
	bool change = b->ink == INK_BAD;

	if (b->text.n == 0)
		return 0;
	return venue_width(b) > width && (!change || u->l.portrait) ? 2 : 1;
}

int32_t venue_note_height(const struct ui *u, const struct block *b, int32_t width)
{
	return venue_height(note_lines(u, b, width), b->size);
}

void venue_put_note(struct ui *u, struct rect *at, const struct block *b)
{
	venue_put(
		u, cut_top(at, venue_note_height(u, b, at->w), 0), b, 2, ALIGN_START, ALIGN_START);
}

/* Dots are followed from afar more easily than numbers, as long as one sees at a glance how many. */
void venue_pages(struct ui *u, struct rect *at, struct venue_page page)
{
	int32_t side = u->l.gap * 8 / 10, size = u->l.far * 44 / 100;
	struct line numbers;

	if (page.of > MOST_DOTS) {
		line_start(&numbers);
		line_number(&numbers, page.is + 1);
		line_add(&numbers, span_of(" / "));
		line_number(&numbers, page.of);
		struct block b = {line_text(&numbers), size, false, INK_MUTED, 0};
		venue_put(u, cut_right(at, venue_width(&b), u->l.gap * 2), &b, 1, ALIGN_END,
			ALIGN_CENTRE);
		return;
	}
	for (uint32_t i = page.of; i-- > 0;) {
		struct rect dot = cut_right(at, side, i > 0 ? side * 8 / 10 : u->l.gap * 2);

		dot.y += (dot.h - side) / 2;
		dot.h = side;
		draw_fill(u->d, dot, i == page.is ? INK_ACCENT : INK_LINE, (uint32_t)side / 2);
	}
}

void venue_head(struct ui *u, struct span big, struct span rest, struct venue_page page)
{
	int32_t size = u->l.far * 7 / 10;
	bool below = u->l.portrait && (rest.n > 0 || page.of > 1);
	struct rect second = {0};
	struct line clock;

	ui_no_head(u);
	struct rect at = cut_top(&u->l.main, venue_height(1, size), below ? 0 : u->l.gap);
	if (below)
		second = cut_top(&u->l.main, venue_height(1, venue_near(u)), u->l.gap / 2);
	line_start(&clock);
	/* Without a list nobody knows which zone this is. */
	if (u->m->venue.known)
		when_time(&clock.k, u->m->wall, u->m->offset);
	struct block time = {line_text(&clock), size, false, INK_MUTED, 0};
	const struct span none = {0};
	struct rect right = cut_right(&at, venue_width(&time), u->l.gap * 2);
	venue_put(u, right, &time, 1, ALIGN_END, ALIGN_CENTRE);
	if (page.of > 1)
		venue_pages(u, below ? &second : &at, page);
	struct block title = {big, size, true, INK_TEXT, 0};
	struct block words = {rest, venue_near(u), false, INK_MUTED, 0};
	venue_pair(u, at, &title, below ? none : rest);
	if (below)
		venue_put(u, second, &words, 1, ALIGN_START, ALIGN_CENTRE);
}

void venue_say(struct ui *u, struct rect at, struct span words)
{
	struct block b = {words, u->l.far, true, INK_TEXT, 0};

	(void)venue_fit(&at, &b);
	venue_put(u, at, &b, 0, ALIGN_START, ALIGN_CENTRE);
}

/* When, how soon, and what of. */
static void put_when(struct ui *u, struct rect at, const struct venue_item *t)
{
	struct block when = {line_text(&t->when), u->l.far, true, t->ink, 0};
	struct block state = {line_text(&t->state), venue_near(u), true, t->state_ink, 0};
	struct block sort = {line_text(&t->sort), venue_aside(u), false, INK_MUTED, 0};
	/* A day takes two lines, minutes one. */
	int32_t lines = venue_width(&state) * 8 / 10 > at.w ? 2 : 1;

	if (u->l.portrait) {
		struct rect left = cut_left(&at, venue_width(&when), u->l.gap * 2);
		venue_put(u, left, &when, 1, ALIGN_START, ALIGN_CENTRE);
		struct rect upper =
			state.text.n > 0 ? cut_top(&at, at.h / 2, u->l.gap / 3) : (struct rect){0};
		venue_put(u, upper, &state, 1, ALIGN_START, ALIGN_CENTRE);
		venue_put(u, at, &sort, 2, ALIGN_START, ALIGN_CENTRE);
		return;
	}
	venue_put(u, cut_top(&at, venue_height(1, when.size), u->l.gap / 2), &when, 1, ALIGN_START,
		ALIGN_START);
	if (state.text.n > 0)
		venue_put(u, cut_top(&at, venue_height(lines, state.size), 0), &state,
			(unsigned)lines, ALIGN_START, ALIGN_START);
	/* It ends on the line on which the place stands. */
	cut_bottom(&at, u->l.far * 157 / 1000 - sort.size * (293 - 10 * HANG) / 1000, 0);
	if (at.h >= venue_height(1, sort.size))
		venue_put(u, at, &sort, 4, ALIGN_START, ALIGN_END);
}

/* Where it takes place stands at the bottom of its row. */
static void put_where(struct ui *u, struct rect *at, const struct venue_item *t)
{
	struct block where = {t->where, u->l.far, false, t->ink, 0};
	struct block around = {t->around, venue_near(u), false, INK_MUTED, 0};

	if (where.text.n == 0) {
		where.text = t->around;
		around.text.n = 0;
	}
	if (where.text.n == 0)
		return;
	if (around.text.n > 0 && u->l.portrait) {
		venue_put(u, cut_bottom(at, venue_height(1, around.size), 0), &around, 1,
			ALIGN_START, ALIGN_START);
		around.text.n = 0;
	}
	venue_pair(u, cut_bottom(at, venue_height(1, where.size), 0), &where, around.text);
}

/* The title has what the words below it leave, and its second part what is left then. */
static void put_what(struct ui *u, struct rect at, const struct venue_item *t)
{
	struct span title = line_text(&t->title);
	struct line changed;

	put_where(u, &at, t);
	struct block what = {venue_main_title(title), u->l.far, true, t->ink, 0};
	struct block sub = {venue_sub_title(title), venue_near(u), false, INK_MUTED, 0};
	struct block change = venue_change(u, t->entry, at.w, &changed);
	struct block note = {line_text(&t->note), venue_near(u), false, INK_MUTED, 0};
	struct block who = {t->who, venue_near(u), false, INK_TEXT, 0};
	int32_t below = venue_note_height(u, &change, at.w) + venue_note_height(u, &note, at.w) +
			venue_note_height(u, &who, at.w);
	bool both = below == venue_note_height(u, &who, at.w);
	below = below < at.h ? below : at.h;
	struct rect head = cut_top(&at, at.h - below, 0);
	/* What hangs below the last line of the title touches nothing. */
	cut_bottom(&head, venue_tail(what.size) * (below > 0 ? 3 : 2) / 3, 0);
	int32_t lines = venue_fit(&head, &what), used = venue_height(lines, what.size);
	/* Its capitals begin where those of the time do. */
	int32_t lower = (u->l.far - what.size) * LOWER / 1000, spare = head.h - used;
	if (!u->l.portrait && spare > 0)
		cut_top(&head, lower < spare ? lower : spare, 0);
	int32_t more = at.y - head.y - used - venue_tail(what.size);

	venue_put(u, cut_top(&head, used, 0), &what, 0, ALIGN_START, ALIGN_START);
	at.y = head.y + venue_tail(what.size);
	if (both && sub.text.n > 0 && more >= venue_height(1, sub.size) * 9 / 10) {
		int32_t want = venue_note_height(u, &sub, at.w);
		venue_put(u, (struct rect){at.x, at.y, at.w, more < want ? more : want}, &sub, 2,
			ALIGN_START, ALIGN_START);
		at.y += more < want ? more : want;
	}
	at.h = below;
	venue_put_note(u, &at, &change);
	venue_put_note(u, &at, &note);
	venue_put_note(u, &at, &who);
}

void venue_panel(struct ui *u, struct rect *at, enum ink bar)
{
	draw_fill(u->d, *at, INK_PANEL, (uint32_t)u->l.radius);
	draw_fill(u->d, cut_left(at, u->l.gap * 6 / 10, 0), bar, (uint32_t)u->l.radius / 2);
	cut_left(at, u->l.gap * 14 / 10, 0);
	cut_right(at, u->l.gap, 0);
	cut_top(at, u->l.gap / 4, 0);
	cut_bottom(at, u->l.gap / 4, 0);
}

int32_t venue_time_width(int32_t size)
{
	return layout_width(span_of("00:00"), size, true) * 103 / 100;
}

void venue_row(struct ui *u, struct rect at, const struct venue_item *t)
{
	venue_panel(u, &at, t->bar);
	if (u->l.portrait)
		put_when(u, cut_top(&at, venue_height(1, u->l.far), 0), t);
	else
		put_when(u, cut_left(&at, venue_time_width(u->l.far), u->l.gap * 2), t);
	put_what(u, at, t);
}

void venue_item_start(const struct ui *u, const struct venue_entry *e, struct venue_item *out)
{
	line_start(&out->when);
	line_start(&out->state);
	line_start(&out->title);
	line_add(&out->title, venue_title(u, e));
	line_start(&out->sort);
	line_start(&out->note);
	out->entry = e;
	out->bar = e->marks ? INK_BAD : venue_ink(&u->m->venue, e);
	out->ink = venue_is_gone(e) ? INK_MUTED : INK_TEXT;
	out->state_ink = INK_ACCENT;
}

/* Upright a row is five twelfths as high as the glass is wide, and so are head and foot together. */
static uint32_t rows_on(const struct look *look)
{
	if (look->height <= look->width)
		return ROWS;
	uint32_t parts = (uint32_t)look->height * 12 / ((uint32_t)look->width * 5);
	return parts > 2 ? parts - 1 : 1;
}

/* A day that is not today stands beside today's time: it says so. */
static void date_of(const struct ui *u, const struct venue_day *day, struct line *t)
{
	int64_t days = when_day_number(day->at, day->offset) -
		       when_day_number(u->m->wall, u->m->venue.offset);

	line_start(t);
	if (!day->today) {
		line_add(t, days == 1 ? ui_say(u, "Tomorrow") : ui_say(u, "Next"));
		line_add(t, span_of(" · "));
	}
	when_heading(&t->k, u->language, day->at, day->offset);
}

void venue_list(struct ui *u, venue_item_of *item_of)
{
	const struct venue *v = &u->m->venue;
	struct venue_day day = venue_day_of(v, u->m->wall);
	uint32_t rows = rows_on(u->look);
	uint32_t pages = day.n > rows ? (day.n + rows - 1) / rows : 1;
	uint32_t soon = (venue_soon_of(v, u->m->wall) + rows - 1) / rows;
	struct venue_turn turn = venue_begin(u, pages, soon);
	struct line date;
	struct venue_item item;

	date_of(u, &day, &date);
	venue_head(
		u, venue_text(v, v->city), line_text(&date), (struct venue_page){turn.page, pages});
	struct rect rest = u->l.main;
	venue_foot(u, &rest);
	if (venue_nothing(u, rest))
		return;
	/* The last page is as full as the others: what stands on it twice is not missed. */
	uint32_t first = turn.page * rows + rows <= day.n ? turn.page * rows : day.n - rows;
	first = day.n < rows ? 0 : first;
	for (uint32_t i = 0; i < rows && first + i < day.n; i++) {
		memset(&item, 0, sizeof(item));
		item_of(u, &v->entries[day.first + first + i], &item);
		venue_row(u, row(rest, (int32_t)i, (int32_t)rows, u->l.gap), &item);
	}
}
