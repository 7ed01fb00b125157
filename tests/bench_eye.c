/* The camera: from a code in view to the agenda in the frame, through the real foyer-scan; what the live
 * picture costs; what an empty hall costs. */
#include "bench.h"
#include "cpu_of.h"
#include "film.h"
#include "options.h"
#include "scan_child.h"
#include "scanner.h"
#include "seal.h"
#include "stage.h"

#include <math.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	PATH = 1024,
	GUESTS = 20,
	HALL = 40, /* frames before each code, more or less: its phase is another each time */
	WARM = 30,
	PATIENCE_MS = 10000,
};

static struct stage stage;
static char codes[GUESTS][64], film[PATH];
static _Atomic double shown_ms[GUESTS]; /* since when a guest's code is in view */
static atomic_uint welcomed;            /* guests whose agenda was in the frame */

static void sleep_until(double ms)
{
	double left = ms - wall_ms();

	if (left > 0)
		nanosleep(&(struct timespec){(time_t)(left / 1e3), (long)(fmod(left, 1e3) * 1e6)},
			NULL);
}

/* A camera of thirty frames a second: each is there when its time has come, not before. */
static void *camera(void *argument)
{
	FILE *f = fopen(argument, "wb");
	unsigned n = 0;

	if (!f)
		die("the film");
	film_begin(f);
	double start = wall_ms();
	for (unsigned g = 0; g < GUESTS; g++) {
		unsigned hall = (g == 0 ? WARM : 0) + HALL + g * 7 % 11;
		/* A guest holds her code until something comes of it. */
		for (unsigned i = 0; i < hall || welcomed == g; i++, n++) {
			sleep_until(start + n * 1e3 / FILM_RATE);
			if (i == hall)
				shown_ms[g] = wall_ms();
			film_frame(f, i < hall ? NULL : codes[g], i < hall ? i : i - hall);
		}
	}
	/* The reader sees no end before the bench has seen the last agenda. */
	pause();
	return NULL;
}

static void make(const char *dir)
{
	char command[4 * PATH], path[PATH];
	const char *bin = getenv("FOYER_BIN");
	size_t n = 0;

	if (!bin)
		die("FOYER_BIN must name the folder of the programs");
	snprintf(command, sizeof(command),
		"set -e; F='%s/foyer'; cd '%s'; { $F demo m; $F build m -o r; } >/dev/null 2>&1; "
		"for p in $(awk -F, 'NR > 1 && !/,yes,/ { print $1 }' m/list/people.csv | head "
		"-%d); "
		"do $F token m $p; done >codes 2>/dev/null; mkfifo film",
		bin, dir, GUESTS);
	if (system(command) != 0)
		die("the demo event");
	snprintf(path, sizeof(path), "%s/codes", dir);
	FILE *f = fopen(path, "r");
	for (; f && n < GUESTS && fgets(codes[n], sizeof(codes[0]), f); n++)
		codes[n][strcspn(codes[n], "\n")] = '\0';
	if (f)
		fclose(f);
	if (n != GUESTS)
		die("too few codes");
}

/* When the agenda of the next visit is in the frame. */
static double agenda(uint32_t visit)
{
	const struct model *m = stage_model(&stage);
	double end = wall_ms() + PATIENCE_MS;

	while (m->visit <= visit || m->screen != SCREEN_AGENDA) {
		if (wall_ms() > end)
			die("no agenda");
		stage_turn(&stage, 100);
		stage_show(&stage);
	}
	return wall_ms();
}

static void bench_latency(const char *dir)
{
	char roster[PATH], data[PATH], uri[PATH + 16];
	double took[GUESTS];
	pthread_t thread;

	snprintf(roster, sizeof(roster), "%s/r", dir);
	snprintf(data, sizeof(data), "%s/board", dir);
	snprintf(film, sizeof(film), "%s/film", dir);
	snprintf(uri, sizeof(uri), "camera:%s", film);
	struct options o = {.roster = roster,
		.data = data,
		.scanner = uri,
		.language = LANGUAGE_EN,
		.width = 1280,
		.height = 800};
	if (stage_start(&stage, &o, data, false, NULL) != OK)
		die("the kiosk does not start");
	if (pthread_create(&thread, NULL, camera, film))
		die("a thread");
	for (unsigned g = 0; g < GUESTS; g++) {
		double at = agenda(stage_model(&stage)->visit);
		took[g] = at - shown_ms[g];
		welcomed = g + 1;
	}
	pthread_cancel(thread);
	pthread_join(thread, NULL);
	stage_stop(&stage);
	qsort(took, GUESTS, sizeof(took[0]), bench_order);
	bench_line("code in view -> agenda in the frame, ms, 30 a second: median", "%.0f",
		took[GUESTS / 2]);
	bench_line("  95th percentile; worst (aim <= 150)", "%.0f; %.0f",
		took[GUESTS * 95 / 100 - 1], took[GUESTS - 1]);
}

struct live {
	struct display *display;
	struct draw draw;
	struct model model;
	uint8_t picture[SCAN_VIEW_PIXELS];
};

static void live_frame(void *argument, size_t i)
{
	struct live *l = argument;

	l->picture[i] ^= 255;
	display_set_view(l->display,
		&(struct luma){l->picture, SCAN_VIEW_WIDTH, SCAN_VIEW_HEIGHT, SCAN_VIEW_WIDTH});
	display_show(l->display, &l->draw, &l->draw);
}

