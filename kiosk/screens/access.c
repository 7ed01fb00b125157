/* Settings for access: text size, contrast, reach, speech, language. Each shows at once. */
#include "screens.h"

struct choice {
	const char *name, *label, *value;
	bool on;
};

static void choices_of(const struct model *m, struct choice out[static 4])
{
	static const char *const sizes[] = {N_("normal"), N_("large"), N_("largest")};
	const char *const state[] = {N_("off"), N_("on")};
	uint8_t scale = m->look.scale < COUNT(sizes) ? m->look.scale : 2;
	out[0] = (struct choice){"text-size", N_("Text size"), sizes[scale], scale > 0};
	out[1] = (struct choice){
		"contrast", N_("High contrast"), state[m->look.contrast], m->look.contrast};
	out[2] = (struct choice){
		"reach", N_("Everything lower"), state[m->look.reach], m->look.reach};
	out[3] = (struct choice){"speech", N_("Read aloud"), state[m->speech], m->speech};
}

static void one(struct ui *u, struct rect at, const struct choice *c)
{
	draw_box(u->d, at, INK_PANEL, (uint32_t)u->l.radius, c->on ? INK_ACCENT : INK_LINE,
		(uint32_t)(c->on ? 3 * u->l.line : u->l.line));
	struct line spoken;
	line_start(&spoken);
	line_add(&spoken, ui_say(u, c->label));
	line_join(&spoken, ": ", ui_say(u, c->value));
	draw_region(u->d, at, c->name, REGION_CHOICE, line_text(&spoken),
		c->on ? REGION_CHOSEN : REGION_READY, ++u->order);
	struct rect in = inset(at, u->l.gap);
	struct block b[] = {
		{ui_say(u, c->label), u->l.lead, true, INK_TEXT, 0},
		{ui_say(u, c->value), u->l.body, c->on, c->on ? INK_ACCENT : INK_MUTED, 0},
	};
	ui_stack(u, in, b, COUNT(b), ALIGN_CENTRE, ALIGN_CENTRE);
}

static void view(struct ui *u)
{
	static const struct action back = {"back", N_("Back"), BUTTON_MAIN, false};
	struct choice c[4];
	choices_of(u->m, c);
	ui_begin(u, 1, true);
	ui_head(u, ui_say(u, "Access"));
	struct rect rest = u->l.main;
	/* The choices stand low, within reach; above them is the text they change. */
	bool low = u->look->reach && u->look->height < 600;
	int32_t each = low ? u->l.touch : u->l.touch * 3 / 2;
	int32_t high = u->l.portrait ? 4 * each + 3 * u->l.gap : 2 * each + u->l.gap;
	struct rect grid = cut_bottom(&rest, high, u->l.gap);
	for (int32_t i = 0; i < 4; i++) {
		struct rect at =
			u->l.portrait ? row(grid, i, 4, u->l.gap)
				      : column(row(grid, i / 2, 2, u->l.gap), i % 2, 2, u->l.gap);
		one(u, at, &c[i]);
	}
	struct block b = {ui_say(u, "Choose how this screen looks and speaks. It goes back to "
				    "normal after your visit."),
		u->l.body, false, INK_TEXT, 0};
	/* A low screen under an emergency has no room to explain. */
	if (rest.h >= layout_height(1, u->l.body))
		ui_stack(u, rest, &b, 1, ALIGN_START, ALIGN_START);
	ui_actions(u, &back, 1);
	ui_foot(u);
}

static void on(struct model *m, const struct msg *e, struct todo *todo)
{
	if (app_tapped(e, "text-size")) {
		m->look.scale = m->look.scale < 2 ? (uint8_t)(m->look.scale + 1) : 0;
	} else if (app_tapped(e, "contrast")) {
		m->look.contrast = !m->look.contrast;
	} else if (app_tapped(e, "reach")) {
		m->look.reach = !m->look.reach;
	} else if (app_tapped(e, "speech")) {
		m->speech = !m->speech;
		app_say(m, todo, say(m->look.language, "This screen now reads aloud."));
	} else if (app_tapped(e, "back")) {
		app_go(m, m->back, todo);
	}
}

static void tell(const struct ui *u, struct line *t)
{
	line_add(t, ui_say(u, "Access"));
}

const struct screen screen_access = {"access", on, view, tell, 30, true};
