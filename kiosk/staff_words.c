/* Staff's words, rows and strips. */
#include "staff_words.h"

#include <string.h>

#include "signs.h"
#include "when.h"

const char *staff_role(enum role role)
{
	static const char *const names[ROLES] = {[ROLE_DELEGATE] = N_("Delegate"),
		[ROLE_VIP] = N_("VIP"),
		[ROLE_OFFICIAL] = N_("Official"),
		[ROLE_SPEAKER] = N_("Speaker"),
		[ROLE_PRESS] = N_("Press"),
		[ROLE_STAFF] = N_("Staff"),
		[ROLE_SECURITY] = N_("Security"),
		[ROLE_PARTNER] = N_("Partner")};

	return role < ROLES ? names[role] : "";
}

const char *staff_badge_state(enum badge_state state)
{
	switch (state) {
	case BADGE_NONE:
		return N_("No badge yet");
	case BADGE_PRINTED:
		return N_("Badge printed");
	case BADGE_UNCERTAIN:
		return N_("Badge uncertain");
	case BADGE_REVOKED:
		return N_("Badge revoked");
	case BADGE_ISSUED:
		return N_("New badge not printed");
	}
	return "";
}

struct span staff_number(uint64_t v, uint8_t out[static 20])
{
	size_t at = 20;

	do
		out[--at] = (uint8_t)('0' + v % 10);
	while ((v /= 10) > 0);
	return (struct span){out + at, 20 - at};
}

void staff_badge_line(const struct ui *u, enum badge_state state, uint32_t issue, struct line *t)
{
	uint8_t digits[20];

	line_start(t);
	line_add(t, ui_say(u, staff_badge_state(state)));
	if (issue < 2)
		return;
	line_add(t, span_of(" · "));
	struct span arg = staff_number(issue, digits);
	say_into(&t->k, u->language, N_("No. {1}"), &arg, 1);
}

void staff_time(const struct ui *u, int64_t at, struct line *t)
{
	const struct model *m = u->m;

	line_start(t);
	if (at == 0)
		return;
	if (when_day_number(at, m->offset) != when_day_number(m->wall, m->offset)) {
		when_day(&t->k, u->language, at, m->offset);
		line_add(t, span_of(", "));
	}
	when_time(&t->k, at, m->offset);
}

/* What stands at the right takes no more than it needs, and less than a third. */
static int32_t right_width(const struct ui *u, const struct staff_line *l, int32_t in)
{
	int32_t needs = layout_width(l->right, u->l.small, true) + u->l.gap, most = in * 30 / 100;

	return needs < most ? needs : most;
}

/* A day's name of usual length. */
static int32_t time_width(const struct ui *u)
{
	return u->l.small * 6;
}

/* Its height where no letter is smaller than size. */
static int32_t row_of_size(
	const struct ui *u, const struct staff_line *l, int32_t width, int32_t size)
{
	int32_t in = width - 2 * u->l.gap - (l->time.n > 0 ? time_width(u) + u->l.gap : 0);
	int32_t left = l->right.n > 0 ? in - right_width(u, l, in) - u->l.gap : in;
	int32_t lines =
		ui_lines(u, l->title, size, true, left) + ui_lines(u, l->text, size, false, left);
	int32_t right = ui_lines(u, l->right, size, true, right_width(u, l, in));

	return layout_height(lines > right ? lines : right, size) + 2 * u->l.line;
}

int32_t staff_row_least(const struct ui *u, const struct staff_line *l, int32_t width, int32_t room)
{
	/* More lines rather than small letters, where large text is wanted or the glass is high. */
	bool grows = u->look->scale > 0 || u->l.portrait;
	int32_t large = grows ? row_of_size(u, l, width, u->l.small) : 0;

	return large > 0 && large <= room ? large : row_of_size(u, l, width, u->l.least);
}

static void words(struct ui *u, struct rect in, const struct staff_line *l)
{
	struct rect right = {0};
	struct block when[] = {
		{l->time, u->l.body, true, INK_ACCENT, 0},
		{l->day, u->l.small, false, INK_MUTED, 0},
	};
	if (l->time.n > 0)
		ui_stack(u, cut_left(&in, time_width(u), u->l.gap), when, COUNT(when), ALIGN_CENTRE,
			ALIGN_START);
	if (l->right.n > 0)
		right = cut_right(&in, right_width(u, l, in.w), u->l.gap);
	struct block b[] = {
		{l->title, u->l.body, true, INK_TEXT, 0},
		{l->text, u->l.small, false, INK_MUTED, 0},
	};
	ui_stack(u, in, b, COUNT(b), ALIGN_CENTRE, ALIGN_START);
	struct block r = {l->right, u->l.small, true, l->right_ink, 0};
	if (l->right.n > 0)
		ui_stack(u, right, &r, 1, ALIGN_CENTRE, ALIGN_END);
}

int32_t staff_row_height(const struct ui *u)
{
	int32_t least =
		layout_height(1, u->l.body) + layout_height(1, u->l.small) + u->l.gap * 3 / 4;

	return least > u->l.touch ? least : u->l.touch;
}

