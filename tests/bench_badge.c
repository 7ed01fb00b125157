/* Badge: from a guest's record to the bytes of a print job, in CPU time of the real painter. */
#include "badge.h"
#include "bench.h"
#include "event.h"
#include "journal.h"
#include "model.h"
#include "painter.h"
#include "printer.h"
#include "seal.h"

#include <string.h>
#include <unistd.h>

enum { NAMES = 7, JOB_MAX = 1 << 20, JOBS = 15, PATH = 512 };

struct badges {
	struct painter *painter;
	struct badge_template *template;
	struct bitmap page;
	struct visit visits[NAMES];
	const struct printer_model *model;
	uint8_t *job;
};

/* Seven names in rotation, two of them of other scripts, so that no cache holds just the one. */
static void make_visits(struct badges *b)
{
	static const char *const names[NAMES][2] = {{"Anne", "Peeters"},
		{"Jean-Baptiste", "d'Udekem d'Acoz"}, {"Nguyễn Thị", "Phương Thảo"},
		{"Wilhelmina", "Van den Broeck-Van de Velde"}, {"小明", "王"},
		{"Łukasz", "Grzegorczyk"}, {"Γιώργος", "Παπαδόπουλος"}};

	for (size_t i = 0; i < NAMES; i++) {
		struct visit *v = &b->visits[i];
		v->given_name = span_of(names[i][0]);
		v->family_name = span_of(names[i][1]);
		v->organisation = span_of("Fédération des industries technologiques de Belgique");
		v->function = span_of("Directrice du développement international");
		v->badge_token =
			(struct token){.kind = TOKEN_BADGE, .epoch = 1, .secret = {(uint8_t)i}};
	}
}

static void paint_badge(void *argument, size_t i)
{
	struct badges *b = argument;
	const struct badge_words words = {
		.role = "Délégation", .role_english = "Delegate", .event = "Mission"};

	painter_forget(b->painter);
	if (badge_paint(b->painter, b->template, &b->visits[i % NAMES], &words, &b->page, NULL) !=
		OK)
		die("a badge cannot be painted");
}

static void encode_badge(void *argument, size_t i)
{
	struct badges *b = argument;
	struct sink k = sink_on(b->job, JOB_MAX);
	const struct lang_job job = {.model = b->model,
		.media = media_by_name(b->model, span_of("62x100")),
		.page = &b->page,
		.id = {'0', '0', '0', '1'}};

	(void)i;
	if (b->model->language->encode(&job, &k) != OK)
		die("a badge cannot be encoded");
}

/* What brother_ql does to a page, in Pillow: paint, threshold, mirror, rows. Python's own CPU time. */
static double pillow_ms(void)
{
	FILE *p = popen("/usr/bin/python3 tests/peers/pillow_badge.py 2>/dev/null", "r");
	double ms = 0;

	if (p && fscanf(p, "%lf", &ms) != 1)
		ms = 0;
	if (p)
		pclose(p);
	return ms;
}

/* -- the tap -------------------------------------------------------------------------------------- */

struct tap {
	struct journal *journal;
	double ready_ms; /* when byte 0 may leave: prepared and sending are both on the disk */
};

static enum err note(void *context, enum printer_job job)
{
	struct tap *tap = context;
	struct event e = {.kind = EVENT_BADGE_PREPARED, .issue = 1};

	enum err written = journal_append(tap->journal, &e, 1);
	if (job == PRINTER_JOB_SENDING)
		tap->ready_ms = wall_ms();
	return written;
}

/* From "yes" on a badge that is drawn already: encode, two commits, byte 0. */
static void bench_tap(const struct bitmap *page)
{
	const char *tmp = getenv("TMPDIR");
	char dir[PATH / 4], path[PATH], uri[PATH], command[PATH];
	double took[JOBS], commit[JOBS];
	struct printer *printer;
	enum printer_job end;
	struct tap tap = {0};

	snprintf(dir, sizeof(dir), "%s/foyer-bench-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(dir))
		die("no temporary folder");
	snprintf(path, sizeof(path), "%s/journal.db", dir);
	snprintf(uri, sizeof(uri), "file:%s/out?model=QL-820NWB", dir);
	if (journal_open(&tap.journal, &(struct journal_options){.path = path}) ||
		printer_open(&printer, uri, NULL))
		die("the journal or the printer does not open");
	const struct printer_watch watch = {.note = note, .context = &tap};
	for (int i = 0; i < JOBS; i++) {
		double start = wall_ms();
		if (printer_print(printer, page, &watch, &end) != OK)
			die("a badge does not print");
		took[i] = tap.ready_ms - start;
		start = wall_ms();
		if (note(&tap, PRINTER_JOB_SENT) != OK)
			die("the journal refuses");
		commit[i] = wall_ms() - start;
	}
	printer_close(printer);
	journal_close(tap.journal);
	qsort(took, JOBS, sizeof(took[0]), bench_order);
	qsort(commit, JOBS, sizeof(commit[0]), bench_order);
	bench_line("yes -> first byte, two commits in it, ms wall (aim <= 5)",
		"%.1f (a commit %.1f)", took[JOBS / 2], commit[JOBS / 2]);
	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	if (system(command) != 0)
		fprintf(stderr, "bench: %s stays\n", dir);
}

int main(void)
{
	struct badges *b = calloc(1, sizeof(*b));
	const struct badge_paper *paper = &badge_paper_62x100;
	size_t n = (paper->width + 7) / 8 * paper->height;

	if (!b || seal_start() || painter_new(&b->painter) ||
		badge_template_load(&b->template, badge_standard(paper), paper, NULL) ||
		bitmap_init(&b->page, paper->width, paper->height, malloc(n), n))
		die("the badge cannot be set up");
	b->model = model_by_name(span_of("QL-820NWB"));
	b->job = malloc(JOB_MAX);
	make_visits(b);
	for (size_t i = 0; i < NAMES; i++)
		paint_badge(b, i);
	double raster = bench_ns(paint_badge, b, 3 * NAMES) / 1e6,
	       encode = bench_ns(encode_badge, b, 50) / 1e6;
	double peer = pillow_ms();
	printf("badge, 62 x 100 mm at 300 dpi, seven names in turn\n");
	bench_line("raster + encode, ms (aim <= 2)", "%.2f (%.2f + %.2f)", raster + encode, raster,
		encode);
	if (peer > 0)
		bench_line("Pillow, the steps of brother_ql, ms; ours / it", "%.1f; %.2f", peer,
			(raster + encode) / peer);
	else
		bench_line("Pillow, the steps of brother_ql", "%s",
			"skipped: python3-pil is not installed");
	bench_tap(&b->page);
	badge_template_free(b->template);
	painter_free(b->painter);
	free(b->page.dots);
	free(b->job);
	free(b);
	return 0;
}
