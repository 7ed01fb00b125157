/* The agenda slip: bookings and meetings in one column of times, day by day. */
#include "slip.h"

#include "painter_inside.h"

#include <stdlib.h>
#include <string.h>

enum { SLIP_LINE = 1024, DAY = 24 * 60 * 60, FLOOR = 24, FOOT = 250 /* tenths of a millimetre */ };

/* One entry of the agenda, whatever it comes from. */
struct entry {
	int64_t start, end, leave_by;
	int32_t offset; /* seconds east of UTC */
	struct span title, seat, table, with, firm;
	struct place place;
	bool waiting;
};

struct slip_page {
	struct painter *p;
	const struct slip *s;
	struct draw *list;
	int32_t y, margin, column; /* column: where texts begin, right of the times */
	int32_t most;              /* how far down entries may go */
	size_t seen;               /* entries met so far */
	bool goes_on;              /* the last of them has to go on on another slip */
	bool failed;
};

static int32_t dots(const struct slip_page *g, int32_t tenths)
{
	return (int32_t)(tenths * (int64_t)g->s->dpi / 254);
}

static struct text_style style_of(const struct slip_page *g, int32_t tenths, unsigned weight)
{
	int32_t size = dots(g, tenths);
	struct text_style style;

	memset(&style, 0, sizeof(style));
	style.size = (uint16_t)(size < FLOOR ? FLOOR : size);
	style.size_min = FLOOR;
	style.weight = (uint8_t)weight;
	style.spacing = 90;
	return style;
}

/* text at the height reached, from x on, as many lines as it takes. */
static void put(struct slip_page *g, int32_t x, int32_t tenths, unsigned weight, struct span text)
{
	struct text_style style = style_of(g, tenths, weight);
	int32_t w = (int32_t)g->s->width - g->margin - x, line = style.size * 5 / 4;
	const struct fitted *f = NULL;

	if (text.n == 0)
		return;
	f = painter_fit(g->p, text, &style, w, SLIP_HEIGHT);
	if (f == NULL) {
		g->failed = true;
		return;
	}
	style.size = style.size_min = (uint16_t)f->size;
	draw_text(g->list, (struct rect){x, g->y, w, (int32_t)f->lines * line + line / 2}, INK_TEXT,
		style, text);
	g->y += (int32_t)f->lines * line;
}

static void put_words(
	struct slip_page *g, int32_t x, int32_t tenths, unsigned weight, const char *text)
{
	if (text != NULL)
		put(g, x, tenths, weight, span_of(text));
}

static void rule(struct slip_page *g, int32_t tenths)
{
	int32_t h = dots(g, tenths) > 0 ? dots(g, tenths) : 1;

	draw_fill(g->list, (struct rect){g->margin, g->y, (int32_t)g->s->width - 2 * g->margin, h},
		INK_LINE, 0);
	g->y += h;
}

static void add_span(struct sink *k, const char *before, struct span s)
{
	if (s.n == 0)
		return;
	if (k->n > 0)
		sink_bytes(k, before, strlen(before));
	sink_bytes(k, s.p, s.n);
}

static void add_time(struct sink *k, int64_t local)
{
	int64_t minutes = ((local % DAY + DAY) % DAY) / 60;
	const uint8_t digits[] = {(uint8_t)('0' + minutes / 600),
		(uint8_t)('0' + minutes / 60 % 10), ':', (uint8_t)('0' + minutes % 60 / 10),
		(uint8_t)('0' + minutes % 10)};

	sink_bytes(k, digits, sizeof(digits));
}

static void add_word(struct sink *k, const char *word)
{
	if (word != NULL && word[0] != 0) {
		add_span(k, " · ", span_of(word));
		sink_u8(k, ' ');
	}
}

static void put_time(struct slip_page *g, int32_t tenths, unsigned weight, int64_t local)
{
	uint8_t text[8];
	struct sink k = sink_on(text, sizeof(text));

	add_time(&k, local);
	put(g, g->margin, tenths, weight, (struct span){text, k.n});
}

