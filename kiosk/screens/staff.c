/* Locked: a staff card is wanted, then its PIN; and what is wrong with either. */
#include "screens.h"

#include <string.h>

#include "signs.h"

struct card_words {
	const char *title, *text;
};

static const struct card_words *words_of(const struct model *m)
{
	static const struct card_words shut = {N_("Show your staff card"),
		N_("Hold its code in front of the reader. Then enter your PIN.")};
	static const struct card_words guest = {N_("This desk is locked"),
		N_("Show your staff card first, then the guest's code once more.")};
	static const struct card_words reading = {N_("One moment"), N_("Your card is looked up.")};
	static const struct card_words checking = {
		N_("One moment"), N_("Your PIN is being checked.")};
	static const struct card_words unknown = {N_("This card is not valid"),
		N_("It was withdrawn or replaced, or it is from another event.")};
	static const struct card_words ended = {N_("This card has ended"),
		N_("It was valid until an earlier day. Ask the organiser for a new one.")};
	static const struct card_words elsewhere = {N_("This card is not for this board"),
		N_("It does not have the rights that are needed here.")};
	static const struct card_words misread = {
		N_("This card could not be read"), N_("Please show it once more.")};
	static const struct card_words failed = {N_("This card cannot be checked now"),
		N_("This board cannot save that it was used. Please try again in a minute.")};
	const struct desk *d = &m->desk;

	if (d->lock == LOCK_READING)
		return &reading;
	if (d->lock == LOCK_CHECKING)
		return &checking;
	if (d->lock != LOCK_BAD_CARD)
		return d->guest_waits ? &guest : &shut;
	if (d->why == ERR_ABSENT)
		return &unknown;
	if (d->why == ERR_EXPIRED)
		return &ended;
	if (d->why == ERR_DENIED)
		return &elsewhere;
	return d->why == ERR_FORMAT ? &misread : &failed;
}

static bool must_wait(const struct model *m)
{
	return m->desk.until_ms > m->boot_ms;
}

/* "2:30" */
static struct span left_of(const struct model *m, uint8_t out[static 8])
{
	int64_t s = (m->desk.until_ms - m->boot_ms + 999) / 1000;
	int64_t minutes = s / 60 < 99 ? s / 60 : 99;
	struct sink k = sink_on(out, 8);

	if (minutes > 9)
		sink_u8(&k, (uint8_t)('0' + minutes / 10));
	sink_u8(&k, (uint8_t)('0' + minutes % 10));
	sink_u8(&k, ':');
	sink_u8(&k, (uint8_t)('0' + s % 60 / 10));
	sink_u8(&k, (uint8_t)('0' + s % 10));
	return (struct span){out, k.n};
}

/* What became of the last try, and what comes next. */
static void pin_note(const struct ui *u, struct line *t)
{
	const struct desk *d = &u->m->desk;
	uint8_t text[8];

	line_start(t);
	if (d->wrong)
		line_add(t, ui_say(u, "This PIN was wrong."));
	struct span arg = left_of(u->m, text);
	if (must_wait(u->m)) {
		line_join(t, " ", ui_say(u, "The next try is possible in"));
		line_add(t, span_of(" "));
		line_add(t, arg);
	} else if (d->wrong || d->tries < 5) {
		uint8_t digit = (uint8_t)('0' + d->tries % 10);
		arg = (struct span){&digit, 1};
		line_add(t, span_of(t->k.n > 0 ? " " : ""));
		if (d->tries == 0)
			line_add(t, ui_say(u, "One try, then a longer wait."));
		else
			say_fill(&t->k,
				say_many(u->language, "{1} try is left.", "{1} tries are left.",
					d->tries),
				&arg, 1);
	}
}

