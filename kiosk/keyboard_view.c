/* How the keyboard and the fields look. */
#include "keyboard_inside.h"

#include <string.h>

static int32_t key_gap(const struct ui *u)
{
	int32_t shorter = u->look->width < u->look->height ? u->look->width : u->look->height;
	int32_t gap = shorter * 7 / 1000;
	return gap < 4 ? 4 : gap;
}

/* On a small screen four rows of its targets would leave nothing to write into. */
static int32_t key_height(const struct ui *u)
{
	return u->look->height < 700 ? u->l.touch * 3 / 4 : u->l.touch;
}

int32_t keyboard_height(const struct ui *u, const struct keyboard *k)
{
	return k->folded ? 0 : KEY_ROWS * key_height(u) + (KEY_ROWS - 1) * key_gap(u);
}

/* An arrow upwards, or to the left, of bars: the fonts need not have one. */
static void arrow(struct ui *u, struct rect at, bool up, enum ink ink)
{
	int32_t half = (at.w < at.h ? at.w : at.h) / 4;
	int32_t x = at.x + at.w / 2;
	int32_t y = at.y + at.h / 2;
	for (int32_t i = 0; i < half; i++) {
		int32_t along = i - half;
		int32_t across = 2 * i + 1;
		draw_fill(u->d,
			up ? (struct rect){x - i, y + along, across, 1}
			   : (struct rect){x + along, y - i, 1, across},
			ink, 0);
	}
	int32_t stem = half / 3;
	draw_fill(u->d,
		up ? (struct rect){x - stem, y, 2 * stem + 1, half}
		   : (struct rect){x, y - stem, half, 2 * stem + 1},
		ink, 0);
}

struct cap_look {
	struct span label;
	const char *spoken; /* a msgid; NULL: the label itself */
	bool chosen;
};

static struct cap_look look_of(const struct ui *u, const struct keyboard *k, enum key_deed deed)
{
	static const char *const layouts[KEY_LAYOUTS] = {"QWERTY", "QWERTZ", "AZERTY"};
	bool signs = k->sheet == SHEET_SIGNS;
	bool accents = k->sheet == SHEET_ACCENTS;
	switch (deed) {
	case DEED_SHIFT:
		return (struct cap_look){{0}, N_("Capitals"), k->shift != SHIFT_OFF};
	case DEED_ERASE:
		return (struct cap_look){{0}, N_("Delete the last letter"), false};
	case DEED_SIGNS:
		return (struct cap_look){span_of(signs ? "abc" : "123"),
			signs ? N_("Letters") : N_("Digits and signs"), signs};
	case DEED_ACCENTS:
		return (struct cap_look){span_of(accents ? "abc" : "éü"),
			accents ? N_("Letters") : N_("Accents"), accents};
	case DEED_LAYOUT:
		return (struct cap_look){span_of(layouts[k->layout]), NULL, false};
	case DEED_SPACE:
		return (struct cap_look){{0}, N_("Space"), false};
	case DEED_CLEAR:
		return (struct cap_look){span_of("×"), N_("Delete everything"), false};
	case DEED_DONE:
		return (struct cap_look){ui_say(u, N_("Done")), NULL, false};
	case DEED_WRITE:
	case DEED_SWAP:
		break;
	}
	return (struct cap_look){0};
}

static void label(struct ui *u, struct rect at, enum key_deed deed, enum ink ink, struct span text)
{
	bool letter = deed == DEED_WRITE || deed == DEED_SWAP || deed == DEED_CLEAR;
	int32_t size = letter ? u->l.lead : u->l.small;
	int32_t most = at.h * (letter ? 60 : 50) / 100;
	struct rect in = inset(at, u->l.line * 3);
	if (deed == DEED_SHIFT || deed == DEED_ERASE)
		arrow(u, at, deed == DEED_SHIFT, ink);
	else if (deed == DEED_SPACE)
		draw_fill(u->d,
			(struct rect){
				at.x + at.w / 4, at.y + at.h * 6 / 10, at.w / 2, u->l.line * 3},
			ink, 0);
	else
		ui_text(u, in, size < most ? size : most, letter || deed == DEED_DONE, ink,
			ALIGN_CENTRE, text);
}

