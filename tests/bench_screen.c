/* Screen: what a guest looks at, in CPU time of the real painter, and the real program at rest. */
#include "bench.h"
#include "cpu_of.h"
#include "painter.h"
#include "visitor.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATH = 1024, WIDTH = 1280, HEIGHT = 800, STARTS = 9 };

struct screens {
	struct painter *painter;
	struct glass glass;
	struct visitor visitor;
	struct model guests[2];
	struct draw draw[2];
};

static void frame_of(struct screens *s, size_t i)
{
	struct model *m = &s->guests[i % 2];

	app_view(m, &m->look, &s->draw[0]);
	if (painter_glass(s->painter, &s->glass, &s->draw[0], NULL, 0, NULL) != OK)
		die("a frame cannot be painted");
}

static void new_guest(void *argument, size_t i)
{
	struct screens *s = argument;

	painter_forget(s->painter);
	frame_of(s, i);
}

static void same_guest(void *argument, size_t i)
{
	(void)i;
	frame_of(argument, 0);
}

static void clock_tick(void *argument, size_t i)
{
	struct screens *s = argument;
	struct model *m = &s->guests[0];
	struct rect damage[PAINTER_RECTS];

	m->wall = VISITOR_NOW + (int64_t)(i % 2) * 60;
	app_view(m, &m->look, &s->draw[(i + 1) % 2]);
	size_t n = painter_damage(&s->draw[i % 2], &s->draw[(i + 1) % 2], WIDTH, HEIGHT, damage);
	if (n > 0 &&
		painter_glass(s->painter, &s->glass, &s->draw[(i + 1) % 2], damage, n, NULL) != OK)
		die("a frame cannot be painted");
}

/* The peer: the same list by cairo and Pango as their manuals show it, a layout a text, nothing kept and
 * nothing fitted. */
static void bare_frame(void *argument, size_t i)
{
	struct screens *s = argument;
	const struct draw *d = &s->draw[0];
	cairo_surface_t *surface = cairo_image_surface_create_for_data(
		(unsigned char *)s->glass.pixels, CAIRO_FORMAT_RGB24, WIDTH, HEIGHT, WIDTH * 4);
	cairo_t *cr = cairo_create(surface);

	app_view(&s->guests[i % 2], &s->guests[i % 2].look, &s->draw[0]);
	for (size_t n = 0; n < d->n; n++) {
		const struct draw_command *c = &d->commands[n];
		double r = fmin(c->radius, fmin(c->at.w, c->at.h) / 2.0);
		if (c->op == DRAW_FILL && c->ink != INK_NONE) {
			cairo_set_source_rgb(cr, 0.1, 0.3, 0.6);
			cairo_new_path(cr);
			cairo_arc(cr, c->at.x + c->at.w - r, c->at.y + r, r, -M_PI_2, 0);
			cairo_arc(cr, c->at.x + c->at.w - r, c->at.y + c->at.h - r, r, 0, M_PI_2);
			cairo_arc(cr, c->at.x + r, c->at.y + c->at.h - r, r, M_PI_2, M_PI);
			cairo_arc(cr, c->at.x + r, c->at.y + r, r, M_PI, 3 * M_PI_2);
			cairo_fill(cr);
		} else if (c->op == DRAW_TEXT) {
			struct span text = draw_text_of(d, c);
			PangoLayout *layout = pango_cairo_create_layout(cr);
			PangoFontDescription *font =
				pango_font_description_from_string("Noto Sans");
			pango_font_description_set_absolute_size(font, c->style.size * PANGO_SCALE);
			pango_layout_set_font_description(layout, font);
			pango_layout_set_width(layout, c->at.w * PANGO_SCALE);
			pango_layout_set_text(layout, (const char *)text.p, (int)text.n);
			cairo_set_source_rgb(cr, 0, 0, 0);
			cairo_move_to(cr, c->at.x, c->at.y);
			pango_cairo_show_layout(cr, layout);
			pango_font_description_free(font);
			g_object_unref(layout);
		}
	}
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
}