static void put_where(struct slip_page *g, const struct entry *e)
{
	uint8_t text[SLIP_LINE];
	struct sink k = sink_on(text, sizeof(text));

	add_span(&k, "", e->place.name);
	add_span(&k, " · ", e->place.room);
	if (e->table.n > 0) {
		add_word(&k, g->s->words->table);
		sink_bytes(&k, e->table.p, e->table.n);
	}
	if (e->seat.n > 0) {
		add_word(&k, g->s->words->seat);
		sink_bytes(&k, e->seat.p, e->seat.n);
	}
	put(g, g->column, 30, 4, (struct span){text, k.n});
	explicit_bzero(text, sizeof(text));
}

static void put_with(struct slip_page *g, const struct entry *e)
{
	uint8_t text[SLIP_LINE];
	struct sink k = sink_on(text, sizeof(text));

	add_span(&k, "", e->with);
	add_span(&k, ", ", e->firm);
	put(g, g->column, 30, 6, (struct span){text, k.n});
	explicit_bzero(text, sizeof(text));
}

static void put_leave(struct slip_page *g, const struct entry *e)
{
	uint8_t text[SLIP_LINE];
	struct sink k = sink_on(text, sizeof(text));

	if (e->leave_by == 0)
		return;
	add_word(&k, g->s->words->leave);
	add_time(&k, e->leave_by + e->offset);
	put(g, g->column, 30, 4, (struct span){text, k.n});
}

static void put_entry(struct slip_page *g, const struct entry *e)
{
	int32_t top = g->y, bottom = 0;

	put_time(g, 40, 7, e->start + e->offset);
	put_time(g, 30, 4, e->end + e->offset);
	bottom = g->y;
	g->y = top;
	put(g, g->column, 36, 6, e->title);
	put_with(g, e);
	put_where(g, e);
	put_leave(g, e);
	if (e->waiting)
		put_words(g, g->column, 30, 7, g->s->words->waiting);
	g->y = (g->y > bottom ? g->y : bottom) + dots(g, 20);
}

static void set_place(const struct slip *s, struct entry *e, uint16_t place)
{
	if (roster_place(s->roster, s->visit, place, &e->place) != OK)
		memset(&e->place, 0, sizeof(e->place));
	e->offset = roster_offset(s->roster, e->place.zone, e->start).minutes * 60;
}

static bool of_booking(const struct slip *s, const struct booking *b, struct entry *e)
{
	struct activity a;

	memset(e, 0, sizeof(*e));
	if (b->status == BOOKING_CANCELLED ||
		roster_activity(s->roster, s->visit, b->activity, &a) != OK)
		return false;
	e->start = a.start;
	e->end = a.end;
	e->leave_by = a.leave_by;
	e->title = words_in(&a.title, s->visit->language);
	e->seat = b->seat;
	e->waiting = b->status == BOOKING_WAITING;
	set_place(s, e, a.place);
	return true;
}

static void of_meeting(const struct slip *s, const struct meeting *m, struct entry *e)
{
	memset(e, 0, sizeof(*e));
	e->start = m->start;
	e->end = m->end;
	e->title = m->subject;
	e->table = m->table;
	e->with = m->counterpart;
	e->firm = m->counterpart_organisation;
	set_place(s, e, m->place);
}

static void put_day(struct slip_page *g, const struct entry *e, int64_t *day)
{
	int64_t local = e->start + e->offset;
	int64_t this = (local - (local % DAY + DAY) % DAY) / DAY;
	char text[128] = "";

	if (this == *day)
		return;
	*day = this;
	g->y += dots(g, 30);
	g->s->words->day(g->s->visit->language, local, text, sizeof(text));
	put_words(g, g->margin, 42, 7, text);
	g->y += dots(g, 4);
	rule(g, 4);
	g->y += dots(g, 16);
}

/* Does it fit below what is there? Else nothing of it is. */
static bool put_whole(struct slip_page *g, const struct entry *e, int64_t *day)
{
	struct draw *l = g->list;
	size_t n = l->n, bytes = l->bytes_n;
	int32_t y = g->y;

	put_day(g, e, day);
	put_entry(g, e);
	if (!l->full && g->y <= g->most)
		return true;
	l->n = n;
	l->bytes_n = bytes;
	l->full = false;
	g->y = y;
	return false;
}

