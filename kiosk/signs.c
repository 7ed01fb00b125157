/* What staff should see in passing. */
#include "signs.h"

#include "screens.h"
#include "when.h"

/* ROUND_S: the idle screen has then spoken all four languages. */
enum { HOUR_MIN = 60, DAY_MIN = 24 * 60, ROUND_S = 32 };

static void signs_add(
	const struct ui *u, struct line *t, const char *one, const char *many, uint64_t n)
{
	if (t->k.n > 0)
		line_add(t, span_of(" · "));
	line_count(t, u->language, one, many, n);
}

/* Today the time alone, else with its day. */
static void add_list(const struct ui *u, struct line *t)
{
	const struct model *m = u->m;
	int64_t at = m->programme.built_at;
	uint8_t text[64];
	struct sink k = sink_on(text, sizeof(text));

	if (when_day_number(at, m->offset) != when_day_number(m->wall, m->offset)) {
		when_day(&k, u->language, at, m->offset);
		sink_bytes(&k, ", ", 2);
	}
	when_time(&k, at, m->offset);
	struct span time = {text, k.n};
	if (t->k.n > 0)
		line_add(t, span_of(" · "));
	say_into(&t->k, u->language, "list of {1}", &time, 1);
}

static void add_silence(const struct ui *u, struct line *t, int64_t minutes)
{
	if (minutes < HOUR_MIN)
		signs_add(u, t, "hub heard {1} minute ago", "hub heard {1} minutes ago",
			(uint64_t)minutes);
	else if (minutes < 2 * DAY_MIN)
		signs_add(u, t, "hub heard {1} hour ago", "hub heard {1} hours ago",
			(uint64_t)minutes / HOUR_MIN);
	else
		signs_add(u, t, "hub heard {1} day ago", "hub heard {1} days ago",
			(uint64_t)minutes / DAY_MIN);
}

static void take_network(const struct ui *u, struct line *t)
{
	const struct network *n = &u->m->network;

	bool screen = u->m->mode == MODE_SCREEN;

	line_start(t);
	if (n->revoked) {
		line_add(t,
			screen ? ui_say(u, "This screen was withdrawn: staff, please switch it off")
			       : ui_say(u,
					 "This kiosk was withdrawn: staff, please switch it off"));
		return;
	}
	/* Everybody may know how old is what everybody reads. */
	if (!n->agent && !screen)
		return;
	if (n->agent && !n->enrolled)
		line_add(t, screen ? ui_say(u, "This screen is not enrolled")
				   : ui_say(u, "Not enrolled"));
	else if (n->agent)
		line_add(t, n->online ? ui_say(u, "Connected") : ui_say(u, "No network"));
	if (u->m->programme.known)
		add_list(u, t);
}

static void take_waiting(const struct ui *u, struct line *t)
{
	const struct network *n = &u->m->network;

	line_start(t);
	if (!n->enrolled || n->online || n->revoked)
		return;
	if (n->undelivered > 0)
		signs_add(u, t, "{1} event to deliver", "{1} events to deliver", n->undelivered);
	if (n->silent_min > 0)
		add_silence(u, t, n->silent_min);
}

/* One at a time; several take turns. */
static void take_faults(const struct ui *u, struct line *t)
{
	const struct model *m = u->m;
	static const char *const camera[SCANNER_FAULTS] = {
		[SCANNER_FINE] = "",
		[SCANNER_UNPLUGGED] = N_("Camera not found"),
		[SCANNER_DENIED] = N_("This kiosk may not use its camera"),
		[SCANNER_BUSY] = N_("The camera is in use by something else"),
		[SCANNER_UNFIT] = N_("The camera gives no picture that can be used"),
		[SCANNER_BROKEN] = N_("The camera's program does not run"),
	};
	const char *all[4];
	size_t n = 0;

	line_start(t);
	if (m->camera.there && m->camera.fault != SCANNER_FINE)
		all[n++] =
			camera[m->camera.fault < SCANNER_FAULTS ? m->camera.fault : SCANNER_BROKEN];
	if (m->journal_bad && m->mode != MODE_SCREEN)
		all[n++] = N_("Arrivals cannot be saved here");
	if (m->fault != FAULT_NONE)
		all[n++] = trouble_fault(m->fault)->title;
	if (m->programme.known && m->roster_news != ROSTER_FINE)
		all[n++] = N_("A newer list could not be used");
	if (n > 0)
		line_add(t, ui_say(u, all[(uint64_t)m->wall / ROUND_S % n]));
}

void signs_take(const struct ui *u, struct signs *out)
{
	const struct network *n = &u->m->network;

	take_network(u, &out->network);
	take_waiting(u, &out->waiting);
	take_faults(u, &out->faults);
	/* There is room for two lines of a usual length. */
	if (out->faults.k.n > 0) {
		line_join(&out->network, " · ", line_text(&out->waiting));
		line_start(&out->waiting);
	}
	out->good = n->online && n->enrolled && !n->revoked && out->faults.k.n == 0;
}

bool signs_any(const struct signs *s)
{
	return s->network.k.n > 0 || s->faults.k.n > 0;
}

void signs_draw(struct ui *u, struct rect at, const struct signs *s)
{
	struct rect dot = cut_left(&at, u->l.small / 2, u->l.gap);
	struct block b[] = {
		{line_text(&s->network), u->l.small, false, INK_MUTED, 0},
		{line_text(&s->waiting), u->l.small, false, INK_MUTED, 0},
		{line_text(&s->faults), u->l.small, false, INK_MUTED, 0},
	};

	dot.y += (dot.h - dot.w) / 2;
	dot.h = dot.w;
	draw_fill(u->d, dot, s->good ? INK_GOOD : INK_WARN, (uint32_t)dot.w / 2);
	ui_stack(u, at, b, COUNT(b), ALIGN_CENTRE, ALIGN_START);
}
