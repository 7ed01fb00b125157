/* The program foyer-print: find, ask and try badge printers. */
#include "model.h"
#include "printer.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_DONE, EXIT_NO, EXIT_WRONG_USE, EXIT_WORLD, FOUND_MAX = 64, SETTLE_MS = 6000 };

struct call {
	bool json, models;
	const char *words[2];
	size_t n;
};

struct verb {
	const char *name, *help;
	size_t least, most; /* words behind it */
	int (*run)(const struct call *c);
};

static int print_json(json_t *j)
{
	if (!j || json_dumpf(j, stdout, JSON_INDENT(2)) != 0)
		return EXIT_WORLD;
	putchar('\n');
	json_decref(j);
	return EXIT_DONE;
}

static int list_models(const struct call *c)
{
	json_t *all = json_array();

	for (size_t i = 0; i < model_count; i++) {
		const struct printer_model *m = &models[i];
		if (c->json)
			json_array_append_new(
				all, json_pack("{s:s,s:s,s:i,s:i,s:s}", "model", m->name,
					     "language", m->language->name, "dots", m->dots, "dpi",
					     m->dpi, "media", m->media));
		else
			printf("%-14s %-18s %5u dots %4u dpi  %s\n", m->name, m->language->name,
				m->dots, m->dpi, m->media);
	}
	if (c->json)
		return print_json(all);
	json_decref(all);
	return EXIT_DONE;
}

static void say_found(const struct printer_found *f)
{
	const char *detail = f->detail[0] ? f->detail : printer_state_text(f->state);

	if (f->state == PRINTER_ASKING)
		printf("%-32s %s\n", f->uri, f->model);
	else
		printf("%-32s %s: %s: %s; %s\n", f->uri, f->model, printer_state_word(f->state),
			detail, printer_state_remedy(f->state));
}

static const char *found_word(const struct printer_found *f)
{
	return f->state == PRINTER_ASKING ? "found" : printer_state_word(f->state);
}

static int run_list(const struct call *c)
{
	static struct printer_found found[FOUND_MAX];
	json_t *all;
	size_t n;

	if (c->models)
		return list_models(c);
	if (printer_list(found, COUNT(found), &n) != OK) {
		fputs("foyer-print: USB cannot be used on this machine\n", stderr);
		return EXIT_WORLD;
	}
	if (!c->json) {
		for (size_t i = 0; i < n; i++)
			say_found(&found[i]);
		if (n == 0)
			fputs("foyer-print: no printer is plugged in\n", stderr);
		return EXIT_DONE;
	}
	all = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(all,
			json_pack("{s:s,s:s,s:s,s:s}", "uri", found[i].uri, "model", found[i].model,
				"state", found_word(&found[i]), "detail", found[i].detail));
	return print_json(all);
}

static struct printer *open_printer(const char *uri, int *status)
{
	struct printer *p = NULL;
	enum err e = printer_open(&p, uri ? uri : "usb:", NULL);

	*status = e == ERR_FORMAT || e == ERR_FULL ? EXIT_WRONG_USE : EXIT_WORLD;
	if (*status == EXIT_WRONG_USE)
		fprintf(stderr, "foyer-print: `%s` is no printer's address: %s\n", uri,
			printer_uri_fault(uri));
	else if (e != OK)
		fprintf(stderr, "foyer-print: %s\n", err_text(e));
	return p;
}

static int status_exit(enum printer_state s)
{
	if (s == PRINTER_READY)
		return EXIT_DONE;
	return s == PRINTER_NONE || s == PRINTER_UNPLUGGED || s == PRINTER_NO_FILE ? EXIT_WORLD
										   : EXIT_NO;
}

static void say_status(const struct printer_status *s)
{
	printf("%s%s%s: %s", s->model, s->model[0] ? " " : "", printer_state_word(s->state),
		printer_state_text(s->state));
	if (s->detail[0])
		printf(" (%s)", s->detail);
	if (printer_state_remedy(s->state)[0])
		printf("; %s", printer_state_remedy(s->state));
	putchar('\n');
	if (s->width_mm > 0 && s->length_mm > 0)
		printf("roll: labels of %u x %u mm\n", s->width_mm, s->length_mm);
	else if (s->width_mm > 0)
		printf("roll: %u mm, endless\n", s->width_mm);
	if (s->near_end)
		puts("little paper is left");
}

