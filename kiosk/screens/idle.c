/* Nobody is there: invite the next guest, in four languages at once, and show what comes next. */
#include "screens.h"

#include "rows.h"
#include "signs.h"
#include "viewfinder.h"
#include "when.h"

enum { TURN_S = 8, WANTED = 4, SHOWN = 6 };

/* The big picture: a phone with a code, held up. Drawn, so that it is sharp at any size. */
static void phone(struct ui *u, struct rect at)
{
	int32_t tall = at.w * 17 / 10;
	int32_t h = at.h < tall ? at.h : tall;
	int32_t w = h * 58 / 100 < at.w ? h * 58 / 100 : at.w;
	struct rect body = {at.x + (at.w - w) / 2, at.y + (at.h - h) / 2, w, h};
	int32_t frame = w / 14;
	draw_box(u->d, body, INK_ON_ACCENT, (uint32_t)w / 8, INK_ON_ACCENT, 1);
	struct rect glass = inset(body, frame);
	draw_fill(u->d, glass, INK_ACCENT, (uint32_t)w / 14);
	int32_t unit = glass.w * 76 / 100 / 11;
	int32_t side = unit * 11;
	struct rect code = {
		glass.x + (glass.w - side) / 2, glass.y + (glass.h - side) / 2, side, side};
	static const struct {
		uint8_t x, y, n;
	} part[] = {{0, 0, 4}, {7, 0, 4}, {0, 7, 4}, {5, 0, 1}, {5, 2, 1}, {5, 4, 2}, {0, 5, 1},
		{2, 5, 1}, {8, 5, 1}, {10, 5, 1}, {5, 7, 1}, {7, 7, 2}, {10, 7, 1}, {5, 9, 1},
		{7, 10, 1}, {9, 9, 2}};
	for (size_t i = 0; i < COUNT(part); i++) {
		struct rect r = {code.x + part[i].x * unit, code.y + part[i].y * unit,
			part[i].n * unit, part[i].n * unit};
		draw_fill(u->d, r, INK_ON_ACCENT, (uint32_t)unit / 4);
		if (part[i].n == 4) {
			draw_fill(u->d, inset(r, unit * 2 / 3), INK_ACCENT, (uint32_t)unit / 4);
			draw_fill(u->d, inset(r, unit * 4 / 3), INK_ON_ACCENT, (uint32_t)unit / 6);
		}
	}
}

struct invitation {
	const char *title, *text; /* {1} is the desk */
};

static const struct invitation *inviting(const struct model *m)
{
	static const struct invitation reader = {N_("Show your code"),
		N_("Hold the code of your invitation or badge in front of the reader.")};
	static const struct invitation camera = {N_("Show your code"),
		N_("Hold the code of your invitation or badge in the frame.")};
	static const struct invitation again = {N_("This code was read"),
		N_("Take it away for a moment and show it again if you still need this kiosk.")};
	static const struct invitation blind = {N_("Out of order"),
		N_("This kiosk cannot read codes now. Please use another kiosk or go to {1}.")};

	if (!m->camera.there)
		return &reader;
	if (m->camera.fault != SCANNER_FINE)
		return &blind;
	return m->camera.held ? &again : &camera;
}

/* Does the frame of a camera stand in the invitation? */
static bool has_frame(const struct model *m)
{
	return m->camera.there && m->camera.fault == SCANNER_FINE;
}

/* What to hold up, or a sign that it is of no use. */
static void picture(struct ui *u, struct rect at)
{
	if (u->m->camera.there && !has_frame(u->m))
		ui_sign(u, at, INK_WARN, INK_ON_WARN, '!');
	else
		phone(u, at);
}

/* A picture, or the frame of the camera; and a place for each language beside or below it. */
static void invitation_places(struct ui *u, struct rect at, struct rect places[static LANGUAGES])
{
	struct rect rest = inset(at, u->l.gap * 2);
	bool frame = has_frame(u->m);
	bool wide = frame ? rest.w > rest.h * 3 / 2 : rest.w > rest.h;
	int32_t percent = frame ? 47 : wide ? 30 : 32;
	struct rect left = wide ? cut_left(&rest, rest.w * percent / 100, u->l.gap * 3)
				: cut_top(&rest, rest.h * percent / 100, u->l.gap * 2);

	if (frame)
		viewfinder(u, left, phone);
	else
		picture(u, left);
	for (int i = 0; i < LANGUAGES; i++)
		places[i] = frame && !wide
				    ? column(row(rest, i / 2, 2, u->l.gap), i % 2, 2, u->l.gap * 2)
				    : row(rest, i, LANGUAGES, u->l.gap);
}

