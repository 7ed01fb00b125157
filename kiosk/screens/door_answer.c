/* May this badge enter? Colour, shape, word, the reason, what to do, and a line for the guest. */
#include "app_door.h"
#include "gate_words.h"

/* {1} the desk, {2} when its doors open, {3} how many are inside, {4} the capacity. */
struct reason_words {
	const char *title, *text; /* for whoever keeps the door */
	const char *guest;        /* in the guest's own language */
};

static const struct reason_words reasons[DOOR_REASONS] = {
	[DOOR_UNKNOWN] = {N_("This code opens no door"),
		N_("Only a badge of this event does. Without one: {1}."), ""},
	[DOOR_REPLACED] = {N_("This badge was replaced"),
		N_("It may have been lost. Please keep it and send the guest to {1}."),
		N_("This badge was replaced. Please go to {1}.")},
	[DOOR_REVOKED] = {N_("This badge is no longer valid"), N_("Please send the guest to {1}."),
		N_("This badge is no longer valid. Please go to {1}.")},
	[DOOR_LET_IN] = {N_("Staff have let this guest in"), "", N_("Welcome")},
	[DOOR_PROTOCOL] = {N_("Expected by the protocol desk"),
		N_("No name is shown here. Please call the protocol desk."),
		N_("You are expected at the protocol desk. Please go there, no waiting.")},
	[DOOR_LATE] = {N_("Registered late"),
		N_("The list at this door does not know the bookings of this guest yet."),
		N_("One moment please")},
	[DOOR_INSIDE] = {N_("Already inside"),
		N_("Going out? Then note it. If not, two people may be using one badge."),
		N_("One moment please")},
	[DOOR_NOT_INVITED] = {N_("Not invited to this"),
		N_("This activity is by invitation only. Questions: {1}."),
		N_("This activity is by invitation only. Questions: {1}.")},
	[DOOR_FULL] = {N_("The room is full"), N_("{3} of {4} places are taken."),
		N_("We are sorry: the room is full.")},
	[DOOR_EARLY] = {N_("Too early"), N_("Doors open at {2}."), N_("Doors open at {2}.")},
	[DOOR_BOOKED] = {N_("On the list"), "", N_("Welcome")},
	[DOOR_WAITING] = {N_("On the waiting list"), N_("Guests with a booking go first."),
		N_("You are on the waiting list. Please wait a moment.")},
	[DOOR_OPEN] = {N_("Open to everybody"), "", N_("Welcome")},
	[DOOR_SEATS] = {N_("No booking, but there are free places"),
		N_("Guests with a booking go first."),
		N_("You have no booking. Please wait a moment.")},
};

static const struct reason_words gone = {N_("The guest has left"), "", N_("Goodbye")};
static const struct reason_words not_in = {N_("Was not seen going in"),
	N_("Nothing was counted. The guest may leave."), N_("Goodbye")};
static const struct reason_words failed = {N_("We cannot save this"),
	N_("This door cannot save anything at the moment, so it lets nobody in. Please count by "
	   "hand and tell {1}."),
	N_("One moment please")};
static const struct reason_words asked = {N_("One moment"), "", ""};

static const struct reason_words *words_now(const struct gate *g)
{
	static const struct reason_words *const steps[] = {
		[GATE_ASKED] = &asked, [GATE_FAILED] = &failed, [GATE_NOT_IN] = &not_in};

	if (g->step != GATE_SHOWN && g->step != GATE_SAVED)
		return steps[g->step];
	if (g->step == GATE_SAVED && g->left)
		return &gone;
	enum door_reason r =
		g->step == GATE_SAVED && g->overruled ? DOOR_LET_IN : g->verdict.reason;
	return &reasons[r < DOOR_REASONS ? r : DOOR_UNKNOWN];
}

/* How a light looks. */
struct lamp {
	enum ink ink, on;
	const char *picture, *word;
};

static struct lamp lamp_now(const struct gate *g)
{
	static const struct lamp lamps[] = {
		[DOOR_RED] = {INK_BAD, INK_ON_BAD, "cross", N_("Stop")},
		[DOOR_AMBER] = {INK_WARN, INK_ON_WARN, "warning", N_("Wait")},
		[DOOR_GREEN] = {INK_GOOD, INK_ON_GOOD, "check", N_("Enter")},
	};
	struct lamp left = {INK_GOOD, INK_ON_GOOD, "check", N_("Goodbye")};
	struct lamp asks = {INK_PANEL, INK_TEXT, "clock", ""};

	if (g->step == GATE_ASKED)
		return asks;
	if (g->step == GATE_SAVED)
		return g->left ? left : lamps[DOOR_GREEN];
	if (g->step == GATE_FAILED || g->step == GATE_NOT_IN)
		return lamps[g->step == GATE_FAILED ? DOOR_RED : DOOR_AMBER];
	return lamps[g->verdict.light];
}

static void text_in(const struct ui *u, const char *msgid, enum language language, struct line *t)
{
	const struct gate *g = &u->m->gate;
	const struct gate_activity *a = gate_chosen(g);
	uint8_t digits[2][GATE_DIGITS];
	struct line opens;

	line_start(t);
	line_start(&opens);
	if (a)
		gate_opening(a, &opens);
	struct span args[] = {ui_desk(u, language), line_text(&opens),
		gate_number(g->counts.inside, digits[0]),
		gate_number(a ? a->capacity : 0, digits[1])};
	if (msgid[0])
		say_into(&t->k, language, msgid, args, COUNT(args));
}

