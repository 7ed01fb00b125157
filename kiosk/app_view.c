/* The view: the screen at hand, the question after a silence, the ring of the keys. */
#include "app_door.h"
#include "app_venue.h"

#include <string.h>

enum { ASK_MS = 20000, TURN_MS = 8000 };

static struct span closing(const struct ui *u, uint32_t seconds)
{
	if (app_unlocked(u->m))
		return say_many(u->language, "This desk locks in {1} second.",
			"This desk locks in {1} seconds.", seconds);
	return say_many(u->language, "This screen closes your visit in {1} second.",
		"This screen closes your visit in {1} seconds.", seconds);
}

static void view_asking(struct ui *u)
{
	const struct action actions[] = {
		{"yes", N_("Yes, I am here"), BUTTON_MAIN, false},
		{"done", app_unlocked(u->m) ? N_("Lock") : N_("Done"), BUTTON_PLAIN, false},
	};
	ui_begin(u, COUNT(actions), false);
	int64_t left = (ASK_MS - (u->m->boot_ms - u->m->asked_ms) + 999) / 1000;
	uint32_t seconds = left < 0 ? 0 : (uint32_t)left;
	uint8_t digits[4] = {(uint8_t)('0' + seconds / 10), (uint8_t)('0' + seconds % 10)};
	struct span number = {seconds < 10 ? digits + 1 : digits, seconds < 10 ? 1 : 2};
	struct line t;
	line_start(&t);
	say_fill(&t.k, closing(u, seconds), &number, 1);
	struct rect at = u->l.main;
	struct rect sign = cut_top(&at, u->l.touch * 2, u->l.gap * 2);
	ui_sign(u, sign, INK_WARN, INK_ON_WARN, '?');
	struct block blocks[] = {
		{ui_say(u, "Are you still there?"), u->l.display, true, INK_TEXT, 0},
		{line_text(&t), u->l.lead, false, INK_MUTED, u->l.gap},
	};
	ui_stack(u, at, blocks, COUNT(blocks), ALIGN_START, ALIGN_CENTRE);
	ui_actions(u, actions, COUNT(actions));
}

static void view_focus(const struct model *m, struct ui *u)
{
	if (!m->focus_on || !m->focus[0])
		return;
	struct span wanted = span_of(m->focus);
	for (size_t i = 0; i < u->d->n; i++) {
		const struct draw_command *c = &u->d->commands[i];
		if (c->op != DRAW_REGION || !span_equal(draw_name_of(u->d, c), wanted))
			continue;
		struct rect ring = inset(c->at, -u->l.gap / 3);
		draw_box(u->d, ring, INK_NONE, (uint32_t)(u->l.radius + u->l.gap / 3), INK_FOCUS,
			(uint32_t)(u->l.line * 3));
		return;
	}
}

void app_view(const struct model *m, const struct look *look, struct draw *d)
{
	draw_clear(d);
	struct ui u = {.m = m, .look = look, .language = look->language, .d = d};
	if (m->asking)
		view_asking(&u);
	else
		app_screen(m->screen)->view(&u);
	view_focus(m, &u);
}

int64_t app_next_tick_ms(const struct model *m)
{
	/* The view shows minutes; the idle screen turns its language; a question counts seconds. */
	int64_t minute = (60 - (m->wall % 60 + 60) % 60) * 1000;
	int64_t wait = minute;
	const struct screen *s = app_screen(m->screen);
	if (m->mode == MODE_SCREEN)
		return venue_tick_ms(&m->venue, m->wall);
	if (m->asking || (m->screen == SCREEN_TROUBLE && m->trouble == TROUBLE_CODE_WAIT))
		return 1000;
	if (m->screen == SCREEN_IDLE)
		wait = minute < TURN_MS ? minute : TURN_MS - (m->wall % 8 + 8) % 8 * 1000;
	else if (s->silence_s > 0) {
		int64_t left = m->touched_ms + s->silence_s * 1000 - m->boot_ms;
		wait = left > 0 && left < minute ? left : minute;
		wait = left <= 0 && wait > 1000 ? 1000 : wait;
	}
	wait = app_staff_wait_ms(m, wait);
	if (m->mode == MODE_DOOR && door_tick_ms(m) < wait)
		wait = door_tick_ms(m);
	return wait < 1 ? 1 : wait;
}

