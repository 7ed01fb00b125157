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
	if (e->kind == MSG_ALARM && e->alarm) {
		memcpy(&m->alarm, e->alarm, sizeof(m->alarm));
		go_home(m, todo);
	}
	if (m->venue.known)
		m->offset = m->venue.offset;
	return hand || turn;
}

struct venue_turn venue_begin(struct ui *u, uint32_t pages)
{
	struct venue_turn turn = venue_turn_of(&u->m->venue, pages, u->m->wall);

	u->language = turn.language;
	ui_begin(u, 0, false);
	return turn;
}

void venue_foot(struct ui *u, struct rect *rest)
{
	struct signs signs;

	signs_take(u, &signs);
	if (signs_any(&signs))
		signs_draw(u, cut_bottom(rest, layout_height(2, u->l.small), u->l.gap), &signs);
}

void venue_where_words(const struct venue *v, const struct venue_entry *e, struct line *t)
{
	line_join(t, ", ", venue_text(v, e->room));
	line_join(t, ", ", venue_text(v, e->place));
}

void venue_when_words(const struct venue_entry *e, struct line *t)
{
	when_time(&t->k, e->start, e->offset);
	line_add(t, span_of(" – "));
	when_time(&t->k, e->end, e->end_offset);
}

void venue_sort_words(const struct ui *u, const struct venue_entry *e, struct line *t)
{
	static const char *const kinds[ACTIVITY_KINDS] = {
		[ACTIVITY_SEMINAR] = N_("Seminar"),
		[ACTIVITY_VISIT] = N_("Visit"),
		[ACTIVITY_B2B] = N_("Business meetings"),
		[ACTIVITY_SIGNING] = N_("Signing"),
		[ACTIVITY_RECEPTION] = N_("Reception"),
		[ACTIVITY_OFFICIAL] = N_("Official moment"),
		[ACTIVITY_TRANSFER] = N_("Transfer"),
		[ACTIVITY_OTHER] = N_("For everybody"),
	};
	const struct venue *v = &u->m->venue;

	line_start(t);
	if (e->track >= 0 && (uint32_t)e->track < v->track_n)
		line_add(t, venue_text(v, texts_in(&v->tracks[e->track], u->language)));
	line_join(t, " · ", ui_say(u, kinds[e->kind]));
}

enum ink venue_ink(const struct venue *v, const struct venue_entry *e)
{
	bool known = e->track >= 0 && (uint32_t)e->track < v->track_n;

	return known ? (enum ink)(INK_TRACK + e->track) : INK_LINE;
}

struct span venue_title(const struct ui *u, const struct venue_entry *e)
{
	return venue_text(&u->m->venue, texts_in(&e->title, u->language));
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

static const char *nothing_words(const struct model *m)
{
	static const char *const no_list[] = {
		[ROSTER_FINE] = N_("There is no programme on this screen yet."),
		[ROSTER_MISSING] = N_("There is no programme on this screen yet."),
		[ROSTER_DAMAGED] = N_("The programme on this screen cannot be read."),
		[ROSTER_EXPIRED] = N_("The programme on this screen is of an event that is over."),
	};
	const struct venue *v = &m->venue;

	if (!v->known)
		return no_list[m->roster_news];
	if (v->where == VENUE_UNKNOWN)
		return N_("The programme does not know the place where this screen stands.");
	if (v->first == 0)
		return N_("Nothing is announced yet.");
	if (m->wall >= v->last)
		return N_("The event is over. Thank you for coming.");
	return v->entry_n == 0 ? N_("Nothing more takes place here.") : NULL;
}

bool venue_nothing(struct ui *u, struct rect at)
{
	const char *words = nothing_words(u->m);

	if (!words)
		return false;
	struct block b = {ui_say(u, words), u->l.far, true, INK_TEXT, 0};
	(void)venue_fit(&at, &b);
	venue_put(u, at, &b, 0, ALIGN_START, ALIGN_CENTRE);
	return true;
}
