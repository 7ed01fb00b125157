/* The parts that all screens share. */
#include "ui.h"

#include <string.h>

#include "alarm.h"
#include "when.h"

void line_start(struct line *t)
{
	t->k = sink_on(t->bytes, sizeof(t->bytes));
}

void line_add(struct line *t, struct span s)
{
	sink_bytes(&t->k, s.p, s.n);
}

void line_join(struct line *t, const char *separator, struct span s)
{
	if (s.n == 0)
		return;
	if (t->k.n > 0)
		sink_bytes(&t->k, separator, strlen(separator));
	line_add(t, s);
}

struct span line_text(const struct line *t)
{
	return (struct span){t->bytes, t->k.n};
}

static struct span number(uint64_t v, uint8_t out[static 20])
{
	size_t at = 20;

	do
		out[--at] = (uint8_t)('0' + v % 10);
	while ((v /= 10) > 0);
	return (struct span){out + at, 20 - at};
}

void line_number(struct line *t, uint64_t n)
{
	uint8_t digits[20];

	line_add(t, number(n, digits));
}

void line_count(
	struct line *t, enum language language, const char *one, const char *many, uint64_t n)
{
	uint8_t digits[20];
	struct span arg = number(n, digits);

	say_fill(&t->k, say_many(language, one, many, n > UINT32_MAX ? UINT32_MAX : (uint32_t)n),
		&arg, 1);
}

struct span ui_say(const struct ui *u, const char *msgid)
{
	return say(u->language, msgid);
}

struct span ui_desk(const struct ui *u, enum language language)
{
	struct span desk = programme_text(&u->m->programme, u->m->programme.desk);
	return desk.n > 0 ? desk : say(language, "the information desk");
}

/* A line of text is where, how and what. NOLINTNEXTLINE(readability-function-size) */
void ui_text(struct ui *u, struct rect at, int32_t size, bool bold, enum ink ink, enum align across,
	struct span text)
{
	if (text.n == 0)
		return;
	struct text_style style = {
		.size = (uint16_t)size,
		.size_min = (uint16_t)(u->l.least < size ? u->l.least : size),
		.weight = bold ? 6 : 4,
		.across = (uint8_t)across,
		.down = ALIGN_CENTRE,
	};
	draw_text(u->d, at, ink, style, text);
}

static int32_t at_percent(const struct ui *u, int32_t size, int32_t percent)
{
	int32_t smaller = size * percent / 100;
	return smaller < u->l.least ? u->l.least : smaller;
}

int32_t ui_lines(const struct ui *u, struct span text, int32_t size, bool bold, int32_t width)
{
	return layout_lines(text, size, bold, size > u->l.least ? width : width * 97 / 100);
}

static int32_t stack_height(
	const struct ui *u, struct rect at, const struct block *b, size_t n, int32_t percent)
{
	int32_t sum = 0;
	for (size_t i = 0; i < n; i++) {
		if (b[i].text.n == 0)
			continue;
		int32_t size = at_percent(u, b[i].size, percent);
		sum += sum > 0 ? b[i].before * percent / 100 : 0;
		sum += layout_height(ui_lines(u, b[i].text, size, b[i].bold, at.w), size);
	}
	return sum;
}

int32_t ui_percent(
	const struct ui *u, struct rect at, const struct block *blocks, size_t n, int32_t most)
{
	int32_t percent = most;
	while (percent > 35 && stack_height(u, at, blocks, n, percent) > at.h)
		percent -= 5;
	return percent;
}

void ui_stack(struct ui *u, struct rect at, const struct block *blocks, size_t n, enum align down,
	enum align across)
{
	ui_stack_at(
		u, at, blocks, n, (struct seat){ui_percent(u, at, blocks, n, 100), down, across});
}