/* returns: false, if it has to go on on another slip */
static bool put_next(struct slip_page *g, const struct entry *e, int64_t *day)
{
	if (e->end <= g->s->now || g->seen++ < g->s->first)
		return true;
	if (put_whole(g, e, day))
		return true;
	g->seen--;
	g->goes_on = true;
	return false;
}

/* Bookings and meetings come by start each: the earlier of the two next ones goes first. */
static void put_agenda(struct slip_page *g)
{
	const struct slip *s = g->s;
	size_t b = 0, m = 0;
	int64_t day = INT64_MIN;
	struct entry next = {0}, e = {0};
	bool have = false;

	while (have || b < s->visit->booking_count || m < s->visit->meeting_count) {
		while (!have && b < s->visit->booking_count)
			have = of_booking(s, &s->visit->bookings[b++], &next);
		if (m < s->visit->meeting_count &&
			(!have || s->visit->meetings[m].start < next.start)) {
			of_meeting(s, &s->visit->meetings[m++], &e);
		} else if (have) {
			e = next;
			have = false;
		} else {
			break;
		}
		if (!put_next(g, &e, &day))
			break;
	}
	if (g->seen == 0 && !g->goes_on)
		put_words(g, g->margin, 36, 4, s->words->empty);
	explicit_bzero(&e, sizeof(e));
}

static void put_demo(struct slip_page *g)
{
	struct rect at = {0, g->y, (int32_t)g->s->width, dots(g, 60)};
	struct text_style style = style_of(g, 36, 7);

	if (g->s->words->demo == NULL)
		return;
	style.across = ALIGN_CENTRE;
	style.down = ALIGN_CENTRE;
	draw_fill(g->list, at, INK_ACCENT, 0);
	draw_text(g->list, at, INK_ON_ACCENT, style, span_of(g->s->words->demo));
	g->y += at.h + dots(g, 20);
}

static void put_slip(struct slip_page *g)
{
	const struct slip_words *words = g->s->words;
	char name[2 * 256 + 2];

	put_demo(g);
	put_words(g, g->margin, 32, 6, words->event);
	put_words(g, g->margin, 60, 7, words->title);
	if (visit_name(g->s->visit, name, sizeof(name)) == OK)
		put_words(g, g->margin, 40, 6, name);
	explicit_bzero(name, sizeof(name));
	g->y += dots(g, 10);
	put_agenda(g);
	if (g->goes_on)
		put_words(g, g->margin, 32, 6, words->more);
	g->y += dots(g, 20);
	rule(g, 4);
	g->y += dots(g, 12);
	put_words(g, g->margin, 28, 4, words->footer);
	g->y += dots(g, 40);
}

enum err slip_paint(struct painter *p, const struct slip *s, uint8_t *memory, size_t memory_n,
	struct bitmap *out, size_t *next)
{
	struct slip_page g = {.p = p, .s = s};
	size_t rows = memory_n / (((size_t)s->width + 7) / 8);
	enum err e = OK;

	*next = 0;
	if (!s->visit->day_open)
		return ERR_DENIED;
	g.list = calloc(1, sizeof(*g.list));
	if (g.list == NULL)
		return ERR_IO;
	g.margin = dots(&g, 20);
	g.column = g.margin + dots(&g, 160);
	g.y = dots(&g, 20);
	g.most = (rows < SLIP_HEIGHT ? (int32_t)rows : SLIP_HEIGHT) - dots(&g, FOOT);
	put_slip(&g);
	*next = g.goes_on ? g.seen : 0;
	if (g.failed)
		e = ERR_IO;
	else if (g.list->full || g.y > SLIP_HEIGHT || (g.goes_on && g.seen == s->first))
		e = ERR_FULL;
	if (e == OK)
		e = bitmap_init(out, s->width, (uint32_t)g.y, memory, memory_n);
	if (e == OK)
		e = painter_paper(p, g.list, out, NULL);
	explicit_bzero(g.list, sizeof(*g.list));
	free(g.list);
	return e;
}