void staff_row_draw(struct ui *u, struct rect at, const char *name, const struct staff_line *l)
{
	struct line spoken;

	draw_box(u->d, at, l->plain ? INK_GROUND : INK_PANEL, (uint32_t)u->l.radius,
		l->plain ? INK_GROUND : INK_LINE, (uint32_t)u->l.line);
	struct rect in = at;
	cut_left(&in, u->l.gap, 0);
	cut_right(&in, u->l.gap, 0);
	words(u, in, l);
	if (l->plain)
		return;
	line_start(&spoken);
	line_add(&spoken, l->day);
	line_join(&spoken, ", ", l->time);
	line_join(&spoken, ", ", l->title);
	line_join(&spoken, ", ", l->text);
	line_join(&spoken, ", ", l->right);
	draw_region(u->d, at, name, REGION_BUTTON, line_text(&spoken), REGION_READY, ++u->order);
}

void staff_row_name(const char *prefix, size_t i, char out[static APP_NAME])
{
	size_t n = strlen(prefix);

	memset(out, 0, APP_NAME);
	memcpy(out, prefix, n);
	if (i > 9)
		out[n++] = (char)('0' + i / 10 % 10);
	out[n] = (char)('0' + i % 10);
}

bool staff_tapped_row(const struct msg *e, const char *prefix, size_t *i)
{
	size_t n = strlen(prefix);

	*i = 0;
	if (e->kind != MSG_TAP || !e->name || strncmp(e->name, prefix, n) != 0)
		return false;
	const char *p = e->name + n;
	for (; *p >= '0' && *p <= '9' && *i < 10; p++)
		*i = *i * 10 + (size_t)(*p - '0');
	return *p == '\0' && p > e->name + n;
}

struct span staff_refusal(const struct ui *u)
{
	const struct desk *d = &u->m->desk;

	if (!d->said_bad)
		return (struct span){0};
	return d->said == ERR_DENIED ? ui_say(u, "Your card does not have this right.")
				     : ui_say(u, "This could not be saved. Nothing was changed.");
}

void staff_strip(struct ui *u, struct rect *from, struct span text, bool bad)
{
	if (text.n == 0)
		return;
	struct rect at = cut_top(from, layout_height(2, u->l.small) + u->l.gap, u->l.gap);
	draw_fill(u->d, at, bad ? INK_BAD : INK_GOOD, (uint32_t)u->l.radius);
	struct block b = {text, u->l.body, true, bad ? INK_ON_BAD : INK_ON_GOOD, 0};
	ui_stack(u, inset(at, u->l.gap / 2), &b, 1, ALIGN_CENTRE, ALIGN_CENTRE);
}

const struct staff_note staff_unsaved = {N_("Names cannot be shown now"),
	N_("This board cannot write down who is looked at. Please try again in a minute.")};

void staff_note(struct ui *u, struct rect at, const struct staff_note *n)
{
	struct block b[] = {
		{ui_say(u, n->title), u->l.title, true, INK_TEXT, 0},
		{n->text ? ui_say(u, n->text) : (struct span){0}, u->l.body, false, INK_MUTED,
			u->l.gap},
	};

	/* A line of some seventy letters is read in one go. */
	int32_t spare = at.w - u->l.body * 40;
	if (spare > 0)
		at = (struct rect){at.x + spare / 2, at.y, at.w - spare, at.h};
	ui_stack(u, at, b, COUNT(b), ALIGN_CENTRE, ALIGN_CENTRE);
}

void staff_signs(struct ui *u, struct rect at)
{
	struct signs s;

	signs_take(u, &s);
	if (!signs_any(&s))
		return;
	const struct line *t = s.faults.k.n > 0 ? &s.faults : &s.network;
	int32_t wide = layout_width(line_text(t), u->l.small, false);
	at = cut_right(&at, wide + u->l.small / 2 + u->l.gap / 2, 0);
	struct rect dot = cut_left(&at, u->l.small / 2, u->l.gap / 2);
	dot.y += (dot.h - dot.w) / 2;
	dot.h = dot.w;
	draw_fill(u->d, dot, s.good ? INK_GOOD : INK_WARN, (uint32_t)dot.w / 2);
	struct block b = {line_text(t), u->l.small, false, INK_MUTED, 0};
	ui_stack(u, at, &b, 1, ALIGN_CENTRE, ALIGN_START);
}

void staff_banner(struct ui *u, struct rect *from)
{
	const struct desk *d = &u->m->desk;
	struct line t, time;

	if (!d->arrived)
		return;
	bool low = u->look->reach;
	struct rect at =
		low ? cut_bottom(from, u->l.touch, u->l.gap) : cut_top(from, u->l.touch, u->l.gap);
	draw_box(u->d, at, INK_PANEL, (uint32_t)u->l.radius, INK_ACCENT, (uint32_t)u->l.line * 2);
	struct rect in = inset(at, u->l.gap / 2);
	struct rect sign = cut_left(&in, in.h, u->l.gap);
	ui_sign(u, sign, INK_ACCENT, INK_ON_ACCENT, '!');
	staff_time(u, d->arrival.arrived_at, &time);
	line_start(&t);
	struct span args[] = {span_of(d->arrival.name), line_text(&time)};
	say_into(&t.k, u->language,
		N_("{1} has arrived ({2}) and is on the way to the protocol desk"), args,
		COUNT(args));
	struct block b = {line_text(&t), u->l.body, true, INK_TEXT, 0};
	ui_stack(u, in, &b, 1, ALIGN_CENTRE, ALIGN_START);
	if (layout_reach(u->look, at).h == at.h)
		draw_region(
			u->d, at, "arrival", REGION_ALERT, line_text(&t), REGION_READY, ++u->order);
}
