/* The dots of a guest's badge and slip: templates by name, one painter, one page of each. */
#include "press_page.h"

#include "seal.h"
#include "slip.h"
#include "when.h"
#include "words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEMPLATES = 8, NAME = 40, TEXT = 256, SLIP_WIDTH = 720 };

struct press_page {
	struct painter *painter;
	struct badge_paper paper; /* of the templates below */
	size_t n;
	struct {
		char name[NAME];
		struct badge_template *template;
	} templates[TEMPLATES];
	uint8_t *badge, *slip, *label; /* in seal_secret_memory */
	size_t slip_n;
	struct bitmap page; /* of badge; dots NULL: nothing drawn */
};

/* Words as a badge and a slip want them: text with a final NUL. */
struct words_of {
	char role[TEXT], role_english[TEXT], delegation[TEXT], event[TEXT], title[TEXT],
		table[TEXT], seat[TEXT], leave[TEXT], waiting[TEXT], empty[TEXT], more[TEXT],
		footer[TEXT];
};

/* Marks a text for the catalogues. */
#define N_(text) text

static const char *const role_words[ROLES] = {
	[ROLE_DELEGATE] = N_("Delegate"),
	[ROLE_VIP] = N_("Guest of honour"),
	[ROLE_OFFICIAL] = N_("Official"),
	[ROLE_SPEAKER] = N_("Speaker"),
	[ROLE_PRESS] = N_("Press"),
	[ROLE_STAFF] = N_("Staff"),
	[ROLE_SECURITY] = N_("Security"),
	[ROLE_PARTNER] = N_("Partner"),
};

/* people.csv's words for whom a delegation comes from; any other is printed as it stands. */
static const char *const delegations[][2] = {
	{"federal", N_("Federal")},
	{"flanders", N_("Flanders")},
	{"wallonia", N_("Wallonia")},
	{"brussels", N_("Brussels")},
};

struct press_paper press_paper_of(const struct printer *p)
{
	struct printer_page page;

	if (!p)
		return (struct press_paper){badge_paper_62x100, "62x100"};
	printer_page(p, &page);
	bool label = strcmp(page.media, "62x100") == 0;
	struct badge_paper b = {label, page.width, label ? page.height : 0, page.dpi};
	return (struct press_paper){b, label ? "62x100" : "80"};
}

enum err press_page_open(struct press_page **out)
{
	struct press_page *g = calloc(1, sizeof(*g));

	*out = NULL;
	if (!g)
		return ERR_IO;
	g->slip_n = (size_t)SLIP_WIDTH / 8 * SLIP_HEIGHT;
	if (painter_new(&g->painter)) {
		press_page_close(g);
		return ERR_IO;
	}
	*out = g;
	return OK;
}

void press_page_new_roster(struct press_page *g)
{
	press_page_wipe(g);
	for (size_t i = 0; i < g->n; i++)
		badge_template_free(g->templates[i].template);
	g->n = 0;
}

void press_page_close(struct press_page *g)
{
	if (!g)
		return;
	press_page_new_roster(g);
	painter_free(g->painter);
	free(g);
}

void press_page_wipe(struct press_page *g)
{
	seal_secret_free(g->badge);
	seal_secret_free(g->slip);
	seal_secret_free(g->label);
	g->badge = g->slip = g->label = NULL;
	g->page = (struct bitmap){0};
	if (g->painter)
		painter_forget(g->painter);
}

/* The template's bytes: the organiser's for this paper, else our own. */
static struct span find_svg(
	const struct roster *r, const struct press_paper *paper, const char *name)
{
	char path[NAME + 24];
	struct span svg;

	snprintf(path, sizeof(path), "badge/%s.%s.svg", name, paper->media);
	if (roster_file(r, span_of(path), &svg) == OK)
		return svg;
	return badge_standard(&paper->badge);
}

static enum err load(struct press_page *g, const struct roster *r, const struct press_paper *paper,
	const char *name, struct badge_template **out)
{
	char fault[BADGE_FAULT] = "";

	if (g->n == TEMPLATES)
		press_page_new_roster(g);
	enum err e = badge_template_load(out, find_svg(r, paper, name), &paper->badge, fault);
	if (e == ERR_FORMAT) {
		log_line(LOG_FAULT, "kiosk/press", "badge template %s: %s", name, fault);
		e = badge_template_load(out, badge_standard(&paper->badge), &paper->badge, fault);
	}
	if (e)
		return e;
	snprintf(g->templates[g->n].name, NAME, "%s", name);
	g->templates[g->n++].template = *out;
	return OK;
}

static bool same_paper(const struct badge_paper *a, const struct badge_paper *b)
{
	return a->label == b->label && a->width == b->width && a->height == b->height &&
	       a->dpi == b->dpi;
}

static enum err find_template(struct press_page *g, const struct roster *r,
	const struct press_paper *paper, struct span wanted, struct badge_template **out)
{
	char name[NAME];

	if (wanted.n == 0 || span_copy_text(wanted, name, sizeof(name)))
		snprintf(name, sizeof(name), "standard");
	if (!same_paper(&g->paper, &paper->badge))
		press_page_new_roster(g);
	g->paper = paper->badge;
	for (size_t i = 0; i < g->n; i++)
		if (strcmp(g->templates[i].name, name) == 0) {
			*out = g->templates[i].template;
			return OK;
		}
	return load(g, r, paper, name, out);
}