void ui_stack_at(
	struct ui *u, struct rect at, const struct block *blocks, size_t n, struct seat seat)
{
	int32_t used = stack_height(u, at, blocks, n, seat.percent);
	struct rect rest = at;
	if (seat.down != ALIGN_START && used < at.h)
		cut_top(&rest, seat.down == ALIGN_CENTRE ? (at.h - used) / 2 : at.h - used, 0);
	bool first = true;
	for (size_t i = 0; i < n; i++) {
		const struct block *b = &blocks[i];
		if (b->text.n == 0)
			continue;
		int32_t size = at_percent(u, b->size, seat.percent);
		if (!first)
			cut_top(&rest, b->before * seat.percent / 100, 0);
		first = false;
		int32_t h = layout_height(ui_lines(u, b->text, size, b->bold, at.w), size);
		struct text_style style = {
			.size = (uint16_t)size,
			.size_min = (uint16_t)(u->l.least < size ? u->l.least : size),
			.weight = b->bold ? 6 : 4,
			.across = (uint8_t)seat.across,
		};
		draw_text(u->d, cut_top(&rest, h, 0), b->ink, style, b->text);
	}
}

/* Two lines in a button stand nearer than in a text: percent of the font's own height. */
enum { LABEL_SPACING = 88 };

/* The label's size in a button of this size: two lines at most, and no word broken. */
static int32_t label_size(
	const struct ui *u, struct rect at, struct span label, bool bold, int32_t most)
{
	struct rect in = inset(at, u->l.gap / 2);
	int32_t size = most;
	while (size > u->l.least) {
		int32_t lines = layout_lines(label, size, bold, in.w);
		if (lines <= 2 && layout_height(lines, size) * LABEL_SPACING / 100 <= in.h &&
			layout_widest_word(label, size, bold) <= in.w)
			break;
		size--;
	}
	return size;
}

static void put_label(
	struct ui *u, struct rect at, int32_t size, bool bold, enum ink ink, struct span label)
{
	struct text_style style = {
		.size = (uint16_t)size,
		.size_min = (uint16_t)(u->l.least < size ? u->l.least : size),
		.weight = bold ? 6 : 4,
		.across = ALIGN_CENTRE,
		.down = ALIGN_CENTRE,
		.spacing = LABEL_SPACING,
	};
	draw_text(u->d, inset(at, u->l.gap / 2), ink, style, label);
}

static void button(struct ui *u, struct rect at, const struct action *a, int32_t size)
{
	struct span label = ui_say(u, a->label);
	enum ink box = INK_PANEL;
	enum ink edge = INK_LINE;
	enum ink ink = a->off ? INK_MUTED : INK_TEXT;
	if (a->look == BUTTON_MAIN && !a->off) {
		box = edge = INK_ACCENT;
		ink = INK_ON_ACCENT;
	} else if (a->look == BUTTON_QUIET || a->off) {
		box = edge = INK_SHADE;
	}
	draw_box(u->d, at, box, (uint32_t)u->l.radius, edge, (uint32_t)u->l.line);
	put_label(u, at, size, a->look == BUTTON_MAIN, ink, label);
	draw_region(u->d, at, a->name, REGION_BUTTON, label,
		a->off ? REGION_DISABLED : REGION_READY, ++u->order);
}

void ui_buttons(struct ui *u, struct rect at, const struct action *a, size_t n, int32_t gap)
{
	int32_t size = u->l.body;

	for (size_t i = 0; i < n; i++)
		size = label_size(u, column(at, (int32_t)i, (int32_t)n, gap), ui_say(u, a[i].label),
			a[i].look == BUTTON_MAIN, size);
	for (size_t i = 0; i < n; i++)
		button(u, column(at, (int32_t)i, (int32_t)n, gap), &a[i], size);
}

int32_t ui_buttons_width(const struct ui *u, const struct action *a, size_t n, int32_t gap)
{
	int32_t widest = u->l.touch * 2;

	for (size_t i = 0; i < n; i++) {
		int32_t w = layout_widest_word(
			ui_say(u, a[i].label), u->l.body, a[i].look == BUTTON_MAIN);
		widest = w + u->l.gap > widest ? w + u->l.gap : widest;
	}
	return widest * (int32_t)n + gap * ((int32_t)n - 1);
}