static void bench_live(void)
{
	struct live *l = calloc(1, sizeof(*l));
	struct look look = {.language = LANGUAGE_EN, .width = 1280, .height = 800};
	struct display_options o = {.width = 1280, .height = 800};

	if (!l || display_open(&l->display, &o))
		die("no display");
	app_start(&l->model, look, MODE_KIOSK);
	l->model.camera = (struct camera){.there = true, .live = true};
	app_view(&l->model, &look, &l->draw);
	display_show(l->display, NULL, &l->draw);
	struct display_work before = display_work(l->display);
	live_frame(l, 0);
	double share = (double)(display_work(l->display).pixels - before.pixels) / (1280 * 800);
	bench_line("a picture of the live view, 1280 x 800: ms; of the screen, %", "%.2f; %.0f",
		bench_ns(live_frame, l, 60) / 1e6, share * 100);
	display_close(l->display);
	free(l);
}

static void nap(long ms)
{
	nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

static void bench_hall(const char *dir)
{
	enum { SETTLE_MS = 15000, WATCH_MS = 20000 };
	char roster[PATH], kiosk[PATH], hall[PATH], uri[PATH + 16];

	snprintf(roster, sizeof(roster), "%s/r", dir);
	snprintf(kiosk, sizeof(kiosk), "%s/foyer-kiosk", getenv("FOYER_BIN"));
	snprintf(hall, sizeof(hall), "%s/hall.y4m", dir);
	snprintf(uri, sizeof(uri), "camera:%s", hall);
	pid_t child = fork();
	if (child == 0) {
		if (!freopen("/dev/null", "w", stderr))
			_exit(127);
		execl(kiosk, kiosk, "--roster", roster, "--now", "2025-10-06T08:40-07:00",
			"--scanner", uri, (char *)NULL);
		_exit(127);
	}
	nap(SETTLE_MS);
	double before = bench_cpu_of(child), eye = bench_cpu_of_children(child);
	nap(WATCH_MS);
	double share = (bench_cpu_of(child) - before) / (WATCH_MS * 1e6) * 100;
	eye = (bench_cpu_of_children(child) - eye) / (WATCH_MS * 1e6) * 100;
	kill(child, SIGTERM);
	waitpid(child, NULL, 0);
	bench_line("an empty hall, % of a CPU: the kiosk (aim <= 0.05)", "%.3f", share);
	bench_line("  its eye", "%.1f", eye);
}

/* Read the scanner until what is to happen has happened; the time then. */
static double until(struct scanner *s, bool (*happened)(struct scanner *s, enum err e))
{
	double end = wall_ms() + PATIENCE_MS;
	struct scan scan;
	enum err e;

	do {
		struct pollfd p = {scanner_fd(s), POLLIN, 0};
		(void)poll(&p, 1, scanner_wait_ms(s));
		e = scanner_read(s, &scan);
		if (wall_ms() > end)
			die("the eye does not come back");
	} while (!happened(s, e));
	return wall_ms();
}

static bool has_gone(struct scanner *s, enum err e)
{
	(void)s;
	return e == ERR_IO;
}

static bool is_back(struct scanner *s, enum err e)
{
	(void)e;
	return scanner_fd(s) >= 0;
}

static void listen_for(struct scanner *s, double ms)
{
	double end = wall_ms() + ms;
	struct scan scan;

	while (wall_ms() < end) {
		struct pollfd p = {scanner_fd(s), POLLIN, 0};
		(void)poll(&p, 1, scanner_wait_ms(s));
		(void)!scanner_read(s, &scan);
	}
}

/* The process that looks is stopped dead, as in a hanging driver. */
static void bench_hang(const char *dir)
{
	enum { HANGS = 5, STEADY_MS = 6000 };
	double again[HANGS];
	char path[PATH], uri[PATH + 16];
	struct scanner *s;

	snprintf(path, sizeof(path), "%s/hall.y4m", dir);
	snprintf(uri, sizeof(uri), "camera:%s", path);
	film_write(path, NULL, 2, 0);
	if (scanner_open(&s, uri) != OK)
		die("no scanner");
	for (int i = 0; i < HANGS; i++) {
		listen_for(s, STEADY_MS);
		double start = wall_ms();
		kill(bench_child_of(bench_child_of(getpid())), SIGSTOP);
		(void)until(s, has_gone);
		again[i] = until(s, is_back) - start;
	}
	scanner_close(s);
	qsort(again, HANGS, sizeof(again[0]), bench_order);
	bench_line("the eye hangs -> another is started, ms: median; worst (aim <= 200)",
		"%.0f; %.0f", again[HANGS / 2], again[HANGS - 1]);
}

int main(void)
{
	const char *tmp = getenv("TMPDIR");
	char dir[PATH / 2], command[PATH], program[PATH];

	snprintf(dir, sizeof(dir), "%s/foyer-bench-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(dir) || seal_start())
		die("cannot start");
	signal(SIGPIPE, SIG_IGN);
	make(dir);
	snprintf(program, sizeof(program), "%s/foyer-scan", getenv("FOYER_BIN"));
	scan_child_program = program;
	printf("the camera\n");
	bench_latency(dir);
	bench_live();
	bench_hang(dir);
	bench_hall(dir);
	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	if (system(command) != 0)
		fprintf(stderr, "bench: %s stays\n", dir);
	return 0;
}
