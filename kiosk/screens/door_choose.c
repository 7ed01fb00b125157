/* The steward's page: which activity the door is for, and the way to who is still missing. */
#include "app_door.h"
#include "gate_words.h"

#include <string.h>

/* Line 0 is "whatever comes next here" where something is here; then the list. */
static uint32_t lines_of(const struct gate *g)
{
	bool here = g->list.n > 0 && g->list.at[0].here;
	return g->list.n + here;
}

static bool is_next(const struct gate *g, uint32_t line)
{
	return line == 0 && lines_of(g) > g->list.n;
}

static uint32_t index_of(const struct gate *g, uint32_t line)
{
	return line - (lines_of(g) - g->list.n);
}

static void name_of(uint32_t line, char out[static APP_NAME])
{
	uint8_t digits[GATE_DIGITS];
	struct span n = gate_number(line, digits);
	memcpy(out, "choose-", 7);
	memcpy(out + 7, n.p, n.n);
	out[7 + n.n] = 0;
}

struct line_words {
	struct span title;
	struct line when, where;
};

static void words_of(const struct ui *u, uint32_t line, struct line_words *w)
{
	const struct gate *g = &u->m->gate;
	line_start(&w->when);
	line_start(&w->where);
	if (is_next(g, line)) {
		uint32_t next = gate_next_here(&g->list, u->m->wall);
		w->title = ui_say(u, "Whatever comes next here");
		if (next < g->list.n) {
			gate_when(&g->list.at[next], &w->when);
			line_join(&w->where, "", gate_title(u, &g->list.at[next]));
		}
		return;
	}
	const struct gate_activity *a = &g->list.at[index_of(g, line)];
	w->title = gate_title(u, a);
	gate_when(a, &w->when);
	gate_where(u, a, &w->where);
}

static void line_button(struct ui *u, struct rect at, uint32_t line)
{
	const struct gate *g = &u->m->gate;
	struct line_words w;
	struct line spoken;
	char name[APP_NAME];
	bool chosen = is_next(g, line) ? g->automatic
				       : g->chosen && !g->automatic && g->at == index_of(g, line);
	words_of(u, line, &w);
	line_start(&spoken);
	line_join(&spoken, ", ", w.title);
	line_join(&spoken, ", ", line_text(&w.when));
	draw_box(u->d, at, INK_PANEL, (uint32_t)u->l.radius, chosen ? INK_ACCENT : INK_LINE,
		(uint32_t)(chosen ? 3 * u->l.line : u->l.line));
	struct rect in = inset(at, u->l.gap / 2);
	cut_left(&in, u->l.gap, 0);
	struct rect time = cut_left(&in, in.w * 20 / 100, u->l.gap);
	ui_text(u, time, u->l.body, true, INK_ACCENT, ALIGN_START, line_text(&w.when));
	struct block b[] = {
		{w.title, u->l.body, true, INK_TEXT, 0},
		{line_text(&w.where), u->l.small, false, INK_MUTED, 0},
	};
	ui_stack(u, in, b, COUNT(b), ALIGN_CENTRE, ALIGN_START);
	name_of(line, name);
	draw_region(u->d, at, name, REGION_CHOICE, line_text(&spoken),
		chosen ? REGION_CHOSEN : REGION_READY, ++u->order);
}

/* What is sealed opens to who works at a desk (gate_read.h). */
static bool sees_all(const struct model *m)
{
	return app_has_right(
		m, RIGHT_PRINT | RIGHT_CORRECT | RIGHT_LATE | RIGHT_REVOKE | RIGHT_ADMIN);
}

/* All within reach where that is asked for; below it the remark. */
static struct rect area(
	const struct model *m, const struct look *look, const struct layout *l, struct rect *remark)
{
	struct rect at = layout_reach(look, l->main);

	*remark = (struct rect){0};
	if (!sees_all(m))
		*remark = cut_bottom(&at, layout_height(2, l->small), 0);
	return at;
}

static uint32_t fitting(const struct layout *l, struct rect at)
{
	int32_t high = l->touch * 5 / 4 + l->gap / 2;
	int32_t n = (at.h + l->gap / 2) / high;
	return n < 1 ? 1 : (uint32_t)n;
}

static void view(struct ui *u)
{
	const struct gate *g = &u->m->gate;
	struct action a[] = {
		{"missing", N_("Who is still missing"), BUTTON_PLAIN, !gate_chosen(g)},
		{"back", N_("Back to the door"), BUTTON_PLAIN, false},
	};
	ui_begin(u, COUNT(a), false);
	ui_head(u, ui_say(u, "Which activity is this door for?"));
	struct rect remark, rest = area(u->m, u->look, &u->l, &remark);
	uint32_t all = lines_of(g), fit = fitting(&u->l, rest);
	if (all > fit) {
		struct rect side = cut_right(&rest, u->l.touch, u->l.gap);
		ui_turn(u, ui_turn_room(u, &side), g->first > 0, g->first + fit < all);
	}
	for (uint32_t i = 0; i < fit && g->first + i < all; i++)
		line_button(u, row(rest, (int32_t)i, (int32_t)fit, u->l.gap / 2), g->first + i);
	if (all == 0) {
		struct block b[] = {{ui_say(u, "Nothing more takes place here today."), u->l.title,
			true, INK_MUTED, 0}};
		ui_stack(u, rest, b, COUNT(b), ALIGN_CENTRE, ALIGN_CENTRE);
	}
	if (remark.h > 0) {
		struct block b[] = {{ui_say(u, "What is not public is listed for a card that also "
					       "works at a desk."),
			u->l.small, false, INK_MUTED, 0}};
		ui_stack(u, remark, b, COUNT(b), ALIGN_CENTRE, ALIGN_START);
	}
	ui_actions(u, a, COUNT(a));
}

static bool choose(struct model *m, const struct msg *e, struct todo *todo)
{
	const struct gate *g = &m->gate;
	char name[APP_NAME];

	for (uint32_t line = 0; line < lines_of(g); line++) {
		name_of(line, name);
		if (!app_tapped(e, name))
			continue;
		door_choose(m, is_next(g, line) ? g->list.n : index_of(g, line), todo);
		return true;
	}
	return false;
}

static void on(struct model *m, const struct msg *e, struct todo *todo)
{
	struct gate *g = &m->gate;
	struct layout l = layout_make(&m->look, ui_strip_lines(m, &m->look), 1, false);
	struct rect remark, at = area(m, &m->look, &l, &remark);
	uint32_t all = lines_of(g), fit = fitting(&l, at);

	if (app_tapped(e, "more") && g->first + fit < all) {
		g->first += fit;
	} else if (app_tapped(e, "less")) {
		g->first -= g->first < fit ? g->first : fit;
	} else if (app_tapped(e, "back")) {
		app_home(m, todo);
	} else if (app_tapped(e, "missing") && gate_chosen(g)) {
		todo->staff = (struct staff_ask){
			.verb = STAFF_MISSING, .activity = gate_chosen(g)->number};
		g->first = 0;
		g->named = GATE_NAMES_ASKED;
		app_go(m, SCREEN_DOOR_MISSING, todo);
	} else {
		(void)choose(m, e, todo);
	}
}

static void tell(const struct ui *u, struct line *t)
{
	line_add(t, ui_say(u, "Which activity is this door for?"));
}

const struct screen screen_door_choose = {"door-choose", on, view, tell, 0, false};