enum err app_touch(const struct draw *d, int32_t x, int32_t y, char name[static APP_NAME])
{
	name[0] = 0;
	for (size_t i = d->n; i-- > 0;) {
		const struct draw_command *c = &d->commands[i];
		if (c->op != DRAW_REGION || c->state == REGION_DISABLED)
			continue;
		if (x < c->at.x || y < c->at.y || x - c->at.x >= c->at.w || y - c->at.y >= c->at.h)
			continue;
		return span_copy_text(draw_name_of(d, c), name, APP_NAME);
	}
	return ERR_ABSENT;
}

static const struct draw_command *region_named(const struct draw *d, const char *name)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct draw_command *c = &d->commands[i];
		if (c->op == DRAW_REGION && c->state != REGION_DISABLED &&
			span_equal(draw_name_of(d, c), span_of(name)))
			return c;
	}
	return NULL;
}

/* The one after (or before) the order given; from the other end when there is none. */
static const struct draw_command *region_beside(const struct draw *d, uint32_t order, bool forward)
{
	const struct draw_command *best = NULL;
	const struct draw_command *end = NULL;
	for (size_t i = 0; i < d->n; i++) {
		const struct draw_command *c = &d->commands[i];
		if (c->op != DRAW_REGION || c->state == REGION_DISABLED)
			continue;
		bool beyond = forward ? c->border > order : c->border < order;
		if (beyond && (!best || (c->border < best->border) == forward))
			best = c;
		if (!end || (c->border < end->border) == forward)
			end = c;
	}
	return best ? best : end;
}

static enum err answer(const struct draw *d, const struct draw_command *c, enum msg_kind kind,
	struct app_words *words, struct msg *out)
{
	struct span spoken = draw_text_of(d, c);
	if (span_copy_text(draw_name_of(d, c), words->name, sizeof(words->name)) != OK)
		return ERR_ABSENT;
	if (span_copy_text(spoken, words->spoken, sizeof(words->spoken)) != OK)
		words->spoken[0] = 0;
	*out = (struct msg){.kind = kind, .name = words->name, .spoken = words->spoken};
	return OK;
}

enum err app_key(const struct model *m, const struct draw *d, enum key key, struct app_words *words,
	struct msg *out)
{
	static const char *const ways_out[] = {"back", "no", "clear", "done", "cancel"};
	memset(words, 0, sizeof(*words));
	const struct draw_command *at = m->focus[0] ? region_named(d, m->focus) : NULL;
	/* Who types a name and Enter means the first that was found; a PIN and Enter, that it is all. */
	if (key == KEY_ENTER && !at && m->screen == SCREEN_DESK)
		at = region_named(d, "row-0");
	if (key == KEY_ENTER && !at && m->screen == SCREEN_STAFF)
		at = region_named(d, "pin-enter");
	bool form = m->desk.form.what != 0 && m->screen != SCREEN_BADGE;
	if (key == KEY_ENTER && !at && (form || m->screen == SCREEN_ALARM)) {
		*out = (struct msg){.kind = MSG_TAP, .name = "next"};
		return OK;
	}
	if (key == KEY_ENTER)
		return at ? answer(d, at, MSG_TAP, words, out) : ERR_ABSENT;
	if (key == KEY_ERASE) {
		*out = (struct msg){.kind = MSG_TYPE, .code = "\b", .code_n = 1};
		return m->mode == MODE_KIOSK ? ERR_ABSENT : OK;
	}
	if (key == KEY_ESCAPE && m->screen == SCREEN_DESK) {
		*out = (struct msg){.kind = MSG_TAP, .name = "clear"};
		return OK;
	}
	if (key == KEY_ESCAPE) {
		for (size_t i = 0; i < COUNT(ways_out); i++) {
			const struct draw_command *c = region_named(d, ways_out[i]);
			if (c)
				return answer(d, c, MSG_TAP, words, out);
		}
		return ERR_ABSENT;
	}
	/* The typist's way down is to who was found. */
	const struct draw_command *top = key == KEY_DOWN && !at && m->screen == SCREEN_DESK
						 ? region_named(d, "row-0")
						 : NULL;
	if (top)
		return answer(d, top, MSG_FOCUS, words, out);
	bool forward = key == KEY_NEXT || key == KEY_DOWN;
	uint32_t order = at ? at->border : forward ? 0 : UINT32_MAX;
	const struct draw_command *c = region_beside(d, order, forward);
	return c ? answer(d, c, MSG_FOCUS, words, out) : ERR_ABSENT;
}