static void view_pin(struct ui *u)
{
	static const struct action a[] = {{"cancel", N_("Cancel"), BUTTON_PLAIN, false}};
	struct line note;

	ui_begin(u, COUNT(a), true);
	ui_head(u, ui_say(u, "Staff"));
	pin_note(u, &note);
	struct rect rest = u->l.main;
	struct rect said = u->l.portrait ? cut_top(&rest, rest.h * 30 / 100, u->l.gap * 2)
					 : cut_left(&rest, rest.w * 48 / 100, u->l.gap * 2);
	struct block b[] = {
		{ui_say(u, "Enter your PIN"), u->l.display, true, INK_TEXT, 0},
		{ui_say(u, "Eight digits"), u->l.lead, false, INK_MUTED, u->l.gap / 2},
		{line_text(&note), u->l.lead, true, INK_BAD, u->l.gap},
	};
	ui_stack(u, said, b, COUNT(b), ALIGN_CENTRE, u->l.portrait ? ALIGN_CENTRE : ALIGN_START);
	keypad_view(u, layout_reach(u->look, rest), &u->m->desk.pin, must_wait(u->m));
	ui_actions(u, a, COUNT(a));
	ui_foot(u);
}

static void sign_of(struct ui *u, struct rect at)
{
	const struct desk *d = &u->m->desk;

	if (d->lock == LOCK_BAD_CARD)
		ui_sign(u, at, INK_WARN, INK_ON_WARN, '!');
	else if (d->lock == LOCK_SHUT)
		ui_sign(u, at, d->guest_waits ? INK_WARN : INK_ACCENT,
			d->guest_waits ? INK_ON_WARN : INK_ON_ACCENT, 'l');
	else
		ui_sign(u, at, INK_ACCENT, INK_ON_ACCENT, '.');
}

static void view(struct ui *u)
{
	const struct card_words *w = words_of(u->m);
	struct signs signs;

	if (u->m->desk.lock == LOCK_PIN) {
		view_pin(u);
		return;
	}
	ui_begin(u, 0, true);
	ui_head(u, programme_text(&u->m->programme, texts_in(&u->m->programme.event, u->language)));
	signs_take(u, &signs);
	struct rect rest = u->l.main;
	if (signs_any(&signs))
		signs_draw(u, cut_bottom(&rest, layout_height(3, u->l.small), u->l.gap), &signs);
	/* A little above the middle, however high the glass is. */
	int32_t high = rest.h * 40 / 100, most = u->l.touch * 5 / 2;
	if (high > most)
		cut_top(&rest, (rest.h - 2 * most) / 4, 0);
	sign_of(u, inset(cut_top(&rest, high > most ? most : high, u->l.gap), u->l.gap / 2));
	struct block b[] = {
		{ui_say(u, w->title), u->l.display, true, INK_TEXT, 0},
		{ui_say(u, w->text), u->l.lead, false, INK_MUTED, u->l.gap},
	};
	ui_stack(u, rest, b, COUNT(b), ALIGN_START, ALIGN_CENTRE);
	ui_foot(u);
}

static void submit(struct model *m, struct todo *todo)
{
	struct desk *d = &m->desk;
	struct span pin = keypad_text(&d->pin);

	todo->staff.verb = STAFF_PIN;
	todo->staff.text_n = pin.n;
	memcpy(todo->staff.text, pin.p, pin.n);
	keypad_wipe(&d->pin);
	d->wrong = false;
	d->lock = LOCK_CHECKING;
}

static void on(struct model *m, const struct msg *e, struct todo *todo)
{
	struct desk *d = &m->desk;
	enum keypad_did did = KEYPAD_NOTHING;

	if (app_tapped(e, "cancel")) {
		app_lock(m, todo);
		return;
	}
	if (d->lock != LOCK_PIN || must_wait(m))
		return;
	if (e->kind == MSG_TYPE)
		did = keypad_typed(&d->pin, (struct span){e->code, e->code_n});
	else if (e->kind == MSG_TAP && e->name)
		did = keypad_tap(&d->pin, e->name);
	if (did == KEYPAD_ENTER)
		submit(m, todo);
}

static void tell(const struct ui *u, struct line *t)
{
	const struct card_words *w = words_of(u->m);

	if (u->m->desk.lock == LOCK_PIN) {
		line_add(t, ui_say(u, "Enter your PIN"));
		return;
	}
	line_add(t, ui_say(u, w->title));
	line_join(t, ". ", ui_say(u, w->text));
}

const struct screen screen_staff = {"staff", on, view, tell, 0, false};
