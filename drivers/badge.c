/* Badges: what a guest's badge says, fitted into the template's boxes. */
#include "badge_inside.h"
#include "painter_inside.h"
#include "symbol.h"

#include <string.h>

enum { TEXT_MAX = 1024, DOTS_LEAST = 2 };

/* One painting of a badge. */
struct writing {
	struct painter *p;
	struct badge_template *t;
	struct badge_report *report;
	bool failed; /* memory is out */
};

static struct rect inset(struct rect r, int32_t across, int32_t down)
{
	return (struct rect){r.x + across, r.y + down, r.w - 2 * across, r.h - 2 * down};
}

/* Try text in the box of field, from style->size down to size_min. */
static const struct fitted *attempt(
	struct writing *w, const struct rect *at, const struct text_style *style, struct span text)
{
	const struct fitted *f = painter_fit(w->p, text, style, at->w, at->h);

	if (f == NULL)
		w->failed = true;
	return f;
}

/* Texts in their order of worth, each in its lines down to the aim, then in as many lines as the box
 * has down to the floor. A name's second text is the same name, so its lines come before its
 * floor; another's is the short form, which comes last. What fits no way is reported. Where the
 * ink begins, from the box's top, or 0. */
static int32_t write_first(struct writing *w, enum badge_field field, struct rect at, enum ink ink,
	const struct span texts[2])
{
	struct badge_box *box = &w->t->box[field];
	const struct fitted *f = NULL;
	struct text_style style = box->style;
	struct span text = {0};
	bool second = false;

	for (unsigned way = 0; way < 4 && (f == NULL || !f->fits || f->broken); way++) {
		bool floor = field == BADGE_NAME ? way >= 2 : way % 2 != 0;

		second = field == BADGE_NAME ? way % 2 != 0 : way >= 2;
		if (second && texts[1].n == 0)
			break;
		text = texts[second];
		style.size_min = (uint16_t)(floor ? BADGE_FLOOR : box->aim);
		style.lines = floor ? 0 : box->style.lines;
		f = attempt(w, &at, &style, text);
	}
	if (f == NULL)
		return 0;
	w->report->overflow |= f->fits ? 0 : 1u << field;
	w->report->unknown += f->unknown;
	if (f->broken || (second && field != BADGE_NAME))
		w->report->shortened |= 1u << field;
	draw_text(&w->t->list, at, ink, style, text);
	return f->y > 0 ? (int32_t)f->y : 0;
}

static void write_text(struct writing *w, enum badge_field field, struct span text)
{
	const struct span texts[2] = {text, {NULL, 0}};

	if (w->t->box[field].there && text.n > 0)
		(void)write_first(w, field, w->t->box[field].at, INK_TEXT, texts);
}

/* Black with white words, or an outline with black ones. */
static void write_band(struct writing *w, enum badge_field field, const char *text, bool outline)
{
	struct rect at = w->t->box[field].at;
	int32_t line = (int32_t)w->t->dpi / 75;
	const struct span texts[2] = {span_of(text), {NULL, 0}};

	if (!w->t->box[field].there || text[0] == 0)
		return;
	draw_box(&w->t->list, at, outline ? INK_PANEL : INK_ACCENT, 0, INK_LINE, (uint32_t)line);
	/* A band's text is centred by eye in its own height: no inset below what the floor needs. */
	if (at.h > 2 * BADGE_FLOOR)
		at = inset(at, at.h / 3, at.h / 8);
	(void)write_first(w, field, at, outline ? INK_TEXT : INK_ON_ACCENT, texts);
}

static bool is_east_asian(struct span s)
{
	/* U+2E80 to U+D7FF in UTF-8; names in these scripts are written without a space. */
	return s.n >= 3 &&
	       ((s.p[0] == 0xe2 && s.p[1] >= 0xba) || (s.p[0] >= 0xe3 && s.p[0] <= 0xed));
}

static struct span join(struct sink *k, struct span a, struct span b, const char *between)
{
	size_t from = k->n;

	sink_bytes(k, a.p, a.n);
	if (a.n > 0 && b.n > 0)
		sink_bytes(k, between, strlen(between));
	sink_bytes(k, b.p, b.n);
	return (struct span){k->p + from, k->n - from};
}

/* First and last name each on a line of their own; where that would be small, as one text. */
static int32_t write_name(struct writing *w, const struct visit *v, struct sink *k)
{
	struct span first = v->family_first ? v->family_name : v->given_name;
	struct span last = v->family_first ? v->given_name : v->family_name;
	struct span texts[2] = {v->display_name, {NULL, 0}};

	if (v->display_name.n == 0 && is_east_asian(first) && is_east_asian(last)) {
		texts[0] = join(k, first, last, "");
	} else if (v->display_name.n == 0) {
		texts[0] = join(k, first, last, "\n");
		texts[1] = join(k, first, last, " ");
	}
	return texts[0].n == 0
		       ? 0
		       : write_first(w, BADGE_NAME, w->t->box[BADGE_NAME].at, INK_TEXT, texts);
}

