/* A door between two badges: what it is for, who may come, how many are inside. */
#include "app_door.h"
#include "gate_words.h"
#include "signs.h"
#include "when.h"

/* A badge on its cord, held up. */
static void picture(struct ui *u, struct rect at, bool closed)
{
	int32_t side = at.w < at.h ? at.w : at.h;
	struct rect square = {at.x + (at.w - side) / 2, at.y + (at.h - side) / 2, side, side};
	draw_picture(u->d, square, INK_ON_ACCENT, closed ? "lock" : "badge");
}

/* As large as all fit, each on a line of its own unless that makes them small. */
static int32_t words_percent(const struct ui *u, struct rect at, struct block *b)
{
	enum { MOST = 150, ONE_LINE_FROM = 100, STEP = 5 };
	int32_t percent = MOST, one;

	for (int i = 0; i < LANGUAGES; i++)
		percent = ui_percent(u, row(at, i, LANGUAGES, u->l.gap), &b[i], 1, percent);
	one = percent;
	for (int i = 0; i < LANGUAGES; i++)
		while (one >= ONE_LINE_FROM &&
			ui_lines(u, b[i].text, b[i].size * one / 100, true, at.w) > 1)
			one -= STEP;
	return one >= ONE_LINE_FROM ? one : percent;
}

/* The same words in all four languages: whoever stands there reads one of them. */
static void invitation(struct ui *u, struct rect at, const char *msgid, bool closed)
{
	draw_fill(u->d, at, INK_ACCENT, (uint32_t)u->l.radius * 2);
	struct rect rest = inset(at, u->l.gap * 2);
	picture(u, cut_top(&rest, rest.h * 32 / 100, u->l.gap * 2), closed);
	struct block b[LANGUAGES];
	for (int i = 0; i < LANGUAGES; i++)
		b[i] = (struct block){
			say((enum language)i, msgid), u->l.lead, true, INK_ON_ACCENT, 0};
	int32_t percent = words_percent(u, rest, b);
	for (int i = 0; i < LANGUAGES; i++)
		ui_stack_at(u, row(rest, i, LANGUAGES, u->l.gap), &b[i], 1,
			(struct seat){percent, ALIGN_CENTRE, ALIGN_CENTRE});
}

/* Before it opens, when it is over: what a steward says to whoever comes. */
static void phase(const struct ui *u, const struct gate_activity *a, struct line *t)
{
	struct line opens;
	line_start(t);
	if (u->m->wall >= a->end) {
		line_add(t, ui_say(u, "This activity is over."));
	} else if (u->m->wall < gate_opens(a)) {
		gate_opening(a, &opens);
		struct span args[] = {{NULL, 0}, line_text(&opens)};
		say_into(&t->k, u->language, "Doors open at {2}.", args, COUNT(args));
	}
}

static void next_here(const struct ui *u, struct line *t)
{
	const struct gate_activity *next = gate_after(&u->m->gate, u->m->wall);
	line_start(t);
	/* An emergency's words need its room. */
	if (!next || u->m->alarm.on)
		return;
	line_add(t, ui_say(u, "Next here:"));
	line_add(t, span_of(" "));
	when_time(&t->k, next->start, next->offset);
	line_join(t, " ", gate_title(u, next));
}

static void unsaved(const struct ui *u, struct line *t)
{
	struct span desk = ui_desk(u, u->language);
	line_start(t);
	if (u->m->journal_bad)
		say_into(&t->k, u->language,
			"This door cannot save anything at the moment, so it lets nobody in. "
			"Please count by hand and tell {1}.",
			&desk, 1);
}