static int run_status(const struct call *c)
{
	struct printer_status s;
	int status;
	struct printer *p = open_printer(c->n > 0 ? c->words[0] : NULL, &status);

	if (!p)
		return status;
	printer_settle(p, SETTLE_MS, &s);
	printer_close(p);
	if (!c->json) {
		say_status(&s);
		return status_exit(s.state);
	}
	status = print_json(json_pack("{s:s,s:b,s:s,s:s,s:s,s:s,s:i,s:i,s:b}", "state",
		printer_state_word(s.state), "ready", s.state == PRINTER_READY, "model", s.model,
		"text", printer_state_text(s.state), "remedy", printer_state_remedy(s.state),
		"detail", s.detail, "width_mm", (int)s.width_mm, "length_mm", (int)s.length_mm,
		"near_end", s.near_end));
	return status == EXIT_DONE ? status_exit(s.state) : status;
}

/* The page of `test`: a frame, a ruler of millimetres, and greys made of lines. */
static bool test_dot(const struct printer_page *g, uint32_t h, uint32_t x, uint32_t y)
{
	uint32_t mm_x = x * 254 / (g->dpi * 10), mm_y = y * 254 / (g->dpi * 10);
	bool new_x = x == 0 || (x - 1) * 254 / (g->dpi * 10) != mm_x;
	bool new_y = y == 0 || (y - 1) * 254 / (g->dpi * 10) != mm_y;
	uint32_t tick_x = mm_x % 10 == 0 ? 60 : mm_x % 5 == 0 ? 40 : 20;
	uint32_t tick_y = mm_y % 10 == 0 ? 60 : mm_y % 5 == 0 ? 40 : 20;

	if (x < 2 || y < 2 || x + 2 >= g->width || y + 2 >= h)
		return true;
	if ((new_x && y < tick_x) || (new_y && x < tick_y))
		return true;
	if (x < 100 || x + 60 >= g->width || y < 100 || y + 60 >= h)
		return false;
	/* Bands of lines 1, 2, 3 … dots wide, upright and lying in turn. */
	uint32_t band = (y - 100) / 80, wide = band / 2 + 1;
	if ((y - 100) % 80 >= 64)
		return false;
	return (band % 2 ? y : x) / wide % 2 == 0;
}

/* A printer that is not ready says more than the error does. */
static void say_refused(enum err e, const struct printer_status *s)
{
	bool ready = s->state == PRINTER_READY || s->state == PRINTER_PRINTING;

	fprintf(stderr, "foyer-print: %s: %s", ready ? err_text(e) : printer_state_word(s->state),
		s->detail[0] ? s->detail : printer_state_text(s->state));
	fprintf(stderr, printer_state_remedy(s->state)[0] ? "; %s\n" : "%s\n",
		printer_state_remedy(s->state));
}

static int print_page(struct printer *p, const struct bitmap *b)
{
	struct printer_status s;
	enum printer_job end;
	enum err e = printer_print(p, b, NULL, &end);

	printer_now(p, &s);
	if (e == OK) {
		fputs("foyer-print: the printer says that it came out\n", stderr);
		return EXIT_DONE;
	}
	if (e == ERR_FORMAT)
		fputs("foyer-print: the picture does not fit the paper\n", stderr);
	else
		say_refused(e, &s);
	if (end == PRINTER_JOB_UNCERTAIN)
		fputs("foyer-print: it may have come out, whole or in part: please look\n", stderr);
	return e == ERR_BUSY || e == ERR_FORMAT ? EXIT_NO : EXIT_WORLD;
}

static int run_test(const struct call *c)
{
	struct printer_page g;
	struct bitmap b;
	int status;
	struct printer *p = open_printer(c->n > 0 ? c->words[0] : NULL, &status);

	if (!p)
		return status;
	printer_settle(p, SETTLE_MS, NULL);
	printer_page(p, &g);
	size_t n = ((size_t)g.width + 7) / 8 * g.height;
	uint8_t *dots = calloc(1, n);
	status = EXIT_WORLD;
	if (dots && bitmap_init(&b, g.width, g.height, dots, n) == OK) {
		for (uint32_t y = 0; y < g.height; y++)
			for (uint32_t x = 0; x < g.width; x++)
				if (test_dot(&g, g.height, x, y))
					bitmap_set(&b, x, y, true);
		status = print_page(p, &b);
	}
	free(dots);
	printer_close(p);
	return status;
}