/* As many columns as leave a button room for two words. */
static int32_t columns(const struct ui *u, size_t n)
{
	int32_t width = u->look->width - 2 * u->l.margin;
	int32_t shorter = u->look->width < u->look->height ? u->look->width : u->look->height;
	/* On a small screen larger text must not cost the rows that hold it. */
	int32_t wanted =
		(!u->l.portrait && shorter < 900 ? shorter * 36 / 1000 : u->l.body) * 13 / 2;
	int32_t fit = (width + u->l.gap) / (wanted + u->l.gap);
	fit = fit < 1 ? 1 : fit;
	return fit < (int32_t)n ? fit : (int32_t)n;
}

unsigned ui_action_rows(const struct ui *u, size_t n)
{
	if (n == 0)
		return 0;
	int32_t c = columns(u, n);
	return (unsigned)(((int32_t)n + c - 1) / c);
}

/* Where action i of n stands. Full rows come last: the first, shorter one has the wider, more
 * important buttons. */
static struct rect action_at(const struct ui *u, int32_t i, int32_t n)
{
	int32_t rows = (int32_t)ui_action_rows(u, (size_t)n);
	for (int32_t r = 0, done = 0; r < rows; r++) {
		int32_t in_row = (n - done) / (rows - r);
		if (i < done + in_row)
			return column(
				row(u->l.actions, r, rows, u->l.gap), i - done, in_row, u->l.gap);
		done += in_row;
	}
	return u->l.actions;
}

void ui_actions(struct ui *u, const struct action *a, size_t n)
{
	int32_t size = u->l.body;
	for (size_t i = 0; i < n; i++)
		size = label_size(u, action_at(u, (int32_t)i, (int32_t)n), ui_say(u, a[i].label),
			a[i].look == BUTTON_MAIN, size);
	u->label = size;
	for (size_t i = 0; i < n; i++)
		button(u, action_at(u, (int32_t)i, (int32_t)n), &a[i], size);
}

void ui_no_head(struct ui *u)
{
	u->l.main.h += u->l.main.y - u->l.head.y;
	u->l.main.y = u->l.head.y;
}

/* A chevron of dots, near enough to be two strokes: the fonts need not have one. */
static void chevron(struct ui *u, struct rect at, bool up, enum ink ink)
{
	int32_t side = at.w < at.h ? at.w : at.h;
	int32_t half = side / 6;
	int32_t dot = side / 13;
	for (int32_t i = -half; i <= half; i++) {
		int32_t rise = (i < 0 ? -i : i) - half / 2;
		int32_t x = at.x + at.w / 2 + i;
		int32_t y = at.y + at.h / 2 + (up ? rise : -rise);
		draw_fill(u->d, (struct rect){x - dot / 2, y - dot / 2, dot, dot}, ink,
			(uint32_t)dot / 2);
	}
}

struct rect ui_turn_room(const struct ui *u, struct rect *at)
{
	int32_t both = 2 * u->l.touch + u->l.gap;
	bool flat = at->h < both;
	struct rect side = cut_right(at, flat ? both : u->l.touch, u->l.gap);
	return cut_bottom(&side, flat ? u->l.touch : both, 0);
}

void ui_turn(struct ui *u, struct rect at, bool less, bool more)
{
	for (int32_t i = 0; i < 2; i++) {
		struct rect r = at.w > at.h ? column(at, i, 2, u->l.gap) : row(at, i, 2, u->l.gap);
		bool ready = i == 0 ? less : more;
		draw_box(u->d, r, ready ? INK_PANEL : INK_SHADE, (uint32_t)u->l.radius,
			ready ? INK_LINE : INK_SHADE, (uint32_t)u->l.line);
		chevron(u, r, i == 0, ready ? INK_TEXT : INK_MUTED);
		draw_region(u->d, r, i == 0 ? "less" : "more", REGION_BUTTON,
			ui_say(u, i == 0 ? N_("Earlier") : N_("Later")),
			ready ? REGION_READY : REGION_DISABLED, ++u->order);
	}
}