static void about(struct ui *u, struct rect at, const struct gate_activity *a)
{
	struct line when, where, inside, missing, now, next, bad;
	gate_when(a, &when);
	gate_where(u, a, &where);
	gate_inside(u, a, &inside);
	gate_still_missing(u, &missing);
	phase(u, a, &now);
	next_here(u, &next);
	unsaved(u, &bad);
	struct block b[] = {
		{line_text(&bad), u->l.body, true, INK_BAD, 0},
		{line_text(&when), u->l.lead, true, INK_ACCENT, u->l.gap / 2},
		{gate_title(u, a), u->l.title, true, INK_TEXT, 0},
		{line_text(&where), u->l.body, false, INK_TEXT, u->l.gap / 2},
		{line_text(&now), u->l.lead, true, INK_TEXT, u->l.gap},
		{line_text(&inside), u->l.display, true, INK_TEXT, u->l.gap * 2},
		{line_text(&missing), u->l.lead, false, INK_MUTED, 0},
		{line_text(&next), u->l.body, false, INK_MUTED, u->l.gap * 2},
	};
	ui_stack(u, at, b, COUNT(b), ALIGN_START, ALIGN_START);
}

static void closed(struct ui *u, struct rect at)
{
	bool done = u->m->gate.automatic;
	struct span staff = {0};

	if (!app_unlocked(u->m))
		staff = ui_say(u, "Staff: show your card to choose what this door is for.");
	struct block b[] = {
		{ui_say(u, done ? N_("Nothing more takes place here today.")
				: N_("No activity is chosen for this door.")),
			u->l.title, true, INK_TEXT, 0},
		{staff, u->l.lead, false, INK_TEXT, u->l.gap},
	};
	ui_stack(u, at, b, COUNT(b), ALIGN_CENTRE, ALIGN_START);
}

static size_t actions_of(const struct model *m, struct action out[static 3])
{
	const struct gate *g = &m->gate;
	size_t n = 0;

	if (gate_chosen(g)) {
		out[n++] = (struct action){
			"undo", N_("Take back the last"), BUTTON_PLAIN, !g->last.known};
		out[n++] = (struct action){"out",
			g->out ? N_("Guests come in again") : N_("Guests are leaving"),
			BUTTON_PLAIN, false};
	}
	if (app_unlocked(m))
		out[n++] = (struct action){"choose", N_("Choose the activity"),
			gate_chosen(g) ? BUTTON_PLAIN : BUTTON_MAIN, false};
	return n;
}

static void view(struct ui *u)
{
	const struct gate *g = &u->m->gate;
	const struct gate_activity *a = gate_chosen(g);
	struct action actions[3];
	size_t n = actions_of(u->m, actions);
	ui_begin(u, (unsigned)n, false);
	const struct programme *p = &u->m->programme;
	ui_head(u, programme_text(p, texts_in(&p->event, u->language)));
	struct rect rest = u->l.main;
	struct rect left = u->l.portrait ? cut_top(&rest, rest.h * 48 / 100, u->l.gap * 2)
					 : cut_left(&rest, rest.w * 50 / 100, u->l.gap * 3);
	const char *words = !a       ? N_("This door is not open yet")
			    : g->out ? N_("Show your badge as you leave")
				     : N_("Show your badge");
	invitation(u, left, words, !a);
	struct signs board;
	signs_take(u, &board);
	if (signs_any(&board) && !u->m->journal_bad)
		signs_draw(u, cut_bottom(&rest, layout_height(3, u->l.small), u->l.gap), &board);
	if (a)
		about(u, rest, a);
	else
		closed(u, rest);
	ui_actions(u, actions, n);
}

static void on(struct model *m, const struct msg *e, struct todo *todo)
{
	if (app_tapped(e, "choose"))
		door_open_choice(m, todo);
	if (!gate_chosen(&m->gate))
		return;
	if (app_tapped(e, "out"))
		m->gate.out = !m->gate.out;
	else if (app_tapped(e, "undo"))
		door_undo(m, todo);
}

static void tell(const struct ui *u, struct line *t)
{
	line_add(t, ui_say(u, gate_chosen(&u->m->gate) ? N_("Show your badge")
						       : N_("This door is not open yet")));
}

const struct screen screen_door = {"door", on, view, tell, 0, false};
