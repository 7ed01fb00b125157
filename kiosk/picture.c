/* foyer-kiosk --badge and --slip. */
#include "picture.h"

#include "four_words.h"
#include "keeper.h"
#include "press_page.h"
#include "seal.h"
#include "trust.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { EXIT_NO = 1, EXIT_WRONG = 2, EXIT_WORLD = 3, SETTLE_MS = 3000 };

static int no(const char *why)
{
	fprintf(stderr, "foyer-kiosk: %s\n", why);
	return EXIT_NO;
}

static const char *refusal(enum err e)
{
	switch ((int)e) {
	case ERR_FORMAT:
		return "damaged, or no roster";
	case ERR_FORGED:
		return "its signature does not hold";
	case ERR_FOREIGN:
		return "it is of another event than the one trusted";
	case ERR_OLDER:
		return "it is older than the one already trusted";
	case ERR_VERSION:
		return "it was made for a newer program";
	case ERR_EXPIRED:
		return "its last day is over";
	default:
		return err_text(e);
	}
}

static int open_roster(const struct options *o, struct holding **out)
{
	char path[PATH_MAX], words[FOUR_WORDS];
	struct trust trust = {0};

	if (snprintf(path, sizeof(path), "%s%s", o->roster ? o->roster : o->data,
		    o->roster ? "" : "/roster.foyer") >= (int)sizeof(path))
		return EXIT_WORLD;
	if (o->trust) {
		enum err e = trust_read(&trust, o->trust);
		if (e) {
			fprintf(stderr, "foyer-kiosk: %s: %s\n", o->trust, err_text(e));
			return e == ERR_FORMAT ? EXIT_NO : EXIT_WORLD;
		}
	}
	enum err e = holding_open(out, path, &trust, 0);
	if (e) {
		fprintf(stderr, "foyer-kiosk: %s: %s\n", path, refusal(e));
		return e == ERR_ABSENT || e == ERR_DENIED || e == ERR_IO ? EXIT_WORLD : EXIT_NO;
	}
	if (!o->trust) {
		four_words((struct span){(*out)->roster.root, SEAL_PUBLIC}, words);
		fprintf(stderr, "signed under the root \"%s\" (not compared; see --trust)\n",
			words);
	}
	return 0;
}

/* An argument can be read by every process; standard input cannot. */
static enum err read_token(const char *text, struct token *t)
{
	char line[TOKEN_TEXT_MAX] = "";

	if (strcmp(text, "-") == 0 && !fgets(line, sizeof(line), stdin))
		return ERR_ABSENT;
	enum err e = token_read(t, span_of(strcmp(text, "-") == 0 ? line : text));
	seal_wipe(line, sizeof(line));
	return e;
}

static int find(const struct options *o, const struct roster *r, struct visit *v)
{
	struct token t;
	struct found f;

	enum err e = read_token(o->badge ? o->badge : o->slip, &t);
	if (e == ERR_FORMAT)
		return no("the code is torn or misread; scan or type it again");
	if (e)
		return no("this is no code of a guest");
	e = roster_find(r, &t, &f);
	seal_wipe(&t, sizeof(t));
	if (e == ERR_EXPIRED)
		return no("this code was replaced or revoked; the desk helps");
	if (e)
		return no("this roster does not know the code");
	e = roster_visit(r, &f, v);
	seal_wipe(&f, sizeof(f));
	return e ? no("the guest's record does not open") : 0;
}

static int refuse_badge(const struct visit *v)
{
	if (v->kind == TOKEN_BADGE)
		return no("a badge prints no badge; its invitation does");
	if (v->badge_issue > 1)
		return no("this badge was replaced; only the desk prints the next one");
	return no("this code holds no badge to print; the desk helps");
}

static int draw(const struct options *o, const struct press_paper *paper, const struct roster *r,
	struct visit *v)
{
	struct press_page *g;
	struct bitmap page;
	size_t first = 0;
	int status = 0;

	if (press_page_open(&g))
		return EXIT_WORLD;
	enum err e = o->badge ? press_page_draw(g, r, paper, v, NULL)
			      : press_page_slip(g, r, paper, v, &first, &page);
	if (e == OK && o->badge)
		e = press_page_badge(g, &page);
	if (e == OK && bitmap_write_png(&page, o->output, paper->badge.dpi)) {
		fprintf(stderr, "foyer-kiosk: %s: cannot be written\n", o->output);
		status = EXIT_WORLD;
	}
	if (first > 0)
		fprintf(stderr, "foyer-kiosk: this is the first of several slips\n");
	if (e == ERR_DENIED)
		status = o->badge ? refuse_badge(v) : no("this code does not open the agenda");
	else if (e)
		status = no(err_text(e));
	press_page_close(g);
	return status;
}

static int find_paper(const struct options *o, struct press_paper *out)
{
	struct printer *p = NULL;

	enum err e = o->printer ? printer_open(&p, o->printer, NULL) : OK;
	if (e == ERR_FORMAT || e == ERR_FULL) {
		fprintf(stderr, "foyer-kiosk: `%s` is no printer's address: %s\n", o->printer,
			printer_uri_fault(o->printer));
		return EXIT_WRONG;
	}
	if (e) {
		fprintf(stderr, "foyer-kiosk: %s: %s\n", o->printer, err_text(e));
		return EXIT_WORLD;
	}
	if (p)
		printer_settle(p, SETTLE_MS, NULL);
	*out = press_paper_of(p);
	printer_close(p);
	return 0;
}

int picture_run(const struct options *o)
{
	struct press_paper paper;
	struct holding *h = NULL;
	struct visit *v = NULL;

	if (o->has_now)
		clock_shift(o->now_ms - clock_now().wall_ms);
	int status = find_paper(o, &paper);
	if (status == 0)
		status = open_roster(o, &h);
	if (status == 0) {
		v = seal_secret_memory(sizeof(*v));
		status = v ? find(o, &h->roster, v) : EXIT_WORLD;
	}
	if (status == 0)
		status = draw(o, &paper, &h->roster, v);
	if (v)
		visit_wipe(v);
	seal_secret_free(v);
	holding_close(h);
	return status;
}