static void view_key(struct ui *u, struct rect at, const struct keyboard *k, const struct field *f,
	const struct key_cap *cap)
{
	uint8_t room[4];
	char name[APP_NAME];
	bool letter = cap->letter.n > 0;
	bool main = cap->deed == DEED_DONE;
	struct cap_look c =
		letter ? (struct cap_look){keyboard_writes(k, f, cap, room), NULL, false}
		       : look_of(u, k, cap->deed);
	enum ink box = main ? INK_ACCENT : letter || c.chosen ? INK_PANEL : INK_SHADE;
	enum ink ink = main ? INK_ON_ACCENT : c.chosen ? INK_ACCENT : INK_TEXT;
	bool lock = cap->deed == DEED_SHIFT && k->shift == SHIFT_LOCK;
	draw_box(u->d, at, lock ? INK_ACCENT : box, (uint32_t)u->l.radius,
		c.chosen || main ? INK_ACCENT : INK_LINE,
		(uint32_t)(c.chosen ? 2 * u->l.line : u->l.line));
	label(u, at, cap->deed, lock ? INK_ON_ACCENT : ink, c.label);
	(void)keyboard_name(cap, name);
	draw_region(u->d, at, name, REGION_BUTTON, c.spoken ? ui_say(u, c.spoken) : c.label,
		c.chosen ? REGION_CHOSEN : REGION_READY, ++u->order);
}

static void view_row(struct ui *u, struct rect at, const struct keyboard *k, const struct field *f,
	unsigned index)
{
	struct key_row r;
	int32_t gap = key_gap(u);
	int32_t used = 0;
	keyboard_row(k, f, index, &r);
	for (size_t i = 0; i < r.n; i++)
		used += r.keys[i].halves;
	int32_t from = (r.halves - used) / 2;
	for (size_t i = 0; i < r.n; i++) {
		int32_t to = from + r.keys[i].halves;
		int32_t x = (at.w + gap) * from / r.halves;
		int32_t end = (at.w + gap) * to / r.halves;
		view_key(u, (struct rect){at.x + x, at.y, end - x - gap, at.h}, k, f, &r.keys[i]);
		from = to;
	}
}

void keyboard_view(struct ui *u, struct rect at, const struct keyboard *k, const struct field *f)
{
	if (k->folded)
		return;
	for (unsigned i = 0; i < KEY_ROWS; i++)
		view_row(u, row(at, (int32_t)i, KEY_ROWS, key_gap(u)), k, f, i);
}

int32_t field_height(const struct ui *u)
{
	int32_t box = u->look->height < 700 ? u->l.touch * 3 / 4 : u->l.touch;
	return layout_height(1, u->l.small) + box;
}

/* The text with its cursor, which is a letter among the others: a view measures no text. Its beginning is left
 * out where there is no room at all. */
static void part_that_fits(
	struct ui *u, struct rect in, const struct field *f, bool here, struct line *t)
{
	struct span part = field_text(f);
	int32_t most = in.h / layout_height(1, u->l.least);

	most = most < 1 ? 1 : most;
	for (;;) {
		line_start(t);
		line_add(t, span_of(part.n < f->n ? "…" : ""));
		line_add(t, part);
		line_add(t, span_of(here ? "|" : ""));
		/* A word longer than a line is broken, which takes more lines than are counted. */
		int32_t width = in.w * 85 / 100;
		if (part.n == 0 || ui_lines(u, line_text(t), u->l.least, false, width) <= most)
			return;
		size_t first = span_character(part);
		part = span_cut(part, first, part.n - first);
	}
}

/* Where a line of text stands, or several. */
static struct rect behind(const struct ui *u, struct rect in, struct span text)
{
	int32_t w = layout_width(text, u->l.body, false), h = layout_height(1, u->l.body);

	return w > in.w ? in : (struct rect){in.x, in.y + (in.h - h) / 2, w, h};
}

void field_view(struct ui *u, struct rect at, const struct field *f, const struct field_look *look)
{
	struct span name = ui_say(u, look->label);
	struct rect top = cut_top(&at, layout_height(1, u->l.small), 0);
	ui_text(u, top, u->l.small, false, look->here ? INK_TEXT : INK_MUTED, ALIGN_START, name);
	draw_box(u->d, at, INK_PANEL, (uint32_t)u->l.radius, look->here ? INK_ACCENT : INK_LINE,
		(uint32_t)(look->here ? 2 * u->l.line : u->l.line));
	struct line t;
	struct rect in = inset(at, u->l.line * 4);
	cut_left(&in, u->l.gap / 2, 0);
	bool chosen = look->here && f->chosen;
	part_that_fits(u, in, f, look->here && !chosen, &t);
	if (chosen)
		draw_fill(u->d, behind(u, in, line_text(&t)), INK_ACCENT, 0);
	ui_text(u, in, u->l.body, false, chosen ? INK_ON_ACCENT : INK_TEXT, ALIGN_START,
		line_text(&t));
	struct line spoken;
	line_start(&spoken);
	line_add(&spoken, name);
	line_join(&spoken, ": ", field_text(f));
	draw_region(u->d, at, look->name, REGION_FIELD, line_text(&spoken),
		look->here ? REGION_CHOSEN : REGION_READY, ++u->order);
	seal_wipe(&t, sizeof(t));
	seal_wipe(&spoken, sizeof(spoken));
}