static void put(char out[TEXT], struct span s)
{
	if (span_copy_text(s, out, TEXT))
		out[0] = '\0';
}

static void fill_words(struct words_of *w, const struct roster *r, const struct visit *v)
{
	struct event_info event;
	enum language l = v->language;

	roster_event(r, &event);
	put(w->event, words_in(&event.name, l));
	put(w->role, say(l, role_words[v->role]));
	put(w->role_english, say(LANGUAGE_EN, role_words[v->role]));
	put(w->delegation, v->delegation);
	for (size_t i = 0; i < COUNT(delegations); i++)
		if (span_equal(v->delegation, span_of(delegations[i][0])))
			put(w->delegation, say(l, delegations[i][1]));
	put(w->title, say(l, N_("Your agenda")));
	put(w->table, say(l, N_("Table")));
	put(w->seat, say(l, N_("Seat")));
	put(w->leave, say(l, N_("Leave by")));
	put(w->waiting, say(l, N_("Waiting list")));
	put(w->empty, say(l, N_("Nothing more is planned.")));
	put(w->more, say(l, N_("Continued on the next slip")));
	w->footer[0] = '\0';
}

static enum err paint(struct press_page *g, const struct roster *r, struct badge_template *t,
	const struct visit *v, const char *code)
{
	struct words_of w;
	struct badge_report report = {0};
	uint32_t width = badge_width(t), height = badge_height(t);
	size_t n = (size_t)(width + 7) / 8 * height;

	fill_words(&w, r, v);
	g->badge = seal_secret_memory(n);
	if (!g->badge)
		return ERR_IO;
	struct badge_words words = {.role = w.role,
		.role_english = w.role_english,
		.delegation = w.delegation,
		.event = w.event,
		.demo = r->demo ? "DEMO" : NULL,
		.code = code};
	enum err e = bitmap_init(&g->page, width, height, g->badge, n);
	if (e == OK)
		e = badge_paint(g->painter, t, v, &words, &g->page, &report);
	if (report.overflow || report.unknown)
		log_line(LOG_WARN, "kiosk/press", "badge slot=%u: overflow=%x unknown=%zu", v->slot,
			report.overflow, report.unknown);
	if (e)
		press_page_wipe(g);
	return e;
}

enum err press_page_draw(struct press_page *g, const struct roster *r,
	const struct press_paper *paper, const struct visit *v, const char *code)
{
	struct badge_template *t;

	press_page_wipe(g);
	bool staff = v->kind == 0;
	bool hers = v->kind == TOKEN_INVITATION && v->badge_issue <= 1;
	bool sound = (hers || staff) && v->badge_token.kind == TOKEN_BADGE;
	if (v->kind == TOKEN_LATE)
		sound = code && v->display_name.n > 0;
	if (!sound || !v->day_open)
		return ERR_DENIED;
	enum err e = find_template(g, r, paper, v->badge, &t);
	return e ? e : paint(g, r, t, v, code);
}

enum err press_page_badge(const struct press_page *g, struct bitmap *out)
{
	*out = g->page;
	return g->page.dots ? OK : ERR_ABSENT;
}

static void write_day(enum language language, int64_t local, char *out, size_t cap)
{
	struct sink k = sink_on((uint8_t *)out, cap - 1);

	when_heading(&k, language, local, 0);
	out[k.n] = '\0';
}

enum err press_page_slip(struct press_page *g, const struct roster *r,
	const struct press_paper *paper, struct visit *v, size_t *first, struct bitmap *out)
{
	struct words_of w;

	fill_words(&w, r, v);
	if (!g->slip)
		g->slip = seal_secret_memory(g->slip_n);
	if (!g->slip)
		return ERR_IO;
	struct slip_words words = {w.title, w.event, w.table, w.seat, w.leave, w.waiting, w.empty,
		w.more, w.footer, r->demo ? "DEMO" : NULL, write_day};
	struct slip s = {r, v, &words, clock_now().wall_ms / 1000, paper->badge.width,
		paper->badge.dpi, *first};
	return slip_paint(g->painter, &s, g->slip, g->slip_n, out, first);
}

static bool row_is_empty(const struct bitmap *b, uint32_t y)
{
	const uint8_t *row = b->dots + b->stride * y;

	for (size_t i = 0; i < b->stride; i++)
		if (row[i])
			return false;
	return true;
}

/* Where the page that begins at row at ends: not through a line of text. */
static uint32_t end_of_page(const struct bitmap *slip, uint32_t at, uint32_t height)
{
	if (slip->height - at <= height)
		return slip->height;
	for (uint32_t y = at + height; y > at + height / 2; y--)
		if (row_is_empty(slip, y))
			return y;
	return at + height;
}

enum err press_page_cut(struct press_page *g, const struct bitmap *slip,
	const struct press_paper *paper, uint32_t *at, struct bitmap *out)
{
	uint32_t height = paper->badge.label ? paper->badge.height : slip->height;
	size_t n = slip->stride * height;

	if (!paper->badge.label) {
		*out = *slip;
		*at = slip->height;
		return OK;
	}
	seal_secret_free(g->label);
	g->label = seal_secret_memory(n);
	if (!g->label || bitmap_init(out, slip->width, height, g->label, n))
		return ERR_IO;
	bitmap_clear(out);
	uint32_t end = end_of_page(slip, *at, height);
	memcpy(out->dots, slip->dots + slip->stride * *at, slip->stride * (end - *at));
	*at = end;
	return OK;
}
