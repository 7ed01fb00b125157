/* The course of a venue screen: it takes what stage hands it and shows it; nobody touches it. */
#include "app_venue.h"

#include <string.h>

#include "signs.h"
#include "venue_view.h"
#include "when.h"

enum screen_id venue_home(const struct model *m)
{
	static const enum screen_id screens[VENUE_LAYOUTS] = {
		[VENUE_BY_PLACE] = SCREEN_LOBBY,
		[VENUE_ROOM] = SCREEN_ROOM,
		[VENUE_LOBBY] = SCREEN_LOBBY,
		[VENUE_TRANSFERS] = SCREEN_TRANSFERS,
	};

	return m->alarm.on ? SCREEN_EMERGENCY : screens[m->venue.layout];
}

static void go_home(struct model *m, struct todo *todo)
{
	if (m->screen != venue_home(m) && !app_standing(m))
		app_home(m, todo);
}

bool venue_next(struct model *m, const struct msg *e, struct todo *todo)
{
	bool hand = e->kind == MSG_SCANNED || e->kind == MSG_TAP || e->kind == MSG_FOCUS ||
		    e->kind == MSG_DRAG || e->kind == MSG_TYPE;
	bool turn = e->kind == MSG_TICK && m->screen != SCREEN_TROUBLE;

	if (e->kind == MSG_VENUE && e->venue) {
		memcpy(&m->venue, e->venue, sizeof(m->venue));
		go_home(m, todo);
	}
	if (m->venue.known)
		m->offset = m->venue.offset;
	return hand || turn;
}

struct venue_turn venue_begin(struct ui *u, uint32_t pages, uint32_t soon)
{
	struct venue_turn turn = venue_turn_of(&u->m->venue, pages, soon, u->m->wall);

	u->language = turn.language;
	ui_begin(u, 0, false);
	return turn;
}

void venue_foot(struct ui *u, struct rect *rest)
{
	struct signs signs;

	signs_take(u, &signs);
	int32_t lines = (signs.network.k.n > 0) + (signs.waiting.k.n > 0) + (signs.faults.k.n > 0);
	if (signs_any(&signs))
		signs_draw(u, cut_bottom(rest, layout_height(lines, u->l.small), u->l.gap / 2),
			&signs);
}

void venue_on(struct model *m, const struct msg *e, struct todo *todo)
{
	(void)m;
	(void)e;
	(void)todo;
}

void venue_tell(const struct ui *u, struct line *t)
{
	(void)u;
	(void)t;
}

bool venue_nothing(struct ui *u, struct rect at)
{
	struct line words;

	if (venue_state(u) >= VENUE_BEFORE)
		return false;
	venue_state_words(u, &words);
	venue_say(u, at, line_text(&words));
	return true;
}