/* Above a name that stands at its box's end: moved down with it, so that the two stay together. */
static void write_honorific(struct writing *w, struct span honorific, int32_t down)
{
	const struct badge_box *name = &w->t->box[BADGE_NAME];
	struct rect at = w->t->box[BADGE_HONORIFIC].at;
	const struct span texts[2] = {honorific, {NULL, 0}};
	int32_t gap = name->at.y - (at.y + at.h), touching = (int32_t)w->t->dpi / 25;

	if (!w->t->box[BADGE_HONORIFIC].there || honorific.n == 0)
		return;
	if (name->style.down == ALIGN_END && gap >= -touching && gap <= touching && down > touching)
		at.y += down - touching;
	(void)write_first(w, BADGE_HONORIFIC, at, INK_TEXT, texts);
}

static void write_role(
	struct writing *w, const struct visit *v, const struct badge_words *words, struct sink *k)
{
	struct span role = words->role != NULL ? span_of(words->role) : (struct span){0};
	struct span english =
		words->role_english != NULL ? span_of(words->role_english) : (struct span){0};
	struct span text = {0};

	if (span_equal(role, english))
		english.n = 0;
	text = join(k, role, english, " · ");
	sink_u8(k, 0);
	if (!k->full && text.n > 0)
		write_band(w, BADGE_ROLE, (const char *)text.p, v->role == ROLE_DELEGATE);
}

static struct span given(const char *text)
{
	return text != NULL ? span_of(text) : (struct span){0};
}

static void write_badge(
	struct writing *w, const struct visit *v, const struct badge_words *words, struct sink *k)
{
	const struct span organisation[2] = {v->organisation, v->organisation_short};

	write_text(w, BADGE_EVENT, given(words->event));
	write_honorific(w, v->honorific, write_name(w, v, k));
	write_text(w, BADGE_FUNCTION, v->function);
	if (w->t->box[BADGE_ORGANISATION].there && v->organisation.n > 0)
		(void)write_first(w, BADGE_ORGANISATION, w->t->box[BADGE_ORGANISATION].at, INK_TEXT,
			organisation);
	write_text(w, BADGE_DELEGATION,
		words->delegation != NULL ? span_of(words->delegation) : v->delegation);
	write_text(w, BADGE_AGENDA, given(words->agenda));
	write_role(w, v, words, k);
	if (words->demo != NULL)
		write_band(w, BADGE_DEMO, words->demo, false);
}

/* A longer code has smaller modules: too small ones would not be read. */
static void judge_symbol(struct writing *w, struct rect at, struct span code)
{
	struct symbol s;

	if (symbol_make(&s, code) != OK)
		w->failed = true;
	else if (symbol_scale(&s, (uint32_t)at.w) < DOTS_LEAST)
		w->report->overflow |= 1u << BADGE_QR;
	explicit_bzero(&s, sizeof(s));
}

static void write_symbol(struct writing *w, const struct visit *v, const struct badge_words *words)
{
	struct rect at = w->t->box[BADGE_QR].at;
	char code[TOKEN_TEXT + 1];

	if (words->code != NULL) {
		judge_symbol(w, at, span_of(words->code));
		draw_code(&w->t->list, at, span_of(words->code));
	} else if (v->badge_token.kind != 0) {
		token_text(&v->badge_token, code);
		draw_code(&w->t->list, at, span_of(code));
		explicit_bzero(code, sizeof(code));
	}
}

static enum err paint(struct painter *p, struct badge_template *t, struct bitmap *out)
{
	struct painter_report report = {0};
	struct canvas c;
	enum err e = painter_canvas(p, t->width, t->height, &c);

	if (e != OK)
		return e;
	memcpy(c.grey, t->art, c.stride * c.height);
	e = painter_grey(p, &t->list, &c, &report);
	if (e == OK)
		canvas_cut(&c, out);
	explicit_bzero(c.grey, c.stride * c.height);
	return e;
}

enum err badge_paint(struct painter *p, struct badge_template *t, const struct visit *v,
	const struct badge_words *w, struct bitmap *out, struct badge_report *report)
{
	uint8_t memory[2 * TEXT_MAX];
	struct sink k = sink_on(memory, sizeof(memory));
	struct badge_report nobody;
	struct writing writing = {p, t, report != NULL ? report : &nobody, false};
	enum err e = OK;

	if (out != NULL && (out->width != t->width || out->height != t->height))
		return ERR_FORMAT;
	memset(writing.report, 0, sizeof(*writing.report));
	draw_clear(&t->list);
	write_badge(&writing, v, w, &k);
	if (w->code != NULL && strlen(w->code) > BADGE_CODE)
		k.full = true;
	else
		write_symbol(&writing, v, w);
	if (k.full || t->list.full)
		e = ERR_FULL;
	else if (writing.failed)
		e = ERR_IO;
	else if (out != NULL)
		e = paint(p, t, out);
	badge_forget(t);
	explicit_bzero(memory, sizeof(memory));
	return e;
}

void badge_forget(struct badge_template *t)
{
	explicit_bzero(&t->list, sizeof(t->list));
}
