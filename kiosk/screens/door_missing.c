/* Who is booked and was not seen entering: names, while a card is unlocked. */
#include "app_door.h"
#include "gate_words.h"
#include "staff_words.h"

static int32_t rows(const struct layout *l)
{
	int32_t n = (l->main.h + l->gap / 2) / (layout_height(2, l->body) + l->gap / 2);
	return n < 1 ? 1 : n;
}

/* A few have the whole width. */
static int32_t columns(const struct layout *l, uint32_t n)
{
	return l->portrait || n <= (uint32_t)rows(l) ? 1 : 2;
}

static void put(struct ui *u, struct rect at, uint32_t i)
{
	const struct gate_missing *l = &u->m->gate.names;
	struct block b[] = {
		{gate_missing_text(l, l->at[i].name), u->l.body, true, INK_TEXT, 0},
		{gate_missing_text(l, l->at[i].organisation), u->l.small, false, INK_MUTED, 0},
	};
	ui_stack(u, at, b, COUNT(b), ALIGN_START, ALIGN_START);
}

static void head(struct ui *u)
{
	const struct gate_missing *l = &u->m->gate.names;
	struct line t;
	if (u->m->gate.named != GATE_NAMES_THERE || l->n == 0) {
		ui_head(u, ui_say(u, "Who is still missing"));
		return;
	}
	line_start(&t);
	line_count(&t, u->language, "{1} still missing", "{1} still missing", l->n + l->more);
	ui_head(u, line_text(&t));
}

/* Why the list is empty. */
static void nobody(struct ui *u, struct rect at)
{
	static const struct staff_note words[] = {[GATE_NAMES_ASKED] = {N_("One moment"), NULL},
		[GATE_NAMES_THERE] = {N_("Everybody who is booked has come."), NULL}};
	enum gate_names named = u->m->gate.named;

	staff_note(u, at, named == GATE_NAMES_REFUSED ? &staff_unsaved : &words[named]);
}

static void view(struct ui *u)
{
	static const struct action a[] = {{"back", N_("Back"), BUTTON_PLAIN, false}};
	const struct gate *g = &u->m->gate;
	const struct gate_missing *l = &g->names;
	ui_begin(u, COUNT(a), false);
	head(u);
	struct rect rest = u->l.main;
	int32_t down = rows(&u->l), wide = columns(&u->l, l->n);
	uint32_t fit = (uint32_t)(down * wide);
	if (l->n > fit) {
		struct rect side = cut_right(&rest, u->l.touch, u->l.gap);
		ui_turn(u, ui_turn_room(u, &side), g->first > 0, g->first + fit < l->n);
	}
	for (uint32_t i = 0; i < fit && g->first + i < l->n; i++) {
		struct rect at = column(rest, (int32_t)i / down, wide, u->l.gap * 2);
		put(u, row(at, (int32_t)i % down, down, u->l.gap / 2), g->first + i);
	}
	if (l->n == 0)
		nobody(u, rest);
	ui_actions(u, a, COUNT(a));
}

static void on(struct model *m, const struct msg *e, struct todo *todo)
{
	struct gate *g = &m->gate;
	struct layout l = layout_make(&m->look, ui_strip_lines(m, &m->look), 1, false);
	uint32_t fit = (uint32_t)(rows(&l) * columns(&l, g->names.n));

	if (app_tapped(e, "more") && g->first + fit < g->names.n) {
		g->first += fit;
	} else if (app_tapped(e, "less")) {
		g->first -= g->first < fit ? g->first : fit;
	} else if (app_tapped(e, "back")) {
		seal_wipe(&g->names, sizeof(g->names));
		g->first = 0;
		app_go(m, SCREEN_DOOR_CHOOSE, todo);
	}
}

static void tell(const struct ui *u, struct line *t)
{
	line_add(t, ui_say(u, "Who is still missing"));
}

const struct screen screen_door_missing = {"door-missing", on, view, tell, 0, false};