/* A disc, a triangle and a square: told apart without colours. */
static void shape(struct ui *u, struct rect at, const struct lamp *lamp)
{
	int32_t side = at.w < at.h ? at.w : at.h;
	struct rect square = {at.x + (at.w - side) / 2, at.y + (at.h - side) / 2, side, side};
	bool red = lamp->ink == INK_BAD, green = lamp->ink == INK_GOOD;
	if (!red && !green) {
		draw_picture(u->d, square, lamp->on, lamp->picture);
		return;
	}
	draw_fill(u->d, square, lamp->on, (uint32_t)(green ? side / 2 : side / 10));
	draw_picture(u->d, inset(square, side / 12), lamp->ink, lamp->picture);
}

static void steward(struct ui *u, struct rect at, const struct lamp *lamp)
{
	const struct gate *g = &u->m->gate;
	const struct reason_words *w = words_now(g);
	struct line text;
	text_in(u, w->text, u->language, &text);
	bool named = g->step == GATE_SHOWN || g->step == GATE_SAVED || g->step == GATE_NOT_IN;
	struct span name = span_of(named ? g->verdict.name : "");
	struct span org = span_of(named ? g->verdict.organisation : "");
	struct span help = {0};
	if (door_card_helps(u->m) && !door_may_let_in(u->m))
		help = ui_say(u, "To let the guest in all the same, show a staff card.");
	struct block b[] = {
		{lamp->word[0] ? ui_say(u, lamp->word) : (struct span){0}, u->l.display * 3 / 2,
			true, lamp->on, 0},
		{ui_say(u, w->title), u->l.title, true, lamp->on, 0},
		{line_text(&text), u->l.lead, false, lamp->on, u->l.gap / 2},
		{name, u->l.title, true, lamp->on, u->l.gap * 2},
		{org, u->l.lead, false, lamp->on, 0},
		{help, u->l.body, false, lamp->on, u->l.gap * 2},
	};
	ui_stack(u, at, b, COUNT(b), ALIGN_CENTRE, u->l.portrait ? ALIGN_CENTRE : ALIGN_START);
}

static void guest(struct ui *u, struct rect at)
{
	const struct gate *g = &u->m->gate;
	struct line text;
	text_in(u, words_now(g)->guest, g->verdict.language, &text);
	struct block b[] = {{line_text(&text), u->l.title, true, INK_TEXT, 0}};
	draw_fill(u->d, at, INK_PANEL, (uint32_t)u->l.radius * 2);
	ui_stack(u, inset(at, u->l.gap), b, COUNT(b), ALIGN_CENTRE, ALIGN_CENTRE);
}

static size_t actions_of(const struct model *m, struct action out[static 3])
{
	const struct gate *g = &m->gate;
	size_t n = 0;

	if (door_may_let_in(m))
		out[n++] =
			(struct action){"let-in", N_("Let in all the same"), BUTTON_PLAIN, false};
	if (g->step == GATE_SHOWN && g->verdict.reason == DOOR_INSIDE)
		out[n++] = (struct action){"left", N_("The guest is leaving"), BUTTON_PLAIN, false};
	if (g->step == GATE_SAVED)
		out[n++] = (struct action){"undo", N_("Take it back"), BUTTON_PLAIN, false};
	out[n++] = (struct action){"done", N_("Next badge"), BUTTON_PLAIN, false};
	return n;
}

static void view(struct ui *u)
{
	const struct gate *g = &u->m->gate;
	const struct gate_activity *a = gate_chosen(g);
	struct action actions[3];
	size_t n = actions_of(u->m, actions);
	struct lamp lamp = lamp_now(g);
	ui_begin(u, (unsigned)n, false);
	ui_no_head(u);
	struct rect rest = u->l.main;
	if (a) {
		struct line count;
		gate_inside(u, a, &count);
		struct rect foot = cut_bottom(&rest, layout_height(1, u->l.body), u->l.gap / 2);
		struct rect right = cut_right(&foot, foot.w * 40 / 100, u->l.gap);
		ui_text(u, foot, u->l.body, false, INK_MUTED, ALIGN_START, gate_title(u, a));
		ui_text(u, right, u->l.body, true, INK_TEXT, ALIGN_END, line_text(&count));
	}
	if (g->verdict.known && words_now(g)->guest[0])
		guest(u, cut_bottom(&rest, rest.h * 20 / 100, u->l.gap));
	draw_fill(u->d, rest, lamp.ink, (uint32_t)u->l.radius * 2);
	struct rect in = inset(rest, u->l.gap * 2);
	struct rect left = u->l.portrait ? cut_top(&in, in.h * 32 / 100, u->l.gap * 2)
					 : cut_left(&in, in.w * 30 / 100, u->l.gap * 3);
	shape(u, left, &lamp);
	steward(u, in, &lamp);
	ui_actions(u, actions, n);
}

static void on(struct model *m, const struct msg *e, struct todo *todo)
{
	const struct gate *g = &m->gate;

	if (app_tapped(e, "done"))
		app_end(m, todo);
	else if (app_tapped(e, "let-in"))
		door_let_in(m, todo);
	else if (app_tapped(e, "undo") && g->step == GATE_SAVED)
		door_undo(m, todo);
	else if (app_tapped(e, "left") && g->step == GATE_SHOWN && g->verdict.reason == DOOR_INSIDE)
		door_note(m, true, todo);
}

static void tell(const struct ui *u, struct line *t)
{
	const struct gate *g = &u->m->gate;
	line_add(t, ui_say(u, words_now(g)->title));
}

const struct screen screen_door_answer = {"door-answer", on, view, tell, 0, false};