/* What is said to everybody outweighs what is said of the list. */
static struct span strip_words(const struct ui *u, struct line *t)
{
	line_start(t);
	if (u->m->programme.demo)
		line_add(t, span_of("DEMO"));
	if (u->m->alarm.on) {
		line_join(t, "   ·   ", alarm_words(u->m, u->language));
		return line_text(t);
	}
	/* A guest's day is not shown at all when it is withheld. */
	bool old = u->m->mode == MODE_SCREEN ? u->m->lease >= LEASE_AMBER
					     : u->m->guest.known && u->m->lease == LEASE_AMBER;
	if (old)
		line_join(t, "   ·   ", ui_say(u, "This programme may be out of date."));
	if (u->m->mode == MODE_SCREEN && u->m->doubtful)
		line_join(t, "   ·   ", ui_say(u, "The clock of this screen may be wrong."));
	return line_text(t);
}

static unsigned strip_lines(const struct ui *u)
{
	const struct look *look = u->look;
	bool upright = look->height > look->width;
	struct line t;

	if (u->m->alarm.on)
		return upright ? 3 : 2;
	if (strip_words(u, &t).n == 0)
		return 0;
	/* Two warnings at once are too long for the short side of a glass. */
	return upright && u->m->mode == MODE_SCREEN && u->m->doubtful && u->m->lease >= LEASE_AMBER
		       ? 2
		       : 1;
}

unsigned ui_strip_lines(const struct model *m, const struct look *look)
{
	const struct ui u = {.m = m, .look = look, .language = look->language};

	return strip_lines(&u);
}

void ui_strip(struct ui *u, struct span words, bool alarm)
{
	struct rect inside = u->l.strip;

	draw_fill(u->d, inside, alarm ? INK_BAD : INK_WARN, 0);
	cut_left(&inside, u->l.margin, 0);
	cut_right(&inside, u->l.margin, 0);
	if (!alarm) {
		struct block warning = {words, u->l.small, true, INK_ON_WARN, 0};
		ui_stack(u, inside, &warning, 1, ALIGN_CENTRE, ALIGN_CENTRE);
		return;
	}
	struct rect sign = cut_left(&inside, inside.h, u->l.gap);
	draw_picture(u->d, inset(sign, sign.h / 8), INK_ON_BAD, "warning");
	struct block b = {words, u->l.body, true, INK_ON_BAD, 0};
	ui_stack(u, inside, &b, 1, ALIGN_CENTRE, ALIGN_START);
}

void ui_begin(struct ui *u, unsigned count, bool foot)
{
	struct line t;
	unsigned strip = ui_strip_lines(u->m, u->look);
	u->l = layout_make(u->look, strip, 0, foot);
	u->l = layout_make(u->look, strip, ui_action_rows(u, count), foot);
	struct rect all = {0, 0, u->look->width, u->look->height};
	draw_fill(u->d, all, INK_GROUND, 0);
	if (strip > 0)
		ui_strip(u, strip_words(u, &t), u->m->alarm.on);
}

void ui_title(struct ui *u, struct rect at, struct span title)
{
	ui_text(u, at, u->l.title, true, INK_TEXT, ALIGN_START, title);
}

void ui_clock(struct ui *u, struct rect head)
{
	uint8_t text[8];
	struct sink k = sink_on(text, sizeof(text));
	when_time(&k, u->m->wall, u->m->offset);
	struct rect at = cut_right(&head, u->l.title * 3, 0);
	ui_text(u, at, u->l.title, false, INK_MUTED, ALIGN_END, (struct span){text, k.n});
}

void ui_head(struct ui *u, struct span title)
{
	struct rect rest = u->l.head;
	cut_right(&rest, u->l.title * 3, u->l.gap * 2);
	ui_title(u, rest, title);
	ui_clock(u, u->l.head);
}