/* The same words at the same size in each language, in the order of their names. */
static void invitation(struct ui *u, struct rect at)
{
	const struct invitation *says = inviting(u->m);
	struct rect places[LANGUAGES];
	struct line text[LANGUAGES];
	struct block b[LANGUAGES][2];
	int32_t percent = 130;

	draw_fill(u->d, at, INK_ACCENT, (uint32_t)u->l.radius * 2);
	invitation_places(u, at, places);
	for (int i = 0; i < LANGUAGES; i++) {
		struct span desk = ui_desk(u, (enum language)i);
		line_start(&text[i]);
		say_into(&text[i].k, (enum language)i, says->text, &desk, 1);
		b[i][0] = (struct block){
			say((enum language)i, says->title), u->l.lead, true, INK_ON_ACCENT, 0};
		b[i][1] = (struct block){
			line_text(&text[i]), u->l.small, false, INK_ON_ACCENT, u->l.gap / 4};
		percent = ui_percent(u, places[i], b[i], 2, percent);
	}
	/* Where it is crowded, the headline says enough. */
	size_t shown = percent < (has_frame(u->m) ? 60 : 70) ? 1 : 2;
	for (int i = 0; shown == 1 && i < LANGUAGES; i++)
		percent = ui_percent(u, places[i], b[i], 1, i ? percent : 100);
	/* In a grid the headlines stand in line. */
	bool grid = places[1].y == places[0].y;
	bool left = has_frame(u->m) || at.w > at.h;
	for (int i = 0; i < LANGUAGES; i++)
		ui_stack_at(u, places[i], b[i], shown,
			(struct seat){percent, grid ? ALIGN_START : ALIGN_CENTRE,
				left ? ALIGN_START : ALIGN_CENTRE});
}

static void row_words(const struct ui *u, const struct entry *e, struct row_words *w)
{
	const struct programme *p = &u->m->programme;
	w->start = e->start;
	w->end = e->end;
	w->offset = e->offset;
	w->conflict = false;
	w->title = programme_text(p, texts_in(&e->title, u->language));
	line_start(&w->note);
	line_start(&w->where);
	line_join(&w->where, ", ", programme_text(p, e->place));
	line_join(&w->where, ", ", programme_text(p, e->room));
}

static bool new_day(const struct entry *e, const struct entry *before)
{
	return when_day_number(e->start, e->offset) !=
	       when_day_number(before->start, before->offset);
}

/* The rows that fit, and their heights: what stands before each included. */
struct rows {
	uint32_t n;
	int32_t height[SHOWN], used;
};

static void measure(const struct ui *u, struct rect at, uint32_t first, const struct row_size *size,
	struct rows *r)
{
	const struct programme *p = &u->m->programme;
	*r = (struct rows){0};
	for (uint32_t i = first; i < p->entry_count && r->n < SHOWN; i++, r->n++) {
		struct row_words w;
		row_words(u, &p->entries[i], &w);
		int32_t h = rows_height(u, &w, size, at.w);
		h += i > first ? rows_gap(u) : 0;
		if (i > first && new_day(&p->entries[i], &p->entries[i - 1]))
			h += rows_day_height(u);
		if (h > at.h - r->used)
			break;
		r->height[r->n] = h;
		r->used += h;
	}
}