static int run_png(const struct call *c)
{
	struct bitmap b;
	struct printer_page g;
	int status;
	enum err e = bitmap_read_png(&b, c->words[0]);

	if (e != OK) {
		fprintf(stderr, "foyer-print: %s: %s\n", c->words[0],
			e == ERR_FORMAT ? "is no PNG, or a too large one" : err_text(e));
		return e == ERR_FORMAT ? EXIT_NO : EXIT_WORLD;
	}
	struct printer *p = open_printer(c->n > 1 ? c->words[1] : NULL, &status);
	if (p) {
		printer_settle(p, SETTLE_MS, NULL);
		printer_page(p, &g);
		status = print_page(p, &b);
		if (status == EXIT_NO && (b.width != g.width || b.height != g.height))
			fprintf(stderr, "foyer-print: it has %u x %u dots, %s takes %u x %u\n",
				b.width, b.height, g.media, g.width, g.height);
		printer_close(p);
	}
	free(b.dots);
	return status;
}

static const struct verb verbs[] = {
	{"list",
		"usage: foyer-print list [--models] [--json]\n\n"
		"The printers that are plugged in; --models lists every model that is known.\n",
		0, 0, run_list},
	{"status",
		"usage: foyer-print status [URI] [--json]\n\n"
		"What the printer says of itself. Exit status: 0 ready, 1 not ready, 3 none.\n",
		0, 1, run_status},
	{"test",
		"usage: foyer-print test [URI]\n\n"
		"Print a page with a frame, a ruler in millimetres and lines of 1 dot and more.\n",
		0, 1, run_test},
	{"png",
		"usage: foyer-print png FILE [URI]\n\n"
		"Print a PNG picture of exactly the paper's dots; what is darker than half grey "
		"is black.\n",
		1, 2, run_png},
};

static void print_help(FILE *to)
{
	fputs("usage: foyer-print VERB [ARGUMENTS]\n\nFinds, asks and tries badge printers.\n\n"
	      "  list [--models] [--json]   what is plugged in\n"
	      "  status [URI] [--json]      what a printer says of itself\n"
	      "  test [URI]                 print a test page\n"
	      "  png FILE [URI]             print a picture\n\n"
	      "URI: usb: (the first one), usb:VID:PID[:SERIAL], file:PATH, then\n"
	      "?model=NAME&media=62x100|62|80 where it cannot be asked.\n"
	      "Exit status: 0 done or ready, 1 not ready, 2 wrong use, 3 no printer or a fault.\n",
		to);
}

static bool asks_help(const char *word)
{
	return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

static int wrong_use(const struct verb *v, const char *word)
{
	fprintf(stderr, "foyer-print: `%s` is not understood here\n", word);
	fputs(v->help, stderr);
	return EXIT_WRONG_USE;
}

static int run_verb(const struct verb *v, int argc, char **argv)
{
	struct call c = {0};

	for (int i = 0; i < argc; i++) {
		bool answers = v->run == run_list || v->run == run_status;
		if (asks_help(argv[i])) {
			fputs(v->help, stdout);
			return EXIT_DONE;
		}
		if (answers && strcmp(argv[i], "--json") == 0)
			c.json = true;
		else if (v->run == run_list && strcmp(argv[i], "--models") == 0)
			c.models = true;
		else if (c.n < v->most && argv[i][0] != '-')
			c.words[c.n++] = argv[i];
		else
			return wrong_use(v, argv[i]);
	}
	if (c.n < v->least) {
		fputs(v->help, stderr);
		return EXIT_WRONG_USE;
	}
	return v->run(&c);
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		print_help(stderr);
		return EXIT_WRONG_USE;
	}
	if (asks_help(argv[1]) || strcmp(argv[1], "help") == 0) {
		print_help(stdout);
		return EXIT_DONE;
	}
	for (size_t i = 0; i < COUNT(verbs); i++)
		if (strcmp(verbs[i].name, argv[1]) == 0) {
			int status = run_verb(&verbs[i], argc - 2, argv + 2);
			return fflush(stdout) != 0 && status == EXIT_DONE ? EXIT_WORLD : status;
		}
	fprintf(stderr, "foyer-print: there is no verb `%s`; `foyer-print --help` lists them\n",
		argv[1]);
	return EXIT_WRONG_USE;
}