void ui_foot(struct ui *u)
{
	static const char *const names[LANGUAGES] = {
		"language-de", "language-en", "language-fr", "language-nl"};
	static const struct action access = {"access", N_("Access"), BUTTON_QUIET, false};
	struct rect rest = u->l.foot;
	struct rect last = cut_right(&rest, (rest.w - 4 * u->l.gap) / 5, u->l.gap);
	int32_t most = u->label > 0 && u->label < u->l.small ? u->label : u->l.small;
	int32_t size = label_size(u, last, ui_say(u, access.label), false, most);
	for (int i = 0; i < LANGUAGES; i++)
		size = label_size(u, column(rest, i, LANGUAGES, u->l.gap),
			span_of(language_name((enum language)i)), true, size);
	for (int i = 0; i < LANGUAGES; i++) {
		struct rect at = column(rest, i, LANGUAGES, u->l.gap);
		bool chosen = u->language == (enum language)i;
		struct span name = span_of(language_name((enum language)i));
		draw_box(u->d, at, chosen ? INK_PANEL : INK_GROUND, (uint32_t)u->l.radius,
			chosen ? INK_ACCENT : INK_LINE,
			(uint32_t)(chosen ? 2 * u->l.line : u->l.line));
		ui_text(u, inset(at, u->l.gap / 2), size, chosen, chosen ? INK_ACCENT : INK_TEXT,
			ALIGN_CENTRE, name);
		draw_region(u->d, at, names[i], REGION_CHOICE, name,
			chosen ? REGION_CHOSEN : REGION_READY, ++u->order);
	}
	button(u, last, &access, size);
}

void ui_sign(struct ui *u, struct rect at, enum ink disc, enum ink ink, char sign)
{
	int32_t side = at.w < at.h ? at.w : at.h;
	struct rect round = {at.x + (at.w - side) / 2, at.y + (at.h - side) / 2, side, side};
	draw_fill(u->d, round, disc, (uint32_t)side / 2);
	const char *picture = sign == 'v' ? "check" : sign == 'c' ? "code" : "lock";
	if (sign == 'v' || sign == 'c' || sign == 'l') {
		draw_picture(u->d, inset(round, side / 5), ink, picture);
	} else if (sign == '.') {
		int32_t dot = side / 8;
		for (int32_t i = -1; i <= 1; i++) {
			struct rect part = {round.x + side / 2 - dot / 2 + i * side / 5,
				round.y + side / 2 - dot / 2, dot, dot};
			draw_fill(u->d, part, ink, (uint32_t)dot / 2);
		}
	} else {
		uint8_t text[1] = {(uint8_t)sign};
		ui_text(u, round, side * 62 / 100, true, ink, ALIGN_CENTRE, (struct span){text, 1});
	}
}

void ui_badge(struct ui *u, struct rect at)
{
	const struct model *m = u->m;
	int64_t w = m->rendered && m->badge_width > 0 ? m->badge_width : 696;
	int64_t h = m->rendered && m->badge_height > 0 ? m->badge_height : 1109;

	draw_fill(u->d, at, INK_SHADE, (uint32_t)u->l.radius * 2);
	struct rect in = inset(at, u->l.gap);
	int32_t width = in.w;
	int32_t height = (int32_t)(width * h / w);
	if (height > in.h) {
		height = in.h;
		width = (int32_t)(height * w / h);
	}
	struct rect paper = {in.x + (in.w - width) / 2, in.y + (in.h - height) / 2, width, height};
	draw_fill(u->d, paper, INK_PANEL, 0);
	if (m->rendered && m->render_error == OK)
		draw_picture(u->d, paper, INK_TEXT, "badge");
	else
		ui_sign(u, inset(paper, paper.w / 3), INK_SHADE, INK_MUTED, '.');
}

void ui_code(struct ui *u, struct rect at, struct span content)
{
	int32_t side = at.w < at.h ? at.w : at.h;
	struct rect square = {at.x + (at.w - side) / 2, at.y + (at.h - side) / 2, side, side};

	/* The symbol's own white may be narrower: whole dots. */
	draw_fill(u->d, square, INK_PANEL, (uint32_t)u->l.radius);
	draw_code(u->d, square, content);
}