static void next(struct ui *u, struct rect at)
{
	static const int32_t percent[] = {120, 112, 106, 100, 94, 88, 80};
	const struct programme *p = &u->m->programme;
	uint32_t first = 0;
	while (first < p->entry_count && p->entries[first].end <= u->m->wall)
		first++;
	if (first == p->entry_count)
		return;
	const struct entry *e = &p->entries[first];
	ui_text(u, cut_top(&at, layout_height(1, u->l.lead), 0), u->l.lead, true, INK_TEXT,
		ALIGN_START, ui_say(u, "Next in the programme"));
	rows_day(u, cut_top(&at, rows_day_height(u), u->l.gap / 2), e->start, e->offset);
	struct row_size size;
	struct rows r;
	for (size_t i = 0; i < COUNT(percent); i++) {
		size = rows_size(u, percent[i]);
		measure(u, at, first, &size, &r);
		if (r.n >= WANTED || r.n == p->entry_count - first)
			break;
	}
	/* The last row ends where the invitation beside it ends. */
	int32_t more = r.n > 1 ? (at.h - r.used) / (int32_t)(r.n - 1) : 0;
	more = more < 2 * u->l.gap ? more : 2 * u->l.gap;
	for (uint32_t i = 0; i < r.n; i++) {
		struct row_words w;
		const struct entry *x = &p->entries[first + i];
		struct rect row = cut_top(&at, r.height[i] + (i > 0 ? more : 0), 0);
		cut_top(&row, i > 0 ? rows_gap(u) + more : 0, 0);
		if (i > 0 && new_day(x, x - 1))
			rows_day(u, cut_top(&row, rows_day_height(u), 0), x->start, x->offset);
		row_words(u, x, &w);
		rows_draw(u, row, &w, &size);
	}
}

/* The settings for access, in all four languages at once. */
static void access_button(struct ui *u, struct rect at)
{
	struct line t;
	line_start(&t);
	for (int i = 0; i < LANGUAGES; i++)
		line_join(&t, " · ", say((enum language)i, "Access"));
	struct rect in = inset(at, u->l.gap / 2);
	int32_t size = u->l.small;
	while (size > u->l.least && layout_lines(line_text(&t), size, false, in.w) > 1)
		size--;
	draw_box(u->d, at, INK_PANEL, (uint32_t)u->l.radius, INK_LINE, (uint32_t)u->l.line);
	ui_text(u, in, size, false, INK_TEXT, ALIGN_CENTRE, line_text(&t));
	draw_region(u->d, at, "access", REGION_BUTTON, line_text(&t), REGION_READY, ++u->order);
}

static void view(struct ui *u)
{
	/* What is not for the one who scans takes its turn in each language. */
	int64_t turn = u->m->wall / TURN_S % LANGUAGES;
	u->language = (enum language)(turn < 0 ? 0 : turn);
	ui_begin(u, 0, true);
	const struct programme *p = &u->m->programme;
	ui_head(u, programme_text(p, texts_in(&p->event, u->language)));
	struct signs staff;
	signs_take(u, &staff);
	bool any = signs_any(&staff);
	bool beside = !u->l.portrait && p->entry_count > 0;
	struct rect rest = u->l.main;
	struct rect foot = u->l.foot;
	struct rect said = foot;
	if (u->l.portrait && any)
		said = cut_bottom(&rest, layout_height(3, u->l.small), u->l.gap);
	struct rect left = rest;
	if (beside)
		left = cut_left(&rest, rest.w * 56 / 100, u->l.gap * 3);
	else if (u->l.portrait)
		left = cut_top(&rest, rest.h * 56 / 100, u->l.gap * 2);
	int32_t half = u->l.portrait ? foot.w : foot.w / 2;
	struct rect button = cut_right(&foot, beside ? rest.w : half, u->l.gap * 3);
	/* Where nothing is to be said below it, the invitation goes down to the edge. */
	if (beside && !any)
		left.h = button.y + button.h - left.y;
	invitation(u, left);
	if (p->entry_count > 0)
		next(u, rest);
	access_button(u, button);
	if (any)
		signs_draw(u, u->l.portrait ? said : foot, &staff);
}

static void on(struct model *m, const struct msg *e, struct todo *todo)
{
	(void)m;
	(void)e;
	(void)todo;
}

static void tell(const struct ui *u, struct line *t)
{
	const struct invitation *says = inviting(u->m);
	struct span desk = ui_desk(u, u->language);
	say_into(&t->k, u->language, says->text, &desk, 1);
}

const struct screen screen_idle = {"idle", on, view, tell, 0, false};