static void bench_screen(void)
{
	struct screens *s = calloc(1, sizeof(*s));

	if (!s || painter_new(&s->painter))
		die("the painter cannot be set up");
	s->glass =
		(struct glass){calloc(WIDTH * HEIGHT, 4), WIDTH, HEIGHT, WIDTH * 4, PALETTE_NORMAL};
	for (int i = 0; i < 2; i++) {
		visitor_start(&s->visitor, WIDTH, HEIGHT);
		visitor_greeted(&s->visitor, i ? LANGUAGE_FR : LANGUAGE_NL);
		s->guests[i] = s->visitor.m;
		frame_of(s, (size_t)i);
	}
	double fresh = bench_ns(new_guest, s, 40) / 1e6, same = bench_ns(same_guest, s, 40) / 1e6;
	double bare = bench_ns(bare_frame, s, 40) / 1e6;
	app_view(&s->guests[0], &s->guests[0].look, &s->draw[0]);
	s->draw[1] = s->draw[0];
	double tick = bench_ns(clock_tick, s, 100) / 1e6;
	printf("screen, 1280 x 800\n");
	bench_line("agenda of a new guest, whole frame, ms (aim <= 1.5)", "%.2f", fresh);
	bench_line("the same list by cairo and Pango bare, ms; ours / it", "%.2f; %.2f", bare,
		fresh / bare);
	bench_line("the same frame again, ms", "%.2f", same);
	bench_line("clock tick: view, damage, paint, ms (aim <= 0.05)", "%.3f", tick);
	painter_free(s->painter);
	free(s->glass.pixels);
	free(s);
}

static void nap(long ms)
{
	nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

/* From exec until the first frame lies on the disk as a PNG: somewhat more than until it is on glass. */
static double start_ms(const char *kiosk, const char *dir)
{
	char roster[PATH], story[PATH], shot[PATH];
	struct stat st;

	snprintf(roster, sizeof(roster), "%s/r", dir);
	snprintf(story, sizeof(story), "%s/first.story", dir);
	snprintf(shot, sizeof(shot), "%s/first.png", dir);
	(void)unlink(shot);
	double start = wall_ms();
	pid_t child = fork();
	if (child == 0) {
		if (!freopen("/dev/null", "w", stderr))
			_exit(127);
		execl(kiosk, kiosk, "--roster", roster, "--story", story, "--shots", dir,
			(char *)NULL);
		_exit(127);
	}
	while (stat(shot, &st) != 0 && wall_ms() - start < 5000)
		nap(1);
	double took = wall_ms() - start;
	waitpid(child, NULL, 0);
	return took;
}

static void bench_idle(const char *kiosk, const char *dir)
{
	enum { SETTLE_MS = 2000, WATCH_MS = 20000 };
	char roster[PATH];
	int input[2];

	snprintf(roster, sizeof(roster), "%s/r", dir);
	if (pipe(input) != 0)
		die("no pipe");
	pid_t child = fork();
	if (child == 0) {
		dup2(input[0], 0);
		close(input[1]);
		if (!freopen("/dev/null", "w", stderr))
			_exit(127);
		execl(kiosk, kiosk, "--roster", roster, "--now", "2025-10-06T08:40-07:00",
			"--scanner", "stdin:", (char *)NULL);
		_exit(127);
	}
	nap(SETTLE_MS);
	double pss = bench_number_in(child, "smaps_rollup", "Pss:"), before = bench_cpu_of(child);
	nap(WATCH_MS);
	double share = (bench_cpu_of(child) - before) / (WATCH_MS * 1e6) * 100;
	kill(child, SIGTERM);
	waitpid(child, NULL, 0);
	bench_line("memory, PSS, MiB (aim <= 32)", "%.1f", pss / 1024);
	bench_line("idle with the programme on show, % of a CPU (aim <= 0.05)", "%.3f", share);
}

static void bench_program(void)
{
	const char *bin = getenv("FOYER_BIN"), *tmp = getenv("TMPDIR");
	char dir[PATH / 2], kiosk[PATH], command[8 * PATH];
	double took[STARTS];

	snprintf(dir, sizeof(dir), "%s/foyer-bench-XXXXXX", tmp ? tmp : "/tmp");
	if (!bin || !mkdtemp(dir))
		die("FOYER_BIN must name the folder of the programs");
	snprintf(kiosk, sizeof(kiosk), "%s/foyer-kiosk", bin);
	snprintf(command, sizeof(command),
		"{ '%s/foyer' demo '%s/m' && '%s/foyer' build '%s/m' -o '%s/r'; } >/dev/null 2>&1 "
		"&& "
		"printf 'now 2025-10-06T08:40-07:00\\nshot first\\n' >'%s/first.story'",
		bin, dir, bin, dir, dir, dir);
	if (system(command) != 0)
		die("foyer demo and build failed");
	for (int i = 0; i < STARTS; i++)
		took[i] = start_ms(kiosk, dir);
	qsort(took, STARTS, sizeof(took[0]), bench_order);
	printf("the kiosk program\n");
	bench_line("exec -> first frame as a PNG, ms wall, median (aim <= 100)", "%.0f",
		took[STARTS / 2]);
	bench_idle(kiosk, dir);
	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	if (system(command) != 0)
		fprintf(stderr, "bench: %s stays\n", dir);
}

int main(void)
{
	bench_screen();
	bench_program();
	return 0;
}
